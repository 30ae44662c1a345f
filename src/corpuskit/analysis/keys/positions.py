"""Positions of words in the columns: which part they are in, and their order by word."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import ZONES, Columns, Ints
from ...corpus.part import Part
from ..packing import fresh
from ..runs import Runs, spelled
from ..sidebyside import run_starts


def part_codes(parts: list[Part]) -> Ints:
    """Return for every article of the columns the number of its part, -1 for none."""
    codes = np.full(parts[0].every, -1, np.int64)
    for n, part in enumerate(parts):
        codes[part.selected] = n
    return codes


def told_by_form(store: Columns) -> bool:
    """Return whether a folded form tells words from marks."""
    return bool((store.fold_is_word[store.folded] == store.is_word).all())


def narrow_owners(store: Columns) -> NDArray[Any]:
    """Return the article of every token in few bytes, so that more of it stays in the cache."""
    articles = len(store.borders) - 1
    kind = np.uint16 if articles <= 1 << 16 else np.int32
    return np.repeat(np.arange(articles, dtype=kind), np.diff(store.borders))


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
    keys = np.repeat(number, np.diff(store.pointers))
    places = store.postings.astype(np.int64)
    if flags.all():
        return store.folds.listed, keys, places
    rows = flags[places]
    return store.folds.listed, keys[rows], places[rows]


def by_run(store: Columns, flags: NDArray[np.bool_], n: int) -> tuple[list[str], Ints, Ints]:
    """Return the runs of `n` words, and the run and first position of every one, by run."""
    first = run_starts(store, np.flatnonzero(flags).astype(np.int64), n)
    runs = Runs.of(store, first, n)
    order = np.argsort(runs.numbers, kind="stable")
    numbers = runs.numbers[order]
    new = fresh(numbers)
    keys = np.cumsum(new) - 1
    texts = spelled(store, runs.spelling.forms(numbers[new]))
    return texts, keys.astype(np.int64), first[order].astype(np.int64)


def run_places(part: Part, n: int) -> list[NDArray[np.uint32]]:
    """Return the folded forms of the runs that `by_run` names, in its order, place by place."""
    first = run_starts(part.store, np.flatnonzero(word_flags(part)).astype(np.int64), n)
    runs = Runs.of(part.store, first, n)
    return [form.astype(np.uint32) for form in runs.spelling.forms(np.unique(runs.numbers))]
