"""Runs of words: where they begin, and a number for each different one, in order of its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from ..corpus.columns.store import Columns, Ints, Positions
from ..corpus.columns.vocabulary import Vocabulary
from ..corpus.corpus import Corpus
from ..corpus.finding.matching import words_at
from ..corpus.finding.places import owners
from .packing import WORD, Keys, bits, fresh, packed, ranked, tallied
from .sidebyside import run_keys, run_starts


class Spelling(NamedTuple):
    """What numbers of runs are made of: words packed together, after the number of a run."""

    width: int  # bits of a word
    words: int  # words in the number itself
    parent: Spelling | None = None  # the words before them …
    parents: Keys | None = None  # … by number

    def forms(self, numbers: Keys) -> list[Ints]:
        """Return the folded forms that runs consist of, place by place."""
        mask = np.uint64((1 << self.width) - 1)
        shifts = [np.uint64(self.width * n) for n in reversed(range(self.words))]
        own = [((numbers >> shift) & mask).astype(np.int64) for shift in shifts]
        if self.parent is None or self.parents is None:
            return own
        before = self.parents[(numbers >> np.uint64(self.width * self.words)).astype(np.int64)]
        return self.parent.forms(before) + own


class Runs(NamedTuple):
    """Runs by position: equal numbers are equal runs, and numbers sort as the runs do."""

    store: Columns
    first: Positions
    numbers: Keys
    bits: int
    spelling: Spelling

    @classmethod
    def of(cls, store: Columns, first: Positions, n: int) -> Runs:
        """Number the runs of `n` words that begin at these positions."""
        width = max(bits(len(store.folds)), 1)
        runs = cls(store, first, np.zeros(len(first), np.uint64), 0, Spelling(width, 0))
        for step in range(n):
            if runs.bits + width > WORD:
                runs = runs.renumbered()
            forms = store.folded[store.ids[first + step]]
            numbers = runs.numbers << np.uint64(width)
            numbers |= forms
            spelling = runs.spelling._replace(words=runs.spelling.words + 1)
            runs = cls(store, first, numbers, runs.bits + width, spelling)
        return runs

    def renumbered(self) -> Runs:
        """Return the same runs numbered without gaps, to make room for more."""
        distinct, numbers = ranked(self.numbers, self.bits)
        spelling = Spelling(self.spelling.width, 0, self.spelling, distinct)
        return self._replace(numbers=numbers, bits=bits(len(distinct)), spelling=spelling)

    def counted(self, least: int = 1) -> Counted:
        """Return how often each run occurs, and in how many articles; at least `least` times."""
        borders = self.store.borders
        width = bits(len(borders))
        if self.bits + width > WORD:
            return self.renumbered().counted(least)
        keys = self.numbers << np.uint64(width)
        keys |= owners(borders, self.first).astype(np.uint64)
        keys.sort()
        return Counted(self.store, self.spelling, *tallied(keys, width, least))


@dataclass(frozen=True, eq=False)
class Counted:
    """Distinct runs in order: number, occurrences and articles of each."""

    store: Columns
    spelling: Spelling
    numbers: Keys
    count: Ints
    range: Ints

    def at(self, rows: Any) -> Counted:
        """Return some of the runs."""
        columns = (self.numbers[rows], self.count[rows], self.range[rows])
        return Counted(self.store, self.spelling, *columns)

    def forms(self) -> list[Ints]:
        """Return the folded forms of all runs, place by place."""
        return self.spelling.forms(self.numbers)

    def texts(self) -> list[str]:
        """Return the runs as text."""
        return spelled(self.store, self.forms())


def spelled(store: Columns, forms: list[Ints]) -> list[str]:
    """Return runs as text, given their folded forms place by place."""
    words = [words_at(store.folds, place) for place in forms]
    return list(map(" ".join, zip(*words, strict=True)))


def united(
    ranks: list[Ints], shards: list[list[NDArray[np.uint32]]], size: int
) -> tuple[list[Ints], list[Ints]]:
    """Return the distinct runs of all shards in order, and for each shard the number of its own.

    Runs are given by the numbers of their words, place by place; `ranks` turns a shard's numbers
    into those of all shards, which are below `size`.
    """
    pairs = list(zip(ranks, shards, strict=True))
    places = [np.concatenate([rank[own[n]] for rank, own in pairs]) for n in range(len(shards[0]))]
    keys = packed(places, [size] * len(places))
    order = np.lexsort(places[::-1]) if keys is None else np.argsort(keys, kind="stable")
    new = np.zeros(len(order), bool)
    for place in places:
        new |= fresh(place[order])
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(new) - 1
    ends = np.cumsum([len(own[0]) for own in shards])
    distinct = order[np.flatnonzero(new)]
    return [place[distinct] for place in places], np.split(number, ends[:-1])


@dataclass(frozen=True, eq=False)
class Merged:
    """Distinct runs of several shards in order: forms place by place, occurrences, articles."""

    folds: Vocabulary
    places: list[Ints]
    count: Ints
    range: Ints

    @classmethod
    def of(cls, folds: Vocabulary, ranks: list[Ints], shards: list[_Tally]) -> Merged:
        """Add up the runs of shards; `ranks` has the numbers of each shard's folds in `folds`."""
        places, numbers = united(ranks, [one.places for one in shards], len(folds))
        sums = []
        for name in ("count", "range"):
            column = np.concatenate([getattr(one, name) for one in shards])
            sums.append(np.bincount(np.concatenate(numbers), column, len(places[0])))
        return cls(folds, places, *(one.astype(np.int64) for one in sums))

    def at(self, rows: Any) -> Merged:
        """Return some of the runs."""
        places = [place[rows] for place in self.places]
        return Merged(self.folds, places, self.count[rows], self.range[rows])

    def forms(self) -> list[Ints]:
        """Return the folded forms of all runs, place by place."""
        return self.places

    def texts(self) -> list[str]:
        """Return the runs as text."""
        words = [words_at(self.folds, forms) for forms in self.places]
        return list(map(" ".join, zip(*words, strict=True)))


@dataclass(frozen=True, eq=False)
class _Tally:
    """The runs of one shard, in the numbers of its own folds."""

    places: list[NDArray[np.uint32]]
    count: Ints
    range: Ints


def counted_runs(corpus: Corpus, n: int, least: int) -> Counted | Merged:
    """Return the runs of `n` words that occur at least `least` times in a corpus, in order."""
    if not corpus.apart:
        return _own_runs(corpus, n, least)
    ranks, folds = cast(Any, corpus.store).numbering("folds")
    runs = Merged.of(folds, ranks, corpus.map(_tallied, n))
    return runs.at(runs.count >= least)


def _own_runs(corpus: Corpus, n: int, least: int) -> Counted:
    """Return the runs of a corpus that is not in shards: packed with their articles if they fit."""
    store, mark = corpus.store, len(corpus.store.folds)
    width, room = bits(mark + 1), bits(len(store.borders))
    if n * width + room > WORD:
        return Runs.of(store, run_starts(store, corpus.words, n), n).counted(least)
    keys = run_keys(corpus, n, width, room)
    every = Counted(store, Spelling(width, n), *tallied(keys, room, least))
    words = np.ones(len(every.numbers), bool)
    for form in every.forms()[1:]:
        words &= form != mark
    return every.at(words)


def _tallied(corpus: Corpus, n: int) -> _Tally:
    """Return all runs of a shard: one that is rare here may be frequent in all."""
    runs = _own_runs(corpus, n, 1)
    return _Tally([form.astype(np.uint32) for form in runs.forms()], runs.count, runs.range)
