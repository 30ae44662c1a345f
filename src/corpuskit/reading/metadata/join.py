"""What a table says of articles, joined to them by file name or id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from unicodedata import normalize

import pandas as pd

from ...errors import DataError
from ...result import Result
from ..article import Article
from ..findings.told import counted
from ..outlets import Outlets
from ..tables.columns import NAMES, OWN, plain_name
from ..tables.days import DateColumn

# Columns that can say which article a row is about, the surest first.
KEYS = ("file", "filename", "file_name", "path", "id", "article_id", "doc_id", "document_id")
FIELDS = ("headline", "outlet", "section", "byline", "published", "language", "url")
COLUMNS = ("side", "row", "key", "reason")
NO_ROW = "no row of the table is about it"
NO_ARTICLE = "no article is called so"
TWICE = "row {first} is about the same"
UNCLEAR = "files in several folders are called so; write the folder, too"
LISTED = 5  # keys that a note names


class Left(NamedTuple):
    """A row of the table without an article (side "table"), or an article without a row."""

    side: str
    row: int | None
    key: str
    reason: str


class Columns(NamedTuple):
    """What the columns of the table are: the key, fields of articles by name, and all others."""

    key: str
    fields: Mapping[str, str]
    others: Sequence[str]


@dataclass
class Joined:
    """Articles with what the table says of them, and what found no partner."""

    articles: list[Article]
    left: list[Left] = field(default_factory=list)
    notes: tuple[str, ...] = ()


Row = Mapping[str, Any]


def columns_of(names: Sequence[str]) -> Columns | None:
    """Return what the columns of a table are, or None if none says which article is meant."""
    by_name = {plain_name(name): name for name in reversed(names)}
    key = next((by_name[name] for name in KEYS if name in by_name), None)
    if key is None:
        return None
    fields: dict[str, str] = {}
    for role in FIELDS:
        found = next((by_name[name] for name in NAMES[role] if name in by_name), None)
        if found is not None and found not in (key, *fields.values()):
            fields[role] = found
    others = [name for name in names if name != key and name not in fields.values()]
    return Columns(key, fields, others)


def key_of(value: object) -> str:
    """Return a key of the table in the form of ids; a whole number is written without a point."""
    whole = isinstance(value, float) and value.is_integer()
    name = str(int(value)) if whole and isinstance(value, float) else str(value)
    return _form(name)


def _form(name: str) -> str:
    """Return a name in the form in which names are compared: /, NFC, no ./ before it."""
    return normalize("NFC", name.strip().replace("\\", "/").removeprefix("./"))


class Places:
    """Where the articles are, under all names by which a table may call them."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._exact: dict[str, list[int]] = {}
        self._files: dict[str, dict[str, list[int]]] = {}  # name -> file -> its articles
        for place, id in enumerate(ids):
            full = _form(id)
            self._exact.setdefault(full, []).append(place)
            file = _file(full)
            if file != full:
                self._exact.setdefault(file, []).append(place)
            base = file.rpartition("/")[2]
            for name in {_stem(file), base, _stem(base)} - {file}:
                self._files.setdefault(name, {}).setdefault(file, []).append(place)

    def of(self, key: str) -> tuple[Sequence[int], str]:
        """Return the articles that a key means, or none and the reason."""
        if key in self._exact:
            return self._exact[key], ""
        files = self._files.get(key, {})
        if len(files) == 1:
            return next(iter(files.values())), ""
        return (), UNCLEAR if files else NO_ARTICLE


def _file(id: str) -> str:
    """Return the file of an article: its id without the number of a record."""
    file, mark, number = id.rpartition("#")
    return file if mark and number.isdecimal() else id


def _stem(name: str) -> str:
    """Return a name without its ending."""
    folder, slash, base = name.rpartition("/")
    stem = base.rpartition(".")[0] or base
    return f"{folder}{slash}{stem}"


def join(
    articles: Sequence[Article],
    rows: Sequence[Row],
    *,
    name: str,
    outlets: Outlets,
    date_order: str | None = None,
) -> Joined:
    """Return the articles with what the rows say of them.

    A row is about the article with its id; else about all articles of the file with its path;
    else of the file with its name, with or without the ending, if there is but one. What a row
    says wins over what the file says; an empty cell says nothing. An outlet of `outlets=` wins
    over both.
    """
    columns = columns_of([str(column) for column in rows[0]] if rows else [KEYS[0]])
    if columns is None:
        raise _no_key(name, rows)
    left: list[Left] = []
    meant = _meant(articles, rows, columns.key, left)
    fit = len(rows) - len(left)
    made, told = _filled(articles, meant, columns, outlets, date_order)
    left.sort(key=lambda one: one.row or 0)
    alone = [article.id for n, article in enumerate(articles) if n not in meant]
    left += [Left("articles", None, id, NO_ROW) for id in alone]
    notes = (_words(name, len(rows), fit, left), *(f"{name}: {one}" for one in told))
    return Joined(made, left, notes)


