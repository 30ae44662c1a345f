"""The report folder: it replaces its own files and touches no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..errors import DataError
from ..export import write_whole

MANIFEST = "corpuskit-report.json"


def check_folder(out: Path, names: Iterable[str]) -> None:
    """Raise a DataError if the report would overwrite something that it did not write.

    Parameters
    ----------
    out
        The report folder; it may be missing.
    names
        What the report will write there: file names, and folders without a slash.
    """
    if out.exists() and not out.is_dir():
        raise DataError(f"{out}: this is a file. Nothing was run. Give another folder with --out.")
    own = {part for name in _manifest(out) for part in (name, name.split("/")[0])}
    foreign = [name for name in sorted(names) if (out / name).exists() and name not in own]
    if foreign:
        raise DataError(
            f"{out / foreign[0]}: a report would overwrite this, and corpuskit did not write it. "
            "Nothing was run. Give another folder with --out."
        )


def publish(out: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` into `out`, each whole; remove what an earlier report left there.

    Parameters
    ----------
    out
        The report folder; it is made if it is missing.
    files
        Path inside the folder (with `/`) -> contents. The index comes last, so that it never
        names a file that is not there.
    """
    before = _manifest(out)
    for name in sorted(files, key=lambda name: (name == "index.html", name)):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, files[name])
    marks = {name: _mark(files[name]) for name in sorted(files)}
    text = json.dumps({"made by": "corpuskit", "files": marks}, indent=1, ensure_ascii=False)
    write_whole(out / MANIFEST, (text + "\n").encode("utf-8"))
    for name in sorted(set(before) - set(files)):
        _remove(out, name, before[name])


def _manifest(out: Path) -> dict[str, str]:
    """Return file -> SHA-256 of the last report in `out`; empty if there is none."""
    try:
        files = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
        return {str(name): str(mark) for name, mark in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _remove(out: Path, name: str, mark: str) -> None:
    """Remove a file of an earlier report, unless someone has changed it since."""
    path = out / name
    inside = path.resolve().is_relative_to(out.resolve())
    if inside and path.is_file() and not path.is_symlink() and _mark(path.read_bytes()) == mark:
        path.unlink()


def _mark(data: bytes) -> str:
    """Return what a file is recognised by."""
    return hashlib.sha256(data).hexdigest()
