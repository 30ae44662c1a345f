"""Near-duplicates: exact against plain set arithmetic, stories in date order."""

from __future__ import annotations

import sys
from inspect import isfunction, signature
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpuskit as ck
from corpuskit.analysis.copies import duplicates, likeness, shingles, sketches
from corpuskit.analysis.copies.shingles import shingles_of
from corpuskit.analysis.copies.stories import agency_in

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
    assert len(whole) == 28
    for module, name in ((shingles, "BLOCK"), (shingles, "PART"), (likeness, "BLOCK")):
        monkeypatch.setattr(module, name, 1)
    monkeypatch.setattr(sketches, "BLOCK", 3)
    assert ck.near_duplicates(corpus_of(texts), threshold=0.1).frame.equals(whole)
    found = ck.near_duplicates(corpus_of(texts), threshold=0.1, method="minhash").frame
    assert found.equals(whole)


@pytest.mark.parametrize("multiplier", [0, 1 << 63, 1 << 60])  # all keys collide, or very many
def test_keys_that_collide_change_nothing(monkeypatch, multiplier):
    texts = [f"{WIRE} {'More came later. ' * n}" for n in range(5)] + ["more later", "came more"]
    expected = ck.near_duplicates(corpus_of(texts), threshold=0.1, n=3)
    monkeypatch.setattr(shingles, "MULTIPLIER", multiplier)
    found = ck.near_duplicates(corpus_of(texts), threshold=0.1, n=3)
    assert found.frame.equals(expected.frame)
    assert found.stories.equals(expected.stories)


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
    table = result.stories[["article", "story", "first", "size", "date"]]
    assert table.to_numpy().tolist() == [
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
    columns = ["article", "story", "first", "size", "date", "agency", "source", "basis"]
    assert list(result.stories) == columns
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
        (
            {"method": "minhas"},
            "`method` must be one of 'auto', 'exact', 'minhash'; not 'minhas'. "
            "Did you mean 'minhash'?",
        ),
    ],
)
def test_wrong_options_are_refused(options, message):
    with pytest.raises(ValueError, match=r".") as caught:
        ck.near_duplicates(corpus_of([WIRE]), **options)
    assert str(caught.value) == message


def planted(seed=4, reports=40):
    """Return texts of random words, some of them copies: whole, edited, cut to a brief."""
    rng = np.random.default_rng(seed)
    words = [f"w{n}" for n in range(4_000)]
    footer = " ".join(f"footer{n}" for n in range(30))  # stands below every report
    texts, truth = [], set()
    for number in range(reports):
        report = rng.choice(words, 200).tolist()
        copies = [report]
        if number % 4 == 1:
            copies += [report] * 3
        if number % 4 == 2:
            copies += [[*report[:60], "new", *report[60:]], report[:170]]
        if number % 4 == 3:
            copies += [report[20:70]]
        first = len(texts)
        texts += [" ".join(copy) + (" " + footer if len(copy) > 60 else "") for copy in copies]
        rows = range(first, len(texts))
        truth |= {(f"a{i}", f"a{j}") for i in rows for j in rows if i < j}
    return texts, truth


@pytest.mark.parametrize("method", ["exact", "minhash"])
def test_planted_copies_are_found_exactly_in_spite_of_a_common_footer(method):
    texts, truth = planted()
    result = ck.near_duplicates(corpus_of(texts, [""] * len(texts)), method=method)
    assert set(zip(result.frame["a"], result.frame["b"], strict=True)) == truth
    assert len(truth) == 10 * 6 + 10 * 3 + 10


@given(texts, st.integers(1, 3), st.sampled_from([0.3, 0.6, 1.0]))
@settings(max_examples=60, deadline=None)
def test_minhash_lists_no_false_pair(texts, n, threshold):
    corpus = corpus_of(texts)
    exact = ck.near_duplicates(corpus, n=n, threshold=threshold, method="exact").frame
    found = ck.near_duplicates(corpus, n=n, threshold=threshold, method="minhash").frame
    rows = set(map(tuple, exact.to_numpy().tolist()))
    assert set(map(tuple, found.to_numpy().tolist())) <= rows


def test_a_footer_makes_no_candidates():
    texts, _ = planted(reports=12)
    found = shingles_of(corpus_of(texts), 5)
    least = likeness.Least(0.5, 0.8)
    a, _ = likeness._candidates(likeness.table_of(found), found.of_row, least)
    assert len(a) < 40  # of 378 pairs that share the footer


def test_minhash_says_what_it_may_miss():
    result = ck.near_duplicates(corpus_of([WIRE, WIRE]), method="minhash", seed=3)
    assert result.params["method"] == "minhash"
    assert result.params["seed"] == 3
    assert result.notes[-1] == (
        "Candidates by MinHash (128 permutations, seed 3, 42 bands of 3) and by 32 sampled "
        "shingles an article; each pair listed was then compared exactly: none is false. A pair "
        "at Jaccard 0.5 is missed with probability 0.0037, one at containment 0.8 with at most "
        "0.002; more alike ones less often."
    )


