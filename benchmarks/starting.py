"""How long a researcher waits before the first line: import, open, and the first hundred lines.

    python benchmarks/starting.py [million tokens, 10] [rounds, 5]

Every figure is that of a new process, in turn, A B A B; CPU seconds from the first import on and
peak memory, medians. The corpus of ladder.py is written once for each tool: corpuskit's and conc's
own stores, and a file of tokens, blank after blank, from which NLTK has to build its index anew.
A tool that is not installed is left out.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from memory import held

WINDOW, LINES = 5, 100


def import_alone(_: str, __: str) -> None:
    """Import corpuskit, and ask nothing of it: what is not used is not loaded."""
    import corpuskit  # noqa: F401


def import_corpuskit(_: str, __: str) -> None:
    """Import corpuskit and all that opening and a concordance need."""
    import corpuskit as ck

    assert all((ck.open_corpus, ck.Corpus, ck.kwic))


def import_nltk(_: str, __: str) -> None:
    """Import NLTK's concordances."""
    from nltk.text import ConcordanceIndex  # noqa: F401


def import_conc(_: str, __: str) -> None:
    """Import conc."""
    from conc.conc import Conc  # noqa: F401
    from conc.corpus import Corpus  # noqa: F401


def open_corpuskit(room: str, _: str) -> None:
    """Open a stored corpus."""
    import corpuskit as ck

    len(ck.open_corpus(f"{room}/corpuskit"))


def open_nltk(room: str, _: str) -> object:
    """Build the index of stored tokens."""
    from nltk.text import ConcordanceIndex

    tokens = Path(room, "tokens.txt").read_text("utf-8").split()
    return ConcordanceIndex(tokens, key=str.lower)


def open_conc(room: str, _: str) -> object:
    """Open a stored corpus."""
    from conc_peer import opened

    return opened(f"{room}/conc")


def lines_corpuskit(room: str, word: str) -> None:
    """Open, find a word, and show its first hundred lines."""
    import corpuskit as ck

    hits = ck.open_corpus(f"{room}/corpuskit").find(word)
    repr(ck.kwic(hits, WINDOW).head(LINES))


def lines_nltk(room: str, word: str) -> None:
    """Index, find a word, and show its first hundred lines."""
    index = open_nltk(room, word)
    for line in index.find_concordance(word, 80)[:LINES]:  # type: ignore[attr-defined]
        str(line.line)


def lines_conc(room: str, word: str) -> None:
    """Open, find a word, and show its first hundred lines."""
    whole = open_conc(room, word)
    whole.concordance(word, context_length=WINDOW, page_size=LINES).to_frame()  # type: ignore[attr-defined]


TASKS: dict[str, dict[str, Callable[[str, str], object]]] = {
    "import alone": {"corpuskit": import_alone},
    "import": {"corpuskit": import_corpuskit, "NLTK": import_nltk, "conc": import_conc},
    "open": {"corpuskit": open_corpuskit, "NLTK": open_nltk, "conc": open_conc},
    "first 100 lines": {"corpuskit": lines_corpuskit, "NLTK": lines_nltk, "conc": lines_conc},
}
MODULES = {"corpuskit": "corpuskit", "NLTK": "nltk", "conc": "conc"}


def main() -> None:
    """Print the table."""
    given = sys.argv[1:]
    if given[:1] == ["--task"]:
        step(*given[1:])
        return
    millions, rounds = float(given[0]) if given else 10.0, int(given[1]) if given[1:] else 5
    able = [name for name, module in MODULES.items() if importlib.util.find_spec(module)]
    room = tempfile.mkdtemp(prefix="corpuskit-starting-")
    try:
        word = written(room, round(millions * 1e6), "conc" in able)
        print("| new process | tool | CPU seconds | beyond its import | peak MB |")
        print("|---|---|---:|---:|---:|", flush=True)
        imports: dict[str, float] = {}
        for task, tools in TASKS.items():
            for name, (seconds, peak) in measured(task, tools, able, room, word, rounds).items():
                if task.startswith("import"):
                    imports[name] = seconds
                beyond = f"{max(seconds - imports[name], 0):.3f}"
                print(f"| {task} | {name} | {seconds:.3f} | {beyond} | {peak:.0f} |", flush=True)
    finally:
        shutil.rmtree(room)


def written(room: str, tokens: int, with_conc: bool) -> str:
    """Store the corpus for each tool; return its commonest word."""
    import numpy as np
    from ladder import news

    import corpuskit as ck

    corpus = ck.build_corpus(news(tokens), f"{room}/corpuskit")
    store = corpus.store
    forms = (store.types[n] for n in np.asarray(store.ids).tolist())
    Path(room, "tokens.txt").write_text(" ".join(forms), "utf-8")
    if with_conc:
        from conc_peer import conc_corpus

        Path(room, "conc").mkdir()
        conc_corpus((article.text for article in news(tokens)), f"{room}/conc")
    counts = np.where(store.fold_is_word, np.diff(store.pointers), 0)
    return str(store.folds[int(counts.argmax())])


def measured(
    task: str,
    tools: dict[str, Callable[[str, str], object]],
    able: list[str],
    room: str,
    word: str,
    rounds: int,
) -> dict[str, tuple[float, float]]:
    """Return the median CPU seconds and peak MB of a task for each tool."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in tools if name in able}
    for turn in range(rounds + 1):
        for name, found in taken.items():
            one = apart(task, name, room, word)
            found += [one] if turn else []
    return {
        name: (statistics.median(s for s, _ in found), statistics.median(p for _, p in found))
        for name, found in taken.items()
    }


def apart(*words: str) -> tuple[float, float]:
    """Run a task in a process of its own; return its CPU seconds and peak MB."""
    command = [sys.executable, __file__, "--task", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak


def step(task: str, tool: str, room: str, word: str) -> None:
    """Do one task, and print what it took: this file's own imports are not counted."""
    begun = time.process_time()
    kept = TASKS[task][tool](room, word)
    seconds = time.process_time() - begun
    print()
    print(json.dumps([seconds, held("VmHWM")]))
    del kept


if __name__ == "__main__":
    main()
