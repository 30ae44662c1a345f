"""Large columns, page by page: arrays of which only what is used is read, and read checked."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpuskit as ck
from corpuskit.corpus.disk import durable, generation, pages
from corpuskit.corpus.disk.stored import open_corpus
from corpuskit.errors import StoreError


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
