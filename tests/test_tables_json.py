"""Records as JSON: by lines, in a list, in one object; what is broken costs itself alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.tables.formats import read_json


def read(text: str | bytes) -> Reading:
    return read_json(text.encode() if isinstance(text, str) else text, Options(clean=False))


def texts(reading: Reading) -> list[tuple[str, str]]:
    return [(article.id, article.text) for article in reading.articles]


def reasons(reading: Reading) -> list[tuple[int, str, str]]:
    return [(number, found.code, found.reason) for number, found in reading.records]


TWO = [{"id": 1, "text": "One."}, {"id": 2, "text": "Two."}]
SHAPES = {
    "lines": "\n".join(map(json.dumps, TWO)),
    "lines, CR LF, blank lines": "\r\n\r\n".join(["", *map(json.dumps, TWO), ""]),
    "lines, CR": "\r".join(map(json.dumps, TWO)),
    "lines, byte order mark": "\ufeff" + "\n".join(map(json.dumps, TWO)),
    "objects of many lines": "\n".join(json.dumps(one, indent=2) for one in TWO),
    "list": json.dumps(TWO),
    "list of many lines": json.dumps(TWO, indent=2),
    "list of lines": "[\n" + ",\n".join(map(json.dumps, TWO)) + "\n]\n",
    "list within an object": json.dumps({"status": "ok", "articles": TWO, "total": 2}),
    "list deep within": json.dumps({"response": {"docs": TWO, "meta": {"hits": 2}}}),
    "columns as lists": json.dumps({"id": [1, 2], "text": ["One.", "Two."]}),
    "columns as objects": json.dumps({"id": {"0": 1, "1": 2}, "text": {"0": "One.", "1": "Two."}}),
    "rows as objects": json.dumps({"0": TWO[0], "1": TWO[1]}, indent=1),
    "names and rows": json.dumps({"columns": ["id", "text"], "data": [[1, "One."], [2, "Two."]]}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_one_table_in_many_shapes(shape: str) -> None:
    reading = read(SHAPES[shape])
    assert texts(reading) == [("1", "One."), ("2", "Two.")]
    assert [article.extra for article in reading.articles] == [{"id_given": "1"}, {"id_given": "2"}]
    assert (reading.records, reading.findings, reading.delimiters) == ((), (), 2)


def test_a_single_object_is_one_article() -> None:
    for indent in (None, 2):
        assert texts(read(json.dumps({"text": "One.", "tags": [{"a": 1}]}, indent=indent))) == [
            ("1", "One.")
        ]


def test_lists_inside_an_article_are_no_articles() -> None:
    comments = [{"text": "First."}, {"text": "Second."}]
    record = {"title": "T", "date": "2026-01-27", "comments": comments}
    with pytest.raises(Skipped) as skipped:
        read(json.dumps(record))
    assert skipped.value.finding.code == "CK-202"
    assert texts(read(json.dumps({**record, "text": "One."}))) == [("1", "T\n\nOne.")]


def test_columns_of_different_length_make_records_without_text() -> None:
    reading = read('{"text": ["One."], "id": [1, 2]}')
    assert texts(reading) == [("1", "One.")]
    assert reasons(reading) == [(2, "CK-183", "the record holds no text")]


BROKEN = [
    (
        '{"text": "One."}\n{"text": "cut o\n{"text": "Three."}\n',
        ["1", "3"],
        [(2, "CK-215", "line 2 is not JSON (unterminated string starting at character 10)")],
    ),
    (
        '{"text": "One."}\n\n{"text": "cut',
        ["1"],
        [(2, "CK-215", "line 3 is not JSON (unterminated string starting at character 10)")],
    ),
    (
        'header\n{"text": "Two."}\n',
        ["2"],
        [(1, "CK-215", "line 1 is not JSON (expecting value at character 1)")],
    ),
    (
        '{"text": "One."} {"text": "more"}\n{"text": "Two."}\n',
        ["2"],
        [(1, "CK-215", "line 1 is not JSON (extra data at character 17)")],
    ),
    (
        '{"text": "One."}\n5\n[1]\n',
        ["1"],
        [
            (
                2,
                "CK-217",
                "the record in line 2 is a single value, not an object with named fields",
            ),
            (3, "CK-217", "the record in line 3 is a list, not an object with named fields"),
        ],
    ),
    (
        '[{"text": "One."},\n{"text": "Two" x},\n{"text": "Three."}]',
        ["1", "3"],
        [(2, "CK-215", "line 2 is not JSON (expecting ',' delimiter at character 16)")],
    ),
    (
        '[{"text": "One."}, {"text": "cut',
        ["1"],
        [(2, "CK-215", "line 1 is not JSON (unterminated string starting at character 10)")],
    ),
    (
        '[{"text": "One."}, 5, null, {"text": "Four."}]',
        ["1", "4"],
        [
            (
                2,
                "CK-217",
                "the record in line 1 is a single value, not an object with named fields",
            ),
            (
                3,
                "CK-217",
                "the record in line 1 is a single value, not an object with named fields",
            ),
        ],
    ),
]


@pytest.mark.parametrize(("text", "kept", "told"), BROKEN)
def test_broken_records_by_number(
    text: str, kept: list[str], told: list[tuple[int, str, str]]
) -> None:
    reading = read(text)
    assert [article.id for article in reading.articles] == kept
    assert reasons(reading) == told


def test_a_list_that_is_not_closed_is_told_once() -> None:
    reading = read('[{"text": "One."}, {"text": "Two."},')
    assert len(reading.articles) == 2
    assert [found.message("a.json") for found in reading.findings] == [
        "CK-211 a.json: its last record is not followed by the end of the list. It was loaded. "
        "The file may be cut off; compare it with its source."
    ]


@pytest.mark.parametrize("open", ["[", '{"a":'])
def test_two_hundred_thousand_brackets(open: str) -> None:
    reading = read('{"text": "One."}\n' + open * 200_000 + '\n{"text": "Three."}\n')
    assert texts(reading) == [("1", "One."), ("3", "Three.")]
    assert [code for _, code, _ in reasons(reading)] == ["CK-216"]
    assert texts(read('[{"text": "One."}, ' + open * 200_000)) == [("1", "One.")]
    assert read(open * 200_000).articles == ()


def test_names_that_stand_twice_are_told() -> None:
    reading = read('{"text": "One.", "text": "Two."}\n{"text": "Three."}\n')
    assert texts(reading) == [("1", "Two."), ("2", "Three.")]
    assert reasons(reading) == [
        (1, "CK-218", "the name 'text' stands in it twice; the last one was taken")
    ]


def test_numbers_are_kept_as_they_are_written() -> None:
    digits = "9" * 5_000
    reading = read(f'{{"text": "One.", "a": {digits}, "b": 1.50, "c": 1e5, "d": -0, "e": true}}')
    assert reading.articles[0].extra == {
        "a": digits,
        "b": "1.50",
        "c": "1e5",
        "d": "-0",
        "e": "true",
    }
    assert all(type(value) is str for value in reading.articles[0].extra.values())
    assert reasons(reading) == [
        (1, "CK-224", "it holds a number of 5,000 digits, which was kept as it is written")
    ]


def test_missing_values_are_missing() -> None:
    reading = read('{"text": "One.", "a": null, "b": NaN, "c": "", "d": "NaN", "e": Infinity}')
    assert reading.articles[0].extra == {"d": "NaN", "e": "Infinity"}


def test_line_separators_inside_a_string_end_no_record() -> None:
    reading = read('{"text": "a\u2028b\u2029c\x85d"}\n{"text": "Two."}\n')
    assert texts(reading) == [("1", "a\u2028b\u2029c\x85d"), ("2", "Two.")]


def test_lone_surrogates_are_replaced_and_told_pairs_are_not() -> None:
    reading = read(r'{"text": "a \ud800 b"}' + "\n" + r'{"text": "\ud83d\ude00"}')
    assert texts(reading) == [("1", "a \ufffd b"), ("2", "\U0001f600")]
    assert [code for _, code, _ in reasons(reading)] == ["CK-126"]


@pytest.mark.parametrize("data", [b"[]", b"   \n ", b"\xef\xbb\xbf"])
def test_nothing_is_skipped(data: bytes) -> None:
    with pytest.raises(Skipped) as skipped:
        read(data)
    assert skipped.value.finding.code in {"CK-204", "CK-102"}


def test_records_larger_than_what_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuskit.reading.tables.objects.HEAD", 7)
    for shape in SHAPES.values():
        assert texts(read(shape)) == [("1", "One."), ("2", "Two.")]
    for text, kept, _ in BROKEN:
        assert [article.id for article in read(text).articles] == kept


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@settings(deadline=None)
@given(
    st.lists(st.tuples(TEXT, VALUE), min_size=1, max_size=6),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_any_records_come_back(
    rows: list[tuple[str, Any]], indent: int | None, ascii: bool
) -> None:
    records = [{"text": f"x{text}x", "more": more} for text, more in rows]
    shapes = [
        "\n".join(json.dumps(record, ensure_ascii=ascii) for record in records),
        json.dumps(records, indent=indent, ensure_ascii=ascii),
    ]
    for shape in shapes:
        reading = read(shape.encode("utf-8", "surrogatepass"))
        assert [article.text for article in reading.articles] == [f"x{text}x" for text, _ in rows]


@settings(deadline=None)
@given(st.text(st.sampled_from('{}[]",:\\ntex \n1'), max_size=80))
def test_any_text_is_answered(text: str) -> None:
    for body in (text, '{"text": "One."}\n' + text, '[{"text": "One."},' + text):
        try:
            reading = read(body)
        except Skipped:
            continue
        gone = {number for number, found in reading.records if found.status == "skipped"}
        assert len(reading.articles) + len(gone) == reading.delimiters
