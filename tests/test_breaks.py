"""Sentence ends decided pair by pair are those that nupunkt finds paragraph by paragraph."""

from __future__ import annotations

import os
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.corpus.columns.breaks import LOOK, SentenceEnds
from corpuskit.corpus.columns.sentences import Chunks, find_sentences, sentence_spans

EXAMPLES = int(os.environ.get("CORPUSKIT_EXAMPLES", "300"))


class Finder:
    """Sentence ends with the numbers of the chunks that were met."""

    def __init__(self):
        self.ends, self.numbers = SentenceEnds(), {}

    def number(self, word):
        if word not in self.numbers:
            self.numbers[word] = len(self.numbers)
            self.ends.learn([word], np.zeros(1, bool))
        return self.numbers[word]

    def chunks(self, text):
        spans = [match.span() for match in re.finditer(r"\S+", text)]
        numbers = [self.number(text[start:end]) for start, end in spans]
        starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
        gaps = np.full(len(spans), LOOK, np.uint8)
        return Chunks(np.array(numbers, np.int64), starts, ends, gaps)

    def sentences(self, paragraphs):
        text = "\n".join(paragraphs)
        begins = np.cumsum([0, *(len(one) + 1 for one in paragraphs)])[:-1]
        words = self.numbers  # filled by `chunks`
        chunks = self.chunks(text)
        names = list(words)
        found = find_sentences(text, begins, chunks, self.ends, names.__getitem__)
        spans = [[] for _ in paragraphs]
        for n, start, end in zip(*(column.tolist() for column in found), strict=True):
            spans[n].append((start - int(begins[n]), end - int(begins[n])))
        return spans


def found_in(paragraphs, finder=None):
    """The sentence spans of each paragraph, all read at once."""
    return (finder or Finder()).sentences(paragraphs)


def read_whole(paragraphs):
    """How many of the chunks are left to nupunkt."""
    finder, sizes = Finder(), [len(one.split()) for one in paragraphs]
    chunks = finder.chunks("\n".join(paragraphs))
    chunks.gaps[:] = 0
    names = list(finder.numbers)
    borders = np.cumsum([0, *sizes])
    _, (first, last) = finder.ends.find(names.__getitem__, chunks.numbers, borders, chunks.gaps)
    return int((last - first + 1).sum())


CASES = [
    "The talks ended. Nobody spoke.",
    "Mr. Shah met the U.S. Trade Representative on Jan. 27. He left at 5 p.m. The rest stayed.",
    "“We agree.” he said. “Do you?” She did.",
    "Prices rose 3.5 per cent in the U.S. and 2.1 in the E.U. Analysts were surprised.",
    "He asked No. 7 twice! Did no. 8 hear? It did.",
    "It grew… slowly. And then… It stopped.",
    "J. B. Doe wrote it. See p. 7. Fig. 2 shows more.",
    "a. first point b. second point. C. Third.",
    "It was in section II. The rest is in IV. It says so.",
    "The pact, signed by Acme Inc. and Foo Ltd., holds. It ends in Dec. 2026.",
    "A wrapped line ends here.\nii. The next begins. Dr.\nWho came.",
    "He said: 'It works.' Then he left (so they say.) And that was it.",
]


@pytest.mark.parametrize("text", CASES)
def test_real_sentences_are_decided_by_pairs(text):
    """None of these needs to be read whole, and each is split as nupunkt splits it."""
    assert read_whole([text]) == 0
    assert found_in([text]) == [sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It went on . . . and on. Yes.",
        "What?! He left. Really !",
        "It ended.(Reuters) More later.",
        "He said so. ” Then left.",
        "Wait... what? No.",
    ],
)
def test_what_reaches_further_is_left_to_the_splitter(text):
    assert read_whole([text]) > 0
    assert found_in([text]) == [sentence_spans(text)]


def test_only_the_sentences_round_it_are_read_whole():
    """A long paragraph with one odd place is not read whole."""
    text = (
        "The talks ended quickly. " * 50 + "It went on . . . and on. " + "Nobody spoke much. " * 50
    )
    assert read_whole([text.strip()]) == 8
    assert found_in([text.strip()]) == [sentence_spans(text.strip())]


def test_one_paragraph_never_decides_for_another():
    texts = ["It ended.", "then went on", "Mr.", "Shah came. he left", "...", ". . .", "x ."]
    assert found_in(texts) == [sentence_spans(text) for text in texts]


def test_a_blank_line_inside_a_paragraph():
    text = "One paragraph, Mr.\n\nAnother one. he said. \n \n Yes."
    assert found_in([text]) == [sentence_spans(text)]


BITS = [
    "Mr.", "U.S.", "a.", "1.", "(a).", "iv.", "II.", "LLC.", "He", "he", "”", "\"", "said.”",
    "end.)", "\"We", "“We", "I", "I'm", "No.", "Corp.", "e.g.", "p.m.", "Jan.", "5.", "3.5",
    "--", "’", "well-known.", "it's.", "x", "B.", "B", "—", "*bold.*", "ok.'", "…", "wait…",
    "Yahoo!", "(What?)", "what?\"", "Dec.", "n", "N.", "word.", "words,", "Word;", "The", "the",
    "rate:", "é.", "Ø.", "中文。", "...", "?!", "!!", ".5", "a.b.", "http://x.org/a?b=1.", "$5.",
]  # fmt: skip
_gaps = st.sampled_from([" "] * 8 + ["\n", "\t", "  ", "\u00a0", " \n", "\u2028"])
_chunks = st.one_of(st.sampled_from(BITS), st.text("ab.A!”? é", min_size=1, max_size=4))
_texts = st.lists(st.tuples(_chunks, _gaps), min_size=1, max_size=9).map(
    lambda parts: "".join(chunk + gap for chunk, gap in parts).strip()
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(_texts.filter(bool), min_size=1, max_size=6))
def test_pairs_and_paragraphs_agree(texts):
    """What is found at once is what nupunkt finds in each paragraph."""
    assert found_in(texts) == [sentence_spans(text) for text in texts]


def test_an_answer_does_not_depend_on_what_was_asked_before():
    asked = Finder()
    found_in(CASES[::-1], asked)
    assert found_in(CASES, asked) == found_in(CASES)


def test_no_paragraph_at_all():
    assert found_in([]) == []
