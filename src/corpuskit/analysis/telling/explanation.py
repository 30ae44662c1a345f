"""One row of a statistic, told in full: the 2x2 table, the formulas with the numbers in them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import numpy as np
import pandas as pd

from ...corpus.columns.folding import fold
from ...errors import refuse
from ...measures import association
from ...measures.table import Table
from ...result import Result, number

EXPECTED = "expected = row total × column total / N."


def row_of(frame: pd.DataFrame, word: str) -> int:
    """Return the row of a word (in any spelling that folds to it); otherwise raise."""
    words = frame["word"].tolist()
    form = fold(word) if isinstance(word, str) else word
    if form in words:
        return words.index(form)
    near = difflib.get_close_matches(str(form), words, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else "to_frame() shows the words it has."
    refuse("word", "a word of this table", word, f"{hint} Rare words fall under the cut-offs.")


def explained(
    word: str, t: Table, columns: tuple[str, str], lines: Iterable[str], title: str
) -> Result:
    """Return observed and expected counts as a Result whose notes are the formulas."""
    first, second = columns
    frame = pd.DataFrame(
        {
            "row": pd.Series([word, "all other words", "total"], dtype=object),
            first: _counts(t.O11, t.O21, t.C1),
            second: _counts(t.O12, t.O22, t.C2),
            "total": _counts(t.R1, t.R2, t.N),
            f"expected: {first}": [float(cell) for cell in (t.E11, t.E21, t.C1)],
            f"expected: {second}": [float(cell) for cell in (t.E12, t.E22, t.C2)],
        }
    )
    notes = (EXPECTED, direction_line(t, columns), *lines)
    summary = f"{_n(t.O11)} observed, {number(float(t.E11))} expected in {first}"
    return Result(frame, {"word": word}, notes, summary, {}, title)


def _counts(*cells: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[int]:
    """Return cells as whole numbers."""
    return [round(float(cell)) for cell in cells]


def _n(count: object) -> str:
    """Return a count for people; 0.5 keeps its digit."""
    value = float(count)  # type: ignore[arg-type]
    return f"{value:,.0f}" if value == round(value) else f"{value:,}"


def direction_line(t: Table, columns: tuple[str, str]) -> str:
    """Return which column has more of the word than chance would give it."""
    observed, expected = float(t.O11), float(t.E11)
    sides = {1: f"more in {columns[0]}", -1: f"more in {columns[1]}", 0: "even"}
    sign = int(np.sign(float(t.deviation)))
    relation = {1: "more than", -1: "fewer than", 0: "as many as"}[sign]
    found = f"{_n(observed)} observed, {relation} the {number(expected)} expected"
    return f"Direction: {found}: {sides[sign]}."


def g2_line(t: Table) -> str:
    """Return G2 with its numbers."""
    cells = [(t.O11, t.E11), (t.O12, t.E12), (t.O21, t.E21), (t.O22, t.E22)]
    terms = [f"{_n(o)} ln({_n(o)} / {number(float(e))})" for o, e in cells if o > 0]
    inside = " + ".join(terms) or "0"
    value = number(float(association.g2(t)))
    rule = "Zero rule: 0 ln 0 = 0. It has no direction. Dunning 1993."
    return f"g2 = 2 Σ O ln(O / E) = 2 × ({inside}) = {value}. {rule}"


def log_ratio_line(t: Table) -> str:
    """Return the log ratio with its numbers."""
    value = number(float(association.log_ratio(t)))
    rule = "Zero rule: a count of 0 becomes 0.5, and only the zero. Hardie 2014."
    if not (t.C1 > 0 and t.C2 > 0):
        return f"log_ratio = {value}: a column is empty, there is nothing to compare. {rule}"
    a, b = (_n(count if count else 0.5) for count in (t.O11, t.O12))
    inside = f"({a} / {_n(t.C1)}) / ({b} / {_n(t.C2)})"
    return f"log_ratio = log2({inside}) = {value} bits. {rule}"


def conservative_line(t: Table, alpha: float, vocabulary: int) -> str:
    """Return what the interval of the log ratio shows."""
    value = float(association.conservative_log_ratio(t, alpha=alpha, vocabulary=vocabulary))
    said = "holds 0" if value == 0 else "does not hold 0; this is its end nearest 0"
    level = f"alpha {alpha:g} / {vocabulary:,} words (Bonferroni), two-sided, Clopper-Pearson"
    return (
        f"conservative_log_ratio = {number(value)} bits: the interval of log_ratio, {level}, "
        f"{said}. No zero rule is needed. Evert 2022."
    )


def log_dice_line(t: Table) -> str:
    """Return logDice with its numbers."""
    value = number(float(association.log_dice(t)))
    found = _n(t.O11 if t.O11 else 0.5)
    inside = f"2 × {found} / ({_n(t.R1)} + {_n(t.C1)})"
    return f"log_dice = 14 + log2({inside}) = {value}; at most 14. Rychly 2008."


def mi_line(t: Table) -> str:
    """Return mutual information with its numbers."""
    value = number(float(association.mi(t)))
    found = _n(t.O11 if t.O11 else 0.5)
    inside = f"{found} / {number(float(t.E11))}"
    return f"mi = log2(O11 / E11) = log2({inside}) = {value} bits. Church & Hanks 1990."
