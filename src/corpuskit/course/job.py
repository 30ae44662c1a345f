"""The course on any corpus: notebooks in, a report folder out."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..corpus.corpus import Corpus, read_corpus
from ..errors import DataError, refuse
from ..result import counted
from .folder import check_folder, publish
from .index import Entry, index_page, methods_paragraph
from .kernels import WORKERS, as_file, execute
from .pages import describe_figures, notebook_page
from .subject import Subject

DATA, NODE = "CORPUSKIT_DATA", "CORPUSKIT_NODE"
USUAL_NODE = "partner*"
NUMBERED = "[0-9][0-9]_*.ipynb"


@dataclass(frozen=True)
class Report:
    """What a run of the course left behind: the front page, counts, and what went wrong."""

    index: Path
    notebooks: int
    cells: int
    tables: int
    failures: tuple[str, ...] = ()
    remark: str = ""

    def __repr__(self) -> str:
        counts = ((self.notebooks, "notebook"), (self.cells, "cell"), (self.tables, "table"))
        made = ", ".join(counted(n, unit) for n, unit in counts)
        return f"The report is in {self.index}: {made}. {self.remark}".rstrip()


def run(
    folder: str | Path | None = None,
    node: str | None = None,
    *,
    out: str | Path = "reports",
    notebooks: str | Path = "notebooks",
    workers: int = WORKERS,
) -> Report:
    """Run every numbered notebook on the articles of `folder` and write a report.

    Parameters
    ----------
    folder
        Folder (or file) with articles. Default: the environment variable CORPUSKIT_DATA, else
        `data/raw` beside the notebooks.
    node
        The pattern to look for. Default: the environment variable CORPUSKIT_NODE, else
        `partner*`.
    out
        The report folder. Files of an earlier report are replaced; others are never touched.
    notebooks
        Folder of the course.
    workers
        Kernels at once.

    Returns
    -------
    Report
        Where the report is, one line for each notebook that stopped early, and a remark if the
        node is nowhere in the articles. A notebook that stopped is in the report as far as it
        came. With other articles or another node than the lesson's own, a banner says so on
        every page, and what the lesson says about its own articles is folded away.

    Raises
    ------
    DataError
        No articles, no notebooks, or a file in `out` that corpuskit did not write.
    ValueError
        `node` is not a pattern.
    """
    course, out = Path(notebooks), Path(out)
    data = _data(folder, course)
    paths = numbered(course)
    pattern = _pattern(node if node is not None else os.environ.get(NODE) or USUAL_NODE)
    names = [f"{path.stem}.html" for path in paths]
    check_folder(out, ["index.html", "methods.txt", "notebooks", "tables", *names])
    if data.is_dir() and out.resolve().is_relative_to(data.resolve()):
        raise DataError(
            f"{out}: the report would lie inside the corpus {data}, and be read as articles the "
            "next time. Nothing was run. Give another folder with --out."
        )
    corpus = read_corpus(data)
    variables = _variables(data, course) | {NODE: pattern}
    taught = variables[DATA] is None and pattern == USUAL_NODE
    subject = Subject(data.resolve().name, pattern, len(corpus.find(pattern)), taught)
    with tempfile.TemporaryDirectory(prefix="corpuskit-") as scratch:
        entries, tables = _entries(paths, variables, workers, Path(scratch))
    files = tables | _pages(entries, corpus, subject)
    publish(out, files)
    failures = tuple(entry.run.failure for entry in entries if entry.run.failure)
    cells = sum(entry.run.cells for entry in entries)
    return Report(out / "index.html", len(entries), cells, len(tables), failures, subject.remark)


def numbered(course: Path) -> list[Path]:
    """Return the numbered notebooks of a folder in order; raise if there are none."""
    paths = sorted(course.glob(NUMBERED))
    if not paths:
        raise DataError(
            f"{course}: there are no numbered notebooks in this folder. Nothing was run. "
            "Name the folder of the course with --notebooks."
        )
    return paths


def _data(folder: str | Path | None, course: Path) -> Path:
    """Return the folder of the articles; raise if it does not exist."""
    usual = course.parent / "data" / "raw" if course.name else course / ".." / "data" / "raw"
    data = Path(folder if folder is not None else os.environ.get(DATA) or usual)
    if not data.exists():
        raise FileNotFoundError(
            f"{data}: there is no such folder. Nothing was run. Check the name; it is looked for "
            f"in {Path.cwd()}."
        )
    return data


def _pattern(node: str) -> str:
    """Return the node if it is a pattern; raise before any article is read if it is none."""
    Corpus(()).find(node)
    if "\0" in node:
        refuse("pattern", "text without a zero character", node, 'Give for instance "partner*".')
    return node


def _variables(data: Path, course: Path) -> dict[str, str | None]:
    """Return the data variable; unset where the notebooks' own default says the same."""
    own = (course / ".." / "data" / "raw").resolve()
    same = data.resolve() == own
    return {DATA: None if same else str(data.resolve())}


