"""The rows of a table as text: cells between marks, quotation marks, and what breaks them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .columns import is_text_name

LONGEST_RECORD = 50_000_000  # characters
MOST_AGAIN = 200_000_000  # characters that are read a second time after unclosed quotation marks
MARKS = (",", ";", "\t", "|")


class Dialect(NamedTuple):
    """The mark between cells, and whether quotation marks hold cells together."""

    mark: str
    quoted: bool = True


class Cells(NamedTuple):
    """The cells of one line; `open` is where one begins that ends on a later line, or -1.

    `odd` says that quotation marks in it are not as they must be.
    """

    cells: list[str]
    open: int = -1
    odd: bool = False


class Row(NamedTuple):
    """A row of a table: its first line, its cells, and whether it is odd or unclosed."""

    line: int
    cells: list[str]
    odd: bool = False
    unclosed: bool = False


def bare(line: str) -> str:
    """Return a line without its end."""
    return line[:-2] if line.endswith("\r\n") else line[:-1] if line[-1:] in "\r\n" else line


def cells_of(line: str, dialect: Dialect, at: int = 0) -> Cells:
    """Return the cells of one line from the character `at` on."""
    body = bare(line)
    if not dialect.quoted or '"' not in line:
        return Cells(body[at:].split(dialect.mark))
    cells: list[str] = []
    odd = False
    while True:
        opening = _past_blanks(body, at)
        if body.startswith('"', opening):
            close = _closing(line, opening + 1)
            if close < 0:
                return Cells(cells, opening + 1, odd)
            cell, at, one_odd = _quoted(body, (at, opening), close, dialect.mark)
            odd = odd or one_odd
        else:
            end = _next(body, dialect.mark, at)
            cell, at = body[at:end], end
        cells.append(cell)
        if at >= len(body):
            return Cells(cells, -1, odd)
        at += 1


def _past_blanks(body: str, at: int) -> int:
    """Return the place of the next character that is no blank."""
    while body.startswith(" ", at):
        at += 1
    return at


def _next(body: str, mark: str, at: int) -> int:
    """Return the place of the next mark, or of the end."""
    found = body.find(mark, at)
    return found if found >= 0 else len(body)


def _closing(line: str, at: int) -> int:
    """Return the place of the next quotation mark that is not doubled, or -1."""
    while (at := line.find('"', at)) >= 0 and line.startswith('"', at + 1):
        at += 2
    return at


def _ends(line: str, at: int, mark: str) -> bool:
    """Return whether a cell may end at this place."""
    return at >= len(line) or line[at] in (mark, "\r", "\n")


def _last(line: str, close: int, mark: str) -> int:
    """Return the first quotation mark from `close` on at which a cell may end, or -1."""
    while close >= 0 and not _ends(line, close + 1, mark):
        close = _closing(line, close + 1)
    return close


def _quoted(body: str, places: tuple[int, int], close: int, mark: str) -> tuple[str, int, bool]:
    """Return a cell in quotation marks that ends on its line, where it ends, and if it is odd."""
    start, opening = places
    last = _last(body, close, mark)
    if last < 0:  # "so" it is: no quotation marks of CSV
        end = _next(body, mark, opening)
        return body[start:end], end, True
    return body[opening + 1 : last].replace('""', '"'), last + 1, last != close


class Rows:
    """The rows of a table in order; one that is broken takes no other with it.

    Parameters
    ----------
    lines
        The lines with their ends.
    dialect
        The mark between cells.
    width
        How many cells a row must have; 0 if that is not known.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect, width: int = 0) -> None:
        self.width = width
        self._lines = iter(lines)
        self._dialect = dialect
        self._held: deque[str] = deque()
        self._line = 0
        self._again = 0

    def __iter__(self) -> Iterator[Row]:
        while line := self._next():
            first = self._line
            if not line.strip():
                continue
            found = cells_of(line, self._dialect)
            yield Row(first, found.cells, found.odd) if found.open < 0 else self._long(line, found)

    def _next(self) -> str:
        """Return the next line, or "" at the end."""
        line = self._held.popleft() if self._held else next(self._lines, "")
        self._line += bool(line)
        return line

    def _long(self, line: str, found: Cells) -> Row:
        """Return a row of several lines, the first of which is given."""
        first, cells, odd, size = self._line, found.cells, found.odd, len(line)
        parts, held = [line[found.open :]], []
        while True:
            line = self._next()
            held.append(line)
            size += len(line)
            if not line or size > LONGEST_RECORD:
                return self._lost(first, held, self._mostly_rows(held))
            close = _closing(line, 0)
            if close >= 0 and not _ends(line, close + 1, self._dialect.mark):
                if self._is_row(line):
                    return self._lost(first, held, True)
                close, odd = _last(line, close, self._dialect.mark), True
            if close < 0:
                parts.append(line)
                continue
            cells.append("".join([*parts, line[:close]]).replace('""', '"'))
            if close + 1 >= len(bare(line)):
                return self._checked(Row(first, cells, odd), held)
            more = cells_of(line, self._dialect, close + 2)
            cells, odd = cells + more.cells, odd or more.odd
            if more.open < 0:
                return self._checked(Row(first, cells, odd), held)
            parts = [line[more.open :]]

    def _is_row(self, line: str) -> bool:
        """Return whether a line alone is a row of the right width, its last cell open or not."""
        found = cells_of(line, self._dialect)
        rest = line[found.open :].count(self._dialect.mark) + 1 if found.open >= 0 else 0
        return self.width > 1 and len(found.cells) + rest == self.width

    def _mostly_rows(self, lines: Sequence[str]) -> bool:
        """Return whether most lines are rows of their own: the quotation mark is astray."""
        filled = [line for line in lines if line.strip()]
        return 2 * sum(map(self._is_row, filled)) > len(filled)

    def _checked(self, row: Row, held: list[str]) -> Row:
        """Return a row of several lines, or give it up if it has swallowed others."""
        if not self.width or len(row.cells) == self.width or not any(map(self._is_row, held)):
            return row
        return self._lost(row.line, held, True)

    def _lost(self, first: int, held: list[str], again: bool) -> Row:
        """Give a row up; with `again`, the lines after its first are read as rows of their own."""
        self._again += sum(map(len, held))
        if again and self._again <= MOST_AGAIN:
            self._held.extendleft(reversed([line for line in held if line]))
            self._line = first
        return Row(first, [], unclosed=True)


