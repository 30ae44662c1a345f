"""Days, labels and languages as databases write them."""

from __future__ import annotations

import pytest

from corpuskit.reading.databases.days import Day, day_in, is_day_line
from corpuskit.reading.databases.factiva_fields import field_of
from corpuskit.reading.databases.labels import label_of
from corpuskit.reading.databases.languages import language_code


@pytest.mark.parametrize(
    ("line", "value", "before", "after"),
    [
        ("January 11, 2010 Monday", "2010-01-11", "", ""),
        ("July 1, 2019 Monday 9:20 AM GMT", "2019-07-01T09:20+00:00", "", ""),
        ("December 19, 1991, Sunday, Final Edition", "1991-12-19", "", "Final Edition"),
        ("12 April 2013 Tuesday", "2013-04-12", "", ""),
        ("Montag 11. Januar 2010", "2010-01-11", "", ""),
        ("1. März 2020", "2020-03-01", "", ""),
        ("Politique, mardi 14 mars 2006, p. 16", "2006-03-14", "Politique", "p. 16"),
        ("1er août 2012", "2012-08-01", "", ""),
        ("3 de enero de 2022", "2022-01-03", "", ""),
        ("2018년 5월 28일 월요일", "2018-05-28", "", ""),
        ("2012 年 5 月 6 日 13:30", "2012-05-06T13:30", "", ""),
        ("2012-01-09T01:35:58Z", "2012-01-09T01:35:58+00:00", "", "T"),
        (
            "Gazette ; Arden [Arden]. 09 Mar 2022: A.1.",
            "2022-03-09",
            "Gazette ; Arden [Arden].",
            "A.1.",
        ),
        ("31 February 2019", "", "", ""),
        ("03/02/2010", "", "", ""),
        ("13/02/2010", "2010-02-13", "", ""),
    ],
)
def test_days_in_the_languages_of_databases(line: str, value: str, before: str, after: str) -> None:
    day = day_in(line)
    assert isinstance(day, Day)
    assert (day.moment.value, day.before, day.after) == (value, before, after)


@pytest.mark.parametrize("line", ["Edition 1; Scotland", "12 monkeys 2010", "2010", "", "May 2010"])
def test_lines_without_a_day(line: str) -> None:
    assert day_in(line) is None
    assert not is_day_line(line)


def test_a_sentence_with_a_date_is_no_line_of_a_date() -> None:
    assert not is_day_line("The bridge opened on January 11, 2010")
    assert not is_day_line("January 11, 2010 was a day " + "of rain " * 20)


@pytest.mark.parametrize(
    ("line", "capitals", "name"),
    [
        ("BYLINE: Ada Marsh", True, "byline"),
        ("LÄNGE: 300 Wörter", True, "length"),
        ("LOCALISATION-GEO: PARIS", True, "geographic"),
        ("Byline: Ada Marsh", True, ""),
        ("Byline:\xa0Ada Marsh", False, "byline"),
        ("Load-Date: June 1", False, "load_date"),
        ("Journal Code: X", False, "journal_code"),
        ("section: of the river", False, ""),
        ("He said: no", False, ""),
        ("Length:12", False, ""),
    ],
)
def test_labels(line: str, capitals: bool, name: str) -> None:
    found = label_of(line, capitals=capitals)
    assert (found.name if found else "") == name


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("HD", "headline"),
        ("hd", ""),
        ("Überschrift", "headline"),
        ("Titre", "headline"),
        ("标题", "headline"),
        ("제목", "headline"),
        ("作者 :", "byline"),
        ("기자", "byline"),
        ("Quelle", "outlet"),
        ("XX", ""),
        ("", ""),
    ],
)
def test_field_names_of_factiva(label: str, field: str) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ENGLISH; ENGLISHS", "en"),
        ("Français", "fr"),
        ("Französisch", "fr"),
        ("한국어", "ko"),
        ("Chinese (Simplified)", "zh"),
        ("英文", "en"),
        ("EN", "en"),
        ("Volapük", "Volapük"),
        ("", ""),
    ],
)
def test_names_of_languages(name: str, code: str) -> None:
    assert language_code(name) == code
