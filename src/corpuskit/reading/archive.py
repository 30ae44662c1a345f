"""Zip archives: their members one after another, in memory, within limits; nothing is written."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final, NamedTuple

from .findings.told import Finding, Skipped, finding, skip
from .walk import is_litter, shown

MOST_BYTES: Final = 100_000_000  # of one member
MOST_TOTAL: Final = 4_000_000_000  # of all members together
MOST_MEMBERS: Final = 100_000
MOST_RATIO: Final = 200  # unpacked to packed, from FREE_BYTES on
FREE_BYTES: Final = 5_000_000
DEEPEST: Final = 2  # archives inside archives
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
DOCUMENTS = {"[Content_Types].xml", "mimetype"}  # what the formats of office programs begin with
UTF8_NAME: Final = 0x800  # flag of a member whose name is UTF-8
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Member(NamedTuple):
    """One file of an archive: its bytes, or why it is not read.

    `name` has / between folders and is no other's; `path` is how the archive calls it.
    """

    name: str
    path: str
    data: bytes = b""
    finding: Finding | None = None


@dataclass
class Allowance:
    """What may still be unpacked from one archive and the archives inside it."""

    total: int = field(default_factory=lambda: MOST_TOTAL)
    members: int = field(default_factory=lambda: MOST_MEMBERS)


def is_archive(file: IO[bytes], ending: str) -> bool:
    """Return whether a file is a zip archive of files, not one document in zip's clothing."""
    if ending != ".zip":
        return False
    signed = file.read(4) in SIGNATURES
    names = names_in(file) if signed else set()
    file.seek(0)
    return signed and not names & DOCUMENTS


def names_in(file: IO[bytes]) -> set[str]:
    """Return the names in an archive, none if it cannot be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            return set(archive.namelist())
    except BROKEN:
        return set()


def members(
    file: IO[bytes], allowance: Allowance | None = None, depth: int = 1
) -> Iterator[Member]:
    """Yield the members of an archive in the order of their names; raise Skipped if unreadable.

    Parameters
    ----------
    file
        The archive, open for reading in any order.
    allowance
        What may be unpacked; archives inside share it.
    depth
        1 for an archive on disk, 2 for one inside it.
    """
    allowance = allowance or Allowance()
    try:
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise skip("CK-187", error=type(error).__name__) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not _is_left_out(entry)]
        allowance.members -= len(entries)
        if allowance.members < 0:
            raise skip("CK-188", what=f"more than {MOST_MEMBERS:,} files")
        if not entries:
            raise skip("CK-189")
        for named in sorted(_named(entries), key=lambda one: one.name):
            yield from _opened(named, archive, allowance, depth)


def _is_left_out(entry: zipfile.ZipInfo) -> bool:
    """Return whether a member is a folder or litter."""
    parts = entry.filename.replace("\\", "/").split("/")
    return entry.is_dir() or any(is_litter(part) for part in parts if part not in ("", ".", ".."))


class _Named(NamedTuple):
    """One entry of an archive with its names."""

    name: str
    path: str
    entry: zipfile.ZipInfo


def _named(entries: list[zipfile.ZipInfo]) -> list[_Named]:
    """Return the members with names that are text and distinct."""
    seen: dict[str, int] = {}
    made = []
    for entry in entries:
        name = shown(_name(entry).replace("\\", "/"))
        seen[name] = seen.get(name, 0) + 1
        own = f"{name}~{seen[name]}" if seen[name] > 1 else name
        made.append(_Named(own, name, entry))
    return made


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a member; many programs write UTF-8 without saying so."""
    if entry.flag_bits & UTF8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _opened(
    named: _Named, archive: zipfile.ZipFile, allowance: Allowance, depth: int
) -> Iterator[Member]:
    """Yield a member, or the members of an archive in its place."""
    name, path, entry = named
    try:
        data = _unpacked(archive, entry, allowance)
        if not is_archive(io.BytesIO(data), path[-4:].lower()):
            yield Member(name, path, data)
            return
        if depth == DEEPEST:
            raise skip("CK-188", what=f"archives more than {DEEPEST} deep")
        for one in members(io.BytesIO(data), allowance, depth + 1):
            yield one._replace(name=f"{name}/{one.name}", path=f"{path}/{one.path}")
    except Skipped as skipped:
        yield Member(name, path, finding=skipped.finding)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    """Return the bytes of a member; raise Skipped if it may not or cannot be unpacked."""
    _refuse(entry)
    most = min(MOST_BYTES, max(FREE_BYTES, MOST_RATIO * entry.compress_size))
    if allowance.total <= 0:
        raise skip("CK-188", what=f"more than {MOST_TOTAL // 1_000_000:,} MB of files")
    try:
        with archive.open(entry) as part:
            data = part.read(most + 1)
    except (*BROKEN, RuntimeError) as error:
        raise skip("CK-187", error=type(error).__name__) from error
    allowance.total -= len(data)
    if len(data) > most:
        raise skip("CK-190", most=f"{most // 1_000_000:,}")
    return data


def _refuse(entry: zipfile.ZipInfo) -> None:
    """Raise Skipped for a member that is locked, a link, or named to lead elsewhere."""
    name = _name(entry).replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        raise skip("CK-195")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Skipped(finding("CK-113", kind="link"))
    if entry.flag_bits & 1:
        raise skip("CK-186")
