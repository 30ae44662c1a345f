"""Marked places among millions: one bit each, and how many stand before any of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

WORD = 64  # bits counted at once


class Flags:
    """Which of many places are marked, in less than two bits a place.

    Parameters
    ----------
    marked
        One value a place.

    Examples
    --------
    >>> flags = Flags(np.array([True, False, True, True]))
    >>> flags.before(np.array([0, 1, 3, 4])).tolist()
    [0, 1, 2, 3]
    """

    def __init__(self, marked: NDArray[np.bool_]) -> None:
        data = np.packbits(marked, bitorder="little")
        self._bits = np.zeros(len(marked) // WORD + 1, "<u8")
        self._bits.view(np.uint8)[: len(data)] = data
        counts = np.bitwise_count(self._bits)
        kind: Any = np.uint32 if len(marked) < 1 << 32 else np.int64
        self._before = np.cumsum(counts, dtype=kind) - counts

    def before(self, places: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Return how many places before each of these (0 up to all of them) are marked."""
        block = places >> places.dtype.type(WORD.bit_length() - 1)
        inside = (places & places.dtype.type(WORD - 1)).astype(np.uint64)
        bits = self._bits.take(block)
        bits &= (np.uint64(1) << inside) - np.uint64(1)
        found = self._before.take(block).astype(np.int64)
        found += np.bitwise_count(bits)
        return found
