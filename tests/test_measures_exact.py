"""Every formula on 2x2 tables and on parts, written again with plain numbers: one cell at a time.

The tables are few and hard: every pattern of zeros, small counts, counts near and far from
independence. What these tests hold fast is checked by mutation (benchmarks/RESULTS.md).
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction as F

import numpy as np
import pytest
from scipy import special, stats

from corpuskit.measures import association as a
from corpuskit.measures import dispersion as d
from corpuskit.measures import table
from corpuskit.measures.table import Table

CELLS = [
    *itertools.product((0, 1, 2, 7), repeat=4),
    (12, 3, 9_988, 9_997),
    (400, 150, 9_600, 9_850),
    (150, 400, 9_850, 9_600),
    (3, 90, 7, 1_000_000),
    (90, 3, 1_000_000, 7),
    (1_001, 999, 99_000, 101_000),
    (10_000, 10_001, 10_002, 10_003),
    (2, 10, 40, 200),
    (1, 1, 1_000, 900),
]


def log2(top, bottom):
    return math.log2(top) - math.log2(bottom) if top > 0 and bottom > 0 else 0.0


def part(top, bottom):
    return F(top) / F(bottom) if bottom else F(0)


def half(count):
    return F(1, 2) if count == 0 else F(count)


class Plain:
    """One table: its marginals and expected counts as exact fractions."""

    def __init__(self, *cells):
        self.O = self.A, self.B, self.C, self.D = tuple(F(cell) for cell in cells)
        self.R1, self.R2, self.C1, self.C2 = (
            self.A + self.B,
            self.C + self.D,
            self.A + self.C,
            self.B + self.D,
        )
        self.N = self.R1 + self.R2
        rows, columns = (self.R1, self.R2), (self.C1, self.C2)
        self.E = [part(r * c, self.N) for r in rows for c in columns]
        self.det = self.A * self.D - self.B * self.C
        self.both = self.R1 > 0 and self.C1 > 0 and self.C2 > 0


def pulls(p):
    """O ln(O / E) - (O - E) of each cell."""
    return [
        (float(o) * math.log(o / e) if o else 0.0) - float(o - e) if e else 0.0
        for o, e in zip(p.O, p.E, strict=True)
    ]


def chi2(p, k=F(0)):
    rest = abs(p.det) - min(k, abs(p.det))
    return float(part(p.N * rest * rest, p.R1 * p.R2 * p.C1 * p.C2))


def ell(p):
    below = p.N * F(math.log(max(min(p.E), 1)))
    return 2 * sum(pulls(p)) / float(below) if below else 0.0


def odds(p):
    k = F(1, 2) if 0 in p.O else 0
    return float((p.A + k) * (p.D + k) / ((p.B + k) * (p.C + k)))


def simple(p, k=1):
    if not (p.C1 and p.C2):
        return 1.0
    return float((10**6 * p.A / p.C1 + k) / (10**6 * p.B / p.C2 + k))


def walter(p):
    h = F(1, 2)
    return log2((p.A + h) * (p.C2 + h), (p.B + h) * (p.C1 + h)) if p.both else 0.0


def log_ratio(p):
    return log2(half(p.A) * p.C2, half(p.B) * p.C1) if p.both else 0.0


def exact_interval(p, alpha, vocabulary):
    """The end nearest 0 of Clopper and Pearson's interval, quantiles of Beta from scipy.stats."""
    if not (p.C1 and p.C2 and p.R1):
        return 0.0
    tail, A, B = alpha / 2 / vocabulary, int(p.A), int(p.B)
    low, high = -math.inf, math.inf
    if A:
        beta = stats.beta(A, B + 1)
        low = math.log2(beta.ppf(tail) / stats.beta(B + 1, A).isf(tail)) + log2(p.C2, p.C1)
    if B:
        beta = stats.beta(A + 1, B)
        high = math.log2(beta.isf(tail) / stats.beta(B, A + 1).ppf(tail)) + log2(p.C2, p.C1)
    return max(low, 0.0) if low > 0 else min(high, 0.0)


