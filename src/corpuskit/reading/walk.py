"""The files of a folder: found once, in the order of their names; nothing is opened here."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .findings.told import Finding, finding

PathLike = str | os.PathLike[str]

LITTER = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r"})
KINDS = (
    (stat.S_ISFIFO, "named pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISBLK, "device"),
    (stat.S_ISCHR, "device"),
)


@dataclass(frozen=True, slots=True)
class File:
    """One file: where it is, its id (relative path with /), and why it is not read, if so."""

    path: str
    id: str
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Found:
    """What a walk has found: files in the order of their ids, and names of litter."""

    files: list[File] = field(default_factory=list)
    litter: Counter[str] = field(default_factory=Counter)


def find_files(path: PathLike | Iterable[PathLike]) -> Found:
    """Return the files below a folder, or the one file, or the files of a list."""
    given = [path] if isinstance(path, str | os.PathLike) else list(path)
    paths = [os.path.abspath(one) for one in given]
    for named, one in zip(given, paths, strict=True):
        if not os.path.lexists(one):
            raise FileNotFoundError(
                f"{shown(os.fspath(named))}: there is no such folder or file. Nothing was read. "
                "Check the spelling and the folder you are in."
            )
    found = Found()
    root = _root(paths)
    for one in dict.fromkeys(paths):
        if os.path.isdir(one):
            _walk(one, root, found)
        else:
            found.files.append(_file(one, root, os.stat(one).st_mode if os.path.exists(one) else 0))
    found.files = _distinct(sorted(found.files, key=lambda file: file.id))
    return found


def _root(paths: Sequence[str]) -> str:
    """Return the folder that ids are relative to."""
    if not paths:
        return ""
    folders = [one if os.path.isdir(one) else os.path.dirname(one) for one in paths]
    return os.path.commonpath(folders)


def _walk(top: str, root: str, found: Found) -> None:
    """Add the files below `top`; links to folders are never followed, so nothing loops."""
    stack = [top]
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    _add(entry, root, top, stack, found)
        except OSError as error:
            found.files.append(_named(folder, root, trouble(error)))


def _add(entry: os.DirEntry[str], root: str, top: str, stack: list[str], found: Found) -> None:
    """Add one entry of a folder: litter, a link, a folder to walk, or a file."""
    if is_litter(entry.name):
        found.litter[_safe(entry.name)] += 1
    elif entry.is_symlink():
        found.files.append(_link(entry.path, root, top))
    elif entry.is_dir(follow_symlinks=False):
        stack.append(entry.path)
    elif entry.is_file(follow_symlinks=False):
        found.files.append(_named(entry.path, root))
    else:
        found.files.append(_file(entry.path, root, entry.stat(follow_symlinks=False).st_mode))


def is_litter(name: str) -> bool:
    """Return whether a name is that of a hidden or temporary file or folder."""
    return name[0] == "." or name.startswith("~$") or name.lower() in LITTER


def _link(path: str, root: str, top: str) -> File:
    """Return a link: read if it leads to a file of the folder that is not met elsewhere."""
    try:
        target = os.path.realpath(path, strict=True)
    except OSError:
        return _named(path, root, finding("CK-115"))
    real_top = os.path.realpath(top)
    if target != real_top and not target.startswith(real_top.rstrip(os.sep) + os.sep):
        return _named(path, root, finding("CK-114"))
    inner = os.path.relpath(target, real_top)
    hidden = any(part.startswith(".") and part != "." for part in Path(inner).parts)
    if hidden and os.path.isfile(target):
        return _named(path, root)
    name = "the folder itself" if inner == "." else shown(inner.replace(os.sep, "/"))
    return _named(path, root, finding("CK-116", target=name))


def _file(path: str, root: str, mode: int) -> File:
    """Return a file, with a reason if it is a pipe, a socket or a device."""
    if stat.S_ISREG(mode):
        return _named(path, root)
    kind = next((name for test, name in KINDS if test(mode)), "broken link")
    return _named(path, root, finding("CK-113", kind=kind))


def trouble(error: OSError) -> Finding:
    """Return the finding of an error of the file system."""
    if isinstance(error, PermissionError):
        return finding("CK-111")
    return finding("CK-112", error=error.strerror or type(error).__name__)


def _named(path: str, root: str, *found: Finding) -> File:
    """Return a file with its id; a name that is not text is escaped, and this is told."""
    name = path[len(root) :].lstrip(os.sep).replace(os.sep, "/") or os.path.basename(path)
    safe = _safe(name)
    if safe != name and not found:
        found = (finding("CK-117"),)
    return File(path, safe, found)


def _safe(name: str) -> str:
    """Return a name with everything that is not printable text written as an escape."""
    if name.isprintable():
        return name
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(path: object) -> str:
    """Return a path as it may be shown in a message."""
    return _safe(os.fspath(path) if isinstance(path, os.PathLike) else str(path))


def _distinct(files: list[File]) -> list[File]:
    """Return the files with distinct ids: escaping may have made two names equal."""
    seen: Counter[str] = Counter()
    distinct = []
    for file in files:
        seen[file.id] += 1
        number = seen[file.id]
        distinct.append(replace(file, id=f"{file.id}~{number}") if number > 1 else file)
    return distinct
