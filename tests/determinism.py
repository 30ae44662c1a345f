"""The same bytes whatever differs from run to run: hash seeds, workers, shards, listings.

`python -m tests.determinism` tries 5 hash seeds x workers 1 and 2 x shards 1, 3 and 7, each with
the files listed in another order, and compares every byte of four tables with those of one corpus
in one process; some minutes. The tests run a small part of it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from multiprocessing import get_context
from pathlib import Path

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
SEEDS, WORKERS, SHARDS = (0, 1, 2, 3, 4), (1, 2), (1, 3, 7)
QUICK = ((0, 2, 3), (3, 1, 7))


def shuffle_listings(seed):
    """List every folder in another order from now on."""
    listed, rng = os.scandir, random.Random(seed)

    class Shuffled:
        def __init__(self, path="."):
            with listed(path) as found:
                self.entries = sorted(found, key=lambda entry: entry.name)
            rng.shuffle(self.entries)

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *error):
            return None

        def __iter__(self):
            return iter(self.entries)

    os.scandir = Shuffled


def tables(corpus):
    """Return the CSV of a concordance, collocates, key words and n-grams."""
    import corpuskit as ck

    hits = corpus.find("partner*")
    answers = {
        "kwic": ck.kwic(hits).sort("1R 2R 1L").sample(60, seed=4),
        "collocates": ck.collocates(hits),
        "keyness": ck.keyness(corpus, by="outlet"),
        "ngrams": ck.ngrams(corpus, 3, by="outlet"),
    }
    return {name: answer.to_frame().to_csv(index=False) for name, answer in answers.items()}


def digest(found):
    """Return one line for all tables."""
    text = "\x1e".join(f"{name}\x1f{csv}" for name, csv in sorted(found.items()))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def plain():
    """Return the digest of one corpus read in this process."""
    import corpuskit as ck

    return digest(tables(ck.read_corpus(RAW)))


def shared(seed, workers, shards):
    """Return the digest of shards that workers have built and answer from."""
    import corpuskit as ck

    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=shuffle_listings, initargs=(seed,)
        ) as pool,
    ):
        shuffle_listings(seed + 100)
        built = ck.build_shards(RAW, Path(folder) / "stores", shards=shards, executor=pool)
        return digest(tables(built))


def in_a_child(seed, *given):
    """Return what a child process with this hash seed says."""
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    command = [sys.executable, __file__, "--child", str(seed), *map(str, given)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def sweep(runs, tell=None):
    """Return the runs whose bytes differ from those of one corpus, and how many were tried."""
    wanted, found = plain(), {}
    for run in runs:
        found[run] = in_a_child(*run)
        if tell:
            tell(f"seed {run[0]}, workers {run[1]}, shards {run[2]}: {found[run] == wanted}")
    return [run for run, told in found.items() if told != wanted], len(found)


def main():
    """Run the sweep, or one run of it as a child."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child", nargs=3, type=int, metavar=("SEED", "WORKERS", "SHARDS"))
    given = parser.parse_args()
    if given.child:
        print(shared(*given.child))
        return 0
    different, tried = sweep(product(SEEDS, WORKERS, SHARDS), partial(print, flush=True))
    print(f"{tried} runs, {len(different)} different from one corpus in one process", *different)
    return int(bool(different))


if __name__ == "__main__":
    sys.exit(main())
