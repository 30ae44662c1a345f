"""Articles -> columns in a draft, in bounded memory.

What needs no knowledge of other articles (where tokens, paragraphs and sentences are) goes to
its file as articles come in. The tokens themselves wait in a spill file, numbered by first
sight; when all distinct forms are known and sorted they are rewritten, a stretch of articles at
a time, and inverted; the indexes of the stretches are merged, a stretch of forms at a time.
In memory are one batch, one stretch and the vocabulary. The result is, byte for byte, what
`build_columns` makes of all articles at once.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ...reading.article import Article
from ..columns.batches import KINDS, Batch, read_batch
from ..columns.builder import fold_flags, folds_of, sorted_types, word_flags
from ..columns.distinct import Lexicon
from ..columns.inverted import invert, position_type
from ..columns.store import Ints
from ..columns.tokens import TokenPolicy
from ..columns.vocabulary import Vocabulary
from .durable import Writer, told
from .generation import SPILL, Draft
from .writing import write_vocabulary

BATCH = 1 << 20  # characters that are read at a time
STRETCH = 1 << 21  # tokens that are rewritten at a time
LOCAL = ("starts", "paragraph_zones", "sentence_starts", "sentence_ends")
SHIFTED = ("paragraphs", "sentences")


class Segments:
    """Writes the columns of articles that come in one after another."""

    def __init__(self, draft: Draft, policy: TokenPolicy) -> None:
        self._draft, self._lexicon, self._batch = draft, Lexicon(policy), Batch()
        self._stack = ExitStack()
        self._files = {name: self._opened(name) for name in (*LOCAL, *SHIFTED)}
        self._ids = draft.folder / f"{SPILL}ids"
        with told(self._ids):
            file = open(self._ids, "xb")  # noqa: SIM115 (the stack closes it)
        self._spilled = self._stack.enter_context(file)
        self._borders = array("q", [0])
        self.tokens = 0

    def _opened(self, name: str) -> Writer:
        """Return the file of a column, which stays open."""
        kind = np.dtype(KINDS[name]).name
        return self._stack.enter_context(self._draft.file(f"{name}.{kind}"))

    def add(self, article: Article) -> None:
        """Append an article."""
        self._batch.add(article)
        if self._batch.size >= BATCH:
            self._read()

    def _read(self) -> None:
        """Read the batch that was collected, and write what is known of it."""
        batch, self._batch = self._batch, Batch()
        part = read_batch(batch, self._lexicon)
        for name in LOCAL:
            self._files[name].write_array(part[name])
        for name in SHIFTED:
            self._files[name].write_array(part[name] + self.tokens)
        self._borders.extend((part["borders"] + self.tokens).tolist())
        with told(self._ids):
            self._spilled.write(np.ascontiguousarray(part["ids"], np.uint32).data)
        self.tokens += len(part["ids"])

    def finish(self) -> int:
        """Write the rest; return the number of tokens."""
        self._read()
        for name in SHIFTED:
            self._files[name].write_array(np.array([self.tokens], np.int64))
        with told(self._ids):
            self._stack.close()
        borders = np.array(self._borders, np.int64)
        self._draft.array("borders", borders)
        _Rewriting(self._draft, self._lexicon, borders).write(self._ids)
        return self.tokens

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with told(self._draft.folder):
            self._stack.__exit__(kind, error, trace)


@dataclass(frozen=True, eq=False)
class _Stretch:
    """The index of some articles: which folded forms they have, and where each run begins."""

    first: int
    forms: Ints
    pointers: Ints


class _Rewriting:
    """Writes what depends on the whole vocabulary, when all of it is known."""

    def __init__(self, draft: Draft, lexicon: Lexicon, borders: Ints) -> None:
        self._draft, self._borders = draft, borders
        self._kind = np.dtype(position_type(int(borders[-1])))
        self._postings = draft.folder / f"{SPILL}postings"
        self._types, self._rank = sorted_types(lexicon)
        self._folds, self._folded = folds_of(self._types)
        self._words = Vocabulary.of(self._types)
        self._flags = word_flags(self._types, self._words)
        self._counts = np.zeros(len(self._folds), np.int64)
        self._ranges = np.zeros(len(self._folds), np.uint32)

    def write(self, ids: Path) -> None:
        """Write all of it; remove what was put aside."""
        types, size = self._types, len(self._types)
        write_vocabulary(self._draft, "types", self._words)
        write_vocabulary(self._draft, "folds", Vocabulary.of(self._folds))
        flags = fold_flags(self._flags, self._folded, len(self._folds))
        self._types, self._folds, self._words = [], [], Vocabulary.of([])
        self._draft.array("lengths", np.fromiter(map(len, types), np.uint32, size))
        self._draft.array("is_word", self._flags)
        self._draft.array("folded", self._folded)
        self._draft.array("fold_is_word", flags)
        del types
        with told(self._draft.folder):
            self._write_postings(self._write_tokens(ids))
            os.unlink(ids)
            os.unlink(self._postings)

    def _write_tokens(self, spilled: Path) -> list[_Stretch]:
        """Write the ids and the positions of words; return the indexes of the stretches."""
        with (
            self._draft.file("ids.uint32") as ids,
            self._draft.file(f"words.{self._kind.name}") as words,
            open(self._postings, "xb") as postings,
        ):
            stretches = []
            for first, past in _parted(self._borders):
                low, high = int(self._borders[first]), int(self._borders[past])
                here = self._rank[_read(spilled, low, high - low)]
                ids.write_array(here)
                words.write_array((np.flatnonzero(self._flags[here]) + low).astype(self._kind))
                borders = self._borders[first : past + 1] - low
                index = invert(here, self._folded, len(self._counts), borders)
                postings.write(np.ascontiguousarray(index.postings, np.uint32).data)
                stretches.append(self._counted(low, index.pointers, index.ranges))
            return stretches

    def _counted(self, first: int, pointers: Ints, ranges: NDArray[np.uint32]) -> _Stretch:
        """Add the counts of a stretch, and return what is kept of its index."""
        counts = np.diff(pointers)
        self._counts += counts
        self._ranges += ranges
        forms = np.flatnonzero(counts)
        return _Stretch(first, forms, np.append(pointers[forms], pointers[-1]))

    def _write_postings(self, stretches: list[_Stretch]) -> None:
        """Write the inverted index, a stretch of folded forms at a time."""
        pointers = np.append(0, np.cumsum(self._counts)).astype(np.int64)
        self._draft.array("pointers", pointers)
        self._draft.array("ranges", self._ranges)
        with self._draft.file(f"postings.{self._kind.name}") as file:
            for low, high in _parted(pointers):
                file.write_array(self._merged(stretches, pointers, low, high))

    def _merged(
        self, stretches: list[_Stretch], pointers: Ints, low: int, high: int
    ) -> NDArray[Any]:
        """Return the positions of the folded forms from `low` to `high`."""
        found = np.empty(pointers[high] - pointers[low], self._kind)
        free = pointers[low:high] - pointers[low]  # where the next position of each form goes
        for one in stretches:
            begin, end = np.searchsorted(one.forms, (low, high)).tolist()
            own, forms = one.pointers[begin : end + 1], one.forms[begin:end] - low
            counts = np.diff(own)
            here = _read(self._postings, one.first + int(own[0]), int(own[-1] - own[0]))
            places = np.repeat(free[forms] - (own[:-1] - own[0]), counts)
            places += np.arange(len(here))
            found[places] = here.astype(self._kind) + self._kind.type(one.first)
            free[forms] += counts
        return found


def _parted(borders: Ints) -> Iterator[tuple[int, int]]:
    """Yield (first, past): parts between borders that together have about STRETCH tokens."""
    first, last = 0, len(borders) - 1
    while first < last:
        past = int(np.searchsorted(borders, borders[first] + STRETCH, side="right")) - 1
        past = min(max(past, first + 1), last)
        yield first, past
        first = past


def _read(path: Path, first: int, count: int) -> NDArray[np.uint32]:
    """Return some numbers of what was put aside."""
    with told(path):
        found = np.fromfile(path, np.uint32, count, offset=4 * first)
        if len(found) != count:
            raise OSError(None, "a file that was just written is shorter now")
    return found
