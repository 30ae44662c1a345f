"""Word documents: what a reader of the document would see, and documents that attack."""

# ruff: noqa: E501 (markup is read in long lines)

from __future__ import annotations

import io
import re
import zipfile

import pytest

from corpuskit.reading.article import Article, Options
from corpuskit.reading.documents.lines import Line
from corpuskit.reading.documents.office import lines_of_docx, read_docx
from corpuskit.reading.findings.told import Skipped

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def p(text: str, style: str = "") -> str:
    """Return a paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{r(text)}</w:p>"


def r(text: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(
    body: str, *, head: str = "", space: str = SPACE, part: str = "word/document.xml"
) -> bytes:
    """Return a Word document with this body."""
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{space}" '
        f'xmlns:mc="{compatible}"><w:body>{body}</w:body></w:document>'
    )
    return archive({part: xml})


def archive(parts: dict[str, str]) -> bytes:
    """Return a zip archive with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts_file:
        for name, text in parts.items():
            parts_file.writestr(name, text)
    return file.getvalue()


def read(data: bytes) -> Article:
    """Return the one article of a document."""
    return read_docx(data, Options()).articles[0]


def test_headline_by_style_and_header_line() -> None:
    body = p("Who needs a desk?", "Heading1") + p("By Jane Doe, 29 January 2026, 06:45 PM")
    article = read(docx(body + p("The lead.") + p("The body.") + p("Comments")))
    assert article.text == (
        "Who needs a desk?\nBy Jane Doe, 29 January 2026, 06:45 PM\nThe lead.\nThe body.\nComments"
    )
    assert article.headline == "Who needs a desk?"
    assert article.byline == "Jane Doe"
    assert article.published == "2026-01-29T18:45"
    assert article.paragraphs == ["The lead.", "The body."]


@pytest.mark.parametrize("style", ["Title", "Heading1", "heading 1"])
def test_a_title_may_end_like_a_sentence(style: str) -> None:
    assert read(docx(p("A desk.", style) + p("The body."))).headline == "A desk."
    assert read(docx(p("A desk.") + p("The body."))).headline == ""


SEEN = [
    # what the document holds, the lines that are read
    (p("Plain text.") + p("") + p("More &amp; more."), ["Plain text.", "More & more."]),
    (f"<w:tbl><w:tr><w:tc>{p('In a cell.')}</w:tc></w:tr></w:tbl>", ["In a cell."]),
    (f"<w:p><w:ins>{r('Inserted.')}</w:ins></w:p>", ["Inserted."]),
    (f"<w:p>{r('Kept.')}<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>", ["Kept."]),
    (f"<w:p>{r('Kept.')}<w:del>{r('Gone.')}</w:del></w:p>", ["Kept."]),
    (
        f"<w:p><w:moveFrom>{r('Gone.')}</w:moveFrom><w:moveTo>{r('Here.')}</w:moveTo></w:p>",
        ["Here."],
    ),
    (f"<w:p><w:hyperlink>{r('A link.')}</w:hyperlink></w:p>", ["A link."]),
    (f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>", ["In a control."]),
    (
        f"<w:p>{r('Before.')}<w:txbxContent>{p('In a box.')}</w:txbxContent></w:p>",
        ["Before.", "In a box."],
    ),
    (
        f"<mc:AlternateContent><mc:Choice>{p('Once.')}</mc:Choice>"
        f"<mc:Fallback>{p('Once.')}</mc:Fallback></mc:AlternateContent>",
        ["Once."],
    ),
    ("<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two.</w:t></w:r></w:p>", ["One\ttwo."]),
    ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>Text.</w:t></w:r></w:p>", ["Text."]),
    (
        "<w:p><w:pPr><w:tabs><w:tab/><w:tab/></w:tabs></w:pPr><w:r><w:t>No tab.</w:t></w:r></w:p>",
        ["No tab."],
    ),
    # a field: its code is not seen, its result is
    (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("29 January")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{r(".")}</w:p>',
        ["29 January."],
    ),
    (f'<w:p><w:fldSimple w:instr="PAGE">{r("A result.")}</w:fldSimple></w:p>', ["A result."]),
    # a table in a table
    (
        f"<w:tbl><w:tr><w:tc>{p('Outer.')}<w:tbl><w:tr><w:tc>{p('Inner.')}</w:tc></w:tr></w:tbl>"
        f"{p('Outer again.')}</w:tc></w:tr></w:tbl>",
        ["Outer.", "Inner.", "Outer again."],
    ),
    # the end of a paragraph was deleted: the next one goes on in it
    (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('One ')}</w:p>{p('and two.')}",
        ["One and two."],
    ),
    # characters of picture fonts
    (
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0A7"/>'
        '<w:sym w:font="Arial" w:char="20AC"/><w:t>.</w:t></w:r></w:p>',
        ["α•€."],
    ),
    # a comment and the mark of a note
    (
        f'<w:p>{r("A text")}<w:r><w:commentReference w:id="1"/><w:footnoteReference w:id="2"/></w:r>'
        f"{r('.')}</w:p>",
        ["A text."],
    ),
    # text that the document takes from elsewhere is never fetched
    (f'<w:altChunk r:id="rId1" xmlns:r="x"/>{p("Here.")}', ["Here."]),
    ("<w:p><w:r><w:t>part</w:t><w:softHyphen/><w:t>ner</w:t></w:r></w:p>", ["part\u00adner"]),
]


