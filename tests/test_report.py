"""The report of a reading: one table of codes, one row a file, one form of message."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import corpuskit.reading
from corpuskit.reading.findings.codes import CHANGED, CODES, SKIPPED, codes_as_markdown
from corpuskit.reading.report import COLUMNS, Row, counted, finding, read_report

ROOM = Path(corpuskit.reading.__file__).parent


def codes_in_use() -> set[str]:
    """Return the codes that the modules of the room name, outside their table."""
    trees = [
        ast.parse(path.read_text("utf-8"))
        for path in ROOM.rglob("*.py")
        if not path.stem.startswith("codes")
    ]
    texts = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if re.fullmatch(r"CK-\d{3}", text)}


def test_every_code_is_documented_and_used() -> None:
    assert codes_in_use() == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_code_is_a_status_a_reason_and_a_remedy(code: str) -> None:
    status, reason, remedy = CODES[code]
    assert status in (SKIPPED, CHANGED)
    assert not reason[0].isupper() or reason.startswith(("U+", "Parquet"))
    assert not reason.endswith(".")
    assert remedy.endswith(".")


def test_table_of_codes_for_people() -> None:
    table = codes_as_markdown().splitlines()
    assert len(table) == len(CODES) + 2
    assert table[2] == ("| CK-101 | skipped | the file is empty | Remove it or check the export. |")
    assert "!r" not in codes_as_markdown()


def test_message_says_file_reason_what_was_done_and_remedy() -> None:
    assert finding("CK-101").message("reports/a.txt") == (
        "CK-101 reports/a.txt: the file is empty. It was skipped. Remove it or check the export."
    )
    assert finding("CK-121", encoding="cp1252").message("a.txt") == (
        "CK-121 a.txt: it is not UTF-8; it was read as cp1252, a guess. It was loaded. "
        "Check the text; if it is wrong, give the right name as encoding=."
    )


def test_details_are_never_read_as_a_format() -> None:
    assert finding("CK-105", ending=".{0}{x}").reason.startswith(".{0}{x} files")


def test_report_shows_first_what_needs_attention() -> None:
    rows = [
        Row("a.txt", encoding="utf-8", chars=1200, articles=1),
        Row("b.txt", (finding("CK-121", encoding="cp1252"), finding("CK-133", date="2026"))),
        Row("c.txt", (finding("CK-101"),)),
    ]
    report = read_report(rows, params={"path": "folder"}, notes=("A note.",))
    assert list(report.frame.columns) == list(COLUMNS)
    assert report.frame["path"].tolist() == ["c.txt", "b.txt", "a.txt"]
    assert report.frame["status"].tolist() == ["skipped", "changed", "loaded"]
    assert report.frame["code"].tolist() == ["CK-101", "CK-121; CK-133", ""]
    assert report.caption == (
        "ReadReport(path='folder'): 3 files: 1 loaded, 1 with a note, 1 skipped"
    )
    assert [message[:12] for message in report.messages] == [
        "CK-101 c.txt",
        "CK-121 b.txt",
        "CK-133 b.txt",
    ]
    assert repr(report).startswith(report.caption)
    assert repr(report).endswith("Note: A note.")


def test_report_of_nothing_has_its_columns() -> None:
    report = read_report([])
    assert list(report.frame.columns) == list(COLUMNS)
    assert report.frame.dtypes[["chars", "articles"]].tolist() == ["int64", "int64"]
    assert report.summary == "0 files: 0 loaded, 0 with a note, 0 skipped"
    assert report.messages == ()


@pytest.mark.parametrize(("number", "text"), [(0, "0 files"), (1, "1 file"), (1203, "1,203 files")])
def test_counted(number: int, text: str) -> None:
    assert counted(number, "file") == text


def test_markup_in_a_path_is_inert() -> None:
    page = read_report([Row("<img src=x>.txt", (finding("CK-101"),))])._repr_html_()
    assert "<img" not in page
    assert "&lt;img src=x&gt;.txt" in page
