"""The test of key words against every deal there is, and against plain sums over articles."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from scipy import stats
from scipy.sparse import csr_array

from corpuskit.measures import deals

LENGTHS = [120, 300, 80, 1000, 500, 260, 40, 700, 350, 410]
COUNTS = [
    [3, 2, 4, 1, 2, 0, 0, 0, 1, 0],
    [1, 0, 2, 0, 1, 0, 1, 2, 0, 1],
    [0, 0, 0, 9, 0, 0, 0, 0, 0, 0],
    [5, 6, 4, 9, 7, 5, 4, 8, 6, 5],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
]
GROUPS = [[True, False], [True, True], [True, False]] + [[False, False]] * 6 + [[False, True]]


def found(counts=COUNTS, words=LENGTHS, groups=GROUPS):
    return deals.deals_test(csr_array(np.array(counts)), words, groups)


def plain(row, words, members):
    """z, skewness and p of one word, article by article."""
    known = [i for i, size in enumerate(words) if size > 0]
    n, sizes = len(known), {i: words[i] / 1000 for i in known}
    m = -math.log(1 - min(sum(row[i] > 0 for i in known) / n, 1 - 0.5 / n))
    w = 1 / (1 + 0.5 * m + 0.35 * m * m)
    root, length = sum(sizes[i] ** 0.5 for i in known), sum(sizes.values())
    expected = {i: (1 - w) * sizes[i] ** 0.5 / root + w * sizes[i] / length for i in known}
    total = sum(row[i] ** 0.5 for i in known)
    e = {i: row[i] ** 0.5 - total * expected[i] for i in known}
    inside = [i for i in known if members[i]]
    s = sum(expected[i] for i in inside)
    shares = [len(inside) / n, sum(sizes[i] for i in inside) / length]
    part = max(shares, key=lambda t: t * (1 - s) ** 2 + (1 - t) * s**2)
    squares, cubes = (sum(x**k for x in e.values()) for k in (2, 3))
    variance = squares * n / (n - 1) * (part * (1 - s) ** 2 + (1 - part) * s**2)
    third = cubes * (part * (1 - s) ** 3 - (1 - part) * s**3) * n * n / ((n - 1) * (n - 2))
    apart = sum(e[i] for i in inside)
    z = math.copysign(max(abs(apart) - 0.25, 0) / variance**0.5, apart)
    skewness = third / variance**1.5
    curve = stats.pearson3(skewness * math.copysign(1, apart))
    curve = stats.norm() if abs(skewness) < 0.002 else curve
    p = max(2 * float(curve.sf(abs(z))), 2 / math.comb(n, len(inside)))
    return z, skewness, min(p, 1.0)


@pytest.mark.parametrize("words", [LENGTHS, LENGTHS[::-1], [400] * 10])
@pytest.mark.parametrize("word", range(4))
@pytest.mark.parametrize("group", [0, 1])
def test_sums_over_all_words_are_those_of_each_word(words, word, group):
    test = found(words=words)
    slow = plain(COUNTS[word], words, [row[group] for row in GROUPS])
    fast = (test.z[word, group], test.skewness[word, group], test.p[word, group])
    assert fast == pytest.approx(slow, rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("row", COUNTS[:4])
@pytest.mark.parametrize("size", [2, 3, 5])
def test_moments_are_those_of_every_deal(row, size):
    e = np.sqrt(row) - np.sqrt(row).mean()
    every = np.array([e[list(deal)].sum() for deal in combinations(range(10), size)])
    test = found([row], [250] * 10, np.arange(10)[:, None] < size)
    seen = e[:size].sum()
    z = np.sign(seen) * max(abs(seen) - 0.25, 0) / every.std()
    assert test.z[0, 0] == pytest.approx(z)
    assert test.skewness[0, 0] == pytest.approx(stats.skew(every), abs=1e-9)


def test_p_is_near_the_exact_one():
    rng = np.random.default_rng(3)
    for _ in range(20):
        row = rng.poisson(rng.choice([0.4, 1, 3]), 12) + np.arange(12) // 8
        exact = np.array([np.sqrt(row[list(d)]).sum() for d in combinations(range(12), 4)])
        seen, mean = np.sqrt(row[8:]).sum(), np.sqrt(row).mean() * 4
        tail = (exact >= seen - 1e-9) if seen > mean else (exact <= seen + 1e-9)
        p = found([row], [300] * 12, np.arange(12)[:, None] >= 8).p[0, 0]
        assert p <= min(1, 2 * tail.mean()) * 3 + 0.01
        assert p >= min(1, 2 * tail.mean()) / 3 - 0.01


def test_a_word_that_is_nowhere_or_everywhere_alike_shows_nothing():
    assert found().p[4].tolist() == [1, 1]
    assert found(words=[500] * 10).p[5].tolist() == [1, 1]
    assert found(words=[500] * 10).z[5].tolist() == [0, 0]


def test_a_word_that_makes_its_article_longer_is_found():
    rng = np.random.default_rng(4)
    more, fewer = rng.poisson(3, 40), rng.poisson(1, 40)
    row = np.append(more, fewer)
    assert found([row], 40 + row, np.arange(80)[:, None] < 40).p[0, 0] < 1e-5


def test_long_articles_hold_more_and_show_nothing():
    rng = np.random.default_rng(5)
    words = np.repeat([200, 1200], 60)
    counts = [rng.poisson(rate * words) for rate in np.repeat([0.0003, 0.003, 0.03], 40)]
    p = found(counts, words, np.arange(120)[:, None] >= 60).p[:, 0]
    assert (p < 0.05).sum() <= 8
    assert p.min() > 1e-3


def test_sides_swapped_are_the_same_finding():
    one, two = found(), found(groups=~np.array(GROUPS))
    assert one.p.ravel().tolist() == pytest.approx(two.p.ravel().tolist())
    assert one.z.ravel().tolist() == pytest.approx((-two.z).ravel().tolist())
    assert one.skewness.ravel().tolist() == pytest.approx((-two.skewness).ravel().tolist())


def test_articles_without_words_are_left_out():
    words = [*LENGTHS, 0, 0]
    counts = [[*row, 0, 0] for row in COUNTS]
    for there in ([False, False], [True, True]):
        test = found(counts, words, [*GROUPS, there, there])
        assert test.p.ravel().tolist() == pytest.approx(found().p.ravel().tolist())


@pytest.mark.parametrize(("one", "two"), [(0, 5), (1, 5), (1, 1), (5, 1), (0, 0)])
def test_fewer_than_two_articles_on_a_side_are_no_test(one, two):
    row = [9] * one + [0] * two
    test = found([row], [100] * (one + two), np.arange(one + two)[:, None] < one)
    assert test.p.tolist() == [[1.0]]
    assert np.isfinite(test.z).all()
    assert np.isfinite(test.skewness).all()


@pytest.mark.parametrize(("one", "two", "ways"), [(2, 2, 6), (2, 3, 10), (4, 6, 210), (20, 20, 0)])
def test_no_p_is_below_that_of_the_exact_test(one, two, ways):
    row = np.append(np.full(one, 900), np.zeros(two, int))
    p = found([row], [10_000] * (one + two), np.arange(one + two)[:, None] < one).p[0, 0]
    least = 2 / (ways or math.comb(40, 20))
    assert least * (1 - 1e-9) <= p < 40 * least


def test_tail_of_a_curve_without_skewness_is_the_normal_one():
    z, skewness = np.array([0.0, 1, 2, 3, 6]), np.array([0.0, 1e-5, -0.001, 0.0021, -0.0021])
    tail = deals._tail(z, skewness)
    assert tail.tolist() == pytest.approx(stats.norm.sf(z).tolist(), rel=0.1)
    assert tail[:3].tolist() == pytest.approx(stats.norm.sf(z[:3]).tolist(), rel=1e-12)
    assert tail[3] > stats.norm.sf(3) * 1.001
    assert tail[4] < stats.norm.sf(6) * 0.999
    curved = np.array([0.3, -0.3, 1.5, -1.5, 2.5])
    for g in curved.tolist():
        fine = stats.pearson3(g).sf(z)
        assert deals._tail(z, np.full(5, g)).tolist() == pytest.approx(fine.tolist(), abs=1e-12)


def test_a_group_a_column_is_that_group_alone():
    both = found()
    for n in (0, 1):
        alone = found(groups=np.array(GROUPS)[:, [n]])
        assert alone.p[:, 0].tolist() == pytest.approx(both.p[:, n].tolist())


def test_no_words_and_no_articles():
    empty = csr_array((0, 3), dtype=np.int64)
    assert deals.deals_test(empty, [5, 5, 5], [[True], [False], [True]]).p.shape == (0, 1)
    none = csr_array((2, 0), dtype=np.int64)
    assert deals.deals_test(none, [], np.zeros((0, 1), bool)).p.tolist() == [[1.0], [1.0]]


def test_words_may_be_text_and_groups_numbers():
    groups = np.array(GROUPS, float)
    assert found(words=[str(n) for n in LENGTHS], groups=groups).p.tolist() == found().p.tolist()


@pytest.mark.parametrize(
    ("one", "two", "p"),
    [(2, 3, 0.2), (2, 2, 1 / 3), (1, 9, 1), (9, 1, 1), (0, 4, 1), (5, 5, 1 / 126)],
)
def test_least_p(one, two, p):
    assert deals._least_p(one, two) == pytest.approx(p)
