"""Tables of articles: .csv, .tsv, .xlsx, .json, .jsonl, .parquet; one record, one article."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO

from ..article import Options, Reading
from ..decode import looks_like
from ..findings.told import skip
from .excel import OLE, ExcelTable
from .flow import BATCH, Batch, batches, gathered, with_notes
from .objects import JsonTable
from .parquet import ParquetTable
from .records import Opener, Table
from .separated import CsvTable, is_table_text

CSV = frozenset({".csv", ".tsv", ".tab", ".psv"})
JSON = frozenset({".json", ".jsonl", ".ndjson", ".jl"})
EXCEL = frozenset({".xlsx", ".xlsm"})
PARQUET = frozenset({".parquet", ".pq"})
TEXTS = frozenset({".txt", ".text", ""})  # endings that say nothing about what is inside
HEAD = 65_536
_BOOK = b"xl/workbook.xml"
_PARQUET = b"PAR1"


def is_csv(data: bytes, ending: str) -> bool:
    """Return whether the bytes are a table as text: called so, or one without any doubt."""
    if ending in CSV:
        return not looks_like(data)
    return ending in TEXTS and not looks_like(data) and is_table_text(_head(data))


def is_json(data: bytes, ending: str) -> bool:
    """Return whether the bytes are records as JSON: called so, or beginning as nothing else."""
    if ending in JSON:
        return not looks_like(data)
    head = _head(data[:200]).lstrip("\ufeff \t\r\n") if ending in TEXTS else ""
    if head.startswith("["):
        return head[1:].lstrip().startswith("{") and '"' in head
    return head.startswith("{") and head[1:].lstrip().startswith('"')


def is_excel(data: bytes, ending: str) -> bool:
    """Return whether the bytes are a workbook of Excel since 2007."""
    if ending in EXCEL:
        return data.startswith((b"PK\x03\x04", OLE))
    return data.startswith(b"PK\x03\x04") and _BOOK in data and _holds_book(data)


def _holds_book(data: bytes) -> bool:
    """Return whether an archive is itself a workbook, not one of an archive inside it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _BOOK.decode() in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def is_parquet(data: bytes, ending: str) -> bool:
    """Return whether the bytes are a Parquet table."""
    return data.startswith(_PARQUET)


def read_csv(data: bytes, options: Options) -> Reading:
    """Return the articles in a table as text, one for each row."""
    return gathered(CsvTable(_of_bytes(data), options), options)


def read_json(data: bytes, options: Options) -> Reading:
    """Return the articles in records as JSON, one for each object."""
    return gathered(JsonTable(_of_bytes(data), options), options)


def read_excel(data: bytes, options: Options) -> Reading:
    """Return the articles in a workbook, one for each row below a header."""
    return gathered(ExcelTable(_of_bytes(data), options), options)


def read_parquet(data: bytes, options: Options) -> Reading:
    """Return the articles in a Parquet table, one for each row."""
    return gathered(ParquetTable(_of_bytes(data), options), options)


def records_of(
    path: str | os.PathLike[str], options: Options | None = None, *, batch: int = BATCH
) -> Iterator[Batch]:
    """Yield the articles of a table of any size, `batch` records at a time.

    Memory holds one batch (of a workbook also the strings that its cells share). The file
    must not change meanwhile: it is read more than once.

    Parameters
    ----------
    path
        A .csv, .tsv, .json, .jsonl, .xlsx or .parquet file.
    options
        What is known about the file.
    batch
        Records of one batch.

    Raises
    ------
    Skipped
        If the file holds no table of articles, at the first batch.
    """
    options = options or Options()

    def opener() -> BinaryIO:
        return open(path, "rb")

    with closing(_table(opener, os.fspath(path))(opener, options)) as table:
        for part in batches(table, options, batch):
            yield with_notes(part)


def _table(opener: Opener, path: str) -> Callable[[Opener, Options], Table]:
    """Return the kind of table that a file is, by its first bytes and its name."""
    with opener() as file:
        head = file.read(HEAD)
    ending = os.path.splitext(path)[1].lower()
    if head.startswith(_PARQUET):
        return ParquetTable
    if head.startswith(b"PK\x03\x04") or (ending in EXCEL and head.startswith(OLE)):
        return ExcelTable
    if is_json(head, ending):
        return JsonTable
    if is_csv(head, ending):
        return CsvTable
    what = looks_like(head)
    raise skip("CK-104", what=what) if what else skip("CK-105", ending=ending or "such")


def _of_bytes(data: bytes) -> Opener:
    """Return what opens bytes as a file."""
    return lambda: io.BytesIO(data)


def _head(data: bytes) -> str:
    """Return the first characters of bytes, for a look at what they are."""
    head = data[:HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16" if wide else "utf-8-sig", "replace")
