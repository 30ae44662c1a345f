"""Exports: no live formula, no script, no half file, and the exact way back."""

from __future__ import annotations

import csv
import math
import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit import Corpus, DataError, Result, export, kwic

NASTY = [
    "", "NA", "null", "nan", "None", "007", "1e5", "True", "-1", "=1+1", "'=1", "''", "'", "+",
    "@x", "\t", "\r", "\n", "a\rb", "a\r\nb",
    '"', '""', ',"', "\0", "＝1", "é", "\u202e", "x" * 40_000,
]  # fmt: skip


def through(frame: pd.DataFrame, folder: Path) -> pd.DataFrame:
    return export.read_csv(export.to_csv(frame, folder / "table.csv").path)


def test_nasty_texts_come_back_as_they_were(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": NASTY, "=count": range(len(NASTY))})
    pd.testing.assert_frame_equal(through(frame, tmp_path), frame)


texts = st.one_of(
    st.sampled_from(NASTY[:-1]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(st.sampled_from("='+-@\t\r\n\",\0a＝"), max_size=6),
)
numbers = st.floats(allow_nan=True, allow_infinity=True)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            texts,
            st.one_of(st.none(), texts),
            numbers,
            st.integers(-(2**63), 2**63 - 1),
            st.booleans(),
        ),
        min_size=1,
        max_size=8,
    ),
    texts,
    st.booleans(),
)
def test_random_cells_come_back_equal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]], head: str, bom: bool
) -> None:
    frame = pd.DataFrame(rows, columns=[head, "maybe", "float", "int", "bool"])
    path = tmp_path_factory.getbasetemp() / f"random-{os.getpid()}.csv"
    back = export.read_csv(export.to_csv(frame, path, bom=bom).path)
    assert list(back.columns) == list(frame.columns)
    for i in range(5):
        for was, now in zip(frame.iloc[:, i].tolist(), back.iloc[:, i].tolist(), strict=True):
            if was is None or was != was:
                assert now != now or now is None
            else:
                assert was == now
                assert type(was) is type(now)
                assert not isinstance(was, float) or math.copysign(1, was) == math.copysign(1, now)


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, min_size=1, max_size=8))
def test_no_cell_begins_as_a_formula_for_other_readers(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"formula-{os.getpid()}.csv"
    written = export.to_csv(pd.DataFrame({"text": cells}), path)
    with path.open(encoding="utf-8", newline="") as file:
        seen = [row[0] for row in csv.reader(file)][1:]
    assert len(seen) == written.rows == len(cells)
    assert not [cell for cell in seen if cell[:1] in tuple("=+-@\t\r\n＝＋－＠")]


def test_prefixed_and_long_cells_are_told(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["=1+1", "-- a dash", "plain", "x" * 40_000], "n": [-1, 2, 3, 4]})
    written = export.to_csv(Result(frame), tmp_path / "t.csv")
    assert written.prefixed == 2
    assert repr(written) == (
        "t.csv: 4 rows. 2 text cells that a spreadsheet would run as a formula begin with an "
        "apostrophe; export.read_csv() takes it off. Spreadsheet programs cut 1 cell of more than "
        "32,767 characters; the file holds all of it."
    )
    assert (tmp_path / "t.csv").read_text("utf-8").startswith('"text","n"\n"\'=1+1",-1\n')


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (pd.DataFrame({"a": pd.Series([], dtype="int64"), "b": []}), '"a","b"\n'),
        (pd.DataFrame(index=range(2)), "\n\n\n"),
        (pd.DataFrame({"a": [None, "x"]}), '"a"\n\n"x"\n'),
        (pd.DataFrame({"a": [1.5, np.nan, -0.0, 1e300]}), '"a"\n1.5\n\n-0.0\n1e+300\n'),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), '"a","a"\n1,2\n'),  # twice the same name
    ],
)
def test_what_stands_in_the_file(frame: pd.DataFrame, text: str, tmp_path: Path) -> None:
    path = export.to_csv(frame, tmp_path / "t.csv").path
    assert path.read_bytes() == text.encode()
    back = export.read_csv(path)
    assert back.shape == frame.shape
    assert list(back.columns) == list(frame.columns)


def test_a_file_of_a_spreadsheet_program_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes('\ufeffword,count,share\r\nüber,3,0.5\r\n"a,b",4,\r\n'.encode())
    wanted = pd.DataFrame({"word": ["über", "a,b"], "count": [3, 4], "share": [0.5, np.nan]})
    pd.testing.assert_frame_equal(export.read_csv(path), wanted)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'"a"\n"x', "t.csv:2: a quotation mark is out of place or never closed. Nothing was read. "
         "Export the table again."),
        (b'"a","b"\n1\n', "t.csv: row 1 has 1 cells; the heading has 2. Nothing was read. "
         "Export the table again."),
        (b'"a"\n\xff\n', "t.csv: the file is not UTF-8 (byte 4). Nothing was read. "
         "Save it as CSV UTF-8."),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(DataError) as error:
        export.read_csv(path)
    assert str(error.value) == f"{tmp_path}{os.sep}{message}"


