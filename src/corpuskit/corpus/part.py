"""A part of the columns: which articles, which zones, and what is counted in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import one_of
from .store import ZONES, Columns, Ints
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
    def mask(self) -> NDArray[np.bool_]:
        """Whether each token of the columns belongs to this part."""
        # made anew each time: a thousand groups must not keep a thousand masks
        return self.holds(np.arange(len(self.store.ids), dtype=np.int64))

    def holds(self, positions: Ints) -> NDArray[np.bool_]:
        """Return whether the token at each position belongs to this part."""
        inside = self._has_article[self.article_of(positions)]
        return inside if self.zones == ZONES else inside & self._read[self.store.zones[positions]]

    @cached_property
    def _has_article(self) -> NDArray[np.bool_]:
        """Whether each article of the columns belongs to this part."""
        chosen = np.zeros(self._all, bool)
        chosen[self.selected] = True
        return chosen

    @cached_property
    def _read(self) -> NDArray[np.bool_]:
        """Whether each of ZONES is read in this part."""
        return np.array([zone in self.zones for zone in ZONES], bool)

    @cached_property
    def words(self) -> Ints:
        """Positions of the words (tokens that are not marks) of this part, ascending."""
        every, borders = self.store.words, self.store.borders
        low, high = (np.searchsorted(every, borders[self.selected + n]) for n in (0, 1))
        sizes = high - low
        shift = np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
        words: Ints = every[np.arange(int(sizes.sum())) + shift]
        return words if self.zones == ZONES else words[self._read[self.store.zones[words]]]

    @cached_property
    def sentence_numbers(self) -> Ints:
        """Numbers of the sentences of this part, ascending."""
        return np.flatnonzero(self.holds(self.store.sentences[:-1])).astype(np.int64)

    def word_counts(self) -> Ints:
        """Return how often each folded form occurs among the words of this part."""
        forms = self.store.folded[self.store.ids[self.words]]
        return np.bincount(forms, minlength=len(self.store.folds)).astype(np.int64)

    def article_of(self, positions: Ints) -> Ints:
        """Return the number (in the columns) of the article that each position stands in."""
        return np.searchsorted(self.store.borders, positions, side="right").astype(np.int64) - 1

    def per_article(self, numbers: Ints) -> Ints:
        """Return how often each article of this part occurs in `numbers`, in table order."""
        counts = np.bincount(numbers, minlength=self._all).astype(np.int64)
        return counts[self.selected]

    def words_per_article(self) -> Ints:
        """Return the number of words of each article of this part, in table order."""
        return self.per_article(self.article_of(self.words))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters from token `first` to token `last`, both included."""
        store = self.store
        return int(store.starts[first]), int(store.starts[last] + store.lengths[store.ids[last]])

    @property
    def _all(self) -> int:
        """Number of articles in the columns."""
        return len(self.store.borders) - 1


def meets(values: pd.Series, condition: Condition) -> NDArray[np.bool_]:
    """Return for each value whether it meets the condition; "(none)" stands for ""."""
    if callable(condition):
        return np.array([bool(condition(value)) for value in values], bool)
    wanted = _listed(condition)
    wanted |= {""} if NONE in wanted else set()
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
