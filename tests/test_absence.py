"""Absent words: what was expected, and how sure the silence is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from corpuskit.analysis.keys.absence import absent
from corpuskit.corpus.corpus import Corpus

COLUMNS = ["word", "reference", "expected", "probability_of_zero", "upper_bound", "range"]
TEXTS = {"A": ["a pact is a pact"], "B": ["no deal no deal", "a deal . x"]}


def made(**outlets) -> Corpus:
    rows = [(name, text) for name, texts in outlets.items() for text in texts]
    return Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "text"]))


def test_words_of_the_reference_that_the_target_lacks():
    corpus = made(**TEXTS)
    table = absent(corpus.where(outlet="A"), corpus.where(outlet="B"), min_freq=2)
    assert list(table.frame) == COLUMNS
    assert table.frame[["word", "reference", "range"]].to_numpy().tolist() == [
        ["deal", 3, 2],
        ["no", 2, 1],
    ]
    assert table.frame["expected"].tolist() == pytest.approx([5 * 3 / 7, 5 * 2 / 7])
    assert table.frame["probability_of_zero"].tolist() == pytest.approx(
        [(4 / 7) ** 5, (5 / 7) ** 5]
    )
    assert table.frame["upper_bound"].tolist() == pytest.approx([6_000, 6_000])
    assert table.notes[2] == "1 more absent words occur fewer than 2 times in the reference."
    rest = absent(corpus.where(outlet="A"), "rest", min_freq=2)
    pd.testing.assert_frame_equal(rest.frame, table.frame)


def test_a_word_list_has_no_range():
    table = absent(made(A=TEXTS["A"]), {"the": 90, "Pact": 5, "a": 5})
    assert table.frame["word"].tolist() == ["the"]
    assert table.frame["expected"].tolist() == pytest.approx([4.5])
    assert table.frame["range"].isna().all()
    assert "range is missing (–): a word list has no articles." in table.notes
    assert table.explain("the").notes[-1] == "range is missing (–): a word list has no articles."
    assert "nan" not in repr(table).lower()


@pytest.mark.parametrize(
    ("outlets", "chance", "bound"),
    [
        ({"A": [], "B": ["x"]}, 1, 10_000),  # no target at all: nothing is known
        ({"A": ["a b"], "B": ["x"]}, 0, 10_000),  # the reference has no other word
        ({"A": ["a " * 300], "B": ["x y"]}, 0.5**300, 100),
    ],
)
def test_small_sides(outlets, chance, bound):
    corpus = made(**outlets)
    frame = absent(corpus.where(outlet="A"), corpus.where(outlet="B"), min_freq=1).frame
    assert frame["probability_of_zero"][0] == pytest.approx(chance, abs=1e-15)
    assert frame["upper_bound"][0] == pytest.approx(bound)
    assert np.isfinite(frame.select_dtypes("number").to_numpy(float)).all()


def test_nothing():
    corpus = made()
    assert list(absent(corpus, "rest").frame) == COLUMNS
    assert list(absent(corpus, {}).frame) == COLUMNS


def test_explain():
    corpus = made(**TEXTS)
    told = absent(corpus.where(outlet="A"), "rest", min_freq=2).explain("DEAL")
    assert told.caption == "AbsentWord(word='deal'): 0 observed, 2.143 expected in target"
    assert told.frame["reference"].tolist() == [3, 4, 7]
    assert told.frame["target"].tolist() == [0, 5, 5]
    lines = "\n".join(told.notes)
    assert "expected = 3 / 7 × 5 = 2.143" in lines
    assert "probability_of_zero = (1 - 3 / 7)^5 = 0.0609" in lines
    assert "upper_bound = 10,000 × 3 / 5 = 6,000.000 per 10,000 words" in lines
    assert "the word is in 2 of 2 articles of the reference" in lines
    assert told._repr_html_() == told._repr_html_()


def test_refused():
    corpus = made(**TEXTS)
    with pytest.raises(ValueError, match=r"^`reference` must be a corpus that shares no words"):
        absent(corpus.where(outlet="A"), corpus)
    with pytest.raises(ValueError, match=r"^`word` must be a word of this table; not 'pact'"):
        absent(corpus.where(outlet="A"), "rest", min_freq=1).explain("pact")
