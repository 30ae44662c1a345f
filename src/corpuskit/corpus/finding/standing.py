"""Slots -> the places where they stand one after another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..columns.store import Columns, Ints, Positions
from ..part import Part
from .patterns import Slot
from .places import owners


def places_of(part: Part, slots: list[Slot]) -> Positions:
    """Return where the slots stand one after another inside one paragraph of a part."""
    store = part.store
    if not slots or not all(len(slot.forms) for slot in slots):
        return np.empty(0, np.int64)
    at = standing(store, slots[0]) if len(slots) == 1 else _in_a_row(store, slots)
    return at if part.whole else at[part.holds(at)]


def _in_a_row(store: Columns, slots: list[Slot]) -> Ints:
    """Return the places from which all slots stand in a row; the rarest is looked up."""
    pointers = store.pointers
    sizes = [(pointers[s.forms + 1] - pointers[s.forms]).sum() for s in slots]
    rare = int(np.argmin(sizes))
    at = standing(store, slots[rare]).astype(np.int64) - rare
    low, high = np.searchsorted(at, [0, len(store.ids) - len(slots) + 1]).tolist()
    at = at[low:high]
    for n, slot in enumerate(slots):
        if n != rare:
            at = at[_may_stand(store, slot, at + n)]
    paragraph = owners(store.paragraphs, at)
    return at[store.paragraphs[paragraph + 1] >= at + len(slots)] if len(at) else at


def _may_stand(store: Columns, slot: Slot, at: Ints) -> NDArray[np.bool_]:
    """Return whether the token at each position is one of a slot."""
    ids = store.ids[at]
    if slot.types is not None:
        return np.isin(ids, slot.types)
    forms, low, high = store.folded[ids], int(slot.forms[0]), int(slot.forms[-1])
    if high == low:
        same: NDArray[np.bool_] = forms == low
        return same
    if high - low + 1 == len(slot.forms):  # one form, or all with the same beginning
        return (forms >= low) & (forms <= high)
    return np.isin(forms, slot.forms)


def standing(store: Columns, slot: Slot) -> Positions:
    """Return the positions of every token of a slot, ascending; of one form as it is stored."""
    if len(slot.forms) == 1:
        form = int(slot.forms[0])
        return _spelled(store, slot, store.positions(form))
    pointers = store.pointers
    gaps = np.flatnonzero(np.diff(slot.forms) != 1)
    low = slot.forms[np.append(0, gaps + 1)].tolist()
    high = slot.forms[np.append(gaps, len(slot.forms) - 1)].tolist()
    runs = [store.postings[pointers[a] : pointers[b + 1]] for a, b in zip(low, high, strict=True)]
    return _spelled(store, slot, np.sort(np.concatenate(runs)))


def _spelled(store: Columns, slot: Slot, at: Positions) -> Positions:
    """Return those of the positions that have a spelling of the slot."""
    return at if slot.types is None else at[np.isin(store.ids[at], slot.types)]


def longest(found: list[tuple[Positions, int]]) -> tuple[Positions, Ints]:
    """Return each starting place once, with the size of the longest phrase that stands there."""
    if len(found) == 1:
        first, size = found[0]
        return first, np.broadcast_to(np.int64(size), len(first))
    top = max(size for _, size in found)
    # place and size in one number, so that of one place the longest comes first
    keys = np.concatenate([at.astype(np.int64) * (top + 1) + top - size for at, size in found])
    keys.sort()
    firsts = keys // (top + 1)
    keep = np.append(True, firsts[1:] != firsts[:-1])[: len(firsts)]
    return firsts[keep], top - keys[keep] % (top + 1)
