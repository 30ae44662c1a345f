"""Web pages: the article and nothing else; lying, broken and hostile pages."""

from __future__ import annotations

import gzip
import logging
import re

import pytest

from corpuskit.reading.article import Article, Options, Reading
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.web.page import MOST_TAGS, is_page, read_web

BODY = [
    "The desk in the corner is small, and it is meant for one officer who reads the weather.",
    "It was offered on Tuesday, after talks that both sides called warm and useful for all.",
    "“We will see,” said a retired pilot, who has seen desks come and go since he was young.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)
HEAD = """<meta charset="utf-8"><title>A desk | The Post</title>
<meta name="author" content="Jane Doe"><meta property="og:site_name" content="The Post">
<meta property="article:published_time" content="2026-01-29T08:05:00+01:00">
<meta property="article:section" content="Essays">
<link rel="canonical" href="https://example.org/desk">
<style>.x{color:red}</style><script>var secret = "partnership";</script>"""
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head>{HEAD}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>A desk for one officer</h1>{PARAGRAPHS}</article>
<aside><h2>Related</h2><a href="/1">Another story about something else</a></aside></main>
<script>document.write("partnership")</script>
<footer><p>Accept cookies. About us.</p></footer></body></html>"""


def read(page: str | bytes, **said: object) -> Reading:
    """Return what is read from a page."""
    data = page.encode() if isinstance(page, str) else page
    return read_web(data, Options(**said))  # type: ignore[arg-type]


def article(page: str | bytes) -> Article:
    """Return the one article of a page."""
    return read(page).articles[0]


def test_article_of_a_page_with_its_fields() -> None:
    found = article(PAGE)
    assert found.headline == "A desk for one officer"
    assert found.paragraphs == BODY
    assert found.text == "\n\n".join(["A desk for one officer", *BODY])
    assert [zone.name for zone in found.zones] == ["headline", "lead", "body", "body"]
    assert found.byline == "Jane Doe"
    assert found.section == "Essays"
    assert found.published == "2026-01-29T08:05+01:00"
    assert found.language == "en-GB"
    assert found.url == "https://example.org/desk"
    assert found.extra == {"site": "The Post"}
    assert read(PAGE).findings == ()


@pytest.mark.parametrize(
    ("stated", "published", "codes"),
    [
        ('<time datetime="2026-01-27T19:29">Tuesday</time>', "2026-01-27T19:29", []),
        ('<span itemprop="datePublished">27 January 2026</span>', "2026-01-27", []),
        (
            '<script type="application/ld+json">{"datePublished": "2026-01-27T19:29:00Z"}</script>',
            "2026-01-27T19:29+00:00",
            [],
        ),
        ('<meta name="date" content="03/02/2026">', "", ["CK-131"]),
        ('<time datetime="yesterday">yesterday</time>', "", ["CK-133"]),
        ("", "", []),
    ],
)
def test_date_is_what_the_page_states(stated: str, published: str, codes: list[str]) -> None:
    page = f"<html><body><article><h1>A desk</h1>{stated}{PARAGRAPHS}</article></body></html>"
    reading = read(page)
    assert reading.articles[0].published == published
    assert [found.code for found in reading.findings] == codes


def test_canonical_address_must_be_a_web_address() -> None:
    page = PAGE.replace("https://example.org/desk", "javascript:alert(1)")
    assert article(page).url == ""


def test_charset_of_the_page() -> None:
    page = PAGE.replace("utf-8", "windows-1252")
    right = read(page.encode("cp1252"))
    assert (right.encoding, right.findings) == ("cp1252 (declared)", ())
    assert right.articles[0].paragraphs == BODY
    lying = read(page.encode())
    assert lying.articles[0].paragraphs == BODY
    assert [found.code for found in lying.findings] == ["CK-122"]


def test_markup_in_entities_becomes_plain_text() -> None:
    tail = "<p>&lt;script&gt; he wrote, but not &lt;b&gt;</p>"
    assert (
        article(f"<html><body><article>{PARAGRAPHS}{tail}</article>").paragraphs[-1]
        == "<script> he wrote, but not <b>"
    )


def test_entities_of_the_page_are_not_expanded() -> None:
    secret = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:/etc/passwd'>]>"
    reading = read(f"{secret}<html><body><article>{PARAGRAPHS}<p>So &x; it is.</p></article>")
    assert reading.articles[0].paragraphs[-1] == "So &x; it is."
    assert [found.note for found in reading.findings] == [
        "CK-144: it declares entities of its own; they were not expanded. Check the text."
    ]


def test_short_article_that_the_page_marks_itself() -> None:
    assert article("<html><article><p>The desk is small.</p></article>").paragraphs == [
        "The desk is small."
    ]


MENU = "".join(f"<a href=/{i}>Story number {i} about things</a><br>" for i in range(40))
NO_ARTICLE = "CK-141: no article text found. Save the page of the article itself, or its text."
REFUSED = [
    ("<html><nav><a href=/>Home</a></nav><footer>Accept cookies</footer></html>", NO_ARTICLE),
    (f"<html><body><div>{MENU}</div></body></html>", NO_ARTICLE),
    ("<html><body>" + "<!--" * 10_000, NO_ARTICLE),
    ("<!doctype html [" + "]  " * 100_000, NO_ARTICLE),
    (
        "<html><body>" + "<div>" * 100_000 + "<p>The desk.</p>",
        "CK-142: no article text found: the page is nested 255 tags deep or deeper. "
        "Save the text of the article as .txt.",
    ),
    (
        "<html><body>" + "<p>" * (MOST_TAGS + 1),
        "CK-146: the page holds 100,003 tags, more than the 100,000 of one article. "
        "Save the text of the article as .txt.",
    ),
    (
        gzip.compress(PAGE.encode())[:-20],
        "CK-104: the file looks like gzip data that is cut off, not text. "
        "Open it in its own program and save the article as .txt, .html or .docx.",
    ),
    (
        b"\x1f\x8b\x08\xffpage",
        "CK-104: the file looks like gzip data, not text. "
        "Open it in its own program and save the article as .txt, .html or .docx.",
    ),
]


@pytest.mark.parametrize(("page", "reason"), REFUSED)
def test_page_without_an_article_is_left_out(page: str | bytes, reason: str) -> None:
    with pytest.raises(Skipped, match=f"^{re.escape(reason)}$"):
        read(page)


def test_text_below_the_deepest_tags_is_told() -> None:
    page = f"<html><body><article>{PARAGRAPHS}</article>" + "<div>" * 300 + "</html>"
    reading = read(page)
    assert reading.articles[0].paragraphs == BODY
    assert [found.code for found in reading.findings] == ["CK-143"]


def test_comment_that_never_ends() -> None:
    assert article(f"<html><article>{PARAGRAPHS}</article><!-- <p>and so on").paragraphs == BODY


def test_parsers_write_nothing_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Skipped):
        read("<html></html>")
    assert caplog.records == []
    assert logging.getLogger("trafilatura").propagate


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ('<html lang="en_GB"><head>', "en-GB"),
        ('<html><head><meta property="og:locale" content="de_AT">', "de-AT"),
        ("<html><head>", ""),
    ],
)
def test_language_is_what_the_page_states(stated: str, language: str) -> None:
    assert article(f"{stated}</head><body><article>{PARAGRAPHS}</article>").language == language


@pytest.mark.parametrize("stated", ['"Region"', '["Region", "Harbour"]'])
def test_section_that_is_stated_for_machines_alone(stated: str) -> None:
    data = f'<script type="application/ld+json">{{"articleSection": {stated}}}</script>'
    page = f"<html><head>{data}</head><body><article>{PARAGRAPHS}</article>"
    assert article(page).section == "Region"


def test_page_of_very_many_links() -> None:
    links = "".join(f'<footer><a href="/{i}">Link</a>' for i in range(3_000))
    assert article(PAGE.replace("</body>", links)).paragraphs == BODY


def test_page_that_was_saved_compressed() -> None:
    reading = read(gzip.compress(PAGE.encode()))
    assert reading.articles[0].paragraphs == BODY
    assert [found.code for found in reading.findings] == ["CK-177"]
    with pytest.raises(Skipped, match=r"^CK-155: the document unpacks to more than 40 MB\."):
        read(gzip.compress(b" " * 50_000_000))


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (b"<!doctype html><p>x", True),
        (b"\xef\xbb\xbf\n <HTML lang=en>", True),
        (b'<?xml version="1.0"?>\n<!-- saved --><html>', True),
        (b"A report on <html> and what it is", False),
        (b"<b>Bold</b> words", False),
    ],
)
def test_page_is_known_by_its_beginning(data: bytes, page: bool) -> None:
    assert is_page(data) is page
