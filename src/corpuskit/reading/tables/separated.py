"""Tables as text: .csv and .tsv with commas, semicolons, tabs or pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TextIO

from ..article import Options
from ..findings.told import Finding, counted, finding, skip
from .columns import is_text_name
from .records import Basis, Opener, Record, unique
from .rows import MARKS, Dialect, Row, Rows, cells_of, dialect_of
from .text import HEAD, characters, encoding_of

LONGEST_LINE = 50_000_000  # characters; a longer line is taken in parts, and its record is lost
MOST_COLUMNS = 20_000
SAMPLE = 100  # lines that tell the delimiter
_SEP = re.compile(r"sep=(.)\s*", re.I)


def _lines(stream: TextIO) -> Iterator[str]:
    """Yield the lines of a table, none longer than the limit."""
    return iter(lambda: stream.readline(LONGEST_LINE), "")


class CsvTable(Basis):
    """A table as text."""

    def __init__(self, opener: Opener, options: Options) -> None:
        super().__init__(opener)
        self._text = encoding_of(opener, options.encoding)
        self.encoding = self._text.name
        with characters(opener, self._text) as stream:
            head = list(islice(_short(stream), SAMPLE))
        self._skip, marks = _declared(head)
        self._dialect = dialect_of(head[self._skip :], marks)
        self._columns, twice = unique(self._header())
        if len(self._columns) == 1:  # whatever divides cells elsewhere is text here
            self._dialect = Dialect("\n")
            self._columns, twice = unique(self._header())
        told = tuple(finding("CK-208", name=name) for name in twice)
        self.findings = (*self._text.findings, *told)

    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(self._columns)

    def records(self) -> Iterator[Record]:
        """Yield the records; a broken one with its reason."""
        for number, row in enumerate(self._rows(len(self._columns)), 0):
            if number:
                yield self._record(number, row)

    def _rows(self, width: int) -> Iterator[Row]:
        """Yield the rows, the header first."""
        with characters(self.open, self._text) as stream:
            rows = Rows(islice(_lines(stream), self._skip, None), self._dialect)
            for row in rows:
                rows.width = width
                yield row._replace(line=row.line + self._skip)

    def _header(self) -> list[str]:
        """Return the cells of the first row."""
        row = next(self._rows(0), None)
        if row is None:
            raise skip("CK-102")
        if row.unclosed:
            raise skip("CK-205", what="header", error=finding("CK-213", line=row.line).reason)
        if len(row.cells) > MOST_COLUMNS:
            raise skip("CK-205", what="table", error=f"{len(row.cells):,} columns")
        return _without_empty_end(row.cells)

    def _record(self, number: int, row: Row) -> Record:
        """Return a row as a record."""
        if row.unclosed:
            return Record(number, {}, (finding("CK-213", line=f"{row.line:,}"),))
        width = len(self._columns)
        if len(row.cells) < width or any(row.cells[width:]):
            return Record(number, {}, (_ragged(row, width),))
        filled = {name: cell for name, cell in zip(self._columns, row.cells, strict=False) if cell}
        return Record(number, filled, (finding("CK-214"),) if row.odd else ())


def _short(stream: TextIO) -> Iterator[str]:
    """Yield the lines of the first characters of a table; the last one may be cut."""
    left = 4 * HEAD
    while left > 0 and (line := stream.readline(left)):
        left -= len(line)
        yield line


def _declared(head: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Return how many lines come before the header, and the marks that are possible."""
    found = _SEP.fullmatch(head[0]) if head else None
    return (1, (found[1],)) if found else (0, MARKS)


def _without_empty_end(cells: list[str]) -> list[str]:
    """Return the cells of a header without empty ones at its end."""
    while len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _ragged(row: Row, width: int) -> Finding:
    """Return what is wrong with a row that is too short or too long."""
    cells, columns = counted(len(row.cells), "cell"), counted(width, "column")
    return finding("CK-212", line=f"{row.line:,}", cells=cells, columns=columns)


def _may_be_header(head: str) -> bool:
    """Return whether the first line names a column of texts, by the quickest look at it."""
    first = next(iter(head.splitlines()), "")
    return any(
        mark in first and any(is_text_name(name.strip(' "\ufeff')) for name in first.split(mark))
        for mark in MARKS
    )


def is_table_text(head: str) -> bool:
    """Return whether a text that is not called a table is one without any doubt.

    Its first line must name a column of texts and another one, each cell a bare name, and
    every row must be as wide. Prose never is.

    Parameters
    ----------
    head
        The first characters of the text; its last line, if it has no end, is not looked at.
    """
    if not _may_be_header(head):
        return False
    lines = [line for line in head.splitlines(keepends=True) if line[-1] in "\r\n"][:SAMPLE]
    if len(lines) < 2:
        return False
    dialect = dialect_of(lines)
    names = cells_of(lines[0], dialect).cells
    widths = [len(row.cells) for row in Rows(lines, dialect, len(names))]
    even = widths.count(len(names)) >= 0.9 * len(widths) > 1
    bare_names = all(name == name.strip("\ufeff ") and len(name) <= 40 for name in names)
    return even and bare_names and len(names) > 1 and any(map(is_text_name, names))
