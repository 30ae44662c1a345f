"""Articles: offsets into an untouched text, and a partition of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import news_texts

from corpuskit.reading.article import Article, Articles, Cut, Options, Zone
from corpuskit.reading.layout import read_layout
from corpuskit.reading.report import Skipped, read_report

TEXT = "Head\n\nFirst “one”.\nSecond.\nComments"
ARTICLE = Article(
    id="a.txt",
    text=TEXT,
    headline="Head",
    published="2026-01-27T19:29+05:30",
    zones=(Zone(0, 4, "headline"), Zone(6, 18, "lead"), Zone(19, 26, "body")),
    cuts=(Cut(27, 35, "comments", "heading or count of a comment section"),),
)

LINES = [
    "A headline without an end",
    "Title: The headline",
    "Source: The Outlet",
    "Date: 2026-01-27",
    "Note: an ordinary line.",
    "- In Reports",
    "- 07:29 PM, Jan 27, 2026",
    "- Myind Staff",
    "By Jane Doe, 27 January 2026",
    "---",
    "# Heading",
    "Also read: More of it",
    "Share this article",
    "Comments (12)",
    "\u200b",
    "and goes on in small letters",
    "“The part\u00adner­ship,” he said, “isn’t cafe\u0301.” 👩‍👩‍👧",
    "",
]
ENDS = ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\n\n", " \n", "\u00a0\r\n\r\n"]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Return texts of header lines, furniture, paragraphs and every kind of line end."""
    line = st.one_of(st.sampled_from(LINES), news_texts(6))
    pairs = draw(st.lists(st.tuples(line, st.sampled_from(ENDS)), min_size=1, max_size=14))
    return "".join(line + end for line, end in pairs)


@given(pages(), st.booleans(), st.booleans())
def test_zones_cuts_and_blanks_cover_the_text_exactly_once(
    text: str, clean: bool, markdown: bool
) -> None:
    try:
        article, _ = read_layout(text, Options(clean=clean), markdown=markdown)
    except Skipped:
        return
    assert article.text == text
    spans = sorted((s.start, s.end) for s in (*article.zones, *article.cuts))
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@given(pages())
def test_zones_are_ordered_paragraphs_without_blanks_at_their_edges(text: str) -> None:
    try:
        article, _ = read_layout(text, Options())
    except Skipped:
        return
    names = [zone.name for zone in article.zones if zone.name != "headline"]
    assert names == ["lead", *["body"] * (len(names) - 1)]
    for zone in article.zones:
        inner = text[zone.start : zone.end]
        assert inner == inner.strip()
    heads = [text[z.start : z.end] for z in article.zones if z.name == "headline"]
    assert heads == ([article.headline] if article.headline else [])
    assert list(article.cuts) == sorted(article.cuts, key=lambda cut: cut.start)


def test_date_paragraphs_and_body() -> None:
    assert ARTICLE.date == "2026-01-27"
    assert ARTICLE.paragraphs == ["First “one”.", "Second."]
    assert ARTICLE.body == "First “one”.\n\nSecond."


def test_articles_is_a_sequence() -> None:
    articles = Articles((ARTICLE,), read_report([]))
    assert len(articles) == 1
    assert list(articles) == [ARTICLE]
    assert articles[0] is ARTICLE
    assert articles[:1] == (ARTICLE,)


def test_an_article_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        ARTICLE.text = "other"  # type: ignore[misc]
