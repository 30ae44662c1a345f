"""One document of the newer layouts of Nexis Uni, Nexis+ and Lexis Advance."""

from __future__ import annotations

import re

from .days import day_in, is_day_line
from .drafts import Draft
from .labels import HEADER, INDEXING, heading_of, label_of, rule_of
from .nexis_old import APPENDED
from .sheets import Sheet

END = re.compile(
    r"(?:End of Document|Ende des Dokuments|Dokumentende|Fin du document|Fin del documento"
    r"|Fine del documento|Einde van (?:het )?document|Fim do documento)\W*",
    re.I,
)
BODY = re.compile(r"(?:Body|Hauptteil|Haupttext|Textk[öo]rper|Corps|Cuerpo|Corpo|Tekst|Text)")
INDEX = re.compile(r"Classification|Klassifizierung|Classificatie|Clasificaci[óo]n|Classificazione")
PAGE = re.compile(
    r"(?:Page|Seite|P[áa]gina|Pagina) ?\d+ (?:of|von|sur|de|di|van) ?\d+|Link to (?:Image|Story)"
    r"|.{0,80}(?:Privacy Policy|Terms (?:&|and) Conditions).{0,80}©.{0,40}",
    re.I,
)
COVER = re.compile(
    r"(?P<what>Documents?|Dokumente?|Documentos?|Documenti|Documenten) ?\((?P<n>\d[\d.,]*)\)"
    r"|(?:Job Number|Auftragsnummer|Client/Matter|Search Terms|Date and Time|User Name) ?:.*"
)
MOST_NOTES = 8  # lines of notes below a body


def new_document(sheet: Sheet, *, first: bool) -> Draft:
    """Return the draft of one document, its header lines and footer as cuts.

    Parameters
    ----------
    sheet
        The lines from below one "End of Document" to the next.
    first
        Whether the cover of the export may stand above it.
    """
    lines = sheet.lines()
    anchor = _anchor(lines)
    day = _day_line(lines, anchor)
    top = _top(sheet, lines, day, anchor) if first else 0
    draft = Draft(sheet.text)
    draft.cuts += sheet.cut(range(top), "cover", "cover of the export")
    _above(sheet, range(top, anchor), day, draft)
    start = _header(sheet, lines, anchor, draft)
    end = _footer(sheet, lines, start, draft)
    _body(sheet, range(start, end), draft)
    return draft


def declared_on_cover(sheet: Sheet) -> int | None:
    """Return the number of documents that the cover names, or None."""
    for line in sheet.lines():
        found = COVER.fullmatch(line)
        if found and found["n"]:
            return int(re.sub(r"\D", "", found["n"]))
        if END.fullmatch(line):
            return None
    return None


def _anchor(lines: list[str]) -> int:
    """Return the number of the first line that is a label of a document, or "Body"."""
    for at, line in enumerate(lines):
        found = label_of(line, capitals=False)
        if BODY.fullmatch(line) or (found and found.name in HEADER):
            return at
    return len(lines)


def _day_line(lines: list[str], anchor: int) -> int | None:
    """Return the number of the line with the date: the last one above the labels."""
    return next((at for at in range(anchor - 1, -1, -1) if is_day_line(lines[at])), None)


def _top(sheet: Sheet, lines: list[str], day: int | None, anchor: int) -> int:
    """Return the number of the first line below the cover: where the headline begins."""
    covers = [at for at, line in enumerate(lines[:anchor]) if COVER.fullmatch(line)]
    if not covers:
        return 0
    if day is None or day < 2:
        return min(covers[-1] + 1, anchor)
    at = day - 2
    while at > covers[-1] + 1 and not sheet.gaps[at]:
        at -= 1
    return at


def _above(sheet: Sheet, lines: range, day: int | None, draft: Draft) -> None:
    """Take headline, outlet, date, edition and copyright: what stands above the labels."""
    kept = [at for at in lines if not _furniture(sheet, at, draft)]
    below = day if day is not None and day in lines else None
    names = [at for at in kept if below is None or at < below]
    if len(names) > 1:
        draft.fields["outlet"] = sheet.line(names[-1])
        draft.cuts += sheet.cut(range(names[-1], names[-1] + 1), "header", "header line: outlet")
        names.pop()
    for at in names:
        if not draft.add_headline(sheet.spans[at]):
            draft.cuts += sheet.cut(range(at, at + 1), "header", "header line: other")
    rest = [at for at in kept if below is not None and at >= below]
    if rest:
        _day(sheet, rest, draft)


def _furniture(sheet: Sheet, at: int, draft: Draft) -> bool:
    """Cut a line that is a page number or a notice of copyright, and say so."""
    line, lines = sheet.line(at), range(at, at + 1)
    if PAGE.fullmatch(line):
        draft.cuts += sheet.cut(lines, "page", "number or footer of a page")
        return True
    if sheet.is_rights(lines):
        draft.fields.setdefault("copyright", line)
        draft.cuts += sheet.cut(lines, "copyright", "notice of copyright")
        return True
    return False


