"""Tables of ProQuest: an old Excel file, or a page that is called one."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..findings.told import finding, skip
from .drafts import Draft, composed_draft
from .markup import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ROWS = 100_000
# Names of columns, without blanks and in small letters, and the fields that they fill.
COLUMNS = {
    "title": "headline",
    "abstract": "abstract",
    "fulltext": "text",
    "storeid": "accession",
    "proquestdocumentid": "accession",
    "authors": "byline",
    "author": "byline",
    "pubdate": "day",
    "publicationdate": "day",
    "pubtitle": "outlet",
    "publicationtitle": "outlet",
    "language": "language",
    "languageofpublication": "language",
    "documenturl": "url",
    "section": "section",
    "startpage": "page",
    "pages": "page",
    "subjects": "subject",
    "subjectterms": "subject",
    "companies": "company",
    "identifierkeywords": "keywords",
    "articletype": "document_type",
    "documenttype": "document_type",
    "copyright": "copyright",
    "issn": "issn",
    "year": "year",
    "database": "database",
    "placeofpublication": "place",
    "correction": "correction",
}


def is_sheet(data: bytes) -> bool:
    """Return whether the bytes are an old Excel file with columns of ProQuest."""
    if not data.startswith(OLE):
        return False
    names = ("pubtitle", "Publication title", "StoreId")
    return any(n.encode(codec) in data for n in names for codec in ("latin-1", "utf-16-le"))


def rows_of_sheet(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet of an old Excel file, as texts."""
    try:
        xlrd: Any = import_module("xlrd")
    except ImportError:
        raise skip("CK-308") from None
    try:
        book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=_Silence())
        sheet = book.sheet_by_index(0)
        rows = range(min(sheet.nrows, MOST_ROWS))
        return [[_cell(cell, xlrd, book.datemode) for cell in sheet.row(row)] for row in rows]
    except Exception as error:  # xlrd raises whatever the bytes lead it to
        raise skip("CK-152", error=type(error).__name__) from error


def rows_of_page(tree: HtmlElement | None) -> list[list[str]]:
    """Return the rows of the first table of a page that has columns of ProQuest, or none."""
    for table in [] if tree is None else tree.xpath("//table"):
        rows = [[_text(cell) for cell in row.xpath("./td | ./th")] for row in table.xpath(".//tr")]
        if rows and _is_head(rows[0]):
            return rows
    return []


def drafts_of_rows(rows: Sequence[Sequence[str]]) -> list[Draft]:
    """Return a draft for each row below the names of the columns."""
    if not rows or not _is_head(rows[0]):
        return []
    names = [COLUMNS.get(_squeezed(name), _squeezed(name)) for name in rows[0]]
    return [_of_row(names, row) for row in rows[1:] if any(cell.strip() for cell in row)]


def _of_row(names: Sequence[str], row: Sequence[str]) -> Draft:
    """Return the draft of one row."""
    fields: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        if cell.strip() and name and name not in fields:
            fields[name] = cell.strip()
    text = fields.pop("text", "")
    told = [] if text else [finding("CK-306")]
    text = text or fields.pop("abstract", "")
    lines = [line.strip() for line in text.splitlines()]
    fields["outlet"] = fields.get("outlet", "").partition(";")[0].strip()
    draft = composed_draft(" ".join(fields.pop("headline", "").split()), lines, fields)
    draft.told = told if text else []
    return draft


def _is_head(row: Sequence[str]) -> bool:
    """Return whether a row names columns of ProQuest."""
    known = {COLUMNS.get(_squeezed(name)) for name in row}
    return {"headline", "outlet"} <= known and "day" in known


def _squeezed(name: str) -> str:
    """Return the name of a column without blanks and marks, in small letters."""
    return "".join(char for char in name.lower() if char.isalnum())


def _text(cell: HtmlElement) -> str:
    """Return the text of a cell, one line a paragraph."""
    inner = cell.xpath(".//p | .//br/..")
    return "\n".join(words(p) for p in inner) if len(inner) > 1 else words(cell)


def _cell(cell: Any, xlrd: Any, mode: int) -> str:
    """Return a cell as text: a date in ISO 8601, a whole number without its point."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        return str(xlrd.xldate_as_datetime(cell.value, mode).date())
    value = cell.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


class _Silence:
    """A file to which a parser writes its remarks, which nobody reads."""

    def write(self, text: str) -> int:
        """Take what is written."""
        return len(text)
