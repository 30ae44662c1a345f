"""Each group against the rest: the numbers of a row, the counts behind it, the p of it."""

from __future__ import annotations

import numpy as np

from ...measures.permutation import permutation_p, swap_p
from ...measures.table import Floats
from .intervals import Resampling
from .samples import Sample

COUNTED = ("articles", "words", "hits", "rest_articles", "rest_words", "rest_hits")


def by_pattern(
    blocks: list[list[tuple[object, ...]]], patterns: list[str]
) -> list[tuple[object, ...]]:
    """Return the rows of all groups, pattern by pattern."""
    return [block[n] for n in range(len(patterns)) for block in blocks]


def difference_rows(
    patterns: list[str], one: Sample, rest: Sample, drawing: Resampling, paired: bool
) -> list[tuple[object, ...]]:
    """Return one row a pattern: a group, the rest, the difference and its interval."""
    low, high = drawing.difference_ends(one, rest, paired)
    columns = (one.rate, rest.rate, one.rate - rest.rate, low, high)
    numbers = zip(*(column.tolist() for column in columns), strict=True)
    return [(pattern, one.label, *row) for pattern, row in zip(patterns, numbers, strict=True)]


def counts(patterns: list[str], one: Sample, rest: Sample) -> list[tuple[object, ...]]:
    """Return what the row of each pattern is made of."""
    sides = [(len(side), int(side.words.sum()), side.hits.sum(axis=0)) for side in (one, rest)]
    return [
        (pattern, one.label, *(x for n, words, hits in sides for x in (n, words, int(hits[at]))))
        for at, pattern in enumerate(patterns)
    ]


def p_values(
    samples: list[Sample], pairs: list[tuple[Sample, Sample]], paired: bool, drawing: Resampling
) -> Floats:
    """Return p in the order of the rows: pattern by pattern, group by group."""
    if not pairs:
        return np.zeros(0)
    if paired:
        sides = [((a.hits, b.hits), (a.words, b.words)) for a, b in pairs]
        return np.stack(
            [swap_p(*side, draws=drawing.draws, seed=drawing.seed) for side in sides]
        ).T.ravel()
    groups = np.repeat(np.arange(len(samples)), [len(one) for one in samples])
    hits = np.concatenate([one.hits for one in samples])
    words = np.concatenate([one.words for one in samples])
    drawn = {"draws": drawing.draws, "seed": drawing.seed}
    return permutation_p(hits, words, groups, count=len(samples), **drawn).T.ravel()


def permutation_notes(tests: dict[str, str], paired: bool, draws: int) -> tuple[str, ...]:
    """Return what p means, if it was asked for."""
    how = f"articles dealt anew to the groups {draws:,} times"
    if paired:
        how = f"the surplus of the zone in each article turned over or not, {draws:,} times"
    said = "no correction for several groups or patterns"
    return (f"p: permutation test, two-sided, {how}; {said}.",) if tests else ()
