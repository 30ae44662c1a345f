"""Places in articles -> what stands there, and what is known of the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..columns.store import Columns, Ints

if TYPE_CHECKING:
    from ..corpus import Corpus

Objects = NDArray[Any]
FEW = 1_000  # articles whose records are read one by one
BLOCK = 1 << 20  # characters of text that are held at a time
TOLD = ("id", "outlet", "date")  # what a line tells of its article


class Spans(NamedTuple):
    """Start and end (characters of its article) of a stretch on each line."""

    starts: NDArray[np.integer[Any]]
    ends: NDArray[np.integer[Any]]


def texts_of(corpus: Corpus, articles: Ints, *columns: Spans) -> list[list[str]]:
    """Return the texts of several columns of stretches; the articles of the lines ascend.

    Each article's text is read once; no more than BLOCK characters (and one article) are held.
    """
    made: list[list[str]] = [[] for _ in columns]
    for low, high, texts in _blocks(corpus, articles):
        for lines, (starts, ends) in zip(made, columns, strict=True):
            cuts = zip(texts, starts[low:high].tolist(), ends[low:high].tolist(), strict=True)
            lines += [text[start:end] for text, start, end in cuts]
    return made


def _blocks(corpus: Corpus, articles: Ints) -> Iterator[tuple[int, int, list[str]]]:
    """Yield many lines at a time: the first, the end, and the text that each stands in."""
    runs, low, held = _runs(articles), 0, 0
    texts: list[str] = []
    read = corpus.texts_of(articles[runs[:-1]])
    for text, start, end in zip(read, runs, runs[1:], strict=False):
        texts += (text,) if end - start == 1 else [text] * (end - start)
        held += len(text)
        if held >= BLOCK:
            yield low, end, texts
            texts, low, held = [], end, 0
    if texts:
        yield low, len(articles), texts


class _Told:
    """What lines tell of articles, by the number of the article: filled where it is asked for."""

    def __init__(self, every: int) -> None:
        self.known = np.zeros(every, bool)
        self.columns = {name: np.empty(every, object) for name in TOLD}

    def learn(self, corpus: Corpus, articles: Ints) -> None:
        """Fill in what is not known yet of these articles."""
        new = np.unique(articles[~self.known[articles]])
        if len(new) > FEW:
            table, rows = corpus.articles, np.searchsorted(corpus.selected, new)
            for name, column in self.columns.items():
                column[new] = table[name].to_numpy(object)[rows]
        else:
            items = list(corpus.listed(new))
            for name, column in self.columns.items():
                column[new] = objects([getattr(item, name) for item in items])
        self.known[new] = True


_KNOWN: WeakKeyDictionary[Columns, _Told] = WeakKeyDictionary()


def told_of(corpus: Corpus, articles: Ints, names: tuple[str, ...] = TOLD) -> dict[str, Objects]:
    """Return columns of the article table for article numbers, as text."""
    told = _KNOWN.get(corpus.store)
    if told is None:
        told = _KNOWN.setdefault(corpus.store, _Told(corpus.every))
    if not told.known[articles].all():
        told.learn(corpus, articles)
    return {name: told.columns[name][articles] for name in names}


def objects(values: list[Any]) -> Objects:
    """Return values as a column of Python objects."""
    return np.fromiter(values, object, len(values))


def _runs(articles: Ints) -> list[int]:
    """Return where each run of one number begins, and the end of the last."""
    if not len(articles):
        return [0]
    return [0, *(np.flatnonzero(articles[1:] != articles[:-1]) + 1).tolist(), len(articles)]
