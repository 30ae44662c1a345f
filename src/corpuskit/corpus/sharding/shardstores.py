"""Stores of one folder, or of a list, opened as one corpus."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from os import PathLike
from pathlib import Path

from ...errors import ShardError, StoreError, kind
from ...reading.walk import shown
from ..corpus import Corpus
from ..disk.manifest import CURRENT, Pointer
from ..disk.opened import open_generation
from .partial import Missing
from .shardlist import of_another_build, read_list
from .shards import Shards
from .union import Members, failure, fewer

Path_ = str | PathLike[str]


def open_shards(
    paths: Path_ | Iterable[Path_],
    *,
    executor: Executor | None = None,
    timeout: float | None = None,
    partial: bool = False,
) -> Shards:
    """Return several stores as one corpus; every answer is that of one corpus, byte for byte.

    Parameters
    ----------
    paths
        The stores, in the order in which their articles shall stand; or a folder of stores,
        which are taken in the order of their names.
    executor
        Who works on the shards: any `concurrent.futures.Executor`, such as a
        ThreadPoolExecutor, a ProcessPoolExecutor, or what `get_executor()` of a Dask client
        gives. It stays open. None: this process, one shard after another.
    timeout
        Seconds that an executor may take for one shard, from when it is waited for; None: as
        long as it takes. Without an executor nothing is stopped.
    partial
        True: an answer is made of the other shards if one fails twice, and its first note says
        so. False: that raises.

    Raises
    ------
    StoreError
        If there is no store, or one cannot be opened (as ShardError, which names it; with
        `partial=True` only if none can).
    DataError
        If two articles have the same id.

    Examples
    --------
    >>> import corpuskit as ck, tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> for name in ("a", "b"):
    ...     text = f"The pact of {name} holds."
    ...     ck.Corpus.from_frame([{"id": name, "text": text}]).save(folder / name)
    >>> ck.kwic(ck.open_shards(folder).find("pact"), window=1)
    Kwic(pattern='pact', window=1): 2 hits in 2 articles
    article  start  left  node  right
    a            4   The  pact  of
    b            4   The  pact  of
    Note: The window counts words; marks between them are shown, not counted. ¶ is a new paragraph.
    """
    opened: list[tuple[str, Corpus]] = []
    missing = []
    stores = _stores(paths)
    for name, (path, pointer) in zip(_names([one for one, _ in stores]), stores, strict=True):
        try:
            opened.append((name, _opened(path, pointer)))
        except StoreError as error:
            missing.append(Missing(name, " ".join(str(error).split())))
    if missing and not (partial and opened):
        raise failure(missing, partial)
    names, corpora = zip(*opened, strict=True)
    members = Members(names, corpora, executor, timeout, partial, tuple(missing))
    return _settled(members)


def _opened(path: Path, pointer: Pointer | None) -> Corpus:
    """Return a store; raise if it is not the one that belongs to the others."""
    found = open_generation(path)
    other = of_another_build(found.pointer, pointer) if pointer else ""
    if other:
        raise StoreError(f"{shown(path)}: {other}.")
    return Corpus._of(found)


def _stores(paths: Path_ | Iterable[Path_]) -> list[tuple[Path, Pointer | None]]:
    """Return the folders of the stores, each with the generation that is meant if it is known."""
    if isinstance(paths, str | PathLike):
        listed = read_list(Path(paths))
        if listed:
            return [(Path(paths) / name, pointer) for name, pointer in listed.items()]
    return [(path, None) for path in _folders(paths)]


def _folders(paths: Path_ | Iterable[Path_]) -> list[Path]:
    """Return the folders of the stores."""
    if not isinstance(paths, str | PathLike):
        kind("paths", paths, Iterable, "Give the folders of the stores, or the folder of them.")
        found = [Path(path) for path in paths]
    elif (Path(paths) / CURRENT).exists():
        found = [Path(paths)]
    else:
        folder = Path(paths)
        inside = folder.iterdir() if folder.is_dir() else ()
        found = sorted(path for path in inside if (path / CURRENT).exists())
    if not found:
        raise StoreError(
            f"{paths}: there is no store in it. Nothing was opened. Give the folder that "
            "build_shards wrote, or a list of stores."
        )
    return found


def _names(paths: Sequence[Path]) -> list[str]:
    """Return what each shard is called: its folder, or its path where two folders are alike."""
    folders = [os.path.basename(os.path.abspath(path)) for path in paths]
    pairs = zip(folders, paths, strict=True)
    return [name if folders.count(name) == 1 else shown(path) for name, path in pairs]


def _settled(members: Members) -> Shards:
    """Return shards as one corpus; those that do not even tell their articles may be left out."""
    while True:
        try:
            return Shards._of_members(members)
        except ShardError as error:
            if not error.lost:
                raise
            members = fewer(members, error.lost)
