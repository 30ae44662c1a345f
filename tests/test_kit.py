"""kit.py: sets up once, again when something changed, and says in one line what is wrong."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
KIT = ROOT / "kit.py"


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return kit.py as a module, at home in a scratch copy whose set-up only notes its calls."""
    spec = importlib.util.spec_from_file_location("kit_under_test", KIT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.RECIPE:
        (tmp_path / name).write_text("first\n")
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "made", [], raising=False)

    def make_venv(venv: str) -> None:
        python = Path(module.python_of(venv))
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        Path(venv, "pyvenv.cfg").touch()
        Path(venv, module.STAMP).unlink(missing_ok=True)
        module.made.append("venv")

    monkeypatch.setattr(module, "really_install", module.install, raising=False)
    monkeypatch.setattr(module, "really_make_venv", module.make_venv, raising=False)
    monkeypatch.setattr(module, "make_venv", make_venv)
    monkeypatch.setattr(module, "install", lambda venv: module.made.append("packages"))
    return module


def set_up(kit: ModuleType, times: int = 1) -> list[str]:
    """Set up and return what was made."""
    kit.made.clear()
    for _ in range(times):
        kit.set_up(os.path.join(kit.ROOT, ".venv"))
    return list(kit.made)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_setting_up_happens_once(kit: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up(kit, times=3) == ["venv", "packages"]
    first, last = said(capsys).splitlines()
    assert first == "corpuskit: first run: installing, about two minutes ..."
    assert last.startswith("corpuskit: installed in ")


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_pin_sets_up_again(
    kit: ModuleType, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(kit)
    Path(kit.ROOT, name).write_text("second\n")
    said(capsys)
    assert set_up(kit, times=2) == ["venv", "packages"]
    assert said(capsys).startswith("corpuskit: installing again, about two minutes ...\n")


def test_other_line_ends_are_no_change(kit: ModuleType) -> None:
    set_up(kit)
    Path(kit.ROOT, "constraints.txt").write_bytes(b"first\r\n")
    assert set_up(kit) == []


def test_another_python_sets_up_again(kit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(kit)
    monkeypatch.setattr(sys, "version", "3.99.0 (another build)")
    assert set_up(kit) == ["venv", "packages"]


def test_a_moved_folder_sets_up_again(
    kit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "my kit é"
    here.mkdir()
    for name in kit.RECIPE:
        (here / name).write_text("first\n")
    monkeypatch.setattr(kit, "ROOT", str(here))
    assert set_up(kit) == ["venv", "packages"]
    here.rename(there)
    monkeypatch.setattr(kit, "ROOT", str(there))
    assert set_up(kit) == ["venv", "packages"]
    assert set_up(kit) == []


def test_a_set_up_that_broke_half_way_is_made_again(
    kit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(venv: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(kit, "install", broken)
        with pytest.raises(KeyboardInterrupt):
            set_up(kit)
    assert set_up(kit) == ["venv", "packages"]


def test_a_lost_python_is_made_again(kit: ModuleType) -> None:
    set_up(kit)
    Path(kit.python_of(os.path.join(kit.ROOT, ".venv"))).unlink()
    assert set_up(kit) == ["venv", "packages"]


@pytest.mark.parametrize("names", [["chapter1.txt"], ["chapter1.txt", "pyvenv.cfg"]])
def test_a_folder_that_we_did_not_make_is_left_alone(
    kit: ModuleType, names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder of texts, and an environment that somebody else made."""
    precious = tmp_path / "thesis"
    precious.mkdir()
    for name in names:
        (precious / name).write_text("Years of work.")
    with pytest.raises(SystemExit, match="1"):
        kit.set_up(str(precious))
    assert said(capsys) == (
        f"corpuskit: {precious} was not made by kit.py, so it was left alone. Move it away, or "
        "name another folder in the environment variable CORPUSKIT_VENV.\n"
    )
    assert sorted(path.name for path in precious.iterdir()) == names
    assert (precious / "chapter1.txt").read_text() == "Years of work."
    assert kit.made == []


@pytest.mark.parametrize("kind", ["file", "dangling link"])
def test_a_file_in_the_place_of_the_environment_is_left_alone(
    kit: ModuleType, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "venv"
    if kind == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path / "gone")
    with pytest.raises(SystemExit, match="1"):
        kit.set_up(str(place))
    assert " was not made by kit.py, so it was left alone." in said(capsys)
    assert kit.made == []


def test_an_empty_folder_may_hold_the_environment(kit: ModuleType) -> None:
    Path(kit.ROOT, ".venv").mkdir()
    assert set_up(kit, times=2) == ["venv", "packages"]


def test_an_environment_of_an_earlier_kit_has_a_stamp_and_no_mark(kit: ModuleType) -> None:
    set_up(kit)
    Path(kit.ROOT, ".venv", kit.MARK).unlink()
    Path(kit.ROOT, "constraints.txt").write_text("second\n")
    assert set_up(kit) == ["venv", "packages"]
    assert Path(kit.ROOT, ".venv", kit.MARK).is_file()


def test_a_place_that_cannot_be_written_is_told(
    kit: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="1"):
        kit.claim(str(tmp_path / "file" / "venv"))
    assert said(capsys).endswith("venv could not be made: Not a directory\n")


def test_what_an_earlier_set_up_left_goes_and_links_are_not_followed(
    kit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv, other = tmp_path / "venv", tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    (venv / "lib").mkdir(parents=True)
    (venv / "lib" / "old.py").touch()
    (venv / "link").symlink_to(other)
    kit.claim(str(venv))
    monkeypatch.setattr(kit, "quietly", lambda words, venv: "")
    kit.really_make_venv(str(venv))
    assert [path.name for path in venv.iterdir()] == [kit.MARK]
    assert (other / "mine.txt").read_text() == "mine"


def test_no_venv_module_is_told_with_the_remedy(
    kit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="1"):
        set_up(kit)
    assert said(capsys) == (
        "corpuskit: this Python cannot make virtual environments. On Debian or Ubuntu install "
        "them with `sudo apt-get install -y python3-venv`, then repeat the command.\n"
    )


def test_no_network_is_told_in_one_line(
    kit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kit, "quietly", lambda words, venv: "ERROR: No matching distribution")
    with pytest.raises(SystemExit, match="1"):
        kit.really_install("somewhere")
    assert said(capsys) == (
        "corpuskit: the packages could not be installed; is this machine on the network? "
        "The next call tries again. pip said: ERROR: No matching distribution\n"
    )


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("print('fine')", ""),
        ("print('one'); print('ERROR: two'); print('three'); raise SystemExit(1)", "ERROR: two"),
        ("print('  ERROR: why'); print('ERROR: so'); raise SystemExit(1)", "ERROR: why"),
        ("print('one'); print('two'); raise SystemExit(1)", "two"),
        ("raise SystemExit(3)", "nothing, status 3"),
    ],
)
def test_a_child_says_its_complaint_in_one_line(kit: ModuleType, code: str, complaint: str) -> None:
    assert kit.quietly([sys.executable, "-c", code], kit.ROOT) == complaint


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 8, 0, "final", 0), (3, 10, 99)])
def test_an_old_python_is_told_with_the_remedy(
    kit: ModuleType, version: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        kit.require_python(version)
    assert said(capsys) == (
        f"corpuskit: this is Python {version[0]}.{version[1]}, and 3.11 or newer is needed. "
        "Install a newer Python and repeat the command with it, for instance: "
        "python3.11 kit.py test\n"
    )


def test_an_old_python_can_read_the_file() -> None:
    """No word of newer grammar; a star may only end a call."""
    tree = ast.parse(KIT.read_text("utf-8"))
    nodes = list(ast.walk(tree))
    last = [node.args[-1] for node in nodes if isinstance(node, ast.Call) and node.args]
    modern = (ast.JoinedStr, ast.NamedExpr, ast.Starred, ast.AnnAssign, ast.Nonlocal, ast.Await)
    assert [n.lineno for n in nodes if isinstance(n, modern) and n not in last] == []
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    assert not any(f.returns or f.args.kwonlyargs or f.args.posonlyargs for f in functions)
    assert "from __future__ import annotations" not in KIT.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        ([], 2, "no command; use one of: lab, refresh, run, test (--help says more)."),
        (
            ["jump"],
            2,
            "unknown command 'jump'; use one of: lab, refresh, run, test (--help says more).",
        ),
        (
            ["--run"],
            2,
            "unknown command '--run'; use one of: lab, refresh, run, test (--help says more).",
        ),
    ],
)
def test_a_wrong_call_is_one_line_and_sets_nothing_up(
    words: list[str], status: int, line: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, str(KIT), *words],
        cwd=tmp_path,
        env={**os.environ, "CORPUSKIT_VENV": str(tmp_path / "venv")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (status, "", f"corpuskit: {line}\n")
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command() -> None:
    done = subprocess.run([sys.executable, str(KIT), "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[2:]] == [
        "run",
        "test",
        "lab",
        "refresh",
    ]


@pytest.mark.parametrize(
    ("command", "rest", "words"),
    [
        ("run", [], ["-m", "corpuskit", "run", "--notebooks=N", "--out=R"]),
        (
            "run",
            ["mine", "--out", "x"],
            ["-m", "corpuskit", "run", "mine", "--out", "x", "--notebooks=N"],
        ),
        ("run", ["--out=x"], ["-m", "corpuskit", "run", "--out=x", "--notebooks=N"]),
        ("refresh", ["--check"], ["-m", "corpuskit", "refresh", "--check", "--notebooks=N"]),
    ],
)
def test_course_commands_work_from_any_folder(
    kit: ModuleType,
    command: str,
    rest: list[str],
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kit, "NOTEBOOKS", "N")
    monkeypatch.setattr(kit, "REPORTS", "R")
    assert kit.COMMANDS[command](rest) == words


def test_tests_run_in_the_folder_of_the_kit(
    kit: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir("/")
    assert kit.COMMANDS["test"](["-x"]) == ["-m", "pytest", "-x"]
    assert "--dist loadscope" in " ".join(kit.COMMANDS["test"]([]))  # a notebook stays together
    assert Path.cwd() == tmp_path.resolve()


def test_the_lab_stays_on_this_machine_and_asks_for_no_news(
    kit: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir("/")
    monkeypatch.setattr(kit, "NOTEBOOKS", str(tmp_path))
    words = kit.COMMANDS["lab"](["--no-browser"])
    assert words[-1] == "--no-browser"
    assert {
        "--ServerApp.ip=127.0.0.1",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    } <= set(words)


def test_no_news_are_offered(kit: ModuleType) -> None:
    set_up(kit)
    config = Path(kit.ROOT, ".venv", "etc", "jupyter", "labconfig", "page_config.json")
    assert json.loads(config.read_text()) == {
        "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
    }


def test_no_other_installation_mixes_in(kit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    variables = kit.environment("V")
    assert {"PYTHONPATH", "PYTHONHOME"} & set(variables) == set()
    assert variables["PATH"].split(os.pathsep)[0] == os.path.dirname(kit.python_of("V"))


def test_a_folder_with_an_accent_works_without_a_locale(
    kit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit.locale, "getencoding", lambda: "ANSI_X3.4-1968")
    assert kit.environment("V")["LC_ALL"] == "C.UTF-8"
