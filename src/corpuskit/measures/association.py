"""How strongly a word goes with a column of a 2x2 table: the target corpus, or the windows.

Every function takes a `Table` (see table.py for the notation) and returns one number a table.
Nothing here is ever infinite or missing. Where a formula is undefined, because a row, a column
or the whole table is empty, the value is that of no association: 0 for differences, logarithms
and tests, 1 for ratios. Where only a count is 0, the zero rule is named with the function.

References
----------
Church, K. & Hanks, P. (1990). Word association norms, mutual information, and lexicography.
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
Evert, S. (2008). Corpora and collocations. In Corpus Linguistics: An International Handbook.
Johnston, J. E., Berry, K. J. & Mielke, P. W. (2006). Measures of effect size for chi-squared
and likelihood-ratio goodness-of-fit tests.
Rayson, P. & Garside, R. (2000). Comparing corpora using frequency profiling.
Rychly, P. (2008). A lexicographer-friendly association score.
Wilson, A. (2013). Embracing Bayes factors for key item analysis in corpus linguistics.
"""

from __future__ import annotations

import math

import numpy as np

from ..errors import refuse, share, whole
from .ratios import (
    conservative_log_ratio,
    conservative_log_ratio_normal,
    delta_p_column,
    delta_p_row,
    log_ratio,
    log_ratio_walter,
    odds_ratio,
    percent_diff,
    relative_risk,
    simple_maths,
)
from .table import Floats, Table, half, log2_ratio, over, pick

__all__ = [
    "bic",
    "chi2",
    "chi2_critical",
    "conservative_log_ratio",
    "conservative_log_ratio_normal",
    "delta_p_column",
    "delta_p_row",
    "dice",
    "ell",
    "g2",
    "g2_two_term",
    "liddell",
    "local_mi",
    "log_dice",
    "log_ratio",
    "log_ratio_walter",
    "mi",
    "mi3",
    "min_sensitivity",
    "odds_ratio",
    "percent_diff",
    "relative_risk",
    "simple_ll",
    "simple_maths",
    "t_score",
    "z_score",
]


def g2(t: Table) -> Floats:
    """Return the log-likelihood ratio over all four cells (natural log); 0 or more.

    Notes
    -----
    G2 = 2 Σ O ln(O / E), with 0 ln 0 = 0. It says how sure, not how much, and it has no
    direction: compare O11 with E11. Computed as the sum of O ln(O / E) - (O - E), which is the
    same because the deviations sum to 0, and is 0 or more in every cell. Dunning 1993.

    Examples
    --------
    >>> round(float(g2(Table.from_sizes(400, 150, 10_000, 10_000))), 3)
    121.127
    """
    d = t.deviation
    cells = _pull(t.E11, d) + _pull(t.E12, -d) + _pull(t.E21, -d) + _pull(t.E22, d)
    return 2 * cells


def g2_two_term(t: Table) -> Floats:
    """Return the log-likelihood ratio over the first row only (natural log); 0 or more.

    Notes
    -----
    2 (O11 ln(O11 / E11) + O12 ln(O12 / E12)), with 0 ln 0 = 0: what many key-word programs
    print. It is always at most `g2`. Rayson & Garside 2000.
    """
    return 2 * (_pull(t.E11, t.deviation) + _pull(t.E12, -t.deviation))


def simple_ll(t: Table) -> Floats:
    """Return 2 (O11 ln(O11 / E11) - (O11 - E11)), natural log; 0 or more. Evert 2008.

    Notes
    -----
    The share of the first cell in `g2`, with 0 ln 0 = 0; it has no direction: compare O11 with
    E11. Where nothing is expected it is 0.
    """
    return 2 * _pull(t.E11, t.deviation)


def _pull(E: Floats, deviation: Floats) -> Floats:
    """Return O ln(O / E) - (O - E) of one cell, where O = E + deviation; exact near O = E."""
    x = np.maximum(over(deviation, E), -1.0)
    series = x * x * (1 / 2 - x * (1 / 6 - x * (1 / 12 - x / 20)))
    inside = np.maximum(x, -1 + 1e-300)
    closed = (1 + inside) * np.log1p(pick(x <= -1, 0.0, inside)) - x
    return E * np.maximum(pick(np.abs(x) < 1e-3, series, closed), 0.0)


