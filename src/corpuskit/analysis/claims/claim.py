"""Claims that can be repeated in other ways: of rates, key words, collocates and tone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from ...corpus.corpus import Corpus
from ...errors import one_of, refuse, whole
from ..tone.baseline import NUMBERS, Drawing, against_baseline
from ..tone.sentiment import Sentiment, sentiment_around
from .evidence import (
    ALIKE,
    RATE,
    RATIO,
    TONE,
    Evidence,
    Reading,
    Version,
    between_groups,
    mean_difference,
    rate_difference,
    ratio,
    round_nodes,
)

ALPHA = 0.001  # of a conservative log ratio over the whole vocabulary
DIRECTIONS = ("more", "less")


@dataclass(frozen=True)
class _GroupClaim:
    """A pattern is more (or less) frequent in one group than in the rest."""

    pattern: str
    group: str
    by: str = "outlet"
    direction: str = "more"

    def __post_init__(self) -> None:
        one_of("direction", self.direction, DIRECTIONS)

    @property
    def sides(self) -> tuple[str, str]:
        """What side one and side two are."""
        return self.group, "the rest"

    @property
    def in_words(self) -> str:
        """The claim as the end of a sentence."""
        where = f"{self.by} {self.group!r}"
        return f"{self.pattern!r} is {self.direction} frequent in {where} than in the rest"

    def check(self, corpus: Corpus) -> None:
        """Raise if the corpus has no such group."""
        _check_group(corpus, self.by, self.group)
        corpus.find(self.pattern)

    def read(self, version: Version, drawing: Drawing) -> tuple[Evidence, Reading]:
        """Return what a version rests on and what it shows."""
        hits = version.find(self.pattern)
        evidence = between_groups(hits, self.by, self.group)
        if version.measure == RATE:
            return evidence, rate_difference(evidence, drawing)
        if version.measure == ALIKE:
            return evidence, mean_difference(evidence, drawing)
        alpha, vocabulary = self.family(version.corpus, drawing)
        return evidence, ratio(replace(evidence, vocabulary=vocabulary), alpha)

    def family(self, corpus: Corpus, drawing: Drawing) -> tuple[float, int]:
        """Return alpha and the number of words that it is shared by."""
        raise NotImplementedError


@dataclass(frozen=True)
class RateClaim(_GroupClaim):
    """A pattern is more (or less) frequent in one group than in the rest, as `compare` shows it.

    Parameters
    ----------
    pattern
        As for `corpus.find`.
    group
        Value of the column `by`: side one; all other articles are side two.
    by
        Column of `corpus.articles`.
    direction
        "more" or "less".
    """

    def versions(self, corpus: Corpus, windows: Iterable[int], lexicons: Any) -> list[Version]:
        """Return the claim as stated and with other measures."""
        stated = Version("as stated", corpus, RATE)
        return [stated, _measured(stated, ALIKE), _measured(stated, RATIO)]

    def family(self, corpus: Corpus, drawing: Drawing) -> tuple[float, int]:
        """Return alpha and the number of words that it is shared by: one pattern."""
        return 1 - drawing.level, 1


@dataclass(frozen=True)
class KeywordClaim(_GroupClaim):
    """A word is key in one group against the rest: a conservative log ratio above (below) 0.

    Parameters
    ----------
    pattern
        As for `corpus.find`; usually one word.
    group
        Value of the column `by`: the target; all other articles are the reference.
    by
        Column of `corpus.articles`.
    direction
        "more" or "less".
    """

    def versions(self, corpus: Corpus, windows: Iterable[int], lexicons: Any) -> list[Version]:
        """Return the claim as stated and with other measures."""
        stated = Version("as stated", corpus, RATIO)
        return [stated, _measured(stated, RATE), _measured(stated, ALIKE)]

    def family(self, corpus: Corpus, drawing: Drawing) -> tuple[float, int]:
        """Return alpha and the number of words that it is shared by: the vocabulary."""
        return ALPHA, max(int(np.count_nonzero(corpus.word_counts())), 1)


@dataclass(frozen=True)
class CollocateClaim:
    """A word is drawn to a pattern (or keeps away from it): conservative log ratio above 0.

    Parameters
    ----------
    pattern
        The nodes, as for `corpus.find`.
    word
        One word, or a pattern of one word.
    window
        Words to the left and to the right of a node.
    within
        "sentence": windows end with the sentence. None: they end with the article.
    direction
        "more" (drawn there) or "less" (kept away).
    """

    pattern: str
    word: str
    window: int = 5
    within: str | None = None
    direction: str = "more"

    def __post_init__(self) -> None:
        one_of("direction", self.direction, DIRECTIONS)
        whole("window", self.window, "words", 1)
        if self.within is not None:
            one_of("within", self.within, ("sentence",))

    @property
    def sides(self) -> tuple[str, str]:
        """What side one and side two are."""
        return "in the windows", "elsewhere"

    @property
    def in_words(self) -> str:
        """The claim as the end of a sentence."""
        bound = f" in its {self.within}" if self.within else ""
        place = f"{self.window} words round {self.pattern!r}{bound}"
        return f"{self.word!r} is {self.direction} frequent within {place} than elsewhere"

    def check(self, corpus: Corpus) -> None:
        """Raise if a pattern cannot be read, or the collocate is a phrase."""
        corpus.find(self.pattern)
        if corpus.find(self.word).longest > 1 or len(self.word.split()) > 1:
            refuse("word", "one word", self.word, 'Give for instance "strategic".')

    def versions(self, corpus: Corpus, windows: Iterable[int], lexicons: Any) -> list[Version]:
        """Return the claim as stated, with other windows and another measure."""
        stated = Version("as stated", corpus, RATIO, self.window, self.within)
        made = [replace(stated, change=f"window {n}", window=n) for n in windows]
        made = [one for one in made if one.window != self.window]
        within = None if self.within else "sentence"
        bound = "sentence" if within else "article"
        made.append(replace(stated, change=f"windows end with the {bound}", within=within))
        return [stated, *made, _measured(stated, RATE)]

    def read(self, version: Version, drawing: Drawing) -> tuple[Evidence, Reading]:
        """Return what a version rests on and what it shows."""
        nodes, words = version.find(self.pattern), version.find(self.word)
        evidence = round_nodes(nodes, words, version.window or 0, version.within)
        if version.measure == RATE:
            return evidence, rate_difference(evidence, drawing)
        return evidence, ratio(evidence, ALPHA)


@dataclass(frozen=True)
class ToneClaim:
    """The tone round a pattern lies above (below) that of other sentences of the same articles.

    Parameters
    ----------
    pattern
        As for `corpus.find`.
    group
        Value of the column `by`: its articles only. None: all articles.
    by
        Column of `corpus.articles`.
    direction
        "more" (warmer) or "less" (colder).
    window
        Words to either side that are scored; None: the whole sentence.
    lexicon
        Name of a lexicon, or a file, as for `sentiment_around`.
    """

    pattern: str
    group: str | None = None
    by: str = "outlet"
    direction: str = "more"
    window: int | None = None
    lexicon: str = "vader"

    def __post_init__(self) -> None:
        one_of("direction", self.direction, DIRECTIONS)

    @property
    def sides(self) -> tuple[str, str]:
        """What side one and side two are."""
        return "round the node", "other sentences"

    @property
    def in_words(self) -> str:
        """The claim as the end of a sentence."""
        where = "" if self.group is None else f" in {self.by} {self.group!r}"
        how = {"more": "warmer", "less": "colder"}[self.direction]
        scored = f"{self.lexicon}, {self.window or 'all'} words to either side"
        return f"the tone round {self.pattern!r}{where} is {how} than elsewhere ({scored})"

    def check(self, corpus: Corpus) -> None:
        """Raise if the corpus has no such group."""
        if self.group is not None:
            _check_group(corpus, self.by, self.group)
        corpus.find(self.pattern)

    def versions(self, corpus: Corpus, windows: Iterable[int], lexicons: Any) -> list[Version]:
        """Return the claim as stated, with other windows and other lexicons."""
        stated = Version("as stated", corpus, TONE, self.window, lexicon=self.lexicon)
        made = [replace(stated, change=f"window {n}", window=n) for n in windows]
        made += [replace(stated, change="whole sentence", window=None)]
        made = [one for one in made if one.window != self.window]
        others = {s.name: s for s in lexicons if s.name != self.lexicon}
        for name, scorer in others.items():
            source = scorer.lexicon or (name, scorer.judge)
            made.append(replace(stated, change=f"lexicon {name}", lexicon=source))
        return [stated, *made]

    def read(self, version: Version, drawing: Drawing) -> tuple[Evidence, Reading]:
        """Return what a version rests on and what it shows."""
        hits = version.find(self.pattern)
        tone = sentiment_around(hits, lexicons=[version.lexicon], window=version.window)
        ids = version.corpus.articles["id"].tolist()
        if self.group is not None:
            labels, codes = version.corpus.groups_of(self.by)
            ids = [i for i, code in zip(ids, codes, strict=True) if labels[code] == self.group]
        return _toned(tone, ids, drawing)


Claim = RateClaim | KeywordClaim | CollocateClaim | ToneClaim


def _check_group(corpus: Corpus, by: str, group: str) -> None:
    """Raise if there is no such column or no such value in it."""
    if by == "zone":
        remedy = "Give for instance by='outlet'; compare(..., by='zone') compares zones."
        refuse("by", "a column of articles", by, remedy)
    one_of("group", group, corpus.groups_of(by)[0])


def _measured(stated: Version, measure: str) -> Version:
    """Return the version with another measure."""
    return replace(stated, change=f"measure: {measure}", measure=measure)


def _toned(tone: Sentiment, ids: list[str], drawing: Drawing) -> tuple[Evidence, Reading]:
    """Return the scores of these articles round the node and elsewhere."""
    sides = [table[table["article"].isin(ids)] for table in (tone.scores, tone.others)]
    found = dict(zip(NUMBERS, against_baseline(sides[0], sides[1], drawing), strict=True))
    grouped = [t.dropna(subset="score").groupby("article")["score"] for t in sides]
    sums = [np.array(g.sum().reindex(ids, fill_value=0.0), float) for g in grouped]
    sizes = [np.array(g.count().reindex(ids, fill_value=0), float) for g in grouped]
    n = int(sizes[0].sum())
    evidence = Evidence(ids, (sums[0], sums[1]), (sizes[0], sizes[1]), None, n)
    ends = (cast(float, found[name]) for name in ("difference", "low", "high"))
    return evidence, Reading(*ends)
