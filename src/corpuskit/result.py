"""Result: a table that knows how it was made, with a text and an HTML view."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self
from unicodedata import category

import pandas as pd

from .errors import whole

TEXT_ROWS = 20
HTML_ROWS = 100
CELL_CHARS = 200
PROBABILITIES = ("p", "q")  # columns in which a small value is not shown as zero
_SHOWN_AS = {"Cc": " ", "Zs": " ", "Zl": " ", "Zp": " "}  # Unicode category: what stands for it


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A table with the parameters that made it and the notes a reader must know.

    Parameters
    ----------
    frame
        The rows. Treat it as read-only; `to_frame()` gives a copy of your own.
    params
        Name to value; enough to run the analysis again. The caption is made of it.
    notes
        Sentences that a reader of the table must know (dropped, guessed, truncated, units).
    summary
        What was found, in a few words: "42 hits in 17 articles".
    decimals
        Column name to digits after the point, for display only; 3 where not named.
    title
        The first word of the views; the class name if empty.
    """

    frame: pd.DataFrame
    params: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    summary: str = ""
    decimals: Mapping[str, int] = field(default_factory=dict)
    title: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))
        object.__setattr__(self, "decimals", MappingProxyType(dict(self.decimals)))

    def __getstate__(self) -> dict[str, Any]:
        """Return what is sent to another process: mappings as plain dicts."""
        state = {name: value for name, value in self.__dict__.items() if name != "_asked"}
        return state | {"params": dict(self.params), "decimals": dict(self.decimals)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        Result.__post_init__(self)

    def __len__(self) -> int:
        return len(self.frame)

    def to_frame(self) -> pd.DataFrame:
        """Return the whole table as a DataFrame of your own."""
        return self.frame.copy()

    def head(self, n: int = 10) -> Self:
        """Return the same result with its first `n` rows, and a note that says so."""
        n = whole("n", n, "rows")
        if n >= len(self.frame):
            return self
        note = f"The first {n:,} of {len(self.frame):,} rows."
        return replace(self, frame=self.frame.head(n), notes=(*self.notes, note))

    @property
    def caption(self) -> str:
        """One line: what this is, the parameters that made it, what was found."""
        given = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        found = self.summary or counted(len(self), "row")
        return _one_line(f"{self.title or type(self).__name__}({given}): {found}")

    def _shown(self, most: int) -> pd.DataFrame:
        """Return the rows that a view draws."""
        return self.frame.head(most)

    def _remarks(self, most: int) -> list[str]:
        """Return the notes, one line each, led by how many rows a view leaves out."""
        rows = len(self)
        cut = [f"{most:,} of {rows:,} rows shown; to_frame() gives all."] if rows > most else []
        return [*cut, *map(_one_line, self.notes)]

    def __repr__(self) -> str:
        table = _cells(self._shown(TEXT_ROWS), self.decimals)  # first: looking may make it shorter
        lines = [self.caption, *_aligned(table)]
        lines += [f"Note: {note}" for note in self._remarks(TEXT_ROWS)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.to_html_table(HTML_ROWS)

    def to_html_table(self, most: int) -> str:
        """Return caption, table and notes as HTML, at most `most` rows; all text is escaped."""
        table = _cells(self._shown(most), self.decimals)
        height = len(table[0].texts) if table else 0
        rows = [_html_row(table, row) for row in (None, *range(height))]
        remarks = "<br>".join(f"Note: {html.escape(note)}" for note in self._remarks(most))
        notes = f'<p class="corpuskit-note">{remarks}</p>' if remarks else ""
        return (
            '<div class="corpuskit tex2jax_ignore mathjax_ignore">'
            f'<p class="corpuskit-caption">{html.escape(self.caption)}</p>'
            f"<table>{''.join(rows)}</table>{notes}</div>"
        )


@dataclass(frozen=True)
class _Column:
    """One column as text: its heading, its cells and the side they are set to.

    The node of a concordance stands in the middle, between contexts that lean on it.
    """

    head: str
    texts: list[str]
    side: str


def _cells(frame: pd.DataFrame, decimals: Mapping[str, int]) -> list[_Column]:
    """Return every column of `frame` as display text."""
    return [_column(str(name), frame.iloc[:, i], decimals) for i, name in enumerate(frame.columns)]


def _column(name: str, values: pd.Series, decimals: Mapping[str, int]) -> _Column:
    """Return one column as display text; numbers and left contexts lean to the right."""
    head = _one_line(name)
    if pd.api.types.is_bool_dtype(values):
        return _Column(head, [_yes_no(value) for value in values], "left")
    if pd.api.types.is_numeric_dtype(values):
        digits = decimals.get(name, 3)
        shown = probability if name in PROBABILITIES else number
        return _Column(head, [shown(value, digits) for value in values], "right")
    texts = [_clip(value, keep_end=name == "left") for value in values]
    return _Column(head, texts, {"left": "right", "node": "node"}.get(name, "left"))


def counted(n: int, unit: str) -> str:
    """Return a number with its unit: "1 hit", "1,203 hits"."""
    return f"{n:,} {unit}{'' if n == 1 else 's'}"


def _yes_no(value: Any) -> str:
    """Return a truth value for people, a dash for none."""
    return "–" if pd.isna(value) else "yes" if value else "no"


def number(value: Any, digits: int = 3) -> str:
    """Return a number for people: thousands apart, fixed digits, a dash for none."""
    if pd.isna(value):
        return "–"
    if pd.api.types.is_integer(value):
        return f"{value:,}"
    text = f"{value:,.{digits}f}"
    return text if text.strip("-0.,") else text.lstrip("-")


def probability(value: Any, digits: int = 3) -> str:
    """Return a probability for people: a small one in powers of ten, never as zero."""
    text = number(value, digits)
    return f"{value:.1e}" if not pd.isna(value) and value > 0 and not text.strip("0.") else text


def _clip(value: object, keep_end: bool = False) -> str:
    """Return a cell's text in one line of at most CELL_CHARS characters."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return "–"
    text = _one_line(str(value))
    if len(text) <= CELL_CHARS:
        return text
    return "…" + text[-CELL_CHARS + 1 :] if keep_end else text[: CELL_CHARS - 1] + "…"


def _one_line(text: str) -> str:
    """Return `text` in one line: blanks for control characters, nothing for invisible ones."""
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return " ".join(text.split())


def _visible(char: str) -> str:
    """Return a character that can be shown: soft hyphens and direction marks vanish."""
    if char.isprintable():
        return char
    return _SHOWN_AS.get(category(char), "")


def _aligned(table: list[_Column]) -> list[str]:
    """Return the columns as lines of text, headings first."""
    if not table:
        return []
    widths = [max(map(len, [column.head, *column.texts])) for column in table]
    lines = []
    for row in range(-1, len(table[0].texts)):
        cells = []
        for column, width in zip(table, widths, strict=True):
            text = column.head if row < 0 else column.texts[row]
            cells.append(text.rjust(width) if column.side == "right" else text.ljust(width))
        lines.append("  ".join(cells).rstrip())
    return lines


# Numbers stand to the right as the row says; the other cells say where they stand.
_STYLES = {
    "left": ' style="text-align:left"',
    "right": "",
    "node": ' style="text-align:center;font-weight:bold"',
}


def _html_row(table: list[_Column], row: int | None) -> str:
    """Return one row of the table; `None` is the row of headings. Every text is escaped."""
    tag = "th" if row is None else "td"
    cells = "".join(
        f"<{tag}{_STYLES[column.side]}>"
        f"{html.escape(column.head if row is None else column.texts[row])}</{tag}>"
        for column in table
    )
    return f'<tr style="text-align:right">{cells}</tr>'
