"""Rows of bytes in a store: texts, and lines of JSON; one by one, or several that stand near."""

from __future__ import annotations

import os
import threading
import weakref
import zlib
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...errors import StoreError
from ..columns.store import Ints
from .durable import BLOCK, let_go, told
from .manifest import damage
from .opened import Generation

NEAR = 1 << 14  # bytes between two rows up to which they are read together
_NOT_READ = "Nothing was read."


class Rows:
    """Rows of bytes in a file that is never mapped: each is read, and checked, when asked for."""

    def __init__(self, generation: Generation, name: str) -> None:
        self._generation, self._name = generation, name
        self._path = generation.folder / name
        self._lock = threading.Lock()

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Where each row begins, and where the last one ends."""
        return self._generation.array(self._name.partition(".")[0] + "_offsets")

    @cached_property
    def _sums(self) -> NDArray[np.uint32]:
        """The CRC-32 of each row."""
        return self._generation.array(self._name.partition(".")[0] + "_sums")

    @cached_property
    def _number(self) -> int:
        """The open file."""
        with told(self._path, "Nothing was opened."):
            number = self._generation.sized(self._name)
        weakref.finalize(self, let_go, number)
        return number

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> bytes:
        start, end = int(self.offsets[row]), int(self.offsets[row + 1])
        with told(self._path, _NOT_READ):
            data = self._read(start, end - start)
        if zlib.crc32(data) != self._sums[row]:
            raise self._damaged(row)
        return data

    def several(self, rows: Ints) -> Iterator[bytes]:
        """Yield ascending rows; those that stand near each other are read at once."""
        starts, ends = self.offsets[rows], self.offsets[rows + 1]
        for first, past in _near(starts, ends):
            at, sums = int(starts[first]), self._sums[rows[first:past]].tolist()
            with told(self._path, _NOT_READ):
                data = self._read(at, int(ends[past - 1]) - at)
            edges = zip(starts[first:past].tolist(), ends[first:past].tolist(), strict=True)
            for row, (start, end) in enumerate(edges):
                part = data[start - at : end - at]
                if zlib.crc32(part) != sums[row]:
                    raise self._damaged(int(rows[first + row]))
                yield part

    def _damaged(self, row: int) -> StoreError:
        """Return what is to be raised of a row."""
        return damage(self._path, f"row {row:,} is not what was written (checksum)")

    def _read(self, start: int, size: int) -> bytes:
        """Return some bytes of the file."""
        if hasattr(os, "pread"):
            return os.pread(self._number, size, start)
        with self._lock:
            os.lseek(self._number, start, os.SEEK_SET)
            return os.read(self._number, size)

    def every(self) -> bytes:
        """Return all rows at once, checked."""
        return self._generation.content(self._name)


def _near(starts: Ints, ends: Ints) -> Iterator[tuple[int, int]]:
    """Yield (first, past): rows between which little stands, together BLOCK bytes at the most.

    A longer row stands alone.
    """
    first, begins = 0, starts.tolist()
    for row, end in enumerate(ends.tolist()):
        far = row > first and begins[row] - int(ends[row - 1]) > NEAR
        if row > first and (far or end - begins[first] > BLOCK):
            yield first, row
            first = row
    if len(begins):
        yield first, len(begins)