@pytest.mark.parametrize(("body", "lines"), SEEN)
def test_what_is_read(body: str, lines: list[str]) -> None:
    assert read(docx(body)).paragraphs == lines


def test_small_letters_join_no_paragraphs() -> None:
    body = p("The list.") + p("a desk") + p("a chair")
    assert read(docx(body)).paragraphs == ["The list.", "a desk", "a chair"]


def test_strict_documents_and_other_part_names() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert read(docx(p("A text."), space=strict)).paragraphs == ["A text."]
    assert read(docx(p("A text."), part="word/document2.xml")).paragraphs == ["A text."]


DOCTYPE = "CK-151: the document declares a DOCTYPE, which no word processor writes. "
AGAIN = "Open it in a word processor and save it again."
AS_TEXT = "Open it in a word processor and save its text as .txt."
REFUSED = [
    (docx(p("x"), head='<!DOCTYPE d [<!ENTITY x SYSTEM "file:/etc/passwd">]>'), DOCTYPE + AGAIN),
    (docx(p("&l9;"), head='<!DOCTYPE d [<!ENTITY l9 "lol">]>'), DOCTYPE + AGAIN),
    (
        docx(p("A text."))[:-40],
        "CK-152: the document is cut off or damaged (BadZipFile). Fetch or copy it again.",
    ),
    (
        archive({"word/document.xml": "<w:document"}),
        "CK-152: the document is cut off or damaged (unclosed token, line 1). "
        "Fetch or copy it again.",
    ),
    (
        OLE + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"),
        "CK-153: the document is protected by a password. Save a copy without the password.",
    ),
    (OLE + b"\0" * 64, "CK-154: it is an old Word document (.doc). Open it and save it as .docx."),
    (
        archive({"word/document.xml": "<a>" + " " * 60_000_000}),
        f"CK-155: the document unpacks to more than 11 MB. {AS_TEXT}",
    ),
    (
        archive({"word/document.xml": "<a>" * 5_000}),
        f"CK-155: the document unpacks to more than 1,000 nested elements. {AS_TEXT}",
    ),
    (
        archive({"other.txt": "x"}),
        "CK-156: the archive holds no Word document. "
        "Unpack it and put the articles into the folder.",
    ),
    (docx(p(" ")), "CK-102: the file holds only blanks. Remove it or check the export."),
    (b"", "CK-101: the file is empty. Remove it or check the export."),
    (
        b"plain words",
        "CK-107: the file is named .docx but does not hold what the name says. "
        "Give it the ending of what it is.",
    ),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_document_is_left_out_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Skipped, match=f"^{re.escape(reason)}$"):
        read(data)


def test_password_of_a_zip_is_a_password() -> None:
    data = bytearray(docx(p("A text.")))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    with pytest.raises(Skipped, match=r"^CK-153: "):
        read(bytes(data))


def test_other_parts_are_never_unpacked() -> None:
    parts = {"../../escape.txt": "x", "word/document.xml": ""}
    body = f'<w:document xmlns:w="{SPACE}"><w:body>{p("A text.")}</w:body></w:document>'
    assert read(archive(parts | {"word/document.xml": body})).paragraphs == ["A text."]


