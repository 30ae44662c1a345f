"""Bytes -> the unbroken runs between blanks, each distinct one once.

Text is mostly repetition: of ten million runs half a million differ. A run is known by a
64-bit key, and every run is compared, byte by byte, with the first that had its key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...errors import StoreError

# White space as the pattern of tokens knows it (a test compares the two).
BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
LONG = 64  # bytes of a run from which it is hashed and compared on its own

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Keys = Callable[["Runs"], Words]

_CODES = {size: [c.encode() for c in BLANKS if len(c.encode()) == size] for size in (1, 2, 3)}
_LEADS = {code[0] for size in (2, 3) for code in _CODES[size]}
_CLASSES = bytes(
    1 if bytes([n]) in _CODES[1] else 2 if n in _LEADS else 0 for n in range(256)
)  # 1: a blank; 2: the first byte of what may be one
_LOW_BYTES = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
_ODD = [np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
_HALF = np.uint64(32)


class Eights:
    """Bytes of which up to eight can be read at many places at once.

    `room` holds at least seven bytes more than the `size` that are read.
    """

    def __init__(self, room: Bytes, size: int) -> None:
        self.room = room
        self._eight = np.ndarray((size,), "<u8", room, 0, (1,))

    def read(self, starts: Ints, left: Ints) -> Words:
        """Return the bytes at `starts`, eight or as many as are `left` of the run."""
        return self._eight[starts] & _LOW_BYTES[np.minimum(left, 8)]


@dataclass(frozen=True, eq=False)
class Place:
    """Where runs stand in some bytes, and the first eight bytes of each."""

    data: Eights
    starts: Ints
    sizes: Ints
    heads: Words

    @classmethod
    def of(cls, data: Eights, starts: Ints, sizes: Ints) -> Place:
        """Return the place of runs, their first bytes read."""
        return cls(data, starts, sizes, data.read(starts, sizes))

    def at(self, rows: Ints) -> Place:
        """Return these runs alone, in this order."""
        return Place(self.data, self.starts[rows], self.sizes[rows], self.heads[rows])

    def read(self, rows: Ints, k: int) -> Words:
        """Return eight bytes, or what is left, of these runs from their byte k on."""
        return self.data.read(self.starts[rows] + k, self.sizes[rows] - k)

    def run(self, row: int) -> bytes:
        """Return the bytes of one run."""
        start = int(self.starts[row])
        return self.data.room[start : start + int(self.sizes[row])].tobytes()


class Runs:
    """The runs of one block of UTF-8 between its blanks."""

    def __init__(self, block: bytes) -> None:
        self.block = block
        starts, ends = _spans(block)
        data = Eights(np.frombuffer(block + bytes(8), np.uint8), len(block))
        self.place = Place.of(data, starts, ends - starts)

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def starts(self) -> Ints:
        """First byte of each run."""
        return self.place.starts

    @property
    def sizes(self) -> Ints:
        """Bytes of each run."""
        return self.place.sizes

    def listed(self, numbers: Ints) -> list[bytes]:
        """Return the bytes of several runs."""
        starts, sizes = self.starts[numbers], self.sizes[numbers]
        spans = zip(starts.tolist(), (starts + sizes).tolist(), strict=True)
        return [self.block[start:end] for start, end in spans]


def further(sizes: Ints) -> list[tuple[int, Ints]]:
    """Return (k, rows) of the runs longer than k bytes, k = 8, 16, … below LONG."""
    rows = np.flatnonzero((sizes > 8) & (sizes <= LONG))
    steps = []
    for k in range(8, LONG, 8):
        rows = rows[sizes[rows] > k]
        steps += [(k, rows)] if len(rows) else []
    return steps


def long_runs(sizes: Ints) -> list[int]:
    """Return the numbers of the runs that are handled one by one."""
    return np.flatnonzero(sizes > LONG).tolist()


def _spans(block: bytes) -> tuple[Ints, Ints]:
    """Return where the runs between blanks start and end, in bytes."""
    blank = np.frombuffer(block.translate(_CLASSES), np.uint8)
    if not block.isascii():
        blank = _with_wide_blanks(blank.copy(), block)
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    begins_inside = len(blank) > 0 and not blank[0]
    ends_inside = len(blank) > 0 and not blank[-1]
    edges = np.concatenate(([0] * begins_inside, edges, [len(blank)] * ends_inside))
    edges = edges.astype(np.int64, copy=False)
    return edges[0::2], edges[1::2]


def _with_wide_blanks(blank: Bytes, block: bytes) -> Bytes:
    """Set every byte of the blanks of two and three bytes to 1, and what is none to 0."""
    at = np.flatnonzero(blank == 2)
    blank[at] = 0
    three = np.frombuffer(block + bytes(2), np.uint8)
    code = three[at].astype(np.int32) << 8 | three[at + 1]
    for size in (2, 3):
        wanted = [int.from_bytes(one) for one in _CODES[size]]
        found = at[np.isin(code, wanted)]
        for n in range(size):
            blank[found + n] = 1
        code = code << 8 | three[at + 2]
    return blank


def run_keys(runs: Runs) -> Words:
    """Return a 64-bit key of each run: equal runs have equal keys."""
    place = runs.place
    keys = _stir(place.heads * _ODD[0])
    for k, rows in further(place.sizes):
        keys[rows] = _stir(keys[rows] ^ place.read(rows, k) * _ODD[2])
    keys += place.sizes.astype(np.uint64) * _ODD[2]
    for n in long_runs(place.sizes):
        keys[n] = int.from_bytes(blake2b(place.run(n), digest_size=8).digest())
    return keys


def _stir(keys: Words) -> Words:
    """Spread every bit over the others, in place; different keys stay different."""
    keys ^= keys >> _HALF
    keys *= _ODD[1]
    keys ^= keys >> _HALF
    return keys


@dataclass(frozen=True, eq=False)
class Distinct:
    """The distinct runs of a block in order of appearance: their keys and first runs.

    `codes` gives the number of each run among them.
    """

    codes: Ints
    keys: Words
    first: Ints


def distinct(runs: Runs, keys: Keys = run_keys) -> Distinct:
    """Return the distinct runs of a block.

    Raises
    ------
    StoreError
        If two different runs have the same key.
    """
    codes, found = pd.factorize(keys(runs))
    first = np.empty(len(found), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    refuse_unequal(runs.place, runs.place.at(first[codes]))
    return Distinct(codes, found, first)


def refuse_unequal(ones: Place, others: Place) -> None:
    """Raise if a run is not, byte by byte, the one that has the same key."""
    same = ones.sizes == others.sizes
    if same.all():
        same = ones.heads == others.heads
        for k, rows in further(ones.sizes):
            same[rows] &= ones.read(rows, k) == others.read(rows, k)
        for n in long_runs(ones.sizes):
            same[n] &= ones.run(n) == others.run(n)
    if not same.all():
        n = int(np.argmin(same))
        _refuse(ones.run(n), others.run(n))


def _refuse(one: bytes, two: bytes) -> NoReturn:
    """Raise: two runs have the same key."""
    shown = [part[:40].decode("utf-8", "replace") for part in (one, two)]
    raise StoreError(
        f"{shown[0]!r} and {shown[1]!r} have the same 64-bit key, so that one would be counted "
        "as the other. Nothing was built. Separate one of them by a blank, and report it."
    )
