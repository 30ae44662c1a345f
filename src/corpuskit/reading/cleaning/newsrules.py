"""The rules for news, and the choice among them: pages, agencies, captions, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ...errors import one_of
from .rules import Rule, Rules, own_rule


def _rule(name: str, reason: str, pattern: str, **more: object) -> Rule:
    """Return a rule whose pattern ignores case and layout."""
    return Rule(name, reason, re.compile(pattern, re.IGNORECASE | re.VERBOSE), **more)  # type: ignore[arg-type]


_PLACE = (
    r"(?:facebook|x|twitter|instagram|whatsapp|telegram|linkedin|reddit|youtube|threads|mastodon"
    r"|bluesky|e-?mail|(?:your \s+)? friends|google (?:\s+ news)?|social \s+ media)"
)
_PLACES = rf"{_PLACE} (?:\s* (?:,|and|or|&|/|\|) \s* {_PLACE})*"

# Agencies by the names that stand in brackets or at the end of their texts.
_AGENCY = (
    r"(?:reuters|ap|associated \s press|afp|agence \s france-presse|pti|press \s trust \s of \s"
    r"india|ani|ians|uni|dpa|upi|xinhua|tass|interfax|efe|ansa|kyodo|yonhap|bernama|anadolu|aap"
    r"|cp|the \s canadian \s press|pa|pa \s media|bloomberg|euractiv|ritzau|belga|lusa|apa|ntb)"
)
_AGENCIES = rf"{_AGENCY} (?:\s* [/,;] \s* {_AGENCY})*"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?) \.?"
)
_DAY = rf"(?:{_MONTH} \s+ \d{{1,2}} | \d{{1,2}} \s+ {_MONTH}) (?:,? \s+ \d{{4}})?"
_DASH = r"\s* (?:—|–|--|-) \s+"
_FEW_WORDS = r"\S+ (?:\s+ \S+){0,4}"  # a name; what is longer describes the picture
_LABELS = (
    r"analysis|exclusive|opinion|breaking|update\d?|explained|explainer|watch|live|video|comment"
    r"|interview|factbox|correction|clarification|note|question|answer|q|a|review|editorial|letter"
    r"|profile|obituary|timeline|warning|exhibit|source|news|sport|business|report|summary"
)
# The place is written in capitals, so that "Berlin: a history" is no dateline.
_CAPITALS = r"(?-i:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'/ -]{1,40}(?<=[A-ZÀ-ÖØ-Þ.]))"
_ANY_CASE = r"(?-i:[A-ZÀ-ÖØ-Þ][\w.’'/ -]{1,40})"
_REGION = r"(?: \s* , \s* (?-i:[A-ZÀ-ÖØ-Þ])[\w. ]{1,30})?"

FURNITURE: tuple[Rule, ...] = (
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
    _rule(
        "cookies",
        "banner about cookies",
        r"(?:we|this \s+ (?:web)?site|our \s+ (?:web)?site) \s+ uses? \s+ cookies \b .*"
        r" | by \s+ (?:continuing|using) \b .{0,80} \b cookies \b .*"
        r" | (?:accept|reject|allow|manage|refuse) \s+ (?:all\s+)? (?:cookies|optional \s+ cookies)"
        r" \s* [.!]? | cookies? \s+ (?:policy|settings|notice|preferences)",
        longest=600,
    ),
    _rule(
        "subscribe",
        "invitation to subscribe or to log in",
        r"(?:sign \s+ up|subscribe|register|log \s+ in|sign \s+ in)"
        r" (?:\s+ (?:now|here|today|free))?"
        r" (?:\s+ (?:to|for|with) \s+ (?:our|the|your|a|free) \b .{0,60} (?:newsletters?|alerts?"
        r"|updates?|briefings?|edition|access|channel|account|subscription|trial|e-?paper))?"
        r" \s* [.!>»]?"
        r" | (?:get|receive) \s+ .{1,80} \s+ (?:in|to) \s+ your \s+ inbox .{0,40}"
        r" | already \s+ a \s+ subscriber \? .{0,60}",
    ),
    _rule(
        "photo credit",
        "names who made or owns a picture",
        r"\W* (?:file \s+)? (?:photo|photograph|image|picture|pic|illustration|graphic)s?"
        r" (?:\s+ (?:credit|source|courtesy))? \s* (?:[:|©]|by\b|courtesy\b)"
        rf" \s* {_FEW_WORDS} | \W* (?:picture \s | image \s)? credits? \s* [:|] \s* {_FEW_WORDS}"
        r" | (?:© \s*)? .{0,40}"
        r" (?:getty \s images|shutterstock|istock|wikimedia \s commons) .{0,30}"
        r" | (?:ap \s photo|reuters|afp) \s? / \s? [^.!?]{1,40} | representational \s image \.?",
        longest=120,
    ),
    _rule(
        "copyright",
        "notice of copyright",
        r"(?:©|\(c\)|copyright\b (?=\s*(?:©|\(c\)|\d{4}|by\b))) .*"
        r" | .{0,80} all \s+ rights \s+ reserved .{0,120}",
        longest=400,
    ),
    _rule(
        "agency tail",
        "who reported, wrote or edited, at the end of an agency's text",
        r"[(\[]? (?:additional \s+)? (?:reporting|writing|editing|compiled|translated|produced)"
        r" \s+ (?:and \s+ (?:writing|editing) \s+)? by \s+ .{1,160} [)\]]? \.?"
        r" | [(\[] with \s+ (?:additional \s+)? inputs? \s+ from \s+ .{1,60} [)\]] \.?"
        rf" | (?:[(\[—–-] \s*)? {_AGENCIES} (?:\s* [)\]])? \.?"
        r" | [(\[] (?:this|the) \s+ (?:story|report|article) \s+ (?:has|is|was) \s+ .{1,160} [)\]]"
        r" | our \s+ standards \s* : .{1,80}"
        r" | [-–—*# ]* (?:end|ends|\#{2,}) [-–—*# ]*",
        trailing=True,
    ),
)

INSIDE: tuple[Rule, ...] = (
    _rule(
        "dateline",
        "place, day or agency before the first sentence",
        # an agency in brackets; or a day; or a place in capitals and a colon or dash
        rf"(?!(?:{_LABELS})\b) (?:"
        rf" {_ANY_CASE} {_REGION} (?: \s* , \s* {_DAY})? \s* \( (?-i:[A-Z]) [^()]{{1,40}} \)"
        rf" (?:{_DASH} | \s* : \s+)"
        rf" | {_CAPITALS} {_REGION} \s* , \s* {_DAY} (?:{_DASH} | \s* : \s+)"
        rf" | {_CAPITALS} {_REGION} (?:\s* (?:—|–|--) \s* | \s+ - \s+ | \s* : \s+) )",
        place="start",
    ),
    _rule(
        "agency tail",
        "name of the agency after the last sentence",
        rf"(?<=[.!?”\"’'])\s* (?:[(\[] {_AGENCIES} [)\]] | (?:—|–|--) \s? {_AGENCIES}) \.? $",
        place="end",
    ),
)

ZONED: tuple[Rule, ...] = (
    _rule(
        "correction",
        "says what was wrong in an earlier version",
        r"[(\[*]* (?:corrections?|clarification|correction \s appended|editor['’]s \s+ note"
        r" \s* [:–—-] \s* (?=.*(?:earlier|previous|correct|amend|version)))"
        r" (?:\s* \( [^)]{1,40} \))? \s* [:–—-] .*"
        r" | [(\[*]* (?:this|an \s earlier \s version \s of \s this) \s+ (?:article|story|report)"
        r" \s+ (?:was|has \s been|is) \s+ (?:amended|corrected|updated) \b .*"
        r" | [(\[*]* an? \s+ (?:earlier|previous) \s+ version \s+ of \s+ this"
        r" \s+ (?:article|story|report) \b .*",
        zone="correction",
        longest=1500,
    ),
    _rule(
        "caption",
        "describes a picture",
        r"(?:caption|(?:file \s+)? (?:photo|image|picture)) \s* [:|] \s* (?=.{25,}) .*"
        r" | \(?(?:in \s (?:this|the) (?:\s\w+)? \s (?:photo|image|picture) | pictured) \b"
        r" [ ,:] .*",
        zone="caption",
        longest=400,
    ),
)

NEWS: tuple[Rule, ...] = (*FURNITURE, *INSIDE, *ZONED)


def cleaning_rules(
    base: str = "news", *, off: str | Iterable[str] = (), add: Mapping[str, str] | None = None
) -> Rules:
    """Return the rules of a cleaning, for `read_articles(clean=…)` and `Corpus.clean`.

    Parameters
    ----------
    base
        "news": the rules for pages and agency texts. "none": no rule.
    off
        Names of rules to leave out; `cleaning_rules().names` lists them.
    add
        Your own rules, name to regular expression. A paragraph that matches as a whole is cut;
        capitals and small letters are the same. They come first and stand in the cleaning log
        as "own: name".

    Returns
    -------
    Rules
        The rules, in the order in which they are tried: the first that matches cuts.

    Raises
    ------
    ValueError
        If a name is unknown or a pattern is no regular expression.

    Examples
    --------
    >>> import corpuskit as ck
    >>> ck.cleaning_rules("none", add={"teaser": "tomorrow in this paper.*"})
    Rules(own: teaser)
    """
    known = {"news": NEWS, "none": ()}[one_of("base", base, ("news", "none"))]
    names = [rule.name for rule in known]
    left_out = {one_of("off", name, names) for name in ([off] if isinstance(off, str) else off)}
    own = [own_rule(name, pattern) for name, pattern in (add or {}).items()]
    return Rules((*own, *(rule for rule in known if rule.name not in left_out)))


def rules_of(clean: bool | Sequence[Rule]) -> Sequence[Rule]:
    """Return the rules that an option stands for: True those for news, False none."""
    return (NEWS if clean else ()) if isinstance(clean, bool) else clean
