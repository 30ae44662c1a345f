"""A store on disk: generations that never change, and one pointer that names the current one.

```
store/CURRENT               one line: format, number and digest of the manifest, checksum
store/lock                  held by whoever builds
store/generations/000007/   immutable; manifest.json seals every other file
store/generations/draft/    what is being built; nobody reads it
```

Nothing is written in place. A generation is written beside the current one and forced to the
disk, then one `os.replace` of CURRENT makes it the current one: a reader finds exactly the old
corpus or exactly the new one, whatever happens in between.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import StoreError
from ...reading.walk import shown
from .durable import PAGE, Seal, Writer, let_go, plainly, sync_folder, told, write_whole
from .lock import LOCK, building, hold
from .manifest import CURRENT, GENERATIONS, MANIFEST, Manifest, Pointer, read_pointer
from .pages import PAGED

DRAFT = "draft"
PAGES = "pages"
FRESH = "CURRENT.new"
OURS = frozenset({CURRENT, FRESH, LOCK, GENERATIONS})
SPILL = "spill-"  # files of a draft that are gone before it is published
_NUMBER = re.compile(r"\d{6,}")


class Draft:
    """A generation that is being written; it does not exist for readers yet.

    Attributes
    ----------
    options, facts
        What its manifest will say.
    seals
        What was written, by the name of the file.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / GENERATIONS / DRAFT
        self.options: Mapping[str, Any] = {}
        self.facts: Mapping[str, int] = {}
        self.seals: dict[str, Seal] = {}
        self._pages: dict[str, list[int]] = {}
        os.makedirs(self.folder)

    @contextmanager
    def file(self, name: str) -> Iterator[Writer]:
        """Give a new file to write to; it is sealed at the end."""
        paged = name.partition(".")[0] in PAGED
        with Writer(self.folder / name, pages=paged) as writer:
            yield writer
            self.seals[name] = writer.close()
        if paged:
            self._pages[name] = writer.pages

    def array(self, name: str, array: NDArray[Any]) -> None:
        """Write a column; its file is called by its name and kind of number."""
        with self.file(f"{name}.{plainly(array)}") as file:
            file.write_array(array)

    def _write_pages(self) -> None:
        """Write the checksums of the pages of large columns, file after file."""
        sums = [self._pages[name] for name in sorted(self._pages)]
        self.array(PAGES, np.array([one for some in sums for one in some], np.uint32))

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file that is finished."""
        with told(self.folder / name), open(self.folder / name, "rb") as file:
            yield from file

    def publish(self) -> None:
        """Make this draft the current generation."""
        with told(self.root):
            self._write_pages()
            manifest = Manifest(self.options, {**self.facts, "page": PAGE}, self.seals)
            seal = write_whole(self.folder / MANIFEST, manifest.dumped())
            sync_folder(self.folder)
            pointer = Pointer(_next_number(self.root), seal.blake2b)
            os.rename(self.folder, self.root / GENERATIONS / pointer.folder)
            sync_folder(self.root / GENERATIONS)
            write_whole(self.root / FRESH, pointer.line())
            sync_folder(self.root)
            os.replace(self.root / FRESH, self.root / CURRENT)
        with told(self.root, "The new corpus is in place, but it may be lost if power fails now."):
            sync_folder(self.root)
        with suppress(OSError):  # it may not be ours to read
            sync_folder(self.root.parent)


@contextmanager
def new_generation(root: Path, *, wait: bool = False) -> Iterator[Draft]:
    """Give a draft to fill; publish it at the end, or leave everything as it was.

    Parameters
    ----------
    root
        The folder of the store; made if there is none (the folder above it must be there).
    wait
        True: wait while another program builds there.

    Raises
    ------
    StoreError
        If the folder holds something else, is busy, or the disk refuses.
    """
    with told(root):
        existed = _refuse_folder(root)
    with building(root, wait=wait):
        try:
            with told(root):
                sweep(root)
                draft = Draft(root)
            yield draft
            draft.publish()
        finally:
            with suppress(OSError, StoreError):  # what is left, the next build removes
                sweep(root)
                _leave_nothing(root, existed)


def _refuse_folder(root: Path) -> bool:
    """Return whether the folder is there; raise if a store must not be built in it."""
    if not root.parent.is_dir():
        raise StoreError(
            f"{shown(root)}: the folder {shown(root.parent)} that should hold it is not there. "
            "Nothing was written. Make it first, or check the spelling."
        )
    if not os.path.lexists(root):
        return False
    if not root.is_dir():
        raise StoreError(
            f"{shown(root)}: there is a file of this name. Nothing was written. "
            "Choose another name for the corpus."
        )
    names = set(os.listdir(root))
    ours = names <= OURS or _is_store(root)
    if not ours or (root / GENERATIONS).is_symlink():
        other = min(names - OURS, default=GENERATIONS)
        raise StoreError(
            f"{shown(root)}: the folder holds other files ({shown(other)}). Nothing was written. "
            "Choose a new or empty folder for the corpus."
        )
    return True


def _is_store(root: Path) -> bool:
    """Return whether a folder holds a finished corpus of ours."""
    try:
        read_pointer(root)
    except StoreError:
        return False
    return True


def _generations(root: Path) -> list[str]:
    """Return the names of the generations that stand in a store, finished or not."""
    try:
        names = os.listdir(root / GENERATIONS)
    except FileNotFoundError:
        return []
    return sorted(name for name in names if name == DRAFT or _NUMBER.fullmatch(name))


def _next_number(root: Path) -> int:
    """Return a number that no generation has had since the current one."""
    return max((int(name) for name in _generations(root) if name != DRAFT), default=0) + 1


def sweep(root: Path) -> None:
    """Remove what is no longer needed: drafts, and old generations that nobody reads.

    Only the holder of the lock may do this. Where it is not certain which generation is
    current, only the draft goes.
    """
    with suppress(FileNotFoundError):
        os.unlink(root / FRESH)
    current = _current(root)
    for name in _generations(root):
        if name == DRAFT:
            _remove(root / GENERATIONS / name)
        elif current is not None and name != current:
            with suppress(OSError):  # in use, or out of order: the next build tries again
                _remove(root / GENERATIONS / name)


def _current(root: Path) -> str | None:
    """Return the name of the current generation, "" if none was finished, None if unknown."""
    try:
        return read_pointer(root).folder
    except StoreError:
        return None if os.path.lexists(root / CURRENT) else ""


def _remove(folder: Path) -> None:
    """Remove a generation that nobody reads; its manifest, which readers hold, goes last."""
    with _to_ourselves(folder / MANIFEST) as free:
        if not free:
            return
        for name in sorted(os.listdir(folder), key=lambda name: name == MANIFEST):
            os.unlink(folder / name)
    os.rmdir(folder)


@contextmanager
def _to_ourselves(manifest: Path) -> Iterator[bool]:
    """Keep readers from opening a generation; give whether none has."""
    if os.name == "nt":
        yield _is_removed(manifest)
        return
    try:
        number = os.open(manifest, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    try:
        yield hold(number)
    finally:
        let_go(number)


def _is_removed(manifest: Path) -> bool:
    """Remove a manifest where what is open cannot be removed; return whether it is gone."""
    try:
        os.unlink(manifest)
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
    return True


def _leave_nothing(root: Path, existed: bool) -> None:
    """Remove what a first build that failed has made: the lock, and the folder if it was new."""
    if os.path.lexists(root / CURRENT):
        return
    with suppress(FileNotFoundError):
        os.rmdir(root / GENERATIONS)
    os.unlink(root / LOCK)
    if not existed:
        os.rmdir(root)
