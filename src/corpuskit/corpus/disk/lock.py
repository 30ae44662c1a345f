"""One builder at a time: a lock that the system itself lets go of when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...errors import StoreError
from ...reading.walk import shown
from .durable import let_go, told

LOCK = "lock"
PAUSE = 0.05  # seconds between two looks at a lock that is held

if sys.platform == "win32":
    import msvcrt

    def hold(number: int, *, shared: bool = False) -> bool:
        """Take the lock of an open file without waiting; return whether it was free."""
        if shared:
            return True  # an open file cannot be removed there, which is all that is needed
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def hold(number: int, *, shared: bool = False) -> bool:
        """Take the lock of an open file without waiting; return whether it was free."""
        try:
            fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def building(root: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock of a store; a lock file that a dead builder left behind is no lock.

    Raises
    ------
    StoreError
        If someone else is building there and `wait` is False.
    """
    while (number := _taken(root)) is None:
        if not wait:
            raise StoreError(
                f"{shown(root)}: it is busy; another notebook or program is building it. "
                "Nothing was changed. Wait until it is done, or give wait=True."
            )
        time.sleep(PAUSE)
    try:
        yield
    finally:
        let_go(number)


def _taken(root: Path) -> int | None:
    """Return the open lock file of a store, or None while someone else holds it."""
    with told(root):
        number = _opened(root)
        try:
            if hold(number) and is_named(number, root / LOCK):
                return number
        except BaseException:
            let_go(number)
            raise
    let_go(number)
    return None


def _opened(root: Path) -> int:
    """Return the open lock file of a store; its folder is made if there is none."""
    made = False
    while True:
        with suppress(FileExistsError):
            os.mkdir(root)
            made = True
        try:
            return os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            continue  # a first build that failed has just removed the folder
        except OSError:
            if made:
                with suppress(OSError):
                    os.rmdir(root)
            raise


def is_named(number: int, path: Path) -> bool:
    """Return whether an open file still has its name (it may just have been removed)."""
    try:
        return os.path.samestat(os.fstat(number), os.stat(path))
    except FileNotFoundError:
        return False