def normal_interval(p, alpha, vocabulary):
    """Katz: the log ratio less z standard errors, never past 0."""
    centre = log_ratio(p)
    inverse = [1 / half(p.A), -part(1, p.C1), 1 / half(p.B), -part(1, p.C2)]
    error = math.sqrt(max(sum(inverse), 0)) * stats.norm.isf(alpha / 2 / vocabulary) / math.log(2)
    return math.copysign(max(abs(centre) - error, 0), centre) if centre else 0.0


EXACT = {
    "g2": (a.g2, lambda p: 2 * sum(pulls(p))),
    "g2_two_term": (a.g2_two_term, lambda p: 2 * sum(pulls(p)[:2])),
    "simple_ll": (a.simple_ll, lambda p: 2 * pulls(p)[0]),
    "chi2": (a.chi2, chi2),
    "yates": (lambda t: a.chi2(t, yates=True), lambda p: chi2(p, p.N / 2)),
    "bic": (a.bic, lambda p: 2 * sum(pulls(p)) - math.log(max(p.N, 1))),
    "ell": (a.ell, ell),
    "t_score": (a.t_score, lambda p: float(p.A - p.E[0]) / math.sqrt(half(p.A))),
    "z_score": (
        a.z_score,
        lambda p: float(p.A - p.E[0]) / math.sqrt(p.E[0]) if p.E[0] else 0.0,
    ),
    "mi": (a.mi, lambda p: log2(half(p.A), p.E[0])),
    "mi in nats": (lambda t: a.mi(t, base=math.e), lambda p: log2(half(p.A), p.E[0]) * math.log(2)),
    "mi3": (a.mi3, lambda p: log2(half(p.A) ** 3, p.E[0])),
    "mi3 base 10": (
        lambda t: a.mi3(t, base=10),
        lambda p: log2(half(p.A) ** 3, p.E[0]) * math.log10(2),
    ),
    "local_mi": (a.local_mi, lambda p: float(p.A) * log2(p.A, p.E[0])),
    "local_mi base 4": (
        lambda t: a.local_mi(t, base=4),
        lambda p: float(p.A) * log2(p.A, p.E[0]) / 2,
    ),
    "dice": (a.dice, lambda p: float(part(2 * p.A, p.R1 + p.C1))),
    "min_sensitivity": (a.min_sensitivity, lambda p: float(min(part(p.A, p.R1), part(p.A, p.C1)))),
    "liddell": (a.liddell, lambda p: float(part(p.det, p.C1 * p.C2))),
    "log_dice": (
        a.log_dice,
        lambda p: 14 + log2(2 * half(p.A), p.R1 + p.C1) if p.R1 and p.C1 else 0.0,
    ),
    "relative_risk": (
        a.relative_risk,
        lambda p: float(half(p.A) * p.C2 / (half(p.B) * p.C1)) if p.both else 1.0,
    ),
    "log_ratio": (a.log_ratio, log_ratio),
    "log_ratio_walter": (a.log_ratio_walter, walter),
    "odds_ratio": (a.odds_ratio, odds),
    "delta_p_column": (
        a.delta_p_column,
        lambda p: float(p.A / p.R1 - p.C / p.R2) if p.R1 and p.R2 else 0.0,
    ),
    "delta_p_row": (
        a.delta_p_row,
        lambda p: float(p.A / p.C1 - p.B / p.C2) if p.C1 and p.C2 else 0.0,
    ),
    "percent_diff": (
        a.percent_diff,
        lambda p: float(100 * (p.A * p.C2 / (half(p.B) * p.C1) - 1)) if p.both else 0.0,
    ),
    "simple_maths": (a.simple_maths, simple),
    "simple_maths k=100": (lambda t: a.simple_maths(t, k=100), lambda p: simple(p, 100)),
    "simple_maths k=.5": (lambda t: a.simple_maths(t, k=0.5), lambda p: simple(p, F(1, 2))),
    "conservative": (a.conservative_log_ratio, lambda p: exact_interval(p, 0.001, 1)),
    "conservative of 3": (
        lambda t: a.conservative_log_ratio(t, alpha=0.1, vocabulary=3),
        lambda p: exact_interval(p, 0.1, 3),
    ),
    "normal": (a.conservative_log_ratio_normal, lambda p: normal_interval(p, 0.001, 1)),
    "normal of 3": (
        lambda t: a.conservative_log_ratio_normal(t, alpha=0.1, vocabulary=3),
        lambda p: normal_interval(p, 0.1, 3),
    ),
    "R1": (lambda t: t.R1, lambda p: float(p.R1)),
    "R2": (lambda t: t.R2, lambda p: float(p.R2)),
    "C1": (lambda t: t.C1, lambda p: float(p.C1)),
    "C2": (lambda t: t.C2, lambda p: float(p.C2)),
    "N": (lambda t: t.N, lambda p: float(p.N)),
    "E11": (lambda t: t.E11, lambda p: float(p.E[0])),
    "E12": (lambda t: t.E12, lambda p: float(p.E[1])),
    "E21": (lambda t: t.E21, lambda p: float(p.E[2])),
    "E22": (lambda t: t.E22, lambda p: float(p.E[3])),
    "determinant": (lambda t: t.determinant, lambda p: float(p.det)),
    "deviation": (lambda t: t.deviation, lambda p: float(p.A - p.E[0])),
}
PLAIN = [Plain(*cells) for cells in CELLS]


