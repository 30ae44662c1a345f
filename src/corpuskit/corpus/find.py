"""A pattern -> Hits, each found once. Patterns are matched against the vocabulary."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pandas as pd
import regex
from numpy.typing import NDArray
from regex import Pattern

from ..errors import kind, one_of, refuse
from ..result import counted
from .folding import fold, untypeset
from .store import Columns, Ints
from .tokens import token_spans

if TYPE_CHECKING:
    from .corpus import Corpus

MATCHES = ("glob", "regex", "exact")
SECONDS = 1.5  # what one pattern may take against the whole vocabulary

Slot = NDArray[np.bool_]  # one place of a phrase: which types may stand there


@dataclass(frozen=True, eq=False, repr=False)
class Hits:
    """The places where a pattern stands in a corpus, in corpus order.

    Attributes
    ----------
    corpus : Corpus
        Where was looked.
    pattern, match, case
        What was looked for, and how it was read.
    first : int64, one per hit
        Position of the first token of the hit in the columns, ascending.
    size : int64, one per hit
        Tokens of the hit. From one place only the longest hit is kept.
    """

    corpus: Corpus
    pattern: str
    match: str
    case: bool
    first: Ints
    size: Ints

    def __len__(self) -> int:
        return len(self.first)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.caption.items())
        articles = f"{len(np.unique(self.article)):,} of {counted(len(self.corpus), 'article')}"
        return f"Hits({given}): {counted(len(self), 'hit')} in {articles}"

    @property
    def caption(self) -> dict[str, object]:
        """The pattern and what differs from the usual reading, for the params of results."""
        more: dict[str, object] = {} if self.match == "glob" else {"match": self.match}
        more |= {"case": True} if self.case else {}
        part = self.corpus.chosen
        return {"pattern": self.pattern} | more | ({"where": part} if part else {})

    @cached_property
    def article(self) -> Ints:
        """Number (in the columns) of the article of each hit."""
        return self.corpus.article_of(self.first)

    @cached_property
    def starts(self) -> Ints:
        """First character of each hit in its article's text."""
        return self.corpus.store.starts[self.first].astype(np.int64)

    @cached_property
    def ends(self) -> Ints:
        """End (exclusive) of each hit in its article's text."""
        store, last = self.corpus.store, self.first + self.size - 1
        ends: Ints = (store.starts[last] + store.lengths[store.ids[last]]).astype(np.int64)
        return ends

    def per_article(self) -> Ints:
        """Return the number of hits in each article of the corpus, in table order."""
        return self.corpus.per_article(self.article)

    def where(self, **conditions: Any) -> Hits:
        """Return the hits in the part of the corpus that meets the conditions."""
        return self.within(self.corpus.where(**conditions))

    def within(self, part: Corpus) -> Hits:
        """Return the hits that stand in `part`, a part of the same corpus."""
        part = self.corpus.common(part)
        keep = part.holds(self.first)
        return Hits(part, self.pattern, self.match, self.case, self.first[keep], self.size[keep])

    def take(self, rows: Ints) -> Hits:
        """Return the hits with these numbers, in corpus order."""
        rows = np.unique(rows)
        return Hits(
            self.corpus, self.pattern, self.match, self.case, self.first[rows], self.size[rows]
        )

    def to_frame(self) -> pd.DataFrame:
        """Return a row per hit: article (id), start, end (characters), node (as it stands)."""
        items = [self.corpus.source(n) for n in self.article.tolist()]
        starts, ends = self.starts.tolist(), self.ends.tolist()
        nodes = [a.text[s:e] for a, s, e in zip(items, starts, ends, strict=True)]
        return pd.DataFrame(
            {
                "article": pd.Series([item.id for item in items], dtype=object),
                "start": self.starts,
                "end": self.ends,
                "node": pd.Series(nodes, dtype=object),
            }
        )


def find_hits(corpus: Corpus, pattern: str, match: str, case: bool) -> Hits:
    """Return the hits of `pattern` in `corpus`; see `Corpus.find`."""
    one_of("match", match, MATCHES)
    kind("pattern", pattern, str, 'Give for instance "partner*".')
    phrases = _Reader(corpus.store, pattern, match, case).phrases()
    if not any(phrases):
        refuse("pattern", "at least one word", pattern, 'Give for instance "partner*".')
    found = [_positions(corpus, slots) for slots in phrases]
    first, size = _longest([(at, len(slots)) for at, slots in zip(found, phrases, strict=True)])
    return Hits(corpus, pattern, match, case, first, size)


