"""Word lists: counts of your own, a CSV file, and wordfreq's estimates."""

from __future__ import annotations

import sys

import pytest

from corpuskit.analysis.keys.keywords import keyness
from corpuskit.analysis.keys.wordlists import (
    NO_ARTICLES,
    read_word_list,
    reference_words,
    word_list,
)
from corpuskit.corpus.corpus import Corpus
from corpuskit.errors import DataError


def test_spellings_of_one_word_are_added_up():
    made = word_list({"The": 2, "the": 3, "Don’t": 1, "don't": 4})
    assert dict(made.counts) == {"the": 5, "don't": 5}
    assert made.size == 10
    assert repr(made) == "WordList: 2 words, word list: 10 words"
    assert made.notes[0].startswith("The size of the word list is the sum of its counts")
    assert word_list({"a": 1}, size=100, name="BIG").label == "BIG: 100 words"
    assert word_list({"a": 1}, size=100).notes == ()


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        (
            {"a": 0.5},
            "`counts` must be a mapping of word to count, whole numbers of 0 or more ('a' is not); "
            "not 0.5. Multiply shares by the size of their corpus.",
        ),
        (
            {"a": -1},
            "`counts` must be a mapping of word to count, whole numbers of 0 or more ('a' is not); "
            "not -1. Multiply shares by the size of their corpus.",
        ),
        ({3: 1}, "`counts` must be a mapping of word to count; not 3. Give every word as text."),
    ],
)
def test_counts_are_whole_numbers(counts, message):
    with pytest.raises(ValueError, match="counts") as error:
        word_list(counts)
    assert str(error.value) == message


def test_refused():
    with pytest.raises(TypeError) as error:
        word_list([("a", 1)])
    assert str(error.value) == (
        "`counts` must be a mapping of word to count; not list. Give a dict."
    )
    with pytest.raises(ValueError, match="size") as error:
        word_list({"a": 6}, size=5)
    assert str(error.value) == (
        "`size` must be at least the sum of the counts, 6 words; not 5. Check both."
    )


@pytest.mark.parametrize(
    "text",
    [
        "word,count\nthe,60\npact,2\n",
        "the,60\npact,2",
        "\ufeffword;count\r\nthe;60\r\n\r\npact;2\r\n",
        "the\t60\npact\t1\nPact\t1\n",
        '"the","60"\n"pact","2"\n',
    ],
)
def test_a_table_of_two_columns_is_read(tmp_path, text):
    file = tmp_path / "counts.csv"
    file.write_bytes(text.encode())
    made = read_word_list(file, size=1_000)
    assert dict(made.counts) == {"the": 60, "pact": 2}
    assert made.label == "counts.csv: 1,000 words"


@pytest.mark.parametrize(
    ("text", "line"),
    [("the,60\npact", 2), ("the,60\npact,2,1", 2), ("a,1\n,2", 2), ("a,1\nb,x\n", 2), ("a\n", 1)],
)
def test_a_wrong_row_is_named(tmp_path, text, line):
    file = tmp_path / "counts.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(DataError, match=rf"^counts\.csv:{line}: a row must be a word and a whole"):
        read_word_list(file)


def test_another_encoding_is_named(tmp_path):
    file = tmp_path / "counts.csv"
    file.write_bytes("a,1\ncafé,2\n".encode("cp1252"))
    with pytest.raises(DataError) as error:
        read_word_list(file)
    assert str(error.value) == (
        "counts.csv:2: the text is not UTF-8. Nothing was read. Save the table as CSV in UTF-8."
    )


def test_an_empty_list_is_a_case(tmp_path):
    file = tmp_path / "none.csv"
    file.write_text("", "utf-8")
    corpus = Corpus.from_frame([{"text": "a pact"}])
    table = keyness(corpus, read_word_list(file), min_freq=1, min_range=1)
    assert table.frame["log_ratio"].tolist() == [0, 0]


@pytest.fixture(scope="module")
def english():
    pytest.importorskip("wordfreq")
    return reference_words("en", wordlist="small")


def test_wordfreq_is_said_to_be_an_estimate(english):
    text = "The pact of 2026 is self-reliance for the U.S. today."
    corpus = Corpus.from_frame([{"id": str(n), "text": text} for n in range(3)])
    table = keyness(corpus, english, min_freq=3)
    assert NO_ARTICLES in table.notes
    assert any("wordfreq's frequencies are estimates" in note for note in table.notes)
    rows = table.frame[table.frame["target"] > 0].set_index("word")
    assert rows["reference"]["the"] > 1_000_000  # in an imagined 100 million words
    assert rows["reference"]["2026"] > 0  # a number: estimated by its shape
    assert rows["reference"]["u.s."] > 0  # spelled "u.s" there
    assert rows["reference"]["self-reliance"] == 0
    assert not any(char.isdigit() for word in english.counts for char in word)


def test_the_size_changes_how_sure_not_how_much(english):
    corpus = Corpus.from_frame([{"text": "the pact the pact the pact"}])
    small = reference_words("en", wordlist="small", size=10_000_000)
    one, two = (
        keyness(corpus, words, min_freq=1, min_range=1).frame.set_index("word").loc["pact"]
        for words in (english, small)
    )
    assert one["log_ratio"] == pytest.approx(two["log_ratio"], abs=0.02)


def test_unknown_languages_are_refused(english):
    with pytest.raises(ValueError, match=r"^`language` must be one of .*; not 'xx'\."):
        reference_words("xx")


def test_without_the_extra_the_remedy_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    with pytest.raises(ImportError) as error:
        reference_words("en")
    assert str(error.value) == (
        "reference_words needs wordfreq, which is not installed. "
        "Install the extra: pip install 'corpuskit[words]'."
    )
