"""Queries as vector code: equal to plain loops, on parts as on corpora of their own, and quick."""

from __future__ import annotations

import contextlib
import itertools
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_kwic import slow_lines
from strategies import news_texts

from corpuskit.analysis.collocations.collocation import collocates
from corpuskit.analysis.collocations.phrases import clusters
from corpuskit.analysis.collocations.windows import windows_of
from corpuskit.analysis.concordances.concordance import COLUMNS, kwic
from corpuskit.analysis.concordances.ordering import sorting
from corpuskit.analysis.frequency import frequency_list, ngrams
from corpuskit.analysis.runs import Runs
from corpuskit.analysis.spread import dispersion
from corpuskit.corpus.corpus import Corpus
from corpuskit.corpus.finding.matching import literal_start
from corpuskit.corpus.finding.places import expanded, owners, ranks
from corpuskit.reading.article import Article, Zone

# -- every small text ------------------------------------------------------------------------

# Three words over two, and between two of them nothing or a border.
BORDERS = ["none", "sentence", "paragraph", "article"]


def small_texts():
    for words in itertools.product(["xa", "xb"], repeat=3):
        for first, second in itertools.product(BORDERS, repeat=2):
            yield words, first, second


MARKS = {"none": " ", "sentence": "? ", "paragraph": "\n\n", "article": "|"}


def corpus_of(words, first, second):
    """Return the corpus, and for each word its article and its sentence."""
    text = words[0]
    for border, word in zip((first, second), words[1:], strict=True):
        text += MARKS[border] + (word.capitalize() if border == "sentence" else word)
    corpus = Corpus.from_frame([{"text": part} for part in text.split("|")])
    article = np.cumsum([0, first == "article", second == "article"]).tolist()
    at, sentences = corpus.words.tolist(), corpus.store.sentences.tolist()[1:]
    sentence = [sum(border <= word for border in sentences) for word in at]
    return corpus, list(zip(article, sentence, strict=True))


def test_small_texts_have_every_border():
    seen = {
        (border, len(corpus_of(["xa"] * 3, border, "none")[0].sentence_numbers))
        for border in BORDERS
    }
    assert seen == {("none", 1), ("sentence", 2), ("paragraph", 2), ("article", 2)}


def slow_sides(words, units, window):
    """Return the places left and right of the nearest xa; the ten-line loop."""
    sides = {"left": [], "right": []}
    for place, word in enumerate(words):
        near = [
            (abs(place - node), node > place)
            for node, other in enumerate(words)
            if other == "xa" and units[node] == units[place] and abs(place - node) <= window
        ]
        if word != "xa" and near:
            sides["left" if min(near)[1] else "right"].append(place)
    return sides


@pytest.mark.parametrize("window", range(8))
def test_every_small_text(window):
    for words, first, second in small_texts():
        corpus, units = corpus_of(words, first, second)
        hits = corpus.find("xa")
        for within in (None, "sentence"):
            frame = kwic(hits, window, within=within).frame
            assert frame.to_numpy().tolist() == slow_lines(hits, window, within)
            unit = [one if within else one[0] for one in units]
            found = windows_of(hits, window, window, within)
            sides = slow_sides(words, unit, window)
            assert (found.left.tolist(), found.right.tolist()) == (sides["left"], sides["right"])
            table = collocates(hits, (window, window), min_freq=1, min_range=1, within=within)
            places = sides["left"] + sides["right"]
            counts = {word: len([p for p in places if words[p] == word]) for word in words}
            assert dict(zip(table.frame["word"], table.frame["O11"], strict=True)) == {
                word: n for word, n in counts.items() if n
            }


# -- lines as tables -------------------------------------------------------------------------


@st.composite
def news_corpora(draw):
    """Corpora of a few articles with zones and what was cut out between them."""
    articles = []
    for n in range(draw(st.integers(1, 4))):
        text, zones = "", []
        for part in draw(st.lists(news_texts(12), max_size=4)):
            line = " ".join(part.split())
            if line and draw(st.integers(0, 5)):
                name = draw(st.sampled_from(["headline", "lead", "body"]))
                zones.append(Zone(len(text), len(text) + len(line), name))
            text += line + "\n"
        outlet = draw(st.sampled_from(["A", "B"]))
        articles.append(Article(f"a{n}", text, outlet=outlet, zones=tuple(zones)))
    return Corpus(articles)


