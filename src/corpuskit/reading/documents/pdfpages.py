"""The lines of a PDF page in reading order: rows and columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from .pdfpieces import Piece

SAME_ROW = 0.45  # of the size of the text: vertical distance of pieces that stand in one row
APART = 1.6  # times the size: a gap in a row that is no blank between words
APART_OFTEN = 0.6  # the same where many lines begin
WORD_GAP = 0.12  # times the size: a gap that is a blank
MOST_COLUMNS = 12  # of a page
MOST_EDGES = 300  # at which a column may begin
FEWEST_ROWS = 4  # of a column
FEWEST_CHARS = 12.0  # of a line of a column, on average; cells of tables are shorter
FULL = 0.55  # share of the width of a column that its lines fill on average
NEXT = 2.7  # times the size: the next line of a column, over a free line
NEAR = 3.0  # points: edges that are one edge
CROSSING = 0.2  # of the width of the column to the left: how far a line of it may seem to reach
MOST_CROSSING = 0.1  # share of rows that may run across a gutter inside its columns


class PageLine(NamedTuple):
    """One line of a page: its text, its box, and the left and right edge of its column."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: int  # how many characters at its beginning are bold
    column: tuple[float, float]


def page_lines(pieces: Sequence[Piece]) -> tuple[list[PageLine], list[str]]:
    """Return the lines of a page in reading order, and the texts that stand sideways on it."""
    if not pieces:
        return [], []
    turned = Counter(piece.angle for piece in pieces for _ in piece.text)
    upright = turned.most_common(1)[0][0]
    sideways = [piece.text for piece in pieces if piece.angle != upright]
    rows = list(_rows([piece for piece in pieces if piece.angle == upright]))
    starts = Counter(round(piece.left) for row in rows for piece in row)
    often = {start for start, number in starts.items() if number >= FEWEST_ROWS}
    segments = [segment for row in rows for segment in _segments(row, often)]
    return list(_ordered(segments)), sideways


def _rows(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces row by row from the top, each row from the left."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if row and row[0].base - piece.base > SAME_ROW * max(row[0].size, piece.size):
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda one: one.left)


def _segments(row: Sequence[Piece], often: Container[int]) -> Iterator[Piece]:
    """Yield the stretches of a row that no wide gap divides.

    Where lines begin again and again (`often`), a smaller gap is enough.
    """
    current: Piece | None = None
    for piece in row:
        if current is None:
            current = piece
            continue
        gap = piece.left - current.right
        least = APART_OFTEN if round(piece.left) in often else APART
        if gap > least * max(current.size, piece.size):
            yield current
            current = piece
        else:
            current = _joined(current, piece, gap)
    if current:
        yield current


def _joined(one: Piece, other: Piece, gap: float) -> Piece:
    """Return two pieces of a row as one."""
    blank = gap > WORD_GAP * one.size and one.text[-1:] != " " and other.text[:1] != " "
    longer = max(one, other, key=lambda piece: len(piece.text))
    whole = one.bold >= len(one.text)
    return replace(
        longer,
        text=one.text + " " * blank + other.text,
        left=one.left,
        right=max(one.right, other.right),
        base=longer.base,
        bold=one.bold + whole * (blank + other.bold),
    )


def _ordered(segments: Sequence[Piece], most: int = MOST_COLUMNS) -> Iterator[PageLine]:
    """Yield segments as lines in reading order: column by column where there are columns."""
    gutter = _gutter(segments) if most > 1 else None
    if gutter is None:
        yield from _whole_rows(segments)
        return
    edge, top, bottom = gutter
    left: list[Piece] = []
    right: list[Piece] = []
    above: list[Piece] = []
    for segment in segments:
        if segment.base > top or segment.base < bottom or _crosses(segment, edge):
            yield from _columns(left, right, most - 1)
            left, right = [], []
            above.append(segment)
        else:
            yield from _whole_rows(above)
            above = []
            (left if segment.left < edge - NEAR else right).append(segment)
    yield from _columns(left, right, most - 1)
    yield from _whole_rows(above)


