"""A notebook that only runs is not tested: each planted fault must turn at least one red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"


@dataclass(frozen=True)
class Mutant:
    """One fault: in which module, what stands there, what it becomes, who must notice."""

    name: str
    module: str
    right: str
    wrong: str
    notebook: str


MUTANTS = [
    Mutant(
        "window off by one",
        "analysis/concordances/reach.py",
        "before = self.node - window\n",
        "before = self.node - window + 1\n",
        "02_keyword_in_context",
    ),
    Mutant(
        "outlet labels swapped",
        "corpus/choice.py",
        "index = {label: n for n, label in enumerate(labels)}",
        "index = {label: n for n, label in enumerate(reversed(labels))}",
        "06_comparing_reports",
    ),
    Mutant(
        "sentiment sign turned",
        "analysis/tone/scoring.py",
        "score = math.fsum(valences) / whole",
        "score = -math.fsum(valences) / whole",
        "04_sentiment_around_partnership",
    ),
    Mutant(
        "date shifted by a day",
        "reading/dates.py",
        "return Moment(date(year, month, day).isoformat())",
        "return Moment(date.fromordinal(date(year, month, day).toordinal() + 1).isoformat())",
        "00_start_here",
    ),
    Mutant(
        "a cut not applied",
        "reading/cleaning/clean.py",
        "            return rule.zone or Cut(*span, rule.name, rule.reason)",
        '            return rule.name == "comments" or Cut(*span, rule.name, rule.reason)',
        "01_reading_the_text",
    ),
]


def check(notebook: str, package: Path) -> subprocess.CompletedProcess[str]:
    """Return how the comparison of one notebook ends when it runs on this copy of the package."""
    command = [sys.executable, "-m", "corpuskit", "refresh", "--check", f"{notebook}.ipynb"]
    environment = os.environ | {"PYTHONPATH": str(package)}
    return subprocess.run(
        command, cwd=NOTEBOOKS, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_notebook_notices(mutant: Mutant, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "corpuskit", tmp_path / "corpuskit")
    module = tmp_path / "corpuskit" / mutant.module
    source = module.read_text("utf-8")
    assert source.count(mutant.right) == 1, f"{mutant.module} changed; renew this mutant"
    module.write_text(source.replace(mutant.right, mutant.wrong), "utf-8")
    ended = check(mutant.notebook, tmp_path)
    assert ended.returncode == 1, f"{mutant.notebook} does not notice: {mutant.name}"
    assert mutant.notebook in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_committed_outputs_are_what_the_package_gives() -> None:
    # byte for byte, pictures included, on the package as it stands
    command = [sys.executable, "-m", "corpuskit", "refresh", "--check"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
