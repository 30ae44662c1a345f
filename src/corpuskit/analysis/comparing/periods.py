"""Days, ISO weeks and months: the period of a date, and all periods from one to another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

EVERY = ("day", "week", "month")


def day_of(text: str) -> date | None:
    """Return the calendar day that a text begins with, if it does."""
    try:
        return date.fromisoformat(text[:10]) if len(text) >= 10 else None
    except ValueError:
        return None


def label_of(day: date, every: str) -> str:
    """Return the period of a day: the day, the Monday of its ISO week, or year and month.

    Examples
    --------
    >>> [label_of(date(2026, 1, 1), every) for every in EVERY]
    ['2026-01-01', '2025-12-29', '2026-01']
    """
    if every == "month":
        return day.isoformat()[:7]
    back = timedelta(days=day.weekday() if every == "week" else 0)
    return (day - back).isoformat()


def all_between(days: Iterable[date], every: str) -> list[str]:
    """Return the label of every period from the first day to the last, without a gap."""
    known = sorted(days)
    if not known:
        return []
    first, last = known[0], known[-1]
    if every == "month":
        months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
        return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in months]
    start = date.fromisoformat(label_of(first, every)).toordinal()
    step = 7 if every == "week" else 1
    return [date.fromordinal(n).isoformat() for n in range(start, last.toordinal() + 1, step)]
