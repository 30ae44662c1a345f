"""Folding: what is equal when a pattern is matched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import news_texts

from corpuskit.corpus.columns.folding import fold, fold_words, untypeset


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Partner\u00adship", "partnership"),  # soft hyphen
        ("zero\u200bwidth", "zerowidth"),
        ("\u202eabc\u202c", "abc"),  # direction override
        *[(f"don{mark}t", "don't") for mark in "’‘ʼʹ′`´＇‛"],
        ("India‐EU", "india-eu"),
        ("co‑operate", "co-operate"),
        ("e\u0301tude", "étude"),  # decomposed
        ("İstanbul", "istanbul"),
        ("ISTANBUL", "istanbul"),
        ("Straße", "strasse"),
        ("ﬁne", "fine"),
        ("ΣΑΣ", "σασ"),
        ("σας", "σασ"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_untypeset_keeps_case() -> None:
    assert untypeset("Don’t") == "Don't"


@given(news_texts())
def test_fold_is_stable_and_blind_to_composition(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.lists(news_texts().map(lambda text: "".join(text.split()))))
def test_many_words_are_folded_like_each(words: list[str]) -> None:
    assert fold_words(words) == [fold(word) for word in words]


def test_fold_words_on_plain_ones() -> None:
    assert fold_words(["Deal", "O`Neil", "ÖL", "", "x"]) == ["deal", "o'neil", "öl", "", "x"]
    assert fold_words([]) == []
