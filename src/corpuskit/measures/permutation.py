"""Permutation tests with the article as the unit: what if the labels meant nothing.

If a label says nothing about the words, any deal of the labels over the articles could have been
the one that was seen. The p value is the share of deals that set the group at least as far apart
from the rest, in either direction; the deal that was seen counts as one of them.

References
----------
Phipson, B. & Smyth, G. (2010). Permutation p-values should never be zero.
Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import whole
from .resampling import CELLS, generator
from .table import Floats, over

SAME = 1 - 1e-12  # two differences closer than rounding are the same difference


def permutation_p(
    hits: ArrayLike,
    words: ArrayLike,
    groups: ArrayLike,
    *,
    count: int | None = None,
    draws: int = 2000,
    seed: int = 1,
) -> Floats:
    """Return for each group p of its rate against that of all other articles, two-sided.

    Parameters
    ----------
    hits, words
        Counts of each article; `hits` is a matrix of articles by patterns.
    groups
        Number of the group of each article, 0 and up.
    count
        How many groups there are, those without an article too; the highest number + 1 if None.
    draws, seed
        Number of deals of the labels over the articles, and the seed of the dealing.

    Returns
    -------
    Floats
        Groups by patterns: (b + 1) / (m + 1) for b of m deals in which group and rest are at
        least as far apart. Never 0; 1 if there is no difference.

    Notes
    -----
    All groups are read off the same deals, so that two groups that mirror each other have the
    same p. The trap: the test asks whether labels matter at all, spread included, and twenty
    groups need a correction for twenty tests.

    Examples
    --------
    >>> p = permutation_p([[9], [8], [9], [0], [1], [0]], [100] * 6, [0, 0, 0, 1, 1, 1])
    >>> [round(float(value), 1) for value in p[:, 0]]
    [0.1, 0.1]
    """
    counts, sizes = np.asarray(hits, float), np.asarray(words, float)
    labels = np.asarray(groups, np.int64)
    draws, rng = whole("draws", draws, "draws", 1), generator(seed)
    known = range(int(labels.max(initial=-1)) + 1 if count is None else count)
    seen = [_apart(labels[None] == g, counts, sizes) for g in known]
    farther = np.zeros((len(known), counts.shape[1]))
    rows = max(1, CELLS // max(labels.size, 1))
    for done in range(0, draws, rows):
        height = min(rows, draws - done)
        dealt = rng.permuted(np.tile(labels, (height, 1)), axis=1)
        for g in known:
            farther[g] += (_apart(dealt == g, counts, sizes) >= SAME * seen[g]).sum(axis=0)
    return (farther + 1) / (draws + 1)


def swap_p(
    hits: tuple[ArrayLike, ArrayLike],
    words: tuple[ArrayLike, ArrayLike],
    *,
    draws: int = 2000,
    seed: int = 1,
) -> Floats:
    """Return p, one value a pattern, of two parts of the same articles, two-sided.

    Of each article counts by how much the hits of its first part exceed the share of the hits
    that the part has of the words. In each draw every surplus keeps its sign or turns it, with
    probability one half; p is the share of draws whose sum is at least as far from 0. Parts may
    differ much in size (a headline and a body): a swap of the parts themselves would then mix
    rates of unlike precision. The trap: with few hits in the smaller part (fewer than about ten)
    surpluses are lopsided, and p below .05 comes in about one case of ten by chance.
    """
    one, two = (np.asarray(side, float) for side in hits)
    size, other = (np.asarray(side, float) for side in words)
    draws, rng = whole("draws", draws, "draws", 1), generator(seed)
    share = over(size, size + other)[:, None]
    surplus = one - share * (one + two)
    seen = np.abs(surplus.sum(axis=0))
    farther = np.zeros(one.shape[1])
    rows = max(1, CELLS // max(size.size, 1))
    for done in range(0, draws, rows):
        flips = rng.integers(0, 2, size=(min(rows, draws - done), size.size)).astype(float)
        turned = np.abs((1 - 2 * flips) @ surplus)
        farther += (turned >= SAME * seen).sum(axis=0)
    return (farther + 1) / (draws + 1)


def _apart(member: NDArray[np.bool_], counts: Floats, sizes: Floats) -> Floats:
    """Return how far the rates of members and others are apart; deals by patterns."""
    inside = member.astype(float)
    hits, words = inside @ counts, (inside @ sizes)[:, None]
    rest = over(counts.sum(axis=0) - hits, sizes.sum() - words)
    return np.abs(over(hits, words) - rest)
