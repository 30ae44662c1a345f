"""Plain text: the layout of a saved page, key lines, and text without any header."""

from __future__ import annotations

import pytest

from corpuskit.reading.article import Article, Options
from corpuskit.reading.plain import read_plain
from corpuskit.reading.report import Skipped

PAGE = """Ministers weigh India’s and Europe’s “shared” desk
- In Reports
- 07:29 PM, Jan 27, 2026
- Desk Staff
The first paragraph tells what happened.
The second tells why: it isn’t clear.

Comments"""


def read(text: str, **said: object) -> Article:
    """Return the article of a text file with this text."""
    markdown = bool(said.pop("markdown", False))
    reading = read_plain(text.encode(), Options(**said), markdown=markdown)  # type: ignore[arg-type]
    return reading.articles[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_saved_page_with_every_line_end(end: str) -> None:
    article = read(PAGE.replace("\n", end))
    assert article.text == PAGE.replace("\n", end)
    assert article.headline == "Ministers weigh India’s and Europe’s “shared” desk"
    assert article.section == "Reports"
    assert article.byline == "Desk Staff"
    assert article.published == "2026-01-27T19:29"
    assert article.date == "2026-01-27"
    assert article.paragraphs == [
        "The first paragraph tells what happened.",
        "The second tells why: it isn’t clear.",
    ]
    assert [zone.name for zone in article.zones] == ["headline", "lead", "body"]
    cuts = [(article.text[cut.start : cut.end], cut.rule, cut.reason) for cut in article.cuts]
    assert cuts == [
        ("- In Reports", "header", "header line: section"),
        ("- 07:29 PM, Jan 27, 2026", "header", "header line: published"),
        ("- Desk Staff", "header", "header line: byline"),
        ("Comments", "comments", "heading or count of a comment section"),
    ]


HEADERS = [
    # text, expected fields
    (
        "Title: A “new” desk\nOutlet: The Post\nSection: World\nByline: By Jane Doe\n"
        "Date: Wed, 28 Jan 2026 17:15:00 +0100\nLanguage: en\nURL: https://example.org/a\n"
        "Word count: 512\n\nThe body.\nMore of it.",
        {
            "headline": "A “new” desk",
            "outlet": "The Post",
            "section": "World",
            "byline": "Jane Doe",
            "published": "2026-01-28T17:15+01:00",
            "language": "en",
            "url": "https://example.org/a",
            "extra": {"word_count": "512"},
            "paragraphs": ["The body.", "More of it."],
        },
    ),
    (  # no blank line below: a line with a colon after the last known key is body
        "Headline: A desk\nSource: The Post\nAnalysts said: it is small.\nMore of it.",
        {"outlet": "The Post", "paragraphs": ["Analysts said: it is small.", "More of it."]},
    ),
    (  # a headline above the block
        "A desk for one officer\nSource: The Post\nDate: 2026-01-27\n\nThe body.",
        {"headline": "A desk for one officer", "outlet": "The Post", "paragraphs": ["The body."]},
    ),
    (  # no title in the block: the first short line below it
        "Source: The Post\nDate: 2026-01-27\n\nA desk for one officer\n\nThe body.",
        {"headline": "A desk for one officer", "paragraphs": ["The body."]},
    ),
    (  # the title a second time
        "Title: A desk\nDate: 2026-01-27\n\nA desk\nThe body.",
        {"headline": "A desk", "paragraphs": ["The body."]},
    ),
    (  # front matter
        "---\ntitle: \"A desk\"\ndate: '2026-01-27'\ntags:\n  - one\n---\nThe body.\nMore.",
        {"headline": "A desk", "published": "2026-01-27", "paragraphs": ["The body.", "More."]},
    ),
    (  # bare lines
        "A desk for one officer\nBy Jane Doe and John Roe\n27 January 2026\n\nThe body.",
        {"byline": "Jane Doe and John Roe", "published": "2026-01-27", "paragraphs": ["The body."]},
    ),
    (
        "A desk for one officer\nBy Jane Doe, 29 January 2026, 06:45 PM\nThe body.",
        {"byline": "Jane Doe", "published": "2026-01-29T18:45", "paragraphs": ["The body."]},
    ),
    (  # a page without a date, and a headline that asks
        "Who needs a desk?\n- In Opinion\n- Jane Doe\nThe body.",
        {"headline": "Who needs a desk?", "section": "Opinion", "byline": "Jane Doe"},
    ),
    (
        "A desk\n- In World\n- 07:29 PM, Jan 27, 2026\n- Jane Doe\n"
        "- Updated: 08:00 PM, Jan 28, 2026\n- 3 min read\nThe body.",
        {
            "published": "2026-01-27T19:29",
            "extra": {"updated": "Updated: 08:00 PM, Jan 28, 2026", "page_line": "3 min read"},
            "paragraphs": ["The body."],
        },
    ),
    (  # names typed in two ways are one name
        "Title: A desk\nByline: Ine\u0300s Carvalhal\nSource: Cafe\u0301\n\nThe body.",
        {"byline": "In\u00e8s Carvalhal", "outlet": "Caf\u00e9"},
    ),
]


@pytest.mark.parametrize(("text", "fields"), HEADERS)
def test_header_lines(text: str, fields: dict[str, object]) -> None:
    article = read(text)
    assert {name: getattr(article, name) for name in fields} == fields
    assert article.text == text


BODIES = [
    # text, headline, paragraphs: nothing of these is a header
    ("Note: the desk is small.\nIt stands.", "", ["Note: the desk is small.", "It stands."]),
    ("Q: Why now?\nA: Because.\n\nQ: Yes?\nA: No.", "", None),
    ("Reporter: Why now?\n\nMinister: Because.", "", None),
    ("Wanted\n- A desk.\n- A chair.\nThe list is long.", "Wanted", None),
    ("In 2024\n- In 2024 exports rose.\n- Imports fell.", "In 2024", None),
    ("A desk", "", ["A desk"]),
    ("A desk for one officer\nThe body.", "A desk for one officer", ["The body."]),
    ("A desk for one officer.\nThe body.", "", ["A desk for one officer.", "The body."]),
    ("Fellow citizens:\n\nThe body.", "", ["Fellow citizens:", "The body."]),
    ("He said “no.”\nThe body.", "", ["He said “no.”", "The body."]),
    ("x" * 151 + "\nThe body.", "", ["x" * 151, "The body."]),
    ("Share this article\nThe body.", "", ["The body."]),
]


@pytest.mark.parametrize(("text", "headline", "paragraphs"), BODIES)
def test_text_without_a_header(text: str, headline: str, paragraphs: list[str] | None) -> None:
    article = read(text)
    assert article.headline == headline
    assert [cut for cut in article.cuts if cut.rule == "header"] == []
    if paragraphs is not None:
        assert article.paragraphs == paragraphs


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    text = "A desk for one\n\nThe desk stands in\nthe corner of a room.\n\nNobody sits\nat it.\n"
    article = read(text)
    assert article.headline == "A desk for one"
    assert article.paragraphs == [
        "The desk stands in\nthe corner of a room.",
        "Nobody sits\nat it.",
    ]
    assert read("The desk stands in\nthe corner.").headline == ""
    heading = read("# A desk\nstands in the corner\nof a room.", markdown=True)
    assert (heading.headline, heading.body) == ("A desk", "stands in the corner\nof a room.")


def test_markdown_marks_are_cut_from_headings_only() -> None:
    text = "# A desk.\n\nThe *body*.\n\n## Below\n\n#tag stays"
    article = read(text, markdown=True)
    assert article.headline == "A desk."
    assert article.paragraphs == ["The *body*.", "Below", "#tag stays"]
    assert [(cut.rule, text[cut.start : cut.end]) for cut in article.cuts] == [
        ("markup", "#"),
        ("markup", "##"),
    ]
    assert read(text).paragraphs[-1] == "#tag stays"


def test_ambiguous_date_is_left_empty_with_a_note() -> None:
    text = b"Title: A desk\nDate: 03/02/2026\n\nThe body."
    reading = read_plain(text, Options())
    assert reading.articles[0].published == ""
    assert [found.code for found in reading.findings] == ["CK-131"]
    known = read_plain(text, Options(date_order="dmy"))
    assert (known.articles[0].published, known.findings) == ("2026-02-03", ())


@pytest.mark.parametrize("text", ["Comments", "Title: A\nDate: 2026-01-27\n\n", "Share this\n"])
def test_nothing_but_header_and_furniture_is_left_out(text: str) -> None:
    reason = (
        "^CK-103: the file holds header lines or page furniture, but no article text. "
        "Check the export; clean=False keeps page furniture.$"
    )
    with pytest.raises(Skipped, match=reason):
        read(text)
