"""A small part of each fault sweep; `python -m tests.faults --all` runs the full ones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEAST = {
    "calls (first)": 20,
    "calls (rebuild)": 20,
    "calls (read)": 8,
    "damage": 90,
    "crowd": 3,
    "lives": 12,
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the sweeps need fork and /proc")
def test_a_store_survives() -> None:
    words = [sys.executable, "-W", "ignore", "-m", "tests.faults"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    found = {line["sweep"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert [line for line in found.values() if line["bad"]] == [], done.stderr
    assert done.returncode == 0, done.stderr
    assert {name: found[name]["runs"] >= least for name, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    )


IN_PLACE = """
import sys
from corpuskit.corpus.disk import generation
from tests import faults

begin = generation.Draft.__init__

def in_place(self, root):
    (root / "CURRENT").unlink(missing_ok=True)
    begin(self, root)

generation.Draft.__init__ = in_place
sys.argv = ["faults", "--only", "calls (rebuild"]
sys.exit(faults.main())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the sweeps need fork and /proc")
def test_the_sweep_tells_of_a_store_that_is_written_in_place() -> None:
    words = [sys.executable, "-W", "ignore", "-c", IN_PLACE]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert json.loads(done.stdout)["bad"] > 5