def _meant(
    articles: Sequence[Article], rows: Sequence[Row], column: str, left: list[Left]
) -> dict[int, list[Row]]:
    """Return the rows about each article; what is said of a whole file comes first."""
    places = Places(article.id for article in articles)
    first: dict[tuple[int, ...], int] = {}
    pairs: list[tuple[Sequence[int], Row]] = []
    for number, row in enumerate(rows, 1):
        key = key_of(row.get(column, ""))
        found, reason = places.of(key)
        if found and tuple(found) in first:
            reason = TWICE.format(first=first[tuple(found)])
        if reason:
            left.append(Left("table", number, key, reason))
        else:
            first[tuple(found)] = number
            pairs.append((found, row))
    meant: dict[int, list[Row]] = {}
    for found, row in sorted(pairs, key=lambda pair: -len(pair[0])):
        for place in found:
            meant.setdefault(place, []).append(row)
    return meant


def _filled(
    articles: Sequence[Article],
    meant: Mapping[int, Sequence[Row]],
    columns: Columns,
    outlets: Outlets,
    date_order: str | None,
) -> tuple[list[Article], tuple[str, ...]]:
    """Return the articles with the cells of their rows, and what must be told of the dates."""
    given = columns.fields.get("published", "")
    dates = [str(row[given]) for n in meant for row in meant[n] if row.get(given)] if given else []
    column = DateColumn(date_order, dates[:100], lambda: dates)
    made = list(articles)
    for place, rows in meant.items():
        for row in rows:
            made[place] = _with(made[place], row, columns, column, outlets)
    return made, tuple(f"{one.reason}. {one.remedy}" for one in column.found)


def _with(
    article: Article, row: Row, columns: Columns, dates: DateColumn, outlets: Outlets
) -> Article:
    """Return an article with the cells of one row."""
    cells = {role: str(row[name]) for role, name in columns.fields.items() if row.get(name)}
    if outlets.of(_file(article.id)):
        cells.pop("outlet", None)
    moment, told = dates.read(cells.pop("published", ""))
    if moment:
        cells["published"] = moment
    given = {_extra_name(name): row.get(name, "") for name in columns.others}
    said = {name: value for name, value in given.items() if value != ""}
    notes = (*article.notes, *(one.note for one in told))
    changes: dict[str, Any] = {**cells, "notes": notes, "extra": {**given, **article.extra, **said}}
    return replace(article, **changes)


def _extra_name(name: str) -> str:
    """Return a column name that the article table does not use itself."""
    return f"{name}_given" if name in OWN else name


def _no_key(name: str, rows: Sequence[Row]) -> DataError:
    """Return the error that no column says which article is meant."""
    has = ", ".join(map(str, rows[0]))
    return DataError(
        f"{name}: no column says which article a row is about; it has {has}. Nothing was read. "
        "Name one 'file' (the name of the file) or 'id'."
    )


def _words(name: str, rows: int, fit: int, left: Sequence[Left]) -> str:
    """Return in a sentence how table and articles fit."""
    parts = [f"{name}: {fit:,} of {counted(rows, 'row')} joined"]
    sides = (("table", "row", "not joined"), ("articles", "article", "without a row"))
    for side, unit, lack in sides:
        keys = [one.key for one in left if one.side == side]
        named = ", ".join(map(repr, keys[:LISTED])) + (", …" if len(keys) > LISTED else "")
        if keys:
            parts.append(f"{counted(len(keys), unit)} {lack} ({named})")
    return "; ".join(parts) + "."


def unmatched(left: Sequence[Left]) -> Result:
    """Return the rows and articles without a partner as a table."""
    frame = pd.DataFrame(left, columns=list(COLUMNS)).astype({"row": "Int64"})
    rows = sum(one.side == "table" for one in left)
    summary = f"{counted(rows, 'row')} of the table, {counted(len(left) - rows, 'article')}"
    return Result(frame, summary=summary, title="Unmatched")
