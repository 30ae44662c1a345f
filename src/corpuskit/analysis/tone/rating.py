"""What every lexicon gives of a sentence: words, and a valence with a rule for some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

LEXICON_RULE = "lexicon"
Rated = tuple[int, float, str]  # place in the words given, valence, rule


@dataclass(frozen=True, slots=True)
class Word:
    """One word as a lexicon sees it; `spark` says that it may set off a rule on neighbours."""

    text: str
    value: float | None
    spark: bool = False
    but: bool = False


class WordRater(Protocol):
    """What rates the words of a sentence."""

    def word(self, form: str) -> Word | None:
        """Return what is known of a word; None if it does not count as a neighbour."""

    def rate(self, words: Sequence[Word]) -> list[Rated]:
        """Return the words that the lexicon knows, with valence and rule."""
