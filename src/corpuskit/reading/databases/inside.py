"""An export inside a document whose reader has already found its lines: a PDF."""

from __future__ import annotations

from collections.abc import Sequence

from ..article import Options, Reading
from ..documents.lines import Line
from .drafts import reading_of
from .factiva_text import drafts_of_lines
from .nexis import nexis_of_lines
from .sheets import sheet_of_lines


def export_in(lines: Sequence[Line], options: Options, encoding: str) -> Reading | None:
    """Return the articles of an export of Nexis or Factiva in the paragraphs of a PDF, or None.

    Parameters
    ----------
    lines
        The paragraphs; line feeds in them are ends of lines on the page.
    options
        As everywhere.
    encoding
        The name of the format, for the report.
    """
    found = nexis_of_lines(lines, options, encoding, pages=True)
    if found is not None:
        return found
    sheet, told = sheet_of_lines(lines, pages=True)
    drafts, delimiters = drafts_of_lines(sheet)
    if not any(draft.fields.get("accession") and draft.fields.get("day") for draft in drafts):
        return None
    return reading_of(drafts, options, encoding=encoding, findings=told, delimiters=delimiters)
