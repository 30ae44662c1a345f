"""Windows round hits -> what the 2x2 table of each word is made of, one value a folded word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...measures.table import Table
from ..packing import Forms, spread
from .windows import Windows, windows_of


@dataclass(frozen=True, eq=False)
class Marginals:
    """Counts by folded word: in the windows, left, right, outside nodes; and the totals."""

    left: Ints
    right: Ints
    outside: Ints
    range: Ints
    total: int

    @classmethod
    def of(cls, hits: Hits, left: int, right: int, within: str | None) -> Self:
        """Count the words of a corpus by the places they stand in, in all its shards."""
        return cls(*hits.summed("folds", _counted, left, right, within))

    @classmethod
    def _of(cls, corpus: Corpus, windows: Windows) -> Self:
        """Count the words of a corpus by the places they stand in."""
        store, words = corpus.store, corpus.words
        size = len(store.folds)
        left, right = words[windows.left], words[windows.right]
        forms = [store.folded[store.ids[at]] for at in (left, right, words[windows.nodes])]
        owner = [corpus.article_of(at) for at in (left, right)]
        return cls(
            left=_tally(forms[0], size),
            right=_tally(forms[1], size),
            outside=corpus.word_counts() - _tally(forms[2], size),
            range=spread(np.concatenate(forms[:2]), np.concatenate(owner), size),
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


def _counted(hits: Hits, left: int, right: int, within: str | None) -> tuple[Any, ...]:
    """Return the counts round the hits of one corpus, or of one shard."""
    one = Marginals._of(hits.corpus, windows_of(hits, left, right, within))
    return one.left, one.right, one.outside, one.range, one.total


def _tally(forms: Forms, size: int) -> Ints:
    """Return how often each of `size` forms occurs."""
    return np.bincount(forms, minlength=size).astype(np.int64)
