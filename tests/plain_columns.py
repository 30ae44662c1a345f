"""Columns made token by token, as plainly as can be: what the quick builder is compared with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpuskit.corpus.columns.folding import fold
from corpuskit.corpus.columns.sentences import sentence_spans
from corpuskit.corpus.columns.store import ZONES, Columns, Ints, Positions, zones_of
from corpuskit.corpus.columns.tokens import DEFAULT, Span, TokenPolicy, is_word, token_spans
from corpuskit.corpus.columns.vocabulary import Vocabulary
from corpuskit.reading.article import Article, Zone


def plain_columns(articles: Iterable[Article], policy: TokenPolicy = DEFAULT) -> Columns:
    """Return the columns of `articles`, in the order given."""
    builder = _Builder(policy)
    for article in articles:
        builder.add(article)
    return builder.columns()


class _Builder:
    """Collects tokens article by article; the only thing here that changes."""

    def __init__(self, policy: TokenPolicy) -> None:
        self.policy = policy
        self.seen: dict[str, int] = {}
        self.ids: list[int] = []
        self.starts: list[int] = []
        self.borders: list[int] = [0]
        self.paragraphs: list[int] = []
        self.zones: list[int] = []
        self.sentences: list[tuple[int, int, int]] = []

    def add(self, article: Article) -> None:
        """Append the tokens of one article."""
        for zone in zones_of(article):
            self.add_paragraph(article.text[zone.start : zone.end], zone)
        self.borders.append(len(self.ids))

    def add_paragraph(self, text: str, zone: Zone) -> None:
        """Append the tokens of one paragraph, sentence by sentence."""
        first = len(self.ids)
        spans = token_spans(text, self.policy)
        for start, end in spans:
            self.ids.append(self.seen.setdefault(text[start:end], len(self.seen)))
            self.starts.append(zone.start + start)
        if not spans:
            return
        self.paragraphs.append(first)
        self.zones.append(ZONES.index(zone.name) if zone.name in ZONES else ZONES.index("body"))
        self.sentences += [
            (first + at, zone.start + begin, zone.start + end)
            for at, begin, end in _sentences_of(spans, sentence_spans(text))
        ]

    def columns(self) -> Columns:
        """Return the finished columns: types and folded forms sorted, index made."""
        types, rank = _sorted_rank(list(self.seen))
        folds, folded = _fold_types(types)
        ids = rank[np.array(self.ids, np.int64)].astype(np.uint32)
        flags = np.array([is_word(word) for word in types], bool)
        postings, pointers = _invert(folded[ids], len(folds))
        total = len(self.ids)
        first, begin, end = np.array(self.sentences, np.int64).reshape(-1, 3).T
        return Columns(
            ids=ids,
            starts=np.array(self.starts, np.uint32),
            borders=np.array(self.borders, np.int64),
            paragraphs=np.array([*self.paragraphs, total], np.int64),
            paragraph_zones=np.array(self.zones, np.uint8),
            sentences=np.append(first, total).astype(np.int64),
            sentence_starts=begin.astype(np.uint32),
            sentence_ends=end.astype(np.uint32),
            types=Vocabulary.of(types),
            lengths=np.array([len(word) for word in types], np.uint32),
            is_word=flags,
            folded=folded,
            folds=Vocabulary.of(folds),
            postings=postings,
            pointers=pointers,
            words=np.flatnonzero(flags[ids]).astype(np.uint32),
            fold_is_word=_fold_flags(flags, folded, len(folds)),
            ranges=_ranges(postings, pointers, np.array(self.borders, np.int64)),
            policy=self.policy,
        )


def _sentences_of(tokens: list[Span], sentences: list[Span]) -> list[tuple[int, int, int]]:
    """Return (first token, start, end) of each sentence that holds a token.

    A token that a sentence border cuts in two belongs to the first of the two sentences.
    """
    found: list[tuple[int, int, int]] = []
    starts = [start for start, _ in tokens]
    done = 0
    for begin, end in sentences:
        past = bisect_left(starts, end, lo=done)
        if past > done:
            previous = found[-1][2] if found else 0
            found.append((done, max(begin, previous), max(end, tokens[past - 1][1])))
            done = past
    return found


def _sorted_rank(words: list[str]) -> tuple[list[str], Ints]:
    """Return the words sorted, and for each old index its new one."""
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words), np.int64)
    rank[order] = np.arange(len(words))
    return [words[i] for i in order], rank


def _fold_types(types: list[str]) -> tuple[list[str], NDArray[np.uint32]]:
    """Return the sorted folded forms and, for each type, the index of its folded form."""
    forms = [fold(word) for word in types]
    folds = sorted(set(forms))
    index = {form: i for i, form in enumerate(folds)}
    return folds, np.array([index[form] for form in forms], np.uint32)


def _invert(column: NDArray[np.uint32], size: int) -> tuple[Positions, Ints]:
    """Return positions sorted by value of `column`, and where each value begins."""
    counts = np.bincount(column, minlength=size)
    pointers = np.fromiter(chain([0], np.cumsum(counts)), np.int64, size + 1)
    return np.argsort(column, kind="stable").astype(np.uint32), pointers


def _fold_flags(
    is_word: NDArray[np.bool_], folded: NDArray[np.uint32], size: int
) -> NDArray[np.bool_]:
    """Return whether each folded form is a word."""
    flags = np.zeros(size, bool)
    flags[folded[is_word]] = True
    return flags


def _ranges(postings: Positions, pointers: Ints, borders: Ints) -> NDArray[np.uint32]:
    """Return in how many articles each folded form stands."""
    owners = np.repeat(np.arange(len(borders) - 1), np.diff(borders))[postings]
    fresh = np.append(True, owners[1:] != owners[:-1])[: len(owners)]
    fresh[pointers[:-1]] = True
    return np.diff(np.append(0, np.cumsum(fresh))[pointers]).astype(np.uint32)
