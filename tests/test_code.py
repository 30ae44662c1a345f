"""The code as a whole: style, types, no dangerous call, nothing of one machine in any file."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))

CHECKS = {
    "ruff-check": ["-m", "ruff", "check", "."],
    "ruff-format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
}


def python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("words", CHECKS.values(), ids=CHECKS.keys())
def test_style_and_types(words: list[str]) -> None:
    done = python(*words)
    assert done.returncode == 0, done.stdout + done.stderr


def test_commit_hooks_run_what_is_tested_here_and_fetch_nothing() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    repos = yaml.safe_load(text)["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    hooks = repos[0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert {h["id"]: shlex.split(h["entry"]) for h in hooks} == {
        name: ["python", *words] for name, words in CHECKS.items()
    }
    done = python("-m", "pre_commit", "validate-config", ".pre-commit-config.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


# What can run a text as a program, or unpack one into anything.
FORBIDDEN = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "breakpoint",
    "print",
    "os.system",
    "os.popen",
    "yaml.load",
    "pd.read_pickle",
    "pd.eval",
    "np.fromregex",
    "tempfile.mktemp",
}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle"}
FORBIDDEN_MODULES |= {"requests", "urllib.request", "httpx", "vaderSentiment"}
FORBIDDEN_OPTIONS = {("allow_pickle", True), ("shell", True)}
FORBIDDEN_METHODS = {"to_pickle"}
MAY_PRINT = {"__main__.py"}


def offences(tree: ast.AST) -> list[str]:
    """Return each dangerous call and import of a module, with its line."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            base = [getattr(node, "module", None) or ""]
            names = [*base, *(alias.name for alias in node.names)]
            names += [f"{base[0]}.{alias.name}" for alias in node.names]
            found += [f"{node.lineno}: import {n}" for n in names if n in FORBIDDEN_MODULES]
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in FORBIDDEN or name.rpartition(".")[2] in FORBIDDEN_METHODS:
                found.append(f"{node.lineno}: {name}()")
            found += [
                f"{node.lineno}: {word.arg}={word.value.value}"
                for word in node.keywords
                if isinstance(word.value, ast.Constant)
                and (word.arg, word.value.value) in FORBIDDEN_OPTIONS
            ]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_dangerous_call(path: Path) -> None:
    found = offences(ast.parse(path.read_text("utf-8")))
    if path.name in MAY_PRINT:
        found = [line for line in found if not line.endswith("print()")]
    assert found == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("eval('1')", ["1: eval()"]),
        ("import pickle", ["1: import pickle"]),
        ("from urllib import request", ["1: import urllib.request"]),
        ("np.load(path, allow_pickle=True)", ["1: allow_pickle=True"]),
        ("np.load(path, allow_pickle=False)", []),
        ("subprocess.run(words, shell=True)", ["1: shell=True"]),
        ("frame.to_pickle(path)", ["1: frame.to_pickle()"]),
        ("re.compile('a').evaluate()", []),
    ],
)
def test_the_search_for_dangerous_calls_finds_them(code: str, found: list[str]) -> None:
    assert offences(ast.parse(code)) == found


def public_files() -> list[Path]:
    """Return the files that belong to the project: git's list, or all but what is made."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
        names = [name.decode("utf-8") for name in done.stdout.split(b"\0") if name]
    except (OSError, subprocess.CalledProcessError):
        kept = (p.relative_to(ROOT) for p in ROOT.rglob("*"))
        made = {"reports", "build", "dist", "__pycache__"}
        hidden = {".ci", ".gitignore", ".gitattributes", ".pre-commit-config.yaml"}
        names = [
            path.as_posix()
            for path in kept
            if not made & set(path.parts)
            and (not path.parts[0].startswith(".") or path.parts[0] in hidden)
        ]
    return sorted(path for name in names if (path := ROOT / name).is_file())


# Spelt apart, so that this file does not find itself.
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js", "deb.deb" + "ian.org")
ELSEWHERE = re.compile(
    "|".join(map(re.escape, HOSTS))
    + r"|\bfile:/{3}\w|(?<![\w.])/(?:home|Users|root|tmp|work)/[\w.]"
)
PICTURE = re.compile(r'"image/png": "[^"]*"')


def test_no_file_names_a_package_host_or_a_folder_of_one_machine() -> None:
    found = []
    for path in public_files():
        text = PICTURE.sub("", path.read_bytes().decode("utf-8", "ignore"))
        for number, line in enumerate(text.splitlines(), start=1):
            if match := ELSEWHERE.search(line):
                found.append(f"{path.relative_to(ROOT).as_posix()}:{number}: {match[0]}")
    assert found == []


def test_the_pins_are_exact_and_hold_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    pin = re.compile(r"[a-z0-9-]+==[\w.!+]+( ; [\w.<>='!() ]+)?")
    assert [line for line in lines[1:] if not pin.fullmatch(line)] == []
    names = [line.split("==")[0] for line in lines[1:]]
    assert names == sorted(names)


def test_one_version_number() -> None:
    import corpuskit

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == corpuskit.__version__
