"""What stands round hits: first in tokens, then in characters, then as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.finding.places import expanded, owners, ranks
from ...corpus.finding.surface import Slices, objects, texts_of

BREAK = " ¶ "  # stands where one paragraph ends and the next begins

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Reach:
    """Some hits of a pattern, in corpus order, and how far their contexts may go.

    Attributes
    ----------
    first, size
        First token and number of tokens of each hit.
    begin, end
        First token of the article (or sentence) of each hit, and the end of its tokens.
    """

    corpus: Corpus
    first: Ints
    size: Ints
    begin: Ints
    end: Ints

    @classmethod
    def of(cls, hits: Hits, rows: Ints, within: str | None) -> Self:
        """Return the hits with these ascending numbers."""
        store = hits.corpus.store
        borders = store.sentences if within else store.borders
        first = hits.places[rows].astype(np.int64)
        unit = owners(borders, first)
        return cls(hits.corpus, first, hits.size[rows], borders[unit], borders[unit + 1])

    # Ranks among the words of the ground: the window counts words, not tokens.

    @cached_property
    def low(self) -> Ints:
        """Words before the article (or sentence)."""
        return self._ranks(self.begin)

    @cached_property
    def high(self) -> Ints:
        """Words before the end of the article (or sentence)."""
        return self._ranks(self.end)

    @cached_property
    def node(self) -> Ints:
        """Words before the node."""
        return self._ranks(self.first)

    @cached_property
    def after(self) -> Ints:
        """Words before the end of the node."""
        if not (self.size == 1).all():
            return self._ranks(self.past)
        store = self.corpus.store
        after: Ints = self.node + store.is_word[store.ids[self.first]]
        return after

    @property
    def past(self) -> Ints:
        """The token after each node."""
        return self.first + self.size

    @cached_property
    def article(self) -> Ints:
        """Number of the article of each hit."""
        return self.corpus.article_of(self.first)

    def _ranks(self, tokens: Ints) -> Ints:
        fresh = np.append(True, tokens[1:] != tokens[:-1])[: len(tokens)]  # many share a border
        if 2 * np.count_nonzero(fresh) > len(tokens):
            return ranks(self.corpus.ground, tokens)
        found: Ints = ranks(self.corpus.ground, tokens[fresh])[np.cumsum(fresh) - 1]
        return found

    def word(self, rank: Ints) -> Ints:
        """Return the tokens of words by their rank, any token where there is none."""
        words = self.corpus.ground
        if not len(words):
            return np.zeros(len(rank), np.int64)
        return words[np.clip(rank, 0, len(words) - 1)].astype(np.int64)

    # Contexts as tokens, half-open: they begin and end with the marks that belong to them.

    def lefts(self, window: int) -> Ints:
        """Return the first token of each left context; it ends with the node."""
        start = np.maximum(self.node - window, self.low)
        opening = np.where(start < self.node, self.word(start), self.first)
        edge = np.flatnonzero(start == self.low)  # marks before the first word belong, too
        known = self.low[edge] < len(self.corpus.ground)
        opening[edge] = np.minimum(
            np.where(known, self.word(self.low[edge]), self.first[edge]), self.first[edge]
        )
        least = self.begin[edge]
        opening[edge] = _walked(opening[edge], -1, lambda at, n: at > least[n], self._mark_before)
        return opening

    def rights(self, window: int) -> Ints:
        """Return the end of each right context; it begins after the node."""
        stop = np.minimum(self.after + window, self.high)
        last = np.where(stop > self.after, self.word(stop - 1) + 1, self.past)
        last = _walked(last, 1, lambda at, n: (at > 0) & (at < self.end[n]), self._joined_mark)
        return np.maximum(last, self.past)

    def _mark_before(self, tokens: Ints) -> Flags:
        """Return whether the token before each is a mark of this part of the corpus."""
        return self._mark(tokens - 1)

    def _joined_mark(self, tokens: Ints) -> Flags:
        """Return whether each token is a mark that follows the one before without a blank."""
        mark = self._mark(tokens)
        at = tokens[mark]
        mark[mark] = self.corpus.store.starts[at] == self.corpus.ends_of(at - 1)
        return mark

    def _mark(self, tokens: Ints) -> Flags:
        store = self.corpus.store
        mark: Flags = ~store.is_word[store.ids[tokens]]
        mark[mark] = self.corpus.holds(tokens[mark])
        return mark


def _walked(
    at: Ints, step: int, may: Callable[[Ints, Ints], Flags], go: Callable[[Ints], Flags]
) -> Ints:
    """Return the places moved on, step by step, while they may and it goes on."""
    at, moving = at.copy(), np.arange(len(at))
    while len(moving):
        moving = moving[may(at[moving], moving)]
        moving = moving[go(at[moving])]
        at[moving] += step
    return at


class Pieces(NamedTuple):
    """Contexts cut where paragraphs end: the hit of each piece, its first token and its end."""

    row: Ints
    begin: Ints
    end: Ints

    def slices(self, reach: Reach) -> Slices:
        """Return the pieces as characters of their articles."""
        store, full = reach.corpus.store, self.end > self.begin
        starts, ends = np.zeros((2, len(full)), np.int64)
        starts[full] = store.starts[self.begin[full]]
        ends[full] = reach.corpus.ends_of(self.end[full] - 1)
        return Slices(reach.article[self.row], starts, ends)

    def joined(self, texts: list[str], size: int) -> NDArray[Any]:
        """Return the text of each of `size` contexts."""
        column = objects(texts)
        if len(texts) == size and (self.row == np.arange(size)).all():
            return column
        counts = np.bincount(self.row, minlength=size)
        ends = np.cumsum(counts)
        lines, several = objects([""] * size), np.flatnonzero(counts > 1)
        lines[counts == 1] = column[ends[counts == 1] - 1]
        bounds = zip((ends - counts)[several].tolist(), ends[several].tolist(), strict=True)
        lines[several] = objects([BREAK.join(texts[a:b]).strip() for a, b in bounds])
        return lines


def _pieces(reach: Reach, begin: Ints, end: Ints, crossing: Flags, side: Any) -> Pieces:
    """Return the contexts from `begin` to `end` cut at the borders of paragraphs.

    What was cut out of the text between two paragraphs (a date line, say) is not shown, nor is
    a zone that is not read. `side` is the side of the context on which a border at its very
    edge counts: the side of the node.
    """
    borders = reach.corpus.store.paragraphs
    low, high = np.zeros((2, len(begin)), np.int64)
    over = np.flatnonzero(crossing & (end > begin))
    low[over] = np.searchsorted(borders, begin[over], side)
    high[over] = np.searchsorted(borders, end[over], side)
    counts = np.where(end > begin, high - low + 1, 0)
    row = np.repeat(np.arange(len(begin)), counts)
    place = expanded(np.zeros(len(begin), np.int64), counts)
    at = low[row] + place  # the border that a piece ends with
    starts = np.where(place > 0, borders[at - 1], begin[row])
    ends = np.where(at < high[row], borders[np.minimum(at, len(borders) - 1)], end[row])
    return _read(reach.corpus, Pieces(row, starts, ends))


def _read(corpus: Corpus, pieces: Pieces) -> Pieces:
    """Return the pieces that stand in zones that are read."""
    if corpus.whole:
        return pieces
    begins = np.minimum(pieces.begin, len(corpus.store.ids) - 1)
    keep = (pieces.begin == pieces.end) | corpus.holds(begins)
    return Pieces(*(column[keep] for column in pieces))


def left_pieces(reach: Reach, window: int) -> Pieces:
    """Return the pieces of the left contexts."""
    begin = reach.lefts(window) if window else reach.first
    borders = reach.corpus.store.paragraphs
    crossing = borders[owners(borders, reach.first)] > begin
    return _pieces(reach, begin, reach.first, crossing, "right")


def right_pieces(reach: Reach, window: int) -> Pieces:
    """Return the pieces of the right contexts."""
    end = reach.rights(window) if window else reach.past
    borders = reach.corpus.store.paragraphs
    crossing = borders[owners(borders, reach.past - 1) + 1] < end
    return _pieces(reach, reach.past, end, crossing, "left")


def contexts(reach: Reach, window: int, nodes: Slices) -> tuple[NDArray[Any], ...]:
    """Return left, node and right of each hit as text."""
    left, right = left_pieces(reach, window), right_pieces(reach, window)
    slices = (left.slices(reach), nodes, right.slices(reach))
    before, node, after = texts_of(reach.corpus, *slices)
    size = len(reach.first)
    return left.joined(before, size), objects(node), right.joined(after, size)
