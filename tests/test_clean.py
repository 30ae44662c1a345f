"""Page furniture: named rules, whole paragraphs, nothing of the article."""

from __future__ import annotations

import pytest

from corpuskit.reading.article import Cut, Options
from corpuskit.reading.cleaning.clean import furniture
from corpuskit.reading.cleaning.newsrules import NEWS
from corpuskit.reading.layout import lines_of, read_layout

FURNITURE = [
    ("Comments", "comments"),
    ("comments (12)", "comments"),
    ("12 Comments", "comments"),
    ("No comments yet", "comments"),
    ("Leave a comment", "comments"),
    ("Also read: Why it matters", "also read"),
    ("ALSO READ | Why it matters", "also read"),
    ("Read more: Why it matters", "also read"),
    ("Related stories", "also read"),
    ("Share this article", "share"),
    ("Share this story on Facebook", "share"),
    ("Follow us on X", "share"),
    ("Advertisement", "advertisement"),
    ("Story continues below advertisement", "advertisement"),
    ("\u200b\u200b", "invisible"),
]


@pytest.mark.parametrize(("line", "rule"), FURNITURE)
def test_furniture_is_cut_with_its_rule(line: str, rule: str) -> None:
    text = f"The lead.\n{line}"
    cuts = furniture(text, lines_of(text).spans)
    assert [cut.rule for cut in cuts.values()] == [rule]
    assert all(cut.reason for cut in cuts.values())


KEPT = [
    "Comments by the minister were brief.",
    "He would not comment.",
    "Also read into the record was a letter from the pilots.",
    "Read more books, she said.",
    "Share prices rose.",
    "Related costs have doubled.",
    "Also read: " + "a long paragraph that is surely the article's own. " * 5,
    "Advertisements in the paper have doubled in price.",
    "12 comments were received by the board.",
]


@pytest.mark.parametrize("line", KEPT)
def test_the_article_is_not_cut(line: str) -> None:
    text = f"The lead.\n{line}"
    assert furniture(text, lines_of(text).spans) == {}


def test_comments_are_furniture_only_where_nothing_else_follows() -> None:
    inside = "The lead.\nComments\nThe body goes on."
    assert furniture(inside, lines_of(inside).spans) == {}
    end = "The lead.\nComments\nShare this article\nComments (2)"
    assert [cut.rule for cut in furniture(end, lines_of(end).spans).values()] == [
        "comments",
        "share",
        "comments",
    ]


def test_clean_false_keeps_furniture_but_not_header_lines() -> None:
    text = "Head\n- In Reports\n- 07:29 PM, Jan 27, 2026\nThe lead.\nComments"
    kept, _ = read_layout(text, Options(clean=False))
    assert kept.paragraphs == ["The lead.", "Comments"]
    assert [cut.rule for cut in kept.cuts] == ["header", "header"]
    cut, _ = read_layout(text, Options())
    assert cut.paragraphs == ["The lead."]
    assert cut.cuts[-1] == Cut(53, 61, "comments", "heading or count of a comment section")


def test_rules_are_named_once() -> None:
    names = [rule.name for rule in NEWS if rule.place == "paragraph"]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("line", ["read more " * 20, "share " * 30, "( " * 90, "12 " * 60])
def test_rules_answer_at_once(line: str) -> None:
    text = line * 500
    assert furniture(text, [(0, len(text))]) == {}
    assert len(furniture(text[:200], [(0, 200)])) <= 1


@pytest.mark.parametrize(
    "paragraph",
    [
        "Also on Tuesday – hours after the talks – the two sides signed a pact.",
        "More on tariffs: the minister ruled them out.",
        "Related: the two sides also spoke on trade, he said.",
        "Must read — the minister joked.",
        "Share with Europe the burden of defence, he said",
        "Like us on the coast they fish.",
    ],
)
def test_a_sentence_that_begins_like_a_pointer_is_kept(paragraph: str) -> None:
    assert furniture(paragraph, [(0, len(paragraph))]) == {}


@pytest.mark.parametrize(
    "paragraph",
    [
        "More on this: Ports",
        "Related: What the pact says",
        "Share on Facebook, X and WhatsApp",
        "Follow us on X",
    ],
)
def test_a_pointer_is_cut(paragraph: str) -> None:
    assert list(furniture(paragraph, [(0, len(paragraph))])) == [(0, len(paragraph))]
