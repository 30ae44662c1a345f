"""Corpora as samples of words: how often each word stands in each article, summed by group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import ZONES, Ints
from ...corpus.part import Part
from ...measures.deals import Moments, deals_test, moments
from ...measures.table import Floats
from ..runs import spelled, united
from .positions import (
    article_owners,
    by_run,
    by_word,
    narrow_owners,
    part_codes,
    run_places,
    told_by_form,
    word_flags,
)


@dataclass(frozen=True, eq=False)
class Cells:
    """One row for each word (or run of words) and article it stands in, sorted by word.

    `sizes` holds the words of every article of the columns: 0 for those of other parts.
    """

    names: list[str]
    forms: Ints
    articles: NDArray[np.int32]
    counts: Ints
    sizes: Ints

    @classmethod
    def of(cls, part: Part, n: int = 1) -> Self:
        """Count the words, or the runs of `n` words, of a part."""
        if part.apart:
            return cls._of_shards(part, n)
        if n == 1 and part.zones == ZONES and told_by_form(part.store):
            return cls._all_words(part)
        flags, owner = word_flags(part), article_owners(part.store)
        sizes = np.bincount(owner[flags], minlength=len(part.store.borders) - 1).astype(np.int64)
        names, keys, places = (by_word if n == 1 else partial(by_run, n=n))(part.store, flags)
        owners = owner[places]
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
        at = np.flatnonzero(fresh)
        counts = np.diff(np.append(at, len(keys)))
        return cls(names, keys[at], owners[at], counts, sizes)

    @classmethod
    def _of_shards(cls, part: Part, n: int) -> Self:
        """Count in each shard, and put the cells together as those of one corpus."""
        shards: list[_Own] = part.map(_own_cells, n)
        far: Any = part.store
        ranks, folds = far.numbering("folds")
        names, numbers = folds.listed, ranks
        if n > 1:
            places, numbers = united(ranks, [one.places for one in shards], len(folds))
            names = spelled(far, places)
        begins = far.articles[:-1].tolist()
        forms = np.concatenate([m[o.cells.forms] for m, o in zip(numbers, shards, strict=True)])
        articles = [at + o.cells.articles for at, o in zip(begins, shards, strict=True)]
        columns = (np.concatenate(articles), np.concatenate([o.cells.counts for o in shards]))
        order = np.argsort(forms, kind="stable")
        owners, counts = (column[order] for column in columns)
        sizes = np.concatenate([one.cells.sizes for one in shards])
        return cls(names, forms[order], owners.astype(np.int32), counts, sizes)

    @classmethod
    def _all_words(cls, part: Part) -> Self:
        """Count whole articles: the inverted index has their words in the order needed."""
        store = part.store
        owners: NDArray[Any] = narrow_owners(store)[store.postings]
        fresh = np.ones(len(owners) + 1, bool)
        np.not_equal(owners[1:], owners[:-1], out=fresh[1:-1])
        fresh[store.pointers] = True
        at = np.flatnonzero(fresh)
        counts, owners = np.diff(at), owners[at[:-1]].astype(np.int32)
        each = np.diff(np.searchsorted(at, store.pointers))
        keep = np.repeat(store.fold_is_word, each)
        inside = part_codes([part]) == 0
        keep &= True if inside.all() else inside[owners]
        kept = np.flatnonzero(keep)
        forms = np.repeat(np.arange(len(store.folds), dtype=np.int64), each)[kept]
        owners, counts = owners[kept], counts[kept]
        sizes = np.bincount(owners, counts, len(store.borders) - 1).astype(np.int64)
        return cls(store.folds.listed, forms, owners, counts, sizes)

    @property
    def vocabulary(self) -> int:
        """How many different words there are."""
        return int(np.count_nonzero(np.diff(self.forms))) + bool(len(self.forms))

    def p_values(self, groups: NDArray[np.bool_], inside: NDArray[np.bool_]) -> Floats:
        """Return p of each word in each group (articles by groups) against all others inside."""
        return deals_test(self._matrix(self.counts), self.sizes * inside, groups).p

    def moments(self) -> Moments:
        """Return what a test of each word needs whatever the groups."""
        return moments(self._matrix(self.counts), self.sizes)

    def _matrix(self, values: NDArray[Any]) -> Any:
        """Return the values of all rows as a scipy csr_array, words by articles."""
        from scipy.sparse import csr_array

        shape = (len(self.names), len(self.sizes))
        return csr_array((values, *self._places), shape)

    @cached_property
    def _places(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The article of each row and the first row of each word, as scipy.sparse has them."""
        borders = np.searchsorted(self.forms, np.arange(len(self.names) + 1))
        index = np.int32 if len(self.forms) < 2**31 else np.int64
        return self.articles.astype(index), borders.astype(index)

    def kept(self, min_freq: int, min_range: int) -> Self:
        """Return the words with so many occurrences in so many articles."""
        size = len(self.names)
        count = np.bincount(self.forms, self.counts, size)
        keep = (count >= min_freq) & (np.bincount(self.forms, minlength=size) >= min_range)
        rows, number = keep[self.forms], np.cumsum(keep) - 1
        names = [self.names[n] for n in np.flatnonzero(keep).tolist()]
        forms = number[self.forms[rows]]
        return replace(
            self, names=names, forms=forms, articles=self.articles[rows], counts=self.counts[rows]
        )

    def profiles(self, codes: Ints, groups: int) -> list[Profile]:
        """Return the sums of each group; `codes` gives the group of every article, or -1."""
        members = (codes[:, None] == np.arange(groups)).astype(float)
        counts, spread = (
            np.asarray(self._matrix(values.astype(float)) @ members).T
            for values in (self.counts, np.ones(len(self.counts)))
        )
        return [
            Profile(
                self.names,
                counts[n].astype(np.int64),
                spread[n].astype(np.int64),
                int(self.sizes[codes == n].sum()),
                int(np.count_nonzero(self.sizes[codes == n])),
            )
            for n in range(groups)
        ]


