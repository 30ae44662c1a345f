"""Columns that grow at their end, and a table of 64-bit keys that grows likewise."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio: spreads keys over the slots
SPARE = 8  # values of room that are always left behind the last one


class Growing:
    """A column to which values are added at its end."""

    def __init__(self, kind: Any) -> None:
        self.room, self._size = np.zeros(1024, kind), 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        """What is there, as a view; adding may move the values to a new place."""
        return self.room[: self._size]

    def extend(self, values: Any) -> None:
        """Add values at the end."""
        size = self._size + len(values)
        if size + SPARE > len(self.room):
            room = np.zeros(2 * size + SPARE, self.room.dtype)
            room[: self._size] = self.values
            self.room = room
        self.room[self._size : size] = values
        self._size = size


class KeyTable:
    """Different keys, numbered as they come; all of an array are looked up at once.

    A key stands at the slot that it names or, if that is taken, at the next free one.
    """

    def __init__(self) -> None:
        self.keys = Growing(np.uint64)
        self._slots = np.full(1 << 16, -1, np.int64)

    def numbers(self, keys: Keys) -> Ints:
        """Return the number of each key, -1 for unknown ones."""
        found = np.full(len(keys), -1, np.int64)
        rows, slots = np.arange(len(keys)), self._first_slots(keys)
        while len(rows):
            held = self._slots[slots]
            taken = held >= 0
            rows, slots, held = rows[taken], slots[taken], held[taken]
            hit = self.keys.values[held] == keys[rows]
            found[rows[hit]] = held[hit]
            rows, slots = rows[~hit], self._next(slots[~hit])
        return found

    def add(self, keys: Keys) -> Ints:
        """Number different keys that are not there yet; return their numbers."""
        numbers = np.arange(len(self.keys), len(self.keys) + len(keys))
        self.keys.extend(keys)
        if 2 * len(self.keys) <= len(self._slots):
            self._place(numbers)
        else:  # half of the slots stay free
            self._slots = np.full(1 << (4 * len(self.keys)).bit_length(), -1, np.int64)
            self._place(np.arange(len(self.keys)))
        return numbers

    def _place(self, numbers: Ints) -> None:
        """Give each of these keys its slot."""
        slots = self._first_slots(self.keys.values[numbers])
        while len(numbers):
            free = self._slots[slots] < 0
            self._slots[slots[free]] = numbers[free]  # of several for one slot, one stays
            lost = self._slots[slots] != numbers
            numbers, slots = numbers[lost], self._next(slots[lost])

    def _first_slots(self, keys: Keys) -> Ints:
        """Return the slot that each key names."""
        shift = 65 - len(self._slots).bit_length()
        return (keys * _ODD >> np.uint64(shift)).astype(np.int64)

    def _next(self, slots: Ints) -> Ints:
        """Return the slots after these; after the last comes the first."""
        return slots + 1 & len(self._slots) - 1
