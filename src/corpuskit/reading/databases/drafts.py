"""One document of an export before it is an article, and all of them as a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..article import Article, Cut, Options, Reading
from ..dates import date_findings
from ..documents.lines import with_tail
from ..findings.told import Finding, Skipped, counted, finding
from ..layout import composed, partition
from .days import day_in
from .languages import language_code

Span = tuple[int, int]
LONGEST_NOTE = 300  # characters of a correction that a note shows
OF_ARTICLE = ("outlet", "section", "byline", "language", "url")


@dataclass(slots=True)
class Draft:
    """One document as a parser of one layout has sorted it out.

    Attributes
    ----------
    text
        The text of the document; offsets refer to it.
    headline, paragraphs
        Spans of what is read.
    cuts
        What is not: header lines, classification, copyright.
    fields
        What the document says of itself, by name: headline, outlet, day (the line with the
        date), section, byline, language, url, and any others; they become columns.
    tail
        Text, rule and reason of what stands below the article and is not read.
    trouble
        Why there is no article: an error notice of the database; "" if there is none.
    told
        What must be told about it beside what every document is asked.
    """

    text: str
    headline: Span | None = None
    paragraphs: list[Span] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    tail: list[tuple[str, str, str]] = field(default_factory=list)
    trouble: str = ""
    told: list[Finding] = field(default_factory=list)

    def add_headline(self, span: Span) -> bool:
        """Take a line as (a further part of) the headline, unless something stands between."""
        if self.headline and self.text[self.headline[1] : span[0]].strip():
            return False
        self.headline = (self.headline or span)[0], span[1]
        self.fields["headline"] = self.text[slice(*self.headline)]
        return True


def composed_draft(
    headline: str,
    paragraphs: Iterable[str],
    fields: dict[str, str],
    tail: Sequence[tuple[str, str, str]] = (),
) -> Draft:
    """Return a draft whose text is put together: headline, blank line, paragraphs.

    Parameters
    ----------
    headline, paragraphs
        Without blanks at their edges; empty paragraphs are passed over.
    fields, tail
        As in `Draft`.
    """
    parts = [part for part in (headline, *paragraphs) if part.strip()]
    spans: list[Span] = []
    at = 0
    for part in parts:
        spans.append((at, at + len(part)))
        at += len(part) + 2
    title = spans.pop(0) if headline.strip() else None
    fields = {"headline": headline, **fields}
    return Draft("\n\n".join(parts), title, spans, fields=fields, tail=list(tail))


def reading_of(
    drafts: Sequence[Draft],
    options: Options,
    *,
    encoding: str,
    findings: tuple[Finding, ...] = (),
    declared: int | None = None,
    delimiters: int | None = None,
) -> Reading:
    """Return the reading of an export: an article a draft, a row for each that has none.

    Parameters
    ----------
    drafts
        The documents in the order of the file; their numbers count from 1.
    options
        `date_order` and `clean` as everywhere.
    encoding, findings, declared, delimiters
        As in `Reading`.
    """
    articles: list[Article] = []
    records: list[tuple[int, Finding]] = []
    seen: dict[str, int] = {}
    lettered: list[str] = []  # dates with a time zone in letters: told once for the file
    for number, draft in enumerate(drafts, 1):
        article, told = _article(draft, options)
        zones = [one for one in told if one.code == "CK-134"]
        lettered += [_short(draft.fields["day"]) for _ in zones]
        records += [(number, one) for one in told if one not in zones]
        if article is None:
            continue
        first = seen.setdefault(_words(article), number)
        if first != number:
            records.append((number, finding("CK-303", first=f"{first:,}")))
        articles.append(replace(article, id=str(number)) if len(drafts) > 1 else article)
    if len(drafts) == 1 and not articles:
        raise Skipped(next(one for _, one in records if one.status == "skipped"))
    if lettered:
        count = counted(len(lettered), "document")
        findings = (*findings, finding("CK-309", count=count, sample=lettered[0]))
    return Reading(tuple(articles), encoding, findings, tuple(records), declared, delimiters)


def _article(draft: Draft, options: Options) -> tuple[Article | None, list[Finding]]:
    """Return the article of a draft and what must be told about it."""
    if draft.trouble:
        return None, [finding("CK-304", notice=draft.trouble[:LONGEST_NOTE])]
    try:
        byline = draft.fields.get("byline", "")
        spans = draft.headline, draft.paragraphs
        zones, cuts = partition(draft.text, *spans, options.clean, byline)
    except Skipped:
        return None, [finding("CK-302", headline=_short(draft.fields.get("headline", "")))]
    published, told = _published(draft.fields.get("day", ""), options)
    given = {name: draft.fields.get(name, "") for name in OF_ARTICLE}
    article = Article(
        id="",
        text=draft.text,
        headline=_line(draft.fields.get("headline", "")),
        outlet=composed(_line(given["outlet"])),
        section=composed(_line(given["section"])),
        byline=composed(_line(given["byline"])),
        published=published,
        language=language_code(given["language"]),
        url=given["url"].strip(),
        zones=zones,
        cuts=tuple(sorted((*draft.cuts, *cuts), key=lambda cut: cut.start)),
        extra=_extra(draft.fields),
    )
    return with_tail(article, draft.tail), [*told, *draft.told, *_correction(draft.fields)]


def _published(line: str, options: Options) -> tuple[str, tuple[Finding, ...]]:
    """Return the date of a document from the line that holds it, and what must be told."""
    day = day_in(line, options.date_order)
    if day is None:
        return "", (finding("CK-301"),)
    return day.moment.value, date_findings(_line(line), day.moment)


def _correction(fields: dict[str, str]) -> list[Finding]:
    """Return the note about a correction that the document carries."""
    words = _short(fields.get("correction", ""))
    return [finding("CK-305", words=words)] if words else []


def _extra(fields: dict[str, str]) -> dict[str, object]:
    """Return the fields that have no place of their own, as columns."""
    known = {*OF_ARTICLE, "headline", "day"}
    rest = {name: _line(value) for name, value in fields.items() if name not in known}
    return {name: value for name, value in rest.items() if value}


def _words(article: Article) -> str:
    """Return the words of an article that are read, in one line, for comparing."""
    return " ".join(" ".join(article.text[z.start : z.end] for z in article.zones).split())


def _line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def _short(text: str) -> str:
    """Return a text in one line for a note."""
    line = _line(text)
    return line if len(line) <= LONGEST_NOTE else line[: LONGEST_NOTE - 1] + "…"
