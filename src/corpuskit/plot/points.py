"""Values as points, with the line of their interval: rates, differences, collocates."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..result import Result, counted
from .labels import figure, plain
from .paper import BLUE, GREY, VERMILLION, interval_note, records, table, title
from .record import Drawing
from .rows import Mark, points, points_from_zero, points_round_zero, row_chart, under_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RATE_COLUMNS = ("articles", "words", "hits", "per_10k", "low", "high")


def rates(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw the rate of each group as a point with its interval.

    Parameters
    ----------
    result
        What `rates` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Points in hits per 10,000 words, lines over the interval; beside each the hits and the
        articles. At most 30 groups. For days, see `days`.
    """
    frame = table(result, RATE_COLUMNS, "rates")
    group = group_column(frame, RATE_COLUMNS)
    marks = [_rate(str(row[group]) if group else "whole corpus", row) for row in records(frame)]
    drawing = Drawing(
        kind="points with intervals",
        title=title(result, "Rates"),
        x="hits per 10,000 words",
        y=plain(group) if group else "whole corpus",
        marks="point",
        notes=(interval_note(result),),
    )
    return row_chart(drawing, marks, points_from_zero, ax, empty="no articles")


def _rate(label: str, row: dict[str, Any]) -> Mark:
    """Return the point of one group; without words there is nothing to divide by, not a 0."""
    value, low, high = (
        row[name] if row["words"] else math.nan for name in ("per_10k", "low", "high")
    )
    side = f"{counted(row['hits'], 'hit')}, {counted(row['articles'], 'article')}"
    return Mark(label, value, low, high, side, also=(row["hits"], row["words"]))


def group_column(frame: pd.DataFrame, known: tuple[str, ...]) -> str:
    """Return the column that names the groups: the first that is not one of `known`."""
    return next((str(name) for name in frame if name not in known), "")


def compare(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw each group's difference to the rest with its interval, round the line of zero.

    Parameters
    ----------
    result
        What `compare` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Points in hits per 10,000 words more (right) or fewer (left) than in the rest; hollow and
        grey where the interval holds 0. At most 30 rows.
    """
    known = ("pattern", "per_10k", "rest_per_10k", "difference", "low", "high")
    frame = table(result, known, "compare")
    group = group_column(frame, known) or "pattern"
    marks = under_names(frame, "pattern", partial(_differences, group=group))
    drawing = Drawing(
        kind="differences with intervals",
        title=title(result, "Difference to the rest"),
        x="difference in hits per 10,000 words: right = more than the rest, left = fewer",
        y=plain(group),
        marks="point",
        notes=(interval_note(result), "hollow = the interval holds 0"),
    )
    return row_chart(drawing, marks, points_round_zero, ax, empty="nothing to compare")


def _differences(frame: pd.DataFrame, group: str) -> list[Mark]:
    """Return one point a group for the rows of one pattern."""
    return [
        difference_mark(
            row[group],
            (row["difference"], row["low"], row["high"]),
            f"{figure(row['per_10k'])} against {figure(row['rest_per_10k'])}",
            (row["per_10k"], row["rest_per_10k"]),
        )
        for row in records(frame)
    ]


def difference_mark(
    label: str, ends: tuple[float, float, float], side: str, also: tuple[float, ...]
) -> Mark:
    """Return the mark of a difference: coloured by its sign, grey where its interval holds 0."""
    value, low, high = ends
    sure = math.isfinite(low) and math.isfinite(high) and (low > 0 or high < 0)
    colour = (BLUE if value > 0 else VERMILLION) if sure else GREY
    return Mark(label, value, low, high, side, colour, sure, also)


def collocates(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw collocates as points on the scale of logDice, the first of the table on top.

    Parameters
    ----------
    result
        What `collocates` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Points in logDice (at most 14); beside each how often it stands in the windows and how
        often chance would put it there. At most 30 words.
    """
    frame = table(result, ("word", "O11", "E11", "log_dice", "range"), "collocates")
    marks = [
        Mark(
            row["word"],
            row["log_dice"],
            side=f"{row['O11']:,} found, {figure(row['E11'])} expected",
            filled=row["O11"] > row["E11"],
            also=(row["O11"], row["E11"]),
        )
        for row in records(frame)
    ]
    drawing = Drawing(
        kind="points",
        title=title(result, "Collocates"),
        x="logDice (14 = always together)",
        y="collocate",
        marks="point",
        notes=("hollow = not more often than chance",) if not all(m.filled for m in marks) else (),
    )
    return row_chart(drawing, marks, points, ax, empty="no collocates")
