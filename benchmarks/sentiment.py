"""Sentences a second that VADER scores: corpuskit, with every word's contribution, beside NLTK.

    python benchmarks/sentiment.py [rounds, 5] [folder of articles, data/raw]

Both score the same sentences, every one that holds a word, again and again in turn; CPU seconds,
median of the rounds. NLTK and the vaderSentiment package (where it is installed) give a compound
a sentence and no contributions. corpuskit is measured twice: the scoring alone, and the whole of
`sentiment_around`, with tables, contributions, baseline and intervals.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

import corpuskit as ck
from corpuskit.analysis.tone.scorers import scorers_of
from corpuskit.analysis.tone.units import Units, units_round
from corpuskit.analysis.tone.vader import vader_words

RAW = Path(__file__).parents[1] / "data" / "raw"


def main() -> None:
    """Print the table."""
    given = sys.argv[1:]
    rounds, folder = int(given[0]) if given else 5, given[1] if given[1:] else RAW
    corpus = ck.read_corpus(folder)
    hits = corpus.find("*")
    units = units_round(hits, None)
    texts = [corpus.text(n)[start:end] for n, start, end in spans(corpus, units)]
    [scorer] = scorers_of("vader")
    masked = np.zeros(len(corpus.store.ids), bool)
    ways: dict[str, Callable[[], object]] = {
        "corpuskit, scores with contributions": lambda: scorer.scores(hits, units, masked),
        "corpuskit, sentiment_around": lambda: ck.sentiment_around(hits),
        "NLTK, polarity_scores": each(nltk_analyser().polarity_scores, texts),
        **their_own(texts),
    }
    print(f"{len(texts):,} sentences, {len(corpus.words):,} words\n")
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            begun = time.process_time()
            way()
            taken[name] += [time.process_time() - begun] if turn else []
    rates = {name: len(texts) / statistics.median(times) for name, times in taken.items()}
    print("| way | sentences a CPU second | times NLTK |\n|---|---:|---:|")
    for name, rate in rates.items():
        print(f"| {name} | {rate:,.0f} | {rate / rates['NLTK, polarity_scores']:.1f} |")


def spans(corpus: ck.Corpus, units: Units) -> list[tuple[int, int, int]]:
    """Return article, first and past character of each unit."""
    starts, ends = corpus.store.starts[units.first], corpus.ends_of(units.past - 1)
    articles = corpus.article_of(units.first)
    return list(zip(articles.tolist(), starts.tolist(), ends.tolist(), strict=True))


def nltk_analyser() -> SentimentIntensityAnalyzer:
    """Return NLTK's analyser on the same lexicon; its own way in asks for downloaded data."""
    analyser = object.__new__(SentimentIntensityAnalyzer)
    analyser.lexicon, analyser.constants = dict(vader_words()), VaderConstants()
    return analyser


def their_own(texts: list[str]) -> dict[str, Callable[[], object]]:
    """Return the vaderSentiment package as a way, if it can be imported."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer as Theirs
    except ImportError:
        return {}
    return {"vaderSentiment, polarity_scores": each(Theirs().polarity_scores, texts)}


def each(score: Callable[[str], object], texts: list[str]) -> Callable[[], object]:
    """Return what scores every text."""
    return lambda: [score(text) for text in texts]


if __name__ == "__main__":
    main()
