"""A corpus on disk: columns and articles into a draft, and out of a finished generation."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from zlib import crc32

import numpy as np
import pandas as pd

from ...reading.walk import shown
from ...result import Result, counted
from ..columns.store import Columns, Positions
from ..columns.tokens import TokenPolicy
from ..columns.vocabulary import Vocabulary
from .durable import BLOCK
from .generation import Draft, new_generation
from .home import Home
from .opened import Generation
from .pages import Paged
from .records import Lines, line_of, lines_of, report_out

VOCABULARIES = ("types", "folds")
ARRAYS = tuple(
    field.name for field in fields(Columns) if field.name not in (*VOCABULARIES, "policy")
)
MADE_WITH = ("nupunkt", "regex")  # what tokens and sentences depend on


class StoredColumns(Columns):
    """The same columns as maps of files; each is checked when it is first asked for."""

    def __init__(self, generation: Generation) -> None:
        policy = TokenPolicy(**generation.manifest.options["tokens"])
        self.__dict__.update(_generation=generation, policy=policy)

    def __getattr__(self, name: str) -> Any:
        if name not in (*ARRAYS, *VOCABULARIES):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        generation: Generation = self.__dict__["_generation"]
        value: Any
        if name in ARRAYS:
            value = generation.array(name)
        else:
            value = Vocabulary(generation.run(f"{name}.utf8"), generation.array(f"{name}_offsets"))
        self.__dict__[name] = value
        return value

    def positions(self, form: int) -> Positions:
        """Positions of one folded form, ascending; checked when they are looked at."""
        postings: Any = self.postings
        if not isinstance(postings, Paged):
            return super().positions(form)
        first, past = self.pointers[form : form + 2].tolist()
        return cast(Positions, postings.stretch(first, past))


def write_columns(draft: Draft, columns: Columns) -> None:
    """Write the columns of a corpus into a draft."""
    for name in ARRAYS:
        draft.array(name, getattr(columns, name))
    for name in VOCABULARIES:
        write_vocabulary(draft, name, getattr(columns, name))


def write_vocabulary(draft: Draft, name: str, words: Vocabulary) -> None:
    """Write the words of a vocabulary into a draft."""
    with draft.file(f"{name}.utf8") as file:
        file.write_array(words.data)
    draft.array(f"{name}_offsets", words.offsets)


class RowWriter:
    """Writes rows of bytes one after another; what it keeps of each is two numbers.

    Rows are short: a block of them is collected before it is written.
    """

    def __init__(self, draft: Draft, name: str) -> None:
        self._draft, self._name, self._stack = draft, name, ExitStack()
        self._file = self._stack.enter_context(draft.file(name))
        self._ends, self._sums = array("q", [0]), array("I")
        self._waiting: list[bytes] = []

    def add(self, row: bytes) -> None:
        """Append a row."""
        self._waiting.append(row)
        self._ends.append(self._ends[-1] + len(row))
        self._sums.append(crc32(row))
        if self._ends[-1] - self._file.size >= BLOCK:
            self._write()

    def _write(self) -> None:
        """Write what was collected."""
        self._file.write(b"".join(self._waiting))
        self._waiting.clear()

    def close(self) -> None:
        """Finish the file, and write where each row begins in it, and its checksum."""
        self._write()
        self._stack.close()
        stem = self._name.partition(".")[0]
        self._draft.array(f"{stem}_offsets", np.array(self._ends, np.int64))
        self._draft.array(f"{stem}_sums", np.array(self._sums, np.uint32))

    def __len__(self) -> int:
        return len(self._sums)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)


class ArticleWriter:
    """Writes articles one after another: their rows of the table, their spans, their texts."""

    def __init__(self, draft: Draft, rows: str = "articles.jsonl") -> None:
        self._stack = ExitStack()
        names = (rows, "spans.jsonl", "text.utf8")
        self._files = [self._stack.enter_context(RowWriter(draft, name)) for name in names]

    def add(self, lines: Lines) -> None:
        """Append an article."""
        for file, line in zip(self._files, lines, strict=True):
            file.add(line)

    def close(self) -> None:
        """Finish the files."""
        for file in self._files:
            file.close()

    def __len__(self) -> int:
        return len(self._files[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)


def write_rows(draft: Draft, name: str, rows: Iterable[bytes]) -> None:
    """Write rows of bytes into a draft."""
    with RowWriter(draft, name) as file:
        for row in rows:
            file.add(row)
        file.close()


def write_corpus(root: Path, home: Home, columns: Columns, *, wait: bool) -> None:
    """Write a corpus that is there already as the current generation of a store."""
    with new_generation(root, wait=wait) as draft:
        with ArticleWriter(draft) as writer:
            for number in range(len(home)):
                writer.add(lines_of(home.article(number)))
            writer.close()
        write_columns(draft, columns)
        write_report(draft, home.report)
        write_sources(draft, ())
        draft.options = {**token_options(columns.policy), "reading": None}
        draft.facts = {"articles": len(home), "tokens": len(columns.ids)}


def checked(generation: Generation | None) -> Result:
    """Return what is wrong with each file of a generation when all of it is read."""
    names = sorted(generation.manifest.files) if generation else []
    rows = [
        (name, generation.manifest.files[name].size, generation.problem(name))
        for name in names
        if generation
    ]
    frame = pd.DataFrame(rows, columns=["file", "bytes", "problem"], dtype=object)
    bad = sum(bool(problem) for *_, problem in rows)
    found = f"{counted(len(rows), 'file')}, " + (f"{bad:,} damaged" if bad else "all as written")
    params = {"path": shown(generation.root)} if generation else {}
    summary = found if generation else "in memory, no files"
    return Result(frame.astype({"bytes": "int64"}), params, title="Check", summary=summary)


def write_report(draft: Draft, report: Result) -> None:
    """Write what became of the files that were read."""
    with draft.file("report.json") as file:
        file.write(line_of(report_out(report)))


def write_sources(draft: Draft, lines: Iterable[bytes]) -> None:
    """Write what is known of each file that was read: size, time, digest, articles, findings."""
    with draft.file("sources.jsonl") as file:
        for line in lines:
            file.write(line)


def token_options(policy: TokenPolicy) -> dict[str, Any]:
    """Return what tokens and sentences depend on, for the manifest."""
    return {"tokens": asdict(policy), "made_with": _versions()}


@cache
def _versions() -> dict[str, str]:
    """Return the versions of what tokens and sentences depend on."""
    found = {name: version(name) for name in MADE_WITH}
    return found | {"unicode": unicodedata.unidata_version}