@pytest.mark.parametrize("name", EXACT)
def test_every_cell_pattern(name):
    measure, plain = EXACT[name]
    found = measure(Table.of(*zip(*CELLS, strict=True)))
    for value, one in zip(found.tolist(), PLAIN, strict=True):
        assert value == pytest.approx(plain(one), rel=1e-9, abs=1e-11), one.O


# Near independence, where O ln(O / E) - (O - E) must not lose its digits: x = (O - E) / E on both
# sides of the place where the series takes over, against the power series in exact fractions.
@pytest.mark.parametrize("x", [1e-8, 1e-5, 9.9e-4, 1e-3, 1.01e-3, 0.5, -1e-5, -9.9e-4, -1e-3, -0.9])
def test_pull_keeps_its_digits(x):
    terms = [(-1) ** k * F(x) ** k / (k * (k - 1)) for k in range(2, 400 if abs(x) > 0.1 else 12)]
    expected = 7 * float(sum(terms))
    found = float(a._pull(np.float64(7), np.float64(7 * x)))
    assert found == pytest.approx(expected, rel=2e-12 if abs(x) < 1e-3 else 1e-9, abs=0)


def test_log_likelihood_of_an_empty_cell_is_twice_what_was_expected():
    assert float(a._pull(np.float64(3), np.float64(-3))) == 3
    assert float(a._pull(np.float64(3), np.float64(-3 - 1e-9))) == 3


def test_critical_value_of_more_degrees_of_freedom():
    assert a.chi2_critical(0.05) == pytest.approx(3.841458820694124, rel=1e-12)
    assert a.chi2_critical(0.05, 3) == pytest.approx(7.814727903251179, rel=1e-12)
    assert isinstance(a.chi2_critical(0.05, 1), float)


def test_least_odds_of_one_hit_is_any_number():
    # one hit against none: the lower bound p of a share solves p = tail, so its odds are p/(1 - p)
    one = a.conservative_log_ratio(Table.of(1, 0, 0, 10**6), alpha=0.2)
    assert float(one) == pytest.approx(math.log2(0.1 / 0.9 * 10**6), rel=1e-9)
    other = a.conservative_log_ratio(Table.of(0, 1, 10**6, 0), alpha=0.2)
    assert float(other) == pytest.approx(-math.log2(0.1 / 0.9 * 10**6), rel=1e-9)
    for cells in ((0, 1, 1, 10**9), (1, 0, 10**9, 1)):  # no hit is no evidence for more hits
        assert float(a.conservative_log_ratio(Table.of(*cells), alpha=0.2)) == 0
    assert special.betaincinv(1, 1, 0.1) == pytest.approx(0.1)


