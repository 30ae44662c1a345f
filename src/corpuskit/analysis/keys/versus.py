"""Two sides of one comparison: the profile of each, and whether articles use a word alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.part import Part
from ...measures.table import Floats
from .allarticles import against_rest, are_all
from .positions import part_codes
from .profiles import Cells, Profile, part_of


@dataclass(frozen=True, eq=False)
class Versus:
    """Two sides over the same words, and p of each word: its use in the articles of each."""

    one: Profile
    two: Profile
    p: Floats


def two_profiles(one: Part, two: Part, n: int = 1) -> tuple[Profile, Profile]:
    """Return the profiles of two parts, over the words of either."""
    cells, codes = _both(one, two, n)
    first, second = cells.profiles(codes, 2)
    return first, second


def versus(one: Part, two: Part, n: int, cuts: tuple[int, int]) -> tuple[Versus, int]:
    """Return two parts as the sides of a comparison, and the size of their joint vocabulary.

    `cuts` are the occurrences and the articles a word must have; others are left out.
    """
    if n == 1 and are_all(one, two):
        first, second, p = against_rest(one, two, cuts)
        return Versus(first, second, p), int(np.count_nonzero(one.whole_columns().word_counts()))
    cells, codes = _both(one, two, n)
    kept = cells.kept(*cuts)
    first, second = kept.profiles(codes, 2)
    p = kept.p_values((codes == 0)[:, None], codes >= 0)[:, 0]
    return Versus(first, second, p), cells.vocabulary


def each_versus_rest(
    corpus: Corpus, by: str, n: int, cuts: tuple[int, int]
) -> tuple[dict[str, Versus], int]:
    """Return each group and all others as two sides, and the size of the vocabulary.

    `cuts` are the occurrences and the articles a word must have; others are left out.
    """
    cells = Cells.of(corpus, n)
    if by == "zone":
        zones = {zone: _zone_versus(corpus, zone, n, cuts) for zone in corpus.told_zones}
        return zones, cells.vocabulary
    labels, codes = corpus.groups_of(by)
    wide = np.full(len(cells.sizes), -1, np.int64)
    wide[corpus.selected] = codes
    kept = cells.kept(*cuts)
    sides = kept.profiles(wide, len(labels))
    before, after = _running(sides), _running(sides[::-1])[::-1]
    rest = [_sum(a, b) for a, b in zip(before, after, strict=True)]
    p = kept.p_values(wide[:, None] == np.arange(len(labels)), wide >= 0).T
    pairs = zip(sides, rest, p, strict=True)
    return {label: Versus(*pair) for label, pair in zip(labels, pairs, strict=True)}, (
        cells.vocabulary
    )


def _zone_versus(corpus: Corpus, zone: str, n: int, cuts: tuple[int, int]) -> Versus:
    """Return one zone and all others as two sides."""
    others = tuple(name for name in corpus.zones if name != zone)
    return versus(corpus.where(zone=zone), corpus.where(zone=others), n, cuts)[0]


def _both(one: Part, two: Part, n: int) -> tuple[Cells, Ints]:
    """Return the words of two parts by article, and the side (0, 1 or -1) of each article."""
    if one.store is two.store and one.zones == two.zones:
        both = Cells.of(part_of(one, np.union1d(one.selected, two.selected)), n)
        return both, part_codes([one, two])
    first, second = Cells.of(one, n), Cells.of(two, n)
    sizes = [len(first.sizes), len(second.sizes)]
    return _stacked(first, second), np.repeat(np.arange(2), sizes)


def _stacked(one: Cells, two: Cells) -> Cells:
    """Return the words of two sets of articles as one set, the second after the first."""
    words = one.names if one.names is two.names else sorted({*one.names, *two.names})
    forms = np.concatenate([_renamed(side, words) for side in (one, two)])
    order = np.argsort(forms, kind="stable")
    later = (two.articles + len(one.sizes)).astype(np.int32)
    articles = np.concatenate([one.articles, later])
    counts, sizes = (
        np.concatenate([getattr(side, name) for side in (one, two)]) for name in ("counts", "sizes")
    )
    return Cells(words, forms[order], articles[order], counts[order], sizes)


def _renamed(cells: Cells, words: list[str]) -> Ints:
    """Return the number of the word of each row in another list of words."""
    if cells.names is words:
        return cells.forms
    index = {word: n for n, word in enumerate(words)}
    return np.array([index[word] for word in cells.names], np.int64)[cells.forms]


def _running(sides: list[Profile]) -> list[Profile]:
    """Return for each side the sum of those before it."""
    if not sides:
        return []
    none = np.zeros(len(sides[0].words), np.int64)
    sums = [Profile(sides[0].words, none, none, 0, 0)]
    for side in sides[:-1]:
        sums.append(_sum(sums[-1], side))
    return sums


def _sum(one: Profile, two: Profile) -> Profile:
    """Return two sides that share no article as one."""
    names = ("counts", "range", "size", "articles")
    sums: dict[str, Any] = {name: getattr(one, name) + getattr(two, name) for name in names}
    return replace(one, **sums)
