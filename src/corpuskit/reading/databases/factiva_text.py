"""Documents of Factiva in lines: with field codes, or in article format."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..article import Cut
from .days import is_day_line
from .drafts import Draft, Span
from .factiva_fields import CLOCK, CODES, LENGTH, NUMBER, accession_of, field_of
from .languages import language_code
from .sheets import Sheet

FEWEST = 4  # field codes or names that make a document one with fields
MOST_HEADER = 14  # lines between word count and body
READ = ("lead", "text")  # fields that are the body
ABOVE = frozenset({"headline", "section", "byline", "column"})
# Fields below the body, where fields are named by words, which a body may hold, too: these …
BELOW = frozenset({"publisher", "accession", "copyright", "contact", *READ})
# … and these with a list of codes and names: "gcat : News | gpol : Politics".
LISTED = frozenset({"company", "industry", "subject", "geographic"})
_CODE = re.compile(r"(?P<label>[A-Z]{2,4})(?:[ \t]{2,}|\t|$)")
_NAMED = re.compile(r"(?P<label>[^\W\d_][^:：\t]{0,30}?) ?(?:[:：]|\t|$)[ \t]*")
_BY = re.compile(r"(?:by|von|par|por|di|door) ", re.I)
_SOURCE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_PUBLISHER = re.compile(
    r".{0,70}\b(?:Inc|Ltd|Limited|LLC|Corp(?:oration)?|Company|Co|GmbH|AG|S\.A|plc|PLC|Group|Media"
    r"|Verlag|Newspapers|Publications|Publishing|Press)\.?"
)
_FOOT = re.compile(r"(?:©|\(c\)|Copyright).{0,80}Factiva.{0,80}|Search Summary", re.I)


def drafts_of_lines(sheet: Sheet) -> tuple[list[Draft], int]:
    """Return the documents of an export and the number of their end marks ("Document …").

    Parameters
    ----------
    sheet
        The lines of the whole export.
    """
    lines = sheet.lines()
    ends = [at for at, line in enumerate(lines) if _is_end(line)]
    starts = [0, *(at + 1 for at in ends)]
    parts = [
        sheet.part(first, last + 1)
        for first, last in zip(starts, [*ends, len(lines) - 1], strict=True)
        if first <= last
    ]
    drafts = [_document(part) for part in parts]
    kept = [one for one in drafts if one.fields.get("accession") or one.fields.get("day")]
    return kept, len(ends)


def _is_end(line: str) -> bool:
    """Return whether a line is the number with which a document ends."""
    found = NUMBER.search(line)
    if not found or found.end() != len(line):
        return False
    label = _CODE.match(line)
    return found.start() == 0 or bool(label and CODES.get(label["label"]) == "accession")


def _document(sheet: Sheet) -> Draft:
    """Return the draft of one document, by its fields if it has any, else by its order."""
    for pattern in (_CODE, _NAMED):
        labels = _labels(sheet, pattern)
        if len({name for name, _ in labels.values()}) >= FEWEST:
            return _with_fields(sheet, labels)
    return _in_order(sheet)


def _labels(sheet: Sheet, pattern: re.Pattern[str]) -> dict[int, tuple[str, int]]:
    """Return the lines that begin with a label: the field, and where its value begins."""
    labels: dict[int, tuple[str, int]] = {}
    inside = ""
    for at, line in enumerate(sheet.lines()):
        found = pattern.match(line)
        name = field_of(found["label"]) if found else ""
        if pattern is _CODE and found and found["label"] not in CODES:
            name = ""
        if pattern is _NAMED and inside in READ and not _ends(name, line):
            name = ""
        if NUMBER.fullmatch(line) and inside != "accession":
            labels[at] = ("accession", 0)
        elif found and name:
            labels[at] = (name, found.end())
        inside = labels[at][0] if at in labels else inside
    return labels


def _ends(name: str, line: str) -> bool:
    """Return whether a line with the name of a field ends the body above it."""
    return name in BELOW or (name in LISTED and " : " in line)


def _with_fields(sheet: Sheet, labels: dict[int, tuple[str, int]]) -> Draft:
    """Return the draft of a document whose fields are labelled."""
    draft = Draft(sheet.text)
    inside = ""
    for at, (start, end) in enumerate(sheet.spans):
        inside, skip = labels.get(at, (inside, 0))
        value = start + skip
        if skip:
            mark = start + len(sheet.text[start:value].rstrip())
            draft.cuts.append(Cut(start, mark, "header", f"name of a field: {inside}"))
        if value < end:
            _value(draft, inside, (value, end))
    finish(draft)
    return draft


def _value(draft: Draft, name: str, span: Span) -> None:
    """Take a line of the value of a field."""
    words = draft.text[slice(*span)]
    if name in READ:
        draft.paragraphs.append(span)
        return
    if name == "headline" and draft.add_headline(span):
        return
    if name != "headline":
        draft.fields[name] = f"{draft.fields.get(name, '')} {words}".strip()
    rule = {"graphic": "caption", "correction": "correction"}.get(name, "header")
    draft.cuts.append(Cut(*span, rule, f"field: {name or 'other'}"))


def finish(draft: Draft) -> None:
    """Put date and time together, and the number of the document in its short form."""
    clock = draft.fields.pop("time", "")
    if clock and draft.fields.get("day"):
        draft.fields["day"] = f"{draft.fields['day']} {clock}"
    if accession := draft.fields.get("accession", ""):
        draft.fields["accession"] = accession_of(accession)


def _in_order(sheet: Sheet) -> Draft:
    """Return the draft of a document in article format, whose fields are known by their order."""
    draft = Draft(sheet.text)
    lines = sheet.lines()
    length = next((at for at, line in enumerate(lines) if LENGTH.fullmatch(line)), None)
    end = len(lines)
    if end and _is_end(lines[-1]):
        end -= 1
        _take(sheet, draft, "accession", end)
    if length is None:
        draft.cuts += sheet.cut(range(end), "header", "no word count: no document")
        return draft
    _above(sheet, lines[:length], draft)
    _take(sheet, draft, "length", length)
    start = _header(sheet, lines, range(length + 1, end), draft)
    end = _below(sheet, lines, start, end, draft)
    draft.paragraphs = [sheet.spans[at] for at in range(start, end)]
    finish(draft)
    return draft


def _take(sheet: Sheet, draft: Draft, name: str, at: int) -> None:
    """Take a line as a field, and cut it."""
    draft.fields.setdefault(name, sheet.line(at))
    draft.cuts += sheet.cut(range(at, at + 1), "header", f"field: {name}")


def _above(sheet: Sheet, lines: Sequence[str], draft: Draft) -> None:
    """Take section, headline and author: the lines above the word count."""
    first = max((at for at in range(len(lines)) if sheet.gaps[at]), default=0)
    first = 0 if len(lines) <= 3 else min(first, len(lines) - 1)
    strong = [at for at in range(first, len(lines)) if sheet.is_strong(at)]
    title = strong or _title(lines, first)
    for at in range(len(lines)):
        if at in title and draft.add_headline(sheet.spans[at]):
            continue
        if at < first:
            draft.cuts += sheet.cut(range(at, at + 1), "cover", "contents of the export")
        else:
            _take(sheet, draft, "section" if title and at < title[0] else "byline", at)


def _title(lines: Sequence[str], first: int) -> list[int]:
    """Return which of the lines above the word count are the headline, where none is bold."""
    rest = list(range(first, len(lines)))
    if len(rest) > 1 and (_BY.match(lines[rest[-1]]) or _is_name(lines[rest[-1]])):
        rest.pop()
    if len(rest) > 1 and len(lines[rest[0]]) <= 30 and len(lines[rest[1]]) > len(lines[rest[0]]):
        rest.pop(0)
    return rest


def _is_name(line: str) -> bool:
    """Return whether a line looks like the name of a person: few words, each with a capital."""
    parts = line.replace(";", " ").replace(",", " ").split()
    return 2 <= len(parts) <= 4 and len(line) <= 40 and all(part[:1].isupper() for part in parts)


def _header(sheet: Sheet, lines: Sequence[str], rest: range, draft: Draft) -> int:
    """Take the lines between word count and body; return the number of the first of the body."""
    for at in rest[:MOST_HEADER]:
        if sheet.is_rights(range(at, at + 1)):
            _take(sheet, draft, "copyright", at)
            return at + 1
        if sheet.gaps[at] and "language" in draft.fields:
            return at
        _take(sheet, draft, kind_of(lines[at], draft.fields), at)
    return min(rest.start + MOST_HEADER, rest.stop)


def kind_of(line: str, known: dict[str, str]) -> str:
    """Return which field a line of the header is."""
    if "day" not in known and is_day_line(line):
        return "day"
    if CLOCK.fullmatch(line):
        return "time"
    if "outlet" not in known:
        return "outlet"
    if "source_code" not in known and _SOURCE.fullmatch(line):
        return "source_code"
    if len(language_code(line)) == 2:
        return "language"
    return "page" if line[:4].isdecimal() or len(line) <= 5 else "edition"


def _below(sheet: Sheet, lines: Sequence[str], start: int, end: int, draft: Draft) -> int:
    """Take the publisher and the foot of the export below the body; return where they begin."""
    foot = next((at for at in range(start, end) if _FOOT.fullmatch(lines[at])), end)
    draft.cuts += sheet.cut(range(foot, end), "footer", "foot of the export")
    if foot - start > 1 and _PUBLISHER.fullmatch(lines[foot - 1]):
        foot -= 1
        _take(sheet, draft, "publisher", foot)
    return foot
