"""Web pages: .html, .htm and .xhtml. The article of the page, found by trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from .article import Article, Options, Reading
from .decode import declared_in, decode
from .layout import lines_of, partition
from .pagefields import page_date, page_section, page_url
from .report import Finding, finding, skip

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_CHARS = 10_000_000  # of one page
MOST_TAGS = 100_000
DEEPEST = 255  # the parser drops what is nested deeper
FEWEST_CHARS = 40  # of an article that stands in no <article> or <main>
LOGGERS = ("trafilatura", "htmldate", "courlan", "readability", "justext")

_START = re.compile(r"\s*(?:<\?xml[^>]{0,500}>)?\s*(?:<!--.{0,5000}?-->\s*)*", re.S)
_INNER_TYPE = re.compile(r"\]\s*>")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,500}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


class _Page(NamedTuple):
    """What was found on a page."""

    title: str
    byline: str
    date: str
    site: str
    paragraphs: list[str]


def is_page(data: bytes) -> bool:
    """Return whether the bytes begin as a web page does."""
    return _PAGE.match(data, 0, 10_000) is not None


def read_web(data: bytes, options: Options) -> Reading:
    """Return the article of a web page.

    `Article.text` is the **extracted** text: the headline, then the paragraphs, with blank
    lines between them. Offsets refer to it; `sha256` is that of the file. Menus, scripts,
    styles and comments never enter it. A page without an article is skipped.

    Parameters
    ----------
    data
        The bytes of the page. A byte order mark, then valid UTF-8, then the encoding that the
        page declares, then `options.encoding`, then a guess decide how they are decoded; a
        declaration that is wrong is told.
    options
        `clean=False` keeps paragraphs that look like furniture.
    """
    markup, encoding, findings = decode(data, options.encoding, declared_in(data))
    if len(markup) > MOST_CHARS:
        raise skip("CK-106", size=len(markup) // 1_000_000, most=MOST_CHARS // 1_000_000)
    markup, entities = _without_prolog(markup)
    tree, deep = _tree(markup)
    page = _extracted(tree)
    if not page.paragraphs:
        raise skip("CK-142", depth=DEEPEST) if deep else skip("CK-141")
    article, more = _article(page, tree, options)
    below = (finding("CK-143", depth=DEEPEST),) if deep else ()
    return Reading((article,), encoding, (*findings, *entities, *below, *more))


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

    with _quiet():
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


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the log lines of the parsers from the screen; what matters is in the report."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.propagate, logger.disabled) for logger in loggers]
    handler = logging.NullHandler()
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, (propagate, disabled) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate, logger.disabled = propagate, disabled


def _extracted(tree: HtmlElement) -> _Page:
    """Return title, byline, date, site and paragraphs of a page, by trafilatura."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    dates = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
    with _quiet():
        found = bare_extraction(tree, favor_precision=True, include_comments=False)
        meta = extract_metadata(tree, date_config=dates)
    text = str(getattr(found, "text", "") or "")
    paragraphs = _joined(text.split("\n"))
    if sum(map(len, paragraphs)) < FEWEST_CHARS:
        paragraphs = _marked(tree)
    return _Page(
        _one_line(meta.title),
        _one_line(meta.author).replace("; ", ", "),
        _one_line(meta.date),
        _one_line(meta.sitename),
        paragraphs,
    )


def _marked(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of an <article> or <main>, which the page itself marks."""
    nodes = tree.xpath("(//article | //main)[1]//p")
    return _joined(["".join(node.itertext()) for node in nodes])


def _joined(paragraphs: list[str]) -> list[str]:
    """Return paragraphs as single lines, without empty ones."""
    return [line for line in map(_one_line, paragraphs) if line]


def _one_line(text: object) -> str:
    """Return a text of the page in one line."""
    return " ".join(str(text or "").split())


def _article(
    page: _Page, tree: HtmlElement, options: Options
) -> tuple[Article, tuple[Finding, ...]]:
    """Return the article of a page, its text laid out with blank lines."""
    paragraphs = page.paragraphs[page.paragraphs[0] == page.title :]
    if not paragraphs:
        raise skip("CK-141")
    text = "\n\n".join([page.title, *paragraphs] if page.title else paragraphs)
    spans = lines_of(text).spans
    headline = spans[0] if page.title else None
    zones, cuts = partition(text, headline, spans[1:] if headline else spans, options.clean)
    published, findings = page_date(tree, page.date, options.date_order)
    article = Article(
        id="",
        text=text,
        headline=page.title,
        section=page_section(tree),
        byline=page.byline,
        published=published,
        language=_one_line(tree.get("lang")),
        url=page_url(tree),
        zones=zones,
        cuts=cuts,
        extra={"site": page.site} if page.site else {},
    )
    return article, findings
