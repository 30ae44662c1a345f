"""What is drawn on an Axes, kept beside it, and that record in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ..errors import refuse
from ..result import counted
from .labels import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 30


@dataclass(frozen=True)
class Row:
    """One row of a plot: its label, all numbers drawn for it, and the same in words."""

    label: str
    numbers: tuple[float, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Drawing:
    """A whole plot: what kind, its titles and units, its marks and every row drawn."""

    kind: str
    title: str
    x: str
    y: str
    marks: str
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that change with any label or number drawn."""
        parts = [part for row in self.rows for part in (row.label, *map(_rounded, row.numbers))]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:8]


_drawings: WeakKeyDictionary[Axes, Drawing] = WeakKeyDictionary()


def remember(ax: Axes, drawing: Drawing) -> None:
    """Keep `drawing` for as long as its Axes lives."""
    _drawings[ax] = drawing


def describe(ax: Axes) -> str:
    """Return in words what one of these plots shows, for readers and for comparison.

    Parameters
    ----------
    ax
        The Axes that a function of `corpuskit.plot` returned.

    Returns
    -------
    str
        Kind, title, axes with their units, the number of marks, the values of up to 30 rows, the
        notes, and a digest of every label and number drawn (rounded to 6 digits): a plot of other
        data has another description.

    Raises
    ------
    ValueError
        If nothing of `corpuskit.plot` was drawn on `ax`.

    Notes
    -----
    A picture in a notebook is not compared by nbval; its description is.
    """
    drawing = _drawings.get(ax) if hasattr(ax, "__weakref__") else None
    if drawing is None:
        refuse(
            "ax",
            "an Axes that a function of corpuskit.plot returned",
            type(ax).__name__,
            "Draw first, for instance ax = plot.rates(result).",
        )
    return "\n".join(_lines(drawing))


def _lines(drawing: Drawing) -> Iterable[str]:
    """Yield the description line by line."""
    yield f"{drawing.kind}: {drawing.title}"
    yield f"x: {drawing.x}"
    yield f"y: {drawing.y}"
    yield f"drawn: {drawing.marks}"
    shown = drawing.rows[:MOST_ROWS]
    labels = [plain(row.label, 40) for row in shown]
    width = max(map(len, labels), default=0)
    for label, row in zip(labels, shown, strict=True):
        yield f"  {label:<{width}}  {row.text}".rstrip()
    if len(drawing.rows) > MOST_ROWS:
        yield f"  … and {counted(len(drawing.rows) - MOST_ROWS, 'row')} more"
    yield from (f"note: {note}" for note in drawing.notes)
    yield f"digest: {drawing.digest}"


def _rounded(value: float) -> str:
    """Return a number with 6 digits, the same for 0 and -0."""
    text = f"{value:.6f}"
    return text if text.strip("-0.") else "0.000000"
