"""Where hits stand: one strip an article, a tick a hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from ..result import counted
from .labels import figure, plain, tail
from .paper import BLUE, INK, PALE, blank, cut_note, name_rows, paper, row_height, say
from .record import MOST_ROWS, Drawing, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_STRIPS = 60


@dataclass(frozen=True)
class Strip:
    """One article: its label, its block, its length, and where its hits stand in that unit."""

    article: str
    outlet: str
    date: str
    length: float
    ticks: tuple[float, ...]

    @property
    def order(self) -> tuple[str, bool, str, str]:
        """Return the key that puts outlets together and their articles by date, undated last."""
        return self.outlet, not self.date, self.date, self.article

    @property
    def day(self) -> tuple[bool, str, str, str]:
        """Return the key that puts all articles by date, undated last, whatever their outlet."""
        return not self.date, self.date, self.outlet, self.article

    @property
    def row(self) -> Row:
        """Return the record of this strip."""
        at = ", ".join(figure(tick, 0) for tick in self.ticks[:8])
        more = f" and {len(self.ticks) - 8} more" if len(self.ticks) > 8 else ""
        text = f"{counted(len(self.ticks), 'hit')}{' at ' if at else ''}{at}{more}"
        label = f"{self.outlet or '(none)'} {self.date or '(no date)'} {tail(self.article, 20)}"
        return Row(label, (self.length, *self.ticks), f"{text} of {figure(self.length, 0)}")


def strip_chart(
    drawing: Drawing, strips: Sequence[Strip], ax: Axes | None, *, by_date: bool = False
) -> Axes:
    """Draw the strips by outlet and date, or by date alone; above 60 those with most hits."""
    key = attrgetter("day" if by_date else "order")
    fullest = sorted(strips, key=lambda strip: (-len(strip.ticks), key(strip)))[:MOST_STRIPS]
    shown = sorted(fullest, key=key)
    ticks = sum(len(strip.ticks) for strip in shown)
    if not ticks:
        return blank(drawing, ax, "no hits")
    cut = cut_note(len(shown), len(strips), "articles")
    whole = replace(
        drawing,
        marks=f"{counted(len(shown), 'strip')}, {counted(ticks, 'tick')}",
        rows=tuple(strip.row for strip in shown),
        notes=(*drawing.notes, *(f"{note}: those with most hits" for note in cut)),
    )
    labelled = len(shown) <= MOST_ROWS
    with paper(ax, whole, row_height(len(shown), 0.22 if labelled else 0.11)) as page:
        labels = [_dated(strip) if by_date else tail(strip.article, 26) for strip in shown]
        name_rows(page, labels if labelled else [""] * len(shown))
        _draw(page, shown)
        _name_blocks(page, shown, "date" if by_date else "outlet")
    return page


def _draw(ax: Axes, strips: Sequence[Strip]) -> None:
    """Draw each article as a pale bar as long as it is, and its hits as ticks."""
    ax.barh(range(len(strips)), [strip.length for strip in strips], height=0.7, color="#E8E8E8")
    places = [(tick, y) for y, strip in enumerate(strips) for tick in strip.ticks]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    ax.vlines(xs, [y - 0.35 for y in ys], [y + 0.35 for y in ys], colors=BLUE, lw=1.5)
    ax.set_xlim(0, 1.01 * max(1.0, *(max((s.length, *s.ticks)) for s in strips)))


def _dated(strip: Strip) -> str:
    """Return the label of a strip that stands by its date: outlet and article."""
    return (
        f"{plain(strip.outlet, 12)}: {tail(strip.article, 18)}"
        if strip.outlet
        else tail(strip.article, 26)
    )


def _name_blocks(ax: Axes, strips: Sequence[Strip], by: str) -> None:
    """Write each outlet's name (or each date) beside its block, with a line between blocks."""
    first = 0
    for name, block in groupby(strips, key=attrgetter(by)):
        size = len(list(block))
        if first:
            ax.axhline(first - 0.5, color=PALE, lw=0.8)
        said = name or "(no date)" if by == "date" else name
        say(ax, 1.01, first + (size - 1) / 2, plain(said, 22), INK)
        first += size