def test_the_chance_to_miss_a_pair_is_as_said():
    """Jaccard 1/3 exactly, 96 of 288 shingles: missed as often as the bands say."""
    least = likeness.Least(0.5, 1.0)
    rng, missed, rounds = np.random.default_rng(1), 0, 60
    for seed in range(rounds):
        one = rng.permutation(4_000)[:288]
        texts = [" ".join(f"w{n}" for n in part) for part in (one[:192], one[96:])]
        line = shingles.line_of(corpus_of(texts), 1)
        bands = sketches.Bands(8, 3)  # few, so that the chance is large: (1 - 1/27) ** 8 = .74
        missed += not len(sketches._alike(line, bands, seed)[0])
    expected = rounds * sketches.Bands(8, 3).missed(1 / 3)
    assert abs(missed - expected) < 4 * (expected * 0.26) ** 0.5
    assert sketches.bands_for(least.jaccard) == (42, 3)


def test_auto_is_exact_up_to_a_size(monkeypatch):
    corpus = corpus_of([WIRE, WIRE])
    assert "method" not in ck.near_duplicates(corpus).params
    monkeypatch.setattr(duplicates, "EXACT_WORDS", corpus.word_total - 1)
    assert ck.near_duplicates(corpus).params["method"] == "minhash"
    assert "method" not in ck.near_duplicates(corpus, method="exact").params


def test_without_datasketch_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "datasketch", None)
    with pytest.raises(ImportError) as error:
        ck.near_duplicates(corpus_of([WIRE, WIRE]), method="minhash")
    assert str(error.value) == (
        "method='minhash' needs the package datasketch, which is not installed. Nothing was "
        "compared. Install it with: pip install 'corpuskit[stories]', or give method='exact'."
    )
    assert len(ck.near_duplicates(corpus_of([WIRE, WIRE]))) == 1


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("NEW DELHI (PTI) The ministers met.", "PTI"),
        ("NEW DELHI, Jan 27 (Reuters) - The ministers met.", "Reuters"),
        ("NEW DELHI \u2014 AFP: The ministers met.", "AFP"),
        ("The ministers met.\nPTI", "PTI"),
        ("By the Associated Press\nThe ministers met.", "AP"),
        ("The ministers met. With inputs from ANI", "ANI"),
        ("\u00a9 AFP 2026", "AFP"),
        ("The ministers met. " * 200 + "(Xinhua)", "Xinhua"),
        ("The uni and its ap met the press.", ""),
        ("Reuters said on Monday that nothing happened.", ""),
        ("x " * 2_000 + "(PTI)" + " y" * 2_000, ""),  # far from both ends
        ("", ""),
    ],
)
def test_agencies(text, agency):
    assert agency_in(text) == agency


@pytest.mark.parametrize(
    ("bodies", "dates", "source", "basis"),
    [
        (["", ""], ["2026-01-02", "2026-01-01"], "B", "earliest of 2"),
        (["", ""], ["2026-01-01", "2026-01-01"], "A",
         "earliest of 2; 1 more of the same day or time"),
        (["", ""], ["2026-01-01", "2026-01-01T09:00"], "A",
         "earliest of 2; 1 more of the same day or time"),
        (["", "", ""], ["", "2026-01-01", ""], "B", "earliest of 3; 2 undated"),
        (["", ""], ["", ""], "A", "first of 2 in order of ids, none dated"),
        (["", " (PTI)", " (PTI)"], ["2026-01-01"] * 3, "PTI", "agency named in 2 of 3 articles"),
        ([" (ANI)", " (PTI)", " (PTI)"], [""] * 3, "PTI",
         "agency named in 2 of 3 articles; also named: ANI"),
    ],
)  # fmt: skip
def test_presumed_sources(bodies, dates, source, basis):
    rows = [
        {"id": f"a{n}", "outlet": "ABC"[n], "text": WIRE + body, "published": date}
        for n, (body, date) in enumerate(zip(bodies, dates, strict=True))
    ]
    rows.append({"id": "z", "outlet": "Z", "text": "Rain fell (PTI).", "published": ""})
    stories = ck.near_duplicates(ck.Corpus.from_frame(rows)).stories.set_index("article")
    assert set(stories["source"]) == {source, ""}
    assert set(stories["basis"]) == {basis, ""}
    assert stories.loc["z", ["agency", "source", "basis"]].tolist() == ["", "", ""]
    found = [stories.loc[f"a{n}", "agency"] for n in range(len(bodies))]
    assert found == [body.strip(" ()") for body in bodies]


def test_every_verb_that_can_count_stories_is_tried_with_copies():
    """tests/test_per_story.py copies one report ten times for each of them."""
    tried = (Path(__file__).parent / "test_per_story.py").read_text("utf-8")
    verbs = [getattr(ck, name) for name in ck.__all__ if callable(getattr(ck, name))]
    named = [v.__name__ for v in verbs if isfunction(v) and "unit" in signature(v).parameters]
    assert len(named) >= 7
    assert [name for name in named if f"ck.{name}(c" not in tried] == []
