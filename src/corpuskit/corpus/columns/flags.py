"""Marked places among millions: one bit each, and how many stand before any of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

WORD = 64  # bits counted at once


class Flags:
    """Which of many places are marked, in two bits a place.

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
        # two numbers a block of 64 places: those before it, then its bits
        self._blocks = np.zeros((len(marked) // WORD + 1, 2), np.uint64)
        bits = np.zeros(len(self._blocks), "<u8")
        bits.view(np.uint8)[: len(data)] = data
        self._blocks[:, 1] = bits
        self._blocks[1:, 0] = np.cumsum(np.bitwise_count(bits[:-1]), dtype=np.uint64)

    def before(self, places: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Return how many places before each of these (0 up to all of them) are marked."""
        kind = places.dtype.type
        block = self._blocks.take(places >> kind(WORD.bit_length() - 1), axis=0)
        inside = (places & kind(WORD - 1)).astype(np.uint64)
        bits = block[:, 1] & ((np.uint64(1) << inside) - np.uint64(1))
        bits = np.bitwise_count(bits) + block[:, 0]
        return bits.astype(np.int64)