def chi2(t: Table, *, yates: bool = False) -> Floats:
    """Return Pearson's chi-squared; with `yates` the continuity correction, never past 0.

    Notes
    -----
    N (|O11 O22 - O12 O21| - k)² / (R1 R2 C1 C2), where k is 0 or, for Yates, N / 2 but at most
    the determinant itself: a table closer to independence than half a count gets 0. Evert 2008.
    """
    size = np.abs(t.determinant)
    rest = size - np.minimum(t.N / 2, size) if yates else size
    return over(t.N * over(rest, t.R1 * t.R2) * rest, t.C1 * t.C2)


def chi2_critical(p: float, df: int = 1) -> float:
    """Return the value that chi-squared (and so G2) passes by chance with probability `p`."""
    from scipy.special import chdtri

    return float(chdtri(whole("df", df, "degrees of freedom", 1), share("p", p)))


def bic(t: Table) -> Floats:
    """Return G2 - ln N: above 2 there is evidence, above 10 it is very strong (Wilson 2013)."""
    return g2(t) - np.log(np.maximum(t.N, 1))


def ell(t: Table) -> Floats:
    """Return the effect size of G2, G2 / (N ln E_min); 0 where the smallest E is 1 or less.

    Notes
    -----
    E_min is the smallest expected count of the four cells. Johnston et al. 2006.
    """
    least = np.minimum(np.minimum(t.E11, t.E12), np.minimum(t.E21, t.E22))
    return over(g2(t), t.N * np.log(np.maximum(least, 1)))


def t_score(t: Table) -> Floats:
    """Return (O11 - E11) / √O11; an O11 of 0 counts as 0.5 under the root. Evert 2008."""
    return over(t.deviation, np.sqrt(half(t.O11)))


def z_score(t: Table) -> Floats:
    """Return (O11 - E11) / √E11; 0 where nothing is expected. Evert 2008."""
    return over(t.deviation, np.sqrt(t.E11))


def mi(t: Table, *, base: float = 2.0) -> Floats:
    """Return log2(O11 / E11) in bits; an O11 of 0 counts as 0.5. Church & Hanks 1990.

    Notes
    -----
    It favours rare words: a word seen once, beside the node, has the highest value of all.
    Another `base` of the logarithm, above 1, is a change of unit only.
    """
    return log2_ratio(half(t.O11), t.E11) / _bits(base)


def local_mi(t: Table, *, base: float = 2.0) -> Floats:
    """Return O11 log2(O11 / E11), MI times the evidence for it; 0 where O11 is 0. Evert 2008."""
    return t.O11 * mi(t, base=base) + 0.0  # a negative zero becomes 0


def mi3(t: Table, *, base: float = 2.0) -> Floats:
    """Return log2(O11³ / E11) in bits; an O11 of 0 counts as 0.5. Evert 2008."""
    return log2_ratio(half(t.O11) ** 3, t.E11) / _bits(base)


def _bits(base: float) -> float:
    """Return the bits in one unit of a logarithm to `base`."""
    if not 1 < base < math.inf:
        refuse("base", "the base of a logarithm, above 1", base, "Give for instance base=2.")
    return math.log2(base)


def dice(t: Table) -> Floats:
    """Return 2 O11 / (R1 + C1), 0 to 1: 1 is always together; an empty row and column give 0.

    Notes
    -----
    It does not know N, and so not chance. Evert 2008. `log_dice` is the same on a log scale.
    """
    return over(2 * t.O11, t.R1 + t.C1)


def min_sensitivity(t: Table) -> Floats:
    """Return min(O11 / R1, O11 / C1), 0 to 1; 0 where a row or column is empty. Evert 2008."""
    return np.minimum(over(t.O11, t.R1), over(t.O11, t.C1))


def liddell(t: Table) -> Floats:
    """Return (O11 O22 - O12 O21) / (C1 C2), -1 to 1; 0 where a column is empty. Evert 2008.

    Notes
    -----
    The difference of two proportions, O11 / C1 - O12 / C2, and so the same as `delta_p_row`.
    """
    return over(over(t.determinant, t.C1), t.C2)


def log_dice(t: Table) -> Floats:
    """Return 14 + log2(2 O11 / (R1 + C1)), at most 14; an O11 of 0 counts as 0.5.

    Notes
    -----
    It does not depend on N, so that corpora of different sizes can be compared; it does not know
    chance either. An empty row or column gives 0. Rychly 2008.
    """
    there = (t.R1 > 0) & (t.C1 > 0)
    return pick(there, 14 + log2_ratio(2 * half(t.O11), t.R1 + t.C1), 0.0)