def test_half_a_surrogate_pair_is_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": pd.Series(["good", "bad \ud800"], dtype=object)})
    path = tmp_path / "t"
    path.write_text("old")
    with pytest.raises(DataError, match=r"'text' holds half a surrogate pair \('\\ud800'\), which"):
        export.to_csv(frame, path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["t"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        export.to_csv(pd.DataFrame({"a": [1]}), path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["t.csv"]


PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_the_html_page_has_all_rows_and_nothing_live(tmp_path: Path) -> None:
    frame = pd.DataFrame({PAYLOAD: [PAYLOAD] * 150 + ["the last"]})
    result = Result(frame, {"pattern": PAYLOAD}, notes=(PAYLOAD,), title="Kwic")
    written = export.to_html(result, tmp_path / "t.html")
    text = (tmp_path / "t.html").read_text("utf-8")
    assert written.rows == 151
    assert text.count("<tr ") == 152  # one row of headings
    assert "the last" in text
    assert "rows shown" not in text
    assert "<script" not in text
    assert "<img" not in text
    assert '<html lang="en">' in text
    assert "<title>Kwic(pattern=&#x27;&lt;script&gt;" in text
    assert "default-src 'none'" in text


def test_an_empty_result_has_its_headings(tmp_path: Path) -> None:
    result = Result(pd.DataFrame({"word": [], "count": []}))
    export.to_html(result, tmp_path / "t.html")
    assert (tmp_path / "t.html").read_text("utf-8").count("<th>") == 2
    assert export.to_csv(result, tmp_path / "t.csv").rows == 0


def concordance(pattern: str, outlet: str | None = None) -> Result:
    """Return the concordance of 120 hits in two outlets, one of which writes markup."""
    reports = [
        {"id": "a", "outlet": "A", "text": "One pact holds. " * 119},
        {"id": "b", "outlet": "B", "text": f"A last pact {PAYLOAD} helps."},
    ]
    corpus = Corpus.from_frame(reports)
    return kwic((corpus.where(outlet=outlet) if outlet else corpus).find(pattern), window=3)


@pytest.mark.parametrize(
    ("pattern", "outlet", "rows"),
    [
        ("pact", None, 120),
        ("pact", "B", 1),
        ("pact", "A", 119),
        ("zzzz", None, 0),
        ("last", "A", 0),
    ],
)
def test_every_line_of_a_concordance_is_on_its_page(
    pattern: str, outlet: str | None, rows: int, tmp_path: Path
) -> None:
    lines = concordance(pattern, outlet)
    written = export.to_html(lines, tmp_path / "t.html")
    text = (tmp_path / "t.html").read_text("utf-8")
    assert written.rows == len(lines) == rows
    assert text.count("<tr ") == rows + 1
    assert text.count('<td style="text-align:center;font-weight:bold">') == rows
    assert text.count("<th") - text.count("<thead") == 5
    assert text.count('<p class="corpuskit-caption">') == text.count("Note: ") == 1
    assert "<script" not in text


def test_a_sorted_sample_of_a_concordance_has_its_page(tmp_path: Path) -> None:
    lines = concordance("pact").sort("1R").sample(7, seed=1)  # type: ignore[attr-defined]
    assert export.to_html(lines, tmp_path / "t.html").rows == 7
    assert "A sample of 7 of 120 lines." in (tmp_path / "t.html").read_text("utf-8")


def test_two_exports_are_the_same_bytes(tmp_path: Path) -> None:
    result = Result(pd.DataFrame({"a": ["x", "=y"], "b": [0.1, 2]}))
    for name in ("1", "2"):
        export.to_csv(result, tmp_path / f"{name}.csv")
        export.to_html(result, tmp_path / f"{name}.html")
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_keep_tables_needs_a_notebook(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^`keep_tables` works inside a notebook\."):
        export.keep_tables(tmp_path)


def test_keep_tables_writes_every_shown_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from IPython.core import getipython
    from IPython.core.formatters import DisplayFormatter

    display = DisplayFormatter()
    shell = SimpleNamespace(display_formatter=display, displayhook=SimpleNamespace(prompt_count=7))
    monkeypatch.setattr(getipython, "get_ipython", lambda: shell)
    export.keep_tables(tmp_path, "02")
    good = Result(pd.DataFrame({"a": [1]}), title="Key words")
    for result in (good, good):
        shown, _ = display.format(result)
        assert shown["text/html"] == result._repr_html_()
    bad = Result(pd.DataFrame({"a": pd.Series(["\ud800"], dtype=object)}))
    with pytest.warns(UserWarning, match=r"^02-cell7-result\.csv was not written: Column 'a'"):
        display.format(bad)
    assert sorted(os.listdir(tmp_path)) == ["02-cell7-key-words-2.csv", "02-cell7-key-words.csv"]
