"""Log-t intervals: articles drawn again give the error of a rate, its logarithm the shape.

A rate is above 0 and leans to the right, most of all where few articles hold most of the hits: the
articles that were read may lack the one that repeats the word twenty times. A percentile interval
is then too short above. Here the spread of the resampled rates gives the standard error only; the
interval goes as many times up as down (rate ×/÷), and Student's t, whose degrees of freedom fall
as the hits clump, says how many standard errors it takes.

References
----------
Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap, chapter 6.
Hesterberg, T. (2015). What teachers should know about the bootstrap: √(n / (n - 1)).
Satterthwaite, F. (1946). An approximate distribution of estimates of variance components.
Zou, G. & Donner, A. (2008). Construction of confidence limits about effect measures: MOVER.
Hanley, J. & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right?
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..errors import share, whole
from .resampling import BLOCK, SINGLE, all_weights, bootstrap_rates, generator
from .table import Floats, over, plain

if TYPE_CHECKING:
    from scipy.sparse import sparray

LEAST_DF = 3.0  # below, a t quantile says more than a few articles can
CAUTION = 0.75  # share of the degrees of freedom: samples show too little of a long tail
LARGEST = 700.0  # exp of more is not a number
FLAT = 1e-12  # a residual below this share of what it is made of is rounding

Side = tuple[Floats, Floats]  # hits (articles by patterns) and words of the articles


class Spread(NamedTuple):
    """A rate, one value a pattern: its standard error and the degrees of freedom of that."""

    rate: Floats
    error: Floats
    df: Floats
    words: float


def log_t_rate_interval(
    hits: ArrayLike, words: ArrayLike, *, level: float = 0.95, draws: int = 2000, seed: int = 1
) -> tuple[Floats, Floats]:
    """Return the log-t interval of hits per word, from articles drawn again.

    Parameters
    ----------
    hits, words
        One count for each article; `hits` may be a matrix of articles by patterns.
    level, draws, seed
        Share that the interval is to hold, number of resampled corpora, seed of the drawing.

    Returns
    -------
    tuple
        Low and high end, one value a pattern, between 0 and 1 (or the rate, if that is more).

    Notes
    -----
    low = r / f, high = r × f, f = exp(t × se / r); se is the standard deviation of the resampled
    rates × √(n / (n - 1)). With e = hits - r × words, what an article adds to the error of r, and
    k = n Σe⁴ / (Σe²)², t has 0.75 × 2 n / (k - 1 + 2 / (n - 1)) degrees of freedom, at least 3
    and at most n - 1. The 0.75 was chosen by simulation. Zero rule: without a hit the interval
    is 0 to -ln(1 - level) / words (the rule of three at 95 %), words taken as independent.

    Examples
    --------
    >>> low, high = log_t_rate_interval([3, 0, 1, 2, 1, 0], [100, 120, 80, 100, 90, 110])
    >>> float(low) < 7 / 600 < float(high)
    True
    """
    side = _side(hits, words)
    known = _spread(side, _drawn(side, draws, generator(seed)))
    low, high = _ends(known, _times(known.df, level), level)
    return _shaped(low, high, np.shape(hits)[1:])


def log_t_rate_intervals(
    hits: ArrayLike | sparray,
    words: ArrayLike,
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> tuple[Floats, Floats]:
    """Return the log-t interval of hits per word of a whole vocabulary at once.

    Parameters
    ----------
    hits
        Counts, articles by words of the vocabulary: a matrix or a scipy.sparse array.
    words
        Words of each article.
    level, draws, seed
        As for `log_t_rate_interval`; all words are read off the same draws.

    Returns
    -------
    tuple
        Low and high end of each word: those of `log_t_rate_interval` of its column, but for
        rounding.

    Examples
    --------
    >>> low, high = log_t_rate_intervals([[3, 1], [0, 0], [1, 2], [2, 0]], [100, 120, 80, 100])
    >>> low.shape, bool((low <= high).all())
    ((2,), True)
    """
    from scipy.sparse import csr_array

    sizes = np.asarray(words, float)
    given: Any = hits
    counts: Any = csr_array(csr_array(given).T).astype(float)  # a row a word
    drawn = all_weights(sizes.size, whole("draws", draws, "draws", 1), seed)
    totals = sizes @ drawn
    rate, df = _sparse_moments(counts, sizes)
    if sizes.size * float(counts.data.max(initial=0)) < SINGLE:  # whole numbers: nothing is rounded
        counts, drawn = counts.astype(np.float32), drawn.astype(np.float32)
    error = np.zeros(counts.shape[0])
    for at in range(0, counts.shape[0], BLOCK):
        error[at : at + BLOCK] = over(counts[at : at + BLOCK] @ drawn, totals).std(axis=1)
    known = Spread(rate, error * _wider(sizes.size), df, float(sizes.sum()))
    return _ends(known, _times(df, level), level)


def log_t_difference_interval(
    hits: tuple[ArrayLike, ArrayLike],
    words: tuple[ArrayLike, ArrayLike],
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
    paired: bool = False,
) -> tuple[Floats, Floats]:
    """Return the interval of the first rate minus the second, from articles drawn again.

    Notes
    -----
    With l and u the log-t ends of each rate r, each side drawn on its own (MOVER):
    low = r1 - r2 - √((r1 - l1)² + (u2 - r2)²), high = r1 - r2 + √((u1 - r1)² + (r2 - l2)²).
    Both sides take the t of the difference: df = (se1² + se2²)² / (se1⁴ / df1 + se2⁴ / df2).
    With `paired` the two sides are parts of the same articles in the same order; then each draw
    takes the same articles for both, and the interval is r1 - r2 ± t × se, with se and t of the
    difference itself; if a side has no hit, it is that of MOVER, with the rule of three.
    """
    one, two = (_side(*side) for side in zip(hits, words, strict=True))
    rng = generator(seed)
    first = _drawn(one, draws, rng)
    second = _drawn(two, draws, generator(seed) if paired else rng)
    sides = _spread(one, first), _spread(two, second)
    t = _times(_joint_df(*sides), level)
    low, high = _mover(*sides, *(_ends(known, t, level) for known in sides))
    if paired:
        reach = _paired_reach((one, two), sides, first - second, level)
        none = (sides[0].rate == 0) | (sides[1].rate == 0)  # no spread: the rule of three
        value = sides[0].rate - sides[1].rate
        low, high = np.where(none, low, value - reach), np.where(none, high, value + reach)
    return _shaped(low, high, np.shape(hits[0])[1:])


def _mover(
    one: Spread, two: Spread, ends: tuple[Floats, Floats], others: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return the ends of a difference from those of its sides."""
    value = one.rate - two.rate
    low = value - np.hypot(one.rate - ends[0], others[1] - two.rate)
    return low, value + np.hypot(ends[1] - one.rate, two.rate - others[0])


