"""Page furniture: which paragraphs are not the article's, each with its rule and reason.

The text is never edited. A cut is a span of it with the reason why it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .article import Cut

Span = tuple[int, int]

LONGEST = 200  # characters; a longer paragraph is never taken for furniture
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"


class Rule(NamedTuple):
    """A named rule: a paragraph that matches `pattern` as a whole is cut for `reason`.

    With `trailing`, only at the end of the text, where nothing but furniture follows.
    """

    name: str
    reason: str
    pattern: re.Pattern[str]
    trailing: bool = False


def _rule(name: str, reason: str, pattern: str, trailing: bool = False) -> Rule:
    """Return a rule whose pattern ignores case and layout."""
    return Rule(name, reason, re.compile(pattern, re.IGNORECASE | re.VERBOSE), trailing)


_PLACE = (
    r"(?:facebook|x|twitter|instagram|whatsapp|telegram|linkedin|reddit|youtube|threads|mastodon"
    r"|bluesky|e-?mail|(?:your \s+)? friends|google (?:\s+ news)?|social \s+ media)"
)
_PLACES = rf"{_PLACE} (?:\s* (?:,|and|or|&|/|\|) \s* {_PLACE})*"

RULES: tuple[Rule, ...] = (
    _rule(
        "comments",
        "heading or count of a comment section",
        r"(?: (?:\d[\d,]*|no) \s+ comments? (?:\s+yet)? | comments? \s* [(\[]? \d* [)\]]? :?"
        r" | (?:leave|post|add|write) \s+ a \s+ comment | (?:view|show|read) \s+ (?:all\s+)? \d*"
        r" \s* comments? | join \s+ the \s+ (?:conversation|discussion) ) [.…]?",
        trailing=True,
    ),
    _rule(
        "also read",
        "pointer to another article",
        r"(?: also \s+ read | read \s+ also | also \s+ see | see \s+ also | read \s+ more"
        r" | related \s+ (?:articles?|stories|story|news) ) \s* [:|>»–—] .*"
        # words that open a sentence as well: a pointer has no full stop at its end
        r" | (?: also \s+ on \s+ .{1,40} | related | don['’]t \s+ miss | must \s+ read"
        r" | more \s+ (?:on|from) \s+ .{1,40} ) \s* [:|>»] .* (?<![.!?]) (?<![.!?]['’\"”])"
        r" | (?: also \s+ read | read \s+ more | related \s+ (?:articles|stories|news)"
        r" | you \s+ may \s+ also \s+ like ) \s* [.…:»>]*",
    ),
    _rule(
        "share",
        "invitation to share or follow",
        r"share (?:\s+ (?:this|the) (?:\s+ (?:article|story|post|page|news|report))?)?"
        rf" (?:\s+ (?:on|via|with|by) \s+ {_PLACES})? \s* [:.!]?"
        r" | share \s* [:|] .{0,80}"
        rf" | (?:like|follow) \s+ us \s+ on \s+ {_PLACES} \s* [.!]?"
        r" | (?:tweet|email|print|copy \s+ link) (?:\s+ this (?:\s+ (?:article|story|page))?)?",
    ),
    _rule(
        "advertisement",
        "mark of an advertisement",
        r"\W* advertisements? \W* | (?:story|article) \s+ continues \s+ below"
        r" (?:\s+ (?:this\s+)? (?:ad|advertisement))? \W*",
    ),
)


def furniture(
    text: str, paragraphs: Sequence[Span], rules: Sequence[Rule] = RULES
) -> dict[Span, Cut]:
    """Return the paragraphs of `text` that a rule cuts, each with its cut.

    Parameters
    ----------
    text
        The text of one article.
    paragraphs
        Half-open spans of its paragraphs, in order.
    rules
        The rules; the first that matches gives the name and the reason.
    """
    cuts: dict[Span, Cut] = {}
    last = True
    for span in reversed(paragraphs):
        cut = _cut(text, span, rules, last)
        last = last and cut is not None
        if cut:
            cuts[span] = cut
    return cuts


def _cut(text: str, span: Span, rules: Sequence[Rule], last: bool) -> Cut | None:
    """Return the cut of one paragraph, if a rule applies to it."""
    if span[1] - span[0] > LONGEST:
        return None
    paragraph = text[span[0] : span[1]]
    if not paragraph.strip(INVISIBLE):
        return Cut(*span, "invisible", "holds only characters that cannot be seen")
    for rule in rules:
        if (last or not rule.trailing) and rule.pattern.fullmatch(paragraph):
            return Cut(*span, rule.name, rule.reason)
    return None
