"""Notebooks -> executed notebooks: this Python, several kernels at once, nothing of the user's."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from tqdm import tqdm

from ..errors import DataError, whole
from .pictures import smaller

WORKERS = 2
FORGET = ("MPLBACKEND", "PYTHONSTARTUP", "FORCE_COLOR", "PY_COLORS", "COLUMNS", "LINES")
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Executed:
    """One notebook after its run: where it came from, what it shows now, what went wrong."""

    path: Path
    notebook: NotebookNode
    failure: str = ""

    @property
    def cells(self) -> int:
        """How many code cells were run."""
        return sum(bool(cell.get("execution_count")) for cell in self.notebook.cells)


def execute(
    paths: Sequence[Path],
    *,
    variables: Mapping[str, str | None],
    workers: int = WORKERS,
    before: Callable[[Path], str] | None = None,
) -> list[Executed]:
    """Run the notebooks at `paths`, `workers` at a time, and return them in the same order.

    Parameters
    ----------
    paths
        The notebooks. The files stay as they are; each runs in its own folder.
    variables
        Environment variables to set for the kernels; None takes a variable away.
    workers
        Kernels at once.
    before
        Path of a notebook -> Python code to run silently before its first cell.

    Returns
    -------
    list of Executed
        One per path. A cell that fails ends its own notebook only.
    """
    whole("workers", workers, "kernels", least=1)
    notebooks = [_read(path) for path in paths]
    cells = sum(len(_code(notebook)) for notebook in notebooks)
    with (
        tempfile.TemporaryDirectory(prefix="corpuskit-", ignore_cleanup_errors=True) as scratch,
        tqdm(total=cells, unit="cell", disable=None) as bar,
    ):
        runs = [
            _Run(path, notebook, Path(scratch) / str(i), bar, before(path) if before else "")
            for i, (path, notebook) in enumerate(zip(paths, notebooks, strict=True))
        ]
        return asyncio.run(_all(runs, _environment(variables), workers))


def one_line(text: str) -> str:
    """Return `text` in one line, without colour codes and other control characters."""
    plain = COLOURS.sub("", text)
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def as_node(value: object) -> NotebookNode:
    """Return a JSON value with its keys as attributes."""
    return nbformat.from_dict(value)  # type: ignore[no-untyped-call,no-any-return]


def as_file(notebook: NotebookNode) -> bytes:
    """Return a notebook as it stands in a file: sorted keys, an indent of one, a last newline."""
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode("utf-8", "replace")


def settle(notebook: NotebookNode) -> NotebookNode:
    """Take out of an executed notebook what differs between machines; return it.

    Pictures keep their pixels and lose bytes.
    """
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = as_node(KERNELSPEC)
    notebook.metadata["language_info"] = as_node(LANGUAGE)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [one_line(f"{output.ename}: {output.evalue}")]
            elif "image/png" in output.get("data", {}):
                output.data["image/png"] = smaller(output.data["image/png"])
    return notebook


@dataclass(frozen=True)
class _Run:
    """One notebook on its way through a kernel."""

    path: Path
    notebook: NotebookNode
    scratch: Path
    bar: tqdm[Any]
    first: str


class _ThisPython(KernelSpecManager):
    """Knows one kernel: the Python that is running now, whatever the user has installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel of this Python under any name."""
        command = ["-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=[sys.executable, *command], **KERNELSPEC)


class _Client(NotebookClient):
    """A client whose kernel ends with it, however it ends; signals are left to the loop."""

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncIterator[None]:
        """Start the kernel, lend it, shut it down."""
        await self.async_start_new_kernel(**kwargs)
        try:
            await self.async_start_new_kernel_client()
            yield
        finally:
            if self.km is not None:
                await self._async_cleanup_kernel()


async def _all(runs: list[_Run], environment: dict[str, str], workers: int) -> list[Executed]:
    """Run every notebook, at most `workers` at the same time."""
    gate = asyncio.Semaphore(workers)

    async def through(run: _Run) -> Executed:
        async with gate:
            return await _one(run, environment)

    return list(await asyncio.gather(*map(through, runs)))


async def _one(run: _Run, environment: dict[str, str]) -> Executed:
    """Run one notebook in a kernel of its own."""
    run.scratch.mkdir()
    client = _client(run)
    own = environment | {"IPYTHONDIR": str(run.scratch / "ipython")}
    failure = ""
    try:
        await client.async_execute(env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        failure = f"{error.ename}: {error.evalue}"
    except (RuntimeError, TimeoutError) as error:
        failure = f"{type(error).__name__}: {error}"
    if failure:
        number = client.code_cells_executed
        failure = one_line(f"{run.path.name}, cell {number}: {failure}")
    run.bar.update(len(_code(run.notebook)) - client.code_cells_executed)
    return Executed(run.path, settle(run.notebook), failure)


def _client(run: _Run) -> _Client:
    """Return a client for one notebook; nothing of it goes to a log or to the terminal."""
    log = logging.getLogger("corpuskit.silent")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    manager = AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=_ThisPython(),
        connection_file=str(run.scratch / "kernel.json"),
        log=log,
    )

    async def start(notebook: NotebookNode) -> None:
        run.bar.set_description(run.path.stem)
        if run.first and client.kc is not None:
            sent = client.kc.execute(run.first, silent=True, store_history=False)
            await client.async_wait_for_reply(sent)

    def count(cell: NotebookNode, cell_index: int) -> None:
        run.bar.update()

    client = _Client(
        run.notebook,
        km=manager,
        log=log,
        timeout=None,
        startup_timeout=120,
        record_timing=False,
        coalesce_streams=True,
        skip_cells_with_tag="",
        resources={"metadata": {"path": str(run.path.parent)}},
        on_notebook_start=start,
        on_cell_complete=count,
    )
    return client


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that will be run."""
    return [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]


