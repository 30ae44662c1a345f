"""The words round hits: every place once, on the side of the nearest hit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..corpus.find import Hits
from ..corpus.store import Ints


@dataclass(frozen=True, eq=False)
class Windows:
    """Places as ranks among `corpus.words`, ascending, each once.

    Attributes
    ----------
    nodes
        Words inside hits.
    left, right
        Words in a window, outside hits, on this side of the nearest hit.
    """

    nodes: Ints
    left: Ints
    right: Ints


def windows_of(hits: Hits, left: int, right: int, within: str | None) -> Windows:
    """Return the places round the hits; between two nodes each place goes to the nearer one."""
    words, store = hits.corpus.words, hits.corpus.store
    start, end = np.searchsorted(words, hits.first), np.searchsorted(words, hits.first + hits.size)
    borders = store.sentences if within else store.borders
    first_word = np.searchsorted(words, borders)
    low = first_word[np.searchsorted(borders, hits.first, side="right") - 1]
    high = first_word[np.searchsorted(borders, hits.first + hits.size - 1, side="right")]
    start, end, low, high = _blocks(start, end, low, high)
    after = np.append(start[1:], len(words))[: len(start)]  # the next node
    before = np.append(0, end)[: len(end)]  # where the last one ended
    begin = np.maximum(np.maximum(start - left, low), before)
    stop = np.minimum(np.minimum(end + right, high), after)
    begin, stop = _parted(begin, stop, start, end)
    return Windows(_places(start, end), _places(begin, start), _places(end, stop))


def _blocks(start: Ints, end: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return nodes that overlap joined into one, with the bounds to their left and right."""
    if not len(start):
        return start, end, low, high
    reach = np.maximum.accumulate(end)
    new = np.append(True, start[1:] >= reach[:-1])
    first, last = np.flatnonzero(new), np.append(np.flatnonzero(new)[1:], len(start)) - 1
    return start[first], reach[last], low[first], np.maximum.accumulate(high)[last]


def _parted(begin: Ints, stop: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the windows cut at the middle between two nodes where they overlap."""
    middle = (end[:-1] + start[1:] + 1) // 2  # a word in the very middle goes to the first
    overlap = begin[1:] < stop[:-1]
    cut = np.minimum(np.maximum(middle, begin[1:]), stop[:-1])
    begin, stop = begin.copy(), stop.copy()
    begin[1:], stop[:-1] = np.where(overlap, cut, begin[1:]), np.where(overlap, cut, stop[:-1])
    return begin, stop


def _places(begin: Ints, stop: Ints) -> Ints:
    """Return all ranks from each `begin` up to its `stop`."""
    sizes = np.maximum(stop - begin, 0)
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places: Ints = (np.repeat(begin, sizes) + offsets).astype(np.int64)
    return places
