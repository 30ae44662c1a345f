"""Rates along the calendar: every period has its row, those without a report too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...corpus.finding.find import Hits
from ...corpus.sharding.partial import answered, carried
from ...errors import kind, one_of, refuse, whole
from ...measures.table import over
from ...result import Result, counted
from . import rate_explanation as explanation
from .intervals import NUMBERS, SHOWN, Resampling, rate_row, refuse_figure, resampling, typed
from .periods import EVERY, all_between, day_of, label_of
from .samples import PER_WORDS, Sample, counted_articles

UNDATED = "(none)"
FIGURES = ("articles", "words", "hits", "per_10k", "low", "high")
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, repr=False)
class Trend(Result):
    """Rates by period; `.explain(row)` shows where a row comes from."""

    @carried
    def explain(self, row: str | int = 0, group: str | None = None) -> Result:
        """Return the counts of a row and its formula with the numbers in it.

        Parameters
        ----------
        row
            The label of a period, or the number of a row, 0 = the first.
        group
            Which of several groups, where `row` is a label; the first if None.

        Returns
        -------
        Result
            row, hits, other words, words (int), per_10k (float): the period, and all rows (of
            the group) together. The notes are the formula, the zero rule, the direction, the
            interval and its source.

        Raises
        ------
        ValueError
            If there is no such row.
        """
        by = str(self.params.get("by", ""))
        if group is not None and not by:
            refuse("group", "None where there are no groups", group, "Give trend(hits, by=...).")
        at = explanation.row_of(self.frame, "period", row, ("group", by, group))
        one = self.frame.iloc[at]
        rows = self.frame[self.frame[by] == one[by]] if by else self.frame
        group_of = {by: one[by]} if by else {}
        return explanation.rate(self, at, rows, {**group_of, "period": one["period"]})


@answered
def trend(
    hits: Hits,
    every: str = "day",
    *,
    by: str | None = None,
    smooth: int | None = None,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
    unit: str = "article",
    stories: object = None,
    interval: str = "log-t",
) -> Trend:
    """Return hits per 10,000 words for every day, week or month, with an interval over articles.

    Parameters
    ----------
    hits
        What `corpus.find` returned.
    every
        "day", "week" (ISO weeks, named by their Monday) or "month".
    by
        Column of `corpus.articles`: a series for each of its groups, all over the same periods.
    smooth
        None: nothing is smoothed. An odd number of periods: a column more, the rate of so many
        periods together, the period in their middle.
    level, draws, seed, unit, stories, interval
        As for `rates`. With unit="story" a story stands in the period of its earliest article.

    Returns
    -------
    Trend
        (the column `by`,) period (str), articles, words, hits (int), per_10k, low, high (float,
        hits per 10,000 words), and smoothed (float) on request. Every period from the first date
        to the last is a row, in order; the last row, "(none)", is for articles without a date.
        `.explain(row)` shows a row's counts and formula.

    Raises
    ------
    ValueError
        If there is no column `by`, an option is out of range, or stories are missing.

    Notes
    -----
    Rate = Σ hits / Σ words of the period; smoothed = Σ hits / Σ words of several, not a mean of
    rates, so that a thin day weighs little. The trap: a period without articles has the rate 0 by
    rule, which says nothing about the pattern; look at `articles` first.

    Examples
    --------
    >>> import corpuskit as ck
    >>> from corpuskit.analysis.comparing.trends import trend
    >>> rows = [("2026-01-05", "A pact."), ("2026-01-07", "A pact is a pact."), ("", "No.")]
    >>> corpus = ck.Corpus.from_frame([{"date": day, "text": text} for day, text in rows])
    >>> trend(corpus.find("pact")).to_frame()[["period", "articles", "words", "hits"]]
           period  articles  words  hits
    0  2026-01-05         1      2     1
    1  2026-01-06         0      0     0
    2  2026-01-07         1      5     2
    3      (none)         1      1     0
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    one_of("every", every, EVERY)
    drawing = resampling(level, draws, seed, interval)
    refuse_figure(by, (*NUMBERS, "period", "smoothed"))
    around = 0 if smooth is None else _odd(smooth)
    keep, left_out = counted_articles(hits.corpus, unit, stories)
    days = [day_of(str(text)) for text in hits.corpus.articles["date"]]
    kept = [day for day, counts in zip(days, keep.tolist(), strict=True) if day and counts]
    labels = all_between(kept, every)
    owner = np.array([label_of(day, every) if day else UNDATED for day in days], dtype=object)
    series = _series(hits, by, keep, (labels, owner))
    rows = [row for one in series for row in _rows(one, drawing, around, by)]
    texts = [by, "period"] if by else ["period"]
    names = [*texts, *FIGURES, *(["smoothed"] if around else [])]
    frame = typed(rows, names, texts)
    params = hits.caption | {"every": every} | ({"by": by} if by else {})
    params |= (
        ({"smooth": around} if around else {}) | drawing.params | {"unit": unit} | drawing.chosen
    )
    notes = (f"Hits per {PER_WORDS:,} words.", *drawing.notes)
    notes += (*_notes(frame, every, around, drawing), *_no_days(hits, days), *left_out)
    total, dated = (int(part["hits"].sum()) for part in (frame, frame[frame.period != UNDATED]))
    found = f"{dated:,} of {total:,} hits in {counted(len(labels), every)}"
    return Trend(frame, params, notes, found, SHOWN | {"smoothed": 2}, "Trend")


