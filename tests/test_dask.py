"""A real Dask cluster: two processes on this machine answer, one of them is killed meanwhile.

One cluster serves all of it, begun once: the tests are few and each tries much.
"""

from __future__ import annotations

import inspect
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

import pytest
import shard_workers as workers
from pandas.testing import assert_frame_equal
from shard_answers import ANSWERS, TEXTS, cut, few, node, rows, told
from test_sharing import folder_of, sums

import corpuskit as ck

WHOLE = ck.Corpus.from_frame(rows())
LAST = "n11"  # an article of the last shard


def begun():
    """Begin the cluster of the README."""
    from dask.distributed import LocalCluster

    here = "127.0.0.1:0"
    cluster = LocalCluster(
        n_workers=2,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=here,
        scheduler_kwargs={"dashboard_address": here},
    )
    return cluster


@pytest.fixture(scope="module")
def client():
    """A cluster of two processes on this machine: loopback only, no dashboard."""
    pytest.importorskip("dask.distributed")
    from dask.distributed import Client

    cluster = begun()
    with cluster, Client(cluster) as found:
        cluster.scheduler.allowed_failures = 0  # the second try is that of corpuskit
        yield found


@pytest.fixture
def killer():
    """Kills the process whose number stands in a file, as soon as it stands there."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda mark: pool.submit(lambda: os.kill(workers.stopped(mark), signal.SIGKILL))


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Three stores on disk."""
    folder = tmp_path_factory.mktemp("stores")
    for name, (low, high) in zip("abc", pairwise(cut(len(TEXTS), 3)), strict=True):
        ck.Corpus.from_frame(rows()[low:high]).save(folder / name)
    return folder


def test_the_cluster_gives_the_same_answers_as_one_corpus(client, stores):
    shards = ck.open_shards(stores, executor=client.get_executor())
    other = [name for name in few() if told(ANSWERS[name](shards)) != told(ANSWERS[name](WHOLE))]
    assert other == []


def test_the_cluster_is_that_of_the_readme():
    _, _, lines = inspect.getsource(begun).partition("LocalCluster\n\n")
    shown = dedent(lines.rpartition("    return")[0])
    assert shown in (Path(__file__).parents[1] / "README.md").read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_dask_cluster_is_reachable_from_this_machine_only(client):
    assert client.cluster.scheduler.address.startswith("tcp://127.0.0.1:")
    assert len(client.scheduler_info()["workers"]) == 2
    found = _listening([os.getpid(), *client.run(os.getpid).values()])
    assert len(found) >= 3
    assert set(found) == {"0100007F"}  # 127.0.0.1


def _listening(processes):
    """Return the addresses at which the sockets of these processes wait for somebody."""
    waiting = {}
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A":
                waiting[f"socket:[{cells[9]}]"] = cells[1].partition(":")[0]
    found = []
    for process in processes:
        for link in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                found.append(waiting.get(os.readlink(link), ""))
    return [address for address in found if address]


def test_a_shard_that_raises_is_tried_again_and_then_named(client, stores, tmp_path):
    shards = ck.open_shards(stores, executor=client.get_executor())
    assert sum(shards.map(workers.fail_once, LAST, str(tmp_path / "mark"))) == len(TEXTS)
    gone = "^c: RuntimeError: the disk of this worker is gone. This shard gave no answer, tried"
    with pytest.raises(ck.ShardError, match=gone):
        shards.map(workers.raise_with, LAST)


def judged(corpus, mark):
    lexicon = ("length", partial(workers.judge, mark=str(mark)))
    return ck.sentiment_around(node(corpus), lexicons=(lexicon,), draws=50)


def test_a_worker_killed_in_the_middle_of_a_question_costs_nothing(
    client, stores, tmp_path, killer
):
    mark = tmp_path / "mark"
    killed = killer(mark)
    answer = judged(ck.open_shards(stores, executor=client.get_executor()), mark)
    assert killed.done()
    assert told(answer) == told(judged(WHOLE, mark))


def test_a_shard_that_kills_its_workers_is_named_and_costs_no_other(client, stores):
    shards = ck.open_shards(stores, executor=client.get_executor(), partial=True)
    with pytest.raises(ck.ShardError, match=r"^c: KilledWorker: .*\. This shard gave") as caught:
        shards.map(workers.die_with, LAST)
    (lost,) = caught.value.lost
    assert (lost.name, lost.articles) == ("c", 6)
    answer = ck.frequency_list(shards.without([lost]))
    near = ck.frequency_list(ck.Corpus.from_frame(rows()[:6]))
    assert told(answer)["csv"] == told(near)["csv"]
    assert answer.notes[0].startswith("Partial: 1 shard is missing (c: KilledWorker: ")


def test_a_worker_killed_in_the_middle_of_a_build_costs_nothing(client, tmp_path, killer):
    folder, mark = folder_of(tmp_path / "texts"), tmp_path / "mark"
    ck.build_shards(folder, tmp_path / "one", shards=3)
    client.run(workers.stop_in_a_build, str(mark))
    killed = killer(mark)
    built = ck.build_shards(folder, tmp_path / "two", shards=3, executor=client.get_executor())
    assert killed.done()
    assert sums(tmp_path / "one") == sums(tmp_path / "two")
    assert len(list((tmp_path / "two").glob("*/generations/*"))) == 3  # nothing is left over
    assert_frame_equal(built.articles, ck.read_corpus(folder).articles)
