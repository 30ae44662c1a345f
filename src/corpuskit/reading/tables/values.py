"""Values of any format as the strings of cells, faithfully: what is written is what is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from ..findings.told import Finding, counted, finding
from ..marks import LOST
from .columns import is_text_name

LARGEST = 1e15  # whole numbers up to here are written without a point
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class Number(str):
    """A number as it is written: 1e5 stays 1e5, and thousand digits stay what they are."""

    __slots__ = ()


def plain(value: Any) -> str:
    """Return a value as a string: "" for missing, ISO 8601 for times, numbers as they are.

    Examples
    --------
    >>> plain(7.0), plain(0.5), plain(None), plain(True), plain(datetime(2026, 1, 27))
    ('7', '0.5', '', 'true', '2026-01-27')
    """
    if isinstance(value, str):
        return str(value)
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < LARGEST
        return str(int(value)) if whole else repr(value)
    if isinstance(value, datetime | date | time):
        return _moment(value)
    return value.hex() if isinstance(value, bytes) else str(value)


def _moment(value: date | time) -> str:
    """Return a time in ISO 8601; midnight without an offset is a day."""
    if isinstance(value, datetime):
        day = value.tzinfo is None and value.time() == time()
        spec = "seconds" if value.second else "minutes"
        return (
            value.date().isoformat() if day else value.replace(microsecond=0).isoformat("T", spec)
        )
    return value.isoformat()


def cells_of_object(values: Mapping[str, Any]) -> dict[str, str]:
    """Return an object as cells: inner objects as "source.name", lists joined or as JSON."""
    cells: dict[str, str] = {}
    for name, value in values.items():
        _fill(cells, str(name), value)
    return cells


def _fill(cells: dict[str, str], name: str, value: Any) -> None:
    """Put one value into cells under its name."""
    if isinstance(value, Mapping):
        for inner, more in value.items():
            _fill(cells, f"{name}.{inner}", more)
    elif isinstance(value, list | tuple):
        cells[name] = _list(name, list(value))
    else:
        cells[name] = plain(value)


def _list(name: str, values: list[Any]) -> str:
    """Return a list as one cell: paragraphs of a text, names joined by "; ", else JSON."""
    if any(isinstance(value, Mapping | list | tuple) for value in values):
        return _as_json(values)
    between = "\n\n" if is_text_name(name) else "; "
    return between.join(text for value in values if (text := plain(value)))


def _as_json(value: Any) -> str:
    """Return a value as JSON, its numbers as they were written."""
    if isinstance(value, Mapping):
        inner = (
            f"{json.dumps(str(key), ensure_ascii=False)}: {_as_json(value[key])}" for key in value
        )
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_as_json, value)) + "]"
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    return str(value) if isinstance(value, Number) else json.dumps(plain(value), ensure_ascii=False)


def mended(cells: Mapping[str, str]) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Return cells with U+FFFD for each control character and lone surrogate, and how many."""
    bad = [name for name, cell in cells.items() if _is_bad(cell)]
    if not bad:
        return cells, ()
    number = sum(len(_NO_CHARACTER.findall(cells[name])) for name in bad)
    told = counted(number, "character that no text holds was", "characters that no text holds were")
    new = {name: _NO_CHARACTER.sub(LOST, cells[name]) for name in bad}
    return {**cells, **new}, (finding("CK-126", count=told),)


def _is_bad(cell: str) -> bool:
    """Return whether a cell holds what no text holds."""
    return not cell.isprintable() and _NO_CHARACTER.search(cell) is not None
