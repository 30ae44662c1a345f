"""Keyword in context: every hit with the words around it."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
import regex

from ..corpus.find import Hits
from ..corpus.store import Ints
from ..corpus.views import Page
from ..errors import kind, one_of, refuse, whole
from ..result import Result, counted

COLUMNS = ("article", "outlet", "date", "start", "end", "left", "node", "right")
SHOWN = ["article", "start", "left", "node", "right"]
UNIT = "The window counts words; marks between them are shown, not counted. ¶ is a new paragraph."
BREAK = " ¶ "  # stands where one paragraph ends and the next begins
_SIDE = regex.compile(r"([1-9]\d*)([LR])")


class _Windows(NamedTuple):
    """For each hit: ordinals (among the words of the corpus) that bound its contexts."""

    low: Ints  # first word of the article (or sentence)
    node: Ints  # words before the node
    after: Ints  # first word after the node
    high: Ints  # end of the article (or sentence)
    begin: Ints  # first token of the article (or sentence)
    end: Ints  # end of its tokens


def _windows(hits: Hits, within: str | None) -> _Windows:
    """Return where the contexts of each hit may reach."""
    corpus, words = hits.corpus, hits.corpus.words
    borders = corpus.store.borders if within is None else corpus.store.sentences
    unit = np.searchsorted(borders, hits.first, side="right")
    begin, end = borders[unit - 1], borders[unit]
    low, high = np.searchsorted(words, begin), np.searchsorted(words, end)
    node, after = np.searchsorted(words, hits.first), np.searchsorted(words, hits.first + hits.size)
    return _Windows(low, node, after, high, begin, end)


class Kwic(Result):
    """A concordance: a line per hit, made only when it is looked at.

    `frame` and `to_frame()` hold article (id), outlet, date, start, end (characters of the
    untouched text), left, node, right (str). The views show the columns needed for reading.
    """

    hits: Hits
    window: int
    within: str | None
    order: Ints

    def __init__(
        self,
        hits: Hits,
        window: int,
        within: str | None,
        order: Ints,
        params: dict[str, object] | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        articles = counted(len(np.unique(hits.article[order])), "article")
        found = f"{counted(len(order), 'hit')} in {articles}"
        given: dict[str, object] = hits.caption | {"window": window}
        given |= {"within": within} if within else {}
        values = {
            "hits": hits,
            "window": window,
            "within": within,
            "order": order,
            "params": MappingProxyType(given | (params or {})),
            "notes": notes,
            "summary": found,
            "decimals": MappingProxyType({}),
            "title": "Kwic",
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All lines, in the order of the concordance."""
        return self._lines(self.order)

    def __len__(self) -> int:
        return len(self.order)

    def _shown(self, most: int) -> pd.DataFrame:
        return self._lines(self.order[:most])[SHOWN]

    def _with(self, order: Ints, note: str | None = None, **params: object) -> Kwic:
        """Return the same lines in another order, or fewer of them."""
        own = {"pattern", "match", "case", "where", "window", "within"}
        kept = {name: value for name, value in self.params.items() if name not in own}
        notes = (*self.notes, note) if note else self.notes
        return Kwic(self.hits, self.window, self.within, order, kept | params, notes)

    def head(self, n: int = 10) -> Kwic:
        """Return the concordance with its first `n` lines, and a note that says so."""
        n = whole("n", n, "lines")
        if n >= len(self):
            return self
        return self._with(self.order[:n], f"The first {n:,} of {len(self):,} lines.")

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
        ranks = [rank for key in keys.split() for rank in self._ranks(key)]
        corpus_order = np.sort(self.order)
        chosen = [rank[corpus_order] for rank in reversed(ranks)]
        return self._with(corpus_order[np.lexsort(chosen)], sort=keys)

    def _ranks(self, key: str) -> list[Ints]:
        """Return the ranks of all hits under one key; where there is no word, the lowest."""
        side = _SIDE.fullmatch(key)
        if side:
            return [self._neighbour(int(side[1]), side[2])]
        store = self.hits.corpus.store
        if key == "node":
            longest = int(self.hits.size.max(initial=0))
            return [self._node_word(step) for step in range(longest)]
        known = ["1L", "1R", "node", *map(str, self.hits.corpus.articles.columns)]
        _, codes = self.hits.corpus.groups_of(one_of("keys", key, known))
        by_number = np.zeros(len(store.borders), np.int64)
        by_number[self.hits.corpus.selected] = codes
        return [by_number[self.hits.article]]

    def _node_word(self, step: int) -> Ints:
        """Return the rank of the n-th token of each node, 0 where the node is shorter."""
        store, hits = self.hits.corpus.store, self.hits
        at = np.minimum(hits.first + step, len(store.ids) - 1)
        rank = store.folded[store.ids[at]].astype(np.int64) + 1
        return np.where(step < hits.size, rank, 0)

    def _neighbour(self, distance: int, side: str) -> Ints:
        """Return the rank of the word at a distance from each node, 0 where there is none."""
        store, words = self.hits.corpus.store, self.hits.corpus.words
        reach = self._reach
        if side == "R":
            at = reach.after + distance - 1
            inside = at < reach.high
        else:
            at = reach.node - distance
            inside = at >= reach.low
        position = words[np.clip(at, 0, max(len(words) - 1, 0))] if len(words) else at
        rank = store.folded[store.ids[position]].astype(np.int64) + 1
        return np.where(inside, rank, 0)

    @cached_property
    def _reach(self) -> _Windows:
        return _windows(self.hits, self.within)

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
        lines = np.sort(self.order)  # the same lines, whatever their order
        groups = self._ranks(by)[0][lines] if by else np.zeros(len(self), np.int64)
        drawn = [_draw(lines[groups == code], n, rng) for code in np.unique(groups)]
        order = self.order[np.isin(self.order, np.concatenate([lines[:0], *drawn]))]
        note = f"A sample of {len(order):,} of {len(self):,} lines."
        params = {"sample": n, "seed": seed} | ({"by": by} if by else {})
        return self._with(order, note, **params)

    def text(self, line: int) -> str:
        """Return the untouched text of the article that a line comes from."""
        return self.hits.corpus.source(self._article(line)).text

    def page(self, line: int) -> Page:
        """Return the article that a line comes from as a page to read."""
        item = self.hits.corpus.source(self._article(line))
        return Page(item.id, item.text)

    def sentence(self, line: int) -> str:
        """Return the sentence that a line comes from, as it stands in the text."""
        corpus = self.hits.corpus
        first = self.hits.first[self.order[self._row(line)]]
        n = int(np.searchsorted(corpus.store.sentences, first, side="right")) - 1
        start, end = corpus.store.sentence_starts[n], corpus.store.sentence_ends[n]
        return self.text(line)[start:end]

    def _row(self, line: int) -> int:
        """Return the number of a line, checked."""
        if not 0 <= line < len(self):
            refuse("line", f"a line from 0 to {len(self) - 1}", line, "Count lines from 0.")
        return line

    def _article(self, line: int) -> int:
        """Return the number (in the columns) of a line's article."""
        return int(self.hits.article[self.order[self._row(line)]])

    def _lines(self, rows: Ints) -> pd.DataFrame:
        """Return the lines of these hits as a table."""
        made = [_Line(self, int(row)).cells() for row in rows]
        columns = list(zip(*made, strict=True)) if made else [()] * len(COLUMNS)
        frame = pd.DataFrame(
            {
                name: pd.Series(cells, dtype=object)
                for name, cells in zip(COLUMNS, columns, strict=True)
            }
        )
        return frame.astype({"start": "int64", "end": "int64"})


