"""Columns of millions of tokens, checked page by page: only what is used has to be read.

To look at a hundred hits must not cost the reading of everything. A large column is mapped at
once (its size was checked), but no number of it is given out before the page in which it stands
was read from the disk and found to be what was written.
"""

from __future__ import annotations

import os
import weakref
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from .durable import BLOCK, let_go, told
from .manifest import damage

LEAST = 1 << 20  # bytes of a column from which it is checked page by page
PAGED = ("ids", "postings", "starts", "words")  # one number a token
_NOT_READ = "Nothing was read."

Flags = NDArray[np.bool_]


class Paged(NDArrayOperatorsMixin):
    """A read-only column whose pages are checked when they are first used.

    What an array can do, it can do; whatever needs more than some of its numbers checks all
    pages and goes on with the array itself.

    Parameters
    ----------
    array
        The map of the file.
    sums
        The CRC-32 of each page.
    path, number
        The file, and the open file, from which pages are read to check them.
    page
        Bytes of a page.
    """

    def __init__(
        self,
        array: NDArray[Any],
        sums: NDArray[np.uint32],
        path: Path,
        number: int,
        page: int,
    ) -> None:
        self._array, self._sums, self._path, self._number = array, sums, path, number
        self._page, self._per_page = page, page // array.itemsize
        self._checked: Flags = np.zeros(len(sums), bool)
        self._whole = False
        weakref.finalize(self, let_go, number)

    def __len__(self) -> int:
        return len(self._array)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The kind of its numbers."""
        return self._array.dtype

    @property
    def shape(self) -> tuple[int, ...]:
        """How many numbers it has."""
        return self._array.shape

    def __getitem__(self, index: Any) -> Any:
        if not self._whole:
            self._check(self._pages_of(index))
        return self._array[index]

    def _pages_of(self, index: Any) -> slice | Flags:
        """Return the pages in which some numbers stand; all, where that is not plain."""
        if isinstance(index, slice):
            first, past, step = index.indices(len(self))
            if step == 1:
                return slice(first // self._per_page, max(past - 1, first) // self._per_page + 1)
        elif isinstance(index, int | np.integer) and 0 <= index < len(self):
            page = int(index) // self._per_page
            return slice(page, page + 1)
        elif isinstance(index, np.ndarray) and index.dtype.kind in "iu":
            return self._marked(index)
        return slice(None)

    def _marked(self, places: NDArray[Any]) -> slice | Flags:
        """Return which pages hold one of these places."""
        if not len(places) or places.min() < 0 or places.max() >= len(self):
            return slice(None if len(places) else 0, None if len(places) else 0)
        pages = np.zeros(len(self._sums), bool)
        pages[places // self._per_page] = True
        return pages

    def _check(self, pages: slice | Flags) -> None:
        """Read and check these pages, but for those that are checked already."""
        wanted = np.zeros(len(self._sums), bool)
        wanted[pages] = True
        edges = np.flatnonzero(np.diff(wanted & ~self._checked, prepend=False, append=False))
        with told(self._path, _NOT_READ):
            for first, past in edges.reshape(-1, 2).tolist():
                self._check_run(first, past)
        self._whole = bool(self._checked.all())

    def _check_run(self, first: int, past: int) -> None:
        """Read and check the pages from `first` to `past`."""
        at_once = max(1, BLOCK // self._page)
        for start in range(first, past, at_once):
            end = min(start + at_once, past)
            data = os.pread(self._number, (end - start) * self._page, start * self._page)
            for page in range(start, end):
                at = (page - start) * self._page
                if zlib.crc32(memoryview(data)[at : at + self._page]) != self._sums[page]:
                    what = f"page {page:,} is not what was written (checksum)"
                    raise damage(self._path, what)
            self._checked[start:end] = True

    def whole(self) -> NDArray[Any]:
        """Return the array itself, all of it checked."""
        if not self._whole:
            self._check(slice(None))
        return self._array

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        array = self.whole()
        if dtype is not None and np.dtype(dtype) != array.dtype:
            return array.astype(dtype)
        return array.copy() if copy else array

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **given: Any) -> Any:
        arrays = (one.whole() if isinstance(one, Paged) else one for one in inputs)
        return getattr(ufunc, method)(*arrays, **given)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.whole())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.whole(), name)
