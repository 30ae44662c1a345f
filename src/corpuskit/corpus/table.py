"""The article table: articles as rows, and rows as articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..errors import DataError
from ..reading.article import Article
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


def articles_of_frame(frame: pd.DataFrame, text: str, id: str | None) -> list[Article]:
    """Return an Article for each row; columns with the names of Article fields fill these."""
    if not len(frame.columns):
        return []
    for column in (text, id):
        if column is not None and column not in frame.columns:
            names = ", ".join(map(str, frame.columns)) or "no columns"
            raise DataError(
                f"The table has no column {column!r}; it has {names}. Name one of them."
            )
    frame = frame.assign(published=frame["date"]) if _only_date(frame) else frame
    key = id or ("id" if "id" in frame.columns else None)
    rest = [c for c in frame.columns if c not in (text, key, "date", *_SETTABLE, *_COUNTED)]
    articles = []
    for n, row in enumerate(frame.to_dict("records")):
        fields: dict[str, Any] = {name: _plain(row[name]) for name in _SETTABLE if name in row}
        extra = {str(name): _kept(row[name]) for name in rest}
        name = _plain(row[key]) if key is not None else str(n)
        articles.append(Article(name, _plain(row[text]), **fields, extra=extra))
    return articles


def _only_date(frame: pd.DataFrame) -> bool:
    """Return whether the table has a column "date" but none called "published"."""
    return "date" in frame.columns and "published" not in frame.columns


def _plain(value: object) -> str:
    """Return a cell as text: "" for missing, ISO 8601 for a time (a day if at midnight)."""
    if value is None or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.isoformat() if value != value.normalize() else f"{value:%Y-%m-%d}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _kept(value: object) -> object:
    """Return a further cell as it is, "" for missing."""
    return "" if value is None or value != value else value


def report_of(items: Sequence[Article]) -> Result:
    """Return the report of articles that did not come from files."""
    frame = pd.DataFrame(
        {
            "path": pd.Series([item.id for item in items], dtype=object),
            "status": pd.Series(["loaded"] * len(items), dtype=object),
            "chars": pd.Series([len(item.text) for item in items], dtype="int64"),
        }
    )
    return Result(
        frame, title="Report", summary=f"{counted(len(items), 'article')}, none from files"
    )