@given(news_corpora(), st.integers(0, 6), st.sampled_from([None, "sentence"]))
@settings(max_examples=300, deadline=None)
def test_lines_are_those_made_one_by_one(corpus, window, within):
    for part in (corpus, corpus.where(outlet="A"), corpus.where(zone=["headline", "body"])):
        for pattern in ("*", "a b | partner*", "“"):
            hits = part.find(pattern)
            lines = kwic(hits, window, within=within)
            assert lines.frame.to_numpy().tolist() == slow_lines(hits, window, within)
            ordered = lines.sort("1R 2L node outlet")
            assert ordered.frame["start"].tolist() == [
                lines.frame["start"][n] for n in ordered.order.tolist()
            ]
            for n in (1, 3):
                pd.testing.assert_frame_equal(ordered.head(n).frame, ordered.frame.head(n))


def test_the_first_page_of_a_sorted_concordance_is_the_same_without_the_rest():
    texts = random.Random(1).choices("abcdefgh", k=4_000)
    corpus = Corpus.from_frame([{"text": " ".join(texts[n : n + 40])} for n in range(0, 4000, 40)])
    for keys in ("1R 2R 3R", "1L", "id 1R", "node 2L"):
        lines = kwic(corpus.find("a"), 3).sort(keys)
        page = lines.head(20).frame
        assert "all" not in lines.lines.__dict__  # the others were not sorted
        pd.testing.assert_frame_equal(page, lines.frame.head(20))


def test_a_view_makes_only_the_lines_it_shows(monkeypatch):
    corpus = Corpus.from_frame([{"text": f"pact {n}"} for n in range(500)])
    read = []
    plain = Corpus.texts_of
    monkeypatch.setattr(Corpus, "texts_of", lambda self, ns: read.extend(ns) or plain(self, ns))
    lines = kwic(corpus.find("pact"))
    repr(lines)
    assert read == list(range(20))
    read.clear()
    assert len(lines.sample(7, seed=1).frame) == len(read) == 7
    read.clear()
    assert lines.head(3).frame.columns.tolist() == list(COLUMNS)
    assert read == [0, 1, 2]


# -- parts -----------------------------------------------------------------------------------

ROWS = [
    {"id": str(n), "outlet": "ABC"[n % 3], "text": text}
    for n, text in enumerate(
        " ".join(random.Random(n).choices(["pact", "deal", "new", "the", ".", "Old", "\n"], k=60))
        for n in range(30)
    )
]


@pytest.mark.parametrize("outlet", ["A", "B", ["A", "C"]])
def test_a_part_answers_like_a_corpus_of_its_articles_alone(outlet):
    part = Corpus.from_frame(ROWS).where(outlet=outlet)
    alone = Corpus.from_frame([row for row in ROWS if row["outlet"] in outlet])
    for make in (
        lambda c: kwic(c.find("pact"), 4).frame,
        lambda c: kwic(c.find("pact|the"), 4).sort("1R 1L outlet").frame,
        lambda c: collocates(c.find("pact")).frame,
        lambda c: collocates(c.find("new pact"), (2, 3), within="sentence").frame,
        lambda c: frequency_list(c).frame,
        lambda c: frequency_list(c, case=True).frame,
        lambda c: ngrams(c, 2).frame,
        lambda c: ngrams(c, 4, min_freq=1).frame,
        lambda c: clusters(c.find("pact"), 3).frame,
        lambda c: dispersion(c.find("deal")).parts,
        lambda c: dispersion(c.find("deal")).positions,
        lambda c: c.articles,
        lambda c: c.find("n* *").to_frame(),
    ):
        pd.testing.assert_frame_equal(make(part), make(alone))


def test_words_of_the_whole_are_the_stored_column_and_of_a_part_made_when_asked_for():
    corpus = Corpus.from_frame(ROWS)
    assert corpus.words is corpus.store.words
    part = corpus.where(outlet="A")
    kwic(part.find("pact"), 5).sort("1R").frame  # noqa: B018  made, and looked at
    assert "words" not in part.__dict__
    assert part.words.tolist() == [at for at in corpus.words.tolist() if part.mask[at]]


def test_a_word_of_the_whole_corpus_is_a_view_of_the_index():
    corpus = Corpus.from_frame(ROWS)
    assert np.shares_memory(corpus.find("pact").places, corpus.store.postings)
    assert corpus.find("pact").first.dtype == np.int64


# -- finding without reading the vocabulary ---------------------------------------------------


@pytest.mark.parametrize("pattern", ["pact", "new pact", "pa*", "pact|deal", "pact | new deal"])
def test_the_vocabulary_is_not_decoded(pattern):
    corpus = Corpus.from_frame(ROWS)
    assert len(corpus.find(pattern)) > 0
    assert "listed" not in corpus.store.folds.__dict__
    assert "listed" not in corpus.store.types.__dict__


