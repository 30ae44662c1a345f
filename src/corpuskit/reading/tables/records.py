"""Records: what every table comes down to, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple, Protocol

from ..findings.told import Finding

Opener = Callable[[], BinaryIO]  # opens the table anew, at its first byte


class Record(NamedTuple):
    """One record of a table: its number from 1, its cells by column, and what was found.

    `cells` holds strings alone, as they stand; a missing cell is absent. If a finding skips
    the record, `cells` is empty.
    """

    number: int
    cells: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


class Table(Protocol):
    """A table whose records can be read more than once, each time from the beginning.

    Attributes
    ----------
    encoding
        What the report calls its encoding, or its format.
    findings
        What was found about it as a whole when it was opened.
    late
        What was found about it as a whole while its records were read.
    """

    encoding: str
    findings: tuple[Finding, ...]
    late: list[Finding]

    def names(self) -> tuple[str, ...]:
        """Return the names of its columns, in order."""

    def records(self) -> Iterator[Record]:
        """Yield its records from the first one on."""

    def close(self) -> None:
        """Let go of what is open; afterwards nothing is read."""


@dataclass
class Basis:
    """What the tables of all formats have in common."""

    open: Opener
    encoding: str = ""
    findings: tuple[Finding, ...] = ()
    late: list[Finding] = field(default_factory=list)

    def close(self) -> None:
        """Let go of what is open: here nothing is, between two readings."""


def unique(names: list[str]) -> tuple[list[str], list[str]]:
    """Return column names made different ("text", "text.2"), and those that were not.

    A column without a name is called after its place: "column_3".
    """
    seen: set[str] = set()
    made: list[str] = []
    twice: dict[str, None] = {}
    for place, name in enumerate(names, 1):
        new = base = " ".join(name.replace("\ufeff", "").split()) or f"column_{place}"
        number = 1
        while new in seen:
            number += 1
            new = f"{base}.{number}"
            twice[base] = None
        seen.add(new)
        made.append(new)
    return made, list(twice)
