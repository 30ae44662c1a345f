"""Tasks over executors: answers in order, one more try, the failed named."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ClassVar

import pytest

from corpuskit.corpus.sharding.executors import Outcome, Task, run_tasks


def double(number):
    return 2 * number


def slow_double(number):
    time.sleep(0.05 * (3 - number))  # the first ends last
    return 2 * number


def fail(reason):
    raise ValueError(reason)


def fail_once(mark):
    """Raise the first time, answer the second."""
    path = Path(mark)
    if not path.exists():
        path.touch()
        raise OSError("not yet")
    return "done"


def die_once(mark):
    """Kill the worker the first time, answer the second."""
    path = Path(mark)
    if not path.exists():
        path.touch()
        os._exit(9)
    return "done"


def die():
    os._exit(9)


def hang():
    time.sleep(1)


@pytest.fixture(params=["plain", "threads", "processes"])
def executor(request):
    if request.param == "plain":
        yield None
    elif request.param == "threads":
        with ThreadPoolExecutor(2) as pool:
            yield pool
    else:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            yield pool


def tasks(work, *given):
    return [Task(f"s{n}", work, (one,)) for n, one in enumerate(given)]


def test_answers_come_in_the_order_of_the_tasks(executor):
    found = run_tasks(tasks(slow_double, 0, 1, 2), executor)
    assert found == [Outcome("s0", 0), Outcome("s1", 2), Outcome("s2", 4)]


def test_no_tasks(executor):
    assert run_tasks([], executor) == []


def test_a_task_that_raises_is_tried_again(executor, tmp_path):
    found = run_tasks(tasks(fail_once, str(tmp_path / "a"), str(tmp_path / "b")), executor)
    assert [one.answer for one in found] == ["done", "done"]
    assert not any(one.failure for one in found)


def test_a_task_that_raises_twice_is_named_and_costs_no_other(executor):
    mixed = [Task("good", double, (4,)), Task("bad", fail, ("no\nsuch",)), Task("x", double, (5,))]
    assert run_tasks(mixed, executor) == [
        Outcome("good", 8),
        Outcome("bad", failure="ValueError: no such"),
        Outcome("x", 10),
    ]


def processes():
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


def test_a_worker_that_dies_once_costs_nothing(tmp_path):
    with processes() as pool:
        found = run_tasks([*tasks(double, 1, 2), *tasks(die_once, str(tmp_path / "m"))], pool)
    assert [one.answer for one in found] == [2, 4, "done"]


def meet(folder, own, other):
    """Answer once the other task is at work at the same time."""
    Path(folder, own).touch()
    for _ in range(600):
        if Path(folder, other).exists():
            return own
        time.sleep(0.05)
    raise RuntimeError("alone")


def die_unless_alone(folder):
    """Kill the worker the first time, as long as the others have not met."""
    if not Path(folder, "died").exists():
        Path(folder, "died").touch()
        os._exit(9)
    return "done"


def test_what_a_dead_worker_took_along_is_done_side_by_side_again(tmp_path):
    pairs = (("b", "c"), ("c", "b"))
    given = [Task(one, meet, (str(tmp_path), one, other)) for one, other in pairs]
    with processes() as pool:
        found = run_tasks([Task("a", die_unless_alone, (str(tmp_path),)), *given], pool)
    assert [one.answer for one in found] == ["done", "b", "c"]


def own_number(_):
    return os.getpid()


def test_after_a_worker_died_the_next_questions_go_to_one_fresh_pool(tmp_path):
    with processes() as pool:
        run_tasks(tasks(die_once, str(tmp_path / "m")), pool)
        found = [{one.answer for one in run_tasks(tasks(own_number, 1, 2), pool)} for _ in range(3)]
    assert os.getpid() not in found[0]
    assert len(set().union(*found)) <= 2  # the same workers, question after question


def test_a_worker_that_dies_twice_is_named():
    with processes() as pool:
        found = run_tasks(
            [Task("a", double, (1,)), Task("b", die, ()), Task("c", double, (3,))], pool
        )
    assert [one.answer for one in found] == [2, None, 6]
    assert found[1].failure.startswith("BrokenProcessPool: ")


def test_a_worker_that_hangs_is_named():
    with ThreadPoolExecutor(3) as pool:
        found = run_tasks([Task("a", double, (1,)), Task("b", hang, ())], pool, timeout=0.1)
    assert found == [Outcome("a", 2), Outcome("b", failure="no answer within 0.1 seconds")]


def test_an_executor_that_was_shut_down_is_told():
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    (found,) = run_tasks(tasks(double, 1), pool)
    assert found.failure == "RuntimeError: cannot schedule new futures after shutdown"


def begin(mark):
    Path(mark).touch()


def die_or_hang(mark):
    """Kill the worker the first time, hang the second."""
    path = Path(mark)
    if not path.exists():
        path.touch()
        os._exit(9)
    time.sleep(60)


def test_a_fresh_pool_is_begun_like_the_one_that_broke_and_a_hanging_worker_is_ended(tmp_path):
    begun, mark = tmp_path / "begun", tmp_path / "mark"
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=begin, initargs=(str(begun),)) as pool:
        pool.submit(double, 1).result()
        begun.unlink()
        at = time.monotonic()
        (outcome,) = run_tasks([Task("a", die_or_hang, (str(mark),))], pool, timeout=15)
    assert outcome == Outcome("a", failure="no answer within 15 seconds")
    assert time.monotonic() - at < 50
    assert begun.exists()


def test_tries_differ_for_executors_that_keep_answers():
    class Keeping(ThreadPoolExecutor):
        """Answers the same call once, as clusters do with what they take for pure."""

        known: ClassVar[dict] = {}

        def submit(self, work, *given):
            key = (work, given)
            if key not in self.known:
                self.known[key] = super().submit(work, *given)
            return self.known[key]

    asked = []

    def fail_first(name):
        asked.append(name)
        if len(asked) == 1:
            raise OSError("not yet")
        return name

    with Keeping(1) as pool:
        assert run_tasks([Task("a", fail_first, ("x",))], pool) == [Outcome("a", "x")]
