"""result.py: a Result keeps its table, its text view lines up, its HTML view cannot bite."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from corpuskit.result import Result, number, probability


@dataclass(frozen=True, eq=False, repr=False)
class Kwic(Result):
    """A result with a name of its own."""

    window: int = 5


def toy(rows: int = 2) -> Kwic:
    frame = pd.DataFrame({"word": ["pact", "sea"] * rows, "count": [1200, 3] * rows}).head(rows)
    return Kwic(
        frame, {"pattern": "p*", "window": 8}, ("Words only.",), summary="2 hits in 1 article"
    )


class Tags(HTMLParser):
    """Collect what a browser would see as elements and as text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_text_view_has_caption_aligned_rows_and_notes() -> None:
    assert repr(toy()) == (
        "Kwic(pattern='p*', window=8): 2 hits in 1 article\n"
        "word  count\n"
        "pact  1,200\n"
        "sea       3\n"
        "Note: Words only."
    )


def test_html_view_has_the_same_rows() -> None:
    seen = Tags(toy()._repr_html_())
    assert seen.text == [
        "Kwic(pattern='p*', window=8): 2 hits in 1 article",
        *("word", "count", "pact", "1,200", "sea", "3"),
        "Note: Words only.",
    ]


def test_html_view_is_no_mathematics() -> None:
    frame = pd.DataFrame({"right": ["$5 million to $10 million"]})
    page = Result(frame)._repr_html_()
    assert page.startswith('<div class="corpuskit tex2jax_ignore mathjax_ignore">')
    assert "$5 million to $10 million" in page


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table></div><h1>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='x",
    "&lt;b&gt; stays as written",
    "<!-- comment",
    "]]>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_everywhere(text: str) -> None:
    frame = pd.DataFrame({text: [text], "left": [text]})
    result = Result(frame, {"pattern": text}, (text,), summary=text, title=text)
    seen = Tags(result._repr_html_())
    assert set(seen.tags) == {"div", "p", "table", "tr", "th", "td"}
    assert seen.attributes == {"class", "style"}
    assert seen.text.count(text) == 3  # heading and two cells; caption and note hold more
    assert f"Note: {text}" in seen.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo", "one two"),
        ("one\r\n\ttwo", "one two"),
        ("a\x00b\x1b[31mc", "a b [31mc"),  # no terminal colours
        ("left\u202eright", "leftright"),  # no reversed reading
        ("partner\u00adship\ufeff", "partnership"),  # what no reader sees is not shown
        ("5\u00a0per\u2009cent", "5 per cent"),
        ("a\u2028b\u2029c\x85d", "a b c d"),  # line ends of other alphabets
        ("a\ud800b", "ab"),  # half a character cannot be printed
        ("don’t – “so”", "don’t – “so”"),
        ("é 印度 😀", "é 印度 😀"),
        ("", ""),
    ],
)
def test_cells_captions_and_notes_are_one_line(text: str, shown: str) -> None:
    result = Result(pd.DataFrame({"right": [text]}, dtype=object), notes=(text,), summary=text)
    assert repr(result) == "\n".join(
        line.rstrip() if i == 2 else line
        for i, line in enumerate(
            [f"Result(): {shown or '1 row'}", "right", shown, f"Note: {shown}"]
        )
    )
    page = result._repr_html_()
    assert page.isprintable()
    assert shown in "".join(Tags(page).text)


def test_headings_are_one_line_too() -> None:
    result = Result(pd.DataFrame({"a\nb": ["x"]}))
    assert repr(result).splitlines() == ["Result(): 1 row", "a b", "x"]


@pytest.mark.parametrize("view", [repr, Result._repr_html_])
def test_views_change_nothing_and_repeat(view: object) -> None:
    result = toy()
    before = result.frame.copy()
    assert callable(view)
    assert view(result) == view(result)
    pd.testing.assert_frame_equal(result.frame, before)


def test_html_names_no_address_id_or_script() -> None:
    page = toy(150)._repr_html_()
    assert not re.search(r"https?:|<script|<style|\bid=|uuid|0x[0-9a-f]{6}", page)


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (
            pd.DataFrame({"word": [], "count": np.array([], dtype="int64")}),
            "Result(): 0 rows\nword  count",
        ),
        (pd.DataFrame({"word": pd.Series([], dtype="str")}), "Result(): 0 rows\nword"),
        (pd.DataFrame(), "Result(): 0 rows"),
        (pd.DataFrame({"word": ["pact"]}), "Result(): 1 row\nword\npact"),
    ],
)
def test_empty_and_single_tables_have_views(frame: pd.DataFrame, text: str) -> None:
    result = Result(frame)
    assert repr(result) == text
    assert Tags(result._repr_html_()).text[0] == text.splitlines()[0]
    assert len(result) == len(frame)


