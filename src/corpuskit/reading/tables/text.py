"""The characters of a table of any size, decoded block by block, never as a whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, TextIO

from ..damage import wide
from ..decode import BOMS, decode, looks_like
from ..findings.told import Finding, Skipped, finding, skip
from ..marks import without_controls
from .records import Opener

BLOCK = 4_000_000  # bytes that are decoded at a time
STEP = 500_000  # bytes that are checked at a time
HEAD = 65_536  # bytes or characters that are looked at to know what a table is
_TOLD = frozenset({"CK-121", "CK-123", "CK-129"})  # what concerns the encoding as a whole


class Encoding(NamedTuple):
    """How the bytes of a table become text.

    `start` is where the text begins (after a byte order mark); `mixed` says that the bytes
    are UTF-8 with others in it, mended block by block.
    """

    codec: str
    name: str
    start: int = 0
    mixed: bool = False
    findings: tuple[Finding, ...] = ()


def encoding_of(opener: Opener, given: str | None) -> Encoding:
    """Return the encoding of a table by the strongest evidence; raise Skipped if it is no text.

    The order is that of single files: byte order mark, zeros, strict UTF-8 of the whole file,
    the encoding that was given, a guess that is told.
    """
    with opener() as file:
        head = file.read(HEAD)
    if not head:
        raise skip("CK-101")
    if what := looks_like(head):
        raise skip("CK-104", what=what)
    found = _marked(head) or _strict(opener) or _other(opener, given)
    without_controls(head[found.start :].decode(found.codec, "replace"))
    return found


def _marked(head: bytes) -> Encoding | None:
    """Return the encoding that a byte order mark or the places of zeros tell."""
    for bom, name in BOMS:
        if head.startswith(bom):
            return Encoding(name, f"{name} (BOM)", len(bom), mixed=name == "utf-8")
    cut = len(head) - len(head) % 4 if len(head) == HEAD else len(head)
    if b"\0" in head and (name := wide(head[:cut])):
        return Encoding(name, f"{name} (guess)", findings=(finding("CK-121", encoding=name),))
    return None


def _strict(opener: Opener) -> Encoding | None:
    """Return UTF-8 if every byte of the table is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with opener() as file:
            while block := file.read(STEP):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return Encoding("utf-8", "utf-8")


def _other(opener: Opener, given: str | None) -> Encoding:
    """Return what the bytes are that are not UTF-8, judged by their first 4 MB beyond ASCII."""
    sample, whole = _sample(opener)
    text = decode(sample, given)
    told = tuple(found for found in text.findings if found.code in _TOLD)
    if text.encoding.startswith("utf-8"):
        told = told if whole else (finding("CK-201"),)
        return Encoding("utf-8", text.encoding, mixed=True, findings=told)
    return Encoding(text.encoding.split()[0], text.encoding, findings=told)


def _sample(opener: Opener) -> tuple[bytes, bool]:
    """Return the whole table if it is small, else its first lines that are not ASCII."""
    with opener() as file:
        data = file.read(BLOCK + 1)
        if len(data) <= BLOCK:
            return data, True
        kept: list[bytes] = []
        size = 0
        while data and size < BLOCK:
            lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
            kept += lines
            size += sum(map(len, lines))
            data = file.read(BLOCK)
    return b"".join(kept)[:BLOCK], False


class _Mended(io.RawIOBase):
    """The bytes of a table as clean UTF-8: lines that are not UTF-8 are read as a guess."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Return that this can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with mended bytes."""
        if not self._ready:
            block = self._file.read(BLOCK)
            self._ready = memoryview(_mended(block + self._file.readline(BLOCK)))
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self) -> None:
        """Close the file below."""
        self._file.close()
        super().close()


def _mended(block: bytes) -> bytes:
    """Return a block of whole lines as clean UTF-8."""
    try:
        block.decode()
        return block
    except UnicodeDecodeError:
        pass
    try:
        return decode(block).text.encode("utf-8", "replace")
    except Skipped:  # what looks like binary data in the middle of a table
        return block.decode("utf-8", "replace").encode()


@contextmanager
def characters(opener: Opener, encoding: Encoding) -> Iterator[TextIO]:
    """Open a table as text whose line ends (LF, CR LF, CR) stay as they stand."""
    file = opener()
    file.seek(encoding.start)
    raw = io.BufferedReader(_Mended(file), HEAD) if encoding.mixed else file
    stream = io.TextIOWrapper(raw, encoding.codec, "replace", newline="")
    try:
        yield stream
    finally:
        stream.close()
