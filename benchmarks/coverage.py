"""Coverage: how many 95 % intervals of rates and differences hold the truth, in 1,000 corpora.

    python benchmarks/coverage.py [corpora, 1000 if none] [grid]

Each corpus has articles of unequal (lognormal) length; the hits of an article are negative-binomial
round rate × length, so that they clump: 0.8 or 4 expected in 400 words (in turn), with the shape
0.5, 1 or 2 (in turn; at 0.5 a third of the articles holds four fifths of what is expected). The
truth is the rate. Each corpus has its own seed, so that any of them can be drawn again. Other
designs take a word of the generator, whose words come in bursts, in place of negative-binomial
counts. With "grid": rates and differences of a frequent and a rare word of the generator, for each
of several bursts and numbers of articles, with the default interval alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from generator import Design, draw

from corpuskit.measures.logt import log_t_difference_interval, log_t_rate_interval
from corpuskit.measures.resampling import difference_interval, rate_interval
from corpuskit.measures.studentized import student_difference_interval, student_rate_interval

SHAPES = (0.5, 1.0, 2.0)
HITS = (0.8, 4.0)  # expected an article of 400 words
MANY, FEW = (30, 60), (8, 12)
BURSTS, SIZES = (0.0, 0.3, 0.5), (10, 20, 50, 100, 200)
RANKS = {"frequent": 19, "rare": 199}  # 30 and 3 per 10,000 words
METHODS = {
    "log-t": (log_t_rate_interval, log_t_difference_interval),
    "percentile": (rate_interval, difference_interval),
    "bootstrap-t": (student_rate_interval, student_difference_interval),
}
Drawn = tuple[float, tuple, tuple]  # the truth, hits and words: of one side, or of two


def cell(seed: int) -> tuple[float, float]:
    """Return the rate and the shape of a corpus: all six in turn."""
    return HITS[seed % 2] / 400, SHAPES[seed // 2 % 3]


def side(rng, size: tuple[int, int], rate: float, shape: float) -> tuple[np.ndarray, np.ndarray]:
    """Return hits and words of some articles."""
    count = rng.integers(size[0], size[1] + 1)
    words = np.maximum(np.exp(rng.normal(np.log(350), 0.5, count)).astype(np.int64), 20)
    return rng.poisson(rate * words * rng.gamma(shape, 1 / shape, count)), words


def one(size: tuple[int, int]) -> Callable[[int], Drawn]:
    """Return a maker of corpora of which the rate is asked."""

    def made(seed: int) -> Drawn:
        rate, shape = cell(seed)
        return rate, *side(np.random.default_rng(seed), size, rate, shape)

    return made


def two(
    size: tuple[int, int], other: tuple[int, int], times: float = 1.5
) -> Callable[[int], Drawn]:
    """Return a maker of corpora of which a difference is asked: the first has the higher rate."""

    def made(seed: int) -> Drawn:
        rate, shape = cell(seed)
        rng = np.random.default_rng(seed)
        (a, m), (b, n) = side(rng, size, times * rate, shape), side(rng, other, rate, shape)
        return (times - 1) * rate, (a, b), (m, n)

    return made


def zones(seed: int) -> Drawn:
    """Return headlines of 10 words, with five times the rate, and bodies of the same articles."""
    rate, shape = cell(seed)
    rng = np.random.default_rng(seed)
    _, words = side(rng, MANY, rate, shape)
    heads = rng.integers(6, 15, len(words))
    level = rng.gamma(shape, 1 / shape, len(words))
    hits = rng.poisson(5 * rate * heads * level), rng.poisson(rate * words * level)
    return 4 * rate, hits, (heads, words)


def generated(burst: float, size: tuple[int, int] = MANY, rank: int = 19) -> Callable[[int], Drawn]:
    """Return a maker of corpora of the generator, of which the rate of one word is asked."""

    def made(seed: int) -> Drawn:
        rng = np.random.default_rng(seed)
        design = Design(articles=int(rng.integers(*size)), vocabulary=1_000, burst=burst)
        corpus = draw(design, seed)
        found = np.append(0, np.cumsum(corpus.ids == rank))
        return float(design.shares[rank]), np.diff(found[corpus.borders]), np.diff(corpus.borders)

    return made


def apart(
    one: Callable[[int], Drawn], other: Callable[[int], Drawn], later: int = 10**6
) -> Callable[[int], Drawn]:
    """Return a maker of two corpora, the second of another seed, of which a difference is asked."""

    def made(seed: int) -> Drawn:
        (rate, a, m), (less, b, n) = one(seed), other(seed + later)
        return rate - less, (a, b), (m, n)

    return made


DESIGNS: dict[str, Callable[[int], Drawn]] = {
    "rate, 30 to 60 articles": one(MANY),
    "rate, 30 to 60 articles of the generator": generated(0.3),
    "difference, 30 to 60 articles each": two(MANY, MANY),
    "difference, 30 to 60 articles each of the generator": apart(
        generated(0.3, MANY, 9), generated(0.3)
    ),
    "difference of zones in 30 to 60 articles": zones,
    "rate, 30 to 60 articles of the generator, burst 0.5": generated(0.5),
    "rate, 8 to 12 articles": one(FEW),
    "difference, 8 to 12 articles against 30 to 60": two(FEW, MANY),
}


def interval(method: str, made: Drawn, seed: int, paired: bool) -> tuple[float, float]:
    """Return the 95 % interval of one corpus."""
    _, hits, words = made
    rate, difference = METHODS[method]
    if isinstance(hits, tuple):
        return difference(hits, words, seed=seed, paired=paired)
    return rate(hits, words, seed=seed)


def row(name: str, corpora: int) -> list[str]:
    """Return one line a method: coverage, how often it misses on each side, its width."""
    made = [DESIGNS[name](seed) for seed in range(corpora)]
    truth = np.array([drawn[0] for drawn in made])
    lines, usual = [], 1.0
    for method in METHODS:
        paired = DESIGNS[name] is zones
        ends = np.array([interval(method, drawn, n, paired) for n, drawn in enumerate(made)])
        above, below = (truth < ends[:, 0]).mean(), (truth > ends[:, 1]).mean()
        width = float(np.median(ends[:, 1] - ends[:, 0]))
        usual = width if method == "log-t" else usual
        inside = 1 - above - below
        bar = "yes" if 0.93 <= inside <= 0.97 else "**no**"
        cells = [name, method, f"{inside:.1%}", bar, f"{above:.1%}", f"{below:.1%}"]
        lines.append(f"| {' | '.join(cells)} | {width / usual:.2f} |")
    return lines


def covered(design: Callable[[int], Drawn], corpora: int) -> float:
    """Return the share of corpora whose log-t interval holds the truth."""
    inside = 0
    for seed in range(corpora):
        made = design(seed)
        low, high = interval("log-t", made, seed, False)
        inside += low <= made[0] <= high
    return inside / corpora


def grid(corpora: int) -> None:
    """Print the coverage of the log-t interval over bursts, numbers of articles and words."""
    print(f"| word, burst | {' | '.join(f'{n} articles' for n in SIZES)} |")
    print(f"|---|{'---:|' * len(SIZES)}")
    for name, rank in RANKS.items():
        for burst in BURSTS:
            designs = [generated(burst, (n, n + 1), rank) for n in SIZES]
            cells = []
            for one in designs:
                shares = covered(one, corpora), covered(apart(one, one), corpora)
                cells.append(" / ".join(f"{share:.1%}" for share in shares))
            print(f"| {name}, {burst:g} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Print the table."""
    corpora = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    if "grid" in sys.argv[2:]:
        return grid(corpora)
    print("| design | interval | covers | 93 to 97 % | truth below | truth above | width |")
    print("|---|---|---:|---|---:|---:|---:|")
    for name in DESIGNS:
        print("\n".join(row(name, corpora)), flush=True)


if __name__ == "__main__":
    main()
