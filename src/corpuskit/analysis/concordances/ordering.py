"""The order of a concordance: ranks of words and metadata, packed, sorted when looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import regex

from ...corpus.columns.store import Ints, Positions
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.finding.places import ranks
from ...errors import one_of
from .reach import Reach

_SIDE = regex.compile(r"([1-9]\d*)([LR])")
_NODE = "node"
WORD = 64  # bits of a packed key

Ranking = Callable[[Ints], Ints]  # ascending numbers of hits -> the rank of each


@dataclass(frozen=True, eq=False)
class Order:
    """Numbers of hits in the order of their lines.

    Attributes
    ----------
    chosen
        Numbers of the hits: ascending where there are rankings, else as they are shown; a range
        for all of them.
    rankings
        What they are sorted by, first key first; ties keep the order of the rows.
    """

    chosen: Ints | range
    rankings: tuple[Ranking, ...] = ()

    def __len__(self) -> int:
        return len(self.chosen)

    @cached_property
    def rows(self) -> Ints:
        """The numbers that were chosen."""
        every = isinstance(self.chosen, range)
        return np.arange(len(self), dtype=np.int64) if every else np.asarray(self.chosen)

    @cached_property
    def all(self) -> Ints:
        """All rows, sorted."""
        return _sorted(self.rows, self.rankings) if self.rankings else self.rows

    @cached_property
    def ascending(self) -> Ints:
        """All rows in the order of the corpus."""
        ready = self.rankings or isinstance(self.chosen, range)
        return self.rows if ready else np.sort(self.rows)

    def first(self, n: int) -> Ints:
        """Return the first `n` rows; rows that cannot be among them are not sorted."""
        if isinstance(self.chosen, range) and not self.rankings:
            return np.arange(min(n, len(self)), dtype=np.int64)  # of many, only these
        if not self.rankings or "all" in self.__dict__ or len(self) <= 4 * n or not n:
            return self.all[:n]
        ranks = self.rankings[0](self.rows)
        reach = np.partition(ranks, n - 1)[n - 1]
        return _sorted(self.rows[ranks <= reach], self.rankings)[:n]

    def only(self, rows: Ints) -> Order:
        """Return some of the rows in the same order."""
        if self.rankings:
            return replace(self, chosen=np.sort(rows))
        return Order(self.rows[np.isin(self.rows, rows)])


def _sorted(rows: Ints, rankings: tuple[Ranking, ...]) -> Ints:
    """Return ascending rows sorted by their ranks."""
    return rows[sorting([ranking(rows) for ranking in rankings])]


def sorting(keys: list[Ints]) -> Ints:
    """Return the order that sorts by the keys (0 or more), first key first; ties keep theirs.

    As many keys as fit are packed into one number together with the place of the row, so that
    plain sorting of numbers (several times as fast as that of their places) is stable, too.
    """
    size = len(keys[0])
    room = max(size - 1, 1).bit_length()
    places, order = np.arange(size, dtype=np.uint64), np.arange(size)
    todo = [(key, int(key.max(initial=0)).bit_length()) for key in keys]
    while todo:
        packed, used = places.copy(), room
        while todo and used + todo[-1][1] <= WORD:
            key, width = todo.pop()
            packed |= key[order].astype(np.uint64) << np.uint64(used)
            used += width
        packed.sort()
        order = order[(packed & np.uint64((1 << room) - 1)).astype(np.int64)]
    return order


def rankings(hits: Hits, within: str | None, keys: list[str]) -> tuple[Ranking, ...]:
    """Return what each key ranks hits by; see `Kwic.sort`."""
    reach = _Reaches(hits, within)
    return tuple(ranking for key in keys for ranking in _rankings(reach, key))


class _Reaches:
    """The reach of the rows that were asked for last, which several keys ask for in turn."""

    def __init__(self, hits: Hits, within: str | None) -> None:
        self.hits, self.within = hits, within
        self.known: tuple[Ints, Reach] | None = None

    def of(self, rows: Ints) -> Reach:
        """Return the reach of these rows."""
        if self.known is None or self.known[0] is not rows:
            self.known = rows, Reach.of(self.hits, rows, self.within)
        return self.known[1]


def _rankings(reach: _Reaches, key: str) -> list[Ranking]:
    """Return the rankings of one key; where there is no word, the rank is the lowest."""
    side, hits = _SIDE.fullmatch(key), reach.hits
    if side:
        return [_by_word(reach, side[2], int(side[1]))]
    if key == "node":
        return [_by_word(reach, _NODE, step) for step in range(hits.longest)]
    known = ["1L", "1R", "node", *map(str, hits.corpus.articles.columns)]
    return [_by_column(hits, one_of("keys", key, known))]


def _by_column(hits: Hits, column: str) -> Ranking:
    """Return the ranking by a column of the articles."""
    corpus = hits.corpus
    _, codes = corpus.groups_of(column)
    by_number = np.zeros(int(corpus.selected.max(initial=-1)) + 1, np.int64)
    by_number[corpus.selected] = codes
    return lambda rows: by_number[hits.article_at(rows)]


def _by_word(reach: _Reaches, side: str, distance: int) -> Ranking:
    """Return the ranking by a word near each node, or of it; 0 where there is none."""
    hits = reach.hits

    def ranking(rows: Ints) -> Ints:
        if hits.corpus.apart:
            return hits.forms_at(_shard_word, rows, reach.within, side, distance) + 1
        return _word(reach.of(rows), side, distance) + 1

    return ranking


def _shard_word(hits: Hits, rows: Ints, within: str | None, side: str, distance: int) -> Ints:
    """Return the folded form of a word near each node of a shard, -1 where there is none."""
    return _word(Reach.of(hits, rows, within), side, distance)


def _word(reach: Reach, side: str, distance: int) -> Ints:
    """Return the folded form of a word near each node, or of it, -1 where there is none."""
    if side == _NODE:
        return _node_word(reach, distance)
    return _neighbour(reach, distance, side)


def _node_word(reach: Reach, step: int) -> Ints:
    """Return the folded form of the n-th token of each node, -1 where the node is shorter."""
    tokens = np.minimum(reach.first + step, len(reach.corpus.store.ids) - 1)
    return np.where(step < reach.size, _form(reach.corpus, tokens), -1)


def _neighbour(reach: Reach, distance: int, side: str) -> Ints:
    """Return the folded form of the word at a distance from each node, -1 where none is."""
    if distance == 1 and reach.plain:
        return _next(reach, side)
    rank = reach.after + (distance - 1) if side == "R" else reach.node - distance
    return _form_of_word(reach, rank, side, slice(None))


def _next(reach: Reach, side: str) -> Ints:
    """Return the form of the word next to each node: mostly it is the very next token."""
    store, right = reach.corpus.store, side == "R"
    token = reach.past if right else reach.first - 1
    inside = token < reach.end if right else token >= reach.begin
    kinds = store.ids[np.where(inside, token, reach.first)]
    forms = np.where(inside, store.folded[kinds], np.int64(-1))
    far = np.flatnonzero(inside & ~store.is_word[kinds])  # a mark stands between
    rank = ranks(reach.corpus.ground, token[far]) - (0 if right else 1)
    forms[far] = _form_of_word(reach, rank, side, far)
    return forms


def _form_of_word(reach: Reach, rank: Ints, side: str, rows: Any) -> Ints:
    """Return the form of words by their rank, -1 where they are too far from these nodes."""
    token = reach.word(rank)
    if side == "R":
        inside = (rank < len(reach.corpus.ground)) & (token < reach.end[rows])
    else:
        inside = (rank >= 0) & (token >= reach.begin[rows])
    return np.where(inside, _form(reach.corpus, token), -1)


def _form(corpus: Corpus, tokens: Positions) -> Ints:
    """Return the folded form of each token."""
    store = corpus.store
    return store.folded[store.ids[tokens]].astype(np.int64)
