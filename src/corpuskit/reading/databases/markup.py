"""The markup of an export: a tree that nothing is fetched for, and its text in blocks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..article import Options
from ..decode import Decoded, declared_in, decode
from ..findings.told import skip

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_CHARS = 60_000_000  # of the markup of one export
SILENT = frozenset({"script", "style", "title", "noscript", "template", "textarea", "select"})
_BLOCKS = (
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead"
    " tr ul"
)
BLOCKS = frozenset(_BLOCKS.split())
CELLS = frozenset({"td", "th"})
HEAD = 4_000  # bytes at the start of a file that say what it is

_PROLOG = re.compile(r"\s*(?:<\?xml[^>]{0,500}\?>\s*)?")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body)\b", re.S)
_SPACE = re.compile(r"[^\S\n]*\n[^\S\n]*")
_TABS = re.compile(r"[ \t]*\t[ \t]*")
_MANY = re.compile(r"\n{3,}")


def markup_of(data: bytes, options: Options) -> Decoded:
    """Return the markup of a page, decoded as it declares, without its XML declaration."""
    text, encoding, findings = decode(data, options.encoding, declared_in(data))
    if len(text) > MOST_CHARS:
        raise skip("CK-106", size=len(text) // 1_000_000, most=MOST_CHARS // 1_000_000)
    start = _PROLOG.match(text)
    return Decoded(text[start.end() if start else 0 :], encoding, findings)


def is_markup(data: bytes) -> bool:
    """Return whether the bytes begin as a page does: with a tag of a page or a piece of one."""
    if not data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    head = data[:HEAD].decode("utf-8", "replace").lstrip("\ufeff").lower()
    return _PAGE.match(head) is not None or head.lstrip().startswith(("<div", "<table", "<meta"))


def tree_of(markup: str) -> HtmlElement | None:
    """Return the parsed page, None if nothing is in it; nothing is fetched."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        parser = HTMLParser(no_network=True, recover=True)
        tree: HtmlElement = document_fromstring(markup, parser=parser)
    except (ParserError, ValueError):
        return None
    return tree


def parts_of(markup: str, border: re.Pattern[str]) -> list[str]:
    """Return the markup of a page in parts: what stands above the documents, and each of them.

    Each part is parsed on its own, so that a tag that one document never closes costs no
    other. (A parser that nests them all gives up at 256.)

    Parameters
    ----------
    markup
        The page.
    border
        What a document begins with.
    """
    starts = [found.start() for found in border.finditer(markup)]
    return [markup[a:b] for a, b in pairwise([0, *starts, len(markup)])]


def text_of(markup: str) -> str:
    """Return the text of a page or a part of one.

    Each paragraph, list item and row of a table is a block with blank lines around it; a line
    break is a line end; cells of a row are parted by tabs. White space of the markup is not
    kept.
    """
    from lxml.etree import iterwalk

    tree = tree_of(markup)
    if tree is None:
        return ""
    writer = _Writer()
    for event, node in iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            writer.words(node.tail)
        elif event == "start":
            writer.start(node)
        else:
            writer.end(node)
    return writer.text()


def words(node: HtmlElement | None) -> str:
    """Return the text of an element in one line; "" if there is none."""
    return "" if node is None else " ".join("".join(node.itertext()).split())


class _Writer:
    """The text of a page while it is walked through."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._silent = 0
        self._cells = 0

    def words(self, text: str | None) -> None:
        """Write the words between two tags."""
        if text and not self._silent:
            self._parts.append(re.sub(r"\s+", " ", text))

    def start(self, node: Any) -> None:
        """Begin an element."""
        self._silent += node.tag in SILENT
        self._cells += node.tag in CELLS
        self._break(node.tag)
        self.words(node.text)

    def end(self, node: Any) -> None:
        """End an element."""
        self._silent -= node.tag in SILENT
        self._cells -= node.tag in CELLS
        if node.tag in CELLS:
            self._parts.append("\t")
        elif node.tag != "br":
            self._break(node.tag)
        self.words(node.tail)

    def _break(self, tag: object) -> None:
        """End a line or a block; inside a cell nothing but a blank."""
        if tag == "br":
            self._parts.append(" " if self._cells else "\n")
        elif tag in BLOCKS:
            self._parts.append(" " if self._cells else "\n\n")

    def text(self) -> str:
        """Return what was written, with no more than one blank line in a row."""
        return _MANY.sub("\n\n", _SPACE.sub("\n", _TABS.sub("\t", "".join(self._parts))))
