"""The association measures that are columns on request, and their formulas in numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from ...measures import association
from ...measures.table import Floats, Table, half
from ...result import number

MORE: dict[str, Callable[[Table], Floats]] = {
    "g2_two_term": association.g2_two_term,
    "simple_ll": association.simple_ll,
    "chi2": association.chi2,
    "chi2_yates": partial(association.chi2, yates=True),
    "bic": association.bic,
    "ell": association.ell,
    "t_score": association.t_score,
    "z_score": association.z_score,
    "mi3": association.mi3,
    "local_mi": association.local_mi,
    "dice": association.dice,
    "min_sensitivity": association.min_sensitivity,
    "liddell": association.liddell,
    "log_ratio_walter": association.log_ratio_walter,
    "relative_risk": association.relative_risk,
    "odds_ratio": association.odds_ratio,
    "delta_p_column": association.delta_p_column,
    "delta_p_row": association.delta_p_row,
    "percent_diff": association.percent_diff,
    "simple_maths": association.simple_maths,
}
DIGITS = dict.fromkeys(MORE, 2) | {
    "g2_two_term": 1,
    "simple_ll": 1,
    "chi2": 1,
    "chi2_yates": 1,
    "bic": 1,
    "ell": 5,
    "local_mi": 1,
    "dice": 4,
    "min_sensitivity": 4,
    "liddell": 4,
    "delta_p_column": 3,
    "delta_p_row": 4,
    "percent_diff": 1,
}

_EMPTY = "Zero rule: an empty row or column gives {}."
_HALF = "Zero rule: a count of 0 becomes 0.5, and only the zero."

# name: the formula, the formula in numbers, what must be known with it, the source
_TOLD = {
    "g2_two_term": (
        "2 (O11 ln(O11 / E11) + O12 ln(O12 / E12))",
        "2 × ({O11} ln({half11} / {E11}) + {O12} ln({half12} / {E12}))",
        "Zero rule: 0 ln 0 = 0. Without the second row; it has no direction.",
        "Rayson & Garside 2000",
    ),
    "simple_ll": (
        "2 (O11 ln(O11 / E11) - (O11 - E11))",
        "2 × ({O11} × ln({half11} / {E11}) - ({O11} - {E11}))",
        "Zero rule: 0 ln 0 = 0. It has no direction.",
        "Evert 2008",
    ),
    "chi2": (
        "N (O11 O22 - O12 O21)² / (R1 R2 C1 C2)",
        "{N} × ({O11} × {O22} - {O12} × {O21})² / ({R1} × {R2} × {C1} × {C2})",
        _EMPTY.format(0) + " It has no direction.",
        "Evert 2008",
    ),
    "chi2_yates": (
        "N (|O11 O22 - O12 O21| - N / 2)² / (R1 R2 C1 C2)",
        "{N} × (|{O11} × {O22} - {O12} × {O21}| - {N} / 2)² / ({R1} × {R2} × {C1} × {C2})",
        "The difference stops at 0. " + _EMPTY.format(0) + " It has no direction.",
        "Evert 2008",
    ),
    "bic": (
        "g2 - ln N",
        "{g2} - ln({N})",
        "Above 2 there is evidence, above 10 it is very strong. It has no direction.",
        "Wilson 2013",
    ),
    "ell": (
        "g2 / (N ln E_min)",
        "{g2} / ({N} × ln({least}))",
        "Zero rule: 0 where the smallest expected count, E_min, is 1 or less.",
        "Johnston et al. 2006",
    ),
    "t_score": (
        "(O11 - E11) / √O11",
        "({O11} - {E11}) / √{half11}",
        "Zero rule: an O11 of 0 counts as 0.5 under the root.",
        "Evert 2008",
    ),
    "z_score": (
        "(O11 - E11) / √E11",
        "({O11} - {E11}) / √{E11}",
        "Zero rule: 0 where nothing is expected.",
        "Evert 2008",
    ),
    "mi3": ("log2(O11³ / E11)", "log2({half11}³ / {E11})", _HALF + " In bits.", "Evert 2008"),
    "local_mi": (
        "O11 log2(O11 / E11)",
        "{O11} × log2({half11} / {E11})",
        "Zero rule: 0 where O11 is 0. In bits.",
        "Evert 2008",
    ),
    "dice": (
        "2 O11 / (R1 + C1)",
        "2 × {O11} / ({R1} + {C1})",
        "0 to 1, 1 = always together. " + _EMPTY.format(0),
        "Evert 2008",
    ),
    "min_sensitivity": (
        "min(O11 / R1, O11 / C1)",
        "min({O11} / {R1}, {O11} / {C1})",
        "0 to 1. " + _EMPTY.format(0),
        "Evert 2008",
    ),
    "liddell": (
        "(O11 O22 - O12 O21) / (C1 C2)",
        "({O11} × {O22} - {O12} × {O21}) / ({C1} × {C2})",
        "-1 to 1. " + _EMPTY.format(0),
        "Evert 2008",
    ),
    "log_ratio_walter": (
        "log2(((O11 + 0.5) / (C1 + 0.5)) / ((O12 + 0.5) / (C2 + 0.5)))",
        "log2((({O11} + 0.5) / ({C1} + 0.5)) / (({O12} + 0.5) / ({C2} + 0.5)))",
        "In bits. Zero rule: 0.5 is added to every count and size.",
        "Walter 1975",
    ),
    "relative_risk": (
        "(O11 / C1) / (O12 / C2)",
        "({half11} / {C1}) / ({half12} / {C2})",
        _HALF + " 1 = as often in both.",
        "Hardie 2014",
    ),
    "odds_ratio": (
        "O11 O22 / (O12 O21)",
        "{odds11} × {odds22} / ({odds12} × {odds21})",
        "Zero rule: if a cell is 0, 0.5 is added to all four. 1 = as often in both.",
        "Haldane's rule, Evert 2008",
    ),
    "delta_p_column": (
        "O11 / R1 - O21 / R2",
        "{O11} / {R1} - {O21} / {R2}",
        "How much the word foretells a window. " + _EMPTY.format(0),
        "Gries 2013",
    ),
    "delta_p_row": (
        "O11 / C1 - O12 / C2",
        "{O11} / {C1} - {O12} / {C2}",
        "How much a window foretells the word. " + _EMPTY.format(0),
        "Gries 2013",
    ),
    "percent_diff": (
        "100 (O11 / C1 - O12 / C2) / (O12 / C2)",
        "100 × ({O11} / {C1} - {half12} / {C2}) / ({half12} / {C2})",
        "In percent. Zero rule: an O12 of 0 counts as 0.5.",
        "Gabrielatos & Marchi 2012",
    ),
    "simple_maths": (
        "(rate 1 + k) / (rate 2 + k)",
        "(1e6 × {O11} / {C1} + 1) / (1e6 × {O12} / {C2} + 1)",
        "Rates per million words, k = 1, which is the zero rule. 1 = as often in both.",
        "Kilgarriff 2009",
    ),
}


def formula_line(name: str, t: Table, column: str = "a window") -> str:
    """Return a measure of one table with its numbers, its zero rule and its source.

    `column` is what the first column of the table is called in a sentence.
    """
    formula, numbers, rule, source = _TOLD[name]
    rule = rule.replace("a window", column)
    value = number(float(MORE[name](t)), max(DIGITS[name], 3))
    if min(map(float, (t.R1, t.R2, t.C1, t.C2))) == 0:
        return f"{name} = {formula} = {value}; a row or a column is empty. {rule} {source}."
    return f"{name} = {formula} = {numbers.format(**_numbers(t))} = {value}. {rule} {source}."


def _numbers(t: Table) -> dict[str, str]:
    """Return what stands for each name of a formula."""
    counts = {name: getattr(t, name) for name in ("O11", "O12", "O21", "O22", "R1", "R2")}
    counts |= {"C1": t.C1, "C2": t.C2, "N": t.N, "half11": half(t.O11), "half12": half(t.O12)}
    shift = 0.5 if min(float(t.O11), float(t.O12), float(t.O21), float(t.O22)) == 0 else 0.0
    counts |= {f"odds{cell}": getattr(t, f"O{cell}") + shift for cell in ("11", "12", "21", "22")}
    expected = [t.E11, t.E12, t.E21, t.E22]
    least = max(1.0, min(map(float, expected)))
    told = {"E11": t.E11, "E12": t.E12, "g2": association.g2(t), "least": least}
    shown = {name: f"{float(n):,.10g}" for name, n in counts.items()}
    return shown | {name: _close(np.asarray(n, float).item()) for name, n in told.items()}


def _close(value: float) -> str:
    """Return a number for a formula, with enough digits where it is small."""
    return number(value) if abs(value) >= 0.1 or value == 0 else f"{value:.3g}"


def interval_line(t: Table, alpha: float, vocabulary: int) -> str:
    """Return both ends of the interval that the conservative log ratio is taken from."""
    low, high = log_ratio_interval(t, alpha / vocabulary)
    ends = [f"from {number(low)}"] if math.isfinite(low) else ["without a lower end"]
    ends += [f"up to {number(high)}"] if math.isfinite(high) else ["without an upper end"]
    return f"Interval of log_ratio in bits: {', '.join(ends)}; words taken as independent draws."


def log_ratio_interval(t: Table, alpha: float) -> tuple[float, float]:
    """Return the Clopper-Pearson interval of the log ratio of one table, in bits.

    An end is infinite where the count on its side is 0, or where there is nothing to compare.
    """
    a, b = float(t.O11), float(t.O12)
    if not (t.C1 > 0 and t.C2 > 0):
        return -math.inf, math.inf
    shift = math.log2(float(t.C2) / float(t.C1))
    low = _least_odds(a, b, alpha / 2) + shift if a > 0 else -math.inf
    high = shift - _least_odds(b, a, alpha / 2) if b > 0 else math.inf
    return low, high


def _least_odds(a: float, b: float, tail: float) -> float:
    """Return log2 of the lower Clopper-Pearson bound of the odds of `a` against `b`."""
    from scipy.special import betainccinv, betaincinv

    return math.log2(betaincinv(a, b + 1, tail)) - math.log2(betainccinv(b + 1, a, tail))
