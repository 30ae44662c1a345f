"""Findings about documents and pages: CK-160 to CK-179."""

from __future__ import annotations

from .code import CHANGED, SKIPPED, Code

PAGES: dict[str, Code] = {
    "CK-161": Code(
        CHANGED,
        "it holds {count} of hidden text, which was left out",
        "Show hidden text in a word processor and check whether it belongs to the article.",
    ),
    "CK-162": Code(
        CHANGED,
        "{count} of a picture font left out",
        "Compare it with the document.",
    ),
    "CK-163": Code(
        CHANGED,
        "the file ends in the middle ({count} still open); what it holds was read",
        "Fetch or copy it again.",
    ),
    "CK-164": Code(
        SKIPPED,
        "the document holds more than {most} marks of layout",
        "Open it in a word processor and save its text as .txt.",
    ),
    # PDF
    "CK-165": Code(
        CHANGED,
        "{count} that line ends divide (the first {sample!r}) were joined; a soft hyphen marks "
        "each joint",
        "Nothing need be done; hyphens='keep' leaves them as they stand.",
    ),
    "CK-166": Code(
        CHANGED,
        "line ends divide {count}, the first {sample!r}; they stand as on the page",
        "hyphens='join' joins them.",
    ),
    "CK-167": Code(
        SKIPPED,
        "it has no text layer: its pages are pictures",
        "Run OCR over it, for instance with ocrmypdf, and read the result.",
    ),
    "CK-168": Code(
        CHANGED,
        "{count} without text, the first is page {first}",
        "If they are scanned, run OCR over them.",
    ),
    "CK-169": Code(
        CHANGED,
        "{count} could not be read, the first is page {first}",
        "Compare it with the document; fetch it again or save its text as .txt.",
    ),
    "CK-170": Code(
        SKIPPED,
        "the document has {count} pages, more than the {most} of one file",
        "Split it.",
    ),
    "CK-171": Code(
        CHANGED,
        "its end is damaged or missing; what could be found was read",
        "Compare it with the document, or fetch it again.",
    ),
    "CK-172": Code(
        SKIPPED,
        "its fonts do not say which characters they show",
        "Run OCR over it, for instance with ocrmypdf --force-ocr, and read the result.",
    ),
    "CK-173": Code(
        CHANGED,
        "one of its fonts has an unknown encoding; the characters may be wrong",
        "Check the text; if it is wrong, run OCR over the document.",
    ),
    "CK-175": Code(
        SKIPPED,
        "the saved page holds no page",
        "Save it again as .html or .mhtml.",
    ),
    # web pages
    "CK-174": Code(
        CHANGED,
        "the page has a wall for readers who have not paid; its text may be only the beginning",
        "Compare it with the page; take the text from a database if it is cut short.",
    ),
    "CK-176": Code(
        CHANGED,
        "the page shows no article; its text is what the page states for machines",
        "Check the text.",
    ),
    "CK-177": Code(
        CHANGED,
        "the page is compressed (gzip); it was unpacked",
        "Nothing need be done.",
    ),
}
