"""Rates along days, weeks or months: a point a period, and a line only where it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..result import Result, counted
from .labels import drawn, figure, plain, tick
from .paper import (
    BLUE,
    FONT,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    VERMILLION,
    blank,
    cut_note,
    interval_note,
    paper,
    records,
    table,
    title,
)
from .points import RATE_COLUMNS, group_column
from .record import Drawing, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = (BLUE, VERMILLION, GREEN, ORANGE, "#56B4E9", "#CC79A7")  # Okabe & Ito (2008)
SHAPES = ("o", "s", "^", "D", "v", "P")
UNDATED = "(none)"
SHADED = 400  # periods; more are too many to tell apart


@dataclass(frozen=True)
class Series:
    """One group: its name, and its dated rows in order."""

    name: str
    rows: tuple[dict[str, Any], ...]


def trend(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw the rate of each period as a point with its interval, and what was smoothed as a line.

    Parameters
    ----------
    result
        What `trend` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Hits per 10,000 words over the periods, hollow where there are no hits; no point where
        there are no articles (shaded if no group has any). At most 6 groups. Articles without a
        date are counted in a note.
    """
    frame = table(result, ("period", *RATE_COLUMNS), "trend")
    known = ("period", *RATE_COLUMNS, "smoothed")
    series, groups = _series(records(frame), group_column(frame, known))
    every = plain(result.params.get("every", "period"))
    periods = [str(row["period"]) for row in series[0].rows] if series else []
    notes = (*cut_note(len(series), groups, "groups"), *_undated(records(frame)))
    drawing = Drawing(
        kind="points over periods",
        title=title(result, f"Trend by {every}"),
        x=every,
        y="hits per 10,000 words",
        marks="",
        notes=notes,
    )
    if not any(row["articles"] for one in series for row in one.rows):
        return blank(drawing, ax, "no dated reports")
    reported = {str(row["period"]) for row in records(frame) if row["articles"]}
    empty = [n for n, period in enumerate(periods) if period not in reported]
    shaded = "shaded = " if len(periods) <= SHADED else ""
    without = (f"{shaded}{counted(len(empty), every)} without reports",) if empty else ()
    line = (f"line through periods = {result.params.get('smooth')} {every}s together",)
    drawing = replace(
        drawing,
        marks=f"{counted(len(periods), every)}, {len(empty):,} without reports",
        rows=tuple(_row(one, row) for one in series for row in one.rows if row["articles"]),
        notes=(interval_note(result), *(line if "smoothed" in frame else ()), *without, *notes),
    )
    with paper(ax, drawing, 3.5) as page:
        for n in empty if shaded else ():
            page.axvspan(n - 0.5, n + 0.5, color="#F0F0F0", lw=0, zorder=0)
        for at, one in enumerate(series):
            _draw(page, one, at, len(series))
        _frame(page, periods, series)
        page.set_ylabel(drawn(drawing.y), fontsize=9, family=FONT, color=INK)
    return page


def _series(rows: Sequence[dict[str, Any]], group: str) -> tuple[list[Series], int]:
    """Return the groups that are drawn, without their undated rows, and how many there are."""
    dated = [row for row in rows if row["period"] != UNDATED]
    names = list(dict.fromkeys(str(row[group]) if group else "" for row in dated))
    made = [
        Series(name, tuple(row for row in dated if not group or str(row[group]) == name))
        for name in names[: len(COLOURS)]
    ]
    return made, len(names)


def _undated(rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Return the note on articles without a date."""
    lost = [row for row in rows if row["period"] == UNDATED]
    articles, hits = (sum(int(row[name]) for row in lost) for name in ("articles", "hits"))
    told = f"without a date: {counted(articles, 'article')}, {counted(hits, 'hit')}"
    return (told,) if articles else ()


def _row(one: Series, row: dict[str, Any]) -> Row:
    """Return the record of a period."""
    values = [float(row[name]) for name in ("per_10k", "low", "high")]
    value, low, high = map(figure, values)
    text = f"{counted(row['hits'], 'hit')} in {counted(row['articles'], 'article')}"
    text += f", {value} [{low}, {high}] per 10,000"
    smoothed = [float(row["smoothed"])] if "smoothed" in row else []
    text += f", smoothed {figure(smoothed[0])}" if smoothed else ""
    label = f"{one.name} {row['period']}" if one.name else str(row["period"])
    return Row(label, (row["hits"], row["articles"], *values, *smoothed), text)


def _draw(ax: Axes, one: Series, at: int, of: int) -> None:
    """Draw one group in its colour and shape, a little beside the others."""
    colour, shape, beside = COLOURS[at], SHAPES[at], 0.16 * (at - (of - 1) / 2)
    for n, row in enumerate(one.rows):
        if row["articles"]:
            x, face = n + beside, colour if row["hits"] else "white"
            ax.plot([x, x], [row["low"], row["high"]], color=colour, lw=1.4, solid_capstyle="butt")
            ax.plot(x, row["per_10k"], shape, ms=4.5, mec=colour, mfc=face)
    if one.rows and "smoothed" in one.rows[0]:
        smoothed = [row["smoothed"] for row in one.rows]
        ax.plot(range(len(smoothed)), smoothed, color=colour if of > 1 else GREY, lw=1.2)
    if one.name:
        ax.plot([], [], shape, ms=4.5, color=colour, label=drawn(plain(one.name)))


def _frame(ax: Axes, periods: Sequence[str], series: Sequence[Series]) -> None:
    """Set the limits, the names of some periods and of the groups."""
    names = ("per_10k", "low", "high", "smoothed")
    ends = [float(row[name]) for one in series for row in one.rows for name in names if name in row]
    top = 1.06 * max(ends) if any(ends) else 1.0
    ax.set_ylim(-0.03 * top, top)
    room = max(2, int(ax.bbox.width / ax.figure.dpi / 0.65))
    places = range(0, len(periods), max(1, -(-len(periods) // room)))
    ax.set_xticks(list(places), [drawn(periods[n]) for n in places])
    ax.set_xlim(-0.7, len(periods) - 0.3)
    ax.tick_params(axis="x", labelsize=7.5)
    ax.yaxis.set_major_formatter(tick)
    ax.grid(axis="y", color=PALE, lw=0.5)
    if any(one.name for one in series):
        ax.legend(frameon=False, prop={"family": FONT, "size": 8}, ncols=3, loc="best")
