"""Which outlet an article is from: a table, else the file's own header, else its folder."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from fnmatch import fnmatchcase

import pandas as pd

from ..errors import DataError, refuse
from .decode import decode
from .findings.told import Finding, counted, finding
from .layout import composed
from .walk import shown

Table = Mapping[str, str] | str | os.PathLike[str] | pd.DataFrame

COLUMNS = ("file", "outlet")
_REMEDY = "Give for instance {'reuters/*': 'Reuters'}."


class Outlets:
    """A table of outlets: exact ids first, then patterns and folders in their order."""

    def __init__(self, table: Table | None) -> None:
        pairs = _pairs(table)
        self._outlets = pairs
        self._patterns = [key for key in pairs if _is_pattern(key)]
        self._unused = dict.fromkeys(pairs)

    def of(self, id: str) -> str:
        """Return the outlet that the table gives to a file, or ""."""
        key = self._key(id) if self._outlets else None
        if key is None:
            return ""
        self._unused.pop(key, None)
        return self._outlets[key]

    def _key(self, id: str) -> str | None:
        """Return the entry of the table that fits a file: itself, a folder above, a pattern."""
        if id in self._outlets:
            return id
        parts = id.split("/")
        folders = ("/".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
        above = next((folder for folder in folders if folder in self._outlets), None)
        return above or next((key for key in self._patterns if fnmatchcase(id, key)), None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be told after all files were asked: entries that fitted none."""
        unused = list(self._unused)
        if not unused:
            return ()
        named = ", ".join(repr(key) for key in unused[:5]) + (", …" if len(unused) > 5 else "")
        entries = counted(len(unused), "entry", "entries")
        return (f"{entries} of outlets= fitted no file: {named}.",)


def _is_pattern(key: str) -> bool:
    """Return whether a key holds a wildcard."""
    return any(mark in key for mark in "*?[")


def _pairs(table: Table | None) -> dict[str, str]:
    """Return file and outlet from a mapping, a DataFrame or a CSV file."""
    if table is None:
        return {}
    if isinstance(table, pd.DataFrame):
        return _from_records(_rows(table), "outlets=")
    if isinstance(table, Mapping):
        pairs = {str(key): str(outlet) for key, outlet in table.items()}
        return {_key_form(key): outlet for key, outlet in pairs.items()}
    if not isinstance(table, str | os.PathLike):
        refuse("outlets", "a mapping, a DataFrame or the path of a CSV file", table, _REMEDY)
    with open(table, "rb") as file:
        text = decode(file.read()).text
    dialect = "excel-tab" if "\t" in text.split("\n", 1)[0] else "excel"
    rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    return _from_records(list(rows), shown(table))


def _rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows of a DataFrame as texts; a missing value is an empty text."""
    records = frame.astype(object).where(frame.notna(), "").to_dict("records")
    return [{str(name): str(value) for name, value in row.items()} for row in records]


def _from_records(rows: list[dict[str, str]], name: str) -> dict[str, str]:
    """Return file and outlet from rows that have these columns."""
    if rows and any(column not in rows[0] for column in COLUMNS):
        has = ", ".join(map(str, rows[0]))
        raise DataError(
            f"{name}: the columns must be file, outlet; it has {has}. Nothing was read. "
            "Rename its columns."
        )
    return {_key_form(row["file"]): (row["outlet"] or "").strip() for row in rows if row["file"]}


def _key_form(key: str) -> str:
    """Return a path of the table in the form of ids."""
    return key.strip().replace("\\", "/").removeprefix("./").rstrip("/")


def outlet_of(id: str, header: str, table: Outlets) -> tuple[str, tuple[Finding, ...]]:
    """Return the outlet of an article: the table wins over its header, that over its folder.

    A header that says the same as the folder but for case, blanks and marks gets the folder's
    spelling; one that says something else is taken, and this is told.
    """
    if given := table.of(id):
        return given, ()
    folder = composed(_folder(id))
    if not header or _same(header, folder):
        return folder or header, ()
    if not folder:
        return header, ()
    return header, (finding("CK-136", header=header, folder=folder),)


def _folder(id: str) -> str:
    """Return the first folder of an id; an archive is one only if there is no other."""
    folders = id.split("/")[:-1]
    plain = [name for name in folders if not name.lower().endswith(".zip")]
    return (plain or [folders[0][:-4]])[0] if folders else ""


def _same(one: str, other: str) -> bool:
    """Return whether two names are equal but for case, blanks, marks and a leading "The"."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    """Return the letters and digits of a name in small letters."""
    bare = "".join(char for char in name.casefold() if char.isalnum())
    return bare.removeprefix("the") or bare
