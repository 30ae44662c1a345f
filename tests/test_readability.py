"""Readability against published values, the formulas written out, and words read aloud."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.measures import readability as r

SHORT = r.counts_of(["Cool", "dogs", "wear", "da", "sunglasses", "."], 1)

# textstat/textstat tests/backend/metrics, SHORT_TEXT "Cool dogs wear da sunglasses."
PUBLISHED = [
    (r.flesch, "syllables", 83.32, 2.0),
    (r.flesch_kincaid, "syllables", 2.88, 0.5),
    (r.gunning_fog, "polysyllables", 10.0, 0.7),
    (r.smog, "polysyllables", 8.842, 0.7),
    (r.ari, "characters", 4.62, 0.02),
    (r.lix, "long_words", 25.0, 0.02),
    (r.rix, "long_words", 1.0, 0.02),
]


@pytest.mark.parametrize(("formula", "third", "expected", "tol"), PUBLISHED)
def test_published(formula, third, expected, tol):
    value = formula(SHORT.words, SHORT.sentences, getattr(SHORT, third), least=5)
    assert float(value) == pytest.approx(expected, abs=tol)


def test_coleman_liau_has_the_published_weight():
    # textstat's 6.12 comes from a weight cut to 0.058; Coleman & Liau 1975 have 0.0588
    cut = r.coleman_liau(5, 1, SHORT.letters, letter_weight=0.058, least=5)
    assert float(cut) == pytest.approx(6.12, abs=0.02)
    assert float(r.coleman_liau(5, 1, 24, least=5)) == pytest.approx(6.504, abs=1e-9)


def test_counts_of_the_short_text():
    # as above: 1 sentence, 7 syllables, 1 word of three syllables or more
    assert SHORT == (5, 1, 7, 1, 1, 24, 25)
    assert r.counts_of(["“", "Naïve", "co-operation", "…"], 2) == (2, 2, 6, 1, 1, 16, 19)
    assert r.counts_of([], 0) == (0, 0, 0, 0, 0, 0, 0)


FORMULAS = [
    # BLKSerene/Wordless tests/tests_measures/test_measures_readability.py
    (r.flesch, (12, 3, 15), 97.025),
    (r.flesch_kincaid, (12, 3, 15), 0.7199999999999989),
    # by hand, each with 100 words in 5 sentences
    (r.flesch, (100, 5, 150), 206.835 - 20.3 - 126.9),
    (r.flesch_kincaid, (100, 5, 150), 7.8 + 17.7 - 15.59),
    (r.gunning_fog, (100, 5, 12), 12.8),
    (r.smog, (100, 5, 12), 3.1291 + 1.0430 * math.sqrt(72)),
    (r.smog, (900, 30, 81), 3.1291 + 1.0430 * 9),
    (r.ari, (100, 5, 470), 22.137 + 10 - 21.43),
    (r.coleman_liau, (100, 5, 470), 27.636 - 1.48 - 15.8),
    (r.lix, (100, 5, 24), 44),
    (r.rix, (100, 5, 24), 4.8),
]


@pytest.mark.parametrize(("formula", "counts", "expected"), FORMULAS)
def test_formulas(formula, counts, expected):
    assert float(formula(*counts, least=12)) == pytest.approx(expected, abs=1e-9)


ALL = (r.flesch, r.flesch_kincaid, r.gunning_fog, r.smog, r.ari, r.coleman_liau, r.lix, r.rix)


@given(st.integers(100, 10**6), st.integers(1, 10**5), st.integers(0, 10**7))
def test_always_a_number_and_monotone(words, sentences, third):
    for formula in ALL:
        value, more = formula(words, sentences, third), formula(words, sentences, third + 1)
        assert math.isfinite(float(value))
        assert float(more) > float(value) or formula is r.flesch
    assert float(r.flesch(words, sentences, third + 1)) < float(r.flesch(words, sentences, third))


def test_many_texts_at_once():
    words, sentences, third = np.array([100, 200, 300]), np.array([5, 6, 7]), np.array([20, 30, 40])
    for formula in ALL:
        ones = [float(formula(*counts)) for counts in zip(words, sentences, third, strict=True)]
        assert formula(words, sentences, third).tolist() == pytest.approx(ones, rel=1e-12)


# The rule of `syllables`, a word or more for each of its cases.
SYLLABLES = [
    # one for each run of vowels
    (1, "dog bread through was the be rhythm"),
    (2, "window today union's partner"),
    (3, "partnership agreement united"),
    # letters that are not heard
    (1, "make makes while walked called moved"),
    (2, "table tables wanted needed pages boxes dishes churches safely movement"),
    (2, "something sometimes surely named-by careful homeless"),
    # vowels that are heard apart
    (2, "trial being going prism didn't isn’t wasn't player"),
    (3, "media india area idea video period radio stadium annual earlier reaction"),
    (2, "nation special russian partial marriage people"),
    (3, "musical"),
    (4, "security society activity"),
    # numbers, capitals, accents, hyphens, nothing to hear
    (1, "2026 €5 hmm …"),
    (3, "BBC café-bar India"),
    (2, "café CAFÉ U.S. 3.5"),
]
WORDS = [(word, n) for n, words in SYLLABLES for word in words.split()]


@pytest.mark.parametrize(("word", "expected"), WORDS)
def test_syllables(word, expected):
    assert r.syllables(word) == expected


@given(st.text())
def test_every_word_has_a_syllable(word):
    assert 1 <= r.syllables(word) <= 3 * len(word) + 1


@pytest.mark.parametrize("formula", ALL)
def test_short_texts_are_refused_with_the_reason(formula):
    message = (
        "`words` must be at least 100, because in fewer words readability is mostly chance; "
        "not 99.0. Join texts, or lower the minimum by hand with least=."
    )
    with pytest.raises(ValueError) as error:  # noqa: PT011
        formula(99, 5, 150)
    assert str(error.value) == message
    formula(100, 5, 150)
    formula(99, 5, 150, least=99)


REFUSED = [
    (
        lambda: r.lix(100, 0, 5),
        ValueError,
        "`sentences` must be 1 or more; not 0.0. Count the sentences of each text.",
    ),
    (
        lambda: r.rix(100, [5, 5], [5, -1]),
        ValueError,
        "`the third count` must be 0 or more and finite; not -1.0. Take it from counts_of.",
    ),
    (
        lambda: r.counts_of("a text", 1),
        TypeError,
        "`words` must be a list; not str. Split the text into words first.",
    ),
    (
        lambda: r.counts_of(["a", "text"], 1.5),
        ValueError,
        "`sentences` must be a whole number of sentences, 0 or more; not 1.5. "
        "Give for instance sentences=5.",
    ),
]


@pytest.mark.parametrize(("call", "kind", "message"), REFUSED)
def test_refused(call, kind, message):
    with pytest.raises(kind) as error:
        call()
    assert str(error.value) == message


def test_e_with_an_accent_is_written_as_a_vowel_that_is_heard():
    assert r._plain("Café") == "Cafa"
    assert r._plain("fête’s naïve") == "fate's naive"


@pytest.mark.parametrize(("word", "alone"), [("bride's", 1), ("Bride's", 1), ("table's", 2)])
def test_the_end_of_a_genitive_makes_no_syllable(word, alone):
    assert r._heard(word) == r.syllables(word) == alone
