"""Whether a file is an export of Nexis or LexisNexis: by its marks, without a parser."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from .markup import is_markup
from .nexis_old import NUMBERED

MOST_COVER = 300_000  # characters in which the beginning of the first document is looked for
ZIP, RTF = b"PK\x03\x04", b"{\\rtf"
WIDE = (b"\xff\xfe", b"\xfe\xff")  # what UTF-16 begins with
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_OLD = re.compile(rf"^[ \t\ufeff]*(?:{NUMBERED.pattern})[ \t\r]*$", re.M)
_OLD_LABEL = re.compile(
    r"^[ \t]*(?:LENGTH|L.{1,2}NGE|LONGUEUR|LONGITUD|LENGTE|LOAD-DATE|DATE-CHARGEMENT|UPDATE"
    r"|LANGUAGE|SPRACHE|LANGUE|BYLINE|SECTION|RUBRI(?:K|QUE)|PUBLICATION-TYPE):",
    re.M,
)
_NEW_LABEL = re.compile(r"^[ \t]*(?:Load-Date|Length|L.{1,2}nge|Longueur|Byline|Section):", re.M)
_ENDS = ("nd of Document", "nde des Dokuments", "in du document", "in del documento")
_IN_WORD = (
    b">Body<",
    b"Load-Date",
    b"Length:",
    b"LENGTH:",
    b"LOAD-DATE",
    b"Job Number",
    b"End of Document",
    b"DOCUMENTS<",
    b"Documents (",
    b"Document (",
    b"Dokumente (",
)
_IN_TEXT = (b"DOCUMENT", b"Document", b"Dokument", b"in du document", b"in del documento")
_IN_RTF = (b"nd of Document", b"Load-Date", b"LOAD-DATE", b" DOCUMENTS", b"Length:", b"LENGTH:")


def begins_as_rtf(data: bytes) -> bool:
    """Return whether the bytes begin as Rich Text does."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(RTF)


def is_nexis(data: bytes, ending: str) -> bool:
    """Return whether the bytes are an export of Nexis: by its marks, whatever its name.

    Of a PDF only its own reader can tell (`inside.export_in`).
    """
    if data.startswith(ZIP):
        return b"word/document" in data and _is_word(data)
    if begins_as_rtf(data):
        return sum(mark in data for mark in _IN_RTF) >= 2
    if is_markup(data):
        return _is_page(data)
    return _is_text(data)


def _is_word(data: bytes) -> bool:
    """Return whether the first part of a Word document has marks of Nexis."""
    try:
        with (
            zipfile.ZipFile(BytesIO(data)) as archive,
            archive.open("word/document.xml") as part,
        ):
            head = part.read(4 * MOST_COVER)
    except (*_DAMAGE, KeyError, RuntimeError):
        return False
    return sum(mark in head for mark in _IN_WORD) >= 2


def _is_page(data: bytes) -> bool:
    """Return whether a page has the marks of LexisNexis, or the lines of a Nexis document."""
    if b"<DOCFULL>" in data or b"LXNComment" in data:
        return True
    return b"nd of Document" in data and (b"Load-Date" in data or b"Length:" in data)


def _is_text(data: bytes) -> bool:
    """Return whether a text has the marks of Nexis on lines of their own."""
    wide = data.startswith(WIDE)
    if not wide and not any(mark in data for mark in _IN_TEXT):
        return False
    head = data[:MOST_COVER].decode("utf-16" if wide else "utf-8", "replace")
    if _OLD.search(head) and _OLD_LABEL.search(head):
        return True
    inner = "utf-16-le" if data.startswith(WIDE[0]) else "utf-16-be" if wide else "utf-8"
    named = any(end.encode(inner) in data for end in _ENDS)
    return named and _NEW_LABEL.search(head) is not None
