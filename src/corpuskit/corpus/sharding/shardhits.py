"""The hits of a pattern in many shards: counted by article, looked at where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..columns.store import Ints, Positions
from ..corpus import Corpus
from ..finding.find import Hits
from .partial import Apart, Missing
from .pieces import Slim, Way, on_hits, on_several

if TYPE_CHECKING:
    from .shards import Shards


def _gathered(name: str) -> property:
    """Return an attribute with a value per hit, which is brought together when it is asked for."""

    def column(hits: ShardHits) -> Ints:
        return hits._columns[name]

    return property(column)


class ShardHits(Apart, Hits):
    """The places where a pattern stands in many shards.

    Hits are numbered as in one corpus: article after article, shard after shard. What is known
    of each hit (`places`, `size`, `starts`, `ends`) stays in the shards until it is asked for.

    Attributes
    ----------
    corpus : Shards
        Where was looked.
    ways : one per shard
        How its hits are got there.
    counts : int64, one per article of all shards
        Hits of each article; those outside the chosen articles do not count.
    """

    corpus: Shards
    ways: tuple[Way, ...]
    counts: Ints

    places = _gathered("places")
    first = _gathered("places")
    size = _gathered("size")
    starts = _gathered("starts")
    ends = _gathered("ends")

    def __init__(
        self, corpus: Shards, asked: tuple[str, str, bool], ways: Sequence[Way], counts: Ints
    ) -> None:
        given = dict(zip(("pattern", "match", "case"), asked, strict=True))
        self.__dict__.update(given, corpus=corpus, ways=tuple(ways), counts=counts)

    @classmethod
    def found(cls, corpus: Shards, ways: Sequence[Way]) -> Self:
        """Return the hits that are got in these ways, one a shard, in the chosen articles."""
        every = np.zeros(int(corpus.far.articles[-1]), np.int64)
        pairs = zip(corpus.pieces, ways, strict=True)
        told = corpus.far.members.ask(on_hits, [(*pair, _told, ()) for pair in pairs])
        every[corpus.selected] = np.concatenate([counts for _, counts in told])
        return cls(corpus, told[0][0], ways, every)

    def _of(self, corpus: Shards, ways: Sequence[Way], counts: Ints) -> ShardHits:
        """Return other hits of the same pattern."""
        return ShardHits(corpus, (self.pattern, self.match, self.case), ways, counts)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The shards that are left out."""
        return self.corpus.missing

    @property
    def standing(self) -> int:
        """Articles of all shards that are not left out."""
        return self.corpus.standing

    def without(self, lost: Iterable[Missing]) -> ShardHits:
        """Return the hits in the other shards."""
        part = self.corpus.without(tuple(lost))
        kept = self._kept(part)
        ways = [way for way, stays in zip(self.ways, kept, strict=True) if stays]
        counts = self.counts[np.repeat(kept, np.diff(self.corpus.far.articles))]
        return self._of(part, ways, counts)

    def _kept(self, fewer: Shards) -> NDArray[np.bool_]:
        """Return for each shard whether it is among fewer of them."""
        return np.isin(self.corpus.far.members.names, fewer.far.members.names)

    def numbers_in(self, fewer: ShardHits) -> Ints:
        """Return the number of each hit among those that `without` left, -1 for a lost one."""
        kept = np.repeat(self._kept(fewer.corpus), np.diff(self._begins))
        return np.where(kept, np.cumsum(kept) - 1, -1)

    @property
    def _begins(self) -> Ints:
        """Number of the first hit of each shard, and the number of all."""
        borders = np.searchsorted(self.corpus.selected, self.corpus.far.articles)
        begins: Ints = np.append(0, np.cumsum(self.per_article()))[borders]
        return begins

    def __repr__(self) -> str:
        return super().__repr__() + self._lacking

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
            return ShardHits.found(common, self.ways)
        return self._of(common, self.ways, self.counts)

    def take(self, rows: Ints) -> ShardHits:
        """Return the hits with these numbers, in corpus order."""
        numbers = np.arange(len(self), dtype=np.int64)
        wanted = np.sort(numbers[np.unique(rows)]) if len(rows) else numbers[:0]
        asked = (self.pattern, self.match, self.case)
        ways = [Way(_taken, (*asked, *_nowhere()))] * len(self.ways)
        for own, shard in self._at(_places, wanted, ()):
            ways[shard] = Way(_taken, (*asked, *own))
        counts = np.bincount(self.article_at(wanted), minlength=len(self.counts))
        return self._of(self.corpus, ways, counts.astype(np.int64))

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
        rows = zip(self.corpus.pieces, self.ways, given, strict=True)
        ask = [None if own is None else (one, way, function, own) for one, way, own in rows]
        return self.corpus.far.members.ask(on_hits, ask)

    def map_with(
        self, others: Sequence[Hits], function: Callable[..., Any], *given: Any
    ) -> list[Any]:
        """Return what a function says of a list of hits of each shard, these first."""
        columns = [zip(one.corpus.pieces, one.ways, strict=True) for one in (self, *others)]  # type: ignore[attr-defined]
        ask = [(own, function, given) for own in zip(*columns, strict=True)]
        return self.corpus.far.members.ask(on_several, ask)

    def again(self, function: Callable[..., Hits], *given: Any) -> ShardHits:
        """Return the hits that a function makes of those in each shard."""
        ways = [Way(_again, (way, function, given)) for way in self.ways]
        return ShardHits.found(self.corpus, ways)

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
        first = self._begins
        cut = np.searchsorted(rows, first)
        own: list[tuple[Any, ...] | None] = [
            (rows[low:high] - first[n], *given) if high > low else None
            for n, (low, high) in enumerate(pairwise(cut.tolist()))
        ]
        answers = self.map_each(function, own)
        return [(answers[n], n) for n, one in enumerate(own) if one is not None]

    @cached_property
    def _columns(self) -> dict[str, Ints]:
        """What is known of each hit, from all shards."""
        tokens = self.corpus.far.borders[self.corpus.far.articles[:-1]]
        told = zip(self.map(_whole), tokens, strict=True)
        shards = [(own[0] + first, *own[1:]) for own, first in told]
        columns = [np.concatenate(column) for column in zip(*shards, strict=True)]
        return dict(zip(("places", "size", "starts", "ends"), columns, strict=True))

    def to_frame(self) -> pd.DataFrame:
        """Return a row per hit: article (id), start, end (characters), node (as it stands)."""
        frames = self.map(Hits.to_frame)
        held = [frame for frame in frames if len(frame)] or frames[:1]
        table: pd.DataFrame = pd.concat(held, ignore_index=True)
        return table


def _told(hits: Hits) -> tuple[tuple[str, str, bool], Ints]:
    return (hits.pattern, hits.match, hits.case), hits.per_article()


def _again(part: Corpus, way: Way, function: Callable[..., Hits], given: tuple[Any, ...]) -> Hits:
    return function(way.function(part, *way.given), *given)


def _taken(
    part: Corpus, pattern: str, match: str, case: bool, places: Positions, size: Ints
) -> Hits:
    """Return hits that are known by their places, where they stand in this part."""
    held = part.holds(places)
    return Hits(part, pattern, match, case, places[held], size[held])


def _nowhere() -> tuple[Ints, Ints]:
    return np.empty(0, np.int64), np.empty(0, np.int64)


def _places(hits: Hits, rows: Ints) -> tuple[Positions, Ints]:
    return hits.places[rows], hits.size[rows]


def _whole(hits: Hits) -> tuple[Ints, Ints, Ints, Ints]:
    return hits.first, hits.size, hits.starts, hits.ends


def _longest(hits: Hits) -> int:
    return hits.longest
