"""Which words are proper names, by rule: capitals, where they stand, and the rest of the corpus."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.folding import untypeset
from ...corpus.columns.store import Columns, Ints
from ..closed_class import function_words

Flags = NDArray[np.bool_]

_PRONOUN = {"I", "I'm", "I've", "I'd", "I'll"}
_NUMBERING = {"no", "no.", "nos", "nos."}
_GOING_ON = {",", "&", "/", "%", "$", "€", "£", "₹"}  # marks that begin nothing new


class Seen(NamedTuple):
    """How often each folded form stands in small letters, capitalised in running text, shouted."""

    small: Ints
    within: Ints
    loud: Ints

    @classmethod
    def of(cls, store: Columns, read: Flags | None = None) -> Self:
        """Count in the tokens that are `read`, in all of them if None."""
        return cls._in(store, _Look.of(store), read)

    @classmethod
    def _in(cls, store: Columns, look: _Look, read: Flags | None) -> Self:
        """Count what tokens look like."""
        seen = np.ones(len(store.ids), bool) if read is None else read
        wanted = (look.words & ~look.big & seen, look.big & look.inside & seen, look.loud & seen)
        forms, folds = store.folded[store.ids], len(store.folds)
        return cls(*(np.bincount(forms[one], minlength=folds) for one in wanted))


class _Look(NamedTuple):
    """Whether each token is a word, holds a capital, is all capitals, stands in running text."""

    words: Flags
    big: Flags
    loud: Flags
    inside: Flags

    @classmethod
    def of(cls, store: Columns) -> Self:
        """Look at every token of the columns."""
        if not len(store.ids):
            return cls(*np.zeros((4, 0), bool))
        capital, shouted = _written(store)
        words, big = store.is_word[store.ids], capital[store.ids]
        inside = words & ~_opening(store) & ~_display(store, big)
        return cls(words, big, shouted[store.ids], inside)


def name_flags(store: Columns, read: Flags | None = None, seen: Seen | None = None) -> Flags:
    """Return for each token of the columns whether it is (part of) a proper name.

    `read` says which tokens the rule learns from, all of them if None; or `seen` what it has
    learnt already, of more than these columns.

    A capitalised word inside a sentence is a name. At the beginning of a sentence, of a
    quotation or after a colon, and in headlines set in capitals, it is one only if the same
    word stands capitalised inside running sentences more often than in small letters anywhere.
    A word all in capitals is emphasis, not a name, if its small form is at least as common.
    "No" before a number is a numbering, masked like a name.
    """
    if not len(store.ids):
        return np.zeros(0, bool)
    look, forms = _Look.of(store), store.folded[store.ids]
    small, within, loud = Seen._in(store, look, read) if seen is None else seen
    emphasis = look.loud & ((small >= loud) & (small > 0))[forms]
    usual = (within > small)[forms]
    names = look.big & np.where(look.inside, ~emphasis, usual)
    names[_numberings(store)] = True
    return names


def _written(store: Columns) -> tuple[Flags, Flags]:
    """Return for each type whether it holds a capital, and whether it is all capitals."""
    capital, shouted = np.zeros((2, len(store.types)), bool)
    listed = store.types[:]
    for n in np.flatnonzero(store.is_word).tolist():
        if listed[n].islower():  # as most are
            continue
        form = untypeset(listed[n])
        if form not in _PRONOUN:
            stem = form.removesuffix("'s")
            capital[n] = any(map(str.isupper, form))
            shouted[n] = len(stem) > 1 and stem.isupper()
    return capital, shouted


def _opening(store: Columns) -> Flags:
    """Return for each token whether it begins a sentence, a quotation, or follows a colon."""
    marks = ~store.is_word
    marks[[n for n in np.flatnonzero(marks).tolist() if store.types[n] in _GOING_ON]] = False
    opening = np.append(True, marks[store.ids[:-1]])
    opening[store.sentences[:-1]] = True
    return opening


def _display(store: Columns, big: Flags) -> Flags:
    """Return for each token whether its sentence is set in capitals, as headlines are.

    There only closed-class words ("of", "with") are in small letters.
    """
    closed = function_words()
    common = np.array([_common(form, closed) for form in store.folds[:]], bool)
    small = common[store.folded[store.ids]] & ~big
    running = np.logical_or.reduceat(small, store.sentences[:-1])
    return np.repeat(~running, np.diff(store.sentences))


def _common(form: str, closed: frozenset[str]) -> bool:
    """Return whether a folded form is written in letters and of an open class."""
    return form not in closed and form.upper() != form


def _numberings(store: Columns) -> Ints:
    """Return the positions of "No" in "No. 7", "Nos. 3 and 4" and "No 7"."""
    forms = [n for n, form in enumerate(store.folds[:]) if form in _NUMBERING]
    found = [
        at
        for form in forms
        for at in store.postings[store.pointers[form] : store.pointers[form + 1]].tolist()
        if _numbers(store, at)
    ]
    return np.array(found, np.int64)


def _numbers(store: Columns, at: int) -> bool:
    """Return whether the "No" at this position numbers something."""
    end = store.borders[np.searchsorted(store.borders, at, side="right")]
    near = [store.types[i] for i in store.ids[at : min(at + 3, end)].tolist()]
    dotted = near[0].endswith(".") or near[1:2] == ["."]
    number = near[2:3] if near[1:2] == ["."] else near[1:2]
    return bool(number) and number[0][0].isdigit() and (dotted or near[0][0] == "N")
