"""One layout, two homes: an opened corpus answers every question as one in memory does."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from faults import room
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import news_texts
from test_empty import VERBS

import corpuskit as ck
from corpuskit.corpus.columns.builder import build_columns
from corpuskit.corpus.columns.store import Columns
from corpuskit.corpus.disk import durable, generation, pages
from corpuskit.corpus.disk.building import build_corpus
from corpuskit.corpus.disk.home import Stored
from corpuskit.corpus.disk.stored import open_corpus
from corpuskit.errors import StoreError
from corpuskit.reading.article import Article, Cut, Zone

DATA = Path(__file__).parents[1] / "data" / "raw"
Homes = tuple[ck.Corpus, ck.Corpus]


@pytest.fixture(scope="module", params=["checked whole", "checked by pages"])
def homes(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Homes]:
    memory = in_memory()
    path = tmp_path_factory.mktemp("homes") / "store"
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "checked by pages":
            patch.setattr(durable, "PAGE", 256)
            patch.setattr(generation, "PAGE", 256)
            patch.setattr(pages, "LEAST", 0)
        memory.save(path)
        yield memory, open_corpus(path)


def path_of(corpus: ck.Corpus) -> Path:
    """Return where a corpus on disk stands."""
    assert isinstance(corpus._home, Stored)
    return corpus._home.generation.root


def shown(result: ck.Result, folder: Path, name: str) -> tuple[str, str, bytes]:
    """Return what people see of a result: text, HTML, CSV."""
    path = folder / f"{name}.csv"
    ck.export.to_csv(result, path)
    return repr(result), result._repr_html_(), path.read_bytes()


PARTS: dict[str, Callable[[ck.Corpus], ck.Corpus]] = {
    "all": lambda corpus: corpus,
    "part": lambda corpus: corpus.where(
        outlet=sorted(set(corpus.articles["outlet"]))[:2], zone=["headline", "lead"]
    ),
}


@cache
def in_memory() -> ck.Corpus:
    return ck.read_corpus(DATA)


@cache
def shown_in_memory(verb: str, part: str) -> tuple[str, str, bytes]:
    corpus = PARTS[part](in_memory())
    with room() as folder:
        return shown(VERBS[verb](corpus, corpus.find("partner*|cooperat*")), folder, "memory")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("verb", VERBS)
def test_both_homes_give_the_same_bytes(homes: Homes, verb: str, part: str, tmp_path: Path) -> None:
    disk = PARTS[part](open_corpus(path_of(homes[1])))  # nothing of it has been checked
    found = shown(VERBS[verb](disk, disk.find("partner*|cooperat*")), tmp_path, "disk")
    assert found == shown_in_memory(verb, part)


def test_both_homes_have_the_same_columns(homes: Homes) -> None:
    memory, disk = (corpus.store for corpus in homes)
    for field in fields(Columns):
        one, two = getattr(memory, field.name), getattr(disk, field.name)
        if isinstance(one, np.ndarray):
            assert one.dtype == two.dtype
            np.testing.assert_array_equal(one, two, err_msg=field.name)
            assert not two.flags.writeable
        else:
            assert one == two
    np.testing.assert_array_equal(memory.zones, disk.zones)


def test_both_homes_have_the_same_articles(homes: Homes) -> None:
    memory, disk = homes
    assert len(memory) == len(disk) > 0
    for n in range(len(memory)):
        assert memory.source(n) == disk.source(n)
        assert memory.text_of(n) == disk.text_of(n) == memory.source(n).text
        assert memory.id_of(n) == disk.id_of(n)
    assert memory.articles.equals(disk.articles)
    last = memory.articles["id"].iloc[-1]
    assert memory.text(last) == disk.text(last) == disk.text(-1)


def test_the_report_is_the_same(homes: Homes) -> None:
    memory, disk = (corpus.report for corpus in homes)
    assert type(memory) is type(disk)
    for field in fields(memory):
        if field.name != "frame":
            assert getattr(memory, field.name) == getattr(disk, field.name)
    assert memory.frame.equals(disk.frame)


def test_a_corpus_remembers_nothing_of_the_other_home(homes: Homes, tmp_path: Path) -> None:
    homes[1].save(tmp_path / "again")  # from disk to disk
    again = open_corpus(tmp_path / "again")
    assert [again.source(n) for n in range(len(again))] == [
        homes[0].source(n) for n in range(len(again))
    ]
    assert again.store.types == homes[0].store.types


@pytest.mark.parametrize("part", ["all", "outlet"])
def test_a_saved_part_is_a_corpus_of_its_own(homes: Homes, part: str, tmp_path: Path) -> None:
    outlet = homes[1].articles["outlet"].iloc[-1]
    chosen = homes[1] if part == "all" else homes[1].where(outlet=outlet)
    chosen.save(tmp_path / "part")
    opened = open_corpus(tmp_path / "part")
    assert repr(opened) == repr(chosen)
    assert opened.articles.equals(chosen.articles[opened.articles.columns])
    built = ck.Corpus(chosen.source(n) for n in chosen.selected.tolist())
    np.testing.assert_array_equal(opened.store.ids, built.store.ids)


def test_zones_alone_cannot_be_saved(homes: Homes, tmp_path: Path) -> None:
    path = tmp_path / "zones"
    with pytest.raises(ck.StoreError) as caught:
        homes[0].where(zone="lead").save(path)
    assert str(caught.value) == (
        f"{path}: only whole articles can be saved, not the zones lead of them. Nothing was "
        "written. Save the corpus, and choose zones after opening it."
    )
    assert not path.exists()


# -- everything that an article can hold ------------------------------------------------------

CELLS: dict[str, object] = {
    "text": "a\nb\r\u2028c",
    "surrogate": "half \ud83d and \ude00 apart",
    "number": 7,
    "big": 2**70,
    "float": 0.1,
    "infinite": float("inf"),
    "flag": True,
    "none": None,
    "numpy": np.float64(2.5),
    "list": ["a", ("b", 1)],
    "dict": {"list": [1]},
    "stamp": __import__("pandas").Timestamp("2026-01-27T19:29:00.123456789"),
    "date": __import__("datetime").date(2026, 1, 27),
}


def test_further_cells_of_every_kind_come_back(tmp_path: Path) -> None:
    corpus = ck.Corpus([Article("a", "One deal.", extra=CELLS), Article("b", "Two deals.")])
    corpus.save(tmp_path / "cells")
    found = open_corpus(tmp_path / "cells").source(0).extra
    assert found == CELLS
    for name, value in CELLS.items():
        wanted = float if name == "numpy" else type(value)
        assert type(found[name]) is wanted


def test_a_cell_that_cannot_be_saved_is_named(tmp_path: Path) -> None:
    corpus = ck.Corpus([Article("a", "One deal.", extra={"x": object()})])
    with pytest.raises(ck.StoreError) as caught:
        corpus.save(tmp_path / "cells")
    assert str(caught.value) == (
        "a: the column 'x' holds a object, which cannot be saved. Nothing was written. "
        "Make it text, a number or a date first."
    )
    assert not (tmp_path / "cells").exists()


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    texts = draw(st.lists(news_texts(), max_size=4))
    made = []
    for n, text in enumerate(texts):
        cut = draw(st.integers(0, len(text)))
        spans = {"zones": (Zone(0, cut, "lead"),), "cuts": (Cut(cut, len(text), "r", "why"),)}
        name = draw(st.text(max_size=5)) + str(n)
        notes = tuple(draw(st.lists(st.text(max_size=9), max_size=2)))
        made.append(Article(f"{n} {name}", text, headline=name, notes=notes, **spans))
    return made


@given(articles())
@settings(max_examples=25, deadline=None)
def test_any_article_comes_back(made: list[Article]) -> None:
    with room() as folder:
        ck.Corpus(made).save(folder / "store")
        corpus = open_corpus(folder / "store")
        assert [corpus.source(n) for n in range(len(corpus))] == made
        columns = build_columns(made)
        for name in ("ids", "starts", "postings", "words", "sentence_ends"):
            np.testing.assert_array_equal(getattr(corpus.store, name), getattr(columns, name))
        assert corpus.store.types == columns.types
        del corpus


# -- to other processes -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def worker() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool


def test_hits_and_results_travel(homes: Homes, worker: ProcessPoolExecutor) -> None:
    for corpus in homes:
        hits = corpus.where(zone="lead").find("partner*")
        result = worker.submit(ck.kwic, hits).result()
        assert repr(result) == repr(ck.kwic(hits))
        assert result._repr_html_() == ck.kwic(hits)._repr_html_()
        assert dict(result.params) == dict(ck.kwic(hits).params)


def test_a_corpus_on_disk_travels_as_its_address(homes: Homes) -> None:
    assert len(pickle.dumps(homes[1])) < 1000
    part = homes[1].where(zone="lead", outlet=homes[1].articles["outlet"].iloc[0])
    again = pickle.loads(pickle.dumps(part))
    assert repr(again) == repr(part)
    assert again.chosen == part.chosen
    assert again.articles.equals(part.articles)


def test_the_other_process_gets_the_same_generation(tmp_path: Path) -> None:
    store = tmp_path / "store"
    ck.Corpus.from_frame([{"text": "old words"}]).save(store)
    old = open_corpus(store)
    sent = pickle.dumps(old)
    ck.Corpus.from_frame([{"text": "new"}]).save(store)
    assert pickle.loads(sent).text(0) == "old words"
    assert open_corpus(store).text(0) == "new"
    del old
    ck.Corpus.from_frame([{"text": "newer"}]).save(store)
    with pytest.raises(ck.StoreError, match=r"manifest\.json: it is damaged: it is missing\."):
        pickle.loads(sent)


def test_a_build_equals_what_is_read_at_once(homes: Homes, tmp_path: Path) -> None:
    built = build_corpus(DATA, tmp_path / "built")
    assert repr(built.report) == repr(homes[0].report)
    assert built.articles.equals(homes[0].articles)
    assert [built.source(n) for n in range(len(built))] == [
        homes[0].source(n) for n in range(len(built))
    ]
    for field in fields(Columns):
        one, two = getattr(built.store, field.name), getattr(homes[0].store, field.name)
        if isinstance(two, np.ndarray):
            np.testing.assert_array_equal(one, two, err_msg=field.name)
        else:
            assert one == two


# -- page by page -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A corpus whose columns have many pages."""
    path = tmp_path_factory.mktemp("paged") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(durable, "PAGE", 64)
        patch.setattr(generation, "PAGE", 64)
        patch.setattr(pages, "LEAST", 0)
        ck.Corpus.from_frame([{"text": f"w{n} the deal " * 7} for n in range(30)]).save(path)
        yield path


