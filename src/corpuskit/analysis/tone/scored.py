"""Units and their scores -> tables, with offsets into the untouched texts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...corpus.columns.store import ZONES
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from .names import Seen, name_flags
from .rating import LEXICON_RULE
from .scoring import Score, Scorer
from .units import Flags, Units, node_flags, units_round, units_without

FRAME = {
    "article": object,
    "outlet": object,
    "date": object,
    "start": "int64",
    "end": "int64",
    "hits": "int64",
    "sentence": object,
    "lexicon": object,
    "score": float,
    "coverage": float,
    "contributions": object,
    "compound": float,
    "words": "int64",
    "denominator": float,
    "zone": object,
    "unit": "int64",
}
READ = [
    "article",
    "unit",
    "lexicon",
    "score",
    "coverage",
    "contributions",
    "sentence",
]  # for the views

PARTS = {
    "article": object,
    "start": "int64",
    "end": "int64",
    "word": object,
    "valence": float,
    "rule": object,
    "lexicon": object,
    "unit": "int64",
}


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """What is judged, by whom, and what is masked."""

    hits: Hits
    scorers: tuple[Scorer, ...]
    mask: tuple[str, ...]
    window: int | None
    stories: bool = False  # the rule for names reads the articles that count, no reprints
    learnt: Seen | None = None  # what that rule has read, where it is known

    @cached_property
    def node(self) -> Flags:
        """Whether each token is a masked word of a hit."""
        none = np.zeros(len(self.hits.corpus.store.ids), bool)
        return node_flags(self.hits) if "node" in self.mask else none

    @cached_property
    def names(self) -> Flags:
        """Whether each token is a masked word of a name."""
        none = np.zeros(len(self.hits.corpus.store.ids), bool)
        if "names" not in self.mask:
            return none
        read = self.hits.corpus.mask if self.stories else None
        return name_flags(self.hits.corpus.store, read, self.learnt)

    @cached_property
    def around(self) -> Units:
        """The units round the hits."""
        return units_round(self.hits, self.window)

    @cached_property
    def without(self) -> Units:
        """The other sentences of the same articles."""
        return units_without(self.hits, self.window)

    def scores(self, units: Units) -> list[list[Score]]:
        """Return for each unit the score of each scorer."""
        masked = self.node | self.names
        columns = [scorer.scores(self.hits, units, masked) for scorer in self.scorers]
        return [list(row) for row in zip(*columns, strict=True)]

    def tables(self, units: Units) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the scores, a row per unit and scorer, and every word that made them."""
        corpus, rows, parts = self.hits.corpus, [], []
        numbers = corpus.article_of(units.first).tolist()
        for n, scores in enumerate(self.scores(units)):
            article = corpus.source(numbers[n])
            first, past = int(units.first[n]), int(units.past[n])
            start, end = corpus.span(first, past - 1)
            sized = int(units.borders[n + 1] - units.borders[n])
            head = (article.id, article.outlet, article.date, start, end, sized)
            zone = ZONES[int(corpus.store.zones[first])]
            for scorer, score in zip(self.scorers, scores, strict=True):
                found = [self.part(article.text, p) for p in score.parts]
                parts += [(article.id, *part, scorer.name, n) for part in found]
                said = ", ".join(_said(*part[2:]) for part in found)
                tail = (score.compound, score.words, score.denominator, zone, n)
                marks = (scorer.name, score.score, score.coverage, said)
                rows.append((*head, article.text[start:end], *marks, *tail))
        return table(FRAME, rows), table(PARTS, parts)

    def part(self, text: str, part: tuple[int, float, str]) -> tuple[int, int, str, float, str]:
        """Return a contribution as (start, end, word as it stands, valence, rule)."""
        at, valence, rule = part
        start, end = self.hits.corpus.span(at, at)
        return start, end, text[start:end], valence, rule


def seen_of(corpus: Corpus, stories: bool) -> Seen:
    """Return what the rule for names reads in a corpus: all of it, or the articles that count."""
    return Seen.of(corpus.store, corpus.mask if stories else None)


def table(columns: dict[str, object], rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Return rows as a table with these columns and types, empty or not."""
    listed = list(zip(*rows, strict=True)) or [()] * len(columns)
    named = zip(columns.items(), listed, strict=True)
    return pd.DataFrame({name: pd.Series(values, dtype=kind) for (name, kind), values in named})  # type: ignore[call-overload]


def signed(value: float) -> str:
    """Return a valence with its sign: "+3.1", "−2.29"."""
    text = f"{abs(value):.2f}".removesuffix("0")
    return f"{'−' if value < 0 else '+'}{text}"


def _said(word: str, valence: float, rule: str) -> str:
    """Return a contribution in words: "great −2.29 (negated by 'not')"."""
    return f"{word} {signed(valence)}" + ("" if rule == LEXICON_RULE else f" ({rule})")


def explained(study: Study, frame: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Return every word of the unit in the one row of `frame`: masked, scored, or rated."""
    corpus, row = study.hits.corpus, frame.iloc[0]
    first, past = int(study.around.first[row["unit"]]), int(study.around.past[row["unit"]])
    text = corpus.text(row["article"])
    rated = {int(p.start): (float(p.valence), str(p.rule)) for p in parts.itertuples()}  # type: ignore[arg-type]
    rows: list[tuple[object, ...]] = []
    for at in range(first, past):
        if corpus.store.is_word[corpus.store.ids[at]]:
            start, end = corpus.span(at, at)
            role = "node" if study.node[at] else "name" if study.names[at] else "scored"
            rows.append((text[start:end], start, end, role, *rated.get(start, (math.nan, ""))))
    kinds = {"word": object, "start": "int64", "end": "int64"}
    return table({**kinds, "role": object, "valence": float, "rule": object}, rows)


def sum_in_words(scores: pd.DataFrame, parts: pd.DataFrame) -> str:
    """Return the sum that makes a score, with its numbers."""
    row = scores.iloc[0]
    if not len(parts):
        return "No word of the lexicon is left: no evidence, which is not 0."
    valences = " ".join(signed(value) for value in parts["valence"])
    return f"score = ({valences}) / {row['denominator']:g} = {row['score']:.4f}"
