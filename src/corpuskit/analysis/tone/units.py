"""Hits -> the stretches of text round them that are judged, each once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import Columns, Ints
from ...corpus.finding.find import Hits

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, repr=False)
class Units:
    """Stretches of tokens `first` to `past` (exclusive), in corpus order, and their hits.

    `hits[borders[n]:borders[n + 1]]` are the numbers of the hits of unit n.
    """

    first: Ints
    past: Ints
    borders: Ints

    def __len__(self) -> int:
        return len(self.first)


def node_flags(hits: Hits) -> Flags:
    """Return for each token of the columns whether it belongs to a hit."""
    flags = np.zeros(len(hits.corpus.store.ids), bool)
    for step in range(int(hits.size.max(initial=0))):
        flags[hits.first[hits.size > step] + step] = True
    return flags


def units_round(hits: Hits, window: int | None) -> Units:
    """Return the sentence of each hit, or the window round it inside that sentence.

    Hits of one sentence, or with windows that overlap in it, share a unit.
    """
    store = hits.corpus.store
    number = np.searchsorted(store.sentences, hits.first, side="right") - 1
    first, past = store.sentences[number], store.sentences[number + 1]
    if window is not None:
        first, past = _windows(store, hits, window, first, past)
    apart = (number[1:] != number[:-1]) | (first[1:] >= np.maximum.accumulate(past)[:-1])
    fresh = np.append(True, apart)[: len(first)]
    starts = np.flatnonzero(fresh)
    past = np.maximum.reduceat(past, starts) if len(starts) else past
    return Units(first[starts], past, np.append(starts, len(hits)))


def _windows(store: Columns, hits: Hits, window: int, first: Ints, past: Ints) -> tuple[Ints, Ints]:
    """Return the tokens from `window` words before each hit to `window` words after it."""
    words = np.flatnonzero(store.is_word[store.ids])
    after = hits.first + hits.size
    left = np.searchsorted(words, hits.first) - window
    right = np.searchsorted(words, after) + window - 1
    begin = np.where(left >= 0, words[np.maximum(left, 0)], 0) if window else hits.first
    within = right < len(words)
    end = np.where(within, words[np.minimum(right, len(words) - 1)] + 1, past) if window else after
    return np.maximum(begin, first), np.maximum(np.minimum(end, past), np.minimum(after, past))


def units_without(hits: Hits, window: int | None) -> Units:
    """Return the sentences without a hit of the articles that have one.

    With a window, each is clipped to as many words (2 × window) round its middle word.
    """
    corpus = hits.corpus
    store, numbers = corpus.store, corpus.sentence_numbers
    nodes = np.cumsum(np.append(0, node_flags(hits)))
    free = nodes[store.sentences[numbers + 1]] == nodes[store.sentences[numbers]]
    known = np.isin(corpus.article_of(store.sentences[numbers]), hits.article)
    numbers = numbers[free & known]
    first, past = store.sentences[numbers], store.sentences[numbers + 1]
    if window is not None:
        first, past = _middles(store, window, first, past)
    return Units(first, past, np.zeros(len(first) + 1, np.int64))


def _middles(store: Columns, window: int, first: Ints, past: Ints) -> tuple[Ints, Ints]:
    """Return at most 2 × window words of each sentence, taken from its middle."""
    words = np.flatnonzero(store.is_word[store.ids])
    low, high = np.searchsorted(words, first), np.searchsorted(words, past)
    spare = np.maximum(high - low - 2 * max(window, 1), 0)
    cut = spare > 0
    begin, end = low + spare // 2, high - (spare - spare // 2)
    safe = len(words) - 1
    return (
        np.where(cut, words[np.minimum(begin, safe)] if len(words) else first, first),
        np.where(cut, words[np.minimum(end - 1, safe)] + 1 if len(words) else past, past),
    )
