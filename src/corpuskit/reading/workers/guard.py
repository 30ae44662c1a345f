"""Parsers at arm's length: in child processes with a limit of memory, and of time for each file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ..article import Options, Reading
from ..findings.told import Finding, Skipped, finding, skip
from .child import OUT_OF_MEMORY
from .wire import dumped, options_out, reading_in

STARTING = 60.0  # seconds that a child may take until it is ready
IDLE_END = -getattr(signal, "SIGALRM", 0)  # the exit code of a child that nobody asked for long
# One thread, and no room set aside beforehand: both count against the limit of memory.
FRUGAL = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
FRUGAL |= {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}

Read = tuple[int, Reading]  # which of the readers it was, and what it made of the file


class Declined(Skipped):
    """Raised if every reader says that a file is not of its kind after all."""


class Limits(NamedTuple):
    """What a parser may take for one file."""

    seconds: float = 30.0
    megabytes: int = 2_000


LIMITS = Limits()


class Parser:
    """One child process that reads file after file, and is started anew when it has to be."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False

    def read(self, readers: Sequence[str], data: bytes, options: Options) -> Read:
        """Return which reader read the bytes and its reading; raise Skipped with the reason."""
        request = {"reads": list(readers), "size": len(data), "options": options_out(options)}
        for _ in range(2):  # a child that was left idle may have ended itself: then once more
            self._ready()
            sent = dumped(request)
            line, late = self._timed(self.limits.seconds, partial(self._asked, sent, data))
            whole = line.endswith(b"\n")
            code = 0 if whole and not late else self._fallen(late)
            if whole:
                return _read(json.loads(line))
            if late or code != IDLE_END:
                break
        raise self._death(code, late)

    def _ready(self) -> None:
        """See to it that there is a child."""
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        if self._process is None and not self._over:
            self._start()
        if self._over:  # asked last, so that a child that was just started ends, too
            self.stop()
            raise skip("CK-194", error="interrupted")

    def kill(self) -> None:
        """End the child in the middle of its work, and start no other."""
        self._over = True
        process = self._process
        if process is not None:
            process.kill()

    def _fallen(self, late: bool) -> int:
        """Return the exit code of a child that gives no answer, minus the signal if one did it."""
        process = self._process
        if process is not None and not late:
            with suppress(subprocess.TimeoutExpired):  # it lives on without its pipe: stopped
                process.wait(2)
        return self.stop()

    def stop(self) -> int:
        """End the child; return its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what a dead child has not taken is lost with it
                    pipe.close()
        return process.wait()

    def _start(self) -> None:
        """Start the child and wait until it is ready."""
        words = [str(self.limits.megabytes), str(self.limits.seconds)]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "corpuskit.reading.workers.child", *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, TypeError, ValueError) as error:  # TypeError: no Python known
            raise skip("CK-194", error=type(error).__name__) from error
        line, _ = self._timed(STARTING, self._line)
        if line != b"ready\n":
            raise skip("CK-194", error=f"exit code {self.stop()}")

    def _asked(self, request: bytes, data: bytes) -> bytes:
        """Send a file; return the answer, or what there is of it if the child dies."""
        process = self._process
        if process is None or process.stdin is None:
            return b""
        try:
            process.stdin.write(request)
            process.stdin.write(data)
            process.stdin.flush()
        except OSError:
            return b""
        return self._line()

    def _line(self) -> bytes:
        """Return the next line of the child."""
        process = self._process
        return process.stdout.readline() if process and process.stdout else b""

    def _timed(self, seconds: float, ask: Callable[[], bytes]) -> tuple[bytes, bool]:
        """Return an answer, and whether the child was stopped because its time was over."""
        late = threading.Event()
        process = self._process

        def stop() -> None:
            late.set()
            if process is not None:
                process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            line = ask()
        finally:
            timer.cancel()
            timer.join()
        return line, late.is_set()

    def _death(self, code: int, late: bool) -> Skipped:
        """Return why there is no answer."""
        if late:
            return skip("CK-191", seconds=f"{self.limits.seconds:g}")
        if code == OUT_OF_MEMORY:
            return skip("CK-192", most=f"{self.limits.megabytes:,}")
        return skip("CK-193", error=f"signal {-code}" if code < 0 else f"exit code {code}")


def _environment() -> dict[str, str]:
    """Return the environment of a child: the same modules, one thread, one order of sets."""
    home = str(Path(__file__).resolve().parents[2])
    paths = dict.fromkeys([home, *(path for path in sys.path if path)])
    fixed = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
    return {**os.environ, **FRUGAL, **fixed}


def _read(answer: dict[str, Any]) -> Read:
    """Return the reading that an answer holds, or raise Skipped with its reason."""
    if "reading" in answer:
        return answer["kind"], reading_in(answer["reading"])
    if "skipped" in answer:
        raise Skipped(Finding(*answer["skipped"]))
    if "error" in answer:
        raise skip("CK-119", error=answer["error"])
    raise Declined(finding("CK-107", ending=""))
