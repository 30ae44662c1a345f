"""PDF documents: the text layer in reading order, and documents that are damaged or attack."""

from __future__ import annotations

import io
import re
import textwrap
import zlib

import pytest
from pdf_maker import Show, assembled, column, content, pdf
from pypdf import PdfReader, PdfWriter
from site_layouts import story

from corpuskit.reading.article import Article, Options, Reading
from corpuskit.reading.documents.pdf import is_pdf, lines_of_pdf, read_pdf
from corpuskit.reading.findings.told import Skipped

FIRST = (
    "The desk in the corner is small, and it is meant for one officer who reads the weather each "
    "day before the boats leave the harbour."
)
SECOND = (
    "It was offered on Tuesday, after talks that both sides called warm and useful for everyone "
    "who was in the room at that time."
)
WIDTH = 44  # characters of a line of a column


def read(data: bytes, **said: object) -> Reading:
    return read_pdf(data, Options(**said))  # type: ignore[arg-type]


def article(data: bytes, **said: object) -> Article:
    return read(data, **said).articles[0]


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings]


def plain(paragraphs: list[str]) -> list[str]:
    """Return paragraphs in one line each."""
    return [" ".join(text.split()) for text in paragraphs]


def wrapped(*paragraphs: str, width: int = WIDTH) -> list[str]:
    """Return the lines of paragraphs, a free line between them."""
    return [line for text in paragraphs for line in [*textwrap.wrap(text, width), ""]][:-1]


HEAD: list[Show] = [
    (60, 760, 20, "F2", "A desk for one officer"),
    (60, 735, 10, "F1", "By Jane Doe, 29 January 2026"),
]


def test_headline_header_and_paragraphs() -> None:
    found = article(pdf([[*HEAD, *column(wrapped(FIRST, SECOND, width=90))]]))
    assert found.headline == "A desk for one officer"
    assert found.byline == "Jane Doe"
    assert found.published == "2026-01-29"
    assert plain(found.paragraphs) == [FIRST, SECOND]
    assert found.text.startswith(
        "A desk for one officer\n\nBy Jane Doe, 29 January 2026\n\nThe desk"
    )


def test_first_lines_that_are_indented_begin_paragraphs() -> None:
    lines: list[Show] = []
    top = 700.0
    for text in (FIRST, SECOND, FIRST):
        for at, line in enumerate(textwrap.wrap(text, 90)):
            lines.append((60 + 12 * (at == 0), top, 10, "F1", line))
            top -= 13
    assert plain(article(pdf([[*HEAD, *lines]])).paragraphs) == [FIRST, SECOND, FIRST]


def by_rows(*columns: list[Show]) -> list[Show]:
    """Return columns in the order in which rows are drawn."""
    return sorted((show for one in columns for show in one), key=lambda show: (-show[1], show[0]))


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("drawn", ["by columns", "by rows"])
def test_columns_are_read_one_after_the_other(count: int, drawn: str) -> None:
    bodies = [story(500 + at).body[:3] for at in range(count)]
    width, step = (WIDTH, 250) if count == 2 else (28, 170)
    columns = [
        column(wrapped(*body, width=width), left=50 + step * at) for at, body in enumerate(bodies)
    ]
    shows = by_rows(*columns) if drawn == "by rows" else [s for one in columns for s in one]
    found = article(pdf([[*HEAD, *shows]]))
    assert " ".join(plain(found.paragraphs)) == " ".join(text for body in bodies for text in body)
    assert found.headline == "A desk for one officer"


def test_line_across_the_columns_stands_between_them() -> None:
    above, below = story(510).body[:4], story(511).body[:4]
    half = len(wrapped(*above)) * 13 + 30
    across = "A line that runs across both of the columns, from the left edge to the right one."
    shows = [
        *column(wrapped(*above[:2]), left=50, top=700),
        *column(wrapped(*above[2:]), left=300, top=700),
        (50, 700 - half, 10, "F1", across),
        *column(wrapped(*below[:2]), left=50, top=670 - half),
        *column(wrapped(*below[2:]), left=300, top=670 - half),
    ]
    text = " ".join(plain(article(pdf([[*HEAD, *shows]])).paragraphs))
    assert text == " ".join([*above, across, *below])


