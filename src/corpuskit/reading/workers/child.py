"""The process that runs the parsers: it may hang, crash or run out of memory in their place.

    python -m corpuskit.reading.workers.child MEGABYTES SECONDS

Started by `guard.py`. Each request is a line of JSON and the bytes of one file; each answer is
a line of JSON. Nothing else is understood, and nothing is unpickled.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from ..article import Options, Reading
from ..findings.told import Skipped
from ..kinds import function
from .wire import dumped, finding_out, options_in, reading_out

IDLE = 120.0  # seconds without a request after which it ends itself
OUT_OF_MEMORY = 75  # the exit code that says so


def main(words: list[str]) -> int:
    """Answer requests until the pipe is closed."""
    megabytes, seconds = int(words[0]), float(words[1])
    requests, answers = _pipes()
    _limit_memory(megabytes)
    _send(answers, b"ready\n")
    while True:
        _alarm(IDLE)
        line = requests.readline()
        if not line:
            return 0
        request = json.loads(line)
        _alarm(seconds + 5)  # for the case that nobody is left who would stop it
        try:
            data = requests.read(request["size"])
            answer = dumped(_answer(request["reads"], data, options_in(request["options"])))
        except MemoryError:
            return OUT_OF_MEMORY
        _send(answers, answer)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes of requests and answers; what a parser prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    requests = os.fdopen(os.dup(0), "rb")
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return requests, answers


def _limit_memory(megabytes: int) -> None:
    """Set a ceiling on the memory of this process, where the system knows one."""
    try:
        import resource
    except ImportError:  # Windows: the limit of time alone holds
        return
    for name, wanted in (("RLIMIT_AS", megabytes * 1_000_000), ("RLIMIT_CORE", 0)):
        with suppress(AttributeError, OSError, ValueError):  # macOS refuses some
            limit = getattr(resource, name)
            hard = resource.getrlimit(limit)[1]
            soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(limit, (soft, hard))


def _alarm(seconds: float) -> None:
    """End this process after some seconds, whatever it does then, where signals do that."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _send(answers: BinaryIO, line: bytes) -> None:
    """Send one line."""
    answers.write(line)
    answers.flush()


def _answer(readers: list[str], data: bytes, options: Options) -> dict[str, Any]:
    """Return what the first reader that does not decline makes of the bytes."""
    try:
        for number, name in enumerate(readers):
            reading: Reading | None = function(name)(data, options)
            if reading is not None:
                return {"kind": number, "reading": reading_out(reading)}
    except Skipped as skipped:
        return {"skipped": finding_out(skipped.finding)}
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser raises costs this one file
        return {"error": type(error).__name__}
    return {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
