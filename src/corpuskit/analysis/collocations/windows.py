"""The words round hits: every place once, on the side of the nearest hit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...corpus.columns.store import Ints, Positions
from ...corpus.finding.find import Hits
from ...corpus.finding.places import expanded, owners, ranks


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
    words = hits.corpus.words
    start, end = _nodes(hits, words)
    low, high = _bounds(hits, words, within)
    start, end, low, high = _blocks(start, end, low, high)
    after = np.append(start[1:], len(words))[: len(start)]  # the next node
    before = np.append(0, end)[: len(end)]  # where the last one ended
    begin = np.maximum(np.maximum(start - left, low), before)
    stop = np.minimum(np.minimum(end + right, high), after)
    begin, stop = _parted(begin, stop, start, end)
    return Windows(expanded(start, end), expanded(begin, start), expanded(end, stop))


def _nodes(hits: Hits, words: Positions) -> tuple[Ints, Ints]:
    """Return the words before each node, and before its end."""
    start = ranks(words, hits.places)
    if not (hits.size == 1).all():
        return start, ranks(words, hits.first + hits.size)
    store = hits.corpus.store
    return start, start + store.is_word[store.ids[hits.places]]


def _bounds(hits: Hits, words: Positions, within: str | None) -> tuple[Ints, Ints]:
    """Return the words before the article (or sentence) of each node, and before its end."""
    store = hits.corpus.store
    borders = store.sentences if within else store.borders
    first, past = owners(borders, hits.places), owners(borders, hits.first + hits.size - 1) + 1
    if len(first) < len(borders):
        return ranks(words, borders[first]), ranks(words, borders[past])
    words_before = ranks(words, borders)
    return words_before[first], words_before[past]


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
