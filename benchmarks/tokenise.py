"""How long tokens, folded forms and the inverted index take, beside the plain ways.

python benchmarks/tokenise.py [million tokens, 10 if none] [rounds, 5 if none]
python benchmarks/tokenise.py growth 1 10 100    # seconds and memory of each step of the ladder

Each task runs once a round, in turn, on the same texts; CPU seconds, median. The plain ways run on
the first tenth of the texts and are scaled by characters (they look at every token alone, so that
their time is linear).
"""

from __future__ import annotations

import gc
import multiprocessing
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib.util import find_spec
from itertools import islice
from unittest.mock import patch

import numpy as np
from ladder import news
from nltk.tokenize import NLTKWordTokenizer

from corpuskit import Article, build_corpus
from corpuskit.corpus.columns import batches
from corpuskit.corpus.columns.builder import ColumnsBuilder, build_columns
from corpuskit.corpus.columns.distinct import Lexicon
from corpuskit.corpus.columns.sentences import Sentences
from corpuskit.corpus.columns.tokens import DEFAULT, token_pattern

SHARE = 10  # the plain ways read one article in ten
PLAIN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
STEP = 2_000  # articles that are handed to the builder at a time


def main() -> None:
    """Print the table of one step, or the growth over several."""
    given = sys.argv[1:]
    if given[:1] == ["growth"]:
        growth([float(size) for size in given[1:]])
    else:
        sizes = [float(value) for value in given]
        compare(*[*sizes, *(10.0, 5.0)[len(sizes) :]])


def compare(millions: float, rounds: float) -> None:
    """Print the CPU seconds of each way for 10 million tokens."""
    articles = list(news(round(millions * 1e6)))
    texts = [article.text for article in articles]
    part = texts[: len(texts) // SHARE]
    scale = sum(map(len, texts)) / sum(map(len, part))
    tokens = len(build_without_sentences(articles).ids)
    data = "\n".join(texts).encode()
    tasks: dict[str, tuple[Callable[[], object], float]] = {
        "corpuskit: tokens with offsets": (lambda: consume(Lexicon(DEFAULT).read(data)), 1),
        "corpuskit: tokens, folded forms, index": (lambda: build_without_sentences(articles), 1),
        "corpuskit: and sentences": (lambda: build_columns(articles), 1),
        "corpuskit: and written to disk, safely": (lambda: built(articles), 1),
        "re.finditer, plain pattern": (lambda: finditer(PLAIN, part), scale),
        "regex.finditer, same pattern": (lambda: finditer(token_pattern(), part), scale),
        "NLTK: NLTKWordTokenizer.span_tokenize": (lambda: nltk_spans(part), scale),
        **others(part, scale),
    }
    gc.freeze()  # what is held for all ways costs none of them a search for garbage
    print(f"{tokens:,} tokens in {len(articles):,} articles, {len(data):,} bytes")
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(round(rounds)):
        for name, (task, times) in tasks.items():
            taken[name].append(spent(task) * times / tokens * 1e7)
    print("| CPU seconds for 10 million tokens | median | fastest | slowest |\n|---|---|---|---|")
    for name, values in taken.items():
        print(
            f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} | {max(values):.2f} |"
        )


def built(articles: list[Article]) -> None:
    """Build a corpus on disk: everything, checksums and `fsync` included."""
    with tempfile.TemporaryDirectory() as folder:
        build_corpus(iter(articles), f"{folder}/store")


def others(texts: list[str], scale: float) -> dict[str, tuple[Callable[[], object], float]]:
    """Return the ways of peers that are installed."""
    found: dict[str, tuple[Callable[[], object], float]] = {}
    if find_spec("spacy"):
        import spacy

        blank = spacy.blank("en")
        found["spaCy: blank English"] = (lambda: consume(blank.pipe(texts)), scale)
    if find_spec("sklearn"):
        from sklearn.feature_extraction.text import CountVectorizer

        found["scikit-learn: CountVectorizer, counts alone"] = (
            lambda: CountVectorizer().fit_transform(texts),
            scale,
        )
    return found


def growth(sizes: list[float]) -> None:
    """Print seconds and memory a token of each step, each in a process of its own."""
    print("| tokens | types | CPU µs a token | peak memory, bytes a token |\n|---|---|---|---|")
    for size in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            tokens, types, seconds, memory = pool.apply(step, (size,))
        print(f"| {tokens:,} | {types:,} | {seconds / tokens * 1e6:.3f} | {memory / tokens:.0f} |")


def step(millions: float) -> tuple[int, int, float, float]:
    """Return tokens, types, CPU seconds and bytes of memory of one build, texts streamed."""
    build_columns(news(10_000))  # whatever is loaded once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    builder, seconds = ColumnsBuilder(), 0.0
    articles = news(round(millions * 1e6))
    while batch := list(islice(articles, STEP)):
        seconds += spent(partial(builder.add, batch))
    start = time.process_time()
    columns = builder.columns()
    seconds += time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return len(columns.ids), len(columns.types), seconds, memory * 1024


def build_without_sentences(articles: list[Article]):
    """Return the columns with a sentence for each paragraph."""
    with patch.object(batches, "find_sentences", one_a_paragraph):
        return build_columns(articles)


def one_a_paragraph(text: str, begins: np.ndarray, *_: object) -> Sentences:
    """Return each paragraph as one sentence."""
    return Sentences(np.arange(len(begins)), begins, np.append(begins[1:] - 1, len(text)))


def finditer(pattern: re.Pattern[str], texts: list[str]) -> None:
    """Read the spans and forms of all tokens, one by one."""
    for text in texts:
        [(match.span(), match.group()) for match in pattern.finditer(text)]


def nltk_spans(texts: list[str]) -> None:
    """Read the spans of all tokens as NLTK cuts them."""
    tokeniser = NLTKWordTokenizer()
    for text in texts:
        list(tokeniser.span_tokenize(text))


def consume(parts: Iterable[object]) -> None:
    """Let a generator do its work."""
    for _ in parts:
        pass


def spent(task: Callable[[], object]) -> float:
    """Return the CPU seconds of a task."""
    start = time.process_time()
    task()
    return time.process_time() - start


if __name__ == "__main__":
    main()
