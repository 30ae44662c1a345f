"""Which words of a reference a corpus never uses, and how sure that silence is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...corpus.corpus import Corpus
from ...corpus.sharding.partial import answered, carried
from ...errors import kind, whole
from ...measures.table import Floats, over, pick
from ...result import Result, number, probability
from ..telling import explanation
from .opposites import reference_of, refuse_overlap
from .profiles import Profile, joined, profile
from .versus import two_profiles
from .wordlists import WordList, as_word_list

PER = 10_000  # words
SHOWN = {"expected": 2, "probability_of_zero": 4, "upper_bound": 3}
RULE = (
    "upper_bound: rule of three, 3 / words of the target, per 10,000 words: with 95 % confidence "
    "the target's rate is not higher. It is the same for every word."
)
DRAWS = (
    "probability_of_zero takes every word as an independent draw; words come in articles, so "
    "that a word of few articles (range) is absent more often than it says."
)
LISTED = "range is missing (–): a word list has no articles."


@dataclass(frozen=True, eq=False, repr=False)
class Absence(Result):
    """Words that a target never uses; `.explain(word)` shows where a row comes from.

    Attributes
    ----------
    sizes
        Words of the target and of the reference.
    articles
        Articles with words in the target and in the reference (0 for a word list).
    """

    sizes: tuple[int, int] = (0, 0)
    articles: tuple[int, int] = (0, 0)

    @carried
    def explain(self, word: str) -> Result:
        """Return the counts of a word on both sides, and the formulas in numbers.

        Raises
        ------
        ValueError
            If the word is not in the table.
        """
        row = self.frame.iloc[explanation.row_of(self.frame, word)]
        count, (target, reference) = int(row["reference"]), self.sizes
        frame = pd.DataFrame(
            {
                "row": pd.Series([row["word"], "all other words", "total"], dtype=object),
                "target": [0, target, target],
                "reference": [count, reference - count, reference],
                "expected: target": [row["expected"], target - row["expected"], float(target)],
            }
        )
        notes = (*_lines(row, self.sizes), *self._article_lines(row))
        summary = f"0 observed, {number(row['expected'])} expected in target"
        return Result(frame, {"word": row["word"]}, notes, summary, {}, "AbsentWord")

    def _article_lines(self, row: pd.Series) -> tuple[str, ...]:
        """Return what the articles say, which the words alone do not."""
        if not self.articles[1]:
            return (LISTED,)
        held, (target, reference) = int(row["range"]), self.articles
        chance = (1 - held / reference) ** target
        return (
            f"By articles: the word is in {held:,} of {reference:,} articles of the reference; "
            f"none of {target:,} has it with probability (1 - {held:,} / {reference:,})^{target:,} "
            f"= {probability(chance, 4)}, if articles are as long on both sides.",
        )


@answered
def absent(
    target: Corpus, reference: Corpus | str | WordList | Mapping[str, int], *, min_freq: int = 5
) -> Absence:
    """Return the words of the reference that the target never uses, the most expected first.

    Parameters
    ----------
    target
        A corpus, or a part of one.
    reference
        A corpus, or a part of one, that shares no word with the target; "rest", all other
        articles of the target's corpus; or a word list (see `keyness`).
    min_freq
        Occurrences a word must have in the reference.

    Returns
    -------
    Absence
        word (str), reference (int, count), expected (float, occurrences that the reference's
        rate gives in as many words as the target has), probability_of_zero (float),
        upper_bound (float, per 10,000 words), range (int, articles of the reference; missing
        for a word list). Ordered by expected, then by word. `.explain(word)` shows the formulas.

    Raises
    ------
    ValueError
        If the two sides share words, or an option is out of range.

    Notes
    -----
    expected = count / reference words × target words; probability_of_zero =
    (1 - count / reference words) ^ target words; upper_bound = 10,000 × 3 / target words, at
    most 10,000. The trap: a word that is not there is not a word that is avoided. A small target
    lacks most words, and a word that one article of the reference repeats is expected too often.

    References
    ----------
    Hanley & Lippman-Hand (1983). If nothing goes wrong, is everything all right? (rule of three)

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [("A", "A pact is a pact."), ("B", "No deal, no deal."), ("B", "A deal.")]
    >>> corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o, t in rows])
    >>> from corpuskit.analysis.keys.absence import absent
    >>> table = absent(corpus.where(outlet="A"), "rest", min_freq=2)
    >>> table.to_frame()[["word", "reference", "range"]]
       word  reference  range
    0  deal          3      2
    1    no          2      1
    """
    kind("target", target, Corpus, "Give what read_corpus returns, or a part of it.")
    whole("min_freq", min_freq, "occurrences", 1)
    words = as_word_list(reference)
    if words is None:
        other = reference_of(target, reference)
        shared: tuple[str, ...] = refuse_overlap(target, other)
        one, two = two_profiles(target, other)
    else:
        shared = (LISTED, *words.notes)
        one = profile(target)
        one, two = joined(one, words.profile([]))
    lacking = one.counts == 0
    frame = _rows(one.size, two, lacking & (two.counts >= min_freq), words is not None)
    rare = int(np.count_nonzero(lacking & (two.counts > 0))) - len(frame)
    cut = f"{rare:,} more absent words occur fewer than {min_freq:,} times in the reference."
    return Absence(
        frame,
        {"target": one.label, "reference": two.label, "min_freq": min_freq},
        (RULE, DRAWS, cut, *shared),
        f"{len(frame):,} words of the reference are not in the target",
        SHOWN,
        sizes=(one.size, two.size),
        articles=(one.articles, two.articles),
    )


def _rows(size: int, two: Profile, keep: np.ndarray, listed: bool) -> pd.DataFrame:
    """Return the table of the words to keep, ordered."""
    at = np.flatnonzero(keep)
    count = two.counts[at]
    rate = over(count, two.size)
    frame = pd.DataFrame(
        {
            "word": pd.Series([two.words[n] for n in at.tolist()], dtype=object),
            "reference": count,
            "expected": rate * size,
            "probability_of_zero": _zero(rate, size),
            "upper_bound": PER * _three(size),
            "range": pd.Series([pd.NA] * len(at), dtype="Int64") if listed else two.range[at],
        }
    )
    order = np.lexsort((np.arange(len(at)), -frame["expected"]))
    return frame.iloc[order].reset_index(drop=True)


def _zero(rate: Floats, size: int) -> Floats:
    """Return the probability that `size` words hold none of a rate."""
    known = np.minimum(rate, 1 - 1e-16)
    return pick((rate < 1) | (size == 0), np.exp(size * np.log1p(-known)), 0.0)


def _three(size: int) -> float:
    """Return the upper bound of a rate of which `size` words held none: the rule of three."""
    return min(3 / size, 1.0) if size else 1.0


def _lines(row: pd.Series, sizes: tuple[int, int]) -> tuple[str, ...]:
    """Return the formulas of a row with their numbers."""
    target, reference = sizes
    rate = f"{int(row['reference']):,} / {reference:,}"
    expected, chance = number(row["expected"]), probability(row["probability_of_zero"], 4)
    bound = number(row["upper_bound"])
    return (
        "Direction: the target has none; more in reference.",
        f"expected = {rate} × {target:,} = {expected}: the rate of the reference in the target.",
        f"probability_of_zero = (1 - {rate})^{target:,} = {chance}, words taken as independent.",
        f"upper_bound = 10,000 × 3 / {target:,} = {bound} per 10,000 words: "
        "interval of the target's rate 0 to this, 95 %. Hanley & Lippman-Hand 1983.",
        "Zero rule: none is needed; a target without words has the bound 10,000.",
    )