@pytest.mark.parametrize(
    ("body", "start"),
    [
        ("pact.*", "pact"),
        ("pacts?", "pact"),
        ("pact+", "pact"),
        ("pact{2}", "pac"),
        ("pact|deal", ""),
        ("(pact)", ""),
        (r"\w+", ""),
        ("Ivan", ""),  # the capital I stands for the dotless i, too
        ("aIb", "a"),
        ("p*", ""),
    ],
)
def test_what_an_expression_begins_with(body, start):
    assert literal_start(body) == start


# -- patterns that would not end ---------------------------------------------------------------

HOSTILE = [
    r"(a+)+$",
    r"(a|aa)+$",
    r"(a|a?)+$",
    r"(.*a){20}b",
    r"(\w+\s?)*$",
    r"([a-z]+)*!",
    r"(a*)*b",
    r"(?:a+)+b",
    r"(x+x+)+y",
    r"a*a*a*a*a*a*a*a*c",
]


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_patterns_use_no_more_than_their_time(pattern):
    long = [f"{'a' * n}! {'x' * n} " for n in range(20, 90)]
    corpus = Corpus.from_frame([{"text": "".join(long) + "a" * 3000 + "b"}])
    began = time.process_time()
    for case in (False, True):
        with contextlib.suppress(ValueError):  # refused as too slow, or answered
            corpus.find(pattern, match="regex", case=case)
    assert time.process_time() - began < 4  # 2 s each, whatever else the machine does


CHILD = r"""
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may have it ignored
from corpuskit.corpus.finding import matching
from corpuskit.corpus.corpus import Corpus
matching.SECONDS = 60
corpus = Corpus.from_frame([{"text": "a" * 60 + "b"}])
print("ready", flush=True)
try:
    corpus.find(r"(a|aa)+$", match="regex")
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


def test_a_slow_pattern_can_be_interrupted():
    child = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    try:
        told, _ = child.communicate(timeout=30)
    finally:
        child.kill()
    assert told == "stopped\n"
    assert child.returncode == 0


# -- the numbers below ---------------------------------------------------------------------------

numbers = st.lists(st.integers(0, 30), max_size=25)


@given(numbers, numbers)
def test_owners_and_ranks_are_those_of_a_loop(borders, places):
    borders = np.array([0, *sorted(borders)], np.int64)
    for at in (places, sorted(places)):
        column = np.array(at, np.uint32)
        assert owners(borders, column).tolist() == [sum(b <= p for b in borders) - 1 for p in at]
        assert ranks(borders, column).tolist() == [sum(b < p for b in borders) for p in at]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=9))
def test_expanded_is_a_loop(pairs):
    begin, end = np.array(pairs, np.int64).reshape(-1, 2).T
    assert expanded(begin, end).tolist() == [n for a, b in pairs for n in range(a, b)]


@given(st.lists(st.tuples(*[st.sampled_from([0, 1, 2, 2**31, 2**40])] * 4), min_size=1))
def test_packed_keys_sort_like_tuples(rows):
    keys = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    assert sorting(keys).tolist() == sorted(range(len(rows)), key=rows.__getitem__)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 9])
def test_runs_are_numbered_in_their_order_however_long(n):
    letters = random.Random(n).choices(["pact", "deal", "new", "the"], k=400)
    corpus = Corpus.from_frame([{"text": " ".join(letters)}])
    first = np.arange(400 - n + 1)
    runs = Runs.of(corpus.store, first, n)
    texts = [tuple(letters[at : at + n]) for at in first]
    assert np.argsort(runs.numbers, kind="stable").tolist() == sorted(first, key=texts.__getitem__)
    assert runs.counted().texts() == [" ".join(run) for run in sorted(set(texts))]
    far = runs.renumbered()._replace(bits=64).counted()  # where an article no longer fits
    assert far.texts() == runs.counted().texts()
    assert far.count.tolist() == runs.counted().count.tolist()


def test_columns_that_cannot_be_written_to_are_enough():
    corpus = Corpus.from_frame(ROWS)
    for column in vars(corpus.store).values():
        if isinstance(column, np.ndarray):
            column.setflags(write=False)
    part = corpus.where(outlet="A", zone=["lead", "body"])
    for one in (corpus, part):
        hits = one.find("pact|n*")
        assert len(kwic(hits, 4).sort("1R node 1L").frame) == len(hits) > 0
        assert len(collocates(hits).frame) > 0
        assert len(frequency_list(one).frame) > 0
        assert len(ngrams(one, 3, min_freq=1).frame) > 0
        assert len(clusters(hits, 2).frame) > 0
        assert len(dispersion(hits).positions) == len(hits)
