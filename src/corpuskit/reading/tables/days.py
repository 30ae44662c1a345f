"""The dates of a whole column: one order of day and month for all of them, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ..dates import Moment, date_findings, read_date
from ..findings.told import Finding, finding

EARLIEST, LATEST = 1400, 2199  # years; what lies outside is a placeholder
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?", re.A)
FIRST_EPOCH, LAST_EPOCH = 315_532_800, 4_102_444_800  # 1980 and 2100


class Evidence(NamedTuple):
    """The first date of a column that can only be day-month, and the first month-day one."""

    day_first: str = ""
    month_first: str = ""

    @property
    def order(self) -> str | None:
        """The order of the column: "dmy", "mdy", or None without evidence or against it."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return "dmy" if self.day_first else "mdy"


def column_order(values: Iterable[str]) -> Evidence:
    """Return what the dates of a column say about the order of day and month.

    13/04/2024 can only be day-month, 04/13/2024 only month-day; either settles all others,
    both together settle nothing.

    Examples
    --------
    >>> column_order(["03/04/2024", "13/04/2024"]).order
    'dmy'
    """
    day_first = month_first = ""
    for text in values:
        if len(text) <= 80 and (found := _NUMBERS.search(text)):
            first, second = int(found[1]), int(found[3])
            if 12 < first <= 31 and 1 <= second <= 12:
                day_first = day_first or text
            elif 12 < second <= 31 and 1 <= first <= 12:
                month_first = month_first or text
            if day_first and month_first:
                break
    return Evidence(day_first, month_first)


def epoch_unit(values: Sequence[str]) -> str:
    """Return "seconds" or "milliseconds" if all dates count these since 1970, else ""."""
    units = {_unit(value) for value in values if value.strip()}
    return units.pop() if len(units) == 1 else ""


def _unit(text: str) -> str:
    """Return what a number counts since 1970, if it can be a moment from 1980 to 2099."""
    found = _EPOCH.fullmatch(text.strip())
    if not found or not FIRST_EPOCH <= int(found[1]) < LAST_EPOCH:
        return ""
    return "milliseconds" if found[2] else "seconds"


class DateColumn:
    """The dates of one column, read one after the other under one rule for all.

    Parameters
    ----------
    given
        "dmy" or "mdy" if a person said so.
    sample
        Dates from the beginning of the column: whether they count seconds since 1970.
    every
        Yields all dates of the column; it is asked once, and only if a date needs it.
    """

    def __init__(
        self, given: str | None, sample: Sequence[str], every: Callable[[], Iterable[str]]
    ) -> None:
        self.found: list[Finding] = []
        self._given = given
        self._every = every
        self._evidence: Evidence | None = None
        self._unit = epoch_unit(sample)
        if self._unit:
            self.found.append(finding("CK-234", unit=self._unit))

    def read(self, text: str) -> tuple[str, tuple[Finding, ...]]:
        """Return a date as ISO 8601, or "" with what must be told about it."""
        text = text.strip()
        if not text:
            return "", ()
        if self._unit and _unit(text) == self._unit:
            return self._since_1970(text), ()
        moment = read_date(text, self._given)
        if moment.problem == "ambiguous":
            moment = read_date(text, self._order(text))
        if moment.value and not EARLIEST <= int(moment.value[:4]) <= LATEST:
            return "", (finding("CK-235", date=text[:80]),)
        return moment.value, _told(text, moment)

    def _since_1970(self, text: str) -> str:
        """Return the universal time of a count of seconds or milliseconds."""
        seconds = int(text.split(".")[0]) // (1000 if self._unit == "milliseconds" else 1)
        moment = datetime.fromtimestamp(seconds, UTC)
        return moment.isoformat(timespec="seconds" if moment.second else "minutes")

    def _order(self, text: str) -> str | None:
        """Return the order that the whole column shows, and tell it the first time."""
        if self._evidence is None:
            self._evidence = column_order(self._every())
            self.found.append(_about(self._evidence, text[:80]))
        return self._evidence.order


def _about(evidence: Evidence, date: str) -> Finding:
    """Return what must be told about the order of a column."""
    first, second = evidence.day_first[:80], evidence.month_first[:80]
    if evidence.order:
        order = "day" if first else "month"
        return finding("CK-231", date=date, order=order, evidence=first or second)
    if first:
        return finding("CK-232", first=first, second=second, date=date)
    return finding("CK-233", date=date)


def _told(text: str, moment: Moment) -> tuple[Finding, ...]:
    """Return the findings about one date."""
    return date_findings(text, moment)
