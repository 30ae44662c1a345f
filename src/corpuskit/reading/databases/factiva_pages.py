"""Documents of Factiva in pages (.html) and in XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..findings.told import skip
from .days import is_day_line
from .drafts import Draft, composed_draft
from .factiva_fields import CLOCK, LENGTH, NUMBER, accession_of, field_of
from .factiva_text import finish, kind_of
from .markup import parts_of, tree_of, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INDENT = re.compile(r"\n[^\S\n]*\n|\n(?=[ \t]{2,}\S)")
_ARTICLE = re.compile(
    r"<div\b[^>]{0,200}\bclass\s*=\s*[\"'](?:[^\"'<>]{0,80}\s)?article[\s\"']", re.I
)
_CONTENT = "//p[contains(@class, 'rticleParagraph')] | //td | //*[contains(@class, 'Headline')]"
_READ = ("lead", "text")
# Elements of the XML and the columns that they fill.
_XML = {
    "accessionNo": "accession",
    "baseLanguage": "language",
    "copyright": "copyright",
    "publisherName": "publisher",
    "sourceName": "outlet",
    "sourceCode": "source_code",
    "pages": "page",
    "wordCount": "length",
    "byline": "byline",
    "credit": "credit",
    "sectionName": "section",
    "columnName": "column",
    "edition": "edition",
    "notes": "reference",
    "publicationDate": "day",
    "corrections": "correction",
    "artWork": "graphic",
    "art": "graphic",
    "region": "geographic",
    "newsSubject": "subject",
    "industry": "industry",
    "company": "company",
}
_TAIL = {"correction": "correction", "graphic": "caption"}


def drafts_of_page(markup: str) -> tuple[list[Draft], int]:
    """Return the documents of a page, and how many of its parts are marked as one."""
    parts = parts_of(markup, _ARTICLE)
    nodes = [tree for part in parts[1:] or parts if (tree := tree_of(part)) is not None]
    nodes = [node for node in nodes if node.xpath(_CONTENT)]
    return [_of_node(node) for node in nodes], len(nodes)


def _of_node(node: HtmlElement) -> Draft:
    """Return the draft of one document of a page."""
    rows = node.xpath(".//tr[count(td) >= 2]")
    labels = [field_of(words(row[0])) for row in rows]
    if sum(label != "" for label in labels) >= 2:
        return _of_rows(rows, labels)
    return _of_article(node)


def _of_rows(rows: list[HtmlElement], labels: list[str]) -> Draft:
    """Return the draft of a document in a table of codes and values."""
    fields: dict[str, str] = {}
    paragraphs: list[str] = []
    for row, name in zip(rows, labels, strict=True):
        cell = row.xpath("td")[1]
        if name in _READ:
            paragraphs += [words(p) for p in cell.xpath(".//p")] or [words(cell)]
        elif words(cell):
            fields[name or "other"] = _list(words(cell)) if name else words(cell)
    return _finished(fields, paragraphs)


def _of_article(node: HtmlElement) -> Draft:
    """Return the draft of a document in article format: lines in a fixed order."""
    fields: dict[str, str] = {}
    for title in node.xpath(".//*[contains(@class, 'Headline')]")[:1]:
        fields["headline"] = words(title)
    inner = node.xpath(".//p[contains(@class, 'rticleParagraph')]")
    seen = False
    for line in node.xpath(".//div[not(.//div or .//p)] | .//p[not(@class)]"):
        text = words(line)
        if not text or line.get("id") == "hd" or text == fields.get("headline"):
            continue
        seen = seen or LENGTH.fullmatch(text) is not None
        fields.setdefault(_name(line, text, fields, seen), text)
    return _finished(fields, [words(p) for p in inner])


def _name(line: HtmlElement, text: str, fields: dict[str, str], seen: bool) -> str:
    """Return which field a line of the article format is."""
    if NUMBER.fullmatch(text):
        return "accession"
    if line.tag == "p":
        return "publisher"
    if line.get("class") == "author":
        return "byline"
    if LENGTH.fullmatch(text):
        return "length"
    if not seen and not is_day_line(text) and not CLOCK.fullmatch(text):
        return "section"
    return "copyright" if text[:1] in "©(" or text.startswith("Copy") else kind_of(text, fields)


def drafts_of_xml(markup: str) -> tuple[list[Draft], int, int | None]:
    """Return the documents of an XML export, how many there are, and how many it declares."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise skip("CK-185") from error
    if root is None:
        raise skip("CK-185")
    nodes = root.xpath("//*[local-name() = 'article']")
    counts = root.xpath("//*[local-name() = 'ppsarticleResultSet']/@count")
    known = [int(count) for count in counts if count.isascii() and count.isdecimal()]
    met = len(re.findall(r"<(?:\w+:)?article[\s>]", markup))
    return [_of_xml(node) for node in nodes], met, sum(known) if known else None


def _of_xml(node: Any) -> Draft:
    """Return the draft of one document of an XML export."""
    fields: dict[str, str] = {}
    paragraphs: list[str] = []
    for child in node.iterchildren("*"):
        tag = child.tag.rpartition("}")[2]
        if tag in ("leadParagraph", "tailParagraphs"):
            paragraphs += _paragraphs(child)
        elif tag == "headline":
            fields["headline"] = words(child)
        elif tag in _XML and words(child):
            before = fields.get(_XML[tag], "")
            fields[_XML[tag]] = f"{before}; {words(child)}" if before else words(child)
    return _finished(fields, paragraphs)


def _paragraphs(node: Any) -> list[str]:
    """Return the paragraphs of an element: its own marks, or indented lines of its text."""
    marked = [words(p) for p in node.iterchildren("{*}paragraph")]
    if marked:
        return marked
    return [" ".join(part.split()) for part in _INDENT.split("".join(node.itertext()))]


def _finished(fields: dict[str, str], paragraphs: list[str]) -> Draft:
    """Return the draft of sorted fields; captions and corrections stand below the text."""
    tail = [
        (fields[name], rule, f"field: {name}") for name, rule in _TAIL.items() if name in fields
    ]
    draft = composed_draft(fields.pop("headline", ""), paragraphs, fields, tail)
    finish(draft)
    draft.fields["accession"] = accession_of(draft.fields.get("accession", ""))
    return draft


def _list(value: str) -> str:
    """Return a list of codes with names ("gpol : Domestic Politics | …") as names."""
    return "; ".join(part.rpartition(" : ")[2].strip() for part in value.split(" | "))
