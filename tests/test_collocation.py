"""Collocates: each place once, against a plain loop over every small text."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from corpuskit.analysis.collocation import collocates
from corpuskit.analysis.windows import windows_of
from corpuskit.corpus.corpus import Corpus
from corpuskit.measures import association
from corpuskit.measures.table import Table

COLUMNS = [
    "word",
    "O11",
    "E11",
    "log_dice",
    "log_ratio",
    "conservative_log_ratio",
    "g2",
    "mi",
    "range",
    "left",
    "right",
]


def corpus_of(*texts: str) -> Corpus:
    return Corpus.from_frame(pd.DataFrame({"text": texts}, dtype=object))


def slow_windows(words, units, node_at, left, right):
    """Return (nodes, left, right) place by place: the nearest node decides, a tie is right."""
    nodes = {place for hit in node_at for place in hit}
    sides = {"left": [], "right": []}
    for place in range(len(words)):
        if place in nodes:
            continue
        near = []
        for hit in node_at:
            if units[hit[-1]] == units[place] and 0 < place - hit[-1] <= right:
                near.append((place - hit[-1], 0, "right"))
            if units[hit[0]] == units[place] and 0 < hit[0] - place <= left:
                near.append((hit[0] - place, 1, "left"))
        if near:
            sides[min(near)[2]].append(place)
    return sorted(nodes), sides["left"], sides["right"]


def check(texts, pattern, size, within=None):
    """Compare the windows with the slow ones for all spans from 0 to 3."""
    corpus = corpus_of(*texts)
    units, words = [], []
    for n, text in enumerate(texts):
        for m, sentence in enumerate(text.split(".")):
            found = sentence.split()
            words += found
            units += [(n, m) if within else n] * len(found)
    borders = [n for n, text in enumerate(texts) for s in text.split(".") for _ in s.split()]
    phrase = pattern.split()
    node_at = [
        tuple(range(i, i + size))
        for i in range(len(words) - size + 1)
        if words[i : i + size] == phrase and borders[i] == borders[i + size - 1]
    ]
    hits = corpus.find(pattern)
    assert len(hits) == len(node_at)
    for left, right in itertools.product(range(4), repeat=2):
        found = windows_of(hits, left, right, within)
        expected = slow_windows(words, units, node_at, left, right)
        assert (found.nodes.tolist(), found.left.tolist(), found.right.tolist()) == expected


@pytest.mark.parametrize("pattern", ["a", "a a", "a b"])
def test_every_small_corpus(pattern):
    texts = [" ".join(words) for n in (0, 1, 3) for words in itertools.product("ab", repeat=n)]
    for pair in itertools.product(texts, repeat=2):
        check(pair, pattern, len(pattern.split()))


def test_every_text_with_a_sentence_border():
    # "Ab. Ab" would be split by rules on case; a blank line ends a sentence for certain.
    for words in itertools.product(["a", "b", "c"], repeat=5):
        corpus = corpus_of("\n\n".join([" ".join(words[:2]), " ".join(words[2:])]))
        node_at = [(n,) for n, word in enumerate(words) if word == "a"]
        found = windows_of(corpus.find("a"), 2, 2, "sentence")
        expected = slow_windows(words, [0, 0, 1, 1, 1], node_at, 2, 2)
        assert (found.nodes.tolist(), found.left.tolist(), found.right.tolist()) == expected


def test_worked_example():
    # counting per hit would give "of" 2 and "deals" 2
    corpus = corpus_of("the partnership of partnership deals")
    table = collocates(corpus.find("partnership"), min_freq=1, min_range=1)
    frame = table.to_frame().set_index("word")
    assert frame["O11"].to_dict() == {"the": 1, "of": 1, "deals": 1}
    assert frame["E11"].tolist() == [1, 1, 1]
    assert (table.window_words, table.other_words) == (3, 0)
    assert frame[["left", "right"]].loc["of"].tolist() == [0, 1]


def test_marks_are_seen_but_not_counted():
    corpus = corpus_of("one, two — pact (three), four")
    table = collocates(corpus.find("pact"), (2, 1), min_freq=1, min_range=1)
    assert sorted(table.frame["word"]) == ["one", "three", "two"]


def test_figures_are_those_of_the_table_in_paper_notation():
    texts = ["the pact is new", "the pact is old", "is the deal new", "no deal was made the day"]
    corpus = corpus_of(*texts)
    frame = collocates(corpus.find("pact"), (1, 1), min_freq=1, min_range=1).frame
    assert list(frame) == COLUMNS
    assert frame["word"].tolist() == ["is", "the"]  # E11 of "the" is higher: less surprising
    t = Table.from_marginals([2, 2], [3, 4], 4, 16)  # N = 18 words - 2 nodes
    for name in ("log_dice", "log_ratio", "g2", "mi"):
        assert frame[name].tolist() == pytest.approx(getattr(association, name)(t).tolist())
    assert frame["E11"].tolist() == [0.75, 1.0]
    assert frame["range"].tolist() == [2, 2]
    assert frame[["left", "right"]].to_numpy().tolist() == [[0, 2], [2, 0]]


def test_left_and_right_make_the_whole():
    rng = np.random.default_rng(1)
    texts = [" ".join(rng.choice(list("abcdefgh"), 60)) for _ in range(30)]
    frame = collocates(corpus_of(*texts).find("a"), (5, 3)).frame
    assert len(frame) == 7
    assert frame["conservative_log_ratio"].is_monotonic_decreasing
    pull = frame["g2"] * np.sign(frame["O11"] - frame["E11"])
    assert pull[frame["conservative_log_ratio"] == 0].is_monotonic_decreasing
    assert (frame["left"] + frame["right"] == frame["O11"]).all()
    assert not frame["word"].eq("a").any()
    assert np.isfinite(frame.drop(columns="word").to_numpy(float)).all()


def test_cut_offs_and_how_many_they_leave_out():
    corpus = corpus_of("the pact is", "the pact was", "a pact was was")
    table = collocates(corpus.find("pact"), (2, 2), min_freq=2, min_range=2)
    assert table.frame["word"].tolist() == ["the", "was"]  # all in the windows: a tie
    assert table.notes[1] == "2 of 4 words in the windows pass min_freq and min_range."
    table = collocates(corpus.find("pact"), (2, 2), min_freq=3, min_range=1)
    assert table.frame["word"].tolist() == ["was"]


def test_parts_of_a_corpus_are_corpora_of_their_own():
    rows = [{"outlet": o, "text": "the pact is new"} for o in "AAB"]
    hits = Corpus.from_frame(rows).find("pact")
    table = collocates(hits.where(outlet="A"), min_freq=1, min_range=1)
    assert table.frame["O11"].tolist() == [2, 2, 2]
    assert table.window_words + table.other_words == 6


@pytest.mark.parametrize("texts", [[], [""], ["no such word"], ["pact"]])
def test_empty(texts):
    table = collocates(corpus_of(*texts).find("pact"))
    assert list(table.frame) == COLUMNS
    assert len(table) == 0
    assert table.caption.endswith(f": 0 words in 0 places round {texts == ['pact']:d} hits")


def test_explain():
    texts = ["the pact is new", "the pact is old", "is the deal new", "no deal was made the day"]
    table = collocates(corpus_of(*texts).find("pact"), (1, 1), min_freq=1, min_range=1)
    told = table.explain("The")
    assert told.frame["row"].tolist() == ["the", "all other words", "total"]
    assert told.frame["windows"].tolist() == [2, 2, 4]
    assert told.frame["elsewhere"].tolist() == [2, 10, 12]
    assert told.frame["expected: windows"].tolist() == [1.0, 3.0, 4.0]
    assert told.caption == "Collocate(word='the'): 2 observed, 1.000 expected in windows"
    lines = "\n".join(told.notes)
    assert "Direction: 2 observed, more than the 1.000 expected: more in windows." in lines
    assert "log_dice = 14 + log2(2 × 2 / (4 + 4)) = 13.000; at most 14. Rychly 2008." in lines
    assert "log_ratio = log2((2 / 4) / (2 / 12)) = 1.585 bits." in lines
    assert "mi = log2(O11 / E11) = log2(2 / 1.000) = 1.000 bits." in lines
    assert "2 of them left of the node, 0 right." in lines
    assert told._repr_html_() == table.explain("the")._repr_html_()


def test_head_keeps_the_explanation():
    table = collocates(corpus_of("the pact is new").find("pact"), min_freq=1, min_range=1)
    assert table.head(1).explain(table.frame["word"][0]).frame["total"].tolist()[2] == 3


HITS = corpus_of("the pact is new").find("pact")
REFUSED = [
    (
        lambda: collocates(HITS, span=5),
        "`span` must be two whole numbers of words, to the left and to the right; not 5. "
        "Give for instance span=(5, 5).",
    ),
    (
        lambda: collocates(HITS, span=(5, -1)),
        "`span` must be a whole number of words, 0 or more; not -1. Give for instance span=5.",
    ),
    (
        lambda: collocates(HITS, min_freq=0),
        "`min_freq` must be a whole number of places, 1 or more; not 0. "
        "Give for instance min_freq=5.",
    ),
    (
        lambda: collocates(HITS, within="sentences"),
        "`within` must be one of 'sentence'; not 'sentences'. Did you mean 'sentence'?",
    ),
    (
        lambda: collocates(HITS, min_freq=1, min_range=1).explain("thee"),
        "`word` must be a word of this table; not 'thee'. Did you mean 'the'? "
        "Rare words fall under the cut-offs.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message


def test_conservative_log_ratio_is_over_all_words_outside_nodes():
    texts = ["pact deal"] * 40 + ["x y z"] * 40
    table = collocates(corpus_of(*texts).find("pact"))
    t = Table.from_marginals(40, 40, 40, 160)
    expected = association.conservative_log_ratio(t, alpha=0.001, vocabulary=4)
    assert table.frame["conservative_log_ratio"].tolist() == [float(expected)]
    assert math.isclose(table.frame["log_ratio"][0], math.log2((40 / 40) / (0.5 / 120)))
