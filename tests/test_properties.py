"""One property over the whole road: every span that is shown is the untouched text.

CORPUSKIT_EXAMPLES=5000 runs it on 5,000 texts (some minutes) instead of a few hundred.
"""

from __future__ import annotations

import os

from hypothesis import given, settings
from strategies import news_texts

import corpuskit as ck

EXAMPLES = int(os.environ.get("CORPUSKIT_EXAMPLES", "300"))


@given(news_texts())
@settings(max_examples=EXAMPLES, deadline=None)
def test_every_span_is_the_untouched_text(text: str) -> None:
    corpus = ck.Corpus.from_frame([{"id": "a", "text": text}])
    assert corpus.text("a") == text
    hits = corpus.find("part* | great | don't | * a")
    spans = [
        (corpus.tokens(), "token"),
        (corpus.sentences(), "text"),
        (corpus.paragraphs(), "text"),
        (ck.kwic(hits), "node"),
    ]
    for result, column in spans:
        for row in result.to_frame().itertuples():
            assert text[row.start : row.end] == getattr(row, column)
    # what made a score: the word, as it stands
    for row in ck.sentiment_around(hits, mask=()).contributions.itertuples():
        assert text[row.start : row.end] == row.word
