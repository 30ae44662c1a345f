"""Positions of words in the columns: which part they are in, and their order by word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..corpus.part import Part
from ..corpus.store import ZONES, Columns, Ints


def part_codes(parts: list[Part]) -> Ints:
    """Return for every article of the columns the number of its part, -1 for none."""
    codes = np.full(len(parts[0].store.borders) - 1, -1, np.int64)
    for n, part in enumerate(parts):
        codes[part.selected] = n
    return codes


def told_by_form(store: Columns) -> bool:
    """Return whether a folded form tells words from marks."""
    return bool((store.fold_is_word[store.folded] == store.is_word).all())


def article_owners(store: Columns) -> NDArray[np.int32]:
    """Return the article of every token of the columns."""
    return np.repeat(np.arange(len(store.borders) - 1, dtype=np.int32), np.diff(store.borders))


def word_flags(part: Part) -> NDArray[np.bool_]:
    """Return for every token of the columns whether it is a word of this part."""
    store = part.store
    inside = part_codes([part]) == 0
    flags: NDArray[np.bool_] = store.is_word[store.ids]
    if not inside.all():
        flags &= np.repeat(inside, np.diff(store.borders))
    if part.zones != ZONES:
        flags &= np.isin(np.arange(len(ZONES)), [ZONES.index(z) for z in part.zones])[store.zones]
    return flags


def by_word(store: Columns, flags: NDArray[np.bool_]) -> tuple[list[str], Ints, Ints]:
    """Return the words, and the word and position of every flagged token, by word."""
    number = np.arange(len(store.folds), dtype=np.int64)
    keys, places = np.repeat(number, np.diff(store.pointers)), store.postings
    if flags.all():
        return store.folds, keys, places
    rows = flags[places]
    return store.folds, keys[rows], places[rows]


def by_run(store: Columns, flags: NDArray[np.bool_], n: int) -> tuple[list[str], Ints, Ints]:
    """Return the runs of `n` words, and the run and first position of every one, by run."""
    first = run_starts(store, np.flatnonzero(flags).astype(np.int64), n)
    forms = store.folded[store.ids].astype(np.int64)
    keys = np.zeros(len(first), np.int64)
    for step in range(n):  # number the runs of step + 1 words before adding the next word
        pairs = keys * len(store.folds) + forms[first + step]
        keys = np.unique(pairs, return_inverse=True)[1].astype(np.int64)
    order = np.argsort(keys, kind="stable")
    keys, first = keys[order], first[order]
    begins = first[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    spelled = [[store.folds[f] for f in forms[at : at + n].tolist()] for at in begins.tolist()]
    return [" ".join(run) for run in spelled], keys, first


def run_starts(store: Columns, words: Ints, n: int) -> Ints:
    """Return the positions where `n` of the words stand side by side in one sentence."""
    first, last = words[: max(len(words) - n + 1, 0)], words[n - 1 :]
    side_by_side = last - first == n - 1
    first, last = first[side_by_side], last[side_by_side]
    begins, ends = (np.searchsorted(store.sentences, at, side="right") for at in (first, last))
    starts: Ints = first[begins == ends]
    return starts
