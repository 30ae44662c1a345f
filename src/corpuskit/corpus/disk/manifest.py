"""What a store says about itself: which generation is current, and what it holds."""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from ...errors import StoreError
from ...reading.walk import shown
from .durable import Seal, digest_of, told

FORMAT = 2
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
GENERATIONS = "generations"
SIGNATURE = "corpuskit-corpus"
_LINE = re.compile(
    rf"{SIGNATURE} format=(\d+) generation=(\d+) manifest=([0-9a-f]+) crc32=([0-9a-f]{{8}})\n"
)
REBUILD = "Build it again with build_corpus() or save(); the articles themselves are not touched."


@dataclass(frozen=True, slots=True)
class Pointer:
    """The content of CURRENT: the generation to be read, and the digest of its manifest."""

    generation: int
    digest: str

    @property
    def folder(self) -> str:
        """The name of the folder of this generation."""
        return folder_name(self.generation)

    def line(self) -> bytes:
        """Return the one line that CURRENT holds."""
        body = f"{SIGNATURE} format={FORMAT} generation={self.folder} manifest={self.digest}"
        return f"{body} crc32={zlib.crc32(body.encode()):08x}\n".encode()


def folder_name(generation: int) -> str:
    """Return the name of the folder of a generation."""
    return f"{generation:06d}"


def read_pointer(root: Path) -> Pointer:
    """Return what CURRENT of a store says; raise if there is none or it cannot be trusted."""
    data = content_of(root / CURRENT)
    if data is None:
        _absent(root)
    line = data.decode("ascii", "replace")
    if not line.startswith(SIGNATURE):
        raise StoreError(
            f"{shown(root / CURRENT)}: this is no corpus of corpuskit, or it is damaged. "
            f"Nothing was opened. Check the folder. {REBUILD}"
        )
    found = _LINE.fullmatch(line)
    if not found or zlib.crc32(line.rpartition(" ")[0].encode()) != int(found[4], 16):
        raise damage(root / CURRENT, "its one line is not what was written (checksum)")
    refuse_other_format(root, int(found[1]))
    return Pointer(int(found[2]), found[3])


def content_of(path: Path) -> bytes | None:
    """Return the bytes of a file of a store, None if there is no such file."""
    with told(path, "Nothing was opened."):
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None


def _absent(root: Path) -> NoReturn:
    """Raise: there is no store, or none that was ever finished."""
    if not os.path.lexists(root):
        raise StoreError(
            f"{shown(root)}: there is no such folder. Nothing was opened. "
            "Check the spelling and the folder you are in, or build one with build_corpus()."
        )
    raise StoreError(
        f"{shown(root)}: there is no finished corpus in it (no file CURRENT). Nothing was "
        "opened. Check the folder, or build one with build_corpus()."
    )


def refuse_other_format(root: Path, found: int) -> None:
    """Raise if a store is written in a format that this version does not read."""
    if found == FORMAT:
        return
    newer = found > FORMAT
    age, remedy = ("a newer", "Upgrade corpuskit, or build") if newer else ("an older", "Build")
    raise StoreError(
        f"{shown(root)}: it was written by {age} version of corpuskit (format {found}; this one "
        f"reads format {FORMAT}). Nothing was opened. {remedy} it again with build_corpus(); "
        "the articles themselves are not touched."
    )


def damage(path: Path, what: str) -> StoreError:
    """Return the error of a damaged file: which, what is wrong, what to do."""
    return StoreError(f"{shown(path)}: it is damaged: {what}. Nothing was read from it. {REBUILD}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation holds.

    Attributes
    ----------
    options
        What the corpus was made with: token policy, reading options, versions that matter.
    facts
        Numbers that opening needs: articles, tokens.
    files
        The seal of each file.
    """

    options: Mapping[str, Any]
    facts: Mapping[str, int]
    files: Mapping[str, Seal]

    def dumped(self) -> bytes:
        """Return the manifest as the bytes of its file; the same corpus gives the same bytes."""
        content = {
            "format": FORMAT,
            "tool": f"corpuskit {tool_version()}",
            "options": dict(self.options),
            "options_hash": options_hash(self.options),
            "facts": dict(self.facts),
            "files": {name: asdict(seal) for name, seal in sorted(self.files.items())},
        }
        return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode()


def read_manifest(root: Path, pointer: Pointer, data: bytes) -> Manifest:
    """Return the manifest that these bytes are; raise if they are not what was written."""
    path = root / GENERATIONS / pointer.folder / MANIFEST
    if digest_of(data) != pointer.digest:
        raise damage(path, "its content is not what was written (checksum)")
    content = json.loads(data)
    files = {name: Seal(**seal) for name, seal in content["files"].items()}
    return Manifest(content["options"], content["facts"], files)


def options_hash(options: Mapping[str, Any]) -> str:
    """Return the hash of what a corpus was made with."""
    return digest_of(json.dumps(dict(options), sort_keys=True).encode())


def tool_version() -> str:
    """Return the version of corpuskit."""
    return str(getattr(sys.modules[__name__.partition(".")[0]], "__version__", "unknown"))