# Table: division, choice, halves, logarithms.
def test_over_and_its_undefined_value():
    assert table.over([1, 2, 0], [2, 0, 0]).tolist() == [0.5, 0, 0]
    assert table.over([1, 2, 0], [2, 0, 0], 7.0).tolist() == [0.5, 7, 7]
    assert table.over(np.uint8([3]), np.uint8([[2], [4]])).tolist() == [[1.5], [0.75]]
    assert isinstance(table.over(3, 2), float)
    assert table.over(3, 2) == 1.5
    assert table.over(np.float32(1), np.float32(3)) == 1 / 3
    assert table.over(F(1, 2), F(1, 4)) == 2


def test_half_only_of_zeros():
    assert table.half([0, 1, 0.25, 3]).tolist() == [0.5, 1, 0.25, 3]
    assert table.half(0) == 0.5
    assert table.half([F(3)]).dtype == float
    assert table.half(np.array(["0", "2"])).tolist() == [0.5, 2]


def test_pick_and_plain():
    assert table.pick([True, False], [1, 2], 9).tolist() == [1, 9]
    assert isinstance(table.pick(True, 1.5, 2.5), float)
    assert isinstance(table.plain(np.array(2.0)), float)
    many = np.array([2.0])
    assert table.plain(many).tolist() == [2]


def test_log2_ratio():
    found = table.log2_ratio(np.array([8.0, 0, 5, 0, 1]), np.array([2.0, 5, 0, 0, 4]))
    assert found.tolist() == [2, 0, 0, 0, -2]


def test_counts_of_any_type():
    """Small unsigned integers would turn over at 0 and at 255."""
    small = {n: np.array([n], np.uint8) for n in (0, 2, 3, 5, 9, 12, 200, 250)}
    t = Table.of(small[200], small[200], small[250], small[2])
    assert (t.R1[0], t.N[0], t.determinant[0]) == (400, 652, 200 * 2 - 200 * 250)
    t = Table.from_sizes(small[3], small[9], small[200], small[250])
    assert [float(c[0]) for c in (t.O11, t.O12, t.O21, t.O22)] == [3, 9, 197, 241]
    for smallest in range(4):  # every input in its turn is the only array of strings
        given = [3, 9, 200, 250]
        given[smallest] = np.array([str(given[smallest])])
        t = Table.from_sizes(*given)
        assert [float(c[0]) for c in (t.O11, t.O12, t.O21, t.O22)] == [3, 9, 197, 241]
        given = [3, 12, 5, 250]
        given[smallest] = np.array([str(given[smallest])])
        t = Table.from_marginals(*given)
        assert [float(c[0]) for c in (t.O11, t.O12, t.O21, t.O22)] == [3, 9, 2, 236]


REMEDY = "Check that no count is larger than its row, its column or the total."


@pytest.mark.parametrize("cell", range(4))
@pytest.mark.parametrize("wrong", [-0.5, math.inf, math.nan])
def test_every_cell_is_checked(cell, wrong):
    name = ("O11", "O12", "O21", "O22")[cell]
    cells = [np.array([1.0, 4.0, 0.0])] * 4
    cells[cell] = np.array([1.0, wrong, -9.0])
    with pytest.raises(ValueError) as error:  # noqa: PT011
        Table.of(*cells)
    rule = f"`{name}` must be a count of 0 or more, in every cell; not {wrong!r}. {REMEDY}"
    assert str(error.value) == rule


def test_determinant_loses_no_digit_and_goes_round_where_it_must():
    big = 2_999_999_999
    assert float(Table.of(big, big - 1, big + 0, big - 1).determinant) == 0
    assert float(Table.of(big, big - 2, big - 1, big - 3).determinant) == float(
        big * (big - 3) - (big - 2) * (big - 1)
    )
    assert float(Table.of(3.5, 2, 1, 4).determinant) == 12  # halves are no whole numbers
    assert float(Table.of(1, 2.5, 1, 4).determinant) == 1.5
    assert float(Table.of(1, 2, 1.5, 4).determinant) == 1
    assert float(Table.of(1, 2, 1, 4.5).determinant) == 2.5
    for cells in itertools.permutations((2e10, 1.0, 3.0, 2e10)):  # too large for whole numbers
        expected = F(cells[0]) * F(cells[3]) - F(cells[1]) * F(cells[2])
        assert float(Table.of(*cells).determinant) == pytest.approx(float(expected), rel=1e-12)
    mixed = Table.of([3.5, 2.0], 2, 1, 4).determinant
    assert mixed.tolist() == [12, 6]
    assert isinstance(Table.of(1, 2, 3, 4).determinant, float)


