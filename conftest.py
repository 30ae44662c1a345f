"""What every test and every notebook kernel under test starts from: a home of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOME = "CORPUSKIT_TEST_HOME"
LOOPBACK = ("127.", "::1", "localhost")
NO_PROXY = "127.0.0.1,localhost,::1"
NOWHERE = "http://127.0.0.1:9"
QUIET_KERNEL = "c = get_config()\nc.Application.log_level = 'ERROR'\n"


def pytest_configure(config: pytest.Config) -> None:
    """Isolate this run, once; xdist's workers and the kernels inherit it."""
    if HOME not in os.environ:
        home = Path(tempfile.mkdtemp(prefix="corpuskit-test-"))
        config.add_cleanup(lambda: _leave(home))
        _isolate(home)
        subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], check=True)


def _isolate(home: Path) -> None:
    """Point everything that could leak in from the user's own set-up to an empty folder."""
    os.environ[HOME] = str(home)
    for name in ("MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        os.environ[name] = str(home / name.lower())
    profile = home / "ipythondir" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_kernel_config.py").write_text(QUIET_KERNEL)
    os.environ["JUPYTER_RUNTIME_DIR"] = str(home / "runtime")
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    for name in (
        "MPLBACKEND",
        "MATPLOTLIBRC",
        "JUPYTER_PATH",
        "JUPYTER_CONFIG_PATH",
        "PYTHONSTARTUP",
    ):
        os.environ.pop(name, None)
    for name in ("CORPUSKIT_DATA", "CORPUSKIT_NODE"):
        os.environ.pop(name, None)
    # Children, kernels among them, find no way out either.
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        os.environ[name] = os.environ[name.upper()] = NOWHERE
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = NO_PROXY


def _leave(home: Path) -> None:
    """Remove the folder of this run."""
    os.environ.pop(HOME, None)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _this_machine_only() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Any) -> Any:
    """Return `connect` for loopback addresses and local sockets only."""

    def guarded(self: socket.socket, address: Any) -> Any:
        outside = self.family in (socket.AF_INET, socket.AF_INET6)
        if outside and not str(address[0]).startswith(LOOPBACK):
            raise PermissionError(f"tests stay on this machine; refused to connect to {address!r}")
        return connect(self, address)

    return guarded


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in one line how many tests and notebook cells ran, and why any did not."""
    ran = {"tests": 0, "notebook cells": 0}
    for outcome in ("passed", "failed", "xfailed", "xpassed"):
        for report in terminalreporter.stats.get(outcome, []):
            ran["notebook cells" if ".ipynb::" in report.nodeid else "tests"] += 1
    left = [_reason(report) for report in terminalreporter.stats.get("skipped", [])]
    counts = " and ".join(f"{count:,} {what}" for what, count in ran.items())
    terminalreporter.write_line(f"{counts} ran; {len(left):,} skipped.")
    for reason in sorted(set(left)):
        terminalreporter.write_line(f"skipped {left.count(reason)}: {reason}")


def _reason(report: Any) -> str:
    """Return why a test was skipped."""
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ") or "no reason given"
