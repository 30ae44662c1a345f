"""Keyword in context: every hit with the words around it."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...corpus.columns.store import Ints
from ...corpus.finding.find import Hits
from ...corpus.finding.places import owners
from ...corpus.finding.surface import told_of
from ...corpus.finding.tables import table_of
from ...corpus.sharding.partial import Missing, answered, lasting, left_out
from ...corpus.views import Page
from ...errors import kind, one_of, refuse, whole
from ...result import Result, counted
from .contexts import contexts
from .ordering import Order, rankings
from .reach import Reach

COLUMNS = ("article", "outlet", "date", "start", "end", "left", "node", "right")
SHOWN = ["article", "start", "left", "node", "right"]
UNIT = "The window counts words; marks between them are shown, not counted. ¶ is a new paragraph."


class Kwic(Result):
    """A concordance: a line per hit, made only when it is looked at.

    `frame` and `to_frame()` hold article (id), outlet, date, start, end (characters of the
    untouched text), left, node, right (str). The views show the columns needed for reading.
    """

    hits: Hits
    window: int
    within: str | None
    lines: Order

    def __init__(
        self,
        hits: Hits,
        window: int,
        within: str | None,
        lines: Order,
        params: dict[str, object] | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        given: dict[str, object] = hits.caption | {"window": window}
        given |= {"within": within} if within else {}
        values = {
            "hits": hits,
            "window": window,
            "within": within,
            "lines": lines,
            "params": MappingProxyType(given | (params or {})),
            "notes": notes,
            "decimals": MappingProxyType({}),
            "title": "Kwic",
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    @lasting
    def order(self) -> Ints:
        """The numbers of the hits in the order of the lines."""
        return self.lines.all

    @cached_property
    def summary(self) -> str:
        """How many hits in how many articles."""
        if len(self) == len(self.hits):
            found = int(np.count_nonzero(self.hits.per_article()))
        else:
            found = len(np.unique(self.hits.article_at(self.lines.ascending)))
        return f"{counted(len(self), 'hit')} in {counted(found, 'article')}"

    @cached_property
    @lasting
    def frame(self) -> pd.DataFrame:
        """All lines, in the order of the concordance."""
        return self._lines(self.order)

    def __len__(self) -> int:
        return len(self.lines)

    @lasting
    def _shown(self, most: int) -> pd.DataFrame:
        return self._lines(self.lines.first(most))[SHOWN]

    def _with(self, lines: Order, note: str | None = None, **params: object) -> Kwic:
        """Return the same lines in another order, or fewer of them."""
        own = {"pattern", "match", "case", "where", "window", "within"}
        kept = {name: value for name, value in self.params.items() if name not in own}
        notes = (*self.notes, note) if note else self.notes
        return Kwic(self.hits, self.window, self.within, lines, kept | params, notes)

    def _without(self, lost: tuple[Missing, ...]) -> Kwic:
        """Return the lines that do not stand in these shards, and how many did."""
        hits: Any = self.hits
        fewer = hits.without(lost)
        rows = hits.numbers_in(fewer)[self.lines.rows]
        keys = str(self.params["sort"]).split() if self.lines.rankings else []
        lines = Order(rows[rows >= 0], rankings(fewer, self.within, keys))
        notes = left_out(self.notes, fewer, lost, int((rows < 0).sum()))
        params = {name: self.params[name] for name in self.params if name not in fewer.caption}
        return Kwic(fewer, self.window, self.within, lines, params, notes)

    @lasting
    def head(self, n: int = 10) -> Kwic:
        """Return the concordance with its first `n` lines, and a note that says so."""
        n = whole("n", n, "lines")
        if n >= len(self):
            return self
        return self._with(Order(self.lines.first(n)), f"The first {n:,} of {len(self):,} lines.")

    @lasting
    def sort(self, keys: str = "1R 2R 3R") -> Kwic:
        """Return the lines sorted; ties keep the order of the corpus.

        Parameters
        ----------
        keys
            Keys separated by blanks: "1R" is the first word on the right, "2L" the second
            on the left, "node" the node itself, any other a column of `corpus.articles`.

        Raises
        ------
        ValueError
            If a key is none of these.
        """
        if not keys.split():
            refuse("keys", "at least one sort key", keys, 'Give for instance keys="1R 2R 3R".')
        by = rankings(self.hits, self.within, keys.split())
        return self._with(Order(self.lines.ascending, by), sort=keys)

    @lasting
    def sample(self, n: int, seed: int, *, by: str | None = None) -> Kwic:
        """Return `n` lines drawn without replacement, in the order of the concordance.

        Parameters
        ----------
        n
            Lines to draw; with `by`, from each group.
        seed
            Seed of the draw; the same seed gives the same lines.
        by
            Column of `corpus.articles`: draw `n` lines for each of its values.
        """
        n = whole("n", n, "lines")
        rng = np.random.default_rng(whole("seed", seed, "your choice"))
        rows = self.lines.ascending  # the same lines, whatever their order
        groups = (
            rankings(self.hits, self.within, [by])[0](rows) if by else np.zeros(len(self), np.int64)
        )
        drawn = [_draw(rows[groups == code], n, rng) for code in np.unique(groups)]
        lines = self.lines.only(np.concatenate([rows[:0], *drawn]))
        note = f"A sample of {len(lines):,} of {len(self):,} lines."
        params = {"sample": n, "seed": seed} | ({"by": by} if by else {})
        return self._with(lines, note, **params)

    def text(self, line: int) -> str:
        """Return the untouched text of the article that a line comes from."""
        return self.hits.corpus.text_of(self._article(line))

    def page(self, line: int) -> Page:
        """Return the article that a line comes from as a page to read."""
        item = self.hits.corpus.source(self._article(line))
        return Page(item.id, item.text)

    def sentence(self, line: int) -> str:
        """Return the sentence that a line comes from, as it stands in the text."""
        starts, ends = self.hits.gathered(_sentences, self._hit(line))
        return self.text(line)[int(starts[0]) : int(ends[0])]

    def _hit(self, line: int) -> Ints:
        """Return the number of the hit of a line, alone in an array."""
        if not 0 <= line < len(self):
            refuse("line", f"a line from 0 to {len(self) - 1}", line, "Count lines from 0.")
        return self.lines.first(line + 1)[line : line + 1]

    def _article(self, line: int) -> int:
        """Return the number (in the columns) of a line's article."""
        return int(self.hits.article_at(self._hit(line))[0])

    def _lines(self, rows: Ints) -> pd.DataFrame:
        """Return the lines of these hits as a table."""
        order = None if (rows[1:] > rows[:-1]).all() else np.argsort(rows)
        ascending = rows if order is None else rows[order]
        columns = self.hits.gathered(_columns, ascending, self.window, self.within)
        if order is not None:  # lines are made in the order of the corpus, then put in theirs
            back = np.empty(len(order), np.int64)
            back[order] = np.arange(len(order))
            columns = [column[back] for column in columns]
        return table_of(dict(zip(COLUMNS, columns, strict=True)))


