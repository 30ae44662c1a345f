"""Agreement against published values and against the definitions, pair by pair, in fractions."""

from __future__ import annotations

import functools
import itertools
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.measures import agreement as g
from corpuskit.measures.ratings import Ratings, ratings_of

_ = None
# Krippendorff 2011, example C; also the four raters of Gwet 2014
EXAMPLE_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# pln-fing-udelar/fast-krippendorff, doctest
ENCYCLOPEDIA = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]
# Fleiss 1971: 30 patients, six psychiatrists; 1 depression, 2 personality disorder,
# 3 schizophrenia, 4 neurosis, 5 other
PATIENTS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 "
    "144444 124444 222333 144444 224445 333335 111455 111112 224444 133555 "
    "555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)
DIAGNOSES = np.array([list(patient) for patient in PATIENTS.split(" ")]).T
# Gwet 2008: two raters, 118 times both yes, 5 and 2 times one yes and one no, never both no
PARADOX = [["+"] * 123 + ["-"] * 2, ["+"] * 118 + ["-"] * 5 + ["+"] * 2]


def alpha(level):
    return functools.partial(g.krippendorff_alpha, level=level)


PUBLISHED = [
    # Krippendorff 2011, example C, run with cran/irr; the other levels with three digits there
    (alpha("nominal"), EXAMPLE_C, 0.743421052632, 1e-9),
    (alpha("ordinal"), EXAMPLE_C, 0.815, 5e-4),
    (alpha("interval"), EXAMPLE_C, 0.849, 5e-4),
    (alpha("ratio"), EXAMPLE_C, 0.797, 5e-4),
    (alpha("nominal"), ENCYCLOPEDIA, 0.691358, 5e-7),
    (alpha("interval"), ENCYCLOPEDIA, 0.811, 5e-4),
    # Fleiss 1971 (0.430); cran/irr on its data set
    (g.fleiss_kappa, DIAGNOSES, 0.43024452006, 1e-9),
    (functools.partial(g.percent_agreement, every=True), DIAGNOSES, 5 / 30, 1e-12),
    # Gwet 2014, four raters and twelve units
    (g.percent_agreement, EXAMPLE_C, 0.8181818, 5e-8),
    (g.fleiss_kappa, EXAMPLE_C, 0.76117, 5e-6),
    (g.gwet_ac1, EXAMPLE_C, 0.77544, 5e-6),
    # Gwet 2008, the paradox: 94 % agree, kappa is below 0
    (g.percent_agreement, PARADOX, 118 / 125, 1e-12),
    (g.gwet_ac1, PARADOX, 0.9408, 5e-5),
    (g.cohen_kappa, PARADOX, -0.0234, 5e-5),
    (g.scott_pi, PARADOX, -0.0288, 5e-5),
]


@pytest.mark.parametrize(("measure", "ratings", "expected", "tol"), PUBLISHED)
def test_published(measure, ratings, expected, tol):
    assert measure(ratings) == pytest.approx(expected, abs=tol)
    assert measure(ratings_of(ratings)) == measure(ratings)


# ---- the definitions once more: units as bags of codes, pairs counted one by one, fractions


def bags(rows):
    return [[row[u] for row in rows if row[u] is not None] for u in range(len(rows[0]))]


def observed(units):
    """Mean over units of the share of ordered pairs of codes that are equal."""
    shares = []
    for codes in units:
        pairs = list(itertools.permutations(codes, 2))
        if pairs:
            shares.append(Fraction(sum(a == b for a, b in pairs), len(pairs)))
    return sum(shares, Fraction(0)) / len(shares)


def mean_shares(units, categories):
    coded = [codes for codes in units if codes]
    return {
        k: sum(Fraction(codes.count(k), len(codes)) for codes in coded) / len(coded)
        for k in categories
    }


def slow_fleiss(rows):
    units = bags(rows)
    p_e = sum(p * p for p in mean_shares(units, {c for codes in units for c in codes}).values())
    return 0 if p_e == 1 else (observed(units) - p_e) / (1 - p_e)


def slow_ac1(rows, q):
    units = bags(rows)
    p = mean_shares(units, range(1, q + 1)).values()
    p_e = Fraction(1, q - 1) * sum(pk * (1 - pk) for pk in p)
    return (observed(units) - p_e) / (1 - p_e)


