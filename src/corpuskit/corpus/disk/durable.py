"""Files that survive: written once, counted while they are written, forced to the disk."""

from __future__ import annotations

import errno
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

import numpy as np
from numpy.typing import NDArray

from ...errors import StoreError
from ...reading.walk import shown

BLOCK = 1 << 20  # bytes that are read or written at a time
PAGE = 1 << 16  # bytes of a page
DIGEST = 32  # bytes of a BLAKE2 digest
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
UNTOUCHED = "Nothing was changed: what was there before is still the current corpus."
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


@dataclass(frozen=True, slots=True)
class Seal:
    """What a whole file is known by: bytes, CRC-32 (quick) and BLAKE2 (thorough)."""

    size: int
    crc32: int
    blake2b: str


class Writer:
    """A new file that counts what goes into it and is forced to the disk when it is closed."""

    def __init__(self, path: Path, *, pages: bool = False) -> None:
        self._path, self._crc, self.size = path, 0, 0
        self.pages: list[int] = []  # the CRC-32 of each page, where wanted
        self._wants_pages = pages
        self._hash = hashlib.blake2b(digest_size=DIGEST)
        with told(path):
            self._file = open(path, "xb", buffering=BLOCK)  # noqa: SIM115 (__exit__ closes it)

    def write(self, data: bytes | memoryview) -> None:
        """Append bytes."""
        self._crc = zlib.crc32(data, self._crc)
        self._hash.update(data)
        if self._wants_pages:
            add_pages(memoryview(data), self.pages, self.size)
        self.size += len(data)
        try:
            self._file.write(data)
        except OSError as error:
            _tell(self._path, error, UNTOUCHED)

    def write_array(self, array: NDArray[Any]) -> None:
        """Append the numbers of an array, least byte first, a block at a time."""
        step = max(1, BLOCK // max(1, array.itemsize))
        for at in range(0, len(array), step):
            part = array[at : at + step]
            self.write(part.astype(part.dtype.newbyteorder("<"), copy=False).tobytes())

    def close(self) -> Seal:
        """Force the file to the disk and return its seal."""
        with told(self._path), self._file as file:
            file.flush()
            os.fsync(file.fileno())
        return Seal(self.size, self._crc, self._hash.hexdigest())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # what failed has been told already
            self._file.close()


def add_pages(data: memoryview, sums: list[int], size: int) -> None:
    """Add bytes that follow the first `size` bytes of a file to the CRC-32 of its pages."""
    at = 0
    while at < len(data):
        begun = (size + at) % PAGE
        part = data[at : at + PAGE - begun]
        if begun:
            sums[-1] = zlib.crc32(part, sums[-1])
        else:
            sums.append(zlib.crc32(part))
        at += len(part)


def let_go(number: int) -> None:
    """Close an open file of which nothing more is wanted."""
    with suppress(OSError):
        os.close(number)


def write_whole(path: Path, data: bytes) -> Seal:
    """Write a new file and return its seal."""
    with Writer(path) as file:
        file.write(data)
        return file.close()


def sync_folder(path: Path) -> None:
    """Force the names in a folder to the disk (where a folder can be opened at all)."""
    if os.name == "nt":
        return
    number = os.open(path, _FOLDER)
    try:
        os.fsync(number)
    finally:
        let_go(number)


def seal_of(path: Path, *, thorough: bool) -> Seal:
    """Return the seal of a file as it stands on the disk; BLAKE2 only where asked for."""
    crc, digest, size = 0, hashlib.blake2b(digest_size=DIGEST), 0
    with open(path, "rb", buffering=0) as file:
        while block := file.read(BLOCK):
            crc, size = zlib.crc32(block, crc), size + len(block)
            if thorough:
                digest.update(block)
    return Seal(size, crc, digest.hexdigest() if thorough else "")


def difference(found: Seal, wanted: Seal) -> str:
    """Return what is wrong with a file, "" if nothing is."""
    if found.size != wanted.size:
        return f"it has {found.size:,} bytes instead of {wanted.size:,}"
    if found.crc32 != wanted.crc32 or found.blake2b not in ("", wanted.blake2b):
        return "its content is not what was written (checksum)"
    return ""


def digest_of(data: bytes) -> str:
    """Return the BLAKE2 digest of bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST).hexdigest()


def plainly(array: NDArray[Any]) -> str:
    """Return the name of an array's kind of number, as it ends the name of its file."""
    return str(np.dtype(array.dtype).name)


@contextmanager
def told(path: Path, kept: str = UNTOUCHED) -> Iterator[None]:
    """Turn an error of the file system into a StoreError that says what to do."""
    try:
        yield
    except OSError as error:
        _tell(path, error, kept)


def _tell(path: Path, error: OSError, kept: str) -> NoReturn:
    """Raise: the file system refused; what became of the corpus, and what helps."""
    if error.errno in FULL:
        reason, remedy = "the disk is full", "Make room and do it again."
    elif error.errno in CLOSED:
        reason = f"the system does not allow it ({error.strerror})"
        remedy = "Choose another folder, or ask for the rights to this one."
    else:
        reason = f"the disk reported an error ({error.strerror or type(error).__name__})"
        remedy = "Do it again; if it stays, choose a folder on another disk."
    raise StoreError(f"{shown(path)}: {reason}. {kept} {remedy}") from error
