"""Every Result that a notebook shows -> CSV."""

from __future__ import annotations

import re
import warnings
from collections.abc import Container
from itertools import count
from pathlib import Path

from ..errors import DataError
from ..result import Result
from .tables import to_csv


def keep_tables(folder: str | Path, name: str = "table") -> None:
    """From now on, write every Result that this notebook shows into `folder` as CSV.

    Parameters
    ----------
    folder
        Where the files go; it must exist.
    name
        What the file names begin with: `name-cell7-collocates.csv` for cell 7.
    """
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    display = shell.display_formatter if shell is not None else None
    if shell is None or display is None:
        raise ValueError("`keep_tables` works inside a notebook. Use `to_csv` elsewhere.")

    def show(result: Result) -> str:
        _keep(result, Path(folder), f"{name}-cell{shell.displayhook.prompt_count}")
        return result._repr_html_()

    display.formatters["text/html"].for_type(Result, show)


def file_end(title: str, taken: Container[str]) -> str:
    """Return the end of a table's file name: its title, numbered if that is `taken`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", title).lower()
    kind = re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "table"
    names = (kind if n == 1 else f"{kind}-{n}" for n in count(1))
    return next(name for name in names if name not in taken)


def _keep(result: Result, folder: Path, start: str) -> None:
    """Write one shown result; a table that cannot be written is a warning, not an error."""
    taken = {file.stem.removeprefix(f"{start}-") for file in folder.glob("*.csv")}
    path = folder / f"{start}-{file_end(result.title or type(result).__name__, taken)}.csv"
    try:
        to_csv(result, path)
    except (DataError, OSError) as error:
        warnings.warn(f"{path.name} was not written: {error}", stacklevel=1)
