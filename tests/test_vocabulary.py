"""The vocabulary: a sorted list of words that is not one."""

from __future__ import annotations

import pickle
from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.corpus.columns.vocabulary import Vocabulary, decoded, encoded

LETTERS = st.characters() | st.sampled_from("ab\ud83d\ude00é\U0001f600\uffff")
WORDS = st.sets(st.text(LETTERS, max_size=4), max_size=20).map(sorted)


@given(WORDS, st.text(LETTERS, max_size=4))
def test_is_the_list(words: list[str], other: str) -> None:
    vocabulary = Vocabulary.of(words)
    assert len(vocabulary) == len(words)
    assert [vocabulary[n] for n in range(-len(words), len(words))] == words * 2
    for word in [*words, other]:
        at = words.index(word) if word in words else -1
        assert vocabulary.index(word) == at
        assert (word in vocabulary) == (at >= 0)
        low, high = vocabulary.prefix(word)
        assert words[low:high] == [one for one in words if one.startswith(word)]
        assert bisect_left(vocabulary, word) == bisect_left(words, word)
    assert "listed" not in vars(vocabulary)  # so far nothing was decoded but what was asked for
    assert list(vocabulary) == vocabulary[:] == words
    assert vocabulary == words
    assert vocabulary == Vocabulary.of(words)
    assert [vocabulary[n] for n in range(len(words))] == words
    assert pickle.loads(pickle.dumps(vocabulary)) == words


@given(st.text(LETTERS))
def test_encoding_keeps_every_character(text: str) -> None:
    assert decoded(encoded(text)) == text


def test_differs_from_other_words() -> None:
    words = Vocabulary.of(["a", "b"])
    assert words != ["a", "c"]
    assert words != ["a"]
    assert words != "ab"
    assert 1 not in words


@pytest.mark.parametrize("number", [2, -3])
@pytest.mark.parametrize("read", [False, True])
def test_no_word_beyond_the_last(number: int, read: bool) -> None:
    words = Vocabulary.of(["a", "b"])
    assert not read or list(words)
    with pytest.raises(IndexError):
        words[number]


def test_bytes_may_be_read_only_maps(tmp_path) -> None:
    made = Vocabulary.of(["deal", "Öl"])
    for name in ("data", "offsets"):
        np.save(tmp_path / f"{name}.npy", getattr(made, name))
    data, offsets = (np.load(tmp_path / f"{n}.npy", mmap_mode="r") for n in ("data", "offsets"))
    mapped = Vocabulary(data, offsets)
    assert mapped.index("Öl") == 1
    assert list(mapped) == ["deal", "Öl"]


def test_empty() -> None:
    empty = Vocabulary.of([])
    assert empty == []
    assert empty.index("a") == -1
    assert empty.prefix("a") == (0, 0)
    assert repr(empty) == "Vocabulary: 0 words"
