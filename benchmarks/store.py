"""A corpus on disk: time and memory of building, opening, and asking for the first time.

    python benchmarks/store.py --tokens 10000000 --files 100000

Each step runs in a process of its own, so that its peak of memory is its own. Seconds are CPU
seconds; MB resident are what the system reports for the process, its libraries included; the
second number leaves out what importing them alone takes.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


def resident() -> float:
    """Return the MB that this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def peak() -> float:
    """Return the most MB that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def build(tokens: int, store: str) -> dict[str, Any]:
    """Build from articles that are made one by one."""
    from ladder import news

    import corpuskit as ck

    base, begun = resident(), time.process_time()
    for _ in news(tokens):
        pass
    making = time.process_time() - begun
    ck.build_corpus(news(tokens), store)
    seconds = time.process_time() - begun - 2 * making
    return {"seconds": seconds, "making": making, "base MB": base, "peak MB": peak()}


def files(number: int, folder: str) -> dict[str, Any]:
    """Write small files, build from them, and build again."""
    from ladder import news

    texts = [article.text[:1200] for article in news(1_000_000)]
    for n in range(number):
        path = Path(folder, "source", f"outlet{n % 10}", f"{n % 1000:03d}")
        path.mkdir(parents=True, exist_ok=True)
        (path / f"{n}.txt").write_text(f"Story {n}\n\n{texts[n % len(texts)]}", "utf-8")
    return {"files": number}


def build_files(folder: str) -> dict[str, Any]:
    """Build from the small files."""
    import corpuskit as ck

    begun = time.process_time()
    corpus = ck.build_corpus(Path(folder, "source"), Path(folder, "store"))
    return {"seconds": time.process_time() - begun, "peak MB": peak(), "articles": len(corpus)}


def ask(store: str, pattern: str) -> dict[str, Any]:
    """Open, find, and make the first hundred lines."""
    import corpuskit as ck

    assert all((ck.Corpus, ck.kwic, ck.open_corpus))  # loaded before anything is measured
    base, begun = resident(), time.process_time()
    corpus = ck.open_corpus(store)
    opened, mb = time.process_time() - begun, resident()
    hits = corpus.find(pattern)
    found = time.process_time() - begun
    repr(ck.kwic(hits).head(100))
    done = time.process_time() - begun
    now = resident()
    return {
        "open": opened,
        "open MB": mb,
        "open and find": found,
        "and 100 lines": done,
        "hits": len(hits),
        "MB": now,
        "MB over imports": now - base,
    }


def words(store: str) -> dict[str, Any]:
    """Return a frequent, a middling and a rare word, and one glob."""
    import numpy as np

    import corpuskit as ck

    columns = ck.open_corpus(store).store
    counts = np.where(columns.fold_is_word, np.diff(columns.pointers), 0)
    order = np.argsort(-counts, kind="stable")
    chosen = {str(rank): columns.folds[int(order[rank])] for rank in (0, 50, 2_000)}
    return chosen | {"glob": chosen["50"][:2] + "*"}


STEPS = {step.__name__: step for step in (build, files, build_files, ask, words)}


def apart(step: str, *given: object) -> dict[str, Any]:
    """Run a step in a process of its own."""
    words = [sys.executable, sys.argv[0], "--step", step, *map(str, given)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    shown = json.loads(done.stdout)
    return {name: round(v, 4) if isinstance(v, float) else v for name, v in shown.items()}


def main() -> None:
    """Run the steps and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--step", nargs="+")
    given = parser.parse_args()
    if given.step:
        step, *rest = given.step
        if step in ("build", "files"):
            rest[0] = int(rest[0])
        print(json.dumps(STEPS[step](*rest)))
        return
    room = tempfile.mkdtemp(prefix="corpuskit-store-")
    try:
        store = f"{room}/tokens"
        print("build", apart("build", given.tokens, store))
        for pattern in apart("words", store).values():
            print("ask", pattern, apart("ask", store, pattern))
        apart("files", given.files, room)
        print("files", apart("build_files", room))
        print("files again", apart("build_files", room))
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
