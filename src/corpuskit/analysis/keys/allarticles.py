"""A part of a corpus against all its other articles: what all have in common is counted once."""

from __future__ import annotations

from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import ZONES, Columns, Ints
from ...corpus.part import Part, plain_forms
from ...measures.deals import Moments, dealt
from ...measures.table import Floats
from ..listing import spelled_words
from ..packing import WORD, bits, fresh
from .positions import part_codes
from .profiles import Cells, Profile


class Sums(NamedTuple):
    """Occurrences, articles, and the sum of the roots of the counts by article, of each word."""

    counts: Ints
    range: Ints
    roots: Floats


_KNOWN: WeakKeyDictionary[Columns, Moments] = WeakKeyDictionary()


def are_all(one: Part, two: Part) -> bool:
    """Return whether two parts together are all articles of the same columns, each once."""
    if one.apart or one.store is not two.store or not one.zones == two.zones == ZONES:
        return False
    every = len(one.selected) + len(two.selected) == one.every
    return every and bool((part_codes([one, two]) >= 0).all()) and plain_forms(one.store)


def against_rest(one: Part, two: Part, cuts: tuple[int, int]) -> tuple[Profile, Profile, Floats]:
    """Return both sides, and p of each word that has so many occurrences and articles in all."""
    whole, store = one.whole_columns(), one.store
    counts, spread = whole.word_counts(), store.ranges
    rows = np.flatnonzero((counts >= cuts[0]) & (spread >= cuts[1])).astype(np.int64)
    mine, words = sums_of(one, rows), whole.words_per_article()
    names = spelled_words(store.folds, rows).tolist()
    inside = part_codes([one]) == 0
    first = _profile(names, mine.counts, mine.range, words[inside])
    rest = counts[rows] - mine.counts, spread[rows] - mine.range
    second = _profile(names, *rest, words[~inside])
    moments = _moments(whole).at(rows)
    return first, second, dealt(mine.roots[:, None], moments, words, inside[:, None]).p[:, 0]


def _profile(names: list[str], count: Ints, spread: Ints, words: Ints) -> Profile:
    """Return one side."""
    return Profile(names, count, spread, int(words.sum()), int(np.count_nonzero(words)))


def _moments(whole: Part) -> Moments:
    """Return what the test needs of each folded form in all articles; kept, 32 bytes a form."""
    if whole.store not in _KNOWN:
        _KNOWN[whole.store] = Cells.of(whole).moments()
    return _KNOWN[whole.store]


def sums_of(part: Part, forms: Ints) -> Sums:
    """Return the sums of each of these ascending folded forms over the articles of a part.

    Words and articles are packed into one number and sorted; each run of equal numbers is the
    count of a word in an article.
    """
    store, room = part.store, bits(len(part.selected))
    kind: Any = np.uint32 if bits(len(forms) + 1) + room <= WORD // 2 else np.uint64
    number = np.full(len(store.folds), len(forms), kind)  # all others are one more
    number[forms] = np.arange(len(forms), dtype=kind)
    keys = _keys(part, number[store.folded] << kind(room))
    keys = keys[: np.searchsorted(keys, kind(len(forms)) << kind(room))]
    cells = np.flatnonzero(fresh(keys))  # one a word and article
    of = keys[cells] >> kind(room)
    first = np.flatnonzero(fresh(of))  # of each word that is there
    count = np.diff(cells[first], append=len(keys))
    roots = _row_sums(np.sqrt(np.diff(cells, append=len(keys))), first)
    sums = Sums(*(np.zeros(len(forms), one) for one in (np.int64, np.int64, float)))
    for column, values in zip(sums, (count, np.diff(first, append=len(of)), roots), strict=True):
        column[of[first]] = values
    return sums


def _row_sums(values: Floats, first: Ints) -> Floats:
    """Return the sum from each first value up to the next, added up from left to right."""
    from scipy.sparse import csr_array

    column, borders = np.zeros(len(values), np.int32), np.append(first, len(values))
    sums: Floats = csr_array((values, column, borders), (len(first), 1)) @ np.ones(1)
    return sums


def _keys(part: Part, heads: NDArray[Any]) -> NDArray[Any]:
    """Return the head of each token's type with the number of its article, sorted."""
    begin, end = part.stretches
    ids = part.store.ids
    stretches = zip(begin.tolist(), end.tolist(), strict=True)
    tokens = np.concatenate([ids[:0], *(ids[first:past] for first, past in stretches)])
    keys: NDArray[Any] = heads.take(tokens)
    keys |= np.repeat(np.arange(len(begin), dtype=heads.dtype), end - begin)
    keys.sort()
    return keys
