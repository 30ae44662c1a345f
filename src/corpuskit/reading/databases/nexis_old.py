"""One document of the old layout of Nexis and LexisNexis: "1 of 10 DOCUMENTS"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .days import day_in, is_day_line
from .drafts import Draft
from .labels import HEADER, LONG, label_of, rule_of
from .sheets import Sheet

NUMBERED = re.compile(
    r"(?P<n>\d[\d.,]*) (?:of|von|de|di|van) (?P<m>\d[\d.,]*) D[OÓ][CK]UMENT(?:S|EN?|OS?|I)?"
    r"|Dokument (?P<n2>\d[\d.,]*) von (?P<m2>\d[\d.,]*)"
    r"|Document(?:o)? (?P<n3>\d[\d.,]*) (?:de|di|van) (?P<m3>\d[\d.,]*)"
)
MOST_ABOVE = 8  # blocks in which the date of a document is looked for
MOST_TITLE = 4  # blocks between date and labels that are a headline
MOST_LONG = 12  # paragraphs of a caption or a correction
ERROR = re.compile(
    r"(?:we are sorry|sorry|nous sommes désolés|es tut uns leid)\b.{0,200}"
    r"(?:not possible|unable|error|impossible|nicht möglich|cannot)\b.{0,200}",
    re.I | re.S,
)
UNKNOWN = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý0-9 /-]{2,28}:(?=\s|$)")
APPENDED = re.compile(r"correction appended|see correction|korrektur angefügt", re.I)


def old_document(sheet: Sheet) -> Draft:
    """Return the draft of one document, its header lines and footer as cuts.

    Parameters
    ----------
    sheet
        The lines from below its number to above the next one.
    """
    draft = Draft(sheet.text)
    blocks = sheet.blocks()
    if len(blocks) <= 2 and blocks and ERROR.match(sheet.words(blocks[0])):
        draft.trouble = sheet.words(blocks[0])
        return draft
    above = _above(sheet, blocks, draft)
    labels = [_field(sheet, block) for block in blocks]
    first = _title(sheet, blocks, labels, above, draft)
    first = _header(sheet, blocks, labels, first, draft)
    last = _footer(sheet, blocks, labels, first, draft)
    if first < last:
        draft.paragraphs = sheet.paragraphs(range(blocks[first][0], blocks[last - 1][-1] + 1))
    return draft


def _field(sheet: Sheet, block: range) -> str:
    """Return the field whose label begins a block, or ""."""
    found = label_of(sheet.line(block[0]), capitals=True)
    return found.name if found else ""


def _above(sheet: Sheet, blocks: Sequence[range], draft: Draft) -> int:
    """Take copyright, outlet, date and edition; return the number of the block below them."""
    at = 0
    while at < len(blocks) and at < MOST_ABOVE and sheet.is_rights(blocks[at]):
        _rights(sheet, blocks[at], draft)
        at += 1
    day = next(
        (
            (number, line)
            for number in range(at, min(at + MOST_ABOVE, len(blocks)))
            for line in blocks[number]
            if is_day_line(sheet.line(line))
        ),
        None,
    )
    if day is None:
        return _outlet(sheet, blocks, at, draft)
    number, line = day
    start = blocks[at][0]
    if start < line:
        end = blocks[at][-1] + 1 if at < number else line
        draft.fields["outlet"] = sheet.words(range(start, min(end, line)))
        draft.cuts += sheet.cut(range(start, line), "header", "header line: outlet")
    _day(sheet, range(line, blocks[number][-1] + 1), draft)
    return number + 1


def _outlet(sheet: Sheet, blocks: Sequence[range], at: int, draft: Draft) -> int:
    """Take the first block as the outlet of a document without a date."""
    if at + 1 >= len(blocks):
        return at
    draft.fields["outlet"] = sheet.words(blocks[at])
    draft.cuts += sheet.cut(blocks[at], "header", "header line: outlet")
    return at + 1


def _day(sheet: Sheet, lines: range, draft: Draft) -> None:
    """Take the line of the date, and the edition that stands behind or below it."""
    draft.fields["day"] = sheet.line(lines[0])
    found = day_in(sheet.line(lines[0]))
    rest = [found.after if found else "", *(sheet.line(at) for at in lines[1:])]
    words = " ".join(" ".join(rest).split())
    if APPENDED.search(words):
        draft.fields["correction"] = APPENDED.findall(words)[0]
        words = APPENDED.sub("", words)
    draft.fields["edition"] = words.strip(" ,;")
    draft.cuts += sheet.cut(lines, "header", "header line: date and edition")


def _title(
    sheet: Sheet, blocks: Sequence[range], labels: Sequence[str], first: int, draft: Draft
) -> int:
    """Take the headline: all blocks above the labels, or the first one; return the next."""
    header = next((at for at in range(first, len(blocks)) if labels[at] in HEADER), None)
    if first >= len(blocks) or header == first or labels[first]:
        return first
    below = header if header is not None and header - first <= MOST_TITLE else first + 1
    if header is None and below >= len(blocks):
        return first
    lines = range(blocks[first][0], blocks[below - 1][-1] + 1)
    draft.headline = sheet.span(lines)
    draft.fields["headline"] = sheet.words(lines)
    return below


def _header(
    sheet: Sheet, blocks: Sequence[range], labels: Sequence[str], first: int, draft: Draft
) -> int:
    """Take the labelled blocks above the body; return the number of the first of the body."""
    while first < len(blocks) and labels[first] in HEADER:
        _take(sheet, blocks[first], draft, "header")
        first += 1
    return first


def _footer(
    sheet: Sheet, blocks: Sequence[range], labels: Sequence[str], first: int, draft: Draft
) -> int:
    """Take the labelled blocks and the copyright below the body; return where they begin."""
    last = len(blocks)
    groups: list[range] = []
    while last > first:
        start = _foot(sheet, blocks, labels, first, last)
        if start == last:
            break
        groups.append(range(start, last))
        last = start
    for group in reversed(groups):
        lines = range(blocks[group[0]][0], blocks[group[-1]][-1] + 1)
        if labels[group[0]] or not sheet.is_rights(blocks[group[0]]):
            _take(sheet, lines, draft, "footer")
        else:
            _rights(sheet, lines, draft)
    return last


def _foot(
    sheet: Sheet, blocks: Sequence[range], labels: Sequence[str], first: int, last: int
) -> int:
    """Return where the last part of the footer before `last` begins; `last` if there is none."""
    below_label = last - 2 >= first and labels[last - 2] != ""
    if labels[last - 1] or sheet.is_rights(blocks[last - 1]):
        return last - 1
    if below_label and UNKNOWN.match(sheet.line(blocks[last - 1][0])):
        return last - 1
    for start in range(last - 2, max(first, last - MOST_LONG) - 1, -1):
        if labels[start]:
            above = start == first or labels[start - 1] != ""
            return start if labels[start] in LONG and above else last
    return last


def _take(sheet: Sheet, lines: range, draft: Draft, place: str) -> None:
    """Take a labelled block as a field, and cut it."""
    found = label_of(sheet.line(lines[0]), capitals=True)
    if found is None:
        draft.cuts += sheet.cut(lines, "header", f"{place} line: other")
        return
    value = f"{sheet.line(lines[0])[found.start :]} {sheet.words(lines[1:])}".strip()
    before = draft.fields.get(found.name, "")
    joined = f"{before}; {value}" if before and found.name != "correction" else value or before
    draft.fields[found.name] = joined
    draft.cuts += sheet.cut(lines, rule_of(found.name), f"{place} line: {found.name}")


def _rights(sheet: Sheet, lines: range, draft: Draft) -> None:
    """Take a notice of copyright, and cut it."""
    draft.fields["copyright"] = sheet.words(lines)
    draft.cuts += sheet.cut(lines, "copyright", "notice of copyright")
