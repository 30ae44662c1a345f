"""A part of the columns: which articles, which zones, and what is counted in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import one_of
from .columns.store import ZONES, Columns, Ints, Positions
from .finding.places import expanded, owners, ranks
from .table import NONE

Condition = str | Iterable[object] | Callable[[Any], bool]


MOST_NAMED = 3  # values of one column that a caption lists


class Part:
    """A choice of articles and zones over columns that are shared, never copied.

    Attributes
    ----------
    store : Columns
        The columns of all articles.
    selected : int64
        Numbers (in the columns) of the articles of this part, ascending.
    zones : tuple of str
        Zones that are read: headline, lead, body.
    chosen : dict
        What was asked of `where` to get here, by column; for captions.
    """

    store: Columns
    selected: Ints
    zones: tuple[str, ...]
    chosen: dict[str, object]

    @property
    def whole(self) -> bool:
        """Whether this part is all articles and all zones of the columns."""
        return len(self.selected) == self.every and self.zones == ZONES

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Whether each token of the columns belongs to this part."""
        # made anew each time: a thousand groups must not keep a thousand masks
        store = self.store
        inside = np.repeat(self._has_article, np.diff(store.borders))
        return inside if self.zones == ZONES else inside & self._read[store.zones]

    def holds(self, positions: Positions) -> NDArray[np.bool_]:
        """Return whether the token at each position belongs to this part."""
        if self.whole:
            return np.ones(len(positions), bool)
        inside = self._has_article[self.article_of(positions)]
        if self.zones == ZONES:
            return inside
        store = self.store
        return inside & self._read[store.paragraph_zones[owners(store.paragraphs, positions)]]

    @cached_property
    def _has_article(self) -> NDArray[np.bool_]:
        """Whether each article of the columns belongs to this part."""
        chosen = np.zeros(self.every, bool)
        chosen[self.selected] = True
        return chosen

    @cached_property
    def _read(self) -> NDArray[np.bool_]:
        """Whether each of ZONES is read in this part."""
        return np.array([zone in self.zones for zone in ZONES], bool)

    @property
    def stretches(self) -> tuple[Ints, Ints]:
        """First token and end of each stretch that is read: articles, or paragraphs of them."""
        store = self.store
        if self.zones == ZONES:
            return store.borders[self.selected], store.borders[self.selected + 1]
        first = store.paragraphs[:-1]
        read = self._read[store.paragraph_zones] & self._has_article[self.article_of(first)]
        return first[read], store.paragraphs[1:][read]

    @cached_property
    def words(self) -> Positions:
        """Positions of the words (tokens that are not marks) of this part, ascending.

        Of the whole columns this is the stored column itself; of a part it is made when it is
        first asked for.
        """
        every = self.store.words
        if self.whole:
            return every
        begin, end = self.stretches
        return every[expanded(ranks(every, begin), ranks(every, end))].astype(np.int64)

    @property
    def ground(self) -> Positions:
        """Words to count steps in: those of the part and perhaps of other articles, ascending.

        As long as all zones are read this is the stored column, so that looking round a hit
        does not collect all words of the part first.
        """
        return self.store.words if self.zones == ZONES else self.words

    @property
    def sentence_numbers(self) -> Ints:
        """Numbers of the sentences of this part, ascending."""
        return expanded(*(ranks(self.store.sentences[:-1], at) for at in self.stretches))

    def word_counts(self) -> Ints:
        """Return how often each folded form occurs among the words of this part."""
        store = self.store
        if self.whole and plain_forms(store):
            if store not in _COUNTS:
                _COUNTS[store] = np.where(store.fold_is_word, np.diff(store.pointers), 0)
                _COUNTS[store].setflags(write=False)
            return _COUNTS[store]
        forms = store.folded[store.ids[self.words]]
        return np.bincount(forms, minlength=len(store.folds)).astype(np.int64)

    @property
    def word_total(self) -> int:
        """Number of words."""
        return len(self.words)

    @property
    def token_total(self) -> int:
        """Number of tokens, words and marks."""
        return int(self.mask.sum())

    @property
    def sentence_total(self) -> int:
        """Number of sentences."""
        return len(self.sentence_numbers)

    def word_forms(self) -> NDArray[np.uint32]:
        """Return the folded form of each word, in the order of the texts."""
        return self.store.folded[self.store.ids[self.words]].astype(np.uint32, copy=False)

    @property
    def apart(self) -> bool:
        """Whether the tokens of this corpus lie in several shards."""
        return False

    def among(self, selected: Ints) -> Part:
        """Return other articles of the same columns, in the same zones."""
        part = Part()
        part.store, part.zones, part.selected, part.chosen = self.store, self.zones, selected, {}
        return part

    def whole_columns(self) -> Part:
        """Return all articles of the columns, with all their zones."""
        part = self.among(np.arange(self.every, dtype=np.int64))
        part.zones = ZONES
        return part

    def map(self, function: Callable[..., Any], *given: Any) -> list[Any]:
        """Return what a function says of this corpus, or of the part of each shard of it."""
        return [function(self, *given)]

    def map_held(self, function: Callable[..., Any], *given: Any) -> list[Any]:
        """Return the same where only shards with an article of this corpus are asked."""
        return [function(self, *given)]

    def find_by(self, function: Callable[..., Any], *given: Any) -> Any:
        """Return the hits that a function finds in this corpus, or in each shard of it."""
        return function(self, *given)

    def summed(self, names: str, function: Callable[..., Any], *given: Any) -> tuple[Any, ...]:
        """Return columns over the vocabulary "folds" or "types", and numbers, over all shards."""
        answer: tuple[Any, ...] = function(self, *given)
        return answer

    def article_of(self, positions: Positions) -> Ints:
        """Return the number (in the columns) of the article that each position stands in."""
        return owners(self.store.borders, positions)

    def per_article(self, numbers: Ints) -> Ints:
        """Return how often each article of this part occurs in `numbers`, in table order."""
        counts = np.bincount(numbers, minlength=self.every).astype(np.int64)
        return counts[self.selected]

    def words_per_article(self) -> Ints:
        """Return the number of words of each article of this part, in table order."""
        if self.zones == ZONES:
            return np.diff(self.store.words_before)[self.selected]
        return self._counted(self.store.words)

    def sentences_per_article(self) -> Ints:
        """Return the number of sentences of each article of this part, in table order."""
        return self._counted(self.store.sentences[:-1])

    def _counted(self, column: Positions) -> Ints:
        """Return how many positions of a column each article of this part holds."""
        begin, end = self.stretches
        sizes = ranks(column, end) - ranks(column, begin)
        if self.zones == ZONES:
            return sizes
        found = np.bincount(self.article_of(begin), sizes, self.every)
        return found[self.selected].astype(np.int64)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters from token `first` to token `last`, both included."""
        store = self.store
        return int(store.starts[first]), int(store.starts[last] + store.lengths[store.ids[last]])

    def ends_of(self, tokens: Positions) -> Ints:
        """Return the end (exclusive, characters of its article) of each token."""
        store = self.store
        return store.starts[tokens].astype(np.int64) + store.lengths[store.ids[tokens]]

    @property
    def every(self) -> int:
        """Number of articles in the columns, of this part or not."""
        return len(self.store.borders) - 1


_PLAIN: WeakKeyDictionary[Columns, bool] = WeakKeyDictionary()
_COUNTS: WeakKeyDictionary[Columns, Ints] = WeakKeyDictionary()  # of the words of all articles


def plain_forms(store: Columns) -> bool:
    """Return whether no folded form is a word in one spelling and a mark in another."""
    if store not in _PLAIN:
        same = store.fold_is_word[store.folded] == store.is_word
        _PLAIN[store] = bool(same.all())
    return _PLAIN[store]


def meets(values: pd.Series, condition: Condition) -> NDArray[np.bool_]:
    """Return for each value whether it meets the condition; "(none)" stands for ""."""
    if callable(condition):
        return np.array([bool(condition(value)) for value in values], bool)
    wanted = _listed(condition)
    wanted |= {""} if NONE in wanted else set()
    if set(map(type, values)) <= {str}:  # the usual column: looked up as it is
        return np.fromiter(map(wanted.__contains__, values), bool, len(values))
    return np.array([_among(value, wanted) for value in values], bool)


def _among(value: object, wanted: set[object]) -> bool:
    """Return whether a cell is one of these values, as it is or as the label of a group."""
    return str(value) in wanted or (isinstance(value, Hashable) and value in wanted)


def label_of(value: object) -> str:
    """Return the label of a cell as a group: its text, or "(none)"."""
    return str(value) or NONE


def sorted_labels(values: Iterable[object]) -> list[str]:
    """Return the distinct labels: numbers by size, anything else by its text; missing first."""
    given = {label_of(value): value for value in values}
    numbers = [v for label, v in given.items() if label != NONE]
    if not all(isinstance(value, int | float | np.number) for value in numbers):
        return sorted(given)
    return sorted(given, key=lambda label: (label != NONE, given[label] or 0))


def shown_condition(condition: object) -> object:
    """Return a condition as a caption shows it."""
    if callable(condition):
        return "function"
    if not isinstance(condition, Iterable) or isinstance(condition, str):
        return condition
    values = sorted(map(str, condition))
    return values if len(values) <= MOST_NAMED else f"{len(values)} values"


def _listed(condition: object) -> set[object]:
    """Return one value or several as a set."""
    if isinstance(condition, Iterable) and not isinstance(condition, str):
        return set(condition)
    return {condition}


def zones_that(zones: tuple[str, ...], condition: Condition) -> tuple[str, ...]:
    """Return the zones that meet the condition, in reading order."""
    if callable(condition):
        return tuple(zone for zone in zones if condition(zone))
    wanted = {one_of("zone", zone, ZONES) for zone in _listed(condition)}
    return tuple(zone for zone in zones if zone in wanted)
