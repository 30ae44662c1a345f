"""Dates of news pages: read exactly, or left empty with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.reading.dates import date_findings, read_date

READ = [
    ("07:29 PM, Jan 27, 2026", "2026-01-27T19:29"),
    ("2026-01-27", "2026-01-27"),
    ("2026-01-27T19:29", "2026-01-27T19:29"),
    ("2026-01-27 19:29:05Z", "2026-01-27T19:29:05+00:00"),
    ("2026-01-27T23:59:00+05:30", "2026-01-27T23:59+05:30"),  # the local day stays
    ("2026-01-27T19:29:00.123+0530", "2026-01-27T19:29+05:30"),
    ("27 January 2026", "2026-01-27"),
    ("January 27, 2026", "2026-01-27"),
    ("Jan. 27, 2026", "2026-01-27"),
    ("Sept. 3, 2025", "2025-09-03"),
    ("27th of January 2026", "2026-01-27"),
    ("27-Jan-2026", "2026-01-27"),
    ("27/01/2026", "2026-01-27"),  # no month 27
    ("01/27/2026", "2026-01-27"),
    ("27.01.2026", "2026-01-27"),
    ("05/05/2026", "2026-05-05"),  # the same either way
    ("Tuesday, January 27, 2026", "2026-01-27"),
    ("Tue, 27 Jan 2026 07:29:00 +0530", "2026-01-27T07:29+05:30"),
    ("27 Jan 2026, 7:29 p.m.", "2026-01-27T19:29"),
    ("Jan 27, 2026 at 7pm", "2026-01-27T19:00"),
    ("12:05 AM, Jan 1, 2026", "2026-01-01T00:05"),
    ("12:05 PM, Jan 1, 2026", "2026-01-01T12:05"),
    ("Published on: 27 January 2026", "2026-01-27"),
    ("2026-W05-2", "2026-01-27"),
    ("20260127", "2026-01-27"),
    ("20260127192905", "2026-01-27T19:29:05"),
    ("20260127T192905Z", "2026-01-27T19:29:05+00:00"),
    ("2026-01-27 19:29:05 +0000 UTC", "2026-01-27T19:29:05+00:00"),
    ("Tue Jan 27 19:29:00 2026", "2026-01-27T19:29"),
    ("27 janv. 2026", "2026-01-27"),
    ("mardi 1er février 2026", "2026-02-01"),
    ("Dienstag, 27. Januar 2026", "2026-01-27"),
    ("3. März 2026", "2026-03-03"),
    ("3. Ma\u0308rz 2026", "2026-03-03"),  # decomposed
    ("martes, 27 de enero de 2026", "2026-01-27"),
    ("martedì 27 gennaio 2026", "2026-01-27"),
    ("terça-feira, 27 de janeiro de 2026", "2026-01-27"),
    ("dinsdag 27 januari 2026", "2026-01-27"),
    ("2026年1月27日", "2026-01-27"),
    ("2026년 1월 27일 화요일", "2026-01-27"),
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_date_is_read(text: str, value: str) -> None:
    assert read_date(text) == (value, "")


UNREAD = [
    ("03/02/2026", "ambiguous"),
    ("31 February 2026", "impossible"),
    ("31/02/2026", "impossible"),
    ("13:29 PM, Jan 27, 2026", "impossible"),
    ("25:10, Jan 27, 2026", "impossible"),
    ("2026-W60-1", "impossible"),
    ("2026年13月1日", "impossible"),
    ("31 juin 2026", "impossible"),
    ("yesterday", "vague"),
    ("3 hours ago", "vague"),
    ("1769500000", "vague"),  # seconds since 1970
    ("2026", "vague"),
    ("January 2026", "vague"),
    ("27 Jan", "vague"),
    ("27/01/26", "vague"),
    ("Myind Staff", "none"),
    ("Next Steps", "none"),
    ("Sunday Times", "none"),
    ("", "none"),
    ("27 January 2026 " * 100, "none"),
]


@pytest.mark.parametrize(("text", "problem"), UNREAD)
def test_date_is_left_empty(text: str, problem: str) -> None:
    assert read_date(text) == ("", problem)


def test_known_order_settles_the_ambiguous() -> None:
    assert read_date("03/02/2026", "dmy").value == "2026-02-03"
    assert read_date("03/02/2026", "mdy").value == "2026-03-02"
    assert read_date("27/01/2026", "mdy").problem == "impossible"


def test_a_zone_name_is_no_offset() -> None:
    assert read_date("27 January 2026, 19:29 IST") == ("2026-01-27T19:29", "zone")
    assert read_date("2026-10-25 02:30 Europe/London") == ("2026-10-25T02:30", "zone")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "03/02/2026",
            "CK-131 a.txt: the date '03/02/2026' may be day-month or month-day; it was left "
            "empty. It was loaded. Give date_order='dmy' or 'mdy' if you know it.",
        ),
        (
            "31 February 2026",
            "CK-132 a.txt: the date '31 February 2026' does not exist; it was left empty. "
            "It was loaded. Correct it in the file.",
        ),
        (
            "yesterday",
            "CK-133 a.txt: the date 'yesterday' does not name a day; it was left empty. "
            "It was loaded. Write the day into the file, for instance 2026-01-27.",
        ),
        (
            "19:29 IST, 27 Jan 2026",
            "CK-134 a.txt: the time zone in '19:29 IST, 27 Jan 2026' is not a number; the local "
            "time was kept without it. It was loaded. "
            "Write the offset into the file, for instance +05:30.",
        ),
    ],
)
def test_what_was_not_read_is_told(text: str, message: str) -> None:
    assert [found.message("a.txt") for found in date_findings(text, read_date(text))] == [message]


@given(st.dates(), st.times())
def test_day_and_time_survive(day: object, time: object) -> None:
    text = f"{day}T{time:%H:%M}"
    assert read_date(text) == (text, "")


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert read_date(text).problem in ("", "ambiguous", "impossible", "vague", "zone", "none")
