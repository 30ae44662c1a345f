"""A text as it stands on the page: headline, header lines, paragraphs, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from .article import Article, Cut, Options, Zone
from .cleaning.clean import cleaned, furniture
from .cleaning.rules import Rule
from .dates import date_findings, read_date
from .findings.told import Finding, skip
from .header import Header, read_header, without_by

Span = tuple[int, int]

LONGEST_HEADLINE = 150  # characters of a headline that nothing but its place marks
WRAPPED = 0.3  # share of lines that begin with a small letter from which lines are wrapped
_FINAL = tuple(".!?:;,…")
_CLOSERS = "”’\"')]»"
_HASHES = re.compile(r"#{1,6}\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text that are not blank: spans without the blanks at their edges.

    `gaps` says for each line whether a blank line (or the start of the text) is before it.
    """

    spans: list[Span]
    gaps: list[bool]


def lines_of(text: str) -> Lines:
    """Return the lines of `text`; LF, CRLF, CR, NEL, LS, PS, VT and FF each end one."""
    spans, gaps = [], []
    at, gap = 0, True
    for line in text.splitlines(keepends=True):
        inner = line.strip()
        if inner:
            start = at + len(line) - len(line.lstrip())
            spans.append((start, start + len(inner)))
            gaps.append(gap)
        gap = not inner
        at += len(line)
    return Lines(spans, gaps)


def paragraph_spans(text: str) -> list[Span]:
    """Return the spans of the paragraphs of a bare text: no header, headline or furniture."""
    lines = lines_of(text)
    return _paragraphs(lines, _is_wrapped(text, lines))


def read_layout(
    text: str,
    options: Options,
    *,
    title: Span | None = None,
    markdown: bool = False,
    whole_lines: bool = False,
    blocks: bool = False,
) -> tuple[Article, tuple[Finding, ...]]:
    """Return the article that `text` holds (without id) and what was found in its header.

    Parameters
    ----------
    text
        The whole text; every character ends up in a zone, in a cut, or is a blank between.
    options
        `clean=False` cuts no furniture; header lines are no part of the body in any case.
    title
        The span of the headline where the file marks it by a style.
    markdown
        Whether `#` marks headings.
    whole_lines
        Whether each line is known to be a paragraph; else wrapped lines are looked for.
    blocks
        Whether paragraphs are known to stand between blank lines.
    """
    lines = lines_of(text)
    header = read_header(text, lines.spans, lines.gaps)
    rest = Lines(lines.spans[header.size :], lines.gaps[header.size :])
    marks: tuple[Cut, ...] = ()
    if markdown:
        rest, marks, heading = _without_hashes(text, rest)
        title = title or heading
    wrapped = blocks or (not whole_lines and _is_wrapped(text, rest))
    headline = header.headline or _headline(text, rest, wrapped, title)
    if headline and rest.spans and headline == rest.spans[0]:
        rest = Lines(rest.spans[1:], rest.gaps[1:])
    paragraphs, repeated = without_headline(text, _paragraphs(rest, wrapped), headline)
    article, findings = described(text, header, options, headline)
    zones, cuts = partition(text, headline, paragraphs, options.clean, article.byline)
    every = (*header.cuts, *marks, *repeated, *cuts)
    ordered = tuple(sorted(every, key=lambda cut: cut.start))
    return replace(article, zones=zones, cuts=ordered), findings


def partition(
    text: str,
    headline: Span | None,
    paragraphs: Sequence[Span],
    clean: bool | Sequence[Rule],
    byline: str = "",
) -> tuple[tuple[Zone, ...], tuple[Cut, ...]]:
    """Return headline and paragraphs as zones and cuts; nothing is both, nothing neither."""
    zones, cuts = cleaned(text, paragraphs, clean, byline)
    if not zones:
        raise skip("CK-103")
    if headline:
        zones.insert(0, Zone(*headline, "headline"))
    return tuple(zones), tuple(cuts)


def described(
    text: str, header: Header, options: Options, headline: Span | None
) -> tuple[Article, tuple[Finding, ...]]:
    """Return the article with what its header says, and the findings about its date."""
    fields = header.fields
    given = fields.get("published", "")
    moment = read_date(given, options.date_order)
    article = Article(
        id="",
        text=text,
        headline=text[slice(*headline)] if headline else "",
        outlet=composed(fields.get("outlet", "")),
        section=composed(fields.get("section", "")),
        byline=composed(without_by(fields.get("byline", ""))),
        published=moment.value,
        language=fields.get("language", ""),
        url=fields.get("url", ""),
        extra=dict(header.extra),
    )
    return article, date_findings(given, moment) if given else ()


def composed(name: str) -> str:
    """Return a name in NFC, so that é typed in two ways is one name, not two groups."""
    return normalize("NFC", name)


def _without_hashes(text: str, lines: Lines) -> tuple[Lines, tuple[Cut, ...], Span | None]:
    """Return lines without the marks of Markdown headings, the marks, and the first heading."""
    spans: list[Span] = []
    gaps = list(lines.gaps)
    marks = []
    heading = None
    for at, (start, end) in enumerate(lines.spans):
        found = _HASHES.match(text, start, end)
        if found:
            marks.append(Cut(start, found.end() - 1, "markup", "mark of a Markdown heading"))
            heading = (found.end(), end) if not at else heading
            gaps[at : at + 2] = [True] * len(gaps[at : at + 2])  # a heading is no part of a block
        spans.append((found.end() if found else start, end))
    return Lines(spans, gaps), tuple(marks), heading


def _is_wrapped(text: str, lines: Lines) -> bool:
    """Return whether lines end where the page ended, not where the paragraph did."""
    joins = [span[0] for span, gap in zip(lines.spans, lines.gaps, strict=True) if not gap]
    small = sum(text[start].islower() for start in joins)
    return small > 0 and small >= WRAPPED * len(joins)


def _headline(text: str, lines: Lines, wrapped: bool, title: Span | None) -> Span | None:
    """Return the first line if it is a headline: styled so, or short and no sentence."""
    if not lines.spans or title == lines.spans[0]:
        return title
    if len(lines.spans) < 2 or (wrapped and not lines.gaps[1]):
        return None
    start, end = lines.spans[0]
    first = text[start : min(end, start + LONGEST_HEADLINE + 1)]
    if len(first) > LONGEST_HEADLINE or first.rstrip(_CLOSERS).endswith(_FINAL):
        return None
    if first[0].islower() or text[lines.spans[1][0]].islower():
        return None
    return None if furniture(text, [lines.spans[0]]) else (start, end)


def _paragraphs(lines: Lines, wrapped: bool) -> list[Span]:
    """Return the paragraphs: blocks between blank lines if wrapped, otherwise lines."""
    if not wrapped:
        return lines.spans
    blocks: list[Span] = []
    for (start, end), gap in zip(lines.spans, lines.gaps, strict=True):
        if gap or not blocks:
            blocks.append((start, end))
        else:
            blocks[-1] = (blocks[-1][0], end)
    return blocks


def without_headline(
    text: str, paragraphs: list[Span], headline: Span | None
) -> tuple[list[Span], tuple[Cut, ...]]:
    """Return the paragraphs without a headline that stands there a second time, and its cut."""
    if headline and paragraphs and text[slice(*paragraphs[0])] == text[slice(*headline)]:
        repeated = Cut(*paragraphs[0], "repeated headline", "the headline a second time")
        return paragraphs[1:], (repeated,)
    return paragraphs, ()
