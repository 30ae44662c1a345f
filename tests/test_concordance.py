"""Concordances: contexts, orders, samples."""

from __future__ import annotations

import itertools
import string

import pytest

from corpuskit.analysis.concordances.concordance import COLUMNS, Kwic, kwic
from corpuskit.corpus.corpus import Corpus
from corpuskit.reading.article import Article, Zone

ALPHABET = " ".join(string.ascii_uppercase)


def lines(text: str, pattern: str, window: int, **how: str) -> list[list[str]]:
    corpus = Corpus.from_frame([{"text": text}])
    frame = kwic(corpus.find(pattern), window, **how).frame
    return frame[["left", "node", "right"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        # cran/quanteda@80ded14f tests/testthat/test-kwic.R
        (ALPHABET, "D", [["A B C", "D", "E F G H I"]]),
        (ALPHABET, "A", [["", "A", "B C D E F"]]),
        (
            "what does the fox say fox",
            "fox",
            [["what does the", "fox", "say fox"], ["what does the fox say", "fox", ""]],
        ),
        # marks are shown and not counted
        (
            "“One, two.” Fox: three – four five six seven!",
            "fox",
            [["“One, two.”", "Fox", ": three – four five six seven!"]],
        ),
    ],
)
def test_contexts(text: str, pattern: str, expected: list[list[str]]) -> None:
    assert lines(text, pattern, 5) == expected


def test_window_zero_and_sentences() -> None:
    assert lines("a b c", "b", 0) == [["", "b", ""]]
    text = "They left. A deal holds. It was late."
    assert lines(text, "deal", 9, within="sentence") == [["A", "deal", "holds."]]
    assert lines(text, "deal", 2) == [["left. A", "deal", "holds. It"]]


def test_contexts_leave_out_what_was_cut() -> None:
    text = "Deal near\n- In WORLD\nThe deal is near."
    zones = (Zone(0, 9, "headline"), Zone(21, 38, "lead"))
    corpus = Corpus([Article("a", text, zones=zones)])
    frame = kwic(corpus.find("the"), 3).frame
    assert frame.loc[0, "left"] == "Deal near ¶"
    assert kwic(corpus.find("near"), 2).frame["right"].tolist() == ["¶ The deal", "."]
    assert kwic(corpus.where(zone="lead").find("deal"), 3).frame.loc[0, "left"] == "The"


def test_against_a_plain_loop() -> None:
    # all texts of three words over two words and an article border, windows 0 to 7
    for words in itertools.product(["a", "b", "|"], repeat=3):
        texts = " ".join(words).split("|")
        corpus = Corpus.from_frame([{"text": text} for text in texts])
        for window in range(8):
            expected = []
            for text in texts:
                tokens = text.split()
                for i, token in enumerate(tokens):
                    if token == "a":
                        left = tokens[max(i - window, 0) : i]
                        right = tokens[i + 1 : i + 1 + window]
                        expected.append([" ".join(left), "a", " ".join(right)])
            frame = kwic(corpus.find("a"), window).frame
            assert frame[["left", "node", "right"]].to_numpy().tolist() == expected


@pytest.fixture
def concordance() -> Kwic:
    rows = [
        {"id": "1", "outlet": "B", "text": "old pact holds"},
        {"id": "2", "outlet": "A", "text": "new Pacts end"},
        {"id": "3", "outlet": "B", "text": "pact"},
        {"id": "4", "outlet": "A", "text": "best pact ends"},
    ]
    return kwic(Corpus.from_frame(rows).find("pact*"))


@pytest.mark.parametrize(
    ("keys", "articles"),
    [
        ("1R", "3241"),  # a missing word comes first
        ("1L", "3421"),
        ("node", "1342"),
        ("node 1L", "3412"),
        ("outlet", "2413"),
        ("outlet 1R", "2431"),
    ],
)
def test_sort(concordance: Kwic, keys: str, articles: str) -> None:
    assert concordance.sort(keys).frame["article"].tolist() == list(articles)
    assert concordance.sort("1R").sort(keys).frame["article"].tolist() == list(articles)


def test_sample_is_seeded_and_keeps_the_order(concordance: Kwic) -> None:
    drawn = [concordance.sort("1R").sample(2, seed=3) for _ in range(2)]
    one, two = (sample.frame["article"].tolist() for sample in drawn)
    assert one == two
    assert one == [article for article in "3241" if article in one]
    assert drawn[0].notes[-1] == "A sample of 2 of 4 lines."
    by = concordance.sample(1, seed=1, by="outlet")
    assert sorted(by.frame["outlet"]) == ["A", "B"]
    assert len(concordance.sample(99, seed=1)) == 4


def test_a_sample_holds_the_same_lines_in_any_order(concordance: Kwic) -> None:
    for seed in range(5):
        one, two = (
            set(lines.sample(2, seed=seed).frame["article"])
            for lines in (concordance, concordance.sort("1R"))
        )
        assert one == two


def test_kwic_wants_hits() -> None:
    message = (
        r"^`hits` must be a Hits; not str\. Give what corpus\.find\(\"partner\*\"\) returns\.$"
    )
    with pytest.raises(TypeError, match=message):
        kwic("partner*")


def test_views_show_n_of_all() -> None:
    corpus = Corpus.from_frame([{"text": "pact " * 150}])
    lines = kwic(corpus.find("pact"), 1)
    assert "Note: 20 of 150 rows shown; to_frame() gives all." in repr(lines)
    assert lines._repr_html_().count("<tr ") == 101
    assert lines._repr_html_() == lines._repr_html_()
    assert '<td style="text-align:center;font-weight:bold">pact</td>' in lines._repr_html_()
    assert lines.head(3).notes[-1] == "The first 3 of 150 lines."


def test_from_a_line_to_its_report(concordance: Kwic) -> None:
    line = concordance.sort("1R")
    assert line.text(1) == "new Pacts end"
    assert line.sentence(0) == "pact"
    with pytest.raises(
        ValueError, match=r"^`line` must be a line from 0 to 3; not 4\. Count lines from 0\.$"
    ):
        line.text(4)


def test_no_hits() -> None:
    corpus = Corpus.from_frame([{"text": "a"}])
    empty = kwic(corpus.find("b"))
    assert empty.frame.columns.tolist() == list(COLUMNS)
    assert empty.sort().sample(3, seed=1).frame.empty
    assert repr(empty).startswith("Kwic(pattern='b', window=10): 0 hits in 0 articles\n")


def test_refuses_unknown_keys(concordance: Kwic) -> None:
    with pytest.raises(ValueError, match=r"Did you mean 'outlet'\?$"):
        concordance.sort("outlets")
