"""Read a folder of articles: every file by the reader of its format, one row a file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pandas as pd

from ..errors import DataError, one_of
from .article import Article, Articles, Options, Reading
from .decode import known_encoding, looks_like
from .office import OLE, ZIP, read_docx
from .outlets import Outlets, outlet_of
from .plain import read_plain
from .report import Finding, Row, Skipped, finding, read_report, skip
from .walk import File, Found, PathLike, find_files, shown, trouble
from .web import is_page, read_web

MOST_BYTES = 100_000_000  # of one file
PLAIN = frozenset({".txt", ".text", ""})
MARKDOWN = frozenset({".md", ".markdown"})
WEB = frozenset({".html", ".htm", ".xhtml"})
WORD = frozenset({".docx", ".doc"})
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Reader = Callable[[bytes, Options], Reading]


def read_articles(
    path: PathLike | Iterable[PathLike],
    *,
    outlets: Mapping[str, str] | PathLike | pd.DataFrame | None = None,
    encoding: str | None = None,
    clean: bool = True,
    date_order: str | None = None,
) -> Articles:
    """Return the articles of a folder, sorted by id, with the report of what was not read.

    Parameters
    ----------
    path
        A folder (read with all folders below it), one file, or a list of files. Formats: .txt
        and .md (also files without an ending), .html, .htm, .xhtml, .docx.
    outlets
        Which outlet a file is from: a mapping from path, folder or glob to outlet, or a table
        (CSV path or DataFrame) with the columns file, outlet. It wins over the header of the
        file (`Outlet:`, `Source:`, `Publication:`), which wins over the first folder below
        `path`. A web page's name of its site counts only where none of these speaks.
    encoding
        Encoding of the files that are neither UTF-8 nor say what they are. Without it such a
        file is read by a guess, and its row says so.
    clean
        Whether page furniture ("Comments", "Also read: …", "Share this article") is cut. The
        text is never edited: a cut is a span that is not read, with its reason. Header lines
        are no part of the body in any case.
    date_order
        "dmy" or "mdy" if the order of dates like 03/02/2026 is known; otherwise they are left
        empty with a note.

    Returns
    -------
    Articles
        A sequence of `Article`; its `report` has one row a file.

    Raises
    ------
    FileNotFoundError
        If `path` does not exist.
    DataError
        If nothing could be loaded. A bad file alone never raises: it gets its row.
    """
    options = Options(known_encoding(encoding), clean, _order(date_order))
    table = Outlets(outlets)
    found = find_files(path)
    items: list[Article] = []
    rows: list[Row] = []
    for file in found.files:
        if _is_table(file, outlets):
            continue
        articles, row = _read(file, options, table)
        items += articles
        rows.append(row)
    if not items:
        raise _nothing(path, rows)
    params = {"path": shown(path) if isinstance(path, str | os.PathLike) else len(rows)}
    notes = (*_litter(found), *table.notes)
    return Articles(tuple(items), read_report(rows, params=params, notes=notes))


def _order(date_order: str | None) -> str | None:
    """Return the order of day and month if it is a known one."""
    return None if date_order is None else one_of("date_order", date_order, ("dmy", "mdy"))


def _is_table(file: File, outlets: object) -> bool:
    """Return whether a file is the table of outlets itself, which is no article."""
    return isinstance(outlets, str | os.PathLike) and file.path == os.path.abspath(outlets)


def _read(file: File, options: Options, table: Outlets) -> tuple[tuple[Article, ...], Row]:
    """Return the articles of one file and its row; what goes wrong in it stays in it."""
    if any(found.status == "skipped" for found in file.findings):
        return (), Row(file.id, file.findings)
    try:
        data, reading = _reading(file, options)
    except Skipped as skipped:
        return (), Row(file.id, (*file.findings, skipped.finding))
    except OSError as error:
        return (), Row(file.id, (*file.findings, trouble(error)))
    except Exception as error:  # the one place where any error of a parser ends: in its row
        name = type(error).__name__
        return (), Row(file.id, (*file.findings, finding("CK-119", error=name)))
    return _placed(file, data, reading, table)


def _reading(file: File, options: Options) -> tuple[bytes, Reading]:
    """Return the bytes of a file and what its reader makes of them."""
    ending = os.path.splitext(file.path)[1].lower()
    if ending not in PLAIN | MARKDOWN | WEB | WORD:
        raise skip("CK-105", ending=shown(ending))
    data = read_bytes(file.path)
    if ending in WORD:
        return data, _word(data, ending, options)
    if ending in WEB:
        return data, read_web(data, options)
    if is_page(data):
        reading = read_web(data, options)
        return data, replace(reading, findings=(finding("CK-145"), *reading.findings))
    return data, read_plain(data, options, markdown=ending in MARKDOWN)


def _word(data: bytes, ending: str, options: Options) -> Reading:
    """Return the article of a Word document, or say what the file is instead."""
    if data and not data.startswith((OLE, ZIP)):
        if what := looks_like(data):
            raise skip("CK-104", what=what)
        raise skip("CK-107", ending=ending)
    return read_docx(data, options)


def read_bytes(path: str) -> bytes:
    """Return the bytes of a regular file; a pipe or a device is never waited for."""
    with os.fdopen(os.open(path, _OPEN), "rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise skip("CK-113", kind="pipe or device")
        if status.st_size > MOST_BYTES:
            raise skip(
                "CK-106", size=f"{status.st_size // 1_000_000:,}", most=MOST_BYTES // 1_000_000
            )
        return file.readall()


def _placed(
    file: File, data: bytes, reading: Reading, table: Outlets
) -> tuple[tuple[Article, ...], Row]:
    """Return the articles of a file with id, outlet, hash and notes, and the row of the file."""
    digest = hashlib.sha256(data).hexdigest()
    several = len(reading.articles) > 1
    articles: list[Article] = []
    found: tuple[Finding, ...] = (*file.findings, *reading.findings)
    for number, article in enumerate(reading.articles, 1):
        outlet, told = outlet_of(file.id, article.outlet, table)
        found = (*found, *(one for one in told if one not in found))
        placed = replace(
            article,
            id=f"{file.id}#{number}" if several else file.id,
            outlet=outlet or str(article.extra.get("site", "")),
            sha256=digest,
            notes=tuple(one.note for one in (*file.findings, *reading.findings, *told)),
        )
        articles.append(placed)
    chars = sum(len(article.text) for article in articles)
    return tuple(articles), Row(file.id, found, reading.encoding, chars, len(articles))


def _litter(found: Found) -> tuple[str, ...]:
    """Return the note about hidden and temporary files that have no row."""
    if not found.litter:
        return ()
    names = [
        f"{name} ({number:,} times)" if number > 1 else name
        for name, number in sorted(found.litter.items())
    ]
    shown_names = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return (f"Left out, without a row: hidden and temporary files ({shown_names}).",)


def _nothing(path: PathLike | Iterable[PathLike], rows: list[Row]) -> DataError:
    """Return the error that nothing could be loaded, with the first reasons."""
    name = shown(path) if isinstance(path, str | os.PathLike) else "the list of files"
    if not rows:
        return DataError(
            f"{name}: there are no files in it. Nothing was read. "
            "Put articles (.txt, .html, .docx) into it."
        )
    report = read_report(rows)
    reasons = "\n".join(report.messages[:5])
    more = f"\n… and {len(rows) - 5:,} more." if len(rows) > 5 else ""
    return DataError(f"{name}: no article could be loaded ({report.summary}).\n{reasons}{more}")
