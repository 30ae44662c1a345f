"""The front door: what it offers is sorted, documented, in the README, and cheap to open."""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import corpuskit

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "corpuskit"
NAMES = [name for name in corpuskit.__all__ if name != "__version__"]


def test_names_are_sorted_and_told_to_completion() -> None:
    assert corpuskit.__all__ == sorted(set(corpuskit.__all__))
    assert set(corpuskit.__all__) <= set(dir(corpuskit))


def test_type_checkers_see_the_same_names_in_the_same_places() -> None:
    tree = ast.parse((HOUSE / "__init__.py").read_text("utf-8"))
    seen = {
        alias.name: node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
    }
    assert dict(sorted(seen.items())) == vars(corpuskit)["_HOMES"]
    assert sorted(seen) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_there_and_documented(name: str) -> None:
    found = getattr(corpuskit, name)
    assert inspect.getdoc(found)
    if callable(found):
        assert found.__name__ == name
        assert found.__module__.startswith("corpuskit.")


@pytest.mark.parametrize("name", NAMES)
def test_each_name_stands_in_the_table_of_the_readme(name: str) -> None:
    rows = [r for r in (ROOT / "README.md").read_text("utf-8").splitlines() if r.startswith("|")]
    assert re.search(rf"`[^`]*\b{name}\b[^`]*`", "\n".join(rows))


def test_a_name_that_is_not_offered_is_told_with_the_nearest() -> None:
    message = "module 'corpuskit' has no attribute 'keynes'. Did you mean 'keyness'?"
    with pytest.raises(AttributeError, match=f"^{re.escape(message)}$"):
        corpuskit.keynes  # type: ignore[attr-defined]  # noqa: B018
    message = "module 'corpuskit' has no attribute 'zzz'."
    with pytest.raises(AttributeError, match=f"^{re.escape(message)}$"):
        corpuskit.zzz  # type: ignore[attr-defined]  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    code = "import json, sys, corpuskit; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"matplotlib", "nltk", "numpy", "pandas", "scipy", "trafilatura", "nupunkt", "IPython"}
    assert heavy & set(json.loads(done.stdout)) == set()


def test_reading_and_counting_load_no_plotting_and_no_notebooks() -> None:
    code = (
        "import json, sys, corpuskit as ck; ck.Corpus, ck.kwic, ck.keyness, ck.sentiment_around;"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"matplotlib", "IPython", "nbconvert", "requests"} & set(
        json.loads(done.stdout)
    ) == set()


def test_no_public_function_has_the_name_of_its_module() -> None:
    """Else `from .x import x` hides the module, and people import the wrong one."""
    found = {name: getattr(corpuskit, name) for name in NAMES}
    functions = {name: f for name, f in found.items() if inspect.isfunction(f)}
    assert [n for n, f in functions.items() if n in f.__module__.split(".")] == []
