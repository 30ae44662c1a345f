"""The kinds of files that can be read, known by what they hold before what they are called."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from .archive import names_in
from .article import Options, Reading
from .decode import looks_like
from .findings.told import finding, skip
from .walk import shown

# A reader may say None: the file is not of its kind after all. Then the next kind is asked.
Reader = Callable[[bytes, Options], Reading | None]

PLAIN = frozenset({".txt", ".text", ""})
MARKDOWN = frozenset({".md", ".markdown"})
WEB = frozenset({".html", ".htm", ".xhtml"})
WORD = frozenset({".docx", ".doc"})
# Formats with a signature of their own: a text under such a name is a download that failed.
FIRM = frozenset({".docx", ".xlsx", ".pdf", ".parquet", ".zip"})


class Kind(NamedTuple):
    """One kind of file.

    Attributes
    ----------
    what
        What it is called in messages: "a web page".
    knows
        `.module:function` with (data, ending) -> bool: whether the bytes are of this kind. It
        runs in this process on every file: short, no parser, no look at more than it needs.
    reads
        `.module:function` of the reader.
    endings
        The names under which nobody is surprised by it; under another the row says so.
    risky
        Whether the reader runs in a child process with limits: everything with a parser.
    """

    what: str
    knows: str
    reads: str
    endings: frozenset[str]
    risky: bool = True


# In order of trial: the first whose reader does not say None reads the file.
KINDS: tuple[Kind, ...] = (
    # exports of news databases
    Kind(
        "an export of Nexis",
        ".databases.nexis:is_nexis",
        ".databases.nexis:read_nexis",
        PLAIN | WEB | WORD | {".rtf"},
    ),
    Kind(
        "an export of Factiva",
        ".databases.factiva:is_factiva",
        ".databases.factiva:read_factiva",
        PLAIN | WEB | {".rtf", ".xml"},
    ),
    Kind(
        "an export of ProQuest",
        ".databases.proquest:is_proquest",
        ".databases.proquest:read_proquest",
        PLAIN | WEB | {".xls"},
    ),
    Kind(
        "an export of Europresse",
        ".databases.europresse:is_europresse",
        ".databases.europresse:read_europresse",
        WEB,
    ),
    # documents with a signature
    Kind("a PDF document", ".documents.pdf:is_pdf", ".documents.pdf:read_pdf", frozenset({".pdf"})),
    Kind(
        "an OpenDocument text",
        ".documents.odt:is_odt",
        ".documents.odt:read_odt",
        frozenset({".odt"}),
    ),
    Kind(
        "a saved web page",
        ".web.mhtml:is_mhtml",
        ".web.mhtml:read_mhtml",
        frozenset({".mhtml", ".mht"}),
    ),
    Kind(
        "a Rich Text document",
        ".documents.rtf:is_rtf",
        ".documents.rtf:read_rtf",
        frozenset({".rtf"}),
    ),
    Kind("a Word document", ".kinds:is_word", ".documents.office:read_docx", WORD),
    # records
    Kind(
        "a workbook",
        ".tables.formats:is_excel",
        ".tables.formats:read_excel",
        frozenset({".xlsx", ".xlsm"}),
    ),
    Kind(
        "a Parquet table",
        ".tables.formats:is_parquet",
        ".tables.formats:read_parquet",
        frozenset({".parquet", ".pq"}),
    ),
    Kind(
        "JSON records",
        ".tables.formats:is_json",
        ".tables.formats:read_json",
        frozenset({".json", ".jsonl", ".ndjson", ".jl"}),
    ),
    Kind(
        "a table",
        ".tables.formats:is_csv",
        ".tables.formats:read_csv",
        frozenset({".csv", ".tsv", ".tab", ".psv"}),
    ),
    # pages and texts
    Kind("a web page", ".kinds:is_web", ".web.page:read_web", WEB),
    Kind("Markdown", ".kinds:is_markdown", ".plain:read_markdown", MARKDOWN, risky=False),
    Kind("text", ".kinds:is_plain", ".plain:read_plain", PLAIN, risky=False),
)


@cache
def function(name: str) -> Any:
    """Return the function called `.module:name`, its module loaded when first asked for."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module, __package__), attribute)


def is_known(ending: str) -> bool:
    """Return whether files called so are read."""
    return ending == ".zip" or any(ending in kind.endings for kind in KINDS)


def kinds_of(data: bytes, ending: str) -> list[Kind]:
    """Return the kinds that a file may be of, in order of trial; raise Skipped if of none."""
    known = is_known(ending)
    if not data and known:
        raise skip("CK-101")
    if ending in FIRM and not looks_like(data) and b"%PDF-" not in data[:1024]:
        raise skip("CK-107", ending=ending)
    found = [kind for kind in KINDS if function(kind.knows)(data, ending)]
    if found:
        return found
    if not known:
        raise skip("CK-105", ending=shown(ending))
    what = looks_like(data)
    raise skip("CK-104", what=what) if what else skip("CK-107", ending=ending)


def named(kind: Kind, reading: Reading, ending: str) -> Reading:
    """Return the reading with a note if the file is called something else than it is."""
    if ending in kind.endings:
        return reading
    told = finding("CK-184", ending=ending or "without an ending", what=kind.what)
    told = finding("CK-145") if kind.what == "a web page" else told
    return replace(reading, findings=(told, *reading.findings))


def is_word(data: bytes, ending: str) -> bool:
    """Return whether the bytes are a Word document, new or old, or are called one."""
    from .documents.office import OLE, ZIP

    if ending in WORD:
        return data.startswith((OLE, ZIP))
    names = names_in(io.BytesIO(data)) if data.startswith(ZIP) else set()
    return any(name.startswith("word/document") for name in names)


def is_web(data: bytes, ending: str) -> bool:
    """Return whether the bytes begin as a web page does, or are called one."""
    from .web.page import is_page

    return ending in WEB or is_page(data)


def is_markdown(data: bytes, ending: str) -> bool:
    """Return whether the file is called Markdown."""
    return ending in MARKDOWN


def is_plain(data: bytes, ending: str) -> bool:
    """Return whether the file is called a text, or has no ending."""
    return ending in PLAIN
