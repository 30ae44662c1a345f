"""Tone round a node: every scored sentence a dot, and the difference to the other sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import one_of
from ..measures.resampling import rate_interval
from ..result import Result, counted
from .labels import figure, plain
from .paper import INK, interval_note, parts_of, records, table, title
from .points import difference_mark, group_column
from .record import Drawing
from .rows import Mark, points_round_zero, row_chart, under_names, zero_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("article", "outlet", "date", "lexicon", "score", "zone", "unit")
GOLDEN = 0.6180339887498949  # steps of this share of a row keep neighbouring dots apart


def sentiment(result: Result, *, by: str = "outlet", ax: Axes | None = None) -> Axes:
    """Draw the scores of all units as dots, with the mean of each group and its interval.

    Parameters
    ----------
    result
        What `sentiment_around` returned.
    by
        Column of the result whose values are the rows: "outlet", "zone", "date" or "lexicon".
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        A dot for each unit with evidence, from -1 to 1; a diamond at the mean of the group, with
        the line of its interval over articles (level, draws and seed of the result). Units
        without evidence have no dot: their number stands beside the row. At most 30 groups.

    Raises
    ------
    ValueError
        If `by` is another column, or `result` is not of `sentiment_around`.

    Notes
    -----
    A group with fewer than two articles that have evidence has no interval. The heights of the
    dots in their row mean nothing.
    """
    frame = table(result, COLUMNS, "sentiment_around")
    by = one_of("by", by, ("outlet", "zone", "date", "lexicon"))
    groups = [value or "(none)" for value in frame[by].tolist()]
    ordered = frame.assign(group=pd.Series(groups, frame.index, dtype=object)).iloc[
        sorted(range(len(groups)), key=groups.__getitem__)
    ]
    make = partial(_clouds, settings=_settings(result))
    several = frame["lexicon"].nunique() > 1 and by != "lexicon"
    marks = under_names(ordered, "lexicon", make) if several else make(ordered)
    drawing = Drawing(
        kind="dots with means",
        title=title(result, "Tone", by),
        x="score of a unit: right = positive, left = negative",
        y=by,
        marks="group",
        notes=("diamond = mean", interval_note(result)),
    )
    return row_chart(drawing, marks, _draw, ax, digits=3, each=0.4)


def _settings(result: Result) -> dict[str, float]:
    """Return level, draws and seed of the intervals, as the result was made with."""
    defaults: dict[str, float] = {"level": 0.95, "draws": 2000, "seed": 1}
    return {name: result.params.get(name, value) for name, value in defaults.items()}  # type: ignore[misc]


def _clouds(frame: pd.DataFrame, settings: dict[str, float]) -> list[Mark]:
    """Return one row a group: its mean, its interval, and the scores of its units."""
    return [_cloud(str(label), part, settings) for label, part in parts_of(frame, "group")]


def _cloud(label: str, part: pd.DataFrame, settings: dict[str, float]) -> Mark:
    """Return the row of one group."""
    known = part.dropna(subset="score")
    scores = sorted(map(float, known["score"]))
    none = len(part) - len(known)
    ends = _ends(known, settings)
    mean = math.fsum(scores) / len(scores) if scores else math.nan
    side = f"{len(known):,} scored, {none:,} no evidence"
    return Mark(label, mean, *ends, side, also=(len(known), none, *scores))


def _ends(known: pd.DataFrame, settings: dict[str, float]) -> tuple[float, float]:
    """Return the interval of the mean score from articles drawn again; none below two."""
    articles = known.groupby("article", sort=True)["score"]
    if articles.ngroups < 2:
        return math.nan, math.nan
    low, high = rate_interval(articles.sum(), articles.count(), **settings)  # type: ignore[arg-type]
    return float(low), float(high)


def _draw(ax: Axes, marks: Sequence[Mark]) -> None:
    """Draw a row of dots for each group, and its mean with the line of its interval."""
    zero_line(ax)
    for y, mark in enumerate(marks):
        scores = mark.also[2:]
        heights = [y + 0.6 * ((n * GOLDEN) % 1 - 0.5) for n in range(len(scores))]
        if not scores:
            continue
        ax.plot(scores, heights, "o", ms=4, mec="none", mfc=INK, alpha=0.3)
        if mark.has_interval:
            ax.plot([mark.low, mark.high], [y, y], color=INK, lw=2.2, solid_capstyle="butt")
        ax.plot(mark.value, y, "D", ms=6, mfc="white", mec=INK, mew=1.4)
    reach = max([abs(score) for mark in marks for score in mark.also[2:]] or [0.0]) or 1.0
    ax.set_xlim(-1.08 * reach, 1.08 * reach)


def sentiment_by(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw how far the tone round a node differs from that of the other sentences.

    Parameters
    ----------
    result
        What `.baseline()` or `.by(column)` of `sentiment_around(hits)` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Points in score around the node minus score of the baseline, with the line of the
        interval; hollow and grey where it holds 0 or is missing. At most 30 rows.
    """
    known = ("lexicon", "units", "no_evidence", "around", "baseline", "difference", "low", "high")
    maker = 'sentiment_around(hits).by("outlet")'
    frame = table(result, known, maker)
    also = (*known, "other_sentences", "other_no_evidence", "articles")
    group = group_column(frame, also) or "lexicon"
    make = partial(_differences, group=group)
    marks = make(frame) if group == "lexicon" else under_names(frame, "lexicon", make)
    drawing = Drawing(
        kind="differences with intervals",
        title=title(result, "Tone against the other sentences"),
        x="difference in mean score: right = warmer than the other sentences, left = colder",
        y=plain(group),
        marks="point",
        notes=(interval_note(result), "hollow = the interval holds 0 or is missing"),
    )
    return row_chart(drawing, marks, points_round_zero, ax, digits=3, empty="nothing to compare")


def _differences(frame: pd.DataFrame, group: str) -> list[Mark]:
    """Return one point a group."""
    return [
        difference_mark(
            row[group],
            (row["difference"], row["low"], row["high"]),
            f"{figure(row['around'], 3)} against {figure(row['baseline'], 3)}, "
            f"{counted(row['units'], 'unit')}, {row['no_evidence']:,} no evidence",
            (row["around"], row["baseline"], row["units"], row["no_evidence"]),
        )
        for row in records(frame)
    ]
