"""How long queries take: corpuskit beside every peer that is installed, in one run.

    python benchmarks/queries.py [million tokens, 10] [rounds, 5] [name of a tool, all ...]

The corpus is that of ladder.py. Each row is asked of every tool in turn, A B A B; the figures are
CPU seconds, the median of the rounds, after one round that is not counted (what is loaded once is
loaded then). What several tools took goes to peers.json, which plots.py draws. Memory is that of
a new process for each tool, beyond the texts. A tool that is not installed is reported as absent;
so is a row that a tool does not have. peers.txt lists the versions of the peers.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from ladder import news
from memory import held

import corpuskit as ck
from corpuskit import Article, Corpus

WINDOW = 5
Task = Callable[[], object]
Words = dict[str, str]


def main() -> None:
    """Print the table, and what each tool needs of memory."""
    given = sys.argv[1:]
    if given[:1] == ["--memory"]:
        print(json.dumps(remembered(float(given[1]), given[2])))
        return
    millions, rounds = float(given[0]) if given else 10.0, int(given[1]) if given[1:] else 5
    articles = list(news(round(millions * 1e6)))
    corpus = Corpus(articles)
    words = chosen(corpus)
    print(f"{len(corpus.store.ids):,} tokens in {len(corpus):,} articles; {told(corpus, words)}\n")
    wanted = given[2:] or list(TOOLS)
    tools = {name: TOOLS[name](corpus, articles, words) for name in wanted if present(name)}
    absent = [name for name in [*wanted, *OUTSIDE] if name not in tools and not present(name)]
    found = measured(tools, rounds)
    show(found, list(tools))
    if len(tools) > 1:
        (Path(__file__).parent / "peers.json").write_text(json.dumps(found, indent=1) + "\n")
    print(f"\nNot installed, so not measured: {', '.join(absent) or 'none'}.\n")
    del corpus, articles
    print("| a new process, all rows once | MB beside the texts | MB at most |\n|---|---:|---:|")
    for name in tools:
        command = [sys.executable, __file__, "--memory", str(millions), name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        ready, peak = json.loads(done.stdout.splitlines()[-1])
        print(f"| {name} | {ready:,.0f} | {peak:,.0f} |", flush=True)


def remembered(millions: float, name: str) -> tuple[float, float]:
    """Return the MB that a tool adds to the texts: ready to answer, and at most while it does."""
    articles = list(news(round(millions * 1e6)))
    before = held()
    corpus = Corpus(articles)
    words = chosen(corpus)
    if name != "corpuskit":  # it is only asked for the words, and for its tokens
        before = held()
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    tasks = TOOLS[name](corpus, articles, words)
    ready = held() - before
    for task in tasks.values():
        task()
    return ready, held("VmHWM") - before


def chosen(corpus: Corpus) -> Words:
    """Return the words that are asked for: the commonest, and two that are rarer."""
    store = corpus.store
    counts = np.where(store.fold_is_word, np.diff(store.pointers), 0)
    total = int(counts.sum())
    names = {"rare": 2e-5, "mid": 2e-3}
    words = {
        name: store.folds[int(np.abs(counts - share * total).argmin())]
        for name, share in names.items()
    }
    words["frequent"] = store.folds[int(counts.argmax())]
    after = ck.ngrams(corpus, 2).frame["ngram"].str.split(" ", expand=True)
    words["phrase"] = " ".join(after[after[0] == words["mid"]].iloc[0])
    return words | {"regex": words["mid"][:3] + ".*s"}


def told(corpus: Corpus, words: Words) -> str:
    """Return the words with their hits."""
    rows = [
        (name, corpus.find(word, match="regex" if name == "regex" else "glob"))
        for name, word in words.items()
    ]
    return ", ".join(f"{name} {hits.pattern!r} {len(hits):,} hits" for name, hits in rows)


def measured(tools: dict[str, dict[str, Task]], rounds: int) -> dict[str, dict[str, float]]:
    """Return the median CPU seconds of each row and tool."""
    rows = dict.fromkeys(row for tasks in tools.values() for row in tasks)
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        able = {name: tasks[row] for name, tasks in tools.items() if row in tasks}
        taken: dict[str, list[float]] = {name: [] for name in able}
        for turn in range(rounds + 1):
            for name, task in able.items():
                seconds = spent(task)
                taken[name] += [seconds] if turn else []
        found[row] = {name: statistics.median(values) for name, values in taken.items()}
    return found


def spent(task: Task) -> float:
    """Return the CPU seconds of a task; its result is dropped after the clock has stopped."""
    start = time.process_time()
    result = task()
    seconds = time.process_time() - start
    del result
    return seconds


def show(found: dict[str, dict[str, float]], tools: list[str]) -> None:
    """Print the rows, and how many times as long the quickest peer takes as corpuskit."""
    print(f"| CPU seconds | {' | '.join(tools)} | quickest peer / corpuskit |")
    print("|---|" + "---:|" * (len(tools) + 1))
    for row, seconds in found.items():
        cells = [f"{seconds[name]:.4f}" if name in seconds else "–" for name in tools]
        peers = [value for name, value in seconds.items() if name != "corpuskit"]
        ratio = (
            f"{min(peers) / seconds['corpuskit']:.1f}" if peers and "corpuskit" in seconds else "–"
        )
        print(f"| {row} | {' | '.join(cells)} | {ratio} |", flush=True)


# -- the tools -------------------------------------------------------------------------------


def corpuskit(corpus: Corpus, _: list[Article], words: Words) -> dict[str, Task]:
    """Return the rows of corpuskit."""
    frequent = words["frequent"]
    rows: dict[str, Task] = {"find a frequent word": lambda: corpus.find(frequent)}
    rows["first 100 lines, frequent"] = lambda: (
        ck.kwic(corpus.find(frequent), WINDOW).head(100).frame
    )
    rows["first page sorted, frequent"] = lambda: repr(
        ck.kwic(corpus.find(frequent), WINDOW).sort()
    )
    for name in ("rare", "mid", "frequent", "phrase"):
        rows[f"kwic, all lines: {name}"] = lambda word=words[name]: (
            ck.kwic(corpus.find(word), WINDOW).frame
        )
    rows["kwic, all lines: regex"] = lambda: (
        ck.kwic(corpus.find(words["regex"], match="regex"), WINDOW).frame
    )
    rows["kwic, all lines: frequent, sorted"] = lambda: (
        ck.kwic(corpus.find(frequent), WINDOW).sort().frame
    )
    rows["frequency list, first page"] = lambda: repr(ck.frequency_list(corpus))
    rows["frequency list"] = lambda: ck.frequency_list(corpus).frame
    for name in ("rare", "mid", "frequent"):
        rows[f"collocates: {name}"] = lambda word=words[name]: ck.collocates(corpus.find(word))
    rows["keyness"] = lambda: ck.keyness(corpus.where(outlet="A"), "rest")
    rows["bigrams, first page"] = lambda: repr(ck.ngrams(corpus, 2))
    rows["bigrams"] = lambda: ck.ngrams(corpus, 2).frame
    return rows


def nltk(corpus: Corpus, _: list[Article], words: Words) -> dict[str, Task]:
    """Return the rows of NLTK, which has the same tokens as a list."""
    from nltk import FreqDist, bigrams
    from nltk.text import ConcordanceIndex

    tokens = corpus.to_nltk().tokens
    small = [token.lower() for token in tokens]
    index = ConcordanceIndex(tokens, key=str.lower)
    rows: dict[str, Task] = {"find a frequent word": lambda: index.offsets(words["frequent"])}
    for name in ("rare", "mid", "frequent"):
        rows[f"kwic, all lines: {name}"] = lambda word=words[name]: index.find_concordance(word, 80)
    rows["frequency list"] = lambda: FreqDist(small).most_common()
    rows["bigrams"] = lambda: FreqDist(bigrams(small)).most_common()
    return rows


def polars(corpus: Corpus, _: list[Article], __: Words) -> dict[str, Task]:
    """Return the rows of polars: tokens and their articles as columns."""
    import polars as pl

    store = corpus.store
    forms = np.array(store.folds.listed, object)[store.folded[store.ids]].tolist()
    owner = np.repeat(np.arange(len(corpus)), np.diff(store.borders))
    frame = pl.DataFrame({"word": forms, "article": owner})
    pairs = pl.struct("word", pl.col("word").shift(-1).over("article").alias("next"))
    return {
        "frequency list": lambda: (
            frame.group_by("word").agg(pl.len(), pl.col("article").n_unique()).sort("len")
        ),
        "bigrams": lambda: frame.select(pairs.alias("pair")).group_by("pair").len().sort("len"),
    }


def scikit_learn(_: Corpus, articles: list[Article], __: Words) -> dict[str, Task]:
    """Return the rows of scikit-learn, whose counting begins with the texts."""
    from sklearn.feature_extraction.text import CountVectorizer

    texts = [article.text for article in articles]
    return {"frequency list": lambda: CountVectorizer().fit_transform(texts).sum(axis=0)}


def counter(corpus: Corpus, _: list[Article], __: Words) -> dict[str, Task]:
    """Return the rows of plain Python on a list of words."""
    store = corpus.store
    words = [store.folds[n] for n in store.folded[store.ids[corpus.words]].tolist()]
    return {
        "frequency list": lambda: Counter(words).most_common(),
        "bigrams": lambda: Counter(pairwise(words)).most_common(),
    }


def conc(corpus: Corpus, articles: list[Article], words: Words) -> dict[str, Task]:
    """Return the rows of conc; it builds its own corpora with a blank English tokeniser."""
    from conc.conc import Conc
    from conc_peer import conc_corpus

    folder = tempfile.mkdtemp(prefix="conc")
    atexit.register(shutil.rmtree, folder)
    kinds: dict[str, list[str]] = {"ladder": [], "target": [], "rest": []}
    for article in articles:
        kinds["ladder"].append(article.text)
        kinds["target" if article.outlet == "A" else "rest"].append(article.text)
    made = {name: conc_corpus(texts, folder, name) for name, texts in kinds.items()}
    whole, target, every = Conc(made["ladder"]), Conc(made["target"]), 10_000_000
    target.set_reference_corpus(made["rest"])
    rows: dict[str, Task] = {"frequency list": lambda: whole.frequencies(page_size=0)}
    for name in ("rare", "mid", "frequent", "phrase"):
        rows[f"kwic, all lines: {name}"] = lambda word=words[name]: whole.concordance(
            word, page_size=every
        )
    rows["kwic, all lines: frequent, sorted"] = rows["kwic, all lines: frequent"]
    for name in ("rare", "mid", "frequent"):
        rows[f"collocates: {name}"] = lambda word=words[name]: whole.collocates(word, page_size=0)
    rows["keyness"] = lambda: target.keywords(page_size=0)
    rows["bigrams"] = lambda: whole.ngram_frequencies(page_size=every)
    return rows


TOOLS = {
    "corpuskit": corpuskit,
    "NLTK": nltk,
    "Counter": counter,
    "polars": polars,
    "scikit-learn": scikit_learn,
    "conc": conc,
}
MODULES = {"NLTK": "nltk", "polars": "polars", "scikit-learn": "sklearn", "conc": "conc"}
OUTSIDE = {"CWB": "cwb-scan-corpus", "quanteda": "Rscript"}  # programs, not modules


def present(name: str) -> bool:
    """Return whether a tool is installed."""
    if name in OUTSIDE:
        return shutil.which(OUTSIDE[name]) is not None
    return name not in MODULES or importlib.util.find_spec(MODULES[name]) is not None


if __name__ == "__main__":
    main()
