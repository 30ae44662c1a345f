"""Bootstrap-t against a plain loop, its rules for few articles, and what it covers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from corpuskit.measures import studentized as s
from corpuskit.measures.resampling import generator, rate_interval

HITS = np.array([3, 0, 1, 2, 0, 7])
WORDS = np.array([100, 120, 80, 100, 90, 300])
MORE, LONGER = np.array([1, 1, 0, 2, 1]), np.array([90, 200, 80, 60, 100])


def moments(hits, words):
    """Return rate and standard error, written as in Cochran (1977)."""
    n, rate = len(hits), hits.sum() / words.sum()
    errors = hits - rate * words
    return rate, np.sqrt(n * (errors**2).sum() / (n - 1)) / words.sum()


def slow(hits, words, rng, draws, tail):
    rate, error = moments(hits, words)
    rows = [rng.integers(0, len(hits), len(hits)) for _ in range(draws)]
    drawn = [moments(hits[at], words[at]) for at in rows]
    return ends(drawn, rate, error, tail, least=0)


def ends(drawn, value, error, tail, least):
    t = [(at - value) / spread for at, spread in drawn if spread > 1e-9]
    below, above = np.quantile(t, [tail, 1 - tail])
    low, high = value - above * error, value - below * error
    if len(t) < len(drawn):
        first, last = np.quantile([at for at, _ in drawn], [tail, 1 - tail])
        low, high = min(low, first), max(high, last)
    return max(low, least), high


def test_rate_is_that_of_a_plain_loop():
    found = s.student_rate_interval(HITS, WORDS, level=0.8, draws=300, seed=4)
    assert found == pytest.approx(slow(HITS, WORDS, generator(4), 300, 0.1), rel=1e-9)


def test_difference_is_made_of_two_rates():
    rng = generator(5)
    low, high = slow(HITS, WORDS, rng, 200, 0.05)
    lower, higher = slow(MORE, LONGER, rng, 200, 0.05)
    one, two = HITS.sum() / WORDS.sum(), MORE.sum() / LONGER.sum()
    found = s.student_difference_interval(
        (HITS, MORE), (WORDS, LONGER), level=0.9, draws=200, seed=5
    )
    assert found == pytest.approx(
        (
            one - two - np.sqrt((one - low) ** 2 + (higher - two) ** 2),
            one - two + np.sqrt((high - one) ** 2 + (two - lower) ** 2),
        ),
        rel=1e-9,
    )


def test_paired_difference_is_that_of_a_plain_loop():
    other, longer = np.array([0, 1, 0, 1, 2, 2]), np.array([10, 9, 12, 8, 20, 11])

    def apart(at):
        one, two = HITS[at].sum() / WORDS[at].sum(), other[at].sum() / longer[at].sum()
        error = (HITS[at] - one * WORDS[at]) / WORDS[at].sum()
        error = error - (other[at] - two * longer[at]) / longer[at].sum()
        return one - two, np.sqrt(6 * (error**2).sum() / 5)

    rng = generator(2)
    value, error = apart(np.arange(6))
    drawn = [apart(rng.integers(0, 6, 6)) for _ in range(250)]
    found = s.student_difference_interval(
        (HITS, other), (WORDS, longer), draws=250, seed=2, paired=True
    )
    assert found == pytest.approx(ends(drawn, value, error, 0.025, -1), rel=1e-9)


def test_many_patterns_at_once():
    both = np.stack([HITS, HITS[::-1]], axis=1)
    low, high = s.student_rate_interval(both, WORDS, draws=80)
    alone = s.student_rate_interval(HITS[::-1], WORDS, draws=80)
    assert (low.shape, high.shape) == ((2,), (2,))
    assert (low[1], high[1]) == pytest.approx(alone, rel=1e-12)


def test_two_sides_mirror_each_other():
    one = s.student_difference_interval((HITS, HITS), (WORDS, WORDS), draws=100, paired=True)
    assert one == (0, 0)
    few = s.student_difference_interval((HITS[:3], MORE[:4]), (WORDS[:3], LONGER[:4]))
    back = s.student_difference_interval((MORE[:4], HITS[:3]), (LONGER[:4], WORDS[:3]))
    assert few == pytest.approx((-back[1], -back[0]), rel=1e-12)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_below_five_articles_the_quantiles_are_those_of_student(n):
    rate, error = moments(MORE[:n], LONGER[:n])
    reach = stats.t.ppf(0.975, n - 1) * error
    found = s.student_rate_interval(MORE[:n], LONGER[:n])
    assert found == pytest.approx((max(rate - reach, 0), rate + reach), rel=1e-9)


@pytest.mark.parametrize(
    ("hits", "words", "rate"),
    [
        ([0] * 6, [100] * 6, 0),  # no hits: nothing to draw
        ([1, 2, 3, 1, 2, 3], [100, 200, 300] * 2, 0.01),  # the same rate everywhere
        ([0] * 6, [0] * 6, 0),  # no words
        ([1], [100], 0.01),  # one article
        ([], [], 0),  # none
    ],
)
def test_without_spread_both_ends_are_the_rate(hits, words, rate):
    assert s.student_rate_interval(hits, words, draws=50) == pytest.approx((rate, rate), abs=1e-12)


def test_it_is_wider_and_higher_than_the_percentile_interval_where_hits_clump():
    hits = np.array([0] * 20 + [1] * 8 + [9, 14])
    low, high = rate_interval(hits, np.full(30, 100))
    lower, higher = s.student_rate_interval(hits, np.full(30, 100))
    assert higher > high > low
    assert higher - lower > high - low
    assert lower >= 0


def test_hits_in_one_article_are_at_least_as_uncertain_as_the_percentile_interval_says():
    hits = np.array([1] + [0] * 29)  # a draw has this article or no spread at all
    low, high = rate_interval(hits, np.full(30, 100))
    lower, higher = s.student_rate_interval(hits, np.full(30, 100))
    assert lower == low == 0
    assert higher >= high > 2 * hits.sum() / 3000


def test_same_seed_same_numbers_other_seed_others():
    one, two = (s.student_rate_interval(HITS, WORDS, seed=1) for _ in range(2))
    assert one == two != s.student_rate_interval(HITS, WORDS, seed=2)
