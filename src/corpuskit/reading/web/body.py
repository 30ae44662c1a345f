"""The text of a web page in blocks: paragraphs, captions and notes of correction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

CAPTION, CORRECTION = "caption", "correction"
LONGEST_CAPTION = 700  # characters; what is longer is an article in a box of this name
LONGEST_NAME = 60  # characters of the name of a class
MOST_CORRECTIONS = 20
LONGEST_ROW = 3  # paragraphs in a row of a table; a row of more is the layout of a page
BLOCKS = frozenset({"p", "head", "item", "quote", "list", "table", "row", "code", "div", "body"})

_CAPTION = re.compile(r"(?:.*[-_])?(?:fig|img|image|photo|picture|media)?caption(?:[-_]?text)?")
_CREDIT = re.compile(r"(?:(?:img|image|photo|picture|media|caption)[-_]?)credits?")
_CORRECTION = re.compile(r"(?:.*[-_])?(?:corrections?|corrigendum|clarifications?)(?:[-_]?text)?")
_CORRECTED = re.compile(
    r"(?:corrections?|clarifications?|corrigendum|editor['’]s note)\b.{0,40}?[:—–-]\s"
    r"|this (?:article|story|report|page) (?:was|has been) (?:amended|corrected|updated)\b"
    r"|an earlier version of this (?:article|story|report|page)\b",
    re.I,
)
_NO_TEXT = re.compile(
    r"(?:.*[-_])?(?:copyright|paywall|regwall|cookies?[-_]?(?:banner|notice|bar|consent)?"
    r"|newsletter|signup|sign[-_]up|author[-_]bio|byline|share[-_]?(?:tools|bar|daddy|buttons?)"
    r"|related[-_]?(?:stories|articles|links|topics|content)?)(?:[-_].*)?"
)
_SCOPE = "(//article[.//p] | //main[.//p] | //*[@itemprop='articleBody'])[1]"
_ASIDE = frozenset({"aside", "nav", "footer"})


class Block(NamedTuple):
    """A paragraph, list item, heading or row of a page; `kind` is "" for the article itself."""

    text: str
    kind: str = ""


def taken_out(tree: HtmlElement) -> tuple[list[Block], list[str]]:
    """Take captions, legal lines and the tables of a layout out of a page, which is changed.

    Returns the captions of the article and the texts of its notes of correction.
    """
    captions: list[Block] = []
    corrections: list[str] = []
    scope = next(iter(tree.xpath(_SCOPE)), tree)
    inside = set(scope.iter()) if scope is not tree else None
    for node in list(tree.iter("*")):
        kind = _kind(node)
        words = one_line(node.text_content()) if kind else ""
        if kind == CORRECTION:
            corrections.append(words)
        elif kind and len(words) <= LONGEST_CAPTION and node.getparent() is not None:
            if kind == CAPTION and words and _is_own(node, inside):
                captions.append(Block(words, CAPTION))
            node.drop_tree()
    _without_layout_tables(tree)
    return list(dict.fromkeys(captions)), corrections[:MOST_CORRECTIONS]


def _is_own(node: HtmlElement, inside: set[HtmlElement] | None) -> bool:
    """Return whether a caption belongs to the article, not to a pointer to another."""
    if inside is not None and node not in inside:
        return False
    return not any(above.tag in _ASIDE for above in node.iterancestors())


def _kind(node: HtmlElement) -> str:
    """Return what an element is by its tag and its names, or ""."""
    if node.tag in ("html", "body", "article", "main", "img"):
        return ""
    if node.tag == "figcaption":
        return CAPTION
    names = f"{node.get('class', '')} {node.get('itemprop', '')} {node.get('id', '')}"
    words = [word for word in names.lower().split() if len(word) <= LONGEST_NAME]
    if any(_CAPTION.fullmatch(word) or _CREDIT.fullmatch(word) for word in words):
        return CAPTION
    if any(_CORRECTION.fullmatch(word) for word in words):
        return CORRECTION
    return "no text" if any(_NO_TEXT.fullmatch(word) for word in words) else ""


def _without_layout_tables(tree: HtmlElement) -> None:
    """Turn tables that lay out a page, not data, into plain boxes."""
    for table in list(tree.iter("table")):
        paragraphs = sum(1 for _ in table.iter("p"))
        if table.find(".//h1") is not None or table.find(".//table") is not None or paragraphs > 5:
            for node in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                if node is table or next(node.iterancestors("table"), None) in (table, None):
                    node.tag = "div"


def blocks_of(body: _Element) -> Iterator[str]:
    """Yield the blocks of extracted text in their order; a row of a table is one block."""
    from lxml.etree import iterwalk

    text: list[str] = []
    row: _Element | None = None
    for event, node in iterwalk(body, events=("start", "end")):
        ends_block = node.tag in BLOCKS or node.tag == "lb"
        if row is None and ends_block:
            yield one_line("".join(text))
            text = []
        if event == "start":
            row = node if row is None and _is_row(node) else row
            text.append((node.text or "") if isinstance(node.tag, str) else "")
        else:
            if node is row:
                yield one_line("".join(text))
                text, row = [], None
            text.append(" " if node.tag in ("cell", "p") and row is not None else "")
            text.append((node.tail or "") if node is not body else "")
    yield one_line("".join(text))


def _is_row(node: _Element) -> bool:
    """Return whether an element is a row of a table of data."""
    return node.tag == "row" and sum(1 for _ in node.iter("p")) <= LONGEST_ROW


def kind_of(text: str, corrections: list[str]) -> str:
    """Return the kind of an extracted block: a note of correction, or "" for the article."""
    marked = any(text in words for words in corrections)
    return CORRECTION if marked or _CORRECTED.match(text) else ""


def one_line(text: object) -> str:
    """Return a text of the page in one line."""
    return " ".join(str(text or "").split())
