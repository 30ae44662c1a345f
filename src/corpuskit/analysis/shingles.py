"""Articles -> sets of word n-grams, and how much of them two articles share. Exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from ..corpus.corpus import Corpus
from ..corpus.store import Ints

BLOCK = 2_000_000  # shared shingles held at once


@dataclass(frozen=True, eq=False)
class Shingles:
    """Distinct shingles of articles: row r has `of_row[r]`, given as (rows, shingles) pairs.

    Articles are rows of `corpus.articles`. Shingles are numbers without meaning of their own;
    equal numbers are equal n-grams.
    """

    of_row: Ints
    rows: Ints
    shingles: Ints


def shingles_of(corpus: Corpus, n: int) -> Shingles:
    """Return the distinct n-grams of folded words of each article, across its sentences.

    An article shorter than n words has one shingle: its whole text.
    """
    store, words = corpus.store, corpus.words
    sizes = corpus.words_per_article()
    forms = store.folded[store.ids[words]].astype(np.int64) + 1  # 0 fills up short articles
    line, first, rows = _padded(forms, sizes, n)
    codes = _codes(line, first, n)
    width = int(codes.max(initial=0)) + 1
    pairs = np.unique(rows * width + codes)
    rows, codes = pairs // width, pairs % width
    return Shingles(np.bincount(rows, minlength=len(sizes)), rows, codes)


def _padded(forms: Ints, sizes: Ints, n: int) -> tuple[Ints, Ints, Ints]:
    """Return the words with short articles filled up; where each n-gram begins; its article."""
    wide = np.where(sizes > 0, np.maximum(sizes, n), 0)
    begin, ends = np.cumsum(wide) - wide, np.cumsum(sizes)
    row = np.repeat(np.arange(len(sizes)), sizes)
    line = np.zeros(int(wide.sum()), np.int64)
    line[begin[row] + np.arange(len(forms)) - (ends - sizes)[row]] = forms
    count = np.where(wide > 0, wide - n + 1, 0)
    rows = np.repeat(np.arange(len(sizes)), count)
    first = begin[rows] + np.arange(len(rows)) - (np.cumsum(count) - count)[rows]
    return line, first, rows


def _codes(line: Ints, first: Ints, n: int) -> Ints:
    """Return a number for each n-gram, equal for equal n-grams: words joined one by one."""
    codes, width = np.zeros(len(first), np.int64), int(line.max(initial=0)) + 1
    for step in range(n):
        _, codes = np.unique(codes * width + line[first + step], return_inverse=True)
    return codes


def shared(found: Shingles) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield, in chunks, pairs of rows a < b and the number of shingles that both have."""
    table = _common(found)
    if not table.nnz:
        return
    reach = np.cumsum(table @ np.asarray(table.sum(axis=0)).ravel())
    other, done, height = table.T.tocsr(), 0, table.shape[0]
    while done < height:
        so_far = reach[done - 1] if done else 0
        past = max(done + 1, int(np.searchsorted(reach, so_far + BLOCK, side="right")))
        both = (table[done:past] @ other).tocoo()
        a, b = both.row.astype(np.int64) + done, both.col.astype(np.int64)
        upper = a < b
        yield a[upper], b[upper], both.data[upper].astype(np.int64)
        done = past


def _common(found: Shingles) -> csr_matrix:
    """Return the table articles × shingles, with the shingles of one article alone left out."""
    spread = np.bincount(found.shingles)
    keep = spread[found.shingles] > 1
    rows, codes = found.rows[keep], found.shingles[keep]
    ones = np.ones(len(rows), np.int64)
    return csr_matrix((ones, (rows, codes)), shape=(len(found.of_row), len(spread)))
