"""How far the contexts of hits reach, in tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import ZONES, Ints, Positions
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.finding.places import owners, ranks
from ...corpus.finding.surface import Spans

LONG = 4  # tokens of a hit whose words are not counted one by one

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Reach:
    """Some hits of a pattern, in corpus order, and how far their contexts may go.

    Attributes
    ----------
    first, size
        First token and number of tokens of each hit.
    within
        None: contexts end with the article. "sentence": with the sentence.
    """

    corpus: Corpus
    first: Ints
    size: Ints
    within: str | None

    @classmethod
    def of(cls, hits: Hits, rows: Ints, within: str | None) -> Self:
        """Return the hits with these ascending numbers."""
        every = len(rows) == len(hits)
        first = (hits.places if every else hits.places[rows]).astype(np.int64)
        return cls(hits.corpus, first, hits.size if every else hits.size[rows], within)

    @cached_property
    def article(self) -> Ints:
        """Number of the article of each hit."""
        return self.corpus.article_of(self.first)

    @cached_property
    def begin(self) -> Ints:
        """First token of the article (or sentence) of each hit."""
        return self._borders[self._unit]

    @cached_property
    def end(self) -> Ints:
        """End of the tokens of the article (or sentence) of each hit."""
        return self._borders[self._unit + 1]

    @property
    def _borders(self) -> Ints:
        store = self.corpus.store
        return store.sentences if self.within else store.borders

    @cached_property
    def _unit(self) -> Ints:
        return owners(self._borders, self.first) if self.within else self.article

    @property
    def plain(self) -> bool:
        """Whether every zone is read: then what stands between two words is marks."""
        return self.corpus.zones == ZONES

    @cached_property
    def single(self) -> bool:
        """Whether every hit is one token."""
        return bool((self.size == 1).all())

    @cached_property
    def past(self) -> Ints:
        """The token after each node."""
        return self.first + 1 if self.single else self.first + self.size

    @cached_property
    def kinds(self) -> NDArray[np.uint32]:
        """Type of the first token of each hit."""
        kinds: NDArray[np.uint32] = self.corpus.store.ids[self.first]
        return kinds

    @cached_property
    def nodes(self) -> Spans:
        """The hits as characters of their articles."""
        store = self.corpus.store
        starts = store.starts[self.first].astype(np.int64)
        single = self.single
        ends = starts + store.lengths[self.kinds] if single else self.corpus.ends_of(self.past - 1)
        return Spans(starts, ends)

    @cached_property
    def paragraph(self) -> Ints:
        """Number of the paragraph in which each hit begins."""
        return owners(self.corpus.store.paragraphs, self.first)

    # Ranks among the words of the ground: the window counts words, not tokens.

    @cached_property
    def node(self) -> Ints:
        """Words before the node."""
        return ranks(self.corpus.ground, self.first)

    @cached_property
    def after(self) -> Ints:
        """Words before the end of the node."""
        store, most = self.corpus.store, int(self.size.max(initial=1))
        if most > LONG or not (self.size == most).all():
            return ranks(self.corpus.ground, self.past)
        after = self.node + store.is_word[self.kinds]
        for step in range(1, most):
            after += store.is_word[store.ids[self.first + step]]
        return after

    def word(self, rank: Ints) -> Positions:
        """Return the tokens of words by their rank; the nearest there is, or 0, where none is."""
        words = self.corpus.ground
        if not len(words):
            return np.zeros(len(rank), np.int64)
        places: Positions = words[np.minimum(np.maximum(rank, 0), len(words) - 1)]
        return places

    # Contexts as tokens, half-open: they begin and end with the marks that belong to them.

    def lefts(self, window: int) -> Ints:
        """Return the first token of each left context; it ends with the node."""
        before = self.node - window
        opening = self.word(before).astype(np.int64)
        edge = np.flatnonzero((before < 1) | (self.word(before - 1) < self.begin))
        opening[edge] = self._openings(edge)  # marks before the first word belong, too
        return opening

    def _openings(self, edge: Ints) -> Ints:
        """Return where contexts begin that go as far as they may."""
        if self.plain:
            return self.begin[edge]
        first, least = self.first[edge], self.begin[edge]
        rank = ranks(self.corpus.ground, least)
        known = rank < len(self.corpus.ground)
        opening = np.where(known, np.minimum(self.word(rank), first), first)
        return _walked(opening, least, -1, self._mark_before)

    def rights(self, window: int) -> Ints:
        """Return the end of each right context; it begins after the node."""
        rank = self.after + (window - 1)
        last = self.word(rank).astype(np.int64) + 1
        short = np.flatnonzero((rank >= len(self.corpus.ground)) | (last > self.end))
        if len(short):
            last[short] = self._closings(short)
        following = self.word(rank + 1)
        moving = np.flatnonzero(following != last)  # else the next token is a word
        at, limit, go = last[moving], self.end[moving], self._joined_mark
        if self.plain:  # all that stands before the next word is marks
            following, go = following[moving], self._joined
            limit = np.where(following > at, np.minimum(following, limit), limit)
        last[moving] = _walked(at, limit, 1, go)
        return last

    def _closings(self, short: Ints) -> Ints:
        """Return the end of the last word of contexts that go as far as they may."""
        most = ranks(self.corpus.ground, self.end[short])
        there = most > self.after[short]
        return np.where(there, self.word(most - 1) + 1, self.past[short])

    def _mark_before(self, tokens: Ints) -> Flags:
        """Return whether the token before each is a mark of this part of the corpus."""
        return self._mark(tokens - 1)

    def _joined_mark(self, tokens: Ints) -> Flags:
        """Return whether each token is a mark that follows the one before without a blank."""
        mark = self._mark(tokens)
        mark[mark] = self._joined(tokens[mark])
        return mark

    def _joined(self, tokens: Ints) -> Flags:
        """Return whether each token follows the one before without a blank."""
        joined: Flags = self.corpus.store.starts[tokens] == self.corpus.ends_of(tokens - 1)
        return joined

    def _mark(self, tokens: Ints) -> Flags:
        store = self.corpus.store
        mark: Flags = ~store.is_word[store.ids[tokens]]
        mark[mark] = self.corpus.holds(tokens[mark])
        return mark


def _walked(at: Ints, limit: Ints, step: int, go: Callable[[Ints], Flags]) -> Ints:
    """Return the places moved on, step by step, up to their limits as long as it goes on."""
    moving = np.flatnonzero(at != limit)
    while len(moving):
        moving = moving[go(at[moving])]
        at[moving] += step
        moving = moving[at[moving] != limit[moving]]
    return at
