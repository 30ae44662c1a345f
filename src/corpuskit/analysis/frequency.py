"""Words and runs of words, counted."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..corpus.columns.folding import fold
from ..corpus.columns.store import Ints
from ..corpus.corpus import Corpus
from ..corpus.finding.matching import words_at
from ..corpus.part import plain_forms
from ..corpus.sharding.partial import answered
from ..errors import kind, refuse, whole
from ..result import Result, counted
from .concordances.ordering import sorting
from .packing import spread
from .runs import counted_runs

FIGURES = ("word", "ngram", "count", "per_10k", "range")
UNIT = "per_10k counts occurrences per 10,000 words; range counts articles."


@answered
def frequency_list(
    corpus: Corpus, *, by: str | None = None, without: Iterable[str] = (), case: bool = False
) -> Result:
    """Return how often each word occurs, most frequent first.

    Parameters
    ----------
    corpus
        What to count in.
    by
        Column of `corpus.articles` (or "zone"): one list for each of its values.
    without
        Words to leave out of the list, for instance `function_words()`. They still count
        as words in the rates.
    case
        True: upper and lower case differ.

    Returns
    -------
    Result
        (the column `by`,) word (str), count (int), per_10k (float, per 10,000 words),
        range (int, articles).

    Raises
    ------
    ValueError
        If there is no column `by`.

    Examples
    --------
    >>> import corpuskit as ck
    >>> corpus = ck.Corpus.from_frame([{"text": "A pact is a pact."}, {"text": "No pact."}])
    >>> ck.frequency_list(corpus).head(2)
    FrequencyList(): 4 of 4 types
    word  count  per_10k  range
    pact      3  4,285.7      2
    a         2  2,857.1      1
    Note: per_10k counts occurrences per 10,000 words; range counts articles.
    Note: The first 2 of 4 rows.
    """
    parts, left_out = _parts(corpus, by), frozenset(map(fold, without))
    lists = [_word_rows(part, case, left_out) for part in parts.values()]
    params: dict[str, object] = {"where": corpus.chosen} if corpus.chosen else {}
    params |= {"by": by} if by else {}
    params |= {"without": f"{len(left_out)} words"} if left_out else {}
    params |= {"case": True} if case else {}
    frame = _stacked(by, list(parts), lists, "word")
    types = int(np.count_nonzero(corpus.word_counts()))
    listed = frame["word"].nunique() if by else len(frame)
    summary = f"{listed:,} of {counted(types, 'type')}"
    return Result(frame, params, (UNIT,), summary, {"per_10k": 1}, "FrequencyList")


def _parts(corpus: Corpus, by: str | None) -> dict[str, Corpus]:
    """Return the parts to count in, by label; a single one without a label."""
    kind("corpus", corpus, Corpus, "Give what read_corpus or Corpus.from_frame returns.")
    if by in FIGURES:
        refuse("by", "a column of the articles, not a figure of this list", by, "Rename it.")
    return corpus.groups(by) if by else {"": corpus}


def _word_rows(corpus: Corpus, case: bool, without: frozenset[str]) -> pd.DataFrame:
    """Return word, count, per_10k and range of one part."""
    names = corpus.store.types if case else corpus.store.folds
    count, spread = corpus.summed("types" if case else "folds", _counted, case)
    rows = np.flatnonzero(count)
    if without:
        keep = [fold(word) not in without for word in words_at(names, rows)]
        rows = rows[np.array(keep, bool)]
    rows = rows[sorting([count.max(initial=0) - count[rows]])]  # the names are in order already
    words = words_at(names, rows)
    return _table("word", words, count[rows], spread[rows], int(count.sum()))


def _counted(corpus: Corpus, case: bool) -> tuple[Ints, Ints]:
    """Return how often each word of the vocabulary occurs, and in how many articles."""
    store = corpus.store
    if corpus.whole and not case and plain_forms(store):
        return corpus.word_counts(), store.ranges.astype(np.int64)
    ids = store.ids[corpus.words]
    keys, size = (ids, len(store.types)) if case else (store.folded[ids], len(store.folds))
    count = np.bincount(keys, minlength=size).astype(np.int64)
    return count, spread(keys, corpus.article_of(corpus.words), size)


@answered
def ngrams(
    corpus: Corpus,
    n: int = 2,
    *,
    by: str | None = None,
    min_freq: int = 2,
    without: Iterable[str] = (),
) -> Result:
    """Return the runs of `n` words that occur at least `min_freq` times, most frequent first.

    A run never crosses a punctuation mark, a sentence or an article.

    Parameters
    ----------
    corpus
        What to count in.
    n
        Words in a run, 1 or more.
    by
        Column of `corpus.articles` (or "zone"): one list for each of its values.
    min_freq
        Occurrences a run must have to be listed.
    without
        Runs that begin or end with one of these words are left out.

    Returns
    -------
    Result
        (the column `by`,) ngram (str), count (int), per_10k (float, per 10,000 words),
        range (int, articles).

    Raises
    ------
    ValueError
        If `n` or `min_freq` is below 1, or there is no column `by`.
    """
    whole("n", n, "words", 1)
    whole("min_freq", min_freq, "occurrences", 1)
    parts, left_out = _parts(corpus, by), frozenset(map(fold, without))
    lists = [_run_rows(part, n, min_freq, left_out) for part in parts.values()]
    params: dict[str, object] = {"where": corpus.chosen} if corpus.chosen else {}
    params |= {"n": n, "min_freq": min_freq} | ({"by": by} if by else {})
    params |= {"without": f"{len(left_out)} words"} if left_out else {}
    frame = _stacked(by, list(parts), lists, "ngram")
    notes = (UNIT, "No run crosses a mark, a sentence or an article.")
    return Result(frame, params, notes, counted(len(frame), "run"), {"per_10k": 1}, "Ngrams")


def _run_rows(corpus: Corpus, n: int, least: int, without: frozenset[str]) -> pd.DataFrame:
    """Return ngram, count, per_10k and range of one part."""
    runs = counted_runs(corpus, n, least)
    if without:
        unwanted = [corpus.store.folds.index(word) for word in without]
        first, *_, last = runs.forms() * 2
        runs = runs.at(~np.isin(first, unwanted) & ~np.isin(last, unwanted))
    runs = runs.at(sorting([runs.count.max(initial=0) - runs.count]))  # runs are in order already
    return _table("ngram", runs.texts(), runs.count, runs.range, corpus.word_total)


def _table(name: str, words: list[str], count: Ints, spread: Ints, total: int) -> pd.DataFrame:
    """Return the rows of one list."""
    return pd.DataFrame(
        {
            name: pd.Series(words, dtype=object),
            "count": count,
            "per_10k": count * 1e4 / max(total, 1),
            "range": spread,
        }
    )


def _stacked(
    by: str | None, labels: list[str], lists: list[pd.DataFrame], name: str
) -> pd.DataFrame:
    """Return the lists one below the other, led by the column of their labels."""
    if not by:
        return lists[0]
    none = np.empty(0, np.int64)
    lists, labels = [*lists, _table(name, [], none, none, 0)], [*labels, ""]
    for label, rows in zip(labels, lists, strict=True):
        rows.insert(0, by, pd.Series([label] * len(rows), dtype=object))
    return pd.concat(lists, ignore_index=True)
