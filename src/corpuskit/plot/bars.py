"""Words and n-grams as bars: how often, and how much more in one corpus than in another."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import one_of
from ..result import Result, counted
from .labels import figure, plain
from .paper import BLUE, ORANGE, VERMILLION, cut_note, parts_of, records, table, title
from .record import MOST_ROWS, Drawing
from .rows import Mark, bars, row_chart, whole_bars

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def frequency_list(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw the words of a frequency list as horizontal bars, the most frequent on top.

    Parameters
    ----------
    result
        What `frequency_list` returned; with groups, the first words of each group are drawn as
        rates, so that groups of different size can be compared.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Bars in occurrences (in groups: per 10,000 words), at most 30 rows; beside each bar its
        rate per 10,000 words and in how many articles it stands.
    """
    return _counted(result, "word", "Most frequent words", ax)


def ngrams(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw n-grams as horizontal bars, the most frequent on top.

    Parameters
    ----------
    result
        What `ngrams` returned.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Bars in occurrences (in groups: per 10,000 words), at most 30 rows.
    """
    n = result.params.get("n", "") if isinstance(result, Result) else ""
    name = f"Most frequent {n}-grams" if n else "Most frequent n-grams"
    return _counted(result, "ngram", name, ax)


def keyness(result: Result, *, measure: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw key words as bars to the right (target) and to the left (reference).

    Parameters
    ----------
    result
        What `keyness` returned.
    measure
        "conservative_log_ratio" or "log_ratio", both in bits: the length of the bars. None takes
        the conservative one if it differs from 0 for any word, otherwise the plain one.
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        At most 15 words a side, those with most evidence (conservative log ratio, then G2); beside
        each bar the counts in target and reference. A table with `by` has its first ten groups,
        each under its name and with as many words a side as there is room for.

    Raises
    ------
    ValueError
        If `measure` is another word, or `result` is not of `keyness`.
    """
    wanted = ("word", "target", "reference", "log_ratio", "conservative_log_ratio", "g2")
    frame = table(result, wanted, "keyness")
    safe = "conservative_log_ratio"
    if measure is None:
        measure = safe if (frame[safe] != 0).any() else "log_ratio"
    measure = one_of("measure", measure, (safe, "log_ratio"))
    group = str(frame.columns[0]) if frame.columns[0] != "word" else ""
    marks, each = _key_groups(frame, measure, group) if group else _key_side(frame, measure)
    shown = sum(not mark.heading for mark in marks)
    cut = cut_note(shown, len(frame), "rows" if group else "words")
    drawing = Drawing(
        kind="diverging bars",
        title=title(result, "Key words"),
        x=f"{measure.replace('_', ' ')} in bits: right = more in target, left = more in reference",
        y=f"word within {plain(group)}" if group else "word",
        marks="bar",
        notes=(
            "beside: counts in target / reference",
            *(f"{note}: at most {each} a side, none at 0" for note in cut),
        ),
    )
    return row_chart(drawing, marks, bars, ax, digits=2, empty="no key words")


def _key_side(frame: pd.DataFrame, measure: str) -> tuple[list[Mark], int]:
    """Return the bars of one comparison, and how many a side there may be."""
    half = MOST_ROWS // 2
    return _key_marks(_both_sides(frame, measure, half), measure), half


def _key_groups(frame: pd.DataFrame, measure: str, group: str) -> tuple[list[Mark], int]:
    """Return the bars of the first groups, each under its name, and how many a side."""
    parts = parts_of(frame, group)[: MOST_ROWS // 3]
    each = max(1, (MOST_ROWS // max(1, len(parts)) - 1) // 2)
    marks: list[Mark] = []
    for label, part in parts:
        rows = _key_marks(_both_sides(part, measure, each), measure)
        marks += [Mark.named(plain(label)), *rows] if rows else []
    return marks, each


def _both_sides(frame: pd.DataFrame, measure: str, half: int) -> pd.DataFrame:
    """Return up to `half` words a side with most evidence, from most target to most reference."""
    values = frame[measure].tolist()
    evidence = zip(
        -frame["conservative_log_ratio"].abs(), -frame["g2"], frame["word"], count(), strict=False
    )
    order = [row for *_, row in sorted(evidence)]
    sides = [[n for n in order if sign * values[n] > 0][:half] for sign in (1, -1)]
    rows = [row for side in sides for row in side]
    words = frame["word"].tolist()
    return frame.iloc[sorted(rows, key=lambda n: (-values[n], words[n]))]


def _key_marks(frame: pd.DataFrame, measure: str) -> list[Mark]:
    """Return one bar a key word."""
    return [
        Mark(
            row["word"],
            row[measure],
            side=f"{row['target']:,} / {row['reference']:,}",
            colour=BLUE if row[measure] > 0 else VERMILLION,
            also=(row["target"], row["reference"]),
        )
        for row in records(frame)
    ]


def _counted(result: Result, unit: str, name: str, ax: Axes | None) -> Axes:
    """Draw a table of counted things as bars, in groups if its first column is a group."""
    frame = table(result, (unit, "count", "per_10k", "range"), unit)
    group = str(frame.columns[0]) if frame.columns[0] != unit else ""
    marks, note = _groups(frame, unit, group) if group else (_plain_marks(frame, unit), ())
    empty = "no words" if unit == "word" else "no n-grams"
    drawing = Drawing(
        kind="horizontal bars",
        title=title(result, name),
        x="per 10,000 words" if group else "occurrences",
        y=f"{unit} within {plain(group)}" if group else unit,
        marks="bar",
        notes=note,
    )
    draw, digits = (bars, 1) if group else (whole_bars, 0)
    return row_chart(drawing, marks, draw, ax, digits=digits, empty=empty)


def _plain_marks(frame: pd.DataFrame, unit: str) -> list[Mark]:
    """Return one bar a row, as long as its count."""
    return [
        Mark(
            row[unit],
            row["count"],
            side=f"{figure(row['per_10k'])} per 10,000 · {counted(row['range'], 'article')}",
            also=(row["per_10k"], row["range"]),
        )
        for row in records(frame)
    ]


def _groups(frame: pd.DataFrame, unit: str, group: str) -> tuple[list[Mark], tuple[str, ...]]:
    """Return the first rows of each group under its name, and the note of what is left out."""
    parts = parts_of(frame, group)[: MOST_ROWS // 2]
    each = max(1, MOST_ROWS // max(1, len(parts)) - 1)
    marks: list[Mark] = []
    for number, (label, part) in enumerate(parts):
        marks.append(Mark.named(plain(label)))
        marks += _group_marks(part.head(each), unit, BLUE if number % 2 == 0 else ORANGE)
    shown = sum(not mark.heading for mark in marks)
    return marks, cut_note(shown, len(frame))


def _group_marks(frame: pd.DataFrame, unit: str, colour: str) -> list[Mark]:
    """Return one bar a row of one group, as long as its rate."""
    return [
        Mark(
            row[unit],
            row["per_10k"],
            side=f"{row['count']:,} in {counted(row['range'], 'article')}",
            colour=colour,
            also=(row["count"], row["range"]),
        )
        for row in records(frame)
    ]
