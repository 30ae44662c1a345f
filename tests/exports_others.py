"""The invented result set as ProQuest and Europresse export it."""

from __future__ import annotations

import struct
from html import escape

from exports import STORIES, Story, date

# ProQuest


def proquest_text(stories: tuple[Story, ...] = STORIES, *, numbered: bool = False) -> str:
    """Return the text that ProQuest exports."""
    rule = "_" * 60
    out = []
    for number, story in enumerate(stories, 1):
        count = [f"Document {number} of {len(stories)}"] if numbered else []
        text = "\n".join(story.paragraphs)
        notes = f"CAPTION: {story.caption}\nCREDIT: A. Painter" if story.caption else ""
        fields = [
            *count,
            story.headline,
            f"Author: {story.byline}" if story.byline else "",
            f"Publication info: {story.outlet} ; Arden [Arden]. {date(story)}: A.3.",
            "https://www.proquest.com/docview/12345/se-2?accountid=1",
            "Abstract: None available.",
            "Links: https://links.example/?a=b&c=d",
            f"Full text: {text}",
            notes,
            "Subject: Harbours; Ships",
            f"Title: {story.headline}",
            f"Publication title: {story.outlet}; Arden",
            "Publication year: 2024",
            f"Publication date: {date(story, month_first=True)}",
            f"Section: {story.section}",
            f"Correction: {story.correction}" if story.correction else "",
            "Publisher: Arden Press Ltd",
            "Language of publication: English",
            "Document type: News",
            f"ProQuest document ID: {2_637_000 + number}",
            f"Document URL: https://www.proquest.com/docview/{2_637_000 + number}/se-2",
            "Copyright: Copyright 2024 Arden Press. All Rights Reserved.",
            "Last updated: 2024-06-01",
            "Database: Newsstream",
        ]
        out.append(rule + "\n\n" + "\n\n".join(filter(None, fields)) + "\n\n")
    foot = "Contact us at: http://www.proquest.com/go/contactsupport\n\nTerms and Conditions\n"
    return "".join([*out, rule, "\n\n", foot])


def proquest_page(stories: tuple[Story, ...] = STORIES) -> str:
    """Return the page that ProQuest exports."""
    out = ["<html><head><title>ProQuest</title></head><body>"]
    for number, story in enumerate(stories, 1):
        text = "".join(f"<p>{escape(p)}</p>          " for p in story.paragraphs)
        fields = {
            "Subject": "Harbours; Ships",
            "Publication title": f"{escape(story.outlet)}; Arden",
            "Publication date": date(story, month_first=True),
            "Section": story.section,
            "Correction": story.correction,
            "Language of publication": "English",
            "ProQuest document ID": str(2_637_000 + number),
            "Database": "Newsstream",
        }
        out.append(
            f'<div style="margin-bottom:20px"><a name="DocID_X_{number}"></a><p></p>'
            f'<p style="font-weight:bold;">{escape(story.headline)}</p>'
            + (f"<p><strong>Author:  </strong>{escape(story.byline)}</p>" if story.byline else "")
            + '<p><a href="https://www.proquest.com/x">ProQuest document link</a></p>'
            "<p><strong>Abstract:  </strong></p><p>A short summary.</p>"
            f'<p><strong>Full text: </strong><text wordcount="2"><title></title>{text}</text></p>'
            + "".join(f"<p><strong>{k}: </strong>{v}</p>" for k, v in fields.items() if v)
            + "</div>"
        )
    return "".join([*out, "</body></html>"])


def proquest_table(stories: tuple[Story, ...] = STORIES, text: str = "Full text") -> str:
    """Return a table in a page, as ProQuest names it .xls."""
    names = ("Title", text, "StoreId", "Authors", "pubdate", "pubtitle", "language", "subjects")
    head = "".join(f"<th>{name}</th>" for name in names)
    rows = []
    for number, story in enumerate(stories, 1):
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
        cells = [escape(story.headline), body, str(number), escape(story.byline)]
        cells += [date(story, month_first=True), escape(story.outlet), "English", "Ships"]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return (
        '<html><head><meta charset="utf-8"><title>ProQuest</title></head><body><table>'
        f"<tr>{head}</tr>{''.join(rows)}</table></body></html>"
    )


# Europresse


