"""Tokens: what is one token, and that its span is the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from strategies import news_texts

from corpuskit.corpus.columns.tokens import TokenPolicy, is_word, token_spans


def tokens(text: str, **policy: object) -> list[str]:
    return [text[start:end] for start, end in token_spans(text, TokenPolicy(**policy))]


@pytest.mark.parametrize(
    "token",
    [
        "India-EU",
        "don’t",
        "don't",
        "U.S.",
        "U.S.-led",
        "e.g.",
        "1,234.56",
        "3.5",
        "07:29",
        "27/01/2026",
        "https://example.org/a?b=c",
        "www.example.org",
        "x.y+z@mail.example.org",
        "#tag",
        "@name",
        "IFC-IOR",
        "counter-piracy",
        "counter‑piracy",
        "partner\u00adship",
        "zero\u200bwidth",
        "e\u0301tude",
        "AT&T",
        "rock’n’roll",
        "77th",
        "5m",
        "...",
        "…",
        "--",
        "👩‍👩‍👧",
        "🇮🇳",
        "नमस्ते",
    ],
)
def test_is_one_token(token: str) -> None:
    assert tokens(f"so {token} it") == ["so", token, "it"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an address ends before the mark of the sentence
        (
            "See https://example.org/a, please.",
            ["See", "https://example.org/a", ",", "please", "."],
        ),
        # a quotation mark is never part of a word, an apostrophe inside is
        ("‘don’t’", ["‘", "don’t", "’"]),
        ("dogs’ food", ["dogs", "’", "food"]),
        # currency and percent are marks
        ("$5 million, 50%", ["$", "5", "million", ",", "50", "%"]),
        # a full stop after a word that is no abbreviation
        ("late.Then", ["late", ".", "Then"]),
        ("", []),
        (" \r\n\u00a0", []),
        # characters that show nothing are no tokens
        ("\u00ad\u200b\ufeff", []),
    ],
)
def test_cuts(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"hyphens": "split"}, ["EU’s", "plan", "-", "based", ",", "so"]),
        ({"possessives": "split"}, ["EU", "’s", "plan-based", ",", "so"]),
        ({"marks": False}, ["EU’s", "plan-based", "so"]),
    ],
)
def test_policy(policy: dict[str, object], expected: list[str]) -> None:
    assert tokens("EU’s plan-based, so", **policy) == expected


def test_policy_refuses_unknown_option() -> None:
    with pytest.raises(
        ValueError,
        match=r"^`hyphens` must be one of 'keep', 'split'; not 'splits'\. Did you mean 'split'\?$",
    ):
        TokenPolicy(hyphens="splits")


@given(news_texts())
@settings(max_examples=1000, deadline=None)
def test_every_character_is_in_one_token_or_shows_nothing(text: str) -> None:
    done = 0
    for start, end in token_spans(text):
        assert done <= start < end <= len(text)
        assert not any(c.isspace() for c in text[start:end])
        assert not is_word(text[done:start])
        done = end
    assert not is_word(text[done:])


@given(news_texts())
@settings(max_examples=300, deadline=None)
def test_blanks_separate(text: str) -> None:
    # the premise of tokenising each distinct run of characters once
    assert tokens(text) == [token for run in text.split() for token in tokens(run)]


@pytest.mark.parametrize(
    "run", ["a", "a.", "a-", ".", "1,", "a@", "\u00ad", "a\u00ad", "e\u0301", "'"]
)
def test_long_runs_take_no_square_time(run: str) -> None:
    began = time.process_time()
    token_spans(run * 200_000)
    assert time.process_time() - began < 20  # square time would take hours
