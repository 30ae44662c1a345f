"""Corpora made up from a seed: a Zipf vocabulary, words that come in bursts, lognormal lengths.

Each article is drawn word by word. With probability `burst` a word repeats one that the article
already has, otherwise it comes from the vocabulary. So every word keeps its share of all words
in every article (which is the truth that a benchmark can check against), while its occurrences
clump in few articles, as in news. Same seed, same corpus.

    from generator import Design, draw
    made = draw(Design(articles=2_000), seed=1)
    made.corpus()                       # corpuskit.Corpus
    made.rows(), made.articles()        # DataFrame; list of corpuskit.Article
    draw(Design(planted=(4, 8)), seed=1)  # two words, at 3 x these rates in outlet "B"
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from corpuskit import Article, Corpus, Zone

SENTENCE = 18  # words
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


@dataclass(frozen=True)
class Design:
    """What is made.

    Parameters
    ----------
    articles, length, spread
        Number of articles; median words of one and the sigma of the logarithm of its length.
    vocabulary, exponent, shift
        Words of the vocabulary; the share of the word of rank r is 1 / (r + shift) ** exponent.
    burst
        Probability that a word repeats an earlier word of its article: 0 = no clumps.
    planted, times
        Rate per 10,000 words of each planted word; how many times that it has in outlet "B".
    outlets
        Labels of the groups; articles are dealt out at random, as many to each.
    """

    articles: int = 2_000
    length: float = 350.0
    spread: float = 0.5
    vocabulary: int = 30_000
    exponent: float = 1.05
    shift: float = 2.7
    burst: float = 0.3
    planted: tuple[float, ...] = ()
    times: float = 3.0
    outlets: tuple[str, ...] = ("A", "B")

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary by rank; planted words come after it."""
        return [spelled(n) for n in range(self.vocabulary)] + self.planted_words

    @property
    def planted_words(self) -> list[str]:
        """The planted words."""
        return [f"planted{spelled(n)}" for n in range(len(self.planted))]

    @cached_property
    def shares(self) -> np.ndarray:
        """The share of each word of the vocabulary among all words that are not planted."""
        weight = (np.arange(1, self.vocabulary + 1) + self.shift) ** -self.exponent
        return weight / weight.sum()

    def planted_shares(self, outlet: str) -> np.ndarray:
        """Return the share of each planted word among the words of an outlet: the truth."""
        return np.array(self.planted, float) / 1e4 * (self.times if outlet == "B" else 1.0)


@dataclass(frozen=True, eq=False)
class Made:
    """A corpus as numbers: the words of all articles, one after another.

    Attributes
    ----------
    ids
        Word of each position: index into `design.words`.
    borders
        First position of each article, and last the number of positions.
    outlet
        Number of the outlet of each article.
    """

    design: Design
    ids: np.ndarray
    borders: np.ndarray
    outlet: np.ndarray

    def texts(self) -> list[str]:
        """Return the articles as text: sentences of 18 words, the first letter a capital."""
        words = np.array(self.design.words, dtype=object)[self.ids].tolist()
        ends = self.borders.tolist()
        return [_text(words[a:b]) for a, b in pairwise(ends)]

    def rows(self) -> pd.DataFrame:
        """Return a table: id, outlet, date (30 days of January 2026, in turn), text."""
        count = len(self.outlet)
        return pd.DataFrame(
            {
                "id": [f"{n:06d}" for n in range(count)],
                "outlet": [self.design.outlets[n] for n in self.outlet.tolist()],
                "date": [f"2026-01-{n % 30 + 1:02d}" for n in range(count)],
                "text": self.texts(),
            }
        )

    def articles(self) -> list[Article]:
        """Return corpuskit Articles, each of one body paragraph."""
        return [
            Article(
                row.id,
                row.text,
                outlet=row.outlet,
                published=row.date,
                zones=(Zone(0, len(row.text), "body"),) if row.text else (),
            )
            for row in self.rows().itertuples()
        ]

    def corpus(self) -> Corpus:
        """Return the Corpus of the articles."""
        return Corpus(self.articles())


def draw(design: Design, seed: int) -> Made:
    """Return the corpus of a design and a seed."""
    rng = np.random.Generator(np.random.PCG64(seed))
    lengths = np.exp(rng.normal(np.log(design.length), design.spread, design.articles))
    borders = np.append(0, np.cumsum(np.maximum(lengths.astype(np.int64), 20)))
    outlet = rng.permutation(np.arange(design.articles) % len(design.outlets))
    owner = np.repeat(np.arange(design.articles), np.diff(borders))
    ids = rng.choice(len(design.shares), len(owner), p=design.shares)
    ids = _plant(design, ids, outlet[owner], rng)
    return Made(design, ids[_sources(design.burst, borders, owner, rng)], borders, outlet)


def _plant(design: Design, ids: np.ndarray, outlet: np.ndarray, rng) -> np.ndarray:
    """Return the words with some positions given to planted words."""
    if not design.planted:
        return ids
    drawn = rng.random(len(ids))
    for number, name in enumerate(design.outlets):
        ends = np.cumsum(design.planted_shares(name))
        rows = np.flatnonzero((outlet == number) & (drawn < ends[-1]))
        ids[rows] = design.vocabulary + np.searchsorted(ends, drawn[rows], side="right")
    return ids


def _sources(burst: float, borders: np.ndarray, owner: np.ndarray, rng) -> np.ndarray:
    """Return for each position the one its word is taken from: itself, or an earlier one."""
    here = np.arange(len(owner))
    first = borders[:-1][owner]
    earlier = first + (rng.random(len(owner)) * (here - first)).astype(np.int64)
    source = np.where((rng.random(len(owner)) < burst) & (here > first), earlier, here)
    while True:  # a repeated word may repeat a repeated word
        further = source[source]
        if np.array_equal(further, source):
            return source
        source = further


def spelled(number: int) -> str:
    """Return the number as a word of open syllables: 0 is "ba", 71 is "debe"."""
    digits = []
    while True:
        number, digit = divmod(number, len(SYLLABLES))
        digits.append(SYLLABLES[digit])
        if not number:
            return "".join(reversed(digits))
        number -= 1


def _text(words: list[str]) -> str:
    """Return words as sentences."""
    parts = (words[n : n + SENTENCE] for n in range(0, len(words), SENTENCE))
    return " ".join(" ".join(part).capitalize() + "." for part in parts)
