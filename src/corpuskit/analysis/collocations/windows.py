"""The words round hits: every place once, on the side of the nearest hit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ...corpus.columns.store import Columns, Ints, Positions
from ...corpus.finding.find import Hits
from ...corpus.finding.places import expanded, owners, ranks

FEW = 4_096  # positions before which words are counted one by one


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


class Stretches(NamedTuple):
    """Node after node, as ranks among words: [begin, start) left, [start, end) node, [end, stop).

    `article` is the number of the article (in the columns) of each node.
    """

    begin: Ints
    start: Ints
    end: Ints
    stop: Ints
    article: Ints


def windows_of(hits: Hits, left: int, right: int, within: str | None) -> Windows:
    """Return the places round the hits; between two nodes each place goes to the nearer one."""
    at = stretches_of(hits, hits.corpus.words, left, right, within)
    return Windows(
        expanded(at.start, at.end), expanded(at.begin, at.start), expanded(at.end, at.stop)
    )


def stretches_of(
    hits: Hits, words: Positions, left: int, right: int, within: str | None
) -> Stretches:
    """Return the windows round the hits, counted in `words`: those of the part, or of all."""
    kind: Any = np.int32 if len(words) < 1 << 31 else np.int64  # half as much to read and write
    start, end = (one.astype(kind) for one in _nodes(hits, words))
    article = hits.article
    low, high = (one.astype(kind) for one in _bounds(hits, words, article, within))
    if hits.longest > 1:
        first, last = _blocks(start, end)
        article, start, low = article[first], start[first], low[first]
        end, high = (np.maximum.accumulate(one)[last] for one in (end, high))
    after = np.append(start[1:], len(words))[: len(start)]  # the next node
    before = np.append(0, end)[: len(end)]  # where the last one ended
    begin = np.maximum(np.maximum(start - left, low), before)
    stop = np.minimum(np.minimum(end + right, high), after)
    _part(begin, stop, start, end)
    return Stretches(begin, start, end, stop, article)


def words_before(store: Columns, words: Positions, positions: Positions) -> Ints:
    """Return how many of the words stand before each position."""
    if words is not store.words or len(positions) < FEW:
        return ranks(words, positions)
    return store.word_flags.before(np.asarray(positions))


def _nodes(hits: Hits, words: Positions) -> tuple[Ints, Ints]:
    """Return the words before each node, and before its end."""
    store = hits.corpus.store
    start = words_before(store, words, hits.places)
    if hits.longest > 1:
        return start, words_before(store, words, hits.first + hits.size)
    return start, start + store.is_word[store.ids[hits.places]]


def _bounds(hits: Hits, words: Positions, article: Ints, within: str | None) -> tuple[Ints, Ints]:
    """Return the words before the article (or sentence) of each node, and before its end."""
    store = hits.corpus.store
    if not within and words is store.words:
        return store.words_before[article], store.words_before[article + 1]
    borders, first, last = store.borders, article, article
    if within:
        borders, ends = store.sentences, hits.first + hits.size - 1
        first, last = (owners(borders, at) for at in (hits.places, ends))
    if len(first) < len(borders):
        low, high = (words_before(store, words, borders[at]) for at in (first, last + 1))
        return low, high
    before = words_before(store, words, borders)
    return before[first], before[last + 1]


def _blocks(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the first and the last of the nodes that overlap and so become one."""
    reach = np.maximum.accumulate(end)
    first = np.flatnonzero(np.append(True, start[1:] >= reach[:-1])[: len(start)])
    return first, np.append(first[1:], len(start))[: len(first)] - 1


def _part(begin: Ints, stop: Ints, start: Ints, end: Ints) -> None:
    """Cut the windows at the middle between two nodes where they overlap."""
    at = np.flatnonzero(begin[1:] < stop[:-1])
    middle = (end[at] + start[at + 1] + 1) // 2  # a word in the very middle goes to the first
    cut = np.minimum(np.maximum(middle, begin[at + 1]), stop[at])
    begin[at + 1], stop[at] = cut, cut
