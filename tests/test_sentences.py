"""Sentences and paragraphs: spans of the text as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import news_texts

from corpuskit.corpus.columns.sentences import sentence_spans
from corpuskit.reading.layout import paragraph_spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It met. It talked.", ["It met.", "It talked."]),
        ("Mr. Rao met the U.S. envoy at 9 a.m. on Monday.", None),
        ("“We agree.” He left.", ["“We agree.”", "He left."]),
        ("It cost 3.5 million.", None),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str] | None) -> None:
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert found == ([text] if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.", ["One.", "Two."]),  # lines are paragraphs …
        ("One\nline.\n\nTwo.", ["One\nline.", "Two."]),  # … unless they are wrapped
        ("A\r\n\r\n B \r\n", ["A", "B"]),
        ("A\u2028B\x85C", ["A", "B", "C"]),
        ("\n\n", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraph_spans(text)] == expected


@given(news_texts())
@settings(max_examples=300, deadline=None)
def test_only_blanks_are_left_out(text: str) -> None:
    for spans in (paragraph_spans(text), sentence_spans(text)):
        done = 0
        for start, end in spans:
            assert done <= start < end
            assert not text[done:start].strip()
            done = end
        assert not text[done:].strip()
