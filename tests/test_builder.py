"""The builder of columns: equal, value by value, to one that goes token by token."""

from __future__ import annotations

import os
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_columns import plain_columns
from strategies import news_texts
from test_distinct import POLICIES, TEXTS

from corpuskit.corpus.columns import builder, distinct, inverted
from corpuskit.corpus.columns.builder import ColumnsBuilder, build_columns
from corpuskit.corpus.columns.inverted import flagged, invert, position_type
from corpuskit.corpus.columns.store import Columns
from corpuskit.corpus.columns.tokens import TokenPolicy
from corpuskit.reading.article import Article, Cut, Zone

EXAMPLES = int(os.environ.get("CORPUSKIT_EXAMPLES", "300"))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Return an article whose zones and cuts stand anywhere in its text, or that has none."""
    text = draw(st.one_of(TEXTS, news_texts(80)))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    names = st.sampled_from(["headline", "lead", "body", "caption", "cut", "between"])
    spans = [(a, b, draw(names)) for a, b in pairwise(edges)]
    zones = tuple(Zone(a, b, name) for a, b, name in spans if name not in ("cut", "between"))
    cuts = tuple(Cut(a, b, "rule", "reason") for a, b, name in spans if name == "cut")
    return Article("a", text, zones=zones, cuts=cuts)


def assert_same(one: Columns, two: Columns) -> None:
    """Assert that every column has the same values and the same kind of numbers."""
    for field in fields(Columns):
        first, second = getattr(one, field.name), getattr(two, field.name)
        if isinstance(first, np.ndarray):
            assert first.dtype == second.dtype, field.name
            assert first.tolist() == second.tolist(), field.name
        else:
            assert first == second, field.name
    assert one.zones.tolist() == two.zones.tolist()


@given(st.lists(articles(), max_size=4), st.sampled_from(POLICIES), st.integers(1, 60))
@settings(max_examples=EXAMPLES, deadline=None)
def test_columns_are_those_of_the_plain_builder(
    items: list[Article], policy: TokenPolicy, size: int
) -> None:
    plain = plain_columns(items, policy)
    assert_same(build_columns(items, policy), plain)
    with pytest.MonkeyPatch.context() as patch:  # many batches and blocks even in short texts
        patch.setattr(builder, "BATCH", size)
        patch.setattr(distinct, "BLOCK", size)
        patch.setattr(inverted, "BLOCK", size)
        assert_same(build_columns(items, policy), plain)
        parts = ColumnsBuilder(policy)
        for item in items:
            parts.add([item])
        assert_same(parts.columns(), plain)


def test_a_builder_begins_anew() -> None:
    made = ColumnsBuilder().add([Article("a", "A deal.")])
    assert list(made.columns().types) == [".", "A", "deal"]
    assert_same(made.columns(), build_columns([]))
    assert_same(made.add([Article("b", "No")]).columns(), build_columns([Article("b", "No")]))


def test_a_zone_without_tokens_is_no_paragraph() -> None:
    item = Article("a", "Head\n—\nbody", zones=(Zone(0, 4, "headline"), Zone(5, 6, "lead")))
    assert build_columns([item]).paragraphs.tolist() == [0, 1, 2]
    without = build_columns([item], TokenPolicy(marks=False))
    assert without.paragraphs.tolist() == [0, 1]
    assert without.paragraph_zones.tolist() == [0]


@given(st.lists(st.lists(st.integers(0, 6), max_size=9), max_size=5), st.integers(1, 7))
def test_index_lists_every_form(texts: list[list[int]], block: int) -> None:
    ids = np.array([n for text in texts for n in text], np.uint32)
    borders = np.cumsum([0, *map(len, texts)])
    folded = np.array([0, 1, 1, 2, 2, 0, 3], np.uint32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inverted, "BLOCK", block)
        index = invert(ids, folded, 4, borders)
        words = flagged(ids, np.array([True, False] * 3 + [True]))
    forms = folded[ids].tolist()
    for form in range(4):
        low, high = index.pointers[form : form + 2].tolist()
        assert index.postings[low:high].tolist() == [n for n, f in enumerate(forms) if f == form]
        assert index.ranges[form] == sum(form in {folded[n] for n in text} for text in texts)
    assert words.tolist() == [n for n, kind in enumerate(ids.tolist()) if kind % 2 == 0]
    assert index.postings.dtype == words.dtype == np.uint32


def test_positions_are_wide_from_two_to_the_32_tokens() -> None:
    assert position_type((1 << 32) - 1) is np.uint32
    assert position_type(1 << 32) is np.int64
