"""Exports of ProQuest: .txt, .html and .xls (a page or a table of old Excel)."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..article import Options, Reading
from ..findings.told import Finding
from .drafts import Draft, reading_of
from .markup import is_markup, markup_of, text_of, tree_of
from .markup import parts_of as parts_of_markup
from .nexis_marks import WIDE
from .proquest_table import drafts_of_rows, is_sheet, rows_of_page, rows_of_sheet
from .proquest_text import BORDER, IDENTITY, NUMBERED, declared_in, document, parts_of
from .sheets import Sheet, sheet_of_text

HEAD = 400_000  # bytes in which the first document ends
FEWEST = 3  # fields that make a text a document of ProQuest
MARKS = ("ProQuest document ID:", "ProQuestdocument ID:", "Publication title:", "Full text:")


_ANCHOR = re.compile(r"<a\s+name\s*=\s*[\"']?DocID", re.I)


class _Source(NamedTuple):
    """The documents of a file, and what was found on the way to them."""

    drafts: list[Draft]
    encoding: str
    findings: tuple[Finding, ...] = ()
    declared: int | None = None
    delimiters: int | None = None


def is_proquest(data: bytes, ending: str) -> bool:
    """Return whether the bytes are an export of ProQuest: by its marks, whatever its name."""
    if is_sheet(data):
        return True
    head = data[:HEAD]
    if is_markup(data):
        named = b"roquest" in head or b"roQuest" in head
        return named and (b"ublication title" in data or b"pubtitle" in head)
    wide = data.startswith(WIDE)
    if not wide and b"roQuest" not in data:
        return False
    text = head.decode("utf-16" if wide else "utf-8", "replace")
    lines = [line.strip() for line in text.splitlines()]
    bordered = any(BORDER.fullmatch(line) or NUMBERED.fullmatch(line) for line in lines)
    return bordered and sum(any(line.startswith(m) for line in lines) for m in MARKS) >= 2


def read_proquest(data: bytes, options: Options) -> Reading | None:
    """Return the articles of an export of ProQuest, or None if the file is none after all.

    `Article.text` is the document as it stands in the file, with the fields as cuts; of a
    table, headline and text. A document without full text is read by its abstract, and told.

    Parameters
    ----------
    data
        The bytes of the file.
    options
        `encoding` for texts that are not UTF-8; `date_order` for dates in figures.
    """
    source = _source(data, options)
    drafts = [draft for draft in source.drafts if len(draft.fields) >= FEWEST]
    if not drafts:
        return None
    return reading_of(
        drafts,
        options,
        encoding=source.encoding,
        findings=source.findings,
        declared=source.declared,
        delimiters=source.delimiters,
    )


def _source(data: bytes, options: Options) -> _Source:
    """Return the documents of a file, from whatever container."""
    if is_sheet(data):
        drafts = drafts_of_rows(rows_of_sheet(data))
        return _Source(drafts, "xls", delimiters=len(drafts))
    if is_markup(data):
        return _of_page(data, options)
    sheet, encoding, told = sheet_of_text(data, options)
    return _of_parts(parts_of(sheet), sheet.lines(), encoding, told)


def _of_page(data: bytes, options: Options) -> _Source:
    """Return the documents of a page: rows of a table, or what stands below the anchors."""
    markup, encoding, told = markup_of(data, options)
    rows = rows_of_page(tree_of(markup)) if "<td" in markup.lower() else []
    if rows:
        drafts = drafts_of_rows(rows)
        return _Source(drafts, encoding, told, delimiters=len(drafts))
    cover, *texts = map(text_of, parts_of_markup(markup, _ANCHOR))
    whole = Sheet("\n\n".join([cover, *texts]), whole=True)
    parts = [Sheet(text.strip(), whole=True) for text in texts] or parts_of(whole)
    return _of_parts(parts, whole.lines(), encoding, told)


def _of_parts(
    parts: list[Sheet], lines: list[str], encoding: str, told: tuple[Finding, ...]
) -> _Source:
    """Return the documents of parts of an export, counted by their numbers in ProQuest."""
    met = sum(IDENTITY.match(line) is not None for line in lines) or len(parts)
    drafts = [document(part) for part in parts]
    return _Source(drafts, encoding, told, declared_in(lines), met)
