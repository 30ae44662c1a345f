"""Dispersion of hits over articles."""

from __future__ import annotations

import pandas as pd
import pytest

from corpuskit.analysis.spread import dispersion
from corpuskit.corpus.corpus import Corpus

COLUMNS = ["hits", "articles", "range", "dp", "dp_norm"]

# Gries 2020, Analyzing dispersion: a word 1, 2, 3, 4, 5 times in parts of 9, 10, 10, 10, 11 words.
TOY = [
    ("d", "A", "2026-01-04", "x " + "b " * 8),
    ("b", "A", "", "x x " + "b " * 8),
    ("a", "B", "2026-01-03", "x x x " + "b " * 7),
    ("c", "B", "2026-01-03", "b " * 6 + "x x x x"),
    ("e", "", "2026-01-01", "x x x x x " + "b " * 6),
]


def toy(rows=TOY) -> Corpus:
    return Corpus.from_frame(pd.DataFrame(rows, columns=["id", "outlet", "date", "text"]))


def test_published_values():
    table = dispersion(toy().find("x"))
    row = table.frame.iloc[0]
    assert list(table.frame) == ["pattern", *COLUMNS]
    assert row[["pattern", "hits", "articles", "range"]].tolist() == ["x", 15, 5, 5]
    assert row["dp"] == pytest.approx(0.18, abs=1e-9)
    assert row["dp_norm"] == pytest.approx(0.18 / (1 - 9 / 50), abs=1e-9)
    assert table.caption == "Dispersion(pattern='x'): 15 hits in 5 of 5 articles"


def test_parts_stand_by_date_undated_last():
    parts = dispersion(toy().find("x")).parts
    assert list(parts) == ["article", "date", "outlet", "words", "hits", "expected"]
    assert parts["article"].tolist() == ["e", "a", "c", "d", "b"]
    assert parts["hits"].tolist() == [5, 3, 4, 1, 2]
    assert parts["words"].tolist() == [11, 10, 10, 9, 10]
    assert parts["expected"].tolist() == pytest.approx([3.3, 3, 3, 2.7, 3])


def test_positions_are_shares_of_the_words_of_the_article():
    rows = [("a", "", "", "One, two - x four!"), ("b", "", "", "x two"), ("c", "", "", "none")]
    positions = dispersion(toy(rows).find("x")).positions
    assert positions["article"].tolist() == ["a", "b"]
    assert positions["position"].tolist() == [0.5, 0.0]


def test_by_outlet_keeps_groups_without_hits_and_without_a_name():
    table = dispersion(
        toy([*TOY, ("f", "C", "", "b b"), ("g", "C", "", "b")]).find("x"), by="outlet"
    )
    assert list(table.frame) == ["outlet", *COLUMNS]
    assert table.frame["outlet"].tolist() == ["(none)", "A", "B", "C"]
    assert table.frame["hits"].tolist() == [5, 3, 7, 0]
    assert table.frame["dp"].tolist()[::3] == [0, 0]
    assert table.notes[1:] == (
        "No hits, so dp is 0 by rule: C.",
        "One article, so dp is 0 by rule: (none).",
    )


def test_by_zone():
    frame = dispersion(toy().find("x"), by="zone").frame
    assert frame["zone"].tolist() == ["headline", "lead", "body"]
    assert frame["hits"].tolist() == [0, 15, 0]


def test_no_hits():
    table = dispersion(toy().find("nothing"))
    assert table.frame.iloc[0].tolist() == ["nothing", 0, 5, 0, 0.0, 0.0]
    assert table.parts["hits"].tolist() == [0] * 5
    assert len(table.positions) == 0
    assert table.notes[1] == "No hits, so dp is 0 by rule: nothing."


@pytest.mark.parametrize("by", [None, "outlet"])
def test_empty_corpus(by):
    table = dispersion(toy([]).find("x"), by=by)
    assert list(table.frame) == [by or "pattern", *COLUMNS]
    assert (len(table), len(table.parts), len(table.positions)) == (0, 0, 0)
    assert list(table.parts) == ["article", "date", "outlet", "words", "hits", "expected"]


def test_refused():
    with pytest.raises(TypeError) as error:
        dispersion("x")
    assert str(error.value) == (
        '`hits` must be a Hits; not str. Give what corpus.find("partner*") returns.'
    )
    with pytest.raises(ValueError, match=r"Did you mean 'outlet'\?$"):
        dispersion(toy().find("x"), by="outlets")