def _columns(left: Sequence[Piece], right: Sequence[Piece], most: int) -> Iterator[PageLine]:
    """Yield the left column, then what is right of it, which may be columns again."""
    yield from _whole_rows(left)
    yield from _ordered(right, most) if right else ()


def _whole_rows(segments: Sequence[Piece]) -> Iterator[PageLine]:
    """Yield lines row by row; segments of one row become one line."""
    if not segments:
        return
    edges = _left_edge(segments), max(segment.right for segment in segments)
    for row in _rows(segments):
        one = row[0]
        for other in row[1:]:
            one = _joined(one, replace(other, text=" " + other.text, bold=other.bold + 1), 0.0)
        yield PageLine(one.text.rstrip(), one.left, one.right, one.base, one.size, one.bold, edges)


def _left_edge(segments: Sequence[Piece]) -> float:
    """Return the left edge of a column: the leftmost at which lines begin again and again."""
    starts = Counter(round(segment.left) for segment in segments)
    often = [edge for edge, number in starts.items() if number >= max(2, len(segments) // 5)]
    return float(min(often or starts))


def _crosses(segment: Piece, edge: float, width: float = 0.0) -> bool:
    """Return whether a segment runs across the left edge of a column."""
    reach = CROSSING * (width or max(edge - segment.left, 0.0))
    return segment.left < edge - NEAR and segment.right > edge + reach


def _gutter(segments: Sequence[Piece]) -> tuple[float, float, float] | None:
    """Return the left edge of a second column, with the highest and lowest line beside it."""
    starts = Counter(round(segment.left / NEAR) for segment in segments)
    often = sorted(start for start, number in starts.items() if number >= FEWEST_ROWS)
    for start in often[:MOST_EDGES]:
        if found := _second_column(segments, start * NEAR - NEAR):
            return found
    return None


def _second_column(segments: Sequence[Piece], edge: float) -> tuple[float, float, float] | None:
    """Return the gutter before `edge` if running text stands on both of its sides."""
    right = [s for s in segments if edge <= s.left]
    begun = [s for s in right if s.left < edge + 3 * NEAR]
    if len(begun) < FEWEST_ROWS:
        return None
    top, bottom = (pick(s.base for s in begun) for pick in (max, min))
    beside = [s for s in segments if s.left < edge and bottom - s.size <= s.base <= top + s.size]
    across = [s for s in beside if _crosses(s, edge + NEAR)]
    left = [s for s in beside if not _crosses(s, edge + NEAR)]
    if len(left) < FEWEST_ROWS or len(across) > MOST_CROSSING * len(beside):
        return None
    if not _is_running(left) or not _is_running(begun):
        return None
    low = _end(left, [s for s in segments if s.base < bottom], edge)
    slack = max(s.size for s in left)
    return edge + NEAR, max(top, *(s.base for s in left)) + slack, min(bottom, low) - slack


def _end(left: Sequence[Piece], below: Sequence[Piece], edge: float) -> float:
    """Return where the left column ends, which may go on below the end of the right one."""
    low = min(s.base for s in left)
    for segment in sorted(below, key=lambda s: -s.base):
        if segment.left >= edge:
            continue
        if low - segment.base > NEXT * segment.size or _crosses(segment, edge + NEAR):
            break
        low = min(low, segment.base)
    return low


def _is_running(segments: Sequence[Piece]) -> bool:
    """Return whether the lines of a column fill it as running text does, unlike cells."""
    low, high = min(s.left for s in segments), max(s.right for s in segments)
    wide = sum(s.right - s.left for s in segments) / len(segments)
    chars = sum(len(s.text) for s in segments) / len(segments)
    return chars >= FEWEST_CHARS and wide >= FULL * (high - low)
