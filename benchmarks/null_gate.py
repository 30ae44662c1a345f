"""Random halves of one corpus have no key words: how many each test finds all the same.

python benchmarks/null_gate.py                generated corpus of 2,000 articles
python benchmarks/null_gate.py FOLDER         the articles of a folder
python benchmarks/null_gate.py FOLDER 0.1     a tenth against the rest; "" for FOLDER: generated
"""

from __future__ import annotations

import sys

import numpy as np
from generator import Design, draw
from scipy import stats
from scipy.sparse import coo_array

import corpuskit as ck
from corpuskit.analysis.keys.profiles import Cells
from corpuskit.measures.resampling import q_values

SPLITS = 20
LEVEL = 0.05


def drawn(corpus: ck.Corpus, rng: np.random.Generator, share: float) -> set[str]:
    """Return the ids of a random share of the articles."""
    ids = corpus.articles["id"].to_numpy()
    return set(rng.permutation(ids)[: int(len(ids) * share)].tolist())


def welch(corpus: ck.Corpus, part: set[str], words: list[str]) -> np.ndarray:
    """Return p of Welch's t test on the rates per article, the usual document-level test."""
    cells = Cells.of(corpus)
    member = corpus.articles["id"].isin(part).to_numpy()
    places = {word: n for n, word in enumerate(cells.names)}
    rates = coo_array((cells.counts / cells.sizes[cells.articles], (cells.forms, cells.articles)))
    rates = rates.tocsr()[[places[word] for word in words]]
    sides = []
    for side in (member, ~member):
        n, mean = side.sum(), rates @ side / side.sum()
        spread = np.sqrt(np.maximum((rates**2) @ side - n * mean**2, 0) / (n - 1))
        sides += [mean, spread, n]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = stats.ttest_ind_from_stats(*sides, equal_var=False).pvalue
    return np.nan_to_num(found, nan=1.0)


def false_finds(corpus: ck.Corpus, seed: int, share: float) -> list[int]:
    """Return the words with q < .05 by each test, and the words in the table."""
    part = drawn(corpus, np.random.Generator(np.random.PCG64(seed)), share)
    sides = corpus.where(id=part), corpus.where(id=lambda name: name not in part)
    frame = ck.keyness(*sides).to_frame()
    others = q_values(welch(corpus, part, frame["word"].tolist()))
    by_word = q_values(stats.chi2.sf(frame["g2"], 1))
    return [int((q < LEVEL).sum()) for q in (frame["q"], others, by_word)] + [len(frame)]


def main() -> None:
    """Print the mean and the largest number of words found in 20 splits."""
    folder = sys.argv[1] if len(sys.argv) > 1 else ""
    share = float(sys.argv[2]) if len(sys.argv) > 2 else 0.5
    corpus = ck.read_corpus(folder) if folder else draw(Design(), seed=1).corpus()
    print(corpus)
    found = np.array([false_finds(corpus, seed, share) for seed in range(1, SPLITS + 1)])
    print(f"{SPLITS} random parts of {share:g}, {found[:, 3].mean():,.0f} words tested a split")
    tests = ("p and q of keyness", "Welch's t test on rates with BH", "word-level G2 with BH")
    for column, name in enumerate(tests):
        values = found[:, column]
        print(f"{name}: mean {values.mean():.2f}, largest {values.max()} words with q < .05")


if __name__ == "__main__":
    main()
