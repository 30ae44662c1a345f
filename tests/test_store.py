"""The columns: offsets, borders and the inverted index."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import news_texts

from corpuskit.corpus.columns.builder import build_columns
from corpuskit.corpus.columns.folding import fold
from corpuskit.corpus.columns.tokens import token_spans
from corpuskit.reading.article import Article, Zone


@given(st.lists(news_texts(), max_size=3))
@settings(max_examples=300, deadline=None)
def test_columns_are_the_texts(texts: list[str]) -> None:
    store = build_columns([Article(str(n), text) for n, text in enumerate(texts)])
    for n, text in enumerate(texts):
        for at in range(store.borders[n], store.borders[n + 1]):
            start = int(store.starts[at])
            surface = store.types[store.ids[at]]
            assert text[start : start + int(store.lengths[store.ids[at]])] == surface
            assert store.folds[store.folded[store.ids[at]]] == fold(surface)
    assert len(store.ids) == sum(len(token_spans(text)) for text in texts)


@given(news_texts(80))
@settings(max_examples=300, deadline=None)
def test_sentences_tile_the_tokens(text: str) -> None:
    store = build_columns([Article("a", text)])
    assert store.sentences[-1] == len(store.ids)
    assert (np.diff(store.sentences) > 0).all()
    assert set(store.paragraphs.tolist()) <= set(store.sentences.tolist())
    ends = store.starts + store.lengths[store.ids]
    for n, (first, last) in enumerate(zip(store.sentences, store.sentences[1:], strict=False)):
        assert store.sentence_starts[n] <= store.starts[first]
        assert ends[last - 1] <= store.sentence_ends[n]


def test_inverted_index_lists_each_form_in_order() -> None:
    store = build_columns([Article("a", "Deal or no deal. DEAL!"), Article("b", "A deal.")])
    form = store.folds.index("deal")
    places = store.postings[store.pointers[form] : store.pointers[form + 1]]
    assert places.tolist() == [0, 3, 5, 8]
    assert store.types == sorted(store.types)
    assert store.folds == sorted(store.folds)


def test_only_zones_are_read() -> None:
    text = "Head\n- In WORLD\nBody text.\nComments"
    zones = (Zone(0, 4, "headline"), Zone(16, 26, "lead"))
    store = build_columns([Article("a", text, zones=zones)])
    assert [store.types[i] for i in store.ids] == ["Head", "Body", "text", "."]
    assert store.zones.tolist() == [0, 1, 1, 1]


def test_empty() -> None:
    store = build_columns([])
    assert len(store.ids) == 0
    assert store.borders.tolist() == [0]
    assert store.sentences.tolist() == [0]
    assert store.types == store.folds == []