INDEXES = st.one_of(
    st.integers(-700, 700),
    st.slices(630),
    st.lists(st.integers(-630, 629), max_size=9).map(lambda ns: np.array(ns, np.int64)),
    st.lists(st.integers(0, 629), max_size=9).map(lambda ns: np.array(ns, np.uint32)),
    st.lists(st.booleans(), min_size=630, max_size=630).map(np.array),
    st.just(None),
    st.lists(st.integers(0, 629), min_size=1, max_size=3),
)


@given(st.sampled_from(["ids", "starts", "postings", "words"]), st.lists(INDEXES, max_size=3))
@settings(max_examples=300, deadline=None)
def test_a_paged_column_is_an_array(paged: Path, name: str, indexes: list[object]) -> None:
    column = getattr(open_corpus(paged).store, name)
    array = np.asarray(getattr(open_corpus(paged).store, name))
    assert isinstance(column, pages.Paged)
    assert len(column) == len(array) == 630
    for index in indexes:
        try:
            wanted = array[index]  # type: ignore[index]
        except IndexError:
            with pytest.raises(IndexError, match=r"out of bounds"):
                column[index]
        else:
            np.testing.assert_array_equal(column[index], wanted)


@given(
    st.sampled_from([0, 1, 9, 300]),
    st.sampled_from([0, 5, 100, 330]),
    st.lists(st.integers(-2, 700), max_size=6),
    st.sampled_from(["left", "right"]),
    st.sampled_from([1, 1 << 12]),
)
@settings(max_examples=300, deadline=None)
def test_a_stretch_of_a_paged_column_is_searched_as_an_array(
    paged: Path, first: int, size: int, values: list[int], side: str, few: int
) -> None:
    words: Any = open_corpus(paged).store.words
    array = np.arange(630)[first : first + size]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "FEW", few)
        found = words.stretch(first, first + size)
        places = np.searchsorted(found, np.array(values, np.int64), side)  # type: ignore[call-overload]
        np.testing.assert_array_equal(places, np.searchsorted(array, values, side))  # type: ignore[call-overload]
        for value in values:
            one = np.searchsorted(found, value, side)  # type: ignore[call-overload]
            assert one == np.searchsorted(array, value, side)  # type: ignore[call-overload]
    np.testing.assert_array_equal(found, array)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(found)), array)


