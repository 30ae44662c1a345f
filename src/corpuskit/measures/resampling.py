"""Uncertainty with the article as the unit: bootstrap intervals and a test on article rates.

Words come in articles, so that a word is not an independent draw: ten mentions in one report are
one decision of one writer. What is drawn again here is therefore always a whole article.

References
----------
Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap.
Welch, B. L. (1947). The generalization of "Student's" problem.
Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate.
Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import refuse, share, whole
from .table import Floats, over, pick

if TYPE_CHECKING:
    from scipy.sparse import sparray

CELLS = 2_000_000  # weights held at once: 16 MB
SINGLE = 2**24  # whole numbers below it are exact in 4 bytes
BLOCK = 256  # words of a vocabulary whose resampled rates are held at once
FLAT = 1e-12  # a variance below this share of the mean square is rounding, not spread


class Welch(NamedTuple):
    """Welch's t test, one value a word: t, degrees of freedom, two-sided p."""

    t: Floats
    df: Floats
    p: Floats


def generator(seed: int) -> np.random.Generator:
    """Return the random generator of a seed: PCG64, the same numbers on every machine."""
    return np.random.Generator(np.random.PCG64(whole("seed", seed, "a seed")))


def weights(n: int, draws: int, rng: np.random.Generator) -> Iterator[Floats]:
    """Yield, in chunks of draws, how often each of `n` articles is drawn; rows sum to `n`."""
    rows = max(1, CELLS // max(n, 1))
    for done in range(0, draws, rows):
        height = min(rows, draws - done)
        drawn = rng.integers(0, n, size=(height, n)) + np.arange(height)[:, None] * n
        yield np.bincount(drawn.ravel(), minlength=height * n).reshape(height, n).astype(float)


def bootstrap_rates(
    hits: ArrayLike, words: ArrayLike, *, draws: int = 2000, rng: np.random.Generator
) -> Floats:
    """Return the rates Σ hits / Σ words of `draws` corpora made of articles drawn again.

    Parameters
    ----------
    hits, words
        One count for each article; `hits` may be a matrix of articles by patterns.
    draws
        Number of resampled corpora.
    rng
        Generator from `generator(seed)`; two samples drawn from one generator are independent.

    Returns
    -------
    Floats
        Shape (draws,) or (draws, patterns): hits per word; 0 where no words were drawn.
    """
    counts, sizes = np.asarray(hits, float), np.asarray(words, float)
    if not sizes.size:
        return np.zeros((draws, *counts.shape[1:]))
    chunks = []
    for weight in weights(sizes.size, whole("draws", draws, "draws", 1), rng):
        drawn = (weight @ sizes).reshape(-1, *[1] * (counts.ndim - 1))
        chunks.append(np.asarray(over(weight @ counts, drawn)))
    return np.concatenate(chunks)


def interval(drawn: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the percentile interval of resampled values: its low and its high end."""
    tail = (1 - share("level", level)) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=0)
    return low, high


def rate_interval(
    hits: ArrayLike,
    words: ArrayLike,
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> tuple[Floats, Floats]:
    """Return the interval of hits per word, from articles drawn again.

    Examples
    --------
    >>> low, high = rate_interval([3, 0, 1, 2], [100, 120, 80, 100])
    >>> float(low) < 6 / 400 < float(high)
    True
    """
    return interval(bootstrap_rates(hits, words, draws=draws, rng=generator(seed)), level)


def rate_intervals(
    hits: ArrayLike | sparray,
    words: ArrayLike,
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> tuple[Floats, Floats]:
    """Return the interval of hits per word of a whole vocabulary at once.

    Parameters
    ----------
    hits
        Counts, articles by words of the vocabulary: a matrix or a scipy.sparse array.
    words
        Words of each article.
    level, draws, seed
        Share that the interval holds, number of resampled corpora, seed of the drawing.

    Returns
    -------
    tuple
        Low and high end of each word: the same as `rate_interval` of its column.

    Notes
    -----
    All words are read off the same draws. Only the counts that are not 0 are added up, a block
    of words at a time, so that memory is that of the draws: at most 12 bytes × articles × draws.
    Counts are added in 4 bytes where no sum can pass 2 to the power of 24, so that none is rounded.

    Examples
    --------
    >>> low, high = rate_intervals([[3, 1], [0, 0], [1, 2], [2, 0]], [100, 120, 80, 100])
    >>> low.shape, bool((low <= high).all())
    ((2,), True)
    """
    from scipy.sparse import csr_array

    tail = (1 - share("level", level)) / 2
    sizes = np.asarray(words, float)
    given: Any = hits
    counts: Any = csr_array(csr_array(given).T).astype(float)  # a row a word
    drawn = _all_weights(sizes.size, whole("draws", draws, "draws", 1), seed)
    totals = sizes @ drawn
    if sizes.size * float(counts.data.max(initial=0)) < SINGLE:
        counts, drawn = counts.astype(np.float32), drawn.astype(np.float32)
    ends = np.zeros((2, counts.shape[0]))
    for at in range(0, counts.shape[0], BLOCK):
        rates = np.asarray(over(counts[at : at + BLOCK] @ drawn, totals))
        ends[:, at : at + BLOCK] = np.quantile(rates, [tail, 1 - tail], axis=1)
    return ends[0], ends[1]


def _all_weights(n: int, draws: int, seed: int) -> Floats:
    """Return how often each article (row) is drawn into each resampled corpus (column)."""
    drawn, done = np.zeros((n, draws)), 0
    for weight in weights(n, draws, generator(seed)) if n else ():
        drawn[:, done : done + len(weight)] = weight.T
        done += len(weight)
    return drawn


def difference_interval(
    hits: tuple[ArrayLike, ArrayLike],
    words: tuple[ArrayLike, ArrayLike],
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
    paired: bool = False,
) -> tuple[Floats, Floats]:
    """Return the interval of the first rate minus the second, from articles drawn again.

    Each side is drawn on its own. With `paired` the two sides are two parts of the same articles
    in the same order (headline and body, say), and each draw takes the same articles for both.
    """
    rng = generator(seed)
    first = bootstrap_rates(hits[0], words[0], draws=draws, rng=rng)
    again = generator(seed) if paired else rng
    second = bootstrap_rates(hits[1], words[1], draws=draws, rng=again)
    return interval(first - second, level)


def welch(
    n: tuple[float, float], sums: tuple[ArrayLike, ArrayLike], squares: tuple[ArrayLike, ArrayLike]
) -> Welch:
    """Return Welch's test of two means, vectorised over words, from sums alone.

    Parameters
    ----------
    n
        Number of articles on each side.
    sums, squares
        For each side, the sum of a word's article rates and the sum of their squares. Articles
        without the word add nothing, so that sparse counts are enough.

    Returns
    -------
    Welch
        t (positive: the first side is higher), df, and p, two-sided.

    Notes
    -----
    Zero rule: with fewer than two articles on a side there is no test: t = 0, df = 1, p = 1.
    Where neither side has any spread Welch's t is undefined (t = 0, df = 1); if the means differ,
    p is that of the permutation test, 2 over the number of ways to deal the articles out.
    """
    from scipy.special import stdtr

    means = [over(total, size) for total, size in zip(sums, n, strict=True)]
    errors = [_error(*side) for side in zip(n, sums, squares, strict=True)]
    both = errors[0] + errors[1]
    known = (both > 0) & (min(n) > 1)
    t = pick(known, over(means[0] - means[1], np.sqrt(both)), 0.0)
    parts = sum(over(e**2, size - 1) for e, size in zip(errors, n, strict=True))
    df = pick(known, over(both**2, parts, 1.0), 1.0)
    p = pick(known, 2 * stdtr(df, -np.abs(t)), 1.0)
    apart = ~np.asarray(known) & (np.abs(means[0] - means[1]) > FLAT * (means[0] + means[1]))
    return Welch(t, df, pick(apart, _dealt(*n), np.minimum(p, 1.0)))


def _dealt(one: float, two: float) -> float:
    """Return the p of a permutation test that finds the two sides fully apart."""
    from scipy.special import gammaln

    if min(one, two) < 2:
        return 1.0
    ways = gammaln(one + two + 1) - gammaln(one + 1) - gammaln(two + 1)
    return min(2 * float(np.exp(-ways)), 1.0)


def _error(n: float, total: ArrayLike, squares: ArrayLike) -> Floats:
    """Return the squared standard error of a mean; 0 where the spread is rounding only."""
    square = np.asarray(squares, float)
    spread = square - over(np.asarray(total, float) ** 2, n)
    return over(pick(spread > FLAT * square, spread, 0.0), n * (n - 1))


def q_values(p: ArrayLike) -> Floats:
    """Return Benjamini-Hochberg q values: the false discovery rate if a word and all with a
    smaller p are called key.

    Examples
    --------
    >>> [float(q) for q in q_values([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.05333333333333334, 0.05333333333333334, 0.5]
    """
    values = np.asarray(p, float)
    if values.ndim != 1 or ((values < 0) | (values > 1)).any():
        refuse("p", "a row of probabilities, 0 to 1", values, "Give one p value a word.")
    order = np.argsort(values, kind="stable")
    ranks: NDArray[np.int64] = np.arange(1, values.size + 1)
    scaled = values[order] * values.size / ranks
    out = np.empty_like(values)
    out[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    np.minimum(out, 1.0, out=out)
    return out