def dialect_of(lines: Sequence[str], marks: Sequence[str] = MARKS) -> Dialect:
    """Return the dialect under which the most rows are as wide as the first.

    Tables with tabs or pipes may have quotation marks that hold nothing together.
    """
    ways = [Dialect(mark) for mark in marks]
    ways += [Dialect(mark, quoted=False) for mark in marks if _is_unquoted(lines, mark)]
    return max(ways, key=lambda dialect: _fit(lines, dialect))


def _is_unquoted(lines: Sequence[str], mark: str) -> bool:
    """Return whether no cell of these lines stands between quotation marks."""
    cells = (cell for line in lines for cell in bare(line).split(mark))
    return mark in "\t|" and not any(len(c) > 1 and c[0] == '"' == c[-1] for c in cells)


def _fit(lines: Sequence[str], dialect: Dialect) -> tuple[bool, float, float]:
    """Return how well a dialect fits: texts known, share of even rows, width."""
    rows = Rows(lines, dialect)
    widths: list[int] = []
    known = False
    for row in rows:
        known = known if widths else any(map(is_text_name, row.cells))
        widths.append(len(row.cells))
        rows.width = widths[0]
    even = widths.count(widths[0]) / len(widths) if widths else 0.0
    return known, even if widths and widths[0] > 1 else 0.0, len(widths)
