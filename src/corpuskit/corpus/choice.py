"""Smaller corpora out of one: they share its columns, and choose among its articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import numpy as np

from ..errors import one_of, refuse
from .columns.store import USUAL_ZONES, Ints
from .part import Condition, label_of, meets, shown_condition, sorted_labels, zones_that
from .shelf import Shelf


class Choice(Shelf):
    """Articles among which can be chosen, by what the article table says of them."""

    def where(self, **conditions: Condition) -> Self:
        """Return the part of the corpus that meets every condition.

        Parameters
        ----------
        **conditions
            Column of `articles` = a value, a list of values, or a function of the value.
            `zone="headline"` keeps the words of these zones only (headline, lead, body, caption,
            correction).

        Raises
        ------
        ValueError
            If there is no such column or zone.
        """
        part, zones = self._part(self.selected), self.zones
        keep = np.ones(len(self), bool)
        for column, condition in conditions.items():
            if isinstance(condition, Iterator):
                condition = list(condition)
            if column == "zone":
                zones = zones_that(zones, condition)
            else:
                keep &= meets(self._articles[self._column(column)], condition)
            part.chosen = part.chosen | {column: shown_condition(condition)}
        part.selected, part.zones = self.selected[keep], zones
        return part

    def groups(self, by: str) -> dict[str, Self]:
        """Return a part for each value of a column of `articles`, or for each "zone", sorted."""
        if by == "zone":
            return {zone: self.where(zone=zone) for zone in self.told_zones}
        labels, codes = self.groups_of(by)
        parts = {}
        for n, label in enumerate(labels):
            parts[label] = self._part(self.selected[codes == n])
            parts[label].chosen = self.chosen | {by: label}
        return parts

    @property
    def told_zones(self) -> tuple[str, ...]:
        """Zones that are told apart: headline, lead and body; others where they hold a word."""
        return tuple(
            zone
            for zone in self.zones
            if zone in USUAL_ZONES or self.where(zone=zone).words_per_article().any()
        )

    def groups_of(self, by: str) -> tuple[list[str], Ints]:
        """Return the sorted labels of a column and the label's number for each article."""
        values = list(self._articles[self._column(by)])
        labels = sorted_labels(values)
        index = {label: n for n, label in enumerate(labels)}
        return labels, np.array([index[label_of(value)] for value in values], np.int64)

    def _column(self, name: str) -> str:
        """Return `name` if it is a column of `articles`; otherwise raise with the nearest."""
        return one_of("column", name, [*map(str, self._articles.columns), "zone"])

    def common(self, other: Shelf) -> Self:
        """Return what two parts of the same corpus have in common."""
        if other.store is not self.store:
            refuse("part", "a part of the same corpus", other, "Use its where() or groups().")
        part = self._part(np.intersect1d(self.selected, other.selected))
        part.zones = tuple(zone for zone in self.zones if zone in other.zones)
        part.chosen = self.chosen | other.chosen
        return part

    def _part(self, selected: Ints) -> Self:
        """Return a corpus that shares everything but the choice of articles."""
        part = object.__new__(type(self))
        part._home, part.store = self._home, self.store
        part.selected, part.zones, part.chosen = selected, self.zones, dict(self.chosen)
        return part
