"""Web pages: .html, .htm and .xhtml. The article of the page, found by trafilatura."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from ..article import Article, Cut, Options, Reading, Zone
from ..decode import declared_in, decode
from ..findings.told import Finding, finding, skip
from ..layout import Span, lines_of, partition
from ..workers.silence import silence
from .body import Block, blocks_of, kind_of, one_line, taken_out
from .doubt import is_behind_wall, is_no_article, stated_body
from .fields import page_date, page_language, page_section, page_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_CHARS = 10_000_000  # of one page
MOST_UNPACKED = 40_000_000  # bytes of a page that is compressed
MOST_TAGS = 100_000
MOST_LINKS, MOST_FOOTERS = 1_000, 5  # that are searched for the fields of a page
DEEPEST = 255  # the parser drops what is nested deeper
FEWEST_CHARS = 40  # of an article that stands in no <article> or <main>
GZIP = b"\x1f\x8b\x08"
LOGGERS = ("trafilatura", "htmldate", "courlan", "readability", "justext")

_START = re.compile(r"\s*(?:<\?xml[^>]{0,500}>)?\s*(?:<!--.{0,5000}?-->\s*)*", re.S)
_INNER_TYPE = re.compile(r"\]\s*>")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,500}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


class _Page(NamedTuple):
    """What was found on a page; `blocks` are in reading order, the captions last."""

    title: str
    byline: str
    date: str
    site: str
    blocks: list[Block]


def is_page(data: bytes) -> bool:
    """Return whether the bytes begin as a web page does."""
    return _PAGE.match(data, 0, 10_000) is not None


def read_web(data: bytes, options: Options) -> Reading:
    """Return the article of a web page.

    `Article.text` is the **extracted** text: the headline, then the paragraphs, with blank
    lines between them. Offsets refer to it; `sha256` is that of the file. Menus, scripts,
    styles and comments never enter it. Captions of pictures (below the article) and notes of
    correction are zones of their own. A page without an article is skipped: lists of
    teasers, error pages, walls. Text that the page states for machines alone is taken where it
    shows none, and this is told.

    Parameters
    ----------
    data
        The bytes of the page. A byte order mark, then valid UTF-8, then the encoding that the
        page declares, then `options.encoding`, then a guess decide how they are decoded; a
        declaration that is wrong is told.
    options
        `clean=False` keeps paragraphs that look like furniture.
    """
    data, told = _unpacked(data)
    markup, encoding, findings = decode(data, options.encoding, declared_in(data))
    findings = (*told, *findings)
    if len(markup) > MOST_CHARS:
        raise skip("CK-106", size=len(markup) // 1_000_000, most=MOST_CHARS // 1_000_000)
    markup, entities = _without_prolog(markup)
    tree, deep = _tree(markup)
    walled = is_behind_wall(tree)
    page = _extracted(tree)
    page, told = _doubted(page, tree, deep)
    article, more = _article(page, tree, options)
    if walled:
        told = (*told, finding("CK-174"))
    return Reading((article,), encoding, (*findings, *entities, *told, *more))


def _doubted(page: _Page, tree: HtmlElement, deep: bool) -> tuple[_Page, tuple[Finding, ...]]:
    """Return the page if it holds an article, with what must be told of it; raise if none."""
    texts = [block.text for block in page.blocks if not block.kind]
    told = (finding("CK-143", depth=DEEPEST),) if deep else ()
    if texts and not is_no_article(tree, page.title, texts):
        return page, told
    if stated := stated_body(tree):
        blocks = [Block(text) for text in stated]
        return page._replace(blocks=blocks), (*told, finding("CK-176"))
    raise skip("CK-142", depth=DEEPEST) if deep and not texts else skip("CK-141")


def _unpacked(data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the bytes of a page that was saved as it was sent, compressed, and this finding."""
    if not data.startswith(GZIP):
        return data, ()
    try:
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        page = unpacker.decompress(data, MOST_UNPACKED)
    except zlib.error as error:
        raise skip("CK-104", what="gzip data") from error
    if unpacker.unconsumed_tail:
        raise skip("CK-155", most=f"{MOST_UNPACKED // 1_000_000} MB")
    if not unpacker.eof:
        raise skip("CK-104", what="gzip data that is cut off")
    return page, (finding("CK-177"),)


