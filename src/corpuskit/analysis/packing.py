"""Several whole numbers packed into one, so that sorting one column sorts and groups by all."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..corpus.columns.store import Ints

Forms = NDArray[np.integer[Any]]
WORD = 64  # bits of a packed number


def bits(size: int) -> int:
    """Return the bits that numbers below `size` need."""
    return max(size - 1, 0).bit_length()


def packed(columns: list[Forms], sizes: list[int]) -> NDArray[np.unsignedinteger[Any]] | None:
    """Return one number for each row, ordered as the rows are; None if they do not fit.

    Numbers of column n are below `sizes[n]`. Half the bytes are used where that is enough.
    """
    widths = [bits(size) for size in sizes]
    if sum(widths) > WORD:
        return None
    kind: Any = np.uint32 if sum(widths) <= WORD // 2 else np.uint64
    keys: NDArray[Any] = columns[0].astype(kind)
    for column, width in zip(columns[1:], widths[1:], strict=True):
        keys <<= kind(width)
        keys |= column.astype(kind, copy=False)
    return keys


def fresh(keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Return whether each of some sorted numbers differs from the one before it."""
    new = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return new


def spread(forms: Forms, articles: Forms, size: int) -> Ints:
    """Return in how many articles each of `size` forms occurs, given one row an occurrence."""
    width = int(articles.max(initial=0)) + 1
    keys = packed([forms, articles], [size, width])
    if keys is None:
        rows = np.unique(np.stack([forms, articles]), axis=1)[0]
        return np.bincount(rows, minlength=size).astype(np.int64)
    keys.sort()
    there = keys[fresh(keys)] >> keys.dtype.type(bits(width))
    return np.bincount(there.astype(np.int64), minlength=size).astype(np.int64)