class _Reader:
    """Reads a pattern into phrases; a phrase is a list of slots."""

    def __init__(self, store: Columns, pattern: str, match: str, case: bool) -> None:
        self.store, self.pattern, self.match = store, pattern, match
        self.case = case or match == "exact"
        self.until = time.monotonic() + SECONDS

    def phrases(self) -> list[list[Slot]]:
        """Return the slots of each alternative of the whole pattern."""
        if self.match == "exact":
            return [[self.exact(word) for word in self.split(self.pattern)]]
        if self.match == "regex":
            return [[self.regex(part) for part in self.pattern.split()]]
        wholes = regex.split(r"(?<=\s|^)\|(?=\s|$)", self.pattern)
        return [self.glob_phrase(whole) for whole in wholes if whole.strip()]

    def glob_phrase(self, phrase: str) -> list[Slot]:
        """Return the slots of words separated by blanks."""
        slots: list[Slot] = []
        for part in phrase.split():
            options = [self.split(one) for one in part.split("|") if one] or [self.split(part)]
            if len(options) == 1:  # "$5" and "so-called," are several tokens in the text, too
                slots += [self.option(word) for word in options[0]]
            elif max(map(len, options)) > 1:
                remedy = "Put blanks round the | to part whole patterns."
                refuse("pattern", "one token on each side of |", self.pattern, remedy)
            else:
                slots.append(np.any([self.option(word) for one in options for word in one], axis=0))
        return slots

    def split(self, text: str) -> list[str]:
        """Return the tokens of a piece of the pattern, as the corpus would cut them."""
        letters = text.translate(_TO_LETTERS)  # a wildcard is part of a word
        spans = token_spans(letters, self.store.policy) if self.match == "glob" else []
        if self.match == "exact":
            spans = token_spans(text, self.store.policy)
        return [text[start:end] for start, end in spans]

    def option(self, text: str) -> Slot:
        """Return the types that one alternative of one word matches."""
        if not _wild(text):
            return self.word(text)
        form = untypeset(text) if self.case else fold(text)
        body = "".join({"*": ".*", "?": "."}.get(c, regex.escape(c)) for c in form)
        return self.matching(body) & self.store.is_word

    def word(self, text: str) -> Slot:
        """Return the types with the folded form of `text`."""
        store, form = self.store, fold(text)
        at = bisect_left(store.folds, form)
        if at == len(store.folds) or store.folds[at] != form:
            return np.zeros(len(store.types), bool)
        slot = store.folded == at
        return self.cased(slot, lambda word: word == untypeset(text)) if self.case else slot

    def exact(self, text: str) -> Slot:
        """Return the one type that is written exactly like `text`."""
        slot = np.zeros(len(self.store.types), bool)
        at = bisect_left(self.store.types, text)
        if at < len(slot) and self.store.types[at] == text:
            slot[at] = True
        return slot

    def regex(self, text: str) -> Slot:
        """Return the types that a regular expression matches from end to end."""
        return self.matching(untypeset(text))

    def matching(self, body: str) -> Slot:
        """Return the types whose folded (or cased) form the expression matches."""
        # full case-folding: ß in a pattern is ss in a word
        flags = regex.DOTALL | (0 if self.case else regex.IGNORECASE | regex.FULLCASE)
        expression = self.compiled(body, flags)
        if self.case:
            return self.cased(np.ones(len(self.store.types), bool), self.timed(expression))
        fits = self.timed(expression)
        folds = np.fromiter(map(fits, self.store.folds), bool, len(self.store.folds))
        return folds[self.store.folded]

    def compiled(self, body: str, flags: int) -> Pattern[str]:
        """Return the expression, or raise with what is wrong in it (and nothing else)."""
        try:
            return regex.compile(body, flags)
        except regex.error as error:
            reason = str(error)
        refuse("pattern", f"a valid expression ({reason})", self.pattern, "Mend it.")

    def timed(self, expression: Pattern[str]) -> Callable[[str], bool]:
        """Return a test of one word that raises when the pattern has had its time."""

        def fits(word: str) -> bool:
            left = self.until - time.monotonic()
            if left <= 0:
                self.too_slow()
            try:
                return expression.fullmatch(word, timeout=left) is not None
            except TimeoutError:
                self.too_slow()

        return fits

    def too_slow(self) -> NoReturn:
        """Raise: the pattern had its time."""
        refuse(
            "pattern",
            f"quick enough to try on every word within {SECONDS} seconds",
            self.pattern,
            "The pattern is too slow; write it with fewer nested repeats.",
        )

    def cased(self, slot: Slot, fits: Callable[[str], bool]) -> Slot:
        """Return the types of `slot` whose form with case kept passes the test."""
        kept = np.zeros(len(slot), bool)
        for i in np.flatnonzero(slot).tolist():
            kept[i] = fits(untypeset(self.store.types[i]))
        return kept


# Two letters that no news text holds stand in for wildcards while a pattern is cut into tokens.
_TO_LETTERS = {ord("*"): "\U00010280", ord("?"): "\U00010281"}


def _wild(text: str) -> bool:
    """Return whether a piece of a glob holds a wildcard."""
    return "*" in text or "?" in text


def _positions(corpus: Corpus, slots: list[Slot]) -> Ints:
    """Return where the slots stand one after another inside one paragraph of the corpus."""
    store = corpus.store
    if not slots or not all(slot.any() for slot in slots):
        return np.empty(0, np.int64)
    counts = np.diff(store.pointers)
    sizes = [int(counts[np.unique(store.folded[slot])].sum()) for slot in slots]
    rare = int(np.argmin(sizes))
    at = _standing(store, slots[rare]) - rare
    at = at[(at >= 0) & (at + len(slots) <= len(store.ids))]
    for n, slot in enumerate(slots):
        at = at[slot[store.ids[at + n]]]
    paragraph = np.searchsorted(store.paragraphs, at, side="right")
    at = at[store.paragraphs[paragraph] >= at + len(slots)] if len(at) else at
    return at[corpus.holds(at)]


def _standing(store: Columns, slot: Slot) -> Ints:
    """Return the positions of every token of these types, ascending."""
    forms = np.unique(store.folded[slot]).tolist()
    runs = [store.postings[store.pointers[f] : store.pointers[f + 1]] for f in forms]
    at = np.concatenate(runs)
    at = at[slot[store.ids[at]]]
    at.sort()
    return at


def _longest(found: list[tuple[Ints, int]]) -> tuple[Ints, Ints]:
    """Return each starting place once, with the longest phrase that stands there."""
    first = np.concatenate([at for at, _ in found] or [np.empty(0, np.int64)])
    size = np.concatenate([np.full(len(at), n) for at, n in found] or [first])
    order = np.lexsort((-size, first))
    first, size = first[order], size[order]
    keep = np.append(True, first[1:] != first[:-1])[: len(first)]
    return first[keep].astype(np.int64), size[keep].astype(np.int64)
