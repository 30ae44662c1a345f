"""What stands round hits: their contexts in characters, then as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from ...corpus.columns.store import ZONES, Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.matching import words_at
from ...corpus.finding.places import expanded, owners
from ...corpus.finding.surface import Objects, Spans, objects, texts_of
from .reach import Reach

BREAK = " ¶ "  # stands where one paragraph ends and the next begins
MANY = 4_096  # hits from which spellings are looked up in a table of all
FEW = 8  # spellings that fewer hits may have to be made once each


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


def left_side(reach: Reach, window: int) -> Side:
    """Return the left contexts."""
    begin = reach.lefts(window) if window else reach.first
    broken = reach.corpus.store.paragraphs[reach.paragraph] > begin
    return Side(begin, reach.first, np.flatnonzero(broken), "right")


def right_side(reach: Reach, window: int) -> Side:
    """Return the right contexts."""
    end, borders = reach.rights(window) if window else reach.past, reach.corpus.store.paragraphs
    after = borders[reach.paragraph + 1]
    if not reach.single and (after < reach.past).any():
        after = borders[owners(borders, reach.past - 1) + 1]
    return Side(reach.past, end, np.flatnonzero(after < end), "left")


def _spans(corpus: Corpus, begin: Ints, end: Ints) -> Spans:
    """Return stretches of tokens as characters of their articles."""
    store, last = corpus.store, np.maximum(end - 1, 0)
    starts = store.starts[np.minimum(begin, len(store.ids) - 1)]
    ends = store.starts[last] + store.lengths[store.ids[last]]
    return Spans(starts, np.where(end > begin, ends, starts))


def contexts(reach: Reach, window: int) -> tuple[Objects, Objects, Objects]:
    """Return left, node and right of each hit as text."""
    corpus, sides = reach.corpus, (left_side(reach, window), right_side(reach, window))
    spans, nodes = [_spans(corpus, side.begin, side.end) for side in sides], _spelled(reach)
    wanted = spans if nodes is not None else [*spans, reach.nodes]
    made = texts_of(corpus, reach.article, *wanted)
    _mend(corpus, sides, spans, made)
    return objects(made[0]), objects(made[2]) if nodes is None else nodes, objects(made[1])


def _spelled(reach: Reach) -> Objects | None:
    """Return the nodes where they are single words of few spellings: one string for each."""
    if not reach.single:
        return None
    types, kinds = reach.corpus.store.types, reach.kinds
    if len(kinds) < MANY:
        listed = kinds.tolist()
        known = dict.fromkeys(listed)
        if len(known) > FEW:
            return None
        known = {kind: types[kind] for kind in known}
        return objects([known[kind] for kind in listed])
    seen, texts = np.zeros(len(types), bool), np.empty(len(types), object)
    seen[kinds] = True
    distinct = np.flatnonzero(seen)
    texts[distinct] = objects(words_at(types, distinct))
    nodes: Objects = texts[kinds]
    return nodes


# -- contexts in which a paragraph ends ------------------------------------------------------


class Pieces(NamedTuple):
    """Contexts cut where paragraphs end: the context of each piece, its first token, its end."""

    row: Ints
    begin: Ints
    end: Ints


def _mend(
    corpus: Corpus, sides: Sequence[Side], spans: Sequence[Spans], made: list[list[str]]
) -> None:
    """Put BREAK where a paragraph ends.

    What was cut out of the text between two paragraphs (a date line, say) is not shown, nor
    is a zone that is not read.
    """
    rows = [side.broken.tolist() for side in sides]
    lines = [texts[n] for own, texts in zip(rows, made, strict=False) for n in own]
    if not lines:
        return
    begun = [span.starts[side.broken] for side, span in zip(sides, spans, strict=True)]
    mended = _mended(corpus, lines, _pieces(corpus, sides), np.concatenate(begun))
    for own, texts in zip(rows, made, strict=False):
        for n in own:
            texts[n] = next(mended)


def _mended(corpus: Corpus, lines: list[str], pieces: Pieces, begun: Ints) -> Iterator[str]:
    """Yield each of the lines, which begin at these characters, made of its pieces."""
    base = begun[pieces.row].astype(np.int64)
    starts, ends = (column - base for column in _spans(corpus, pieces.begin, pieces.end))
    cuts = zip(pieces.row.tolist(), starts.tolist(), ends.tolist(), strict=True)
    texts = [lines[row][start:end] for row, start, end in cuts]
    low = 0
    for size in np.bincount(pieces.row, minlength=len(lines)).tolist():
        part, low = texts[low : low + size], low + size
        yield part[0] if size == 1 else BREAK.join(part).strip()


def _pieces(corpus: Corpus, sides: Sequence[Side]) -> Pieces:
    """Return the contexts in which a paragraph ends, cut there; only what is read."""
    borders = corpus.store.paragraphs
    columns = [_crossed(borders, side) for side in sides]
    begin, end, low, high = (np.concatenate(column) for column in zip(*columns, strict=True))
    row = np.repeat(np.arange(len(begin)), high - low + 1)
    at = expanded(low, high + 1)  # the border that a piece ends with
    starts = np.where(at > low[row], borders[at - 1], begin[row])
    ends = np.where(at < high[row], borders[np.minimum(at, len(borders) - 1)], end[row])
    return _read(corpus, Pieces(row, starts, ends))


def _crossed(borders: Ints, side: Side) -> tuple[Ints, ...]:
    """Return the tokens of the contexts in which a paragraph ends, and the borders in them."""
    begin, end = side.begin[side.broken], side.end[side.broken]
    low, high = (np.searchsorted(borders, at, side.edge) for at in (begin, end))
    return begin, end, low, high


def _read(corpus: Corpus, pieces: Pieces) -> Pieces:
    """Return the pieces that stand in zones that are read."""
    if corpus.zones == ZONES:
        return pieces
    begins = np.minimum(pieces.begin, len(corpus.store.ids) - 1)
    keep = (pieces.begin == pieces.end) | corpus.holds(begins)
    return Pieces(*(column[keep] for column in pieces))
