"""One piece of work a shard, over any executor: in order, tried twice, the failed ones named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

TRIES = 2
_TRY = count()
_STAND_INS: WeakKeyDictionary[Executor, ProcessPoolExecutor] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done for one shard.

    Attributes
    ----------
    name
        Name of the shard, for messages.
    work
        A function of a module, so that another process finds it.
    given
        Its arguments.
    """

    name: str
    work: Callable[..., Any]
    given: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: its answer, or why there is none after every try."""

    name: str
    answer: Any = None
    failure: str = ""
    error: Exception | None = field(default=None, compare=False)


def run_tasks(
    tasks: Sequence[Task], executor: Executor | None = None, *, timeout: float | None = None
) -> list[Outcome]:
    """Return what came of each task, in the order of the tasks.

    Parameters
    ----------
    tasks
        The tasks; none depends on another.
    executor
        Any `concurrent.futures.Executor` (threads, processes, what a Dask client gives), which
        stays open. None: a plain loop in this process, the reference that all others equal.
    timeout
        Seconds that one try of one task may take from when it is waited for.
    """
    if executor is None:
        return [_here(task) for task in tasks]
    standing = _standing(executor)
    first = [_submitted(standing, task) for task in tasks]
    tried = [_waited(task, future, timeout) for task, future in zip(tasks, first, strict=True)]
    failed = [n for n, outcome in enumerate(tried) if outcome.failure]
    second = _second_tries(standing, [tasks[n] for n in failed], timeout)
    for n, outcome in zip(failed, second, strict=True):
        tried[n] = outcome
    return tried


def _here(task: Task) -> Outcome:
    """Do a task in this process, a second time if the first raises."""
    outcome = Outcome(task.name)
    for _ in range(TRIES):
        try:
            return Outcome(task.name, task.work(*task.given))
        except Exception as error:  # a shard that fails is named, whatever went wrong in it
            outcome = Outcome(task.name, failure=_said(error), error=error)
    return outcome


def _done(_: int, work: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """Do a task. Its number makes no two tries equal, for executors that keep answers."""
    return work(*given)


def _submitted(executor: Executor, task: Task) -> Future[Any] | Exception:
    """Hand a task over, or return why it was not taken."""
    try:
        return executor.submit(_done, next(_TRY), task.work, task.given)
    except Exception as error:
        return error


def _waited(task: Task, future: Future[Any] | Exception, timeout: float | None) -> Outcome:
    """Wait for the answer of a task."""
    if isinstance(future, Exception):
        return Outcome(task.name, failure=_said(future), error=future)
    try:
        return Outcome(task.name, future.result(timeout))
    except TimeoutError:
        future.cancel()
        return Outcome(task.name, failure=f"no answer within {timeout} seconds")
    except Exception as error:
        return Outcome(task.name, failure=_said(error), error=error)


def _standing(executor: Executor) -> Executor:
    """Return the executor; where it is a pool of processes that broke, one that stands in for it.

    A pool that lost one worker never works again, but a session of many questions goes on.
    """
    if not isinstance(executor, ProcessPoolExecutor) or not executor._broken:
        return executor
    if executor._executor_manager_thread is None:  # its owner has shut it down
        _STAND_INS.pop(executor, None)
        return executor
    known = _STAND_INS.get(executor)
    if known is None or known._broken:
        known = _STAND_INS[executor] = _fresh(executor, executor._max_workers)  # type: ignore[attr-defined]
    return known


def _fresh(broken: ProcessPoolExecutor, workers: int) -> ProcessPoolExecutor:
    """Return a pool that is begun like one that broke."""
    return ProcessPoolExecutor(workers, broken._mp_context, broken._initializer, broken._initargs)


def _second_tries(
    executor: Executor, tasks: Sequence[Task], timeout: float | None
) -> list[Outcome]:
    """Try tasks a second time: one by one; where a pool broke, as many at once as it had workers.

    A process is not forked while threads are at work.
    """
    again = partial(_again, executor, timeout)
    if not isinstance(executor, ProcessPoolExecutor) or not executor._broken:
        return list(map(again, tasks))
    if executor._mp_context.get_start_method() == "fork":  # type: ignore[union-attr]
        return list(map(again, tasks))
    side_by_side = ThreadPoolExecutor(executor._max_workers)  # type: ignore[attr-defined]
    try:
        return list(side_by_side.map(again, tasks))
    finally:
        side_by_side.shutdown(wait=False, cancel_futures=True)


def _again(executor: Executor, timeout: float | None, task: Task) -> Outcome:
    """Try a task a second time; a pool of processes that broke is replaced by a fresh one."""
    future = _submitted(executor, task)
    if isinstance(future, BrokenExecutor) and isinstance(executor, ProcessPoolExecutor):
        # one worker died and took its pool along: the others' work is done by a pool of one
        return _alone(executor, task, timeout)
    return _waited(task, future, timeout)


def _alone(broken: ProcessPoolExecutor, task: Task, timeout: float | None) -> Outcome:
    """Do a task in a pool of its own, like the one that broke; a worker that hangs is ended."""
    fresh = _fresh(broken, 1)
    outcome = _waited(task, _submitted(fresh, task), timeout)
    workers = list((fresh._processes or {}).values())
    fresh.shutdown(wait=not outcome.failure, cancel_futures=True)
    for worker in workers if outcome.failure else ():
        worker.kill()
    return outcome


def _said(error: BaseException) -> str:
    """Return an error in one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