def slow_kappa(rows, weights, pooled=False):
    """1 - mean disagreement in the pairs / mean disagreement of any code with any other's."""
    both = [(a, b) for a, b in zip(*rows, strict=True) if a is not None and b is not None]
    categories = sorted({c for row in rows for c in row if c is not None})
    place = {c: k for k, c in enumerate(categories)}

    def v(a, b):
        steps = abs(place[a] - place[b])
        return {"none": int(a != b), "linear": steps, "quadratic": steps**2}[weights]

    first, second = zip(*both, strict=True)
    if pooled:
        first = second = first + second
    chance = Fraction(sum(v(a, b) for a in first for b in second), len(first) * len(second))
    seen = Fraction(sum(v(a, b) for a, b in both), len(both))
    return 1 - seen / chance if chance else 0


def slow_alpha(rows, level):
    """Krippendorff's D_o and D_e as means over pairs of values, without coincidences."""
    units = [codes for codes in bags(rows) if len(codes) > 1]
    values = [c for codes in units for c in codes]
    n, often = len(values), Counter(values)

    def delta(c, k):
        low, high = min(c, k), max(c, k)
        if level == "nominal":
            return Fraction(int(c != k))
        if level == "ordinal":
            between = sum(often[v] for v in often if low <= v <= high)
            return (between - Fraction(often[c] + often[k], 2)) ** 2
        if level == "interval":
            return Fraction(c - k) ** 2
        return Fraction(c - k, c + k) ** 2 if c + k else Fraction(0)

    D_o = sum(
        Fraction(1, len(codes) - 1) * sum(delta(*pair) for pair in itertools.permutations(codes, 2))
        for codes in units
    )
    D_e = sum(delta(c, k) for c, k in itertools.permutations(values, 2)) / Fraction(n - 1)
    return 1 - D_o / D_e if D_e else 0


def random_ratings(seed, coders=None):
    """Coders who are right more often than not, with holes; values from 0 or 1."""
    rng = np.random.default_rng(seed)
    coders, units, q = coders or int(rng.integers(2, 6)), int(rng.integers(3, 20)), seed % 5 + 2
    truth = rng.integers(1, q + 1, units)
    codes = np.where(
        rng.random((coders, units)) < 0.6, truth, rng.integers(1, q + 1, (coders, units))
    )
    holes = rng.random((coders, units)) < (0.25 if seed % 3 else 0)
    holes[:2, 0] = False
    return [
        [_ if hole else int(c) for c, hole in zip(*row, strict=True)]
        for row in zip(codes, holes, strict=True)
    ], q


@pytest.mark.parametrize("seed", range(60))
def test_against_the_definitions(seed):
    rows, q = random_ratings(seed)
    close = functools.partial(pytest.approx, rel=1e-9, abs=1e-12)
    assert g.percent_agreement(rows) == close(float(observed(bags(rows))))
    assert g.fleiss_kappa(rows) == close(float(slow_fleiss(rows)))
    assert g.gwet_ac1(rows, categories=range(1, q + 1)) == close(float(slow_ac1(rows, q)))
    for level in g.LEVELS:
        assert alpha(level)(rows) == close(float(slow_alpha(rows, level)))
    from_zero = [[c if c is None else c - 1 for c in row] for row in rows]
    for level in g.LEVELS:
        assert alpha(level)(from_zero) == close(float(slow_alpha(from_zero, level)))
    two, q = random_ratings(seed, coders=2)
    for weights in g.WEIGHTS:
        assert g.cohen_kappa(two, weights=weights) == close(float(slow_kappa(two, weights)))
    assert g.scott_pi(two) == close(float(slow_kappa(two, "none", pooled=True)))


