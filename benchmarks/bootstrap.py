"""Speed: log-t intervals of every word of a vocabulary from 2,000 corpora of articles drawn again.

    python benchmarks/bootstrap.py [articles] [words] [draws]

The counts come from the generator (a Zipf vocabulary, words in bursts) as a sparse matrix of
articles by words. Bar: 10,000 articles, 10,000 words, 2,000 draws in at most 10 s.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
from generator import Design, draw
from scipy.sparse import coo_array

from corpuskit.measures.logt import log_t_rate_interval, log_t_rate_intervals


def main() -> None:
    """Print the figures."""
    articles, words, draws = ([int(x) for x in sys.argv[1:]] + [10_000, 10_000, 2_000])[:3]
    made = draw(Design(articles=articles, vocabulary=words), seed=1)
    sizes = np.diff(made.borders)
    owner = np.repeat(np.arange(articles), sizes)
    cells = coo_array((np.ones(len(owner)), (owner, made.ids)), shape=(articles, words)).tocsr()
    wall, cpu = time.perf_counter(), time.process_time()
    low, high = log_t_rate_intervals(cells, sizes, draws=draws)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    for word in (0, words // 2, words - 1):  # the ends of one word alone, but for rounding
        alone = log_t_rate_interval(cells[:, [word]].toarray()[:, 0], sizes, draws=draws)
        if not np.allclose(alone, (low[word], high[word]), rtol=1e-6):
            sys.exit(f"word {word}: {alone} is not {(low[word], high[word])}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{articles:,} articles, {words:,} words ({cells.nnz:,} counts), {draws:,} draws:")
    print(f"{wall:.1f} s, {cpu:.1f} s CPU, {peak:,.0f} MB at the peak of the whole script")


if __name__ == "__main__":
    main()
