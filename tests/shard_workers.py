"""What workers do in tests of shards: functions of a module, so that other processes find them."""

from __future__ import annotations

import os
import time

import pandas as pd

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


@answered
def sizes(corpus, function, *given):
    """Return a result, one row a shard, made by a function that may fail."""
    return Result(pd.DataFrame({"articles": corpus.map(function, *given)}), title="Sizes")
