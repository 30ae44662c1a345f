"""Faults at every system call that touches a store, injected from outside by strace."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FAULTS = {"kill": "signal=SIGKILL", "ENOSPC": "error=ENOSPC", "EIO": "error=EIO"}
FAULTS |= {"EACCES": "error=EACCES"}
CALL = re.compile(r"\d+ +([a-z_0-9]+)\(")
NEVER = {"munmap", "exit_group", "mprotect", "brk"}


def available() -> bool:
    """Return whether strace is there and may attach to a child."""
    if not sys.platform.startswith("linux") or not shutil.which("strace"):
        return False
    child = stopped(lambda: None)
    strace = attached(child, ["-o", os.devnull])
    os.waitpid(child, 0)
    return strace.wait() == 0


def stopped(work: Callable[[], Any]) -> int:
    """Start work in a child that waits for SIGCONT; return its number."""
    child = os.fork()
    if child == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
        work()
        os._exit(0)
    os.waitpid(child, os.WUNTRACED)
    return child


def attached(child: int, words: list[str]) -> subprocess.Popen[bytes]:
    """Attach strace to a child that waits, and let the child go."""
    command = ["strace", "-f", "-q", *words, "-p", str(child)]
    strace = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while strace.poll() is None:
        status = Path(f"/proc/{child}/status").read_text()
        if int(re.search(r"TracerPid:\s+(\d+)", status)[1]):  # type: ignore[index]
            break
        time.sleep(0.001)
    os.kill(child, signal.SIGCONT)
    return strace


def touching(store: Path, work: Callable[[], Any], log: Path) -> list[tuple[str, int]]:
    """Return each system call of work that touches the store: its name, and its how-manieth."""
    child = stopped(work)
    strace = attached(child, ["-y", "-o", str(log)])
    os.waitpid(child, 0)
    strace.wait()
    seen: Counter[str] = Counter()
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if match := CALL.match(line):
            seen[match[1]] += 1
            if str(store) in line and match[1] not in NEVER:
                found.append((match[1], seen[match[1]]))
    return found


def faults(
    calls: list[tuple[str, int]], step: int, run: Callable[[], Callable[[], Any]]
) -> Iterator[tuple[str, str, int]]:
    """Let every `step`-th call fail in every way; yield the name, the fault and how it ended.

    `run` puts the store back as it was and returns what is to be done in the child.
    """
    for fault, how in FAULTS.items():
        for name, number in calls[::step]:
            child = stopped(run())
            inject = f"inject={name}:{how}:when={number}"
            strace = attached(child, ["-o", os.devnull, "-e", f"trace={name}", "-e", inject])
            _, status = os.waitpid(child, 0)
            strace.wait()
            yield f"{fault} at {name} {number}", fault, os.waitstatus_to_exitcode(status)
