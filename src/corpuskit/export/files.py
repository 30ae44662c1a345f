"""Files that are written whole or not at all, and what is said about them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Written:
    """What was written: the file, its rows, and what a reader of the file must know.

    Parameters
    ----------
    path
        The file.
    rows
        Rows of the table, without the heading.
    prefixed
        Text cells that got a leading apostrophe because a spreadsheet would run them.
    notes
        The same in sentences; empty if there is nothing to tell.
    """

    path: Path
    rows: int
    prefixed: int = 0
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return " ".join([f"{self.path.name}: {self.rows:,} rows.", *self.notes])


def write_whole(path: str | Path, data: bytes) -> None:
    """Write `data` to `path` whole or not at all: an older file stays until then."""
    path = Path(path)
    part = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
