"""Association measures against the papers, exact rationals, scipy, and four random counts."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from corpuskit.measures import association as a
from corpuskit.measures.table import Table

SIMPLE = (
    a.g2,
    a.g2_two_term,
    a.chi2,
    a.bic,
    a.ell,
    a.t_score,
    a.z_score,
    a.mi,
    a.mi3,
    a.log_dice,
    a.relative_risk,
    a.log_ratio,
    a.conservative_log_ratio,
    a.odds_ratio,
    a.delta_p_column,
    a.delta_p_row,
    a.percent_diff,
    a.simple_maths,
    a.dice,
    a.liddell,
    a.local_mi,
    a.log_ratio_walter,
    a.min_sensitivity,
    a.simple_ll,
    a.conservative_log_ratio_normal,
)
SIGNED = (a.t_score, a.z_score, a.delta_p_column, a.delta_p_row, a.liddell)


def yates(t: Table) -> object:
    return a.chi2(t, yates=True)


def simple_maths_100(t: Table) -> object:
    return a.simple_maths(t, k=100)


def conservative(t: Table) -> object:
    return a.conservative_log_ratio(t, alpha=0.001, vocabulary=5_000)


def mi_log10(t: Table) -> object:
    return a.mi(t, base=10)


def local_mi_log10(t: Table) -> object:
    return a.local_mi(t, base=10)


def normal_a01(t: Table) -> object:
    return a.conservative_log_ratio_normal(t, alpha=0.01, vocabulary=10)


# Counts of one word in two corpora and the sizes of the corpora.
SIZES = [
    # "Same counts, different keyness": every figure of the three rows
    (a.g2_two_term, (12, 3, 10_000, 10_000), 5.782, 5e-4),
    (a.g2, (12, 3, 10_000, 10_000), 5.786, 5e-4),
    (a.chi2, (12, 3, 10_000, 10_000), 5.404, 5e-4),
    (a.log_ratio, (12, 3, 10_000, 10_000), 2.0, 1e-12),
    (a.log_ratio_walter, (12, 3, 10_000, 10_000), 1.837, 5e-4),
    (a.simple_maths, (12, 3, 10_000, 10_000), 3.99, 5e-3),
    (simple_maths_100, (12, 3, 10_000, 10_000), 3.25, 5e-3),
    (conservative, (12, 3, 10_000, 10_000), 0, 0),
    (a.g2_two_term, (5, 0, 10_000, 100_000), 23.979, 5e-4),
    (a.g2, (5, 0, 10_000, 100_000), 23.981, 5e-4),
    (a.chi2, (5, 0, 10_000, 100_000), 50.002, 5e-4),
    (a.log_ratio, (5, 0, 10_000, 100_000), 6.644, 5e-4),
    (a.log_ratio_walter, (5, 0, 10_000, 100_000), 6.781, 5e-4),
    (a.simple_maths, (5, 0, 10_000, 100_000), 501.0, 5e-3),
    (simple_maths_100, (5, 0, 10_000, 100_000), 6.0, 5e-3),
    (conservative, (5, 0, 10_000, 100_000), 0, 0),
    (a.g2_two_term, (400, 150, 10_000, 10_000), 117.914, 5e-4),
    (a.g2, (400, 150, 10_000, 10_000), 121.127, 5e-4),
    (a.chi2, (400, 150, 10_000, 10_000), 116.850, 5e-4),
    (a.log_ratio, (400, 150, 10_000, 10_000), 1.415, 5e-4),
    (a.log_ratio_walter, (400, 150, 10_000, 10_000), 1.412, 5e-4),
    (a.simple_maths, (400, 150, 10_000, 10_000), 2.67, 5e-3),
    (simple_maths_100, (400, 150, 10_000, 10_000), 2.66, 5e-3),
    (conservative, (400, 150, 10_000, 10_000), 0.714, 5e-4),
    # Hardie 2014, Log Ratio: an informal introduction
    (a.log_ratio, (1, 1, 1_000_000, 1_000_000), 0, 1e-12),
    (a.relative_risk, (6, 2, 10_000, 10_000), 3, 1e-9),
    (a.log_ratio, (20, 10, 1_000, 1_000), 1, 1e-12),
    # Rayson & Garside 2000 p. 3 (two-term), against the four cells of the same table
    (a.g2_two_term, (7, 2, 1_000, 1_000), 2.941937667041234, 1e-6),
    (a.g2, (7, 2, 1_000, 1_000), 2.9545, 5e-5),
    # polsci/conc nbs/api/73_keyness.ipynb: Garden Party against Brown, "she" and "josephine"
    (a.g2_two_term, (1_171, 2_060, 59_514, 980_144), 2710.68, 6e-3),
    (a.log_ratio, (1_171, 2_060, 59_514, 980_144), 3.23, 6e-3),
    (a.g2_two_term, (117, 0, 59_514, 980_144), 669.34, 6e-3),
    (a.log_ratio, (117, 0, 59_514, 980_144), 11.91, 6e-3),
    # by hand: 3 times as often is 200 % more; absent is -100 %; absent there counts as 0.5
    (a.percent_diff, (6, 2, 1_000, 1_000), 200, 1e-9),
    (a.percent_diff, (0, 2, 1_000, 1_000), -100, 1e-9),
    (a.percent_diff, (6, 0, 1_000, 1_000), 1_100, 1e-9),
    # by hand: G2 / (N ln E_min), E_min = 7.5
    (a.ell, (12, 3, 10_000, 10_000), 5.786395750569553 / (20_000 * math.log(7.5)), 1e-12),
    # by hand: G2 - ln N
    (a.bic, (12, 3, 10_000, 10_000), 5.786395750569553 - math.log(20_000), 1e-9),
]
# A joint count, two marginals, the total.
MARGINALS = [
    # Dunning 1993 p. 72
    (a.g2, (110, 2_552, 221, 31_777), 270.72, 5e-3),
    # Manning & Schuetze 1999 p. 169, pp. 164-165 and Table 5.14
    (a.chi2, (8, 15_828, 4_675, 14_307_668), 1.55, 5e-3),
    (a.t_score, (8, 15_828, 4_675, 14_307_668), 0.999932, 2e-6),
    (a.mi, (20, 42, 20, 14_307_668), 18.38, 5e-3),
    # polsci/conc nbs/api/74_collocates.ipynb: Reuters, node "economy"; N does not matter
    (a.log_dice, (20, 621, 222, 1_700_000), 9.6, 6e-3),
    # pandas-association-measures tests/test_measures.py, fixed data, row 0
    (mi_log10, (10, 10, 10, 100), 1.0, 1e-5),
    (a.t_score, (10, 10, 10, 100), 2.846049894151541, 1e-5),
    (a.z_score, (10, 10, 10, 100), 9.0, 1e-5),
    (a.g2, (10, 10, 10, 100), 65.016595, 1e-5),
    (local_mi_log10, (10, 10, 10, 100), 10.0, 1e-5),
    (a.dice, (10, 10, 10, 100), 1.0, 1e-5),
    (a.simple_ll, (10, 10, 10, 100), 28.051702, 1e-5),
    (a.min_sensitivity, (10, 10, 10, 100), 1, 1e-5),
    (a.liddell, (10, 10, 10, 100), 1, 1e-5),
    (a.log_ratio, (10, 10, 10, 100), 7.491853, 1e-5),
    (normal_a01, (10, 10, 10, 100), 0.796936, 1e-5),
    # by hand: both orders of a table with R1 = 10, C1 = 20
    (a.dice, (5, 10, 20, 100), 10 / 30, 1e-12),
    (a.min_sensitivity, (5, 10, 20, 100), 5 / 20, 1e-12),
    (a.min_sensitivity, (5, 20, 10, 100), 5 / 20, 1e-12),
    (a.liddell, (5, 10, 20, 100), (5 * 75 - 5 * 15) / (20 * 80), 1e-12),
    (a.simple_ll, (5, 10, 20, 100), 2 * (5 * math.log(5 / 2) - 3), 1e-12),
    (a.local_mi, (5, 10, 20, 100), 5 * math.log2(5 / 2), 1e-12),
    # by hand: always together is 14, the most there is; MI3 = log2(10³ / 1)
    (a.log_dice, (10, 10, 10, 100), 14, 1e-12),
    (a.mi3, (10, 10, 10, 100), math.log2(1_000), 1e-12),
    # Gries 2013, by hand: P(column | row) and P(row | column) differ
    (a.delta_p_column, (5, 10, 20, 100), 5 / 10 - 15 / 90, 1e-12),
    (a.delta_p_row, (5, 10, 20, 100), 5 / 20 - 5 / 80, 1e-12),
    # by hand: 5 × 75 / (5 × 15); with an empty cell 0.5 everywhere
    (a.odds_ratio, (5, 10, 20, 100), 5.0, 1e-12),
    (a.odds_ratio, (10, 10, 20, 100), 10.5 * 80.5 / (0.5 * 10.5), 1e-9),
]


@pytest.mark.parametrize(("measure", "counts", "expected", "tol"), SIZES)
def test_published_from_sizes(measure, counts, expected, tol):
    assert float(measure(Table.from_sizes(*counts))) == pytest.approx(expected, abs=tol, rel=0)


@pytest.mark.parametrize(("measure", "counts", "expected", "tol"), MARGINALS)
def test_published_from_marginals(measure, counts, expected, tol):
    assert float(measure(Table.from_marginals(*counts))) == pytest.approx(expected, abs=tol, rel=0)


# The values at which G2 passes a level: ucrel.lancs.ac.uk/llwizard.html, where the last one is
# cut, not rounded (15.1367), so that the tolerance is 0.007.
@pytest.mark.parametrize(
    ("p", "expected"), [(0.05, 3.84), (0.01, 6.63), (0.001, 10.83), (0.0001, 15.13)]
)
def test_critical_values(p, expected):
    assert a.chi2_critical(p) == pytest.approx(expected, abs=0.007)
    assert stats.chi2.sf(a.chi2_critical(p), 1) == pytest.approx(p, rel=1e-12)


def test_yates_never_corrects_past_independence():
    assert float(yates(Table.of(3, 2, 14, 10))) == 0  # over-corrected it would be 0.185
    assert 0 < float(yates(Table.of(30, 2, 14, 10))) < float(a.chi2(Table.of(30, 2, 14, 10)))


# With every zero in turn: the value that the zero rule gives.
ZEROS = [
    (a.mi, (0, 5, 5, 90), math.log2(0.5 / 0.25)),
    (a.mi, (0, 0, 5, 90), 0),
    (a.mi3, (0, 5, 5, 90), math.log2(0.125 / 0.25)),
    (a.log_dice, (0, 5, 5, 90), 14 + math.log2(1 / 10)),
    (a.log_dice, (0, 0, 5, 90), 0),
    (a.t_score, (0, 5, 5, 90), -0.25 / math.sqrt(0.5)),
    (a.z_score, (0, 0, 5, 90), 0),
    (a.log_ratio, (0, 4, 100, 96), -3),
    (a.log_ratio, (0, 0, 100, 50), 0),
    (a.log_ratio, (4, 0, 0, 0), 0),
    (a.relative_risk, (0, 0, 100, 50), 1),
    (a.relative_risk, (4, 0, 0, 0), 1),
    (a.odds_ratio, (0, 0, 0, 0), 1),
    (a.simple_maths, (0, 3, 0, 5), 1),
    (a.percent_diff, (0, 3, 0, 5), 0),
    (a.delta_p_column, (0, 0, 3, 5), 0),
    (a.delta_p_row, (0, 3, 0, 5), 0),
    (a.ell, (1, 0, 1, 0), 0),
    (a.bic, (0, 0, 0, 0), 0),
    (a.conservative_log_ratio, (4, 0, 0, 0), 0),
    (a.conservative_log_ratio, (0, 0, 10, 10), 0),
    (a.conservative_log_ratio_normal, (4, 0, 0, 0), 0),
    (a.conservative_log_ratio_normal, (0, 0, 10, 10), 0),
    (a.log_ratio_walter, (0, 0, 100, 50), 0),
    (a.log_ratio_walter, (4, 0, 0, 0), 0),
    (a.log_ratio_walter, (0, 4, 100, 96), math.log2(0.5 / 4.5)),
    (a.local_mi, (0, 5, 5, 90), 0),
    (a.simple_ll, (0, 5, 5, 90), 2 * 0.25),
    (a.simple_ll, (0, 0, 5, 90), 0),
    (a.dice, (0, 0, 0, 5), 0),
    (a.min_sensitivity, (0, 0, 3, 5), 0),
    (a.liddell, (0, 3, 0, 5), 0),
]


@pytest.mark.parametrize(("measure", "cells", "expected"), ZEROS)
def test_zero_rules(measure, cells, expected):
    assert float(measure(Table.of(*cells))) == pytest.approx(expected, abs=1e-12)


def random_tables(n: int) -> np.ndarray:
    """Tables of all sizes: counts that are zero, small, large, and close to independence."""
    rng = np.random.default_rng(20)
    cells = np.floor(10 ** rng.uniform(-0.5, 7, size=(n, 4))).astype(np.int64)
    row, column = cells[: n // 4, 0] + 1, cells[: n // 4, 1] + 1
    near = np.stack([row * column, row * 99, column * 98, np.full(len(row), 99 * 98)], axis=1)
    cells[: n // 4] = np.minimum(near, 10**9) + rng.integers(0, 2, size=near.shape)
    return cells


TABLES = random_tables(1_000)


def test_against_exact_rationals():
    t = Table.of(*TABLES.T)
    for n, (A, B, C, D) in enumerate(TABLES.tolist()):
        R1, C1, N = A + B, A + C, A + B + C + D
        if min(R1, C1, N - R1, N - C1) == 0:
            continue
        E11 = Fraction(R1 * C1, N)
        det = A * D - B * C
        exact = {
            a.chi2: Fraction(N * det * det, R1 * (N - R1) * C1 * (N - C1)),
            a.delta_p_column: Fraction(A, R1) - Fraction(C, N - R1),
            a.delta_p_row: Fraction(A, C1) - Fraction(B, N - C1),
        }
        if min(A, B, C, D):
            exact[a.odds_ratio] = Fraction(A * D, B * C)
            exact[a.relative_risk] = Fraction(A * (B + D), B * C1)
            exact[a.percent_diff] = 100 * (Fraction(A * (B + D), B * C1) - 1)
        for measure, value in exact.items():
            single = Table.of(A, B, C, D)
            assert float(measure(single)) == pytest.approx(float(value), rel=1e-9, abs=1e-9)
        assert float(t.E11[n]) == pytest.approx(float(E11), rel=1e-12)
        assert float(t.deviation[n]) == pytest.approx(float(A - E11), rel=1e-12)
        log_dice = 15 + math.log2(A or 0.5) - math.log2(R1 + C1)
        assert float(a.log_dice(t)[n]) == pytest.approx(log_dice, rel=1e-9)


def entropy_g2(cells: list[int]) -> float:
    """G2 from exact whole-number logarithms with 60 digits."""
    from decimal import Decimal, localcontext

    with localcontext() as context:
        context.prec = 60
        A, B, C, D = map(Decimal, cells)

        def s(*counts):
            return sum(x * x.ln() for x in counts if x)

        return float(2 * (s(A, B, C, D) - s(A + B, C + D, A + C, B + D) + s(A + B + C + D)))


def test_g2_against_sixty_digits():
    found = a.g2(Table.of(*TABLES.T))
    for value, cells in zip(found.tolist(), TABLES.tolist(), strict=True):
        assert value == pytest.approx(entropy_g2(cells), rel=1e-9, abs=1e-9)


def test_against_scipy():
    rng = np.random.default_rng(3)
    for cells in rng.integers(1, 5_000, size=(1_000, 4)).tolist():
        t, grid = Table.of(*cells), np.reshape(cells, (2, 2))
        g = stats.chi2_contingency(grid, correction=False, lambda_="log-likelihood")
        x = stats.chi2_contingency(grid, correction=False)
        corrected = stats.chi2_contingency(grid, correction=True)
        assert float(a.g2(t)) == pytest.approx(g.statistic, rel=1e-9, abs=1e-9)
        assert float(a.chi2(t)) == pytest.approx(x.statistic, rel=1e-9, abs=1e-9)
        assert float(yates(t)) == pytest.approx(corrected.statistic, rel=1e-9, abs=1e-9)
        assert [float(t.E11), float(t.E12)] == pytest.approx(x.expected_freq[0].tolist())
        assert [float(t.E21), float(t.E22)] == pytest.approx(x.expected_freq[1].tolist())


def test_conservative_log_ratio_against_scipy_binomial_interval():
    rng = np.random.default_rng(4)
    for O11, O12 in rng.integers(0, 300, size=(100, 2)).tolist():
        if O11 + O12 == 0:
            continue
        test = stats.binomtest(O11, O11 + O12)
        low, high = test.proportion_ci(1 - 0.01 / 50, method="exact")
        lower = math.log2(low / (1 - low) * 3) if low > 0 else -math.inf
        upper = math.log2(high / (1 - high) * 3) if high < 1 else math.inf
        expected = max(lower, 0) if lower > 0 else min(upper, 0)
        t = Table.from_sizes(O11, O12, 10_000, 30_000)
        found = float(a.conservative_log_ratio(t, alpha=0.01, vocabulary=50))
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_normal_interval_against_scipy_relative_risk():
    rng = np.random.default_rng(5)
    for O11, O12 in rng.integers(1, 300, size=(100, 2)).tolist():
        risk = stats.contingency.relative_risk(O11, 10_000, O12, 30_000)
        low, high = (math.log2(end) for end in risk.confidence_interval(1 - 0.05 / 20))
        expected = max(low, 0) if low > 0 else min(high, 0)
        t = Table.from_sizes(O11, O12, 10_000, 30_000)
        found = float(a.conservative_log_ratio_normal(t, alpha=0.05, vocabulary=20))
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_smaller_family_by_fractions():
    for A, B, C, D in TABLES.tolist():
        R1, C1, N = A + B, A + C, A + B + C + D
        if min(A, B + D, C + D) == 0:
            continue
        t, E11 = Table.of(A, B, C, D), Fraction(R1 * C1, N)
        exact = {
            a.dice: Fraction(2 * A, R1 + C1),
            a.min_sensitivity: min(Fraction(A, R1), Fraction(A, C1)),
            a.liddell: Fraction(A, C1) - Fraction(B, B + D),
        }
        for measure, value in exact.items():
            assert float(measure(t)) == pytest.approx(float(value), rel=1e-9, abs=1e-12)
        bits = math.log2(Fraction(A) / E11)
        assert float(a.local_mi(t)) == pytest.approx(A * bits, rel=1e-9, abs=1e-9 * A)
        walter = math.log2(Fraction(2 * A + 1, 2 * C1 + 1) / Fraction(2 * B + 1, 2 * (B + D) + 1))
        assert float(a.log_ratio_walter(t)) == pytest.approx(walter, rel=1e-9, abs=1e-12)


def test_simple_ll_against_sixty_digits():
    from decimal import Decimal, localcontext

    for A, B, C, D in TABLES.tolist():
        if min(A + B, A + C) == 0:
            continue
        with localcontext() as context:
            context.prec = 60
            E11 = Decimal(A + B) * Decimal(A + C) / Decimal(A + B + C + D)
            exact = 2 * ((A * (A / E11).ln() if A else 0) - (A - E11))
        found = float(a.simple_ll(Table.of(A, B, C, D)))
        assert found == pytest.approx(float(exact), rel=1e-9, abs=1e-9)


count = st.one_of(st.integers(0, 3), st.integers(0, 10**6), st.integers(0, 2**40))


@given(count, count, count, count)
def test_four_random_counts(A, B, C, D):
    t, swapped = Table.of(A, B, C, D), Table.of(B, A, D, C)
    for measure in (*SIMPLE, yates, conservative):
        assert math.isfinite(float(measure(t))), measure.__name__
    assert float(a.g2(t)) >= float(a.g2_two_term(t)) - 1e-9 >= -1e-9
    assert float(a.log_dice(t)) <= 14
    assert float(t.N) == A + B + C + D
    assert float(t.E11 + t.E12 + t.E21 + t.E22) == pytest.approx(float(t.N))
    assert float(a.log_ratio(t)) == -float(a.log_ratio(swapped))
    assert float(conservative(t)) == -float(conservative(swapped))
    for measure in (a.log_ratio_walter, a.conservative_log_ratio_normal, a.delta_p_row):
        value, turned = float(measure(t)), float(measure(swapped))
        assert value == pytest.approx(-turned, rel=1e-9, abs=1e-9)
    assert float(a.simple_ll(t)) >= 0
    assert 0 <= float(a.min_sensitivity(t)) <= float(a.dice(t)) <= 1
    assert float(a.g2(t)) == pytest.approx(float(a.g2(swapped)), rel=1e-9, abs=1e-9)
    sign = np.sign(float(t.deviation))
    for measure in SIGNED:
        assert float(measure(t)) * sign >= 0, measure.__name__
    assert float(conservative(t)) * float(a.log_ratio(t)) >= 0
    assert abs(float(conservative(t))) <= abs(float(a.log_ratio(t))) + 1e-9 or min(A, B) == 0


def test_arrays_are_as_good_as_numbers():
    many = Table.of(*TABLES[:50].T)
    for measure in SIMPLE:
        ones = [float(measure(Table.of(*cells))) for cells in TABLES[:50].tolist()]
        assert measure(many).tolist() == pytest.approx(ones, rel=1e-12), measure.__name__
        assert measure(Table.of([], [], [], [])).shape == (0,)


REMEDY = "Check that no count is larger than its row, its column or the total."
REFUSED = [
    (
        lambda: Table.of(1, -2, 3, 4),
        f"`O12` must be a count of 0 or more, in every cell; not -2.0. {REMEDY}",
    ),
    (
        lambda: Table.from_sizes(11, 0, 10, 10),
        f"`O21` must be a count of 0 or more, in every cell; not -1.0. {REMEDY}",
    ),
    (
        lambda: Table.from_marginals(1, 1, 9, [20, 8]),
        f"`O22` must be a count of 0 or more, in every cell; not -1.0. {REMEDY}",
    ),
    (
        lambda: a.simple_maths(Table.of(1, 1, 1, 1), k=0),
        "`k` must be a rate per million words above 0; not 0. Give for instance k=100.",
    ),
    (
        lambda: a.mi(Table.of(1, 1, 1, 1), base=1),
        "`base` must be the base of a logarithm, above 1; not 1. Give for instance base=2.",
    ),
    (
        lambda: a.conservative_log_ratio(Table.of(1, 1, 1, 1), alpha=1.5),
        "`alpha` must be a share between 0 and 1; not 1.5. Give for instance alpha=0.95.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message
