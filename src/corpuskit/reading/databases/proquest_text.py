"""Documents of ProQuest in lines: a title, labelled fields, the full text between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..article import Cut
from ..findings.told import finding
from .drafts import Draft
from .sheets import Sheet

# Labels and the columns that they fill; blanks in them may be missing in an export.
LABELS = {
    "title": "headline",
    "author": "byline",
    "authors": "byline",
    "publication title": "outlet",
    "publication date": "day",
    "publication info": "source",
    "publication year": "year",
    "section": "section",
    "pages": "page",
    "first page": "page",
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "language of publication": "language",
    "language": "language",
    "document url": "url",
    "proquest document id": "accession",
    "copyright": "copyright",
    "subject": "subject",
    "subjects": "subject",
    "business indexing term": "business_terms",
    "location": "geographic",
    "people": "person",
    "company / organization": "company",
    "identifier / keyword": "keywords",
    "classification": "classification",
    "publisher": "publisher",
    "place of publication": "place",
    "country of publication": "country",
    "publication subject": "publication_subject",
    "issn": "issn",
    "e-issn": "eissn",
    "dateline": "dateline",
    "source type": "source_type",
    "document type": "document_type",
    "document feature": "document_feature",
    "illustration": "graphic",
    "caption": "graphic",
    "photograph": "graphic",
    "credit": "credit",
    "correction": "correction",
    "column": "column",
    "series": "series",
    "last updated": "last_updated",
    "database": "database",
    "links": "links",
    "abstract": "abstract",
    "abstract (summary)": "abstract",
    "alternate title": "alternate_title",
    "full text": "text",
}
_SQUEEZED = {label.replace(" ", ""): name for label, name in LABELS.items()}
IN_TEXT = frozenset({"graphic", "credit", "correction"})  # lines in capitals inside the text
RULES = {"graphic": "caption", "correction": "correction", "subject": "classification"}
ENOUGH = 0.8  # share of labelled blocks below the full text
BORDER = re.compile(r"_{20,}")
NUMBERED = re.compile(r"Document (?P<n>\d[\d,]{0,8}) of (?P<m>\d[\d,]{0,8})", re.I)
NOTHING = re.compile(r"(?:none|not) ?available\W*|full text (?:is )?not available\W*", re.I)
IDENTITY = re.compile(r"ProQuest ?document ?ID ?:", re.I)
_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z /()-]{2,28}?) ?:[ \t\xa0]*")
_FOOT = re.compile(
    r"(?:Contact us at ?:|Bibliography\b|Citation style ?:|Terms and Conditions|Database copyright"
    r"|Copyright © \d{4} ProQuest|ProQuest document link|https?://).*",
    re.I | re.S,
)


def parts_of(sheet: Sheet) -> list[Sheet]:
    """Return the documents of an export: what stands between rules, or below numbers."""
    lines = sheet.lines()
    marks = [at for at, line in enumerate(lines) if BORDER.fullmatch(line)]
    marks = marks or [at for at, line in enumerate(lines) if NUMBERED.fullmatch(line)]
    starts = [0, *(at + 1 for at in marks)]
    parts = [
        sheet.part(first, last) for first, last in zip(starts, [*marks, len(lines)], strict=True)
    ]
    return [part for part in parts if any(label_in(line)[0] for line in part.lines())]


def declared_in(lines: Sequence[str]) -> int | None:
    """Return how many documents the lines say there are ("Document 1 of 10"), or None."""
    found = [match for line in lines if (match := NUMBERED.fullmatch(line))]
    if not found or found[0]["n"] != "1":
        return None
    most = Counter(match["m"] for match in found).most_common(1)[0][0]
    return int(most.replace(",", ""))


def label_in(line: str) -> tuple[str, int]:
    """Return the field that a line begins and where its value starts, or ("", 0)."""
    found = _LABEL.match(line)
    name = _SQUEEZED.get(found["label"].replace(" ", "").lower(), "") if found else ""
    return (name, found.end()) if found and name else ("", 0)


def document(sheet: Sheet) -> Draft:
    """Return the draft of one document, its fields as cuts."""
    draft = Draft(sheet.text)
    blocks = sheet.blocks()
    names = [label_in(sheet.line(block[0]))[0] for block in blocks]
    text = next((at for at, name in enumerate(names) if name == "text"), None)
    below = _below(names, text + 1) if text is not None else len(blocks)
    top = text if text is not None else len(blocks)
    spread = _fields(sheet, blocks[:top], draft, title=True)
    if text is not None:
        _text(sheet, range(blocks[text][0], blocks[below - 1][-1] + 1), draft)
    _fields(sheet, blocks[below:] if text is not None else [], draft)
    if not draft.paragraphs and spread:
        _abstract(spread, draft)
    draft.fields["outlet"] = draft.fields.get("outlet", "").partition(";")[0].strip()
    draft.fields.setdefault("day", draft.fields.get("source", ""))
    return draft


def _below(names: Sequence[str], first: int) -> int:
    """Return the number of the block below the full text from which nearly all have labels."""
    for at in range(first, len(names)):
        rest = names[at:]
        share = sum(name != "" for name in rest) / len(rest)
        once = names[at] not in IN_TEXT and names[at] not in rest[1:]
        if names[at] and once and share >= ENOUGH:
            return at
    return len(names)


def _fields(
    sheet: Sheet, blocks: Sequence[range], draft: Draft, *, title: bool = False
) -> list[Cut]:
    """Take labelled blocks as fields and cut them; return the cuts that hold the abstract."""
    abstract: list[Cut] = []
    inside = ""
    for block in blocks:
        name, skip = label_in(sheet.line(block[0]))
        if NUMBERED.fullmatch(sheet.line(block[0])) or _FOOT.fullmatch(sheet.words(block)):
            draft.cuts += sheet.cut(block, "header", "number or foot of the document")
        elif title and not name and not draft.headline and not inside:
            draft.headline = sheet.span(block)
            draft.fields["headline"] = sheet.words(block)
        else:
            inside = name or inside
            cuts = _value(sheet, block, inside, skip, draft)
            abstract += cuts if inside == "abstract" else []
    return abstract


def _value(sheet: Sheet, block: range, name: str, skip: int, draft: Draft) -> list[Cut]:
    """Take a block as (a part of) the value of a field; return the cuts of its words."""
    start, end = sheet.spans[block[0]]
    if skip:
        mark = start + len(sheet.text[start : start + skip].rstrip())
        draft.cuts.append(Cut(start, mark, "header", f"name of a field: {name}"))
    rule, reason = RULES.get(name, "header"), f"field: {name or 'other'}"
    value = [Cut(start + skip, end, rule, reason)] if start + skip < end else []
    value += sheet.cut(block[1:], rule, reason)
    draft.cuts += value
    words = " ".join(draft.text[cut.start : cut.end] for cut in value)
    if name != "headline" or not draft.fields.get("headline"):
        draft.fields[name or "other"] = f"{draft.fields.get(name or 'other', '')} {words}".strip()
    return value


def _text(sheet: Sheet, lines: range, draft: Draft) -> None:
    """Take the paragraphs of the full text; captions and credits in it are cut."""
    start, end = sheet.spans[lines[0]]
    skip = label_in(sheet.line(lines[0]))[1]
    mark = start + len(sheet.text[start : start + skip].rstrip())
    draft.cuts.append(Cut(start, mark, "header", "name of a field: full text"))
    value = (start + skip, end)
    spans = [*([value] if start + skip < end else []), *(sheet.spans[at] for at in lines[1:])]
    for span in spans:
        words = draft.text[slice(*span)]
        name, skip = label_in(words)
        if NOTHING.fullmatch(words):
            draft.cuts.append(Cut(*span, "header", "says that there is no full text"))
        elif name in IN_TEXT and words[:skip].isupper():
            draft.fields[name] = f"{draft.fields.get(name, '')} {words[skip:]}".strip()
            draft.cuts.append(Cut(*span, RULES.get(name, "header"), f"field: {name}"))
        else:
            draft.paragraphs.append(span)


def _abstract(cuts: Sequence[Cut], draft: Draft) -> None:
    """Read the abstract in the place of a full text that is not there, and tell it."""
    if NOTHING.fullmatch(" ".join(draft.text[cut.start : cut.end] for cut in cuts)):
        return
    gone = set(cuts)
    draft.cuts = [cut for cut in draft.cuts if cut not in gone]
    draft.paragraphs = [(cut.start, cut.end) for cut in cuts]
    draft.fields.pop("abstract", "")
    draft.told.append(finding("CK-306"))
