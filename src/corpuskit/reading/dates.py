"""The dates of news pages, read exactly or not at all; today's clock is never asked."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple
from unicodedata import combining, normalize

from .findings.told import Finding, finding

MONTHS = {  # English, French, German, Spanish, Italian, Portuguese, Dutch; no accents
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv januar janner enero ene gennaio gen janeiro januari",
            "february feb fevrier fevr fev februar febrero febbraio fevereiro februari",
            "march mar mars marz maerz marzo marco maart mrt",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "june jun juin juni junio giugno giu junho",
            "july jul juillet juil juli julio luglio lug julho",
            "august aug aout agosto ago augustus",
            "september sep sept septembre septiembre setiembre settembre set setembro",
            "october oct octobre oktober okt octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec decembre dezember dez diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_ENGLISH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)

_LABEL = re.compile(
    r"(?:(?:date |first |last )?(?:published|posted|updated|modified)|date|on)\b(?: on)?[:\s]*",
    re.I,
)
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di\b|dimanche\b"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag\b|mittwoch\b|sonnabend\b"
    r"|(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|sabato|domingo)\b"
    r"|(?:lune|marte|mercole|giove|vener)d[iì]\b|domenica\b"
    r"|(?:segunda|ter[cç]a|quarta|quinta|sexta)-feira\b"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag\b)[.,]?(?:\s+(?:den|de|el))?",
    re.I,
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?\s*"
    r"(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<hour24>\d{1,2}):(?P<minute24>\d{2})(?::(?P<second24>\d{2})(?:[.,]\d+)?)?",
    re.I,
)
_ZONE = re.compile(
    r"\s*\(?(?:(?P<zero>Z|UTC|GMT)?\s*(?P<offset>[+-]\d{2}:?\d{2})?(?: UTC| GMT)?(?![:\d\w])"
    r"|(?P<named>[A-Z]{2,5}|[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_]+)+)\b)\)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d{2})(\d{2})")
_WEEK = re.compile(r"\d{4}-?W\d{2}-?\d", re.I)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)(Z?)", re.I | re.A)
_CHINESE = re.compile(
    r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일](?: ?(?:星期.|.曜日|.요일))?"
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|[.º°])?(?: of| de)?[ -]([^\W\d_]{3,10})\.?,?(?: de| del)?[ -]"
    r"(\d{4})",
    re.I,
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.I)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_VAGUE = re.compile(
    r"(?:yesterday|today|tomorrow|tonight|just now"
    r"|(?:this|last|next) (?:morning|afternoon|evening|night|week|month|year|\w+day)"
    r"|\w+ (?:second|minute|min|hour|hr|day|week|month|year)s? ago"
    r"|\d{4}|\d{4}-\d{1,2}|\d{4}-?W\d{1,2}|\d{9,13}|\d{1,2}([/.-])\d{1,2}\1\d{2}"
    rf"|(?:{_ENGLISH})\.?,? \d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:{_ENGLISH})\.?)",
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
    text = _bare(" ".join(normalize("NFC", text).split()))
    text = _COMPACT.sub(r"\1-\2-\3T\4:\5:\6\7", text) if _COMPACT.fullmatch(text) else text
    clock = _CLOCK.search(text.replace("T", " ", 1) if _ISO.match(text) else text)
    if clock is None:
        return _day(text, order)
    zone = _ZONE.match(text, clock.end())
    rest = text[: clock.start()] + " " + text[zone.end() if zone else clock.end() :]
    day = _day(_bare(" ".join(rest.rstrip("T ").split())), order)
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
    if found := _CHINESE.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if (found := _DAY_FIRST.fullmatch(text)) and (month := _month(found[2])):
        return _made(int(found[3]), month, int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(text)) and (month := _month(found[1])):
        return _made(int(found[3]), month, int(found[2]))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(int(found[1]), int(found[3]), int(found[4]), order)
    return Moment("", "vague" if _VAGUE.fullmatch(text) else "none")


def _month(name: str) -> int:
    """Return the number of the month called `name` in one of seven languages, or 0."""
    bare = "".join(char for char in normalize("NFD", name.lower()) if not combining(char))
    return MONTHS.get(bare, 0)


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
