"""Web pages saved in one file: the page itself is read, nothing else of the file."""

from __future__ import annotations

import base64
import quopri
import re

import pytest
from site_layouts import LAYOUTS, story

from corpuskit.reading.article import Options
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.web.mhtml import is_mhtml, read_mhtml

TRUE = story(3)
PAGE = LAYOUTS["newspaper"][0](TRUE)
OTHER = LAYOUTS["newspaper"][0](story(4))
BARE = "<html><head><title>A desk</title></head><body><article>{}</article></body></html>".format(
    "".join(f"<p>{text} Café</p>" for text in TRUE.body)
)


def part(
    page: str, *, way: str = "quoted-printable", charset: str = "utf-8", more: str = ""
) -> bytes:
    """Return a part of a file that holds a page."""
    raw = page.encode(charset)
    packed = quopri.encodestring(raw) if way == "quoted-printable" else base64.encodebytes(raw)
    kind = f'text/html; charset="{charset}"'
    return (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {way}\r\n{more}\r\n".encode() + packed
    )


def mhtml(*parts: bytes, head: str = "", start: str = "") -> bytes:
    """Return a file with these parts, as browsers write it."""
    lines = (
        "From: <Saved by a browser>\r\nSubject: A desk\r\nDate: Thu, 29 Jan 2026 10:00:00 -0000\r\n"
    )
    lines += (
        f'MIME-Version: 1.0\r\n{head}Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
    )
    lines += f'{start}\tboundary="--xx--"\r\n\r\n'
    return (
        lines.encode()
        + b"".join(b"\r\n----xx--\r\n" + one for one in parts)
        + b"\r\n----xx----\r\n"
    )


PICTURE = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"


@pytest.mark.parametrize("way", ["quoted-printable", "base64"])
def test_page_is_read_as_in_a_file_of_its_own(way: str) -> None:
    reading = read_mhtml(mhtml(part(PAGE, way=way), PICTURE, part(OTHER)), Options())
    [article] = reading.articles
    assert article.headline == TRUE.headline
    assert article.paragraphs == TRUE.body
    assert article.published == TRUE.date[:16] + "+01:00"
    assert article.url == "https://courier.example/3"


def test_start_names_the_page() -> None:
    parts = [part(OTHER, more="Content-ID: <a>\r\n"), part(PAGE, more="Content-ID: <b>\r\n")]
    reading = read_mhtml(mhtml(*parts, start='\tstart="<b>";\r\n'), Options())
    assert reading.articles[0].headline == TRUE.headline


def test_encoding_of_the_part_and_address() -> None:
    head = "Snapshot-Content-Location: https://courier.example/saved\r\n"
    reading = read_mhtml(mhtml(part(BARE, charset="cp1252"), head=head), Options())
    assert reading.articles[0].url == "https://courier.example/saved"
    assert reading.articles[0].paragraphs[0].endswith("Café")
    assert reading.articles[0].published == ""
    bad = mhtml(part(BARE), head="Snapshot-Content-Location: javascript:alert(1)\r\n")
    assert read_mhtml(bad, Options()).articles[0].url == ""


REFUSED = [
    (b"", "CK-101: the file is empty. Remove it or check the export."),
    (mhtml(PICTURE), "CK-175: the saved page holds no page. Save it again as .html or .mhtml."),
    (b"just words", "CK-175: the saved page holds no page. Save it again as .html or .mhtml."),
    (
        mhtml(part("<html><nav>Home</nav></html>")),
        "CK-141: no article text found. Save the page of the article itself, or its text.",
    ),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_file_is_left_out_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Skipped, match=f"^{re.escape(reason)}$"):
        read_mhtml(data, Options())


@pytest.mark.parametrize(
    ("data", "ending", "known"),
    [
        (mhtml(part(PAGE)), "", True),
        (b"x", ".mht", True),
        (b"From: Jane\nSubject: A letter\n\nContent of it", ".txt", False),
        (PAGE.encode(), ".html", False),
    ],
)
def test_saved_page_is_known_by_its_head(data: bytes, ending: str, known: bool) -> None:
    assert is_mhtml(data, ending) is known
