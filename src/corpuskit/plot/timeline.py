"""Days on a calendar: how many hits a day, days without hits and days without reports apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..errors import one_of
from ..result import Result, counted
from .labels import drawn, figure, tick
from .paper import BLUE, FONT, GREY, INK, PALE, blank, interval_note, paper, records, table, title
from .points import RATE_COLUMNS
from .record import Drawing, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_NAMED = 21
UNITS = {"hits": "hits a day", "per_10k": "hits per 10,000 words"}


@dataclass(frozen=True)
class Day:
    """One day with reports: hits, articles, and the rate with its interval."""

    date: date
    hits: int
    articles: int
    rate: tuple[float, float, float]

    @property
    def row(self) -> Row:
        """Return the record of this day."""
        value, low, high = map(figure, self.rate)
        text = f"{counted(self.hits, 'hit')} in {counted(self.articles, 'article')}"
        numbers = (self.hits, self.articles, *self.rate)
        return Row(self.date.isoformat(), numbers, f"{text}, {value} [{low}, {high}] per 10,000")


def days(result: Result, *, measure: str = "hits", ax: Axes | None = None) -> Axes:
    """Draw hits over the days of a calendar, with days that have none in their place.

    Parameters
    ----------
    result
        What `rates(hits, by="date")` returned.
    measure
        "hits": bars in hits a day. "per_10k": points in hits per 10,000 words with the interval.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        One place for each day from the first to the last. A 0 stands on days with reports and no
        hits; days without any report are shaded. Reports without a date are counted in a note.
    """
    measure = one_of("measure", measure, tuple(UNITS))
    frame = table(result, ("date", *RATE_COLUMNS), 'rates(hits, by="date")')
    known, undated = _read(records(frame))
    drawing = Drawing(
        kind="bars over days" if measure == "hits" else "points over days",
        title=title(result, "Hits by day", by=None),
        x="day",
        y=UNITS[measure],
        marks="",
        notes=undated,
    )
    if not known:
        return blank(drawing, ax, "no dated reports")
    empty = _without(known)
    shaded = "" if _long(known) else "shaded = "
    lacking = (f"{shaded}{counted(len(empty), 'day')} without reports",) if empty else ()
    how = () if measure == "hits" else (interval_note(result),)
    drawing = replace(
        drawing,
        marks=f"{counted(len(known), 'day')} with reports, {counted(len(empty), 'day')} without",
        rows=tuple(day.row for day in known),
        notes=(*how, *lacking, *undated),
    )
    with paper(ax, drawing, 3.5) as page:
        if shaded:
            _shade(page, empty)
        (_bars if measure == "hits" else _points)(page, known)
        _calendar(page, known)
        page.set_ylabel(drawn(drawing.y), fontsize=9, family=FONT, color=INK)
    return page


def _read(rows: Sequence[dict[str, Any]]) -> tuple[list[Day], tuple[str, ...]]:
    """Return the dated rows as days in order, and a note on the rows without a date."""
    known, lost_hits, lost_articles = [], 0, 0
    for row in rows:
        hits, articles = int(row["hits"]), int(row["articles"])
        day = _date(row["date"])
        if day is None:
            lost_hits, lost_articles = lost_hits + hits, lost_articles + articles
        elif articles:
            value, low, high = (float(row[name]) for name in ("per_10k", "low", "high"))
            known.append(Day(day, hits, articles, (value, low, high)))
    told = f"without a date: {counted(lost_articles, 'article')}, {counted(lost_hits, 'hit')}"
    return sorted(known, key=lambda day: day.date), (told,) if lost_articles else ()


def _date(value: object) -> date | None:
    """Return the day that a label names, if it names one."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _without(known: Sequence[Day]) -> list[date]:
    """Return the days between the first and the last that have no report."""
    first, last = known[0].date, known[-1].date
    there = {day.date for day in known}
    span = (first + timedelta(days) for days in range((last - first).days + 1))
    return [day for day in span if day not in there]


def _long(known: Sequence[Day]) -> bool:
    """Return whether the days span more than a year: too many to tell them apart."""
    return (known[-1].date - known[0].date).days > 366


def _shade(ax: Axes, empty: Sequence[date]) -> None:
    """Shade the days without reports, run by run."""
    runs: list[list[int]] = []
    for day in map(date.toordinal, empty):
        if runs and runs[-1][1] == day - 1:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    for first, last in runs:
        ax.axvspan(first - 0.5, last + 0.5, color="#F0F0F0", lw=0, zorder=0)


def _bars(ax: Axes, known: Sequence[Day]) -> None:
    """Draw one bar a day; its number on top, if there is room, so that 0 is seen."""
    wide = _long(known)
    days = [day.date.toordinal() for day in known]
    hits = [day.hits for day in known]
    ax.bar(days, hits, width=0.72, color=BLUE, edgecolor=BLUE, lw=1 if wide else 0)
    if len(known) <= MOST_NAMED and not wide:
        for x, n in zip(days, hits, strict=True):
            ax.text(x, n, f"{n:,}", ha="center", va="bottom", size=8, color=GREY, family=FONT)
    ax.set_ylim(0, 1.12 * max(1, *hits))


def _points(ax: Axes, known: Sequence[Day]) -> None:
    """Draw one point a day with its interval; hollow where there are no hits."""
    for day in known:
        x, (value, low, high) = day.date.toordinal(), day.rate
        ax.plot([x, x], [low, high], color=BLUE, lw=1.6, solid_capstyle="butt")
        ax.plot(x, value, "o", ms=5, mec=BLUE, mfc=BLUE if day.hits else "white")
    ends = [end for day in known for end in day.rate if end == end]
    top = max([1.0, *ends]) if not any(ends) else 1.06 * max(ends)
    ax.set_ylim(-0.03 * top, top)


def _calendar(ax: Axes, known: Sequence[Day]) -> None:
    """Set the days on the axis: each by name if they are few, otherwise some."""
    first, last = known[0].date.toordinal(), known[-1].date.toordinal()
    room = max(2, int(ax.bbox.width / ax.figure.dpi / 0.65))
    step = max(1, -(-(last - first + 1) // room))
    places = range(first, last + 1, step)
    ax.set_xticks(list(places), [date.fromordinal(day).isoformat() for day in places])
    margin = max(0.7, 0.01 * (last - first))
    ax.set_xlim(first - margin, last + margin)
    ax.tick_params(axis="x", labelsize=7.5)
    ax.yaxis.set_major_formatter(tick)
    ax.grid(axis="y", color=PALE, lw=0.5)
