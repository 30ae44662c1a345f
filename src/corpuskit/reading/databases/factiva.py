"""Exports of Factiva: .html, .xml, .rtf and .txt, with field codes or in article format."""

from __future__ import annotations

import re

from ..article import Options, Reading
from .drafts import reading_of
from .factiva_fields import LENGTH, NUMBER, field_of
from .factiva_pages import drafts_of_page, drafts_of_xml
from .factiva_text import FEWEST, drafts_of_lines
from .markup import is_markup, markup_of
from .nexis_marks import WIDE, begins_as_rtf
from .sheets import sheet_of_lines, sheet_of_text

MOST_NAMES = 20_000  # characters in which the names of fields are looked for
HEAD = 400_000  # bytes in which the first document ends
_LENGTH = re.compile(rf"^[ \t]*{LENGTH.pattern}[ \t\r]*$", re.M | re.I)
_NUMBER = re.compile(rf"^[ \t]*{NUMBER.pattern}[ \t\r]*$", re.M)
_DOCUMENT = [word.encode() for word in ("Document", "Dokument", "文", "문서")]
_NAMED = re.compile(r"^[ \t]*([^\W\d_][^:：\n]{0,30}?) ?[:：]", re.M)
_RAW_NUMBER = re.compile(rb"(?:19|20)\d{6}[a-z][a-z0-9]{8}(?![A-Za-z0-9])")
_CODES = re.compile(r"^[ \t\f]*(HD|WC|PD|SN|SC|LA|LP|TD|AN)(?:[ \t\xa0]{2,}.*|[ \t\r]*)$", re.M)


def is_factiva(data: bytes, ending: str) -> bool:
    """Return whether the bytes are an export of Factiva: by its marks, whatever its name."""
    if begins_as_rtf(data):
        return b"Factiva" in data or _RAW_NUMBER.search(data) is not None
    head = data[:HEAD]
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        named = b"<title>Factiva" in head and b"rticle" in data
        return (
            b"<ppsArticleResponse" in head
            or b"<ppsarticle>" in head
            or (is_markup(data) and (b"rticleParagraph" in data or named))
        )
    wide = data.startswith(WIDE)
    if not wide and not (any(w in data for w in _DOCUMENT) and _RAW_NUMBER.search(data)):
        return False
    text = head.decode("utf-16" if wide else "utf-8", "replace")
    codes = {found[1] for found in _CODES.finditer(text)}
    if len(codes) >= FEWEST:
        return True
    names = {field_of(found[1]) for found in _NAMED.finditer(text[:MOST_NAMES])} - {""}
    numbered = _NUMBER.search(text) is not None
    return numbered and (len(names) >= FEWEST or _LENGTH.search(text) is not None)


def read_factiva(data: bytes, options: Options) -> Reading | None:
    """Return the articles of an export of Factiva, or None if the file is none after all.

    `Article.text` is the headline and the paragraphs, with blank lines between them; captions
    and corrections stand below as cuts. The other fields are columns: length, edition, page,
    accession, subject, company, ….

    Parameters
    ----------
    data
        The bytes of the file.
    options
        `encoding` for texts that are not UTF-8; `date_order` for dates in figures.
    """
    declared: int | None = None
    if begins_as_rtf(data):
        from ..documents.rtf import lines_of_rtf

        sheet, findings = sheet_of_lines(lines_of_rtf(data))
        encoding, (drafts, delimiters) = "rtf", drafts_of_lines(sheet)
    elif b"<pps" in data[:HEAD]:
        markup, encoding, findings = markup_of(data, options)
        drafts, delimiters, declared = drafts_of_xml(markup)
    elif is_markup(data):
        markup, encoding, findings = markup_of(data, options)
        drafts, delimiters = drafts_of_page(markup)
    else:
        sheet, encoding, findings = sheet_of_text(data, options)
        drafts, delimiters = drafts_of_lines(sheet)
    if not drafts:
        return None
    return reading_of(
        drafts,
        options,
        encoding=encoding,
        findings=findings,
        declared=declared,
        delimiters=delimiters,
    )
