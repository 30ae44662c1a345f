"""The files of a share -> what they say, whoever made them: checked before anything is used."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from ...errors import DataError
from ..tables import table_in
from .share import FORMAT

NAMES = re.compile(r"[A-Za-z]{1,20}\.(?:json|csv|txt)|(?:hits|tables)/[0-9]{4,6}\.csv")
MOST_FILES = 10_000
MOST_BYTES = 2_000_000_000
MANIFEST = "manifest.json"
_REMEDY = "Nothing was opened. Ask for the share again."


class SharedFiles:
    """The files of a share, each of the size and hash that its manifest gives.

    Parameters
    ----------
    path
        A folder that `to_share` wrote, or a .zip of it. Nothing is unpacked, no link followed,
        and no file is opened but those with names that a share has.

    Raises
    ------
    DataError
        If it is no share, of a newer kind, or not what its manifest says.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        self._read = self._zip() if self.path.is_file() else self._folder
        manifest = self._parsed(MANIFEST, self._read(MANIFEST, 10_000_000))
        if not isinstance(manifest, dict) or manifest.get("format") != "corpuskit share":
            raise self.wrong(MANIFEST, "it is no manifest of a share")
        if manifest.get("number") != FORMAT:
            number = str(manifest.get("number"))[:20]
            raise self.wrong(
                MANIFEST, f"the share has format {number}; this program knows {FORMAT}"
            )
        self._files = self._listed(manifest.get("files"))

    def wrong(self, name: str, what: str) -> DataError:
        """Return the error that a file of the share is not what it should be."""
        return DataError(f"{self.path}: {name}: {what}. {_REMEDY}")

    def json(self, name: str, wanted: type) -> Any:
        """Return what a JSON file holds, of this kind."""
        value = self._parsed(name, self._bytes(name))
        if not isinstance(value, wanted):
            raise self.wrong(name, f"it holds a {type(value).__name__}, not a {wanted.__name__}")
        return value

    def table(self, name: str, kinds: Mapping[str, type] | None = None) -> pd.DataFrame:
        """Return a CSV file as a table, with these columns of these kinds."""
        try:
            frame = table_in(self._bytes(name), f"{self.path}: {name}")
        except DataError:
            raise
        except (ValueError, OverflowError) as error:
            raise self.wrong(name, f"it cannot be read ({str(error)[:80]})") from error
        for column, kind in (kinds or {}).items():
            if column not in frame.columns or list(frame.columns).count(column) > 1:
                raise self.wrong(name, f"the column {column!r} is missing or there twice")
            if any(type(value) is not kind for value in frame[column].tolist()):
                raise self.wrong(name, f"the column {column!r} holds other than {kind.__name__}")
            if kind is int and len(frame) and frame[column].dtype != "int64":
                raise self.wrong(name, f"the column {column!r} holds numbers that are too large")
        return frame

    def bytes_of(self, name: str) -> bytes:
        """Return the bytes of a file as they were written."""
        return self._bytes(name)

    def _bytes(self, name: str) -> bytes:
        """Return a file; raise unless it is what the manifest says."""
        if name not in self._files:
            raise self.wrong(str(name)[:80], "the manifest does not list it")
        size, digest = self._files[name]
        data = self._read(name, size)
        if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
            raise self.wrong(name, "it was changed after it was written")
        return data

    def _listed(self, files: object) -> dict[str, tuple[int, str]]:
        """Return size and hash of each file in the manifest."""
        if not isinstance(files, dict) or len(files) > MOST_FILES:
            raise self.wrong(MANIFEST, f"it lists no files, or more than {MOST_FILES:,}")
        listed = {}
        for name, facts in files.items():
            size = facts.get("bytes") if isinstance(facts, dict) else None
            if not NAMES.fullmatch(name) or type(size) is not int or size < 0:
                raise self.wrong(MANIFEST, f"it lists {name[:80]!r}, which no share has")
            listed[name] = (size, str(facts.get("sha256")))
        if sum(size for size, _ in listed.values()) > MOST_BYTES:
            raise self.wrong(MANIFEST, f"the files have more than {MOST_BYTES:,} bytes")
        return listed

    def _parsed(self, name: str, data: bytes) -> Any:
        """Return the value of JSON bytes."""
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise self.wrong(name, f"it is no JSON ({str(error)[:80]})") from error

    def _folder(self, name: str, most: int) -> bytes:
        """Return at most so many bytes of a regular file of the folder, and one more."""
        path = self.path / name
        try:
            parents = [path, *list(path.parents)[: name.count("/")]]
            plain = not any(one.is_symlink() for one in parents)
            if not plain or not stat.S_ISREG(path.lstat().st_mode):
                raise self.wrong(name, "it is a link or no regular file")
            with path.open("rb") as file:
                return file.read(most + 1)
        except OSError as error:
            raise self.wrong(name, f"it cannot be read ({error.strerror})") from error

    def _zip(self) -> Callable[[str, int], bytes]:
        """Return what reads at most so many bytes of a member of the zip, and one more."""
        try:
            archive = zipfile.ZipFile(self.path)
        except (OSError, zipfile.BadZipFile) as error:
            raise DataError(f"{self.path}: it is no zip file. {_REMEDY}") from error
        names = archive.namelist()
        if len(names) > MOST_FILES + 1 or len(set(names)) < len(names):
            raise self.wrong("the zip", "it holds too many files, or one of them twice")

        def read(name: str, most: int) -> bytes:
            try:
                with archive.open(name) as file:
                    return file.read(most + 1)
            except (KeyError, OSError, RuntimeError, NotImplementedError, EOFError) as error:
                raise self.wrong(name, "it is missing or cannot be read") from error
            except (zipfile.BadZipFile, zlib.error) as error:
                raise self.wrong(name, "it is damaged") from error

        return read
