"""Rich Text Format: .rtf, read by a small tokenizer; pictures and objects are passed over."""

from __future__ import annotations

from dataclasses import replace

from ..article import Options, Reading
from ..findings.told import Finding, counted, finding, skip
from .lines import APART, BODY, BOX, CELL, Line, Run, level_of, line_of
from .office import reading_of
from .rtflooks import LOOKS, Group, Paragraph
from .rtfmarks import (
    ALWAYS,
    BREAKS,
    CELLS,
    CHARACTERS,
    CHARSETS,
    ENDS,
    PASSED_OVER,
    PLACES,
    READ_THOUGH_MARKED,
    SYMBOLS,
    Token,
    code_page,
    tokens,
)
from .wordxml import sign_of

DEEPEST = 1_000  # nested groups
BEGIN = b"{\\rtf"


def is_rtf(data: bytes, ending: str) -> bool:
    """Return whether the bytes begin as Rich Text does, or are called so."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(BEGIN) or ending == ".rtf"


def read_rtf(data: bytes, options: Options) -> Reading:
    """Return the article of a Rich Text file.

    `Article.text` is the **extracted** text: one line a paragraph or cell of a table. Tracked
    deletions, comments, field codes, pictures and the numbers of lists are not in it; hidden
    text is left out and told. Foot notes, headers and footers stand below the article as cuts.

    Parameters
    ----------
    data
        The bytes of the file.
    options
        `clean=False` keeps paragraphs that look like furniture.
    """
    lines, told = _lines(data)
    return reading_of(lines, options, "rtf", told)


def lines_of_rtf(data: bytes) -> list[Line]:
    """Return the paragraphs of a Rich Text file with hints, empty ones included.

    Lines of foot notes, headers and footers come last (`place` tells them apart).
    """
    return _lines(data)[0]


def _lines(data: bytes) -> tuple[list[Line], tuple[Finding, ...]]:
    """Return the lines of a file and what must be told about it."""
    if not data:
        raise skip("CK-101")
    start = data.find(BEGIN, 0, 200)
    if start < 0:
        raise skip("CK-107", ending=".rtf")
    file = _File(data[start:])
    told = []
    if file.hidden:
        told.append(finding("CK-161", count=counted(file.hidden, "character")))
    if file.symbols:
        told.append(finding("CK-162", count=counted(file.symbols, "sign")))
    if file.open:
        told.append(finding("CK-163", count=counted(file.open, "group")))
    return file.lines + file.apart, tuple(told)


class _File:
    """The lines of a file, gathered while its marks are read once from start to end."""

    def __init__(self, data: bytes) -> None:
        self.lines: list[Line] = []
        self.apart: list[Line] = []
        self.hidden = self.symbols = 0
        self.open = 0  # groups that never end
        self._page = "cp1252"
        self._fonts: dict[int, int] = {}  # font -> character set
        self._styles: dict[int, str] = {}
        self._groups: list[Group] = []
        self._paragraphs = [Paragraph()]
        self._bytes = b""  # not decoded yet: a character may take two
        self._half = 0  # the first half of a surrogate pair
        self._skip = 0  # characters that stand for a Unicode mark
        self._read(data)

    def _read(self, data: bytes) -> None:
        """Read the marks until the group of the file ends."""
        for token in tokens(data):
            self._take(token)
            if not self._groups:
                break
        self.open = len(self._groups)
        while self._groups:
            self._close()
        if self._paragraphs[-1].runs:
            self._end()

    def _take(self, token: Token) -> None:
        """Take one mark."""
        if token.word == "{":
            self._open()
        elif token.word == "}":
            self._close()
        elif self._group.passed:
            return
        elif token.word == "":
            self._text(token.data)
        elif token.word == "'":
            self._byte(token.data)
        elif self._skip and token.word not in ENDS:
            self._skip -= 1
        else:
            self._word(token.word, token.number)

    @property
    def _group(self) -> Group:
        """The innermost group."""
        return self._groups[-1] if self._groups else Group()

    def _open(self) -> None:
        """Begin a group; what holds outside holds inside, too."""
        if len(self._groups) >= DEEPEST:
            raise skip("CK-155", most=f"{DEEPEST:,} nested groups")
        self._skip = 0
        outer = self._group
        inner = replace(outer, paragraph=None, marked=False, first=True)
        self._groups.append(inner)

    def _close(self) -> None:
        """End a group, and the note or box that it holds."""
        self._flush()
        self._skip = 0
        group = self._groups.pop()
        if group.paragraph is None:
            return
        if group.paragraph.runs:
            self._end(group)
        self._paragraphs.pop()

    def _text(self, data: bytes) -> None:
        """Take text as it stands in the file."""
        passed = min(self._skip, len(data))
        self._skip -= passed
        if self._group.table == "stylesheet":
            self._name(data)
        elif not self._group.table:
            self._bytes += data[passed:]

    def _byte(self, data: bytes) -> None:
        """Take one byte that is written as a number."""
        if self._skip:
            self._skip -= 1
        elif self._charset == SYMBOLS:
            self._sign(0xF000 + data[0])
        elif not self._group.table:
            self._bytes += data

    def _word(self, word: str, number: int | None) -> None:
        """Take a word: a destination, a character, a look, or nothing that is known."""
        group = self._group
        first, group.first = group.first, False
        if word == "*" and first:
            group.marked = group.first = True
        elif first and self._destination(word, group):
            return
        elif word == "u" and number is not None:
            self._unicode(number)
        elif word in CHARACTERS:
            self._add(CHARACTERS[word])
        elif word in ENDS or word in BREAKS:
            self._border(word)
        else:
            self._flush()
            self._look(word, number, group)

    def _destination(self, word: str, group: Group) -> bool:
        """Return whether a word says that its group is no running text, and act on it."""
        if word in ("fonttbl", "stylesheet"):
            group.table = word
        elif word in PASSED_OVER or (group.marked and word not in READ_THOUGH_MARKED):
            group.passed = not group.table  # the tables name character styles in such groups
        elif word in PLACES:
            self._flush()
            group.paragraph = Paragraph(PLACES[word])
            self._paragraphs.append(group.paragraph)
        else:
            return False
        return True

    def _look(self, word: str, number: int | None, group: Group) -> None:
        """Take a word that says how text looks or which code page it is in."""
        if change := LOOKS.get(word):
            change(group, number)
        elif word == "fcharset" and number is not None:
            self._fonts[group.font] = number
        elif word == "ansicpg" and number:
            self._page = code_page(number)
        elif word in ("mac", "pc", "pca"):
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]

    def _border(self, word: str) -> None:
        """Take the end of a paragraph, cell, row or page."""
        self._flush()
        if word in ALWAYS or (word in ENDS and self._paragraphs[-1].runs):
            self._end(cell=word in CELLS)
        self._paragraphs[-1].breaks |= word in BREAKS

    def _end(self, group: Group | None = None, cell: bool = False) -> None:
        """End a paragraph."""
        self._flush()
        group = group or self._group
        paragraph = self._paragraphs[-1]
        place = CELL if cell and paragraph.place == BODY else paragraph.place
        style = self._styles.get(group.style, "")
        level = group.level or level_of(style)
        line = line_of(paragraph.runs, style, level, breaks=paragraph.breaks, place=place)
        self._keep(line, paragraph)
        paragraph.runs, paragraph.breaks, paragraph.boxes = [], False, []

    def _keep(self, line: Line, paragraph: Paragraph) -> None:
        """Keep a line in its place; what stands in a text box comes below its paragraph."""
        if line.place in APART:
            self.apart.append(line)
        elif line.place == BOX and len(self._paragraphs) > 1:
            self._paragraphs[-2].boxes.append(line)
        else:
            self.lines += [line, *paragraph.boxes]

    def _unicode(self, number: int) -> None:
        """Take a character by its number; two halves of a pair make one."""
        self._flush()
        code = number % 0x10000 if number < 0x10000 else min(number, 0x10FFFF)
        self._skip = self._group.fallback
        if 0xD800 <= code < 0xDC00:
            self._half = code
            return
        half, self._half = self._half, 0
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + (half - 0xD800) * 0x400 + code - 0xDC00 if half else 0xFFFD
        if 0xF000 <= code <= 0xF0FF:
            self._sign(code)
        else:
            self._add(chr(code))

    def _sign(self, code: int) -> None:
        """Take a character of a picture font, as far as a character stands for it."""
        sign = sign_of(code, "Symbol")
        self.symbols += not sign
        self._add(sign)

    @property
    def _charset(self) -> int:
        """The character set of the font that is in use."""
        return self._fonts.get(self._group.font, 0)

    def _flush(self) -> None:
        """Decode the bytes that have gathered."""
        if self._bytes:
            data, self._bytes = self._bytes, b""
            self._add(data.decode(CHARSETS.get(self._charset, self._page), "replace"))

    def _add(self, text: str) -> None:
        """Add text to the paragraph, unless it is hidden, deleted or a name in a table."""
        self._flush()
        group = self._group
        if not text or group.table or group.deleted:
            return
        if group.hidden:
            self.hidden += len(text)
        else:
            self._paragraphs[-1].runs.append(Run(text, group.bold, group.size))

    def _name(self, data: bytes) -> None:
        """Take the name of a style."""
        name = data.decode("latin-1").split(";")[0].replace(" ", "").lower()
        if name and self._group.style >= 0:
            self._styles.setdefault(self._group.style, name)
