"""One layout, two homes: an opened corpus answers every question as one in memory does."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from functools import cache
from multiprocessing import get_context
from pathlib import Path

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


def test_the_working_folder_may_change_while_a_corpus_is_open(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ck.Corpus.from_frame([{"id": "a", "text": "Partners met."}]).save("talks")
    corpus = ck.open_corpus("talks")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert corpus.text("a") == "Partners met."
    assert len(corpus.find("partner*")) == 1
    assert set(corpus.check().frame["problem"]) == {""}
