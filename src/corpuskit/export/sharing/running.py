"""What of the running text of articles a table shows: cells that must not leave the house."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits

RUN = 6  # words in a row that no cell may share with an article
CONTEXTS = ("left", "node", "right")  # columns of concordances: lines that overlap give the text
_WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> list[str]:
    """Return the words of a text, cut as finely as can be, whatever counts as a token."""
    return _WORD.findall(text.casefold())


def runs(text: str, size: int = RUN) -> Iterator[tuple[str, ...]]:
    """Yield every run of so many words of a text."""
    words = words_in(text)
    return zip(*(words[step:] for step in range(size)), strict=False)


def running(corpus: Corpus, texts: Iterable[str], size: int = RUN) -> set[str]:
    """Return those of the texts that hold a run of so many words of one of the articles."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for text in set(texts):
        for run in runs(text, size):
            owners[run].add(text)
    found: set[str] = set()
    for number in corpus.selected.tolist() if owners else ():
        known = owners.keys() & set(runs(corpus.text_of(number), size))
        found.update(*(owners[run] for run in known))
    return found


def text_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns of a table that hold texts."""
    return list(frame.select_dtypes(exclude=["number", "bool"]).columns)


def texts_in(frame: pd.DataFrame) -> list[str]:
    """Return every distinct text of a table."""
    return sorted({str(cell) for name in text_columns(frame) for cell in frame[name].tolist()})


def read_down(corpus: Corpus, frame: pd.DataFrame) -> list[str]:
    """Return the columns that give running text if they are read from cell to cell.

    A list of tokens in the order of the text does. Cells of several words may join up by
    chance, so that twice as many words must agree there.
    """
    held = []
    for name in text_columns(frame):
        cells = list(map(str, frame[name].tolist()))
        single = not any(" " in cell for cell in cells)
        if running(corpus, [" ".join(cells)], RUN if single else 2 * RUN):
            held.append(name)
    return held


def read_across(corpus: Corpus, frame: pd.DataFrame) -> list[str]:
    """Return the text columns if a row gives running text when they are read one by one."""
    names = text_columns(frame)
    rows = zip(*(map(str, frame[name].tolist()) for name in names), strict=True)
    return names if running(corpus, (" ".join(row) for row in rows)) else []


def admitted(found: Sequence[Hits], words: int) -> list[NDArray[np.bool_]]:
    """Return for each of several patterns which of its hits may be shown with their contexts."""
    shards = found[0].map_with(found[1:], _admitted, words) if found else []
    return [np.concatenate(column) for column in zip(*shards, strict=True)]


def _admitted(found: Sequence[Hits], words: int) -> list[NDArray[np.bool_]]:
    """Return the same for one corpus, or for one shard."""
    shown = Shown(found[0].corpus)
    return [np.array(shown.admit(one, words), bool) & (one.size < RUN) for one in found]


class Shown:
    """The tokens of a corpus that an export has shown: what is shown never joins up."""

    def __init__(self, corpus: Corpus) -> None:
        self._tokens = np.zeros(len(corpus.store.ids) + 1, bool)

    def admit(self, hits: Hits, words: int) -> list[bool]:
        """Return for each hit whether it may be shown with `words` words on either side.

        It may not if a word of it, or next to it, is shown already: then lines that overlap
        could be put together to longer stretches of the article.
        """
        corpus = hits.corpus
        ground, borders = corpus.ground.astype(np.int64), corpus.store.borders
        low = np.searchsorted(ground, hits.first)
        high = np.searchsorted(ground, hits.first + hits.size)
        begin = np.searchsorted(ground, borders[hits.article])
        end = np.searchsorted(ground, borders[hits.article + 1])
        spans = np.maximum(low - words, begin), np.minimum(high + words, end), begin, end
        return [
            self._take(ground[max(first - 1, least) : min(past + 1, most)], ground[first:past])
            for first, past, least, most in zip(*(span.tolist() for span in spans), strict=True)
        ]

    def _take(self, around: np.ndarray, inside: np.ndarray) -> bool:
        """Mark these tokens as shown, if none of them or beside them is."""
        free = not self._tokens[around].any()
        if free:
            self._tokens[inside] = True
        return free
