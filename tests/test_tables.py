"""Tables as text, among files and by what they hold."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.folder import read_articles
from corpuskit.reading.tables.formats import (
    is_csv,
    is_excel,
    is_json,
    is_parquet,
    read_csv,
    records_of,
)


def read(data: str | bytes, **options: str) -> Reading:
    data = data.encode() if isinstance(data, str) else data
    return read_csv(data, Options(**options))  # type: ignore[arg-type]


def texts(reading: Reading) -> list[tuple[str, str]]:
    return [(article.id, article.text) for article in reading.articles]


def reasons(reading: Reading) -> list[tuple[int, str, str]]:
    return [(number, found.code, found.reason) for number, found in reading.records]


ENCODINGS = [
    ("utf-8", "utf-8", []),
    ("utf-8-sig", "utf-8 (BOM)", []),
    ("utf-16", "utf-16-le (BOM)", []),
    ("utf-16-be", "utf-16-be (guess)", ["CK-121"]),
    ("cp1252", "cp1252 (guess)", ["CK-121"]),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("codec", "name", "codes"), ENCODINGS)
def test_encodings_and_line_ends(codec: str, name: str, codes: list[str], end: str) -> None:
    lines = ["id;text", "1;Klima ändert “sich”", "2;Zwei", ""]
    reading = read(end.join(lines).encode(codec))
    assert texts(reading) == [("1", "Klima ändert “sich”"), ("2", "Zwei")]
    assert (reading.encoding, [found.code for found in reading.findings]) == (name, codes)


def test_a_given_encoding_is_used() -> None:
    data = "id,text\n1,Żółta łódź\n".encode("iso8859_2")
    assert texts(read(data, encoding="iso8859_2")) == [("1", "Żółta łódź")]


def test_lines_in_another_encoding_are_mended_and_told() -> None:
    data = b"id,text\n" + "1,naïve café\n".encode() * 30 + "2,naïve\n".encode("cp1252")
    reading = read(data)
    assert texts(reading)[-1] == ("31", "naïve")
    assert [found.code for found in reading.findings] == ["CK-123"]


def test_large_tables_are_decoded_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuskit.reading.tables.text.BLOCK", 300)
    data = b"id,text\n" + b"0,plain\n" * 40
    latin = read(data + "1,naïve café\n".encode("cp1252") * 40)
    assert latin.encoding == "cp1252 (guess)"
    assert texts(latin)[-1] == ("80", "naïve café")
    mixed = read(data + "1,naïve café\n".encode() * 40 + "2,naïve\n".encode("cp1252"))
    assert texts(mixed)[-2:] == [("80", "naïve café"), ("81", "naïve")]
    assert [found.message("a.csv") for found in mixed.findings] == [
        "CK-201 a.csv: it is UTF-8 with other bytes in it, which were read as a guess. It was "
        "loaded. Check records with odd characters; give the right name as encoding=."
    ]


def test_what_is_no_text_is_skipped() -> None:
    for data in (b"\x1f\x8b\x08abc", b"id,text\n1," + bytes(range(9)) * 20):
        with pytest.raises(Skipped) as skipped:
            read(data)
        assert skipped.value.finding.code == "CK-104"


def test_rows_of_another_width_are_left_out_by_number() -> None:
    reading = read("id,date,text\n1,2024-01-01,One.\n2,2024-01-02,Two,more\n3\n4,,Four.\n")
    assert texts(reading) == [("1", "One."), ("4", "Four.")]
    assert reasons(reading) == [
        (2, "CK-212", "the row in line 3 has 4 cells where the header has 3 columns"),
        (3, "CK-212", "the row in line 4 has 1 cell where the header has 3 columns"),
    ]
    assert reading.delimiters == 4


def test_empty_cells_at_the_end_of_a_row_are_none() -> None:
    assert texts(read("id,text,,\n1,One.,,\n2,Two.,,,,\n")) == [("1", "One."), ("2", "Two.")]


def test_quotation_marks() -> None:
    reading = read('id,text\n1,"He said ""no"".\n\nHe left."\n2,"He said "no" twice."\n3,"cut o')
    assert texts(reading) == [("1", 'He said "no".\n\nHe left.'), ("2", 'He said "no" twice.')]
    assert reasons(reading) == [
        (2, "CK-214", "it holds quotation marks that are not doubled; they were taken as text"),
        (3, "CK-213", "a quotation mark that opens in line 6 is not closed"),
    ]


def test_a_single_column_needs_no_quotation_marks() -> None:
    assert texts(read('text\nHe came, saw; won.\n\n"Two, too."\n')) == [
        ("1", "He came, saw; won."),
        ("2", "Two, too."),
    ]


def test_the_line_of_a_spreadsheet_program_names_the_mark() -> None:
    assert texts(read("sep=|\r\nid|text\r\n1|One, two; three.\r\n")) == [("1", "One, two; three.")]


def test_a_long_cell() -> None:
    text = "\n\n".join(["Word, “word” and more."] * 50_000)  # more than 1 MB
    target = io.StringIO(newline="")
    csv.writer(target).writerows([["id", "text"], ["1", text], ["2", "Two."]])
    assert texts(read(target.getvalue())) == [("1", text), ("2", "Two.")]


def test_many_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"c{n}" for n in range(5_000)]
    data = ",".join([*names, "text"]) + "\n" + ",".join(["x"] * 5_000 + ["One."]) + "\n"
    (article,) = read(data).articles
    assert (article.text, len(article.extra)) == ("One.", 5_000)
    monkeypatch.setattr("corpuskit.reading.tables.separated.MOST_COLUMNS", 4_000)
    with pytest.raises(Skipped) as skipped:
        read(data)
    assert skipped.value.finding.reason == "the table is cut off or damaged (5,001 columns)"


def test_columns_of_one_name_are_told() -> None:
    reading = read("id,Text,Text\n1,One.,Two.\n")
    assert texts(reading) == [("1", "One.")]
    assert reading.articles[0].extra == {"id_given": "1", "Text.2": "Two."}
    assert [found.code for found in reading.findings] == ["CK-208", "CK-207"]


def test_a_header_that_is_not_closed_is_skipped() -> None:
    with pytest.raises(Skipped) as skipped:
        read('"text\nOne.\n')
    assert skipped.value.finding.reason == (
        "the header is cut off or damaged (a quotation mark that opens in line 1 is not closed)"
    )


TABLES = [
    (b"id,text\n1,One.\n", ".csv", True),
    (b"anything", ".tsv", True),  # called so; its reader says what is wrong
    (b"\x89PNG\r\n\x1a\n", ".csv", False),
    (b"id,text\n1,One.\n2,Two.\n", ".txt", True),
    (b"id;title;body\n1;One;Two\n", "", True),
    ("\ufeffid\ttext\n1\tOne\n".encode(), ".txt", True),
    ("id\ttext\n1\tOne\n".encode("utf-16"), ".txt", True),
    (b"id,text\n1,One.\n", ".md", False),  # called something else
    # prose
    (b"", ".txt", False),
    (b"Text\n\nOne, two.\n", ".txt", False),
    (b"Headline, text\n\nOne day, two men came.\nThey left.\n", ".txt", False),
    (b"The text, he said, was long.\nIt was, he said, too long.\n", ".txt", False),
    (b"Outlet: A\nDate: 2026-01-27\n\nOne.\n", ".txt", False),
    (b"Text; body\n", ".txt", False),  # nothing but one line
]


@pytest.mark.parametrize(("data", "ending", "expected"), TABLES)
def test_tables_are_known(data: bytes, ending: str, expected: bool) -> None:
    assert is_csv(data, ending) is expected


JSONS = [
    (b'{"text": "One."}\n', ".jsonl", True),
    (b'{"text": "One."}\n', ".txt", True),
    (b'\xef\xbb\xbf [\n {"text": "One."}]', "", True),
    (b"[1] A note.\n", ".txt", False),
    (b"{draft} A note.\n", ".txt", False),
    (b"[Editor] \x22Quoted\x22", ".txt", False),
    (b"\x1f\x8b\x08", ".json", False),
]


@pytest.mark.parametrize(("data", "ending", "expected"), JSONS)
def test_json_is_known(data: bytes, ending: str, expected: bool) -> None:
    assert is_json(data, ending) is expected


def test_workbooks_and_parquet_are_known_by_their_bytes() -> None:
    assert is_parquet(b"PAR1....PAR1", ".txt")
    assert not is_parquet(b"id,text", ".parquet")
    assert not is_excel(b"id,text", ".xlsx")
    assert not is_excel(b"PK\x03\x04 xl/workbook.xml", ".zip")  # no archive at all


def test_a_table_under_another_name_is_read_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("id,text\n1,One.\n2,Two.\n")
    articles = read_articles(tmp_path)
    assert [(a.id, a.text) for a in articles] == [("a.txt#1", "One."), ("a.txt#2", "Two.")]
    assert "CK-184" in set(articles.report.frame.code)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    ['He said "no", and left.', "a\n\nb", "NA", "null", "007", "1e5", "=1+1", "a;b\tc|d", ' "x"']
)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_any_text_comes_back_from_csv(rows: list[tuple[str, str]]) -> None:
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerows([("note", "text"), *((note, "x" + text + "x") for note, text in rows)])
    reading = read_csv(target.getvalue().encode(), Options(clean=False))
    assert [article.text for article in reading.articles] == [f"x{text}x" for _, text in rows]
    assert [article.extra.get("note", "") for article in reading.articles] == [n for n, _ in rows]


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_answered(data: bytes) -> None:
    for body in (data, b"id,text\n" + data):
        try:
            reading = read_csv(body, Options())
        except Skipped:
            continue
        gone = {number for number, found in reading.records if found.status == "skipped"}
        assert len(reading.articles) + len(gone) == reading.delimiters


def test_a_file_of_any_table_is_read_in_batches(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("id\ttext\n1\tOne.\n")
    (part,) = records_of(str(tmp_path / "a.tsv"))
    assert [article.text for article in part.articles] == ["One."]
