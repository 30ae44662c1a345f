"""The places of hits: lines of a concordance, and the dispersion of a pattern."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..errors import refuse
from ..result import Result
from .labels import figure, plain
from .paper import records, table, title
from .record import Drawing
from .strips import Strip, strip_chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


MOST_GROUPS = 8


def kwic(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw where the lines of a concordance stand in their articles.

    Parameters
    ----------
    result
        What `kwic` returned, sorted or sampled in any way.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        One strip an article with lines, as long as its text in characters, a tick a line; by
        outlet, then by date. At most 60 articles, those with most lines.
    """
    frame = table(result, ("article", "outlet", "date", "start"), "kwic")
    places: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(frame["article"]):
        places[article].append(number)
    strips = [_lines(result, frame, numbers) for numbers in places.values()]
    drawing = Drawing(
        kind="strips",
        title=title(result, "Lines"),
        x="characters from the start of the article's text",
        y="article, by outlet and date",
        marks="strip",
        notes=("tick = line", "only articles with lines"),
    )
    return strip_chart(drawing, strips, ax)


def _lines(result: Result, frame: pd.DataFrame, numbers: list[int]) -> Strip:
    """Return the strip of one article from its lines of the concordance."""
    first = frame.iloc[numbers[0]]
    starts = sorted(float(frame["start"].iloc[number]) for number in numbers)
    text = getattr(result, "text", None)
    length = float(len(text(numbers[0]))) if callable(text) else starts[-1] + 1
    return Strip(first["article"], first["outlet"], first["date"], length, tuple(starts))


def dispersion(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw the dispersion of a pattern: one strip an article, a tick a hit.

    Parameters
    ----------
    result
        What `dispersion` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        One strip an article, as long as the article in words, with or without hits; articles in
        order of date (undated last), or by outlet and then by date if the dispersion is by
        outlet. At most 60 articles, those with most hits.
    """
    frame = table(result, ("hits", "articles", "range", "dp", "dp_norm"), "dispersion")
    parts = _extra(result, "parts", ("article", "date", "outlet", "words"))
    positions = _extra(result, "positions", ("article", "position"))
    ticks: dict[str, list[float]] = defaultdict(list)
    for article, position in zip(positions["article"], positions["position"], strict=True):
        ticks[article].append(float(position))
    strips = [_article(row, ticks[row["article"]]) for row in records(parts)]
    by_date = result.params.get("by") != "outlet"
    drawing = Drawing(
        kind="strips",
        title=title(result, "Dispersion"),
        x="words from the start of the article",
        y="article, by date" if by_date else "article, by outlet and date",
        marks="strip",
        notes=("tick = hit", *_evenness(frame)),
    )
    return strip_chart(drawing, strips, ax, by_date=by_date)


def _article(row: dict[str, Any], places: list[float]) -> Strip:
    """Return the strip of one article from its row in the parts and its places from 0 to 1."""
    ticks = tuple(sorted(at * row["words"] for at in places))
    return Strip(row["article"], row["outlet"], row["date"], float(row["words"]), ticks)


def _extra(result: Result, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return one of the further tables of a dispersion; refuse a result that has none."""
    extra = getattr(result, name, None)
    if not isinstance(extra, pd.DataFrame) or not set(columns) <= set(extra):
        refuse(
            "result",
            f"a Dispersion with the table .{name} ({', '.join(columns)})",
            type(result).__name__,
            "Give what dispersion returns.",
        )
    return extra


def _evenness(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return DPnorm in words: of the whole, or of up to eight groups."""
    values = [figure(float(value), 2) for value in frame["dp_norm"]]
    if not 0 < len(values) <= MOST_GROUPS:
        return ()
    names = [f"{plain(name)} " for name in frame.iloc[:, 0]] if len(values) > 1 else [""]
    said = ", ".join(f"{name}{value}" for name, value in zip(names, values, strict=True))
    return (f"DPnorm {said} (0 = even, 1 = clumped)",)
