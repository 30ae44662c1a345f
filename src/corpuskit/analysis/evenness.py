"""Where a dispersion comes from: each article's share of the words beside its share of the hits."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..corpus.columns.store import Ints
from ..corpus.finding.find import Hits
from ..errors import refuse
from ..measures import dispersion as measures
from ..measures.table import Floats, over
from ..result import Result, counted, number

SHOWN_TERMS = 4  # of a sum over articles, the largest


@dataclass(frozen=True, eq=False)
class Spread:
    """What is spread over the articles: the ids, words and occurrences of each, and the name."""

    label: str
    ids: Sequence[str]
    words: Ints
    found: Ints

    @classmethod
    def of(cls, label: str, hits: Hits) -> Spread:
        """Return the spread of hits over the articles of their corpus."""
        corpus = hits.corpus
        ids = [corpus.source(n).id for n in corpus.selected.tolist()]
        return cls(label, ids, corpus.words_per_article(), hits.per_article())

    @property
    def can_be_uneven(self) -> bool:
        """Whether there are hits, and two articles or more for them to stand in."""
        return bool(self.found.sum() > 0 and np.count_nonzero(self.words) > 1)

    @property
    def shares(self) -> tuple[Floats, Floats]:
        """Share of the words and share of the hits of each article: s and v."""
        return over(self.words, self.words.sum()), over(self.found, self.found.sum())


def row_labelled(frame: pd.DataFrame, label: object, name: str = "row") -> int:
    """Return the number of the row whose first column says `label`; otherwise raise."""
    labels = [str(value) for value in frame.iloc[:, 0]]
    if str(label) in labels:
        return labels.index(str(label))
    near = difflib.get_close_matches(str(label), labels, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else "to_frame() shows the rows it has."
    refuse(name, f"a value of the column {frame.columns[0]}", label, hint)


def explained_spread(
    spread: Spread, names: Sequence[str], lines: Iterable[str], title: str
) -> Result:
    """Return the articles with both shares as a Result whose notes are the formulas.

    Columns: article (str), words, hits (int), s, v (float, shares of all words and of all
    hits), difference (float, |s - v|); the largest differences first, then by article.
    """
    s, v = spread.shares
    frame = pd.DataFrame(
        {
            "article": pd.Series(spread.ids, dtype=object),
            "words": spread.words,
            "hits": spread.found,
            "s": s,
            "v": v,
            "difference": np.abs(s - v),
        }
    )
    by_name = np.unique(np.array(spread.ids, str), return_inverse=True)[1]
    order = np.lexsort((by_name, -np.round(frame["difference"], 12)))
    frame = frame.iloc[order].reset_index(drop=True)
    notes = [
        "s = words of the article / all words, v = its hits / all hits, difference = |s - v|.",
        *(_figure_line(name, spread) for name in names),
        _rule_line(spread),
        _direction_line(spread, names),
        "Interval: none; the figures describe these articles and estimate nothing.",
        *lines,
    ]
    hits, parts = counted(int(spread.found.sum()), "hit"), counted(len(spread.ids), "article")
    summary = f"{hits} in {int(measures.part_range(spread.found)):,} of {parts}"
    return Result(frame, {"row": spread.label}, tuple(notes), summary, {}, title)


def _figure_line(name: str, spread: Spread) -> str:
    """Return a measure with its numbers, or that the zero rule gives it."""
    if spread.can_be_uneven:
        return _LINES[name](spread)
    value = float(getattr(measures, name)(spread.found, spread.words))
    return f"{name} = {number(value)}, by the zero rule."


def _rule_line(spread: Spread) -> str:
    """Return the zero rule, and whether it was needed here."""
    said = "without hits, or with fewer than two articles with words, nothing can be uneven"
    here = "Not needed here." if spread.can_be_uneven else "It decides here."
    return f"Zero rule: {said}: the value is that of an even spread. {here}"


def _direction_line(spread: Spread, names: Sequence[str]) -> str:
    """Return which end of the scales is even, and where most of the hits are."""
    rising = [name for name in names if name in ("dp", "dp_norm", "kld")]
    falling = [name for name in names if name not in rising]
    ends = f"Direction: {', '.join(rising)}: 0 = even, larger = clumped"
    ends += f"; {', '.join(falling)}: 1 = even, smaller = clumped." if falling else "."
    if not spread.can_be_uneven:
        return ends
    s, v = spread.shares
    most = int(np.argmax(np.round(v - s, 12)))
    if v[most] <= s[most]:
        return f"{ends} Every article has its share."
    told = f"{v[most]:.1%} of the hits in {s[most]:.1%} of the words"
    return f"{ends} Furthest above its share: {spread.ids[most]}, with {told}."


def _sum(terms: Floats) -> str:
    """Return a sum with its largest terms, and how many more there are."""
    largest = sorted((float(term) for term in np.atleast_1d(terms) if term), key=lambda x: -abs(x))
    told = " + ".join(number(term) for term in largest[:SHOWN_TERMS]) or "0"
    told = told.replace("+ -", "- ")
    more = len(largest) - SHOWN_TERMS
    return f"({told} + {more:,} more)" if more > 0 else f"({told})"


def _dp_line(spread: Spread) -> str:
    """Return DP with its numbers."""
    s, v = spread.shares
    value = number(float(measures.dp(spread.found, spread.words)))
    return f"dp = ½ Σ |s - v| = ½ × {_sum(np.abs(s - v))} = {value}. Gries 2008."


def _dp_norm_line(spread: Spread) -> str:
    """Return DPnorm with its numbers."""
    dp, norm = (measure(spread.found, spread.words) for measure in (measures.dp, measures.dp_norm))
    s = spread.shares[0]
    least = number(float(s[s > 0].min()) if (s > 0).any() else 0.0, 4)
    numbers = f"{number(float(dp))} / (1 - {least})"
    return f"dp_norm = dp / (1 - min s) = {numbers} = {number(float(norm))}. Lijffijt & Gries 2012."


def _rates(spread: Spread) -> Floats:
    """Return the rate of each article that has words."""
    return over(spread.found, spread.words)[spread.words > 0]


def _juilland_line(spread: Spread) -> str:
    """Return Juilland's D with its numbers."""
    p = 10_000 * _rates(spread)
    value = number(float(measures.juilland_d(spread.found, spread.words)))
    mean, sd = (float(p.mean()), float(p.std())) if len(p) else (0.0, 0.0)
    numbers = f"1 - ({number(sd)} / {number(mean)}) / √({len(p):,} - 1)"
    said = "p = hits per 10,000 words of an article, n = articles with words"
    return (
        f"juilland_d = 1 - (sd(p) / mean(p)) / √(n - 1) = {numbers} = {value}; {said}. Gries 2020."
    )


