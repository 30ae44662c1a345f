"""The dates of news pages, read exactly or not at all; today's clock is never asked."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple

from .report import Finding, finding

_NAMES = "january february march april may june july august september october november december"
MONTHS = {name: number for number, name in enumerate(_NAMES.split(), 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

_LABEL = re.compile(
    r"(?:(?:date |first |last )?(?:published|posted|updated|modified)|date|on)\b(?: on)?[:\s]*",
    re.I,
)
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?", re.I
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?\s*"
    r"(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<hour24>\d{1,2}):(?P<minute24>\d{2})(?::(?P<second24>\d{2})(?:[.,]\d+)?)?",
    re.I,
)
_ZONE = re.compile(
    r"\s*\(?(?:(?P<zero>Z|UTC|GMT)?\s*(?P<offset>[+-]\d{2}:?\d{2})?(?![:\d\w])|(?P<named>[A-Z]{2,5})\b)\)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d{2})(\d{2})")
_WEEK = re.compile(r"\d{4}-?W\d{2}-?\d", re.I)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.I)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.I)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_VAGUE = re.compile(
    r"(?:yesterday|today|tomorrow|tonight|just now"
    r"|(?:this|last|next) (?:morning|afternoon|evening|night|week|month|year|\w+day)"
    r"|\w+ (?:second|minute|min|hour|hr|day|week|month|year)s? ago"
    r"|\d{4}|\d{4}-\d{1,2}|\d{4}-?W\d{1,2}|\d{9,13}|\d{1,2}([/.-])\d{1,2}\1\d{2}"
    rf"|(?:{'|'.join(MONTHS)})\.?,? \d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:{'|'.join(MONTHS)})\.?)",
    re.I,
)


class Moment(NamedTuple):
    """A local date or date and time in ISO 8601, or "" with the problem.

    The problem is "" (none), "ambiguous", "impossible", "vague" (no day is named), "zone"
    (a zone name without a number; the value stands) or "none" (this is no date at all).
    """

    value: str
    problem: str = ""


PROBLEMS = {"ambiguous": "CK-131", "impossible": "CK-132", "vague": "CK-133", "none": "CK-133"}
PROBLEMS["zone"] = "CK-134"


def read_date(text: str, order: str | None = None) -> Moment:
    """Return the date that `text` gives, as far as it gives one and nothing beyond.

    Parameters
    ----------
    text
        One date, with or without time, label ("Published:") and weekday.
    order
        "dmy" or "mdy" if the order of 03/02/2026 is known; otherwise such a date is
        "ambiguous" unless one number is above 12 or both are equal.

    Examples
    --------
    >>> read_date("07:29 PM, Jan 27, 2026").value
    '2026-01-27T19:29'
    >>> read_date("03/02/2026").problem
    'ambiguous'
    """
    if len(text) > 80:
        return Moment("", "none")
    text = _bare(" ".join(text.split()))
    clock = _CLOCK.search(text.replace("T", " ", 1) if _ISO.match(text) else text)
    if clock is None:
        return _day(text, order)
    zone = _ZONE.match(text, clock.end())
    rest = text[: clock.start()] + " " + text[zone.end() if zone else clock.end() :]
    day = _day(_bare(rest.rstrip("T ").strip()), order)
    return day if day.problem else _joined(day.value, clock, zone)


def date_findings(text: str, moment: Moment) -> tuple[Finding, ...]:
    """Return what must be told about the date `text` that was read as `moment`."""
    if not moment.problem:
        return ()
    return (finding(PROBLEMS[moment.problem], date=text[:80]),)


def _bare(text: str) -> str:
    """Return `text` without label, weekday and the marks between date and time."""
    text = text.strip(" ,;|@·–—-()")
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    return re.sub(r"^(?:at )|(?: at)$", "", text.strip(" ,;|@·–—-")).strip(" ,;|@·–—-")


def _day(text: str, order: str | None) -> Moment:
    """Return the calendar day in `text`."""
    if _WEEK.fullmatch(text):
        return _checked(text.upper())
    if found := _ISO.fullmatch(text):
        year, month, day = (part for part in found.groups() if part)
        return _made(int(year), int(month), int(day))
    if (found := _DAY_FIRST.fullmatch(text)) and found[2].lower() in MONTHS:
        return _made(int(found[3]), MONTHS[found[2].lower()], int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(text)) and found[1].lower() in MONTHS:
        return _made(int(found[3]), MONTHS[found[1].lower()], int(found[2]))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(int(found[1]), int(found[3]), int(found[4]), order)
    return Moment("", "vague" if _VAGUE.fullmatch(text) else "none")


def _numbers(first: int, second: int, year: int, order: str | None) -> Moment:
    """Return the day of 27/01/2026; two small numbers need a known order."""
    if order is None and first != second and first <= 12 and second <= 12:
        return Moment("", "ambiguous")
    month_first = order == "mdy" if order else second > 12
    return _made(year, first, second) if month_first else _made(year, second, first)


def _made(year: int, month: int, day: int) -> Moment:
    """Return the day if the calendar has it."""
    try:
        return Moment(date(year, month, day).isoformat())
    except ValueError:
        return Moment("", "impossible")


def _checked(text: str) -> Moment:
    """Return the day of an ISO week date if the calendar has it."""
    try:
        return Moment(date.fromisoformat(text).isoformat())
    except ValueError:
        return Moment("", "impossible")


def _joined(day: str, clock: re.Match[str], zone: re.Match[str] | None) -> Moment:
    """Return day and clock time, with the offset where it is a number."""
    try:
        moment = day + "T" + _time(clock)
    except ValueError:
        return Moment("", "impossible")
    if zone is None or not zone[0].strip():
        return Moment(moment)
    if zone["named"]:
        return Moment(moment, "zone")
    offset = zone["offset"] or "+00:00"
    return Moment(moment + (offset if ":" in offset else offset[:3] + ":" + offset[3:]))


def _time(clock: re.Match[str]) -> str:
    """Return the clock time as HH:MM, or HH:MM:SS where seconds are given."""
    hour, minute = int(clock["hour"] or clock["hour24"]), clock["minute"] or clock["minute24"]
    if clock["half"]:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    second = int(clock["second"] or clock["second24"] or 0)
    moment = time(hour, int(minute or 0), second)
    return moment.isoformat("seconds" if second else "minutes")
