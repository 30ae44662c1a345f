"""The pieces of text of a PDF page: what is drawn where."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_PIECES = 100_000  # of one page

_WIDTHS = {  # about, in a common font
    **dict.fromkeys("iljtfrI.,:;'|!()[]‘’-", 0.29),
    **dict.fromkeys("mwMW@%—…", 0.83),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ", 0.67),
    " ": 0.27,
}
_SMALL = "aeinorst"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a page: where it begins and (about) ends, in points from its lower left."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: int  # how many characters at its beginning are bold
    angle: int = 0  # quarter turns


class _Page:
    """The pieces of a page, gathered while its content is read, with the forms that it shows.

    A form (a page in the page) has places of its own; where it stands is said outside it.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._forms: list[Sequence[float]] = []  # places of the forms that are being read
        self._next: Sequence[float] | None = None  # of a form whose content has not begun

    def before(self, operator: bytes, _: Any, outer: Sequence[float], __: Any) -> None:
        """Note where a form stands, and that its content begins."""
        if self._next is not None:
            self._forms.append(self._next)
        self._next = self._placed(outer) if operator == b"Do" else None

    def after(self, operator: bytes, *_: Any) -> None:
        """Note that a form ends; a picture has no content."""
        if operator != b"Do":
            return
        if self._next is None and self._forms:
            self._forms.pop()
        self._next = None

    def take(
        self, text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float
    ) -> None:
        """Take a piece of text."""
        if text.strip() and len(self.pieces) < MOST_PIECES:
            placed = self._placed(outer)
            self.pieces.append(_piece(text.strip("\n"), placed, inner, font, size))

    def _placed(self, outer: Sequence[float]) -> Sequence[float]:
        """Return a matrix of a form as one of the page."""
        return _product(outer, self._forms[-1]) if self._forms else list(outer)


def pieces_of(page: Any) -> list[Piece]:
    """Return the pieces of text of a page of pypdf, in the order in which they are drawn."""
    found = _Page()
    page.extract_text(
        visitor_text=found.take,
        visitor_operand_before=found.before,
        visitor_operand_after=found.after,
    )
    return found.pieces


def _piece(
    text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float
) -> Piece:
    """Return a piece with its place on the page; `outer` and `inner` are its two matrices."""
    a, b, c, d, e, f = _product(inner, outer)
    height = abs(size) * math.hypot(c, d) or 1.0
    scale = math.hypot(a, b) / (math.hypot(c, d) or 1.0)
    angle = round(math.atan2(b, a) / (math.pi / 2)) % 4
    left, base = ((e, f), (f, -e), (-e, -f), (-f, e))[angle]
    words = " ".join(text.split("\n"))
    start = len(words) - len(words.lstrip())
    name, wide = _font(font)
    scale *= wide * height
    left += width_of(words[:start]) * scale
    right = left + width_of(words.strip()) * scale
    is_bold = any(mark in name for mark in ("bold", "black", "heavy", "demi"))
    bold = len(words) - start if is_bold else 0
    return Piece(words[start:], left, right, base, height, bold, angle)


def _font(font: Any) -> tuple[str, float]:
    """Return the name of a font, and how wide its small letters are for a common font."""
    try:
        name = str((font or {}).get("/BaseFont", "")).lower()
        widths, first = font["/Widths"], int(font["/FirstChar"])
        given = [float(widths[ord(sign) - first]) / 1000 for sign in _SMALL]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return name, 0.92 if "times" in name or "serif" in name else 1.0
    ratio = sum(given) / (width_of(_SMALL) or 1.0)
    return name, ratio if 0.5 < ratio < 2 else 1.0


def _product(inner: Sequence[float], outer: Sequence[float]) -> tuple[float, ...]:
    """Return the product of two matrices of a page; one that is no number counts as none."""
    a, b, c, d, e, f = (float(number) for number in inner)
    p, q, r, s, t, u = (float(number) for number in outer)
    made = (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s)
    place = (e * p + f * r + t, e * q + f * s + u)
    known = all(map(math.isfinite, (*made, *place)))
    return (*made, *place) if known else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def width_of(text: str) -> float:
    """Return about how wide a text is in a common font of size 1."""
    return sum(_WIDTHS.get(sign, 1.0 if sign >= "\u2e80" else 0.5) for sign in text)
