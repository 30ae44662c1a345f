"""Articles -> columns: batch by batch, then everything that needs all of them."""

from __future__ import annotations

import string
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...reading.article import Article
from .batches import KINDS, Batch, read_batch
from .distinct import Lexicon
from .folding import fold_words
from .inverted import flagged, invert
from .store import Columns
from .tokens import DEFAULT, TokenPolicy, is_word
from .vocabulary import Vocabulary

BATCH = 1 << 20  # characters that are read at a time
_PLAIN = np.isin(np.arange(256), list((string.ascii_letters + string.digits).encode()))
_POSITIONS = ("borders", "paragraphs", "sentences")


def build_columns(articles: Iterable[Article], policy: TokenPolicy = DEFAULT) -> Columns:
    """Return the columns of `articles`, in the order given."""
    return ColumnsBuilder(policy).add(articles).columns()


class ColumnsBuilder:
    """Makes columns from articles that come in one after another.

    Of the texts it keeps one batch; otherwise the distinct forms and the columns themselves.

    Parameters
    ----------
    policy
        What counts as one token.

    Examples
    --------
    >>> from corpuskit.reading.article import Article
    >>> builder = ColumnsBuilder()
    >>> for number, text in enumerate(["A deal.", "No deal."]):
    ...     builder = builder.add([Article(str(number), text)])
    >>> list(builder.columns().types)
    ['.', 'A', 'No', 'deal']
    """

    def __init__(self, policy: TokenPolicy = DEFAULT) -> None:
        self.policy = policy
        self._begin()

    def _begin(self) -> None:
        """Hold nothing."""
        self._lexicon = Lexicon(self.policy)
        self._batch = Batch()
        self._parts: dict[str, list[NDArray[Any]]] = {name: [] for name in KINDS}
        self._tokens = 0

    def add(self, articles: Iterable[Article]) -> ColumnsBuilder:
        """Append articles, and return the builder."""
        for article in articles:
            self._batch.add(article)
            if self._batch.size >= BATCH:
                self._read()
        return self

    def _read(self) -> None:
        """Read the batch that was collected."""
        batch, self._batch = self._batch, Batch()
        part = read_batch(batch, self._lexicon)
        for name in _POSITIONS:
            part[name] += self._tokens
        self._tokens += len(part["ids"])
        for name, column in part.items():
            self._parts[name].append(column)

    def columns(self) -> Columns:
        """Return the columns of all articles added so far, and begin anew."""
        self._read()
        columns = self._finished()
        self._begin()
        return columns

    def _finished(self) -> Columns:
        """Return the columns; the parts are used up."""
        types, rank = sorted_types(self._lexicon)
        folds, folded = folds_of(types)
        words = Vocabulary.of(types)
        flags = word_flags(types, words)
        for n, ids in enumerate(self._parts["ids"]):
            self._parts["ids"][n] = rank[ids]
        whole = {name: _joined(parts) for name, parts in self._parts.items()}
        whole |= {name: np.append(whole[name], self._tokens) for name in _POSITIONS[1:]}
        whole["borders"] = np.append(0, whole["borders"])
        index = invert(whole["ids"], folded, len(folds), whole["borders"])
        return Columns(
            **whole,
            types=words,
            lengths=np.fromiter(map(len, types), np.uint32, len(types)),
            is_word=flags,
            folded=folded,
            folds=Vocabulary.of(folds),
            postings=index.postings,
            pointers=index.pointers,
            words=flagged(whole["ids"], flags),
            fold_is_word=fold_flags(flags, folded, len(folds)),
            ranges=index.ranges,
            policy=self.policy,
        )


def sorted_types(lexicon: Lexicon) -> tuple[list[str], NDArray[np.uint32]]:
    """Return the types sorted by code point, and for each piece its place among them."""
    pieces = list(lexicon.pieces)
    kept = np.flatnonzero(lexicon.is_token).tolist()
    order = sorted(kept, key=pieces.__getitem__)
    rank = np.zeros(len(pieces), np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    return [pieces[n] for n in order], rank


def folds_of(types: list[str]) -> tuple[list[str], NDArray[np.uint32]]:
    """Return the sorted folded forms, and for each type the number of its form."""
    forms = fold_words(types)
    folds = list(dict.fromkeys(sorted(forms)))  # they are a few sorted runs: quicker than a set
    number = dict(zip(folds, range(len(folds)), strict=True))
    return folds, np.fromiter(map(number.__getitem__, forms), np.uint32, len(forms))


def word_flags(types: list[str], vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Return whether each type is a word: it is if it holds a plain letter or digit."""
    if not types:
        return np.zeros(0, bool)
    flags = np.logical_or.reduceat(_PLAIN[vocabulary.data], vocabulary.offsets[:-1])
    for n in np.flatnonzero(~flags).tolist():
        flags[n] = is_word(types[n])
    return flags


def fold_flags(
    flags: NDArray[np.bool_], folded: NDArray[np.uint32], size: int
) -> NDArray[np.bool_]:
    """Return for each folded form whether one of its types has the flag."""
    found = np.zeros(size, bool)
    found[folded[flags]] = True
    return found


def _joined(parts: list[NDArray[Any]]) -> NDArray[Any]:
    """Return the parts as one array, letting go of each as it is copied."""
    whole = np.empty(sum(map(len, parts)), parts[0].dtype)
    at = len(whole)
    while parts:
        part = parts.pop()
        at -= len(part)
        whole[at : at + len(part)] = part
    return whole
