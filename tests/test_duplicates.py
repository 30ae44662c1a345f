"""Near-duplicates: exact against plain set arithmetic, stories in date order."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpuskit as ck
from corpuskit.analysis import shingles
from corpuskit.analysis.shingles import shingles_of

WIRE = "The ministers met in New Delhi on Tuesday and signed a pact on defence."


def corpus_of(texts, dates=None):
    dates = dates or [f"2026-01-{n + 1:02d}" for n in range(len(texts))]
    rows = [
        {"id": f"a{n}", "text": text, "published": date}
        for n, (text, date) in enumerate(zip(texts, dates, strict=True))
    ]
    return ck.Corpus.from_frame(pd.DataFrame(rows, columns=["id", "text", "published"]))


def plain_sets(texts, n):
    """Return the shingles of texts of plain small words, by Python's own sets."""
    words = [text.split() for text in texts]
    return [
        {tuple(line[i : i + n]) for i in range(max(len(line) - n + 1, 1))} if line else set()
        for line in words
    ]


def plain_pairs(sets, threshold, containment):
    pairs = {}
    for j, b in enumerate(sets):
        for i, a in enumerate(sets[:j]):
            both = len(a & b)
            if both and (
                both / len(a | b) >= threshold or both / min(len(a), len(b)) >= containment
            ):
                pairs[f"a{i}", f"a{j}"] = (both / len(a | b), both / min(len(a), len(b)), both)
    return pairs


def test_jaccard_of_sets():
    # jac_1: {1, 2, 3} and {2, 3, 4} -> 0.5 (cran/textreuse tests/testthat/test-jaccard.R)
    frame = ck.near_duplicates(corpus_of(["one two three", "two three four"]), n=1).frame
    assert frame.iloc[0].tolist() == ["a0", "a1", 0.5, 2 / 3, 2]


texts = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=14).map(" ".join), max_size=9
)


@given(texts, st.integers(1, 4), st.sampled_from([0.1, 0.5, 1.0]), st.sampled_from([0.3, 0.8, 1]))
@settings(max_examples=300, deadline=None)
def test_pairs_are_those_of_set_arithmetic(texts, n, threshold, containment):
    found = ck.near_duplicates(corpus_of(texts), n=n, threshold=threshold, containment=containment)
    pairs = {(r.a, r.b): (r.jaccard, r.containment, r.shared) for r in found.frame.itertuples()}
    assert pairs == plain_pairs(plain_sets(texts, n), threshold, containment)
    assert found.frame["jaccard"].is_monotonic_decreasing


@given(texts)
@settings(max_examples=100, deadline=None)
def test_stories_are_the_linked_articles_named_by_the_earliest(texts):
    dates = [["", "2026-02-01", "2026-01-27"][len(text) % 3] for text in texts]
    found = ck.near_duplicates(corpus_of(texts, dates), n=2)
    stories = found.stories
    assert sorted(stories["article"]) == [f"a{n}" for n in range(len(texts))]
    story = dict(zip(stories["article"], stories["story"], strict=True))
    groups = [{article} for article in story]
    for a, b in zip(found.frame["a"], found.frame["b"], strict=True):
        linked = [group for group in groups if a in group or b in group]
        groups = [group for group in groups if group not in linked] + [set().union(*linked)]
    assert {frozenset(g) for g in groups} == {
        frozenset(k for k in story if story[k] == name) for name in story.values()
    }
    for group in groups:
        rank = [(dates[n] == "", dates[n], n) for n in sorted(int(name[1:]) for name in group)]
        assert story[group.pop()] == f"a{min(rank)[2]}"


def test_chunks_change_nothing(monkeypatch):
    texts = [f"{WIRE} {'More came later. ' * n}" for n in range(8)]
    whole = ck.near_duplicates(corpus_of(texts), threshold=0.1).frame
    monkeypatch.setattr(shingles, "BLOCK", 1)
    assert ck.near_duplicates(corpus_of(texts), threshold=0.1).frame.equals(whole)