def part(body: str, root: str) -> str:
    """Return the XML of a part beside the main one."""
    return f'<w:{root} xmlns:w="{SPACE}">{body}</w:{root}>'


def with_parts(body: str, **parts: str) -> bytes:
    """Return a document with parts beside the main one."""
    main = f'<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>'
    return archive(
        {"word/document.xml": main} | {f"word/{name}.xml": xml for name, xml in parts.items()}
    )


def test_notes_headers_and_footers_are_cuts_below_the_article() -> None:
    notes = f'<w:footnote w:type="separator">{p("----")}</w:footnote><w:footnote>{p("A note.")}</w:footnote>'
    parts = {
        "footnotes": part(notes, "footnotes"),
        "endnotes": part(f"<w:endnote>{p('At the end.')}</w:endnote>", "endnotes"),
        "header1": part(p("The Courier"), "hdr"),
        "header2": part(p("The Courier"), "hdr"),
        "footer1": part(p(" "), "ftr"),
        "comments": part(f"<w:comment>{p('Says who?')}</w:comment>", "comments"),
    }
    article = read(with_parts(p("A text."), **parts))
    assert article.text == "A text.\n\nAt the end.\n\nA note.\n\nThe Courier"
    assert article.paragraphs == ["A text."]
    kept = [(article.text[cut.start : cut.end], cut.rule, cut.reason) for cut in article.cuts]
    assert kept == [
        ("At the end.", "note", "foot note or end note"),
        ("A note.", "note", "foot note or end note"),
        ("The Courier", "running header", "header of the pages"),
    ]


def test_hidden_text_and_signs_without_a_character_are_told() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>not seen</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Seen.</w:t></w:r>'
    sign = '<w:r><w:sym w:font="Webdings" w:char="F0FC"/></w:r>'
    reading = read_docx(docx(f"<w:p>{hidden}{shown}{sign}</w:p>"), Options())
    assert reading.articles[0].text == "Seen."
    assert [found.note for found in reading.findings] == [
        "CK-161: it holds 8 characters of hidden text, which was left out. Show hidden text in a "
        "word processor and check whether it belongs to the article.",
        "CK-162: 1 sign of a picture font left out. Compare it with the document.",
    ]


def test_styles_of_another_language_are_known_by_their_name() -> None:
    named = '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    styles = part(named, "styles")
    body = p("Ein Tisch.", "berschrift1") + p("Ein Text.")
    assert read(with_parts(body, styles=styles)).headline == "Ein Tisch."
    assert read(with_parts(body)).headline == ""
    assert lines_of_docx(with_parts(body, styles=styles))[0] == Line(
        "Ein Tisch.", "heading1", 1, bold=True
    )


def test_lines_with_hints() -> None:
    bold = "<w:r><w:rPr><w:b/><w:sz w:val='28'/></w:rPr><w:t>Byline:</w:t></w:r>"
    body = (
        p("A desk", "Title")
        + f"<w:p>{bold}{r(' Jane')}</w:p>"
        + f"<w:p>{bold}</w:p><w:p/>"
        + f"<w:tbl><w:tr><w:tc>{p('A cell')}</w:tc></w:tr></w:tbl>"
        + '<w:p><w:r><w:br w:type="page"/><w:t>Next page</w:t></w:r></w:p>'
        + f"<w:p><w:pPr><w:sectPr/></w:pPr>{r('Ends a section')}</w:p>{p('Begins one', 'Heading2')}"
    )
    assert lines_of_docx(docx(body)) == [
        Line("A desk", "title", 1),
        Line("Byline: Jane", label="Byline:", size=14.0),
        Line("Byline:", bold=True, size=14.0),
        Line(""),
        Line("A cell", place="cell"),
        Line("Next page", breaks=True),
        Line("Ends a section"),
        Line("Begins one", "heading2", 2, breaks=True),
    ]


def test_parts_beside_the_main_one_have_limits_too() -> None:
    notes = part(p("x" * 60_000_000), "footnotes")
    with pytest.raises(Skipped, match=r"^CK-155: the document unpacks to more than \d+ MB"):
        read(with_parts(p("A text."), footnotes=notes))
    attack = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:/etc/passwd">]>' + part(p("&x;"), "hdr")
    with pytest.raises(Skipped, match=r"^CK-151: "):
        read(with_parts(p("A text."), header1=attack))
