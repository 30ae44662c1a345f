"""Runs of words that contain the hits, counted, with how evenly they are spread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ...corpus.columns.folding import fold
from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.finding.places import owners, ranks
from ...corpus.sharding.partial import answered, carried
from ...errors import kind, whole
from ...measures.table import Floats, over
from ...result import Result, counted
from ..evenness import Spread, explained_spread, row_labelled
from ..runs import Runs, spelled, united

UNIT = "per_10k counts occurrences per 10,000 words; range counts articles."
BOUND = "No run crosses a mark, a sentence or an article; a run with two nodes counts once."
DIRECTION = "dp: 0 = evenly spread over the articles, 1 = clumped in a small one."


@dataclass(frozen=True, eq=False, repr=False)
class Clusters(Result):
    """Runs of words round a node; `.explain(cluster)` shows where a row comes from.

    Attributes
    ----------
    runs
        The places of every run, listed or not.
    """

    runs: _Runs | None = field(default=None)

    @carried
    def explain(self, cluster: str) -> Result:
        """Return the articles of a run, and its figures as formulas with their numbers.

        Columns: article (str), words, hits (int: the run's occurrences), s, v (float, shares of
        all words and of all occurrences), difference (float, abs(s - v)).

        Raises
        ------
        ValueError
            If the run is not in the table.
        """
        text = fold(cluster) if isinstance(cluster, str) else cluster
        row = self.frame.iloc[row_labelled(self.frame, text, "cluster")]
        spread = self.runs.spread(str(row["cluster"]))  # type: ignore[union-attr]
        total = int(spread.words.sum())
        rate = f"{row['count']:,} / {total:,} × 10,000 = {row['per_10k']:,.3f}"
        line = f"per_10k = count / words × 10,000 = {rate}; words of all articles, marks left out."
        return explained_spread(spread, ("dp",), (line,), "Cluster")


@answered
def clusters(hits: Hits, n: int = 3, *, min_freq: int = 2, min_range: int = 1) -> Clusters:
    """Return the runs of `n` words that contain a hit, most frequent first.

    Parameters
    ----------
    hits
        What `corpus.find` returned: the nodes. A run contains the whole node, at any place.
    n
        Words in a run, 1 or more.
    min_freq
        Occurrences a run must have to be listed.
    min_range
        Articles a run must be in to be listed.

    Returns
    -------
    Clusters
        cluster (str), count (int), per_10k (float, per 10,000 words), range (int, articles), dp
        (float, 0 = even, 1 = clumped). Ordered by count, then by cluster. `.explain(cluster)`
        shows the articles of a row and its formulas.

    Raises
    ------
    ValueError
        If `n`, `min_freq` or `min_range` is below 1.

    Notes
    -----
    Words are compared without case and typography. Every run counts at its place: a run that
    holds two hits counts once, and a hit stands in up to n runs. The trap: a phrase of one press
    release, reprinted, leads the list; its range and dp tell. dp is high for every rare run,
    because n occurrences cannot be even over more than n articles.

    References
    ----------
    Gries (2008): see `corpuskit.measures.dispersion`.

    Examples
    --------
    >>> import corpuskit as ck
    >>> from corpuskit.analysis.collocations.phrases import clusters
    >>> texts = ["A new pact, they say.", "No new pact is a pact.", "The new pact is here."]
    >>> corpus = ck.Corpus.from_frame([{"text": text} for text in texts])
    >>> clusters(corpus.find("pact"), 2).to_frame()[["cluster", "count", "range"]]
        cluster  count  range
    0  new pact      3      3
    1   pact is      2      2
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    whole("n", n, "words", 1)
    whole("min_freq", min_freq, "occurrences", 1)
    whole("min_range", min_range, "articles", 1)
    runs = _Runs.of(hits, n)
    frame, cut = runs.table(min_freq, min_range)
    params = hits.caption | {"n": n, "min_freq": min_freq, "min_range": min_range}
    notes = (UNIT, BOUND, DIRECTION, cut, *_outside(hits, runs))
    summary = f"{counted(len(frame), 'run')} round {counted(len(hits), 'hit')}"
    return Clusters(frame, params, notes, summary, {"per_10k": 1}, runs=runs)


def _outside(hits: Hits, runs: _Runs) -> tuple[str, ...]:
    """Return the note on hits that stand in no run of this length."""
    bare = len(hits) - runs.hits_inside
    return (
        (f"{bare:,} of {counted(len(hits), 'hit')} in no run of {runs.n} words.",) if bare else ()
    )


