"""Windows round hits -> what the 2x2 table of each word is made of, one value a word in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.finding.places import expanded
from ...measures.table import Table
from ..packing import Forms, Keys, bits, distinct, tallied
from .windows import Stretches, stretches_of

BLOCK = 1 << 11  # windows that are read at a time: what they need stays in the cache


@dataclass(frozen=True, eq=False)
class Marginals:
    """Counts of the words in the windows, one value a word; and the totals.

    Attributes
    ----------
    forms
        The folded forms that occur in the windows, ascending.
    left, right, outside
        Places of each in the windows, on either side, and in the corpus outside nodes.
    range
        Articles in whose windows it occurs.
    total, vocabulary
        Words outside nodes, and how many different ones (at least 1).
    """

    forms: Ints
    left: Ints
    right: Ints
    outside: Ints
    range: Ints
    total: int
    vocabulary: int

    @classmethod
    def of(cls, hits: Hits, span: tuple[int, int], within: str | None) -> Self:
        """Count the words of a corpus by the places they stand in, in all its shards."""
        if not hits.corpus.apart:
            return cls._of(hits, span, within)
        *columns, total = hits.summed("folds", _counted, span, within)
        forms = np.flatnonzero(columns[0] + columns[1])
        left, right, outside, wide = (column[forms] for column in columns)
        types = int(np.count_nonzero(columns[2]))
        return cls(forms, left, right, outside, wide, total, max(types, 1))

    @classmethod
    def _of(cls, hits: Hits, span: tuple[int, int], within: str | None) -> Self:
        """Count the words of a corpus that is not in shards."""
        places, counts = _Places.of(hits, span, within), hits.corpus.word_counts()
        forms, left, right, wide = places.tallied(len(counts))
        nodes, inside = distinct(places.nodes, len(counts))
        outside = counts[forms] - _at(forms, nodes, inside)
        total = hits.corpus.word_total - len(places.nodes)
        types = np.count_nonzero(counts) - np.count_nonzero(counts[nodes] == inside)
        return cls(forms, left, right, outside, wide, total, max(int(types), 1))

    @cached_property
    def O11(self) -> Ints:
        """Places in the windows."""
        return self.left + self.right

    @cached_property
    def inside(self) -> int:
        """Places in all windows together."""
        return int(self.O11.sum())

    def passing(self, min_freq: int, min_range: int) -> tuple[Ints, str]:
        """Return the rows that reach both cut-offs, and how many each cut-off left out."""
        frequent, wide = min_freq <= self.O11, min_range <= self.range
        seen, rare = len(self.forms), int(np.count_nonzero(~frequent))
        kept = np.flatnonzero(frequent & wide).astype(np.int64)
        left_out = f"min_freq leaves out {rare:,}, min_range {seen - rare - len(kept):,} more"
        return kept, f"{len(kept):,} of {seen:,} words in the windows are listed: {left_out}."

    def table(self, rows: Ints) -> Table:
        """Return the 2x2 tables of these words: in the windows or elsewhere, this word or not."""
        return Table.from_marginals(self.O11[rows], self.outside[rows], self.inside, self.total)


def _counted(hits: Hits, span: tuple[int, int], within: str | None) -> tuple[Any, ...]:
    """Return the counts round the hits of one shard, a value for each of its folded forms."""
    places, counts = _Places.of(hits, span, within), hits.corpus.word_counts()
    forms, *found = places.tallied(len(counts))
    every = np.arange(len(counts))
    left, right, wide = (_at(every, forms, column) for column in found)
    outside = counts - np.bincount(places.nodes, minlength=len(counts))
    return left, right, outside, wide, hits.corpus.word_total - len(places.nodes)


class _Places(NamedTuple):
    """What stands in and round nodes: folded forms, and those round them with their articles."""

    left: Forms
    nodes: Forms
    keys: Keys  # left and right, sorted: the form, then in `room` bits the article
    room: int

    @classmethod
    def of(cls, hits: Hits, span: tuple[int, int], within: str | None) -> Self:
        """Read the windows round hits, a block of them at a time."""
        corpus = hits.corpus
        at, room = stretches_of(hits, corpus.ground, *span, within), bits(corpus.every)
        starts = range(0, max(len(at.start), 1), BLOCK)
        blocks = [Stretches(*(one[n : n + BLOCK] for one in at)) for n in starts]
        columns = zip(*(_read(corpus, block, room) for block in blocks), strict=True)
        left, nodes, keys = map(np.concatenate, columns)
        keys.sort()
        return cls(left, nodes, keys, room)

    def tallied(self, size: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the forms in the windows; how often each stands left, right; its articles."""
        heads, count, wide = tallied(self.keys, self.room, 1)
        forms = heads.astype(np.int64)
        left = _at(forms, *distinct(self.left, size))
        return forms, left, count - left, wide


def _read(corpus: Corpus, at: Stretches, room: int) -> tuple[Forms, Forms, Keys]:
    """Return the forms left and inside of nodes, and the keys of those left and right."""
    sides = (at.begin, at.start), (at.start, at.end), (at.end, at.stop)
    left, nodes, right = (_forms(corpus, *side) for side in sides)
    keys = np.concatenate([left, right]).astype(np.uint64)
    keys <<= np.uint64(room)
    sizes = np.concatenate([at.start - at.begin, at.stop - at.end])
    keys |= np.repeat(np.concatenate([at.article, at.article]).astype(np.uint64), sizes)
    return left, nodes, keys


def _forms(corpus: Corpus, begin: Ints, end: Ints) -> Forms:
    """Return the folded forms of the words from each `begin` up to its `end`."""
    store = corpus.store
    forms: Forms = store.folded.take(store.ids[corpus.ground[expanded(begin, end)]])
    return forms


def _at(forms: Ints, known: Ints, values: Ints) -> Ints:
    """Return a value for each of ascending forms: those of the known ones, else 0."""
    column = np.zeros(len(forms) + 1, np.int64)
    where = np.searchsorted(forms, known)
    there = np.append(forms, -1)[where] == known
    column[where[there]] = values[there]
    return column[:-1]
