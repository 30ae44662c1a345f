"""The hits of a pattern in many shards: counted by article, looked at where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn, Self

import numpy as np
import pandas as pd

from ..columns.store import Ints
from ..corpus import Corpus
from ..finding.find import Hits
from .partial import Apart, Missing
from .pieces import Asked, Slim, on_hits

if TYPE_CHECKING:
    from .shards import Shards


def _far_only(name: str) -> property:
    """Return an attribute that hits of shards do not have."""

    def refuse(hits: ShardHits) -> NoReturn:
        raise TypeError(
            f"Hits of shards have no {name!r}: their tokens are not in one place. Use "
            "to_corpus() to put the articles you chose into one corpus."
        )

    return property(refuse)


class ShardHits(Apart, Hits):
    """The places where a pattern stands in many shards.

    Hits are numbered as in one corpus: article after article, shard after shard. Their token
    positions stay in the shards.

    Attributes
    ----------
    corpus : Shards
        Where was looked.
    counts : int64, one per article of all shards
        Hits of each article; those outside the chosen articles do not count.
    """

    corpus: Shards
    counts: Ints

    places = _far_only("places")
    size = _far_only("size")
    first = _far_only("first")
    starts = _far_only("starts")
    ends = _far_only("ends")

    def __init__(self, corpus: Shards, asked: Asked, counts: Ints) -> None:
        pattern, match, case = asked
        given = {"corpus": corpus, "pattern": pattern, "match": match, "case": case}
        self.__dict__.update(given, counts=counts)

    @classmethod
    def found(cls, corpus: Shards, asked: Asked) -> Self:
        """Return the hits of a pattern in the chosen articles."""
        every = np.zeros(int(corpus.far.articles[-1]), np.int64)
        ask = [(piece, asked, _per_article, ()) for piece in corpus.pieces]
        every[corpus.selected] = np.concatenate(corpus.far.members.ask(on_hits, ask))
        return cls(corpus, asked, every)

    @property
    def asked(self) -> Asked:
        """Pattern, match and case."""
        return self.pattern, self.match, self.case

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The shards that are left out."""
        return self.corpus.missing

    @property
    def standing(self) -> int:
        """Articles of all shards that are not left out."""
        return self.corpus.standing

    def without(self, lost: Iterable[Missing]) -> Self:
        """Return the hits in the other shards."""
        lost = tuple(lost)
        part = self.corpus.without(lost)
        kept = np.isin(self.corpus.far.members.names, part.far.members.names)
        sizes = np.diff(self.corpus.far.articles)
        counts = self.counts[np.repeat(kept, sizes)]
        return type(self)(part, self.asked, counts)

    def __len__(self) -> int:
        return int(self.per_article().sum())

    def per_article(self) -> Ints:
        """Return the number of hits in each article of the corpus, in table order."""
        return self.counts[self.corpus.selected]

    @property
    def article(self) -> Ints:
        """Number of the article of each hit."""
        return np.repeat(self.corpus.selected, self.per_article())

    def within(self, part: Corpus) -> ShardHits:
        """Return the hits that stand in `part`, a part of the same corpus."""
        common = self.corpus.common(part)
        if common.zones != self.corpus.zones:
            return ShardHits.found(common, self.asked)
        return ShardHits(common, self.asked, self.counts)

    def take(self, rows: Ints) -> NoReturn:
        """Refuse: hits of shards are chosen by their articles."""
        raise TypeError(
            "Single hits of shards cannot be taken out. Choose their articles with where(), or "
            "use to_corpus() of the corpus first."
        )

    @property
    def longest(self) -> int:
        """Tokens of the longest hit."""
        return max(self.map(_longest), default=0)

    def article_at(self, rows: Ints) -> Ints:
        """Return the number of the article of each of these hits."""
        past = np.cumsum(self.per_article())
        return self.corpus.selected[np.searchsorted(past, rows, side="right")]

    # -- asking the shards ---------------------------------------------------------------

    def map(self, function: Callable[..., Any], *given: Any) -> list[Any]:
        """Return what a function of a module says of the hits in each shard."""
        return self.map_each(function, [given] * len(self.corpus.pieces))

    def map_each(
        self, function: Callable[..., Any], given: Sequence[tuple[Any, ...] | None]
    ) -> list[Any]:
        """Return the same where each shard is given something else; None: it is not asked."""
        pairs = zip(self.corpus.pieces, given, strict=True)
        ask = [None if own is None else (one, self.asked, function, own) for one, own in pairs]
        return self.corpus.far.members.ask(on_hits, ask)

    def summed(self, names: str, function: Callable[..., Any], *given: Any) -> tuple[Any, ...]:
        """Return the sum over shards of columns over "folds" or "types", and of numbers."""
        return self.corpus.added(names, self.map(Slim(function), *given))

    def gathered(self, function: Callable[..., Any], rows: Ints, *given: Any) -> Any:
        """Return the columns that a function makes of ascending hits, put together."""
        parts = [answer for answer, _ in self._at(function, rows, given)]
        if not parts:  # no row: any shard knows the kinds of the columns
            nothing = [None] * (len(self.corpus.pieces) - 1)
            parts = self.map_each(function, [(rows, *given), *nothing])[:1]
        return [np.concatenate(column) for column in zip(*parts, strict=True)]

    def forms_at(self, function: Callable[..., Any], rows: Ints, *given: Any) -> Ints:
        """Return a folded form for each of ascending hits in the merged numbers, -1 for none."""
        ranks, _ = self.corpus.far.numbering("folds")
        parts = [np.empty(0, np.int64)]
        for own, shard in self._at(function, rows, given):
            number = np.append(ranks[shard], -1)  # -1 stays -1
            parts.append(number[own])
        return np.concatenate(parts)

    def _at(
        self, function: Callable[..., Any], rows: Ints, given: tuple[Any, ...]
    ) -> list[tuple[Any, int]]:
        """Return what a function says of these hits, from each shard that holds one."""
        counts = self.per_article()
        borders = np.searchsorted(self.corpus.selected, self.corpus.far.articles)
        first = np.append(0, np.cumsum(counts))[borders]  # hit that each shard begins with
        cut = np.searchsorted(rows, first)
        own: list[tuple[Any, ...] | None] = [
            (rows[low:high] - first[n], *given) if high > low else None
            for n, (low, high) in enumerate(pairwise(cut.tolist()))
        ]
        answers = self.map_each(function, own)
        return [(answers[n], n) for n, one in enumerate(own) if one is not None]

    def to_frame(self) -> pd.DataFrame:
        """Return a row per hit: article (id), start, end (characters), node (as it stands)."""
        frames = self.map(Hits.to_frame)
        held = [frame for frame in frames if len(frame)] or frames[:1]
        table: pd.DataFrame = pd.concat(held, ignore_index=True)
        return table


def _per_article(hits: Hits) -> Ints:
    return hits.per_article()


def _longest(hits: Hits) -> int:
    return hits.longest
