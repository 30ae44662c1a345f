"""Articles -> sets of word n-grams, and how much of them two articles share. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus

BLOCK = 1 << 22  # words whose keys are made at once
PART = 1 << 21  # keys that are sorted at once, about
MULTIPLIER = 0x9E3779B97F4A7C15  # odd, its bits well mixed; it decides speed, never an answer

Keys = NDArray[np.uint64]
Words = NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Line:
    """The words of articles one after another, and a key for each of their n-grams.

    Attributes
    ----------
    words : uint32
        Folded forms from 1; 0 fills up articles shorter than n words.
    begins, counts : int64, one per article
        Place of the first n-gram of each article, and how many it has (repeats counted).
    keys : uint64, one per word
        A number for the n-gram that begins there: equal for equal n-grams, and almost always
        different for others.
    n
        Words in an n-gram.
    """

    words: Words
    begins: Ints
    counts: Ints
    keys: Keys
    n: int

    def rows_of(self, places: Ints) -> Ints:
        """Return the article of each place."""
        return np.searchsorted(self.begins, places, side="right") - 1

    def own(self, places: Ints) -> tuple[Ints, Ints]:
        """Return those of ascending places whose n-gram ends in its article, and their articles."""
        rows = self.rows_of(places)
        inside = places - self.begins[rows] < self.counts[rows]
        return places[inside], rows[inside]


@dataclass(frozen=True, eq=False)
class Shingles:
    """Distinct shingles of articles (rows): row r has `of_row[r]`.

    Those that more than one article has are given as (rows, shingles) pairs, sorted by shingle
    and row. Shingles are numbers without meaning of their own; equal numbers are equal n-grams.
    """

    of_row: Ints
    rows: NDArray[np.int32]
    shingles: NDArray[np.int32]


def shingles_of(corpus: Corpus, n: int) -> Shingles:
    """Return the distinct n-grams of folded words of each article, across its sentences.

    An article shorter than n words has one shingle: its whole text.
    """
    return shingles_in(line_of(corpus, n))


def line_of(corpus: Corpus, n: int) -> Line:
    """Return the words of the articles of a corpus in a line."""
    sizes = corpus.words_per_article()
    forms = corpus.word_forms() + np.uint32(1)
    words, begins = _padded(forms, sizes, n)
    counts = np.where(sizes > 0, np.maximum(sizes - n + 1, 1), 0)
    return Line(words, begins, counts, _keys(words, n), n)


def _padded(forms: Words, sizes: Ints, n: int) -> tuple[Words, Ints]:
    """Return the words with short articles filled up, and where each article begins."""
    lacks = np.where(sizes > 0, np.maximum(n - sizes, 0), 0)
    wide = sizes + lacks
    begins = np.cumsum(wide) - wide
    if not lacks.any():
        return forms, begins
    own = np.ones(int(wide.sum()), bool)
    for row in np.flatnonzero(lacks).tolist():
        own[begins[row] + sizes[row] : begins[row] + wide[row]] = False
    line = np.zeros(len(own), np.uint32)
    line[own] = forms
    return line, begins


def _keys(words: Words, n: int) -> Keys:
    """Return for each place the key of the n words from there on: a polynomial modulo 2**64."""
    keys = np.zeros(len(words), np.uint64)
    for low in range(0, max(len(words) - n + 1, 0), BLOCK):
        high = min(low + BLOCK, len(words) - n + 1)
        block = keys[low:high]
        for step in range(n):
            block *= np.uint64(MULTIPLIER)
            block += words[low + step : high + step]
        block *= np.uint64(MULTIPLIER)  # the last word, too, decides the upper bits
    return keys


def shingles_in(line: Line) -> Shingles:
    """Return the distinct n-grams of each article, those of one article alone only counted."""
    of_row, number = np.zeros(len(line.counts), np.int64), 0
    rows, shingles = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for places in _shares(line.keys):
        owners, fresh = _distinct(line, *line.own(places))
        of_row += np.bincount(owners, minlength=len(of_row))
        spread = np.diff(np.flatnonzero(np.append(fresh, True)))
        often = spread > 1
        rows.append(owners[np.repeat(often, spread)].astype(np.int32))
        names = number + np.arange(np.count_nonzero(often), dtype=np.int32)
        shingles.append(np.repeat(names, spread[often]))
        number += len(names)
    return Shingles(of_row, np.concatenate(rows), np.concatenate(shingles))


def _shares(keys: Keys) -> list[Ints]:
    """Return places in parts, so that equal keys are in one part and few are sorted at once."""
    share = (keys >> np.uint64(64 - 8)).astype(np.uint8)
    ends = np.linspace(0, 256, min(len(keys) // PART, 255) + 2).astype(int).tolist()
    return [np.flatnonzero((share >= low) & (share < high)) for low, high in pairwise(ends)]


def _distinct(line: Line, places: Ints, owners: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Return articles by n-gram, each once for an n-gram, and where another n-gram begins."""
    keys = line.keys[places]
    order = np.argsort(keys, kind="stable")
    places, owners, keys = places[order], owners[order], keys[order]
    fresh = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
    if not _agree(line, places, fresh):
        order, fresh = _by_words(line, places)
        owners = owners[order]
    once = fresh.copy()
    once[1:] |= owners[1:] != owners[:-1]
    return owners[once], fresh[once]


def _agree(line: Line, places: Ints, fresh: NDArray[np.bool_]) -> bool:
    """Return whether all n-grams with one key are the same words."""
    repeats = np.flatnonzero(~fresh)
    here, before = places[repeats], places[repeats - 1]
    return all(
        np.array_equal(line.words[here + step], line.words[before + step]) for step in range(line.n)
    )


def _by_words(line: Line, places: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the order of n-grams by their words and places, and where another one begins."""
    columns = [line.words[places + step] for step in range(line.n)]
    order = np.lexsort(np.stack([places, *columns]))
    fresh = np.zeros(len(places), bool)
    fresh[:1] = True
    for column in columns:
        fresh[1:] |= column[order][1:] != column[order][:-1]
    return order, fresh
