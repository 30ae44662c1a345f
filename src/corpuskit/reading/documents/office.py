"""Word documents: .docx, read with the standard library and a parser that refuses tricks."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from ..article import Options, Reading
from ..findings.told import Finding, counted, finding, skip
from ..layout import read_layout
from ..marks import mark_findings, without_controls
from .lines import APART, FOOT, HEAD, NOTE, Line, apart, with_tail
from .wordxml import Style, WordXML, read_styles

MOST_BYTES: Final = 50_000_000  # of one unpacked part
MOST_RATIO: Final = 200  # unpacked to packed, from FREE_BYTES on
FREE_BYTES: Final = 5_000_000
MOST_PARTS: Final = 200  # headers, footers and notes that are read
MAIN_PART = "word/document.xml"
BESIDE = (
    (re.compile(r"word/(?:foot|end)notes\.xml"), NOTE),
    (re.compile(r"word/header\d*\.xml"), HEAD),
    (re.compile(r"word/footer\d*\.xml"), FOOT),
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def read_docx(data: bytes, options: Options) -> Reading:
    """Return the article of a Word document.

    `Article.text` is the **extracted** text: one line a paragraph, in the order of the
    document, with the paragraphs of tables, text boxes, content controls and tracked
    insertions, and without tracked deletions, comments, field codes and hidden text (which is
    told). Below it stand foot notes, end notes, headers and footers, each text once: they are
    cuts, no part of the article. Offsets refer to this text; `sha256` is that of the file.
    Header lines are known as in plain text; a paragraph in the style Title or Heading 1 at the
    top is the headline. Links, pictures and other files are never followed.

    Parameters
    ----------
    data
        The bytes of the document.
    options
        `clean=False` keeps paragraphs that look like furniture.
    """
    lines, told = _lines(data)
    return reading_of(lines, options, "docx", told)


def lines_of_docx(data: bytes) -> list[Line]:
    """Return the paragraphs of a Word document with hints, empty ones included.

    Paragraphs of the body come first, in the order of the document; then those of foot notes,
    end notes, headers and footers (`place` tells them apart).
    """
    return _lines(data)[0]


def reading_of(
    lines: Sequence[Line], options: Options, encoding: str, told: Sequence[Finding] = ()
) -> Reading:
    """Return the article that lines with hints hold; each line is one paragraph.

    Parameters
    ----------
    lines
        The lines, in reading order; a heading of the first level at the top is the headline,
        lines of notes, headers and footers become cuts below the text.
    options
        `clean=False` keeps paragraphs that look like furniture.
    encoding
        The name of the format, for the report.
    told
        What was found on the way.
    """
    read = [line for line in lines if line.place not in APART]
    text = "\n".join(line.text for line in read)
    if not text.strip():
        raise skip("CK-102")
    marks = mark_findings(text)
    text, controls = without_controls(text)
    article, more = read_layout(text, options, title=_title(read), whole_lines=True)
    tail = [(without_controls(text)[0], rule, why) for text, rule, why in apart(lines)]
    return Reading((with_tail(article, tail),), encoding, (*told, *controls, *marks, *more))


def _title(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the span of the first line that is not blank, if it is a heading of level 1."""
    at = 0
    for line in lines:
        if inner := line.text.strip():
            start = at + len(line.text) - len(line.text.lstrip())
            single = line.level == 1 and "\n" not in inner
            return (start, start + len(inner)) if single else None
        at += len(line.text) + 1
    return None


def _lines(data: bytes) -> tuple[list[Line], tuple[Finding, ...]]:
    """Return the lines of a document and what must be told about it."""
    if not data:
        raise skip("CK-101")
    if data.startswith(OLE):
        raise skip("CK-153" if "EncryptedPackage".encode("utf-16-le") in data else "CK-154")
    if not data.startswith(ZIP):
        raise skip("CK-107", ending=".docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = list(_parts(archive))
    except DAMAGE as error:
        raise skip("CK-152", error=type(error).__name__) from error
    lines = [line for part in parts for line in part.lines()]
    return lines, _told(parts)


def _told(parts: Sequence[WordXML]) -> tuple[Finding, ...]:
    """Return what must be told: hidden text and signs of picture fonts that were left out."""
    hidden, symbols = (sum(getattr(part, name) for part in parts) for name in ("hidden", "symbols"))
    told = []
    if hidden:
        told.append(finding("CK-161", count=counted(hidden, "character")))
    if symbols:
        told.append(finding("CK-162", count=counted(symbols, "sign")))
    return tuple(told)


def _parts(archive: zipfile.ZipFile) -> Iterator[WordXML]:
    """Yield the main part and those beside it; no other is ever unpacked."""
    main = _main(archive)
    styles = _styles(archive)
    yield WordXML(unpacked(archive, main), styles)
    room = MOST_BYTES
    for place, entry in _beside(archive)[:MOST_PARTS]:
        xml = unpacked(archive, entry, room)
        room -= len(xml)
        yield WordXML(xml, styles, place)


def _main(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the entry of the main part."""
    names = archive.namelist()
    mains = [name for name in names if name.lower().startswith("word/document")]
    mains = [name for name in mains if name.lower().endswith(".xml")]
    if not mains:
        raise skip("CK-156")
    return archive.getinfo(MAIN_PART if MAIN_PART in mains else mains[0])


def _beside(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Return place and entry of the notes, headers and footers, in this order."""
    entries = sorted(archive.infolist(), key=lambda entry: (len(entry.filename), entry.filename))
    return [
        (place, entry)
        for pattern, place in BESIDE
        for entry in entries
        if pattern.fullmatch(entry.filename.lower())
    ]


def _styles(archive: zipfile.ZipFile) -> dict[str, Style]:
    """Return the styles of a document by id."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    return read_styles(unpacked(archive, archive.getinfo("word/styles.xml")))


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of one part of an archive, within limits of size and ratio."""
    if entry.flag_bits & 1:
        raise skip("CK-153")
    ceiling = min(most, max(FREE_BYTES, MOST_RATIO * entry.compress_size))
    with archive.open(entry) as part:
        data = part.read(ceiling + 1)
    if len(data) > ceiling:
        raise skip("CK-155", most=f"{ceiling // 1_000_000} MB")
    return data
