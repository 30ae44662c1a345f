"""The look of text in a Rich Text file: what holds in a group, and the words that change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .lines import BODY, Line, Run


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being gathered; `runs` have text, bold and size."""

    place: str = BODY
    runs: list[Run] = field(default_factory=list)
    breaks: bool = False
    boxes: list[Line] = field(default_factory=list)  # text boxes that hang on it


@dataclass(slots=True)
class Group:
    """What holds inside one pair of braces."""

    passed: bool = False
    table: str = ""  # "fonttbl" or "stylesheet", where fonts and styles get their names
    font: int = -1
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    size: float = 12.0
    style: int = -1
    level: int = 0
    fallback: int = 1  # characters after a Unicode mark that stand for it in old programs
    paragraph: Paragraph | None = None  # of a note, header or box that begins here
    marked: bool = False  # the group begins with the mark of a destination that may be unknown
    first: bool = True  # no word has been met


def _bold(group: Group, number: int | None) -> None:
    """Begin or end bold text."""
    group.bold = number != 0


def _hide(group: Group, number: int | None) -> None:
    """Begin or end hidden text."""
    group.hidden = number != 0


def _delete(group: Group, number: int | None) -> None:
    """Begin or end text that is a tracked deletion."""
    group.deleted = number != 0


def _font(group: Group, number: int | None) -> None:
    """Take a font."""
    group.font = -1 if number is None else number


def _size(group: Group, number: int | None) -> None:
    """Take the size of the text, given in half points."""
    group.size = (number or 24) / 2


def _plain(group: Group, _: int | None) -> None:
    """Return to the look that text has by itself."""
    group.bold = group.hidden = group.deleted = False
    group.size = 12.0


def _fresh(group: Group, _: int | None) -> None:
    """Return to a paragraph without a style."""
    group.style, group.level = -1, 0


def _style(group: Group, number: int | None) -> None:
    """Take the style of the paragraph."""
    group.style = -1 if number is None else number


def _level(group: Group, number: int | None) -> None:
    """Take the level of a heading, counted from 0."""
    group.level = 0 if number is None or number > 8 else number + 1


def _fallback(group: Group, number: int | None) -> None:
    """Take how many characters stand for a Unicode mark in old programs."""
    group.fallback = min(max(number or 0, 0), 100)


LOOKS: dict[str, Callable[[Group, int | None], None]] = {
    "b": _bold,
    "v": _hide,
    "deleted": _delete,
    "f": _font,
    "fs": _size,
    "plain": _plain,
    "pard": _fresh,
    "s": _style,
    "outlinelevel": _level,
    "uc": _fallback,
}
