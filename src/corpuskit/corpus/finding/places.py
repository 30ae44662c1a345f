"""Positions in columns: which stretch one stands in, how many come before it, runs of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..columns.store import Ints, Positions


def ranks(column: Positions, positions: NDArray[np.integer[Any]]) -> Ints:
    """Return how many values of an ascending column are smaller than each position.

    The positions take the column's kind of number: the other way round numpy would copy a
    column of millions for a handful of positions.
    """
    return np.searchsorted(column, positions.astype(column.dtype, copy=False)).astype(np.int64)


def owners(borders: Ints, positions: NDArray[np.integer[Any]]) -> Ints:
    """Return the number of the stretch between `borders` that each position stands in."""
    if len(positions) > len(borders) and (positions[1:] >= positions[:-1]).all():
        past = ranks(positions, borders)  # many in order: count them border by border
        shares = np.diff(past, prepend=0, append=len(positions))
        return np.repeat(np.arange(-1, len(borders), dtype=np.int64), shares)
    at = positions.astype(borders.dtype, copy=False)
    return np.searchsorted(borders, at, side="right").astype(np.int64) - 1


def expanded(begin: Ints, end: Ints) -> Ints:
    """Return all numbers from each `begin` up to its `end`, one stretch after another."""
    sizes = np.maximum(end - begin, 0)
    before = np.cumsum(sizes) - sizes
    numbers: Ints = np.repeat(begin - before, sizes)
    numbers += np.arange(len(numbers), dtype=np.int64)
    return numbers
