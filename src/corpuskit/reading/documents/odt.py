"""OpenDocument texts: .odt, read with the standard library and a parser that refuses tricks."""

from __future__ import annotations

import io
import zipfile

from ..article import Options, Reading
from ..findings.told import skip
from .lines import BODY, BOX, CELL, NOTE, Line, Run, level_of, line_of
from .office import DAMAGE, ZIP, reading_of, unpacked
from .wordxml import Style, parse

CONTENT = "content.xml"
MIME = b"application/vnd.oasis.opendocument.text"
PLACES = {"table-cell": CELL, "text-box": BOX, "note-body": NOTE}
GONE = frozenset({"tracked-changes", "annotation", "note-citation", "sequence-decls", "forms"})
GONE_TOO = frozenset({"desc", "title"})  # of a drawing: words for those who cannot see it


def is_odt(data: bytes, ending: str) -> bool:
    """Return whether the bytes are an OpenDocument text, or are called one."""
    return ending == ".odt" or (data.startswith(ZIP) and MIME in data[:200])


def read_odt(data: bytes, options: Options) -> Reading:
    """Return the article of an OpenDocument text.

    `Article.text` is the **extracted** text: one line a paragraph, with tables, text boxes and
    tracked insertions, without tracked deletions and comments. Foot notes and end notes stand
    below it as cuts; headers and footers of the pages are not read.

    Parameters
    ----------
    data
        The bytes of the document.
    options
        `clean=False` keeps paragraphs that look like furniture.
    """
    return reading_of(lines_of_odt(data), options, "odt")


def lines_of_odt(data: bytes) -> list[Line]:
    """Return the paragraphs of an OpenDocument text with hints; those of notes come last."""
    if not data:
        raise skip("CK-101")
    if not data.startswith(ZIP):
        raise skip("CK-107", ending=".odt")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if CONTENT not in archive.namelist():
                raise skip("CK-156")
            xml = unpacked(archive, archive.getinfo(CONTENT))
    except DAMAGE as error:
        raise skip("CK-152", error=type(error).__name__) from error
    lines = _Content(xml).lines
    return sorted(lines, key=lambda line: line.place == NOTE)


class _Content:
    """The paragraphs of a document, in the order in which they end."""

    def __init__(self, xml: bytes) -> None:
        self.lines: list[Line] = []
        self._styles: dict[str, Style] = {}
        self._style = ""  # the style that is being described
        self._path: list[str] = []
        self._gone = 0  # depth at which something that is not read began; 0 if none
        self._open: list[tuple[list[Run], str, int]] = []  # runs, style, level
        self._bold: list[bool | None] = []  # of the spans that are open
        parse(xml, self._start, self._end, self._characters)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        name = _name(tag)
        self._path.append(name)
        if self._gone:
            return
        named = {_name(key): value for key, value in attributes.items()}
        if name in GONE or (name in GONE_TOO and "p" not in self._path[-2:]):
            self._gone = len(self._path)
        elif name in ("p", "h"):
            level = int(level) if (level := named.get("outline-level", "")[:1]).isdigit() else 0
            self._open.append(([], named.get("style-name", ""), level if name == "h" else 0))
        elif name == "span":
            self._bold.append(self._styles.get(named.get("style-name", ""), Style("")).bold or None)
        elif name in ("style", "text-properties"):
            self._describe(name, named)
        else:
            self._mark(name, named)

    def _end(self, _: str) -> None:
        """End an element."""
        name = self._path[-1]
        if self._gone == len(self._path):
            self._gone = 0
        elif not self._gone and name in ("p", "h"):
            self._close()
        elif not self._gone and name == "span":
            self._bold.pop()
        self._path.pop()

    def _close(self) -> None:
        """End a paragraph."""
        runs, named, level = self._open.pop()
        style = self._styles.get(named, Style(named.lower()))
        place = next((PLACES[one] for one in reversed(self._path) if one in PLACES), BODY)
        level = 1 if level_of(style.name) == 1 else level
        self.lines.append(line_of(runs, style.name, level, bold=style.bold, place=place))

    def _describe(self, name: str, named: dict[str, str]) -> None:
        """Take the name of a style, the one that it is made from, and whether it is bold."""
        if name == "style":
            self._style = named.get("name", "")
            above = named.get("parent-style-name", self._style)
            plain = above.replace("_20_", "").lower()
            self._styles[self._style] = Style(plain, self._styles.get(above, Style("")).bold)
        elif self._style in self._styles and "font-weight" in named:
            bold = named["font-weight"] in ("bold", "600", "700", "800", "900")
            self._styles[self._style] = self._styles[self._style]._replace(bold=bold)

    def _mark(self, name: str, named: dict[str, str]) -> None:
        """Take blanks, a tab or a line break."""
        if name == "s":
            count = named.get("c", "1")
            self._add(" " * (int(count[:3]) if count.isascii() and count.isdigit() else 1))
        elif name in ("tab", "line-break"):
            self._add("\t" if name == "tab" else "\n")

    def _characters(self, text: str) -> None:
        """Take text; line ends of the file are blanks."""
        if not self._gone and self._open and self._path[-1] in ("p", "h", "span", "a", "ruby-base"):
            self._add(text.replace("\n", " "))

    def _add(self, text: str) -> None:
        """Add text to the paragraph that is open."""
        if self._open:
            self._open[-1][0].append(Run(text, self._bold[-1] if self._bold else None))


def _name(tag: str) -> str:
    """Return the name of an element or attribute without its space."""
    return tag.rpartition(" ")[2]