def _columns(hits: Hits, rows: Ints, window: int, within: str | None) -> list[NDArray[Any]]:
    """Return the cells of the lines of ascending hits, column by column."""
    reach, corpus = Reach.of(hits, rows, within), hits.corpus
    return [
        *told_of(corpus, reach.article).values(),
        *reach.nodes,
        *contexts(reach, window),
    ]


def _sentences(hits: Hits, rows: Ints) -> list[NDArray[Any]]:
    """Return first character and end of the sentences of ascending hits."""
    store = hits.corpus.store
    n = owners(store.sentences, hits.places[rows])
    return [store.sentence_starts[n], store.sentence_ends[n]]


def _draw(rows: Ints, n: int, rng: np.random.Generator) -> Ints:
    """Return `n` of the rows, or all if there are fewer."""
    return rows if n >= len(rows) else rng.choice(rows, n, replace=False)


@answered
def kwic(hits: Hits, window: int = 10, *, within: str | None = None) -> Kwic:
    """Return the concordance of `hits`: each hit with the words around it.

    Parameters
    ----------
    hits
        What `corpus.find` returned.
    window
        Words shown on each side.
    within
        None: contexts end at the borders of the article. "sentence": at those of the
        sentence.

    Returns
    -------
    Kwic
        article (id), outlet, date, start, end (characters of the untouched text), left,
        node, right (str).

    Raises
    ------
    ValueError
        If `window` is negative or `within` is unknown.

    Examples
    --------
    >>> import corpuskit as ck
    >>> corpus = ck.Corpus.from_frame([{"id": "a", "text": "The old pact holds. A pact helps."}])
    >>> ck.kwic(corpus.find("pact"), window=2)
    Kwic(pattern='pact', window=2): 2 hits in 1 article
    article  start         left  node  right
    a            8      The old  pact  holds. A
    a           22     holds. A  pact  helps.
    Note: The window counts words; marks between them are shown, not counted. ¶ is a new paragraph.
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    window = whole("window", window, "words")
    if within is not None:
        one_of("within", within, ["sentence"])
    return Kwic(hits, window, within, Order(range(len(hits))), notes=(UNIT,))
