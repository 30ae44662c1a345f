"""Records as JSON: one object a line (.jsonl, .ndjson), a list of objects, or one object.

Lines end with LF, CR LF or CR alone; what other marks of a line end a string holds is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple, TextIO

from ..article import Options
from ..findings.told import Finding, finding
from .records import Basis, Opener, Record
from .shapes import records_in
from .text import HEAD, characters, encoding_of
from .values import Number, cells_of_object

LONGEST_RECORD = 50_000_000  # characters of one record
LONGEST_OBJECT = 200_000_000  # characters of a table that is one object
MOST_DIGITS = 300  # of a whole number that can be meant as one
SAMPLE = 1_000  # records that tell the columns
_SPACE = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_RESTART = re.compile(r"\}\s*,?\s*(?=\{)")


class Parsed(NamedTuple):
    """A value of JSON, and what was found on the way."""

    value: Any
    findings: tuple[Finding, ...] = ()


class Parser:
    """A parser that keeps numbers as they are written and tells names that stand twice."""

    def __init__(self) -> None:
        self._twice: list[str] = []
        self._longest = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._number,
            parse_float=Number,
            parse_constant=lambda name: None if name == "NaN" else Number(name),
            strict=False,
        )

    def __call__(self, text: str, at: int = 0) -> tuple[Parsed, int]:
        """Return the value that begins at `at` and where it ends."""
        self._twice.clear()
        self._longest = 0
        value, end = self._decoder.raw_decode(text, at)
        found = [finding("CK-218", name=name[:40]) for name in dict.fromkeys(self._twice)]
        if self._longest > MOST_DIGITS:
            found.append(finding("CK-224", digits=f"{self._longest:,}"))
        return Parsed(value, tuple(found)), end

    def _number(self, digits: str) -> Number:
        """Return a whole number as it is written."""
        self._longest = max(self._longest, len(digits))
        return Number(digits)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object; of two values with one name the last one counts."""
        made = dict(pairs)
        if len(made) != len(pairs):
            names = [name for name, _ in pairs]
            self._twice += [name for name in made if names.count(name) > 1]
        return made


class Items(NamedTuple):
    """One record of a stream of JSON: its line, and its value or what is wrong with it."""

    line: int
    value: Any = None
    findings: tuple[Finding, ...] = ()


def lines_in(stream: TextIO) -> Iterator[Items]:
    """Yield a record for each line that is not blank."""
    parse = Parser()
    line = 0
    while text := stream.readline(LONGEST_RECORD):
        line += 1
        if text.isspace():
            continue
        try:
            at = _SPACE.match(text).end()  # type: ignore[union-attr]
            parsed, end = parse(text, at)
            if text[end:].strip():
                raise json.JSONDecodeError("Extra data", text, end)
        except json.JSONDecodeError as error:
            yield Items(line, findings=(_broken(line, error.msg, error.pos),))
        except RecursionError:
            yield Items(line, findings=(finding("CK-216", line=f"{line:,}"),))
        else:
            yield Items(line, *parsed)


def _broken(line: int, error: str, place: int) -> Finding:
    """Return the finding that a line is no JSON."""
    told = f"{error[:1].lower()}{error[1:].removesuffix(' at')} at character {place + 1:,}"
    return finding("CK-215", line=f"{line:,}", error=told)


