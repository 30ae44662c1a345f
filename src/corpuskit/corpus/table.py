"""The article table: articles as rows, and rows as articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from ..errors import DataError
from ..reading.article import Article
from ..reading.dates import date_findings, read_date
from ..result import Result, counted

NONE = "(none)"  # how a missing value is labelled as a group
FIELDS = ("outlet", "date", "published", "section", "headline", "byline", "language", "url")
_SETTABLE = ("headline", "outlet", "section", "byline", "published", "language", "url")
_COUNTED = ("words", "sentences")


def article_table(items: Sequence[Article]) -> pd.DataFrame:
    """Return a row per article; plain Python strings, "" for unknown."""
    columns: dict[str, list[object]] = {"id": [item.id for item in items]}
    columns |= {name: [getattr(item, name) for item in items] for name in FIELDS}
    columns |= dict.fromkeys(_COUNTED, [0] * len(items))
    columns["notes"] = ["; ".join(item.notes) for item in items]
    known = [name for item in items for name in item.extra if name not in columns]
    for name in dict.fromkeys(known):
        columns[name] = [item.extra.get(name, "") for item in items]
    table = pd.DataFrame(
        {name: pd.Series(values, dtype=object) for name, values in columns.items()}
    )
    return table.astype(dict.fromkeys(_COUNTED, "int64"))


def articles_of_frame(
    frame: pd.DataFrame, text: str, id: str | None, date_order: str | None
) -> list[Article]:
    """Return an Article for each row; columns with the names of Article fields fill these."""
    if not len(frame.columns):
        return []
    twice = sorted({str(name) for name in frame.columns[frame.columns.duplicated()]})
    if twice:
        raise DataError(f"The table has two columns {twice[0]!r}. Rename one of them.")
    own = [name for name in ("zone", "notes", *_COUNTED) if name in frame.columns]
    if own:
        raise DataError(
            f"The table has a column {own[0]!r}, a name that corpuskit uses itself. "
            f"Rename it, for instance to '{own[0]}_given'."
        )
    for column in (text, id):
        if column is not None and column not in frame.columns:
            names = ", ".join(map(str, frame.columns)) or "no columns"
            raise DataError(
                f"The table has no column {column!r}; it has {names}. Name one of them."
            )
    key = id or ("id" if "id" in frame.columns else None)
    rest = [c for c in frame.columns if c not in (text, key, "date", *_SETTABLE)]
    articles = []
    for n, row in enumerate(frame.to_dict("records")):
        fields: dict[str, Any] = {name: _plain(row[name]) for name in _SETTABLE if name in row}
        fields["published"], notes = _moment(row, date_order)
        extra = {str(name): _kept(row[name]) for name in rest}
        name = _name(row[key], n) if key is not None else str(n)
        articles.append(Article(name, _text(row[text], name), **fields, notes=notes, extra=extra))
    return articles


def _moment(row: dict[Any, object], order: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the date of a row as ISO 8601, and a note where it could not be read."""
    given = _plain(row.get("published")) or _plain(row.get("date"))
    moment = read_date(given, order)
    found = date_findings(given, moment) if given else ()
    return moment.value, tuple(finding.note for finding in found)


def _name(value: object, row: int) -> str:
    """Return the id of a row; a whole number is written without a point."""
    name = str(int(value)) if isinstance(value, float) and value.is_integer() else _plain(value)
    if not name:
        raise DataError(f"Row {row} of the table has no id. Give each row its own.")
    return name


def _text(value: object, name: str) -> str:
    """Return the text of a row."""
    if isinstance(value, bytes):
        raise DataError(f"{name}: the text is bytes. Decode it first, for instance as UTF-8.")
    return _plain(value)


def _missing(value: object) -> bool:
    """Return whether a cell holds nothing."""
    return value is None or value is pd.NaT or value is pd.NA or _is_nan(value)


def _is_nan(value: object) -> bool:
    """Return whether a cell is the number that is none."""
    return isinstance(value, float) and value != value


def _plain(value: object) -> str:
    """Return a cell as text: "" for missing, ISO 8601 for a time (a day if at midnight)."""
    if _missing(value):
        return ""
    if isinstance(value, pd.Timestamp):
        whole_day = value.tz is None and value == value.normalize()
        return f"{value:%Y-%m-%d}" if whole_day else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _kept(value: object) -> object:
    """Return a further cell as it is, "" for missing."""
    return "" if _missing(value) else value


def report_of(sizes: Sequence[tuple[str, int]]) -> Result:
    """Return the report of articles that did not come from files: their ids and characters."""
    frame = pd.DataFrame(
        {
            "path": pd.Series([id for id, _ in sizes], dtype=object),
            "status": pd.Series(["loaded"] * len(sizes), dtype=object),
            "chars": pd.Series([size for _, size in sizes], dtype="int64"),
        }
    )
    return Result(
        frame, title="Report", summary=f"{counted(len(sizes), 'article')}, none from files"
    )
