"""PDF documents: the text layer, in reading order as far as the page tells it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from ..article import Options, Reading
from ..databases.inside import export_in
from ..findings.told import Finding, Skipped, counted, finding, skip
from ..layout import read_layout
from ..marks import mark_findings, without_controls
from ..workers.silence import silence
from .lines import Line, with_tail
from .pdfpages import PageLine, page_lines
from .pdfpieces import pieces_of
from .pdftext import (
    Placed,
    Tail,
    as_line,
    body_size,
    divided,
    joined,
    paragraphs_of,
    without_furniture,
)

if TYPE_CHECKING:
    from pypdf import Configuration, PdfReader

BEGIN = b"%PDF-"
MOST_PAGES = 5_000
MOST_CHARS = 20_000_000
MOST_UNPACKED = 20_000_000  # bytes of one stream
LAST_BYTES = 4_096  # in which the end of a document is looked for
MOST_LOST = 0.3  # share of signs without a known character above which nothing can be read
LONGEST_FIELD = 300
FIELDS = {
    "title": "document_title",
    "author": "document_author",
    "creation_date": "document_date",
}

_START = re.compile(rb"startxref\s+(\d{1,12})")
_CATALOG = re.compile(rb"(\d{1,9}\s+\d{1,5})\s+obj\s{0,9}<<[^>]{0,500}?/Type\s{0,9}/Catalog\b")
_END = "\ntrailer<</Root {} R>>\nstartxref\n0\n%%EOF\n"
_LOST = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


class Document(NamedTuple):
    """What was found in a document: paragraphs, what is cut, fields, what must be told."""

    lines: list[Line]
    tail: list[Tail]
    fields: dict[str, str]
    told: tuple[Finding, ...]


def is_pdf(data: bytes, ending: str) -> bool:
    """Return whether the bytes begin as a PDF does, or are called one."""
    return ending == ".pdf" or data[:64].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(BEGIN)


def read_pdf(data: bytes, options: Options) -> Reading:
    """Return the article of a PDF document.

    `Article.text` is the **extracted** text: paragraphs with blank lines between them, inside
    them the lines of the page. Two or more columns are read one after the other where the page
    shows running text beside a gutter; cells of tables are read row by row. Running headers,
    footers, page numbers and sideways text stand below the article as cuts. Scripts, forms,
    notes and attached files are not read. The fields title, author and date of the document
    are columns of their own (document_title, …): they say who made the file, not the article.

    Parameters
    ----------
    data
        The bytes of the document.
    options
        `hyphens="join"` joins words that line ends divide, with a soft hyphen at the joint;
        "keep" leaves them as they stand. Both are told. `clean=False` keeps paragraphs that
        look like furniture.
    """
    document = _document(data)
    if (export := export_in(document.lines, options, "pdf")) is not None:
        return replace(export, findings=(*document.told, *export.findings))
    text = "\n\n".join(line.text.strip() for line in document.lines)
    text, hyphens = _hyphens(text, options)
    marks = mark_findings(text)
    text, controls = without_controls(text)
    title = _title(document, text)
    article, more = read_layout(text, options, title=title, blocks=True)
    tail = [(without_controls(words)[0], rule, why) for words, rule, why in document.tail]
    article = with_tail(replace(article, extra={**article.extra, **document.fields}), tail)
    return Reading((article,), "pdf", (*document.told, *hyphens, *controls, *marks, *more))


def lines_of_pdf(data: bytes) -> list[Line]:
    """Return the paragraphs of a PDF with hints, in reading order.

    A line feed in a text is the end of a line on the page. Running headers, footers and page
    numbers are left out. `level` is 1 for text that is larger than the rest.
    """
    return _document(data).lines


def _hyphens(text: str, options: Options) -> tuple[str, tuple[Finding, ...]]:
    """Return the text with words at line ends as the options say, and what is told of them."""
    if options.hyphens == "join":
        text, words = joined(text)
    else:
        words = divided(text)
    if not words:
        return text, ()
    code = "CK-165" if options.hyphens == "join" else "CK-166"
    return text, (finding(code, count=counted(len(words), "word"), sample=words[0]),)


def _title(document: Document, text: str) -> tuple[int, int] | None:
    """Return the span of the first paragraph, if it is larger or named as the title."""
    first = document.lines[0]
    end = len(first.text.strip())
    stated = " ".join(document.fields.get("document_title", "").split())
    return (0, end) if first.level == 1 or stated == text[:end] else None


def _document(data: bytes) -> Document:
    """Return what a document holds, within limits."""
    from pypdf import apply_configuration

    if not data:
        raise skip("CK-101")
    if BEGIN not in data[:1024]:
        raise skip("CK-107", ending=".pdf")
    with silence(("pypdf",)) as errors, apply_configuration(_limits()):
        reader = _opened(data)
        pages, sideways, told = _pages(reader)
        fields = _fields(reader)
    lines, tail = without_furniture(pages)
    tail += [(words, "sideways text", "text that runs up or down the page") for words in sideways]
    if not lines:
        raise skip("CK-103")
    unknown = any("encoding" in message for message in errors)
    told = (*_damage(data), *told, *((finding("CK-173"),) if unknown else ()))
    return Document(_paragraphs(lines), tail, fields, told)


def _limits() -> Configuration:
    """Return what the parser may unpack and visit."""
    from pypdf import Configuration

    return Configuration(
        zlib_maximum_output_length=MOST_UNPACKED,
        lzw_maximum_output_length=MOST_UNPACKED,
        run_length_maximum_output_length=MOST_UNPACKED,
        array_based_stream_maximum_output_length=MOST_UNPACKED,
        stream_decoding_work_maximum_length=5 * MOST_UNPACKED,
        page_tree_maximum_entries=2 * MOST_PAGES,
        xform_maximum_invocations_per_extraction=500,
    )


def _paragraphs(lines: Sequence[Placed]) -> list[Line]:
    """Return the paragraphs of the pages as lines with hints."""
    body = body_size(lines)
    found: list[Line] = []
    for paragraph in paragraphs_of(lines):
        breaks = bool(found) and found[-1].page != paragraph[0].page
        found.append(as_line(paragraph, body, breaks))
    return found


def _opened(data: bytes) -> PdfReader:
    """Return the reader of a document that needs no password."""
    from pypdf import PdfReader

    with _guarded():
        reader = PdfReader(io.BytesIO(_ended(data)), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise skip("CK-153")
        count = len(reader.pages)
    if count > MOST_PAGES:
        raise skip("CK-170", count=f"{count:,}", most=f"{MOST_PAGES:,}")
    return reader


def _ended(data: bytes) -> bytes:
    """Return a document that is cut off with an end, so that what it holds can be read."""
    if _START.search(data, max(len(data) - LAST_BYTES, 0)):
        return data
    root = _CATALOG.search(data)
    return data + _END.format(root[1].decode()).encode() if root else data


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn what the parser raises, which may be anything, into the reason of a skipped file."""
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        yield
    except (Skipped, MemoryError):
        raise
    except DependencyError as error:  # a cipher that needs another package
        raise skip("CK-153") from error
    except LimitReachedError as error:
        raise skip("CK-155", most=f"{MOST_UNPACKED // 1_000_000} MB a part") from error
    except Exception as error:
        raise skip("CK-152", error=type(error).__name__) from error


