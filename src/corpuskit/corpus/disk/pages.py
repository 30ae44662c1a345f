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
PAGED = (  # what grows with tokens, paragraphs or types
    *("ids", "postings", "starts", "words", "paragraphs", "pointers", "folded", "lengths"),
    *("is_word", "types", "types_offsets", "folds", "folds_offsets"),
)
FEW = 1 << 12  # numbers of a column to each value from which it is not worth reading all
_NOT_READ = "Nothing was read."

Flags = NDArray[np.bool_]


class Pages:
    """A mapped file of numbers, and which of its pages have been read and found sound.

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
        self.array, self._sums, self._path, self._number = array, sums, path, number
        self._page, self._per_page = page, page // array.itemsize
        self._sound: Flags = np.zeros(len(sums), bool)
        self.all_sound = False
        weakref.finalize(self, let_go, number)

    def check(self, first: int, past: int) -> None:
        """Read and check the pages of the numbers from `first` up to `past`."""
        if first < past:
            self._check(slice(first // self._per_page, (past - 1) // self._per_page + 1))

    def check_at(self, places: NDArray[Any]) -> None:
        """Read and check the pages in which these numbers stand."""
        pages = np.zeros(len(self._sums), bool)
        pages[places // self._per_page] = True
        self._check(pages)

    def _check(self, pages: slice | Flags) -> None:
        """Read and check these pages, but for those that are checked already."""
        wanted = np.zeros(len(self._sums), bool)
        wanted[pages] = True
        edges = np.flatnonzero(np.diff(wanted & ~self._sound, prepend=False, append=False))
        with told(self._path, _NOT_READ):
            for first, past in edges.reshape(-1, 2).tolist():
                self._check_run(first, past)
        self.all_sound = self.all_sound or bool(self._sound.all())

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
            self._sound[start:end] = True


class Paged(NDArrayOperatorsMixin):
    """A read-only column, or a stretch of one, whose pages are checked when they are first used.

    What an array can do, it can do; whatever needs more than some of its numbers checks all its
    pages and goes on with the array itself.

    Parameters
    ----------
    pages
        The file.
    first, past
        The stretch of its numbers; all of them if left out.
    """

    def __init__(self, pages: Pages, first: int = 0, past: int | None = None) -> None:
        self._pages, self._first = pages, first
        self._past = len(pages.array) if past is None else past
        self._array = pages.array[first : self._past]
        self._whole = False

    def stretch(self, first: int, past: int) -> Paged:
        """Return the numbers from `first` up to `past`; nothing is read yet."""
        return Paged(self._pages, self._first + first, self._first + past)

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
        if not (self._whole or self._pages.all_sound):
            self._check(index)
        return self._array[index]

    def _check(self, index: Any) -> None:
        """Check the pages in which some numbers stand; all, where that is not plain."""
        if isinstance(index, slice):
            first, past, step = index.indices(len(self))
            if step == 1:
                return self._pages.check(self._first + first, self._first + past)
        elif isinstance(index, int | np.integer) and 0 <= index < len(self):
            place = self._first + int(index)
            return self._pages.check(place, place + 1)
        elif isinstance(index, np.ndarray) and index.dtype.kind in "iu":
            if not len(index):
                return None
            if index.min() >= 0 and index.max() < len(self):
                wide = index.astype(np.int64, copy=False)
                return self._pages.check_at(wide + self._first if self._first else wide)
        self.whole()
        return None

    def searchsorted(self, values: Any, side: str = "left", sorter: Any = None) -> Any:
        """Return where values belong in this column, which is ascending; as numpy does it.

        A few are looked for by halves, which checks no more pages than the search touches.
        """
        wanted = np.asarray(values)
        if self._whole or sorter is not None or FEW * wanted.size > len(self):
            return self.whole().searchsorted(wanted, side, sorter)  # type: ignore[call-overload]
        low, high = np.zeros(wanted.shape, np.int64), np.full(wanted.shape, len(self), np.int64)
        before = np.less if side == "left" else np.less_equal
        while (low < high).any():
            middle = (low + high) // 2
            held = self[np.minimum(middle, len(self) - 1).ravel()].reshape(wanted.shape)
            right = before(held, wanted) & (low < high)
            low, high = np.where(right, middle + 1, low), np.where(right, high, middle)
        return low[()]

    def whole(self) -> NDArray[Any]:
        """Return the array itself, all of it checked."""
        if not self._whole:
            self._pages.check(self._first, self._past)
            self._whole = True
        return self._array

    def __reduce__(self) -> tuple[Any, ...]:
        return np.array, (self.whole(),)  # another process has neither map nor open file

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
