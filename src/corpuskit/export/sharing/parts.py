"""The files of a share: articles, spans, hits and tables without running text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ...analysis.concordances.concordance import kwic
from ...corpus.columns.store import zones_of
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...errors import DataError
from ...reading.article import Article
from ...result import Result, counted
from ..tables import csv_bytes
from .running import (
    CONTEXTS,
    RUN,
    admitted,
    read_across,
    read_down,
    running,
    text_columns,
    texts_in,
    words_in,
)

ALIAS = "text:"  # begins what stands for an id, or for a cell, that shows running text

Files = dict[str, bytes]


class Names:
    """What articles are called: by their ids, or by a hash where the id shows the text."""

    def __init__(self, corpus: Corpus, asked: list[str]) -> None:
        self.corpus, self.asked = corpus, asked
        table = corpus.articles
        loud = running(corpus, table["id"])
        self.alias = {
            name: f"{ALIAS}{text_hash(corpus.text_of(number))[:32]}"
            for name, number in zip(table["id"], corpus.selected.tolist(), strict=True)
            if name in loud
        }

    def named(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table with aliases for ids."""
        if not self.alias:
            return frame
        return frame.map(lambda v: self.alias.get(v, v) if isinstance(v, str) else v)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def cleaned(frame: pd.DataFrame, names: Names) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return a table without running text, and a hash of each column that is left out.

    A cell that shows running text becomes its hash. Left out are the contexts of a concordance
    and columns that can be read as running text, from cell to cell.
    """
    frame = names.named(frame)
    heads = running(names.corpus, map(str, frame.columns))
    if heads:
        raise DataError(
            f"The heading {min(heads)[:40]!r}… shows running text. Nothing was written. Rename it."
        )
    known = set(text_columns(frame))
    left, held = _without(frame, [name for name in CONTEXTS if {"left", "right", name} <= known])
    loud = running(names.corpus, texts_in(left))
    if loud:
        left = left.map(lambda v: ALIAS + text_hash(str(v))[:32] if str(v) in loud else v)
    for read in (read_down, read_across):
        left, more = _without(left, read(names.corpus, left))
        held |= more
    return left, held


def _without(frame: pd.DataFrame, held: list[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return a table without these columns, and the hash of each."""
    return frame.drop(columns=held), {name: column_hash(frame, name) for name in held}


def column_hash(frame: pd.DataFrame, name: str) -> str:
    """Return the SHA-256 of one column of a table as CSV."""
    return hashlib.sha256(csv_bytes(frame[[name]])).hexdigest()


def articles_files(corpus: Corpus, names: Names) -> tuple[bytes, bytes]:
    """Return the list of articles, and the list of what is read of each."""
    items = list(map(corpus.source, corpus.selected.tolist()))
    table = corpus.articles
    columns = ["id", "outlet", "published", "words", *names.asked]
    frame = table[columns].assign(sha256=[text_hash(item.text) for item in items])
    spans = [(n, *span) for n, item in enumerate(items) for span in _read(item)]
    listed = pd.DataFrame(spans, columns=["article", "start", "end", "zone"], dtype=object)
    return csv_bytes(cleaned(frame, names)[0]), csv_bytes(listed)


def _read(item: Article) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of an article that are read."""
    return ((zone.start, zone.end, zone.name) for zone in zones_of(item))


def add_hits(files: Files, found: Sequence[Hits], context: int, names: Names) -> list[str]:
    """Add the hits of each pattern, and return what was held back."""
    notes, listed = list[str](), []
    for number, (one, shown) in enumerate(zip(found, admitted(found, context), strict=True)):
        frame = kwic(one, max(context, 1)).frame
        if not context:
            frame = frame.assign(left="", right="")
        frame["shown"] = shown
        frame.loc[~frame["shown"], list(CONTEXTS)] = ""
        file = f"hits/{number:04d}.csv"
        files[file] = csv_bytes(names.named(frame[["article", "start", "end", "shown", *CONTEXTS]]))
        listed.append({"file": file} | _caption(one, names.corpus))
        hidden = int((~frame["shown"]).sum())
        if hidden:
            notes.append(
                f"Hits {number}: {counted(hidden, 'hit')} without context, as it would join "
                "with another or is itself too long; the place is given."
            )
    files["hits.json"] = json_bytes(listed)
    return notes


def _caption(hits: Hits, corpus: Corpus) -> dict[str, Any]:
    """Return what was looked for, and in which zones, as plain values."""
    zones = [zone for zone in corpus.zones if zone in hits.corpus.zones]
    pattern = hits.pattern if len(words_in(hits.pattern)) < RUN else ALIAS + text_hash(hits.pattern)
    return {"pattern": pattern, "match": hits.match, "case": hits.case, "zones": zones}


def add_tables(files: Files, tables: Mapping[str, Result], names: Names) -> list[str]:
    """Add the tables, and return what was held back."""
    notes, listed = list[str](), []
    for number, (name, result) in enumerate(tables.items()):
        frame, held = cleaned(result.frame, names)
        file = f"tables/{number:04d}.csv"
        files[file] = csv_bytes(frame)
        said = [name, result.summary, *result.notes, json.dumps(_plain(result.params))]
        loud = running(names.corpus, said)
        params = _plain(result.params)
        entry: dict[str, Any] = {"name": f"table {number}" if name in loud else name, "file": file}
        entry |= {"title": result.title or type(result).__name__, "rows": len(frame)}
        entry |= {"params": {} if said[-1] in loud else params, "held": held}
        entry |= {"notes": [note for note in result.notes if note not in loud]}
        listed.append(entry | {"summary": "" if result.summary in loud else result.summary})
        if held:
            which = ", ".join(held)
            notes.append(f"Table {number}: held back, with a hash for checking: {which}.")
        if said[-1] in loud:
            notes.append(f"Table {number}: its settings show running text and were left out.")
    files["tables.json"] = json_bytes(listed)
    return notes


def _plain(value: object) -> Any:
    """Return a setting as JSON can hold it; what it cannot is {"shown": its text}."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return {"shown": repr(value)[:200]}


def json_bytes(value: object) -> bytes:
    """Return a value as JSON, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
