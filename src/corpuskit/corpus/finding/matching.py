"""An expression against a vocabulary: which words it matches, in the time that it has."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import NoReturn

import numpy as np
import regex
from regex import Pattern

from ...errors import refuse
from ..columns.folding import untypeset
from ..columns.store import Ints
from ..columns.vocabulary import Vocabulary, decoded

SECONDS = 1.5  # what one pattern may take against the whole vocabulary
BATCH = 512  # words between two looks at the clock
SHORT = 64  # characters of a word on which a tame expression cannot take long
FEW = 32  # words that are looked up one by one
TAME = 3  # repeats that an expression without groups may have to be tame

# What a regular expression begins with, as far as every match must begin so. The capital I is
# left out: an expression that ignores case takes it for the Turkish dotless i, too.
_LITERAL = regex.compile(r"[A-HJ-Za-z0-9]*+(?![*?{])|[A-HJ-Za-z0-9]*(?=[A-HJ-Za-z0-9][*?{])")


def words_from(vocabulary: Vocabulary, low: int, high: int) -> list[str]:
    """Return the words from number `low` up to `high`, decoding no others."""
    if high - low == len(vocabulary):
        return vocabulary.listed
    borders = vocabulary.offsets[low : high + 1]
    data = vocabulary.data[borders[0] : borders[-1]].tobytes()
    ends = (borders - borders[0]).tolist()
    return [decoded(data[a:b]) for a, b in pairwise(ends)]


def words_at(vocabulary: Vocabulary, numbers: Ints) -> list[str]:
    """Return the words with these numbers; all are decoded only where many are asked for."""
    if "listed" in vocabulary.__dict__ or len(numbers) > len(vocabulary) // 16:
        listed = vocabulary.listed
        return [listed[n] for n in numbers.tolist()]
    if len(numbers) < FEW:
        return [vocabulary[n] for n in numbers.tolist()]
    starts, ends = vocabulary.offsets[numbers], vocabulary.offsets[numbers + 1]
    low = int(starts.min())
    data = vocabulary.data[low : int(ends.max())].tobytes()
    spans = zip((starts - low).tolist(), (ends - low).tolist(), strict=True)
    return [decoded(data[start:end]) for start, end in spans]


def literal_start(body: str) -> str:
    """Return letters that every word begins with that a regular expression matches."""
    if "|" in body:
        return ""
    found = _LITERAL.match(body)
    return found[0] if found else ""


class Trial:
    """One pattern and the time that it has.

    Parameters
    ----------
    pattern
        The whole pattern, as it was given; for messages.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.until = time.monotonic() + SECONDS

    def compiled(self, body: str, flags: int) -> Pattern[str]:
        """Return the expression, or raise with what is wrong in it (and nothing else)."""
        try:
            return regex.compile(body, flags)
        except regex.error as error:
            reason = str(error)
        refuse("pattern", f"a valid expression ({reason})", self.pattern, "Mend it.")

    def fitting(self, expression: Pattern[str], words: list[str]) -> Ints:
        """Return the numbers of the words that the expression matches from end to end."""
        return np.fromiter(self._fitting(expression, words), np.int64)

    def _fitting(self, expression: Pattern[str], words: list[str]) -> Iterator[int]:
        tame, whole = _tame(expression.pattern), expression.fullmatch
        for start in range(0, len(words), BATCH):
            batch = words[start : start + BATCH]
            share = self.left() / BATCH
            if tame and len(max(batch, key=len)) <= SHORT:
                found = [match is not None for match in map(whole, batch)]
            else:
                found = [self._fits(expression, word, share) for word in batch]
            yield from (start + n for n, fits in enumerate(found) if fits)

    def _fits(self, expression: Pattern[str], word: str, share: float) -> bool:
        """Return whether one word matches; one that needs more than its share gets it."""
        for seconds in (share, None):
            try:
                left = self.left() if seconds is None else seconds
                return expression.fullmatch(word, timeout=left) is not None
            except TimeoutError:
                continue
        self.too_slow()

    def left(self) -> float:
        """Return the seconds that are left; raise if there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            self.too_slow()
        return left

    def too_slow(self) -> NoReturn:
        """Raise: the pattern had its time."""
        refuse(
            "pattern",
            f"quick enough to try on every word within {SECONDS} seconds",
            self.pattern,
            "The pattern is too slow; write it with fewer nested repeats.",
        )


def _tame(body: str) -> bool:
    """Return whether an expression has no groups and so few repeats that it is always quick."""
    return not {"(", "{"} & set(body) and sum(map(body.count, "*+?")) <= TAME


def kept_case(vocabulary: Vocabulary, numbers: Ints) -> list[str]:
    """Return these words as they are matched where case counts."""
    return [untypeset(word) for word in words_at(vocabulary, numbers)]
