"""The fields that a web page states for machines: its date, with time and offset, and its URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..dates import Moment, date_findings, read_date
from ..findings.told import Finding, finding

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_SCRIPT = 200_000  # characters of machine-readable data that are searched
_PUBLISHED = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\\]{4,40})"')
_SECTION = re.compile(r'"articleSection"\s{0,9}:\s{0,9}\[?\s{0,9}"([^"\\]{1,80})"')
_META = (
    *("article:published_time", "og:published_time", "datepublished", "date", "pubdate"),
    *("dc.date", "dcterms.date", "dc.date.issued", "dcterms.created", "publish-date"),
    *("parsely-pub-date", "sailthru.date", "publication_date", "citation_publication_date"),
)


def page_date(tree: HtmlElement, found: str, order: str | None) -> tuple[str, tuple[Finding, ...]]:
    """Return the date of a page as its own fields state it, else the one `found` elsewhere.

    Parameters
    ----------
    tree
        The parsed page.
    found
        A date that the extraction found in the page, YYYY-MM-DD or ""; a guess, and told.
    order
        "dmy" or "mdy" if the order of 03/02/2026 is known.
    """
    unread: tuple[str, Moment] | None = None
    for text in _stated(tree):
        moment = read_date(text, order)
        if moment.value:
            return moment.value, date_findings(text, moment)
        unread = unread or (text, moment)
    if unread:
        return "", date_findings(*unread)
    return found, (finding("CK-135", date=found),) if found else ()


def _stated(tree: HtmlElement) -> Iterator[str]:
    """Yield what the page states as its date, the surest place first."""
    named = _meta(tree)
    yield from (named[name] for name in _META[:2] if name in named)
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:20]:
        yield from _PUBLISHED.findall(str(script)[:LONGEST_SCRIPT])[:1]
    yield from _values(tree, "//*[@itemprop='datePublished']")
    yield from (named[name] for name in _META[2:] if name in named)
    yield from _values(tree, "//time[@datetime]")


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Return the named fields of the page, names in small letters; the first of each counts."""
    named: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        if content := " ".join(node.get("content").split()):
            named.setdefault(name.lower(), content)
    return named


def _values(tree: HtmlElement, path: str) -> Iterator[str]:
    """Yield the machine-readable value, or the text, of the first node at `path`."""
    for node in tree.xpath(path)[:1]:
        value = node.get("datetime") or node.get("content") or "".join(node.itertext())
        if value.strip():
            yield " ".join(value.split())


def page_url(tree: HtmlElement) -> str:
    """Return the address that the page states as its own, if it is a web address."""
    links = [*tree.xpath("//link[@rel='canonical']/@href"), _meta(tree).get("og:url", "")]
    return next((str(url) for url in links if re.match(r"https?://\S+$", str(url))), "")


def page_language(tree: HtmlElement) -> str:
    """Return the language that the page states ("en-GB"), or ""."""
    named = _meta(tree)
    stated = (
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        named.get("og:locale"),
        named.get("inlanguage"),
    )
    return next((" ".join(one.split()).replace("_", "-") for one in stated if one), "")


def page_section(tree: HtmlElement) -> str:
    """Return the section that the page states, or ""."""
    if stated := _meta(tree).get("article:section", ""):
        return stated
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")[:20]
    found = (_SECTION.search(str(script)[:LONGEST_SCRIPT]) for script in scripts)
    return next((" ".join(one[1].split()) for one in found if one), "")
