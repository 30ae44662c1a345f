"""Exports of Europresse and Eureka.cc: .html, in the older layout of tables and the newer one."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from ..article import Options, Reading
from .days import day_in
from .drafts import Draft, composed_draft, reading_of
from .markup import BLOCKS, is_markup, markup_of, parts_of, tree_of, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "contains(@class, 'DocPublicationName')"
TITLE = "contains(@class, 'itreArticleVisu') or contains(@class, 'rdp__articletitle')"
DAY = "contains(@class, 'DocHeader')"
IDENTITY = re.compile(
    r"(?:Num[ée]ro de document|Document number|N[úu]mero de documento|Dokumentnummer)\s*:\s*"
    r"(?P<id>[^\s<>]{1,80})",
    re.I,
)
_ARTICLE = re.compile(r"<article\b", re.I)
_NAME = re.compile(r"<span\b[^>]{0,200}DocPublicationName", re.I)
_PAGE = re.compile(r"(?<!\w)pp?\. ?(?P<page>[\w.*,-]{1,20})")
_LENGTH = re.compile(r"\d[\d\s\xa0,.]{0,8} ?(?:mots|words)", re.I)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright)", re.I)
_CAPTION = re.compile(r"(?:illustration|photo|graphique|image)", re.I)
_PARAGRAPH = "\u2029"  # parts paragraphs while an old page is taken apart


def is_europresse(data: bytes, ending: str) -> bool:
    """Return whether the bytes are an export of Europresse: by its marks, whatever its name."""
    if not is_markup(data) or b"DocPublicationName" not in data:
        return False
    return any(mark in data for mark in (b"itreArticle", b"DocHeader", b"docOcurrContainer"))


def read_europresse(data: bytes, options: Options) -> Reading | None:
    """Return the articles of an export of Europresse, or None if the file is none after all.

    `Article.text` is the headline and the paragraphs, with blank lines between them; captions
    and notes stand below as cuts. The other fields are columns: page, kicker, subtitle,
    accession, copyright.

    Parameters
    ----------
    data
        The bytes of the page.
    options
        `encoding` for pages that do not say theirs.
    """
    markup, encoding, findings = markup_of(data, options)
    border = _ARTICLE if _ARTICLE.search(markup) else _NAME
    parts = parts_of(markup, border)[1:]
    drafts = [draft for part in parts if (draft := _draft(tree_of(part))) is not None]
    if not drafts:
        return None
    met = len(IDENTITY.findall(unescape(markup))) or len(parts)
    return reading_of(drafts, options, encoding=encoding, findings=findings, delimiters=met)


def _draft(tree: HtmlElement | None) -> Draft | None:
    """Return the draft of the document in a part of a page, or None if there is none."""
    if tree is None:
        return None
    for node in tree.xpath(f"//article[.//*[{NAME}]]")[:1]:
        return _of_article(node)
    names = tree.xpath(f"//*[{NAME}]")
    return _of_cell(tree) if names else None


def _fields(node: HtmlElement) -> dict[str, str]:
    """Return what both layouts mark in the same way: outlet, date, section, page, headline."""
    outlet = words(next(iter(node.xpath(f".//*[{NAME}]")), None))
    header = " ".join(words(part) for part in node.xpath(f".//*[{DAY}]"))
    header = " ".join(header.split())
    day = day_in(header)
    page = _PAGE.search(day.after if day else header)
    length = _LENGTH.search(day.after if day else header)
    number = IDENTITY.search("\n".join(node.itertext()))
    fields = {
        "headline": words(next(iter(node.xpath(f".//*[{TITLE}]")), None)),
        "outlet": outlet.partition(", no.")[0],
        "issue": outlet.partition(", no.")[2],
        "day": header if day else "",
        "section": day.before if day else "",
        "page": page["page"] if page else "",
        "length": length[0] if length else "",
        "accession": number["id"] if number else "",
    }
    return {name: value.strip() for name, value in fields.items() if value.strip()}


def _of_article(node: HtmlElement) -> Draft:
    """Return the draft of a document in the newer layout: <article>, <header>, <section>."""
    fields = _fields(node)
    above = node.xpath(f".//header//div[.//*[{TITLE}]][1]")
    for title in above[-1:]:
        inner = [words(p) for p in title.xpath(f".//p[not({TITLE})]")]
        fields["subtitle"] = "; ".join(filter(None, inner))
        before = title.xpath(f"preceding-sibling::div[not(.//*[{NAME} or {DAY}])]")
        fields["kicker"] = "; ".join(filter(None, map(words, before)))
        after = title.xpath("following-sibling::*[not(self::img)]")
        fields["byline"] = "; ".join(filter(None, map(words, after)))
    for rights in node.xpath(".//footer//small")[:1]:
        fields["copyright"] = words(rights)
    beside = "ancestor::footer or ancestor::aside or ancestor::header"
    body = node.xpath(f".//section//p[not(.//p)][not({beside})]")
    paragraphs = [words(p) for p in body] or [words(s) for s in node.xpath(".//section")]
    given = {name: value for name, value in fields.items() if name != "headline" and value}
    return composed_draft(fields.get("headline", ""), paragraphs, given, _aside(node))


def _aside(node: HtmlElement) -> list[tuple[str, str, str]]:
    """Return the captions and notes that stand beside a document."""
    tail = []
    for box in node.xpath(".//aside/div"):
        head = words(next(iter(box.xpath(".//b")), None))
        rest = words(box).removeprefix(head).strip()
        if rest and _CAPTION.match(head):
            tail.append((rest, "caption", "caption of a picture"))
        elif rest:
            tail.append((rest, "note", "note of the database or the editors"))
    return tail


def _of_cell(node: HtmlElement) -> Draft:
    """Return the draft of a document in the older layout: one cell of a table."""
    fields = _fields(node)
    title = [*node.xpath(f".//*[{NAME}]"), *node.xpath(f".//*[{TITLE}]")[:1]][-1]
    parts = _after(node, title).split(_PARAGRAPH)
    first = parts[0].lstrip("\n ")
    if first.endswith("\n") and len(first) < 200:
        fields["byline"] = " ".join(first.split())
        parts[0] = ""
    paragraphs = []
    for part in (" ".join(part.split()) for part in parts):
        if IDENTITY.match(part):
            break
        if _RIGHTS.match(part):
            fields["copyright"] = part
        else:
            paragraphs.append(part)
    above = title.xpath("preceding-sibling::node()")[-3:]
    fields["subtitle"] = " ".join(" ".join(n.split()) for n in above if isinstance(n, str)).strip()
    given = {name: value for name, value in fields.items() if name != "headline" and value}
    return composed_draft(fields.get("headline", ""), paragraphs, given)


def _after(node: HtmlElement, title: HtmlElement) -> str:
    """Return the text of a cell below its headline: line breaks as they are, paragraphs parted."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    below, inside = False, 0
    for event, one in iterwalk(node, events=("start", "end")):
        if one is title:
            below, inside = event == "end", 0
        elif one.tag in ("table", "script", "style"):
            inside += 1 if event == "start" else -1
        if not below:
            continue
        if event == "start" and one.tag == "br":
            parts.append("\n")
        elif one.tag in BLOCKS:
            parts.append(_PARAGRAPH)
        words_here = one.tail if event == "end" else one.text
        if words_here and not inside and not (event == "end" and one is node):
            parts.append(re.sub(r"\s+", " ", words_here))
    return "".join(parts)
