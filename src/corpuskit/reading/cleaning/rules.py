"""The named rules of cleaning: what a paragraph of page furniture looks like, and why it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from ...errors import refuse

LONGEST = 200  # characters; a longer paragraph is not taken for furniture unless a rule says so
SECONDS = 0.2  # that one pattern of a user may take on one paragraph
OWN = "own: "  # before the names of a user's rules
PLACES = ("paragraph", "start", "end")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: what matches `pattern` is cut for `reason`, or named as a zone.

    Attributes
    ----------
    name, reason
        As they stand in the cleaning log.
    pattern
        "paragraph": matches a paragraph as a whole. "start", "end": matches the beginning of
        the first or the end of the last paragraph that is read, and only that is cut.
    place
        "paragraph", "start" or "end".
    trailing
        Only at the end of the text, where nothing but furniture follows.
    zone
        If given, the paragraph is not cut but read as this zone: "caption" or "correction".
    longest
        Characters of the longest paragraph that the rule is tried on.
    """

    name: str
    reason: str
    pattern: re.Pattern[str] | regex.Pattern[str]
    place: str = "paragraph"
    trailing: bool = False
    zone: str = ""
    longest: int = LONGEST

    def end_of_match(self, text: str) -> int | None:
        """Return where the match of a paragraph ends ("end": begins), or None."""
        if len(text) > self.longest and self.place == "paragraph":
            return None
        found = self._search(text)
        if found is None:
            return None
        return int(found.start() if self.place == "end" else found.end())

    def _search(self, text: str) -> Any:
        """Return the match, if any."""
        whole = {"paragraph": "fullmatch", "start": "match", "end": "search"}[self.place]
        if not isinstance(self.pattern, regex.Pattern):
            return getattr(self.pattern, whole)(text)
        try:
            return getattr(self.pattern, whole)(text, timeout=SECONDS)
        except TimeoutError:
            refuse(
                "add",
                f"patterns that need less than {SECONDS:g} s a paragraph",
                self.pattern.pattern,
                "The pattern is too slow; write it with fewer nested repeats.",
            )


@dataclass(frozen=True)
class Rules(Sequence[Rule]):
    """The rules of one cleaning, in the order in which they are tried."""

    items: tuple[Rule, ...] = ()

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.items)

    def __getitem__(self, index: Any) -> Any:
        return self.items[index]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rules."""
        return tuple(rule.name for rule in self.items)

    def __repr__(self) -> str:
        return f"Rules({', '.join(self.names) or 'none'})"


def own_rule(name: str, pattern: str) -> Rule:
    """Return the rule of a user."""
    try:
        compiled = regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        refuse("add", "regular expressions", pattern, f"This one is none: {error}.")
    return Rule(f"{OWN}{name}", "matches a rule of your own", compiled, longest=100_000)
