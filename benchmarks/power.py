"""Words planted at 3 x the rate in one half: how often they are found (q < .05).

python benchmarks/power.py [draws, 100 if none] [articles, 1000 if none]

Each draw is a corpus of its own seed, with one word planted at each of several rates. A word is
found where q < .05 and the direction is right; the last lines keep the words that stand in at
least 20 articles. The draws are counted and tested by the parts that `keyness` is made of,
without writing and reading the texts; the first draw is also asked of `keyness`, and must agree.
"""

from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
from generator import Design, Made, draw

import corpuskit as ck
from corpuskit.analysis.keys.keyrows import FULL
from corpuskit.analysis.keys.profiles import Cells
from corpuskit.analysis.keys.versus import Versus
from corpuskit.measures.resampling import q_values

RATES = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0)  # per 10,000 words, in the half with fewer
LEAST = 20  # articles
LEVEL = 0.05
CUTS = (5, 3)  # min_freq and min_range of keyness
Row = tuple[float, int, int, bool]  # rate, articles with the word in each half, found


def cells_of(made: Made) -> Cells:
    """Return the counts of each word in each article."""
    sizes = np.diff(made.borders)
    keys = made.ids * len(sizes) + np.repeat(np.arange(len(sizes)), sizes)
    keys, counts = np.unique(keys, return_counts=True)
    forms, articles = np.divmod(keys, len(sizes))
    return Cells(made.design.words, forms, articles.astype(np.int32), counts, sizes)


def q_of(made: Made) -> dict[str, float]:
    """Return q of the words above the cut-offs; negative where the half "A" has more."""
    cells = cells_of(made)
    one, two = cells.profiles(made.outlet, 2)
    p = cells.p_values((made.outlet == 1)[:, None], made.outlet >= 0)[:, 0]
    sides = Versus(one, two, p).above(*CUTS)
    one, two = sides.one, sides.two
    q = q_values(sides.p, np.clip(one.range + two.range, 1, FULL))
    sign = np.sign(two.counts / two.size - one.counts / one.size)
    return dict(zip(one.words, (q * sign).tolist(), strict=True))


def finds(made: Made) -> list[Row]:
    """Return the planted words of one corpus: rate, articles with it in A and in B, found."""
    design, q = made.design, q_of(made)
    cells = cells_of(made)
    rows = []
    for number, rate in enumerate(design.planted):
        halves = made.outlet[cells.articles[cells.forms == design.vocabulary + number]]
        fewer, more = np.bincount(halves, minlength=2).tolist()
        rows.append(
            (rate, fewer, more, 0 < q.get(design.words[-len(design.planted) + number], 1) < LEVEL)
        )
    return rows


def agreed(made: Made) -> float:
    """Return the largest difference between these q and those of `keyness`."""
    corpus = made.corpus()
    frame = ck.keyness(corpus.where(outlet="B"), "rest").to_frame()
    q = q_of(made)
    if set(q) != set(frame["word"]):
        raise ValueError("keyness lists other words than this benchmark")
    return max(abs(abs(q[row.word]) - row.q) for row in frame.itertuples())


def line(name: str, rows: list[Row]) -> str:
    """Return how many of some planted words were found."""
    share = np.mean([row[3] for row in rows]) if rows else 0.0
    fewer, more = (np.median([row[n] for row in rows]) if rows else 0.0 for n in (1, 2))
    return f"| {name} | {len(rows)} | {fewer:.0f} / {more:.0f} | {share:.0%} |"


def main() -> None:
    """Print the share found, by rate and by the articles that hold the word."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    design = Design(articles=articles, planted=RATES)
    print(f"{draws} corpora of {articles:,} articles; q of the first differs from that of", end=" ")
    print(f"keyness by {agreed(draw(design, 1)):.1e} at most")
    rows = [row for seed in range(1, draws + 1) for row in finds(draw(design, seed))]
    print("| planted | words | articles with it: fewer / more (median) | found |")
    for rate in RATES:
        some = [row for row in rows if row[0] == rate]
        print(line(f"{rate:g} against {3 * rate:g} per 10,000 words", some))
    for low, high in pairwise((0, 10, LEAST, 30, 40, 60, 100, 10**9)):
        some = [row for row in rows if low <= row[1] < high]
        name = f"{low} or more" if high > 10**6 else f"{low} to {high - 1}"
        print(line(f"in {name} articles of the half with fewer", some))
    each = [row for row in rows if row[1] >= LEAST]
    print(line(f"all in at least {LEAST} articles of each half", each))
    more = [row for row in rows if row[2] >= LEAST]
    print(line(f"all in at least {LEAST} articles of the half with more", more))
    both = [row for row in rows if row[1] + row[2] >= LEAST]
    print(line(f"all in at least {LEAST} articles of both together", both))


if __name__ == "__main__":
    main()