def test_a_frame_with_equal_column_names_is_shown() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["A", "A"])
    assert repr(Result(frame)).splitlines()[1:] == ["A  A", "1  2"]


def test_long_tables_say_what_is_left_out() -> None:
    result = Result(pd.DataFrame({"count": range(1500)}))
    lines = repr(result).splitlines()
    assert len(lines) == 1 + 1 + 20 + 1
    assert lines[-1] == "Note: 20 of 1,500 rows shown; to_frame() gives all."
    assert "Note: 100 of 1,500 rows shown; to_frame() gives all." in Tags(result._repr_html_()).text


def test_long_cells_keep_the_end_next_to_the_node() -> None:
    frame = pd.DataFrame({"left": ["a" + "x" * 300 + "z"], "right": ["a" + "x" * 300 + "z"]})
    left, right = repr(Result(frame)).splitlines()[-1].split("  ")
    assert len(left) == len(right) == 200
    assert (left[0], left[-1], right[0], right[-1]) == ("…", "z", "a", "…")


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (1234567, 3, "1,234,567"),
        (np.int64(-5), 3, "-5"),
        (1234.5678, 2, "1,234.57"),
        (-0.0001, 2, "0.00"),  # no minus nought
        (-0.0, 0, "0"),
        (float("nan"), 2, "–"),
        (None, 2, "–"),
        (pd.NA, 2, "–"),
        (float("inf"), 2, "inf"),
        (float("-inf"), 2, "-inf"),
        (0.5, 0, "0"),  # rounds to even, as Python does
    ],
)
def test_numbers_for_people(value: object, digits: int, shown: str) -> None:
    assert number(value, digits) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.25, "0.250"), (0.00002, "2.0e-05"), (0.0, "0.000"), (float("nan"), "–"), (1.0, "1.000")],
)
def test_a_small_probability_is_not_zero(value: float, shown: str) -> None:
    assert probability(value) == shown
    assert shown in repr(Result(pd.DataFrame({"p": [value]})))


def test_columns_of_every_kind() -> None:
    frame = pd.DataFrame(
        {
            "yes": [True, False],
            "score": [0.5, np.nan],
            "count": pd.array([1, None], dtype="Int64"),
            "agreed": pd.array([True, None], dtype="boolean"),
            "day": pd.to_datetime(["2026-01-27", None]),
            "word": ["pact", None],
            "group": pd.Categorical(["A", None]),
        }
    )
    rows = [line.split() for line in repr(Result(frame, decimals={"score": 1})).splitlines()[1:]]
    assert rows == [
        ["yes", "score", "count", "agreed", "day", "word", "group"],
        ["yes", "0.5", "1", "yes", "2026-01-27", "00:00:00", "pact", "A"],
        ["no", "–", "–", "–", "–", "–", "–"],
    ]


def test_to_frame_is_your_own() -> None:
    result = toy()
    mine = result.to_frame()
    mine.loc[0, "count"] = 0
    assert result.frame.loc[0, "count"] == 1200


def test_a_result_cannot_be_changed() -> None:
    result = toy()
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.notes = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        result.params["window"] = 2  # type: ignore[index]


def test_params_are_cut_off_from_the_dict_they_came_in() -> None:
    params: dict[str, object] = {"window": 8}
    result = Result(pd.DataFrame(), params)
    params["window"] = 2
    assert result.caption == "Result(window=8): 0 rows"


def test_head_keeps_the_kind_and_says_so() -> None:
    result = toy(4).head(1)
    assert isinstance(result, Kwic)
    assert result.window == 5
    assert result.notes == ("Words only.", "The first 1 of 4 rows.")
    assert toy(4).head(10) == toy(4).head(10) or len(toy(4).head(10)) == 4


def test_head_of_a_whole_table_is_the_same_result() -> None:
    result = toy(4)
    assert result.head(4) is result


def test_head_refuses_what_is_no_count() -> None:
    message = "`n` must be a whole number of rows, 0 or more; not -1. Give for instance n=5."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        toy().head(-1)
