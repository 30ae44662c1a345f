"""Bootstrap, bootstrap-t, permutation and q against plain loops over the same drawn numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse, stats

from corpuskit.measures import permutation as perm
from corpuskit.measures import resampling as r
from corpuskit.measures import studentized as s

HITS = [3, 0, 1, 2, 0, 7]
WORDS = [100, 120, 80, 100, 10, 300]
MANY = [[3, 1], [0, 0], [1, 2], [2, 0], [0, 0], [7, 1]]
OTHER, SIZES = [1, 0, 2, 0, 3, 1], [90, 20, 45, 10, 70, 100]


def same(found, expected):
    """Compare two pairs (low, high), number by number."""
    assert np.ravel(found).tolist() == pytest.approx(np.ravel(expected).tolist(), rel=1e-9)


def drawn_rates(hits, words, draws, rng):
    """The rates of resampled corpora, one article after the other; 0 without words."""
    rates = []
    for _ in range(draws):
        rows = rng.integers(0, len(words), size=len(words)).tolist()
        below = sum(words[i] for i in rows)
        rates.append(sum(hits[i] for i in rows) / below if below else 0.0)
    return rates


def ends(values, level):
    """The percentile interval, between the two nearest of the sorted values."""
    low, high = [], sorted(values)
    for share in ((1 - level) / 2, 1 - (1 - level) / 2):
        at = share * (len(high) - 1)
        k = min(math.floor(at), len(high) - 2)
        low.append(high[k] + (at - k) * (high[k + 1] - high[k]))
    return low


def test_generator_is_the_named_one():
    expected = np.random.Generator(np.random.PCG64(7)).integers(0, 10**9, 5)
    assert r.generator(7).integers(0, 10**9, 5).tolist() == expected.tolist()
    assert r.generator(0).integers(0, 9) == np.random.Generator(np.random.PCG64(0)).integers(0, 9)


@pytest.mark.parametrize("cells", [1, 5, 17, 18, 2_000_000])
def test_weights_in_chunks_of_any_height(monkeypatch, cells):
    monkeypatch.setattr(r, "CELLS", cells)
    pieces = list(r.weights(6, 11, r.generator(3)))
    rows = max(1, cells // 6)
    assert [len(piece) for piece in pieces] == [min(rows, 11 - done) for done in range(0, 11, rows)]
    rng = r.generator(3)
    for row in np.concatenate(pieces).tolist():
        drawn = rng.integers(0, 6, size=6).tolist()
        assert row == [drawn.count(i) for i in range(6)]


def test_weights_of_one_article():
    (piece,) = r.weights(1, 3, r.generator(1))
    assert piece.tolist() == [[1.0], [1.0], [1.0]]
    assert piece.dtype == float


def test_chunks_hold_sixteen_megabytes():
    heights = [len(w) for w in r.weights(1_000, 2_001, r.generator(1))]
    assert heights == [2_000, 1]


def test_bootstrap_of_one_and_of_many_patterns():
    expected = drawn_rates(HITS, WORDS, 30, r.generator(5))
    assert r.bootstrap_rates(HITS, WORDS, draws=30, rng=r.generator(5)).tolist() == expected
    both = r.bootstrap_rates(MANY, WORDS, draws=30, rng=r.generator(5))
    assert both[:, 0].tolist() == expected
    second = drawn_rates([row[1] for row in MANY], WORDS, 30, r.generator(5))
    assert both[:, 1].tolist() == second
    text = r.bootstrap_rates(
        np.array(HITS, str), np.array(WORDS, str), draws=30, rng=r.generator(5)
    )
    assert text.tolist() == expected
    assert r.bootstrap_rates(HITS, WORDS, rng=r.generator(5)).shape == (2_000,)
    assert r.bootstrap_rates(HITS, WORDS, draws=1, rng=r.generator(5)).shape == (1,)


def test_bootstrap_without_articles():
    assert r.bootstrap_rates([], [], draws=2, rng=r.generator(1)).tolist() == [0, 0]
    found = r.bootstrap_rates(np.zeros((0, 3)), [], draws=2, rng=r.generator(1))
    assert found.tolist() == [[0, 0, 0], [0, 0, 0]]


def test_percentiles():
    values = np.array([4.0, 1.0, 3.0, 10.0, 7.0])
    same(r.interval(values), ends(values.tolist(), 0.95))
    same(r.interval(values, 0.5), ends(values.tolist(), 0.5))
    low, high = r.interval(np.stack([values, values * 2, values + 1], axis=1), 0.8)
    same(low, [ends(values.tolist(), 0.8)[0] * k + plus for k, plus in ((1, 0), (2, 0), (1, 1))])
    assert high.shape == (3,)


def test_rate_interval_and_its_defaults():
    same(r.rate_interval(HITS, WORDS), ends(drawn_rates(HITS, WORDS, 2_000, r.generator(1)), 0.95))
    found = r.rate_interval(HITS, WORDS, level=0.7, draws=33, seed=4)
    same(found, ends(drawn_rates(HITS, WORDS, 33, r.generator(4)), 0.7))


def differences(draws, seed, paired):
    rng = r.generator(seed)
    one = drawn_rates(HITS, WORDS, draws, rng)
    two = drawn_rates(OTHER, SIZES, draws, r.generator(seed) if paired else rng)
    return [a - b for a, b in zip(one, two, strict=True)]


def test_difference_interval_and_its_defaults():
    sides = (HITS, OTHER), (WORDS, SIZES)
    same(r.difference_interval(*sides), ends(differences(2_000, 1, False), 0.95))
    for paired in (False, True):
        found = r.difference_interval(*sides, level=0.6, draws=41, seed=9, paired=paired)
        same(found, ends(differences(41, 9, paired), 0.6))


VOCABULARY = np.array([[3, 0, 1, 0], [0, 0, 0, 9], [1, 0, 5, 0], [2, 0, 0, 0], [0, 0, 1, 1]])
LENGTHS = [100, 40, 80, 100, 10]


@pytest.mark.parametrize("kind", [list, np.asarray, sparse.csr_array, sparse.coo_array])
@pytest.mark.parametrize("block", [1, 3, 256])
def test_a_vocabulary_is_its_words(monkeypatch, kind, block):
    monkeypatch.setattr(r, "BLOCK", block)
    low, high = r.rate_intervals(kind(VOCABULARY), LENGTHS, level=0.8, draws=25, seed=6)
    for n in range(4):
        expected = drawn_rates(VOCABULARY[:, n].tolist(), LENGTHS, 25, r.generator(6))
        same((low[n], high[n]), ends(expected, 0.8))
    low, high = r.rate_intervals(kind(VOCABULARY), LENGTHS)
    expected = drawn_rates(VOCABULARY[:, 2].tolist(), LENGTHS, 2_000, r.generator(1))
    same((low[2], high[2]), ends(expected, 0.95))


def test_a_vocabulary_in_many_chunks_of_draws(monkeypatch):
    expected = r.rate_intervals(VOCABULARY, LENGTHS, draws=23)
    monkeypatch.setattr(r, "CELLS", 20)
    same(r.rate_intervals(VOCABULARY, LENGTHS, draws=23), expected)


def test_a_vocabulary_with_counts_too_large_for_four_bytes():
    top = 2**24 // 2 - 1
    for count in (top, top + 1, 2**24 + 1, 2**30 + 1):
        hits = [[count], [1]]
        low, high = r.rate_intervals(hits, [3, 7], draws=40, level=0.9)
        expected = ends(drawn_rates([count, 1], [3, 7], 40, r.generator(1)), 0.9)
        assert [float(low[0]), float(high[0])] == pytest.approx(expected, rel=1e-13)


def test_a_vocabulary_of_more_words_than_articles(monkeypatch):
    monkeypatch.setattr(r, "BLOCK", 2)
    hits, words = [[3, 0, 1, 0, 2], [1, 4, 0, 1, 1]], ["100", "50"]
    low, high = r.rate_intervals(hits, words, draws=20, level=0.8)
    for n in range(5):
        expected = drawn_rates([row[n] for row in hits], [100, 50], 20, r.generator(1))
        same((low[n], high[n]), ends(expected, 0.8))


def test_a_vocabulary_takes_2000_draws():
    rng = np.random.default_rng(8)  # many different articles, so that no two draws are the same
    hits, words = rng.integers(1, 9, (30, 1)), rng.integers(1, 900, 30)
    found = r.rate_intervals(hits, words)
    same(found, r.rate_intervals(hits, words, draws=2_000))
    assert float(found[0][0]) != float(r.rate_intervals(hits, words, draws=2_001)[0][0])


def test_a_vocabulary_of_nothing():
    low, high = r.rate_intervals(np.zeros((0, 3)), [], draws=5)
    assert low.tolist() == high.tolist() == [0, 0, 0]
    low, high = r.rate_intervals(np.zeros((2, 0)), [5, 6], draws=5)
    assert low.shape == high.shape == (0,)
    low, high = r.rate_intervals([[0], [0]], [0, 0], draws=5)
    assert (low[0], high[0]) == (0, 0)


# Benjamini and Hochberg
def plain_q(p):
    """The least p n / rank of a word and all with a larger p."""
    order = sorted(p)
    return [
        min(1.0, *(x * len(p) / (k + 1) for k, x in enumerate(order) if x >= value)) for value in p
    ]


@pytest.mark.parametrize(
    "p",
    [
        [0.01, 0.04, 0.03, 0.5],
        [0.0, 1.0, 0.5],
        [0.9, 0.95, 1.0, 1.0],
        [0.2, 0.2, 0.1],
        [0.3],
        [0, 1],
        [1.0, 0.0, 0.02, 0.02, 0.7, 0.001],
    ],
)
def test_q_values(p):
    found = r.q_values(p)
    assert found.dtype == float
    assert found.tolist() == pytest.approx(plain_q(p), rel=1e-12)
    assert r.q_values(np.array(p, str)).tolist() == found.tolist()


@pytest.mark.parametrize("wrong", [[0.5, -0.1], [0.5, 1.1], [[0.5, 0.1]], 0.5])
def test_q_values_refuse(wrong):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        r.q_values(wrong)
    expected = f"`p` must be a row of probabilities, 0 to 1; not {np.asarray(wrong)!r}."
    assert str(error.value) == f"{expected} Give one p value a word."


# Permutation
def rate(hits, words):
    return sum(hits) / sum(words) if sum(words) else 0.0


def apart(labels, g, hits, words):
    inside = [i for i, label in enumerate(labels) if label == g]
    outside = [i for i, label in enumerate(labels) if label != g]
    sides = [rate([hits[i] for i in at], [words[i] for i in at]) for at in (inside, outside)]
    return abs(sides[0] - sides[1])


def plain_p(hits, words, labels, draws, seed):
    """The share of deals at least as far apart, each deal one row of `permuted`."""
    rng, groups = r.generator(seed), range(max(labels) + 1)
    dealt = rng.permuted(np.tile(np.array(labels), (draws, 1)), axis=1).tolist()
    out = []
    for g in groups:
        seen = apart(labels, g, hits, words)
        found = [apart(deal, g, hits, words) >= seen * (1 - 1e-12) for deal in dealt]
        out.append((1 + sum(found)) / (draws + 1))
    return out


LABELS = [0, 1, 0, 2, 1, 0]


@pytest.mark.parametrize("cells", [1, 13, 45, 2_000_000])
def test_permutation_is_that_of_a_plain_loop(monkeypatch, cells):
    expected = plain_p(HITS, WORDS, LABELS, 60, 8)
    other = plain_p([row[1] for row in MANY], WORDS, LABELS, 60, 8)
    monkeypatch.setattr(perm, "CELLS", cells)
    found = perm.permutation_p(MANY, WORDS, LABELS, draws=60, seed=8)
    assert found.tolist() == [list(pair) for pair in zip(expected, other, strict=True)]
    text = perm.permutation_p(
        np.array(MANY, str), np.array(WORDS, str), np.array(LABELS, str), draws=60, seed=8
    )
    assert text.tolist() == found.tolist()


def test_permutation_defaults():
    found = perm.permutation_p(MANY, WORDS, LABELS)[:, 0]
    assert found.tolist() == plain_p(HITS, WORDS, LABELS, 2_000, 1)


def test_permutation_of_nothing_and_of_one_group():
    assert perm.permutation_p(np.zeros((0, 2)), [], []).shape == (0, 2)
    assert perm.permutation_p([[1], [0]], [5, 5], [0, 0], draws=9).tolist() == [[1.0]]
    assert perm.permutation_p([[2], [2]], [5, 5], [0, 1], draws=1).tolist() == [[1.0], [1.0]]
    assert perm.permutation_p([[0], [0]], [0, 0], [0, 1], draws=3).tolist() == [[1.0], [1.0]]


def test_permutation_with_groups_that_have_no_article():
    found = perm.permutation_p(MANY, WORDS, LABELS, draws=60, seed=8, count=5)
    assert found[:3, 0].tolist() == plain_p(HITS, WORDS, LABELS, 60, 8)
    assert found[3:].tolist() == [[1.0, 1.0], [1.0, 1.0]]


def plain_swap(one, two, size, other, draws, seed):
    rng, farther = r.generator(seed), 0
    sides = zip(one, two, size, other, strict=True)
    surplus = [a - w / (w + v) * (a + b) for a, b, w, v in sides]
    for flips in rng.integers(0, 2, size=(draws, len(size))).tolist():
        turned = math.fsum(-x if flip else x for x, flip in zip(surplus, flips, strict=True))
        farther += abs(turned) >= abs(math.fsum(surplus)) * (1 - 1e-12)
    return (farther + 1) / (draws + 1)


@pytest.mark.parametrize("cells", [1, 13, 45, 2_000_000])
def test_swaps_are_those_of_a_plain_loop(monkeypatch, cells):
    monkeypatch.setattr(perm, "CELLS", cells)
    one, two = [[h, 2 - h % 3] for h in HITS], [[h, h] for h in OTHER]
    found = perm.swap_p((one, two), (WORDS, SIZES), draws=50, seed=3)
    expected = [
        plain_swap([x[k] for x in one], [x[k] for x in two], WORDS, SIZES, 50, 3) for k in (0, 1)
    ]
    assert found.tolist() == expected
    text = (
        tuple(np.array(x, str) for x in (one, two)),
        tuple(np.array(x, str) for x in (WORDS, SIZES)),
    )
    assert perm.swap_p(*text, draws=50, seed=3).tolist() == expected
    assert perm.swap_p(([[1]], [[1]]), ([4], [4]), draws=1).tolist() == [1.0]


def test_swap_defaults():
    one, two = [[h] for h in HITS], [[h] for h in OTHER]
    expected = plain_swap(HITS, OTHER, WORDS, SIZES, 2_000, 1)
    assert perm.swap_p((one, two), (WORDS, SIZES)).tolist() == [expected]


def test_swap_of_no_articles():
    nothing = np.zeros((0, 2))
    assert perm.swap_p((nothing, nothing), ([], []), draws=3).tolist() == [1.0, 1.0]


# Bootstrap-t
def moments(sides):
    """Value and variance of a rate or a paired difference, from the error of each article."""
    n = len(sides[0][1])
    rates = [rate(hits, words) for hits, words in sides]
    errors = [0.0] * n
    scale = 0.0
    for k, ((hits, words), at) in enumerate(zip(sides, rates, strict=True)):
        for i in range(n):
            if sum(words):
                errors[i] += (-1) ** k * (hits[i] - at * words[i]) / sum(words)
    spread = sum(e * e for e in errors)
    for (one, size), at in zip(sides, rates, strict=True):
        for (two, other), to in zip(sides, rates, strict=True):
            if sum(size) and sum(other):
                scale += (
                    sum(one[i] * two[i] + at * to * size[i] * other[i] for i in range(n))
                    / sum(size)
                    / sum(other)
                )
    spread = spread if spread > 1e-12 * scale else 0.0
    value = rates[0] - rates[1] if len(sides) > 1 else rates[0]
    return value, spread * n / max(n - 1, 1)


def student(sides, level, draws, rng):
    n, tail = len(sides[0][1]), (1 - level) / 2
    value, variance = moments(sides)
    error = math.sqrt(variance)
    if n < 5:
        reach = stats.t.isf(tail, max(n - 1, 1)) * error
        return value - reach, value + reach
    t, values = [], []
    for _ in range(draws):
        rows = rng.integers(0, n, size=n).tolist()
        again = [([h[i] for i in rows], [w[i] for i in rows]) for h, w in sides]
        v, spread = moments(again)
        values.append(v)
        if spread > 0:
            t.append((v - value) / math.sqrt(spread))
    low, high = ends(t, level) if t else (0.0, 0.0)
    low, high = value - high * error, value - low * error
    if len(t) < draws:  # at least as far as the percentile interval
        least, most = ends(values, level)
        low, high = min(low, least), max(high, most)
    return low, high


CASES = [
    (HITS, WORDS),
    (OTHER, SIZES),
    ([3, 1, 4, 1], [50, 60, 70, 20]),
    ([3, 1, 4, 1, 6], [50, 60, 70, 20, 80]),
    ([2, 5], [50, 60]),
    ([2], [50]),
    ([0, 0, 0, 0, 0, 0], [5, 6, 7, 8, 9, 9]),
    ([1, 2, 3, 4, 5, 6], [10, 20, 30, 40, 50, 60]),
    ([0, 0, 0, 9, 0, 0, 0], [5, 6, 7, 8, 9, 9, 3]),
    ([0, 0, 0, 0, 0], [0, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(("hits", "words"), CASES)
def test_student_interval_of_a_rate(hits, words):
    low, high = student([(hits, words)], 0.8, 60, r.generator(7))
    found = s.student_rate_interval(hits, words, level=0.8, draws=60, seed=7)
    assert [float(x) for x in found] == pytest.approx([max(low, 0), high], rel=1e-6, abs=1e-12)
    assert all(np.ndim(x) == 0 for x in found)


def test_student_interval_of_many_patterns_and_the_defaults():
    found = s.student_rate_interval(MANY, WORDS)
    for k in (0, 1):
        column = [row[k] for row in MANY]
        low, high = student([(column, WORDS)], 0.95, 2_000, r.generator(1))
        same((found[0][k], found[1][k]), (max(low, 0), high))
    text = s.student_rate_interval(np.array(MANY, str), np.array(WORDS, str))
    same(text, found)


def test_student_interval_in_many_chunks(monkeypatch):
    expected = s.student_rate_interval(HITS, WORDS, draws=30)
    monkeypatch.setattr(r, "CELLS", 20)
    same(s.student_rate_interval(HITS, WORDS, draws=30), expected)


def test_student_interval_where_no_draw_has_a_spread():
    hits, words = [0, 0, 0, 9, 0, 0, 0], [5, 6, 7, 8, 9, 9, 3]
    without = 0
    for seed in range(8):
        found = [float(x) for x in s.student_rate_interval(hits, words, draws=1, seed=seed)]
        if 3 not in r.generator(seed).integers(0, 7, size=7).tolist():
            without += 1
            assert found == pytest.approx([0, 9 / 47], rel=1e-12)
    assert without


def test_student_interval_without_articles():
    assert [float(x) for x in s.student_rate_interval([], [])] == [0, 0]


def mover(one, two, level, draws, seed):
    rng = r.generator(seed)
    l1, u1 = student([one], level, draws, rng)
    l2, u2 = student([two], level, draws, rng)
    r1, r2 = rate(*one), rate(*two)
    l1, l2 = max(l1, 0), max(l2, 0)
    low = r1 - r2 - math.sqrt((r1 - l1) ** 2 + (u2 - r2) ** 2)
    return low, r1 - r2 + math.sqrt((u1 - r1) ** 2 + (r2 - l2) ** 2)


@pytest.mark.parametrize("swap", [False, True])
def test_student_interval_of_a_difference(swap):
    one, two = (OTHER, SIZES), (HITS, WORDS)
    one, two = (two, one) if swap else (one, two)
    sides = (one[0], two[0]), (one[1], two[1])
    found = s.student_difference_interval(*sides, level=0.7, draws=50, seed=3)
    same(found, mover(one, two, 0.7, 50, 3))
    assert all(np.ndim(x) == 0 for x in found)
    found = s.student_difference_interval(*sides, level=0.7, draws=50, seed=3, paired=True)
    same(found, student([one, two], 0.7, 50, r.generator(3)))
    same(s.student_difference_interval(*sides, draws=400), mover(one, two, 0.95, 400, 1))


def test_student_difference_defaults():
    rng = np.random.default_rng(8)  # many different articles, so that no two draws are the same
    sides = tuple(tuple(rng.integers(1, top, (2, 30)).tolist()) for top in (9, 900))
    found = s.student_difference_interval(*sides)
    same(found, s.student_difference_interval(*sides, level=0.95, draws=2_000, seed=1))
    assert found != s.student_difference_interval(*sides, draws=2_001)
    assert found != s.student_difference_interval(*sides, paired=True)


def test_student_difference_of_many_patterns():
    twice = [[h, h + 1] for h in OTHER]
    found = s.student_difference_interval((MANY, twice), (WORDS, SIZES), draws=40, seed=2)
    for k in (0, 1):
        columns = [row[k] for row in MANY], [row[k] for row in twice]
        expected = mover((columns[0], WORDS), (columns[1], SIZES), 0.95, 40, 2)
        same((found[0][k], found[1][k]), expected)


def test_student_difference_of_sides_of_unequal_length():
    hits, words = [2, 5, 1], [50, 60, 40]
    found = s.student_difference_interval((HITS, hits), (WORDS, words), draws=40, seed=2)
    same(found, mover((HITS, WORDS), (hits, words), 0.95, 40, 2))


def test_student_difference_needs_two_sides_of_both():
    with pytest.raises(ValueError, match="zip"):
        s.student_difference_interval((HITS, OTHER), (WORDS,))
    with pytest.raises(ValueError, match="zip"):
        s.student_difference_interval((HITS,), (WORDS, SIZES))


DRAWS = "`draws` must be a whole number of draws, 1 or more; not 0. Give for instance draws=5."
LEVEL = "`level` must be a share between 0 and 1; not 1.0. Give for instance level=0.95."
SEED = "`seed` must be a whole number of a seed, 0 or more; not -1. Give for instance seed=5."
PAIR = (HITS, OTHER), (WORDS, SIZES)
COLUMN = [[h] for h in HITS]
CALLS = [
    lambda **k: r.rate_interval(HITS, WORDS, **k),
    lambda **k: r.rate_intervals(COLUMN, WORDS, **k),
    lambda **k: r.difference_interval(*PAIR, **k),
    lambda **k: s.student_rate_interval(HITS, WORDS, **k),
    lambda **k: s.student_difference_interval(*PAIR, **k),
]
DEALS = [
    lambda **k: perm.permutation_p(COLUMN, WORDS, LABELS, **k),
    lambda **k: perm.swap_p((COLUMN, COLUMN), (WORDS, WORDS), **k),
]


@pytest.mark.parametrize(
    ("call", "wrong", "message"),
    [
        *((call, {"draws": 0}, DRAWS) for call in CALLS + DEALS),
        *((call, {"level": 1.0}, LEVEL) for call in CALLS),
        *((call, {"seed": -1}, SEED) for call in CALLS + DEALS),
    ],
)
def test_refused(call, wrong, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call(**wrong)
    assert str(error.value) == message


def test_student_interval_of_a_flat_pattern_beside_one_with_spread():
    """One pattern whose draws can lose all spread changes nothing for its neighbour."""
    words = [50, 60, 70, 20, 80, 40]
    flat, full = [0, 0, 0, 0, 0, 4], [3, 1, 4, 1, 6, 2]
    both = [list(pair) for pair in zip(flat, full, strict=True)]
    low, high = s.student_rate_interval(both, words, draws=60, seed=7)
    for k, column in enumerate((flat, full)):
        alone = s.student_rate_interval(column, words, draws=60, seed=7)
        same((low[k], high[k]), alone)


def test_weighted_q_values_are_those_of_p_by_weight():
    p, weights = [0.01, 0.04, 0.03, 0.9, 0.001], [1.0, 2.0, 5.0, 1.0, 0.5]
    mean = sum(weights) / len(weights)
    scaled = [min(x / (w / mean), 1) for x, w in zip(p, weights, strict=True)]
    found = r.q_values(p, weights)
    assert found.tolist() == pytest.approx(plain_q(scaled), rel=1e-12)
    assert r.q_values(p, np.multiply(weights, 7)).tolist() == pytest.approx(found.tolist())
    assert r.q_values(p, [3] * 5).tolist() == pytest.approx(r.q_values(p).tolist())
    assert r.q_values(p, np.array(weights, str)).tolist() == found.tolist()
    assert max(found) == 1
    assert r.q_values([], []).tolist() == []


def test_what_a_refused_weight_is_told():
    with pytest.raises(ValueError, match="weights") as error:
        r.q_values([0.1, 0.2], [1, 0])
    assert str(error.value) == (
        "`weights` must be a number above 0 for each p; not array([1., 0.]). "
        "Give one weight a word."
    )


@pytest.mark.parametrize("wrong", [[1, 1], [1, 0], [1, -1, 1], [1, math.nan, 1], 1, [0, 1, 1]])
def test_weights_refused(wrong):
    with pytest.raises(ValueError, match=r"^`weights` must be a number above 0 for each p; not "):
        r.q_values([0.1, 0.2, 0.3], wrong)


def test_equal_p_have_equal_q():
    p = [0.2, 0.01, 0.2, 0.01, 0.2, 0.01] * 9
    assert len(set(r.q_values(p).tolist())) == 2


def test_two_patterns_side_by_side_without_spread_in_one():
    """The pattern without spread leaves the other as it is."""
    hits = [[2, 1], [2, 0], [2, 4], [2, 0], [2, 1], [2, 0]]
    low, high = s.student_rate_interval(hits, [100] * 6, draws=60)
    alone = s.student_rate_interval([row[1] for row in hits], [100] * 6, draws=60)
    assert (low[1], high[1]) == pytest.approx(alone)
    assert (low[0], high[0]) == pytest.approx((0.02, 0.02))
