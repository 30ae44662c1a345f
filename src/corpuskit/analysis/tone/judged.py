"""The units of a study with their scores, from one corpus or from all shards of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ...corpus.finding.find import Hits
from .names import Seen
from .scored import Study, explained, seen_of
from .scoring import Scorer
from .units import Units


class Judged(NamedTuple):
    """Units that were scored.

    Attributes
    ----------
    scores, parts
        The tables of `Study.tables`, units numbered through all shards.
    units
        How many there are.
    masked
        Masked words in them, by what they are masked as.
    """

    scores: pd.DataFrame
    parts: pd.DataFrame
    units: int
    masked: Mapping[str, int]


class Asked(NamedTuple):
    """What a study asks of each shard."""

    scorers: tuple[Scorer, ...]
    mask: tuple[str, ...]
    window: int | None

    def study(self, hits: Hits, learnt: Seen | None) -> Study:
        """Return the study of the hits of one shard."""
        return Study(hits, *self, learnt=learnt)


def judged(study: Study, which: str) -> Judged:
    """Return the units "around" hits, or the sentences "without" one, with their scores."""
    if not study.hits.corpus.apart:
        return _judged(study, which)
    hits: Any = study.hits
    asked = Asked(study.scorers, study.mask, study.window)
    return _joined(hits.map_each(_in_shard, [(asked, seen, which) for seen in _learnt(study)]))


def _learnt(study: Study) -> list[Seen | None]:
    """Return what the rule for names learns from all shards, in the numbers of each."""
    corpus: Any = study.hits.corpus
    ranks, _ = corpus.store.numbering("folds")
    if "names" not in study.mask:
        return [None] * len(ranks)
    read = corpus if study.stories else corpus.whole_columns()
    seen = read.summed("folds", seen_of, study.stories)
    return [Seen(*(column[rank] for column in seen)) for rank in ranks]


def _in_shard(hits: Hits, asked: Asked, seen: Seen | None, which: str) -> Judged:
    """Return the units of one shard."""
    return _judged(asked.study(hits, seen), which)


def _judged(study: Study, which: str) -> Judged:
    """Return the units of one corpus."""
    units: Units = getattr(study, which)
    return Judged(*study.tables(units), len(units), _masked(study, units))


def _masked(study: Study, units: Units) -> dict[str, int]:
    """Return how many words of the units are masked, by mask."""
    store = study.hits.corpus.store
    words = store.is_word[store.ids]
    shown = {"node": study.node, "names": study.names & ~study.node}
    counts = {}
    for mask in study.mask:
        sums = np.cumsum(np.append(0, shown[mask] & words))
        counts[mask] = int((sums[units.past] - sums[units.first]).sum())
    return counts


def _joined(shards: Sequence[Judged]) -> Judged:
    """Return the units of all shards, numbered through."""
    tables: tuple[list[pd.DataFrame], list[pd.DataFrame]] = ([], [])
    before = 0
    for one in shards:
        for made, frame in zip(tables, (one.scores, one.parts), strict=True):
            made.append(frame.assign(unit=frame["unit"] + before))
        before += one.units
    masked = {name: sum(one.masked[name] for one in shards) for name in shards[0].masked}
    return Judged(_stacked(tables[0]), _stacked(tables[1]), before, masked)


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return tables one below the other."""
    return pd.concat([one for one in frames if len(one)] or frames[:1], ignore_index=True)


def unit_words(
    study: Study, scores: pd.DataFrame, row: pd.DataFrame, parts: pd.DataFrame
) -> pd.DataFrame:
    """Return every word of the unit in the one row of `row`; `scores` has all units."""
    if not study.hits.corpus.apart:
        return explained(study, row, parts)
    hits: Any = study.hits
    number = hits.corpus.number_of(row.iloc[0]["article"])
    borders = hits.corpus.far.articles
    shard = int(np.searchsorted(borders, number, side="right")) - 1
    inside = scores["article"].map(hits.corpus.number_of) >= borders[shard]
    own = row.assign(unit=row["unit"] - scores.loc[inside, "unit"].min())
    asked = Asked(study.scorers, study.mask, study.window)
    given = [(asked, seen, own, parts) if n == shard else None for n, seen in _numbered(study)]
    frame: pd.DataFrame = hits.map_each(_explained, given)[shard]
    return frame


def _numbered(study: Study) -> list[tuple[int, Seen | None]]:
    """Return what each shard is told about names, with its number."""
    return list(enumerate(_learnt(study)))


def _explained(
    hits: Hits, asked: Asked, seen: Seen | None, row: pd.DataFrame, parts: pd.DataFrame
) -> pd.DataFrame:
    """Return every word of a unit of one shard."""
    return explained(asked.study(hits, seen), row, parts)