def _pages(reader: PdfReader) -> tuple[list[list[PageLine]], list[str], tuple[Finding, ...]]:
    """Return the lines of each page, the texts that stand sideways, and what must be told."""
    pages: list[list[PageLine]] = []
    sideways: dict[str, None] = {}
    broken: list[tuple[int, Skipped]] = []
    chars = 0
    for number in range(len(reader.pages)):
        try:
            with _guarded():
                lines, turned = page_lines(pieces_of(reader.pages[number]))
        except Skipped as skipped:
            broken.append((number + 1, skipped))
            lines, turned = [], []
        pages.append(lines)
        chars += sum(len(line.text) for line in lines)
        if chars > MOST_CHARS:
            raise skip("CK-155", most=f"{MOST_CHARS:,} characters")
        sideways.update(dict.fromkeys(turned))
    return pages, list(sideways), _told(pages, broken)


def _told(
    pages: Sequence[Sequence[PageLine]], broken: Sequence[tuple[int, Skipped]]
) -> tuple[Finding, ...]:
    """Return what must be told about pages without text; raise if no page has any."""
    text = "".join(line.text for page in pages for line in page)
    if not text.strip():
        raise broken[0][1] if broken else skip("CK-167")
    if len(_LOST.findall(text)) > MOST_LOST * len(text):
        raise skip("CK-172")
    told = []
    bad = {number for number, _ in broken}
    if bare := [at for at, page in enumerate(pages, 1) if not page and at not in bad]:
        told.append(finding("CK-168", count=counted(len(bare), "page"), first=bare[0]))
    if broken:
        told.append(finding("CK-169", count=counted(len(broken), "page"), first=broken[0][0]))
    return tuple(told)


def _fields(reader: PdfReader) -> dict[str, str]:
    """Return what the document says of itself: title, author, and the day it was made."""
    fields: dict[str, str] = {}
    try:
        with _guarded():
            stated = reader.metadata
            for name in ("title", "author", "creation_date"):
                value = getattr(stated, name, None)
                text = value.date().isoformat() if isinstance(value, datetime) else value or ""
                if words := " ".join(without_controls(str(text))[0].split()):
                    fields[FIELDS[name]] = words[:LONGEST_FIELD]
    except Skipped:
        return fields
    return fields


def _damage(data: bytes) -> tuple[Finding, ...]:
    """Return the finding that a document is cut off: its end, or what its end points to, is gone.

    An end that points to a wrong place of the file is harmless: all parts are looked for.
    """
    places = [int(found[1]) for found in _START.finditer(data[-LAST_BYTES:])]
    return () if places and places[-1] < len(data) else (finding("CK-171"),)
