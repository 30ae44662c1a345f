"""The part of one shard that a worker is asked about: sent as an address, opened there once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..corpus import Corpus
from ..finding.find import Hits

MOST_OPEN = 64  # stores that a worker keeps open

Answer = Callable[..., Any]


class Way(NamedTuple):
    """How the hits of a part of a shard are got, wherever the part is.

    Attributes
    ----------
    function
        A function of a module: a part, and what is given -> its hits.
    given
        Its other arguments.
    """

    function: Callable[..., Hits]
    given: tuple[Any, ...]


class Piece:
    """A part of one shard. A shard on disk travels as its address and the choice of articles.

    Nothing is opened while it is unpacked: a store that cannot be opened is the failure of a
    task, not that of a worker.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._found: tuple[Way, Hits] | None = None

    def hits(self, way: Way) -> Hits:
        """Return the hits of this part; the last ones are kept, as verbs ask several times."""
        known = self._found
        if known is None or known[0] is not way:
            known = self._found = way, way.function(self.corpus, *way.given)
        return known[1]

    def __reduce__(self) -> tuple[Any, ...]:
        packed = self.corpus.__reduce_ex__(4)
        if isinstance(packed, tuple) and isinstance(packed[1], tuple) and len(packed) == 2:
            return _Address, packed[1]
        return Piece, (self.corpus,)


class _Address(Piece):
    """A piece that has arrived and is opened when it is needed."""

    def __init__(self, *address: Any) -> None:
        self._address = address
        self._found = None

    @cached_property
    def corpus(self) -> Corpus:  # type: ignore[override]
        """The part, of a store that this process opens once."""
        path, pointer, selected, zones, chosen = self._address
        whole = _opened(path, pointer)
        part = whole._part(whole.selected if selected is None else selected)
        part.zones, part.chosen = zones, chosen
        return part

    def __reduce__(self) -> tuple[Any, ...]:
        return _Address, self._address


@lru_cache(MOST_OPEN)
def _opened(path: str, pointer: Any) -> Corpus:
    """Return a store, opened; its columns are checked once for all tasks of this process."""
    from ..corpus import _sent

    return _sent(path, pointer, None, (), {})


def on_part(piece: Piece, function: Answer, given: tuple[Any, ...]) -> Any:
    """Return what a function says of a part of a shard."""
    return function(piece.corpus, *given)


def on_hits(piece: Piece, way: Way, function: Answer, given: tuple[Any, ...]) -> Any:
    """Return what a function says of the hits in a part of a shard."""
    return function(piece.hits(way), *given)


def on_several(found: Sequence[tuple[Piece, Way]], function: Answer, given: tuple[Any, ...]) -> Any:
    """Return what a function says of several hits in parts of one shard."""
    return function([piece.hits(way) for piece, way in found], *given)


class Slim:
    """A function whose answer, columns over a vocabulary, is sent without the words at 0."""

    def __init__(self, function: Answer) -> None:
        self.function = function

    def __call__(self, *given: Any) -> tuple[NDArray[np.int64], list[Any]]:
        """Return the numbers of the words, their values, and single numbers as they are."""
        answer = self.function(*given)
        columns = [one for one in answer if isinstance(one, np.ndarray)]
        there = np.zeros(len(columns[0]), bool)
        for column in columns:
            there |= column != 0
        at = np.flatnonzero(there).astype(np.int64)
        return at, [one[at] if isinstance(one, np.ndarray) else one for one in answer]
