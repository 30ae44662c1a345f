"""Rates along the calendar: no period is missing, nothing is smoothed unasked."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from corpuskit.analysis.comparing.comparison import rates
from corpuskit.analysis.comparing.periods import all_between, day_of, label_of
from corpuskit.analysis.comparing.trends import trend
from corpuskit.corpus.corpus import Corpus
from corpuskit.reading.article import Article

COLUMNS = ["period", "articles", "words", "hits", "per_10k", "low", "high"]
ROWS = [
    ("a1", "A", "2026-01-26", "pact pact b b"),  # a Monday
    ("a2", "A", "2026-01-28", "pact b b b b b"),
    ("a3", "B", "2026-01-28", "b b b b"),
    ("a4", "B", "", "pact b b b b"),
    ("a5", "B", "2026-02-01", "b b b b b b b b b b"),  # the Sunday of that week
    ("a6", "A", "2026-02-02", "pact b"),  # the next Monday
]


def made(rows=ROWS) -> Corpus:
    return Corpus.from_frame(pd.DataFrame(rows, columns=["id", "outlet", "date", "text"]))


HITS = made().find("pact")


@pytest.mark.parametrize(
    ("day", "week", "month"),
    [
        ("2026-01-01", "2025-12-29", "2026-01"),  # week 1 of 2026 begins in 2025
        ("2021-01-03", "2020-12-28", "2021-01"),  # week 53 of 2020
        ("2024-12-30", "2024-12-30", "2024-12"),  # week 1 of 2025
        ("2026-02-01", "2026-01-26", "2026-02"),  # a Sunday closes its week
    ],
)
def test_the_period_of_a_day(day, week, month):
    at = date.fromisoformat(day)
    assert [label_of(at, every) for every in ("day", "week", "month")] == [day, week, month]


def test_the_weeks_are_iso_weeks():
    for n in range(date(2019, 12, 1).toordinal(), date(2027, 2, 1).toordinal()):
        day = date.fromordinal(n)
        monday = date.fromisocalendar(*day.isocalendar()[:2], 1)
        assert label_of(day, "week") == monday.isoformat()


def test_all_periods_between_two_days():
    days = [date(2026, 2, 3), date(2025, 11, 30)]
    assert all_between(days, "month") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    weeks = all_between(days, "week")
    assert (weeks[0], weeks[-1], len(weeks)) == ("2025-11-24", "2026-02-02", 11)
    assert len(all_between(days, "day")) == 66
    assert all_between([], "day") == []
    assert all_between([date(9999, 12, 31)], "month") == ["9999-12"]


@pytest.mark.parametrize("text", ["", "2026-01", "2026", "yesterday", "2026-02-30", "20260127"])
def test_what_is_no_day(text):
    assert day_of(text) is None


def test_days():
    table = trend(HITS)
    frame = table.frame
    assert list(frame) == COLUMNS
    days = [f"2026-01-{n}" for n in range(26, 32)]
    assert frame["period"].tolist() == [*days, "2026-02-01", "2026-02-02", "(none)"]
    assert frame["articles"].tolist() == [1, 0, 2, 0, 0, 0, 1, 1, 1]
    assert frame["words"].tolist() == [4, 0, 10, 0, 0, 0, 10, 2, 5]
    assert frame["hits"].tolist() == [2, 0, 1, 0, 0, 0, 0, 1, 1]
    assert frame["per_10k"].tolist() == [5000, 0, 1000, 0, 0, 0, 0, 5000, 2000]
    assert table.summary == "4 of 5 hits in 8 days"
    assert table.notes == (
        "Hits per 10,000 words.",
        "Intervals draw articles again; log-t: their standard error, on the scale of the "
        "logarithm, times Student's t.",
        "4 days without articles: per_10k is 0 by rule, not a finding.",
        "3 days with one article: no interval, low and high repeat the value.",
        "1 article without a date: row '(none)'.",
    )
    assert dict(table.params) == {
        "pattern": "pact",
        "every": "day",
        "level": 0.95,
        "draws": 2000,
        "seed": 1,
        "unit": "article",
    }


def test_weeks_and_months():
    weeks, months = trend(HITS, "week").frame, trend(HITS, "month").frame
    assert weeks["period"].tolist() == ["2026-01-26", "2026-02-02", "(none)"]
    assert weeks["hits"].tolist() == [3, 1, 1]
    assert months["period"].tolist() == ["2026-01", "2026-02", "(none)"]
    assert months["articles"].tolist() == [3, 2, 1]


@pytest.mark.parametrize("interval", ["percentile", "bootstrap-t"])
def test_a_day_has_the_row_that_rates_gives_it(interval):
    rows = [(f"b{n}", "A", "2026-01-26", "pact " * (n % 3) + "b " * (n + 2)) for n in range(9)]
    corpus = made([*ROWS[1:], *rows])
    hits = corpus.find("pact")
    one = trend(hits, seed=3, interval=interval).frame.set_index("period")
    other = rates(hits, by="date", seed=3, interval=interval).frame.set_index("date")
    for day in other.index:
        assert one.loc[day].tolist() == other.loc[day].tolist()


def test_the_undated_row_is_there_without_undated_articles():
    frame = trend(made(ROWS[:2]).find("pact")).frame
    assert frame.iloc[-1].tolist() == ["(none)", 0, 0, 0, 0.0, 0.0, 0.0]


def test_undated_articles_alone():
    frame = trend(made(ROWS[3:4]).find("pact")).frame
    assert frame["period"].tolist() == ["(none)"]
    assert frame["hits"].tolist() == [1]


def test_dates_that_name_no_day_are_undated_and_told():
    dates = {"a": "2026-01", "b": "spring", "c": "2026-01-05T08:00"}
    corpus = Corpus([Article(id, "pact b", published=text) for id, text in dates.items()])
    table = trend(corpus.find("pact"), "month")
    assert table.frame["articles"].tolist() == [1, 2]
    assert table.notes[-1] == (
        "2 articles whose date does not name a day (for instance '2026-01'): row '(none)'."
    )


def test_smoothing_pools_periods_and_says_so():
    table = trend(HITS, smooth=3)
    expected = [5000, 3 / 14 * 1e4, 1000, 1000, 0, 0, 1 / 12 * 1e4, 1 / 12 * 1e4, 2000]
    assert table.frame["smoothed"].tolist() == pytest.approx(expected)
    assert table.frame[COLUMNS].equals(trend(HITS).frame)
    assert table.notes[-1] == (
        "smoothed: hits per 10,000 words of 3 days together, each day with 1 before and 1 after "
        "it, fewer at the ends."
    )
    assert table.params["smooth"] == 3


def test_groups_have_the_same_periods():
    table = trend(HITS, "week", by="outlet")
    assert list(table.frame) == ["outlet", *COLUMNS]
    assert table.frame[["outlet", "period", "hits"]].to_numpy().tolist() == [
        ["A", "2026-01-26", 3],
        ["A", "2026-02-02", 1],
        ["A", "(none)", 0],
        ["B", "2026-01-26", 0],
        ["B", "2026-02-02", 0],
        ["B", "(none)", 1],
    ]
    assert "1 week of a group without articles: per_10k is 0 by rule, not a finding." in table.notes


def test_ten_copies_change_no_figure_per_story():
    copies = [(f"z{n}", "A", "2026-02-09", ROWS[0][3]) for n in range(10)]
    pairs = [("a1", "s"), *((copy[0], "s") for copy in copies)]
    known = SimpleNamespace(stories=pd.DataFrame(pairs, columns=["article", "story"]))
    after = trend(made([*ROWS, *copies]).find("pact"), "week", unit="story", stories=known)
    before = trend(HITS, "week").frame
    assert after.frame.equals(before)  # the copies' week is no row either


@pytest.mark.parametrize(("by", "smooth"), [(None, None), ("outlet", 3)])
def test_empty_corpus(by, smooth):
    table = trend(made([]).find("pact"), by=by, smooth=smooth)
    names = ([by] if by else []) + COLUMNS + (["smoothed"] if smooth else [])
    assert list(table.frame) == names
    assert len(table) == 0
    assert table.summary == "0 of 0 hits in 0 days"
    assert table.frame.dtypes[COLUMNS[1:4]].astype(str).tolist() == ["int64"] * 3


def test_explain():
    told = trend(HITS).explain("2026-01-28")
    assert told.frame.to_numpy().tolist() == [
        ["2026-01-28", 1, 9, 10, 1000.0],
        ["all rows", 5, 26, 31, 1e4 * 5 / 31],
    ]
    assert told.notes[0] == (
        "per_10k = 10,000 × Σ hits / Σ words = 10,000 × 1 / 10 = 1,000.00 hits per 10,000 words."
    )
    assert told.notes[2] == "Direction: lower than the 1,612.90 of all rows together."
    assert "2,000 corpora of 2 articles drawn with replacement, seed 1." in told.notes[3]


def test_explain_a_group():
    table = trend(HITS, "week", by="outlet")
    for told in (table.explain(3), table.explain("2026-01-26", "B"), table.explain(0, "B")):
        assert dict(told.params) == {"pattern": "pact", "outlet": "B", "period": "2026-01-26"}
        assert told.frame["words"].tolist() == [14, 19]
        assert "it applies here (no hits)" in told.notes[1]
        assert repr(told)
        assert told._repr_html_()


REFUSED = [
    (
        lambda: trend(HITS, "year"),
        "`every` must be one of 'day', 'week', 'month'; not 'year'. Choose one of these.",
    ),
    (
        lambda: trend(HITS, smooth=4),
        "`smooth` must be an odd number of periods, so that one is in the middle; not 4. "
        "Give for instance smooth=5.",
    ),
    (
        lambda: trend(HITS, smooth=1),
        "`smooth` must be a whole number of periods, 3 or more; not 1. Give for instance smooth=5.",
    ),
    (
        lambda: trend(HITS, interval="student"),
        "`interval` must be one of 'log-t', 'percentile', 'bootstrap-t'; not 'student'. "
        "Choose one of these.",
    ),
    (
        lambda: trend(HITS, by="period"),
        "`by` must be a column whose name is not that of a figure of the result; not 'period'. "
        "Give the column another name before reading.",
    ),
    (
        lambda: trend(HITS).explain("2026-01-2"),
        "`row` must be the label or the number of a row of this table; not '2026-01-2'. "
        "Did you mean '2026-01-29'?",
    ),
    (
        lambda: trend(HITS).explain(0, "A"),
        "`group` must be None where there are no groups; not 'A'. Give trend(hits, by=...).",
    ),
    (
        lambda: trend(HITS, by="outlet").explain(0, "C"),
        "`group` must be a group of this table; not 'C'. to_frame() shows the rows it has.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message
