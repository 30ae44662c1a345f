"""Where sentences end, decided once for each distinct pair of neighbouring chunks.

A chunk is an unbroken run of characters between white space. nupunkt decides on a sentence end
by the chunk that holds the stop and the first word of the chunk after it, so that its answer
for one pair holds wherever the pair stands. Where anything reaches further (a spaced ellipsis, a
stop of its own, a stop inside a chunk), the sentences round it are left to nupunkt whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .growing import Growing

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

Ints = NDArray[np.int64]
Numbers = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]

BLANK, LINE, OTHER, GAP = 0, 1, 2, 3  # white space before a chunk: see `gap_kind`
LOOK = 4  # not known yet
_LOW = (1 << 30) - 1
_BETWEEN = {BLANK: " ", LINE: "\n", OTHER: "\u00a0"}

# What a chunk is: no stop in it; a stop that ends a sentence whatever follows; a stop that the
# pair decides; closing marks alone; a stop that reaches beyond the pair.
NONE, PLAIN, ASK, CLOSING, HARD = range(5)

_STOPS = ".?!…"
_STOP = re.compile(f"[{_STOPS}]")
_CLOSERS = r"\"')\]}”’»*"
_CLOSING = re.compile(rf"[{_CLOSERS}]+(?:--.*)?", re.DOTALL)
# One stop at the end (closing marks may follow), none before but points inside a word: U.S.
_OUTSIDE = rf"[^{_STOPS}{_CLOSERS};:@({{\[]"  # what may follow a point inside a word
_CORE = rf"(?:[^{_STOPS}]|(?<=\w)\.(?={_OUTSIDE}))+"
_SOFT = re.compile(rf"(?P<core>{_CORE})(?:(?P<stop>[{_STOPS}])(?P<tail>[{_CLOSERS}]*))?")
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
_LISTED = re.compile(
    r"\(?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})\)?\."
)  # "1." or "(a)." opens a line


def gap_kind(gap: str) -> int:
    """Return what kind of white space stands between two chunks: what the decision looks at."""
    lines = gap.count("\n")
    if lines > 1:
        return GAP
    return LINE if lines else BLANK if not gap.strip(" \t") else OTHER


class SentenceEnds:
    """Decides after which chunks a sentence ends; remembers each pair it has decided.

    Distinct chunks are numbered by whoever splits the text; `learn` takes them in that order.
    """

    def __init__(self) -> None:
        self._kinds = Growing(np.uint8)
        self._answers: dict[tuple[str, bool, int, str], bool] = {}
        self._standing_for: dict[tuple[object, ...], str] = {}

    def learn(self, words: Sequence[str], calm: Flags) -> None:
        """Take the next distinct chunks; those that are calm hold nothing that ends a sentence."""
        kinds, rough = np.full(len(words), NONE, np.uint8), np.flatnonzero(~calm)
        kinds[rough] = [self._kind(words[n]) for n in rough.tolist()]
        self._kinds.extend(kinds)

    def find(
        self,
        word_of: Callable[[int], str],
        codes: Numbers,
        paragraphs: Ints,
        gaps: NDArray[np.uint8],
    ) -> tuple[Flags, tuple[Ints, Ints]]:
        """Return whether a sentence ends after each chunk, and the stretches left undecided.

        Parameters
        ----------
        word_of
            Gives the chunk of a number.
        codes
            Number of each chunk, in the order of the text.
        paragraphs
            First chunk of each paragraph, and last the number of chunks.
        gaps
            Kind of the white space before each chunk (`gap_kind`).

        Returns
        -------
        tuple
            A flag for each chunk; and first and last chunk of each stretch of the text that is
            to be read whole, in order. A stretch ends where a sentence ends, as does what
            stands before it.
        """
        kinds = self._kinds.values[codes]
        ends = np.zeros(len(codes), bool)
        ends[paragraphs[1:][np.diff(paragraphs) > 0] - 1] = True
        last = ends.copy()
        inner = np.flatnonzero(~ends & (kinds != NONE))  # places where the text may go on
        ends[inner[kinds[inner] == PLAIN]] = True
        asked = inner[kinds[inner] == ASK]
        opens = np.isin(asked, paragraphs) | (gaps[asked] == LINE)
        ends[asked] = self._ask(word_of, codes[asked], codes[asked + 1], gaps[asked + 1], opens)
        hard = (kinds == HARD) | (gaps == GAP)
        after = inner[kinds[inner] != CLOSING] + 1
        hard[after[kinds[after] == CLOSING]] = True
        return ends, _stretches(kinds, last, hard)

    def _kind(self, word: str) -> int:
        """Return what one chunk is."""
        if word.split() != [word]:
            return HARD  # a character that nupunkt takes for white space, and tokens do not
        if _CLOSING.fullmatch(word):
            return CLOSING
        if not _STOP.search(word):
            return NONE
        soft = _SOFT.fullmatch(word)
        if not soft:
            return HARD
        if not soft["stop"]:
            return NONE
        return ASK if soft["tail"] or not self._is_plain(soft["core"], soft["stop"]) else PLAIN

    def _is_plain(self, core: str, stop: str) -> bool:
        """Return whether a word with this stop ends a sentence whatever word follows."""
        if stop == "…" or not _WORD.fullmatch(core) or _LISTED.fullmatch(f"{core}."):
            return False
        return stop != "." or core.lower() not in self._special

    @cached_property
    def _splitter(self) -> PunktSentenceTokenizer:
        """The splitter of nupunkt with its own model; loaded when it is first asked."""
        import nupunkt

        return nupunkt.load("default")

    @cached_property
    def _special(self) -> frozenset[str]:
        """Words after which a stop may be no end: abbreviations, and parts of them."""
        model = self._splitter.parameters
        firsts = {first for first, _ in model.collocations}
        return frozenset({*self._splitter.abbreviations, *firsts})

    @cached_property
    def _seconds(self) -> frozenset[str]:
        """Words that a known pair ends with."""
        return frozenset(second for _, second in self._splitter.parameters.collocations)

    def _ask(
        self,
        word_of: Callable[[int], str],
        before: Numbers,
        after: Numbers,
        gaps: NDArray[np.uint8],
        opens: Flags,
    ) -> Flags:
        """Return whether a sentence ends between chunks: each distinct pair is asked once."""
        # one number a pair; distinct chunks are fewer than 2**30, or no memory would hold them
        wide = (before.astype(np.int64) << 33) | (after.astype(np.int64) << 3)
        packed = wide | (gaps.astype(np.int64) << 1) | opens
        pairs, which = np.unique(packed, return_inverse=True)
        word_of = cache(word_of)
        answers = [
            self._answer(
                word_of(pair >> 33), bool(pair & 1), pair >> 1 & 3, word_of(pair >> 3 & _LOW)
            )
            for pair in pairs.tolist()
        ]
        return np.array(answers, bool)[which]

    def _answer(self, before: str, opens: bool, gap: int, after: str) -> bool:
        """Return whether a sentence ends between two chunks."""
        opens = opens and _LISTED.match(before) is not None
        key = (before, opens, gap, self._stand_in(after))
        if key not in self._answers:
            self._answers[key] = self._decide(before, opens, _BETWEEN.get(gap, " "), key[3])
        return self._answers[key]

    def _stand_in(self, word: str) -> str:
        """Return the first word met that nupunkt cannot tell from this one as a follower."""
        if not word.isalpha():
            return word
        model, form = self._splitter.parameters, word.lower()
        single = len(word) == 1 or form in self._seconds
        traits = (
            word if single else "",
            word[0].isupper(),
            word[0].islower(),
            form in model.sent_starters,
            model.ortho_context.get(form, 0),
        )
        return self._standing_for.setdefault(traits, word)

    def _decide(self, before: str, opens: bool, between: str, after: str) -> bool:
        """Return the answer of nupunkt for one pair."""
        lead = "" if opens else "x "  # a word before it: the chunk opens no line
        text = f"{lead}{before}{between}{after}"
        place = len(text) - len(after)
        return any(start == place for start, _ in self._splitter.span_tokenize(text))


def _stretches(kinds: NDArray[np.uint8], last: Flags, hard: Flags) -> tuple[Ints, Ints]:
    """Return first and last chunk of each stretch round hard chunks: from sure end to sure end.

    An end is sure if a plain stop makes it and no hard chunk follows. What follows must be no
    number or letter with a point, which would open a list if it opened the text.
    """
    at = np.flatnonzero(hard)
    sure = last.copy()
    plain = np.flatnonzero((kinds[:-1] == PLAIN) & ~hard[1:]) if len(kinds) else at
    sure[plain] = True
    begins = last.copy()
    begins[plain] |= (kinds[plain + 1] == NONE) | (kinds[plain + 1] == PLAIN)
    before, past = np.append(-1, np.flatnonzero(begins)), np.flatnonzero(sure)
    first = before[np.searchsorted(before, at) - 1] + 1
    final = past[np.searchsorted(past, at)]
    new = np.append(True, first[1:] > final[:-1])[: len(first)]
    starts = np.flatnonzero(new)
    return first[starts], final[np.append(starts[1:], len(first))[: len(starts)] - 1]
