"""One invented result set, and the files in which databases hand it out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape as xml_escape


@dataclass(frozen=True)
class Story:
    """An invented article."""

    headline: str
    outlet: str
    day: str  # ISO
    byline: str
    section: str
    paragraphs: tuple[str, ...]
    correction: str = ""
    caption: str = ""


STORIES = (
    Story(
        "Harbour opens a third dock",
        "Harbour Gazette",
        "2024-01-11",
        "Ada Marsh",
        "News",
        (
            "The harbour opened a third dock on Thursday, two years late.",
            "“We needed room for 40 more ships,” the harbour master said, & smiled.",
            "Costs rose from $5 million to $10 million; nobody could say why.",
        ),
    ),
    Story(
        "Café owners <still> wait for an answer",
        "Meridian Post",
        "2024-01-12",
        "Émile Brandt",
        "Business",
        (
            "Café owners in the old town have waited since August for an answer.",
            "Subject: the letter began with that word, and ended there.",
        ),
    ),
    Story(
        "Trains to run later in March",
        "Ledger Daily",
        "2024-03-02",
        "",
        "Transport",
        ("Trains will run until two in the morning.", "Length: of the route, 12 miles, no change."),
    ),
    Story(
        "A bridge, a river and a vote",
        "The Times of Arden",
        "2023-12-31",
        "Noor Haddad",
        "Politics",
        ("The council votes on the bridge on Monday.", "It is the third vote in a year."),
        correction="An earlier version named the wrong river.",
    ),
    Story(
        "Library keeps its doors open",
        "Harbour Gazette",
        "2024-02-29",
        "Ada Marsh",
        "Culture",
        (
            "The library stays open on Sundays.",
            "Readers had collected 3,000 names.",
            "The council thanked them, and found the money.",
            "It opens at ten.",
        ),
        caption="The reading room in 1911.",
    ),
    Story(
        "Snow closes two schools",
        "Meridian Post",
        "2024-01-09",
        "Lin Park",
        "News",
        ("Snow closed two schools on Tuesday.",),
    ),
    Story(
        "Bank moves to smaller house",
        "Ledger Daily",
        "2023-11-05",
        "Rosa Weiß",
        "Business",
        ("The bank moves.", "By the way, said its director, it moves with all its staff."),
    ),
    Story(
        "Orchard wins prize for old apples",
        "The Times of Arden",
        "2024-04-18",
        "Ivo Dahl",
        "Country",
        ("An orchard with 90 kinds of apples won a prize.", "Its oldest tree is from 1850."),
    ),
    Story(
        "Ferry timetable changes again",
        "Harbour Gazette",
        "2024-05-20",
        "",
        "Transport",
        ("The ferry leaves at nine, not at ten.", "The office said so on a note at its door."),
    ),
    Story(
        "Last tram of the summer",
        "Meridian Post",
        "2023-09-30",
        "Lin Park",
        "News",
        ("The last tram of the summer left at six.", "It was full.", "Then the lights went out."),
    ),
)
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def date(story: Story, language: str = "en", *, month_first: bool = False) -> str:
    """Return the day of a story as a database writes it."""
    year, month, day = (int(part) for part in story.day.split("-"))
    if language == "zh":
        return f"{year} 年 {month} 月 {day} 日"
    if language == "ko":
        return f"{year}년 {month}월 {day}일"
    name = MONTHS[language].split()[month - 1]
    return f"{name} {day}, {year}" if month_first else f"{day} {name} {year}"


def words(story: Story) -> int:
    """Return how many words a story has."""
    return sum(len(paragraph.split()) for paragraph in story.paragraphs)


def docx(lines: list[str]) -> bytes:
    """Return a Word document of these paragraphs."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inner = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{xml_escape(line)}</w:t></w:r></w:p>'
        for line in lines
    )
    xml = f'<?xml version="1.0"?><w:document {space}><w:body>{inner}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml.encode())
    return file.getvalue()


def rtf(lines: list[str], bold: tuple[str, ...] = ()) -> bytes:
    """Return a Rich Text file of these paragraphs; lines of `bold` are bold."""
    out = ["{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n"]
    for line in lines:
        text = "".join(_rtf_character(char) for char in line)
        out.append(f"{{\\b {text}}}\\par\n" if line in bold else f"{text}\\par\n")
    return "".join([*out, "}"]).encode("ascii")


def pdf(lines: list[str]) -> bytes:
    """Return a PDF that prints these lines in one font, wrapped, an empty one as a gap."""
    pages: list[list[str]] = [[]]
    high = 800
    for line in lines:
        for row in wrap(line.replace("\xa0", " "), 40) or [""]:
            if high < 60:
                pages.append([])
                high = 800
            if row:
                pages[-1].append(f"1 0 0 1 50 {high} Tm ({_pdf_text(row)}) Tj")
            high -= 14
        high -= 14
    return _pdf(pages)


def _rtf_character(char: str) -> str:
    """Return a character as Rich Text writes it."""
    if char in "\\{}":
        return "\\" + char
    code = ord(char)
    return char if code < 128 else f"\\u{code if code < 32768 else code - 65536}?"


def _pdf_text(text: str) -> str:
    """Return a text as a string of a PDF in Latin letters."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return "".join(c if ord(c) < 128 else f"\\{c.encode('cp1252')[0]:03o}" for c in escaped)


def _pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF of these pages of marks."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", font]
    kids = []
    for marks in pages:
        stream = "BT /F1 11 Tf\n" + "\n".join(marks) + "\nET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 842] "
        page += f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        objects.append(page)
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")
