"""The inverted index: where each folded form stands, and in how many articles.

Made block by block, so that a token costs the same in a small and in a large corpus: the tokens
of a block are sorted by form, then each form's run is written where its last one ended.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .store import Ints, Positions

BLOCK = 1 << 21  # tokens that are sorted at a time
_LOW = 0xFFFFFFFF


@dataclass(frozen=True, eq=False)
class Index:
    """Where the folded forms stand; the arrays are described in `Columns`."""

    postings: Positions
    pointers: Ints
    ranges: NDArray[np.uint32]


def invert(ids: NDArray[np.uint32], folded: NDArray[np.uint32], size: int, borders: Ints) -> Index:
    """Return the index of `size` folded forms: `folded[ids]` is the form of each token."""
    if len(ids) <= BLOCK:
        return _at_once(folded[ids], size, borders)
    starts = range(0, len(ids), BLOCK)
    pointers = np.zeros(size + 1, np.int64)
    for at in starts:
        pointers[1:] += np.bincount(folded[ids[at : at + BLOCK]], minlength=size)
    np.cumsum(pointers, out=pointers)
    postings = np.empty(len(ids), position_type(len(ids)))
    index = Index(postings, pointers, np.zeros(size, np.uint32))
    following, last = pointers[:-1].copy(), np.full(size, -1, np.int64)
    for at in starts:
        forms = folded[ids[at : at + BLOCK]]
        articles = _articles(borders, at, at + len(forms))
        _enter(index, following, last, _by_form(forms), articles, at)
    return index


def _at_once(forms: NDArray[np.uint32], size: int, borders: Ints) -> Index:
    """Return the index of one block: sorted, it is the index."""
    form, place = _by_form(forms)
    begins = np.flatnonzero(np.append(True, form[1:] != form[:-1])[: len(form)])
    sizes = np.diff(np.append(begins, len(form)))
    pointers, ranges = np.zeros(size + 1, np.int64), np.zeros(size, np.uint32)
    pointers[form[begins] + 1] = sizes
    article = _articles(borders, 0, len(forms))[place]
    fresh = np.append(True, article[1:] != article[:-1])[: len(form)]
    fresh[begins] = True
    if len(begins):
        ranges[form[begins]] = np.add.reduceat(fresh.view(np.uint8), begins, dtype=np.uint32)
    return Index(place.astype(position_type(len(forms))), np.cumsum(pointers), ranges)


def _by_form(forms: NDArray[np.uint32]) -> tuple[Ints, Ints]:
    """Return the forms of a block sorted, and the places (in the block) where they stand."""
    packed = forms.astype(np.int64) << 32
    packed |= np.arange(len(forms))
    packed.sort()
    return packed >> 32, packed & _LOW


def _enter(
    index: Index,
    following: Ints,
    last: Ints,
    tokens: tuple[Ints, Ints],
    articles: NDArray[np.int32],
    at: int,
) -> None:
    """Write the tokens of one block behind those of the blocks before it.

    `following` holds for each form where its next posting belongs, `last` its last article.
    """
    form, place = tokens
    begins = np.flatnonzero(np.append(True, form[1:] != form[:-1]))
    forms, sizes = form[begins], np.diff(np.append(begins, len(form)))
    target = np.repeat(following[forms] - begins, sizes)
    target += np.arange(len(form))
    index.postings[target] = place + at
    following[forms] += sizes
    article = articles[place]
    fresh = np.append(True, article[1:] != article[:-1])
    fresh[begins] = article[begins] != last[forms]
    if len(begins):
        index.ranges[forms] += np.add.reduceat(fresh.view(np.uint8), begins, dtype=np.uint32)
    last[forms] = article[begins + sizes - 1]


def _articles(borders: Ints, at: int, past: int) -> NDArray[np.int32]:
    """Return the article of each token from `at` on, up to `past`."""
    low = int(np.searchsorted(borders, at, side="right")) - 1
    high = int(np.searchsorted(borders, past, side="left"))
    edges = np.clip(borders[low : high + 1], at, past)
    return np.repeat(np.arange(low, high, dtype=np.int32), np.diff(edges))


def flagged(ids: NDArray[np.uint32], flags: NDArray[np.bool_]) -> Positions:
    """Return the positions of the tokens whose type has the flag, ascending."""
    kind = position_type(len(ids))
    found = [
        (np.flatnonzero(flags[ids[at : at + BLOCK]]) + at).astype(kind)
        for at in range(0, len(ids), BLOCK)
    ]
    return np.concatenate([np.empty(0, kind), *found])


def position_type(tokens: int) -> type[np.uint32] | type[np.int64]:
    """Return the type of number that holds the positions of so many tokens."""
    return np.uint32 if tokens < 1 << 32 else np.int64
