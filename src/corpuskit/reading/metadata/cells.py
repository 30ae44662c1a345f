"""The rows of a table as they stand, for tables that say something about articles."""

from __future__ import annotations

import io
from typing import BinaryIO

from ..article import Article, Options, Reading
from ..findings.told import Finding, skip
from ..tables.excel import ExcelTable
from ..tables.formats import is_json, is_parquet
from ..tables.objects import JsonTable
from ..tables.parquet import ParquetTable
from ..tables.records import Table
from ..tables.separated import CsvTable

MOST_ROWS = 1_000_000
ZIP = b"PK\x03\x04"


def read_cells(data: bytes, options: Options) -> Reading:
    """Return each row of a table as an article without text: its cells are `Article.extra`.

    All cells are strings, as they stand. A row that cannot be read is left out, with a finding.
    """
    table = _table(data, options)
    names = table.names()
    made: list[Article] = []
    found: list[tuple[int, Finding]] = []
    for number, cells, told in table.records():
        if number > MOST_ROWS:
            raise skip("CK-196", most=f"{MOST_ROWS:,}")
        found += [(number, one) for one in told]
        if any(cells.values()):
            made.append(Article(str(number), "", extra=dict.fromkeys(names, "") | dict(cells)))
    return Reading(tuple(made), table.encoding, (*table.findings, *table.late), tuple(found))


def _table(data: bytes, options: Options) -> Table:
    """Return the table that some bytes are."""

    def opened() -> BinaryIO:
        return io.BytesIO(data)

    if is_parquet(data, ""):
        return ParquetTable(opened, options)
    if data.startswith(ZIP):
        return ExcelTable(opened, options)
    return (JsonTable if is_json(data, "") else CsvTable)(opened, options)
