"""Clusters: runs of words that hold the node, against a plain loop over every run."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from corpuskit.analysis.collocations.phrases import clusters
from corpuskit.analysis.frequency import ngrams
from corpuskit.corpus.corpus import Corpus
from corpuskit.measures import dispersion as measures

COLUMNS = ["cluster", "count", "per_10k", "range", "dp"]


def corpus_of(*texts: str) -> Corpus:
    return Corpus.from_frame(pd.DataFrame({"text": texts}, dtype=object))


def slow_clusters(texts, phrase, n):
    """Return run -> occurrences in each article; a comma or a blank line ends a stretch."""
    found = defaultdict(lambda: [0] * len(texts))
    for article, text in enumerate(texts):
        for stretch in text.replace("\n\n", ",").split(","):
            words = stretch.split()
            for at in range(len(words) - n + 1):
                run = words[at : at + n]
                if any(run[i : i + len(phrase)] == phrase for i in range(n - len(phrase) + 1)):
                    found[" ".join(run)][article] += 1
    return found


def random_texts(seed):
    rng = np.random.default_rng(seed)
    texts = []
    for size in rng.integers(0, 40, 12).tolist():
        words = rng.choice(["a", "b", "c"], size)
        ends = rng.choice([" ", " ", " ", ", ", "\n\n"], size)
        texts.append("".join(w + e for w, e in zip(words, ends, strict=True)))
    return texts


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("pattern", ["a", "a b", "a a"])
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_against_the_plain_loop(seed, pattern, n):
    texts = random_texts(seed)
    corpus = corpus_of(*texts)
    found = slow_clusters(texts, pattern.split(), n)
    table = clusters(corpus.find(pattern), n, min_freq=1)
    expected = sorted(found.items(), key=lambda item: (-sum(item[1]), item[0]))
    sizes = corpus.words_per_article()
    assert table.frame["cluster"].tolist() == [run for run, _ in expected]
    assert table.frame["count"].tolist() == [sum(counts) for _, counts in expected]
    assert table.frame["range"].tolist() == [np.count_nonzero(counts) for _, counts in expected]
    dp = [float(measures.dp(counts, sizes)) for _, counts in expected]
    assert table.frame["dp"].tolist() == pytest.approx(dp, abs=1e-12)
    rates = [10_000 * sum(counts) / sizes.sum() for _, counts in expected]
    assert table.frame["per_10k"].tolist() == pytest.approx(rates)
    for run, counts in list(expected)[:3]:
        told = table.explain(run).frame.sort_values("article", key=lambda x: x.astype(int))
        assert told["hits"].tolist() == counts
        assert told["words"].tolist() == sizes.tolist()


def test_are_the_ngrams_that_hold_the_node():
    corpus = corpus_of(*random_texts(9))
    runs = ngrams(corpus, 3, min_freq=1).frame
    runs = runs[[("a" in run.split()) for run in runs["ngram"]]].reset_index(drop=True)
    frame = clusters(corpus.find("a"), 3, min_freq=1).frame
    expected = runs.rename(columns={"ngram": "cluster"})
    pd.testing.assert_frame_equal(frame[COLUMNS[:4]], expected)


def test_a_run_with_two_nodes_counts_once():
    frame = clusters(corpus_of("pact by pact").find("pact"), 3, min_freq=1).frame
    assert frame[["cluster", "count"]].to_numpy().tolist() == [["pact by pact", 1]]


def test_cut_offs_are_reported():
    hits = corpus_of("new pact", "new pact here", "old pact here, old pact", "new deal").find(
        "pact"
    )
    table = clusters(hits, 2, min_freq=2, min_range=2)
    assert table.frame["cluster"].tolist() == ["new pact", "pact here"]
    assert "2 of 3 runs are listed: min_freq leaves out 0, min_range 1 more." in table.notes
    table = clusters(hits, 2, min_freq=3)
    assert "0 of 3 runs are listed: min_freq leaves out 3, min_range 0 more." in table.notes
    assert table.caption == (
        "Clusters(pattern='pact', n=2, min_freq=3, min_range=1): 0 runs round 4 hits"
    )


def test_hits_in_no_run_are_counted():
    table = clusters(corpus_of("a new pact, pact. The new pact").find("pact"), 3, min_freq=1)
    assert "1 of 3 hits in no run of 3 words." in table.notes
    assert clusters(corpus_of("a new pact").find("new pact"), 1, min_freq=1).notes[-1] == (
        "1 of 1 hit in no run of 1 words."
    )


def test_parts_of_a_corpus_are_corpora_of_their_own():
    rows = [{"outlet": o, "text": "the new pact is new"} for o in "AAB"]
    table = clusters(Corpus.from_frame(rows).find("pact").where(outlet="A"), 2)
    assert table.frame["count"].tolist() == [2, 2]
    assert table.frame["per_10k"].tolist() == [2_000, 2_000]
    assert table.frame["dp"].tolist() == [0, 0]
    assert table.explain("new pact").frame["words"].tolist() == [5, 5]


def test_explain():
    hits = corpus_of("the new pact", "a new pact, a new pact here", "no deal").find("pact")
    told = clusters(hits, 2).explain("New pact")
    assert told.caption == "Cluster(row='new pact'): 3 hits in 2 of 3 articles"
    assert list(told.frame) == ["article", "words", "hits", "s", "v", "difference"]
    assert told.frame["hits"].tolist() == [0, 1, 2]  # largest difference first, then by article
    assert told.frame["difference"].tolist() == pytest.approx([2 / 12, 1 / 12, 1 / 12])
    lines = "\n".join(told.notes)
    assert "dp = ½ Σ |s - v| = ½ × (0.167 + 0.083 + 0.083) = 0.167. Gries 2008." in lines
    assert "per_10k = count / words × 10,000 = 3 / 12 × 10,000 = 2,500.000" in lines
    assert "Direction: dp: 0 = even, larger = clumped. " in lines
    assert "with 33.3% of the hits in 25.0% of the words." in lines
    assert "Zero rule: " in lines
    assert "Interval: none" in lines
    assert told._repr_html_().count("<td") == 18
    assert clusters(hits, 2).head(1).explain("new pact").caption == told.caption


@pytest.mark.parametrize("texts", [[], [""], ["no such word"], ["pact"]])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_empty(texts, n):
    table = clusters(corpus_of(*texts).find("pact"), n)
    assert list(table.frame) == COLUMNS
    assert len(table) == 0


REFUSED = [
    (
        lambda hits: clusters(hits, 0),
        "`n` must be a whole number of words, 1 or more; not 0. Give for instance n=5.",
    ),
    (
        lambda hits: clusters(hits, min_freq=0),
        "`min_freq` must be a whole number of occurrences, 1 or more; not 0. "
        "Give for instance min_freq=5.",
    ),
    (
        lambda hits: clusters(hits, min_range=-1),
        "`min_range` must be a whole number of articles, 1 or more; not -1. "
        "Give for instance min_range=5.",
    ),
    (
        lambda hits: clusters(hits, 2, min_freq=1).explain("new pacts"),
        "`cluster` must be a value of the column cluster; not 'new pacts'. "
        "Did you mean 'new pact'?",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call(corpus_of("the new pact").find("pact"))
    assert str(error.value) == message


def test_refuses_what_is_not_found():
    with pytest.raises(TypeError) as error:
        clusters("pact")
    assert str(error.value) == (
        '`hits` must be a Hits; not str. Give what corpus.find("partner*") returns.'
    )
