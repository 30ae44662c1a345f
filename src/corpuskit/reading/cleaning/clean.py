"""Paragraphs and rules -> what is read and what is cut, each cut with its rule and reason.

The text is never edited. A cut is a span of it with the reason why it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ..article import Article, Cut, Zone
from .newsrules import NEWS, rules_of
from .rules import OWN, Rule

Span = tuple[int, int]

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def cleaned(
    text: str, paragraphs: Sequence[Span], clean: bool | Sequence[Rule] = True, byline: str = ""
) -> tuple[list[Zone], list[Cut]]:
    """Return the paragraphs of a body as zones and cuts; nothing is both, nothing neither.

    Parameters
    ----------
    text
        The text of one article.
    paragraphs
        Half-open spans of its paragraphs, in order, without the headline.
    clean
        The rules; the first that matches gives the name and the reason. True: those for news.
    byline
        Who wrote the article: a paragraph that says it again is cut.
    """
    rules = (*_byline_rules(byline, clean), *rules_of(clean))
    if not rules:
        return _named([(span, "") for span in paragraphs]), []
    kept: list[tuple[Span, str]] = []
    cuts: list[Cut] = []
    last = True
    for span in reversed(paragraphs):
        found = _found(text, span, rules, last)
        if isinstance(found, Cut):
            cuts.append(found)
        else:
            kept.append((span, found))
            last = False
    kept.reverse()
    kept, more = _edges(text, kept, rules)
    return _named(kept), sorted([*cuts, *more], key=lambda cut: cut.start)


def furniture(
    text: str, paragraphs: Sequence[Span], clean: bool | Sequence[Rule] = True
) -> dict[Span, Cut]:
    """Return the paragraphs of `text` that a rule cuts as a whole, each with its cut."""
    _, cuts = cleaned(text, paragraphs, clean)
    whole = set(paragraphs)
    return {(cut.start, cut.end): cut for cut in cuts if (cut.start, cut.end) in whole}


def recleaned(article: Article, clean: bool | Sequence[Rule]) -> Article:
    """Return the article with the cuts and zones that these rules make of it."""
    headline = tuple(zone for zone in article.zones if zone.name == "headline")
    rest = tuple(cut for cut in article.cuts if not is_cleaning(cut))
    paragraphs = paragraphs_of(article, lambda cut: True)
    zones, cuts = cleaned(article.text, paragraphs, clean, article.byline)
    marked = _marked(article)
    zones = _named([((z.start, z.end), marked.get(z.start) or _special(z.name)) for z in zones])
    ordered = sorted((*rest, *cuts), key=lambda cut: cut.start)
    return replace(article, zones=_ordered((*headline, *zones)), cuts=tuple(ordered))


def _marked(article: Article) -> dict[int, str]:
    """Return the captions and corrections that the file itself marks, by where they begin."""
    special = [zone for zone in article.zones if _special(zone.name)]
    by_rule = {z for z in special if _found(article.text, (z.start, z.end), NEWS, True) == z.name}
    return {zone.start: zone.name for zone in special if zone not in by_rule}


def undone(article: Article, names: Iterable[str] = ()) -> Article:
    """Return the article with the cuts of some rules read again; without names, of all."""
    named = set(names)
    if not named:
        return recleaned(article, False)
    back = {cut for cut in article.cuts if is_cleaning(cut) and cut.rule in named}
    if not back:
        return article
    headline = tuple(zone for zone in article.zones if zone.name == "headline")
    zone_of = {zone.start: zone.name for zone in article.zones}
    spans = paragraphs_of(article, lambda cut: cut in back)
    special = [(span, _special(zone_of.get(span[0], ""))) for span in spans]
    kept = tuple(cut for cut in article.cuts if cut not in back)
    return replace(article, zones=_ordered((*headline, *_named(special))), cuts=kept)


def is_cleaning(cut: Cut) -> bool:
    """Return whether a rule of cleaning made a cut (not the layout of the file)."""
    return cut.rule.startswith(OWN) or cut.rule in {"byline", "invisible", *(r.name for r in NEWS)}


def paragraphs_of(article: Article, wanted: Callable[[Cut], bool]) -> list[Span]:
    """Return the paragraphs of the body, with those stretches that wanted cuts took out."""
    pieces = [(zone.start, zone.end, False) for zone in article.zones if zone.name != "headline"]
    pieces += [
        (cut.start, cut.end, True) for cut in article.cuts if is_cleaning(cut) and wanted(cut)
    ]
    spans: list[Span] = []
    joins = False
    for start, end, was_cut in sorted(pieces):
        same = spans and not _BREAK.search(article.text, spans[-1][1], start)
        if same and (joins or was_cut):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        joins = was_cut
    return spans


def _special(name: str) -> str:
    """Return the name of a zone that is neither lead nor body."""
    return name if name in ("caption", "correction") else ""


def _ordered(zones: Iterable[Zone]) -> tuple[Zone, ...]:
    """Return zones in the order of the text."""
    return tuple(sorted(zones, key=lambda zone: zone.start))


def _named(paragraphs: Sequence[tuple[Span, str]]) -> list[Zone]:
    """Return paragraphs as zones: the first that is neither caption nor correction is the lead."""
    zones: list[Zone] = []
    lead = True
    for span, name in paragraphs:
        zones.append(Zone(*span, name or ("lead" if lead else "body")))
        lead = lead and bool(name)
    return zones


def _found(text: str, span: Span, rules: Sequence[Rule], last: bool) -> Cut | str:
    """Return the cut of one paragraph, or the name of its zone ("" for the body)."""
    paragraph = text[span[0] : span[1]]
    if not paragraph.strip(INVISIBLE):
        return Cut(*span, "invisible", "holds only characters that cannot be seen")
    for rule in rules:
        if rule.place != "paragraph" or (rule.trailing and not last):
            continue
        if rule.end_of_match(paragraph) is not None:
            return rule.zone or Cut(*span, rule.name, rule.reason)
    return ""


def _edges(
    text: str, kept: list[tuple[Span, str]], rules: Sequence[Rule]
) -> tuple[list[tuple[Span, str]], list[Cut]]:
    """Return the paragraphs with what rules cut from the first and the last of the body."""
    cuts: list[Cut] = []
    for place, order in (("start", range(len(kept))), ("end", range(len(kept) - 1, -1, -1))):
        at = next((n for n in order if not kept[n][1]), None)
        if at is None:
            continue
        span, cut = _edge(text, kept[at][0], [rule for rule in rules if rule.place == place])
        kept[at] = (span, "")
        cuts += [cut] if cut else []
    return kept, cuts


def _edge(text: str, span: Span, rules: Sequence[Rule]) -> tuple[Span, Cut | None]:
    """Return a paragraph without what the first rule that matches cuts from its edge."""
    start, end = span
    paragraph = text[start:end]
    for rule in rules:
        at = rule.end_of_match(paragraph)
        if at is None:
            continue
        left, right = paragraph[:at], paragraph[at:]
        if rule.place == "start" and right.strip():
            begin = end - len(right.lstrip())
            return (begin, end), Cut(start, start + len(left.rstrip()), rule.name, rule.reason)
        if rule.place == "end" and left.strip():
            begin = end - len(right.lstrip())
            return (start, start + len(left.rstrip())), Cut(begin, end, rule.name, rule.reason)
    return span, None


def _byline_rules(byline: str, clean: bool | Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rule that cuts the byline where it stands in the body once more."""
    name = byline.strip()
    if not name or not rules_of(clean):
        return ()
    words = r"\s+".join(map(re.escape, name.split()))
    pattern = re.compile(rf"(?:[-–—•]\s*)?(?:(?:written |story |words )?by:?\s+)?{words}\W*", re.I)
    return (Rule("byline", "the byline once more", pattern),)
