"""A share and the reader's own articles -> what is the same, the hits, and the tables again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

import numpy as np
import pandas as pd

from ...analysis.copies.duplicates import Duplicates
from ...corpus.columns.store import ZONES
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...errors import one_of
from ...reading.article import Article
from ...result import Result
from ..tables import csv_bytes, table_in
from .articles import ARTICLES, compared, corpus_of, items_of
from .files import SharedFiles
from .parts import Names, cleaned
from .rerun import CannotRerun, rerun

_HITS = {"article": str, "start": int, "end": int}
_LISTED = {"pattern": str, "match": str, "case": bool, "file": str, "zones": list}
_TABLE = {"name": str, "file": str, "title": str, "params": dict, "held": dict, "notes": list}


@dataclass(frozen=True, eq=False, repr=False)
class Share:
    """A share, opened with articles of your own.

    Attributes
    ----------
    report
        A row for every article of either side: article (id in the share, or your own), here
        (your id, "" if you lack it), status ("same", "changed", "missing", "extra"), why.
    corpus
        The articles that are the same, read as the share says: its spans, outlets and dates.
    patterns
        What was looked for: pattern, match, case, hits.
    tables
        Name of each table to the table as it was shared.
    settings
        How the corpus was read and made.
    """

    report: Result
    corpus: Corpus
    patterns: Result
    tables: Mapping[str, Result]
    settings: Mapping[str, Any]
    files: SharedFiles = field(repr=False)

    def __repr__(self) -> str:
        tables = ", ".join(self.tables) or "none"
        return f"Share: {self.report.summary}; tables: {tables}"

    def hits(self, pattern: str) -> Hits:
        """Return the shared hits of a pattern in your articles; each stands where it stood.

        Parameters
        ----------
        pattern
            One of `share.patterns`. Hits in articles that you lack, or that changed, are not
            among them.

        Raises
        ------
        DataError
            If a hit does not stand on the words of an article that is the same.
        """
        listed = _entries(self.files, "hits.json", _LISTED)
        one_of("pattern", pattern, [entry["pattern"] for entry in listed])
        return self._hits(next(entry for entry in listed if entry["pattern"] == pattern))

    def rebuild(self) -> Result:
        """Return, for every table, whether it comes out the same from your articles.

        Returns
        -------
        Result
            table (str), status ("same", "differs", "cannot be rerun"), rows (int, of the shared
            table), why (str: the first cell that differs, or the reason).
        """
        entries = _entries(self.files, "tables.json", _TABLE)
        stories = self._stories(entries)
        rows = [self._again(entry, stories) for entry in entries]
        frame = pd.DataFrame(rows, columns=["table", "status", "rows", "why"], dtype=object)
        counts = Counter(frame["status"])
        found = ", ".join(f"{counts[name]} {name}" for name in _STATUS if counts[name])
        notes = self.report.notes
        return Result(
            frame.astype({"rows": "int64"}), {}, notes, found or "no tables", {}, "Rebuilt"
        )

    def _stories(self, entries: list[dict[str, Any]]) -> Duplicates | None:
        """Return the stories of the share, found again."""
        params = [entry["params"] for entry in entries if entry["title"] == "Duplicates"]
        try:
            made = (
                rerun(self.corpus, "Duplicates", params[0], self._known, None) if params else None
            )
        except CannotRerun:
            return None
        return made if isinstance(made, Duplicates) else None

    def _again(self, entry: dict[str, Any], stories: Duplicates | None) -> tuple[Any, ...]:
        """Return the row of one table."""
        data = self.files.bytes_of(entry["file"])
        rows = len(self.files.table(entry["file"]))
        try:
            made = rerun(self.corpus, entry["title"], entry["params"], self._known, stories)
        except CannotRerun as error:
            return entry["name"], "cannot be rerun", rows, str(error)
        frame, cut = made.frame, ""
        if rows < len(frame) and any(str(n).startswith("The first ") for n in entry["notes"]):
            frame, cut = frame.head(rows), f"the first {rows:,} rows were shared"
        frame, held = cleaned(frame, Names(self.corpus, []))
        if csv_bytes(frame) != data:
            why = _difference(table_in(data, entry["file"]), table_in(csv_bytes(frame), ""))
            return entry["name"], "differs", rows, why
        other = [name for name, digest in held.items() if entry["held"].get(name) != digest]
        if other:
            return entry["name"], "differs", rows, f"the column {other[0]!r}, which was held back"
        return entry["name"], "same", rows, cut

    def _known(self, pattern: str, match: str, case: bool) -> Hits | None:
        """Return the shared hits of a pattern that was read in this way."""
        for entry in _entries(self.files, "hits.json", _LISTED):
            if (entry["pattern"], entry["match"], entry["case"]) == (pattern, match, case):
                return self._hits(entry)
        return None

    def _hits(self, entry: dict[str, Any]) -> Hits:
        """Return the hits of a file, put on the tokens of the corpus."""
        table = self.files.table(entry["file"], _HITS)
        corpus, store = self.corpus, self.corpus.store
        rows = {name: row for row, name in enumerate(corpus.articles["id"].tolist())}
        places, sizes = [], []
        for article, start, end in table[list(_HITS)].itertuples(index=False):
            if article not in rows:
                continue
            low, high = store.borders[rows[article] : rows[article] + 2].tolist()
            first = low + int(np.searchsorted(store.starts[low:high], start))
            past = low + int(np.searchsorted(store.starts[low:high], end))
            if not first < past or corpus.span(first, past - 1) != (start, end):
                what = f"the hit {article} {start}-{end} stands on no words of this article"
                raise self.files.wrong(entry["file"], what)
            places.append(first)
            sizes.append(past - first)
        order = np.argsort(np.array(places, np.int64), kind="stable")
        place, size = np.array(places, np.int64)[order], np.array(sizes, np.int64)[order]
        part = corpus.where(zone=[zone for zone in ZONES if zone in entry["zones"]])
        if len(part.zones) == len(corpus.zones):
            part = corpus
        return Hits(part, entry["pattern"], entry["match"], entry["case"], place, size)


_STATUS = ("same", "differs", "cannot be rerun")


def open_share(path: str | PathLike[str], articles: Corpus | Iterable[Article]) -> Share:
    """Return a share, opened with articles of your own.

    Parameters
    ----------
    path
        The folder or .zip that `export.to_share` wrote.
    articles
        What `read_articles` returned, or a Corpus. Other outlets, dates and cuts do not
        matter: those of the share are taken. An article is the same if its text is, under
        whatever id.

    Returns
    -------
    Share
        `.report` (what is the same, changed, missing, extra), `.corpus`, `.patterns`,
        `.hits(pattern)`, `.tables`, `.rebuild()`.

    Raises
    ------
    DataError
        If the path holds no share, or one that was changed or makes no sense.
    """
    files = SharedFiles(path)
    settings = files.json("settings.json", dict)
    listed = files.table("articles.csv", ARTICLES)
    items = list(items_of(articles))
    pairs, report = compared(listed, items)
    corpus = corpus_of(files, settings, listed, pairs)
    return Share(report, corpus, _patterns(files), _tables(files), settings, files)


def _entries(files: SharedFiles, name: str, kinds: Mapping[str, type]) -> list[dict[str, Any]]:
    """Return the entries of a list, each with these values of these kinds."""
    entries: list[dict[str, Any]] = files.json(name, list)
    for entry in entries:
        if not isinstance(entry, dict) or any(
            type(entry.get(key)) is not kind for key, kind in kinds.items()
        ):
            raise files.wrong(name, f"an entry lacks one of {', '.join(kinds)}")
    return entries


def _patterns(files: SharedFiles) -> Result:
    """Return what was looked for."""
    rows = [
        (*(entry[name] for name in ("pattern", "match", "case")), len(files.table(entry["file"])))
        for entry in _entries(files, "hits.json", _LISTED)
    ]
    frame = pd.DataFrame(rows, columns=["pattern", "match", "case", "hits"], dtype=object)
    return Result(frame.astype({"case": bool, "hits": "int64"}), title="SharedPatterns")


def _tables(files: SharedFiles) -> dict[str, Result]:
    """Return the tables as they were shared."""
    made = {}
    for entry in _entries(files, "tables.json", _TABLE):
        notes = tuple(map(str, entry["notes"]))
        frame, summary = files.table(entry["file"]), str(entry.get("summary", ""))
        made[entry["name"]] = Result(frame, entry["params"], notes, summary, {}, entry["title"])
    return made


def _difference(old: pd.DataFrame, new: pd.DataFrame) -> str:
    """Return the first thing in which two tables differ, in words."""
    if list(old.columns) != list(new.columns):
        return f"columns {', '.join(map(str, old.columns))}; now {', '.join(map(str, new.columns))}"
    if len(old) != len(new):
        return f"{len(old):,} rows; now {len(new):,}"
    for name in old.columns:
        pairs = zip(old[name].tolist(), new[name].tolist(), strict=True)
        for row, (one, other) in enumerate(pairs):
            if one != other and not (one != one and other != other):
                return f"row {row}, {name}: {one!r}; now {other!r}"
    return "written differently"
