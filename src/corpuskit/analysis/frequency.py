"""Words and runs of words, counted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pandas as pd

from ..corpus.columns.folding import fold
from ..corpus.columns.store import Ints
from ..corpus.columns.vocabulary import Vocabulary
from ..corpus.corpus import Corpus
from ..corpus.finding.matching import words_at
from ..corpus.part import plain_forms
from ..corpus.sharding.partial import answered
from ..errors import kind, refuse, whole
from ..result import Result, counted
from .listing import Listing, Rows, Texts, spelled_words
from .packing import most_first, spread
from .runs import Counted, Merged, counted_runs

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
    lists = {label: _word_rows(part, case, left_out) for label, part in parts.items()}
    params: dict[str, object] = {"where": corpus.chosen} if corpus.chosen else {}
    params |= {"by": by} if by else {}
    params |= {"without": f"{len(left_out)} words"} if left_out else {}
    params |= {"case": True} if case else {}
    if not by:
        rows, types = lists[""]
        summary = f"{len(rows):,} of {counted(types, 'type')}"
        return Listing(rows, params, (UNIT,), summary, "FrequencyList")
    frame = _stacked(by, {label: rows for label, (rows, _) in lists.items()}, "word")
    types = int(np.count_nonzero(corpus.word_counts()))
    summary = f"{frame['word'].nunique():,} of {counted(types, 'type')}"
    return Result(frame, params, (UNIT,), summary, {"per_10k": 1}, "FrequencyList")


def _parts(corpus: Corpus, by: str | None) -> dict[str, Corpus]:
    """Return the parts to count in, by label; a single one without a label."""
    kind("corpus", corpus, Corpus, "Give what read_corpus or Corpus.from_frame returns.")
    if by in FIGURES:
        refuse("by", "a column of the articles, not a figure of this list", by, "Rename it.")
    return corpus.groups(by) if by else {"": corpus}


def _word_rows(corpus: Corpus, case: bool, without: frozenset[str]) -> tuple[Rows, int]:
    """Return the list of one part, and how many different words (small letters) it has."""
    names = corpus.store.types if case else corpus.store.folds
    count, spread = corpus.summed("types" if case else "folds", _counted, case)
    rows = np.flatnonzero(count)
    types = int(np.count_nonzero(corpus.word_counts())) if case else len(rows)
    if without:
        keep = [fold(word) not in without for word in words_at(names, rows)]
        rows = rows[np.array(keep, bool)]
    rows = rows[most_first(count[rows])]  # the names are in order already
    texts = partial(_words, names, rows)
    return Rows("word", texts, count[rows], spread[rows], int(count.sum())), types


def _words(names: Vocabulary, numbers: Ints, rows: slice) -> Texts:
    """Return the words of some rows."""
    return spelled_words(names, numbers[rows])


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
    lists = {label: _run_rows(part, n, min_freq, left_out) for label, part in parts.items()}
    params: dict[str, object] = {"where": corpus.chosen} if corpus.chosen else {}
    params |= {"n": n, "min_freq": min_freq} | ({"by": by} if by else {})
    params |= {"without": f"{len(left_out)} words"} if left_out else {}
    notes = (UNIT, "No run crosses a mark, a sentence or an article.")
    if not by:
        found = counted(len(lists[""]), "run")
        return Listing(lists[""], params, notes, found, "Ngrams")
    frame = _stacked(by, lists, "ngram")
    return Result(frame, params, notes, counted(len(frame), "run"), {"per_10k": 1}, "Ngrams")


def _run_rows(corpus: Corpus, n: int, least: int, without: frozenset[str]) -> Rows:
    """Return the list of one part."""
    runs = counted_runs(corpus, n, least)
    if without:
        unwanted = [corpus.store.folds.index(word) for word in without]
        first, *_, last = runs.forms() * 2
        runs = runs.at(~np.isin(first, unwanted) & ~np.isin(last, unwanted))
    runs = runs.at(most_first(runs.count))  # runs are in order already
    texts = partial(_texts, runs)
    return Rows("ngram", texts, runs.count, runs.range, corpus.word_total)


def _texts(runs: Counted | Merged, rows: slice) -> Texts:
    """Return the runs of some rows as text."""
    texts = runs.at(rows).texts()
    return np.fromiter(texts, object, len(texts))


def _stacked(by: str, lists: dict[str, Rows], name: str) -> pd.DataFrame:
    """Return the lists one below the other, led by the column of their labels."""
    none = np.empty(0, np.int64)
    empty = Rows(name, lambda _: none.astype(object), none, none, 0)
    tables = [rows.table() for rows in [*lists.values(), empty]]
    for label, table in zip([*lists, ""], tables, strict=True):
        table.insert(0, by, pd.Series([label] * len(table), dtype=object))
    return pd.concat(tables, ignore_index=True)