def test_tables_are_values():
    t = Table.of(1, 2, 3, 4)
    with pytest.raises(AttributeError):
        t.O11 = 5
    assert t != Table.of(1, 2, 3, 4)  # equal arrays are not one answer


def test_least_expected_decides_ell():
    # E_min is each of the four cells in turn
    for cells in itertools.permutations((30, 40, 300, 900)):
        p = Plain(*cells)
        assert float(a.ell(Table.of(*cells))) == pytest.approx(ell(p), rel=1e-9)
        assert ell(p) > 0


def test_ell_where_little_is_expected():
    assert float(a.ell(Table.of(2, 0, 0, 2))) == 0  # E_min = 1, ln 1 = 0
    t, p = Table.of(3, 1, 1, 3), Plain(3, 1, 1, 3)  # E_min = 2
    assert float(a.ell(t)) == pytest.approx(2 * sum(pulls(p)) / (8 * math.log(2)), rel=1e-12)
    t, p = Table.of(3, 0, 0, 2), Plain(3, 0, 0, 2)  # E_min = 0.8, below 1
    assert float(a.ell(t)) == 0


def test_no_negative_zero():
    for name in ("local_mi", "normal"):
        found = EXACT[name][0](Table.of([0, 1, 50], [50, 2, 50], [50, 3, 500], [90, 6, 500]))
        assert not np.signbit(found[found == 0]).any()


