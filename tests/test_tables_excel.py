"""Workbooks: cells as strings, sheets with texts, headers that are not at the top."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.tables.formats import is_excel, read_excel, records_of


def book(**sheets: list[list[Any]]) -> bytes:
    """Return a workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def read(data: bytes, **options: Any) -> Reading:
    return read_excel(data, Options(**options))


def texts(reading: Reading) -> list[tuple[str, str]]:
    return [(article.id, article.text) for article in reading.articles]


def reason(data: bytes) -> str:
    with pytest.raises(Skipped) as skipped:
        read(data)
    return skipped.value.finding.code + ": " + skipped.value.finding.reason


CELLS = [
    ("007", "007"),  # a text that looks like a number
    (7, "7"),
    (7.5, "7.5"),
    (100_000.0, "100000"),
    (12_345_678_901_234, "12345678901234"),
    (True, "TRUE"),
    ("NA", "NA"),
    (datetime(2026, 1, 27), "2026-01-27"),
    (date(2026, 1, 27), "2026-01-27"),
    (datetime(2026, 1, 27, 19, 29), "2026-01-27T19:29"),
    (time(19, 29), "19:29:00"),
    (timedelta(hours=30), "1 day, 6:00:00"),
    ("#N/A", None),  # an error, no text
    ("=1+1", None),  # a formula without a saved value
    ("a\nb", "a\nb"),
    ("a_x000D_b", "a\rb"),  # how a workbook writes a carriage return
]


@pytest.mark.parametrize(("value", "text"), CELLS)
def test_cells_as_strings(value: object, text: str | None) -> None:
    (article,) = read(book(a=[["id", "text", "x"], ["1", "One.", value]])).articles
    assert article.extra.get("x") == text


def test_zeros_that_a_format_shows_are_kept() -> None:
    made = openpyxl.Workbook()
    made.active.append(["id", "text"])
    made.active.append([7, "One."])
    made.active["A2"].number_format = "000"
    target = io.BytesIO()
    made.save(target)
    assert read(target.getvalue()).articles[0].extra == {"id_given": "007"}


def test_a_day_of_the_date_column_is_the_date() -> None:
    rows = [["date", "text"], [datetime(2026, 1, 27), "One."], ["13/02/2026", "Two."]]
    assert [a.published for a in read(book(a=rows)).articles] == ["2026-01-27", "2026-02-13"]


def test_every_sheet_with_texts_is_read_and_others_are_named() -> None:
    data = book(
        notes=[["what", "why"], ["a", "b"]],
        first=[["text"], ["One."], [None], ["Two."]],
        empty=[],
        second=[["id", "body", "title"], [1, "Three.", "T"]],
    )
    reading = read(data)
    assert texts(reading) == [("1", "One."), ("2", "Two."), ("3", "T\n\nThree.")]
    assert [found.message("a.xlsx") for found in reading.findings] == [
        "CK-209 a.xlsx: the sheets 'notes' have no column with texts and were not read. It was "
        "loaded. Name the column with columns= if they hold articles."
    ]


def test_rows_above_the_header_are_passed_over() -> None:
    data = book(a=[["Results of 3 May"], [None], ["id", "text"], [1, "One."]])
    reading = read(data)
    assert texts(reading) == [("1", "One.")]
    assert [found.reason for found in reading.findings] == [
        "1 row above the header were passed over"
    ]


def test_columns_can_be_named() -> None:
    data = book(a=[["n", "prose"], [1, "One."]])
    assert texts(read(data, columns={"text": "prose"})) == [("1", "One.")]
    assert reason(data) == (
        "CK-202: the table has no column that is known to hold the text of articles; it has "
        "'n', 'prose'"
    )


def test_a_file_is_closed_afterwards(tmp_path: Path) -> None:
    """`filterwarnings = error`: a file left open would be told."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(a=[["date", "text"], ["03/04/2026", "One."], ["13/04/2026", "Two."]]))
    (part,) = records_of(path)
    assert [article.published for article in part.articles] == ["2026-04-03", "2026-04-13"]
    path.write_bytes(book(a=[["n"], ["One."]]))
    with pytest.raises(Skipped):
        next(records_of(path))


def test_a_sheet_that_claims_to_be_large_is_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    data = parts(book(a=[["text"], ["One."]]))
    name = "xl/worksheets/sheet1.xml"
    data[name] = data[name].replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert texts(read(packed(data))) == [("1", "One.")]


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(data: dict[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in data.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_entities_and_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    good = book(a=[["text"], ["One."]])
    data = parts(good)
    name = "xl/workbook.xml"
    data[name] = b'<!DOCTYPE a [<!ENTITY x "x">]>' + data[name]
    assert reason(packed(data)).startswith("CK-151: ")
    monkeypatch.setattr("corpuskit.reading.tables.excel.MOST_BYTES", 100)
    assert reason(good).startswith("CK-155: ")


def test_damaged_workbooks_are_skipped() -> None:
    good = book(a=[["text"], *[[f"Article {n}."] for n in range(300)]])
    assert reason(good[: len(good) // 2]).startswith("CK-205: the workbook is cut off or damaged (")
    data = parts(good)
    data["xl/worksheets/sheet1.xml"] = data["xl/worksheets/sheet1.xml"][:900]
    assert reason(packed(data)).startswith("CK-205: the workbook is cut off or damaged (")
    del data["xl/workbook.xml"]
    assert reason(packed(data)).startswith("CK-205: the workbook is cut off or damaged (")


def test_locked_and_old_workbooks_are_named() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert is_excel(old, ".xlsx")
    assert reason(old) == "CK-104: the file looks like an old Office document, not text"
    assert reason(old + "EncryptedPackage".encode("utf-16-le")).startswith("CK-153: ")


def test_workbooks_are_known_by_their_parts() -> None:
    data = book(a=[["text"], ["One."]])
    assert is_excel(data, ".txt")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("inner.xlsx", data)
    assert not is_excel(inner.getvalue(), ".zip")
    assert is_excel(data[:-30], ".xlsx")
    assert not is_excel(data[:-30], ".zip")


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_any_text_comes_back(rows: list[tuple[str, str]]) -> None:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate([("note", "text"), *((a, f"x{b}x") for a, b in rows)]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    reading = read(target.getvalue(), clean=False)
    assert [article.text for article in reading.articles] == [f"x{text}x" for _, text in rows]
    assert [article.extra.get("note", "") for article in reading.articles] == [n for n, _ in rows]
