"""The exceptions of corpuskit and the few checks that every public door uses."""

from __future__ import annotations

import difflib
import operator
from collections.abc import Iterable
from numbers import Real
from typing import Any, NoReturn, SupportsIndex, cast


class DataError(ValueError):
    """Input files or tables that cannot be used; the message says what to do."""


class StoreError(ValueError):
    """Columns of a corpus that cannot be used; the message says what to do."""


class ShardError(StoreError):
    """A shard that gave no answer; the message names it and says why.

    Attributes
    ----------
    lost
        The shards that failed, where an answer may be made without them.
    """

    def __init__(self, message: str, lost: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.lost = lost


def refuse(name: str, rule: str, value: object, remedy: str) -> NoReturn:
    """Raise the ValueError of a wrong argument: what it must be, what it is, what to do."""
    raise ValueError(f"`{name}` must be {rule}; not {value!r}. {remedy}")


MOST_NAMED = 20  # options that a message lists


def _listed(options: list[str]) -> str:
    """Return the options for a message; of very many only the first."""
    named = ", ".join(map(repr, options[:MOST_NAMED]))
    more = len(options) - MOST_NAMED
    return f"{named}, … and {more:,} more" if more > 0 else named


def one_of(name: str, value: object, options: Iterable[str]) -> str:
    """Return `value` if it is one of `options`; otherwise raise with the nearest one."""
    known = list(options)
    if isinstance(value, str) and value in known:
        return value
    if not known:
        refuse(name, "one of nothing", value, "There is nothing to choose from.")
    near = difflib.get_close_matches(str(value), known, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]!r}?" if near else "Choose one of these."
    refuse(name, "one of " + _listed(known), value, remedy)


def whole(name: str, value: object, unit: str, least: int = 0) -> int:
    """Return `value` as an int of at least `least`; otherwise raise, naming the unit."""
    try:
        number = operator.index(cast(SupportsIndex, value))
    except TypeError:
        number = least - 1
    if isinstance(value, bool) or number < least:
        refuse(
            name,
            f"a whole number of {unit}, {least} or more",
            value,
            f"Give for instance {name}={max(least, 5)}.",
        )
    return number


def share(name: str, value: object) -> float:
    """Return `value` as a float strictly between 0 and 1; otherwise raise."""
    if isinstance(value, Real) and 0 < float(value) < 1:
        return float(value)
    refuse(name, "a share between 0 and 1", value, f"Give for instance {name}=0.95.")


def kind(name: str, value: object, wanted: type, remedy: str) -> None:
    """Raise a TypeError unless `value` is a `wanted`."""
    if not isinstance(value, wanted):
        raise TypeError(
            f"`{name}` must be a {wanted.__name__}; not {type(value).__name__}. {remedy}"
        )
