"""The same article as a file of every format: what the benchmark of reading reads.

from formats import FORMATS
FORMATS[".html"]([article])        # bytes; tables and archives hold several articles
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Made(NamedTuple):
    """One article that was made up."""

    headline: str
    date: str
    paragraphs: list[str]

    @property
    def record(self) -> dict[str, str]:
        """The article as a row of a table."""
        text = "\n\n".join(self.paragraphs)
        return {"title": self.headline, "date": self.date, "source": "Post", "text": text}


Several = Sequence[Made]


def text(articles: Several) -> bytes:
    """Return a text with header lines."""
    one = articles[0]
    head = [f"Title: {one.headline}", f"Date: {one.date}", "Source: Post", ""]
    return "\n".join([*head, *one.paragraphs, ""]).encode()


def markdown(articles: Several) -> bytes:
    """Return a text with a heading."""
    one = articles[0]
    return "\n\n".join([f"# {one.headline}", *one.paragraphs]).encode()


def page(articles: Several) -> bytes:
    """Return a page with a menu, a side column and an article."""
    one = articles[0]
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(40))
    side = "".join(
        f'<div class="teaser"><a href="/{n}">Another story {n}</a></div>' for n in range(20)
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in one.paragraphs)
    meta = f'<meta property="article:published_time" content="{one.date}">'
    return (
        f"<!doctype html><html><head><title>{one.headline}</title>{meta}</head><body><nav><ul>"
        f"{menu}</ul></nav><article><h1>{one.headline}</h1>{body}</article><aside>{side}</aside>"
        "</body></html>"
    ).encode()


def saved_page(articles: Several) -> bytes:
    """Return a page as browsers save it with its parts."""
    head = 'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://post.example/desk"
    return f"{head}\r\n--b\r\n{part}\r\n\r\n{page(articles).decode()}\r\n--b--\r\n".encode()


def document(articles: Several) -> bytes:
    """Return a Word document."""
    lines = [articles[0].headline, *articles[0].paragraphs]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    xml = f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def rich_text(articles: Several) -> bytes:
    """Return a Rich Text document."""
    lines = [articles[0].headline, *articles[0].paragraphs]
    body = "".join(rf"\pard {line}\par " for line in lines)
    return rf"{{\rtf1\ansi\deff0 {{\fonttbl{{\f0 Arial;}}}}{body}}}".encode()


def portable(articles: Several) -> bytes:
    """Return a PDF document of one page, 90 characters a line."""
    lines = [articles[0].headline]
    for paragraph in articles[0].paragraphs:
        lines += ["", *(paragraph[at : at + 90] for at in range(0, len(paragraph), 90))]
    shown = "".join(f"0 -11 Td ({line}) Tj " for line in lines[:65])
    stream = f"BT /F1 9 Tf 50 760 Td {shown}ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def table(articles: Several) -> bytes:
    """Return a CSV table."""
    out = io.StringIO(newline="")
    rows = csv.DictWriter(out, list(articles[0].record))
    rows.writeheader()
    rows.writerows(one.record for one in articles)
    return out.getvalue().encode()


def records(articles: Several) -> bytes:
    """Return JSON objects, one a line."""
    return "".join(json.dumps(one.record) + "\n" for one in articles).encode()


def workbook(articles: Several) -> bytes:
    """Return a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in ([*articles[0].record], *([*one.record.values()] for one in articles)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(articles: Several) -> bytes:
    """Return an archive of texts."""
    return zipped({f"{number}.txt": text([one]) for number, one in enumerate(articles)})


def zipped(files: dict[str, bytes]) -> bytes:
    """Return an archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


FORMATS: dict[str, Callable[[Several], bytes]] = {
    ".txt": text,
    ".md": markdown,
    ".html": page,
    ".mhtml": saved_page,
    ".docx": document,
    ".rtf": rich_text,
    ".pdf": portable,
    ".csv": table,
    ".jsonl": records,
    ".xlsx": workbook,
    ".zip": archive,
}
SEVERAL = 20  # articles of a table or an archive
HOLD_SEVERAL = (".csv", ".jsonl", ".xlsx", ".zip")
