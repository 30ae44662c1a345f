"""Articles -> pairs that may be alike, from small sketches of each: MinHash and rare shingles."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import binom

from ...corpus.columns.store import Ints
from .likeness import Least, distinct_pairs, meetings, needed, rarest, rarity, table
from .shingles import BLOCK, Keys, Line

PERMUTATIONS = 128
SAMPLE = 32  # shingles of an article that are looked up for containment
MOST_MISSED = 0.005  # of pairs that just reach the threshold
MISSING = (
    "method='minhash' needs the package datasketch, which is not installed. "
    "Nothing was compared. Install it with: pip install 'corpuskit[stories]', "
    "or give method='exact'."
)


class Bands(NamedTuple):
    """How signatures are compared: articles that agree in all rows of a band are candidates."""

    bands: int
    rows: int

    def missed(self, jaccard: float) -> float:
        """Return the probability that a pair with this similarity is no candidate."""
        return float((1 - jaccard**self.rows) ** self.bands)


def bands_for(threshold: float) -> Bands:
    """Return the bands with most rows (fewest false candidates) that miss few enough pairs."""
    tried = [Bands(PERMUTATIONS // rows, rows) for rows in range(1, PERMUTATIONS // 2 + 1)]
    good = [bands for bands in tried if bands.missed(threshold) <= MOST_MISSED]
    return good[-1] if good else tried[0]


def hits_for(containment: float) -> int:
    """Return how many of SAMPLE shingles the larger article must hold, missing few pairs."""
    return max(int(binom.ppf(MOST_MISSED, SAMPLE, containment)), 1)


def missed_contained(containment: float) -> float:
    """Return the greatest probability that a pair with this containment is no candidate."""
    return float(binom.cdf(hits_for(containment) - 1, SAMPLE, containment))


def candidates(line: Line, least: Least, seed: int) -> tuple[Ints, Ints]:
    """Return the pairs of articles that may be alike enough, by either measure."""
    met = [_alike(line, bands_for(least.jaccard), seed), *_contained(line, least.containment)]
    return distinct_pairs(met, len(line.counts))


def note(least: Least, seed: int) -> str:
    """Return what was done and what it may miss, for a reader of the pairs."""
    bands = bands_for(least.jaccard)
    return (
        f"Candidates by MinHash ({PERMUTATIONS} permutations, seed {seed}, {bands.bands} bands of "
        f"{bands.rows}) and by {SAMPLE} sampled shingles an article; each pair listed was then "
        f"compared exactly: none is false. A pair at Jaccard {least.jaccard:g} is missed with "
        f"probability {bands.missed(least.jaccard):.2g}, one at containment "
        f"{least.containment:g} with at most {missed_contained(least.containment):.2g}; more "
        "alike ones less often."
    )


def _alike(line: Line, bands: Bands, seed: int) -> tuple[Ints, Ints]:
    """Return the pairs of articles whose MinHash signatures agree in a band."""
    minhash, lsh = _datasketch()
    first = minhash(num_perm=PERMUTATIONS, seed=seed, hashfunc=int)
    index = lsh(num_perm=PERMUTATIONS, params=tuple(bands))
    pairs: list[tuple[int, int]] = []
    for row, keys in _sets(line):
        signature = first.copy()
        signature.update_batch((keys >> np.uint64(32)).tolist())
        pairs += [(other, row) for other in index.query(signature)]
        index.insert(row, signature, check_duplication=False)
    a, b = np.array(pairs, np.int64).reshape(-1, 2).T
    return a, b


def _datasketch() -> tuple[Any, Any]:
    """Return the classes of the package, which is loaded only here."""
    try:
        package = import_module("datasketch")
    except ImportError as error:
        raise ImportError(MISSING) from error
    return package.MinHash, package.MinHashLSH


def _sets(line: Line) -> Iterator[tuple[int, Keys]]:
    """Yield each article that has words, and its distinct keys in order."""
    begins, counts = line.begins.tolist(), line.counts.tolist()
    for row, (begin, count) in enumerate(zip(begins, counts, strict=True)):
        if count:
            yield row, np.unique(line.keys[begin : begin + count])


def _contained(line: Line, containment: float) -> list[tuple[Ints, Ints]]:
    """Return the pairs of which one holds enough of the sampled shingles of the other.

    The sample are the shingles with the lowest keys, so that it is the same in every article.
    An article with fewer shingles is looked up with all of them: then no pair is missed.
    """
    rows, keys, sizes = _samples(line)
    names = np.unique(keys)
    owners, codes = _holders(line, names)
    often = np.bincount(codes, minlength=len(names)) > 1
    rank, shape = rarity(codes), (len(sizes), len(names))
    every = table(owners[often[codes]], rank[codes[often[codes]]], shape)
    codes = np.searchsorted(names, keys)
    own = table(rows[often[codes]], rank[codes[often[codes]]], shape)
    enough = np.where(sizes < SAMPLE, needed(sizes, containment), hits_for(containment))
    return list(meetings(rarest(own, sizes, enough), every))


def _samples(line: Line) -> tuple[Ints, Keys, Ints]:
    """Return the sampled shingles as (rows, keys), and how many each article has."""
    sizes = np.zeros(len(line.counts), np.int64)
    sampled = [np.empty(0, np.uint64)]
    for row, keys in _sets(line):
        sampled.append(keys[:SAMPLE])
        sizes[row] = len(sampled[-1])
    return np.repeat(np.arange(len(sizes)), sizes), np.concatenate(sampled), sizes


def _holders(line: Line, names: Keys) -> tuple[Ints, Ints]:
    """Return every article that holds one of the keys `names`, and the number of the key."""
    held = [np.empty(0, np.int64)]
    for low in range(0, len(line.keys) if len(names) else 0, BLOCK):
        keys = line.keys[low : low + BLOCK]
        order = np.argsort(keys)
        at = np.minimum(np.searchsorted(names, keys[order]), len(names) - 1)
        known = np.empty(len(keys), np.int64)
        known[order] = np.where(names[at] == keys[order], at, -1)
        places, rows = line.own(np.flatnonzero(known >= 0) + low)
        held.append(rows * len(names) + known[places - low])
    pairs = np.unique(np.concatenate(held))
    return pairs // max(len(names), 1), pairs % max(len(names), 1)
