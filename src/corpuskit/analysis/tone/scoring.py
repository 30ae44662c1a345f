"""Stretches of tokens -> scores, with every word that made them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.folding import untypeset
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from .lexicon import Lexicon
from .rating import Rated, Word
from .units import Units

Judge = Callable[[str, str, str], float | None]

# What stands in place of a masked word, so that its neighbours keep their distance: no word
# of any lexicon, in capitals where the word was, because VADER counts words in capitals.
MASK, MASK_CAPITALS = Word("x_", None), Word("X_", None)


class Score(NamedTuple):
    """The score of one unit; `parts` are (token position, valence, rule)."""

    score: float
    coverage: float
    words: int
    denominator: float
    compound: float
    parts: tuple[Rated, ...]


@dataclass(frozen=True)
class Scorer:
    """A named judge of units: a lexicon, or a function of (left, node, right)."""

    name: str
    lexicon: Lexicon | None = None
    judge: Judge | None = None

    def scores(self, hits: Hits, units: Units, masked: NDArray[np.bool_]) -> list[Score]:
        """Return the score of each unit."""
        if self.lexicon is not None:
            marker = _Marker(hits.corpus, self.lexicon, masked)
            pairs = zip(units.first.tolist(), units.past.tolist(), strict=True)
            return [marker.score(first, past) for first, past in pairs]
        return [_judged(self, hits, units, n) for n in range(len(units))]


class _Marker:
    """Scores stretches of one corpus with one lexicon; each type is looked up once."""

    def __init__(self, corpus: Corpus, lexicon: Lexicon, masked: NDArray[np.bool_]) -> None:
        self.corpus, self.store, self.masked = corpus, corpus.store, masked
        self.rater, self.scale = lexicon.rater, lexicon.scale
        self.compound = getattr(self.rater, "compound", None)
        self.types: dict[int, tuple[bool, Word | None, Word]] = {}

    def look_up(self, i: int) -> tuple[bool, Word | None, Word]:
        """Return of a type: is it a word, how the lexicon sees it, and how when masked."""
        if not self.store.is_word[i]:
            return False, None, MASK
        form = untypeset(self.store.types[i])
        return True, self.rater.word(form), MASK_CAPITALS if form.isupper() else MASK

    def score(self, first: int, past: int) -> Score:
        """Return the score of the tokens from `first` to `past`."""
        words, places, count = [], [], 0
        ids, masked = self.store.ids[first:past].tolist(), self.masked[first:past].tolist()
        for at, i in enumerate(ids, start=first):
            known = self.types.get(i) or self.types.setdefault(i, self.look_up(i))
            if known[0]:
                hidden = masked[at - first]
                count += not hidden
                if known[1] is not None:
                    words.append(known[2] if hidden else known[1])
                    places.append(at)
        rated = self.rater.rate(words)
        return self.sum_up(rated, places, count, first, past)

    def sum_up(
        self, rated: list[Rated], places: list[int], count: int, first: int, past: int
    ) -> Score:
        """Return the score that these ratings add up to."""
        valences = [valence for _, valence, _ in rated]
        compound = math.nan if self.compound is None else 0.0
        if not rated:
            return Score(math.nan, 0.0 if count else math.nan, count, math.nan, compound, ())
        whole = max(self.scale * count, math.fsum(map(abs, valences)))
        if self.compound is not None:
            compound = self.compound(valences, _text(self.corpus, first, past))
        parts = tuple((places[i], valence, rule) for i, valence, rule in rated)
        score = math.fsum(valences) / whole if whole else 0.0
        return Score(score, len(rated) / count, count, whole, compound, parts)


def _text(corpus: Corpus, first: int, past: int) -> str:
    """Return the untouched text of the tokens from `first` to `past`."""
    start, end = corpus.span(first, past - 1)
    return corpus.text_of(int(corpus.article_of(np.array([first]))[0]))[start:end]


def _judged(scorer: Scorer, hits: Hits, units: Units, n: int) -> Score:
    """Return the mean of what a function says of the hits of a unit."""
    found = [_verdict(scorer, *parts) for parts in _thirds(hits, units, n)]
    given = [value for value in found if value is not None]
    score = math.fsum(given) / len(given) if given else math.nan
    return Score(score, math.nan, 0, math.nan, math.nan, ())


def _thirds(hits: Hits, units: Units, n: int) -> list[tuple[str, str, str]]:
    """Return (left, node, right) of each hit of a unit; without hits the whole is left."""
    corpus, first, past = hits.corpus, int(units.first[n]), int(units.past[n])
    text = corpus.text_of(int(corpus.article_of(np.array([first]))[0]))
    start, end = corpus.span(first, past - 1)
    which = range(int(units.borders[n]), int(units.borders[n + 1]))
    nodes = [(int(hits.starts[h]), int(hits.ends[h])) for h in which]
    return [(text[start:a], text[a:b], text[b:end]) for a, b in nodes] or [
        (text[start:end], "", "")
    ]


def _verdict(scorer: Scorer, left: str, node: str, right: str) -> float | None:
    """Return what the function says, checked: a number, or None for no evidence."""
    value: Any = scorer.judge(left, node, right) if scorer.judge else None
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise TypeError(
            f"The scorer {scorer.name!r} must return a number or None; not {value!r}. "
            "Return None where there is no evidence."
        )
    return number
