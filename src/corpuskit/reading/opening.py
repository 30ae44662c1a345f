"""The bytes of files and of the members of archives: opened once, with care."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final, NamedTuple

from .archive import is_archive, members
from .findings.told import Finding, Skipped, skip
from .kinds import is_known
from .walk import File, shown, trouble

MOST_BYTES: Final = 100_000_000  # of one file; an archive may be larger
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Opened(NamedTuple):
    """One file, or one member of an archive, with its bytes or why there are none."""

    file: File
    data: bytes = b""
    trouble: Finding | None = None


def opened(file: File) -> Iterator[Opened]:
    """Yield a file with its bytes, or each member of an archive in its place."""
    reason = next((found for found in file.findings if found.status == "skipped"), None)
    if reason is not None:
        yield Opened(replace(file, findings=()), trouble=reason)
        return
    try:
        with _open(file.path) as handle:
            ending = ending_of(file.path)
            if is_archive(handle, ending):
                yield from _members(file, handle)
            else:
                yield Opened(file, _bytes(handle, ending))
    except Skipped as skipped:
        yield Opened(file, trouble=skipped.finding)
    except OSError as error:
        yield Opened(file, trouble=trouble(error))


def ending_of(path: str) -> str:
    """Return the ending of a name in small letters, with its dot; "" without one."""
    return os.path.splitext(path)[1].lower()


def _open(path: str) -> BinaryIO:
    """Return a regular file, open; a pipe or a device is never waited for."""
    handle = os.fdopen(os.open(path, _OPEN), "rb", buffering=0)
    if stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
        return handle
    handle.close()
    raise skip("CK-113", kind="pipe or device")


def _bytes(handle: BinaryIO, ending: str) -> bytes:
    """Return the bytes of an open file, unless there are too many."""
    size = os.fstat(handle.fileno()).st_size
    if size <= MOST_BYTES:
        return handle.read()
    if not is_known(ending):
        raise skip("CK-105", ending=shown(ending))
    raise skip("CK-106", size=f"{size // 1_000_000:,}", most=MOST_BYTES // 1_000_000)


def _members(file: File, handle: BinaryIO) -> Iterator[Opened]:
    """Yield the members of an archive, called by its own name and theirs."""
    for member in members(handle):
        inner = File(f"{file.path}/{member.path}", f"{file.id}/{member.name}", file.findings)
        yield Opened(inner, member.data, member.finding)
