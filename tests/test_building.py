"""Building on disk: what has not changed is not read again, and nobody can see a difference."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from faults import article, room, sources, state
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import news_texts

import corpuskit as ck
from corpuskit.corpus.columns.tokens import TokenPolicy
from corpuskit.corpus.disk import segments
from corpuskit.corpus.disk import sources as known_sources
from corpuskit.corpus.disk.building import build_corpus
from corpuskit.corpus.disk.manifest import GENERATIONS, read_pointer
from corpuskit.corpus.disk.stored import open_corpus
from corpuskit.reading import opening
from corpuskit.reading.article import Article
from corpuskit.reading.tables import large


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were not known."""
    names: list[str] = []
    ask = known_sources.Memory.__call__

    def asked(self: known_sources.Memory, unit: known_sources.Unit) -> known_sources.Reused | None:
        found = ask(self, unit)
        names.extend([] if found else [unit.file.id])
        return found

    monkeypatch.setattr(known_sources.Memory, "__call__", asked)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sources(tmp_path / "source", range(6))


def test_only_what_changed_is_read_again(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    store = tmp_path / "store"
    build_corpus(folder, store)
    assert len(parsed) == 6
    parsed.clear()
    build_corpus(folder, store)
    assert parsed == []
    first = state(store)
    (folder / "outlet0" / "2.txt").write_text(article(77), "utf-8")
    (folder / "outlet1" / "3.txt").rename(folder / "outlet1" / "33.txt")
    (folder / "outlet0" / "4.txt").unlink()
    sources(folder, [8])
    built = build_corpus(folder, store)
    assert parsed == ["outlet0/2.txt", "outlet0/8.txt", "outlet1/33.txt"]
    assert state(store) != first
    build_corpus(folder, tmp_path / "fresh")
    assert state(store) == state(tmp_path / "fresh")
    assert repr(built.report) == repr(ck.read_articles(folder).report)


def test_the_content_decides_not_the_time(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    store, path = tmp_path / "store", folder / "outlet0" / "2.txt"
    build_corpus(folder, store)
    parsed.clear()
    before, text = path.stat(), path.read_text("utf-8")
    path.write_text(text.replace("Headline", "headlinE"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert len(build_corpus(folder, store).find("headlinE", match="exact")) == 1
    assert parsed == ["outlet0/2.txt"]
    parsed.clear()
    os.utime(path, ns=(5, 5))  # touched, not changed
    build_corpus(folder, store)
    assert parsed == []
    build_corpus(folder, tmp_path / "fresh")
    assert state(store) == state(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("again", "files"),
    [
        ({}, 0),
        ({"reuse": False}, 6),
        ({"clean": False}, 6),
        ({"date_order": "dmy"}, 6),
        ({"outlets": {"outlet0": "Other"}}, 3),
        ({"tokens": TokenPolicy(hyphens="split")}, 0),
    ],
)
def test_other_options_are_another_reading(
    folder: Path, tmp_path: Path, parsed: list[str], again: dict[str, object], files: int
) -> None:
    store = tmp_path / "store"
    build_corpus(folder, store)
    parsed.clear()
    build_corpus(folder, store, **again)  # type: ignore[arg-type]
    assert len(parsed) == files
    fresh = {name: value for name, value in again.items() if name != "reuse"}
    build_corpus(folder, tmp_path / "fresh", **fresh)  # type: ignore[arg-type]
    assert state(store) == state(tmp_path / "fresh")


def test_metadata_are_joined_anew_every_time(
    folder: Path, tmp_path: Path, parsed: list[str]
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("file,mood,outlet\noutlet0/2.txt,world,Times\n", "utf-8")
    store = tmp_path / "store"
    built = build_corpus(folder, store, metadata=table)
    whole = ck.read_corpus(folder, metadata=table)
    assert built.articles.equals(whole.articles)
    assert repr(built.report) == repr(whole.report)
    assert built.report.unmatched().frame.equals(whole.report.unmatched().frame)
    assert [built.source(n) for n in range(6)] == [whole.source(n) for n in range(6)]
    parsed.clear()
    table.write_text("file,mood\noutlet0/2.txt,home\n", "utf-8")
    built = build_corpus(folder, store, metadata=table)
    assert parsed == []
    assert built.articles.set_index("id").loc["outlet0/2.txt", ["mood", "outlet"]].tolist() == [
        "home",
        "outlet0",
    ]
    build_corpus(folder, tmp_path / "fresh", metadata=table)
    assert state(store) == state(tmp_path / "fresh")


def test_a_damaged_store_is_built_from_the_files(
    folder: Path, tmp_path: Path, parsed: list[str]
) -> None:
    store = tmp_path / "store"
    build_corpus(folder, store)
    fresh = state(store)
    for name, files in {
        "text.utf8": 6,
        "sources.jsonl": 6,
        "manifest.json": 6,
        "ids.uint32": 0,
    }.items():
        path = store / GENERATIONS / read_pointer(store).folder / name
        path.write_bytes(b"x" * path.stat().st_size)
        parsed.clear()
        build_corpus(folder, store)
        assert len(parsed) == files, name
        assert state(store) == fresh


# -- batches ----------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 400, 10**9])
@pytest.mark.parametrize("stretch", [1, 90])
def test_the_batches_leave_no_trace(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, stretch: int
) -> None:
    monkeypatch.setattr(segments, "BATCH", batch)
    monkeypatch.setattr(segments, "STRETCH", stretch)
    build_corpus(folder, tmp_path / "batches")
    monkeypatch.undo()
    build_corpus(folder, tmp_path / "whole")
    assert state(tmp_path / "batches") == state(tmp_path / "whole")


@given(
    st.lists(news_texts(20), max_size=6),
    st.sampled_from([1, 3, 10**6]),
    st.sampled_from([1, 20, 10**6]),
)
@settings(max_examples=25, deadline=None)
def test_what_is_built_by_parts_is_what_is_built_at_once(
    texts: list[str], stretch: int, batch: int
) -> None:
    made = [Article(str(n), text) for n, text in enumerate(texts)]
    with pytest.MonkeyPatch.context() as patch, room() as place:
        patch.setattr(segments, "STRETCH", stretch)
        patch.setattr(segments, "BATCH", batch)
        build_corpus(iter(made), place / "parts")
        ck.Corpus(made).save(place / "whole")
        assert state(place / "parts") == state(place / "whole")


# -- from articles that come one by one ---------------------------------------------------------


def several(number: int) -> Iterator[Article]:
    for n in range(number):
        yield Article(f"a{n}", f"Deal number {n} is done.")


def test_articles_may_come_one_by_one(tmp_path: Path) -> None:
    built = build_corpus(several(5), tmp_path / "store")
    whole = ck.Corpus(several(5))
    assert repr(built) == repr(whole)
    assert repr(built.report) == repr(whole.report)
    np.testing.assert_array_equal(built.store.postings, whole.store.postings)
    assert repr(build_corpus(list(several(5)), tmp_path / "store")) == repr(whole)


def test_files_may_come_one_by_one(folder: Path, tmp_path: Path) -> None:
    paths = sorted(folder.rglob("*.txt"))
    built = build_corpus(iter(paths), tmp_path / "store")
    assert repr(built.report) == repr(ck.read_articles(paths).report)


def test_articles_that_were_read_keep_their_report(folder: Path, tmp_path: Path) -> None:
    read = ck.read_articles(folder)
    built = build_corpus(read, tmp_path / "store")
    assert repr(built.report) == repr(read.report)
    assert type(built.report) is type(read.report)


def test_nothing_at_all_is_a_corpus_too(tmp_path: Path) -> None:
    assert repr(build_corpus(iter([]), tmp_path / "store")) == repr(ck.Corpus([]))


def test_stop_leaves_the_old_corpus(tmp_path: Path) -> None:
    def stopped() -> Iterator[Article]:
        yield from several(3)
        raise KeyboardInterrupt

    store = tmp_path / "store"
    build_corpus(several(5), store)
    before = state(store)
    with pytest.raises(KeyboardInterrupt):
        build_corpus(stopped(), store)
    assert state(store) == before
    assert sorted(os.listdir(store / GENERATIONS)) == ["000001"]
    with pytest.raises(KeyboardInterrupt):
        build_corpus(stopped(), tmp_path / "new")
    assert not (tmp_path / "new").exists()


# -- what is refused --------------------------------------------------------------------------


def test_two_articles_of_one_id_are_named(tmp_path: Path) -> None:
    with pytest.raises(ck.DataError) as caught:
        build_corpus(iter([*several(2), *several(1)]), tmp_path / "store")
    assert str(caught.value) == "a0: two articles have this id. Give each its own `id`."
    assert not (tmp_path / "store").exists()


def test_a_folder_without_articles_changes_nothing(folder: Path, tmp_path: Path) -> None:
    store, empty = tmp_path / "store", tmp_path / "empty"
    empty.mkdir()
    build_corpus(folder, store)
    before = state(store)
    with pytest.raises(ck.DataError, match="there are no files in it"):
        build_corpus(empty, store)
    with pytest.raises(FileNotFoundError, match="there is no such folder or file"):
        build_corpus(tmp_path / "none", store)
    assert state(store) == before
    assert open_corpus(store).check().summary.endswith("all as written")


def test_the_corpus_must_not_lie_in_what_is_read(folder: Path) -> None:
    for store in (folder / "store", folder / "outlet0" / "store", folder):
        with pytest.raises(ck.StoreError) as caught:
            build_corpus(folder, store)
        assert str(caught.value) == (
            f"{store}: it lies inside {folder}, the folder that is read. Nothing was written. "
            "Choose a folder beside it."
        )


def test_what_is_no_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="`source` must be a Iterable; not int"):
        build_corpus(5, tmp_path / "store")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="`source` must be a Article; not int"):
        build_corpus([1, 2], tmp_path / "store")  # type: ignore[list-item]
    assert not (tmp_path / "store").exists()


def test_a_member_of_an_archive_is_known_again(
    folder: Path, tmp_path: Path, parsed: list[str]
) -> None:
    shutil.make_archive(str(tmp_path / "pack" / "news"), "zip", folder)
    store = tmp_path / "store"
    build_corpus(tmp_path / "pack", store)
    assert len(parsed) == 6
    parsed.clear()
    built = build_corpus(tmp_path / "pack", store)
    assert parsed == []
    assert built.articles.equals(ck.read_corpus(tmp_path / "pack").articles)


# -- tables that are too large to be read at once ----------------------------------------------


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table in the midst of other files."""
    folder = tmp_path / "tables"
    (folder / "zone").mkdir(parents=True)
    (folder / "a.txt").write_text(article(1), "utf-8")
    (folder / "zone" / "b.txt").write_text(article(2), "utf-8")
    rows = [
        {"headline": f"Deal {n}", "text": article(n), "date": "2026-01-27"} for n in range(2500)
    ]
    rows[7]["text"] = ""
    lines = [json.dumps(row) for row in rows]
    (folder / "news.jsonl").write_text("\n".join([*lines, "{broken"]), "utf-8")
    return folder


def test_a_large_table_is_read_as_a_small_one(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    whole = build_corpus(table, tmp_path / "whole")
    monkeypatch.setattr(opening, "MOST_BYTES", 10_000)
    parsed.clear()
    store = tmp_path / "store"
    built = build_corpus(table, store)
    assert parsed == ["a.txt", "news.jsonl", "zone/b.txt"]
    assert len(built) == len(whole) == 2501
    assert built.articles.drop(columns="notes").equals(whole.articles.drop(columns="notes"))
    assert built.report.reconciliation().frame.equals(whole.report.reconciliation().frame)
    for name in ("status", "code", "chars", "articles"):
        assert built.report.frame[name].tolist() == whole.report.frame[name].tolist(), name
    np.testing.assert_array_equal(built.store.ids, whole.store.ids)
    parsed.clear()
    first = state(store)
    build_corpus(table, store)
    assert parsed == []
    assert state(store) == first
    assert len(ck.read_articles(table)) == 2501
    with (table / "news.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps({"headline": "Late", "text": "A late deal."}))
    assert len(build_corpus(table, store)) == 2502
    build_corpus(table, tmp_path / "fresh")
    assert state(store) == state(tmp_path / "fresh")


def test_a_large_table_that_breaks_off_costs_nobody_else(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 10_000)
    records_of = large.records_of

    def broken(*given: object) -> Iterator[object]:
        yield next(records_of(*given))  # type: ignore[arg-type]
        raise ZeroDivisionError

    monkeypatch.setattr(large, "records_of", broken)
    built = build_corpus(table, tmp_path / "store")
    assert len(built) == 999 + 2
    row = built.report.frame.set_index("path").loc["news.jsonl"]
    assert row["code"].startswith("CK-119")
    assert row["articles"] == 999


def test_a_large_table_without_texts_is_left_out(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 1200)
    (table / "news.jsonl").write_text('{"number": 1}\n' * 100, "utf-8")
    built = build_corpus(table, tmp_path / "store")
    frame = built.report.frame.set_index("path")
    assert frame.loc["news.jsonl", "status"] == "skipped"
    assert len(built) == sum(frame["articles"])
