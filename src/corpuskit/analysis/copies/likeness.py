"""Sets of shingles -> the pairs that share enough of them. Exact, without comparing all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ...corpus.columns.store import Ints
from .shingles import Shingles

BLOCK = 4_000_000  # shared shingles held at once


@dataclass(frozen=True)
class Least:
    """What a pair must reach: Jaccard similarity, or containment of the smaller in the larger."""

    jaccard: float
    containment: float

    def met(self, found: Shingles, a: Ints, b: Ints, both: Ints) -> NDArray[np.bool_]:
        """Return which pairs reach one of the two."""
        jaccard, contained = measures(found, a, b, both)
        alike: NDArray[np.bool_] = (jaccard >= self.jaccard) | (contained >= self.containment)
        return alike


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of rows a < b, sorted, and the number of shingles that both have."""

    a: Ints
    b: Ints
    both: Ints


def measures(found: Shingles, a: Ints, b: Ints, both: Ints) -> tuple[np.ndarray, np.ndarray]:
    """Return Jaccard similarity and containment of pairs that share something."""
    of_a, of_b = found.of_row[a], found.of_row[b]
    return both / (of_a + of_b - both), both / np.minimum(of_a, of_b)


def pairs_in(found: Shingles, least: Least) -> Pairs:
    """Return every pair that is alike enough."""
    shared = table_of(found)
    return alike(found, shared, least, *_candidates(shared, found.of_row, least))


def alike(found: Shingles, shared: csr_matrix, least: Least, a: Ints, b: Ints) -> Pairs:
    """Return those of the pairs of rows that are alike enough: every shingle is compared."""
    both = _overlaps(shared, a, b)
    a, b, both = a[both > 0], b[both > 0], both[both > 0]
    keep = least.met(found, a, b, both)
    return Pairs(a[keep], b[keep], both[keep])


def table_of(found: Shingles) -> csr_matrix:
    """Return the table articles x shared shingles; the rarest shingles are its first columns."""
    rank = rarity(found.shingles)
    return table(found.rows, rank[found.shingles], (len(found.of_row), len(rank)))


def rarity(shingles: NDArray[np.integer[Any]]) -> NDArray[np.int32]:
    """Return the rank of each shingle among all, those of fewest articles first."""
    spread = np.bincount(shingles)
    rank = np.empty(len(spread), np.int32)
    rank[np.argsort(spread, kind="stable")] = np.arange(len(spread), dtype=np.int32)
    return rank


def table(rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> csr_matrix:
    """Return the table with a one at each of these rows and columns."""
    made = csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), shape=shape)
    made.sort_indices()
    return made


def _candidates(shared: csr_matrix, of_row: Ints, least: Least) -> tuple[Ints, Ints]:
    """Return the pairs that can be alike enough; no other pair can.

    If A and B share at least k shingles, then among any |A| - k + 1 shingles of A one is in B,
    and it may be looked for among the rarest, as boilerplate is common. For Jaccard k is at
    least t|A| and t|B|: so the rarest of A meet the rarest of B. For containment k is at least
    c|A| for the smaller A: so the rarest of A meet any of B.
    """
    some = rarest(shared, of_row, needed(of_row, least.jaccard))
    few = rarest(shared, of_row, needed(of_row, least.containment))
    return distinct_pairs([*meetings(some, some), *meetings(few, shared)], len(of_row))


def distinct_pairs(met: Iterable[tuple[Ints, Ints]], size: int) -> tuple[Ints, Ints]:
    """Return each pair of `size` rows once, as sorted rows a < b."""
    size = max(size, 1)
    keys = [np.minimum(a, b) * size + np.maximum(a, b) for a, b in met]
    pairs = np.unique(np.concatenate([np.empty(0, np.int64), *keys]))
    return pairs // size, pairs % size


def needed(of_row: Ints, least: float) -> Ints:
    """Return how many shingles of each article are this share of them, rounded up."""
    enough: Ints = np.ceil(least * of_row - 1e-9).astype(np.int64).clip(1)
    return enough


def rarest(shared: csr_matrix, of_row: Ints, wanted: Ints) -> csr_matrix:
    """Return the table of the rarest shingles of each article: of these one must be shared.

    Shingles of one article alone are rarer than all others: they come first and meet nothing.
    """
    length = np.diff(shared.indptr).astype(np.int64)
    alone = of_row - length
    kept = np.clip(of_row - wanted + 1 - alone, 0, length)
    pointers = np.append(0, np.cumsum(kept))
    step = np.arange(pointers[-1]) - np.repeat(pointers[:-1], kept)
    columns = shared.indices[np.repeat(shared.indptr[:-1].astype(np.int64), kept) + step]
    ones = np.ones(len(columns), np.int32)
    return csr_matrix((ones, columns, pointers), shape=shared.shape)


def meetings(one: csr_matrix, other: csr_matrix) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs of rows, one of each table, that have a shingle in common."""
    spread = np.bincount(other.indices, minlength=other.shape[1])
    turned, work = other.T.tocsr(), one @ spread
    for low, high in _blocks(work):
        found = (one[low:high] @ turned).tocoo()
        a, b = found.row.astype(np.int64) + low, found.col.astype(np.int64)
        yield a[a != b], b[a != b]


def _overlaps(shared: csr_matrix, a: Ints, b: Ints) -> Ints:
    """Return how many shingles each pair of rows shares."""
    length = np.diff(shared.indptr)
    both = np.zeros(len(a), np.int64)
    for low, high in _blocks(length[a] + length[b]):
        common = shared[a[low:high]].multiply(shared[b[low:high]])
        both[low:high] = np.asarray(common.sum(axis=1)).ravel()
    return both


def _blocks(work: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield stretches of rows, each of about BLOCK of work."""
    reach, done = np.cumsum(work), 0
    while done < len(reach):
        so_far = reach[done - 1] if done else 0
        past = max(done + 1, int(np.searchsorted(reach, so_far + BLOCK, side="right")))
        yield done, past
        done = past