def test_table_is_read_row_by_row() -> None:
    rows = [
        ("Northwick", "1,204"),
        ("Port Elden", "398"),
        ("Saltmere", "77"),
        ("Oakridge", "5,012"),
    ]
    rows += [("Lower Tarn", "12"), ("Veld Street", "640")]
    cells: list[Show] = []
    for at, row in enumerate(rows):
        cells += [(60 + 200 * i, 500 - 20 * at, 10, "F1", text) for i, text in enumerate(row)]
    found = article(pdf([[*HEAD, *column(wrapped(FIRST, width=90)), *cells]]))
    text = " ".join(plain(found.paragraphs))
    assert "Northwick 1,204 Port Elden 398 Saltmere 77" in text


def newspaper(number: int) -> list[Show]:
    """Return a page with a running header and the number of the page."""
    body = wrapped(*story(520 + number).body[:4], width=90)
    edge = (60.0, 810.0, 8.0, "F1", f"The Saltmere Courier, issue {number}")
    return [edge, *column(body), (290, 30, 8, "F1", str(number))]


def test_running_headers_and_page_numbers_are_cut() -> None:
    found = article(pdf([newspaper(number) for number in (1, 2, 3)]))
    bodies = [text for number in (1, 2, 3) for text in story(520 + number).body[:4]]
    assert plain(found.paragraphs) == bodies
    kept = {(cut.rule, found.text[cut.start : cut.end], cut.reason) for cut in found.cuts}
    issues = "\n".join(f"The Saltmere Courier, issue {n}" for n in (1, 2, 3))
    assert kept == {
        ("running header", issues, "stands at the same place of 3 pages"),
        ("page number", "1\n2\n3", "number of a page"),
    }


def test_paragraph_goes_on_over_the_page() -> None:
    lines = wrapped(FIRST, width=60)
    found = article(pdf([column([*wrapped(SECOND, width=60), "", *lines[:1]]), column(lines[1:])]))
    assert plain(found.paragraphs) == [SECOND, FIRST]


DIVIDED = [
    "Nobody had expected the part-",
    "nership to last, and the Anglo-",
    "Danish desk was closed by the well-",
    "known officer. A well-known man.",
]


def test_divided_words_stay_and_are_told() -> None:
    reading = read(pdf([column(DIVIDED)]))
    assert reading.articles[0].text == "\n".join(DIVIDED)
    assert [found.note for found in reading.findings] == [
        "CK-166: line ends divide 3 words, the first 'part-nership'; they stand as on the page. "
        "hyphens='join' joins them."
    ]


def test_divided_words_are_joined_and_told() -> None:
    reading = read(pdf([column(DIVIDED)]), hyphens="join")
    assert reading.articles[0].text == (
        "Nobody had expected the part\u00adnership to last, and the Anglo-Danish desk was closed "
        "by the well-known officer. A well-known man."
    )
    assert [found.note for found in reading.findings] == [
        "CK-165: 3 words that line ends divide (the first 'part-nership') were joined; a soft "
        "hyphen marks each joint. Nothing need be done; hyphens='keep' leaves them as they stand."
    ]


def test_sideways_text_is_cut() -> None:
    margin = b"\nBT /F1 8 Tf 0 1 -1 0 20 100 Tm (Printed for the archive) Tj ET"
    found = article(pdf([content(column(wrapped(FIRST))) + margin]))
    assert plain(found.paragraphs) == [FIRST]
    [cut] = found.cuts
    assert found.text[cut.start : cut.end] == "Printed for the archive"
    assert (cut.rule, cut.reason) == ("sideways text", "text that runs up or down the page")


def test_turned_page_is_read() -> None:
    shows = column(wrapped(FIRST))
    turned = b"".join(
        f"BT /F1 10 Tf 0 1 -1 0 {842 - base} {left} Tm ({text}) Tj ET\n".encode()
        for left, base, _, _, text in shows
    )
    assert plain(article(pdf([turned])).paragraphs) == [FIRST]


