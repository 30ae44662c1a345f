"""A pattern -> Hits, each found once. Patterns are matched against the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...errors import kind, one_of, refuse
from ...result import counted
from ..columns.store import Ints, Positions
from .patterns import Reader
from .places import ranks
from .standing import longest, places_of
from .surface import Spans, objects, texts_of, told_of
from .tables import table_of

if TYPE_CHECKING:
    from ..corpus import Corpus

MATCHES = ("glob", "regex", "exact")


@dataclass(frozen=True, eq=False, repr=False)
class Hits:
    """The places where a pattern stands in a corpus, in corpus order.

    Attributes
    ----------
    corpus : Corpus
        Where was looked.
    pattern, match, case
        What was looked for, and how it was read.
    places : one per hit
        Position of the first token of the hit in the columns, ascending, in the kind of number
        that the columns have; `first` is the same as int64.
    size : int64, one per hit
        Tokens of the hit. From one place only the longest hit is kept.
    """

    corpus: Corpus
    pattern: str
    match: str
    case: bool
    places: Positions
    size: Ints

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.caption.items())
        articles = f"{len(np.unique(self.article)):,} of {counted(len(self.corpus), 'article')}"
        return f"Hits({given}): {counted(len(self), 'hit')} in {articles}"

    @property
    def caption(self) -> dict[str, object]:
        """The pattern and what differs from the usual reading, for the params of results."""
        more: dict[str, object] = {} if self.match == "glob" else {"match": self.match}
        more |= {"case": True} if self.case else {}
        part = self.corpus.chosen
        return {"pattern": self.pattern} | more | ({"where": part} if part else {})

    @cached_property
    def first(self) -> Ints:
        """Position of the first token of each hit, ascending."""
        return self.places.astype(np.int64, copy=False)

    @cached_property
    def article(self) -> Ints:
        """Number (in the columns) of the article of each hit."""
        return self.corpus.article_of(self.places)

    @cached_property
    def starts(self) -> Ints:
        """First character of each hit in its article's text."""
        return self.corpus.store.starts[self.places].astype(np.int64)

    @cached_property
    def ends(self) -> Ints:
        """End (exclusive) of each hit in its article's text."""
        return self.corpus.ends_of(self.first + self.size - 1)

    @property
    def longest(self) -> int:
        """Tokens of the longest hit."""
        return int(self.size.max(initial=0))

    def article_at(self, rows: Ints) -> Ints:
        """Return the number of the article of each of these hits."""
        return self.corpus.article_of(self.places[rows])

    # What works on hits is asked through these, so that hits of shards can answer, too.

    def map(self, function: Callable[..., Any], *given: Any) -> list[Any]:
        """Return what a function says of these hits, or of those in each shard."""
        return [function(self, *given)]

    def map_with(
        self, others: Sequence[Hits], function: Callable[..., Any], *given: Any
    ) -> list[Any]:
        """Return what a function says of a list of hits, these first, or of those in each shard."""
        return [function([self, *others], *given)]

    def again(self, function: Callable[..., Hits], *given: Any) -> Hits:
        """Return the hits that a function makes of these, or of those in each shard."""
        return function(self, *given)

    def summed(self, names: str, function: Callable[..., Any], *given: Any) -> tuple[Any, ...]:
        """Return columns over the vocabulary "folds" or "types", and numbers, over all shards."""
        answer: tuple[Any, ...] = function(self, *given)
        return answer

    def gathered(self, function: Callable[..., Any], rows: Ints, *given: Any) -> list[Any]:
        """Return the columns that a function makes of ascending hits."""
        columns: list[Any] = function(self, rows, *given)
        return columns

    def forms_at(self, function: Callable[..., Any], rows: Ints, *given: Any) -> Ints:
        """Return the folded form that a function finds for each of ascending hits, -1: none."""
        forms: Ints = function(self, rows, *given)
        return forms

    def per_article(self) -> Ints:
        """Return the number of hits in each article of the corpus, in table order."""
        corpus = self.corpus
        counts: Ints = np.diff(ranks(self.places, corpus.store.borders))[corpus.selected]
        return counts

    def where(self, **conditions: Any) -> Hits:
        """Return the hits in the part of the corpus that meets the conditions."""
        return self.within(self.corpus.where(**conditions))

    def within(self, part: Corpus) -> Hits:
        """Return the hits that stand in `part`, a part of the same corpus."""
        part = self.corpus.common(part)
        return self._only(part, np.flatnonzero(part.holds(self.places)))

    def take(self, rows: Ints) -> Hits:
        """Return the hits with these numbers, in corpus order."""
        return self._only(self.corpus, np.unique(rows) if len(rows) else np.empty(0, np.int64))

    def _only(self, part: Corpus, rows: Ints) -> Hits:
        """Return the hits with these ascending numbers, as hits of a part."""
        places, size = self.places[rows], self.size[rows]
        return Hits(part, self.pattern, self.match, self.case, places, size)

    def to_frame(self) -> pd.DataFrame:
        """Return a row per hit: article (id), start, end (characters), node (as it stands)."""
        starts, ends = self.starts.copy(), self.ends.copy()  # a table of one's own
        (nodes,) = texts_of(self.corpus, self.article, Spans(starts, ends))
        ids = told_of(self.corpus, self.article, ("id",))["id"]
        return table_of({"article": ids, "start": starts, "end": ends, "node": objects(nodes)})


def find_hits(corpus: Corpus, pattern: str, match: str, case: bool) -> Hits:
    """Return the hits of `pattern` in `corpus`; see `Corpus.find`."""
    one_of("match", match, MATCHES)
    kind("pattern", pattern, str, 'Give for instance "partner*".')
    phrases = Reader(corpus.store, pattern, match, case).phrases()
    if not any(phrases):
        refuse("pattern", "at least one word", pattern, 'Give for instance "partner*".')
    found = [(places_of(corpus, slots), len(slots)) for slots in phrases]
    return Hits(corpus, pattern, match, case, *longest(found))