def _odd(smooth: object) -> int:
    """Return how many periods are taken together: an odd number, so that one is the middle."""
    number = whole("smooth", smooth, "periods", 3)
    if number % 2 == 0:
        rule = "an odd number of periods, so that one is in the middle"
        refuse("smooth", rule, smooth, f"Give for instance smooth={number + 1}.")
    return number


def _series(
    hits: Hits, by: str | None, keep: Flags, calendar: tuple[list[str], NDArray[np.object_]]
) -> list[tuple[str, list[Sample]]]:
    """Return for each group a sample a period, and last the articles without a date."""
    counts, words = hits.per_article()[:, None], hits.corpus.words_per_article()
    periods, owner = calendar
    names, codes = hits.corpus.groups_of(by) if by else ([""], np.zeros(len(owner), np.int64))
    order = {label: n for n, label in enumerate([*periods, UNDATED])}
    place = np.array([order.get(label, -1) for label in owner], np.int64)  # -1: not kept
    made = []
    for n, name in enumerate(names if len(owner) else []):
        rows = np.flatnonzero(keep & (codes == n))
        rows = rows[np.argsort(place[rows], kind="stable")]
        borders = np.searchsorted(place[rows], np.arange(len(order) + 1))
        parts = [rows[a:b] for a, b in pairwise(borders.tolist())]
        cells = zip(order, parts, strict=True)
        made.append((name, [Sample(label, counts[at], words[at]) for label, at in cells]))
    return made


def _rows(
    series: tuple[str, list[Sample]], drawing: Resampling, around: int, by: str | None
) -> list[tuple[object, ...]]:
    """Return the rows of one group."""
    name, samples = series
    rows = [(*([name] if by else []), *rate_row(one, drawing)) for one in samples]
    if not around:
        return rows
    smoothed = _together(samples[:-1], around)
    smoothed.append(float(samples[-1].rate[0]))  # without a date there is nothing next to it
    return [(*row, value) for row, value in zip(rows, smoothed, strict=True)]


def _together(samples: list[Sample], around: int) -> list[float]:
    """Return the rate of each period and its neighbours together; 0 if none has words."""
    sums = [[0.0, 0.0], *([float(one.hits.sum()), float(one.words.sum())] for one in samples)]
    total = np.cumsum(sums, axis=0)
    at, reach = np.arange(len(samples)), around // 2
    found = total[np.minimum(at + reach + 1, len(samples))] - total[np.maximum(at - reach, 0)]
    return [float(rate) for rate in over(PER_WORDS * found[:, 0], found[:, 1])]


def _notes(frame: pd.DataFrame, every: str, around: int, drawing: Resampling) -> list[str]:
    """Return the notes on rows whose figures say little, and on smoothing."""
    dated = frame[frame["period"] != UNDATED]
    unit = f"{every} of a group" if frame.columns[0] != "period" else every
    cases = (
        dated["articles"] == 0,
        dated["articles"] == 1,
        (dated["articles"] > 1) & (dated["hits"] == 0),
    )
    without, single, silent = (_counted(int(case.sum()), unit) for case in cases)
    lost = counted(int(frame.loc[frame["period"] == UNDATED, "articles"].sum()), "article")
    said = {
        f"{without} without articles: per_10k is 0 by rule, not a finding.": without,
        f"{single} with one article: no interval, low and high repeat the value.": single,
        f"{silent} with articles and no hits: {drawing.without_hits}.": silent,
        f"{lost} without a date: row {UNDATED!r}.": lost,
    }
    notes = [note for note, number in said.items() if not number.startswith("0 ")]
    return [*notes, _smoothing(every, around)] if around else notes


def _counted(n: int, unit: str) -> str:
    """Return a number with its unit: "2 days", "1 month of a group"."""
    name, *more = unit.split(" ", 1)
    return " ".join([counted(n, name), *more])


def _smoothing(every: str, around: int) -> str:
    """Return what was smoothed."""
    reach = around // 2
    how = f"each {every} with {reach:,} before and {reach:,} after it, fewer at the ends"
    return f"smoothed: hits per {PER_WORDS:,} words of {around:,} {every}s together, {how}."


def _no_days(hits: Hits, days: list[date | None]) -> tuple[str, ...]:
    """Return the note on dates that are given but name no day."""
    texts = hits.corpus.articles["date"].tolist()
    odd = [str(text) for text, day in zip(texts, days, strict=True) if text and not day]
    said = f"date does not name a day (for instance {odd[0]!r})" if odd else ""
    return (f"{counted(len(odd), 'article')} whose {said}: row {UNDATED!r}.",) if odd else ()
