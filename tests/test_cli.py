"""The command line: what it prints, where, and with which status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_course import FIND, FIRST, PAYLOAD, READ, corpus_in, lesson, save

import corpuskit
from corpuskit.__main__ import main

ROOT = Path(__file__).parents[1]


def shell(*words: str, folder: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run `python -m corpuskit` as a person would."""
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "corpuskit", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    corpus_in(tmp_path / "my reports é <b>", hits=2)
    return tmp_path


def test_run_says_in_one_line_where_the_report_is(home: Path) -> None:
    save(lesson("00 · One", FIRST, READ, FIND), home / "notebooks" / "00_one.ipynb")
    done = shell("run", "my reports é <b>", "--node", "talks", "--out", "out", folder=home)
    where = os.path.join("out", "index.html")
    assert done.stderr == ""
    assert done.stdout == f"The report is in {where}: 1 notebook, 3 cells, 2 tables.\n"
    assert done.returncode == 0


def test_a_node_that_is_nowhere_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(lesson("00 · One", FIRST, READ, FIND), home / "notebooks" / "00_one.ipynb")
    assert main(["run", "my reports é <b>", "--node", "zzzz"]) == 0
    line = capsys.readouterr().out
    assert line.endswith("3 cells, 2 tables. No place in these articles matches 'zzzz'.\n")


@pytest.mark.parametrize("node", ["", " ", "|"])
def test_a_node_that_is_no_pattern_is_refused_before_anything_runs(
    node: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(lesson("00 · One", FIRST, READ, FIND), home / "notebooks" / "00_one.ipynb")
    assert main(["run", "my reports é <b>", "--node", node]) == 2
    assert capsys.readouterr().err == (
        f"corpuskit: `pattern` must be at least one word; not {node!r}. "
        'Give for instance "partner*".\n'
    )
    assert not (home / "reports").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["run", "x", "--ou", "y"],
        ["run", "x", "--nod=y"],
        ["refresh", "--che"],
        ["kwic", "x", "y", "--win", "3"],
        ["--vers"],
    ],
)
def test_an_option_is_written_in_full(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_a_failing_cell_is_one_line_on_stderr_and_status_1(home: Path) -> None:
    broken = "raise ValueError('\\x1b[31mred\\x1b[0m\\nsecond line')"
    save(lesson("00 · One", broken), home / "notebooks" / "00_one.ipynb")
    done = shell("run", "my reports é <b>", folder=home)
    assert done.stderr == "corpuskit: 00_one.ipynb, cell 1: ValueError: red second line\n"
    assert done.stdout.startswith(f"The report is in {os.path.join('reports', 'index.html')}: ")
    assert done.returncode == 1
    done = shell("refresh", "--check", folder=home)
    assert done.stderr == "corpuskit: 00_one.ipynb, cell 1: ValueError: red second line\n"
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "nowhere"], "nowhere: there is no such folder. Nothing was run."),
        (["run", "my reports é <b>"], "notebooks: there are no numbered notebooks in this folder."),
        (["refresh", "gone.ipynb"], "gone.ipynb: there is no such notebook. Check the name."),
        (["read", "nowhere"], "nowhere: there is no such folder or file."),
        (["kwic", "my reports é <b>", "partner", "--window", "-1"], "`window` must be"),
        (["kwic", "my reports é <b>", "partner", "--sort", "9Q"], "`"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(
    words: list[str], message: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("corpuskit: " + message.replace("{home}", str(home)))
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["walk"], ["run", "--workers", "two"], ["kwic", "x"]])
def test_a_call_that_is_not_understood_shows_the_usage(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("usage: corpuskit")


@pytest.mark.parametrize("command", ["run", "refresh", "read", "kwic", "version"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: corpuskit {command}")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert capsys.readouterr().out == f"corpuskit {corpuskit.__version__}\n"


def test_read_prints_the_summary_and_every_finding(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "my reports é <b>" / "empty\x1b[31m.txt").write_text("")
    assert main(["read", "my reports é <b>"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(": 5 files: 4 loaded, 0 with a note, 1 skipped")
    assert [line[:7] for line in lines[1:]] == ["CK-117 ", "CK-101 "]
    assert "\x1b" not in "".join(lines)


def test_kwic_prints_a_line_a_hit(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"She said\x1b[2J partner {PAYLOAD} and \u202e more."
    (home / "my reports é <b>" / "plumb" / "odd.txt").write_text(text, encoding="utf-8")
    assert main(["kwic", "my reports é <b>", "partner*", "--window", "2", "--sort", "1R"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("Kwic(pattern='partner*', window=2, sort='1R'): 9 hits in 5 articles")
    assert len(lines) == 9
    assert all(line.isprintable() for line in lines)
    assert lines[-1].index("  partner  ") == 60
    assert lines[-1].endswith(".txt")


def test_a_closed_pipe_is_no_error(home: Path) -> None:
    corpus_in(home / "many", hits=4000)
    words = f'"{sys.executable}" -m corpuskit kwic many partner | head -n 1'
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        ["sh", "-c", words],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("Kwic(pattern='partner'")
