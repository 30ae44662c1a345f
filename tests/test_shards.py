"""Over shards every answer is that of one corpus, byte for byte, or says which shard is missing."""

from __future__ import annotations

import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import pytest
import shard_workers as workers
from pandas.testing import assert_frame_equal
from shard_answers import ANSWERS, TEXTS, cut, node, rows, told

import corpuskit as ck
from corpuskit.corpus.disk.stored import open_corpus

RAW = Path(__file__).parent.parent / "data" / "raw"
WHOLE = ck.Corpus.from_frame(rows())
EXPECTED: dict[str, dict[str, str]] = {}


def expected(name):
    if name not in EXPECTED:
        EXPECTED[name] = told(ANSWERS[name](WHOLE))
    return EXPECTED[name]


def parts(shards):
    borders = cut(len(TEXTS), shards)
    return [ck.Corpus.from_frame(rows()[low:high]) for low, high in pairwise(borders)]


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Three stores on disk."""
    folder = tmp_path_factory.mktemp("stores")
    for name, part in zip("abc", parts(3), strict=True):
        part.save(folder / name)
    return folder


@pytest.fixture
def own_stores(tmp_path):
    """Three stores that a test may damage."""
    for name, part in zip("abc", parts(3), strict=True):
        part.save(tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("shards", [1, 3, 7])
@pytest.mark.parametrize("name", ANSWERS)
def test_shards_answer_as_one_corpus(name, shards):
    assert told(ANSWERS[name](ck.Shards(parts(shards)))) == expected(name)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_empty_shard_changes_nothing(name):
    empty = ck.Corpus([])
    first, *others = parts(3)
    assert told(ANSWERS[name](ck.Shards([empty, first, empty, *others]))) == expected(name)


def said(name, corpus):
    """Return an answer, or the error in its place."""
    try:
        return told(ANSWERS[name](corpus))
    except (ValueError, IndexError) as error:
        return type(error).__name__, str(error)


@pytest.mark.parametrize("name", ANSWERS)
def test_shards_without_articles_answer_as_an_empty_corpus(name):
    empty = ck.Corpus([])
    assert said(name, ck.Shards([empty, empty])) == said(name, empty)
    nobody = WHOLE.where(outlet="nobody")
    assert said(name, ck.Shards(parts(3)).where(outlet="nobody")) == said(name, nobody)


# -- executors ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dask_executor():
    """A cluster of two processes on this machine: loopback only, no dashboard."""
    distributed = pytest.importorskip("dask.distributed")
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # where it tells that it is well
    )
    with cluster, distributed.Client(cluster) as client:
        folder = str(Path(__file__).parent)
        client.run(_find_modules_in, folder)
        yield client.get_executor()


def _find_modules_in(folder):
    import sys

    sys.path.insert(0, folder)


@pytest.fixture(scope="module")
def executors(request):
    """Executors by name, each begun when it is first asked for."""
    made = {}
    with ExitStack() as stack:

        def one(name):
            if name == "dask":
                return request.getfixturevalue("dask_executor")
            if name not in made:
                pool = (
                    ThreadPoolExecutor(2)
                    if name == "threads"
                    else ProcessPoolExecutor(2, mp_context=get_context("spawn"))
                )
                made[name] = stack.enter_context(pool)
            return made[name]

        yield one


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("executor", ["threads", "processes", "dask"])
def test_any_executor_gives_the_same_answer(name, executor, stores, executors):
    shards = ck.open_shards(stores, executor=executors(executor))
    assert told(ANSWERS[name](shards)) == expected(name)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_dask_cluster_is_reachable_from_this_machine_only(dask_executor):
    client = dask_executor._client
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


# -- the teaching corpus ------------------------------------------------------------------


@pytest.fixture(scope="module")
def teaching(tmp_path_factory):
    """The teaching corpus: read as one, and built as seven stores."""
    folder = tmp_path_factory.mktemp("teaching") / "stores"
    return ck.read_corpus(RAW), ck.build_shards(RAW, folder, shards=7)


@pytest.mark.parametrize("name", [name for name in ANSWERS if "explained" not in name])
def test_the_teaching_corpus_in_seven_stores_answers_as_one(name, teaching):
    whole, shards = teaching
    assert len(shards.far.members.names) == 7
    assert told(ANSWERS[name](shards)) == told(ANSWERS[name](whole))


# -- like a corpus ------------------------------------------------------------------------


def test_groups_words_and_texts():
    shards = ck.Shards(parts(3))
    assert repr(shards) == "Shards (3 shards): " + repr(WHOLE).removeprefix("Corpus: ")
    assert shards.groups_of("outlet")[0] == WHOLE.groups_of("outlet")[0]
    assert shards.words_per_article().tolist() == WHOLE.words_per_article().tolist()
    assert [shards.text(n) for n in range(len(shards))] == TEXTS
    assert shards.article("n05") == WHOLE.article("n05")
    for (name, part), (label, own) in zip(
        shards.groups("page").items(), WHOLE.groups("page").items(), strict=True
    ):
        assert name == label
        assert_frame_equal(part.articles, own.articles)


def test_lines_of_a_concordance_lead_to_their_texts():
    far, near = (ck.kwic(node(corpus)).sort("1R") for corpus in (ck.Shards(parts(3)), WHOLE))
    for line in range(len(near)):
        assert far.text(line) == near.text(line)
        assert far.sentence(line) == near.sentence(line)
        assert repr(far.page(line)) == repr(near.page(line))


def test_to_corpus_puts_the_chosen_articles_into_one(tmp_path):
    shards = ck.Shards(parts(3)).where(outlet="Post")
    assert_frame_equal(shards.to_corpus().articles, WHOLE.where(outlet="Post").articles)
    shards.save(tmp_path / "one")
    assert len(open_corpus(tmp_path / "one")) == len(shards)


def test_columns_that_one_shard_lacks_are_empty_there():
    one = ck.Corpus.from_frame([{"id": "a", "text": "A pact.", "desk": "foreign"}])
    two = ck.Corpus.from_frame([{"id": "b", "text": "A deal.", "page": 3}])
    frame = ck.Shards([one, two]).articles
    assert frame["desk"].tolist() == ["foreign", ""]
    assert frame["page"].tolist() == ["", 3]


def test_what_needs_tokens_in_one_place_says_so():
    shards = ck.Shards(parts(3))
    with pytest.raises(TypeError, match=r"^A corpus of shards has no column 'ids': its tokens"):
        shards.to_nltk()
    with pytest.raises(TypeError, match=r"^Hits of shards have no 'places': their tokens"):
        _ = node(shards).places
    with pytest.raises(TypeError, match=r"^Single hits of shards cannot be taken out\."):
        node(shards).take([0])


def test_a_wrong_question_is_told_as_by_one_corpus():
    with pytest.raises(ValueError, match="`pattern`") as near:
        WHOLE.find("(", match="regex")
    with pytest.raises(ValueError, match="`pattern`") as far:
        ck.Shards(parts(3)).find("(", match="regex")
    assert str(far.value) == str(near.value)
    assert type(far.value) is type(near.value)


def test_two_articles_with_one_id_are_refused():
    one = ck.Corpus.from_frame([{"id": "a", "text": "A pact."}])
    with pytest.raises(ck.DataError, match=r"^a: two articles have this id, perhaps in two shards"):
        ck.Shards([one, one])


def test_no_store_is_refused(tmp_path):
    with pytest.raises(ck.StoreError, match="there is no store in it"):
        ck.open_shards(tmp_path)
    with pytest.raises(ValueError, match="one corpus or more"):
        ck.Shards([])


# -- faults -------------------------------------------------------------------------------

GONE = "c: RuntimeError: the disk of this worker is gone"
LAST = "n11"  # an article of the last shard


def damage(store, start="ids"):
    """Turn one bit of a column."""
    (column,) = store.glob(f"generations/*/{start}.*")
    data = bytearray(column.read_bytes())
    data[len(data) // 2] ^= 4
    column.chmod(0o644)
    column.write_bytes(bytes(data))


def rest():
    """The corpus without the last shard."""
    borders = cut(len(TEXTS), 3)
    return ck.Corpus.from_frame(rows()[: borders[2]]), len(TEXTS) - borders[2]


def test_a_task_that_fails_once_is_done_again(stores, executors, tmp_path):
    for name in ("threads", "processes", "dask"):
        shards = ck.open_shards(stores, executor=executors(name))
        found = shards.map(workers.fail_once, LAST, str(tmp_path / name))
        assert sum(found) == len(TEXTS)


@pytest.mark.parametrize("executor", ["none", "threads", "processes", "dask"])
def test_a_shard_that_raises_is_named(executor, stores, executors):
    chosen = None if executor == "none" else executors(executor)
    shards = ck.open_shards(stores, executor=chosen)
    with pytest.raises(ck.ShardError) as caught:
        shards.map(workers.raise_with, LAST)
    assert str(caught.value) == (
        f"{GONE}. This shard gave no answer, tried twice. Check the store with check(), or open "
        "the shards with partial=True for an answer made of the others."
    )


def test_a_worker_that_dies_is_named_and_costs_no_other(stores):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        shards = ck.open_shards(stores, executor=pool)
        with pytest.raises(ck.ShardError, match=r"^c: BrokenProcessPool: .*\. This shard gave"):
            shards.map(workers.die_with, LAST)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        shards = ck.open_shards(stores, executor=pool, partial=True)
        answer = workers.sizes(shards, workers.die_with, LAST)
    corpus, lost = rest()
    assert answer.frame["articles"].sum() == len(corpus)
    assert answer.notes[0].startswith("Partial: 1 shard is missing (c: BrokenProcessPool: ")
    assert answer.notes[0].endswith(
        f"Not counted: {lost} articles there; counted: {len(corpus)} in the others."
    )


def test_a_shard_that_hangs_is_named(stores):
    with ThreadPoolExecutor(6) as pool:
        shards = ck.open_shards(stores, executor=pool, timeout=0.5)
        with pytest.raises(ck.ShardError, match=r"^c: no answer within 0\.5 seconds\. This shard"):
            shards.map(workers.hang_with, LAST)


def test_a_damaged_store_is_named_and_can_be_left_out(own_stores):
    damage(own_stores / "c")
    with pytest.raises(ck.ShardError, match=r"^c: StoreError: .*ids.*checksum"):
        ck.frequency_list(ck.open_shards(own_stores), case=True)
    corpus, lost = rest()
    answer = ck.frequency_list(ck.open_shards(own_stores, partial=True), case=True)
    near = ck.frequency_list(corpus, case=True)
    assert answer.to_frame().to_csv() == near.to_frame().to_csv()
    assert answer.summary == near.summary
    assert answer.notes[1:] == near.notes
    assert answer.notes[0].startswith("Partial: 1 shard is missing (c: StoreError: ")
    assert answer.notes[0].endswith(f"{lost} articles there; counted: {len(corpus)} in the others.")


PARTIAL = [name for name in ANSWERS if name not in ("articles", "articles of a part", "hits")]


@pytest.mark.parametrize("name", PARTIAL)
def test_every_partial_answer_says_so_first_and_is_that_of_the_others(name, own_stores):
    (own_stores / "c" / "CURRENT").unlink()
    (own_stores / "c" / "CURRENT").write_bytes(b"nothing")
    corpus, _ = rest()
    shards = ck.open_shards([own_stores / one for one in "abc"], partial=True)
    try:
        near = ANSWERS[name](corpus)
    except ValueError as error:  # a row to explain that stands in the last shard only
        with pytest.raises(ValueError, match=re.escape(str(error))):
            ANSWERS[name](shards)
        return
    far = ANSWERS[name](shards)
    assert far.notes[0].startswith("Partial: 1 shard is missing (c: ")
    assert ", and those of shards that did not open" in far.notes[0]
    assert far.notes[1:] == near.notes
    assert told(far)["csv"] == told(near)["csv"]


def test_hits_of_what_is_left_know_what_is_missing(own_stores):
    damage(own_stores / "c", "postings")
    shards = ck.open_shards(own_stores, partial=True)
    hits = node(shards)
    corpus, lost = rest()
    assert len(hits) == len(node(corpus))
    assert [(one.name, one.articles) for one in hits.missing] == [("c", lost)]
    assert ck.kwic(hits).notes[0].startswith("Partial: 1 shard is missing (c: StoreError: ")
    assert ck.kwic(hits).sort("1R").notes[0].startswith("Partial: ")


def test_without_any_shard_there_is_no_answer(own_stores):
    for name in "abc":
        (own_stores / name / "CURRENT").write_bytes(b"nothing")
    with pytest.raises(ck.ShardError, match="These 3 shards gave no answer"):
        ck.open_shards([own_stores / one for one in "abc"], partial=True)