def _read(path: Path) -> NotebookNode:
    """Return the notebook at `path` without outputs, every cell with an id that stays."""
    try:
        notebook = as_node(json.loads(path.read_text(encoding="utf-8")))
        if notebook.nbformat != 4:
            raise ValueError(f"format {notebook.nbformat}")
        for cell in notebook.cells:
            cell.source = "".join(cell.source)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
    except (ValueError, AttributeError, TypeError) as error:
        raise DataError(
            f"{path}: this is not a notebook of format 4 ({one_line(str(error))}). "
            "Nothing was run. Save it again from JupyterLab."
        ) from error
    _name_cells(notebook)
    return notebook


def _name_cells(notebook: NotebookNode) -> None:
    """Give every cell without an id of its own one that depends on its place alone."""
    notebook.nbformat_minor = 5
    seen = set[str]()
    for number, cell in enumerate(notebook.cells, start=1):
        if not cell.get("id") or cell["id"] in seen:
            digest = hashlib.sha256(f"{number}:{cell.source}".encode()).hexdigest()
            cell["id"] = f"cell-{number:02d}-{digest[:6]}"
        seen.add(cell["id"])


def _environment(variables: Mapping[str, str | None]) -> dict[str, str]:
    """Return the environment of the kernels: figures inline, no user style, fonts at hand."""
    own = {name: value for name, value in os.environ.items() if name not in FORGET}
    for name, value in variables.items():
        own.pop(name, None)
        if value is not None:
            own[name] = value
    fonts = Path(tempfile.gettempdir()) / f"corpuskit-mpl-{getattr(os, 'getuid', lambda: 0)()}"
    own.setdefault("MPLCONFIGDIR", str(fonts))
    _warm_fonts(own)
    return own


def _warm_fonts(environment: dict[str, str]) -> None:
    """Let matplotlib list the fonts now: a kernel that does so says it in the notebook."""
    code = "import matplotlib, matplotlib.font_manager; print(matplotlib.matplotlib_fname())"
    folder = Path(environment["MPLCONFIGDIR"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = environment | {"MATPLOTLIBRC": _style_file()}
    if not list(folder.glob("fontlist-*.json")):
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env=plain,
            check=False,
            capture_output=True,
        )
    environment.update(plain)


def _style_file() -> str:
    """Return matplotlib's own style file, so that a style of the user changes no figure."""
    from importlib.util import find_spec

    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise DataError("matplotlib is not installed. Nothing was run. Install corpuskit again.")
    return str(Path(found.origin).parent / "mpl-data" / "matplotlibrc")