@dataclass(frozen=True, eq=False)
class _Runs:
    """The runs of n words round hits: their first tokens and the number of their text."""

    corpus: Corpus
    n: int
    texts: list[str]
    cells: tuple[Ints, Ints, Ints]  # text, article (row of the corpus), occurrences: by text
    hits_inside: int

    @classmethod
    def of(cls, hits: Hits, n: int) -> _Runs:
        """Return all runs that contain a hit."""
        corpus, shards = hits.corpus, hits.map(_own_runs, n)
        inside = sum(one.inside for one in shards)
        if not corpus.apart:
            (own,) = shards
            return cls(corpus, n, spelled(corpus.store, own.places), own.cells, inside)
        far: Any = corpus.store
        ranks, folds = far.numbering("folds")
        places, numbers = united(ranks, [one.places for one in shards], len(folds))
        begins = np.searchsorted(corpus.selected, far.articles[:-1]).tolist()
        parts = [
            (number[one.cells[0]], one.cells[1] + begin, one.cells[2])
            for number, begin, one in zip(numbers, begins, shards, strict=True)
        ]
        texts, articles, found = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(texts, kind="stable")
        cells = (texts[order], articles[order], found[order])
        return cls(corpus, n, spelled(far, places), cells, inside)

    def table(self, min_freq: int, min_range: int) -> tuple[pd.DataFrame, str]:
        """Return the rows that reach both cut-offs, and how many each cut-off left out."""
        rows, articles, found = self.cells
        count = np.bincount(rows, found, len(self.texts)).astype(np.int64)
        spread = np.bincount(rows, minlength=len(self.texts)).astype(np.int64)
        keep = np.flatnonzero((count >= min_freq) & (spread >= min_range))
        rare = int((count < min_freq).sum())
        frame = pd.DataFrame(
            {
                "cluster": pd.Series([self.texts[at] for at in keep.tolist()], dtype=object),
                "count": count[keep],
                "per_10k": count[keep] * 1e4 / max(self.corpus.word_total, 1),
                "range": spread[keep],
                "dp": self._dp(rows, articles, found, count)[keep],
            }
        )
        frame = frame.sort_values(["count", "cluster"], ascending=[False, True], ignore_index=True)
        less = len(count) - rare - len(keep)
        left_out = f"min_freq leaves out {rare:,}, min_range {less:,} more"
        return frame, f"{len(keep):,} of {len(count):,} runs are listed: {left_out}."

    def _dp(self, rows: Ints, articles: Ints, found: Ints, count: Ints) -> Floats:
        """Return DP of every text; an article without it adds its share of the words, s."""
        words = self.corpus.words_per_article()
        s = over(words, words.sum())[articles]
        more = np.abs(s - found / count[rows]) - s
        summed = np.bincount(rows, more, len(self.texts)) + 1
        return np.maximum(np.asarray(summed, float) / 2, 0.0)

    def spread(self, text: str) -> Spread:
        """Return how one text is spread over the articles."""
        rows, articles, counts = self.cells
        there = rows == self.texts.index(text)
        words = self.corpus.words_per_article()
        found = np.zeros(len(words), np.int64)
        found[articles[there]] = counts[there]
        return Spread(text, self.corpus.articles["id"].tolist(), words, found)


class _Own(NamedTuple):
    """The runs of one corpus, or of one shard.

    `places` are the folded forms of the distinct ones, place by place; `cells` as in `_Runs`.
    """

    places: list[Ints]
    cells: tuple[Ints, Ints, Ints]
    inside: int


def _own_runs(hits: Hits, n: int) -> _Own:
    """Return the runs that contain a hit, in one corpus or shard."""
    starts, known = [np.empty(0, np.int64)], np.zeros(len(hits), bool)
    for before in range(n):  # words of the run before the node
        at = np.flatnonzero(before + hits.size <= n)
        at = at[_unbroken(hits.corpus, hits.first[at] - before, n)]
        known[at] = True
        starts.append(hits.first[at] - before)
    first = np.unique(np.concatenate(starts))  # token position of each run, each once
    runs = Runs.of(hits.corpus.store, first, n)
    distinct, text = np.unique(runs.numbers, return_inverse=True)
    cells = _cells(hits.corpus, first, text.astype(np.int64))
    return _Own(runs.spelling.forms(distinct), cells, int(known.sum()))


def _cells(corpus: Corpus, first: Ints, text: Ints) -> tuple[Ints, Ints, Ints]:
    """Return text, article (row of the corpus) and occurrences, where there are any."""
    width = max(len(corpus), 1)
    articles = np.searchsorted(corpus.selected, corpus.article_of(first))
    cells, found = np.unique(text * width + articles, return_counts=True)
    return cells // width, cells % width, found.astype(np.int64)


def _unbroken(corpus: Corpus, first: Ints, n: int) -> Ints:
    """Return which places begin `n` words in a row in one sentence."""
    words, sentences = corpus.words, corpus.store.sentences
    if len(words) < n:
        return np.empty(0, np.int64)
    rank = np.minimum(ranks(words, np.maximum(first, 0)), len(words) - n)
    last = first + n - 1
    same = owners(sentences, first) == owners(sentences, last)
    return np.flatnonzero((words[rank] == first) & (words[rank + n - 1] == last) & same)
