"""Diversity and readability at the edges: whole refusals, thresholds of counting, spelling."""

from __future__ import annotations

import numpy as np
import pytest

from corpuskit.measures import diversity as d
from corpuskit.measures import readability as r


# Words of 6 and 7 letters, of 2, 3 and 4 syllables, one of each.
def test_thresholds_of_the_counts():
    found = r.counts_of(["planet"], 1)  # six letters, two syllables: neither long nor hard
    assert (found.long_words, found.polysyllables) == (0, 0)
    found = r.counts_of(["banana"], 1)  # six letters, three syllables
    assert (found.long_words, found.polysyllables) == (0, 1)
    found = r.counts_of(["thought"], 1)  # seven letters, one syllable
    assert (found.long_words, found.polysyllables) == (1, 0)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("dog’s", 1),  # a curly apostrophe is an apostrophe, and 's is no syllable
        ("dog's", 1),
        ("didn’t", 2),
        ("didn't", 2),
        ("Tess's", 1),
        ("cafe", 1),  # a silent e
        ("caf\u00e9", 2),  # an accent is heard
        ("caf\u00c9", 2),
        ("p\u00e8re", 1),
    ],
)
def test_spelling(word, expected):
    assert r.syllables(word) == expected


def test_counts_of_small_unsigned_numbers():
    one = [np.array([n], np.uint8) for n in (200, 10, 150)]
    expected = r.flesch(200, 10, 150, least=1)
    assert r.flesch(*one, least=1).tolist() == [float(expected)]
    text = [np.array([str(n)]) for n in (200, 10, 150)]
    assert r.flesch(*text, least=1).tolist() == [float(expected)]


LEAST = "`least` must be a whole number of words, 1 or more; not 0. Give for instance least=5."
REFUSED = [
    (lambda: r.flesch(12, 3, 15, least=0), LEAST),
    (lambda: d.ttr(["a"], least=0), LEAST),
    (
        lambda: d.hdd(["a", "b"], 0, least=1),
        "`draws` must be a whole number of words, 1 or more; not 0. Give for instance draws=5.",
    ),
    (
        lambda: d.ttr([]),
        "`words` must be at least 100 words, because in fewer lexical diversity is mostly chance;"
        " not '0 words'. Join texts, or lower the minimum by hand with least=1.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message


def test_one_word_is_enough_where_it_is_asked_for():
    assert d.hdd(["a"], 1, least=1) == 1
    assert float(r.rix(1, 1, 1, least=1)) == 1
