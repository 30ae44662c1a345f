"""Tokens by distinct run: exact for any text, and no run is taken for another."""

from __future__ import annotations

import os
import sys

import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import news_texts

from corpuskit.corpus.columns import chunks, distinct
from corpuskit.corpus.columns.chunks import BLANKS, LONG, Runs, run_keys
from corpuskit.corpus.columns.distinct import Lexicon
from corpuskit.corpus.columns.growing import KeyTable
from corpuskit.corpus.columns.tokens import DEFAULT, TokenPolicy, token_pieces, token_spans
from corpuskit.corpus.columns.vocabulary import encoded
from corpuskit.errors import StoreError

EXAMPLES = int(os.environ.get("CORPUSKIT_EXAMPLES", "300"))

POLICIES = [
    TokenPolicy(hyphens, possessives, marks)
    for hyphens in ("keep", "split")
    for possessives in ("keep", "split")
    for marks in (True, False)
]

# Any characters: halves of surrogate pairs, blanks of every kind, and what patterns are made of.
LETTERS = st.one_of(
    st.characters(),
    st.sampled_from([*BLANKS, "\x1c", "\x1f", "\x00", "\ud83d", "\ude00"]),
    st.sampled_from("ab1.,:/-’'&@#_Ss\u00ad\u0301\u200d\ufeff"),
)
TEXTS = st.one_of(st.text(LETTERS, max_size=60), news_texts())


def read(text: str, policy: TokenPolicy = DEFAULT, lexicon: Lexicon | None = None):
    """Return the spans of the tokens that the lexicon finds, and their forms."""
    lexicon = lexicon or Lexicon(policy)
    found = list(lexicon.read(encoded(text)))
    names = list(lexicon.pieces)
    words = [names[n] for block in found for n in block.ids.tolist()]
    starts = [n for block in found for n in block.places.tolist()]
    spans = [(start, start + len(word)) for start, word in zip(starts, words, strict=True)]
    return spans, words


