"""What is known of the files that a corpus was built from, so that none is parsed in vain."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import StoreError
from ...reading.article import Options
from ...reading.findings.told import Finding
from ...reading.reconcile import Account
from ...reading.report import Row
from ...reading.stream import Unit
from .manifest import tool_version
from .opened import Generation, open_generation
from .records import Lines, line_of, value_of
from .rows import Rows

READ = "read.jsonl"  # articles before metadata were joined; only where some were
PARSERS = ("charset-normalizer", "lxml", "openpyxl", "pyarrow", "pypdf", "regex", "trafilatura")


class Source(NamedTuple):
    """One file that was read: what it was, and which articles came of it.

    Attributes
    ----------
    id, size, modified, digest
        Its id, bytes, time (nanoseconds) and BLAKE2. Only the digest decides whether it changed.
    given
        The outlet it was given, and what was found about its name.
    first, articles
        The number of its first article in the corpus, and how many it has.
    rows
        Its rows of the report, as plain values.
    """

    id: str
    size: int
    modified: int
    digest: str
    given: list[Any]
    first: int
    articles: int
    rows: list[Any]


class Reused(NamedTuple):
    """A file that has not changed: its articles as they are stored, and its rows."""

    articles: Iterable[Lines]
    rows: Sequence[Row]


def source_of(unit: Unit, first: int, count: int, rows: Sequence[Row]) -> Source:
    """Return what is to be known of a file the next time."""
    modified = 0
    with suppress(OSError):  # of a member of an archive: nothing of its own
        modified = os.stat(unit.file.path).st_mtime_ns
    plain = [_row_out(row) for row in rows]
    return Source(unit.file.id, unit.size, modified, unit.digest, _given(unit), first, count, plain)


def _given(unit: Unit) -> list[Any]:
    """Return what is known of a file before it is read, but for its bytes."""
    return [unit.outlet, [[found.code, found.reason] for found in unit.file.findings]]


def _row_out(row: Row) -> list[Any]:
    """Return a row of the report as plain values."""
    findings = [[found.code, found.reason] for found in row.findings]
    account = None if row.account is None else list(row.account)
    return [row.file, findings, row.encoding, row.chars, row.articles, row.record, account]


def _row_in(values: list[Any]) -> Row:
    """Return the row that plain values stand for."""
    file, findings, encoding, chars, articles, record, account = values
    found = tuple(Finding(*one) for one in findings)
    known = None if account is None else Account(*account)
    return Row(file, found, encoding, chars, articles, record, known)


def reading_options(options: Options) -> dict[str, Any]:
    """Return everything that what is read of a file depends on, but for the file."""
    given = {field.name: _told(getattr(options, field.name)) for field in fields(options)}
    return {"tool": tool_version(), "options": given, "parsers": _parsers()}


def _told(value: Any) -> Any:
    """Return an option as plain values, from which it can be seen whether two are equal."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): _told(one) for name, one in sorted(value.items())}
    if isinstance(value, Sequence):
        return [_told(one) for one in value]
    if hasattr(value, "pattern") and hasattr(value, "flags"):  # a regular expression
        return [value.pattern, int(value.flags)]
    return [_told(getattr(value, field.name)) for field in fields(value)]


def _parsers() -> dict[str, str]:
    """Return the versions of the parsers that are installed."""
    found = {}
    for name in PARSERS:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


class Memory:
    """What the current generation of a store knows of the files it was built from."""

    def __init__(self, generation: Generation | None, options: dict[str, Any]) -> None:
        self._generation = generation
        self._known: dict[str, bytes] = {}  # as it is stored: there may be many
        if generation is None or generation.manifest.options.get("reading") != options:
            return
        first = READ if READ in generation.manifest.files else "articles.jsonl"
        self._files = [Rows(generation, name) for name in (first, "spans.jsonl", "text.utf8")]
        with suppress(StoreError):  # it is damaged: everything is read anew
            lines = generation.content("sources.jsonl").splitlines()
            self._known = {value_of(line)[0]: line for line in lines}

    def __call__(self, unit: Unit) -> Reused | None:
        """Return what is stored of a file, if it has not changed and nothing is damaged."""
        line = self._known.get(unit.file.id)
        source = None if line is None else Source(*value_of(line))
        if source is None or (source.digest, source.given) != (unit.digest, _given(unit)):
            return None
        numbers = range(source.first, source.first + source.articles)
        with suppress(StoreError):
            for number in numbers:  # each is checked before any is used
                self._lines(number)
            return Reused(map(self._lines, numbers), [_row_in(row) for row in source.rows])
        return None

    def _lines(self, number: int) -> Lines:
        """Return an article as it is stored."""
        return Lines(*(rows[number] for rows in self._files))

    def close(self) -> None:
        """Let go of the generation."""
        if self._generation is not None:
            self._generation.close()


def memory_of(root: Path, options: dict[str, Any], *, reuse: bool) -> Memory:
    """Return what a store knows of its sources; nothing if it cannot be opened."""
    generation = None
    if reuse:
        with suppress(StoreError):
            generation = open_generation(root)
    return Memory(generation, options)


def source_line(source: Source) -> bytes:
    """Return what is known of a file as it is stored."""
    return line_of(list(source))
