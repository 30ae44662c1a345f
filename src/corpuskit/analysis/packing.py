"""Several whole numbers packed into one, so that sorting one column sorts and groups by all."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..corpus.columns.flags import Flags
from ..corpus.columns.store import Ints

Forms = NDArray[np.integer[Any]]
Keys = NDArray[np.uint64]
WORD = 64  # bits of a packed number
BLOCK = 1 << 16  # numbers compared at a time
SPARSE = 2  # fewer forms than one in so many: count them without a column of all


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


def ranked(numbers: Keys, width: int) -> tuple[Keys, Keys]:
    """Return the distinct numbers (of `width` bits) in order, and the rank of each number."""
    room = bits(len(numbers))
    if width + room > WORD:
        distinct, inverse = np.unique(numbers, return_inverse=True)
        return distinct, inverse.astype(np.uint64)
    keys = numbers << np.uint64(room)
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()  # several times as fast as sorting places
    places = (keys & np.uint64((1 << room) - 1)).astype(np.int64)
    keys >>= np.uint64(room)
    new = fresh(keys)
    ranks: Keys = np.empty_like(keys)
    ranks[places] = np.cumsum(new, dtype=np.uint64) - np.uint64(1)
    return keys[new], ranks


def tallied(keys: Keys, room: int, least: int) -> tuple[Keys, Ints, Ints]:
    """Return the different heads of sorted keys that come at least `least` times, and how often.

    The last `room` bits of a key are its tail, what stands before them is its head. The last
    column is how many different tails a head has.
    """
    heads, new = _changes(keys, room)
    begin, end = heads[:-1], heads[1:]  # whether a head begins, or ends, at a key
    if least > 1:  # what comes once is left out before there are columns of it
        begin, end = begin > end, begin < end
    first, last = np.flatnonzero(begin), np.flatnonzero(end)
    if least > 2:
        often = np.flatnonzero(last - first >= least - 1)
        first, last = first[often], last[often]
    seen = Flags(new)
    tails = seen.before(last + 1) - seen.before(first)
    return keys[first] >> np.uint64(room), last - first + 1, tails


def _changes(keys: Keys, room: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether each of sorted keys has a new head, and whether it is new at all.

    Behind the last key, where the last head ends, another one begins.
    """
    heads, new = np.ones(len(keys) + 1, bool), np.ones(len(keys) + 1, bool)
    for start in range(1, len(keys), BLOCK):
        past = min(start + BLOCK, len(keys))
        change = keys[start:past] ^ keys[start - 1 : past - 1]
        np.not_equal(change, 0, out=new[start:past])
        change >>= np.uint64(room)
        np.not_equal(change, 0, out=heads[start:past])
    return heads, new


def most_first(count: Ints) -> Ints:
    """Return the rows with the highest counts (0 or more) first; ties keep their order."""
    room = np.uint64(bits(len(count)))
    keys = (count.max(initial=0) - count).astype(np.uint64)
    keys <<= room
    keys |= np.arange(len(count), dtype=np.uint64)
    keys.sort()  # several times as fast as sorting the places of the rows
    keys &= np.uint64((1 << int(room)) - 1)
    order: Ints = keys.astype(np.int64)
    return order


def distinct(forms: Forms, size: int) -> tuple[Ints, Ints]:
    """Return the different ones of forms below `size`, in order, and how often each occurs."""
    if len(forms) < size // SPARSE:
        found, counts = np.unique(forms, return_counts=True)
        return found.astype(np.int64), counts.astype(np.int64)
    every = np.bincount(forms, minlength=size)
    there = np.flatnonzero(every)
    return there, every[there]


def spread(forms: Forms, articles: Forms, size: int) -> Ints:
    """Return in how many articles each of `size` forms occurs, given one row an occurrence."""
    width = int(articles.max(initial=0)) + 1
    keys = packed([forms, articles], [size, width])
    if keys is None:
        rows = np.unique(np.stack([forms, articles]), axis=1)[0]
        return np.bincount(rows, minlength=size).astype(np.int64)
    keys.sort()
    heads = np.arange(size, dtype=keys.dtype) << keys.dtype.type(bits(width))
    begins = np.searchsorted(keys, heads)
    seen = Flags(fresh(keys)).before(np.append(begins, len(keys)))
    return np.diff(seen)
