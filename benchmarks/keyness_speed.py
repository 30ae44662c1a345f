"""How long key words take on a generated corpus, building time apart.

python benchmarks/keyness_speed.py [million tokens, 10 if none]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from generator import Design, draw

import corpuskit as ck
from corpuskit.analysis.keys.absence import absent
from corpuskit.result import Result

LENGTH = 397  # words of a generated article on average: the mean of its lognormal lengths


def spent(task: Callable[[], Result], times: int = 5) -> float:
    """Return the median of the CPU seconds of a task."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        task()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the CPU seconds of each way of asking."""
    words = float(sys.argv[1]) * 1e6 if len(sys.argv) > 1 else 1e7
    start = time.process_time()
    corpus = draw(Design(articles=round(words / LENGTH), vocabulary=100_000), seed=1).corpus()
    print(corpus, f"built in {time.process_time() - start:.0f} s")
    target = corpus.where(outlet="A")
    first = time.process_time()
    ck.keyness(target, "rest")
    print(f"keyness against the rest, first call: {time.process_time() - first:.2f} s")
    tasks: dict[str, Callable[[], Result]] = {
        "keyness against the rest": lambda: ck.keyness(corpus.where(outlet="A"), "rest"),
        "keyness by outlet": lambda: ck.keyness(corpus, by="outlet"),
        "absent against the rest": lambda: absent(corpus.where(outlet="A"), "rest"),
    }
    for name, task in tasks.items():
        print(f"{name}: {spent(task):.2f} s (median of 5)")


if __name__ == "__main__":
    main()
