"""The day in a line of a database, in the languages in which databases write it."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import combining, normalize

from ..dates import Moment, read_date

_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janner feber mrz apr mai jun jul aug sep okt nov dez",
    "jan feb mar apr may jun jul aug sept oct nov dec",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
)
MONTHS = {name: at for names in _NAMES for at, name in enumerate(names.split(), 1)}
LONGEST = 100  # characters of a line that is a date and little else

_WORD = r"(?P<month>[^\W\d_]{3,10})"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_TH = r"(?:st|nd|rd|th|er|º|°|\.)?"
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]?"
    ),
    re.compile(rf"(?<![\w.])(?P<day>\d{{1,2}}){_TH}(?: (?:of|de))? {_WORD}\.?,?(?: del?)? {_YEAR}"),
    re.compile(rf"\b{_WORD}\.? (?P<day>\d{{1,2}}){_TH},? {_YEAR}"),
)
_NUMBERS = re.compile(r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1\d{4}(?!\d)")
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?P<second>:\d{2})?"
    r" ?(?P<half>[ap]\.?m\b\.?)? ?\(?(?P<zone>Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?(?![a-z])",
    re.I,
)
_WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|sonnabend|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles"
    r"|jueves|viernes|s[áa]bado|domingo|(?:lune|marte|mercole|giove|vener)d[iì]|sabato|domenica"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag|星期[一二三四五六日天]|[월화수목금토일]요일",
    re.I,
)


class Day(NamedTuple):
    """A date in a line: what it says, and the words before and after it."""

    moment: Moment
    before: str
    after: str


def day_in(line: str, order: str | None = None) -> Day | None:
    """Return the first date of a line with the words around it, or None if there is none.

    Parameters
    ----------
    line
        One line: "January 11, 2010 Monday, Late Edition", "mardi 14 mars 2006, p. 16",
        "2018년 5월 28일 오전", "11. Januar 2010".
    order
        "dmy" or "mdy" if the order of 03/02/2026 is known.

    Examples
    --------
    >>> day_in("jeudi 4 octobre 2012, p. 03")
    Day(moment=Moment(value='2012-10-04', problem=''), before='', after='p. 03')
    """
    line = " ".join(line[: 4 * LONGEST].split())
    for pattern in _DAYS:
        for found in pattern.finditer(line):
            month = _month(found["month"])
            if month:
                given = f"{found['year']}-{month:02d}-{int(found['day']):02d}"
                return _around(line, found, given, order)
    if numbers := _NUMBERS.search(line):
        return _around(line, numbers, numbers[0], order)
    return None


def is_day_line(line: str) -> bool:
    """Return whether a line begins with a date, but for a weekday before it."""
    if len(line) > LONGEST:
        return False
    day = day_in(line)
    return day is not None and not day.before


def _month(name: str) -> int:
    """Return the number of a month by its name or its figures, or 0."""
    if name.isdecimal():
        return int(name)
    plain = "".join(char for char in normalize("NFD", name.casefold()) if not combining(char))
    return MONTHS.get(plain, 0)


def _around(line: str, found: re.Match[str], given: str, order: str | None) -> Day:
    """Return the date of a match, with the clock time that stands after it."""
    before = _WEEKDAY.sub("", line[: found.start()])
    after = _WEEKDAY.sub("", line[found.end() :], count=1)
    clock = _CLOCK.search(after)
    if clock:
        half, zone = clock["half"] or "", (clock["zone"] or "").upper()
        given += f" {clock['hour']}:{clock['minute']}{clock['second'] or ''} {half} {zone}"
        after = after[: clock.start()] + after[clock.end() :]
    return Day(read_date(given.strip(), order), _bare(before), _bare(after))


def _bare(text: str) -> str:
    """Return words without the marks that stood between them and the date."""
    return " ".join(text.split()).strip(" ,;:|·-–—()")