def _carroll_line(spread: Spread) -> str:
    """Return Carroll's D2 with its numbers."""
    p = _rates(spread)
    q = over(p, p.sum())
    value = number(float(measures.carroll_d2(spread.found, spread.words)))
    entropy = -float((q[q > 0] * np.log2(q[q > 0])).sum()) + 0.0
    numbers = f"{number(entropy)} / log2 {len(p):,}"
    said = "q = rate of an article / sum of all rates"
    return f"carroll_d2 = -Σ q log2 q / log2 n = {numbers} = {value}; {said}. Gries 2020."


def _rosengren_line(spread: Spread) -> str:
    """Return Rosengren's S with its numbers."""
    value = number(float(measures.rosengren_s(spread.found, spread.words)))
    roots = np.sqrt(spread.shares[0] * spread.found)
    numbers = f"{_sum(roots)}² / {int(spread.found.sum()):,}"
    return f"rosengren_s = (Σ √(s f))² / Σ f = {numbers} = {value}; f = hits. Gries 2020."


def _kld_line(spread: Spread) -> str:
    """Return the Kullback-Leibler divergence with its numbers."""
    s, v = spread.shares
    terms = [a * math.log2(a / b) for a, b in zip(v.tolist(), s.tolist(), strict=True) if a * b > 0]
    value = number(float(measures.kld(spread.found, spread.words)))
    return f"kld = Σ v log2(v / s) = {_sum(np.array(terms))} = {value} bits. Gries 2020."


_LINES = {
    "dp": _dp_line,
    "dp_norm": _dp_norm_line,
    "juilland_d": _juilland_line,
    "carroll_d2": _carroll_line,
    "rosengren_s": _rosengren_line,
    "kld": _kld_line,
}
