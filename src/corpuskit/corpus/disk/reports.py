"""The reports of several readings as one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...reading.metadata.join import Left
from ...reading.report import ReadReport
from ...result import Result, counted

_STATES = {"loaded": "loaded", "changed": "with a note", "skipped": "skipped"}
_RANK = ("skipped", "changed", "loaded")


def joined_reports(reports: Sequence[Result]) -> Result:
    """Return several reports of one kind as one: skipped files first, then those with a note."""
    frame = pd.concat([one.frame for one in reports], ignore_index=True)
    told = [one for one in reports if isinstance(one, ReadReport)]
    if len(told) < len(reports) or "path" not in frame:
        found = counted(len(frame), "row")
        return Result(frame, {"shards": len(reports)}, title="Report", summary=found)
    order = frame["status"].map(_RANK.index).argsort(kind="stable")
    states = frame["status"].tolist()
    said = ", ".join(f"{states.count(name):,} {what}" for name, what in _STATES.items())
    return ReadReport(
        frame.iloc[order].reset_index(drop=True),
        {"shards": len(reports)},
        tuple(dict.fromkeys(note for one in told for note in one.notes)),
        f"{counted(len(frame), 'row')}: {said}",
        messages=tuple(message for one in told for message in one.messages),
        accounts=tuple(account for one in told for account in one.accounts),
        left=_left(told),
    )


def _left(reports: Sequence[ReadReport]) -> tuple[Left, ...]:
    """Return the rows of a table that no shard has an article for, and articles without a row."""
    rows = [{one for one in report.left if one.side == "table"} for report in reports]
    nowhere = set.intersection(*rows) if rows else set()
    articles = [one for report in reports for one in report.left if one.side != "table"]
    return (*sorted(nowhere, key=lambda one: one.row or 0), *articles)
