"""Words and runs of words, counted."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..corpus.corpus import Corpus
from ..corpus.folding import fold
from ..corpus.store import Ints
from ..errors import kind, refuse, whole
from ..result import Result, counted

FIGURES = ("word", "ngram", "count", "per_10k", "range")
UNIT = "per_10k counts occurrences per 10,000 words; range counts articles."


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
    types = int((corpus.word_counts() > 0).sum())
    summary = f"{frame['word'].nunique():,} of {counted(types, 'type')}"
    return Result(frame, params, (UNIT,), summary, {"per_10k": 1}, "FrequencyList")


def _parts(corpus: Corpus, by: str | None) -> dict[str, Corpus]:
    """Return the parts to count in, by label; a single one without a label."""
    kind("corpus", corpus, Corpus, "Give what read_corpus or Corpus.from_frame returns.")
    if by in FIGURES:
        refuse("by", "a column of the articles, not a figure of this list", by, "Rename it.")
    return corpus.groups(by) if by else {"": corpus}


def _word_rows(corpus: Corpus, case: bool, without: frozenset[str]) -> pd.DataFrame:
    """Return word, count, per_10k and range of one part."""
    store, ids = corpus.store, corpus.store.ids[corpus.words].astype(np.int64)
    keys = ids if case else store.folded[ids].astype(np.int64)
    names = store.types if case else store.folds
    articles = corpus.article_of(corpus.words)
    rows, count, spread = _counted(keys, articles)
    words = [names[i] for i in rows.tolist()]
    keep = np.array([fold(word) not in without for word in words], bool)
    words = [word for word, kept in zip(words, keep.tolist(), strict=True) if kept]
    return _table("word", words, count[keep], spread[keep], len(ids))


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
    store = corpus.store
    first = _run_starts(corpus, n)
    forms = store.folded[store.ids].astype(np.int64)
    keys = np.zeros(len(first), np.int64)
    for step in range(n):  # number the runs of step + 1 words before adding the next word
        pairs = keys * len(store.folds) + forms[first + step]
        keys = np.unique(pairs, return_inverse=True)[1].astype(np.int64)
    rows, count, spread = _counted(keys, corpus.article_of(first))
    example = np.zeros(len(rows), np.int64)
    example[keys[::-1]] = first[::-1]
    names = [[store.folds[f] for f in forms[at : at + n].tolist()] for at in example.tolist()]
    keep = (count >= least) & np.array([not {name[0], name[-1]} & without for name in names], bool)
    runs = [" ".join(name) for name, kept in zip(names, keep.tolist(), strict=True) if kept]
    return _table("ngram", runs, count[keep], spread[keep], len(corpus.words))


def _run_starts(corpus: Corpus, n: int) -> Ints:
    """Return the positions where `n` words stand side by side in one sentence."""
    words = corpus.words
    if len(words) < n:
        return np.empty(0, np.int64)
    first, last = words[: len(words) - n + 1], words[n - 1 :]
    sentence = np.searchsorted(corpus.store.sentences, words, side="right")
    same = sentence[: len(first)] == sentence[n - 1 :]
    starts: Ints = first[(last - first == n - 1) & same]
    return starts


def _counted(keys: Ints, articles: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the distinct keys, how often each occurs, and in how many articles."""
    rows, count = np.unique(keys, return_counts=True)
    width = int(articles.max()) + 1 if len(articles) else 1
    pairs = np.unique(np.searchsorted(rows, keys) * width + articles)
    spread = np.bincount(pairs // width, minlength=len(rows))
    return rows, count.astype(np.int64), spread.astype(np.int64)


def _table(name: str, words: list[str], count: Ints, spread: Ints, total: int) -> pd.DataFrame:
    """Return the rows sorted by count, then by word."""
    frame = pd.DataFrame(
        {
            name: pd.Series(words, dtype=object),
            "count": count,
            "per_10k": count * 1e4 / max(total, 1),
            "range": spread,
        }
    )
    return frame.sort_values(["count", name], ascending=[False, True], ignore_index=True)


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
