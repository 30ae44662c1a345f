"""The columns of a corpus: plain arrays that any analysis can count in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...reading.article import Article, Zone
from ...reading.layout import paragraph_spans
from .flags import Flags
from .tokens import TokenPolicy
from .vocabulary import Vocabulary

USUAL_ZONES = ("headline", "lead", "body")  # of every article
ZONES = (*USUAL_ZONES, "caption", "correction")

Ints = NDArray[np.int64]
Positions = NDArray[np.integer[Any]]  # uint32 while there are fewer than 2**32


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
    types : Vocabulary
        Surface forms as they stand in the texts.
    lengths : uint32, one per type
        Characters of the surface form.
    is_word : bool, one per type
        False for punctuation marks and symbols.
    folded : uint32, one per type
        The form used for matching: index into `folds`.
    folds : Vocabulary
        Folded forms.
    postings : uint32 (int64 from 2**32 tokens on), one per token
        Positions sorted by folded form, then by position (the inverted index). Cast before
        arithmetic that may fall below 0.
    pointers : int64, one more than folds
        `postings[pointers[f]:pointers[f + 1]]` are the positions of folded form f.
    words : as postings
        Positions of all words (tokens that are not marks), ascending.
    fold_is_word : bool, one per folded form
        Whether a type of this form is a word.
    ranges : uint32, one per folded form
        Articles that hold it.
    """

    ids: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    borders: Ints
    paragraphs: Ints
    paragraph_zones: NDArray[np.uint8]
    sentences: Ints
    sentence_starts: NDArray[np.uint32]
    sentence_ends: NDArray[np.uint32]
    types: Vocabulary
    lengths: NDArray[np.uint32]
    is_word: NDArray[np.bool_]
    folded: NDArray[np.uint32]
    folds: Vocabulary
    postings: Positions
    pointers: Ints
    words: Positions
    fold_is_word: NDArray[np.bool_]
    ranges: NDArray[np.uint32]
    policy: TokenPolicy

    def positions(self, form: int) -> Positions:
        """Positions of one folded form, ascending."""
        return self.postings[self.pointers[form] : self.pointers[form + 1]]

    @cached_property
    def zones(self) -> NDArray[np.uint8]:
        """Zone of each token: index into ZONES."""
        return np.repeat(self.paragraph_zones, np.diff(self.paragraphs))

    @cached_property
    def words_before(self) -> Ints:
        """How many words stand before each article, and last how many there are."""
        borders = self.borders.astype(self.words.dtype)
        before: Ints = np.searchsorted(self.words, borders).astype(np.int64)
        return before

    @cached_property
    def word_flags(self) -> Flags:
        """Which tokens are words, to count those before any token at once."""
        marked = np.zeros(len(self.ids), bool)
        marked[np.asarray(self.words)] = True
        return Flags(marked)


def zones_of(article: Article) -> tuple[Zone, ...]:
    """Return the zones of an article; without any, its paragraphs are lead and body."""
    if article.zones or article.cuts:
        return article.zones
    spans = paragraph_spans(article.text)
    return tuple(Zone(start, end, "body" if n else "lead") for n, (start, end) in enumerate(spans))
