"""Vocabulary: sorted words as one run of bytes, each found without reading the others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from operator import index as whole_number
from typing import Any, SupportsIndex, overload

import numpy as np
from numpy.typing import NDArray


def encoded(text: str) -> bytes:
    """Return `text` as UTF-8; halves of surrogate pairs that stand alone are kept."""
    return text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """Return the text that `encoded` made these bytes of."""
    return data.decode("utf-8", "surrogatepass")


class Vocabulary(Sequence[str]):
    """Distinct words sorted by code point, as one run of UTF-8 bytes (which sorts alike).

    Parameters
    ----------
    data : uint8
        The bytes of all words, one after another; may be a read-only map of a file.
    offsets : int64, one more than words
        `data[offsets[n]:offsets[n + 1]]` is word n.

    Examples
    --------
    >>> words = Vocabulary.of(["alliance", "deal", "deals"])
    >>> words[1], words.index("deals"), words.index("pact"), words.prefix("deal")
    ('deal', 2, -1, (1, 3))
    """

    def __init__(self, data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self.data, self.offsets = data, offsets

    @classmethod
    def of(cls, words: Iterable[str]) -> Vocabulary:
        """Return the vocabulary of distinct words that are sorted already."""
        listed = list(words)
        offsets = np.append(0, np.cumsum(np.fromiter(map(len, listed), np.int64, len(listed))))
        data = np.frombuffer(encoded("".join(listed)), np.uint8)
        if len(data) > offsets[-1]:  # where each character begins: a byte that is not 10xxxxxx
            offsets = np.append(np.flatnonzero((data & 0xC0) != 0x80), len(data))[offsets]
        return cls(data, offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, index: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> str | list[str]:
        if isinstance(index, slice):
            return self.listed[index]
        if "listed" in self.__dict__:
            return self.listed[index]
        number = whole_number(index)
        if not -len(self) <= number < len(self):
            raise IndexError(f"word {number} of {len(self)}")
        return decoded(self._bytes_of(number % len(self)))

    def __iter__(self) -> Iterator[str]:
        return iter(self.listed)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.index(word) >= 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and self.listed == list(other)

    __hash__ = None  # type: ignore[assignment]  # equal to a list, which has none

    def __repr__(self) -> str:
        return f"Vocabulary: {len(self):,} words"

    @cached_property
    def listed(self) -> list[str]:
        """All words, decoded once and kept."""
        data = self.data.tobytes()
        if data.isascii():
            text = data.decode("ascii")
            return [text[start:end] for start, end in pairwise(self.offsets.tolist())]
        return [decoded(data[start:end]) for start, end in pairwise(self.offsets.tolist())]

    @cached_property
    def objects(self) -> NDArray[Any]:
        """All words as a column of Python objects, kept: a table of many is a choice of these."""
        return np.fromiter(self.listed, object, len(self))

    def index(self, word: str) -> int:  # type: ignore[override]
        """Return the number of a word, -1 if it is not there."""
        wanted = encoded(word)
        at = bisect_left(range(len(self)), wanted, key=self._bytes_of)
        return at if at < len(self) and self._bytes_of(at) == wanted else -1

    def prefix(self, text: str) -> tuple[int, int]:
        """Return the numbers, half-open, of the words that begin with `text`."""
        wanted = encoded(text)
        every, size = range(len(self)), len(wanted)
        low = bisect_left(every, wanted, key=self._bytes_of)
        return low, bisect_right(every, wanted, lo=low, key=lambda n: self._bytes_of(n)[:size])

    def _bytes_of(self, number: int) -> bytes:
        """Return the bytes of one word."""
        return self.data[self.offsets[number] : self.offsets[number + 1]].tobytes()
