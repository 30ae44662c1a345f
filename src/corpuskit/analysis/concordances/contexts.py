"""What stands round hits: first in tokens, then in characters, then as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import ZONES, Ints, Positions
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.finding.matching import words_at
from ...corpus.finding.places import expanded, owners, ranks
from ...corpus.finding.surface import Objects, Spans, objects, texts_of

BREAK = " ¶ "  # stands where one paragraph ends and the next begins
MANY = 4_096  # hits from which the nodes are made once for each spelling

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Reach:
    """Some hits of a pattern, in corpus order, and how far their contexts may go.

    Attributes
    ----------
    first, size
        First token and number of tokens of each hit.
    article
        Number of the article of each hit.
    begin, end
        First token of the article (or sentence) of each hit, and the end of its tokens.
    """

    corpus: Corpus
    first: Ints
    size: Ints
    article: Ints
    begin: Ints
    end: Ints

    @classmethod
    def of(cls, hits: Hits, rows: Ints, within: str | None) -> Self:
        """Return the hits with these ascending numbers."""
        store, every = hits.corpus.store, len(rows) == len(hits)
        first = (hits.places if every else hits.places[rows]).astype(np.int64)
        size = hits.size if every else hits.size[rows]
        article = hits.corpus.article_of(first)
        borders = store.sentences if within else store.borders
        unit = owners(borders, first) if within else article
        return cls(hits.corpus, first, size, article, borders[unit], borders[unit + 1])

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
        if not self.single:
            return ranks(self.corpus.ground, self.past)
        after: Ints = self.node + self.corpus.store.is_word[self.kinds]
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
        if self.corpus.zones == ZONES:
            return self.begin[edge]
        first, least = self.first[edge], self.begin[edge]
        rank = ranks(self.corpus.ground, least)
        known = rank < len(self.corpus.ground)
        opening = np.where(known, np.minimum(self.word(rank), first), first)
        moving = np.arange(len(edge))
        return _walked(opening, moving, -1, lambda at, n: at > least[n], self._mark_before)

    def rights(self, window: int) -> Ints:
        """Return the end of each right context; it begins after the node."""
        ground, rank = self.corpus.ground, self.after + (window - 1)
        last = self.word(rank).astype(np.int64) + 1
        short = np.flatnonzero((rank >= len(ground)) | (last > self.end))
        most = ranks(ground, self.end[short])
        there = most > self.after[short]
        last[short] = np.where(there, self.word(most - 1) + 1, self.past[short])
        moving = np.flatnonzero(self.word(rank + 1) != last)  # else the next token is a word
        return _walked(last, moving, 1, lambda at, n: at < self.end[n], self._joined_mark)

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
    at: Ints,
    moving: Ints,
    step: int,
    may: Callable[[Ints, Ints], Flags],
    go: Callable[[Ints], Flags],
) -> Ints:
    """Return the places, those that are moving moved on while they may and it goes on."""
    while len(moving):
        moving = moving[may(at[moving], moving)]
        moving = moving[go(at[moving])]
        at[moving] += step
    return at


class Side(NamedTuple):
    """The contexts on one side of the hits.

    Attributes
    ----------
    begin, end
        First token and end of each.
    broken
        Numbers of those in which a paragraph ends.
    edge
        Side on which a border at the very edge of a context counts: that of the node.
    """

    begin: Ints
    end: Ints
    broken: Ints
    edge: Literal["left", "right"]

    def spans(self, corpus: Corpus) -> Spans:
        """Return the contexts as characters of their articles, paragraphs or not."""
        starts = corpus.store.starts[np.minimum(self.begin, len(corpus.store.ids) - 1)]
        ends = corpus.ends_of(np.maximum(self.end - 1, 0))
        return Spans(starts, np.where(self.end > self.begin, ends, starts))

    def mend(self, corpus: Corpus, lines: list[str], spans: Spans) -> None:
        """Put BREAK where a paragraph ends.

        What was cut out of the text between two paragraphs (a date line, say) is not shown, nor
        is a zone that is not read.
        """
        pieces = _pieces(corpus, self)
        begun = spans.starts[self.broken].astype(np.int64)[pieces.row]
        starts, ends = (column - begun for column in pieces.spans(corpus))
        of = self.broken[pieces.row].tolist()
        cuts = zip(of, starts.tolist(), ends.tolist(), strict=True)
        texts = [lines[line][start:end] for line, start, end in cuts]
        counts = np.bincount(pieces.row, minlength=len(self.broken))
        past = np.cumsum(counts)
        bounds = zip(self.broken.tolist(), (past - counts).tolist(), past.tolist(), strict=True)
        for line, low, high in bounds:
            lines[line] = _joined(texts[low:high])


def _joined(texts: list[str]) -> str:
    """Return the pieces of a context as one."""
    return texts[0] if len(texts) == 1 else BREAK.join(texts).strip()


class Pieces(NamedTuple):
    """Contexts cut where paragraphs end: the context of each piece, its first token, its end."""

    row: Ints
    begin: Ints
    end: Ints

    def spans(self, corpus: Corpus) -> Spans:
        """Return the pieces as characters of their articles."""
        starts = corpus.store.starts[np.minimum(self.begin, len(corpus.store.ids) - 1)]
        ends = corpus.ends_of(np.maximum(self.end - 1, 0))
        return Spans(starts, np.where(self.end > self.begin, ends, starts))


def _pieces(corpus: Corpus, side: Side) -> Pieces:
    """Return the contexts in which a paragraph ends, cut there; only what is read."""
    begin, end = side.begin[side.broken], side.end[side.broken]
    borders = corpus.store.paragraphs
    low, high = (np.searchsorted(borders, at, side.edge) for at in (begin, end))
    row = np.repeat(np.arange(len(begin)), high - low + 1)
    at = expanded(low, high + 1)  # the border that a piece ends with
    starts = np.where(at > low[row], borders[at - 1], begin[row])
    ends = np.where(at < high[row], borders[np.minimum(at, len(borders) - 1)], end[row])
    return _read(corpus, Pieces(row, starts, ends))


def _read(corpus: Corpus, pieces: Pieces) -> Pieces:
    """Return the pieces that stand in zones that are read."""
    if corpus.zones == ZONES:
        return pieces
    begins = np.minimum(pieces.begin, len(corpus.store.ids) - 1)
    keep = (pieces.begin == pieces.end) | corpus.holds(begins)
    return Pieces(*(column[keep] for column in pieces))


def left_side(reach: Reach, window: int) -> Side:
    """Return the left contexts."""
    begin = reach.lefts(window) if window else reach.first
    broken = reach.corpus.store.paragraphs[reach.paragraph] > begin
    return Side(begin, reach.first, np.flatnonzero(broken), "right")


def right_side(reach: Reach, window: int) -> Side:
    """Return the right contexts."""
    end, borders = reach.rights(window) if window else reach.past, reach.corpus.store.paragraphs
    last = reach.paragraph if reach.single else owners(borders, reach.past - 1)
    return Side(reach.past, end, np.flatnonzero(borders[last + 1] < end), "left")


def contexts(reach: Reach, window: int) -> tuple[Objects, Objects, Objects]:
    """Return left, node and right of each hit as text."""
    corpus, sides = reach.corpus, (left_side(reach, window), right_side(reach, window))
    spans, node = [side.spans(corpus) for side in sides], _spelled(reach)
    wanted = spans if node is not None else [*spans, reach.nodes]
    made = texts_of(corpus, reach.article, *wanted)
    for side, lines, span in zip(sides, made, spans, strict=False):
        if len(side.broken):
            side.mend(corpus, lines, span)
    return objects(made[0]), objects(made[2]) if node is None else node, objects(made[1])


def _spelled(reach: Reach) -> Objects | None:
    """Return the nodes where they are many single words: one string for each spelling."""
    if len(reach.first) < MANY or not reach.single:
        return None
    types = reach.corpus.store.types
    seen, texts = np.zeros(len(types), bool), np.empty(len(types), object)
    seen[reach.kinds] = True
    kinds = np.flatnonzero(seen)
    texts[kinds] = objects(words_at(types, kinds))
    nodes: Objects = texts[reach.kinds]
    return nodes
