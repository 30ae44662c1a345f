"""Lines and blocks of a document: one shape for text, Word, Rich Text, PDF and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..article import Cut, Options
from ..decode import decode
from ..documents.lines import APART, Line
from ..findings.told import Finding
from ..layout import Span, lines_of
from ..marks import mark_findings, without_controls

COPYRIGHT = re.compile(
    r"(?:copyright|copy|©|\(c\))\W.{0,60}?(?:19|20)\d{2}|(?:copyright|©) .{3,200}"
    r"|.{0,120}(?:all rights reserved|tous droits r[ée]serv[ée]s|alle rechte vorbehalten"
    r"|todos los derechos reservados|tutti i diritti riservati|alle rechten voorbehouden)\W*",
    re.I | re.S,
)
LONGEST_RIGHTS = 600  # characters of a notice of copyright


@dataclass(slots=True)
class Sheet:
    """The text of one document or export, with the spans of its lines that are not blank.

    Attributes
    ----------
    text
        The text.
    whole
        Whether each line is known to be a paragraph; else a paragraph is a block of lines.
    strong
        Spans of lines that a document prints bold or as headings.
    spans, gaps
        Spans of the lines; whether a blank line (or the start) is before each.
    """

    text: str
    whole: bool
    strong: frozenset[Span] = frozenset()
    spans: list[Span] = field(default_factory=list)
    gaps: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = lines_of(self.text)
        self.spans, self.gaps = lines.spans, lines.gaps

    def __len__(self) -> int:
        return len(self.spans)

    def line(self, at: int) -> str:
        """Return a line without the blanks at its edges; no-break blanks are blanks."""
        return self.text[slice(*self.spans[at])].replace("\xa0", " ")

    def lines(self) -> list[str]:
        """Return all lines."""
        return [self.line(at) for at in range(len(self))]

    def blocks(self) -> list[range]:
        """Return the blocks: numbers of the lines between two blank lines."""
        starts = [at for at, gap in enumerate(self.gaps) if gap or not at]
        return [range(*pair) for pair in pairwise([*starts, len(self)])]

    def span(self, lines: range) -> Span:
        """Return the span of a run of lines that is not empty."""
        return self.spans[lines[0]][0], self.spans[lines[-1]][1]

    def words(self, lines: range) -> str:
        """Return the words of a run of lines in one line."""
        return " ".join(" ".join(self.line(at).split()) for at in lines)

    def paragraphs(self, lines: range) -> list[Span]:
        """Return the paragraphs of a run of lines."""
        if self.whole:
            return [self.spans[at] for at in lines]
        found: list[Span] = []
        for at in lines:
            if self.gaps[at] or not found:
                found.append(self.spans[at])
            else:
                found[-1] = (found[-1][0], self.spans[at][1])
        return found

    def part(self, first: int, last: int) -> Sheet:
        """Return the lines from `first` up to, not with, `last` as a sheet of their own."""
        if first >= last:
            return Sheet("", self.whole)
        start, end = self.span(range(first, last))
        strong = frozenset(
            (a - start, b - start) for a, b in self.strong if start <= a and b <= end
        )
        return Sheet(self.text[start:end], self.whole, strong)

    def is_strong(self, at: int) -> bool:
        """Return whether a line is bold or a heading."""
        start, end = self.spans[at]
        return any(a <= start and end <= b for a, b in self.strong)

    def cut(self, lines: range, rule: str, reason: str) -> list[Cut]:
        """Return one cut a line."""
        return [Cut(*self.spans[at], rule, reason) for at in lines]

    def is_rights(self, lines: range) -> bool:
        """Return whether a run of lines is a notice of copyright."""
        first = self.line(lines[0])
        if not COPYRIGHT.match(first) and not COPYRIGHT.match(self.line(lines[-1])):
            return False
        start, end = self.span(lines)
        return end - start <= LONGEST_RIGHTS


def sheet_of_text(data: bytes, options: Options) -> tuple[Sheet, str, tuple[Finding, ...]]:
    """Return the lines of a text file, its encoding and what was found in its bytes."""
    text, encoding, findings = decode(data, options.encoding)
    return Sheet(text, whole=False), encoding, findings


def sheet_of_lines(
    lines: Sequence[Line], *, pages: bool = False
) -> tuple[Sheet, tuple[Finding, ...]]:
    """Return the lines of a document with paragraphs; notes and page headers are left out.

    Parameters
    ----------
    lines
        The paragraphs.
    pages
        Whether line feeds in them are ends of lines on a page, as in a PDF.
    """
    read = [line for line in lines if line.place not in APART]
    between = "\n\n" if pages else "\n"
    text = between.join(line.text for line in read)
    marks = mark_findings(text)
    text, controls = without_controls(text)
    strong, at = set(), 0
    for line in read:
        if (line.bold or line.level) and line.text.strip():
            strong.add((at, at + len(line.text)))
        at += len(line.text) + len(between)
    return Sheet(text, not pages, frozenset(strong)), (*controls, *marks)