@given(TEXTS, st.sampled_from(POLICIES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_tokens_are_those_of_the_plain_pattern(text: str, policy: TokenPolicy) -> None:
    spans, words = read(text, policy)
    assert spans == token_spans(text, policy)
    assert words == [text[start:end] for start, end in spans]


@given(st.lists(TEXTS, min_size=1, max_size=6), st.sampled_from(POLICIES), st.integers(1, 40))
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_was_met_before_changes_nothing(
    texts: list[str], policy: TokenPolicy, block: int
) -> None:
    lexicon = Lexicon(policy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "BLOCK", block)  # bytes: many blocks even in a short text
        for text in [*texts, "".join(texts)]:
            assert read(text, policy, lexicon)[0] == token_spans(text, policy)


@given(TEXTS, st.sampled_from(POLICIES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_pieces_are_the_text(text: str, policy: TokenPolicy) -> None:
    pieces = token_pieces(text, policy)
    assert "".join(pieces) == text
    marked = TokenPolicy(policy.hyphens, policy.possessives)
    tokens = [text[start:end] for start, end in token_spans(text, marked)]
    assert [piece for piece in pieces if len(piece) > 1] == [t for t in tokens if len(t) > 1]


def test_blanks_are_the_white_space_of_the_pattern() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert regex.findall(r"\s", every) == sorted(BLANKS)


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_every_blank_separates(blank: str) -> None:
    assert read(f"{blank}a{blank}{blank}é{blank}")[0] == [(1, 2), (4, 5)]


@pytest.mark.parametrize("size", [1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 72, 1000])
def test_a_difference_in_any_byte_is_a_difference(size: int) -> None:
    words = ["a" * n + "b" + "a" * (size - n - 1) for n in range(size)]
    words += ["a" * size, "a" * (size + 1)]
    assert read(" ".join(words * 2))[1] == words * 2


# -- keys ----------------------------------------------------------------------------------


def by_size(runs: Runs) -> np.ndarray:
    """Return a key that is too weak: runs of one size have one key."""
    return runs.sizes.astype(np.uint64)


def nothing(runs: Runs) -> np.ndarray:
    """Return the same key for every run."""
    return np.zeros(len(runs), np.uint64)


def test_a_weak_key_that_happens_to_do_is_exact() -> None:
    spans, _ = read("a bb a ccc bb", lexicon=Lexicon(DEFAULT, by_size))
    assert spans == token_spans("a bb a ccc bb")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("deal", "pact"),
        ("partnerships", "partnershipt"),  # the ninth byte and later
        ("a" * LONG + "b", "a" * LONG + "c"),
        ("x" * 500 + "b", "x" * 500 + "c"),
        ("é", "è"),
    ],
)
@pytest.mark.parametrize("together", [True, False], ids=["one block", "two texts"])
def test_collision_is_raised(one: str, two: str, together: bool) -> None:
    lexicon = Lexicon(DEFAULT, by_size)
    message = (
        rf"^'{two[:40]}' and '{one[:40]}' have the same 64-bit key, so that one would be counted "
        r"as the other\. Nothing was built\. Separate one of them by a blank, and report it\.$"
    )
    if not together:
        read(one, lexicon=lexicon)
    with pytest.raises(StoreError, match=message):
        read(f"{one} {two}" if together else two, lexicon=lexicon)


def test_runs_of_different_size_under_one_key_are_raised() -> None:
    with pytest.raises(StoreError, match=r"^'bb' and 'a' have the same 64-bit key"):
        read("a bb", lexicon=Lexicon(DEFAULT, nothing))


def test_keys_of_many_runs_differ() -> None:
    runs = Runs(" ".join(f"{n:x}" for n in range(300_000)).encode())
    assert len(np.unique(run_keys(runs))) == 300_000


@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=50), max_size=8))
def test_table_numbers_keys_as_they_come(batches: list[list[int]]) -> None:
    table, known = KeyTable(), {}
    for batch in batches:
        keys = np.array(sorted(set(batch)), np.uint64)
        numbers = table.numbers(keys)
        assert numbers.tolist() == [known.get(key, -1) for key in keys.tolist()]
        fresh = keys[numbers < 0]
        known |= dict(zip(fresh.tolist(), table.add(fresh).tolist(), strict=True))
    assert list(known.values()) == list(range(len(known)))


@pytest.mark.parametrize("shift", [0, 8, 16, 32, 44])
def test_table_grows_and_keys_are_spread_over_it(shift: int) -> None:
    table = KeyTable()
    keys = np.arange(1, 200_001, dtype=np.uint64) << np.uint64(shift)
    table.add(keys[:1000])
    table.add(keys[1000:])
    assert (table.numbers(keys) == np.arange(len(keys))).all()
    assert table.numbers(keys ^ np.uint64(1 << 63)).max() == -1


def test_keys_that_name_one_slot_stand_side_by_side() -> None:
    table = KeyTable()
    inverse = pow(0x9E3779B97F4A7C15, -1, 1 << 64)
    last = [(((1 << 64) - 1 - n) * inverse) % (1 << 64) for n in range(500)]
    keys = np.array(last, np.uint64)  # all name the last slot: the next are the first ones
    table.add(keys)
    assert (table.numbers(keys) == np.arange(500)).all()


# -- size ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["QUJD+/9z" * 250_000, "é" * 700_000, "a " * 700_000, "\u3000".join(["中文"] * 300_000)],
    ids=["base64", "one word", "one line", "wide blanks"],
)
def test_long_texts_are_read_whole(text: str) -> None:
    assert read(text)[0] == token_spans(text)


def test_a_long_run_is_not_read_eight_bytes_at_a_time() -> None:
    runs = Runs(b"a" * 3_000_000 + b" " + b"a" * 3_000_000)
    assert [k for k, _ in chunks.further(runs.sizes)] == []
    assert len(set(run_keys(runs).tolist())) == 1