def _without_prolog(markup: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the markup without XML and document type declarations; entities stay unexpanded."""
    start = _START.match(markup)
    rest = markup[start.end() if start else 0 :]
    if rest[:9].lower() != "<!doctype":
        return rest, ()
    plain, inner = rest.find(">"), rest.find("[")
    if inner < 0 or plain < inner:
        return rest[plain + 1 :], ()
    end = _INNER_TYPE.search(rest, inner)
    declared = "<!entity" in rest[inner : end.start() if end else None].lower()
    return rest[end.end() if end else plain + 1 :], (finding("CK-144"),) if declared else ()


def _tree(markup: str) -> tuple[HtmlElement, bool]:
    """Return the parsed page, and whether it is as deep as the parser goes."""
    from lxml.etree import iterwalk
    from trafilatura.utils import load_html

    with silence(LOGGERS):
        tree = load_html(markup)
    if tree is None:
        raise skip("CK-141")
    depth = deepest = tags = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        tags += event == "start"
    if tags > MOST_TAGS:
        raise skip("CK-146", count=f"{tags:,}", most=f"{MOST_TAGS:,}")
    return tree, deepest >= DEEPEST


def _extracted(tree: HtmlElement) -> _Page:
    """Return title, byline, date, site and blocks of a page, by trafilatura."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    dates = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
    with silence(LOGGERS):
        meta = extract_metadata(_lighter(tree), date_config=dates)
        captions, corrections = taken_out(tree)
        found = bare_extraction(tree, favor_precision=True, include_comments=False)
    body = getattr(found, "body", None)
    texts = [text for text in blocks_of(body) if text] if body is not None else []
    if sum(map(len, texts)) < FEWEST_CHARS:
        texts = _marked(tree)
    blocks = [Block(text, kind_of(text, corrections)) for text in texts]
    return _Page(
        one_line(meta.title),
        one_line(meta.author).replace("; ", ", "),
        one_line(meta.date),
        one_line(meta.sitename),
        [*blocks, *captions],
    )


def _lighter(tree: HtmlElement) -> HtmlElement:
    """Return the page itself, or a copy with only the first of very many links and footers.

    The search for fields looks for links in footers in a time that grows with their product.
    """
    links = sum(1 for _ in tree.iter("a"))
    if links <= MOST_LINKS and len(_footers(tree)) <= MOST_FOOTERS:
        return tree
    copy = deepcopy(tree)
    for node in [*list(copy.iter("a"))[MOST_LINKS:], *_footers(copy)[MOST_FOOTERS:]]:
        node.tag = "span"
        node.attrib.clear()
    return copy


def _footers(tree: HtmlElement) -> list[HtmlElement]:
    """Return the footers of a page, by their tag or name."""
    found = []
    for node in tree.iter("footer", "div"):
        if node.tag == "footer" or "footer" in f"{node.get('class', '')} {node.get('id', '')}":
            found.append(node)
    return found


def _marked(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of an <article> or <main>, which the page itself marks."""
    nodes = tree.xpath("(//article | //main)[1]//p")
    return [text for node in nodes if (text := one_line("".join(node.itertext())))]


def _article(
    page: _Page, tree: HtmlElement, options: Options
) -> tuple[Article, tuple[Finding, ...]]:
    """Return the article of a page, its text laid out with blank lines."""
    title = [Block(page.title)] if page.title else []
    blocks = [*title, *page.blocks[page.blocks[0].text == page.title :]]
    text = "\n\n".join(block.text for block in blocks)
    spans = lines_of(text).spans
    headline = spans[0] if title else None
    placed = list(zip(spans, blocks, strict=True))[len(title) :]
    zones, cuts = _parts(text, headline, placed, options, page.byline)
    published, findings = page_date(tree, page.date, options.date_order)
    article = Article(
        id="",
        text=text,
        headline=page.title,
        section=page_section(tree),
        byline=page.byline,
        published=published,
        language=page_language(tree),
        url=page_url(tree),
        zones=zones,
        cuts=cuts,
        extra={"site": page.site} if page.site else {},
    )
    return article, findings


def _parts(
    text: str,
    headline: Span | None,
    blocks: Sequence[tuple[Span, Block]],
    options: Options,
    byline: str,
) -> tuple[tuple[Zone, ...], tuple[Cut, ...]]:
    """Return the zones and cuts of a page; captions and corrections are zones of their own."""
    body = [span for span, block in blocks if not block.kind]
    if not body:
        raise skip("CK-141")
    zones, cuts = partition(text, headline, body, options.clean, byline)
    special = [Zone(*span, block.kind) for span, block in blocks if block.kind]
    return tuple(sorted((*zones, *special), key=lambda zone: zone.start)), cuts
