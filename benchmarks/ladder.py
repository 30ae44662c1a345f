"""Texts for the ladder of sizes: 1, 10 and 100 million tokens that look like news.

Words follow Zipf's law with the bend of large corpora: the rank r has a share of about 1/r among
the first 8,000, above them the tail falls as r ** -1.8, so that the vocabulary goes on growing
(Heaps): at ten million tokens new words still come. Marks, numbers, possessives, quotation marks,
hyphens, headlines and paragraphs stand where news has them; one word in 150 has an accent.

Made in batches, each with its own seed: a smaller step is the beginning of a larger one.

    from ladder import news
    for article in news(1_000_000, seed=1): ...
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np

from corpuskit import Article, Zone

BATCH = 200_000  # words that are drawn at a time
TOKENS = 1.155  # tokens to a word, marks included
CORE, TAIL, OPEN = 8_000, 0.09, 0.80  # common words; share of all others; exponent of the tail
ONSETS = [*"bcdfghlmnprstvw", *("br", "ch", "cl", "cr", "dr", "fl", "gr", "pl", "pr", "sh", "st")]
NUCLEI = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ie", "io", "ou"]
CODAS = ["", "", "", "n", "r", "s", "t", "l", "nd", "st", "ng", "m"]
OUTLETS = ("A", "B", "C", "D")
# What stands behind a word, and how often: the rest is a blank
BEHIND = {
    ". ": 0.036,
    ".\n": 0.008,
    ".”\n": 0.002,
    ", ": 0.050,
    ",” ": 0.002,
    "’s ": 0.008,
    " – ": 0.003,
    "-": 0.006,
    ": ": 0.003,
    "; ": 0.002,
    "? ": 0.002,
    " (": 0.002,
    ") ": 0.002,
    " “": 0.004,
    "%  ": 0.001,
    " $": 0.001,
}
_ENDS = tuple(n for n, mark in enumerate(BEHIND) if mark[0] in ".?")


def news(tokens: int, seed: int = 1) -> Iterator[Article]:
    """Yield articles with about so many tokens (words and marks) in all."""
    wanted, number = tokens / TOKENS, 0
    for batch in range(int(np.ceil(wanted / BATCH))):
        size = round(min(BATCH, wanted - batch * BATCH))
        for text in _texts(np.random.default_rng([seed, batch]), size):
            yield _article(number, text)
            number += 1


def _texts(rng: np.random.Generator, size: int) -> Iterator[str]:
    """Yield texts of about 350 words (median), paragraphs parted by line breaks."""
    shares = np.array([*BEHIND.values()])
    marks = rng.choice(len(shares) + 1, size, p=[*shares, 1 - shares.sum()])
    opens = np.isin(np.append(_ENDS[0], marks[:-1]), _ENDS)
    words = _words(rng, size)
    words[opens] = [word[:1].upper() + word[1:] for word in words[opens].tolist()]
    behind = np.array([*BEHIND, " "], object)[marks]
    lengths = np.exp(rng.normal(np.log(350), 0.6, size // 100 + 1)).astype(np.int64) + 30
    borders = np.minimum(np.append(0, np.cumsum(lengths)), size)
    pieces = (words + behind).tolist()
    for start, end in pairwise(borders.tolist()):
        if start < end:
            head = " ".join(words[start : start + 8].tolist())
            yield f"{head}\n{''.join(pieces[start:end]).strip()}."


def _words(rng: np.random.Generator, size: int) -> np.ndarray:
    """Return words drawn at random, and a number in place of one in fifty."""
    ranks = np.exp(rng.random(size) * np.log(CORE + 1)).astype(np.int64) - 1
    tail = rng.random(size) < TAIL
    far = CORE * rng.random(size) ** (-1 / OPEN)
    ranks[tail] = np.minimum(far[tail], 1 << 60).astype(np.int64)
    kinds, places = np.unique(ranks, return_inverse=True)
    words = np.array([spelled(rank) for rank in kinds.tolist()], object)[places]
    numbers = np.flatnonzero(rng.random(size) < 0.02)
    values = (np.exp(rng.random(len(numbers)) * 9)).astype(np.int64).tolist()
    words[numbers] = [f"{value:,}" if value % 3 else str(value / 10) for value in values]
    return words


def spelled(rank: int) -> str:
    """Return the word of a rank: short if common; one rare word in three is a name."""
    return _common(rank) if rank < CORE else _spelled(rank)


def _spelled(rank: int) -> str:
    digits, parts = rank, []
    while digits or not parts:
        digits, onset = divmod(digits, len(ONSETS))
        digits, nucleus = divmod(digits, len(NUCLEI))
        parts.append(ONSETS[onset] + NUCLEI[nucleus])
    mixed = rank * 0x9E3779B97F4A7C15 >> 7
    word = "".join(parts) + CODAS[mixed % len(CODAS)]
    word = word.replace("e", "é", 1) if not mixed % 151 else word
    return word.capitalize() if rank > 500 and not (mixed >> 16) % 3 else word


_common = cache(_spelled)


def _article(number: int, text: str) -> Article:
    """Return a text as an article with its headline and paragraphs."""
    edges = [-1, *(n for n, sign in enumerate(text) if sign == "\n"), len(text)]
    names = ["headline", "lead", *["body"] * len(edges)]
    spans = ((start + 1, end) for start, end in pairwise(edges))
    zones = [Zone(*span, name) for span, name in zip(spans, names, strict=False)]
    return Article(
        f"{number:07d}",
        text,
        headline=text[: zones[0].end],
        outlet=OUTLETS[number % len(OUTLETS)],
        published=str(date(2025, 1, 1) + timedelta(number % 365)),
        zones=tuple(zone for zone in zones if zone.start < zone.end),
    )
