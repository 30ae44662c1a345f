"""The labels of Nexis ("BYLINE:", "LÄNGE:", "Load-Date:") and the fields they stand for."""

from __future__ import annotations

import re
from typing import NamedTuple

from .languages import plain

# Field: its labels in English, German, French, Spanish, Italian and Dutch, without accents.
_HEADER = {
    "byline": "byline|autor|auteur|auteurs|autore|verfasser|von|by line",
    "section": "section|rubrik|rubrique|seccion|sezione|sectie|ressort",
    "length": "length|lange|longueur|longitud|lunghezza|lengte|extension",
    "dateline": "dateline|datelinie|ortsmarke|lieu|lugar",
    "highlight": "highlight|highlights|encart|chapeau|untertitel|vorspann|entradilla",
    "day": "publication date|published",
}
_FOOTER = {
    "load_date": "load-date|date-chargement|update|ladedatum|laad-datum|fecha-de-carga",
    "language": "language|sprache|langue|idioma|lingua|taal",
    "graphic": "graphic|grafik|illustration|graphique|graphics|grafico",
    "publication_type": "publication-type|type-publication|publikationstyp|publicatietype"
    "|pub-type|tipo-de-publicacion|zeitungstyp",
    "journal_code": "journal-code|zeitungscode|code-journal|journalcode",
    "subject": "subject|sujet|schlagworter|thema|themen|onderwerp|tema|materia",
    "organization": "organization|organisation|organisatie|organizacion",
    "person": "person|personne|persoon|personen|persona",
    "company": "company|societe|firma|unternehmen|bedrijf|empresa",
    "ticker": "ticker|symbole-boursier|borsenkurzel|bourse",
    "industry": "industry|secteur-activite|branche|industrie|industria",
    "geographic": "geographic|localisation-geo|geografisch|geographisch|geografico"
    "|city|state|country|ville|etat|pays|stadt|bundesland|land|region",
    "url": "url",
    "correction": "correction|korrektur|rectificatif|correccion",
    "correction_date": "correction-date",
    "document_type": "document-type|type-document|dokumenttyp|doc-type",
    "notes": "notes|note|anmerkungen|anmerkung|remarques",
    "series": "series|serie",
    "distribution": "distribution",
    "accession": "acc-no|document-number|doc-id",
    "issn": "issn",
    "edition": "edition|ausgabe",
}
LABELS = {
    label: name
    for table in (_HEADER, _FOOTER)
    for name, labels in table.items()
    for label in labels.split("|")
}
HEADER = frozenset(_HEADER)
LONG = frozenset({"correction", "graphic", "notes"})  # fields that may run over paragraphs
INDEXING = frozenset(
    {"language", "publication_type", "journal_code", "subject", "organization", "person"}
    | {"company", "ticker", "industry", "geographic"}
)
RULES = {"correction": "correction", "graphic": "caption"} | dict.fromkeys(
    INDEXING, "classification"
)
_LABEL = re.compile(r"([^\W\d_][\w\- /.’']{1,28}?)\s?:(?=\s|$)\s*", re.S)


class Labelled(NamedTuple):
    """A line that begins with a label: its field, and where the value begins."""

    name: str
    start: int


def label_of(line: str, *, capitals: bool) -> Labelled | None:
    """Return the field that a line gives, or None.

    Parameters
    ----------
    line
        A line without blanks at its edges.
    capitals
        Whether labels are in capitals, as in the old layout; then "Subject:" is a word.
    """
    found = _LABEL.match(line)
    if not found or (capitals and found[1] != found[1].upper()):
        return None
    if not capitals and not found[1][0].isupper():
        return None
    name = LABELS.get(_key(found[1]))
    return Labelled(name, found.end()) if name else None


def rule_of(field: str) -> str:
    """Return the rule by which the lines of a field are cut."""
    return RULES.get(field, "header")


def heading_of(line: str) -> str:
    """Return the field whose label alone, without a colon, is the line ("Graphic"), or ""."""
    if len(line) > 30 or not line[:1].isupper():
        return ""
    name = LABELS.get(_key(line), "")
    return name if name in LONG else ""


def _key(label: str) -> str:
    """Return a label in the form of the table."""
    words = plain(label).split()
    key = "-".join(words)
    return key if key in LABELS else " ".join(words)
