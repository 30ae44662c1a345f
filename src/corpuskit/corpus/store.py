"""The columns of a corpus: plain arrays that any analysis can count in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ..reading.article import Article, Zone
from ..reading.layout import paragraph_spans
from .folding import fold
from .sentences import sentence_spans
from .tokens import DEFAULT, Span, TokenPolicy, is_word, token_spans

ZONES = ("headline", "lead", "body")

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Columns:
    """The tokens of all articles, column by column, articles one after another.

    A token position is an index into `ids` and `starts`. Borders hold the first position of
    each part and, last, the number of tokens. Characters count from the start of the
    article's own text.

    Attributes
    ----------
    ids : uint32, one per token
        Type of the token: index into `types`.
    starts : uint32, one per token
        First character of the token; it ends at `starts + lengths[ids]`.
    borders, paragraphs, sentences : int64
        First token of each article, paragraph (zone) and sentence.
    paragraph_zones : uint8, one per paragraph
        Index into ZONES.
    sentence_starts, sentence_ends : uint32, one per sentence
        Characters of the sentence.
    types : list of str, sorted
        Surface forms as they stand in the texts.
    lengths : uint32, one per type
        Characters of the surface form.
    is_word : bool, one per type
        False for punctuation marks and symbols.
    folded : uint32, one per type
        The form used for matching: index into `folds`.
    folds : list of str, sorted
        Folded forms.
    postings : int64, one per token
        Positions sorted by folded form, then by position (the inverted index).
    pointers : int64, one more than folds
        `postings[pointers[f]:pointers[f + 1]]` are the positions of folded form f.
    """

    ids: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    borders: Ints
    paragraphs: Ints
    paragraph_zones: NDArray[np.uint8]
    sentences: Ints
    sentence_starts: NDArray[np.uint32]
    sentence_ends: NDArray[np.uint32]
    types: list[str]
    lengths: NDArray[np.uint32]
    is_word: NDArray[np.bool_]
    folded: NDArray[np.uint32]
    folds: list[str]
    postings: Ints
    pointers: Ints
    policy: TokenPolicy

    @cached_property
    def words(self) -> Ints:
        """Positions of all words (tokens that are not marks), ascending."""
        return np.flatnonzero(self.is_word[self.ids]).astype(np.int64)

    @cached_property
    def zones(self) -> NDArray[np.uint8]:
        """Zone of each token: index into ZONES."""
        return np.repeat(self.paragraph_zones, np.diff(self.paragraphs))

    @cached_property
    def fold_is_word(self) -> NDArray[np.bool_]:
        """Whether each folded form is a word."""
        flags = np.zeros(len(self.folds), bool)
        flags[self.folded[self.is_word]] = True
        return flags


def zones_of(article: Article) -> tuple[Zone, ...]:
    """Return the zones of an article; without any, its paragraphs are lead and body."""
    if article.zones or article.cuts:
        return article.zones
    spans = paragraph_spans(article.text)
    return tuple(Zone(start, end, "body" if n else "lead") for n, (start, end) in enumerate(spans))


def build_columns(articles: Iterable[Article], policy: TokenPolicy = DEFAULT) -> Columns:
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
        self.zones.append(ZONES.index(zone.name) if zone.name in ZONES else 2)
        self.sentences += [
            (first + at, zone.start + begin, zone.start + end)
            for at, begin, end in _sentences_of(spans, sentence_spans(text))
        ]

    def columns(self) -> Columns:
        """Return the finished columns: types and folded forms sorted, index made."""
        types, rank = _sorted_rank(list(self.seen))
        folds, folded = _fold_types(types)
        ids = rank[np.array(self.ids, np.int64)].astype(np.uint32)
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
            types=types,
            lengths=np.array([len(word) for word in types], np.uint32),
            is_word=np.array([is_word(word) for word in types], bool),
            folded=folded,
            folds=folds,
            postings=postings,
            pointers=pointers,
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


def _invert(column: NDArray[np.uint32], size: int) -> tuple[Ints, Ints]:
    """Return positions sorted by value of `column`, and where each value begins."""
    counts = np.bincount(column, minlength=size)
    pointers = np.fromiter(chain([0], np.cumsum(counts)), np.int64, size + 1)
    return np.argsort(column, kind="stable").astype(np.int64), pointers
