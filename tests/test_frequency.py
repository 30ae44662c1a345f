"""Frequency lists and runs of words."""

from __future__ import annotations

import pytest

from corpuskit.analysis.closed_class import function_words
from corpuskit.analysis.frequency import frequency_list, ngrams
from corpuskit.corpus.corpus import Corpus

ROWS = [
    {"text": "A deal, a good deal. Don’t deal!", "outlet": "A"},
    {"text": "A good deal is a GOOD deal\nDeal done", "outlet": "B"},
]


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.from_frame(ROWS)


def test_frequency_list(corpus: Corpus) -> None:
    frame = frequency_list(corpus).frame
    assert frame[["word", "count", "range"]].to_numpy().tolist() == [
        ["deal", 6, 2],
        ["a", 4, 2],
        ["good", 3, 2],
        ["don't", 1, 1],
        ["done", 1, 1],
        ["is", 1, 1],
    ]
    assert frame.loc[0, "per_10k"] == pytest.approx(6e4 / 16)


def test_frequencies_add_up(corpus: Corpus) -> None:
    frame = frequency_list(corpus).frame
    assert frame["count"].sum() == len(corpus.words)
    assert frame["per_10k"].sum() == pytest.approx(10_000)
    by_outlet = frequency_list(corpus, by="outlet").frame
    assert by_outlet.groupby("outlet")["count"].sum().to_dict() == {"A": 7, "B": 9}
    assert by_outlet.groupby("word")["count"].sum().to_dict() == dict(
        zip(frame["word"], frame["count"], strict=True)
    )


def test_case_and_words_left_out(corpus: Corpus) -> None:
    cased = frequency_list(corpus, case=True).frame.set_index("word")["count"]
    assert cased["good"] == 2
    assert cased["GOOD"] == 1
    without = frequency_list(corpus, without=function_words())
    assert without.frame["word"].tolist() == ["deal", "good"]
    assert without.frame["per_10k"].iloc[0] == pytest.approx(6e4 / 16)


def test_toy_corpus_of_conc() -> None:
    # polsci/conc, nbs/api/70_frequency.ipynb: the 8 times in 6 texts, cat 3, is 12.5 per 100 words
    texts = ["The cat sat on the mat.", "The dog sat on the mat.", "The cat is meowing."]
    texts += ["The dog is barking.", "The cat is climbing a tree.", "The dog is digging a hole."]
    frame = frequency_list(Corpus.from_frame([{"text": text} for text in texts])).frame
    rows = frame.set_index("word")
    assert rows.loc["the", ["count", "range"]].tolist() == [8, 6]
    assert rows.loc["cat", "count"] == 3
    assert rows.loc["is", "per_10k"] == pytest.approx(1250)


def test_ngrams_stop_at_marks_sentences_and_articles(corpus: Corpus) -> None:
    frame = ngrams(corpus, 2, min_freq=1).frame
    counts = dict(zip(frame["ngram"], frame["count"], strict=True))
    assert counts == {
        "good deal": 3,
        "a good": 3,
        "a deal": 1,
        "deal done": 1,
        "deal is": 1,
        "don't deal": 1,
        "is a": 1,
    }
    assert frame["ngram"].tolist()[:2] == ["a good", "good deal"]


def test_longer_runs_and_groups(corpus: Corpus) -> None:
    assert ngrams(corpus, 3).frame[["ngram", "count", "range"]].to_numpy().tolist() == [
        ["a good deal", 3, 2]
    ]
    by = ngrams(corpus, 2, by="outlet").frame
    assert by["outlet"].unique().tolist() == ["B"]
    assert ngrams(corpus, 2, without=["a"]).frame["ngram"].tolist() == ["good deal"]
    assert ngrams(corpus, 9).frame.columns.tolist() == ["ngram", "count", "per_10k", "range"]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"n": 0}, "`n` must be a whole number of words, 1 or more; not 0. Give for instance n=5."),
        (
            {"min_freq": 0},
            "`min_freq` must be a whole number of occurrences, 1 or more; not 0. "
            "Give for instance min_freq=5.",
        ),
    ],
)
def test_refuses(corpus: Corpus, how: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        ngrams(corpus, **how)
    assert str(error.value) == message


def test_a_column_may_not_be_called_like_a_figure(corpus: Corpus) -> None:
    message = (
        "`by` must be a column of the articles, not a figure of this list; not 'word'. Rename it."
    )
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        frequency_list(corpus, by="word")
    assert str(error.value) == message
    with pytest.raises(TypeError, match=r"^`corpus` must be a Corpus; not str\."):
        frequency_list("x")


def test_what_was_chosen_is_in_the_caption(corpus: Corpus) -> None:
    assert frequency_list(corpus.where(outlet="A")).params["where"] == {"outlet": "A"}


def test_empty_lists_keep_their_kinds() -> None:
    none = Corpus.from_frame([])
    for frame in (frequency_list(none, by="outlet").frame, ngrams(none, by="outlet").frame):
        assert frame["count"].dtype == "int64"
        assert frame["range"].dtype == "int64"
