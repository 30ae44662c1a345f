"""Stories that stand in several articles: how alike their pairs are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import refuse
from ..result import Result, counted
from .labels import figure, tail
from .paper import GREY, ORANGE, PALE, parts_of, records, table, title
from .record import Drawing
from .rows import Mark, row_chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def near_duplicates(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw each story that stands in several articles, with a ring for each pair of them.

    Parameters
    ----------
    result
        What `near_duplicates` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        One row a story, named by its earliest article; for each of its pairs a ring at their
        Jaccard similarity and a dot at their containment, both from 0 (nothing shared) to 1 (the
        same, or the smaller wholly inside the other). At most 30 stories, the largest first.
    """
    frame = table(result, ("a", "b", "jaccard", "containment"), "near_duplicates")
    stories = getattr(result, "stories", None)
    if not isinstance(stories, pd.DataFrame):
        rule = "a Duplicates with the table .stories"
        refuse("result", rule, type(result).__name__, "Give what near_duplicates returns.")
    of = dict(zip(stories["article"], stories["story"], strict=True))
    pairs: dict[object, list[tuple[float, float]]] = defaultdict(list)
    for row in records(frame):
        pairs[of[row["a"]]].append((float(row["jaccard"]), float(row["containment"])))
    marks = [
        _story(part["article"].tolist(), pairs[story])
        for story, part in parts_of(stories, "story")
        if story in pairs
    ]
    least = float(str(result.params.get("threshold", 0)))
    drawing = Drawing(
        kind="rings and dots",
        title=title(result, "Stories in several articles"),
        x="what a pair of articles shares (0 = nothing, 1 = all)",
        y="story, by its earliest article",
        marks="cluster",
        notes=("ring = Jaccard", "dot = containment", f"dashed = Jaccard {figure(least, 2)}"),
    )
    marks.sort(key=lambda mark: -mark.also[0])
    return row_chart(
        drawing, marks, partial(_rings, least=least), ax, digits=2, empty="no near-duplicates"
    )


def _story(articles: Sequence[str], pairs: Sequence[tuple[float, float]]) -> Mark:
    """Return the row of one story: its most alike pair, its size, all its pairs."""
    side = f"{counted(len(articles), 'article')}, {counted(len(pairs), 'pair')}"
    also = (float(len(articles)), *(value for pair in sorted(pairs) for value in pair))
    return Mark(tail(articles[0]), max(pairs)[0], side=side, also=also)


def _rings(ax: Axes, marks: Sequence[Mark], least: float) -> None:
    """Draw a ring and a dot for each pair in the row of its story, and the threshold."""
    ax.axvline(least, color=GREY, lw=0.9, ls="--", zorder=1)
    ax.grid(axis="y", color=PALE, lw=0.5)
    for y, mark in enumerate(marks):
        jaccard, contained = mark.also[1::2], mark.also[2::2]
        rows = [y] * len(jaccard)
        ax.plot(contained, rows, "o", ms=4.5, mec="none", mfc=ORANGE)
        ax.plot(jaccard, rows, "o", ms=8, mec=mark.colour, mfc="none", mew=1.4)
    ax.set_xlim(0, 1.03)