class Values:
    """The values of a list or of a sequence of objects, one after the other.

    `closed` says afterwards whether the list was closed. A value that is broken is given up;
    reading goes on behind the next `}, {`.
    """

    def __init__(self, stream: TextIO, most: int = LONGEST_RECORD) -> None:
        self.closed = False
        self._stream = stream
        self._most = most
        self._parse = Parser()
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def __iter__(self) -> Iterator[Items]:
        self._listed = self._begins_list()
        while self._more():
            if self._listed and self._text[self._at] == "]":
                self.closed = True
                return
            yield self._value()

    def _begins_list(self) -> bool:
        """Go to the first value; return whether it is in a list."""
        self._more()
        listed = self._text.startswith("[", self._at)
        self._at += listed
        return listed

    def _more(self) -> bool:
        """Go to the next value; return whether there is one."""
        while True:
            self._at = _BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return True
            if not self._read():
                return False

    def _read(self) -> bool:
        """Read as much again as is being looked at; return whether there was anything."""
        self._line += self._text.count("\n", 0, self._at)
        rest = self._text[self._at :]
        block = "" if self._ended else self._stream.read(max(HEAD, len(rest)))
        self._text, self._at, self._ended = rest + block, 0, not block
        return bool(block)

    def _value(self) -> Items:
        """Return the next value, with more read for as long as it seems cut off."""
        while True:
            try:
                parsed, end = self._parse(self._text, self._at)
            except json.JSONDecodeError as error:
                place = error.pos - self._at
                if self._is_cut(error) and self._read():
                    continue
                return self._lost(_broken(self._here(), error.msg, place), self._at + place)
            except RecursionError:
                found = finding("CK-216", line=f"{self._here():,}")
                return self._lost(found, self._at + 1)
            if (
                end == len(self._text)
                and not isinstance(parsed.value, dict | list)
                and self._read()
            ):
                continue
            here, self._at = self._here(), end
            return Items(here, *parsed)

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        """Return whether a value may go on in what is not read yet."""
        near = error.pos >= len(self._text) - 16 or error.msg.startswith("Unterminated")
        return near and len(self._text) - self._at < self._most

    def _here(self) -> int:
        """Return the line at which reading stands."""
        return self._line + self._text.count("\n", 0, self._at)

    def _lost(self, found: Finding, place: int) -> Items:
        """Give a value up and go on behind the next `}, {`."""
        here = self._here()
        self._at = max(place, self._at + 1)
        while not (next_one := _RESTART.search(self._text, max(self._at - 1, 0))):
            self._at = max(len(self._text) - 1_000, self._at)
            if not self._read():
                self._at, self.closed = len(self._text), True
                return Items(here, findings=(found,))
        self._at = next_one.end()
        return Items(here, findings=(found,))


class JsonTable(Basis):
    """Records as JSON."""

    def __init__(self, opener: Opener, options: Options) -> None:
        super().__init__(opener)
        self._text = encoding_of(opener, options.encoding)
        self.encoding, self.findings = self._text.name, self._text.findings
        with characters(opener, self._text) as stream:
            self._way = _way(stream)
        if self._way == "objects" and self._is_one():
            self._way = "table"

    def names(self) -> tuple[str, ...]:
        """Return the names in the first records, in the order in which they come."""
        records = islice(self.records(), SAMPLE)
        return tuple(dict.fromkeys(name for record in records for name in record.cells))

    def records(self) -> Iterator[Record]:
        """Yield the records; a broken one with its reason."""
        with characters(self.open, self._text) as stream:
            for number, item in enumerate(self._items(stream), 1):
                yield _record(number, item)

    def _items(self, stream: TextIO) -> Iterator[Items]:
        """Yield the values that are records."""
        if self._way == "lines":
            yield from lines_in(stream)
        elif self._way == "table":
            yield from _whole(stream)
        else:
            values = Values(stream)
            yield from values
            if self._way == "list" and not values.closed and finding("CK-211") not in self.late:
                self.late.append(finding("CK-211"))

    def _is_one(self) -> bool:
        """Return whether the text is a single object."""
        with characters(self.open, self._text) as stream:
            first, *more = islice(Values(stream, LONGEST_OBJECT), 2)
        return isinstance(first.value, dict) and not more


def _way(stream: TextIO) -> str:
    """Return how records stand in a text: in a list, in lines, or as objects of many lines."""
    first, then = _filled(stream, LONGEST_OBJECT), _filled(stream, HEAD)
    if first.startswith("["):
        return "list"
    if not first.startswith("{") or then.startswith("{"):
        return "lines"
    return "lines" if then and _is_value(first) else "objects"


def _filled(stream: TextIO, most: int) -> str:
    """Return the next line that is not blank, without blanks at its beginning."""
    while line := stream.readline(most):
        if text := line.lstrip("\ufeff \t\r\n"):
            return text
    return ""


def _is_value(line: str) -> bool:
    """Return whether a line is JSON."""
    try:
        json.JSONDecoder(parse_int=str).decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def _whole(stream: TextIO) -> Iterator[Items]:
    """Yield the records in a single object."""
    item = next(iter(Values(stream, LONGEST_OBJECT)))
    for place, value in enumerate(records_in(item.value)):
        yield Items(item.line, value, () if place else item.findings)


def _record(number: int, item: Items) -> Record:
    """Return a value as a record: its cells are strings."""
    if item.value is None and item.findings:
        return Record(number, {}, item.findings)
    if not isinstance(item.value, dict):
        what = "a list" if isinstance(item.value, list) else "a single value"
        return Record(number, {}, (finding("CK-217", line=f"{item.line:,}", what=what),))
    try:
        return Record(number, cells_of_object(item.value), item.findings)
    except RecursionError:
        return Record(number, {}, (finding("CK-216", line=f"{item.line:,}"),))
