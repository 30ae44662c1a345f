"""How an interval is drawn: level, draws, seed and method, once for rates, compare and trend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...errors import one_of, refuse, share, whole
from ...measures.logt import log_t_difference_interval, log_t_rate_interval
from ...measures.resampling import difference_interval, rate_interval
from ...measures.studentized import student_difference_interval, student_rate_interval
from ...measures.table import Floats
from .samples import PER_WORDS, Sample

RATE_ENDS = {
    "log-t": log_t_rate_interval,
    "percentile": rate_interval,
    "bootstrap-t": student_rate_interval,
}
DIFFERENCE_ENDS = {
    "log-t": log_t_difference_interval,
    "percentile": difference_interval,
    "bootstrap-t": student_difference_interval,
}
METHODS = tuple(RATE_ENDS)
SAID = {
    "log-t": "log-t: their standard error, on the scale of the logarithm, times Student's t.",
    "percentile": "percentile: too short where few articles hold most of the hits.",
    "bootstrap-t": "bootstrap-t: each draw is measured in its own standard errors.",
}
NUMBERS = (
    "articles",
    "words",
    "hits",
    "per_10k",
    "rest_per_10k",
    "difference",
    "low",
    "high",
)
COUNTS = ("articles", "words", "hits")
SHOWN = {"per_10k": 2, "rest_per_10k": 2, "difference": 2, "low": 2, "high": 2}


@dataclass(frozen=True)
class Resampling:
    """The settings of the drawing of articles, checked by `resampling`."""

    level: float
    draws: int
    seed: int
    method: str

    @property
    def params(self) -> dict[str, Any]:
        """The settings of the drawing, for the caption and for the measures."""
        return {"level": self.level, "draws": self.draws, "seed": self.seed}

    @property
    def chosen(self) -> dict[str, str]:
        """The method, for the caption, where it is not the default."""
        return {"interval": self.method} if self.method != METHODS[0] else {}

    @property
    def notes(self) -> tuple[str, ...]:
        """How the intervals are made."""
        return (f"Intervals draw articles again; {SAID[self.method]}",)

    @property
    def without_hits(self) -> str:
        """What the interval of a rate without hits is, and what it says."""
        if self.method == METHODS[0]:
            return "the interval ends at 3 / words (rule of three), words taken as independent"
        return "the interval 0 to 0 only says that what is not there cannot be drawn"

    def rate_ends(self, one: Sample) -> tuple[Floats, Floats]:
        """Return the interval of the rate of each pattern, per 10,000 words."""
        if len(one) < 2:
            return one.rate, one.rate
        low, high = RATE_ENDS[self.method](one.hits, one.words, **self.params)
        return PER_WORDS * low, PER_WORDS * high

    def difference_ends(self, one: Sample, rest: Sample, paired: bool) -> tuple[Floats, Floats]:
        """Return the interval of each difference, per 10,000 words."""
        if min(len(one), len(rest)) < 2:
            return one.rate - rest.rate, one.rate - rest.rate
        sides = (one.hits, rest.hits), (one.words, rest.words)
        low, high = DIFFERENCE_ENDS[self.method](*sides, **self.params, paired=paired)
        return PER_WORDS * low, PER_WORDS * high


def resampling(level: float, draws: int, seed: int, method: str) -> Resampling:
    """Return the settings of the drawing, checked."""
    return Resampling(
        share("level", level),
        whole("draws", draws, "draws", 1),
        whole("seed", seed, "a seed"),
        one_of("interval", method, METHODS),
    )


def rate_row(one: Sample, drawing: Resampling) -> tuple[object, ...]:
    """Return the row of one group: label, articles, words, hits, rate, low, high."""
    low, high = (float(end[0]) for end in drawing.rate_ends(one))
    sums = int(one.words.sum()), int(one.hits.sum())
    return one.label, len(one), *sums, float(one.rate[0]), low, high


def refuse_figure(by: str | None, figures: tuple[str, ...] = NUMBERS) -> None:
    """Raise if the group column has the name of a figure of the result."""
    if by is not None and by in figures:
        remedy = "Give the column another name before reading."
        refuse("by", "a column whose name is not that of a figure of the result", by, remedy)


def typed(rows: list[tuple[object, ...]], names: list[str], texts: Iterable[str]) -> pd.DataFrame:
    """Return the rows as a table whose columns have their types even when it is empty."""
    types = {name: "int64" if name in COUNTS else "float64" for name in names}
    return pd.DataFrame(rows, columns=names).astype(types | dict.fromkeys(texts, "object"))
