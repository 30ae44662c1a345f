"""Which stores of a folder belong together: written last, so that two builds never mix."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from ...errors import StoreError
from ...reading.walk import shown
from ..disk.durable import sync_folder, told, write_whole
from ..disk.manifest import Pointer

LIST = "SHARDS"
FORMAT = 1


def write_list(root: Path, shards: Mapping[str, Pointer]) -> None:
    """Write the list of the stores of one build, each with its generation, in one step."""
    rows = {name: [one.generation, one.digest] for name, one in shards.items()}
    data = json.dumps({"format": FORMAT, "shards": rows}, indent=1, sort_keys=True)
    fresh = root / f"{LIST}.new"
    with told(root / LIST):
        fresh.unlink(missing_ok=True)
        write_whole(fresh, f"{data}\n".encode())
        os.replace(fresh, root / LIST)
        sync_folder(root)


def read_list(root: Path) -> dict[str, Pointer] | None:
    """Return the stores that belong together, by name; None if nothing is said."""
    try:
        data = (root / LIST).read_bytes()
    except FileNotFoundError:
        return None
    try:
        found = json.loads(data)
        rows = {name: Pointer(*one) for name, one in sorted(found["shards"].items())}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StoreError(
            f"{shown(root / LIST)}: it is damaged. Nothing was opened. Build the shards again "
            "with build_shards()."
        ) from None
    return rows


def of_another_build(found: Pointer, wanted: Pointer) -> str:
    """Return why a store does not belong to the others, "" if it does."""
    if found == wanted:
        return ""
    return "it is of another build than the others, which did not finish; build the shards again"
