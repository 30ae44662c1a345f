"""The sheet every plot is drawn on: its size, its colours, its title, what it says when empty."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..errors import kind, refuse
from ..result import Result
from .labels import breadth, drawn, plain, tick
from .record import Drawing, remember

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe & Ito (2008): told apart by every common kind of colour vision.
BLUE, VERMILLION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
INK, GREY, PALE = "#222222", "#666666", "#D0D0D0"
FONT = "DejaVu Sans"
TITLE_CHARS = 76
LINE_CHARS = 108
ROW = 0.22  # inches


def table(result: Result, columns: Sequence[str], maker: str) -> pd.DataFrame:
    """Return the result's frame if it has the `columns`; otherwise say what to give."""
    kind("result", result, Result, f"Give what {maker} returns.")
    missing = [name for name in columns if name not in result.frame]
    if missing:
        rule = f"a Result of {maker} with the columns {', '.join(columns)}"
        refuse("result", rule, list(result.frame), f"Give what {maker} returns.")
    return result.frame


def parts_of(frame: pd.DataFrame, column: str) -> list[tuple[Any, pd.DataFrame]]:
    """Return the rows of each value of a column, in the order in which the values come."""
    rows: dict[Any, list[int]] = {}
    for row, value in enumerate(frame[column].tolist()):
        rows.setdefault(value, []).append(row)
    return [(value, frame.iloc[at]) for value, at in rows.items()]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as a mapping of column to cell."""
    return [
        {str(name): cell for name, cell in row.items()} for row in frame.to_dict(orient="records")
    ]


def title(result: Result, what: str, by: object = ...) -> str:
    """Return one line made of the result's caption: what, of which pattern, by what, found.

    `by` stands in place of the result's own grouping; None leaves it out.
    """
    subject = _subject(result.params.get("pattern", result.params.get("patterns", "")))
    by = result.params.get("by") if by is ... else by
    line = " by ".join([part for part in (subject, plain(by) if by else "") if part])
    line = f"{what}: {line}" if subject else f"{what} by {line}" if line else what
    found = plain(result.summary, 200) if result.summary else ""
    if found and len(line) + len(found) + 3 <= TITLE_CHARS:
        line += f" ({found})"
    return plain(line, TITLE_CHARS)


def _subject(pattern: object) -> str:
    """Return one pattern or several as text."""
    if isinstance(pattern, list | tuple):
        pattern = ", ".join(map(str, pattern))
    return plain(pattern, 40) if pattern else ""


def interval_note(result: Result) -> str:
    """Return how the intervals were made, as far as the result tells."""
    params = result.params
    level = params.get("level")
    said = f"{level:.0%} interval" if isinstance(level, float) else "interval"
    unit = params.get("unit", "article")
    unit = {"article": "articles", "story": "stories"}.get(str(unit), plain(unit))
    draws = f", {params['draws']:,} draws" if isinstance(params.get("draws"), int) else ""
    seed = f", seed {params['seed']}" if "seed" in params else ""
    return f"line = {said}, {unit} resampled{draws}{seed}"


def cut_note(drawn_rows: int, rows: int, unit: str = "rows") -> tuple[str, ...]:
    """Return the note that says how many rows are not drawn; none if all are."""
    return (f"{drawn_rows:,} of {rows:,} {unit} drawn",) if drawn_rows < rows else ()


@contextmanager
def paper(ax: Axes | None, drawing: Drawing, height: float) -> Iterator[Axes]:
    """Give a cleared Axes to draw on; then write the title, the labels and the record."""
    from matplotlib import interactive, is_interactive, style

    with style.context("default"):
        page = _axes(ax, height)
        page.clear()
        _dress(page)
        yield page
        beside = max((breadth(name.get_text()) for name in page.get_yticklabels()), default=0)
        wide = round(LINE_CHARS - 1.1 * beside)
        head = "\n".join(textwrap.wrap(drawing.title, max(32, round(0.84 * wide))))
        page.set_title(drawn(head), loc="left", family=FONT, size=10, color=INK)
        page.set_xlabel(_below(drawing, wide), loc="left", family=FONT, size=8.5, color=INK)
        remember(page, drawing)
        live = is_interactive()
    interactive(live)  # a notebook turns it on with its first figure; the style's end would not


def _axes(ax: Axes | None, height: float) -> Axes:
    """Return `ax`, or the only Axes of a new figure: the one place that asks for pyplot."""
    if ax is None:
        from matplotlib import pyplot

        return pyplot.subplots(figsize=(7, height), dpi=100, layout="constrained")[1]
    from matplotlib.axes import Axes

    kind("ax", ax, Axes, "Give for instance ax=matplotlib.pyplot.gca(), or leave it out.")
    return ax


def _dress(ax: Axes) -> None:
    """Take away what carries no information."""
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(PALE)
    ax.tick_params(labelsize=8.5, labelfontfamily=FONT, labelcolor=INK, color=PALE, length=3)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter(tick)
    ax.set_axisbelow(True)


def _below(drawing: Drawing, wide: int) -> str:
    """Return what stands under the plot: the unit, then the notes, in lines of `wide` letters."""
    lines = [drawing.x, " · ".join(drawing.notes)]
    return drawn("\n".join(part for line in lines for part in textwrap.wrap(line, max(40, wide))))


def row_height(rows: int, each: float = ROW) -> float:
    """Return the height in inches of a figure with so many rows."""
    return max(1.8, 1.25 + each * rows)


def name_rows(ax: Axes, labels: Sequence[str], bold: Sequence[int] = ()) -> None:
    """Write one label a row beside the plot, the first row on top; `bold` are headings."""
    ax.set_yticks(range(len(labels)), [drawn(plain(label)) if label else "" for label in labels])
    for row in bold:
        ax.get_yticklabels()[row].set_fontweight("bold")
    ax.set_ylim(len(labels) - 0.4, -0.6)


def say(ax: Axes, x: float, y: float, text: str, colour: str = GREY) -> None:
    """Write `text` in row `y`; `x` is a share of the plot's width, 1 its right border."""
    place = ax.get_yaxis_transform()
    ax.text(x, y, drawn(text), transform=place, fontsize=8, color=colour, va="center", family=FONT)


def blank(drawing: Drawing, ax: Axes | None, message: str) -> Axes:
    """Draw an Axes that says why there is nothing to draw."""
    drawing = replace(drawing, marks=f"nothing ({message})", notes=())
    with paper(ax, drawing, 2.2) as page:
        page.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
        page.text(0.5, 0.5, message, ha="center", va="center", color=GREY, family=FONT, size=11)
    return page
