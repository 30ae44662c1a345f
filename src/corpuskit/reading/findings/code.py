"""One kind of finding: its code stands for a reason and a remedy."""

from __future__ import annotations

from typing import Final, NamedTuple

SKIPPED: Final = "skipped"
CHANGED: Final = "changed"
LOADED: Final = "loaded"


class Code(NamedTuple):
    """One kind of finding: what it does to the file, why, and what a person can do."""

    status: str
    reason: str
    remedy: str