def _entries(
    paths: Sequence[Path], variables: Mapping[str, str | None], workers: int, scratch: Path
) -> tuple[list[Entry], dict[str, bytes]]:
    """Run the notebooks; return them with the tables that they showed."""
    twins = Counter(_number(path) for path in paths)
    prefixes = {p: _number(p) if twins[_number(p)] == 1 else p.stem for p in paths}

    def keep(path: Path) -> str:
        module = "__import__('corpuskit.export', fromlist=['export'])"
        return f"{module}.keep_tables({str(scratch)!r}, {prefixes[path]!r})"

    runs = execute(paths, variables=variables, workers=workers, before=keep)
    found = sorted(scratch.glob("*.csv"), key=_place)
    files = {f"tables/{file.name}": file.read_bytes() for file in found}
    entries = []
    for run_ in runs:
        tables: dict[int, list[str]] = {}
        for file in found:
            prefix, cell, _ = _place(file)
            if prefix == prefixes[run_.path]:
                tables.setdefault(cell, []).append(f"tables/{file.name}")
        entries.append(Entry(run_, tables))
    return entries, files


def _place(file: Path) -> tuple[str, int, str]:
    """Return the notebook, the cell number and the rest of a table's file name."""
    prefix, rest = file.stem.rsplit("-cell", 1)
    number, kind = rest.split("-", 1)
    return prefix, int(number), kind


def _number(path: Path) -> str:
    """Return the number that a notebook's name begins with."""
    return path.stem.split("_", 1)[0]


def _pages(entries: Sequence[Entry], corpus: Corpus, subject: Subject) -> dict[str, bytes]:
    """Return the pages, the notebooks and the methods of a report: file -> contents."""
    methods = methods_paragraph(corpus, subject.folder, subject.node)
    described = [
        Entry(replace(e.run, notebook=describe_figures(e.run.notebook)), e.tables) for e in entries
    ]
    pages = {f"{e.name}.html": _page(described, i, subject) for i, e in enumerate(described)}
    pages |= {"index.html": index_page(described, corpus, subject, methods)}
    pages |= {"methods.txt": methods}
    files = {file: text.encode("utf-8", "replace") for file, text in pages.items()}
    notebooks = {e.run.path.name: subject.with_banner(e.run.notebook) for e in described}
    return files | {f"notebooks/{name}": as_file(made) for name, made in notebooks.items()}


def _page(entries: Sequence[Entry], i: int, subject: Subject) -> str:
    """Return the page of notebook `i`, with links to its neighbours."""
    around = {
        side: (f"{entries[k].name}.html", entries[k].title)
        for side, k in (("Previous", i - 1), ("Next", i + 1))
        if 0 <= k < len(entries)
    }
    return notebook_page(
        entries[i].run.notebook,
        entries[i].name,
        subject=subject,
        around=around,
        pages=[entry.name for entry in entries],
        tables=entries[i].tables,
        failure=entries[i].run.failure,
    )
