"""The law of the house: a module imports only from lower floors, or from above it in its folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "src" / "corpuskit"

# Ground first. Two rooms on one floor do not know each other.
FLOORS = [
    {"errors"},
    {"measures"},
    {"result"},
    {"reading"},
    {"corpus"},
    {"analysis"},
    {"plot", "export", "explorer"},
    {"course"},
    {"__main__", "__init__"},
]

Name = tuple[str, ...]  # ("corpus", "find"); a folder's own __init__ is ("corpus", "__init__")


def name_of(path: Path) -> Name:
    """Return the module's place in the house."""
    return path.relative_to(HOUSE).with_suffix("").parts


MODULES = {name_of(path): ast.parse(path.read_text("utf-8")) for path in HOUSE.rglob("*.py")}


def imports(module: Name) -> Iterator[tuple[Name, bool]]:
    """Yield each module of the house that `module` imports, and whether for its types alone."""
    tree = MODULES[module]
    guarded = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for part in node.body
        for inner in ast.walk(part)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            start = module[: len(module) - node.level]
            base = (*start, *(node.module or "").split(".")) if node.module else start
            for alias in node.names:
                yield resolve(base, alias.name), node in guarded


def resolve(base: Name, name: str) -> Name:
    """Return the module that `from base import name` reads."""
    for found in ((*base, name), (*base, name, "__init__"), base, (*base, "__init__")):
        if found in MODULES:
            return found
    raise AssertionError(f"{'.'.join(base)} has no {name}")


def floor(module: Name) -> int:
    """Return the number of the floor on which a module stands."""
    return next(i for i, rooms in enumerate(FLOORS) if module[0] in rooms)


def show(module: Name) -> str:
    return "/".join(module) + ".py"


@pytest.mark.parametrize("module", sorted(MODULES), ids=show)
def test_module_imports_only_from_below(module: Name) -> None:
    upward = [
        show(other)
        for other, _ in imports(module)
        if other[0] != module[0] and floor(other) >= floor(module)
    ]
    assert upward == [], f"{show(module)} imports from its own or a higher floor"


@pytest.mark.parametrize("module", sorted(MODULES), ids=show)
def test_module_never_imports_the_package_by_its_name(module: Name) -> None:
    named = [
        ast.unparse(node)
        for node in ast.walk(MODULES[module])
        if (
            isinstance(node, ast.Import)
            and any(a.name.split(".")[0] == "corpuskit" for a in node.names)
        )
        or (
            isinstance(node, ast.ImportFrom)
            and not node.level
            and (node.module or "").split(".")[0] == "corpuskit"
        )
    ]
    assert named == [], "inside src/, imports are relative"


def test_no_module_waits_for_itself() -> None:
    """Imports at run time make no circle, inside the folders either; `prepare` names one."""
    needs = {module: {o for o, typing in imports(module) if not typing} for module in MODULES}
    TopologicalSorter(needs).prepare()


def test_every_room_stands_on_a_floor() -> None:
    known = set().union(*FLOORS)
    assert sorted({module[0] for module in MODULES} - known) == []
