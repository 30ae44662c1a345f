"""Uncertainty with the article as the unit: bootstrap intervals, and q for many tests.

Words come in articles, so that a word is not an independent draw: ten mentions in one report are
one decision of one writer. What is drawn again here is therefore always a whole article.

References
----------
Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap.
Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate.
Genovese, C., Roeder, K. & Wasserman, L. (2006). False discovery control with p-value weighting.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import refuse, share, whole
from .table import Floats, over

if TYPE_CHECKING:
    from scipy.sparse import sparray

CELLS = 2_000_000  # weights held at once: 16 MB
SINGLE = 2**24  # whole numbers below it are exact in 4 bytes
EXACT = 2.0**52  # whole numbers below it are exact in 8 bytes
BITS = 62  # of one number that several are packed into
BLOCK = 256  # words of a vocabulary whose resampled rates are held at once

Pack = tuple[NDArray[np.int64], list[int]]  # several columns in one, and the bits of each


def generator(seed: int) -> np.random.Generator:
    """Return the random generator of a seed: PCG64, the same numbers on every machine."""
    return np.random.Generator(np.random.PCG64(whole("seed", seed, "a seed")))


def weights(n: int, draws: int, rng: np.random.Generator) -> Iterator[Floats]:
    """Yield, in chunks of draws, how often each of `n` articles is drawn; rows sum to `n`."""
    for drawn in _drawn(n, draws, rng):
        height = len(drawn)
        drawn += np.arange(height)[:, None] * n
        yield np.bincount(drawn.ravel(), minlength=height * n).reshape(height, n).astype(float)


def _drawn(n: int, draws: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Yield, in chunks of draws (rows), the numbers of the articles that are drawn."""
    rows = max(1, CELLS // max(n, 1))
    for done in range(0, draws, rows):
        yield rng.integers(0, n, size=(min(rows, draws - done), n))


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
    draws, packs = whole("draws", draws, "draws", 1), _packed(np.column_stack([sizes, counts]))
    if packs is not None:
        chunks = [_rates(packs, drawn) for drawn in _drawn(sizes.size, draws, rng)]
        return np.concatenate(chunks).reshape(-1, *counts.shape[1:])
    chunks = []
    for weight in weights(sizes.size, draws, rng):
        total = (weight @ sizes).reshape(-1, *[1] * (counts.ndim - 1))
        chunks.append(np.asarray(over(weight @ counts, total)))
    return np.concatenate(chunks)


def _rates(packs: list[Pack], drawn: NDArray[np.int64]) -> Floats:
    """Return the sums of all columns but the first by that of the first, draw by draw."""
    sums = []
    for numbers, widths in packs:
        total = numbers.take(drawn).sum(axis=1)
        for width in widths:
            sums.append(total & ((1 << width) - 1))
            total >>= width
    words, *hits = sums
    return np.stack([over(one, words) for one in hits], axis=1)


def _packed(columns: Floats) -> list[Pack] | None:
    """Return whole numbers of several columns in one, with the bits of each; None if not whole.

    To look up what was drawn and add it up is quicker than to count how often each was drawn.
    """
    most = columns.max(axis=0) * len(columns)
    whole_numbers = (columns == np.floor(columns)).all() and (columns >= 0).all()
    if columns.shape[1] < 2 or not whole_numbers or (most >= EXACT).any():
        return None
    packs: list[Pack] = []
    for column, width in zip(
        columns.T, [max(int(one).bit_length(), 1) for one in most], strict=True
    ):
        used = sum(packs[-1][1]) if packs else BITS
        if used + width > BITS:
            packs.append((np.zeros(len(columns), np.int64), []))
            used = 0
        packs[-1][0][:] |= column.astype(np.int64) << used
        packs[-1][1].append(width)
    return packs


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
    drawn = all_weights(sizes.size, whole("draws", draws, "draws", 1), seed)
    totals = sizes @ drawn
    if sizes.size * float(counts.data.max(initial=0)) < SINGLE:
        counts, drawn = counts.astype(np.float32), drawn.astype(np.float32)
    ends = np.zeros((2, counts.shape[0]))
    for at in range(0, counts.shape[0], BLOCK):
        rates = np.asarray(over(counts[at : at + BLOCK] @ drawn, totals))
        ends[:, at : at + BLOCK] = np.quantile(rates, [tail, 1 - tail], axis=1)
    return ends[0], ends[1]


def all_weights(n: int, draws: int, seed: int) -> Floats:
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


def q_values(p: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Return Benjamini-Hochberg q values: the false discovery rate if a word and all with a
    smaller p are called key.

    Parameters
    ----------
    p
        Probabilities.
    weights
        Numbers above 0, for instance how much a word can show: the rate is that of p / weight,
        where the mean weight is 1. They must not depend on which side has more. None: all alike.

    Examples
    --------
    >>> [float(q) for q in q_values([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.05333333333333334, 0.05333333333333334, 0.5]
    >>> [round(float(q), 3) for q in q_values([0.01, 0.04, 0.03, 0.5], [1, 1, 5, 1])]
    [0.04, 0.107, 0.04, 1.0]
    """
    values = np.asarray(p, float)
    if values.ndim != 1 or ((values < 0) | (values > 1)).any():
        refuse("p", "a row of probabilities, 0 to 1", values, "Give one p value a word.")
    if weights is not None:
        values = np.minimum(values / _mean_one(weights, values.size), 1.0)
    order = np.argsort(values)  # the running minimum makes equal values equal
    ranks: NDArray[np.int64] = np.arange(1, values.size + 1)
    scaled = values[order] * values.size / ranks
    out = np.empty_like(values)
    out[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return out


def _mean_one(weights: ArrayLike, size: int) -> Floats:
    """Return the weights with the mean 1."""
    given = np.asarray(weights, float)
    if given.shape != (size,) or not (given > 0).all():
        refuse("weights", "a number above 0 for each p", given, "Give one weight a word.")
    return given / given.mean() if size else given
