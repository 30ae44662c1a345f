"""A finding: one thing that was found in a file, with what it did and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from .codes import CHANGED, CODES, SKIPPED

DONE = {SKIPPED: "It was skipped.", CHANGED: "It was loaded."}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in one file."""

    code: str
    reason: str

    @property
    def status(self) -> str:
        """What it does to the file: "skipped" or "changed"."""
        return CODES[self.code].status

    @property
    def remedy(self) -> str:
        """What a person can do."""
        return CODES[self.code].remedy

    @property
    def note(self) -> str:
        """The finding in one sentence, for the notes of an article."""
        return f"{self.code}: {self.reason}. {self.remedy}"

    def message(self, path: str) -> str:
        """The finding with its file: what is wrong, what was done, what you can do."""
        return f"{self.code} {path}: {self.reason}. {DONE[self.status]} {self.remedy}"


class Skipped(Exception):
    """Raised inside the room when a file holds nothing that can be read."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.note)
        self.finding = finding


def finding(code: str, **details: object) -> Finding:
    """Return the finding with this code, its details filled in."""
    return Finding(code, CODES[code].reason.format(**details))


def skip(code: str, **details: object) -> Skipped:
    """Return the exception that leaves a file out, with its reason."""
    return Skipped(finding(code, **details))


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its unit: "1 character", "2,300 characters"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
