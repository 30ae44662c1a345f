"""Every kind of finding: its code, what it does to the file, why, and what a person can do."""

from __future__ import annotations

from collections.abc import Mapping

from .code import CHANGED, LOADED, SKIPPED, Code
from .databases import DATABASES
from .documents import PAGES
from .files import GATE
from .records import RECORDS

__all__ = ["CHANGED", "CODES", "LOADED", "SKIPPED", "Code", "codes_as_markdown"]

_ORDER = "Give date_order='dmy' or 'mdy' if you know it."
_GUESS = "Check the text; if it is wrong, give the right name as encoding=."

CODES: Mapping[str, Code] = {
    # nothing to read
    "CK-101": Code(SKIPPED, "the file is empty", "Remove it or check the export."),
    "CK-102": Code(SKIPPED, "the file holds only blanks", "Remove it or check the export."),
    "CK-103": Code(
        SKIPPED,
        "the file holds header lines or page furniture, but no article text",
        "Check the export; clean=False keeps page furniture.",
    ),
    # not an article file
    "CK-104": Code(
        SKIPPED,
        "the file looks like {what}, not text",
        "Open it in its own program and save the article as .txt, .html or .docx.",
    ),
    "CK-105": Code(
        SKIPPED,
        "{ending} files are not read by this version",
        "Save the article as .txt, .html or .docx.",
    ),
    "CK-106": Code(
        SKIPPED,
        "the file holds {size} MB, more than the {most} MB of one article file",
        "Split it into one file an article.",
    ),
    "CK-107": Code(
        SKIPPED,
        "the file is named {ending} but does not hold what the name says",
        "Give it the ending of what it is.",
    ),
    # the folder
    "CK-111": Code(SKIPPED, "there is no permission to read it", "Ask for the right to read it."),
    "CK-112": Code(SKIPPED, "it could not be read ({error})", "Copy it anew and try again."),
    "CK-113": Code(
        SKIPPED,
        "it is a {kind}, not a file, and was not opened",
        "Put ordinary files into the folder.",
    ),
    "CK-114": Code(
        SKIPPED,
        "it is a link that leads out of the folder",
        "Copy its target into the folder if it belongs to the corpus.",
    ),
    "CK-115": Code(
        SKIPPED, "it is a link that leads nowhere or in a circle", "Remove the link or mend it."
    ),
    "CK-116": Code(
        SKIPPED,
        "it is a link to {target}, which is read where it stands",
        "Nothing need be done.",
    ),
    "CK-117": Code(
        CHANGED,
        "its name holds characters that are not text; it is listed as shown here",
        "Rename it if you need to refer to it.",
    ),
    "CK-119": Code(
        SKIPPED,
        "the reader stopped with {error}",
        "Save the article as .txt and report the file to the authors of corpuskit.",
    ),
    # bytes and characters
    "CK-121": Code(CHANGED, "it is not UTF-8; it was read as {encoding}, a guess", _GUESS),
    "CK-122": Code(
        CHANGED,
        "it declares {declared} but its bytes are {encoding}; it was read as {encoding}",
        "Check the text.",
    ),
    "CK-123": Code(
        CHANGED,
        "it is UTF-8 with {count} from cp1252 (a guess), the first at character {first}",
        "Check these places; the file was probably pasted together from two sources.",
    ),
    "CK-124": Code(
        CHANGED,
        "it holds {count} that could not be read (U+FFFD), the first at character {first}",
        "Fetch the file again, or give the right encoding=.",
    ),
    "CK-125": Code(
        CHANGED,
        "{count} like text that was encoded twice ({sample!r}); nothing was changed",
        "Fetch the text again from its source.",
    ),
    "CK-126": Code(
        CHANGED,
        "{count} replaced by U+FFFD, one for one",
        "Check the export if words are torn.",
    ),
    "CK-127": Code(
        CHANGED,
        "it holds {count} that turn the direction of writing; what is shown may differ from the "
        "order of the characters",
        "Check these places.",
    ),
    "CK-128": Code(
        CHANGED, "it holds {count} of no width", "Nothing need be done; searches pass over them."
    ),
    "CK-129": Code(
        CHANGED,
        "it is UTF-8 with surrogate pairs (CESU-8); {count} joined to one character",
        "Nothing need be done.",
    ),
    # dates and outlets
    "CK-131": Code(
        CHANGED, "the date {date!r} may be day-month or month-day; it was left empty", _ORDER
    ),
    "CK-132": Code(
        CHANGED,
        "the date {date!r} does not exist; it was left empty",
        "Correct it in the file.",
    ),
    "CK-133": Code(
        CHANGED,
        "the date {date!r} does not name a day; it was left empty",
        "Write the day into the file, for instance 2026-01-27.",
    ),
    "CK-134": Code(
        CHANGED,
        "the time zone in {date!r} is not a number; the local time was kept without it",
        "Write the offset into the file, for instance +05:30.",
    ),
    "CK-135": Code(
        CHANGED,
        "the page names no date in its own fields; {date!r} was found elsewhere in it",
        "Check it against the page.",
    ),
    "CK-136": Code(
        CHANGED,
        "its header says outlet {header!r}, its folder {folder!r}; the header was taken",
        "Give outlets= to settle it.",
    ),
    # web pages
    "CK-141": Code(
        SKIPPED, "no article text found", "Save the page of the article itself, or its text."
    ),
    "CK-142": Code(
        SKIPPED,
        "no article text found: the page is nested {depth} tags deep or deeper",
        "Save the text of the article as .txt.",
    ),
    "CK-143": Code(
        CHANGED,
        "the page is nested {depth} tags deep or deeper; text below that is missing",
        "Compare it with the page.",
    ),
    "CK-144": Code(
        CHANGED, "it declares entities of its own; they were not expanded", "Check the text."
    ),
    "CK-145": Code(CHANGED, "it holds a web page; it was read as one", "Name it .html."),
    "CK-146": Code(
        SKIPPED,
        "the page holds {count} tags, more than the {most} of one article",
        "Save the text of the article as .txt.",
    ),
    # documents
    "CK-151": Code(
        SKIPPED,
        "the document declares a DOCTYPE, which no word processor writes",
        "Open it in a word processor and save it again.",
    ),
    "CK-152": Code(
        SKIPPED, "the document is cut off or damaged ({error})", "Fetch or copy it again."
    ),
    "CK-153": Code(
        SKIPPED, "the document is protected by a password", "Save a copy without the password."
    ),
    "CK-154": Code(SKIPPED, "it is an old Word document (.doc)", "Open it and save it as .docx."),
    "CK-155": Code(
        SKIPPED,
        "the document unpacks to more than {most}",
        "Open it in a word processor and save its text as .txt.",
    ),
    "CK-156": Code(
        SKIPPED,
        "the archive holds no Word document",
        "Unpack it and put the articles into the folder.",
    ),
    **PAGES,
    **GATE,
    **RECORDS,
    **DATABASES,
}


def codes_as_markdown() -> str:
    """Return the table of all codes in Markdown, for the README."""
    head = ["| code | file is | what is wrong | what you can do |", "|---|---|---|---|"]
    rows = [f"| {code} | {c.status} | {c.reason} | {c.remedy} |" for code, c in CODES.items()]
    return "\n".join(head + [row.replace("!r}", "}") for row in rows])
