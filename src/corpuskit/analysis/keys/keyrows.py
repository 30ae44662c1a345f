"""The table of key words: two profiles in, rows out, and each row explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...corpus.sharding.partial import carried
from ...errors import one_of, refuse
from ...measures import association
from ...measures.conservative import conservative_log_ratios
from ...measures.resampling import q_values
from ...measures.table import Table, over
from ...result import Result, probability
from ..telling import explanation, formulas
from .profiles import Profile
from .versus import Versus

PER = 10_000  # words
FULL = 100  # articles: a word in so many has its full weight among all words
DIRECTIONS = np.array(["reference", "even", "target"], dtype=object)
SHOWN = {
    "target_per_10k": 2,
    "reference_per_10k": 2,
    "log_ratio": 2,
    "conservative_log_ratio": 2,
    "g2": 1,
}


@dataclass(frozen=True)
class Sides:
    """How large two sides are, in words and in articles; a word list has no articles."""

    words: tuple[int, int] = (0, 0)
    articles: tuple[int, int] = (0, 0)
    listed: bool = False

    @classmethod
    def of(cls, one: Profile, two: Profile, listed: bool = False) -> Sides:
        """Return the sizes of two profiles."""
        return cls((one.size, two.size), (one.articles, two.articles), listed)


@dataclass(frozen=True, eq=False, repr=False)
class Keyness(Result):
    """Key words; `.explain(word)` shows where a row comes from.

    Attributes
    ----------
    sizes
        Words of the target and of the reference.
    articles
        Articles with words in the target and in the reference.
    vocabulary
        Different words of both together: what alpha is divided by.
    groups
        With `by`: label of the group to the sizes of the group and of all others.
    """

    sizes: tuple[int, int] = (0, 0)
    articles: tuple[int, int] = (0, 0)
    vocabulary: int = 1
    groups: Mapping[str, Sides] = field(default_factory=dict)
    listed: bool = False
    measures: tuple[str, ...] = ()

    @carried
    def explain(self, word: str, group: str | None = None) -> Result:
        """Return the 2x2 table of a word, observed and expected, and the formulas in numbers.

        Parameters
        ----------
        word
            A word of the table, in any spelling that folds to it.
        group
            With `by`: the group whose row is meant.

        Raises
        ------
        ValueError
            If the word is not in the table, or the group is missing or unknown.
        """
        frame, sides = self._rows_of(group)
        row = frame.iloc[explanation.row_of(frame, word)]
        t = Table.from_sizes(row["target"], row["reference"], *sides.words)
        alpha = float(self.params["alpha"])  # type: ignore[arg-type]
        lines = (
            explanation.log_ratio_line(t),
            explanation.conservative_line(t, alpha, self.vocabulary),
            formulas.interval_line(t, alpha, self.vocabulary),
            explanation.g2_line(t),
            *(formulas.formula_line(name, t, "the target") for name in self.measures),
            _test_line(row, sides),
        )
        columns = ("target", "reference")
        name = str(row["word"]) if group is None else f"{row['word']} ({group})"
        return explanation.explained(name, t, columns, lines, "KeyWord")

    def _rows_of(self, group: str | None) -> tuple[pd.DataFrame, Sides]:
        """Return the rows of a group and its sizes; all rows without `by`."""
        by = str(self.params.get("by", ""))
        if not by:
            if group is not None:
                refuse("group", "None for a table without `by`", group, "Leave it out.")
            return self.frame, Sides(self.sizes, self.articles, self.listed)
        if group is None:
            first = next(iter(self.groups), "A")
            remedy = f"Give for instance explain(word, {first!r})."
            refuse("group", f"one of the groups by {by}", group, remedy)
        label = one_of("group", group, self.groups)
        return self.frame[self.frame[by] == label], self.groups[label]


def _test_line(row: pd.Series, sides: Sides) -> str:
    """Return where p and q come from."""
    if sides.listed:
        found = f"{row['target_range']:,} of {sides.articles[0]:,} articles of the target"
        why = "No p and q: the reference is a list of counts without articles"
        return f"{why}; the word is in {found}."
    found = f"{row['target_range']:,} of {sides.articles[0]:,}"
    found += f" and {row['reference_range']:,} of {sides.articles[1]:,} articles"
    test = "how often articles dealt anew to both sides differ as much, not of the table above"
    values = f"p = {probability(row['p'], 4)}, q = {probability(row['q'], 4)}"
    sources = "Mielke & Berry 2007; q: Benjamini-Hochberg 1995, Genovese et al. 2006"
    return f"{values}: {test}; the word is in {found}. {sources}."


@dataclass(frozen=True)
class Level:
    """What alpha is and what it is divided by, and the columns asked for."""

    alpha: float
    vocabulary: int
    measures: tuple[str, ...] = ()


def rows(sides: Versus, level: Level, listed: bool = False) -> pd.DataFrame:
    """Return the table of the words of two sides, ordered, without q."""
    one, two = sides.one, sides.two
    t = Table.from_sizes(one.counts, two.counts, one.size, two.size)
    sign = np.sign(over(t.O11, t.C1) - over(t.O12, t.C2))
    safe = conservative_log_ratios(t, alpha=level.alpha, vocabulary=level.vocabulary)
    g2 = association.g2(t)
    order = np.lexsort((-g2 * sign, -safe))  # ties stay in the order of the words
    columns: dict[str, Any] = {
        "word": np.fromiter(one.words, object, len(one.words)),
        "target": one.counts,
        "reference": two.counts,
        "target_per_10k": over(PER * t.O11, t.C1),
        "reference_per_10k": over(PER * t.O12, t.C2),
        "log_ratio": association.log_ratio(t),
        "conservative_log_ratio": safe,
        "g2": g2,
        **{name: formulas.MORE[name](t) for name in level.measures},
        "p": sides.p,
        "q": np.full(len(order), np.nan),
        "target_range": one.range,
        "reference_range": two.range,
        "direction": DIRECTIONS[sign.astype(int) + 1],
    }
    frame = pd.DataFrame({name: _column(name, values[order]) for name, values in columns.items()})
    if listed:
        frame["reference_range"] = pd.Series([pd.NA] * len(order), dtype="Int64")
    return frame


def _column(name: str, values: NDArray[Any]) -> pd.Series:
    """Return one column of the table; words stay Python objects, and so they are compared."""
    return pd.Series(values, dtype=object if name == "word" else None)


def with_q(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with q over all its rows; a word in more articles weighs more."""
    articles = (frame["target_range"] + frame["reference_range"]).to_numpy(float)
    frame["q"] = q_values(frame["p"], np.clip(articles, 1, FULL))
    return frame


def found(frame: pd.DataFrame, unit: str) -> str:
    """Return how many words the conservative log ratio sets apart."""
    value = frame["conservative_log_ratio"]
    more, fewer = int((value > 0).sum()), int((value < 0).sum())
    return f"{more:,} key in target, {fewer:,} in reference, of {len(frame):,} {unit}"
