"""Build a folder of stores, each from its share of the files, by as many workers as there are."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np

from ...errors import DataError, StoreError, whole
from ...reading.report import ReadReport, Row, read_report
from ...reading.stream import Stream
from ...reading.walk import File, find_files, shown
from ..columns.tokens import DEFAULT, TokenPolicy
from ..disk.building import _from_files, _refuse_inside
from ..disk.generation import new_generation
from ..disk.manifest import CURRENT, read_pointer
from .executors import Task, run_tasks
from .partial import Missing
from .shardlist import LIST, write_list
from .shards import Shards
from .shardstores import open_shards
from .union import failure

Path_ = str | PathLike[str]
FILE_COST = 2_000  # bytes that opening one more file is worth, so that shares take alike long
NAME = "shard-{:03d}"
_NAMED = re.compile(r"shard-\d{3,}")


class Share(NamedTuple):
    """The files of one shard: those whose ids are at least `low` and below `high`."""

    low: str
    high: str | None

    def holds(self, file: File) -> bool:
        """Return whether a file is in this share."""
        return self.low <= file.id and (self.high is None or file.id < self.high)


def build_shards(
    source: Path_ | Iterable[Path_],
    path: Path_,
    *,
    shards: int = 4,
    executor: Executor | None = None,
    timeout: float | None = None,
    tokens: TokenPolicy = DEFAULT,
    reuse: bool = True,
    wait: bool = False,
    **reading: Any,
) -> Shards:
    """Build a folder of stores, each from a share of the files, and return them opened as one.

    The files are shared out in the order of their names, about as many bytes to each, so that
    the shards one after another are the corpus that `build_corpus` makes of the same folder.
    Built again, only what changed is parsed, and what moved from one share to the next.

    Parameters
    ----------
    source
        A folder, a file or a list of files, as for `read_articles`. A single file (a table, an
        archive) is never divided.
    path
        Folder of the stores: new, empty, or built before. Its parent must exist. It must not
        lie inside the folder that is read.
    shards
        How many stores; at most one a file.
    executor, timeout
        As for `open_shards`: who builds. A store is built by one worker.
    tokens, reuse, wait, **reading
        As for `build_corpus`. Other processes must be able to receive them: no lambdas.

    Raises
    ------
    DataError
        If not one article could be loaded, or two have the same id.
    StoreError
        If a folder holds something else, another program is building there, or the disk is full
        or refuses (as ShardError, which names the shard). The shards that were built stay; until
        all are, `open_shards` refuses the folder. Building again goes on from there.
    """
    root = Path(path)
    given: Any = source if isinstance(source, str | PathLike) else list(source)
    _refuse_inside(root, given)
    shares = shares_of(find_files(given).files, whole("shards", shards, "shards", 1))
    _prepare(root)
    names = [NAME.format(n) for n in range(len(shares))]
    options = (tokens, reuse, wait, reading)
    tasks = [
        Task(name, _build_share, (given, str(root / name), share, *options))
        for name, share in zip(names, shares, strict=True)
    ]
    _refuse_failures(run_tasks(tasks, executor, timeout=timeout))
    _publish(root, names)
    return open_shards(root, executor=executor, timeout=timeout)


def shares_of(files: Sequence[File], shards: int) -> list[Share]:
    """Return shares of about as many bytes each; none is without a file."""
    cost = np.array([_size(file) + FILE_COST for file in files], np.float64)
    middle = np.cumsum(cost) - cost / 2
    number = np.minimum((middle * shards / max(cost.sum(), 1)).astype(np.int64), shards - 1)
    first = np.flatnonzero(np.diff(number, prepend=-1))
    lows = ["", *(files[n].id for n in first[1:].tolist())]
    return [Share(low, high) for low, high in zip(lows, [*lows[1:], None], strict=True)]


def _size(file: File) -> int:
    """Return the bytes of a file, 0 where that cannot be known."""
    with suppress(OSError):
        return os.stat(file.path).st_size
    return 0


class _ShareStream(Stream):
    """The files of one share of a folder; ids, outlets and metadata are those of the whole."""

    def __init__(self, path: Any, share: Share, **reading: Any) -> None:
        super().__init__(path, **reading)
        self._share = share

    def __enter__(self) -> Self:
        super().__enter__()
        self.files = [file for file in self.files if self._share.holds(file)]
        return self

    def report(self, rows: Sequence[Row]) -> ReadReport:
        """Return the report of the reading; a share without an article is no error."""
        if any(row.articles for row in rows):
            return super().report(rows)
        return read_report(rows, params={"path": _told(self.path)})


def _told(path: Any) -> Any:
    """Return a path, or how many there are, for the report."""
    return shown(path) if isinstance(path, str | PathLike) else len(path)


def _build_share(
    given: Any,
    path: str,
    share: Share,
    tokens: TokenPolicy,
    reuse: bool,
    wait: bool,
    reading: dict[str, Any],
) -> None:
    """Build the store of one share."""
    with new_generation(Path(path), wait=wait) as draft:
        _from_files(draft, _ShareStream(given, share, **reading), tokens, reuse=reuse)


def _prepare(root: Path) -> None:
    """Make the folder of the stores; raise if it holds something else."""
    root.mkdir(exist_ok=True)
    if (root / CURRENT).exists():
        raise StoreError(
            f"{shown(root)}: it is one store, not a folder of stores. Nothing was written. "
            "Choose another folder."
        )
    foreign = [
        one
        for one in os.listdir(root)
        if not _NAMED.fullmatch(one) and one not in (LIST, f"{LIST}.new")
    ]
    if foreign:
        raise StoreError(
            f"{shown(root)}: it holds something else ({shown(min(foreign))}). Nothing was "
            "written. Choose a folder that is new or empty."
        )


def _refuse_failures(outcomes: Sequence[Any]) -> None:
    """Raise if a share was not built; a fault of the input is told as it is."""
    failed = [one for one in outcomes if one.failure]
    if not failed:
        return
    for one in failed:
        if isinstance(one.error, DataError | TypeError | FileNotFoundError):
            raise one.error
    raise failure([Missing(one.name, one.failure) for one in failed], partial=False)


def _publish(root: Path, names: Sequence[str]) -> None:
    """Say which stores belong together; remove those of a build with more shards."""
    if not any(_articles(root / name) for name in names):
        raise DataError(
            f"{shown(root)}: not one article could be loaded. See what read_articles reports."
        )
    write_list(root, {name: read_pointer(root / name) for name in names})
    for one in os.listdir(root):
        if _NAMED.fullmatch(one) and one not in names and (root / one / CURRENT).exists():
            shutil.rmtree(root / one)


def _articles(path: Path) -> int:
    """Return how many articles a store holds."""
    from ..disk.stored import open_corpus

    return len(open_corpus(path))