@pytest.mark.parametrize(
    "other",
    [
        WIRE.upper(),  # case
        WIRE.replace("Tuesday and", "Tuesday, and"),  # marks
        WIRE.replace("New", "N\u00adew"),  # a soft hyphen
        WIRE.replace("on Tuesday and", "on Tuesday. And"),  # a sentence border
    ],
)
def test_only_words_count(other):
    frame = ck.near_duplicates(corpus_of([WIRE, other])).frame
    assert frame["jaccard"].tolist() == [1.0]


def test_a_brief_is_found_by_containment_alone():
    long = WIRE + " " + " ".join(f"w{n}" for n in range(60))
    frame = ck.near_duplicates(corpus_of([long, WIRE])).frame
    assert frame["containment"].tolist() == [1.0]
    assert frame["jaccard"].tolist()[0] < 0.2
    assert not len(ck.near_duplicates(corpus_of([long, WIRE + " And so on."]), containment=1))


def test_short_articles_are_one_shingle_and_bare_ones_are_like_no_other():
    corpus = corpus_of(["a b", "A, b.", "a", "", "...", "a b c"])
    result = ck.near_duplicates(corpus, n=3)
    assert result.frame[["a", "b", "shared"]].to_numpy().tolist() == [["a0", "a1", 1]]
    assert result.notes == (
        "Shingles are 3 folded words in a row; marks do not count.",
        "3 articles below 3 words: one shingle each.",
        "2 articles without words: like no other.",
    )
    assert shingles_of(corpus, 3).of_row.tolist() == [1, 1, 1, 0, 0, 1]


def test_stories_in_date_order_undated_last():
    dates = ["2026-01-29", "", "2026-01-27T19:29", "2026-01-28", "2026-01-27"]
    corpus = corpus_of([WIRE, WIRE, "Rain fell on the coast all day long.", WIRE, "x"], dates)
    result = ck.near_duplicates(corpus)
    assert result.stories.to_numpy().tolist() == [
        ["a4", "a4", True, 1, "2026-01-27"],
        ["a2", "a2", True, 1, "2026-01-27"],
        ["a3", "a3", True, 3, "2026-01-28"],
        ["a0", "a3", False, 3, "2026-01-29"],
        ["a1", "a3", False, 3, ""],
    ]
    assert result.frame[["a", "b"]].to_numpy().tolist() == [
        ["a3", "a0"],
        ["a3", "a1"],
        ["a0", "a1"],
    ]
    assert result.caption == (
        "Duplicates(n=5, threshold=0.5, containment=0.8): 3 pairs; "
        "2 of 5 articles repeat an earlier one"
    )


def test_a_part_of_a_corpus_knows_only_its_articles_and_zones():
    corpus = corpus_of([WIRE, WIRE, WIRE])
    part = corpus.where(id=["a0", "a2"])
    assert ck.near_duplicates(part).frame[["a", "b"]].to_numpy().tolist() == [["a0", "a2"]]
    assert not len(ck.near_duplicates(corpus.where(zone="headline")))


def test_copies_change_no_rate_per_story():
    body = WIRE + " A pact is a pact."
    once = corpus_of([body, "Rain fell on the coast all day long."])
    ten = corpus_of([body] * 10 + ["Rain fell on the coast all day long."])
    figures = [
        ck.rates(c.find("pact"), unit="story", stories=ck.near_duplicates(c)).frame.iloc[0]
        for c in (once, ten)
    ]
    assert figures[0].equals(figures[1])


def test_nothing_gives_the_columns():
    result = ck.near_duplicates(corpus_of([]))
    assert list(result.frame) == ["a", "b", "jaccard", "containment", "shared"]
    assert list(result.stories) == ["article", "story", "first", "size", "date"]
    assert result.stories["first"].dtype == bool
    assert len(result) == len(result.stories) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"n": 0},
            "`n` must be a whole number of words, 1 or more; not 0. Give for instance n=5.",
        ),
        (
            {"threshold": 0},
            "`threshold` must be a share above 0 and at most 1; not 0. "
            "Give for instance threshold=0.5.",
        ),
        (
            {"containment": 1.5},
            "`containment` must be a share above 0 and at most 1; not 1.5. "
            "Give for instance containment=0.5.",
        ),
    ],
)
def test_wrong_options_are_refused(options, message):
    with pytest.raises(ValueError, match=r".") as caught:
        ck.near_duplicates(corpus_of([WIRE]), **options)
    assert str(caught.value) == message