def test_form_stands_where_the_page_shows_it() -> None:
    """A page in the page is drawn first and stands between two texts of the page itself."""
    form = content(column(wrapped(SECOND), top=100))
    above, below = content(column(wrapped(FIRST))), content(column(wrapped(FIRST), top=300))
    page = b"q 1 0 0 1 0 400 cm /Fm1 Do Q\n/Im1 Do\n" + below + b"\n" + above
    fonts = b"/Font<</F1 3 0 R>>"
    data = assembled(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>",
            3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            5: b"<<>>",
            10: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<<"
            + fonts
            + b"/XObject<</Fm1 12 0 R>>>>>>",
            11: b"<</Length %d>>\nstream\n%b\nendstream" % (len(page), page),
            12: b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%b>>" % fonts
            + b"/Length %d>>\nstream\n%b\nendstream" % (len(form), form),
        }
    )
    assert plain(article(data).paragraphs) == [FIRST, SECOND, FIRST]


def test_fields_of_the_document_are_columns_of_their_own() -> None:
    info = "/Title(Draft 7)/Author(J. Secretary)/CreationDate(D:20251224120000Z)"
    found = article(pdf([column(wrapped(FIRST))], info=info))
    assert found.extra == {
        "document_title": "Draft 7",
        "document_author": "J. Secretary",
        "document_date": "2025-12-24",
    }
    assert (found.headline, found.byline, found.published) == ("", "", "")


def test_title_of_the_document_marks_the_headline() -> None:
    lines = ["A desk is a desk.", "", *wrapped(FIRST)]
    assert article(pdf([column(lines)])).headline == ""
    assert article(pdf([column(lines)], info="/Title(A desk is a desk.)")).headline == lines[0]


def test_headline_of_two_lines() -> None:
    head = [(60, 780, 20, "F2", "A desk for one officer"), (60, 756, 20, "F2", "in the corner")]
    found = article(pdf([[*head, *column(wrapped(FIRST))]]))
    assert found.headline == "A desk for one officer in the corner"
    assert plain(found.paragraphs) == [FIRST]


def test_document_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuskit.reading.documents.pdf.MOST_PAGES", 2)
    reason = "CK-170: the document has 3 pages, more than the 2 of one file. Split it."
    with pytest.raises(Skipped, match=f"^{reason}$"):
        read(pdf([column(wrapped(FIRST))] * 3))


def test_document_of_too_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuskit.reading.documents.pdf.MOST_CHARS", 200)
    with pytest.raises(Skipped, match=r"^CK-155: the document unpacks to more than 200 characters"):
        read(pdf([column(wrapped(FIRST))] * 3))


def test_page_of_scattered_signs_takes_no_long_time() -> None:
    shows = [(x, y, 8, "F1", "a") for x in range(0, 1_200, 10) for y in range(0, 800, 20)]
    assert article(pdf([shows])).text.count("a") == len(shows)


def test_lines_with_hints() -> None:
    shows = [
        *HEAD,
        (60, 700, 10, "F2", "Byline:"),
        (100, 700, 10, "F1", "Jane Doe"),
        (60, 670, 10, "F2", "All of it is bold."),
        (60, 640, 10, "F1", "Plain."),
    ]
    lines = lines_of_pdf(pdf([shows, column(["Next page."])]))
    seen = [(line.text, line.level, line.bold, line.label, line.page) for line in lines]
    assert seen == [
        ("A desk for one officer", 1, True, "", 1),
        ("By Jane Doe, 29 January 2026", 0, False, "", 1),
        ("Byline: Jane Doe", 0, False, "Byline:", 1),
        ("All of it is bold.", 0, True, "", 1),
        ("Plain.", 0, False, "", 1),
        ("Next page.", 0, False, "", 2),
    ]
    assert [line.breaks for line in lines] == [False] * 5 + [True]


def encrypted(user: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([column(wrapped(FIRST))]))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_document_that_opens_without_a_password() -> None:
    assert plain(article(encrypted("")).paragraphs) == [FIRST]