def europresse(stories: tuple[Story, ...] = STORIES) -> str:
    """Return the page that Europresse exports now."""
    out = ['<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>']
    for number, story in enumerate(stories, 1):
        body = "".join(f"<p>{escape(p)}</p> " for p in story.paragraphs)
        caption = f"<div><p><b>Illustration(s) : </b></p><div><p>{story.caption}</p></div></div>"
        note = f"<div><b>Note(s) : </b><p>{story.correction}</p></div>" if story.correction else ""
        out.append(
            '<article> <header> <img src="x.gif" /> <div> <span class="DocPublicationName">'
            f'{escape(story.outlet)}  </span> </div> <div> <span class="DocHeader">'
            f"{story.section}, jeudi {date(story, 'fr')} 30 mots, p. 3</span> </div>"
            '<div><p>RUBRIQUE</p></div> <div class="titreArticle"> <p class="titreArticleVisu">'
            f"{escape(story.headline)}</p> </div>"
            + (f" <div>{escape(story.byline)}</div>" if story.byline else "")
            + f"</header> <section> <div class='docOcurrContainer'> {body} </div> </section>"
            f"<aside>{caption if story.caption else ''}{note}</aside> <footer>"
            "<small>© 2024 Arden. Tous droits réservés.</small>"
            f"<p>Numéro de document : news·20240101·AR·{number}</p>"
            "<div id='divPubliC'><span>Ce certificat est émis à <b>Université</b></span></div>"
            "</footer> </article>"
        )
    return "".join([*out, "</body></html>"])


def europresse_old(stories: tuple[Story, ...] = STORIES) -> str:
    """Return the page that Europresse exported before 2014."""
    out = ["<html><head></head><body>"]
    for number, story in enumerate(stories, 1):
        body = "<p></p>".join(escape(paragraph) for paragraph in story.paragraphs)
        byline = f"{escape(story.byline)}<br><p></p>" if story.byline else ""
        parts = (f"{story.section}, ", "jeudi ", date(story, "fr"), ", p. 3")
        head = "".join(f'<span class="DocHeader">{part}</span>' for part in parts)
        out.append(
            '<table><tr><td><table id="t"><tr><td><img src="x.gif"><br></td></tr></table>'
            f'<span class="DocPublicationName">{escape(story.outlet)}</span><br>'
            f"{head}"
            f'<br><br><span class="TitreArticleVisu">{escape(story.headline)}</span><br><br>'
            f"{byline}{body}<p></p><b><i>© 2024 Arden. Tous droits réservés.</i></b><p></p>"
            f"Numéro de document : news·20240101·AR·{number}<br><br><table><tr><td>certificat"
            "</td></tr></table></td></tr></table>\n<p><br><br>"
        )
    return "".join([*out, "</body></html>"])


def old_excel(rows: list[list[str | float]]) -> bytes:
    """Return an old Excel file (.xls) with these rows: a workbook in a compound file."""
    book = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    name = struct.pack("<BB", 6, 0) + b"Sheet1"
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 6))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, float):
                sheet += _record(0x203, place + struct.pack("<d", cell))
            else:
                text = cell.encode("utf-16-le")
                sheet += _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text)
    start = len(book) + 4 + 6 + len(name) + 4
    book += _record(0x85, struct.pack("<IH", start, 0) + name) + _record(0x0A, b"")
    return _compound(book + sheet + _record(0x0A, b""))


def _record(kind: int, data: bytes) -> bytes:
    """Return one record of a workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """Return a compound file with the stream "Workbook"."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD]
    table = b"".join(struct.pack("<I", at) for at in chain).ljust(512, b"\xff")
    assert len(table) == 512
    entry = struct.Struct("<64sHBBIII16sIQQIQ")
    nil = 0xFFFFFFFF
    root = entry.pack(
        "Root Entry".encode("utf-16-le"), 22, 5, 1, nil, nil, 1, b"", 0, 0, 0, nil - 1, 0
    )
    name = "Workbook".encode("utf-16-le")
    file = entry.pack(name, 18, 2, 1, nil, nil, nil, b"", 0, 0, 0, 0, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, sectors, 0, 4096, nil - 1, 0, nil - 1, 0)
    head += struct.pack("<I", sectors + 1).ljust(436, b"\xff")
    return head + stream + (root + file).ljust(512, b"\0") + table
