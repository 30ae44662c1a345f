"""Bootstrap and Benjamini-Hochberg against slow and foreign versions of themselves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.sparse import csr_array

from corpuskit.measures import resampling as r

HITS = np.array([3, 0, 1, 2, 0, 7])
WORDS = np.array([100, 120, 80, 100, 0, 300])


def test_weights_draw_whole_corpora():
    chunks = list(r.weights(7, 50, r.generator(1)))
    drawn = np.concatenate(chunks)
    assert drawn.shape == (50, 7)
    assert set(drawn.sum(axis=1)) == {7.0}


def test_weights_do_not_depend_on_the_chunks(monkeypatch):
    once = np.concatenate(list(r.weights(7, 50, r.generator(1))))
    monkeypatch.setattr(r, "CELLS", 20)
    pieces = list(r.weights(7, 50, r.generator(1)))
    assert len(pieces) == 25
    assert np.array_equal(np.concatenate(pieces), once)


def test_bootstrap_is_that_of_a_plain_loop():
    found = r.bootstrap_rates(HITS, WORDS, draws=200, rng=r.generator(5))
    rng = r.generator(5)
    for value in found:
        rows = rng.integers(0, 6, size=6)
        assert value == HITS[rows].sum() / max(WORDS[rows].sum(), 1)


def test_same_seed_same_numbers_other_seed_others():
    one, two = r.rate_interval(HITS, WORDS, seed=1), r.rate_interval(HITS, WORDS, seed=1)
    assert one == two != r.rate_interval(HITS, WORDS, seed=2)


def test_interval_widens_with_level_and_holds_the_rate():
    low, high = r.rate_interval(HITS, WORDS, level=0.5)
    lower, higher = r.rate_interval(HITS, WORDS, level=0.99)
    assert lower < low < HITS.sum() / WORDS.sum() < high < higher


def test_interval_is_the_percentile_interval():
    low, high = r.interval(np.arange(101.0), 0.9)
    assert (low, high) == pytest.approx((5, 95))


def test_many_patterns_at_once():
    both = np.stack([HITS, HITS[::-1]], axis=1)
    drawn = r.bootstrap_rates(both, WORDS, draws=40, rng=r.generator(1))
    alone = r.bootstrap_rates(HITS, WORDS, draws=40, rng=r.generator(1))
    assert drawn.shape == (40, 2)
    assert np.array_equal(drawn[:, 0], alone)


def test_no_articles_and_no_words():
    assert r.bootstrap_rates([], [], draws=3, rng=r.generator(1)).tolist() == [0, 0, 0]
    assert r.rate_interval([0, 0], [0, 0]) == (0, 0)


def test_difference_draws_the_sides_apart():
    low, high = r.difference_interval((HITS, HITS), (WORDS, WORDS))
    assert low < 0 < high
    assert r.difference_interval((HITS, HITS), (WORDS, WORDS), paired=True) == (0, 0)


def test_coverage_of_a_known_rate():
    rng = np.random.default_rng(1)
    inside = 0
    for _ in range(200):
        words = rng.integers(200, 600, 60)
        hits = rng.poisson(rng.gamma(2, 0.005, 60) * words)  # clumped; the truth is 0.01
        low, high = r.rate_interval(hits, words, draws=400)
        inside += low <= 0.01 <= high
    assert 0.88 <= inside / 200 <= 0.99


def test_q_values_are_those_of_scipy():
    p = np.random.default_rng(3).uniform(0, 1, 200) ** 3
    assert r.q_values(p) == pytest.approx(stats.false_discovery_control(p), rel=1e-12)
    assert r.q_values([]).tolist() == []


def test_q_values_refuse_what_is_no_probability():
    with pytest.raises(ValueError, match=r"^`p` must be a row of probabilities, 0 to 1; not "):
        r.q_values([0.5, 1.5])


@pytest.mark.parametrize("large", [1, 2**24])  # sums that 4 bytes hold, and sums they do not
@pytest.mark.parametrize("sparse", [np.asarray, csr_array])
def test_a_vocabulary_at_once_has_the_intervals_of_its_words(sparse, large, monkeypatch):
    monkeypatch.setattr(r, "BLOCK", 2)
    rng = np.random.default_rng(1)
    counts, words = rng.poisson(0.5, (12, 5)) * large, rng.integers(50, 90, 12)
    low, high = r.rate_intervals(sparse(counts), words, level=0.9, draws=60, seed=3)
    for word in range(5):
        ends = r.rate_interval(counts[:, word], words, level=0.9, draws=60, seed=3)
        assert (low[word], high[word]) == ends


def test_a_vocabulary_of_nothing():
    assert [ends.tolist() for ends in r.rate_intervals(np.zeros((3, 0)), [1, 2, 3])] == [[], []]
    low, high = r.rate_intervals(np.zeros((0, 2)), [], draws=5)
    assert low.tolist() == high.tolist() == [0, 0]


@pytest.mark.parametrize("patterns", [(), (1,), (3,), (9,), (0,)])
@pytest.mark.parametrize("kind", ["whole", "large", "enormous", "broken", "negative"])
def test_adding_up_what_is_drawn_is_counting_how_often_it_is(patterns, kind):
    rng = np.random.default_rng(len(kind))
    hits = rng.integers(0, 10 ** {"large": 9, "enormous": 17}.get(kind, 2), (40, *patterns))
    hits = hits * {"broken": 0.1, "negative": -1}.get(kind, 1)
    words = rng.integers(0, 900, 40)
    found = r.bootstrap_rates(hits, words, draws=70, rng=r.generator(3))
    weight = np.concatenate(list(r.weights(40, 70, r.generator(3))))
    total = (weight @ words).reshape(-1, *[1] * len(patterns))
    assert found.shape == (70, *patterns)
    assert np.array_equal(found, (weight @ hits.astype(float)) / total)
    known = r._packed(np.column_stack([words.astype(float), hits]))
    assert (known is not None) == (kind in ("whole", "large") and patterns != (0,))
