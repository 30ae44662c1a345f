"""How a word's rates in the two columns of a 2x2 table compare: ratios and differences.

Every function takes a `Table` (see table.py) and returns one number a table; the zero rules are
those of association.py, which offers these functions too.

References
----------
Evert, S. (2022). Measuring keyness. Digital Humanities 2022.
Gabrielatos, C. & Marchi, A. (2012). Keyness: appropriate metrics and practical issues.
Gries, S. Th. (2013). 50-something years of work on collocations.
Hardie, A. (2014). Log Ratio: an informal introduction.
Katz, D. et al. (1978). Obtaining confidence intervals for the risk ratio in cohort studies.
Kilgarriff, A. (2009). Simple maths for keywords.
Walter, S. D. (1975). The distribution of Levin's measure of attributable risk.
"""

from __future__ import annotations

import numpy as np

from ..errors import refuse, share, whole
from .table import Floats, Table, half, log2_ratio, over, pick


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
    return pick(known, log2_ratio(half(t.O11) * t.C2, half(t.O12) * t.C1), 0.0)


def log_ratio_walter(t: Table) -> Floats:
    """Return log2 of the relative risk with 0.5 added to every count and size, in bits.

    Notes
    -----
    log2(((O11 + 0.5) / (C1 + 0.5)) / ((O12 + 0.5) / (C2 + 0.5))), with no other zero rule: rare
    words are drawn towards 0, also those without a zero. Walter 1975.

    Examples
    --------
    >>> round(float(log_ratio_walter(Table.from_sizes(12, 3, 10_000, 10_000))), 3)
    1.837
    """
    known = (t.R1 > 0) & (t.C1 > 0) & (t.C2 > 0)
    first, second = (t.O11 + 0.5) * (t.C2 + 0.5), (t.O12 + 0.5) * (t.C1 + 0.5)
    return pick(known, log2_ratio(first, second), 0.0)


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
    shift = log2_ratio(t.C2, t.C1)
    low = _least_odds(t.O11, t.O12, tail) + shift
    high = -_least_odds(t.O12, t.O11, tail) + shift
    low = pick((t.O11 > 0) & (low > 0), low, 0.0)
    high = pick((t.O12 > 0) & (high < 0), high, 0.0)
    return pick((t.C1 > 0) & (t.C2 > 0), low + high, 0.0)


def conservative_log_ratio_normal(t: Table, *, alpha: float = 0.001, vocabulary: int = 1) -> Floats:
    """Return the end nearest 0 of the normal interval of the log ratio, in bits; 0 if it holds 0.

    Parameters
    ----------
    t, alpha, vocabulary
        As for `conservative_log_ratio`, which is exact; this one is the large-count formula.

    Notes
    -----
    ln r ± z √(1/O11 - 1/C1 + 1/O12 - 1/C2) for the relative risk r, divided by ln 2, where z
    leaves alpha / (2 vocabulary) above it; a count of 0 becomes 0.5, and only the zero. Katz et
    al. 1978. Its trap: with counts below 5 the interval is a guess.
    """
    from scipy.special import ndtri

    tail = share("alpha", alpha) / (2 * whole("vocabulary", vocabulary, "words", 1))
    first, second = over(1, half(t.O11)) - over(1, t.C1), over(1, half(t.O12)) - over(1, t.C2)
    z = -float(ndtri(tail))
    error = z * np.sqrt(np.maximum(first + second, 0)) / np.log(2)
    centre = log_ratio(t)
    nearest = np.maximum(np.abs(centre) - error, 0)
    return pick(nearest > 0, np.sign(centre) * nearest, 0.0)


def _least_odds(a: Floats, b: Floats, tail: float) -> Floats:
    """Return log2 of the lower Clopper-Pearson bound of the odds of `a` against `b` (a > 0)."""
    from scipy.special import betainccinv, betaincinv

    shape = np.maximum(a, 0.5)  # any positive number: the bound is not used where a is 0
    p, q = betaincinv(shape, b + 1, tail), betainccinv(b + 1, shape, tail)
    return log2_ratio(np.asarray(p, float), np.asarray(q, float))


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
