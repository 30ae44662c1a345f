"""Workbooks: .xlsx, every sheet that has a column of texts."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import time, timedelta
from importlib import import_module
from itertools import islice
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from ..article import Options
from ..findings.told import Finding, Skipped, counted, finding, skip
from .columns import is_text_name, listed, scheme_of
from .records import Basis, Opener, Record, unique
from .values import plain

FIRST_ROWS = 20  # rows in which the header is looked for
MOST_BYTES = 1_000_000_000  # of all parts of a workbook, unpacked
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 1_000_000
_ZEROS = re.compile(r"0{2,30}")


class Sheet(NamedTuple):
    """A sheet with texts: its name, its columns, and the row in which they are named."""

    name: str
    columns: list[str]
    header: int


class ExcelTable(Basis):
    """The records of a workbook, sheet after sheet."""

    def __init__(self, opener: Opener, options: Options) -> None:
        super().__init__(opener, "xlsx")
        _refuse_tricks(opener)
        self._given = options.columns or {}
        self._stack = ExitStack()
        self._book = self._stack.enter_context(_opened(opener))
        try:
            self._sheets, others, found = self._survey()
        except Skipped:
            self.close()
            raise
        if others and self._sheets:
            found.append(finding("CK-209", names=listed(others)))
        self.findings = tuple(found)

    def names(self) -> tuple[str, ...]:
        """Return the names of the columns of all sheets."""
        return tuple(dict.fromkeys(name for sheet in self._sheets for name in sheet.columns))

    def records(self) -> Iterator[Record]:
        """Yield the records: rows below a header that are not empty."""
        number = 0
        for sheet in self._sheets:
            for cells in self._rows(sheet.name, sheet.header + 1):
                if any(cells):
                    number += 1
                    pairs = zip(sheet.columns, cells, strict=False)
                    yield Record(number, {name: cell for name, cell in pairs if cell})

    def _survey(self) -> tuple[list[Sheet], list[str], list[Finding]]:
        """Return the sheets with texts, the names of others that are not empty, and findings."""
        sheets: list[Sheet] = []
        others: list[Sheet] = []
        found: list[Finding] = []
        for name in self._sheet_names():
            rows = list(islice(self._rows(name, 0), FIRST_ROWS))
            if not any(any(row) for row in rows):
                continue
            header = self._header(rows)
            columns, twice = unique(_without_end(rows[header]))
            sheet = Sheet(name, columns, header)
            if not _holds_texts(columns, self._given):
                others.append(sheet)
                continue
            sheets.append(sheet)
            found += [finding("CK-208", name=one) for one in twice]
            if above := sum(map(any, rows[:header])):
                found.append(finding("CK-210", count=counted(above, "row")))
        if not sheets:
            return others[:1], [], found
        return _under_one_name(sheets, self._given), [sheet.name for sheet in others], found

    def _header(self, rows: Sequence[list[str]]) -> int:
        """Return the number of the row that names the columns: one that names a text column."""
        named = [at for at, row in enumerate(rows) if _holds_texts(row, self._given)]
        filled = [at for at, row in enumerate(rows) if any(row)]
        return (named or filled)[0]

    def _sheet_names(self) -> list[str]:
        """Return the names of the sheets that have cells."""
        return [sheet.title for sheet in self._book.worksheets]

    def _rows(self, name: str, first: int) -> Iterator[list[str]]:
        """Yield the rows of a sheet from the one with this number (from 0) on."""
        try:
            sheet = self._book[name]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(min_row=first + 1):
                yield [_cell(cell) for cell in row]
        except _DAMAGE as error:
            raise skip("CK-205", what="workbook", error=type(error).__name__) from error

    def close(self) -> None:
        """Close the workbook, which is open from the beginning: opening it takes long."""
        self._stack.close()


_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, TypeError),
    *(AttributeError, IndexError, ParseError, NotImplementedError, SyntaxError),
)


@contextmanager
def _opened(opener: Opener) -> Iterator[Any]:
    """Open a workbook, read as it goes, formulas as the values that were saved."""
    openpyxl = import_module("openpyxl")  # loaded only where there is a workbook
    with opener() as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except _DAMAGE as error:
            raise skip("CK-205", what="workbook", error=type(error).__name__) from error
        try:
            yield book
        finally:
            book.close()


def _refuse_tricks(opener: Opener) -> None:
    """Raise Skipped for a workbook that is locked, unpacks to too much or has a DOCTYPE."""
    with opener() as file:
        head = file.read(HEAD)
    if head.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in head
        raise skip("CK-153") if locked else skip("CK-104", what="an old Office document")
    try:
        with opener() as file, zipfile.ZipFile(file) as book:
            parts = book.infolist()
            if sum(part.file_size for part in parts) > MOST_BYTES:
                raise skip("CK-155", most=f"{MOST_BYTES // 1_000_000:,} MB")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _has_doctype(book, part):
                    raise skip("CK-151")
    except _DAMAGE as error:
        raise skip("CK-205", what="workbook", error=type(error).__name__) from error
    except RuntimeError as error:  # what zipfile raises for a part with a password
        raise skip("CK-153") from error


def _has_doctype(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether a part declares a DOCTYPE, which no spreadsheet program writes."""
    with book.open(part) as file:
        head = file.read(2_000)
    return b"<!DOCTYPE" in head.replace(b"\0", b"") or b"<!ENTITY" in head.replace(b"\0", b"")


def _holds_texts(names: Sequence[str], given: Mapping[str, str]) -> bool:
    """Return whether one of these columns holds texts."""
    return any(map(is_text_name, names)) or given.get("text", "\0") in names


def _under_one_name(sheets: list[Sheet], given: Mapping[str, str]) -> list[Sheet]:
    """Return sheets in which columns of one role have the name that the first sheet gives it."""
    names: dict[str, str] = {}
    same: list[Sheet] = []
    for sheet in sheets:
        roles = scheme_of(sheet.columns, given).roles
        new = {
            name: names.setdefault(role, name)
            for role, name in roles.items()
            if names.get(role) not in sheet.columns
        }
        same.append(sheet._replace(columns=[new.get(name, name) for name in sheet.columns]))
    return same


def _without_end(cells: list[str]) -> list[str]:
    """Return the cells of a header without empty ones at its end."""
    while len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _cell(cell: Any) -> str:
    """Return a cell as it is seen: ids keep the zeros that their format gives them."""
    value = cell.value
    if value is None or isinstance(value, str):
        return "" if value is None or cell.data_type == "e" else _unescaped(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, timedelta | time):
        return str(value)
    text = plain(value)
    if isinstance(value, int | float) and _ZEROS.fullmatch(cell.number_format or ""):
        return text.zfill(len(cell.number_format))
    return text


def _unescaped(text: str) -> str:
    """Return a text in which `_x000D_` and the like are the characters they stand for."""
    if "_x" not in text:
        return text
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)
