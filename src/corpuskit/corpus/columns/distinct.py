"""The distinct runs of a corpus, and the tokens of each: found once, then looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from re import compile as pattern_of
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .breaks import BLANK, LINE, LOOK, OTHER, Numbers, SentenceEnds
from .chunks import Distinct, Eights, Ints, Keys, Place, Runs, distinct, refuse_unequal, run_keys
from .growing import Growing, KeyTable
from .looks import OTHER as UNLIKE
from .looks import looks_of
from .tokens import TokenPolicy, is_token, token_pieces
from .vocabulary import decoded

BLOCK = 1 << 20  # bytes that are worked on at a time: they fit in the cache of a core
MOST = 5 * BLOCK // 4  # bytes that are still one block: a short one costs nearly as much

_BLANK = pattern_of(rb"[\t-\r ]")
_KINDS = np.full(256, OTHER, np.uint8)  # of white space that is one byte
_KINDS[[ord(" "), ord("\t")]], _KINDS[ord("\n")] = BLANK, LINE


class Block(NamedTuple):
    """Tokens and runs of a stretch of text; characters count from the start of the text.

    `ids` and `places` are number and first character of each token; `runs`, `starts`, `ends` and
    `gaps` number, first and past character of each unbroken run, and the kind of white space
    before it.
    """

    ids: NDArray[np.uint32]
    places: Numbers
    runs: Numbers
    starts: Numbers
    ends: Numbers
    gaps: NDArray[np.uint8]


class Lexicon:
    """What the runs and tokens met so far are; it grows with every text.

    Attributes
    ----------
    pieces
        Number of each surface form (and of characters that are no token), by first sight.
    sentence_ends
        What decides after which runs a sentence ends; it has learnt every run met so far.
    """

    def __init__(self, policy: TokenPolicy, keys: Keys = run_keys) -> None:
        self.policy, self.keys = policy, keys
        self.sentence_ends = SentenceEnds()
        self.pieces: defaultdict[str, int] = defaultdict()
        self.pieces.default_factory = self.pieces.__len__
        self._end = self.pieces["\n"]
        self._runs = _KnownRuns()
        self._is_token, self._lengths = Growing(bool), Growing(np.int64)  # one per piece
        self._judge(["\n"])
        self._counts, self._firsts = Growing(np.int64), Growing(np.int64)  # one per run
        self._ids, self._starts = Growing(np.uint32), Growing(np.int32)  # of run after run

    def read(self, data: bytes) -> Iterator[Block]:
        """Yield the tokens and runs of `data`, block by block."""
        done = 0
        kind: Any = np.int32 if len(data) < 1 << 31 else np.int64
        for block in blocks(data):
            runs = Runs(block)
            starts, ends, size = _characters(runs, kind)
            if len(runs):
                starts += done
                ends += done
                numbers = self._numbers(runs)
                ids, places = self._spread(numbers, starts)
                yield Block(ids, places, numbers.astype(kind), starts, ends, _gaps(runs))
            done += size

    def run(self, number: int) -> str:
        """Return the run of a number."""
        return decoded(self._runs.run(number))

    @property
    def is_token(self) -> NDArray[np.bool_]:
        """Whether each piece is a token."""
        return self._is_token.values

    @property
    def lengths(self) -> Ints:
        """Characters of each piece."""
        return self._lengths.values

    def _numbers(self, runs: Runs) -> Ints:
        """Return the number of each run; new ones are read first."""
        found = distinct(runs, self.keys)
        numbers, new = self._runs.numbers(runs, found)
        if new:
            self._learn(new)
        return numbers[found.codes]

    def _learn(self, new: list[bytes]) -> None:
        """Find the tokens of new runs, each once."""
        words = decoded(b"\n".join(new)).split("\n")
        shapes, calm = looks_of(new)
        self.sentence_ends.learn(words, calm)
        simple, other = np.flatnonzero(shapes != UNLIKE), np.flatnonzero(shapes == UNLIKE)
        begins, counts = (np.empty(len(new), np.int64) for _ in range(2))
        known = len(self.pieces)
        found = [
            (simple, *self._simple([words[n] for n in simple.tolist()], shapes[simple])),
            (other, *self._others([words[n] for n in other.tolist()])),
        ]
        self._judge([*islice(reversed(self.pieces), len(self.pieces) - known)][::-1])
        for rows, owner, numbers, starts in found:
            keep = self._is_token.values[numbers]
            counts[rows] = held = np.bincount(owner[keep], minlength=len(rows))
            begins[rows] = len(self._ids) + np.cumsum(held) - held
            self._ids.extend(numbers[keep])
            self._starts.extend(starts[keep])
        self._firsts.extend(begins)
        self._counts.extend(counts)

    def _simple(self, words: list[str], marks: NDArray[np.int8]) -> tuple[Ints, Ints, Ints]:
        """Return owner (a row of `words`), number and start of each piece of plain runs."""
        counts = marks.astype(np.int64) + 1
        owner = np.repeat(np.arange(len(words)), counts)
        spans = zip(words, marks.tolist(), strict=True)
        numbers = self._numbered([word[:-1] if mark else word for word, mark in spans])[owner]
        starts = np.zeros(len(owner), np.int64)
        marked = np.flatnonzero(marks).tolist()
        last = (np.cumsum(counts) - 1)[marked]
        numbers[last] = self._numbered([words[n][-1] for n in marked])
        starts[last] = [len(words[n]) - 1 for n in marked]
        return owner, numbers, starts

    def _others(self, words: list[str]) -> tuple[Ints, Ints, Ints]:
        """Return owner, number and start of each piece of other runs: all as lines of one text."""
        pieces = token_pieces("\n".join([*words, ""]), self.policy)
        numbers = self._numbered(pieces)
        ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
        is_break = numbers == self._end
        owner, begins = np.cumsum(is_break), np.append(0, ends[is_break])
        starts = np.append(0, ends)[: len(ends)] - begins[owner]
        inside = ~is_break
        return owner[inside], numbers[inside], starts[inside]

    def _numbered(self, pieces: list[str]) -> Ints:
        """Return the number of each piece; new ones get the next."""
        return np.fromiter(map(self.pieces.__getitem__, pieces), np.int64, len(pieces))

    def _judge(self, pieces: list[str]) -> None:
        """Note of new pieces whether they are tokens, and how long they are."""
        self._lengths.extend([len(piece) for piece in pieces])
        self._is_token.extend([is_token(piece, self.policy) for piece in pieces])

    def _spread(self, runs: Ints, starts: Numbers) -> tuple[NDArray[np.uint32], Numbers]:
        """Return number and start of the tokens of runs (by number) that start there."""
        counts = self._counts.values[runs]
        shift = self._firsts.values[runs]
        shift -= np.cumsum(counts)
        shift += counts
        place = np.repeat(shift, counts)
        place += np.arange(len(place))
        places = np.repeat(starts, counts)
        places += self._starts.values[place]
        return self._ids.values[place], places


class _KnownRuns:
    """The distinct runs met so far, numbered; their bytes are kept to compare others with."""

    def __init__(self) -> None:
        self._table, self._bytes = KeyTable(), Growing(np.uint8)
        self._starts, self._sizes = Growing(np.int64), Growing(np.int64)

    def run(self, number: int) -> bytes:
        """Return the bytes of a run."""
        start = int(self._starts.values[number])
        return self._bytes.values[start : start + int(self._sizes.values[number])].tobytes()

    def numbers(self, runs: Runs, found: Distinct) -> tuple[Ints, list[bytes]]:
        """Return the number of each distinct run of a block, and the bytes of new ones."""
        numbers = self._table.numbers(found.keys)
        rows = np.flatnonzero(numbers >= 0)
        self._compare(runs, found.first[rows], numbers[rows])
        rows = np.flatnonzero(numbers < 0)
        new = runs.listed(found.first[rows])
        numbers[rows] = self._table.add(found.keys[rows])
        self._keep(new)
        return numbers, new

    def _compare(self, runs: Runs, rows: Ints, known: Ints) -> None:
        """Raise if one of these rows is not, byte by byte, the run that is known."""
        data = Eights(self._bytes.room, len(self._bytes))
        before = Place.of(data, self._starts.values[known], self._sizes.values[known])
        refuse_unequal(runs.place.at(rows), before)

    def _keep(self, new: list[bytes]) -> None:
        """Keep the bytes of new runs."""
        sizes = np.fromiter(map(len, new), np.int64, len(new))
        self._starts.extend(len(self._bytes) + np.cumsum(sizes) - sizes)
        self._sizes.extend(sizes)
        self._bytes.extend(np.frombuffer(b"".join(new), np.uint8))


def blocks(data: bytes) -> Iterator[bytes]:
    """Yield `data` in blocks that end with a blank, or with the data."""
    start = 0
    while start < len(data):
        found = _BLANK.search(data, start + BLOCK) if start + MOST < len(data) else None
        end = found.end() if found else len(data)
        yield data[start:end]
        start = end


def _characters(runs: Runs, kind: Any) -> tuple[Numbers, Numbers, int]:
    """Return first and past character of each run, and the characters of the whole block."""
    ends = runs.starts + runs.sizes
    if runs.block.isascii():
        return runs.starts.astype(kind), ends.astype(kind), len(runs.block)
    data = np.frombuffer(runs.block, np.int8)
    more = np.flatnonzero(data < -64)  # bytes 10xxxxxx go on with a character
    edges = np.empty(2 * len(ends), np.int64)
    edges[0::2], edges[1::2] = runs.starts, ends
    # how many stand before each edge: they are few, so that they are looked up among the edges
    before = np.bincount(np.searchsorted(edges, more, side="right"), minlength=len(edges))
    edges -= np.cumsum(before[: len(edges)])
    edges = edges.astype(kind)
    return edges[0::2].copy(), edges[1::2].copy(), len(data) - len(more)


def _gaps(runs: Runs) -> NDArray[np.uint8]:
    """Return the kind of white space before each run, as far as one byte tells it."""
    kinds = np.full(len(runs), LOOK, np.uint8)
    if len(runs) > 1:
        ends = runs.starts[:-1] + runs.sizes[:-1]
        one = runs.starts[1:] - ends == 1
        data = np.frombuffer(runs.block, np.uint8)
        kinds[1:][one] = _KINDS[data[ends[one]]]
    return kinds
