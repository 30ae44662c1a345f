"""Findings about exports of news databases: CK-3xx."""

from __future__ import annotations

from .code import CHANGED, SKIPPED, Code

DATABASES: dict[str, Code] = {
    "CK-301": Code(
        CHANGED,
        "the document names no date; it was left empty",
        "Look the date up in the database.",
    ),
    "CK-302": Code(
        SKIPPED,
        "the document holds no body text (headline: {headline!r})",
        "Export it with its full text; pictures and articles without licence have none.",
    ),
    "CK-303": Code(
        CHANGED,
        "the document repeats document {first} of the same file word for word",
        "Count stories instead of articles, or leave it out.",
    ),
    "CK-304": Code(
        SKIPPED,
        "the database did not deliver the document ({notice})",
        "Open it in the database and export it alone.",
    ),
    "CK-305": Code(
        CHANGED,
        "a correction is appended, which is not part of the text ({words})",
        "Read it before you quote the article.",
    ),
    "CK-306": Code(
        CHANGED,
        "the document has no full text; its abstract was read in its place",
        "Export it with its full text, or leave it out when counting words.",
    ),
    "CK-307": Code(
        CHANGED,
        "the numbers of its documents leave out some ({gaps})",
        "Export the missing documents again.",
    ),
    "CK-308": Code(
        SKIPPED,
        "it is an old Excel file (.xls), and the package that reads those is not installed",
        "Install xlrd, or save the table as .csv or .xlsx.",
    ),
    "CK-309": Code(
        CHANGED,
        "the time zone of {count} is not a number ({sample!r}); the local time was kept without it",
        "Nothing need be done where days are counted, not hours.",
    ),
}
