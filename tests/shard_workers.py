"""What workers do in tests of shards: functions of a module, so that other processes find them."""

from __future__ import annotations

import os
import time

import pandas as pd

from corpuskit.corpus.sharding import sharing
from corpuskit.corpus.sharding.partial import answered
from corpuskit.result import Result


def size(part):
    return len(part)


def _holds(part, article):
    return article in part.articles["id"].tolist()


def die_with(part, article):
    """Kill the worker that looks at the shard of this article."""
    if _holds(part, article):
        os._exit(9)
    return len(part)


def raise_with(part, article):
    if _holds(part, article):
        raise RuntimeError("the disk of this worker is gone")
    return len(part)


def hang_with(part, article):
    if _holds(part, article):
        time.sleep(3)
    return len(part)


def fail_once(part, article, mark):
    """Raise the first time that the shard of this article is looked at."""
    if _holds(part, article) and not os.path.exists(mark):
        with open(mark, "xb"):
            raise RuntimeError("not yet")
    return len(part)


def first_here(mark):
    """Return whether nobody was here before; leave the number of this process."""
    try:
        number = os.open(f"{mark}.new", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        return False
    os.write(number, str(os.getpid()).encode())
    os.close(number)
    os.replace(f"{mark}.new", mark)
    return True


def wait_to_be_killed():
    time.sleep(60)
    raise RuntimeError("nobody killed this worker")


def judge(left, hit, right, *, mark):
    """Score a unit; the first worker that is asked waits in the middle of it."""
    if not os.path.exists(mark) and first_here(mark):
        wait_to_be_killed()
    return len(left) - len(right)


def stop_in_a_build(mark, low=None, *, die=False):
    """Let this process stop in the middle of a build: all is written, nothing is published.

    With `low`, in the share that begins there. It dies each time, or waits the first time.
    """
    fill = sharing._from_files

    def stopping(draft, stream, *given, **named):
        fill(draft, stream, *given, **named)
        if low is None or stream._share.low == low:
            if die:
                os._exit(9)
            if not os.path.exists(mark) and first_here(mark):
                wait_to_be_killed()

    sharing._from_files = stopping


def stopped(mark):
    """Return the process that waits, as soon as there is one."""
    while not os.path.exists(mark):
        time.sleep(0.01)
    with open(mark) as file:
        return int(file.read())


@answered
def sizes(corpus, function, *given):
    """Return a result, one row a shard, made by a function that may fail."""
    return Result(pd.DataFrame({"articles": corpus.map(function, *given)}), title="Sizes")
