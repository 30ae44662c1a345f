"""Lexical diversity against published values and against each definition written out."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from corpuskit.measures import diversity as d

TEXT = (
    "measure of textual lexical diversity computed as the mean length of sequential words in a "
    "text that maintains a minimum threshold ttr score iterates over words until ttr scores falls "
    "below a threshold then increase factor counter by and start over mccarthy and jarvis pg "
    "recommends a factor threshold in the range of mccarthy mccarthy and jarvis"
)
README = TEXT.split(" ")

PUBLISHED = [
    # LSYS/LexicalRichness README
    (d.ttr, {}, 0.6842105263157895),
    (d.mattr, {"window": 25}, 0.8351515151515151),
    (d.mtld, {"threshold": 0.72}, 46.79226361031519),
    (d.hdd, {"draws": 42}, 0.7468703323966486),
    (d.yule_k, {}, 153.8935056940597),
]


@pytest.mark.parametrize(("measure", "options", "expected"), PUBLISHED)
def test_published(measure, options, expected):
    assert len(README) == 57
    assert measure(README, least=57, **options) == pytest.approx(expected, abs=1e-9)


BY_HAND = [
    (d.ttr, "a b a a", {}, 2 / 4),
    (d.mattr, "a b a a", {"window": 2}, (1 + 1 + 0.5) / 3),
    (d.mattr, "a b a a", {"window": 1}, 1),
    (d.mattr, "a b a a", {"window": 4}, 0.5),
    # one full factor of 2 each way, nothing left over
    (d.mtld, "a a b b", {}, 2),
    # "a b a" has 2/3 (a factor), "b" is left over with TTR 1; backwards "b a b", then "a"
    (d.mtld, "a b a b", {}, 4),
    # a TTR that has come down to the threshold exactly is a full factor
    (d.mtld, "a b a c d", {"threshold": 2 / 3}, (5 + 5 / (0.2 / (1 / 3))) / 2),
    # the first word alone (TTR 1) is no factor; the rest of one word of two has 1 - 3/4
    (d.mtld, "a b c a", {"threshold": 0.5}, 4 / (0.25 / 0.5)),
    # no word twice: no factors, and the MTLD is the number of words
    (d.mtld, "a b c d e", {}, 5),
    (d.hdd, "a b c d", {"draws": 3}, 1),
    (d.hdd, "a a a a", {"draws": 4}, 1 / 4),
    (d.hdd, "a b a a", {"draws": 2}, (1 + (1 - 3 / 6)) / 2),
    # 10⁴ (9 + 1 - 4) / 16
    (d.yule_k, "a b a a", {}, 3750),
    (d.yule_k, "a b c d", {}, 0),
]


@pytest.mark.parametrize(("measure", "text", "options", "expected"), BY_HAND)
def test_by_hand(measure, text, options, expected):
    assert measure(text.split(), least=1, **options) == pytest.approx(expected, abs=1e-12)


def text_of(n: int, seed: int) -> list[str]:
    """A text whose words are about as unequally frequent as those of a language."""
    ranks = np.random.default_rng(seed).zipf(1.3, n)
    return [f"w{min(int(rank), 400)}" for rank in ranks]


def windows(words: Sequence[str], w: int) -> Fraction:
    """The mean TTR of all windows, each cut out and counted."""
    ratios = [Fraction(len(set(words[i : i + w])), w) for i in range(len(words) - w + 1)]
    return sum(ratios, Fraction(0)) / len(ratios)


def factors(words: Sequence[str], threshold: Fraction) -> Fraction:
    """N / factors in exact fractions: cut at the first place where the TTR is low enough."""
    left, full = list(words), Fraction(0)
    while left:
        ratios = [Fraction(len(set(left[:n])), n) for n in range(1, len(left) + 1)]
        cut = next((n for n, ratio in enumerate(ratios, 1) if ratio <= threshold), None)
        if cut is None:
            full += (1 - ratios[-1]) / (1 - threshold)
            break
        full, left = full + 1, left[cut:]
    return Fraction(len(words)) / full if full else Fraction(len(words))


@pytest.mark.parametrize("seed", range(12))
def test_against_the_definitions(seed):
    words = text_of(150 + 40 * seed, seed)
    assert d.mattr(words) == pytest.approx(float(windows(words, 100)), rel=1e-12)
    assert d.mattr(words, 37) == pytest.approx(float(windows(words, 37)), rel=1e-12)
    both = factors(words, Fraction(72, 100)) + factors(words[::-1], Fraction(72, 100))
    assert d.mtld(words) == pytest.approx(float(both / 2), rel=1e-12)
    counts = [words.count(word) for word in set(words)]
    drawn = sum(1 - stats.hypergeom.pmf(0, len(words), f, 42) for f in counts)
    assert d.hdd(words) == pytest.approx(drawn / 42, rel=1e-9)
    exact = sum(
        1 - Fraction(math.comb(len(words) - f, 42), math.comb(len(words), 42)) for f in counts
    )
    assert d.hdd(words) == pytest.approx(float(exact / 42), rel=1e-12)
    same = sum(a == b for a, b in itertools.permutations(words, 2))
    assert d.yule_k(words) == pytest.approx(1e4 * same / len(words) ** 2, rel=1e-12)
    assert d.ttr(words) == len(set(words)) / len(words)


def test_hdd_against_every_sample():
    words = list("abacabd")
    samples = list(itertools.combinations(words, 3))
    mean = sum(len(set(sample)) / 3 for sample in samples) / len(samples)
    assert d.hdd(words, 3, least=1) == pytest.approx(mean, rel=1e-12)


MEASURES = (d.ttr, d.mattr, d.mtld, d.hdd, d.yule_k)


@given(st.lists(st.sampled_from("abcdefgh"), min_size=42, max_size=120))
def test_bounds_and_what_does_not_matter(words):
    for measure in (d.ttr, d.hdd, d.yule_k):
        shuffled = random.Random(1).sample(words, len(words))
        assert measure(words, least=1) == pytest.approx(measure(shuffled, least=1), rel=1e-12)
    assert 0 < d.ttr(words, least=1) <= d.mattr(words, 42, least=1) + 1e-12
    assert 0 < d.hdd(words, least=1) <= 1
    assert d.hdd(words, len(words), least=1) == pytest.approx(d.ttr(words, least=1))
    assert d.mattr(words, len(words), least=1) == pytest.approx(d.ttr(words, least=1))
    assert 0 <= d.yule_k(words, least=1) < 1e4
    assert d.mtld(words, least=1) == pytest.approx(d.mtld(words[::-1], least=1), rel=1e-12)


def test_ids_of_words_are_as_good_as_words():
    words = text_of(200, 1)
    ids = np.unique(words, return_inverse=True)[1]
    for measure in MEASURES:
        assert measure(ids) == measure(words) == measure(iter(words))


@pytest.mark.parametrize("measure", MEASURES)
def test_short_texts_are_refused_with_the_reason(measure):
    message = (
        "`words` must be at least 100 words, because in fewer lexical diversity is mostly chance; "
        "not '99 words'. Join texts, or lower the minimum by hand with least=99."
    )
    with pytest.raises(ValueError) as error:  # noqa: PT011
        measure(["a", "b", "c"] * 33)
    assert str(error.value) == message
    measure(["a", "b", "c"] * 34)
    with pytest.raises(ValueError, match="`words` must be at least 1 words"):
        measure([], least=1)


REFUSED = [
    (
        lambda: d.mattr(README, least=57),
        ValueError,
        "`window` must be at most the 57 words of the text; not 100. Give for instance window=57.",
    ),
    (
        lambda: d.hdd(README, 58, least=57),
        ValueError,
        "`draws` must be at most the 57 words of the text; not 58. Give for instance draws=57.",
    ),
    (
        lambda: d.mattr(README, 0, least=57),
        ValueError,
        "`window` must be a whole number of words, 1 or more; not 0. Give for instance window=5.",
    ),
    (
        lambda: d.mtld(README, 1, least=57),
        ValueError,
        "`threshold` must be a share between 0 and 1; not 1. Give for instance threshold=0.95.",
    ),
    (
        lambda: d.ttr("a text"),
        TypeError,
        "`words` must be a list; not str. Split the text into words first.",
    ),
    (
        lambda: d.ttr(README, least=0),
        ValueError,
        "`least` must be a whole number of words, 1 or more; not 0. Give for instance least=5.",
    ),
]


@pytest.mark.parametrize(("call", "kind", "message"), REFUSED)
def test_refused(call, kind, message):
    with pytest.raises(kind) as error:
        call()
    assert str(error.value) == message
