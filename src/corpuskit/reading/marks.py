"""What a decoded text must be asked: controls, lost characters, texts encoded twice."""

from __future__ import annotations

import re

from .findings.told import Finding, counted, finding, skip

LOST = "\ufffd"
MOST_CONTROLS = 0.2  # share of control characters above which this is not text

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_TO_MARK = dict.fromkeys([*range(9), *range(14, 32), 127], LOST)
# What the bytes 80 to BF look like when they are read as cp1252 or Latin-1.
_REST = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + r"\x80-\xbf"
_TWICE = re.compile(
    rf"(?<![A-ZÀ-Þ])[ÂÃ][{_REST}]|â[€\x80][{_REST}]|(?:[ÐÑ][{_REST}]){{3,}}|[\x80-\x84\x86-\x9f]"
)
_MAYBE_TWICE = re.compile("[ÂÃâÐÑ\x80-\x9f]")  # far quicker; without one there is no such place
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")


def without_controls(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return `text` with every control character as U+FFFD, and what was replaced."""
    if not _CONTROL.search(text):
        return text, ()
    number = len(_CONTROL.findall(text))
    if number > MOST_CONTROLS * len(text):
        raise skip("CK-104", what="binary data")
    told = counted(number, "control character was", "control characters were")
    return text.translate(_TO_MARK), (finding("CK-126", count=told),)


def mark_findings(text: str) -> tuple[Finding, ...]:
    """Return what must be told about characters of a text that was loaded."""
    if text.isascii():
        return ()
    return tuple(_marks(text))


def _marks(text: str) -> list[Finding]:
    """Return the findings about lost, doubled, turning and invisible characters."""
    found = []
    if lost := text.count(LOST):
        first = f"{text.index(LOST):,}"
        found.append(finding("CK-124", count=counted(lost, "character"), first=first))
    if _MAYBE_TWICE.search(text) and (twice := list(_TWICE.finditer(text))):
        places = counted(len(twice), "place looks", "places look")
        found.append(finding("CK-125", count=places, sample=twice[0][0][:4]))
    if number := len(_TURNING.findall(text)):
        found.append(finding("CK-127", count=counted(number, "character")))
    if number := len(_NO_WIDTH.findall(text)):
        found.append(finding("CK-128", count=counted(number, "character")))
    return found
