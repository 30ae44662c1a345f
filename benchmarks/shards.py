"""Shards: building with two processes against one, and what answers over shards cost.

    python benchmarks/shards.py --tokens 4000000 --rounds 3

Files are written from the seeded generator. Each round builds them once as one store in one
process (`build_corpus`) and once as two stores in two processes (`build_shards`), in turn, all
in processes that have loaded the package before. The clock depends on who else is at work; CPU
seconds do not: the critical path is what this process needs plus the busier of the two workers,
which is the time that two free cores would take.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
TICKS = os.sysconf("SC_CLK_TCK")


def write_files(tokens: int, folder: Path) -> int:
    """Write articles as text files, and return how many."""
    from ladder import news

    number = 0
    for number, article in enumerate(news(tokens), 1):
        path = folder / f"outlet{number % 10}"
        path.mkdir(parents=True, exist_ok=True)
        (path / f"{number:06d}.txt").write_text(f"Story {number}\n\n{article.text}", "utf-8")
    return number


def cpu_of(process: int) -> float:
    """Return the CPU seconds that a process has used, with those of its children that ended."""
    cells = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, cells[11:15])) / TICKS


def warm(_: int) -> int:
    """Load in a worker what every build loads."""
    import corpuskit as ck

    ck.read_corpus(HERE.parent / "data" / "raw")
    time.sleep(0.5)
    return os.getpid()


class Pool:
    """Workers that are awake, and the CPU seconds that each one uses."""

    def __init__(self, workers: int) -> None:
        self.executor = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        self.processes: set[int] = set()
        while len(self.processes) < workers:
            self.processes |= set(self.executor.map(warm, range(2 * workers)))

    def timed(self, ask: Callable[[], Any]) -> dict[str, float]:
        """Return the clock, and the CPU seconds here and of the busiest and all workers."""
        before = {one: cpu_of(one) for one in self.processes}
        clock, here = time.perf_counter(), time.process_time()
        ask()
        clock, here = time.perf_counter() - clock, time.process_time() - here
        used = [cpu_of(one) - before[one] for one in self.processes]
        return {"clock": clock, "here": here, "busiest": max(used), "workers": sum(used)}


def build_one(source: str, store: str) -> None:
    """Build one store in a worker."""
    import corpuskit as ck

    ck.build_corpus(source, store)


def building(source: Path, folder: Path, rounds: int) -> list[tuple[dict[str, float], ...]]:
    """Return what one process and two took, round by round."""
    import corpuskit as ck

    assert all((ck.build_shards, ck.build_corpus))  # loaded before anything is measured
    ck.read_corpus(HERE.parent / "data" / "raw")
    one, two, found = Pool(1), Pool(2), []
    for n in range(rounds):
        single = folder / f"one{n}"
        near = one.timed(lambda: one.executor.submit(build_one, source, single).result())  # noqa: B023
        stores = folder / f"two{n}"
        far = two.timed(
            lambda: ck.build_shards(source, stores, shards=2, executor=two.executor)  # noqa: B023
        )
        found.append((near, far))
        print("round", n + 1, near, far, flush=True)
    for pool in (one, two):
        pool.executor.shutdown()
    return found


def questions() -> dict[str, Callable[[Any], Any]]:
    """Return what is asked of a corpus, or of its shards."""
    import corpuskit as ck

    node = "b*"
    return {
        "find": lambda c: c.find(node),
        "first 100 lines": lambda c: repr(ck.kwic(c.find(node)).head(100)),
        "first 100 lines, sorted": lambda c: repr(ck.kwic(c.find(node)).sort("1R 2R").head(100)),
        "frequency list": ck.frequency_list,
        "bigrams": ck.ngrams,
        "collocates": lambda c: ck.collocates(c.find(node)),
        "rates": lambda c: ck.rates(c.find(node), by="outlet", draws=200),
    }


def asking(folder: Path, rounds: int) -> None:
    """Print the CPU seconds of answers of one store, and of two shards in the same process."""
    import corpuskit as ck

    opened = time.process_time()
    whole = ck.open_corpus(folder / "one0")
    opened = time.process_time() - opened
    began = time.process_time()
    shards = ck.open_shards(folder / "two0")
    print(f"open: one store {opened:.3f}, two shards {time.process_time() - began:.3f} s CPU")
    for name, ask in questions().items():
        took: list[list[float]] = [[], []]
        for _ in range(rounds + 1):  # the first time columns are checked and words merged
            for n, corpus in enumerate((whole, shards)):
                began = time.process_time()
                ask(corpus)
                took[n].append(time.process_time() - began)
        first, later = [x[0] for x in took], [statistics.median(x[1:]) for x in took]
        print(
            f"{name}: first {first[0]:.3f} / {first[1]:.3f}, then "
            f"{later[0]:.3f} / {later[1]:.3f} s CPU (one store / two shards)"
        )


def sizes(folder: Path) -> None:
    """Print the bytes of a store, by what they hold."""
    import corpuskit as ck

    store = next((folder / "one0" / "generations").iterdir())
    corpus = ck.open_shards(folder / "one0")
    tokens = corpus.token_total
    files = {one.name: one.stat().st_size for one in store.iterdir()}
    print(
        f"{tokens:,} tokens, {corpus.word_total:,} words, {len(corpus):,} articles, "
        f"{len(corpus.store.types):,} types; {sum(files.values()) / tokens:.1f} bytes a token"
    )
    for name, size in sorted(files.items(), key=lambda pair: -pair[1])[:12]:
        print(f"  {name}: {size / tokens:.2f} bytes a token")


def main() -> None:
    """Write the files, build in turn, ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=4_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        print(f"{write_files(given.tokens, folder / 'source'):,} files")
        rounds = building(folder / "source", folder, given.rounds)
        clock = [near["clock"] / far["clock"] for near, far in rounds]
        path = [
            (near["here"] + near["busiest"]) / (far["here"] + far["busiest"])
            for near, far in rounds
        ]
        print(
            f"one process / two: clock {sorted(clock)}, median {statistics.median(clock):.2f}; "
            f"critical path {sorted(path)}, median {statistics.median(path):.2f}"
        )
        sizes(folder)
        asking(folder, given.rounds)


if __name__ == "__main__":
    main()