def bomb(layers: int = 2, size: int = 200_000_000) -> bytes:
    """Return a document whose page unpacks, layer by layer, to `size` bytes."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000))
    stream += packer.flush()
    for _ in range(layers - 1):
        stream = zlib.compress(stream, 9)
    return pdf([stream], filters=f"/Filter[{'/FlateDecode' * layers}]")


def loop() -> bytes:
    """Return a document whose pages hold themselves."""
    kids = b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
    return assembled({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: kids, 5: b"<<>>"})


OCR = "Run OCR over it, for instance with ocrmypdf, and read the result."
REFUSED = [
    (b"", "CK-101: the file is empty. Remove it or check the export."),
    (
        b"<!doctype html><p>A page",
        "CK-107: the file is named .pdf but does not hold what the name says. "
        "Give it the ending of what it is.",
    ),
    (
        encrypted("secret"),
        "CK-153: the document is protected by a password. Save a copy without the password.",
    ),
    (pdf([b"0 0 100 100 re f"]), f"CK-167: it has no text layer: its pages are pictures. {OCR}"),
    (
        loop(),
        "CK-152: the document is cut off or damaged (PdfReadError). Fetch or copy it again.",
    ),
    (
        bomb(),
        "CK-155: the document unpacks to more than 20 MB a part. "
        "Open it in a word processor and save its text as .txt.",
    ),
    (
        b"%PDF-1.4\nand then nothing",
        "CK-152: the document is cut off or damaged (PdfStreamError). Fetch or copy it again.",
    ),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_document_is_left_out_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Skipped, match=f"^{re.escape(reason)}$"):
        read(data)


def test_scripts_and_other_actions_are_ignored() -> None:
    actions = "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</WC<</S/Launch/F(calc.exe)>>>>"
    reading = read(pdf([column(wrapped(FIRST))], catalog=actions))
    assert plain(reading.articles[0].paragraphs) == [FIRST]
    assert reading.findings == ()


def test_cut_document_is_read_as_far_as_it_goes() -> None:
    data = pdf([column(wrapped(FIRST)), column(wrapped(SECOND))])
    reading = read(data[: data.index(b"xref")])
    assert plain(reading.articles[0].paragraphs) == [FIRST, SECOND]
    assert codes(reading) == ["CK-171"]


def test_pages_without_text_are_told() -> None:
    reading = read(pdf([column(wrapped(FIRST)), b"0 0 9 9 re f", b"0 0 9 9 re f"]))
    assert [found.note for found in reading.findings] == [
        "CK-168: 2 pages without text, the first is page 2. If they are scanned, run OCR over them."
    ]


def test_page_that_cannot_be_read_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    import corpuskit.reading.documents.pdf as module

    take = module.pieces_of
    calls = []

    def fail(page: object) -> object:
        calls.append(page)
        if len(calls) == 1:
            raise RecursionError
        return take(page)

    monkeypatch.setattr(module, "pieces_of", fail)
    reading = read(pdf([column(wrapped(SECOND)), column(wrapped(FIRST))]))
    assert plain(reading.articles[0].paragraphs) == [FIRST]
    assert [found.reason for found in reading.findings] == [
        "1 page could not be read, the first is page 1"
    ]


def test_fonts_that_do_not_say_what_they_show() -> None:
    cid = "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X>>]"
    font = f"/F9<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/../../etc/passwd{cid}>>"
    reading = read(pdf([b"BT /F9 10 Tf 60 700 Td (A desk in a corner) Tj ET"], fonts=font))
    assert "CK-173" in codes(reading)


def test_text_of_lost_characters_is_no_text() -> None:
    signs = b"".join(b"\\%03o" % number for number in range(1, 9)) * 5
    with pytest.raises(Skipped, match=r"^CK-172: its fonts do not say which characters they show"):
        read(pdf([b"BT /F1 10 Tf 60 700 Td (" + signs + b") Tj ET"]))


@pytest.mark.parametrize(
    ("data", "ending", "known"),
    [
        (b"%PDF-1.7", "", True),
        (b"\n%PDF-1.4", ".txt", True),
        (b"What %PDF-1.4 means", ".txt", False),
        (b"x", ".pdf", True),
        (b"x", "", False),
    ],
)
def test_pdf_is_known_by_its_beginning(data: bytes, ending: str, known: bool) -> None:
    assert is_pdf(data, ending) is known