OPERATIONS: dict[str, Callable[[np.ndarray], object]] = {
    "plus": lambda x: x + 1,
    "minus": lambda x: 700 - x.astype(np.int64),
    "equal": lambda x: x == 3,
    "index": lambda x: np.arange(700)[x],
    "repeat": lambda x: np.repeat(x, 2),
    "search": lambda x: np.searchsorted(np.arange(700), x),
    "bincount": lambda x: np.bincount(x),
    "sum": lambda x: x.sum(),
    "list": lambda x: x.tolist(),
    "loop": list,
    "concatenate": lambda x: np.concatenate([x, x]),
    "isin": lambda x: np.isin(x, [1, 2]),
    "assign": lambda x: np.put_along_axis(y := np.zeros(700, int), x.astype(int), 1, 0) or y,
    "size": lambda x: (len(x), x.shape[0], x.ndim, x.size, x.dtype.itemsize),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_an_array_can_do_a_paged_column_can_do(paged: Path, operation: str) -> None:
    column = open_corpus(paged).store.postings
    array = np.asarray(open_corpus(paged).store.postings)
    do = OPERATIONS[operation]
    np.testing.assert_array_equal(do(column), do(array))  # type: ignore[arg-type]


def test_only_the_pages_that_are_used_are_read(
    paged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = open_corpus(paged).store.starts
    read: list[tuple[int, int]] = []
    pread = os.pread

    def noted(number: int, size: int, at: int) -> bytes:
        read.append((at // 64, size // 64))
        return pread(number, size, at)

    monkeypatch.setattr(os, "pread", noted)
    column[3], column[100], column[3:20], column[np.array([0, 600, 599])]
    assert read == [(0, 1), (6, 1), (1, 1), (37, 1)]
    assert len(column.tolist()) == 630
    assert sorted(read[4:]) == [(2, 4), (7, 30), (38, 2)]
    read.clear()
    column[5], column.sum()
    assert read == []


def test_a_hit_is_found_without_reading_where_it_stands(paged: Path) -> None:
    hits = open_corpus(paged).find("deal")
    places: Any = hits.places
    read = places._pages._sound
    assert (len(hits), read.sum()) == (210, 0)
    assert hits.places[0] == 2
    assert read.sum() == 1
    assert hits.places.tolist() == list(range(2, 630, 3))


def test_a_damaged_page_of_a_stretch_is_named(paged: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(paged, store)
    [path] = store.glob("generations/*/postings.uint32")
    data = bytearray(path.read_bytes())
    data[64 * 20 + 3] ^= 1  # numbers 320 to 335
    path.write_bytes(data)
    for index in (20, slice(19, 21), slice(35, 90), np.array([0, 25]), np.array([35])):
        column: Any = open_corpus(store).store.postings
        with pytest.raises(StoreError, match=r"postings\.uint32: .*page 20 is not what was"):
            column.stretch(300, 400)[index]
    part = column.stretch(300, 400)
    for index in (19, 36, slice(0, 20), slice(36, 100), np.array([0, 19, 36, 99])):
        assert np.size(part[index])
    with pytest.raises(StoreError, match="page 20"):
        part.tolist()


def test_a_few_values_are_searched_in_few_pages(
    paged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = open_corpus(paged).store.words
    monkeypatch.setattr(pages, "FEW", 1)
    read: list[int] = []
    pread = os.pread

    def noted(number: int, size: int, at: int) -> bytes:
        read.append(size // 64)
        return pread(number, size, at)

    monkeypatch.setattr(os, "pread", noted)
    assert np.searchsorted(words, np.array([3, 4])).tolist() == [3, 4]
    assert sum(read) <= 7  # of 40


def test_a_damaged_page_is_named_when_it_is_used(paged: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(paged, store)
    [path] = store.glob("generations/*/ids.uint32")
    data = bytearray(path.read_bytes())
    data[64 * 5 + 1] ^= 4
    path.write_bytes(data)
    column = open_corpus(store).store.ids
    assert len(column[:80]) == 80
    for index in (80, slice(70, 90), np.array([1, 95]), [80], slice(None, None, 2)):
        with pytest.raises(ck.StoreError) as caught:
            column[index]
        assert str(caught.value) == (
            f"{path}: it is damaged: page 5 is not what was written (checksum). Nothing was read "
            "from it. Build it again with build_corpus() or save(); the articles themselves are "
            "not touched."
        )
    path.write_bytes(data[:-4])
    with pytest.raises(ck.StoreError, match="it has 2,516 bytes instead of 2,520"):
        open_corpus(store).store.ids  # noqa: B018


def test_the_working_folder_may_change_while_a_corpus_is_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ck.Corpus.from_frame([{"id": "a", "text": "Partners met."}]).save("talks")
    corpus = ck.open_corpus("talks")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert corpus.text("a") == "Partners met."
    assert len(corpus.find("partner*")) == 1
    assert set(corpus.check().frame["problem"]) == {""}
