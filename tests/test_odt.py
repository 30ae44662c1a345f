"""OpenDocument texts: what a reader of the document would see, and documents that attack."""

# ruff: noqa: E501 (markup is read in long lines)

from __future__ import annotations

import io
import re
import zipfile

import pytest

from corpuskit.reading.article import Article, Options
from corpuskit.reading.documents.odt import is_odt, lines_of_odt, read_odt
from corpuskit.reading.findings.told import Skipped

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
STYLES = (
    '<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)


def odt(body: str, head: str = "") -> bytes:
    """Return a document with this body."""
    xml = f"<office:document-content {NAMES}>{STYLES}<office:body><office:text>{body}"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{head}{xml}</office:text></office:body></office:document-content>',
        )
    return file.getvalue()


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def article(body: str) -> Article:
    return read_odt(odt(body), Options()).articles[0]


def test_headline_by_style_and_header_line() -> None:
    found = article(p("A desk", "P1") + p("By Jane Doe, 29 January 2026") + p("The lead."))
    assert (found.headline, found.byline, found.published) == ("A desk", "Jane Doe", "2026-01-29")
    assert found.paragraphs == ["The lead."]
    assert article('<text:h text:outline-level="1">A desk.</text:h>' + p("x")).headline == "A desk."


SEEN = [
    (p("Plain\ntext.") + p("") + p("More &amp; more."), ["Plain text.", "More & more."]),
    (p('One<text:s text:c="3"/>two<text:tab/>three<text:s/>.'), ["One   two\tthree ."]),
    (
        p('A <text:span text:style-name="B">bold</text:span> <text:a>link</text:a>.'),
        ["A bold link."],
    ),
    (
        f"<table:table><table:table-row><table:table-cell>{p('A cell.')}</table:table-cell></table:table-row></table:table>",
        ["A cell."],
    ),
    (
        f"<text:tracked-changes><text:deletion>{p('Gone.')}</text:deletion></text:tracked-changes>{p('Kept.')}",
        ["Kept."],
    ),
    (p(f"A<office:annotation>{p('Says who?')}</office:annotation> text."), ["A text."]),
    (f"<text:list><text:list-item>{p('An item.')}</text:list-item></text:list>", ["An item."]),
    (
        p(
            f"<draw:frame><svg:title>Words</svg:title><draw:text-box>{p('In a box.')}</draw:text-box></draw:frame>After."
        ),
        ["In a box.", "After."],
    ),
]


@pytest.mark.parametrize(("body", "lines"), SEEN)
def test_what_is_read(body: str, lines: list[str]) -> None:
    assert article(body).paragraphs == lines


def test_notes_are_cuts_below_the_article() -> None:
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('A note.')}</text:note-body></text:note>"
    found = article(p(f"A text{note} goes on."))
    assert found.text == "A text goes on.\n\nA note."
    assert [(cut.rule, found.text[cut.start : cut.end]) for cut in found.cuts] == [
        ("note", "A note.")
    ]


def test_lines_with_hints() -> None:
    lines = lines_of_odt(
        odt(
            p("A desk", "P1")
            + p('<text:span text:style-name="B">Byline:</text:span> Jane')
            + p("All", "B")
        )
    )
    assert [(line.text, line.level, line.bold, line.label) for line in lines] == [
        ("A desk", 1, False, ""),
        ("Byline: Jane", 0, False, "Byline:"),
        ("All", 0, True, ""),
    ]


AGAIN = "Open it in a word processor and save it again."
REFUSED = [
    (b"", "CK-101: the file is empty. Remove it or check the export."),
    (
        b"words",
        "CK-107: the file is named .odt but does not hold what the name says. Give it the ending of what it is.",
    ),
    (
        odt(p("x"), '<!DOCTYPE d [<!ENTITY x SYSTEM "file:/etc/passwd">]>'),
        f"CK-151: the document declares a DOCTYPE, which no word processor writes. {AGAIN}",
    ),
    (
        odt(p("x"))[:-30],
        "CK-152: the document is cut off or damaged (BadZipFile). Fetch or copy it again.",
    ),
    (odt(p(" ")), "CK-102: the file holds only blanks. Remove it or check the export."),
    (
        odt("<text:p>" * 2_000),
        "CK-155: the document unpacks to more than 1,000 nested elements. Open it in a word processor and save its text as .txt.",
    ),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_document_is_left_out_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Skipped, match=f"^{re.escape(reason)}$"):
        read_odt(data, Options())


def test_document_is_known_by_its_type() -> None:
    assert is_odt(odt(p("x")), ".txt")
    assert is_odt(b"x", ".odt")
    assert not is_odt(b"PK\x03\x04" + b"x" * 300, ".zip")
