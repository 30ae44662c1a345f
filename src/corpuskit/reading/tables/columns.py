"""Which column of a table is what: text, headline, date, outlet and so on, by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...errors import one_of, refuse
from ..findings.told import Finding, finding, skip

# The names of the field, the surest first. Blanks, hyphens and capitals make no difference.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "full_text", "fulltext", "body", "article_text", "article_body", "articlebody"),
        *("body_text", "main_text", "maintext", "plain_text", "plaintext", "content"),
        *("article_content", "text_content", "story_text", "raw_text", "clean_text"),
        *("cleaned_text", "story_body", "story", "article", "document", "transcript"),
        *("volltext", "texte", "texto", "testo", "contenu", "contenido", "inhalt", "tekst"),
    ),
    "headline": (
        *("headline", "title", "article_title", "heading", "story_title", "titel", "titre"),
        *("headline.main", "titulo", "titolo", "schlagzeile", "überschrift"),
    ),
    "published": (
        *("published", "date", "publish_date", "published_date", "publication_date", "pub_date"),
        *("pubdate", "date_published", "datepublished", "date_publish", "published_at"),
        *("publishedat", "published_on", "datetime", "date_time", "publication_datetime"),
        *("publish_time", "published_time", "timestamp", "datum", "fecha", "data"),
    ),
    "outlet": (
        *("outlet", "source", "publication", "media_name", "newspaper", "publisher"),
        *("source_name", "source.name", "publication_name", "publication_title", "news_outlet"),
        *("media_outlet", "medium", "media", "journal", "zeitung", "quelle", "site_name", "site"),
        *("domain", "source_domain", "sourcecommonname"),
    ),
    "byline": (
        *("byline", "author", "authors", "author_name", "by", "journalist", "writer"),
        *("autor", "auteur", "autore", "verfasser"),
    ),
    "section": ("section", "section_name", "desk", "news_desk", "rubric", "rubrik", "rubrique"),
    "language": ("language", "lang", "language_code", "sprache", "langue", "idioma"),
    "url": (
        *("url", "link", "web_url", "article_url", "permalink", "story_url", "source_url"),
        *("documentidentifier", "web_address", "address", "href", "sourceurl"),
    ),
}
IDS = frozenset(
    {
        *("id", "guid", "uuid", "stories_id", "story_id", "article_id", "articleid", "doc_id"),
        *("docid", "document_id", "gkgrecordid", "globaleventid", "accession_number", "_id"),
    }
)
OWN = frozenset(  # columns that the article table has itself
    {
        *("id", "outlet", "date", "published", "section", "headline", "byline", "language"),
        *("url", "words", "sentences", "notes", "zone"),
    }
)
MOST_NAMED = 12
_GAPS = re.compile(r"[\s_-]+")
_ADDRESS = re.compile(r"https?://", re.I)


class Scheme(NamedTuple):
    """The column of each role, the column of the ids, and what was found on the way."""

    roles: Mapping[str, str]
    key: str = ""
    findings: tuple[Finding, ...] = ()


def plain_name(name: str) -> str:
    """Return a column name as it is looked up: "Full Text" is "full_text"."""
    return _GAPS.sub("_", name.strip().casefold())


def is_text_name(name: str) -> bool:
    """Return whether a column of this name is known to hold texts."""
    return plain_name(name) in NAMES["text"]


def known_columns(columns: Mapping[str, str] | None) -> dict[str, str] | None:
    """Return the columns that a person named by role; raise if a role is not known."""
    if columns is None:
        return None
    if not isinstance(columns, Mapping):
        refuse("columns", "a mapping from role to column", columns, "Give {'text': 'story'}.")
    roles = {"date": "published", "title": "headline"} | {role: role for role in NAMES}
    return {roles[one_of("columns", role, roles)]: str(name) for role, name in columns.items()}


def scheme_of(names: Sequence[str], given: Mapping[str, str] | None = None) -> Scheme:
    """Return what the columns are; raise Skipped if none holds texts.

    Parameters
    ----------
    names
        The columns of the table.
    given
        Columns that a person named by role; one that the table lacks is looked for by its
        usual names.
    """
    roles: dict[str, str] = {}
    inner = _inner(names)
    by_name = {plain_name(name.removeprefix(inner)): name for name in reversed(names)}
    for role, known in NAMES.items():
        own = (given or {}).get(role, "")
        found = own if own in names else by_name.get(plain_name(own) if own else "")
        found = found or next((by_name[name] for name in known if name in by_name), "")
        if found and found not in roles.values():
            roles[role] = found
    if "text" not in roles:
        raise skip(_without_text(names, roles), columns=listed(names))
    key = next((name for name in names if plain_name(name) in IDS), "")
    return Scheme(roles, key, _rivals(names, roles["text"], (given or {}).get("text", "")))


def _inner(names: Sequence[str]) -> str:
    """Return "_source." if no column holds texts but "_source.text" does; else ""."""
    if any(map(is_text_name, names)):
        return ""
    parts = (name.rpartition(".") for name in names)
    return next((before + dot for before, dot, last in parts if dot and is_text_name(last)), "")


def _without_text(names: Sequence[str], roles: Mapping[str, str]) -> str:
    """Return the code for a table without texts: a list of addresses, or anything else."""
    return "CK-203" if "url" in roles or any(map(_ADDRESS.match, names)) else "CK-202"


def _rivals(names: Sequence[str], taken: str, given: str) -> tuple[Finding, ...]:
    """Return the finding that other columns may hold the text as well."""
    rivals = [name for name in names if is_text_name(re.sub(r"\.\d+$", "", name))]
    if len(rivals) < 2 or taken not in rivals or given:
        return ()
    return (finding("CK-207", columns=listed(rivals), taken=taken),)


def listed(names: Sequence[str]) -> str:
    """Return column names for a message: the first ones, none of them long."""
    if not names:
        return "no columns"
    short = [repr(name if len(name) <= 40 else name[:39] + "…") for name in names[:MOST_NAMED]]
    more = len(names) - MOST_NAMED
    return ", ".join(short) + (f" and {more:,} more" if more > 0 else "")