class _Own(NamedTuple):
    """The cells of one shard without names; what these are made of, in its own numbers."""

    cells: Cells
    places: list[NDArray[np.uint32]]


def _own_cells(part: Part, n: int) -> _Own:
    """Return the cells of one shard."""
    cells = replace(Cells.of(part, n), names=[])
    return _Own(cells, [] if n == 1 else run_places(part, n))


@dataclass(frozen=True, eq=False)
class Profile:
    """What one side knows about its words: one value a word, and the sizes of the side."""

    words: list[str]
    counts: Ints
    range: Ints
    size: int
    articles: int
    name: str = ""  # how the caption calls it; by its size if empty

    def spelled(self, words: list[str]) -> Profile:
        """Return the same side with its values in the order of `words`, 0 for unknown ones."""
        if words is self.words:
            return self
        index = {word: n for n, word in enumerate(words)}
        at = np.array([index[word] for word in self.words], np.int64)
        columns = {name: _moved(getattr(self, name), at, len(words)) for name in _COLUMNS}
        return self._with(words, columns)

    def at(self, rows: Ints) -> Profile:
        """Return the same side with these words only."""
        words = [self.words[n] for n in rows.tolist()]
        columns = {name: getattr(self, name)[rows] for name in _COLUMNS}
        return self._with(words, columns)

    def _with(self, words: list[str], columns: dict[str, Any]) -> Profile:
        """Return the same side with other words and their values."""
        return replace(self, words=words, **columns)

    @property
    def label(self) -> str:
        """The size of this side, for the caption."""
        return self.name or f"{self.size:,} words in {self.articles:,} articles"


_COLUMNS = ("counts", "range")
_NONE = np.zeros(0, np.int64)
NOTHING = Profile([], _NONE, _NONE, 0, 0)


def profile(part: Part, n: int = 1) -> Profile:
    """Return the profile of one part over all words of its columns."""
    cells = Cells.of(part, n)
    return cells.profiles(part_codes([part]), 1)[0]


def joined(one: Profile, two: Profile) -> tuple[Profile, Profile]:
    """Return both sides over the words of either."""
    if one.words is two.words:
        return one, two
    words = sorted({*one.words, *two.words})
    return one.spelled(words), two.spelled(words)


def _moved(values: NDArray[Any], at: Ints, size: int) -> NDArray[Any]:
    """Return values put into the places `at` of a longer column."""
    column = np.zeros(size, values.dtype)
    column[at] = values
    return column


def part_of(like: Part, selected: Ints) -> Part:
    """Return other articles of the same columns, in the same zones."""
    return like.among(selected)


def rest_of(target: Part) -> Part:
    """Return all articles of the columns that are not in the target, in the same zones."""
    others = np.ones(target.every, bool)
    others[target.selected] = False
    return part_of(target, np.flatnonzero(others).astype(np.int64))
