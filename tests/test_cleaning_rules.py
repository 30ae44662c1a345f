"""Rules of cleaning: what each cuts, what it leaves, and how a cut is undone."""

from __future__ import annotations

import os
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.reading.article import Article, Cut, Options, Zone
from corpuskit.reading.cleaning.clean import cleaned, paragraphs_of, recleaned, undone
from corpuskit.reading.cleaning.newsrules import NEWS, cleaning_rules
from corpuskit.reading.cleaning.rules import Rules
from corpuskit.reading.layout import lines_of, read_layout

EXAMPLES = int(os.environ.get("CORPUSKIT_EXAMPLES", "300"))


def read(*paragraphs, clean=True, byline=""):
    """The zones and cuts of a body, as pieces of text."""
    text = "\n".join(paragraphs)
    zones, cuts = cleaned(text, lines_of(text).spans, clean, byline)
    return (
        [(zone.name, text[zone.start : zone.end]) for zone in zones],
        [(cut.rule, text[cut.start : cut.end]) for cut in cuts],
    )


CUT = [
    ("We use cookies to give you the best experience on our site.", "cookies"),
    ("This website uses cookies. Accept?", "cookies"),
    ("By continuing to browse you agree to our use of cookies.", "cookies"),
    ("Accept all cookies", "cookies"),
    ("Cookie settings", "cookies"),
    ("Subscribe now", "subscribe"),
    ("Sign up for our daily newsletter.", "subscribe"),
    ("Already a subscriber? Log in", "subscribe"),
    ("Photo: Asha Rao", "photo credit"),
    ("(Photo by Asha Rao)", "photo credit"),
    ("File photo | Harbour Gazette", "photo credit"),
    ("Image courtesy: Port Authority", "photo credit"),
    ("Picture credit: A. Rao", "photo credit"),
    ("Asha Rao/AFP via Getty Images", "photo credit"),
    ("REUTERS/Asha Rao", "photo credit"),
    ("© 2026 Harbour Gazette", "copyright"),
    ("Copyright 2026 Harbour Gazette. All rights reserved.", "copyright"),
    ("(Reporting by Asha Rao; Editing by B. Doe)", "agency tail"),
    ("Additional reporting by Asha Rao in Goa.", "agency tail"),
    ("(With inputs from PTI)", "agency tail"),
    ("(ANI)", "agency tail"),
    ("— PTI", "agency tail"),
    ("-- END --", "agency tail"),
    ("(This story has not been edited by staff and is published from a feed.)", "agency tail"),
]


@pytest.mark.parametrize(("line", "rule"), CUT)
def test_furniture_of_news_is_cut(line, rule):
    assert read("The lead.", "The body.", line) == (
        [("lead", "The lead."), ("body", "The body.")],
        [(rule, line)],
    )


KEPT = [
    "We use cookies as a metaphor for small favours, he said, and everyone laughed. " * 9,
    "Subscribe to the treaty or leave it, the minister said, and left the room.",
    "The photo by the door had faded.",
    "Copyright law was not discussed.",
    "Reporting by satellite was slow in those days.",
    "Editing is a craft.",
    "Ends and means are two things.",
    "Reuters was founded in 1851.",
    "The end of the pier was closed.",
    "In pictures, the ship looked larger.",
    "Corrections officers went on strike.",
    "This article of the treaty was amended in 2009 by the two sides.",
    "Updates will follow.",
]


@pytest.mark.parametrize("line", KEPT[:-1])
def test_sentences_of_the_article_stay(line):
    zones, cuts = read("The lead.", line, "The end of it.")
    assert cuts == []
    assert [name for name, _ in zones] == ["lead", "body", "body"]