ASKED = Table.of(3, 2, 10, 12)
REFUSED = [
    (
        lambda: a.chi2_critical(0.05, 0),
        "`df` must be a whole number of degrees of freedom, 1 or more; not 0."
        " Give for instance df=5.",
    ),
    (
        lambda: a.chi2_critical(1.0),
        "`p` must be a share between 0 and 1; not 1.0. Give for instance p=0.95.",
    ),
    *(
        (
            lambda measure=measure: measure(ASKED, vocabulary=0),
            "`vocabulary` must be a whole number of words, 1 or more; not 0."
            " Give for instance vocabulary=5.",
        )
        for measure in (a.conservative_log_ratio, a.conservative_log_ratio_normal)
    ),
    *(
        (
            lambda measure=measure: measure(ASKED, alpha=0.0),
            "`alpha` must be a share between 0 and 1; not 0.0. Give for instance alpha=0.95.",
        )
        for measure in (a.conservative_log_ratio, a.conservative_log_ratio_normal)
    ),
    *(
        (
            lambda measure=measure, base=base: measure(ASKED, base=base),
            f"`base` must be the base of a logarithm, above 1; not {base!r}."
            " Give for instance base=2.",
        )
        for measure in (a.mi, a.mi3, a.local_mi)
        for base in (1, 1.0, 0.5, math.inf, math.nan)
    ),
    *(
        (
            lambda k=k: a.simple_maths(ASKED, k=k),
            f"`k` must be a rate per million words above 0; not {k!r}. Give for instance k=100.",
        )
        for k in (0, -1, math.nan)
    ),
    (
        lambda: d.dp([1, 2, 3], [4, 5]),
        "`sizes` must be one size in words for each of the 3 parts; not (2,)."
        " Give hits and sizes in the same order of parts.",
    ),
    (
        lambda: d.dp([1, 2], [[4, 5]]),
        "`sizes` must be one size in words for each of the 2 parts; not (1, 2)."
        " Give hits and sizes in the same order of parts.",
    ),
    (
        lambda: d.dp([1, 2], [4, -5]),
        "`hits and sizes` must be counts of 0 or more; not 'a negative count'. Check the counts.",
    ),
    (
        lambda: d.dp([1, -2], [4, 5]),
        "`hits and sizes` must be counts of 0 or more; not 'a negative count'. Check the counts.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message


# Dispersion: hits and sizes of the parts; some parts without hits, some without words.
PARTS = [
    ((1, 2, 3, 4, 5), (9, 10, 10, 10, 11)),
    ((4, 0), (10, 10)),
    ((4, 0, 0), (10, 10, 0)),
    ((0, 7, 1), (0, 30, 5)),
    ((0, 9), (99, 1)),
    ((1, 0), (10, 30)),
    ((3, 1, 0, 0, 2), (100, 50, 7, 1, 260)),
    ((1, 1), (1, 1)),
    ((2, 3), (4, 1)),
    ((0, 0), (10, 20)),
    ((5,), (10,)),
    ((5, 0), (10, 0)),
    ((), ()),
    ((0, 0), (0, 0)),
    ((12, 5, 0, 1), (3_000, 10, 20, 400)),
]


def shares(f, n):
    return [x / sum(n) for x in n], [x / sum(f) for x in f]


def rates(f, n):
    return [x / size for x, size in zip(f, n, strict=True) if size]


def plain_dp(f, n):
    s, v = shares(f, n)
    return sum(abs(x - y) for x, y in zip(s, v, strict=True)) / 2


def plain_d(f, n):
    p = rates(f, n)
    mean = sum(p) / len(p)
    sd = math.sqrt(sum((x - mean) ** 2 for x in p) / len(p))
    return 1 - sd / mean / math.sqrt(len(p) - 1)


def plain_d2(f, n):
    p = rates(f, n)
    q = [x / sum(p) for x in p if x]
    return -sum(x * math.log2(x) for x in q) / math.log2(len(p))


def plain_s(f, n):
    s, _ = shares(f, n)
    return sum(math.sqrt(x * y) for x, y in zip(s, f, strict=True)) ** 2 / sum(f)


def plain_kld(f, n):
    s, v = shares(f, n)
    return sum(y * math.log2(y / x) for x, y in zip(s, v, strict=True) if y)


SPREAD = [
    (d.dp, plain_dp, 0),
    (d.dp_norm, lambda f, n: plain_dp(f, n) / (1 - min(x for x in n if x) / sum(n)), 0),
    (d.juilland_d, plain_d, 1),
    (d.carroll_d2, plain_d2, 1),
    (d.rosengren_s, plain_s, 1),
    (d.kld, plain_kld, 0),
]


@pytest.mark.parametrize(("measure", "plain", "even"), SPREAD)
def test_dispersion_of_every_pattern(measure, plain, even):
    for f, n in PARTS:
        there = sum(f) > 0 and sum(1 for size in n if size) > 1
        expected = plain(f, n) if there else even
        found = measure(f, n)
        assert isinstance(found, float)
        assert float(found) == pytest.approx(expected, rel=1e-12, abs=1e-12), (f, n)
        rows = measure([f, f[::-1] if 0 not in n else f, [0] * len(f)], n)
        assert rows.shape == (3,)
        assert rows[0] == pytest.approx(expected, rel=1e-12, abs=1e-12)
        assert rows[2] == even


@pytest.mark.parametrize(("measure", "plain", "even"), SPREAD)
def test_dispersion_of_words_side_by_side(measure, plain, even):
    """Each row is one word; equal numbers of words and parts must not be mixed up."""
    f, n = [[3, 1, 0], [0, 2, 2], [1, 1, 7]], [10, 20, 40]
    assert measure(f, n).tolist() == pytest.approx([plain(row, n) for row in f], rel=1e-12)
    text = measure([[str(x) for x in row] for row in f], [str(x) for x in n])
    assert text.tolist() == measure(f, n).tolist()


def test_kld_of_an_even_word_is_no_negative_rounding():
    f, n = [3, 6, 9, 21], [10, 20, 30, 70]
    assert float(d.kld(f, n)) >= 0


def test_range_of_every_shape():
    assert int(d.part_range([0, 2, 0, 1])) == 2
    assert d.part_range([[[0, 2], [1, 1]], [[0, 0], [4, 0]]]).tolist() == [[1, 2], [0, 1]]
