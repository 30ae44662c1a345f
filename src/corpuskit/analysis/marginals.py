"""Windows round hits -> what the 2x2 table of each word is made of, one value a folded word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from ..corpus.corpus import Corpus
from ..corpus.store import Ints
from ..measures.table import Table
from .windows import Windows


@dataclass(frozen=True, eq=False)
class Marginals:
    """Counts by folded word: in the windows, left, right, outside nodes; and the totals."""

    left: Ints
    right: Ints
    outside: Ints
    range: Ints
    total: int

    @classmethod
    def of(cls, corpus: Corpus, windows: Windows) -> Self:
        """Count the words of a corpus by the places they stand in."""
        store, words = corpus.store, corpus.words
        size = len(store.folds)

        def forms(ranks: Ints) -> Ints:
            folded: Ints = store.folded[store.ids[words[ranks]]].astype(np.int64)
            return folded

        ranks = np.concatenate([windows.left, windows.right])
        pairs = np.unique(corpus.article_of(words[ranks]) * size + forms(ranks))
        return cls(
            left=_tally(forms(windows.left), size),
            right=_tally(forms(windows.right), size),
            outside=corpus.word_counts() - _tally(forms(windows.nodes), size),
            range=_tally(pairs % max(size, 1), size),
            total=len(words) - len(windows.nodes),
        )

    @property
    def O11(self) -> Ints:
        """Places in the windows."""
        return self.left + self.right

    @property
    def inside(self) -> int:
        """Places in all windows together."""
        return int(self.O11.sum())

    @property
    def vocabulary(self) -> int:
        """Different words outside the nodes; at least 1."""
        return max(int(np.count_nonzero(self.outside)), 1)

    def passing(self, min_freq: int, min_range: int) -> tuple[Ints, str]:
        """Return the words that reach both cut-offs, and how many each cut-off left out."""
        found = self.O11
        frequent, wide = found >= min_freq, self.range >= min_range
        seen, rare = int(np.count_nonzero(found)), int(np.count_nonzero(found[~frequent]))
        kept = np.flatnonzero(frequent & wide).astype(np.int64)
        left_out = f"min_freq leaves out {rare:,}, min_range {seen - rare - len(kept):,} more"
        return kept, f"{len(kept):,} of {seen:,} words in the windows are listed: {left_out}."

    def table(self, forms: Ints) -> Table:
        """Return the 2x2 tables of these words: in the windows or elsewhere, this word or not."""
        return Table.from_marginals(self.O11[forms], self.outside[forms], self.inside, self.total)


def _tally(forms: Ints, size: int) -> Ints:
    """Return how often each of `size` forms occurs."""
    return np.bincount(forms, minlength=size).astype(np.int64)
