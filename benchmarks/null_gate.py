"""Random halves of one corpus have no key words: how many each test finds all the same.

python benchmarks/null_gate.py                generated corpus of 2,000 articles
python benchmarks/null_gate.py FOLDER         the articles of a folder
"""

from __future__ import annotations

import sys

import numpy as np
from generator import Design, draw
from scipy import stats

import corpuskit as ck
from corpuskit.measures.resampling import q_values

SPLITS = 20
LEVEL = 0.05


def halves(corpus: ck.Corpus, rng: np.random.Generator) -> tuple[ck.Corpus, ck.Corpus]:
    """Return a random half of the articles and the other half."""
    ids = corpus.articles["id"].to_numpy()
    half = set(rng.permutation(ids)[: len(ids) // 2].tolist())
    return corpus.where(id=half), corpus.where(id=lambda name: name not in half)


def false_finds(corpus: ck.Corpus, seed: int) -> tuple[int, int, int]:
    """Return the words with q < .05 by article and by word, and the words in the table."""
    rng = np.random.Generator(np.random.PCG64(seed))
    frame = ck.keyness(*halves(corpus, rng)).to_frame()
    by_word = q_values(stats.chi2.sf(frame["g2"], 1))
    return int((frame["q"] < LEVEL).sum()), int((by_word < LEVEL).sum()), len(frame)


def main() -> None:
    """Print the mean and the largest number of words found in 20 splits."""
    folder = sys.argv[1] if len(sys.argv) > 1 else ""
    corpus = ck.read_corpus(folder) if folder else draw(Design(), seed=1).corpus()
    print(corpus)
    found = np.array([false_finds(corpus, seed) for seed in range(1, SPLITS + 1)])
    print(f"{SPLITS} random halves, {found[:, 2].mean():,.0f} words tested a split")
    for name, column in (("p and q by article (Welch)", 0), ("word-level G2 with BH", 1)):
        values = found[:, column]
        print(f"{name}: mean {values.mean():.2f}, largest {values.max()} words with q < .05")


if __name__ == "__main__":
    main()
