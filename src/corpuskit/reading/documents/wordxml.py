"""The XML of word processing, read once from top to bottom; nothing from outside is followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.parsers import expat

from ..findings.told import skip
from .lines import BODY, BOX, CELL, Line, Run, level_of, line_of

DEEPEST: Final = 1_000  # nested elements
SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
GONE = frozenset({"del", "moveFrom"})
PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr"})
PAGES = frozenset({"page", "column"})
OFF = frozenset({"0", "false", "off", "none"})
NOT_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
GREEK = dict(
    zip(
        "abgdezhqiklmnxoprstufcywABGDEZHQIKLMNXOPRSTUFCYW",
        "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        strict=True,
    )
)
BULLETS = frozenset("·§¨®o")  # characters that picture fonts draw as bullets


class Style(NamedTuple):
    """The name of a style in small letters without blanks, and whether it is bold."""

    name: str
    bold: bool = False


@dataclass(slots=True)
class _Paragraph:
    """What has been gathered of one paragraph: runs of text with bold and size."""

    place: str
    breaks: bool = False
    style: str = ""
    joins: bool = False  # its end is a tracked deletion: the next one goes on in it
    runs: list[Run] = field(default_factory=list)


class WordXML:
    """The paragraphs of one part of a document, in the order in which they begin.

    `hidden` counts the characters of hidden text, `symbols` the signs of picture fonts that
    stand for no character; neither is in the paragraphs.
    """

    def __init__(self, xml: bytes, styles: Mapping[str, Style], place: str = BODY) -> None:
        self.hidden = self.symbols = 0
        self._styles = styles
        self._place = place
        self._paragraphs: list[_Paragraph] = []
        self._open: list[_Paragraph] = []  # paragraphs that have begun and not ended
        self._path: list[str] = []  # names of the elements that are open
        self._gone = 0  # depth at which a deletion or a fallback began; 0 if none
        self._breaks = False
        self._run: tuple[bool | None, float, bool] = (None, 0.0, False)  # bold, size, hidden
        parse(xml, self._start, self._end, self._characters)

    def lines(self) -> list[Line]:
        """Return the paragraphs as lines with hints."""
        lines = []
        runs: list[Run] = []
        for paragraph in self._paragraphs:
            runs += paragraph.runs
            if not paragraph.joins:
                lines.append(_line(paragraph, runs, self._styles))
                runs = []
        return lines

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        name = _name(tag)
        self._path.append(name)
        if self._gone:
            return
        if tag == FALLBACK or name in GONE or self._is_no_note(name, attributes):
            self._gone = len(self._path)
            self._mark_end(name)
        elif name == "p":
            self._begin()
        elif name == "r":
            self._run = (None, 0.0, False)
        elif PROPERTIES.intersection(self._path[-3:]):
            self._property(name, _value(attributes))
        elif name in MARKS:
            self._mark(name, attributes)
        elif name == "sym":
            self._symbol(attributes)

    def _end(self, _: str) -> None:
        """End an element."""
        if self._gone == len(self._path):
            self._gone = 0
        elif not self._gone and self._path[-1] == "p":
            self._open.pop()
        self._path.pop()

    def _characters(self, text: str) -> None:
        """Take the characters of a run of text."""
        if self._path[-1] == "t" and not self._gone:
            self._add(text)

    def _begin(self) -> None:
        """Begin a paragraph."""
        inside = next((name for name in reversed(self._path) if name in ("tc", "txbxContent")), "")
        place = {"tc": CELL, "txbxContent": BOX}.get(inside, BODY)
        paragraph = _Paragraph(self._place if self._place != BODY else place, self._breaks)
        self._paragraphs.append(paragraph)
        self._open.append(paragraph)
        self._breaks = False

    def _property(self, name: str, value: str) -> None:
        """Take a property of a paragraph or a run."""
        of_run = self._path[-3:-1] == ["r", "rPr"]
        bold, size, hidden = self._run
        if name == "pStyle" and self._open:
            self._open[-1].style = value
        elif name == "sectPr" or (name == "pageBreakBefore" and value not in OFF):
            self._break()
        elif of_run and name == "b":
            self._run = (value not in OFF, size, hidden)
        elif of_run and name == "sz" and value.isascii() and value.isdigit():
            self._run = (bold, int(value[:4]) / 2, hidden)
        elif of_run and name == "vanish":
            self._run = (bold, size, value not in OFF)

    def _mark_end(self, name: str) -> None:
        """Note that the end of the paragraph itself is a tracked deletion."""
        if name in GONE and self._path[-3:-1] == ["pPr", "rPr"] and self._open:
            self._open[-1].joins = True

    def _break(self) -> None:
        """Note that a page begins: with this paragraph if it is empty so far, else the next."""
        if self._open and not self._open[-1].runs and self._path[-1] != "sectPr":
            self._open[-1].breaks = True
        else:
            self._breaks = True

    def _mark(self, name: str, attributes: dict[str, str]) -> None:
        """Take a tab, a line break or a special hyphen; the break of a page is no line break."""
        if name == "br" and any(v in PAGES for k, v in attributes.items() if _name(k) == "type"):
            self._break()
        else:
            self._add(MARKS[name])

    def _symbol(self, attributes: dict[str, str]) -> None:
        """Take a character of a picture font, as far as a character stands for it."""
        named = {_name(key): value for key, value in attributes.items()}
        try:
            code = int(named.get("char", "")[:6], 16)
        except ValueError:
            code = 0
        sign = sign_of(code, named.get("font", ""))
        self.symbols += not sign
        self._add(sign)

    def _add(self, text: str) -> None:
        """Add text to the paragraph that is open, unless it is hidden."""
        bold, size, hidden = self._run
        if hidden:
            self.hidden += len(text)
        elif self._open and text:
            self._open[-1].runs.append(Run(text, bold, size))

    def _is_no_note(self, name: str, attributes: dict[str, str]) -> bool:
        """Return whether an element is the line above the notes, which is no note."""
        types = (value for key, value in attributes.items() if _name(key) == "type")
        return name in ("footnote", "endnote") and any(value in NOT_NOTES for value in types)


def parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda _: None,
    characters: Callable[[str], None] = lambda _: None,
) -> None:
    """Run the handlers over XML; no document type, no entity, a limit of depth."""
    depth = 0

    def deeper(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise skip("CK-155", most=f"{DEEPEST:,} nested elements")
        start(tag, attributes)

    def higher(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = deeper
    parser.EndElementHandler = higher
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        code, line = getattr(error, "code", 0), getattr(error, "lineno", 1)
        reason = expat.errors.messages.get(code, type(error).__name__)
        raise skip("CK-152", error=f"{reason}, line {line}") from error


def _doctype(*_: object) -> None:
    """Refuse a document type declaration before anything in it is read."""
    raise skip("CK-151")


def _line(paragraph: _Paragraph, runs: list[Run], styles: Mapping[str, Style]) -> Line:
    """Return a paragraph as a line with hints."""
    style = styles.get(paragraph.style, Style(paragraph.style.replace(" ", "").lower()))
    level = level_of(style.name) or level_of(paragraph.style)
    breaks, place = paragraph.breaks, paragraph.place
    return line_of(runs, style.name, level, bold=style.bold, breaks=breaks, place=place)


def sign_of(code: int, font: str) -> str:
    """Return the character that a code of a picture font stands for, or ""."""
    if not 0xF000 <= code <= 0xF0FF:
        return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFF0 else ""
    plain = chr(code - 0xF000)
    if font == "Symbol" and plain in GREEK:
        return GREEK[plain]
    return "•" if plain in BULLETS else ""


def _value(attributes: Mapping[str, str]) -> str:
    """Return the value of a property."""
    return next((value for key, value in attributes.items() if _name(key) == "val"), "")


def _name(tag: str) -> str:
    """Return the name of an element or attribute of word processing, or ""."""
    for space in SPACES:
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def read_styles(xml: bytes) -> dict[str, Style]:
    """Return the styles of a document by their id; their names are English in every language."""
    styles: dict[str, Style] = {}
    current = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal current
        name, value = _name(tag), _value(attributes)
        if name == "style":
            current = next((v for k, v in attributes.items() if _name(k) == "styleId"), "")
            styles[current] = Style(current.replace(" ", "").lower())
        elif name == "name" and current:
            styles[current] = styles[current]._replace(name=value.replace(" ", "").lower())
        elif name == "b" and current:
            styles[current] = styles[current]._replace(bold=value not in OFF)

    parse(xml, start)
    return styles
