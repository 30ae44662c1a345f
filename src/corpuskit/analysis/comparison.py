"""Rates of hits by group, and each group against the rest; intervals draw articles again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..corpus.corpus import Corpus
from ..corpus.find import Hits
from ..errors import kind, refuse, share, whole
from ..measures.resampling import difference_interval, rate_interval
from ..result import Result
from .samples import PER_WORDS, Sample, counted_articles, rest_of, samples_of

_NUMBERS = (
    "articles",
    "words",
    "hits",
    "per_10k",
    "rest_per_10k",
    "difference",
    "low",
    "high",
)
SHOWN = {"per_10k": 2, "rest_per_10k": 2, "difference": 2, "low": 2, "high": 2}


def rates(
    hits: Hits,
    by: str | None = None,
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
    unit: str = "article",
    stories: object = None,
) -> Result:
    """Return hits per 10,000 words, for each group, with an interval over articles.

    Parameters
    ----------
    hits
        What `corpus.find` returned.
    by
        Column of `corpus.articles`, or "zone" (headline, lead, body); None: one row for all.
    level
        Share of resampled rates that the interval holds, between 0 and 1.
    draws, seed
        Number of resampled corpora, and the seed of the drawing.
    unit
        "article", or "story": a story counts once, through its earliest article, so that
        reprints change nothing. Needs `stories`.
    stories
        What `near_duplicates` returned.

    Returns
    -------
    Result
        (the column `by`,) articles (int, drawn units), words, hits (int), per_10k, low, high
        (float, hits per 10,000 words). Groups without hits and the group "(none)" are rows.

    Raises
    ------
    ValueError
        If there is no column `by`, an option is out of range, or stories are missing.

    Notes
    -----
    Rate = Σ hits / Σ words; percentile bootstrap over articles (Efron & Tibshirani 1993). The
    trap: below some 20 articles a percentile interval is too narrow.

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [("A", "A pact is a pact."), ("A", "No deal here."), ("B", "Pact, they say.")]
    >>> corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o, t in rows])
    >>> result = ck.rates(corpus.find("pact"), by="outlet")
    >>> result.to_frame()[["outlet", "articles", "words", "hits", "per_10k"]]
      outlet  articles  words  hits      per_10k
    0      A         2      8     2  2500.000000
    1      B         1      3     1  3333.333333
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    level, draws, seed = _settings(level, draws, seed)
    _refuse_figure(by)
    keep, left_out = counted_articles(hits.corpus, unit, stories)
    samples = samples_of(hits.corpus, [hits], by, keep)
    rows = [_rate_row(one, level, draws, seed) for one in samples]
    names = [by or "", "articles", "words", "hits", "per_10k", "low", "high"]
    frame = _frame(rows, names, ("articles", "words", "hits"))
    params = hits.caption | ({"by": by} if by else {})
    params |= {"level": level, "draws": draws, "seed": seed, "unit": unit}
    found = f"{int(frame['hits'].sum()):,} hits in {int(frame['words'].sum()):,} words"
    notes = (f"Hits per {PER_WORDS:,} words; intervals draw articles again.", *left_out)
    frame = frame if by else frame.drop(columns="")
    return Result(frame, params, (*notes, *_doubts(samples)), found, SHOWN, "Rates")