def test_one_table_by_hand():
    # 20 both yes, 5 yes and no, 10 no and yes, 15 both no: P_o = .7, P_e = .5 (kappa)
    rows = [["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15]
    assert g.cohen_kappa(rows) == pytest.approx(0.4, abs=1e-12)
    p_e = 0.55**2 + 0.45**2
    assert g.scott_pi(rows) == pytest.approx((0.7 - p_e) / (1 - p_e), abs=1e-12)
    assert g.fleiss_kappa(rows) == pytest.approx(g.scott_pi(rows), abs=1e-12)
    ac1 = (0.7 - 2 * 0.55 * 0.45) / (1 - 2 * 0.55 * 0.45)
    assert g.gwet_ac1(rows) == pytest.approx(ac1, abs=1e-12)
    # alpha is pi with n - 1 values left to choose from
    expected = 1 - (100 - 1) / 100 * 0.3 / (1 - p_e)
    assert g.krippendorff_alpha(rows) == pytest.approx(expected, abs=1e-12)


def test_every_means_every_coder_of_the_unit():
    rows = [[1, 1, 1, _], [1, 2, _, _], [1, 1, 1, 3]]
    assert g.percent_agreement(rows, every=True) == pytest.approx(2 / 3)
    assert g.percent_agreement(rows) == pytest.approx((1 + 1 / 3 + 1) / 3)


def test_categories_nobody_used():
    rows = [[1, 1, 3], [1, 3, 3]]
    steps = functools.partial(g.cohen_kappa, rows, weights="quadratic")
    # evenly spaced steps make no difference, uneven ones do; q counts in AC1
    assert steps(categories=[1, 2, 3]) == pytest.approx(steps())
    assert g.gwet_ac1(rows, categories=[1, 2, 3]) > g.gwet_ac1(rows)
    rows = [[1, 3, 4, 4, 3], [1, 3, 4, 1, 4]]
    linear = functools.partial(g.cohen_kappa, rows, weights="linear")
    assert linear(categories=[1, 2, 3, 4]) != pytest.approx(linear())
    words = [["low", "high", "mid", "mid"], ["low", "high", "low", "mid"]]
    numbers = [[1, 3, 2, 2], [1, 3, 1, 2]]
    order = ["low", "mid", "high"]
    assert g.krippendorff_alpha(words, level="ordinal", categories=order) == pytest.approx(
        g.krippendorff_alpha(numbers, level="ordinal")
    )
    assert g.cohen_kappa(words, weights="linear", categories=order) == pytest.approx(
        g.cohen_kappa(numbers, weights="linear")
    )


TWO = (g.cohen_kappa, g.scott_pi)
MANY = (g.fleiss_kappa, g.krippendorff_alpha, g.gwet_ac1, g.percent_agreement)
ZEROS = [
    # one category throughout: agreement beyond chance has not been shown; AC1 is defined
    (g.cohen_kappa, [[1, 1], [1, 1]], 0),
    (g.scott_pi, [[1, 1], [1, 1]], 0),
    (g.fleiss_kappa, [[1, 1], [1, 1]], 0),
    (g.krippendorff_alpha, [[1, 1], [1, 1]], 0),
    (alpha("ordinal"), [[1, 1], [1, 1]], 0),
    (alpha("interval"), [[1, 1], [1, 1]], 0),
    (alpha("ratio"), [[0, 0], [0, 0]], 0),
    (g.gwet_ac1, [[1, 1], [1, 1]], 1),
    (g.percent_agreement, [[1, 1], [1, 1]], 1),
    # two coders who each have one category of their own
    (g.cohen_kappa, [[1, 1], [2, 2]], 0),
    (g.scott_pi, [[1, 1], [2, 2]], -1),
    # zeros at the ratio level: nothing against something is all the difference there is
    (alpha("ratio"), [[0, 1], [0, 1]], 1),
    *[(measure, [[1, _], [_, 1]], 0) for measure in TWO + MANY],  # no unit has two codes
    *[(measure, [[_, _], [_, _]], 0) for measure in TWO + MANY],  # nobody said anything
    *[(measure, [[], []], 0) for measure in TWO + MANY],  # no units
    *[(measure, [[1, 2, 3, 1], [1, 2, 3, 1]], 1) for measure in TWO + MANY],  # all agree
]


@pytest.mark.parametrize(("measure", "ratings", "expected"), ZEROS)
def test_zero_rules(measure, ratings, expected):
    assert measure(ratings) == pytest.approx(expected, abs=1e-12)


code = st.one_of(st.none(), st.integers(0, 3))


@given(st.lists(st.tuples(code, code, code), max_size=12))
def test_any_ratings(units):
    rows = [list(row) for row in zip(*units, strict=True)] or [[], [], []]
    two = rows[:2]
    found = [measure(rows) for measure in (*MANY, *(alpha(level) for level in g.LEVELS))]
    found += [measure(two) for measure in TWO]
    found += [g.cohen_kappa(two, weights=weights) for weights in g.WEIGHTS]
    assert all(math.isfinite(value) and value <= 1 + 1e-12 for value in found)
    # the coders may change places, and the units too
    turned = [row[::-1] for row in rows[::-1]]
    for measure in MANY:
        assert measure(turned) == pytest.approx(measure(rows), abs=1e-9)
    # an interval scale may be moved and stretched, a ratio scale only stretched
    stretch = [[c if c is None else 3 * c for c in row] for row in rows]
    shift = [[c if c is None else 3 * c + 7 for c in row] for row in rows]
    assert alpha("interval")(shift) == pytest.approx(alpha("interval")(rows), abs=1e-9)
    assert alpha("ratio")(stretch) == pytest.approx(alpha("ratio")(rows), abs=1e-9)
    assert alpha("ordinal")(shift) == pytest.approx(alpha("ordinal")(rows), abs=1e-9)


class Unknown:
    """A missing value that answers every question with another: that of nullable columns."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other):
        return self

    def __bool__(self):
        raise TypeError


@pytest.mark.parametrize("hole", [None, math.nan, np.float64("nan"), "", Unknown()])
def test_what_is_missing(hole):
    rows = [[hole if c is None else c for c in row] for row in EXAMPLE_C]
    assert g.krippendorff_alpha(rows) == pytest.approx(0.743421052632, abs=1e-9)


def test_arrays_and_mixed_codes():
    array = np.array(EXAMPLE_C, float)
    assert g.krippendorff_alpha(array) == g.krippendorff_alpha(EXAMPLE_C)
    found = ratings_of([["a", 1, None], [1, "a", 2]])
    assert found.categories == (1, 2, "a")
    assert found.codes.tolist() == [[2, 0, -1], [0, 2, 1]]
    assert found.counts().tolist() == [[1, 0, 1], [1, 0, 1], [0, 1, 0]]
    assert found.take([2, 2]).codes.tolist() == [[-1, -1], [1, 1]]


def test_interval_is_that_of_units_drawn_again():
    draws, seed = 50, 7
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = []
    for _draw in range(draws):
        units = rng.integers(0, 12, 12)
        drawn.append(g.krippendorff_alpha([[row[u] for u in units] for row in EXAMPLE_C]))
    low, high = np.quantile(drawn, [0.05, 0.95])
    found = g.agreement_interval(g.krippendorff_alpha, EXAMPLE_C, level=0.9, draws=draws, seed=seed)
    assert found == pytest.approx((low, high), abs=1e-12)


def test_interval_widens_with_the_level_and_repeats_with_the_seed():
    call = functools.partial(g.agreement_interval, g.fleiss_kappa, DIAGNOSES, draws=400)
    narrow, wide = call(level=0.5), call(level=0.99)
    assert wide[0] < narrow[0] < g.fleiss_kappa(DIAGNOSES) < narrow[1] < wide[1]
    assert call(seed=3) == call(seed=3) != call(seed=4)
    assert g.agreement_interval(g.gwet_ac1, [[], []]) == (0, 0)
    order = ["low", "mid", "high"]
    words = [["low", "high", "mid", "mid"], ["low", "high", "low", "mid"]]
    ordinal = functools.partial(g.krippendorff_alpha, level="ordinal")
    low, high = g.agreement_interval(ordinal, words, categories=order, draws=99)
    assert low <= g.krippendorff_alpha(words, level="ordinal", categories=order) <= high


def test_interval_covers_the_truth():
    # two coders, each right in 80 % of cases and guessing otherwise: agreement .64 + .36 / 2
    rng, truth, inside = np.random.default_rng(11), 0.82, 0
    for _draw in range(100):
        right = rng.integers(0, 2, 150)
        rows = [np.where(rng.random(150) < 0.8, right, rng.integers(0, 2, 150)) for _ in "ab"]
        low, high = g.agreement_interval(g.percent_agreement, rows, draws=150)
        inside += low <= truth <= high
    assert 89 <= inside <= 99


class Frame:
    """Anything with named columns: a loop over it gives the names."""

    columns = ("one", "two")


REFUSED = [
    (
        lambda: g.cohen_kappa(EXAMPLE_C),
        "`ratings` must be the rows of two coders for cohen_kappa; not 4. "
        "Use fleiss_kappa, gwet_ac1 or krippendorff_alpha for more coders.",
    ),
    (
        lambda: g.scott_pi([[1, 2]]),
        "`ratings` must be the rows of two coders for scott_pi; not 1. "
        "Use fleiss_kappa, gwet_ac1 or krippendorff_alpha for more coders.",
    ),
    (
        lambda: g.cohen_kappa([["a"], ["b"]], weights="linear"),
        "`categories` must be given in their order when the categories are words; not None. "
        "Name them from low to high, for weights='linear'.",
    ),
    (
        lambda: alpha("ordinal")([["a"], ["b"]]),
        "`categories` must be given in their order when the categories are words; not None. "
        "Name them from low to high, for level='ordinal'.",
    ),
    (
        lambda: alpha("interval")([["a"], ["b"]]),
        "`ratings` must be numbers at the level 'interval'; not 'a'. "
        "Use level='nominal', or 'ordinal' with categories= in their order.",
    ),
    (
        lambda: alpha("ratio")([[1, -2], [1, 2]]),
        "`ratings` must be 0 or more at the level 'ratio'; not -2.0. Use level='interval'.",
    ),
    (
        lambda: alpha("ordnial")([[1], [2]]),
        "`level` must be one of 'nominal', 'ordinal', 'interval', 'ratio'; not 'ordnial'. "
        "Did you mean 'ordinal'?",
    ),
    (
        lambda: g.cohen_kappa([[1], [2]], weights="squared"),
        "`weights` must be one of 'none', 'linear', 'quadratic'; not 'squared'. "
        "Did you mean 'quadratic'?",
    ),
    (
        lambda: g.gwet_ac1([[1, 2], [1]]),
        "`ratings` must be rows of one length, one row a coder; not [2, 1]. "
        "Put None where a coder said nothing.",
    ),
    (
        lambda: g.gwet_ac1([[1, 2], [1, 3]], categories=[1, 2]),
        "`categories` must be all categories that occur in the ratings; not (1, 2). "
        "Add 3, or check the ratings.",
    ),
    (
        lambda: g.gwet_ac1(ratings_of([[1, 2], [1, 2]]), categories=[1, 2, 3]),
        "`categories` must be those of the ratings; not (1, 2, 3). "
        "Give categories once, where the ratings are made (ratings_of, agreement_interval).",
    ),
    (
        lambda: g.fleiss_kappa(Frame()),
        "`ratings` must be rows, one row a coder; not 'Frame'. "
        "Give the coders as rows: frame[[coder, coder]].to_numpy().T, say.",
    ),
    (
        lambda: g.fleiss_kappa([1, 2, 3]),
        "`ratings` must be rows of codes, one row a coder; not [1, 2, 3]. "
        "Put each coder's codes into a list.",
    ),
    (
        lambda: g.fleiss_kappa([]),
        "`ratings` must be rows of one length, one row a coder; not []. "
        "Put None where a coder said nothing.",
    ),
    (
        lambda: g.agreement_interval(g.gwet_ac1, [[1], [1]], draws=0),
        "`draws` must be a whole number of draws, 1 or more; not 0. Give for instance draws=5.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message


def test_ratings_are_not_changed_by_looking():
    data = ratings_of(EXAMPLE_C)
    before = data.codes.copy()
    for measure in MANY:
        measure(data)
    assert isinstance(data, Ratings)
    assert (data.codes == before).all()


def test_an_interval_is_of_2000_draws_and_seed_1():
    given = g.agreement_interval(g.krippendorff_alpha, EXAMPLE_C, draws=2000, seed=1)
    assert g.agreement_interval(g.krippendorff_alpha, EXAMPLE_C) == given
    others = [
        g.agreement_interval(g.krippendorff_alpha, EXAMPLE_C, draws=draws, seed=seed)
        for draws, seed in ((2001, 1), (2000, 2))
    ]
    assert given not in others


def test_no_units_of_some_ratings():
    none = ratings_of(EXAMPLE_C).take([])
    assert none.units == 0
    assert none.counts().shape == (0, 5)


def test_categories_of_one_kind_without_an_order_are_sorted_by_what_they_look_like():
    rows = [["b", 2, "a", 1], ["b", 2, "a", 1]]
    assert ratings_of(rows).categories == (1, 2, "a", "b")
    assert ratings_of([row[::-1] for row in rows]).categories == (1, 2, "a", "b")
    assert ratings_of([[2j, 1j, 3j], [2j, 1j, 3j]]).categories == (1j, 2j, 3j)
