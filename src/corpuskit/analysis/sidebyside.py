"""Words that stand side by side in a sentence: where, and packed into one number each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..corpus.columns.store import Columns, Ints, Positions
from ..corpus.finding.places import expanded
from ..corpus.part import Part
from .packing import Forms, Keys

BLOCK = 1 << 15  # tokens packed at a time: what they need stays in the cache


def run_starts(store: Columns, words: Positions, n: int) -> Positions:
    """Return the positions where `n` of the words stand side by side in one sentence."""
    first, last = words[: max(len(words) - n + 1, 0)], words[n - 1 :]
    side_by_side = last - first == n - 1
    if n > 1:
        begins = np.zeros(len(store.ids), bool)
        begins[store.sentences[:-1]] = True
        for step in range(1, n):
            side_by_side &= ~begins[words[step : step + len(first)]]
    starts: Positions = first[side_by_side]
    return starts


def run_keys(part: Part, n: int, width: int, room: int) -> Keys:
    """Return `n` tokens side by side as sorted numbers, `width` bits each, `room` for the article.

    A mark has the number after the last folded form: what begins with one is left out, what holds
    one elsewhere is not. Nothing is left in that crosses a sentence.
    """
    begin, end = part.stretches
    borders = np.append(0, np.cumsum(end - begin))
    keys = np.empty(max(int(borders[-1]) - n + 1, 0), np.uint64)
    articles = part.article_of(begin).astype(np.uint64)
    for start, forms in _forms(part, begin, end, n):
        some = keys[start : start + BLOCK]
        some[:] = forms[: len(some)]
        for step in range(1, n):
            some <<= np.uint64(width)
            some |= forms[step : step + len(some)]
        some <<= np.uint64(room)
        some |= _owners(borders, articles, start, start + len(some))
    breaks = _breaks(part, begin, end, borders)
    for step in range(1, n):
        at = breaks[(breaks >= step) & (breaks - step < len(keys))]
        keys[at - step] = ~np.uint64(0)
    keys.sort()
    mark = len(part.store.folds) << ((n - 1) * width + room)
    return keys[: np.searchsorted(keys, np.uint64(mark))]


def _forms(part: Part, begin: Ints, end: Ints, n: int) -> Iterator[tuple[int, Forms]]:
    """Yield where a block of tokens begins, and the folded forms of it and of `n` - 1 more."""
    store = part.store
    forms = np.where(store.is_word, store.folded, len(store.folds)).astype(np.uint32)
    places = None if part.whole else expanded(begin, end)
    size = len(store.ids) if places is None else len(places)
    for start in range(0, size - n + 1, BLOCK):
        some = slice(start, start + BLOCK + n - 1)
        yield start, forms.take(store.ids[some if places is None else places[some]])


def _owners(borders: Ints, articles: Keys, start: int, past: int) -> Keys:
    """Return the article of each token from number `start` on, given the borders of stretches."""
    low, high = np.searchsorted(borders, [start, past - 1], side="right").tolist()
    sizes = np.diff(borders[low:high], prepend=start, append=past)
    return np.repeat(articles[low - 1 : high], sizes)


def _breaks(part: Part, begin: Ints, end: Ints, borders: Ints) -> Ints:
    """Return the numbers of the tokens (of a part) that nothing before them is joined to."""
    firsts = part.store.sentences[:-1]
    if part.whole:
        return firsts
    starts = np.zeros(len(part.store.ids), bool)
    starts[firsts] = True
    begins = borders[:-1][end > begin]  # a stretch without tokens begins nothing
    return np.union1d(np.flatnonzero(starts[expanded(begin, end)]), begins)
