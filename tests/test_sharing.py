"""Stores built side by side are the shares of one build: fresh, again, and after a fault."""

from __future__ import annotations

import json
import os
import shutil
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from multiprocessing import get_context

import pytest
import shard_workers as workers
from pandas.testing import assert_frame_equal
from shard_answers import told

import corpuskit as ck
from corpuskit.corpus.columns.tokens import DEFAULT
from corpuskit.corpus.sharding.sharing import _build_share, shares_of
from corpuskit.reading.walk import find_files

WORDS = "pact deal war peace trade India Europe ministers signed a an the of and in"


def folder_of(path, files=14):
    """Write a folder of articles of unlike size, and a file that is no article."""
    words = WORDS.split()
    for number in range(files):
        outlet = path / ("Post" if number % 3 else "Wire")
        outlet.mkdir(parents=True, exist_ok=True)
        line = " ".join(words[(number * step) % len(words)] for step in range(1, 9 + 5 * number))
        (outlet / f"{number:02d}.txt").write_text(f"Headline {number}\n\n{line}.\n\nEnd of it.\n")
    (path / "Post" / "empty.txt").write_text("")
    return path


@pytest.fixture
def folder(tmp_path):
    return folder_of(tmp_path / "texts")


def sums(stores):
    """Return the checksums of all files of the stores, but for what holds times."""
    found = {}
    for manifest in sorted(stores.glob("*/generations/*/manifest.json")):
        files = json.loads(manifest.read_text())["files"]
        for name, facts in files.items():
            if name != "sources.jsonl":
                found[manifest.parts[-4], name] = facts
    return found


@pytest.mark.parametrize("shards", [1, 2, 3, 7, 50])
def test_the_shards_one_after_another_are_the_corpus_of_one_build(folder, tmp_path, shards):
    whole = ck.read_corpus(folder)
    built = ck.build_shards(folder, tmp_path / "stores", shards=shards)
    assert len(built.far.members.names) == min(shards, 15)  # a file each at most
    assert_frame_equal(built.articles, whole.articles)
    assert built.report.to_frame().to_csv() == whole.report.to_frame().to_csv()
    assert built.report.messages == whole.report.messages
    assert told(ck.ngrams(built)) == told(ck.ngrams(whole))


def test_other_processes_build_the_same_stores(folder, tmp_path):
    ck.build_shards(folder, tmp_path / "one", shards=3)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        ck.build_shards(folder, tmp_path / "two", shards=3, executor=pool)
    assert sums(tmp_path / "one") == sums(tmp_path / "two")


def test_built_again_after_a_change_they_equal_a_fresh_build(folder, tmp_path):
    ck.build_shards(folder, tmp_path / "again", shards=3)
    (folder / "Wire" / "03.txt").write_text("Another headline\n\nA quite different pact.\n")
    (folder / "Post" / "05.txt").unlink()
    (folder / "Alpha").mkdir()
    (folder / "Alpha" / "new.txt").write_text("New\n\n" + "A new deal comes first. " * 40)
    ck.build_shards(folder, tmp_path / "again", shards=3)
    ck.build_shards(folder, tmp_path / "fresh", shards=3)
    again, fresh = (
        {key: facts for key, facts in sums(tmp_path / name).items()} for name in ("again", "fresh")
    )
    assert again.keys() == fresh.keys()
    assert again == fresh


def test_fewer_shards_replace_more(folder, tmp_path):
    ck.build_shards(folder, tmp_path / "stores", shards=5)
    built = ck.build_shards(folder, tmp_path / "stores", shards=2)
    assert_frame_equal(built.articles, ck.read_corpus(folder).articles)
    assert sorted(one.name for one in (tmp_path / "stores").iterdir()) == [
        "SHARDS",
        "shard-000",
        "shard-001",
    ]


def test_a_build_that_did_not_finish_is_never_mixed_with_the_one_before(folder, tmp_path):
    root = tmp_path / "stores"
    ck.build_shards(folder, root, shards=3)
    (folder / "Post" / "01.txt").write_text("Changed\n\nA changed text.\n")
    share = shares_of(find_files(folder).files, 3)[0]
    _build_share(folder, str(root / "shard-000"), share, DEFAULT, True, False, {})
    with pytest.raises(ck.ShardError, match=r"^shard-000: .*it is of another build than the"):
        ck.open_shards(root)
    built = ck.build_shards(folder, root, shards=3)
    assert_frame_equal(built.articles, ck.read_corpus(folder).articles)


