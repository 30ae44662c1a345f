"""The report of a reading: what was found in each file, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from ..result import Result
from .codes import CHANGED, CODES, LOADED, SKIPPED

DONE = {SKIPPED: "It was skipped.", CHANGED: "It was loaded."}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in one file."""

    code: str
    reason: str

    @property
    def status(self) -> str:
        """What it does to the file: "skipped" or "changed"."""
        return CODES[self.code].status

    @property
    def remedy(self) -> str:
        """What a person can do."""
        return CODES[self.code].remedy

    @property
    def note(self) -> str:
        """The finding in one sentence, for the notes of an article."""
        return f"{self.code}: {self.reason}. {self.remedy}"

    def message(self, path: str) -> str:
        """The finding with its file: what is wrong, what was done, what you can do."""
        return f"{self.code} {path}: {self.reason}. {DONE[self.status]} {self.remedy}"


class Skipped(Exception):
    """Raised inside the room when a file holds nothing that can be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.note)
        self.finding = finding


def finding(code: str, **details: object) -> Finding:
    """Return the finding with this code, its details filled in."""
    return Finding(code, CODES[code].reason.format(**details))


def skip(code: str, **details: object) -> Skipped:
    """Return the exception that leaves a file out, with its reason."""
    return Skipped(finding(code, **details))


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its unit: "1 character", "2,300 characters"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class Row(NamedTuple):
    """What became of one file."""

    path: str
    findings: tuple[Finding, ...] = ()
    encoding: str = ""
    chars: int = 0
    articles: int = 0

    @property
    def status(self) -> str:
        """Return "loaded", "changed" (loaded with a note) or "skipped"."""
        states = {found.status for found in self.findings}
        return SKIPPED if SKIPPED in states else CHANGED if CHANGED in states else LOADED


COLUMNS = ("path", "status", "code", "reason", "remedy", "encoding", "chars", "articles")


@dataclass(frozen=True, eq=False, repr=False)
class ReadReport(Result):
    """What became of every file: one row a file, those with something to tell first.

    The frame has the columns path, status ("skipped", "changed": loaded with a note, or
    "loaded"), code, reason, remedy (several findings of one file are joined by "; "),
    encoding, chars (characters of the text) and articles (int64).

    Attributes
    ----------
    messages
        Every finding as one sentence: code, path, what is wrong, what was done, what to do.
    """

    messages: tuple[str, ...] = ()


def read_report(
    rows: Sequence[Row], *, params: Mapping[str, object] | None = None, notes: tuple[str, ...] = ()
) -> ReadReport:
    """Return the report of `rows`: skipped files first, then those with a note, then the rest."""
    rank = (SKIPPED, CHANGED, LOADED)
    rows = sorted(rows, key=lambda row: (rank.index(row.status), row.path))
    frame = pd.DataFrame([_cells(row) for row in rows], columns=list(COLUMNS))
    frame = frame.astype({"chars": "int64", "articles": "int64"})
    messages = tuple(found.message(row.path) for row in rows for found in row.findings)
    return ReadReport(frame, params or {}, notes, _summary(rows), messages=messages)


def _cells(row: Row) -> tuple[object, ...]:
    """Return the cells of one row."""
    codes = "; ".join(found.code for found in row.findings)
    reasons = "; ".join(found.reason for found in row.findings)
    remedies = " ".join(dict.fromkeys(found.remedy for found in row.findings))
    counts = (row.encoding, row.chars, row.articles)
    return (row.path, row.status, codes, reasons, remedies, *counts)


def _summary(rows: Sequence[Row]) -> str:
    """Return the first line: "1,203 files: 1,190 loaded, 9 with a note, 4 skipped"."""
    states = [row.status for row in rows]
    loaded, noted, skipped = (states.count(state) for state in (LOADED, CHANGED, SKIPPED))
    files = counted(len(rows), "file")
    return f"{files}: {loaded:,} loaded, {noted:,} with a note, {skipped:,} skipped"
