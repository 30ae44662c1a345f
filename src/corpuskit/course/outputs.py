"""The committed outputs of the notebooks: written again, or compared byte for byte."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest
from pathlib import Path

from nbformat import NotebookNode

from ..export import write_whole
from .job import DATA, NODE, numbered
from .kernels import WORKERS, Executed, as_file, as_node, execute, one_line

DIFF_LINES = 8


def refresh(
    only: Iterable[str | Path] = (),
    *,
    check: bool = False,
    notebooks: str | Path = "notebooks",
    workers: int = WORKERS,
) -> tuple[str, ...]:
    """Run the notebooks on their own corpus and write their outputs into them, or compare them.

    Parameters
    ----------
    only
        Notebook files; by default the numbered notebooks and those in `solutions/`.
    check
        Change nothing; say what would change.
    notebooks
        Folder of the course.
    workers
        Kernels at once.

    Returns
    -------
    tuple of str
        What is wrong, one text for each: a cell that failed (its notebook is not written), and
        with `check` each cell whose outputs differ, pictures included. Empty if all is well.
    """
    paths = [Path(path) for path in only] or _course(Path(notebooks))
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(f"{path}: there is no such notebook. Check the name.")
    runs = execute(paths, variables={DATA: None, NODE: None}, workers=workers)
    wrong: list[str] = []
    for run in runs:
        if run.failure:
            wrong.append(run.failure)
        elif check:
            wrong += _differences(run)
        else:
            _write(run)
    return tuple(wrong)


def _course(folder: Path) -> list[Path]:
    """Return the numbered notebooks and their solutions."""
    return [*numbered(folder), *sorted((folder / "solutions").glob("*.ipynb"))]


def _write(run: Executed) -> None:
    """Write the outputs into the notebook, if any byte changes."""
    data = as_file(run.notebook)
    if data != run.path.read_bytes():
        write_whole(run.path, data)


def _differences(run: Executed) -> list[str]:
    """Return what differs between the committed notebook and its run, cell by cell."""
    committed = run.path.read_bytes()
    if committed == as_file(run.notebook):
        return []
    before = as_node(json.loads(committed))
    found = []
    for old, new in zip_longest(before.cells, run.notebook.cells):
        number = new.get("execution_count")
        if number is not None and old.get("execution_count") != number:
            found.append(
                f"{run.path.name}, cell {number}: the committed number is "
                f"{old.get('execution_count')}."
            )
        if lines := _changed(old.get("outputs", []), new.get("outputs", [])):
            found.append("\n    ".join([f"{run.path.name}, cell {number}: outputs differ", *lines]))
    return found or [
        f"{run.path.name}: the outputs are equal, but the file is not as `corpuskit refresh` "
        "writes it (format or metadata)."
    ]


def _changed(old: Sequence[NotebookNode], new: Sequence[NotebookNode]) -> list[str]:
    """Return the first lines that differ between two lists of outputs."""
    if [_plain(o) for o in old] == [_plain(n) for n in new]:
        return []
    diff = difflib.unified_diff(_lines(old), _lines(new), "committed", "now", n=0, lineterm="")
    marked = [line for line in diff if not line.startswith(("---", "+++", "@@"))]
    lines = [one_line(line)[:160] for line in islice(marked, DIFF_LINES)]
    more = len(marked) - len(lines)
    return [*lines, *([f"… and {more} more lines"] if more > 0 else [])]


def _plain(output: NotebookNode) -> str:
    """Return an output as one text in which split and joined lines are equal."""
    return json.dumps(_joined(output), sort_keys=True, ensure_ascii=False)


def _joined(value: object) -> object:
    """Return a JSON value whose lists of lines are joined."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "".join(value)
    if isinstance(value, dict):
        return {key: _joined(item) for key, item in value.items()}
    return value


def _lines(outputs: Sequence[NotebookNode]) -> list[str]:
    """Return outputs as lines for people: pictures as their size and beginning."""
    lines = []
    for output in outputs:
        given = output.get("data") or {
            output.output_type: output.get("text") or output.get("evalue")
        }
        rest = {key: output[key] for key in ("metadata", "execution_count") if output.get(key)}
        for kind, value in sorted({**given, **rest}.items()):
            text = str(_joined(value))
            if kind.startswith("image/"):
                lines.append(f"{kind}: {_picture(text)}")
            else:
                lines += [f"{kind}: {line}" for line in text.splitlines()]
    return lines


def _picture(text: str) -> str:
    """Return a picture in a few words that change with every byte of it."""
    from hashlib import sha256

    return f"{len(text):,} characters, SHA-256 {sha256(text.encode()).hexdigest()[:12]}"
