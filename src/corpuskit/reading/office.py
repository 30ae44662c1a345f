"""Word documents: .docx, read with the standard library and a parser that refuses tricks."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from .article import Options, Reading
from .layout import read_layout
from .marks import mark_findings, without_controls
from .report import skip

MOST_BYTES: Final = 50_000_000  # of one unpacked part
MOST_RATIO: Final = 200  # unpacked to packed, from FREE_BYTES on
FREE_BYTES: Final = 5_000_000
DEEPEST: Final = 1_000  # nested elements
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
MAIN_PART = "word/document.xml"
HEADINGS = ("title", "heading1")
MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
GONE = frozenset({"del", "moveFrom"})

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


def read_docx(data: bytes, options: Options) -> Reading:
    """Return the article of a Word document.

    `Article.text` is the **extracted** text: one line a paragraph, in the order of the
    document, with the paragraphs of tables, text boxes, content controls and tracked
    insertions, and without tracked deletions. Offsets refer to it; `sha256` is that of the
    file. Header lines are known as in plain text; a paragraph in the style Title or Heading 1
    at the top is the headline. Foot notes, headers and footers are not read.

    Parameters
    ----------
    data
        The bytes of the document.
    options
        `clean=False` keeps paragraphs that look like furniture.
    """
    if not data:
        raise skip("CK-101")
    if data.startswith(OLE):
        raise skip("CK-153" if "EncryptedPackage".encode("utf-16-le") in data else "CK-154")
    if not data.startswith(ZIP):
        raise skip("CK-107", ending=".docx")
    document = _Document(_main_part(data))
    if not document.text.strip():
        raise skip("CK-102")
    marks = mark_findings(document.text)
    text, controls = without_controls(document.text)
    article, more = read_layout(text, options, title=document.title, whole_lines=True)
    return Reading((article,), "docx", (*controls, *marks, *more))


def _main_part(data: bytes) -> bytes:
    """Return the unpacked main part of a document, within limits of size and ratio."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = _entry(archive)
            if entry.flag_bits & 1:
                raise skip("CK-153")
            with archive.open(entry) as part:
                unpacked = part.read(_ceiling(entry) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise skip("CK-152", error=type(error).__name__) from error
    if len(unpacked) > _ceiling(entry):
        raise skip("CK-155", most=f"{_ceiling(entry) // 1_000_000} MB")
    return unpacked


def _entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the entry of the main part; no other is ever unpacked."""
    names = archive.namelist()
    mains = [name for name in names if name.lower().startswith("word/document")]
    mains = [name for name in mains if name.lower().endswith(".xml")]
    if not mains:
        raise skip("CK-156")
    return archive.getinfo(MAIN_PART if MAIN_PART in mains else mains[0])


def _ceiling(entry: zipfile.ZipInfo) -> int:
    """Return how many bytes a part may unpack to."""
    return min(MOST_BYTES, max(FREE_BYTES, MOST_RATIO * entry.compress_size))


class _Document:
    """The text of a document, gathered while its XML is read once from top to bottom.

    `text` has one line a paragraph; `title` is the span of a first paragraph that is styled
    as a title.
    """

    def __init__(self, xml: bytes) -> None:
        self._paragraphs: list[list[str]] = []  # in the order in which they begin
        self._styles: list[str] = []
        self._open: list[int] = []  # paragraphs that have begun and not ended
        self._depth = 0
        self._hidden = 0  # depth at which a deletion or a fallback began; 0 if none
        self._in_text = False
        self._read(xml)
        lines = ["".join(parts) for parts in self._paragraphs]
        self.text = "\n".join(lines)
        self.title = self._title(lines)

    def _read(self, xml: bytes) -> None:
        """Parse the XML; no document type, no entity, nothing from outside."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "")
            raise skip("CK-152", error=f"{reason}, line {error.lineno}") from error

    @staticmethod
    def _doctype(*_: object) -> None:
        """Refuse a document type declaration before anything in it is read."""
        raise skip("CK-151")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise skip("CK-155", most=f"{DEEPEST:,} nested elements")
        name = _name(tag)
        if self._hidden:
            return
        if name in GONE or tag == FALLBACK:
            self._hidden = self._depth
        elif name == "p":
            self._open.append(len(self._paragraphs))
            self._paragraphs.append([])
            self._styles.append("")
        elif name == "pStyle" and self._open:
            style = next((v for k, v in attributes.items() if _name(k) == "val"), "")
            self._styles[self._open[-1]] = style.replace(" ", "").lower()
        elif name in MARKS and self._open:
            self._paragraphs[self._open[-1]].append(MARKS[name])
        self._in_text = name == "t"

    def _end(self, tag: str) -> None:
        """End an element."""
        if self._hidden == self._depth:
            self._hidden = 0
        elif not self._hidden and _name(tag) == "p":
            self._open.pop()
        self._depth -= 1
        self._in_text = False

    def _characters(self, text: str) -> None:
        """Take the characters of a run of text."""
        if self._in_text and not self._hidden and self._open:
            self._paragraphs[self._open[-1]].append(text)

    def _title(self, lines: list[str]) -> tuple[int, int] | None:
        """Return the span of the first paragraph that is not blank, if styled as a title."""
        at = 0
        for line, style in zip(lines, self._styles, strict=True):
            if inner := line.strip():
                start = at + len(line) - len(line.lstrip())
                styled = style in HEADINGS and "\n" not in inner
                return (start, start + len(inner)) if styled else None
            at += len(line) + 1
        return None


def _name(tag: str) -> str:
    """Return the name of an element or attribute of word processing, or ""."""
    for space in (WORDS, STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""
