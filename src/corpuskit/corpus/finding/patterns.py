"""A pattern -> phrases; a phrase is a row of slots, and a slot says which words may stand there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import regex

from ...errors import refuse
from ..columns.folding import fold, untypeset
from ..columns.store import Columns, Ints
from ..columns.tokens import token_spans
from ..part import plain_forms
from .matching import Trial, kept_case, literal_start, words_from

_NONE = np.empty(0, np.int64)
# Two letters that no news text holds stand in for wildcards while a pattern is cut into tokens.
_TO_LETTERS = {ord("*"): "\U00010280", ord("?"): "\U00010281"}
_APART = regex.compile(r"(?<=\s|^)\|(?=\s|$)")  # between whole patterns


@dataclass(frozen=True, eq=False)
class Slot:
    """One place of a phrase: the folded forms that may stand there.

    Attributes
    ----------
    forms
        Folded forms, ascending.
    types
        None: any spelling of these forms. Else the spellings that may stand there.
    """

    forms: Ints
    types: Ints | None = None

    @classmethod
    def spelled(cls, store: Columns, types: Ints) -> Slot:
        """Return the slot of these spellings."""
        return cls(np.unique(store.folded[types]).astype(np.int64), np.unique(types))

    @classmethod
    def either(cls, store: Columns, slots: list[Slot]) -> Slot:
        """Return the slot where any of several may stand."""
        if all(slot.types is None for slot in slots):
            return cls(np.unique(np.concatenate([slot.forms for slot in slots])))
        spelled = [slot.spellings(store) for slot in slots]
        return cls.spelled(store, np.concatenate(spelled))

    def spellings(self, store: Columns) -> Ints:
        """Return the types that may stand here."""
        if self.types is not None:
            return self.types
        return np.flatnonzero(np.isin(store.folded, self.forms)).astype(np.int64)


class Reader:
    """Reads a pattern into phrases."""

    def __init__(self, store: Columns, pattern: str, match: str, case: bool) -> None:
        self.store, self.pattern, self.match = store, pattern, match
        self.case = case or match == "exact"
        self.trial = Trial(pattern)

    def phrases(self) -> list[list[Slot]]:
        """Return the slots of each alternative of the whole pattern."""
        if self.match == "exact":
            return [[self.exact(word) for word in self.split(self.pattern)]]
        if self.match == "regex":
            return [[self.regex(part) for part in self.pattern.split()]]
        wholes = _APART.split(self.pattern) if "|" in self.pattern else [self.pattern]
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
                either = [self.option(word) for one in options for word in one]
                slots.append(Slot.either(self.store, either))
        return slots

    def split(self, text: str) -> list[str]:
        """Return the tokens of a piece of the pattern, as the corpus would cut them."""
        if text.isascii() and text.isalpha():  # one word, whatever the policy
            return [text]
        letters = text.translate(_TO_LETTERS)  # a wildcard is part of a word
        spans = token_spans(letters, self.store.policy) if self.match == "glob" else []
        if self.match == "exact":
            spans = token_spans(text, self.store.policy)
        return [text[start:end] for start, end in spans]

    def option(self, text: str) -> Slot:
        """Return the words that one alternative of one word matches."""
        if not set(text) & set("*?"):
            return self.word(text)
        form = untypeset(text) if self.case else fold(text)
        start = regex.split(r"[*?]", form, maxsplit=1)[0]
        body = "".join({"*": ".*", "?": "."}.get(c, regex.escape(c)) for c in form)
        if not self.case and form == start + "*":
            low, high = self.store.folds.prefix(start)
            return self.only_words(Slot(np.arange(low, high)))
        return self.only_words(self.matching(body, start))

    def only_words(self, slot: Slot) -> Slot:
        """Return a slot without the marks in it."""
        store = self.store
        if slot.types is not None or not plain_forms(store):
            types = slot.spellings(store)
            return Slot.spelled(store, types[store.is_word[types]])
        return Slot(slot.forms[store.fold_is_word[slot.forms]])

    def word(self, text: str) -> Slot:
        """Return the words with the folded form of `text`."""
        at = self.store.folds.index(fold(text))
        if at < 0:
            return Slot(_NONE)
        slot = Slot(np.array([at]))
        if not self.case:
            return slot
        types, form = slot.spellings(self.store), untypeset(text)
        same = [word == form for word in kept_case(self.store.types, types)]
        return Slot.spelled(self.store, types[np.array(same, bool)])

    def exact(self, text: str) -> Slot:
        """Return the one word that is written exactly like `text`."""
        at = self.store.types.index(text)
        return Slot.spelled(self.store, np.array([at])) if at >= 0 else Slot(_NONE)

    def regex(self, text: str) -> Slot:
        """Return the words that a regular expression matches from end to end."""
        body = untypeset(text)
        return self.matching(body, literal_start(body))

    def matching(self, body: str, start: str) -> Slot:
        """Return the words whose folded (or cased) form the expression matches.

        `start` is what all of them begin with: only words with that beginning are tried.
        """
        # full case-folding: ß in a pattern is ss in a word
        flags = regex.DOTALL | (0 if self.case else regex.IGNORECASE | regex.FULLCASE)
        expression = self.trial.compiled(body, flags)
        if self.case:
            types = self.beginning(start)
            fits = self.trial.fitting(expression, kept_case(self.store.types, types))
            return Slot.spelled(self.store, types[fits])
        low, high = self.store.folds.prefix(fold(start))
        found = self.trial.fitting(expression, words_from(self.store.folds, low, high))
        return Slot(low + found)

    def beginning(self, start: str) -> Ints:
        """Return the types that may begin with `start`, case kept, and perhaps some others."""
        plain = "".join(takewhile(str.isascii, start))
        # the last letter may melt into one with the accent that follows it
        low, high = self.store.folds.prefix(fold(plain[:-1]))
        folded = self.store.folded
        return np.flatnonzero((folded >= low) & (folded < high)).astype(np.int64)
