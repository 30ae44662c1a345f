"""Places in articles -> what stands there, and what is known of the article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..columns.store import Ints

if TYPE_CHECKING:
    from ..corpus import Corpus

Objects = NDArray[Any]
FEW = 1_000  # articles whose records are read one by one
BLOCK = 1 << 20  # characters of text that are held at a time


class Slices(NamedTuple):
    """Stretches of texts, by ascending article: article number, start and end (characters)."""

    articles: Ints
    starts: Ints
    ends: Ints


def texts_of(corpus: Corpus, *columns: Slices) -> list[list[str]]:
    """Return the texts of several columns of slices.

    Each article's text is read once; no more than BLOCK characters (or one article) are held.
    """
    owners = [one[_runs(one)[:-1]] for one in (column.articles for column in columns)]
    distinct = np.unique(np.concatenate(owners))
    made: list[list[str]] = [[] for _ in columns]
    for block in _blocks(corpus, distinct):
        for lines, column in zip(made, columns, strict=True):
            lines += block.cut(column)
    return made


class _Block(NamedTuple):
    """Some articles, ascending, and their texts."""

    articles: Ints
    texts: list[str]

    def cut(self, column: Slices) -> list[str]:
        """Return the texts of the slices that lie in these articles."""
        low, high = np.searchsorted(column.articles, self.articles[[0, -1]] + [0, 1]).tolist()
        owner = np.searchsorted(self.articles, column.articles[low:high]).tolist()
        starts, ends = column.starts[low:high].tolist(), column.ends[low:high].tolist()
        texts = self.texts
        return [texts[n][a:b] for n, a, b in zip(owner, starts, ends, strict=True)]


def _blocks(corpus: Corpus, articles: Ints) -> Iterator[_Block]:
    """Yield the texts of articles, many at a time: the loop over slices then has few ends."""
    store = corpus.store
    last = store.borders[articles + 1] - 1  # where an article ends, as near as it matters here
    so_far = np.cumsum(store.starts[last].astype(np.int64)) // BLOCK
    for low, high in pairwise(_runs(so_far)):
        held = articles[low:high]
        yield _Block(held, list(map(corpus.text_of, held.tolist())))


def told_of(corpus: Corpus, articles: Ints, names: tuple[str, ...]) -> dict[str, Objects]:
    """Return columns of the article table for ascending article numbers, as text."""
    runs = _runs(articles)
    distinct = articles[runs[:-1]] if len(articles) else articles
    if len(distinct) <= FEW:
        items = [corpus.source(n) for n in distinct.tolist()]
        columns = [[getattr(item, name) for item in items] for name in names]
    else:
        table, rows = corpus.articles, np.searchsorted(corpus.selected, distinct)
        columns = [table[name].to_numpy(object)[rows].tolist() for name in names]
    sizes = np.diff(runs)
    return {n: np.repeat(objects(c), sizes) for n, c in zip(names, columns, strict=True)}


def objects(values: list[Any]) -> Objects:
    """Return values as a column of Python objects."""
    return np.fromiter(values, object, len(values))


def _runs(articles: Ints) -> list[int]:
    """Return where each run of one number begins, and the end of the last."""
    if not len(articles):
        return [0]
    return [0, *(np.flatnonzero(articles[1:] != articles[:-1]) + 1).tolist(), len(articles)]
