"""One finished generation, open for reading: nothing is trusted before it was checked."""

from __future__ import annotations

import errno
import json
import mmap
import os
import time
import weakref
import zlib
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from . import pages
from .durable import BLOCK, difference, let_go, seal_of, told
from .lock import hold, is_named
from .manifest import GENERATIONS, MANIFEST, Manifest, Pointer, damage, read_manifest, read_pointer
from .pages import PAGED

KINDS = ("uint8", "uint32", "int64", "bool")
NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS})
TRIES = 200  # how often the current generation may change while it is being opened
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_NOT_OPENED = "Nothing was opened."


class Generation:
    """The files of one generation. It stays on the disk for as long as somebody holds it.

    Attributes
    ----------
    root, pointer
        The folder of the store, and which of its generations this is.
    manifest
        What it holds; checked.
    """

    def __init__(self, root: Path, pointer: Pointer, manifest: Manifest, held: int) -> None:
        self.root, self.pointer, self.manifest = root, pointer, manifest
        self.folder = root / GENERATIONS / pointer.folder  # as messages name it
        self._place = self.folder.absolute()  # the working folder may change while it is open
        self._let_go = weakref.finalize(self, let_go, held)

    def close(self) -> None:
        """Let go of the generation before its time; it may be removed from now on."""
        self._let_go()

    def content(self, name: str) -> bytes:
        """Return the content of a file, checked."""
        with told(self.folder / name, _NOT_OPENED):
            number = self.checked(name)
            with os.fdopen(number, "rb") as file:
                return file.read()

    def json(self, name: str) -> Any:
        """Return the content of a JSON file, checked."""
        return json.loads(self.content(name))

    def array(self, name: str, kind: str = "") -> NDArray[Any]:
        """Return a column: a read-only map of its file, checked before it is used."""
        kind = kind or next(kind for kind in KINDS if f"{name}.{kind}" in self.manifest.files)
        file = f"{name}.{kind}"
        return self._column(file, kind)

    def run(self, name: str) -> NDArray[np.uint8]:
        """Return the bytes of a file as a read-only map, checked before they are used."""
        return self._column(name, "uint8")

    def _column(self, file: str, kind: str) -> NDArray[Any]:
        """Return a file as a column: checked in full, or page by page if it is large."""
        size, paged = self.manifest.files[file].size, file.partition(".")[0] in PAGED
        if paged and size >= pages.LEAST and hasattr(os, "pread"):
            return cast(NDArray[Any], self._paged(file, kind))
        with told(self.folder / file, _NOT_OPENED):
            number = self.checked(file)
            try:
                return _mapped(number, size, kind)
            finally:
                let_go(number)

    def _paged(self, file: str, kind: str) -> pages.Paged:
        """Return a large column: mapped, to be checked page by page."""
        page, path = int(self.manifest.facts["page"]), self.folder / file
        first, past = self._pages_before(file, page), self._pages_before(file, page, 1)
        sums = self.array("pages")[first:past]
        with told(path, _NOT_OPENED):
            number = self.sized(file)
            array = _mapped(number, self.manifest.files[file].size, kind)
        return pages.Paged(pages.Pages(array, sums, path, number, page))

    def _pages_before(self, file: str, page: int, more: int = 0) -> int:
        """Return how many pages the large columns before this one have; `more`: with it."""
        names = sorted(name for name in self.manifest.files if name.partition(".")[0] in PAGED)
        before = names[: names.index(file) + more]
        return sum(-(-self.manifest.files[name].size // page) for name in before)

    def checked(self, name: str) -> int:
        """Return an open file whose size and checksum are those of the manifest."""
        number = self.sized(name)
        try:
            crc, block = 0, memoryview(bytearray(BLOCK))
            with os.fdopen(number, "rb", buffering=0, closefd=False) as file:
                while count := file.readinto(block):
                    crc = zlib.crc32(block[:count], crc)
                file.seek(0)
            if crc != self.manifest.files[name].crc32:
                raise damage(self.folder / name, "its content is not what was written (checksum)")
        except BaseException:
            let_go(number)
            raise
        return number

    def sized(self, name: str) -> int:
        """Return an open file that has the size of the manifest; its content is not read."""
        path, wanted = self.folder / name, self.manifest.files[name].size
        try:
            number = os.open(self._place / name, _READ)
        except FileNotFoundError:
            raise damage(path, "it is missing") from None
        found = os.fstat(number).st_size
        if found != wanted:
            let_go(number)
            raise damage(path, f"it has {found:,} bytes instead of {wanted:,}")
        return number

    def problem(self, name: str) -> str:
        """Return what is wrong with a file when all of it is read, "" if nothing is."""
        try:
            found = seal_of(self._place / name, thorough=True)
        except FileNotFoundError:
            return "it is missing"
        except OSError as error:
            return f"it cannot be read ({error.strerror})"
        return difference(found, self.manifest.files[name])


def _mapped(number: int, size: int, kind: str) -> NDArray[Any]:
    """Return an open file as a read-only array that stays mapped while it is used."""
    dtype = np.dtype(kind).newbyteorder("<")
    if not size:
        return np.empty(0, dtype)
    return np.frombuffer(mmap.mmap(number, size, access=mmap.ACCESS_READ), dtype)


def open_generation(root: Path, pointer: Pointer | None = None) -> Generation:
    """Return the current generation of a store, or the one that `pointer` names.

    Raises
    ------
    StoreError
        If there is none, it is damaged, or another version wrote it.
    """
    for _ in range(TRIES):
        wanted = pointer or read_pointer(root)
        folder = root / GENERATIONS / wanted.folder
        with told(folder / MANIFEST, _NOT_OPENED):
            number = _held(folder / MANIFEST)
        if number is not None:
            return _opened(root, wanted, number)
        gone = not (folder / MANIFEST).exists()
        if pointer or (gone and read_pointer(root) == wanted):
            break
        time.sleep(0.001)  # it has just been replaced: look again
    raise damage(folder / MANIFEST, "it is missing")


def _held(path: Path) -> int | None:
    """Return the open manifest, held against removal; None if it is gone or being removed."""
    try:
        number = os.open(path, _READ)
    except FileNotFoundError:
        return None
    try:
        if _shared(number) and is_named(number, path):
            return number
    except BaseException:
        let_go(number)
        raise
    let_go(number)
    return None


def _shared(number: int) -> bool:
    """Return whether an open file is held; where nothing can be locked, go on without."""
    try:
        return hold(number, shared=True)
    except OSError as error:
        if error.errno in NO_LOCKS:
            return True
        raise


def _opened(root: Path, pointer: Pointer, number: int) -> Generation:
    """Return the generation of an open manifest, which is checked."""
    path = root / GENERATIONS / pointer.folder / MANIFEST
    try:
        with told(path, _NOT_OPENED), os.fdopen(number, "rb", closefd=False) as file:
            data = file.read()
        manifest = read_manifest(root, pointer, data)
    except BaseException:
        let_go(number)
        raise
    return Generation(root, pointer, manifest, number)
