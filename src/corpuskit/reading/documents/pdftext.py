"""Lines of PDF pages to paragraphs: running headers apart, divided words told or joined."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from .lines import BODY, Line
from .pdfpages import PageLine

EDGE_ROWS = 3  # rows at the top and at the bottom of a page in which furniture is looked for
SAME_PLACE = 6.0  # points by which the place of a running header may differ
OFTEN = 0.4  # share of the pages on which it stands, and on two at least
LARGER = 1.2  # size of a heading for that of the body
OTHER_SIZE = 0.12  # share by which sizes differ that are not the same
MOST_LEADING = 1.6  # times the size: distance of two lines of one paragraph
WIDE_GAP = 1.35  # of the distance of lines: a gap between paragraphs
INDENT = 0.6  # times the size
SHORT = 0.2  # of the width of the column: room at the end of a last line

_FINAL = re.compile(r"[.!?…:][”’\"')\]»]*$")
_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.)\s*)?[-–—|\[(]?\s*\d{1,3}\s*[-–—|\])]?"
    r"|(?:(?:page|seite|p\.)\s*)?\d{1,4}\s*(?:/|of|von|sur|de)\s*\d{1,4}",
    re.I,
)
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:.]\d{2}\b.{0,200}|(?:https?|file)://\S+(?:\s+\d+/\d+)?"
)
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010]\n([^\W\d_]+)")
_SOFT = "\u00ad\n"

Tail = tuple[str, str, str]  # text, rule, reason


class Placed(NamedTuple):
    """A line of a page with the number of the page, from 1."""

    page: int
    line: PageLine


def without_furniture(pages: Sequence[Sequence[PageLine]]) -> tuple[list[Placed], list[Tail]]:
    """Return the lines of all pages without running headers, footers and page numbers.

    What is taken out comes back as text, rule and reason, each text once.
    """
    lines = [Placed(number, line) for number, page in enumerate(pages, 1) for line in page]
    edges = {
        where: side for number, page in enumerate(pages, 1) for where, side in _edges(number, page)
    }
    found = _repeated(edges, len(pages)) | _single(edges)
    texts: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for placed, why in found.items():
        texts[why].setdefault(placed.line.text)
    tail = [("\n".join(words), *why) for why, words in texts.items()]
    return [placed for placed in lines if placed not in found], tail


def _edges(number: int, page: Sequence[PageLine]) -> Iterator[tuple[Placed, str]]:
    """Yield the lines in the outermost rows of a page, with the side on which they stand."""
    bases = sorted({round(line.base) for line in page})
    low, high = set(bases[:EDGE_ROWS]), set(bases[-EDGE_ROWS:])
    for line in page:
        at = round(line.base)
        if at in high and (at not in low or at > bases[len(bases) // 2]):
            yield Placed(number, line), "header"
        elif at in low:
            yield Placed(number, line), "footer"


def _repeated(edges: dict[Placed, str], pages: int) -> dict[Placed, tuple[str, str]]:
    """Return the lines that stand at the same place of many pages, with rule and reason."""
    groups: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for placed, side in edges.items():
        groups[side, re.sub(r"\d+", "#", placed.line.text)].append(placed)
    found = {}
    for (side, _), group in groups.items():
        middle = median(placed.line.base for placed in group)
        same = [placed for placed in group if abs(placed.line.base - middle) <= SAME_PLACE]
        number = len({placed.page for placed in same})
        if number >= 2 and number >= OFTEN * pages:
            why = (f"running {side}", f"stands at the same place of {number:,} pages")
            found.update({placed: _why(placed.line.text) or why for placed in same})
    return found


def _single(edges: dict[Placed, str]) -> dict[Placed, tuple[str, str]]:
    """Return page numbers and what browsers print at the edges, with rule and reason."""
    return {placed: why for placed in edges if (why := _why(placed.line.text))}


def _why(text: str) -> tuple[str, str] | None:
    """Return rule and reason of a line that is furniture by its own words."""
    if _NUMBER.fullmatch(text):
        return "page number", "number of a page"
    if _PRINTED.fullmatch(text):
        return "running header", "date, title or address that a browser prints on each page"
    return None


def paragraphs_of(lines: Sequence[Placed]) -> list[list[Placed]]:
    """Return the lines in paragraphs, over the ends of columns and pages."""
    step = _leading(lines)
    indented = sum(_is_indented(one.line) for one in lines) >= 2
    found: list[list[Placed]] = []
    for at, placed in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or _begins(before, placed, step, indented):
            found.append([])
        found[-1].append(placed)
    return found


def _leading(lines: Sequence[Placed]) -> float:
    """Return the usual distance of two lines for their size."""
    steps = [
        (one.line.base - two.line.base) / two.line.size
        for one, two in pairwise(lines)
        if one.page == two.page and one.line.base > two.line.base
    ]
    return min(median(steps), MOST_LEADING) if steps else MOST_LEADING


def _begins(before: Placed, placed: Placed, step: float, indented: bool) -> bool:
    """Return whether a paragraph begins with a line."""
    one, two = before.line, placed.line
    if abs(one.size - two.size) > OTHER_SIZE * max(one.size, two.size):
        return True
    if _is_bold(one) != _is_bold(two):
        return True
    if _is_indented(two) and not _is_indented(one):
        return True
    ends = _FINAL.search(one.text) is not None
    if before.page != placed.page or one.column != two.column or two.base >= one.base:
        return ends and not two.text[:1].islower() and not (indented and _is_full(one))
    if one.base - two.base > WIDE_GAP * step * two.size:
        return True
    return ends and not _is_full(one)


def _is_bold(line: PageLine) -> bool:
    """Return whether a whole line is bold."""
    return line.bold >= len(line.text)


def _is_indented(line: PageLine) -> bool:
    """Return whether a line begins right of the edge of its column."""
    return line.left > line.column[0] + INDENT * line.size


def _is_full(line: PageLine) -> bool:
    """Return whether a line reaches the end of its column."""
    low, high = line.column
    return line.right > high - SHORT * (high - low)


def body_size(lines: Iterable[Placed]) -> float:
    """Return the size of most of the text, in points."""
    sizes: Counter[float] = Counter()
    for placed in lines:
        sizes[round(placed.line.size, 1)] += len(placed.line.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def as_line(paragraph: Sequence[Placed], body: float, breaks: bool) -> Line:
    """Return a paragraph as a line with hints; its lines end in line feeds."""
    first = paragraph[0].line
    text = "\n".join(placed.line.text for placed in paragraph)
    larger = first.size >= LARGER * body and len(text) <= 300
    bold = all(_is_bold(placed.line) for placed in paragraph)
    label = "" if bold else first.text[: first.bold].strip()
    return Line(
        text.replace("\n", " ") if larger else text,
        level=1 if larger else 0,
        bold=bold,
        label=label,
        size=round(first.size, 1),
        breaks=breaks,
        place=BODY,
        page=paragraph[0].page,
    )


def joined(text: str) -> tuple[str, list[str]]:
    """Return `text` with the words that line ends divide in one, and these words as divided.

    A soft hyphen, which is not seen and which searches pass over, marks each joint. A hyphen
    that belongs to the word stays: before a capital letter, and where the word stands with it
    elsewhere in the text.
    """
    words: list[str] = []
    whole = text.casefold()

    def join(found: re.Match[str]) -> str:
        one, two = found.groups()
        words.append(f"{one}-{two}")
        own = not two[0].islower() or f"{one}-{two}".casefold() in whole
        return f"{one}-{two}" if own else f"{one}\u00ad{two}"

    return _DIVIDED.sub(join, text).replace(_SOFT, "\u00ad"), words


def divided(text: str) -> list[str]:
    """Return the words of `text` that line ends divide, with their hyphens."""
    return [f"{one}-{two}" for one, two in _DIVIDED.findall(text)]
