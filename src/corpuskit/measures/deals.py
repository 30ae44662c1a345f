"""Does a group use a word otherwise than the rest: a permutation test without dealing.

If a label says nothing about a word, any deal of the labels over the articles could have been the
one that was seen. The exact answer needs every deal; this one needs the first three moments of the
difference over all deals, and so takes a whole vocabulary at once, down to p values that no
drawing reaches. Three traps of word counts are met before:

* a word that comes five times in one article is not five times the evidence: the test adds up
  square roots of counts (1, 1.4, 1.7, 2), which also evens out the spread of frequent words;
* a long article holds more of everything: what its length lets expect is taken off first;
* one article of ten with a rare word is no finding: the moments hold the skewness, which t tests
  on unequal groups ignore, so that they find hundreds of words in groups drawn at random.

References
----------
Mielke, P. & Berry, K. (2007). Permutation Methods: A Distance Function Approach (Pearson type III).
Bartlett, M. (1936). The square root transformation in analysis of variance.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .table import Floats, over

UNIT = 1_000.0  # words: lengths are near 1, so that their powers stay in the same range
FLAT = 1e-9  # what is left of a sum of squares below this share of it is rounding
STEP = 0.25  # taken off a difference, because counts are whole: half of what Yates takes off
NORMAL = 0.002  # below this skewness the normal curve: the lower tail of scipy loses digits there
BENDS = (0.5, 0.35)  # how fast roots of counts change from length to the root of length


class Deals(NamedTuple):
    """The test of each word (row) in each group (column): z, its skewness over deals, p."""

    z: Floats
    skewness: Floats
    p: Floats


class Moments(NamedTuple):
    """What the test needs of each word before there are groups: one value a word.

    Attributes
    ----------
    total
        Sum of the roots of its counts.
    straight
        How far they follow length (1) or its square root (0).
    squares, cubes
        Sums of what length leaves of them.
    """

    total: Floats
    straight: Floats
    squares: Floats
    cubes: Floats

    def at(self, rows: NDArray[np.int64]) -> Moments:
        """Return those of some of the words."""
        return Moments(*(column[rows] for column in self))


def deals_test(counts: Any, words: ArrayLike, groups: ArrayLike) -> Deals:
    """Return for each word and group p of its use against that of all other articles, two-sided.

    Parameters
    ----------
    counts
        A scipy.sparse csr_array, words of the vocabulary by articles, whole numbers.
    words
        Words of each article; an article without words is left out.
    groups
        Articles by groups: whether an article belongs to the group.

    Returns
    -------
    Deals
        z (positive: the group has more, articles of one length compared), skewness and p,
        vocabulary by groups. p = 1 with fewer than two articles with words on a side.

    Notes
    -----
    e = √count - b × expected. Without clumps the mean root of a count grows as length where a
    word is rare and as √length where it is frequent: expected is (1 - w) √length + w length,
    both over their sums, with w = 1 / (1 + 0.5 m + 0.35 m²) and m = -ln(1 - share of articles
    with the word), which is within 0.02 of that; b makes Σe = 0. D = Σ e over the group. Over
    deals D has the mean 0, the variance Σe² × n / (n - 1) times what the group's share of the
    articles gives (or its share of the words, if that is more), and the third moment likewise
    (both exact where all articles have one length); p is twice the tail of the Pearson type III
    curve with these moments beyond |D| - 1/4. No p is below that of the exact test, 2 over the
    number of ways to deal the articles out. The traps: the test asks about the number of articles
    as much as about the count, so that a word which one article repeats a hundred times does not
    count for much, and its sign may differ from that of the difference of two rates.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> counts = csr_array([[3, 2, 4, 1, 2, 0, 0, 0, 1, 0], [1, 0, 2, 0, 1, 0, 1, 2, 0, 1]])
    >>> found = deals_test(counts, [100] * 10, [[True]] * 5 + [[False]] * 5)
    >>> [round(float(p), 3) for p in found.p[:, 0]]
    [0.016, 1.0]
    """
    from scipy.sparse import csr_array

    inside = np.asarray(groups, bool) & (np.asarray(words, float) > 0)[:, None]
    places = (counts.indices, counts.indptr)
    roots = csr_array((np.sqrt(counts.data.astype(float)), *places), counts.shape)
    return dealt(roots @ inside.astype(float), moments(counts, words), words, groups)


def dealt(inside: Floats, of: Moments, words: ArrayLike, groups: ArrayLike) -> Deals:
    """Return what `deals_test` does, given the sums of the roots of the counts in each group.

    Parameters
    ----------
    inside
        Sums of the roots of the counts, words of the vocabulary by groups.
    of
        What `moments` returns of all articles.
    words, groups
        As for `deals_test`.
    """
    powers = _powers(words)
    member = np.asarray(groups, bool) & (powers[:, 0] > 0)[:, None]
    share, third = _shares(member, powers, of.straight)
    n = int(powers[:, 0].sum())
    apart = inside - of.total[:, None] * share[..., 0]
    spread = np.sqrt(of.squares[:, None] * share[..., 1] * over(n, n - 1))
    z = np.sign(apart) * over(np.maximum(np.abs(apart) - STEP, 0.0), spread)
    cubes = of.cubes[:, None] * third * over(n * n, (n - 1) * (n - 2))
    skewness = np.asarray(over(cubes, spread**3))
    floor = np.array([_least_p(int(m), n - int(m)) for m in member.sum(axis=0)])
    p = np.maximum(2 * _tail(np.abs(z), np.sign(apart) * skewness), floor)
    return Deals(z, skewness, np.asarray(np.where(spread > 0, np.minimum(p, 1.0), 1.0)))


def moments(counts: Any, words: ArrayLike) -> Moments:
    """Return what the test needs of each word whatever the groups, from counts above 0.

    Parameters
    ----------
    counts, words
        As for `deals_test`.
    """
    from scipy.sparse import csr_array

    powers, value = _powers(words), counts.data.astype(float)
    where = (counts.indices, counts.indptr)
    parts = ((np.sqrt(value), 5), (value, 3), (value * np.sqrt(value), 1))
    sums = (csr_array((x, *where), counts.shape) @ powers[:, :k] for x, k in parts)
    f, y, (cubes,) = (one.T for one in sums)  # roots × length to the power of 0, 1/2 .. 2
    t = powers.sum(axis=0)
    n = max(t[0], 1.0)
    m = -np.log1p(-np.minimum(np.diff(counts.indptr) / n, 1 - 0.5 / n))
    w = 1 / (1 + BENDS[0] * m + BENDS[1] * m**2)
    a, b = over(f[0] * (1 - w), t[1]), over(f[0] * w, t[2])
    square = y[0] - 2 * (a * f[1] + b * f[2]) + a**2 * t[2] + 2 * a * b * t[3] + b**2 * t[4]
    cube = cubes - 3 * (a * y[1] + b * y[2])
    cube += 3 * (a**2 * f[2] + 2 * a * b * f[3] + b**2 * f[4])
    cube -= a**3 * t[3] + 3 * a**2 * b * t[4] + 3 * a * b**2 * t[5] + b**3 * t[6]
    square = np.where(square > FLAT * y[0], square, 0.0)
    return Moments(f[0], np.asarray(w), square, np.asarray(cube))


def _powers(words: ArrayLike) -> Floats:
    """Return the lengths of the articles to the power of 0 (1 for those with words), 1/2 .. 3."""
    sizes = np.asarray(words, float) / UNIT
    return np.stack([(sizes > 0).astype(float), *(sizes ** (k / 2) for k in range(1, 7))], axis=1)


def _shares(inside: NDArray[np.bool_], powers: Floats, w: Floats) -> tuple[Floats, Floats]:
    """Return for each word and group what it is expected to hold, and moments over deals.

    Returns
    -------
    tuple
        (share of the roots, share of the squares), and the share of the cubes. Long articles
        spread more, rare words in proportion to length and frequent ones not at all: the larger
        of the two shares of the squares is taken, and the share of the cubes that goes with it.
    """
    of = np.asarray(over(inside.T.astype(float) @ powers, powers.sum(axis=0)))
    s = np.outer(1 - w, of[:, 1]) + np.outer(w, of[:, 2])
    by_article, by_length = (part * (1 - s) ** 2 + (1 - part) * s**2 for part in of[:, [0, 2]].T)
    part = np.where(by_length > by_article, of[:, 2], of[:, 0])
    cubes = part * (1 - s) ** 3 - (1 - part) * s**3
    return np.stack([s, np.maximum(by_article, by_length)], axis=-1), cubes


def _tail(z: Floats, skewness: Floats) -> Floats:
    """Return the share of a Pearson type III curve (mean 0, variance 1) beyond z, z >= 0."""
    from scipy.special import gammainc, gammaincc, ndtr

    steep = np.maximum(np.abs(skewness), NORMAL)
    shape = 4 / steep**2
    reach = z * np.sqrt(shape)
    beyond = np.asarray(ndtr(-z))
    bent = np.abs(skewness) > NORMAL
    for leans, tail in ((bent & (skewness > 0), gammaincc), (bent & (skewness < 0), gammainc)):
        sign = 1 if tail is gammaincc else -1
        beyond[leans] = tail(shape[leans], np.maximum(shape + sign * reach, 0.0)[leans])
    return beyond


def _least_p(one: int, two: int) -> float:
    """Return the p of an exact permutation test that finds two sides fully apart."""
    from scipy.special import gammaln

    if min(one, two) < 2:
        return 1.0
    ways = gammaln(one + two + 1) - gammaln(one + 1) - gammaln(two + 1)
    return min(2 * float(np.exp(-ways)), 1.0)
