"""The reliability data matrix: what each coder said of each unit, with holes where one did not.

Rows are coders, columns are units (Krippendorff's layout). A missing value is None, NaN or "".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import refuse
from .table import Floats


@dataclass(frozen=True, eq=False)
class Ratings:
    """Ratings as numbers: `codes` (coders x units) are positions in `categories`, -1 missing."""

    codes: NDArray[np.int64]
    categories: tuple[Any, ...]
    given: bool = False  # whether the categories, and so their order, were given by hand

    @property
    def units(self) -> int:
        """Number of units."""
        return int(self.codes.shape[1])

    def take(self, units: ArrayLike) -> Ratings:
        """Return the ratings of some units, which may come more than once."""
        return Ratings(self.codes[:, np.asarray(units, np.int64)], self.categories, self.given)

    def counts(self) -> Floats:
        """Return r_ik (units x categories): how many coders put unit i into category k."""
        q = len(self.categories)
        cells = np.where(self.codes < 0, 0, self.codes) + np.arange(self.units) * q
        found = np.bincount(cells[self.codes >= 0], minlength=self.units * q)
        return found.reshape(self.units, q).astype(float)

    def pair(self, name: str) -> Floats:
        """Return the square table (coder 1 by coder 2) of the units that both coded."""
        if len(self.codes) != 2:
            remedy = "Use fleiss_kappa, gwet_ac1 or krippendorff_alpha for more coders."
            refuse("ratings", f"the rows of two coders for {name}", len(self.codes), remedy)
        q, (first, second) = len(self.categories), self.codes
        both = (first >= 0) & (second >= 0)
        cells = first[both] * q + second[both]
        return np.bincount(cells, minlength=q * q).reshape(q, q).astype(float)

    def need_order(self, name: str, value: str) -> None:
        """Refuse a measure of order on words whose order is nobody's but the alphabet's."""
        if not self.given and any(isinstance(c, str) for c in self.categories):
            rule = "given in their order when the categories are words"
            refuse("categories", rule, None, f"Name them from low to high, for {name}={value!r}.")

    def numbers(self, level: str) -> Floats:
        """Return the categories as numbers; refuse any that are not."""
        try:
            values = np.array([float(c) for c in self.categories])
        except (TypeError, ValueError):
            refuse(
                "ratings",
                f"numbers at the level {level!r}",
                next(c for c in self.categories if not isinstance(c, int | float)),
                "Use level='nominal', or 'ordinal' with categories= in their order.",
            )
        if level == "ratio" and (values < 0).any():
            refuse("ratings", "0 or more at the level 'ratio'", float(values.min()), _INTERVAL)
        return values


_INTERVAL = "Use level='interval'."
_ONCE = "Give categories once, where the ratings are made (ratings_of, agreement_interval)."


def ratings_of(
    ratings: Ratings | Iterable[Sequence[Hashable]], *, categories: Iterable[Hashable] | None = None
) -> Ratings:
    """Return ratings as numbers, for measures that are asked more than once.

    Parameters
    ----------
    ratings
        One row a coder, one column a unit; None, NaN and "" are missing.
    categories
        All categories in their order, also those that nobody used; without it those that occur,
        sorted.

    Examples
    --------
    >>> found = ratings_of([["pos", "neg", None], ["pos", "pos", "neg"]])
    >>> found.categories, found.codes.tolist()
    (('neg', 'pos'), [[1, 0, -1], [1, 1, 0]])
    """
    order = None if categories is None else list(dict.fromkeys(_plain(categories)))
    if isinstance(ratings, Ratings):
        if order not in (None, list(ratings.categories)):
            refuse("categories", "those of the ratings", tuple(order or ()), _ONCE)
        return ratings
    _rows_only(ratings)
    rows = [_plain(row) for row in ratings]
    if len({len(row) for row in rows}) > 1 or not rows:
        rule = "rows of one length, one row a coder"
        refuse("ratings", rule, [len(row) for row in rows], "Put None where a coder said nothing.")
    seen = {value for row in rows for value in row if not _missing(value)}
    given = order is not None
    order = order if order is not None else _sorted(seen)
    index = {value: k for k, value in enumerate(order)}
    strange = _sorted(seen - set(index))
    if strange:
        rule = "all categories that occur in the ratings"
        refuse("categories", rule, tuple(order), f"Add {strange[0]!r}, or check the ratings.")
    codes = [[-1 if _missing(value) else index[value] for value in row] for row in rows]
    array = np.array(codes, np.int64).reshape(len(rows), -1)
    return Ratings(array, tuple(order), given)


def _rows_only(ratings: Any) -> None:
    """Refuse a table with named columns, and a single row."""
    if isinstance(ratings, Mapping) or hasattr(ratings, "columns"):
        remedy = "Give the coders as rows: frame[[coder, coder]].to_numpy().T, say."
        refuse("ratings", "rows, one row a coder", type(ratings).__name__, remedy)
    if isinstance(ratings, str) or any(np.ndim(row) != 1 for row in ratings):
        rule, remedy = "rows of codes, one row a coder", "Put each coder's codes into a list."
        refuse("ratings", rule, ratings, remedy)


def _plain(row: Iterable[Any]) -> list[Any]:
    """Return a row as a list of plain Python values."""
    return list(row.tolist()) if isinstance(row, np.ndarray) else list(row)


def _missing(value: Any) -> bool:
    """Return whether a value is None, NaN (or another that does not equal itself) or empty."""
    if value is None or (isinstance(value, str) and not value):
        return True
    same = value == value
    return not (isinstance(same, bool | np.bool_) and bool(same))


def _sorted(values: Iterable[Any]) -> list[Any]:
    """Return values in order; values of mixed kinds by kind, then by what they look like."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda value: (type(value).__name__, repr(value)))