def _paired_reach(
    sides: tuple[Side, Side], known: tuple[Spread, Spread], drawn: Floats, level: float
) -> Floats:
    """Return how far the interval of a difference of parts of the same articles goes."""
    n = sides[0][1].size
    parts = [over(_residuals(*pair), pair[1].words) for pair in zip(sides, known, strict=True)]
    square = (parts[0] - parts[1]) ** 2
    df = _freedom(square.sum(axis=0), (square**2).sum(axis=0), n)
    error = drawn.std(axis=0) * _wider(n)
    scale = np.maximum(known[0].rate, known[1].rate)
    return np.asarray(np.where(error > FLAT * scale, _times(df, level) * error, 0.0))


def _side(hits: ArrayLike, words: ArrayLike) -> Side:
    """Return the counts of one side, hits always as a matrix of articles by patterns."""
    sizes, counts = np.asarray(words, float), np.asarray(hits, float)
    return counts.reshape(sizes.size, -1) if counts.size else counts.reshape(0, 1), sizes


def _drawn(side: Side, draws: int, rng: np.random.Generator) -> Floats:
    """Return the rates of resampled corpora, draws by patterns."""
    return bootstrap_rates(*side, draws=draws, rng=rng)


def _spread(side: Side, drawn: Floats) -> Spread:
    """Return the rate of a side with its standard error and degrees of freedom."""
    hits, words = side
    rate = np.atleast_1d(over(hits.sum(axis=0), words.sum()))
    known = Spread(rate, drawn.std(axis=0) * _wider(words.size), rate, float(words.sum()))
    square = _residuals(side, known) ** 2
    df = _freedom(square.sum(axis=0), (square**2).sum(axis=0), words.size)
    return known._replace(df=df)


def _residuals(side: Side, known: Spread) -> Floats:
    """Return what each article adds to the error of a rate; 0 where it is rounding only."""
    hits, expected = side[0], known.rate * side[1][:, None]
    parts = hits - expected
    return np.asarray(np.where(np.abs(parts) > FLAT * (hits + expected), parts, 0.0))


def _sparse_moments(counts: Any, words: Floats) -> tuple[Floats, Floats]:
    """Return rate and degrees of freedom of each word, from the counts that are not 0."""
    rate = np.atleast_1d(over(counts.sum(axis=1), words.sum()))
    powers = [words**n for n in range(5)]
    second, fourth = ((counts**n).sum(axis=1) for n in (2, 4))
    square = second - 2 * rate * (counts @ words) + rate**2 * powers[2].sum()
    fourth = fourth - 4 * rate * (counts**3 @ words) + 6 * rate**2 * (counts**2 @ powers[2])
    fourth += -4 * rate**3 * (counts @ powers[3]) + rate**4 * powers[4].sum()
    return rate, _freedom(np.maximum(square, 0.0), np.maximum(fourth, 0.0), words.size)


def _freedom(square: Floats, fourth: Floats, n: int) -> Floats:
    """Return the degrees of freedom of the error of each rate: few where the hits clump."""
    clumped = over(n * fourth, square**2, 1.0) - 1 + 2 / max(n - 1, 1)
    return np.asarray(np.clip(over(2 * CAUTION * n, clumped), LEAST_DF, max(n - 1, LEAST_DF)))


def _joint_df(one: Spread, two: Spread) -> Floats:
    """Return the degrees of freedom of the error of a difference (Welch, Satterthwaite)."""
    parts = over(one.error**4, one.df) + over(two.error**4, two.df)
    return np.asarray(over((one.error**2 + two.error**2) ** 2, parts, LEAST_DF))


def _times(df: Floats, level: float) -> Floats:
    """Return how many standard errors an interval goes to each side."""
    from scipy.special import stdtrit

    return np.asarray(stdtrit(df, 1 - (1 - share("level", level)) / 2))


def _ends(known: Spread, t: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the log-t ends; without a hit 0 and the rule of three."""
    reach = np.exp(np.minimum(t * over(known.error, known.rate), LARGEST))
    none = float(over(-np.log1p(-level), known.words))
    high = np.where(known.rate > 0, known.rate * reach, none)
    return known.rate / reach, np.minimum(high, np.maximum(known.rate, 1.0))


def _wider(n: int) -> float:
    """Return by how much a resampled spread falls short: √(n / (n - 1))."""
    return float(np.sqrt(n / max(n - 1, 1)))


def _shaped(low: Floats, high: Floats, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return both ends in the shape of the patterns."""
    return plain(low.reshape(shape)), plain(high.reshape(shape))
