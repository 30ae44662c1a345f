"""The committed outputs: written the same way every time, and compared to the last byte."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from small_course import DESCRIBE, FIND, FIRST, PLOT, READ, corpus_in, files_in, lesson, save

from corpuskit.course import outputs, refresh
from corpuskit.course.kernels import Executed, as_node

ERROR = ("code", "corpus.where(colour='red')", "raises-exception")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that was refreshed once."""
    home = tmp_path_factory.mktemp("refresh") / "kit é"
    corpus_in(home / "data" / "raw")
    first = lesson("00 · One", FIRST, READ, PLOT, DESCRIBE, ERROR)
    first.cells[1].metadata["execution"] = {"iopub.status.idle": "2026-01-27T00:00:00Z"}
    for cell in first.cells:
        del cell["id"]
    first.nbformat_minor = 4
    save(first, home / "notebooks" / "00_one.ipynb")
    solution = lesson("Answers", FIRST.replace("../data", "../../data"), READ, FIND)
    save(solution, home / "notebooks" / "solutions" / "00_one_solutions.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CORPUSKIT_DATA", "/nowhere")  # the committed outputs are of the own corpus
        patch.setenv("CORPUSKIT_NODE", "nothing")
        assert refresh(notebooks=home / "notebooks") == ()
    return home


def test_outputs_are_written_as_they_are_committed(home: Path) -> None:
    path = home / "notebooks" / "00_one.ipynb"
    text = path.read_text("utf-8")
    notebook = json.loads(text)
    wanted = json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    assert text == wanted
    assert notebook["metadata"] == {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {
            "file_extension": ".py",
            "mimetype": "text/x-python",
            "name": "python",
        },
    }
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == [1, 2, 3, 4, 5]
    assert all("execution" not in cell["metadata"] for cell in code)
    assert code[1]["outputs"][0]["execution_count"] == 2
    error = code[4]["outputs"][0]
    assert error["traceback"] == [f"{error['ename']}: {error['evalue']}"]
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert ids[0].startswith("cell-01-")
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert str(home) not in text


def test_the_solutions_are_written_too(home: Path) -> None:
    path = home / "notebooks" / "solutions" / "00_one_solutions.ipynb"
    assert "Kwic(pattern='partner*'" in path.read_text("utf-8")


def test_a_second_refresh_and_a_check_change_nothing(home: Path) -> None:
    before = files_in(home)
    times = {path: path.stat().st_mtime_ns for path in home.rglob("*.ipynb")}
    assert refresh(check=True, notebooks=home / "notebooks") == ()
    assert refresh(notebooks=home / "notebooks", workers=1) == ()
    assert files_in(home) == before
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*.ipynb")} == times


def code(notebook: Any, number: int) -> Any:
    return next(c for c in notebook["cells"] if c.get("execution_count") == number)


def one_number(notebook: Any) -> None:
    data = code(notebook, 2)["outputs"][0]["data"]
    data["text/plain"] = [line.replace("4 articles", "5 articles") for line in data["text/plain"]]


def one_pixel(notebook: Any) -> None:
    data = code(notebook, 3)["outputs"][0]["data"]
    picture = bytearray(base64.b64decode(data["image/png"]))
    picture[-20] ^= 1
    data["image/png"] = base64.b64encode(picture).decode()


def one_output(notebook: Any) -> None:
    code(notebook, 4)["outputs"].clear()


def one_count(notebook: Any) -> None:
    code(notebook, 1)["execution_count"] = 9


def one_key(notebook: Any) -> None:
    notebook["metadata"]["widgets"] = {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            one_number,
            "00_one.ipynb, cell 2: outputs differ\n"
            "    -text/plain: Card(): 5 articles, {card}\n"
            "    +text/plain: Card(): 4 articles, {card}",
        ),
        (
            one_pixel,
            "00_one.ipynb, cell 3: outputs differ\n    -image/png: {size} characters, SHA-256 ",
        ),
        (
            one_output,
            "00_one.ipynb, cell 4: outputs differ\n    +execution_count: 4\n"
            "    +text/plain: 'Two <bars> & \"a line\"'",
        ),
        (one_count, "00_one.ipynb, cell 1: the committed number is 9."),
        (
            one_key,
            "00_one.ipynb: the outputs are equal, but the file is not as `corpuskit refresh` "
            "writes it (format or metadata).",
        ),
    ],
    ids=["number", "pixel", "output", "count", "key"],
)
def test_every_changed_byte_is_found_and_named(
    change: Callable[[Any], None],
    told: str,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (home / "notebooks" / "00_one.ipynb").read_text("utf-8")
    run = Executed(Path("00_one.ipynb"), as_node(json.loads(text)))  # what it would show now
    monkeypatch.setattr(outputs, "execute", lambda paths, **_: [replace(run, path=paths[0])])
    notebook = json.loads(text)
    card = code(notebook, 2)["outputs"][0]["data"]["text/plain"][0].strip().split(", ", 1)[1]
    size = f"{len(code(notebook, 3)['outputs'][0]['data']['image/png']):,}"
    change(notebook)
    path = tmp_path / "00_one.ipynb"
    path.write_text(json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) + "\n")
    before = path.read_bytes()
    wrong = refresh([path], check=True)
    assert len(wrong) == 1
    assert wrong[0].startswith(told.replace("{card}", card).replace("{size}", size))
    assert path.read_bytes() == before


def test_a_failing_notebook_is_named_and_not_written(tmp_path: Path) -> None:
    good = save(lesson("00", "1 + 1"), tmp_path / "00_good.ipynb")
    bad = save(lesson("01", "1", "raise ValueError('two\\nlines')"), tmp_path / "01_bad.ipynb")
    before = bad.read_bytes()
    assert refresh([good, bad]) == ("01_bad.ipynb, cell 2: ValueError: two lines",)
    assert bad.read_bytes() == before
    assert '"text/plain": [\n       "2"' in good.read_text("utf-8")


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "07_gone.ipynb"
    with pytest.raises(FileNotFoundError) as error:
        refresh([path])
    assert str(error.value) == f"{path}: there is no such notebook. Check the name."
    assert os.listdir(tmp_path) == []
