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
Evert, S. (2022). Measuring keyness. Digital Humanities 2022.
Gabrielatos, C. & Marchi, A. (2012). Keyness: appropriate metrics and practical issues.
Gries, S. Th. (2013). 50-something years of work on collocations.
Hardie, A. (2014). Log Ratio: an informal introduction.
Johnston, J. E., Berry, K. J. & Mielke, P. W. (2006). Measures of effect size for chi-squared
and likelihood-ratio goodness-of-fit tests.
Kilgarriff, A. (2009). Simple maths for keywords.
Rayson, P. & Garside, R. (2000). Comparing corpora using frequency profiling.
Rychly, P. (2008). A lexicographer-friendly association score.
Wilson, A. (2013). Embracing Bayes factors for key item analysis in corpus linguistics.
"""

from __future__ import annotations

import numpy as np

from ..errors import refuse, share, whole
from .table import Floats, Table, half, over, pick


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


def mi(t: Table) -> Floats:
    """Return log2(O11 / E11) in bits; an O11 of 0 counts as 0.5. Church & Hanks 1990.

    Notes
    -----
    It favours rare words: a word seen once, beside the node, has the highest value of all.
    """
    return _log2(half(t.O11), t.E11)


def mi3(t: Table) -> Floats:
    """Return log2(O11³ / E11) in bits; an O11 of 0 counts as 0.5. Evert 2008."""
    return _log2(half(t.O11) ** 3, t.E11)


def log_dice(t: Table) -> Floats:
    """Return 14 + log2(2 O11 / (R1 + C1)), at most 14; an O11 of 0 counts as 0.5.

    Notes
    -----
    It does not depend on N, so that corpora of different sizes can be compared; it does not know
    chance either. An empty row or column gives 0. Rychly 2008.
    """
    there = (t.R1 > 0) & (t.C1 > 0)
    return pick(there, 14 + _log2(2 * half(t.O11), t.R1 + t.C1), 0.0)


def relative_risk(t: Table) -> Floats:
    """Return (O11 / C1) / (O12 / C2); a count of 0 becomes 0.5, and only the zero."""
    known = (t.R1 > 0) & (t.C1 > 0) & (t.C2 > 0)
    return pick(known, over(half(t.O11) * t.C2, half(t.O12) * t.C1), 1.0)


def log_ratio(t: Table) -> Floats:
    """Return log2 of the relative risk, in bits: 1 is twice as frequent, -1 half. Hardie 2014.

    Notes
    -----
    log2((O11 / C1) / (O12 / C2)); a count of 0 becomes 0.5, and only the zero. Two words with
    the same value may rest on 4 hits or on 4,000: read it beside `conservative_log_ratio`.
    A word that is in neither column has 0.

    Examples
    --------
    >>> round(float(log_ratio(Table.from_sizes(5, 0, 10_000, 100_000))), 3)
    6.644
    """
    known = (t.R1 > 0) & (t.C1 > 0) & (t.C2 > 0)
    return pick(known, _log2(half(t.O11) * t.C2, half(t.O12) * t.C1), 0.0)


def conservative_log_ratio(t: Table, *, alpha: float = 0.001, vocabulary: int = 1) -> Floats:
    """Return the end nearest 0 of the confidence interval of the log ratio, in bits.

    Parameters
    ----------
    t
        Table or tables.
    alpha
        Two-sided level of the interval for the whole family of words, between 0 and 1.
    vocabulary
        Number of words looked at; alpha is divided by it (Bonferroni).

    Returns
    -------
    Floats
        0 where the interval holds 0: the data do not show a difference.

    Notes
    -----
    Given R1, the count O11 is binomial with odds r C1 / C2, where r is the relative risk. The
    Clopper-Pearson interval of that probability (quantiles of two Beta distributions) gives the
    interval of r. Counts of 0 need no rule. Evert 2022. Its trap: counts are taken as independent
    draws of words, although words come in articles, so look at the range as well.

    Examples
    --------
    >>> t = Table.from_sizes(400, 150, 10_000, 10_000)
    >>> round(float(conservative_log_ratio(t, alpha=0.001, vocabulary=5_000)), 3)
    0.714
    """
    tail = share("alpha", alpha) / (2 * whole("vocabulary", vocabulary, "words", 1))
    shift = _log2(t.C2, t.C1)
    low = _least_odds(t.O11, t.O12, tail) + shift
    high = -_least_odds(t.O12, t.O11, tail) + shift
    low = pick((t.O11 > 0) & (low > 0), low, 0.0)
    high = pick((t.O12 > 0) & (high < 0), high, 0.0)
    return pick((t.C1 > 0) & (t.C2 > 0), low + high, 0.0)


def _least_odds(a: Floats, b: Floats, tail: float) -> Floats:
    """Return log2 of the lower Clopper-Pearson bound of the odds of `a` against `b` (a > 0)."""
    from scipy.special import betainccinv, betaincinv

    shape = np.maximum(a, 0.5)  # any positive number: the bound is not used where a is 0
    p, q = betaincinv(shape, b + 1, tail), betainccinv(b + 1, shape, tail)
    return _log2(np.asarray(p, float), np.asarray(q, float))


def odds_ratio(t: Table) -> Floats:
    """Return O11 O22 / (O12 O21); if a cell is 0, 0.5 is added to all four (Haldane)."""
    empty = (t.O11 == 0) | (t.O12 == 0) | (t.O21 == 0) | (t.O22 == 0)
    k = pick(empty, 0.5, 0.0)
    return over((t.O11 + k) * (t.O22 + k), (t.O12 + k) * (t.O21 + k))


def delta_p_column(t: Table) -> Floats:
    """Return P(column 1 | row 1) - P(column 1 | row 2), -1 to 1: the word tells the column.

    Notes
    -----
    O11 / R1 - O21 / R2; 0 where a row is empty. Gries 2013.
    """
    return pick((t.R1 > 0) & (t.R2 > 0), over(t.O11, t.R1) - over(t.O21, t.R2), 0.0)


def delta_p_row(t: Table) -> Floats:
    """Return P(row 1 | column 1) - P(row 1 | column 2), -1 to 1: the column tells the word.

    Notes
    -----
    O11 / C1 - O12 / C2; 0 where a column is empty. Gries 2013.
    """
    return pick((t.C1 > 0) & (t.C2 > 0), over(t.O11, t.C1) - over(t.O12, t.C2), 0.0)


def percent_diff(t: Table) -> Floats:
    """Return the difference of the two rates in percent of the second; O12 of 0 counts as 0.5.

    Notes
    -----
    100 (O11 / C1 - O12 / C2) / (O12 / C2). Gabrielatos & Marchi 2012.
    """
    known = (t.R1 > 0) & (t.C1 > 0) & (t.C2 > 0)
    return pick(known, 100 * (over(t.O11 * t.C2, half(t.O12) * t.C1) - 1), 0.0)


def simple_maths(t: Table, *, k: float = 1.0) -> Floats:
    """Return (rate 1 + k) / (rate 2 + k), rates per million words; 1 if a column is empty.

    Notes
    -----
    A small k brings rare words to the top, a large k common ones. Kilgarriff 2009.
    """
    if not k > 0:
        refuse("k", "a rate per million words above 0", k, "Give for instance k=100.")
    rates = over(1e6 * t.O11, t.C1) + k, over(1e6 * t.O12, t.C2) + k
    return pick((t.C1 > 0) & (t.C2 > 0), over(*rates), 1.0)


def _log2(numerator: Floats, denominator: Floats) -> Floats:
    """Return log2(numerator / denominator), and 0 where either is 0."""
    known = (numerator > 0) & (denominator > 0)
    return np.log2(pick(known, numerator, 1.0)) - np.log2(pick(known, denominator, 1.0))