DATELINES = [
    ("NEW DELHI, Jan 27 (Meridian) - India met Europe.", "NEW DELHI, Jan 27 (Meridian) -"),
    ("NEW DELHI: India met Europe.", "NEW DELHI:"),
    ("New Delhi, January 27 (PTI): India met Europe.", "New Delhi, January 27 (PTI):"),
    ("BRUSSELS (AP) — India met Europe.", "BRUSSELS (AP) —"),
    ("Brussels, Belgium (Reuters) - India met Europe.", "Brussels, Belgium (Reuters) -"),
    ("GOA, India, 27 January 2026 – India met Europe.", "GOA, India, 27 January 2026 –"),
    ("ST. JOHN’S — India met Europe.", "ST. JOHN’S —"),
    ("PARIS - India met Europe.", "PARIS -"),
]


@pytest.mark.parametrize(("lead", "cut"), DATELINES)
def test_a_dateline_is_cut_from_the_first_paragraph(lead, cut):
    zones, cuts = read(lead, "PARIS - a body is left alone.")
    assert cuts == [("dateline", cut)]
    assert zones[0] == ("lead", "India met Europe.")
    assert zones[1] == ("body", "PARIS - a body is left alone.")


@pytest.mark.parametrize(
    "lead",
    [
        "India met Europe on Tuesday.",
        "Berlin: a history of a wall.",
        "EXCLUSIVE: India met Europe.",
        "ANALYSIS - what the meeting means.",
        "NATO-led forces left.",
        "The EU (and India) - a long story.",
        "A - B - C",
        "Delhi-based firms rose.",
        "US-India talks: a beginning.",
        "ITEM 4 (b) was struck.",
        "WHAT GOES OUT? Less.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(lead):
    assert read(lead, "The body.")[1] == []


def test_a_dateline_alone_is_not_cut_away():
    """A paragraph is never left without a word by a cut at its edge."""
    assert read("NEW DELHI: ")[1] == []


def test_the_agency_behind_the_last_sentence_is_cut():
    zones, cuts = read("The lead.", "It ended. (Reuters)")
    assert zones[-1] == ("body", "It ended.")
    assert cuts == [("agency tail", "(Reuters)")]
    assert read("It ended. (Reuters)", "More.")[1] == []


def test_the_byline_is_cut_where_the_body_says_it_again():
    zones, cuts = read("By Asha  Rao", "The lead.", "Asha Rao wrote a book.", byline="Asha Rao")
    assert cuts == [("byline", "By Asha  Rao")]
    assert [name for name, _ in zones] == ["lead", "body"]
    assert read("By Asha Rao", "The lead.", byline="")[1] == []


def test_captions_and_corrections_are_zones_not_cuts():
    zones, cuts = read(
        "Photo: The two ministers stand on the pier before the talks",
        "The lead.",
        "Correction: An earlier version gave a wrong date.",
        "(This article was amended on 3 February: the rank was wrong.)",
        "In this photo, ships wait.",
    )
    assert cuts == []
    assert [name for name, _ in zones] == [
        "caption", "lead", "correction", "correction", "caption",
    ]  # fmt: skip


def test_agency_marks_are_furniture_only_at_the_end():
    assert read("The lead.", "(ANI)", "The body.")[1] == []


def test_rules_can_be_left_out_and_added():
    line = "Tomorrow in this paper: more."
    rules = cleaning_rules(off="dateline", add={"teaser": "tomorrow in this paper.*"})
    zones, cuts = read("PARIS: The lead.", line, clean=rules)
    assert zones == [("lead", "PARIS: The lead.")]
    assert cuts == [("own: teaser", line)]
    assert len(cleaning_rules("none")) == 0
    assert cleaning_rules().names == tuple(rule.name for rule in NEWS)
    assert repr(cleaning_rules("none")) == "Rules(none)"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: cleaning_rules("new"),
            "`base` must be one of 'news', 'none'; not 'new'. Did you mean 'news'?",
        ),
        (
            lambda: cleaning_rules(off="datelines"),
            "Did you mean 'dateline'?",
        ),
        (
            lambda: cleaning_rules(add={"a": "(b"}),
            "`add` must be regular expressions; not '(b'. This one is none: missing )",
        ),
    ],
)
def test_mistakes_are_named(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_a_slow_pattern_is_refused_in_time():
    slow = cleaning_rules("none", add={"slow": r"(a|aa)+$"})
    begun = time.monotonic()
    with pytest.raises(ValueError, match="too slow"):
        read("a" * 200 + "!", clean=slow)
    assert time.monotonic() - begun < 10


def test_rules_behave_as_a_sequence():
    rules = Rules(NEWS)
    assert (len(rules), rules[0], list(rules)) == (len(NEWS), NEWS[0], list(NEWS))


PAGE = (
    "Head of the page\n- In Reports\n- 07:29 PM, Jan 27, 2026\n- ASHA RAO\n"
    "GOA, Jan 27 (PTI) - The lead. It goes on.\nAlso read: More\n"
    "Photo: The ministers at the pier on Tuesday morning\nThe body. (PTI)\nShare this article\n"
    "Comments (2)"
)


def test_undo_gives_back_what_no_cleaning_would_have_cut():
    plain, _ = read_layout(PAGE, Options(clean=False))
    clean, _ = read_layout(PAGE, Options())
    assert [cut.rule for cut in clean.cuts] == [
        "header", "header", "header", "dateline", "also read", "agency tail", "share", "comments",
    ]  # fmt: skip
    assert undone(clean) == plain
    assert recleaned(plain, True) == clean
    assert recleaned(clean, True) == clean


def test_undo_of_one_rule_leaves_the_others():
    clean, _ = read_layout(PAGE, Options())
    some = undone(clean, ["dateline", "share"])
    assert [cut.rule for cut in some.cuts] == [
        "header", "header", "header", "also read", "agency tail", "comments",
    ]  # fmt: skip
    assert some.paragraphs == [
        "GOA, Jan 27 (PTI) - The lead. It goes on.",
        "The body.",
        "Share this article",
    ]
    assert [zone.name for zone in some.zones] == ["headline", "lead", "caption", "body", "body"]
    assert undone(clean, ["cookies"]) is clean


_lines = st.lists(
    st.one_of(
        st.sampled_from([line for line, _ in CUT] + KEPT + [lead for lead, _ in DATELINES]),
        st.text("aA. :-(\t—é\u200b”", min_size=1, max_size=30),
        st.sampled_from(
            ["", "  ", "Correction: it was wrong before.", "It ended. (AP)", "Asha Rao"]
        ),
    ),
    min_size=1,
    max_size=9,
)
_breaks = st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\n \n"])


@settings(max_examples=EXAMPLES, deadline=None)
@given(_lines, _breaks, st.lists(st.sampled_from(sorted({rule.name for rule in NEWS})), max_size=3))
def test_kept_and_cut_partition_the_text_and_every_cut_can_be_undone(lines, joint, off):
    text = joint.join(lines)
    spans = lines_of(text).spans
    rules = cleaning_rules(off=off)
    zones, cuts = cleaned(text, spans, rules, "Asha Rao")
    pieces = sorted([(z.start, z.end) for z in zones] + [(c.start, c.end) for c in cuts])
    assert all(a[1] <= b[0] for a, b in pairwise(pieces))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in pieces)
    covered = set().union(*(range(start, end) for start, end in pieces))
    assert all(n in covered or char.isspace() for n, char in enumerate(text))
    article = Article("a", text, byline="Asha Rao", zones=tuple(zones), cuts=tuple(cuts))
    whole, none = cleaned(text, spans, False)
    assert none == []
    assert undone(article) == Article("a", text, byline="Asha Rao", zones=tuple(whole))
    assert recleaned(undone(article), rules) == article
    assert paragraphs_of(article, lambda cut: True) == spans


def test_cuts_that_the_layout_made_are_never_undone():
    article = Article(
        "a", "Key: value\n\nText.", zones=(Zone(12, 17, "lead"),), cuts=(Cut(0, 10, "header", "h"),)
    )
    assert undone(article) == article
