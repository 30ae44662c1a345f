"""Rich Text files: what a reader of the document would see, and files that are cut or attack."""

from __future__ import annotations

import re

import pytest

from corpuskit.reading.article import Article, Options, Reading
from corpuskit.reading.documents.rtf import is_rtf, lines_of_rtf, read_rtf
from corpuskit.reading.documents.rtfmarks import MOST_MARKS
from corpuskit.reading.findings.told import Skipped

FONTS = (
    rb"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Gothic;}"
    rb"{\f3\fcharset2 Symbol;}{\f4\fcharset134{\*\falt Song}SimSun;}{\f5\fcharset129 Batang;}}"
)
STYLES = rb"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Title;}{\*\cs9 Default;}}"


def rtf(body: bytes, head: bytes = rb"\ansi\ansicpg1252\deff0\uc1") -> bytes:
    """Return a file with this body."""
    return rb"{\rtf1" + head + FONTS + STYLES + b"\n" + body + b"}"


def read(body: bytes) -> Reading:
    return read_rtf(rtf(body), Options())


def article(body: bytes) -> Article:
    return read(body).articles[0]


def test_headline_by_style_and_header_line() -> None:
    body = rb"\pard\s1 Who needs a desk?\par\pard By Jane Doe, 29 January 2026, 06:45 PM\par "
    found = article(body + rb"The lead.\par The body.\par Comments\par")
    assert found.headline == "Who needs a desk?"
    assert (found.byline, found.published) == ("Jane Doe", "2026-01-29T18:45")
    assert found.paragraphs == ["The lead.", "The body."]


SEEN = [
    # what the file holds, the lines that are read
    (rb"Plain text.\par\par More.", ["Plain text.", "More."]),
    (b"One\r\nline\n of it.\\par", ["Oneline of it."]),
    (b"A line.\\\nThe next.\\\r", ["A line.", "The next."]),
    # characters
    (rb"Caf\'e9 \'93quoted\'94 \'80 5.", ["Café “quoted” € 5."]),
    (
        rb"It\rquote s \ldblquote here\rdblquote \emdash 5\~km\_h.",
        ["It’s “here”—5\u00a0km\u2011h."],
    ),
    (rb"part\-ner \{x\} a\\b.", ["part\u00adner {x} a\\b."]),
    (rb"\u8217\'92 \u-10179?\u-8704? \u-3913 ?", ["’ 😀 •"]),
    (rb"{\uc2\u268\'43\'43}{\uc0\u233}x\u233?y", ["Čéxéy"]),
    (rb"\u55357?x", ["x"]),
    # code pages of fonts: two bytes may make one character, one of them a letter
    (rb"{\f1\'ef\'f0\'e8}{\f2\'83A\'83\'42}{\f4\'c6\'f8}{\f5\'b1\'e2}", ["приアィ气기"]),
    (rb"{\f3\'b7\'61} {\f3\u-4000?}x", ["•α x"]),
    # parts of a document
    (rb"A text.\par\trowd One\cell Two\cell\row Below.", ["A text.", "One", "Two", "Below."]),
    (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt A link}}.", ["A link."]),
    (rb"Kept {\deleted gone}text.", ["Kept text."]),
    (
        rb"A{\*\annotation Says who?}{\pict\wmetafile8 0102}{\*\unknown {x}} picture.",
        ["A picture."],
    ),
    (rb"A{\*\bkmkstart x}{\object\objemb{\*\objdata 01}{\result {n object}}}.", ["An object."]),
    (rb"{\listtext\tab 1.}Item.", ["Item."]),
    (rb"A\bin5 }}{\\{ text.", ["A text."]),
    (
        rb"Before{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt In a box.\par}}{\shprslt Twice}}.\par",
        ["Before.", "In a box."],
    ),
    (rb"One.\page Two.\sect Three.", ["One.", "Two.", "Three."]),
]


@pytest.mark.parametrize(("body", "lines"), SEEN)
def test_what_is_read(body: bytes, lines: list[str]) -> None:
    assert [p.replace("\ufffd", "") for p in article(body).paragraphs] == lines


