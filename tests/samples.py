"""One good file of every format that is read, made by the tests themselves."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from importlib.util import find_spec

import exports
from exports_factiva import (
    factiva_articles,
    factiva_lines,
    factiva_named,
    factiva_page,
    factiva_xml,
)
from exports_nexis import lexisnexis_page, nexis_lines, nexis_old
from exports_others import europresse, europresse_old, proquest_page, proquest_table, proquest_text

HEADLINE = "A desk for one officer"
FIRST = "The desk in the corner of the hall is small, and it is meant for one officer alone."
SECOND = "Nobody has asked for a second desk, although the hall would be wide enough for three."
DAY = "2026-01-27"
ROWS = [
    {"id": "a1", "title": HEADLINE, "date": DAY, "source": "Post", "text": f"{FIRST}\n\n{SECOND}"},
    {"id": "a2", "title": "Two desks", "date": DAY, "source": "Wire", "text": f"{SECOND} {FIRST}"},
]
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text() -> bytes:
    """Return a text with header lines."""
    return (
        f"{HEADLINE}\n- In World\n- 07:29 PM, Jan 27, 2026\n- Staff\n{FIRST}\n{SECOND}\n".encode()
    )


def markdown() -> bytes:
    """Return a text with a heading."""
    return f"# {HEADLINE}\n\n{FIRST}\n\n{SECOND}\n".encode()


def page() -> bytes:
    """Return a web page."""
    meta = f'<meta property="article:published_time" content="{DAY}">'
    return (
        f"<!doctype html><html><head><title>{HEADLINE}</title>{meta}</head><body><nav>Home</nav>"
        f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    ).encode()


def saved_page() -> bytes:
    """Return a web page with its parts, as browsers save it."""
    head = 'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://post.example/desk"
    return f"{head}\r\n--b\r\n{part}\r\n\r\n{page().decode()}\r\n--b--\r\n".encode()


def document() -> bytes:
    """Return a Word document."""
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (HEADLINE, FIRST, SECOND)
    )
    body = f'<w:document xmlns:w="{WORDS}"><w:body>{paragraphs}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode()})


def rich_text() -> bytes:
    """Return a Rich Text document."""
    lines = "".join(rf"\pard {line}\par " for line in (HEADLINE, FIRST, SECOND))
    return rf"{{\rtf1\ansi\deff0 {{\fonttbl{{\f0 Arial;}}}}{lines}}}".encode()


def portable() -> bytes:
    """Return a PDF document of one page, a line of text each 14 points."""
    shown = "".join(f"0 -14 Td ({line}) Tj " for line in (HEADLINE, "", FIRST, SECOND))
    stream = f"BT /F1 10 Tf 50 750 Td {shown}ET".encode()
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
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n%s" % table
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def separated(mark: str) -> Callable[[], bytes]:
    """Return what makes a table with this mark between its cells."""

    def table() -> bytes:
        lines = [mark.join(ROWS[0])]
        lines += [mark.join(f'"{cell}"' for cell in row.values()) for row in ROWS]
        return "\r\n".join([*lines, ""]).encode()

    return table


def records() -> bytes:
    """Return a list of JSON objects."""
    return json.dumps(ROWS, indent=1).encode()


def lines_of_records() -> bytes:
    """Return JSON objects, one a line."""
    return "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def workbook() -> bytes:
    """Return a workbook with one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def columns() -> bytes:
    """Return a Parquet table."""
    import pyarrow
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(ROWS), out)
    return out.getvalue()


def open_document() -> bytes:
    """Return an OpenDocument text."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    lines = "".join(f"<text:p>{line}</text:p>" for line in (HEADLINE, FIRST, SECOND))
    body = f"<office:body><office:text>{lines}</office:text></office:body>"
    spaces = f'xmlns:office="{name}office:1.0" xmlns:text="{name}text:1.0"'
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content.encode()}, packed=False)


def zipped(files: dict[str, bytes], *, packed: bool = True) -> bytes:
    """Return an archive of files."""
    way = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 27, 0, 0, 0))
            archive.writestr(entry, data, way)
    return out.getvalue()


SAMPLES: dict[str, Callable[[], bytes]] = {
    ".txt": text,
    ".md": markdown,
    ".html": page,
    ".mhtml": saved_page,
    ".docx": document,
    ".rtf": rich_text,
    ".pdf": portable,
    ".csv": separated(","),
    ".tsv": separated("\t"),
    ".json": records,
    ".jsonl": lines_of_records,
    ".xlsx": workbook,
    ".odt": open_document,
}
RECORDS = (".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".parquet")  # two articles, the others one
if find_spec("pyarrow"):
    SAMPLES[".parquet"] = columns

SOME = exports.STORIES[:3]
EXPORTS: dict[str, Callable[[], bytes]] = {
    "nexis-old.txt": lambda: nexis_old(SOME).encode(),
    "nexis-old.html": lambda: lexisnexis_page(SOME).encode(),
    "nexis.docx": lambda: exports.docx(nexis_lines(SOME)),
    "nexis.rtf": lambda: exports.rtf(nexis_lines(SOME)),
    "nexis.pdf": lambda: exports.pdf(nexis_lines(SOME)),
    "factiva.html": lambda: factiva_page("en", SOME).encode(),
    "factiva-articles.html": lambda: factiva_articles("de", SOME).encode(),
    "factiva.xml": lambda: factiva_xml(SOME).encode(),
    "factiva.rtf": lambda: exports.rtf(factiva_lines("en", SOME)),
    "factiva.txt": lambda: "\n".join(factiva_named("fr", SOME)).encode(),
    "proquest.txt": lambda: proquest_text(SOME).encode(),
    "proquest.html": lambda: proquest_page(SOME).encode(),
    "proquest.xls": lambda: proquest_table(SOME).encode(),
    "europresse.html": lambda: europresse(SOME).encode(),
    "europresse-old.html": lambda: europresse_old(SOME).encode(),
}