def _day(sheet: Sheet, lines: list[int], draft: Draft) -> None:
    """Take the line of the date and the edition below it."""
    draft.fields["day"] = sheet.line(lines[0])
    found = day_in(sheet.line(lines[0]))
    words = " ".join([found.after if found else "", *(sheet.line(at) for at in lines[1:])])
    if APPENDED.search(words):
        draft.fields["correction"] = APPENDED.findall(words)[0]
        words = APPENDED.sub("", words)
    draft.fields["edition"] = " ".join(words.split()).strip(" ,;")
    for at in lines:
        draft.cuts += sheet.cut(range(at, at + 1), "header", "header line: date and edition")


def _header(sheet: Sheet, lines: list[str], first: int, draft: Draft) -> int:
    """Take the labels above the body; return the number of the first line of the body."""
    body = next((at for at in range(first, len(lines)) if BODY.fullmatch(lines[at])), None)
    at = first
    while at < (len(lines) if body is None else body):
        found = label_of(lines[at], capitals=False)
        if found is None and body is None:
            break
        if found:
            draft.fields.setdefault(found.name, lines[at][found.start :].strip())
        draft.cuts += sheet.cut(range(at, at + 1), "header", "header line")
        at += 1
    if body is None:
        return at
    draft.cuts += sheet.cut(range(body, body + 1), "header", "header line: beginning of the body")
    return body + 1


def _footer(sheet: Sheet, lines: list[str], first: int, draft: Draft) -> int:
    """Take classification, notes and labels below the body; return where they begin."""
    end = len(lines)
    index = next((at for at in range(end - 1, first - 1, -1) if INDEX.fullmatch(lines[at])), None)
    if index is not None:
        _indexing(sheet, lines, range(index, end), draft)
        end = index
    alone = True  # whether no label has been met below: then "Subject:" may begin a sentence
    while end > first:
        start = _foot(sheet, lines, first, end)
        found = label_of(lines[start], capitals=False) if start < end else None
        indexing = found is not None and found.name in INDEXING
        if start == end or (indexing and (alone or index is not None)):
            break
        alone = alone and found is None
        _foot_field(sheet, lines, range(start, end), draft)
        end = start
    return end


def _indexing(sheet: Sheet, lines: list[str], index: range, draft: Draft) -> None:
    """Take the block "Classification": every line of it is a cut with this rule."""
    name = ""
    for at in index:
        found = label_of(lines[at], capitals=False)
        name = found.name if found else name
        value = lines[at][found.start :] if found else lines[at]
        if name:
            before = draft.fields.get(name, "")
            draft.fields[name] = f"{before} {value}".strip()
    draft.cuts += sheet.cut(index, "classification", "classification added by the database")


def _foot(sheet: Sheet, lines: list[str], first: int, end: int) -> int:
    """Return where the last part of the footer above `end` begins; `end` if there is none."""
    last = end - 1
    found = label_of(lines[last], capitals=False)
    if (found and found.name not in HEADER) or PAGE.fullmatch(lines[last]):
        return last
    if sheet.is_rights(range(last, end)):
        return last
    for at in range(last - 1, max(first, last - MOST_NOTES) - 1, -1):
        if heading_of(lines[at]):
            return at if at > first else end
    return end


def _foot_field(sheet: Sheet, lines: list[str], part: range, draft: Draft) -> None:
    """Take one part of the footer as a field, and cut it."""
    if len(part) == 1 and _furniture(sheet, part[0], draft):
        return
    found = label_of(lines[part[0]], capitals=False)
    name = found.name if found else heading_of(lines[part[0]])
    head = [lines[part[0]][found.start :]] if found else []
    value = " ".join([*head, *(lines[at] for at in part[1:])]).strip()
    draft.fields[name] = value or draft.fields.get(name, "")
    draft.cuts += sheet.cut(part, rule_of(name), f"footer line: {name}")


def _body(sheet: Sheet, lines: range, draft: Draft) -> None:
    """Take the paragraphs of the body, without page numbers and repeated headlines."""
    headline = " ".join(draft.fields.get("headline", "").split())
    paged = any(PAGE.fullmatch(sheet.line(at)) for at in lines)
    run: list[int] = []
    for at in lines:
        repeated = paged and " ".join(sheet.line(at).split()) == headline
        if repeated:
            draft.cuts += sheet.cut(range(at, at + 1), "running header", "headline of a page")
        if repeated or _furniture(sheet, at, draft):
            draft.paragraphs += sheet.paragraphs(range(run[0], run[-1] + 1)) if run else []
            run = []
        else:
            run.append(at)
    draft.paragraphs += sheet.paragraphs(range(run[0], run[-1] + 1)) if run else []
