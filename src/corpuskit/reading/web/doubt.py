"""Whether a page holds an article at all: lists of articles, errors, walls, machine data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .body import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST_BLOCKS = 4  # of a list of teasers
FEWEST_ENDED = 0.5  # share of the characters of an article that stand in ended sentences
MOST_CARDS = 3  # articles of a page over which the text of one article may be spread
MOST_BLOCKS = 300  # of a page that are looked for in its articles
LONGEST_WALL = 3_000
SHORT = 600  # characters: an error page or a wall is shorter
LONG = 200  # characters: a block that is longer is no teaser, in scripts without full stops, too
FEWEST_STATED = 200  # characters of an article that a page states for machines
LONGEST_SCRIPT = 1_000_000

_ENDED = re.compile(r"(?:(?<!\.)\.|[!?:;।؟۔。！？])[”’\"')\]»]*$")
_INSIDE = re.compile(r"\w[.!?][”’\"')]? [“‘\"'(]?[^\W\d_]")
_ERROR = re.compile(
    r"(?:error\s*)?(?:40[0-9]|50[0-9])\b.{0,40}|log ?in|sign in|access denied|forbidden"
    r"|just a moment.*"
    r"|.{0,20}\b(?:page|article|file) (?:was )?not found\b.{0,40}|not found|seite nicht gefunden"
    r"|page introuvable",
    re.I,
)
_GONE = re.compile(
    r"\b(?:page|article) (?:that )?(?:you .{0,40}|(?:was|is|could|can) ?not .{0,10})?"
    r"(?:does(?: not|n['’]t) exist|found|(?:has been|was) (?:moved|removed))\b",
    re.I,
)
_WALL = re.compile(
    r"\b(?:we|our|this (?:site|website|app)|you (?:need|must|have)|please|your (?:privacy|consent"
    r"|choices?|browser|device)|already a)\b.{0,300}\b(?:cookies?|consent|privacy|personal data"
    r"|advertising|javascript|ad ?blocker|captcha|log in|sign in|subscri\w+)\b"
    r"|\bsubscribe (?:now|to)\b|\bcookies?\b.{0,200}\b(?:we|our)\b",
    re.I | re.S,
)
_BARRIER = re.compile(
    r"(?:.*[-_])?(?:paywall|regwall|meteredwall|subscribe-?wall|barrier)(?:[-_].*)?"
)
_TYPE = re.compile(
    r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"(?:\w{0,30}Article|LiveBlogPosting|BlogPosting)"'
)
_NO_STOPS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # scripts without full stops
_PAID = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?false', re.I)


def is_no_article(tree: HtmlElement, title: str, blocks: Sequence[str]) -> bool:
    """Return whether the extracted blocks are not an article: teasers, an error or a wall."""
    length = sum(map(len, blocks))
    if length < SHORT and (_ERROR.fullmatch(title) or _GONE.search(" ".join(blocks))):
        return True
    if length < SHORT and all(_WALL.search(block) for block in blocks):
        return True
    return _is_list(blocks, length) or (not _is_declared(tree) and _is_spread(tree, blocks))


def _is_declared(tree: HtmlElement) -> bool:
    """Return whether the page calls itself one article or one running report."""
    types = tree.xpath("//meta[@property='og:type' or @name='og:type']/@content")
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")[:20]
    stated = any(_TYPE.search(str(script)[:LONGEST_SCRIPT]) for script in scripts)
    return stated or "article" in (str(one).strip().lower() for one in types)


def _is_list(blocks: Sequence[str], length: int) -> bool:
    """Return whether most of the text is no sentences: headlines and cut-off teasers."""
    if len(blocks) < FEWEST_BLOCKS or _NO_STOPS.search(blocks[0]):
        return False
    ended = sum(len(block) for block in blocks if _is_sentence(block))
    return ended < FEWEST_ENDED * length


def _is_sentence(block: str) -> bool:
    """Return whether a block is long, ends as a sentence does, or holds the end of one."""
    return len(block) > LONG or bool(_ENDED.search(block) or _INSIDE.search(block))


def _is_spread(tree: HtmlElement, blocks: Sequence[str]) -> bool:
    """Return whether the blocks stem from many <article> elements that stand side by side."""
    cards = [
        node for node in tree.iter("article") if next(node.iterancestors("article"), None) is None
    ]
    if len(cards) <= MOST_CARDS:
        return False
    texts = [one_line(card.text_content()) for card in cards[:200]]
    homes = {
        next((at for at, text in enumerate(texts) if block in text), -1)
        for block in blocks[:MOST_BLOCKS]
    }
    return len(homes - {-1}) > MOST_CARDS


def is_behind_wall(tree: HtmlElement) -> bool:
    """Return whether the page shows a wall for readers who have not paid."""
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")[:20]
    paid = any(_PAID.search(str(script)[:LONGEST_SCRIPT]) for script in scripts)
    for node in tree.iter("div", "section", "aside"):
        names = f"{node.get('class', '')} {node.get('id', '')}".lower().split()
        walled = any(_BARRIER.fullmatch(name) for name in names)
        if walled and (paid or _WALL.search(node.text_content()[:LONGEST_WALL])):
            return True
    return False


def stated_body(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of an article that a page states for machines alone, or []."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:20]:
        try:
            data = json.loads(str(script)[:LONGEST_SCRIPT])
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            body = item.get("articleBody")
            if isinstance(body, str) and len(body) >= FEWEST_STATED and "<" not in body:
                return [line for line in map(one_line, body.splitlines()) if line]
    return []


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of machine-readable data: one, a list, or a graph."""
    for item in (data if isinstance(data, list) else [data])[:50]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            inner = graph if isinstance(graph, list) else []
            yield from (one for one in [item, *inner[:50]] if isinstance(one, dict))
