"""Charts with one row a label: bars from zero, or points with the line of their interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from ..result import counted
from .labels import figure
from .paper import (
    BLUE,
    GREY,
    INK,
    PALE,
    ROW,
    blank,
    cut_note,
    name_rows,
    paper,
    parts_of,
    row_height,
    say,
)
from .record import MOST_ROWS, Drawing, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.ticker import Locator


@dataclass(frozen=True)
class Mark:
    """One row: where its mark stands, its interval if any, and what is written beside it."""

    label: str
    value: float
    low: float = math.nan
    high: float = math.nan
    side: str = ""
    colour: str = BLUE
    filled: bool = True
    also: tuple[float, ...] = ()
    heading: bool = False

    def row(self, digits: int) -> Row:
        """Return the record of this mark."""
        if self.heading:
            return Row(str(self.label))
        text = figure(self.value, digits)
        if self.has_interval:
            text += f" [{figure(self.low, digits)}, {figure(self.high, digits)}]"
        numbers = (self.value, self.low, self.high, *self.also)
        return Row(str(self.label), numbers, f"{text}  {self.side}".rstrip())

    @classmethod
    def named(cls, label: str) -> Mark:
        """Return a row that only names the group of the rows below it."""
        return cls(label, math.nan, heading=True)

    @property
    def has_interval(self) -> bool:
        """Return whether both ends of the interval are numbers."""
        return math.isfinite(self.low) and math.isfinite(self.high)


def under_names(
    frame: pd.DataFrame, column: str, make: Callable[[pd.DataFrame], list[Mark]]
) -> list[Mark]:
    """Return the rows of each value of `column`, under its name if there are several."""
    marks: list[Mark] = []
    for name, part in parts_of(frame, column):
        if frame[column].nunique() > 1:
            marks.append(Mark.named(str(name)))
        marks += make(part)
    return marks


Draw = Callable[["Axes", Sequence[Mark]], None]


def row_chart(
    drawing: Drawing,
    marks: Sequence[Mark],
    draw: Draw,
    ax: Axes | None,
    *,
    digits: int = 1,
    empty: str = "no hits",
    each: float = ROW,
) -> Axes:
    """Draw one row a mark, at most 30 of them, with their labels, side notes and record."""
    shown = marks[:MOST_ROWS]
    if not shown:
        return blank(drawing, ax, empty)
    rows, all_rows = (sum(not mark.heading for mark in some) for some in (shown, marks))
    several = counted(rows, drawing.marks)
    intervals = sum(mark.has_interval for mark in shown)
    whole = replace(
        drawing,
        rows=tuple(mark.row(digits) for mark in shown),
        notes=(*drawing.notes, *cut_note(rows, all_rows)),
        marks=several + (f", {counted(intervals, 'interval')}" if intervals else ""),
    )
    with paper(ax, whole, row_height(len(shown), each)) as page:
        headings = [y for y, mark in enumerate(shown) if mark.heading]
        name_rows(page, [mark.label for mark in shown], headings)
        draw(page, shown)
        for y, mark in enumerate(shown):
            say(page, 1.01, y, mark.side)
    return page


def bars(ax: Axes, marks: Sequence[Mark]) -> None:
    """Draw a bar from zero to each value."""
    values = [mark.value if math.isfinite(mark.value) else 0.0 for mark in marks]
    ax.barh(range(len(marks)), values, height=0.72, color=[mark.colour for mark in marks])
    if min(values) < 0:
        zero_line(ax)
    if max(map(abs, values)) == 0:
        ax.set_xlim(0, 1)


def whole_bars(ax: Axes, marks: Sequence[Mark]) -> None:
    """Draw bars of counts: no halves on their axis."""
    bars(ax, marks)
    ax.xaxis.set_major_locator(_whole_numbers())


def _whole_numbers() -> Locator:
    """Return what puts ticks at whole numbers only."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(8, integer=True, steps=[1, 2, 5, 10])


def points(ax: Axes, marks: Sequence[Mark]) -> None:
    """Draw a point at each value and a line over its interval; hollow where not `filled`."""
    for y, mark in enumerate(marks):
        if mark.has_interval:
            ax.plot([mark.low, mark.high], [y, y], color=mark.colour, lw=1.6, solid_capstyle="butt")
        if math.isfinite(mark.value):
            face = mark.colour if mark.filled else "white"
            ax.plot(mark.value, y, "o", ms=6, mec=mark.colour, mfc=face, mew=1.4)
        elif not mark.heading:
            ax.text(0.01, y, "no value", transform=ax.get_yaxis_transform(), size=8, color=GREY)
    ax.grid(axis="y", color=PALE, lw=0.5)


def points_from_zero(ax: Axes, marks: Sequence[Mark]) -> None:
    """Draw points on an axis that starts at zero, for shares and rates."""
    points(ax, marks)
    right = max([end for mark in marks for end in (mark.value, mark.high) if end == end] + [0.0])
    ax.set_xlim(-0.02 * (right or 1), 1.05 * (right or 1))


def points_round_zero(ax: Axes, marks: Sequence[Mark]) -> None:
    """Draw points with the line of no difference, for differences."""
    points(ax, marks)
    ends = [e for mark in marks for e in (mark.value, mark.low, mark.high) if math.isfinite(e)]
    reach = 1.08 * max(map(abs, ends), default=0.0) or 1.0
    ax.set_xlim(-reach, reach)
    zero_line(ax)


def zero_line(ax: Axes) -> None:
    """Draw the line of zero."""
    ax.axvline(0, color=INK, lw=0.9, zorder=1)
