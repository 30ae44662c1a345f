"""Exports of Nexis, Nexis Uni and LexisNexis: .txt, .docx, .rtf, .html and .pdf."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..article import Options, Reading
from ..documents.lines import Line
from ..findings.told import Finding, finding
from .drafts import Draft, reading_of
from .markup import is_markup, markup_of, parts_of, text_of
from .nexis_marks import ZIP, begins_as_rtf, is_nexis
from .nexis_new import END, declared_on_cover, new_document
from .nexis_old import NUMBERED, old_document
from .sheets import Sheet, sheet_of_lines, sheet_of_text

__all__ = ["is_nexis", "nexis_of_lines", "read_nexis"]

MOST_GAPS = 5  # gaps between numbers that a message names
_MARK = re.compile(r"<!--[^<>]{0,200}<DOC NUMBER", re.I)
_DOCUMENTS = re.compile(r"<meta\b[^>]{0,200}\bdocuments\s*=\s*[\"']?(\d{1,8})\b", re.I)
_SELECTED = re.compile(r"Selected Items: ?(\d[\d ,-]{0,200})|Dokumente?: ?(\d[\d ,-]{0,200})")


class _Source(NamedTuple):
    """The documents of a file, still unread, and what was found on the way to them.

    `numbers` holds the numbers that the old layout prints above its documents: which of how
    many; for the newer ones it is None.
    """

    documents: list[Sheet]
    encoding: str
    findings: tuple[Finding, ...]
    declared: int | None
    delimiters: int
    numbers: list[tuple[int, int]] | None


def read_nexis(data: bytes, options: Options) -> Reading | None:
    """Return the articles of an export of Nexis, or None if the file is none after all.

    `Article.text` is the document as it stands in the file (of a page, a Word or a PDF file:
    its text), with the header, the classification and the copyright as cuts. The fields that
    the database gives are columns: edition, length, load_date, graphic, subject, ….

    Parameters
    ----------
    data
        The bytes of the file.
    options
        `encoding` for texts that are not UTF-8; `date_order` for dates in figures.
    """
    return _reading(_source(data, options), options)


def nexis_of_lines(
    lines: Sequence[Line], options: Options, encoding: str, *, pages: bool = False
) -> Reading | None:
    """Return the articles of an export of Nexis whose lines are known, or None if it is none.

    Parameters
    ----------
    lines
        The paragraphs of the file.
    options
        As everywhere.
    encoding
        The name of the format, for the report.
    pages
        Whether line feeds in the paragraphs are ends of lines on a page, as in a PDF.
    """
    sheet, told = sheet_of_lines(lines, pages=pages)
    return _reading(_split(sheet, encoding, told), options)


def _reading(source: _Source | None, options: Options) -> Reading | None:
    """Return the reading of the documents of a file, or None if none has a date."""
    if source is None:
        return None
    drafts = _drafts(source)
    if not any(draft.fields.get("day") for draft in drafts):
        return None
    return reading_of(
        drafts,
        options,
        encoding=source.encoding,
        findings=(*source.findings, *_gaps(source.numbers or [])),
        declared=source.declared,
        delimiters=source.delimiters,
    )


def _drafts(source: _Source) -> list[Draft]:
    """Return the drafts of all documents that hold anything."""
    sheets = source.documents
    if source.numbers is not None:
        return [old_document(sheet) for sheet in sheets]
    return [new_document(sheet, first=not at) for at, sheet in enumerate(sheets)]


def _source(data: bytes, options: Options) -> _Source | None:
    """Return the documents of a file, from whatever container."""
    if data.startswith(ZIP):
        from ..documents.office import lines_of_docx

        return _split(*_of_lines(lines_of_docx(data), "docx"))
    if begins_as_rtf(data):
        from ..documents.rtf import lines_of_rtf

        return _split(*_of_lines(lines_of_rtf(data), "rtf"))
    if is_markup(data):
        return _of_page(data, options)
    return _split(*sheet_of_text(data, options))


def _of_lines(lines: Sequence[Line], kind: str) -> tuple[Sheet, str, tuple[Finding, ...]]:
    """Return lines of a document as a sheet, with the kind of the document."""
    sheet, told = sheet_of_lines(lines)
    return sheet, kind, told


def _split(sheet: Sheet, encoding: str, told: tuple[Finding, ...]) -> _Source | None:
    """Return the documents between the marks that either layout sets, or None without any."""
    lines = sheet.lines()
    starts = [at for at, line in enumerate(lines) if NUMBERED.fullmatch(line)]
    if starts:
        numbers = [_number(lines[at]) for at in starts]
        ends = [*starts[1:], len(lines)]
        parts = [sheet.part(at + 1, end) for at, end in zip(starts, ends, strict=True)]
        declared = _declared(" ".join(lines[: starts[0]]), numbers)
        return _Source(parts, encoding, told, declared, len(starts), numbers)
    ends = [at for at, line in enumerate(lines) if END.fullmatch(line)]
    if not ends:
        return None
    starts = [0, *(at + 1 for at in ends)]
    parts = [sheet.part(*pair) for pair in zip(starts, [*ends, len(lines)], strict=True)]
    if not _is_document(parts[-1]):
        parts.pop()
    return _Source(parts, encoding, told, declared_on_cover(sheet), len(ends), None)


def _is_document(sheet: Sheet) -> bool:
    """Return whether what stands below the last mark is a document, cut off as it may be."""
    return new_document(sheet, first=False).fields.get("day", "") != ""


def _of_page(data: bytes, options: Options) -> _Source | None:
    """Return the documents of a page: between its own marks, or between the lines."""
    markup, encoding, told = markup_of(data, options)
    cover, *documents = parts_of(markup, _MARK)
    if not documents:
        return _split(Sheet(text_of(cover), whole=True), encoding, told)
    sheets = [Sheet(text_of(part).strip(), whole=True) for part in documents]
    heads = [NUMBERED.fullmatch(sheet.line(0)) if len(sheet) else None for sheet in sheets]
    numbers = [_number(head[0]) for head in heads if head]
    parts = [
        sheet.part(1, len(sheet)) if head else sheet
        for sheet, head in zip(sheets, heads, strict=True)
    ]
    given = _DOCUMENTS.search(cover)
    known = int(given[1]) if given else _declared(text_of(cover), numbers)
    return _Source(parts, encoding, told, known, len(parts), numbers)


def _number(line: str) -> tuple[int, int]:
    """Return which document of how many a line says that it begins."""
    found = NUMBERED.fullmatch(line)
    given = [value for value in found.groups() if value] if found else []
    figures = [re.sub(r"\D", "", value)[:9] for value in given]
    return int(figures[0]), int(figures[1])


def _declared(cover: str, numbers: Sequence[tuple[int, int]]) -> int | None:
    """Return how many documents an export says it holds: on its cover, else by its numbers.

    An export that begins with number 201 of 500 is a part; how large a part, it does not say.
    """
    selected = _SELECTED.search(cover)
    if selected:
        return _selected(selected[1] or selected[2])
    if not numbers or numbers[0][0] != 1:
        return None
    return Counter(most for _, most in numbers).most_common(1)[0][0]


def _selected(given: str) -> int | None:
    """Return how many numbers "1-200, 203" names."""
    count = 0
    for part in re.split(r"\s*,\s*", given.strip(" ,-")):
        low, _, high = part.partition("-")
        ends = low.strip(), (high or low).strip()
        if not all(end.isdecimal() and len(end) < 9 for end in ends):
            return None
        count += max(int(ends[1]) - int(ends[0]) + 1, 0)
    return count or None


def _gaps(numbers: Sequence[tuple[int, int]]) -> tuple[Finding, ...]:
    """Return the finding that the numbers of the documents do not follow each other."""
    gaps = [f"after {a:,} comes {b:,}" for (a, _), (b, _) in pairwise(numbers) if b != a + 1]
    if not gaps:
        return ()
    named = ", ".join(gaps[:MOST_GAPS]) + (", …" if len(gaps) > MOST_GAPS else "")
    return (finding("CK-307", gaps=named),)
