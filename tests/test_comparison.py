"""Rates and differences, with intervals that draw articles again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from corpuskit.analysis.comparison import compare, rates
from corpuskit.corpus.corpus import Corpus
from corpuskit.reading.article import Article, Zone

RATES = ["articles", "words", "hits", "per_10k", "low", "high"]
DIFFERENCES = ["per_10k", "rest_per_10k", "difference", "low", "high"]
ROWS = [
    ("a1", "A", "2026-01-01", "pact pact b b"),
    ("a2", "A", "2026-01-02", "pact b b b b b"),
    ("a3", "A", "", "b b b b b, b b b b b"),
    ("b1", "B", "2026-01-02", "b b b b b"),
    ("b2", "B", "2026-01-05", "b b - b"),
    ("c1", "", "2026-01-01", "pact b"),
]


def made(rows=ROWS) -> Corpus:
    return Corpus.from_frame(pd.DataFrame(rows, columns=["id", "outlet", "date", "text"]))


def stories(*pairs):
    return SimpleNamespace(stories=pd.DataFrame(pairs, columns=["article", "story"]))


def test_rates_by_outlet():
    table = rates(made().find("pact"), by="outlet")
    frame = table.frame
    assert list(frame) == ["outlet", *RATES]
    assert frame["outlet"].tolist() == ["(none)", "A", "B"]
    assert frame[["articles", "words", "hits"]].to_numpy().tolist() == [
        [1, 2, 1],
        [3, 20, 3],
        [2, 8, 0],
    ]
    assert frame["per_10k"].tolist() == [5_000, 1_500, 0]
    low, high = frame["low"].tolist(), frame["high"].tolist()
    assert low[0] == high[0] == 5_000
    assert low[1] < 1_500 < high[1]
    assert low[2] == high[2] == 0
    assert dict(table.params) == {
        "pattern": "pact",
        "by": "outlet",
        "level": 0.95,
        "draws": 2000,
        "seed": 1,
        "unit": "article",
    }
    assert table.notes == (
        "Hits per 10,000 words; intervals draw articles again.",
        "No hits: B; the interval 0 to 0 only says that what is not there cannot be drawn.",
        "One article, no interval (low and high repeat the value): (none).",
    )


def test_undated_articles_are_a_row():
    frame = rates(made().find("pact"), by="date").frame
    assert frame["date"].tolist() == ["(none)", "2026-01-01", "2026-01-02", "2026-01-05"]
    assert frame["words"].tolist() == [10, 6, 11, 3]


def test_whole_corpus_is_one_row():
    frame = rates(made().find("pact")).frame
    assert list(frame) == RATES
    assert frame[["articles", "words", "hits"]].to_numpy().tolist() == [[6, 30, 4]]


def test_interval_is_the_percentile_interval_of_whole_articles():
    hits, words = np.array([2, 1, 0]), np.array([4, 6, 10])
    rng = np.random.Generator(np.random.PCG64(7))
    drawn = [rng.integers(0, 3, 3) for _ in range(500)]
    slow = [1e4 * hits[rows].sum() / words[rows].sum() for rows in drawn]
    frame = rates(made().where(outlet="A").find("pact"), level=0.8, draws=500, seed=7).frame
    assert frame[["low", "high"]].to_numpy()[0] == pytest.approx(np.quantile(slow, [0.1, 0.9]))


def test_a_group_alone_has_the_same_row():
    every = rates(made().find("pact"), by="outlet").frame.set_index("outlet").loc["A"]
    alone = rates(made().where(outlet="A").find("pact")).frame.iloc[0]
    assert every.tolist() == alone.tolist()


def zoned(id: str, headline: str, body: str) -> Article:
    zones = (
        Zone(0, len(headline), "headline"),
        Zone(len(headline) + 1, len(headline) + 1 + len(body), "lead"),
    )
    return Article(id, f"{headline}\n{body}", outlet=id[0], zones=zones)


ZONED = Corpus([zoned("A1", "pact now", "b b b"), zoned("B2", "no", "pact pact b b pact b")])


def test_zones():
    frame = rates(ZONED.find("pact"), by="zone").frame
    assert frame["zone"].tolist() == ["headline", "lead", "body"]
    assert frame["words"].tolist() == [3, 9, 0]
    assert frame["hits"].tolist() == [1, 3, 0]
    assert frame["per_10k"].tolist() == pytest.approx([1e4 / 3, 1e4 / 3, 0])


def test_zones_of_the_same_articles_are_drawn_together():
    same = Corpus([zoned(f"A{n}", f"pact{' b' * n}", f"pact{' b' * n}") for n in range(6)])
    frame = compare(same, "pact", by="zone").frame
    assert frame.loc[:1, ["difference", "low", "high"]].to_numpy().tolist() == [[0, 0, 0]] * 2


def test_ten_copies_change_no_figure_per_story():
    copies = [(f"z{n}", "A", "2026-01-09", ROWS[0][3]) for n in range(10)]
    more = made([*ROWS, *copies])
    known = stories(("a1", "s1"), ("a2", "s2"), *((copy[0], "s1") for copy in copies))
    before = rates(made().find("pact"), by="outlet", unit="story", stories=stories())
    after = rates(more.find("pact"), by="outlet", unit="story", stories=known)
    assert before.frame.equals(after.frame)
    assert not rates(more.find("pact"), by="outlet").frame.equals(after.frame)
    note = "Each story counts once, through its earliest article: 10 of 16 articles repeat"
    assert after.notes[1] == f"{note} an earlier one."


def test_a_story_is_its_earliest_article_wherever_it_was_printed():
    known = stories(("a1", 1), ("c1", 1), ("b1", 2), ("a3", 2))
    frame = rates(made().find("pact"), by="outlet", unit="story", stories=known).frame
    assert frame["outlet"].tolist() == ["(none)", "A", "B"]  # a group without a story stays
    assert frame["articles"].tolist() == [0, 2, 2]
    assert frame.iloc[0, 1:].tolist() == [0] * 6


def test_compare():
    table = compare(made(), ["pact", "b", "pact"])
    frame = table.frame
    assert list(frame) == ["pattern", "outlet", *DIFFERENCES]
    assert frame["pattern"].tolist() == ["pact"] * 3 + ["b"] * 3
    assert frame["outlet"].tolist() == ["(none)", "A", "B"] * 2
    row = frame.iloc[1]
    assert row["per_10k"] == 1_500
    assert row["rest_per_10k"] == 1_000
    assert row["difference"] == 500
    assert row["low"] < 500 < row["high"]
    assert frame["low"].iloc[0] == frame["high"].iloc[0] == frame["difference"].iloc[0]
    assert table.params["patterns"] == ["pact", "b"]
    assert table.notes[1] == ("One article, no interval (low and high repeat the value): (none).")


def test_compare_draws_both_sides():
    hits, words = np.array([2, 1, 0]), np.array([4, 6, 10])
    rest_hits, rest_words = np.array([0, 0, 1]), np.array([5, 3, 2])  # B, then (none)
    rng = np.random.Generator(np.random.PCG64(3))
    one = [rng.integers(0, 3, 3) for _ in range(300)]
    two = [rng.integers(0, 3, 3) for _ in range(300)]
    first = np.array([hits[at].sum() / words[at].sum() for at in one])
    corpus = made([*ROWS[:3], *ROWS[3:5], ("c1", "C", "", "pact b")])
    second = np.array([rest_hits[at].sum() / rest_words[at].sum() for at in two])
    row = compare(corpus, "pact", draws=300, seed=3).frame.iloc[0]
    expected = 1e4 * np.quantile(first - second, [0.025, 0.975])
    assert row[["low", "high"]].tolist() == pytest.approx(expected.tolist())


def test_two_groups_mirror_each_other():
    frame = compare(made(ROWS[:5]), "pact").frame
    assert frame["difference"].iloc[0] == -frame["difference"].iloc[1]


def test_one_group_has_no_rest():
    table = compare(made(ROWS[:3]), "pact")
    assert list(table.frame) == ["pattern", "outlet", *DIFFERENCES]
    assert len(table) == 0
    assert table.notes[1] == "One group only: there is no rest to compare with."


@pytest.mark.parametrize("by", [None, "outlet", "date"])
def test_empty_corpus(by):
    table = rates(made([]).find("pact"), by=by)
    assert list(table.frame) == ([by] if by else []) + RATES
    assert len(table) == 0
    assert table.frame.dtypes[RATES].astype(str).tolist() == ["int64"] * 3 + ["float64"] * 3


@pytest.mark.parametrize("patterns", ["pact", [], ["pact", "b"]])
def test_compare_nothing(patterns):
    frame = compare(made([]), patterns).frame
    assert list(frame) == ["pattern", "outlet", *DIFFERENCES]
    assert len(frame) == 0


def test_no_hits_and_no_words():
    frame = rates(made([("a", "A", "", ""), ("b", "A", "", "...")]).find("pact"), by="outlet").frame
    assert frame.iloc[0].tolist() == ["A", 2, 0, 0, 0.0, 0.0, 0.0]


HITS = made().find("pact")
REFUSED = [
    (
        lambda: rates(HITS, unit="stories"),
        "`unit` must be one of 'article', 'story'; not 'stories'. Did you mean 'story'?",
    ),
    (
        lambda: rates(HITS, unit="story"),
        "`stories` must be the result of near_duplicates when unit='story'; not 'NoneType'. "
        "Give stories=near_duplicates(corpus).",
    ),
    (
        lambda: rates(HITS, stories=stories()),
        "`unit` must be 'story' where stories are given; not 'article'. Give unit='story'.",
    ),
    (
        lambda: rates(HITS, level=95),
        "`level` must be a share between 0 and 1; not 95. Give for instance level=0.95.",
    ),
    (
        lambda: rates(HITS, draws=0),
        "`draws` must be a whole number of draws, 1 or more; not 0. Give for instance draws=5.",
    ),
    (
        lambda: compare(made(), "pact", by="words"),
        "`by` must be a column whose name is not that of a figure of the result; not 'words'. "
        "Give the column another name before reading.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message
