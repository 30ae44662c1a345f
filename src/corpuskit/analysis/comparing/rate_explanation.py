"""One rate or one difference, told in full: its counts, its formula with the numbers in it."""

from __future__ import annotations

import difflib
from typing import Any

import pandas as pd

from ...errors import refuse
from ...result import Result, counted, number, probability
from .intervals import METHODS
from .samples import PER_WORDS

SOURCES = {
    "log-t": "Efron & Tibshirani 1993, chapter 6; Hesterberg 2015; t: Satterthwaite 1946",
    "percentile": "Efron & Tibshirani 1993",
    "bootstrap-t": "Efron & Tibshirani 1993, chapter 12; Hesterberg 2015",
}
MOVER = "; of two rates: Zou & Donner 2008"


def place(labels: list[str], row: str | int) -> int:
    """Return the number of a row, given as its label or its number; otherwise raise."""
    if isinstance(row, int) and not isinstance(row, bool) and 0 <= row < len(labels):
        return row
    if isinstance(row, str) and row in labels:
        return labels.index(row)
    near = difflib.get_close_matches(str(row), labels, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]!r}?" if near else "to_frame() shows the rows it has."
    refuse("row", "the label or the number of a row of this table", row, remedy)


def row_of(
    frame: pd.DataFrame,
    column: str,
    row: str | int,
    among: tuple[str, str, str | None] = ("", "", None),
) -> int:
    """Return the number of a row; `among` = an argument, its column and the value it asks for."""
    rows = list(range(len(frame)))
    name, at, value = among
    if value is not None:
        known = frame[at].tolist()
        if value not in known:
            near = difflib.get_close_matches(str(value), known, n=1, cutoff=0.5)
            remedy = f"Did you mean {near[0]!r}?" if near else "to_frame() shows the rows it has."
            refuse(name, f"a {name} of this table", value, remedy)
        rows = [n for n in rows if known[n] == value]
    labels = frame[column].tolist() if column else ["the corpus"] * len(frame)
    return rows[place([str(labels[n]) for n in rows], row)]


def rate(result: Result, at: int, rows: pd.DataFrame, of: dict[str, object]) -> Result:
    """Return a rate in full, beside all `rows` together; `of` says whose it is, label last."""
    one = result.frame.iloc[at]
    label = str(list(of.values())[-1]) if of else "the corpus"
    sides = [(label, int(one["hits"]), int(one["words"]))]
    sides += [("all rows", int(rows["hits"].sum()), int(rows["words"].sum()))] if of else []
    table = pd.DataFrame(
        {
            "row": pd.Series([side[0] for side in sides], dtype=object),
            "hits": [side[1] for side in sides],
            "other words": [side[2] - side[1] for side in sides],
            "words": [side[2] for side in sides],
            "per_10k": [_per(*side[1:]) for side in sides],
        }
    )
    notes = (
        _rate_line("per_10k", *sides[0][1:]),
        _zero_line(result, sides[0][1:]),
        *([_beside(sides)] if of else []),
        interval_line(result, one, _articles(result, int(one["articles"]))),
    )
    params = {"pattern": result.params["pattern"]} | of
    return Result(table, params, notes, _found(*sides[0][1:]), {"per_10k": 2}, "Rate")


def difference(result: Result, counts: pd.DataFrame, row: str | int, pattern: str | None) -> Result:
    """Return a difference in full: the 2x2 table and what is made of it."""
    by = str(result.params["by"])
    frame, at = result.frame, row_of(result.frame, by, row, ("pattern", "pattern", pattern))
    one, of = frame.iloc[at], {str(k): v for k, v in counts.iloc[at].items()}
    group, rest = (of["hits"], of["words"]), (of["rest_hits"], of["rest_words"])
    label, sides = str(one[by]), (group, rest)
    both = _articles(result, int(of["articles"])), _articles(result, int(of["rest_articles"]))
    notes = [
        "expected = row total × column total / all words.",
        _rate_line("per_10k", *group),
        _rate_line("rest_per_10k", *rest),
        f"difference = {number(one['per_10k'], 2)} - {number(one['rest_per_10k'], 2)} = "
        f"{number(one['difference'], 2)} hits per {PER_WORDS:,} words.",
        _zero_line(result, group, rest),
        _direction(label, float(one["difference"])),
        interval_line(result, one, *both),
        *_test_line(result, one),
    ]
    table = _two_by_two(label if label not in ("row", "rest", "total") else "group", sides)
    params = {"pattern": one["pattern"], by: label}
    return Result(table, params, tuple(notes), _found(*group), {}, "Difference")


