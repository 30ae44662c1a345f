"""How long it takes to find the stories among 100,000 articles, and whether they are found.

    python benchmarks/stories.py [articles]

The corpus is that of `generator.py` (median 350 words) with known copies: one report in twenty is
reprinted whole by three outlets, one is edited, one is cut to a brief of 60 words, and every
article ends with the same 25 words, as furniture does.
"""

from __future__ import annotations

import json
import resource
import sys
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from generator import Design, draw

import corpuskit as ck
from corpuskit.analysis.copies.shingles import line_of, shingles_in

FOOTER = " ".join(f"footer{n}" for n in range(25))


def build(folder: str, articles: int, seed: int) -> None:
    """Write a corpus of so many articles, and the pairs that are copies, into a folder."""
    made = draw(Design(articles=int(articles / 1.25), length=350), seed)
    rows, truth = [], set()
    for number, text in enumerate(made.texts()):
        words = text.split()
        kinds = {0: [words] * 4, 1: [words, [*words[:100], "new", *words[100:]]]}
        kinds[2] = [words, words[: max(60, len(words) // 5)]]
        copies = kinds.get(number % 20, [words])
        names = [f"{number:06d}.{copy}" for copy in range(len(copies))]
        truth |= {(one, other) for one in names for other in names if one < other}
        rows += [
            {
                "id": name,
                "date": f"2026-01-{number % 28 + 1:02d}",
                "text": " ".join(copy) + " " + FOOTER,
            }
            for name, copy in zip(names, copies, strict=True)
        ]
    ck.Corpus.from_frame(rows).save(f"{folder}/corpus")
    Path(f"{folder}/truth.json").write_text(json.dumps(sorted(truth)))


def timed(corpus: ck.Corpus, truth: set[tuple[str, str]], method: str) -> str:
    """Return a row of the table of one method."""
    wall, cpu = perf_counter(), process_time()
    found = ck.near_duplicates(corpus, method=method)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    pairs = set(zip(found.frame["a"], found.frame["b"], strict=True))
    right = f"{len(pairs & truth):,} of {len(truth):,}"
    return f"| {method} | {wall:.0f} | {cpu:.0f} | {right} | {len(pairs - truth):,} |"


def peak() -> float:
    """Return the most memory that this process has had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main(articles: int) -> None:
    """Print the table. Another process makes the corpus, so that its memory does not count."""
    with TemporaryDirectory() as folder:
        maker = get_context("spawn").Process(target=build, args=(folder, articles, 1))
        maker.start()
        maker.join()
        truth = {(one, other) for one, other in json.loads(Path(folder, "truth.json").read_text())}
        measure(ck.open_corpus(f"{folder}/corpus"), truth)


def measure(corpus: ck.Corpus, truth: set[tuple[str, str]]) -> None:
    """Print the table for a corpus that is open."""
    before = peak()
    print(f"{len(corpus):,} articles, {corpus.word_total:,} words; {before:.1f} GB before")
    cpu = process_time()
    shingles_in(line_of(corpus, 5))
    print(f"shingles alone: {process_time() - cpu:.1f} CPU seconds; {peak():.1f} GB at most so far")
    print("| method | seconds | CPU seconds | planted pairs found | other pairs | GB at most |")
    print("|---|---|---|---|---|---|")
    for method in ("exact", "minhash"):
        print(f"{timed(corpus, truth, method)} {peak():.1f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
