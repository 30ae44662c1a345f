"""The cleaning log, and cleaning and undoing a corpus."""

from __future__ import annotations

import re

import pytest

import corpuskit as ck
from corpuskit.analysis.ledger import cleaning_log
from corpuskit.reading.cleaning.newsrules import cleaning_rules

ROWS = [
    {"id": "a", "outlet": "Wire", "text": "GOA, Jan 3 (PTI) - One pact.\n\nTwo pacts. (PTI)"},
    {"id": "b", "outlet": "Wire", "text": "Three pacts.\n\nAlso read: More\n\nPROMO today"},
    {"id": "c", "outlet": "", "text": "Four pacts.\n\nCorrection: it was three."},
]


@pytest.fixture
def corpus():
    return ck.Corpus.from_frame(ROWS)


def cuts(corpus):
    log = cleaning_log(corpus).frame
    return list(zip(log["article"], log["rule"], log["text"], strict=True))


def test_texts_of_a_table_are_cleaned_only_when_asked(corpus):
    assert cuts(corpus) == []
    assert cuts(corpus.clean()) == [
        ("a", "dateline", "GOA, Jan 3 (PTI) -"),
        ("a", "agency tail", "(PTI)"),
        ("b", "also read", "Also read: More"),
    ]


def test_what_is_cut_is_not_found_and_what_is_undone_is(corpus):
    clean = corpus.clean()
    assert len(corpus.find("PTI")) == 2
    assert len(clean.find("PTI")) == 0
    assert len(clean.undo("agency tail").find("PTI")) == 1
    assert len(clean.undo().find("PTI")) == 2
    assert len(clean.where(zone="correction").find("three")) == 1


def test_texts_never_change(corpus):
    rules = cleaning_rules(add={"promo": "promo.*"})
    for other in (corpus.clean(), corpus.clean(rules), corpus.clean(rules).undo("own: promo")):
        assert [other.text(row["id"]) for row in ROWS] == [row["text"] for row in ROWS]


def test_cleaning_by_other_rules(corpus):
    rules = cleaning_rules("none", add={"promo": "promo.*"})
    clean = corpus.clean(rules)
    assert cuts(clean) == [("b", "own: promo", "PROMO today")]
    assert cuts(clean.clean(False)) == []
    assert cuts(clean.undo("own: promo")) == []


def test_a_part_is_cleaned_as_a_part(corpus):
    part = corpus.where(outlet="Wire").clean()
    assert len(part) == 2
    assert [article for article, *_ in cuts(part)] == ["a", "a", "b"]
    assert cuts(corpus.clean().where(id="b")) == [("b", "also read", "Also read: More")]


def test_the_log_adds_up(corpus):
    log = cleaning_log(corpus.clean())
    assert log.summary == "3 cuts in 2 of 3 articles, 30.16 % of the characters"
    by_outlet = log.by_outlet().frame
    assert by_outlet.to_dict("list") == {
        "outlet": ["(none)", "Wire"],
        "articles": [1, 2],
        "cuts": [0, 3],
        "chars": [38, 88],
        "cut_chars": [0, 38],
        "cut_share": [0.0, pytest.approx(100 * 38 / 88)],
    }
    by_rule = log.by_rule().frame
    assert by_rule["rule"].tolist() == ["agency tail", "also read", "dateline"]
    assert by_rule["cut_chars"].tolist() == [5, 15, 18]
    assert by_rule["articles"].tolist() == [1, 1, 1]
    assert by_rule["cut_share"].sum() == pytest.approx(100 * 38 / 126)


def test_the_card_tells_how_much_of_each_outlet_was_cut(corpus):
    card = dict(corpus.clean().card().frame.itertuples(index=False))
    assert card["characters cut"] == "38 of 126 (30.2%)"
    assert card["characters cut by outlet"] == "Wire 43.2%, (none) 0.0%"


def test_the_log_of_nothing():
    empty = cleaning_log(ck.Corpus([]))
    assert list(empty.frame.columns) == [
        "article", "outlet", "rule", "reason", "start", "end", "chars", "text",
    ]  # fmt: skip
    assert len(empty.by_outlet().frame) == len(empty.by_rule().frame) == 0
    assert len(ck.Corpus([]).clean().undo()) == 0


def test_an_unknown_rule_cannot_be_undone(corpus):
    with pytest.raises(ValueError, match=re.escape("Did you mean 'dateline'?")):
        corpus.clean().undo("datelin")


def test_a_rule_that_cut_nothing_can_be_undone(corpus):
    clean = corpus.clean()
    assert "cookies" not in [rule for _, rule, _ in cuts(clean)]
    assert cuts(clean.undo("cookies")) == cuts(clean)


def test_rules_reach_the_reader(tmp_path):
    (tmp_path / "a.txt").write_text("Head\n\nGOA: The lead.\n\nPROMO today\n", encoding="utf-8")
    rules = cleaning_rules(off="dateline", add={"promo": "promo.*"})
    corpus = ck.read_corpus(tmp_path, clean=rules)
    assert cuts(corpus) == [("a.txt", "own: promo", "PROMO today")]
    assert corpus.article(0).paragraphs == ["GOA: The lead."]
