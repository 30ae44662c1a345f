"""What this process holds in memory, as Linux tells it; loads nothing but the standard library."""

from __future__ import annotations

from pathlib import Path


def held(which: str = "VmRSS") -> float:
    """Return the MB (1,024 × 1,024 bytes) that this process holds now, or held at most (VmHWM)."""
    told = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
    return int(told[which].split()[0]) / 1024