def compare(
    corpus: Corpus,
    patterns: str | Iterable[str],
    by: str = "outlet",
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> Result:
    """Return the rate of each group beside that of the rest, and their difference.

    Parameters
    ----------
    corpus
        What to look in.
    patterns
        One pattern or several, as for `corpus.find`.
    by
        Column of `corpus.articles`, or "zone" (headline, lead, body).
    level
        Share of resampled differences that the interval holds, between 0 and 1.
    draws, seed
        Number of resampled corpora, and the seed of the drawing.

    Returns
    -------
    Result
        pattern, the column `by` (str), per_10k, rest_per_10k, difference, low, high (float,
        hits per 10,000 words); difference = group - rest, low and high are its interval. No
        rows if there is one group only: it has no rest.

    Raises
    ------
    ValueError
        If there is no column `by`, a pattern is empty, or an option is out of range.

    Notes
    -----
    Articles are drawn again inside the group and, independently, inside the rest. Zones are
    parts of the same articles, so each draw takes the same articles for both sides. The trap:
    of twenty groups that do not differ, one interval at 95 % misses 0.

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [("A", "A pact is a pact."), ("A", "Pact it is."), ("B", "No."), ("B", "A deal.")]
    >>> corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o, t in rows])
    >>> ck.compare(corpus, "pact").to_frame()[["outlet", "rest_per_10k", "difference"]]
      outlet  rest_per_10k  difference
    0      A           0.0      3750.0
    1      B        3750.0     -3750.0
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    level, draws, seed = _settings(level, draws, seed)
    _refuse_figure(by)
    wanted = _patterns(patterns)
    found = [corpus.find(pattern) for pattern in wanted]
    samples = samples_of(corpus, found, by, np.ones(len(corpus), bool)) if found else []
    paired = by == "zone"
    drawn = {"level": level, "draws": draws, "seed": seed}
    pairs = [(one, rest_of(samples, one, paired)) for one in samples] if samples[1:] else []
    blocks = [_difference_rows(wanted, *pair, drawn | {"paired": paired}) for pair in pairs]
    rows = [block[n] for n in range(len(wanted)) for block in blocks]
    names = ["pattern", by, "per_10k", "rest_per_10k", "difference", "low", "high"]
    frame = _frame(rows, names, ())
    params = {"patterns": patterns if isinstance(patterns, str) else wanted, "by": by} | drawn
    notes: tuple[str, ...] = (
        f"Hits per {PER_WORDS:,} words; difference = group - rest; intervals draw articles again.",
    )
    notes += ("One group only: there is no rest to compare with.",) if len(samples) == 1 else ()
    notes += _alone([one.label for one, rest in pairs if min(len(one), len(rest)) < 2])
    return Result(frame, params, notes, f"{len(frame):,} comparisons", SHOWN, "Compare")


def _settings(level: float, draws: int, seed: int) -> tuple[float, int, int]:
    """Return the settings of the resampling, checked."""
    return share("level", level), whole("draws", draws, "draws", 1), whole("seed", seed, "a seed")


def _refuse_figure(by: str | None) -> None:
    """Raise if the group column has the name of a figure of the result."""
    if by in _NUMBERS:
        remedy = "Give the column another name before reading."
        refuse("by", "a column whose name is not that of a figure of the result", by, remedy)


def _patterns(patterns: str | Iterable[str]) -> list[str]:
    """Return one pattern or several as a list, each once."""
    return [patterns] if isinstance(patterns, str) else list(dict.fromkeys(patterns))


def _rate_row(one: Sample, level: float, draws: int, seed: int) -> tuple[object, ...]:
    """Return the row of one group."""
    rate = float(one.rate[0])
    low = high = rate
    if len(one) > 1:
        hits = one.hits[:, 0]
        ends = rate_interval(hits, one.words, level=level, draws=draws, seed=seed)
        low, high = (PER_WORDS * float(end) for end in ends)
    sums = int(one.words.sum()), int(one.hits.sum())
    return one.label, len(one), *sums, rate, low, high


def _difference_rows(
    patterns: list[str], one: Sample, rest: Sample, drawn: dict[str, Any]
) -> list[tuple[object, ...]]:
    """Return one row a pattern: a group, the rest, the difference and its interval."""
    difference = one.rate - rest.rate
    low, high = difference, difference
    if min(len(one), len(rest)) > 1:
        sides = (one.hits, rest.hits), (one.words, rest.words)
        low, high = (PER_WORDS * end for end in difference_interval(*sides, **drawn))
    columns = (one.rate, rest.rate, difference, low, high)
    numbers = zip(*(column.tolist() for column in columns), strict=True)
    return [(pattern, one.label, *row) for pattern, row in zip(patterns, numbers, strict=True)]


def _frame(rows: list[tuple[object, ...]], names: list[str], counts: Iterable[str]) -> pd.DataFrame:
    """Return the rows as a table whose columns have their types even when it is empty."""
    frame = pd.DataFrame(rows, columns=names)
    texts = {name: "object" for name in names if name not in _NUMBERS}
    numbers = {name: "int64" if name in counts else "float64" for name in _NUMBERS}
    return frame.astype(texts | {name: kind for name, kind in numbers.items() if name in names})


def _doubts(samples: list[Sample]) -> tuple[str, ...]:
    """Return the notes on groups whose interval says nothing."""
    empty = [one.label or "the corpus" for one in samples if len(one) > 1 and not one.hits.sum()]
    said = "0 to 0 only says that what is not there cannot be drawn"
    notes = (f"No hits: {', '.join(empty)}; the interval {said}.",) if empty else ()
    return notes + _alone([one.label or "the corpus" for one in samples if len(one) == 1])


def _alone(labels: list[str]) -> tuple[str, ...]:
    """Return the note on groups of one article."""
    said = "low and high repeat the value"
    return (f"One article, no interval ({said}): {', '.join(labels)}.",) if labels else ()
