"""Findings about records, archives, parsers and joined tables: CK-18x and CK-19x."""

from __future__ import annotations

from .code import CHANGED, SKIPPED, Code

GATE: dict[str, Code] = {
    # what a file holds, against what it says
    "CK-181": Code(
        CHANGED,
        "of its {total} records, {left} left out",
        "Each has its own row with the reason.",
    ),
    "CK-182": Code(
        CHANGED,
        "its numbers do not agree: {numbers}",
        "Compare them with the list of results of the database; export again if some are missing.",
    ),
    "CK-197": Code(
        CHANGED, "{count} of its records loaded with a note", "Each has its own row with the note."
    ),
    "CK-183": Code(SKIPPED, "the record holds no text", "Check whether the source has one."),
    "CK-184": Code(
        CHANGED,
        "it is named {ending} and holds {what}; it was read as such",
        "Give it the ending of what it is.",
    ),
    "CK-185": Code(SKIPPED, "the file holds no article", "Check the export."),
    # archives
    "CK-186": Code(
        SKIPPED, "it is protected by a password", "Unpack it and put its files into the folder."
    ),
    "CK-187": Code(
        SKIPPED, "the archive is cut off or damaged ({error})", "Fetch or copy the archive again."
    ),
    "CK-188": Code(
        SKIPPED, "the archive holds {what}", "Unpack it and put its articles into the folder."
    ),
    "CK-189": Code(SKIPPED, "the archive holds no files", "Check the export."),
    "CK-190": Code(
        SKIPPED,
        "it unpacks to more than {most} MB, more than an article of its packed size would",
        "Unpack it yourself and look at it.",
    ),
    "CK-195": Code(
        SKIPPED,
        "its name leads out of the archive",
        "Unpack it with a program that you trust, and look at it.",
    ),
    # tables of metadata
    "CK-196": Code(
        SKIPPED, "the table holds more than {most} rows", "Split it, or leave out what is not used."
    ),
    # the parsers
    "CK-191": Code(
        SKIPPED,
        "its parser did not end within {seconds} s and was stopped",
        "Save the text of the article as .txt.",
    ),
    "CK-192": Code(
        SKIPPED,
        "its parser asked for more than {most} MB of memory and was stopped",
        "Save the text of the article as .txt.",
    ),
    "CK-193": Code(
        SKIPPED,
        "its parser broke down ({error})",
        "Save the text of the article as .txt.",
    ),
    "CK-194": Code(
        SKIPPED,
        "the process that reads such files could not be started ({error})",
        "Check that Python may start processes, and that there is memory left; then read again.",
    ),
}
