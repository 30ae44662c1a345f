"""Scores round a node against scores of the other sentences of the same articles."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...measures.resampling import generator, interval, weights

Floats = NDArray[np.float64]

NUMBERS = {
    "units": "int64",
    "no_evidence": "int64",
    "around": float,
    "other_sentences": "int64",
    "other_no_evidence": "int64",
    "baseline": float,
    "difference": float,
    "low": float,
    "high": float,
    "articles": "int64",
}


class Drawing(NamedTuple):
    """How intervals are drawn: share held, number of draws, seed."""

    level: float = 0.95
    draws: int = 2000
    seed: int = 1


DRAWING = Drawing()


def against_baseline(
    around: pd.DataFrame, others: pd.DataFrame, drawing: Drawing
) -> tuple[object, ...]:
    """Return the values of NUMBERS for one lexicon (and group) from two tables of scores."""
    known, rest = around.dropna(subset="score"), others.dropna(subset="score")
    mean, base = _mean(known), _mean(rest)
    articles = sorted({*around["article"], *others["article"]})
    low, high = _interval(_sums(known, articles), _sums(rest, articles), drawing)
    return (
        len(around),
        len(around) - len(known),
        mean,
        len(others),
        len(others) - len(rest),
        base,
        mean - base,
        low,
        high,
        around["article"].nunique(),
    )


def _mean(scores: pd.DataFrame) -> float:
    """Return the mean score, NaN without any."""
    return math.fsum(scores["score"]) / len(scores) if len(scores) else math.nan


def _sums(scores: pd.DataFrame, articles: list[str]) -> tuple[Floats, Floats]:
    """Return the sum and the number of the scores of each article."""
    place = {article: n for n, article in enumerate(articles)}
    rows = np.array([place[article] for article in scores["article"]], np.int64)
    values = scores["score"].to_numpy(float)
    sums = np.bincount(rows, weights=values, minlength=len(articles)).astype(float)
    return sums, np.bincount(rows, minlength=len(articles)).astype(float)


def _interval(
    around: tuple[Floats, Floats], others: tuple[Floats, Floats], drawing: Drawing
) -> tuple[float, float]:
    """Return the interval of the difference of means, both from the same drawn articles.

    NaN with fewer than two articles with evidence on either side. Draws without evidence on
    one side have no difference and are left out.
    """
    if min((around[1] > 0).sum(), (others[1] > 0).sum()) < 2:
        return math.nan, math.nan
    drawn = []
    for weight in weights(len(around[1]), drawing.draws, generator(drawing.seed)):
        counts = [weight @ around[1], weight @ others[1]]
        kept = (counts[0] > 0) & (counts[1] > 0)
        means = [
            (weight @ sums)[kept] / count[kept]
            for (sums, _), count in zip((around, others), counts, strict=True)
        ]
        drawn.append(means[0] - means[1])
    low, high = interval(np.concatenate(drawn), drawing.level)
    return float(low), float(high)