def test_a_share_without_an_article_is_no_fault_but_none_at_all_is(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(4):
        (texts / f"{number}.txt").write_text("" if number < 3 else "A pact.\n\nIt holds.\n")
    built = ck.build_shards(texts, tmp_path / "stores", shards=4)
    assert built.articles["id"].tolist() == ["3.txt"]
    (texts / "3.txt").write_text("")
    with pytest.raises(ck.DataError, match="not one article could be loaded"):
        ck.build_shards(texts, tmp_path / "none", shards=2)


def test_a_folder_with_something_else_in_it_is_refused(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    with pytest.raises(ck.StoreError, match=r"it holds something else \(thesis\.txt\)"):
        ck.build_shards(folder, other)
    with pytest.raises(ck.StoreError, match="it lies inside"):
        ck.build_shards(folder, folder / "stores")
    ck.read_corpus(folder).save(tmp_path / "one")
    with pytest.raises(ck.StoreError, match="it is one store, not a folder of stores"):
        ck.build_shards(folder, tmp_path / "one")


def test_a_shard_that_cannot_be_written_is_named(folder, tmp_path):
    root = tmp_path / "stores"
    root.mkdir()
    (root / "shard-001").write_text("a file where a store shall be")
    with pytest.raises(ck.ShardError, match=r"^shard-001: "):
        ck.build_shards(folder, root, shards=3)
    (root / "shard-001").unlink()
    assert len(ck.build_shards(folder, root, shards=3)) == 14


def test_rows_of_a_table_are_left_over_only_where_no_shard_has_their_article(folder, tmp_path):
    rows = ["file,page"] + [f"Post/{n:02d}.txt,{n}" for n in (1, 2, 99)]
    rows += [f"Wire/{n:02d}.txt,{n}" for n in (0, 3)]
    table = tmp_path / "facts.csv"
    table.write_text("\n".join(rows) + "\n")
    whole = ck.read_articles(folder, metadata=table)
    built = ck.build_shards(folder, tmp_path / "stores", shards=4, metadata=table)
    assert built.report.unmatched().to_frame().query("side == 'table'").to_csv() == (
        whole.report.unmatched().to_frame().query("side == 'table'").to_csv()
    )
    assert built.articles["page"].tolist() == ck.Corpus(whole).articles["page"].tolist()


@pytest.fixture
def pool_of(tmp_path):
    """Begins two processes that stop in the middle of a build."""
    with ExitStack() as stack:

        def begun(**stop):
            given = partial(workers.stop_in_a_build, str(tmp_path / "mark"), **stop)
            pool = ProcessPoolExecutor(2, get_context("spawn"), initializer=given)
            return stack.enter_context(pool)

        yield begun


def test_a_worker_killed_in_the_middle_of_a_build_costs_nothing(folder, tmp_path, pool_of):
    ck.build_shards(folder, tmp_path / "one", shards=3)
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: os.kill(workers.stopped(str(tmp_path / "mark")), signal.SIGKILL))
        built = ck.build_shards(folder, tmp_path / "two", shards=3, executor=pool_of())
    assert sums(tmp_path / "one") == sums(tmp_path / "two")
    assert len(list((tmp_path / "two").glob("*/generations/*"))) == 3  # nothing is left over
    assert_frame_equal(built.articles, ck.read_corpus(folder).articles)


def test_a_share_that_kills_its_workers_is_named_and_built_on_the_next_day(
    folder, tmp_path, pool_of
):
    low = shares_of(find_files(folder).files, 3)[1].low
    with pytest.raises(ck.ShardError, match=r"^shard-001: BrokenProcessPool: .*tried twice\."):
        ck.build_shards(folder, tmp_path / "two", shards=3, executor=pool_of(low=low, die=True))
    with pytest.raises(ck.StoreError, match=r"shard-001"):
        ck.open_shards([tmp_path / "two" / f"shard-{n:03d}" for n in range(3)])
    built = ck.build_shards(folder, tmp_path / "two", shards=3)
    ck.build_shards(folder, tmp_path / "one", shards=3)
    assert sums(tmp_path / "one") == sums(tmp_path / "two")
    assert_frame_equal(built.articles, ck.read_corpus(folder).articles)


@pytest.mark.parametrize("shards", range(1, 9))
def test_every_file_is_in_one_share_and_shares_follow_the_names(folder, shards):
    files = find_files(folder).files
    shares = shares_of(files, shards)
    held = [[n for n, share in enumerate(shares) if share.holds(file)] for file in files]
    assert all(len(one) == 1 for one in held)
    assert held == sorted(held)
    assert {one[0] for one in held} == set(range(len(shares)))


def test_no_file_makes_no_share():
    assert shares_of([], 4) == [("", None)]


def test_a_damaged_list_is_told(folder, tmp_path):
    ck.build_shards(folder, tmp_path / "stores", shards=2)
    shutil.rmtree(tmp_path / "stores" / "shard-001")
    with pytest.raises(ck.ShardError, match=r"^shard-001: "):
        ck.open_shards(tmp_path / "stores")
    (tmp_path / "stores" / "SHARDS").write_text("{")
    with pytest.raises(ck.StoreError, match="it is damaged"):
        ck.open_shards(tmp_path / "stores")
