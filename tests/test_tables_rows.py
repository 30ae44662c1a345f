"""Rows of a table as text: what stands between marks, and what breaks it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.reading.tables.rows import Dialect, Row, Rows, dialect_of

COMMA = Dialect(",")


def rows(text: str, width: int = 0, dialect: Dialect = COMMA) -> list[Row]:
    return list(Rows(text.splitlines(keepends=True), dialect, width))


def cells(text: str, width: int = 0) -> list[list[str]]:
    return [row.cells for row in rows(text, width)]


READ = [
    ("a,b\n", [["a", "b"]]),
    ("a,b", [["a", "b"]]),  # no line end at the end
    ("a,,\n", [["a", "", ""]]),
    ("a,b\r\nc,d\r", [["a", "b"], ["c", "d"]]),  # three line ends
    ('"a,b",c\n', [["a,b", "c"]]),
    ('"a ""b"" c",d\n', [['a "b" c', "d"]]),
    ('a, "b, c" \n', [["a", ' "b', ' c" ']]),  # blanks behind: no quotation marks of CSV
    ('a, "b, c",d\n', [["a", "b, c", "d"]]),  # a blank before
    ('"a\nb","c\r\nd"\n', [["a\nb", "c\r\nd"]]),  # line ends inside stay as they stand
    ('"",""\n', [["", ""]]),
    ('5" pipe,x\n', [['5" pipe', "x"]]),
    ("a,b\n\n\nc,d\n", [["a", "b"], ["c", "d"]]),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_cells(text: str, expected: list[list[str]]) -> None:
    assert cells(text) == expected


def test_quotation_marks_that_are_not_doubled_are_text_and_told() -> None:
    assert rows('3,"He said "no" to me",x\n') == [Row(1, ["3", 'He said "no" to me', "x"], True)]
    assert rows('"Big" news,x\n') == [Row(1, ['"Big" news', "x"], True)]
    assert rows('3,"First\nHe said "no" then\nLast",x\n', 3) == [
        Row(1, ["3", 'First\nHe said "no" then\nLast', "x"], True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        '1,"He said,x\n2,"Fine",y\n3,plain,z\n',  # a quotation mark follows in the next row
        '1,"He said,x\n2,fine,"y"\n3,plain,z\n',  # …in its last cell
        '1,"He said,x\n2,fine,y\n3,plain,z\n',  # none follows at all
    ],
)
def test_a_quotation_mark_astray_costs_its_own_row_alone(text: str) -> None:
    found = rows(text, 3)
    assert found[0] == Row(1, [], unclosed=True)
    assert [(row.line, row.cells[0]) for row in found[1:]] == [(2, "2"), (3, "3")]


def test_a_text_that_is_cut_off_makes_no_rows_of_its_paragraphs() -> None:
    text = '1,ok,a\n2,"First, with a comma,\nsecond paragraph\nthird paragraph\n'
    assert rows(text, 3) == [Row(1, ["1", "ok", "a"]), Row(2, [], unclosed=True)]


def test_reading_twice_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuskit.reading.tables.rows.MOST_AGAIN", 10)
    text = '1,"a,x\n2,"b,x\n3,"c,x\n4,d,x\n'
    assert [row.line for row in rows(text, 3)] == [1, 2, 4]  # the third went with the second


DIALECTS = [
    ("id,text\n1,a\n", Dialect(",")),
    ("id;text\n1;a, b\n2;c\n", Dialect(";")),
    ("id\ttext\n1\ta, b\n", Dialect("\t")),
    ("id|text\n1|a; b\n", Dialect("|")),
    ('id\ttext\n1\t"a\n2\tb\n', Dialect("\t", quoted=False)),  # a bare quotation mark
    ('id\ttext\n1\t"a\tb"\n2\tb\n', Dialect("\t")),
    ("x;y,z\n1;2,3\n4;5,6\n", Dialect(",")),  # nothing tells: the first of the marks
]


@pytest.mark.parametrize(("text", "expected"), DIALECTS)
def test_dialect(text: str, expected: Dialect) -> None:
    assert dialect_of(text.splitlines(keepends=True)) == expected


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", '"', '""', ",", "\n", "\r\n", "a,b", ' "', '"a"', "\u2028", "\x85", "\x0c", "=1+1", "NA"]
)


def written(table: list[list[str]], mark: str) -> str:
    """Return a table as the standard library writes it."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(table)
    return target.getvalue()


@settings(deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=6)
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_any_table_comes_back(table: list[list[str]], mark: str) -> None:
    lines = io.StringIO(written(table, mark), newline="")
    found = list(Rows(lines, Dialect(mark), len(table[0])))
    assert [row.cells for row in found] == table
    assert not any(row.odd or row.unclosed for row in found)


@settings(deadline=None)
@given(st.text(st.sampled_from('ab",;\n\r\t '), max_size=120), st.integers(0, 4))
def test_any_text_ends_and_no_row_is_made_of_nothing(text: str, width: int) -> None:
    found = rows(text, width)
    assert [row.line for row in found] == sorted({row.line for row in found})
    assert all(row.unclosed or row.cells for row in found)