def _draw(rows: Ints, n: int, rng: np.random.Generator) -> Ints:
    """Return `n` of the rows, or all if there are fewer."""
    return rows if n >= len(rows) else rng.choice(rows, n, replace=False)


class _Line:
    """One hit, and the strings of its line."""

    def __init__(self, kwic: Kwic, row: int) -> None:
        self.hits, self.reach, self.window = kwic.hits, kwic._reach, kwic.window
        self.row = row
        self.corpus = self.hits.corpus
        self.source = self.corpus.source(int(self.hits.article[row]))

    def cells(self) -> tuple[object, ...]:
        """Return the cells of the line, in the order of COLUMNS."""
        start, end = int(self.hits.starts[self.row]), int(self.hits.ends[self.row])
        article = self.source
        where = (article.id, article.outlet, article.date, start, end)
        return (*where, self.left(), article.text[start:end], self.right())

    def left(self) -> str:
        """Return the text from the first word of the window up to the node."""
        node = int(self.reach.node[self.row])
        begin = max(node - self.window, int(self.reach.low[self.row]))
        first = int(self.hits.first[self.row])
        if begin == int(self.reach.low[self.row]):  # marks before the first word belong, too
            opening = self.opening(first)
        else:
            opening = int(self.corpus.words[begin]) if begin < node else first
        return self.slice(opening, first, "right") if self.window else ""

    def opening(self, first: int) -> int:
        """Return the first token of the article (or sentence) before the node."""
        low, words = int(self.reach.low[self.row]), self.corpus.words
        start = min(int(words[low]), first) if low < len(words) else first
        least = int(self.reach.begin[self.row])
        while start > least and self.mark(start - 1):
            start -= 1
        return start

    def mark(self, token: int) -> bool:
        """Return whether a token of this part of the corpus is a mark."""
        store = self.corpus.store
        return not store.is_word[store.ids[token]] and self.inside(token)

    def inside(self, token: int) -> bool:
        """Return whether a token belongs to this part of the corpus."""
        return bool(self.corpus.holds(np.array([token]))[0])

    def right(self) -> str:
        """Return the text from the node to the last word of the window and its mark."""
        after, high = int(self.reach.after[self.row]), int(self.reach.high[self.row])
        end = min(after + self.window, high)
        first = int(self.hits.first[self.row] + self.hits.size[self.row])
        if not self.window:
            return ""
        last = int(self.corpus.words[end - 1]) + 1 if end > after else first
        return self.slice(first, max(self.closing(last), first), "left")

    def closing(self, last: int) -> int:
        """Return `last` moved over the marks that follow a word without a blank."""
        while 0 < last < int(self.reach.end[self.row]) and self.mark(last) and self.joined(last):
            last += 1
        return last

    def joined(self, token: int) -> bool:
        """Return whether a token follows the one before it without a blank."""
        return int(self.corpus.store.starts[token]) == self.corpus.span(token - 1, token - 1)[1]

    def slice(self, first: int, last: int, side: Literal["left", "right"]) -> str:
        """Return the text from token `first` up to token `last`, paragraph by paragraph.

        What was cut between two paragraphs (a date line, say) is not shown. `side` is the side
        of the span on which a border at its very edge counts: the side of the node.
        """
        if last <= first:
            return ""
        borders = self.corpus.store.paragraphs
        low, high = np.searchsorted(borders, [first, last], side=side)
        edges = [first, *borders[low:high].tolist(), last]
        pieces = [
            self.source.text[slice(*self.corpus.span(a, b - 1))] if a < b else ""
            for a, b in pairwise(edges)
            if a == b or self.inside(a)
        ]
        return BREAK.join(pieces).strip()


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
    order = np.arange(len(hits), dtype=np.int64)
    return Kwic(hits, window, within, order, notes=(UNIT,))
