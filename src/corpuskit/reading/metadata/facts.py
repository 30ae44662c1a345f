"""The table of what is known about the articles: given, or found beside them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ...errors import DataError, refuse
from ..article import Options
from ..findings.told import Finding, Skipped
from ..opening import opened
from ..tables.columns import is_text_name
from ..walk import File, PathLike, shown
from ..workers.crew import Crew
from .join import Columns, Places, columns_of, key_of

BESIDE = ("articles.csv", "articles.tsv", "articles.xlsx")
READER = ".metadata.cells:read_cells"
_REMEDY = "Give for instance 'articles.csv', or False for none."


class Facts(NamedTuple):
    """A table with rows about articles: its name in messages, its rows, its path if it has one."""

    name: str
    rows: Sequence[Mapping[str, Any]]
    path: str = ""
    found: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be told of a table that nobody has named."""
        told = f"{self.name} was found beside the articles and taken as their metadata"
        return (f"{told}; metadata=False leaves it out.",) if self.found else ()


def facts_of(
    metadata: PathLike | pd.DataFrame | bool | None,
    files: Sequence[File],
    options: Options,
    crew: Crew,
) -> Facts | None:
    """Return the table that was given, or the one that stands beside the articles, if any.

    `articles.csv` (or .tsv, .xlsx) at the top of the folder counts as such a table only if it
    has a column of file names or ids, no column of texts, and at least one row that names a
    file of the folder. Anything else in a table of this name is read as articles.
    """
    if metadata is None:
        return _beside(files, options, crew)
    if metadata is False:
        return None
    if isinstance(metadata, pd.DataFrame):
        return Facts("metadata=", _rows(metadata))
    if not isinstance(metadata, str | os.PathLike):
        refuse("metadata", "the path of a table, a DataFrame, False or None", metadata, _REMEDY)
    path = os.path.abspath(metadata)
    if not os.path.exists(path):
        raise FileNotFoundError(
            f"{shown(metadata)}: there is no such table. Nothing was read. Check its spelling."
        )
    rows = _read(File(path, shown(metadata)), options, crew)
    if isinstance(rows, Finding):
        done = "Nothing was read."
        raise DataError(f"{rows.code} {shown(metadata)}: {rows.reason}. {done} {rows.remedy}")
    return Facts(shown(metadata), rows, path)


def _beside(files: Sequence[File], options: Options, crew: Crew) -> Facts | None:
    """Return the table that stands at the top of the folder with its articles, if one does."""
    beside = {file.id: file for file in files}
    table = next((beside[name] for name in BESIDE if name in beside), None)
    if table is None or len(files) == 1:
        return None
    rows = _read(table, options, crew)
    if isinstance(rows, Finding) or not rows:
        return None
    columns = columns_of(list(rows[0]))
    if columns is None or any(map(is_text_name, rows[0])) or not _names_any(rows, columns, files):
        return None
    return Facts(table.id, rows, table.path, found=True)


def _names_any(rows: Sequence[Mapping[str, Any]], columns: Columns, files: Sequence[File]) -> bool:
    """Return whether a row of the table names a file of the folder."""
    places = Places(file.id for file in files)
    return any(places.of(key_of(row.get(columns.key, "")).partition("#")[0])[0] for row in rows)


def _read(file: File, options: Options, crew: Crew) -> Sequence[Mapping[str, Any]] | Finding:
    """Return the rows of a table in a file, or why there are none."""
    try:
        one = next(opened(file))
        if one.trouble is not None:
            return one.trouble
        _, reading = crew.submit([READER], one.data, options).result()
    except Skipped as skipped:
        return skipped.finding
    return [article.extra for article in reading.articles]


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a DataFrame, "" for missing; an index with a name is a column, too."""
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    records = frame.astype(object).where(frame.notna(), "").to_dict("records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in records]


def _plain(value: object) -> object:
    """Return a cell as it is, a time as ISO 8601 (a day if at midnight)."""
    if isinstance(value, pd.Timestamp):
        day = value.tz is None and value == value.normalize()
        return f"{value:%Y-%m-%d}" if day else value.isoformat()
    return value
