"""Permutation tests against all deals that there are, and their rules."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from corpuskit.measures import permutation as p

HITS = np.array([[4, 0], [3, 1], [2, 2], [0, 0], [1, 5], [0, 1], [2, 0]])
WORDS = np.array([100, 80, 120, 60, 90, 150, 100])
GROUPS = np.array([0, 0, 0, 1, 1, 2, 2])


def apart(inside):
    """Return how far the members are from the rest, one value a pattern."""
    rate = HITS[inside].sum(axis=0) / WORDS[inside].sum()
    return np.abs(rate - HITS[~inside].sum(axis=0) / WORDS[~inside].sum())


@pytest.mark.parametrize("group", [0, 1, 2])
def test_p_comes_near_that_of_all_deals(group):
    member = group == GROUPS
    deals = [np.isin(np.arange(7), at) for at in combinations(range(7), int(member.sum()))]
    exact = np.mean([apart(deal) >= apart(member) * (1 - 1e-12) for deal in deals], axis=0)
    found = p.permutation_p(HITS, WORDS, GROUPS, draws=4000, seed=2)[group]
    assert found == pytest.approx(exact, abs=0.03)


def test_p_is_that_of_a_plain_loop():
    rng = np.random.Generator(np.random.PCG64(3))
    farther = np.zeros(2)
    for _ in range(100):
        dealt = rng.permuted(GROUPS)
        farther += apart(dealt == 1) >= apart(GROUPS == 1) * (1 - 1e-12)
    found = p.permutation_p(HITS, WORDS, GROUPS, draws=100, seed=3)
    assert found[1].tolist() == ((farther + 1) / 101).tolist()


def test_p_does_not_depend_on_the_chunks(monkeypatch):
    once = p.permutation_p(HITS, WORDS, GROUPS, draws=50)
    swaps = p.swap_p((HITS, HITS[::-1]), (WORDS, WORDS), draws=50)
    monkeypatch.setattr(p, "CELLS", 20)
    assert np.array_equal(p.permutation_p(HITS, WORDS, GROUPS, draws=50), once)
    assert np.array_equal(p.swap_p((HITS, HITS[::-1]), (WORDS, WORDS), draws=50), swaps)


def test_two_groups_have_the_same_p():
    found = p.permutation_p(HITS, WORDS, GROUPS == 0, draws=200)
    assert np.array_equal(found[0], found[1])


def test_p_is_never_0_and_1_where_nothing_differs():
    wide = p.permutation_p([[1000]] * 20 + [[0]] * 20, [1000] * 40, [0] * 20 + [1] * 20, draws=99)
    assert wide.tolist() == [[0.01], [0.01]]
    same = p.permutation_p([[1]] * 4, [10] * 4, [0, 0, 1, 1], draws=99)
    assert same.tolist() == [[1], [1]]


def test_a_group_without_an_article_has_its_place():
    found = p.permutation_p([[1], [2]], [10, 10], [0, 0], count=3, draws=9)
    assert found.shape == (3, 1)
    assert p.permutation_p(np.zeros((0, 2)), [], [], draws=9).shape == (0, 2)


def test_turned_surpluses_come_near_those_of_all_turns():
    other, longer = np.array([1, 0, 0, 0, 2, 1, 1]), np.array([10, 12, 9, 11, 10, 8, 10])
    one, words = HITS[:, 0], WORDS // 8
    surplus = one - words / (words + longer) * (one + other)
    every = np.array(list(product([1, -1], repeat=7))) @ surplus
    exact = np.mean(np.abs(every) >= abs(surplus.sum()) * (1 - 1e-12))
    found = p.swap_p((one[:, None], other[:, None]), (words, longer), draws=4000, seed=2)
    assert found == pytest.approx(exact, abs=0.03)


@pytest.mark.parametrize(("words", "most"), [(10, 0.16), (60, 0.09)])
def test_parts_of_unlike_size_keep_the_level(words, most):
    """A short part beside one of four hundred words, the same rate in both: 4 or 24 hits."""
    rng = np.random.default_rng(3)
    short, long = np.full(40, words), np.full(40, 400)
    values = []
    for seed in range(200):
        rate = rng.gamma(2, 0.005, 40)
        hits = (rng.poisson(rate * short)[:, None], rng.poisson(rate * long)[:, None])
        values.append(float(p.swap_p(hits, (short, long), draws=199, seed=seed)[0]))
    assert np.mean(np.array(values) <= 0.05) < most
    assert np.mean(np.array(values) <= 0.5) > 0.3


def test_a_part_without_a_hit_where_none_is_expected_is_nothing():
    one = np.zeros((48, 1))
    two = np.full((48, 1), 4.0)
    sizes = np.zeros(48)
    sizes[0] = 24
    assert p.swap_p((one, two), (sizes, np.full(48, 370.0)), draws=99).tolist() == [1.0]


def test_half_of_all_labels_that_mean_nothing_have_a_p_below_a_half():
    rng = np.random.default_rng(1)
    values = []
    for seed in range(120):
        hits, words = rng.negative_binomial(0.5, 0.2, (24, 1)), rng.integers(50, 400, 24)
        labels = rng.permutation([0] * 8 + [1] * 16)
        values.append(float(p.permutation_p(hits, words, labels, draws=99, seed=seed)[0, 0]))
    assert 0.35 < np.mean(np.array(values) <= 0.5) < 0.65
    assert np.mean(np.array(values) <= 0.05) < 0.12
