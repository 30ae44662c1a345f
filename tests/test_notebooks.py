"""The notebooks as they are saved: run from top to bottom, quiet, short, and tagged rightly.

nbval runs them and compares outputs; this looks at what nbval passes over in silence.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

COURSE = Path(__file__).parents[1] / "notebooks"
LESSONS = sorted(COURSE.glob("[0-9][0-9]_*.ipynb"))
SOLUTIONS = sorted((COURSE / "solutions").glob("*.ipynb"))
TAGS = {"exercise", "raises-exception"}
LARGEST = 150_000  # bytes
LONGEST_CELL = 12  # lines
LONGEST_DEF = 5  # lines

pytestmark = pytest.mark.filterwarnings("error")
every_notebook = pytest.mark.parametrize("path", LESSONS + SOLUTIONS, ids=lambda p: p.stem)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)


def cells(path: Path, kind: str) -> list[Any]:
    """Return the cells of one kind that hold anything."""
    notebook = nbformat.read(path, as_version=4)
    return [c for c in notebook.cells if c.cell_type == kind and c.source.strip()]


def texts(cell: Any) -> list[str]:
    """Return all that a cell put out as text."""
    found = [o.get("text", "") for o in cell.outputs]
    for output in cell.outputs:
        found += [str(v) for k, v in output.get("data", {}).items() if not k.startswith("image/")]
    return found


def plain(source: str) -> str:
    """Return the Python of a cell: lines for IPython alone become empty."""
    return "\n".join(
        "" if line.lstrip().startswith(("%", "!")) else line for line in source.split("\n")
    )


def test_there_is_a_course() -> None:
    assert [p.stem[:2] for p in LESSONS][:1] == ["00"]
    names = [p.stem[:2] for p in LESSONS]
    assert names == sorted(set(names))


@every_notebook
def test_it_is_a_valid_notebook(path: Path) -> None:
    nbformat.validate(nbformat.read(path, as_version=4))


@every_notebook
def test_it_was_run_from_top_to_bottom(path: Path) -> None:
    """A cell without a count is run by nbval but never compared."""
    notebook = nbformat.read(path, as_version=4)
    counts = [c.execution_count for c in notebook.cells if c.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert all(c.source.strip() for c in notebook.cells), "no empty cells"


@every_notebook
def test_nothing_in_it_evades_the_comparison(path: Path) -> None:
    for cell in cells(path, "code"):
        assert set(cell.metadata.get("tags", [])) <= TAGS
        assert not re.search(r"NBVAL|PYTEST_VALIDATE", cell.source)
        assert not cell.source.rstrip().endswith(";"), "nbval shows what ';' hides"


@every_notebook
def test_outputs_are_the_same_next_time(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert "widgets" not in notebook.metadata
    for cell in cells(path, "code"):
        assert "execution" not in cell.metadata, "no times: run with record_timing=False"
        assert [o for o in cell.outputs if o.get("name") == "stderr"] == []
        assert not {m for o in cell.outputs for m in o.get("data", {})} & {
            "image/svg+xml",  # carries a date
            "application/vnd.jupyter.widget-view+json",  # carries random numbers
        }
        for text in texts(cell):
            assert not re.search(r"\bat 0x[0-9a-f]{6,}", text)
            assert not re.search(r"/(?:home|Users|root|tmp)/", text)


@every_notebook
def test_errors_are_shown_only_where_they_are_meant(path: Path) -> None:
    for cell in cells(path, "code"):
        failed = any(o.output_type == "error" for o in cell.outputs)
        assert failed == ("raises-exception" in cell.metadata.get("tags", []))


@every_notebook
def test_cells_are_short(path: Path) -> None:
    for cell in cells(path, "code"):
        assert len(cell.source.splitlines()) <= LONGEST_CELL, cell.source
        for node in ast.walk(ast.parse(plain(cell.source))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                assert (node.end_lineno or 0) - node.lineno < LONGEST_DEF, f"{node.name}: into src/"


@every_notebook
def test_it_is_small(path: Path) -> None:
    assert path.stat().st_size < LARGEST


@every_notebook
def test_pictures_follow_a_description_or_a_table(path: Path) -> None:
    """PNG is never compared, so what is on a figure stands beside it as text."""
    code = cells(path, "code")
    for i, cell in enumerate(code):
        if any("image/png" in o.get("data", {}) for o in cell.outputs):
            beside = "\n".join(c.source for c in code[i : i + 2])
            assert "describe(" in beside, f"print(ck.plot.describe(ax)) after: {cell.source}"


@every_lesson
def test_it_starts_with_its_number_and_title(path: Path) -> None:
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert re.match(rf"# {path.stem[:2]} · \S", first.source)


@every_lesson
def test_it_names_its_data_in_plain_sight(path: Path) -> None:
    """And the job may name others; the last lesson is about folders of one's own."""
    first = cells(path, "code")[0].source
    assert "../data/raw" in first
    assert "CORPUSKIT_DATA" in first


@every_lesson
def test_it_says_what_to_expect_of_the_method(path: Path) -> None:
    prose = "\n".join(c.source for c in cells(path, "markdown"))
    headings = re.findall(r"^#+ (.+)$", prose, re.M)
    wanted = ["Where this misleads", "What we may say"]
    assert [w for w in wanted if not any(w in h for h in headings)] == []


@every_lesson
def test_its_exercises_have_solutions(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    exercises = [c for c in notebook.cells if "exercise" in c.metadata.get("tags", [])]
    assert 2 <= len(exercises) <= 4
    assert [s.stem for s in SOLUTIONS if s.stem.startswith(path.stem)], "notebooks/solutions/"


@every_notebook
def test_tags_are_known(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert {t for c in notebook.cells for t in c.metadata.get("tags", [])} <= TAGS


def test_each_solution_belongs_to_a_lesson() -> None:
    lessons = {p.stem for p in LESSONS}
    assert [s.stem for s in SOLUTIONS if not any(s.stem.startswith(x) for x in lessons)] == []
