"""The articles of a folder one file after another, for corpora that are larger than memory.

What `read_articles` returns at once comes here file by file, and a file that is known already
(the same bytes, read in the same way) is not parsed again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from types import TracebackType
from typing import Any, NamedTuple, Self

import pandas as pd

from ..errors import DataError, one_of
from .article import Article, Options
from .cleaning.rules import Rule
from .decode import known_encoding
from .findings.told import Finding
from .intake import Waiting, handed, outcome
from .languages import known_languages, with_languages
from .metadata.facts import Facts, facts_of
from .metadata.join import join
from .opening import Opened, opened
from .outlets import Outlets
from .placing import Placed, placed
from .report import ReadReport, Row, read_report
from .tables.columns import known_columns
from .tables.large import LargeTable, is_large_table, size_and_digest
from .walk import File, Found, PathLike, find_files, shown
from .workers.crew import Crew

MOST_WAITING = 64  # files that are handed out at a time
MOST_WAITING_BYTES = 64_000_000


class Unit(NamedTuple):
    """One file, or one member of an archive, before it is read.

    Attributes
    ----------
    file
        Which.
    size
        Its bytes.
    digest
        BLAKE2 of its bytes.
    outlet
        The outlet that the table of outlets gives it.
    """

    file: File
    size: int
    digest: str
    outlet: str


class Passage(NamedTuple):
    """One file that was read, or that is known: then `known` is what was known of it.

    The articles of a very large table are read while they are taken, once; its rows are there
    when all articles were taken.
    """

    unit: Unit
    articles: Iterable[Article]
    rows: Sequence[Row]
    known: Any = None


Known = Callable[[Unit], Any]  # what is known of a file, None for nothing
_Turn = tuple[Unit, Waiting | None, Any]


class Stream:
    """A folder (or file, or list of files) whose articles are read one file after another.

    Parameters
    ----------
    path, outlets, metadata
        As for `read_articles`.
    **options
        The others of `read_articles`.

    Attributes
    ----------
    options
        How files are read.
    files
        The files, in the order in which they will be read.
    """

    def __init__(
        self,
        path: PathLike | Iterable[PathLike],
        *,
        outlets: Mapping[str, str] | PathLike | pd.DataFrame | None = None,
        metadata: PathLike | pd.DataFrame | bool | None = None,
        **options: Any,
    ) -> None:
        self.path = path if isinstance(path, str | os.PathLike) else list(path)
        self.options = options_of(**options)
        self._outlets = Outlets(outlets)
        self._found = find_files(self.path)
        own = isinstance(outlets, str | os.PathLike)
        self._tables = {os.path.abspath(str(outlets))} if own else set()
        self._metadata = metadata
        self._facts: Facts | None = None
        self._crew = Crew()
        self.files: list[File] = []

    @property
    def joins(self) -> bool:
        """Whether a table of metadata is joined to the articles at the end."""
        return self._facts is not None

    def passages(self, known: Known | None = None) -> Iterator[Passage]:
        """Yield the files in order; others are being read meanwhile."""
        turns: deque[_Turn] = deque()
        for file in self.files:
            if is_large_table(file):
                yield from map(self._passage, turns)
                turns.clear()
                yield self._large(file, known)
                continue
            for one in opened(file):
                turns.append(self._turn(one, known))
                while turns and (_is_done(turns[0]) or _enough(turns)):
                    yield self._passage(turns.popleft())
        while turns:
            yield self._passage(turns.popleft())

    def _turn(self, one: Opened, known: Known | None) -> _Turn:
        """Return a file with what is known of it, or with the reader it was handed to."""
        digest = blake2b(one.data, digest_size=32).hexdigest() if known else ""
        unit = Unit(one.file, len(one.data), digest, self._outlets.of(one.file.id))
        found = known(unit) if known and one.trouble is None else None
        return unit, handed(one, self.options, self._crew) if found is None else None, found

    def _passage(self, turn: _Turn) -> Passage:
        """Return a file with its articles and rows."""
        unit, waiting, found = turn
        if waiting is None:
            return Passage(unit, (), (), found)
        return Passage(unit, *_placed(waiting, self._outlets, self.options))

    def _large(self, file: File, known: Known | None) -> Passage:
        """Return a table that is read batch by batch."""
        size, digest = size_and_digest(file.path) if known else (0, "")
        unit = Unit(file, size, digest, self._outlets.of(file.id))
        found = known(unit) if known else None
        if found is not None:
            return Passage(unit, (), (), found)
        table = LargeTable(file, self.options, self._outlets)
        return Passage(unit, table, table.rows)

    def report(self, rows: Sequence[Row]) -> ReadReport:
        """Return the report of the reading; raise if nothing could be loaded."""
        if not any(row.articles for row in rows):
            raise _nothing(self.path, list(rows))
        one = isinstance(self.path, str | os.PathLike)
        params = {"path": shown(self.path) if one else len(rows)}
        notes = (*_litter(self._found), *self._outlets.notes)
        return read_report(rows, params=params, notes=notes)

    def joined(
        self, articles: Sequence[Article], report: ReadReport
    ) -> tuple[tuple[Article, ...], ReadReport]:
        """Return the articles (texts are not needed) with what the table of metadata says."""
        facts, order = self._facts, self.options.date_order
        if facts is None:
            return tuple(articles), report
        made = join(articles, facts.rows, name=facts.name, outlets=self._outlets, date_order=order)
        notes = (*report.notes, *facts.notes, *made.notes)
        return tuple(made.articles), replace(report, notes=notes, left=tuple(made.left))

    def __enter__(self) -> Self:
        try:
            self._facts = facts_of(self._metadata, self._found.files, self.options, self._crew)
        except BaseException as error:
            self._crew.__exit__(type(error), error, None)
            raise
        tables = self._tables | ({self._facts.path} if self._facts else set())
        self.files = [file for file in self._found.files if file.path not in tables]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._crew.__exit__(kind, error, trace)


def _is_done(turn: _Turn) -> bool:
    """Return whether nothing of a file is waited for."""
    return turn[1] is None or turn[1].answer.done()


def _enough(turns: Sequence[_Turn]) -> bool:
    """Return whether so much waits to be read that no more should be opened."""
    return len(turns) > MOST_WAITING or sum(unit.size for unit, *_ in turns) > MOST_WAITING_BYTES


def options_of(
    *,
    encoding: str | None = None,
    clean: bool | Sequence[Rule] = True,
    date_order: str | None = None,
    columns: Mapping[str, str] | None = None,
    hyphens: str = "keep",
    language: str | Iterable[str] | None = None,
) -> Options:
    """Return the options of `read_articles`, checked."""
    return Options(
        known_encoding(encoding),
        clean,
        None if date_order is None else one_of("date_order", date_order, ("dmy", "mdy")),
        one_of("hyphens", hyphens, ("keep", "join")),
        known_columns(columns),
        known_languages(language),
    )


def _placed(one: Waiting, table: Outlets, options: Options) -> Placed:
    """Return the articles of one file and its rows."""
    read = outcome(one)
    if isinstance(read, Finding):
        return [], [Row(one.file.id, (*one.file.findings, read))]
    articles, rows = placed(one.file, one.digest, read, table)
    return with_languages(articles, options.language), rows


def _litter(found: Found) -> tuple[str, ...]:
    """Return the note about hidden and temporary files that have no row."""
    if not found.litter:
        return ()
    names = [
        f"{name} ({number:,} times)" if number > 1 else name
        for name, number in sorted(found.litter.items())
    ]
    shown_names = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return (f"Left out, without a row: hidden and temporary files ({shown_names}).",)


def _nothing(path: PathLike | Iterable[PathLike], rows: list[Row]) -> DataError:
    """Return the error that nothing could be loaded, with the first reasons."""
    name = shown(path) if isinstance(path, str | os.PathLike) else "the list of files"
    if not rows:
        return DataError(
            f"{name}: there are no files in it. Nothing was read. "
            "Put articles (.txt, .html, .docx) into it."
        )
    report = read_report(rows)
    reasons = "\n".join(report.messages[:5])
    more = f"\n… and {len(rows) - 5:,} more." if len(rows) > 5 else ""
    return DataError(f"{name}: no article could be loaded ({report.summary}).\n{reasons}{more}")
