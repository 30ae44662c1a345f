"""A course of a few cells and a corpus of a few reports, written by the tests themselves."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

FIRST = """\
import os
import corpuskit as ck
DATA = os.environ.get("CORPUSKIT_DATA", "../data/raw")
NODE = os.environ.get("CORPUSKIT_NODE", "partner*")"""
READ = "corpus = ck.read_corpus(DATA)\ncorpus.card()"
FIND = "lines = ck.kwic(corpus.find(NODE))\nlines"
PLOT = "import matplotlib.pyplot as plt\nax = plt.figure(figsize=(2, 1)).subplots()"
DESCRIBE = "def describe(ax):\n    return 'Two <bars> & \"a line\"'\n\ndescribe(ax)"
PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>"

Cell = str | tuple[str, ...]


def lesson(title: str, *cells: Cell, question: str = "What is here?") -> nbformat.NotebookNode:
    """Return a notebook: a text is a code cell, ("text", …) Markdown, ("code", source, tag)."""
    made = [new_markdown_cell(f"# {title}\n\n{question}")]
    for cell in cells:
        if isinstance(cell, str):
            made.append(new_code_cell(cell))
        elif cell[0] == "text":
            made.append(new_markdown_cell(cell[1]))
        else:
            made.append(new_code_cell(cell[1], metadata={"tags": [cell[2]]}))
    return new_notebook(cells=made)


def save(notebook: nbformat.NotebookNode, path: Path) -> Path:
    """Write a notebook that was never run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def corpus_in(folder: Path, hits: int = 1) -> Path:
    """Write four reports of two outlets, each with `hits` times "partner"; return the folder."""
    for outlet in ("harbour", "plumb"):
        for day in (26, 27):
            path = folder / outlet / f"{day}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = f"Talks {day}\n\n- In NEWS\n- 07:29 PM, Jan {day}, 2026\n- STAFF\n\n"
            text += "One partner paid $5 million to $10 million. " * hits
            path.write_text(f"{text}\n\nA text may hold {PAYLOAD} here.\n", encoding="utf-8")
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder: path -> bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
