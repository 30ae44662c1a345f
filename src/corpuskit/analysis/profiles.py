"""Corpora as samples of words: how often each word stands in each article, summed by group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ..corpus.corpus import Corpus
from ..corpus.part import Part
from ..corpus.store import ZONES, Ints
from ..measures.table import Floats
from .positions import article_owners, by_run, by_word, part_codes, told_by_form, word_flags


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
    def _all_words(cls, part: Part) -> Self:
        """Count whole articles: the inverted index has their words in the order needed."""
        store = part.store
        owners = article_owners(store)[store.postings]
        fresh = np.ones(len(owners) + 1, bool)
        np.not_equal(owners[1:], owners[:-1], out=fresh[1:-1])
        fresh[store.pointers] = True
        at = np.flatnonzero(fresh)
        counts, owners = np.diff(at), owners[at[:-1]]
        each = np.diff(np.searchsorted(at, store.pointers))
        forms = np.repeat(np.arange(len(store.folds), dtype=np.int64), each)
        keep = np.repeat(store.fold_is_word, each)
        inside = part_codes([part]) == 0
        keep &= True if inside.all() else inside[owners]
        forms, owners, counts = forms[keep], owners[keep], counts[keep]
        sizes = np.bincount(owners, counts, len(store.borders) - 1).astype(np.int64)
        return cls(store.folds, forms, owners, counts, sizes)

    @property
    def vocabulary(self) -> int:
        """How many different words there are."""
        return int(np.count_nonzero(np.diff(self.forms))) + bool(len(self.forms))

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
        code, size = codes[self.articles], len(self.names)
        forms, counts, articles = code * size + self.forms, self.counts, self.articles
        if (codes[self.sizes > 0] < 0).any():
            rows = code >= 0
            forms, counts, articles = forms[rows], counts[rows], articles[rows]
        occurrences = counts.astype(float)
        rates = occurrences / self.sizes[articles]
        count, total, squares = (
            np.bincount(forms, weight, groups * size).reshape(groups, size)
            for weight in (occurrences, rates, rates * rates)
        )
        spread = np.bincount(forms, minlength=groups * size).reshape(groups, size)
        return [
            Profile(
                self.names,
                count[n].astype(np.int64),
                spread[n].astype(np.int64),
                total[n].astype(float),
                squares[n].astype(float),
                int(self.sizes[codes == n].sum()),
                int(np.count_nonzero(self.sizes[codes == n])),
            )
            for n in range(groups)
        ]


@dataclass(frozen=True, eq=False)
class Profile:
    """What one side knows about its words: one value a word, and the sizes of the side.

    `rates` and `squares` are sums over articles of the rate of each word and of its square.
    """

    words: list[str]
    counts: Ints
    range: Ints
    rates: Floats
    squares: Floats
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


_COLUMNS = ("counts", "range", "rates", "squares")
_NONE = np.zeros(0, np.int64)
NOTHING = Profile([], _NONE, _NONE, np.zeros(0), np.zeros(0), 0, 0)


def profile(part: Part, n: int = 1) -> Profile:
    """Return the profile of one part over all words of its columns."""
    cells = Cells.of(part, n)
    return cells.profiles(part_codes([part]), 1)[0]


def two_profiles(one: Part, two: Part, n: int = 1) -> tuple[Profile, Profile]:
    """Return the profiles of two parts, over the words of either."""
    if one.store is two.store and one.zones == two.zones:
        both = Cells.of(part_of(one, np.union1d(one.selected, two.selected)), n)
        first, second = both.profiles(part_codes([one, two]), 2)
        return first, second
    return joined(profile(one, n), profile(two, n))


def group_profiles(
    corpus: Corpus, by: str, n: int, cuts: tuple[int, int]
) -> tuple[dict[str, tuple[Profile, Profile]], int]:
    """Return each group's profile and that of all others, and the size of the vocabulary.

    `cuts` are the occurrences and the articles a word must have; others are left out.
    """
    cells = Cells.of(corpus, n)
    if by == "zone":
        zones = {name: _zones_apart(corpus, name, n, cuts) for name in corpus.zones}
        return zones, cells.vocabulary
    labels, codes = corpus.groups_of(by)
    wide = np.full(len(cells.sizes), -1, np.int64)
    wide[corpus.selected] = codes
    sides = cells.kept(*cuts).profiles(wide, len(labels))
    before, after = _running(sides), _running(sides[::-1])[::-1]
    rest = [_sum(a, b) for a, b in zip(before, after, strict=True)]
    return dict(zip(labels, zip(sides, rest, strict=True), strict=True)), cells.vocabulary


def joined(one: Profile, two: Profile) -> tuple[Profile, Profile]:
    """Return both sides over the words of either."""
    if one.words is two.words:
        return one, two
    words = sorted({*one.words, *two.words})
    return one.spelled(words), two.spelled(words)


def _zones_apart(
    corpus: Corpus, zone: str, n: int, cuts: tuple[int, int]
) -> tuple[Profile, Profile]:
    """Return one zone and the others, with the words that both together use often enough."""
    others = tuple(name for name in corpus.zones if name != zone)
    one = profile(corpus.where(zone=zone), n)
    one, two = joined(one, profile(corpus.where(zone=others), n))
    return above(one, two, *cuts)


def above(one: Profile, two: Profile, least: int, spread: int) -> tuple[Profile, Profile]:
    """Return both sides with the words that have so many occurrences and articles together."""
    keep = (one.counts + two.counts >= least) & (one.range + two.range >= spread)
    rows = np.flatnonzero(keep).astype(np.int64)
    return one.at(rows), two.at(rows)


def _running(sides: list[Profile]) -> list[Profile]:
    """Return for each side the sum of those before it; adding keeps every digit."""
    if not sides:
        return []
    none = np.zeros(len(sides[0].words), np.int64)
    sums = [Profile(sides[0].words, none, none, none.astype(float), none.astype(float), 0, 0)]
    for side in sides[:-1]:
        sums.append(_sum(sums[-1], side))
    return sums


def _sum(one: Profile, two: Profile) -> Profile:
    """Return two sides that share no article as one."""
    names = (*_COLUMNS, "size", "articles")
    sums: dict[str, Any] = {name: getattr(one, name) + getattr(two, name) for name in names}
    return replace(one, **sums)


def _moved(values: NDArray[Any], at: Ints, size: int) -> NDArray[Any]:
    """Return values put into the places `at` of a longer column."""
    column = np.zeros(size, values.dtype)
    column[at] = values
    return column


def part_of(like: Part, selected: Ints) -> Part:
    """Return other articles of the same columns, in the same zones."""
    part = Part()
    part.store, part.zones, part.selected, part.chosen = like.store, like.zones, selected, {}
    return part


def rest_of(target: Part) -> Part:
    """Return all articles of the columns that are not in the target, in the same zones."""
    every = np.arange(len(target.store.borders) - 1, dtype=np.int64)
    return part_of(target, np.setdiff1d(every, target.selected))
