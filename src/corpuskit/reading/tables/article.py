"""One record, one article: headline, blank line and text, with what else the record says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..article import Article, Cut, Options, Zone
from ..cleaning.rules import Rule
from ..findings.told import Finding, Skipped, finding, skip
from ..header import without_by
from ..layout import Span, composed, paragraph_spans, partition, without_headline
from ..marks import mark_findings
from .columns import OWN, Scheme
from .days import DateColumn
from .records import Record
from .values import mended

QUIET = frozenset({"CK-131"})  # told once for the column, and to each article in its notes
_TAGS = re.compile(r"</(?:p|div|span|a|b|i|em|strong|li|h\d)\s*>|<br\s*/?>|<p[\s>]", re.I)
_MORE = re.compile(r"\[\+\d+ char(?:acter)?s\]\s*\Z")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_MOST_ADDRESS = 2_000


class Made(NamedTuple):
    """What a record was made into: an article or None, and the findings about the record."""

    article: Article | None
    findings: tuple[Finding, ...] = ()


def article_of(record: Record, scheme: Scheme, dates: DateColumn, options: Options) -> Made:
    """Return the article of a record, or why it is none."""
    if any(found.status == "skipped" for found in record.findings):
        return Made(None, record.findings)
    cells, mending = mended(record.cells)
    try:
        article, told = _article(cells, scheme, dates, options)
    except Skipped as skipped:
        return Made(None, (*record.findings, skipped.finding))
    marks = mark_findings(_read(record.cells, scheme))
    quiet = tuple(found.note for found in told if found.code in QUIET)
    loud = tuple(found for found in told if found.code not in QUIET)
    article = replace(article, id=str(record.number), notes=quiet)
    return Made(article, (*record.findings, *mending, *marks, *loud))


def _article(
    cells: Mapping[str, str], scheme: Scheme, dates: DateColumn, options: Options
) -> tuple[Article, tuple[Finding, ...]]:
    """Return the article that cells make (without id), and what was found."""
    roles = scheme.roles
    given = {role: cells.get(name, "").strip() for role, name in roles.items() if role != "text"}
    body = cells.get(roles["text"], "")
    told = _about(body)
    byline = composed(without_by(given.get("byline", "")))
    text, zones, cuts = composed_text(given.get("headline", ""), body, options.clean, byline)
    published, found = dates.read(given.get("published", ""))
    article = Article(
        id="",
        text=text,
        headline=given.get("headline", ""),
        outlet=composed(given.get("outlet", "")),
        section=composed(given.get("section", "")),
        byline=byline,
        published=published,
        language=given.get("language", ""),
        url=given.get("url", ""),
        zones=zones,
        cuts=cuts,
        extra=_extra(cells, set(roles.values())),
    )
    return article, (*told, *found)


def _read(cells: Mapping[str, str], scheme: Scheme) -> str:
    """Return headline and text of a record before anything in them was mended."""
    return "\n".join(cells.get(scheme.roles.get(role, ""), "") for role in ("headline", "text"))


def _about(body: str) -> tuple[Finding, ...]:
    """Return what must be told about the text of a record; raise Skipped if it is none."""
    stripped = body.strip()
    if not stripped:
        raise skip("CK-183")
    if len(stripped) < _MOST_ADDRESS and _ADDRESS.fullmatch(stripped):
        raise skip("CK-222")
    told = [finding("CK-220")] if "<" in body and _TAGS.search(body) else []
    if more := _MORE.search(body, max(len(body) - 40, 0)):
        told.append(finding("CK-221", mark=more[0].strip()))
    return tuple(told)


def composed_text(
    headline: str, body: str, clean: bool | Sequence[Rule] = True, byline: str = ""
) -> tuple[str, tuple[Zone, ...], tuple[Cut, ...]]:
    """Return headline, blank line and body as one text, with its zones and cuts.

    Parameters
    ----------
    headline
        The headline without blanks around it; "" if there is none.
    body
        The text as it stands.
    clean
        Which rules of cleaning are applied.
    byline
        Who wrote the article; a paragraph that repeats it is cut.
    """
    text = f"{headline}\n\n{body}" if headline else body
    shift = len(text) - len(body)
    title: Span | None = (0, len(headline)) if headline else None
    spans = [(start + shift, end + shift) for start, end in paragraph_spans(body)]
    paragraphs, repeated = without_headline(text, spans, title)
    zones, cuts = partition(text, title, paragraphs, clean, byline)
    return text, zones, (*repeated, *cuts)


def _extra(cells: Mapping[str, str], taken: set[str]) -> dict[str, object]:
    """Return the further cells; a column that the article table has itself is "id_given"."""
    extra: dict[str, object] = {}
    for name, cell in cells.items():
        if name not in taken and cell:
            extra[f"{name}_given" if name in OWN else name] = cell
    return extra
