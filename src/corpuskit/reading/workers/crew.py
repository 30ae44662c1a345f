"""Several parsers at work: files are handed out, and their readings come back in order."""

from __future__ import annotations

import atexit
import os
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import NamedTuple, Self

from ..article import Options
from .guard import LIMITS, Limits, Parser, Read

BACKLOG = 8  # files that wait for each parser before another one is started
MOST = 8  # parsers at a time


class _Job(NamedTuple):
    """One file to be read."""

    readers: Sequence[str]
    data: bytes
    options: Options
    answer: Future[Read]


class Crew:
    """Up to `most` parsers for the time of one reading; none is started before it is needed.

    Each runs in a thread of this process, which does nothing but wait for its child. The
    threads end with the `with` block; the children stay a while for the next reading.
    """

    def __init__(self, limits: Limits | None = None, most: int | None = None) -> None:
        self.limits = limits or LIMITS
        self.most = most or min(MOST, processors())
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._parsers: list[Parser] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._drop()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        if kind is None:
            _leave(self._parsers)
        for parser in self._parsers if kind is not None else ():
            parser.stop()

    def submit(self, readers: Sequence[str], data: bytes, options: Options) -> Future[Read]:
        """Hand out one file; the future gives its reading or raises Skipped."""
        job = _Job(readers, data, options, Future())
        self._jobs.put(job)
        waiting = self._jobs.qsize()
        if not self._threads or (len(self._threads) < self.most and waiting > self._enough):
            self._engage()
        return job.answer

    @property
    def _enough(self) -> int:
        """Return how many files may wait before another parser is worth its start."""
        return BACKLOG * len(self._threads)

    def _engage(self) -> None:
        """Add a parser with its thread."""
        parser = _taken(self.limits)
        thread = threading.Thread(target=self._work, args=(parser,), daemon=True)
        self._parsers.append(parser)
        self._threads.append(thread)
        thread.start()

    def _work(self, parser: Parser) -> None:
        """Read file after file until there is no more."""
        while (job := self._jobs.get()) is not None:
            try:
                job.answer.set_result(parser.read(job.readers, job.data, job.options))
            except BaseException as error:  # whoever waits for this file is told
                job.answer.set_exception(error)

    def _drop(self) -> None:
        """Forget what waits, and stop every child in the middle of its work."""
        while not self._jobs.empty():
            self._jobs.get()
        for parser in self._parsers:
            parser.kill()


def processors() -> int:
    """Return on how many processors this process may run."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# Parsers that wait for the next reading, by the process that started them: a process that was
# forked from it must not speak with them.
_WAITING: list[tuple[int, Parser]] = []
_LOCK = threading.Lock()


def _taken(limits: Limits) -> Parser:
    """Return a parser that waits, or a new one."""
    with _LOCK:
        for place, (owner, parser) in enumerate(_WAITING):
            if owner == os.getpid() and parser.limits == limits:
                del _WAITING[place]
                return parser
    return Parser(limits)


def _leave(parsers: Sequence[Parser]) -> None:
    """Let parsers wait for the next reading."""
    with _LOCK:
        _WAITING.extend((os.getpid(), parser) for parser in parsers)


@atexit.register
def dismiss() -> None:
    """End the parsers that wait; the next reading starts new ones."""
    with _LOCK:
        own = [parser for owner, parser in _WAITING if owner == os.getpid()]
        _WAITING[:] = []
    for parser in own:
        parser.stop()
