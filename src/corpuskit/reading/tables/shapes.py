"""The shapes of a JSON object that holds a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from .columns import NAMES, is_text_name, plain_name


def records_in(value: Any) -> Iterator[Any]:
    """Yield the records of one object, whatever its shape.

    An object of equally long lists is a table by columns; an object of objects with the same
    names is one by columns or by rows; an object with a list of objects among its values is
    that list; any other object is one record.
    """
    if not isinstance(value, Mapping) or not value:
        yield value
    elif {"columns", "data"} <= value.keys() and _is_grid(value["columns"], value["data"]):
        yield from (dict(zip(value["columns"], row, strict=False)) for row in value["data"])
    elif inner := _longest_list(value):
        yield from inner
    elif all(isinstance(part, list) for part in value.values()) and _has_text(value):
        yield from _by_lists(value)
    elif all(isinstance(part, Mapping) for part in value.values()):
        yield from _by_objects(value)
    else:
        yield value


def _is_grid(columns: Any, rows: Any) -> bool:
    """Return whether these are names and lists of values."""
    if not isinstance(columns, list) or not isinstance(rows, list):
        return False
    return all(isinstance(name, str) for name in columns) and all(
        isinstance(row, list) for row in rows
    )


def _longest_list(value: Mapping[str, Any], depth: int = 2) -> list[Any]:
    """Return the longest list of objects in an object or those inside, unless it is a record."""
    if _is_record(value):
        return []
    lists = [part for part in value.values() if isinstance(part, list)]
    lists = [part for part in lists if part and all(isinstance(one, Mapping) for one in part)]
    if not lists and depth:
        inner = [part for part in value.values() if isinstance(part, Mapping)]
        lists = [_longest_list(part, depth - 1) for part in inner]
    return max(lists, key=len, default=[])


def _is_record(value: Mapping[str, Any]) -> bool:
    """Return whether an object is an article: it has a text, a date or an author of its own."""
    known = (*NAMES["text"], *NAMES["published"], *NAMES["byline"])
    return any(plain_name(name) in known and isinstance(value[name], str) for name in value)


def _has_text(value: Mapping[str, Any]) -> bool:
    """Return whether a name among these is known to hold texts."""
    return any(map(is_text_name, value))


def _by_lists(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table by columns; shorter columns end early."""
    for row in zip_longest(*value.values()):
        yield dict(zip(value, row, strict=True))


def _by_objects(value: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the records of an object of objects: by columns if these have the known names."""
    parts = list(value.values())
    if not _has_text(value) or any(map(_has_text, parts)):
        yield from parts
        return
    for row in dict.fromkeys(name for part in parts for name in part):
        yield {column: part.get(row) for column, part in value.items()}
