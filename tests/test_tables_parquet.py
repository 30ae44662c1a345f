"""Parquet tables: values as strings, batch by batch; without pyarrow the way out is named."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.folder import read_articles
from corpuskit.reading.tables.formats import read_parquet, records_of

PARQUET = b"PAR1" + b"\0" * 40 + b"PAR1"


def test_without_pyarrow_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Skipped) as skipped:
        read_parquet(PARQUET, Options())
    assert skipped.value.finding.message("a.parquet") == (
        "CK-206 a.parquet: Parquet tables are read with pyarrow, which is not installed. It was "
        "skipped. Install it with pip install 'corpuskit[parquet]', or save the table as .csv."
    )


pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def table(**columns: Any) -> bytes:
    """Return a Parquet table of these columns."""
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, row_group_size=2)
    return target.getvalue()


def read(data: bytes) -> Reading:
    return read_parquet(data, Options(clean=False))


CELLS = [
    (["007", None], ["007", ""]),
    ([7, None], ["7", ""]),
    ([0.5, None], ["0.5", ""]),
    ([True, False], ["true", "false"]),
    ([datetime(2026, 1, 27, 19, 29), None], ["2026-01-27T19:29", ""]),
    ([datetime(2026, 1, 27, 19, 29, tzinfo=UTC), None], ["2026-01-27T19:29+00:00", ""]),
    ([date(2026, 1, 27), None], ["2026-01-27", ""]),
    ([Decimal("1.50"), None], ["1.50", ""]),
    ([["Ann", "Bob"], []], ["Ann; Bob", ""]),
    ([b"caf\xc3\xa9", b"\xff"], ["café", ""]),
]


@pytest.mark.parametrize(("values", "cells"), CELLS)
def test_cells_as_strings(values: list[Any], cells: list[str]) -> None:
    reading = read(table(text=["One.", "Two."], x=pa.array(values)))
    assert [article.extra.get("x", "") for article in reading.articles] == cells


def test_inner_values_are_columns() -> None:
    reading = read(table(text=["One."], source=[{"name": "BBC", "id": None}]))
    assert (reading.articles[0].outlet, reading.encoding) == ("BBC", "parquet")


def test_bytes_are_texts_if_they_are_utf8() -> None:
    reading = read(table(text=["Été.".encode(), b"\xff"]))
    assert [article.text for article in reading.articles] == ["Été."]
    assert [(number, found.reason) for number, found in reading.records] == [
        (2, "its column 'text' holds bytes that are not UTF-8; they were left out"),
        (2, "the record holds no text"),
    ]


def test_dates_of_a_column_of_times() -> None:
    reading = read(table(text=["One."], date=[datetime(2026, 1, 27, 23, 59)]))
    assert reading.articles[0].published == "2026-01-27T23:59"


def test_columns_of_one_name_are_told() -> None:
    made = pa.Table.from_arrays([pa.array(["One."]), pa.array(["Two."])], names=["text", "text"])
    target = io.BytesIO()
    pq.write_table(made, target)
    reading = read(target.getvalue())
    assert [article.text for article in reading.articles] == ["One."]
    assert [found.code for found in reading.findings] == ["CK-208", "CK-207"]


def test_without_records_or_texts_it_is_skipped() -> None:
    for data, code in (
        (table(text=pa.array([], pa.string())), "CK-204"),
        (table(url=["https://example.org"]), "CK-203"),
        (PARQUET, "CK-205"),
        (table(text=["One."])[:-20] + b"PAR1", "CK-205"),
    ):
        with pytest.raises(Skipped) as skipped:
            read(data)
        assert skipped.value.finding.code == code


def test_damage_inside_is_told_not_raised() -> None:
    good = table(text=[f"Article {n}." * 20 for n in range(50)])
    for place in range(4, len(good), 97):
        data = good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]
        with suppress(Skipped):
            read(data)


def test_a_table_is_read_in_batches(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(table(text=[f"Article {n}." for n in range(7)]))
    assert [len(part.articles) for part in records_of(path, batch=3)] == [3, 3, 1]
    assert len(read_articles(tmp_path)) == 7


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=6))
def test_any_text_comes_back(rows: list[str]) -> None:
    reading = read(table(text=[f"x{text}x" for text in rows]))
    assert [article.text for article in reading.articles] == [f"x{text}x" for text in rows]