def test_code_page_of_the_file() -> None:
    reading = read_rtf(rb"{\rtf1\ansi\ansicpg1250 \'afeglarz i \'b3\'f3d\'9f.}", Options())
    assert reading.articles[0].text == "Żeglarz i łódź."
    assert reading.encoding == "rtf"
    assert read_rtf(rb"{\rtf1\mac Caf\'8e.}", Options()).articles[0].text == "Café."


def test_notes_headers_and_footers_are_cuts_below_the_article() -> None:
    body = rb"{\header The Courier\par}{\footerl Page\par}A text{\footnote A note.} goes on.\par"
    found = article(body)
    assert found.text == "A text goes on.\n\nThe Courier\n\nPage\n\nA note."
    assert found.paragraphs == ["A text goes on."]
    kept = [(found.text[cut.start : cut.end], cut.rule, cut.reason) for cut in found.cuts]
    assert kept == [
        ("The Courier", "running header", "header of the pages"),
        ("Page", "running footer", "footer of the pages"),
        ("A note.", "note", "foot note or end note"),
    ]


def test_hidden_text_and_signs_without_a_character_are_told() -> None:
    reading = read(rb"Seen.{\v not seen}{\v0 Seen, too.}{\f3\'fc}")
    assert reading.articles[0].text == "Seen.Seen, too."
    assert [found.note for found in reading.findings] == [
        "CK-161: it holds 8 characters of hidden text, which was left out. Show hidden text in a "
        "word processor and check whether it belongs to the article.",
        "CK-162: 1 sign of a picture font left out. Compare it with the document.",
    ]


def test_file_that_ends_in_the_middle() -> None:
    reading = read_rtf(rtf(rb"{\b A text {\i that ends")[:-1], Options())
    assert reading.articles[0].paragraphs == ["A text that ends"]
    assert [found.reason for found in reading.findings] == [
        "the file ends in the middle (3 groups still open); what it holds was read"
    ]


def test_lines_with_hints() -> None:
    body = (
        rb"\pard\s2\fs36 Title\par\pard\plain\fs20{\b Byline:} Jane\par{\b All bold}\par"
        rb"\pard\outlinelevel1 Below\par\page Next page\par\par"
    )
    lines = lines_of_rtf(rtf(body))
    assert [(line.text, line.style, line.level) for line in lines] == [
        ("Title", "title", 1),
        ("Byline: Jane", "", 0),
        ("All bold", "", 0),
        ("Below", "", 2),
        ("Next page", "", 2),
        ("", "", 2),
    ]
    assert [(line.bold, line.label, line.size) for line in lines[:3]] == [
        (False, "", 18.0),
        (False, "Byline:", 10.0),
        (True, "", 10.0),
    ]
    assert [line.breaks for line in lines] == [False] * 4 + [True, False]


REFUSED = [
    (b"", "CK-101: the file is empty. Remove it or check the export."),
    (
        b"plain words",
        "CK-107: the file is named .rtf but does not hold what the name says. "
        "Give it the ending of what it is.",
    ),
    (rtf(rb"\par "), "CK-102: the file holds only blanks. Remove it or check the export."),
    (
        rtf(b"{" * 2_000),
        "CK-155: the document unpacks to more than 1,000 nested groups. "
        "Open it in a word processor and save its text as .txt.",
    ),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_file_is_left_out_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Skipped, match=f"^{re.escape(reason)}$"):
        read_rtf(data, Options())


def test_file_of_nothing_but_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuskit.reading.documents.rtfmarks.MOST_MARKS", 1_000)
    with pytest.raises(
        Skipped, match=r"^CK-164: the document holds more than 1,000 marks of layout"
    ):
        read(rb"\b0" * 2_000)
    assert MOST_MARKS == 5_000_000


@pytest.mark.parametrize(
    ("data", "ending", "known"),
    [
        (rb"{\rtf1 x}", "", True),
        (b"\xef\xbb\xbf\n{\\rtf1 x}", ".txt", True),
        (b"x", ".rtf", True),
        (b"{x}", "", False),
    ],
)
def test_rich_text_is_known_by_its_beginning(data: bytes, ending: str, known: bool) -> None:
    assert is_rtf(data, ending) is known
