"""Header lines: where a page or an export names headline, outlet, section, byline and date."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .article import Cut
from .dates import read_date

Span = tuple[int, int]

_NAMES = {
    "headline": "headline title",
    "outlet": "outlet source publication newspaper publisher",
    "section": "section",
    "byline": "byline author authors by",
    "published": "date,published,publication date,published on,date published,pub date",
    "language": "language lang",
    "url": "url,link,web address",
}
KEYS = {
    name: key
    for key, names in _NAMES.items()
    for name in (names.split(",") if "," in names else names.split())
}
MOST_LINES = 30  # of a header block
MOST_DASHES = 6  # header lines of a saved page
LONGEST_HEADLINE = 300
LONGEST_VALUE = 300
LONGEST_BARE = 120  # a line of byline and date

_PAIR = re.compile(r"([^\W\d_][\w ./-]{0,30}?)\s*:(?:\s+(\S.*))?")
_DASH = re.compile(r"[-–—•*]\s+(\S.{0,119})")
_SECTION = re.compile(r"In ([^\W\d_][^.!?:;]{0,39})")
_BY = re.compile(r"(?:By|BY)[: ]\s*\S.{1,59}")
_SMALL_WORDS = frozenset(
    {"and", "of", "the", "for", "in", "de", "da", "van", "von", "der", "al", "&"}
)
_BETWEEN = re.compile(r"\s*[,|·•–—-]\s+")
_END = (".", "!", "?", "…", ".”", ".’", '."', ".'", "?”", "!”", '?"', '!"')


@dataclass(frozen=True, slots=True)
class Header:
    """What the header lines say: fields by name, their cuts, and how many lines they take.

    `headline` is the span of the headline, if the header has one.
    """

    size: int = 0
    headline: Span | None = None
    fields: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    cuts: tuple[Cut, ...] = ()


def read_header(text: str, lines: Sequence[Span], gaps: Sequence[bool]) -> Header:
    """Return the header of `text`; an empty one if its first lines are no header.

    Three shapes are known: `Key: value` lines (at the top, below the headline, or between
    `---` marks), the dash lines of a saved page (`- In SECTION`, `- 07:29 PM, Jan 27, 2026`,
    `- BYLINE`) below the headline, and bare lines `By NAME` or a whole date below it.

    Parameters
    ----------
    text
        The whole text.
    lines
        Spans of its lines that are not blank, without the blanks at their edges.
    gaps
        For each line, whether a blank line stands before it.
    """
    shapes: tuple[Callable[[str, Sequence[Span], Sequence[bool]], Header | None], ...]
    shapes = (_front_matter, _pairs, _dashes, _bare_lines)
    return next((found for shape in shapes if (found := shape(text, lines, gaps))), Header())


def _front_matter(text: str, lines: Sequence[Span], _: Sequence[bool]) -> Header | None:
    """Return the header between two lines `---`."""
    if not lines or text[slice(*lines[0])] != "---":
        return None
    inside = [text[slice(*span)] for span in lines[1 : MOST_LINES + 2]]
    if "---" not in inside:
        return None
    end = inside.index("---") + 1
    header = _collected(text, lines[1:end])
    marks = [Cut(*lines[i], "header", "mark of a header block") for i in (0, end)]
    return Header(end + 1, header.headline, header.fields, header.extra, (*marks, *header.cuts))


def _pairs(text: str, lines: Sequence[Span], gaps: Sequence[bool]) -> Header | None:
    """Return the header of `Key: value` lines, at the top or below a headline."""
    for first in (0, 1):
        size, ended = _run(text, lines, gaps, first)
        keys = [_key(text, span) for span in lines[first : first + size]]
        known = {KEYS[key] for key in keys if key in KEYS}
        if len(known) >= 2 or (len(known) == size == 1 and ended and not first):
            header = _collected(text, lines[first : first + size])
            return _below(header, text, lines, first)
    return None


def _run(text: str, lines: Sequence[Span], gaps: Sequence[bool], first: int) -> tuple[int, bool]:
    """Return how many lines from `first` are header lines, and whether a blank line ends them.

    Without a blank line below, nothing after the last known key belongs to the header: a
    paragraph such as "Analysts said: …" must not be lost.
    """
    size = 0
    for at in range(first, min(len(lines), first + MOST_LINES)):
        if (size and gaps[at]) or not _key(text, lines[at]):
            break
        size += 1
    ended = first + size < len(lines) and gaps[first + size]
    while size and not ended and _key(text, lines[first + size - 1]) not in KEYS:
        size -= 1
    return size, ended


def _key(text: str, span: Span) -> str:
    """Return the key of a `Key: value` line in small letters, or ""."""
    if span[1] - span[0] > LONGEST_VALUE:
        return ""
    found = _PAIR.fullmatch(text, *span)
    if not found or len(found[1].split()) > 3 or (found[2] or "").startswith("//"):
        return ""
    return found[1].lower()


def _collected(text: str, lines: Sequence[Span]) -> Header:
    """Return the fields and cuts of `Key: value` lines; the first of two equal keys counts."""
    fields: dict[str, str] = {}
    extra: dict[str, str] = {}
    cuts: list[Cut] = []
    headline = None
    for span in lines:
        found = _PAIR.fullmatch(text, *span)
        key, value = (found[1].lower(), found[2] or "") if found else ("", "")
        name = KEYS.get(key, "")
        end = span[1]
        if found and name == "headline" and value and headline is None:
            headline = _unquoted(text, found.start(2), span[1])
            end = headline[0]
            if headline[1] < span[1]:
                cuts.append(Cut(headline[1], span[1], "header", "quotation mark of a value"))
        elif name and name != "headline":
            fields.setdefault(name, _plain(value))
        elif key and not name:
            extra.setdefault(key.replace(" ", "_"), _plain(value))
        cuts.append(Cut(span[0], end, "header", f"header line: {name or key or 'other'}"))
    return Header(len(lines), headline, fields, extra, tuple(cuts))


def _unquoted(text: str, start: int, end: int) -> Span:
    """Return the span of a value without straight quotation marks round it."""
    quoted = end - start > 2 and text[start] in "\"'" and text[end - 1] == text[start]
    inner = text[start + 1 : end - 1]
    return (start + 1, end - 1) if quoted and inner.strip() == inner else (start, end)


def _plain(value: str) -> str:
    """Return a header value without straight quotation marks round it."""
    start, end = _unquoted(value, 0, len(value))
    return value[start:end]


def _below(header: Header, text: str, lines: Sequence[Span], first: int) -> Header | None:
    """Return the header with the headline that stands above it, if one may stand there."""
    if not first:
        return header
    if header.headline or lines[0][1] - lines[0][0] > LONGEST_HEADLINE:
        return None
    return Header(header.size + 1, lines[0], header.fields, header.extra, header.cuts)


def _dashes(text: str, lines: Sequence[Span], gaps: Sequence[bool]) -> Header | None:
    """Return the header of a saved page: headline, section, date and byline with dashes."""
    for first in (1, 0):
        values = []
        for span in lines[first : first + MOST_DASHES + 1]:
            found = _DASH.fullmatch(text, *span)
            if not found:
                break
            values.append(found[1])
        if values and len(values) <= MOST_DASHES and _is_page_header(values):
            header = _sorted_out([[value] for value in values], lines[first : first + len(values)])
            return _below(header, text, lines, first)
    return None


def _is_date(value: str) -> bool:
    """Return whether a header value is meant as a date, readable or not."""
    return read_date(value).problem != "none"


def _is_page_header(values: Sequence[str]) -> bool:
    """Return whether dash lines name a date or a section, and none is a sentence."""
    if any(value.endswith(_END) and not _is_date(value) for value in values):
        return False
    return any(_is_date(value) for value in values) or bool(_SECTION.fullmatch(values[0]))


def _sorted_out(values: Sequence[Sequence[str]], lines: Sequence[Span]) -> Header:
    """Return the fields and cuts of dash lines and bare lines."""
    fields: dict[str, str] = {}
    extra: dict[str, str] = {}
    cuts = []
    for line, span in zip(values, lines, strict=True):
        names = [_fill(value, fields, extra) for value in line]
        cuts.append(Cut(*span, "header", f"header line: {', '.join(names)}"))
    return Header(len(lines), None, fields, extra, tuple(cuts))


def _fill(value: str, fields: dict[str, str], extra: dict[str, str]) -> str:
    """Put a value where it belongs, and return the name of the place."""
    name = _field(value, fields)
    if name in ("section", "byline", "published"):
        fields[name] = {"section": value[3:].strip(), "byline": without_by(value)}.get(name, value)
    else:
        extra.setdefault(name, value)
    return name


def _field(value: str, fields: dict[str, str]) -> str:
    """Return which field a value fills, given those that are filled."""
    if _is_date(value):
        update = "published" in fields or value.lower().startswith(("updated", "last updated"))
        return "updated" if update else "published"
    if _SECTION.fullmatch(value) and "section" not in fields:
        return "section"
    return "byline" if "byline" not in fields else "page_line"


def without_by(value: str) -> str:
    """Return a byline without its leading "By"."""
    return re.sub(r"^by[: ]\s*", "", value, flags=re.I).strip()


def _is_byline(value: str) -> bool:
    """Return whether a line is "By" and names: each word with a capital, but for small words."""
    words = value.split()[1:]
    return bool(_BY.fullmatch(value)) and all(
        word[0].isupper() or word in _SMALL_WORDS for word in words
    )


def _bare_lines(text: str, lines: Sequence[Span], gaps: Sequence[bool]) -> Header | None:
    """Return the header of a headline with `By NAME`, a date or both on lines of their own."""
    if len(lines) < 3 or text[slice(*lines[0])].endswith((".", ",", ";")):
        return None
    values: list[list[str]] = []
    for start, end in lines[1:4]:
        value = _bare_values(text[start:end]) if end - start <= LONGEST_BARE else []
        if not value:
            break
        values.append(value)
    if not values or len(values) + 1 >= len(lines):
        return None
    header = _sorted_out(values, lines[1 : len(values) + 1])
    return _below(header, text, lines, 1)


def _bare_values(line: str) -> list[str]:
    """Return byline, date, or both of a line such as "By NAME, 29 January 2026"."""
    if read_date(line).value or _is_byline(line):
        return [line]
    for between in _BETWEEN.finditer(line):
        names, rest = line[: between.start()], line[between.end() :]
        if _is_byline(names) and read_date(rest).value:
            return [names, rest]
    return []
