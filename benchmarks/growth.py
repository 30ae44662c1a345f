"""How time and memory grow with the corpus: 1, 10 and 100 million tokens, built on disk and asked.

    python benchmarks/growth.py [millions ..., 1 10 100]

Every step runs in a process of its own (see store.py). The figures go to growth.json, which
plots.py draws.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import store

HERE = Path(__file__).parent


def lines(folder: str, pattern: str) -> dict[str, Any]:
    """Make every line of a concordance."""
    import corpuskit as ck

    corpus = ck.open_corpus(folder)
    repr(ck.kwic(corpus.find(pattern)).head(100))
    begun = time.process_time()
    frame = ck.kwic(corpus.find(pattern), 5).to_frame()
    return {"hits": len(frame), "seconds": time.process_time() - begun}


def measured(millions: float, room: str) -> dict[str, Any]:
    """Return the figures of one step of the ladder."""
    folder = f"{room}/{millions:g}"
    tokens = round(millions * 1e6)
    built = store.apart("build", tokens, folder)
    frequent, mid, *_ = store.apart("words", folder).values()
    size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    asked, every = store.apart("ask", folder, frequent), store.apart("lines", folder, mid)
    shutil.rmtree(folder)
    return {
        "million tokens": millions,
        "build, µs a token": built["seconds"] / tokens * 1e6,
        "peak, bytes a token": (built["peak MB"] - built["base MB"]) * 1e6 / tokens,
        "on disk, bytes a token": size / tokens,
        "open, ms": asked["open"] * 1e3,
        "find, ms": (asked["open and find"] - asked["open"]) * 1e3,
        "first 100 lines, ms": (asked["and 100 lines"] - asked["open and find"]) * 1e3,
        "resident over imports, MB": asked["MB over imports"],
        "all lines, µs a hit": every["seconds"] / max(every["hits"], 1) * 1e6,
        "hits": every["hits"],
    }


def main() -> None:
    """Measure the steps, print the table, and write it down for the plots."""
    given = sys.argv[1:]
    if given[:1] == ["--step"]:
        store.main()
        return
    room = tempfile.mkdtemp(prefix="corpuskit-growth-")
    try:
        rows = [measured(float(size), room) for size in given or ("1", "10", "100")]
    finally:
        shutil.rmtree(room)
    names = list(rows[0])
    print(f"| {' | '.join(names)} |\n|{'---:|' * len(names)}")
    for row in rows:
        print(
            "| "
            + " | ".join(
                f"{row[name]:,.3g}" if name != "hits" else f"{row[name]:,}" for name in names
            )
            + " |"
        )
    (HERE / "growth.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


store.STEPS["lines"] = lines

if __name__ == "__main__":
    main()
