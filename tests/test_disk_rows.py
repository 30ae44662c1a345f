"""Rows of a store: several at once are those that are read one by one, each checked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpuskit as ck
from corpuskit.corpus.disk import rows as reading
from corpuskit.corpus.disk.opened import open_generation
from corpuskit.corpus.disk.rows import Rows
from corpuskit.errors import StoreError
from corpuskit.reading.article import Article

TEXTS = [f"deal {n} " * (n % 7) + "é" * (n == 11) for n in range(40)] + ["long " * 300, ""]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "store"
    articles = [Article(f"a{n}", text, outlet="A", url="x" * n) for n, text in enumerate(TEXTS)]
    ck.Corpus(articles).save(path)
    return path


CHOSEN = st.lists(st.integers(0, len(TEXTS) - 1), unique=True).map(sorted)


@given(CHOSEN, st.sampled_from([0, 20, 1 << 14]), st.sampled_from([1, 100, 1 << 20]))
@settings(max_examples=200, deadline=None)
def test_several_rows_are_those_read_one_by_one(
    store: Path, chosen: list[int], near: int, block: int
) -> None:
    corpus = ck.open_corpus(store)
    numbers = np.array(chosen, np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "NEAR", near)
        patch.setattr(reading, "BLOCK", block)
        assert list(corpus.texts_of(numbers)) == [TEXTS[n] for n in chosen]
        listed = [(one.id, one.outlet, one.url) for one in corpus.listed(numbers)]
    assert listed == [(f"a{n}", "A", "x" * n) for n in chosen]


def test_rows_that_stand_near_are_read_at_once(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = Rows(open_generation(store), "text.utf8")
    list(texts.several(np.array([0])))
    read: list[int] = []
    pread = os.pread

    def noted(number: int, size: int, at: int) -> bytes:
        read.append(size)
        return pread(number, size, at)

    monkeypatch.setattr(os, "pread", noted)
    sizes = [len(text.encode()) for text in TEXTS]
    list(texts.several(np.arange(len(TEXTS))))
    assert read == [sum(sizes)]
    read.clear()
    monkeypatch.setattr(reading, "BLOCK", 1000)  # no reading is longer, but for a longer row
    list(texts.several(np.arange(len(TEXTS))))
    assert sum(read) == sum(sizes)
    assert [size for size in read if size > 1000] == [1500]
    read.clear()
    monkeypatch.setattr(reading, "NEAR", 0)
    list(texts.several(np.array([1, 3, 4])))
    assert read == [sizes[1], sizes[3] + sizes[4]]


def test_a_damaged_row_among_several_is_named(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "store"
    shutil.copytree(store, other)
    [path] = other.glob("generations/*/text.utf8")
    data = bytearray(path.read_bytes())
    data[sum(len(text.encode()) for text in TEXTS[:5]) + 1] ^= 1
    path.write_bytes(data)
    corpus = ck.open_corpus(other)
    sound = corpus.texts_of(np.array([1, 2, 4, 6, 7]))
    assert list(sound) == [TEXTS[n] for n in (1, 2, 4, 6, 7)]
    with pytest.raises(StoreError, match=r"text\.utf8: .*row 5 is not what was written"):
        list(corpus.texts_of(np.array([4, 5, 6])))
