"""Log-t intervals against plain loops over the same drawn articles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse, stats

from corpuskit.measures import logt
from corpuskit.measures import resampling as r

HITS = [3, 0, 1, 2, 0, 7]
WORDS = [100, 120, 80, 100, 10, 300]
MANY = [[3, 1, 0], [0, 0, 0], [1, 2, 0], [2, 0, 0], [0, 0, 0], [7, 1, 0]]
OTHER, SIZES = [1, 0, 2, 0, 3, 1, 0], [90, 20, 45, 10, 70, 100, 60]


def drawn(hits, words, draws, rng):
    """The rates of resampled corpora, one after the other."""
    rates = []
    for _ in range(draws):
        at = rng.integers(0, len(words), size=len(words)).tolist()
        rates.append(sum(hits[i] for i in at) / sum(words[i] for i in at))
    return rates


def spread(rates):
    n = len(rates)
    return math.sqrt(sum((x - sum(rates) / n) ** 2 for x in rates) / n)


def freedom(parts):
    """Degrees of freedom from what each article adds to the error."""
    n = len(parts)
    k = n * sum(e**4 for e in parts) / sum(e * e for e in parts) ** 2
    return max(3, min(0.75 * 2 * n / (k - 1 + 2 / (n - 1)), n - 1))


def plain(hits, words, level, draws, rng):
    """Rate, standard error, degrees of freedom of one side."""
    n, rate = len(words), sum(hits) / sum(words)
    error = spread(drawn(hits, words, draws, rng)) * math.sqrt(n / (n - 1))
    return rate, error, freedom([h - rate * w for h, w in zip(hits, words, strict=True)])


def t_of(df, level):
    return float(stats.t.ppf(1 - (1 - level) / 2, df))


@pytest.mark.parametrize(("level", "draws", "seed"), [(0.95, 50, 1), (0.8, 33, 7)])
def test_rate(level, draws, seed):
    rate, error, df = plain(HITS, WORDS, level, draws, r.generator(seed))
    factor = math.exp(t_of(df, level) * error / rate)
    found = logt.log_t_rate_interval(HITS, WORDS, level=level, draws=draws, seed=seed)
    assert found == pytest.approx((rate / factor, rate * factor), rel=1e-9)
    assert [np.shape(end) for end in found] == [(), ()]


def test_defaults():
    given = logt.log_t_rate_interval(HITS, WORDS, level=0.95, draws=2000, seed=1)
    assert logt.log_t_rate_interval(HITS, WORDS) == given
    many = logt.log_t_rate_intervals(MANY, WORDS)
    again = logt.log_t_rate_intervals(MANY, WORDS, level=0.95, draws=2000, seed=1)
    assert np.array_equal(many, again)
    sides = (HITS, OTHER), (WORDS, SIZES)
    given = logt.log_t_difference_interval(*sides, level=0.95, draws=2000, seed=1, paired=False)
    assert logt.log_t_difference_interval(*sides) == given


def test_patterns_side_by_side_are_each_alone():
    found = logt.log_t_rate_interval(MANY, WORDS, draws=40)
    for n, column in enumerate(zip(*MANY, strict=True)):
        alone = logt.log_t_rate_interval(column, WORDS, draws=40)
        assert [end[n] for end in found] == pytest.approx(list(alone), rel=1e-9)


@pytest.mark.parametrize("level", [0.5, 0.95])
@pytest.mark.parametrize("form", [np.array, sparse.csr_array, sparse.coo_array])
def test_a_vocabulary_at_once(monkeypatch, level, form):
    given = {"level": level, "draws": 40, "seed": 3}
    alone = logt.log_t_rate_interval(MANY, WORDS, **given)
    for block in (1, 2, 256):
        monkeypatch.setattr(logt, "BLOCK", block)
        found = logt.log_t_rate_intervals(form(np.array(MANY)), WORDS, **given)
        assert np.ravel(found).tolist() == pytest.approx(np.ravel(alone).tolist(), rel=1e-6)


def test_large_counts_are_added_in_eight_bytes():
    hits, words = [[2**24 + 1], [3], [2**23]], [2**26, 2**25, 2**24]
    alone = logt.log_t_rate_interval(hits, words, draws=30)
    found = logt.log_t_rate_intervals(hits, words, draws=30)
    assert np.ravel(found).tolist() == pytest.approx(np.ravel(alone).tolist(), rel=1e-10)


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_difference(level):
    rng = r.generator(5)
    sides = [plain(HITS, WORDS, level, 60, rng), plain(OTHER, SIZES, level, 60, rng)]
    (r1, s1, d1), (r2, s2, d2) = sides
    t = t_of((s1**2 + s2**2) ** 2 / (s1**4 / d1 + s2**4 / d2), level)
    (l1, u1), (l2, u2) = (
        (x / math.exp(t * s / x), x * math.exp(t * s / x)) for x, s in ((r1, s1), (r2, s2))
    )
    expected = r1 - r2 - math.hypot(r1 - l1, u2 - r2), r1 - r2 + math.hypot(u1 - r1, r2 - l2)
    given = {"level": level, "draws": 60, "seed": 5}
    found = logt.log_t_difference_interval((HITS, OTHER), (WORDS, SIZES), **given)
    assert found == pytest.approx(expected, rel=1e-9)


def test_difference_of_parts_of_the_same_articles():
    other, sizes = OTHER[:6], SIZES[:6]
    one, two = drawn(HITS, WORDS, 60, r.generator(2)), drawn(other, sizes, 60, r.generator(2))
    r1, r2 = sum(HITS) / sum(WORDS), sum(other) / sum(sizes)
    error = spread([a - b for a, b in zip(one, two, strict=True)]) * math.sqrt(6 / 5)
    parts = [
        (HITS[i] - r1 * WORDS[i]) / sum(WORDS) - (other[i] - r2 * sizes[i]) / sum(sizes)
        for i in range(6)
    ]
    reach = t_of(freedom(parts), 0.9) * error
    found = logt.log_t_difference_interval(
        (HITS, other), (WORDS, sizes), level=0.9, draws=60, seed=2, paired=True
    )
    assert found == pytest.approx((r1 - r2 - reach, r1 - r2 + reach), rel=1e-9)


def test_parts_that_are_alike_do_not_differ():
    found = logt.log_t_difference_interval((MANY, MANY), (WORDS, WORDS), paired=True)
    assert [end.tolist()[:2] for end in found] == [[0, 0], [0, 0]]


@pytest.mark.parametrize(("level", "most"), [(0.95, 2.995732273553991), (0.5, math.log(2))])
def test_without_hits_the_interval_ends_at_the_rule_of_three(level, most):
    found = logt.log_t_rate_interval([0, 0, 0], [100, 50, 50], level=level)
    assert found == pytest.approx((0, most / 200))
    many = logt.log_t_rate_intervals([[0], [0], [0]], [100, 50, 50], level=level)
    assert [float(end[0]) for end in many] == pytest.approx([0, most / 200])
    for paired in (False, True):
        both = logt.log_t_difference_interval(
            ([0, 0], [0, 0]), ([50, 50], [100, 300]), level=level, paired=paired
        )
        assert both == pytest.approx((-most / 400, most / 100))


def test_one_side_without_hits():
    found = logt.log_t_difference_interval(([0] * 6, HITS), ([50] * 6, WORDS), draws=40)
    rate, error, df = plain(HITS, WORDS, 0.95, 80, skipped(6, 40))
    low, high = (rate * math.exp(sign * t_of(df, 0.95) * error / rate) for sign in (-1, 1))
    assert found[0] < -rate < found[1]
    none = -math.log(0.05) / 300
    assert found[1] == pytest.approx(-rate + math.hypot(none, rate - low), rel=0.2)
    assert found[0] == pytest.approx(-rate - (high - rate), rel=0.2)


def skipped(n, draws):
    """A generator of seed 1 after `draws` corpora of `n` articles."""
    rng = r.generator(1)
    rng.integers(0, n, size=(draws, n))
    return rng


def test_no_spread_is_no_interval():
    assert logt.log_t_rate_interval([2, 2, 2], [50, 50, 50]) == pytest.approx((0.04, 0.04))
    sides = ([2, 2, 2], [1, 1]), ([50, 50, 50], [100, 100])
    assert logt.log_t_difference_interval(*sides) == pytest.approx((0.03, 0.03))


def test_a_high_end_is_at_most_one_or_the_rate():
    low, high = logt.log_t_rate_interval([9, 0, 0], [10, 10, 10], level=0.999)
    assert 0 < low < 0.3
    assert high == 1
    assert logt.log_t_rate_interval([30, 30], [10, 10]) == pytest.approx((3, 3))
    assert logt.log_t_rate_interval([0, 0], [1, 1])[1] == 1


@pytest.mark.parametrize("level", [0.95, 1 - 1e-12])
def test_ends_are_numbers_whatever_is_counted(level):
    rng = np.random.default_rng(8)
    for n in (1, 2, 3, 9):
        hits = rng.poisson([[0.0, 0.1, 1, 30]] * n)
        words = rng.integers(1, 40, n)
        ends = [logt.log_t_rate_interval(hits, words, level=level, draws=20)]
        ends.append(logt.log_t_rate_intervals(hits, words, level=level, draws=20))
        given = {"level": level, "draws": 20}
        for paired in (False, True):
            sides = (hits, hits[::-1]), (words, words)
            ends.append(logt.log_t_difference_interval(*sides, paired=paired, **given))
        for low, high in ends:
            assert np.isfinite(low).all()
            assert np.isfinite(high).all()
            assert (low <= high).all()


def test_degrees_of_freedom_fall_as_hits_clump():
    even, clumped = np.array([1.0, 1, 1, 1] * 10), np.array([40.0] + [0] * 39)
    df = [float(logt._freedom((x).sum(), (x**2).sum(), 40)) for x in (even, clumped)]
    assert df == [39, 3]
    middle = np.array([4.0] * 10 + [0] * 30)
    expected = 60 / (40 * 160 / 1600 - 1 + 2 / 39)
    assert logt._freedom(middle.sum(), (middle**2).sum(), 40) == pytest.approx(expected)


def test_nothing_to_draw():
    assert logt.log_t_rate_interval([], []) == (0, 0)
    assert logt.log_t_difference_interval(([], []), ([], [])) == (0, 0)
    assert [end.tolist() for end in logt.log_t_rate_intervals(np.zeros((0, 2)), [])] == [[0, 0]] * 2
    assert logt.log_t_rate_interval([2], [40]) == pytest.approx((0.05, 0.05))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: logt.log_t_rate_interval(HITS, WORDS, level=1), "`level` must be a share"),
        (lambda: logt.log_t_rate_interval(HITS, WORDS, draws=0), "`draws` must be a whole number"),
        (lambda: logt.log_t_rate_intervals(MANY, WORDS, draws=0), "`draws` must be a whole num"),
        (lambda: logt.log_t_rate_interval(HITS, WORDS, seed=-1), "`seed` must be a whole number"),
    ],
)
def test_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    with pytest.raises(ValueError, match="zip"):
        logt.log_t_difference_interval((HITS,), (WORDS, SIZES))


def test_counts_may_be_text():
    text = [str(n) for n in HITS], [str(n) for n in WORDS]
    assert logt.log_t_rate_interval(*text, draws=20) == logt.log_t_rate_interval(
        HITS, WORDS, draws=20
    )
    many = logt.log_t_rate_intervals(MANY, text[1], draws=20)
    assert np.array_equal(many, logt.log_t_rate_intervals(MANY, WORDS, draws=20))


def test_one_draw_is_enough_and_none_is_refused_in_full():
    assert np.isfinite(logt.log_t_rate_intervals(MANY, WORDS, draws=1)).all()
    with pytest.raises(ValueError, match="draws") as error:
        logt.log_t_rate_intervals(MANY, WORDS, draws=0)
    assert str(error.value) == (
        "`draws` must be a whole number of draws, 1 or more; not 0. Give for instance draws=5."
    )


def test_more_words_than_articles(monkeypatch):
    monkeypatch.setattr(logt, "BLOCK", 1)
    hits, words = [[1, 0, 2, 5, 3], [0, 2, 2, 1, 4]], [40, 90]
    alone = logt.log_t_rate_interval(hits, words, draws=30)
    found = logt.log_t_rate_intervals(hits, words, draws=30)
    assert np.ravel(found).tolist() == pytest.approx(np.ravel(alone).tolist(), rel=1e-6)


def test_two_articles():
    rate, error, df = plain([3, 1], [50, 60], 0.95, 40, r.generator(1))
    factor = math.exp(t_of(df, 0.95) * error / rate)
    found = logt.log_t_rate_interval([3, 1], [50, 60], draws=40)
    assert found == pytest.approx((rate / factor, rate * factor))


def test_paired_parts_of_many_articles_and_patterns():
    rng = np.random.default_rng(6)
    words, sizes = rng.integers(5, 20, 30), rng.integers(100, 900, 30)
    level = rng.gamma(1, 1, (30, 1))
    hits = rng.poisson(level * [1.0, 3.0, 0.2])
    others = rng.poisson(level * [2.0, 1.0, 6.0])
    given = {"draws": 50, "seed": 4, "paired": True}
    both = logt.log_t_difference_interval((hits, others), (words, sizes), **given)
    assert [np.shape(end) for end in both] == [(3,), (3,)]
    for n in range(3):
        one, two = hits[:, n].tolist(), others[:, n].tolist()
        pairs = [drawn(*side, 50, r.generator(4)) for side in ((one, words), (two, sizes))]
        error = spread([a - b for a, b in zip(*pairs, strict=True)]) * math.sqrt(30 / 29)
        r1, r2 = sum(one) / words.sum(), sum(two) / sizes.sum()
        parts = (hits[:, n] - r1 * words) / words.sum() - (others[:, n] - r2 * sizes) / sizes.sum()
        reach = t_of(freedom(parts.tolist()), 0.95) * error
        alone = logt.log_t_difference_interval((one, two), (words, sizes), **given)
        assert [np.shape(end) for end in alone] == [(), ()]
        assert alone == pytest.approx((r1 - r2 - reach, r1 - r2 + reach))
        assert (both[0][n], both[1][n]) == pytest.approx(alone)


def test_paired_parts_of_which_one_has_no_hits():
    """A part without a hit has no spread: the rule of three, as for sides drawn on their own."""
    none, some, sizes = [0] * 6, [3, 1, 0, 2, 5, 1], [0, 0, 24, 0, 0, 0]
    words = [30, 40, 50, 60, 70, 80]
    rate, error, df = plain(some, words, 0.95, 40, r.generator(1))
    factor = math.exp(t_of(df, 0.95) * error / rate)
    three = -math.log(0.05) / 24
    low, high = rate - rate / factor, rate * factor - rate
    found = logt.log_t_difference_interval((some, none), (words, sizes), draws=40, paired=True)
    assert found == pytest.approx((rate - math.hypot(low, three), rate + high))
    found = logt.log_t_difference_interval((none, some), (sizes, words), draws=40, paired=True)
    assert found == pytest.approx((-rate - high, -rate + math.hypot(three, low)))


def test_degrees_of_freedom_without_spread():
    assert logt._freedom(np.array([0.0]), np.array([0.0]), 40).tolist() == [39]
