"""Bootstrap-t: intervals that keep their level where counts are clumped and articles are few.

A percentile interval of a rate is too narrow and too low when few articles hold most of the hits:
a draw that misses them has a low rate and, at the same time, a small spread. Here each draw is
therefore measured in its own standard errors before its place among the others is asked for.

References
----------
Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap, chapter 12.
Hesterberg, T. (2015). What teachers should know about the bootstrap.
Zou, G. & Donner, A. (2008). Construction of confidence limits about effect measures: MOVER.
Cochran, W. (1977). Sampling Techniques, chapter 6: the standard error of a ratio.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..errors import share, whole
from .resampling import generator, weights
from .table import Floats, over

FEWEST = 5  # articles; below, draws repeat one article too often to have a spread of their own
FLAT = 1e-12  # a variance below this share of the squared rates is rounding, not spread

Side = tuple[Floats, Floats]  # hits (articles by patterns) and words of the articles


def student_rate_interval(
    hits: ArrayLike,
    words: ArrayLike,
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> tuple[Floats, Floats]:
    """Return the bootstrap-t interval of hits per word, from articles drawn again.

    Parameters
    ----------
    hits, words
        One count for each article; `hits` may be a matrix of articles by patterns.
    level, draws, seed
        Share that the interval is to hold, number of resampled corpora, seed of the drawing.

    Returns
    -------
    tuple
        Low and high end, one value a pattern; low is never below 0, which no rate is.

    Notes
    -----
    t* = (r* - r) / se* over the draws; the interval is r - t*(high) se to r - t*(low) se, with se
    the linearised standard error of the ratio Σ hits / Σ words. Zero rule: draws without spread
    have no t* and are left out; if there are any (few articles hold the hits), the interval
    reaches at least as far as the percentile interval. Below five articles the quantiles are
    those of Student's t with n - 1 degrees of freedom.

    Examples
    --------
    >>> low, high = student_rate_interval([3, 0, 1, 2, 1, 0], [100, 120, 80, 100, 90, 110])
    >>> float(low) < 7 / 600 < float(high)
    True
    """
    side = _side(hits, words)
    low, high = _ends([side], level, draws, generator(seed))
    shape = np.shape(hits)[1:]
    return np.maximum(low, 0).reshape(shape)[()], high.reshape(shape)[()]


def student_difference_interval(
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
    With l and u the bootstrap-t ends of each rate r, each side drawn on its own (MOVER):
    low = r1 - r2 - √((r1 - l1)² + (u2 - r2)²), high = r1 - r2 + √((u1 - r1)² + (r2 - l2)²).
    With `paired` the two sides are parts of the same articles in the same order; then the
    difference itself is studentized, and each draw takes the same articles for both.
    """
    one, two = (_side(*side) for side in zip(hits, words, strict=True))
    shape = np.shape(hits[0])[1:]
    rng = generator(seed)
    if paired:
        low, high = _ends([one, two], level, draws, rng)
    else:
        (l1, u1), (l2, u2) = (_ends([side], level, draws, rng) for side in (one, two))
        r1, r2 = _rate(one), _rate(two)
        l1, l2 = np.maximum(l1, 0), np.maximum(l2, 0)
        low = r1 - r2 - np.hypot(r1 - l1, u2 - r2)
        high = r1 - r2 + np.hypot(u1 - r1, r2 - l2)
    return low.reshape(shape)[()], high.reshape(shape)[()]


def _side(hits: ArrayLike, words: ArrayLike) -> Side:
    """Return the counts of one side, hits always as a matrix of articles by patterns."""
    sizes = np.asarray(words, float)
    counts = np.asarray(hits, float)
    return counts.reshape(sizes.size, -1) if counts.size else counts.reshape(0, 1), sizes


def _rate(side: Side) -> Floats:
    """Return hits per word of each pattern."""
    return np.asarray(over(side[0].sum(axis=0), side[1].sum()))


def _ends(
    sides: Sequence[Side], level: float, draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the bootstrap-t ends of a rate, or of the difference of two paired ones."""
    tail, draws = (1 - share("level", level)) / 2, whole("draws", draws, "draws", 1)
    n = sides[0][1].size
    value, variance = (moment[0] for moment in _moments(sides, np.ones((1, n))))
    error = np.sqrt(variance)
    if n < FEWEST:
        from scipy.special import stdtrit

        reach = float(-stdtrit(max(n - 1, 1), tail)) * error
        return value - reach, value + reach
    drawn = [_moments(sides, weight) for weight in weights(n, draws, rng)]
    values, variances = (np.concatenate(parts) for parts in zip(*drawn, strict=True))
    t = over(values - value, np.sqrt(variances), np.nan)
    below, above = np.array([_quantiles(column, tail) for column in t.T]).reshape(-1, 2).T
    low, high = value - above * error, value - below * error
    flat = ~np.isfinite(t).all(axis=0)
    least, most = np.quantile(values, [tail, 1 - tail], axis=0)
    return (
        np.where(flat, np.minimum(low, least), low),
        np.where(flat, np.maximum(high, most), high),
    )


def _moments(sides: Sequence[Side], weight: Floats) -> tuple[Floats, Floats]:
    """Return value and variance of each weighted corpus: Σ w e² / (Σ w words)² · n / (n - 1).

    e = hits - rate × words is what an article adds to the error of a rate; for a difference it is
    e1 / words1 - e2 / words2, written out so that no array is larger than draws by patterns.
    """
    n = weight.shape[1]
    rates = [over(weight @ hits, (weight @ words)[:, None]) for hits, words in sides]
    totals = [(weight @ words)[:, None] for _, words in sides]
    spread, scale = np.zeros_like(rates[0]), np.zeros_like(rates[0])
    for i, (one, at) in enumerate(zip(sides, rates, strict=True)):
        for j, (two, to) in enumerate(zip(sides, rates, strict=True)):
            crossed = weight @ (one[0] * two[0])
            shared = (weight @ (one[1] * two[1]))[:, None]
            mixed = at * (weight @ (one[1][:, None] * two[0]))
            mixed = mixed + to * (weight @ (two[1][:, None] * one[0]))
            below = totals[i] * totals[j]
            spread += (-1) ** (i + j) * over(crossed - mixed + at * to * shared, below)
            scale += over(crossed + at * to * shared, below)
    spread = np.where(spread > FLAT * scale, spread, 0.0) * n / max(n - 1, 1)
    return (rates[0] - rates[1] if len(rates) > 1 else rates[0]), spread


def _quantiles(t: Floats, tail: float) -> tuple[float, float]:
    """Return the two tails of the draws that have a spread; 0 if none has."""
    known = t[np.isfinite(t)]
    if not known.size:
        return 0.0, 0.0
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)