def _two_by_two(label: str, sides: tuple[tuple[int, int], tuple[int, int]]) -> pd.DataFrame:
    """Return hits and other words of the group and the rest, observed and expected."""
    (a, c), (b, d) = sides
    total, hits = c + d, a + b
    expected = [[hits * size / total if total else 0.0 for size in (c, d)]]
    expected += [[size - cell for size, cell in zip((c, d), expected[0], strict=True)], [c, d]]
    return pd.DataFrame(
        {
            "row": pd.Series(["hits", "other words", "words"], dtype=object),
            label: [a, c - a, c],
            "rest": [b, d - b, d],
            "total": [hits, total - hits, total],
            f"expected: {label}": [float(line[0]) for line in expected],
            "expected: rest": [float(line[1]) for line in expected],
        }
    )


def _per(hits: int, words: int) -> float:
    """Return hits per 10,000 words; 0 without words."""
    return PER_WORDS * hits / words if words else 0.0


def _found(hits: int, words: int) -> str:
    """Return the counts in words."""
    return f"{counted(hits, 'hit')} in {counted(words, 'word')}"


def _rate_line(name: str, hits: int, words: int) -> str:
    """Return a rate with its numbers."""
    inside = f"{PER_WORDS:,} × {hits:,} / {words:,} = {number(_per(hits, words), 2)}"
    inside = inside if words else "0.00 by rule, for there are no words:"
    return f"{name} = {PER_WORDS:,} × Σ hits / Σ words = {inside} hits per {PER_WORDS:,} words."


def _zero_line(result: Result, *sides: tuple[int, int]) -> str:
    """Return the zero rule, and whether it was used."""
    used = "no words" if any(not words for _, words in sides) else ""
    used = used or ("no hits" if any(not hits for hits, _ in sides) else "")
    here = f"it applies here ({used})" if used else "not needed here"
    none = "is 0 in every draw, its interval 0 to 0"
    if _method(result) == METHODS[0]:
        none = "has the interval 0 to -ln(1 - level) / words (rule of three)"
    return f"Zero rule: a rate without words is 0; one without hits {none}: {here}."


def _method(result: Result) -> str:
    """Return how the intervals of a result were made."""
    return str(result.params.get("interval", METHODS[0]))


def _shape_line(one: Any, drawn: int) -> str:
    """Return where the ends of a log-t interval stand, with their numbers."""
    if drawn > 1:
        return " The log-t ends of both rates are joined (MOVER)."
    if not one["per_10k"] or not one["low"]:
        return ""
    factor = number(one["per_10k"] / one["low"], 3)
    most = f" (at most {PER_WORDS:,})" if one["high"] >= PER_WORDS else ""
    return f" low = per_10k / f, high = per_10k × f{most}, f = exp(t × se / per_10k) = {factor}."


def _beside(sides: list[tuple[str, int, int]]) -> str:
    """Return on which side of all rows together the rate lies."""
    own, every = (_per(*side[1:]) for side in sides)
    relation = "as high as" if own == every else "higher than" if own > every else "lower than"
    return f"Direction: {relation} the {number(every, 2)} of all rows together."


def _direction(label: str, value: float) -> str:
    """Return which side has more."""
    side = "as many in the group as in the rest" if value == 0 else ""
    side = side or ("more in the group than in the rest" if value > 0 else "fewer in the group")
    return f"Direction: difference = {label} - rest: {side}."


def _articles(result: Result, n: int) -> str:
    """Return what was drawn: articles, or stories."""
    if result.params.get("unit") == "story":
        return f"{n:,} {'story' if n == 1 else 'stories'}"
    return counted(n, "article")


def interval_line(result: Result, one: Any, *drawn: str) -> str:
    """Return where low and high come from."""
    ends = f"[{number(one['low'], 2)}, {number(one['high'], 2)}]"
    if any(text.split()[0] in ("0", "1") for text in drawn):
        return f"Interval: none, low and high repeat the value: {' against '.join(drawn)}."
    params: Any = result.params
    method = _method(result)
    how = f"{params['draws']:,} corpora of {' and '.join(drawn)} drawn with replacement"
    kind = f"{100 * params['level']:g} % {method} interval"
    source = SOURCES[method] + (MOVER if len(drawn) > 1 and method != "percentile" else "")
    shape = _shape_line(one, len(drawn)) if method == METHODS[0] else ""
    return f"Interval: {ends}, {kind}, {how}, seed {params['seed']}.{shape} {source}."


def _test_line(result: Result, one: Any) -> tuple[str, ...]:
    """Return where p comes from, if it was asked for."""
    if "p" not in one:
        return ()
    m = int(result.params["draws"])  # type: ignore[call-overload]
    b = round(float(one["p"]) * (m + 1)) - 1
    sum_ = f"p = (b + 1) / (m + 1) = ({b:,} + 1) / ({m:,} + 1) = {probability(one['p'], 4)}"
    how = "b of m permutations are at least as far apart, in either direction"
    return (f"{sum_}: {how}. Phipson & Smyth 2010.",)
