"""The report of a reading: what was found in each file, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from ..result import Result
from .findings.code import CHANGED, LOADED, SKIPPED
from .findings.told import Finding, Skipped, counted, finding, skip
from .metadata.join import Left, unmatched
from .reconcile import Account, reconciliation

__all__ = [
    "COLUMNS",
    "Finding",
    "ReadReport",
    "Row",
    "Skipped",
    "counted",
    "finding",
    "read_report",
    "skip",
]


class Row(NamedTuple):
    """What became of one file, or of one of its records: then `record` is its number."""

    file: str
    findings: tuple[Finding, ...] = ()
    encoding: str = ""
    chars: int = 0
    articles: int = 0
    record: int | None = None
    account: Account | None = None

    @property
    def path(self) -> str:
        """Return the path as it is shown: `file`, or `file#number` for a record."""
        return self.file if self.record is None else f"{self.file}#{self.record}"

    @property
    def status(self) -> str:
        """Return "loaded", "changed" (loaded with a note) or "skipped"."""
        states = {found.status for found in self.findings}
        return SKIPPED if SKIPPED in states else CHANGED if CHANGED in states else LOADED


COLUMNS = ("path", "status", "code", "reason", "remedy", "encoding", "chars", "articles")


@dataclass(frozen=True, eq=False, repr=False)
class ReadReport(Result):
    """What became of every file: one row a file, those with something to tell first.

    A record of a file (a row of a table, a document of an export) has a row of its own,
    `file#number`, if it was left out or there is something to tell about it.

    The frame has the columns path, status ("skipped", "changed": loaded with a note, or
    "loaded"), code, reason, remedy (several findings of one file are joined by "; "),
    encoding, chars (characters of the text) and articles (int64).

    Attributes
    ----------
    messages
        Every finding as one sentence: code, path, what is wrong, what was done, what to do.
    """

    messages: tuple[str, ...] = ()
    accounts: tuple[tuple[str, Account], ...] = ()
    left: tuple[Left, ...] = ()

    def unmatched(self) -> Result:
        """Return what found no partner when the table `metadata=` was joined to the articles.

        Returns
        -------
        Result
            side ("table": a row without an article; "articles": an article without a row),
            row (Int64; number of the row from 1, missing for an article), key (what the row
            says, or the id of the article) and reason. Empty if no table was joined.
        """
        return unmatched(self.left)

    def reconciliation(self) -> Result:
        """Return what each file of several documents says it holds, against what was read.

        Returns
        -------
        Result
            One row a file of several documents, sorted by path: path, declared (Int64;
            documents that the file says it holds, missing if it does not say), delimiters
            (Int64; marks between documents, or rows), parsed (int64; articles read), left_out
            (records skipped), without_date, without_body, duplicates (articles that stand in
            the same file before). The notes say the same in words.
        """
        return reconciliation(self.accounts)


def read_report(
    rows: Sequence[Row], *, params: Mapping[str, object] | None = None, notes: tuple[str, ...] = ()
) -> ReadReport:
    """Return the report of `rows`: skipped files first, then those with a note, then the rest."""
    rank = (SKIPPED, CHANGED, LOADED)
    rows = sorted(rows, key=lambda r: (rank.index(r.status), r.file, r.record or 0))
    frame = pd.DataFrame([_cells(row) for row in rows], columns=list(COLUMNS))
    frame = frame.astype({"chars": "int64", "articles": "int64"})
    messages = tuple(found.message(row.path) for row in rows for found in row.findings)
    accounts = tuple((row.file, row.account) for row in rows if row.account)
    summary = _summary(rows)
    return ReadReport(frame, params or {}, notes, summary, messages=messages, accounts=accounts)


def _cells(row: Row) -> tuple[object, ...]:
    """Return the cells of one row."""
    codes = "; ".join(found.code for found in row.findings)
    reasons = "; ".join(found.reason for found in row.findings)
    remedies = " ".join(dict.fromkeys(found.remedy for found in row.findings))
    counts = (row.encoding, row.chars, row.articles)
    return (row.path, row.status, codes, reasons, remedies, *counts)


def _summary(rows: Sequence[Row]) -> str:
    """Return the first line: "1,203 files: 1,190 loaded, 9 with a note, 4 skipped"."""
    states = [row.status for row in rows if row.record is None]
    loaded, noted, skipped = (states.count(state) for state in (LOADED, CHANGED, SKIPPED))
    files = f"{counted(len(states), 'file')}: "
    files += f"{loaded:,} loaded, {noted:,} with a note, {skipped:,} skipped"
    inside = {(row.path, row.status) for row in rows if row.record is not None}
    gone = {path for path, status in inside if status == SKIPPED}
    told = {path for path, _ in inside} - gone
    if not inside:
        return files
    return f"{files}; of their records {len(told):,} with a note, {len(gone):,} skipped"
