"""Articles and reports as lines of JSON, and back; what goes in comes out equal."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ...errors import StoreError
from ...reading.article import Article, Cut, Zone
from ...reading.metadata.join import Left
from ...reading.reconcile import Account
from ...reading.report import ReadReport
from ...result import Result
from ..columns.vocabulary import decoded, encoded

SHOWN = ("headline", "outlet", "section", "byline", "published", "language", "url")
_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
_SCALARS = (str, bool, int, float, type(None))
_MOMENTS: dict[str, Callable[[str], object]] = {
    "Timestamp": pd.Timestamp,
    "Timedelta": pd.Timedelta,
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
}


class Lines(NamedTuple):
    """One article as it is stored: what the table shows, what stands where, and the text."""

    row: bytes
    spans: bytes
    text: bytes


def line_of(value: object) -> bytes:
    """Return plain values as one line of JSON."""
    return encoded(_JSON.encode(value)) + b"\n"


def value_of(line: bytes) -> Any:
    """Return the plain values of one line of JSON."""
    return json.loads(decoded(line))


def lines_of(article: Article) -> Lines:
    """Return an article as it is stored."""
    shown = [getattr(article, name) for name in SHOWN]
    extra = {str(name): _plain(article.id, name, v) for name, v in article.extra.items()}
    zones = [(zone.start, zone.end, zone.name) for zone in article.zones]
    cuts = [(cut.start, cut.end, cut.rule, cut.reason) for cut in article.cuts]
    row = [article.id, *shown, list(article.notes), extra]
    spans = [zones, cuts, article.sha256]
    return Lines(line_of(row), line_of(spans), encoded(article.text))


def shown_article(row: list[Any]) -> Article:
    """Return an article as the table shows it: without its text and what stands where."""
    id, *shown, notes, extra = row
    given = dict(zip(SHOWN, shown, strict=True))
    values = {name: _full(value) for name, value in extra.items()} if extra else {}
    return Article(id, "", **given, notes=tuple(notes), extra=values)


def article_of(lines: Lines) -> Article:
    """Return the article that was stored."""
    listed = shown_article(value_of(lines.row))
    zones, cuts, sha256 = value_of(lines.spans)
    return replace(
        listed,
        text=decoded(lines.text),
        zones=tuple(Zone(*zone) for zone in zones),
        cuts=tuple(Cut(*cut) for cut in cuts),
        sha256=sha256,
    )


def _plain(id: str, name: object, value: object) -> object:
    """Return a cell as plain values; what JSON does not know carries its name."""
    if isinstance(value, np.generic):
        value = value.item()
    kind = type(value).__name__
    if isinstance(value, _SCALARS) and type(value) in _SCALARS:
        return value
    if kind in _MOMENTS and hasattr(value, "isoformat"):
        return {kind: value.isoformat()}
    if isinstance(value, list | tuple) and kind in ("list", "tuple"):
        return {kind: [_plain(id, name, one) for one in value]}
    if isinstance(value, Mapping):
        return {"dict": [[str(k), _plain(id, name, one)] for k, one in value.items()]}
    raise StoreError(
        f"{id}: the column {str(name)!r} holds a {kind}, which cannot be saved. Nothing was "
        "written. Make it text, a number or a date first."
    )


def _full(value: Any) -> object:
    """Return the cell that plain values stand for."""
    if not isinstance(value, dict):
        return value
    [(kind, content)] = value.items()
    if kind in _MOMENTS:
        return _MOMENTS[kind](content)
    if kind == "dict":
        return {name: _full(one) for name, one in content}
    return (tuple if kind == "tuple" else list)(_full(one) for one in content)


def report_out(report: Result) -> dict[str, Any]:
    """Return a report as plain values."""
    frame = report.frame
    values: dict[str, Any] = {
        "columns": [str(name) for name in frame.columns],
        "dtypes": [str(dtype) for dtype in frame.dtypes],
        "cells": [[_plain("report", n, v) for v in frame[n].tolist()] for n in frame.columns],
        "params": {name: _plain("report", name, v) for name, v in report.params.items()},
        "notes": list(report.notes),
        "summary": report.summary,
        "decimals": dict(report.decimals),
        "title": report.title,
    }
    if isinstance(report, ReadReport):
        values["messages"] = list(report.messages)
        values["accounts"] = [[name, list(account)] for name, account in report.accounts]
        values["left"] = [list(one) for one in report.left]
    return values


def report_in(values: dict[str, Any]) -> Result:
    """Return the report that plain values stand for."""
    frame = pd.DataFrame(
        {
            name: pd.Series([_full(cell) for cell in cells], dtype=dtype)
            for name, dtype, cells in zip(
                values["columns"], values["dtypes"], values["cells"], strict=True
            )
        },
        columns=values["columns"],
    )
    params = {name: _full(value) for name, value in values["params"].items()}
    given = (frame, params, tuple(values["notes"]), values["summary"])
    more = (values["decimals"], values["title"])
    if "messages" not in values:
        return Result(*given, *more)
    accounts = tuple((name, Account(*account)) for name, account in values["accounts"])
    left = tuple(Left(*one) for one in values["left"])
    messages = tuple(values["messages"])
    return ReadReport(*given, *more, messages=messages, accounts=accounts, left=left)
