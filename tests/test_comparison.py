"""Rates and differences, with intervals that draw articles again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from corpuskit.analysis.comparing.comparison import compare, rates
from corpuskit.corpus.corpus import Corpus
from corpuskit.measures.permutation import permutation_p
from corpuskit.measures.studentized import student_rate_interval
from corpuskit.reading.article import Article, Zone

RATES = ["articles", "words", "hits", "per_10k", "low", "high"]
DIFFERENCES = ["per_10k", "rest_per_10k", "difference", "low", "high"]
ROWS = [
    ("a1", "A", "2026-01-01", "pact pact b b"),
    ("a2", "A", "2026-01-02", "pact b b b b b"),
    ("a3", "A", "", "b b b b b, b b b b b"),
    ("b1", "B", "2026-01-02", "b b b b b"),
    ("b2", "B", "2026-01-05", "b b - b"),
    ("c1", "", "2026-01-01", "pact b"),
]


def made(rows=ROWS) -> Corpus:
    return Corpus.from_frame(pd.DataFrame(rows, columns=["id", "outlet", "date", "text"]))


def stories(*pairs):
    return SimpleNamespace(stories=pd.DataFrame(pairs, columns=["article", "story"]))


def test_rates_by_outlet():
    table = rates(made().find("pact"), by="outlet")
    frame = table.frame
    assert list(frame) == ["outlet", *RATES]
    assert frame["outlet"].tolist() == ["(none)", "A", "B"]
    assert frame[["articles", "words", "hits"]].to_numpy().tolist() == [
        [1, 2, 1],
        [3, 20, 3],
        [2, 8, 0],
    ]
    assert frame["per_10k"].tolist() == [5_000, 1_500, 0]
    low, high = frame["low"].tolist(), frame["high"].tolist()
    assert low[0] == high[0] == 5_000
    assert low[1] < 1_500 < high[1]
    assert (low[2], high[2]) == (0, pytest.approx(1e4 * -np.log(0.05) / 8))
    assert dict(table.params) == {
        "pattern": "pact",
        "by": "outlet",
        "level": 0.95,
        "draws": 2000,
        "seed": 1,
        "unit": "article",
    }
    assert table.notes == (
        "Hits per 10,000 words.",
        "Intervals draw articles again; log-t: their standard error, on the scale of the "
        "logarithm, times Student's t.",
        "No hits: B; the interval ends at 3 / words (rule of three), words taken as independent.",
        "One article, no interval (low and high repeat the value): (none).",
    )


def test_undated_articles_are_a_row():
    frame = rates(made().find("pact"), by="date").frame
    assert frame["date"].tolist() == ["(none)", "2026-01-01", "2026-01-02", "2026-01-05"]
    assert frame["words"].tolist() == [10, 6, 11, 3]


def test_whole_corpus_is_one_row():
    frame = rates(made().find("pact")).frame
    assert list(frame) == RATES
    assert frame[["articles", "words", "hits"]].to_numpy().tolist() == [[6, 30, 4]]


def test_interval_is_the_percentile_interval_of_whole_articles():
    hits, words = np.array([2, 1, 0]), np.array([4, 6, 10])
    rng = np.random.Generator(np.random.PCG64(7))
    drawn = [rng.integers(0, 3, 3) for _ in range(500)]
    slow = [1e4 * hits[rows].sum() / words[rows].sum() for rows in drawn]
    asked = {"level": 0.8, "draws": 500, "seed": 7, "interval": "percentile"}
    frame = rates(made().where(outlet="A").find("pact"), **asked).frame
    assert frame[["low", "high"]].to_numpy()[0] == pytest.approx(np.quantile(slow, [0.1, 0.9]))


def test_a_group_alone_has_the_same_row():
    every = rates(made().find("pact"), by="outlet").frame.set_index("outlet").loc["A"]
    alone = rates(made().where(outlet="A").find("pact")).frame.iloc[0]
    assert every.tolist() == alone.tolist()


def zoned(id: str, headline: str, body: str) -> Article:
    zones = (
        Zone(0, len(headline), "headline"),
        Zone(len(headline) + 1, len(headline) + 1 + len(body), "lead"),
    )
    return Article(id, f"{headline}\n{body}", outlet=id[0], zones=zones)


ZONED = Corpus([zoned("A1", "pact now", "b b b"), zoned("B2", "no", "pact pact b b pact b")])


def test_zones():
    frame = rates(ZONED.find("pact"), by="zone").frame
    assert frame["zone"].tolist() == ["headline", "lead", "body"]
    assert frame["words"].tolist() == [3, 9, 0]
    assert frame["hits"].tolist() == [1, 3, 0]
    assert frame["per_10k"].tolist() == pytest.approx([1e4 / 3, 1e4 / 3, 0])


def test_zones_of_the_same_articles_are_drawn_together():
    same = Corpus([zoned(f"A{n}", f"pact{' b' * n}", f"pact{' b' * n}") for n in range(6)])
    frame = compare(same, "pact", by="zone").frame
    assert frame.loc[:1, ["difference", "low", "high"]].to_numpy().tolist() == [[0, 0, 0]] * 2


def test_ten_copies_change_no_figure_per_story():
    copies = [(f"z{n}", "A", "2026-01-09", ROWS[0][3]) for n in range(10)]
    more = made([*ROWS, *copies])
    known = stories(("a1", "s1"), ("a2", "s2"), *((copy[0], "s1") for copy in copies))
    before = rates(made().find("pact"), by="outlet", unit="story", stories=stories())
    after = rates(more.find("pact"), by="outlet", unit="story", stories=known)
    assert before.frame.equals(after.frame)
    assert not rates(more.find("pact"), by="outlet").frame.equals(after.frame)
    note = "Each story counts once, through its earliest article: 10 of 16 articles repeat"
    assert after.notes[2] == f"{note} an earlier one."


def test_a_story_is_its_earliest_article_wherever_it_was_printed():
    known = stories(("a1", 1), ("c1", 1), ("b1", 2), ("a3", 2))
    frame = rates(made().find("pact"), by="outlet", unit="story", stories=known).frame
    assert frame["outlet"].tolist() == ["(none)", "A", "B"]  # a group without a story stays
    assert frame["articles"].tolist() == [0, 2, 2]
    assert frame.iloc[0, 1:].tolist() == [0] * 6


def test_compare():
    table = compare(made(), ["pact", "b", "pact"])
    frame = table.frame
    assert list(frame) == ["pattern", "outlet", *DIFFERENCES]
    assert frame["pattern"].tolist() == ["pact"] * 3 + ["b"] * 3
    assert frame["outlet"].tolist() == ["(none)", "A", "B"] * 2
    row = frame.iloc[1]
    assert row["per_10k"] == 1_500
    assert row["rest_per_10k"] == 1_000
    assert row["difference"] == 500
    assert row["low"] < 500 < row["high"]
    assert frame["low"].iloc[0] == frame["high"].iloc[0] == frame["difference"].iloc[0]
    assert table.params["patterns"] == ["pact", "b"]
    assert table.notes[2] == ("One article, no interval (low and high repeat the value): (none).")


def test_compare_draws_both_sides():
    hits, words = np.array([2, 1, 0]), np.array([4, 6, 10])
    rest_hits, rest_words = np.array([0, 0, 1]), np.array([5, 3, 2])  # B, then (none)
    rng = np.random.Generator(np.random.PCG64(3))
    one = [rng.integers(0, 3, 3) for _ in range(300)]
    two = [rng.integers(0, 3, 3) for _ in range(300)]
    first = np.array([hits[at].sum() / words[at].sum() for at in one])
    corpus = made([*ROWS[:3], *ROWS[3:5], ("c1", "C", "", "pact b")])
    second = np.array([rest_hits[at].sum() / rest_words[at].sum() for at in two])
    row = compare(corpus, "pact", draws=300, seed=3, interval="percentile").frame.iloc[0]
    expected = 1e4 * np.quantile(first - second, [0.025, 0.975])
    assert row[["low", "high"]].tolist() == pytest.approx(expected.tolist())


def test_two_groups_mirror_each_other():
    frame = compare(made(ROWS[:5]), "pact").frame
    assert frame["difference"].iloc[0] == -frame["difference"].iloc[1]


def test_one_group_has_no_rest():
    table = compare(made(ROWS[:3]), "pact")
    assert list(table.frame) == ["pattern", "outlet", *DIFFERENCES]
    assert len(table) == 0
    assert table.notes[2] == "One group only: there is no rest to compare with."


@pytest.mark.parametrize("by", [None, "outlet", "date"])
def test_empty_corpus(by):
    table = rates(made([]).find("pact"), by=by)
    assert list(table.frame) == ([by] if by else []) + RATES
    assert len(table) == 0
    assert table.frame.dtypes[RATES].astype(str).tolist() == ["int64"] * 3 + ["float64"] * 3


@pytest.mark.parametrize("patterns", ["pact", [], ["pact", "b"]])
def test_compare_nothing(patterns):
    frame = compare(made([]), patterns).frame
    assert list(frame) == ["pattern", "outlet", *DIFFERENCES]
    assert len(frame) == 0


def test_no_hits_and_no_words():
    frame = rates(made([("a", "A", "", ""), ("b", "A", "", "...")]).find("pact"), by="outlet").frame
    assert frame.iloc[0].tolist() == ["A", 2, 0, 0, 0.0, 0.0, 0.0]


HITS = made().find("pact")
REFUSED = [
    (
        lambda: rates(HITS, unit="stories"),
        "`unit` must be one of 'article', 'story'; not 'stories'. Did you mean 'story'?",
    ),
    (
        lambda: rates(HITS, unit="story"),
        "`stories` must be the result of near_duplicates when unit='story'; not 'NoneType'. "
        "Give stories=near_duplicates(corpus).",
    ),
    (
        lambda: rates(HITS, stories=stories()),
        "`unit` must be 'story' where stories are given; not 'article'. Give unit='story'.",
    ),
    (
        lambda: rates(HITS, level=95),
        "`level` must be a share between 0 and 1; not 95. Give for instance level=0.95.",
    ),
    (
        lambda: rates(HITS, draws=0),
        "`draws` must be a whole number of draws, 1 or more; not 0. Give for instance draws=5.",
    ),
    (
        lambda: compare(made(), "pact", by="words"),
        "`by` must be a column whose name is not that of a figure of the result; not 'words'. "
        "Give the column another name before reading.",
    ),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message


def test_bootstrap_t_is_asked_for_by_name():
    corpus = made([(f"a{n}", "AB"[n % 2], "", "pact " * (n % 5) + "b " * 9) for n in range(24)])
    hits = corpus.find("pact")
    usual, other = rates(hits, by="outlet"), rates(hits, by="outlet", interval="bootstrap-t")
    assert usual.frame.iloc[:, :5].equals(other.frame.iloc[:, :5])
    low, high = student_rate_interval(hits.per_article()[::2], corpus.words_per_article()[::2])
    assert other.frame.iloc[0, 5:].tolist() == pytest.approx([1e4 * low, 1e4 * high])
    assert list(other.params.items())[-1] == ("interval", "bootstrap-t")
    assert other.notes[1] == (
        "Intervals draw articles again; bootstrap-t: each draw is measured in its own standard "
        "errors."
    )
    table = compare(corpus, "pact", interval="bootstrap-t").frame
    assert table.loc[0, "low"] == pytest.approx(-table.loc[1, "high"], rel=0.2)
    zones = compare(ZONED, "pact", by="zone", interval="bootstrap-t").frame
    assert (zones["low"] <= zones["high"]).all()


def test_permutation_test_on_request():
    table = compare(made(), ["pact", "b"], test="permutation", draws=500, seed=2)
    plain = compare(made(), ["pact", "b"], draws=500, seed=2)
    assert table.frame.drop(columns="p").equals(plain.frame)
    assert list(table.frame)[-1] == "p"
    samples = made().articles["outlet"].map({"": 0, "A": 1, "B": 2}).to_numpy()
    order = np.argsort(samples, kind="stable")
    hits = np.stack([made().find(one).per_article() for one in ("pact", "b")], axis=1)
    p = permutation_p(
        hits[order], made().words_per_article()[order], samples[order], draws=500, seed=2
    )
    assert table.frame["p"].tolist() == p.T.ravel().tolist()
    assert table.params["test"] == "permutation"
    assert table.notes[2] == (
        "p: permutation test, two-sided, articles dealt anew to the groups 500 times; no "
        "correction for several groups or patterns."
    )


def test_permutation_test_of_zones_stays_inside_the_article():
    same = Corpus([zoned(f"A{n}", f"pact{' b' * n}", f"pact{' b' * n}") for n in range(6)])
    table = compare(same, "pact", by="zone", test="permutation", draws=99)
    assert table.frame["p"].tolist()[:2] == [1, 1]
    assert "the surplus of the zone in each article turned over or not, 99 times" in table.notes[2]


def test_permutation_test_without_a_rest_or_a_pattern():
    assert compare(made(ROWS[:3]), "pact", test="permutation").frame["p"].tolist() == []
    assert list(compare(made(), [], test="permutation").frame)[-1] == "p"


def test_compare_per_story():
    copies = [(f"z{n}", "A", "2026-01-09", ROWS[0][3]) for n in range(10)]
    known = stories(("a1", "s1"), *((copy[0], "s1") for copy in copies))
    asked = {"unit": "story", "test": "permutation"}
    before = compare(made(), ["pact", "b"], stories=stories(), **asked)
    after = compare(made([*ROWS, *copies]), ["pact", "b"], stories=known, **asked)
    assert before.frame.equals(after.frame)
    assert after.params["unit"] == "story"
    assert "unit" not in compare(made(), "pact").params


def test_explain_a_rate():
    table = rates(made().find("pact"), by="outlet")
    told = table.explain("A")
    low, high = table.frame.loc[1, ["low", "high"]]
    assert told.frame.to_numpy().tolist() == [
        ["A", 3, 17, 20, 1500.0],
        ["all rows", 4, 26, 30, 4 / 30 * 1e4],
    ]
    assert told.notes == (
        "per_10k = 10,000 × Σ hits / Σ words = 10,000 × 3 / 20 = 1,500.00 hits per 10,000 words.",
        "Zero rule: a rate without words is 0; one without hits has the interval 0 to "
        "-ln(1 - level) / words (rule of three): not needed here.",
        "Direction: higher than the 1,333.33 of all rows together.",
        f"Interval: [{low:,.2f}, {high:,.2f}], 95 % log-t interval, 2,000 corpora of 3 articles "
        "drawn with replacement, seed 1. low = per_10k / f, high = per_10k × f (at most 10,000), "
        f"f = exp(t × se / per_10k) = {1500 / low:.3f}. Efron & Tibshirani 1993, chapter 6; "
        "Hesterberg 2015; t: Satterthwaite 1946.",
    )
    assert high == 10_000
    many = Corpus.from_frame([{"text": "pact " * (n % 3) + "b " * 90} for n in range(30)])
    assert "high = per_10k × f, f = " in rates(many.find("pact")).explain().notes[2]
    plain = rates(made().find("pact"), by="outlet", interval="percentile").explain("A").notes
    assert plain[1].endswith(
        "one without hits is 0 in every draw, its interval 0 to 0: not needed here."
    )
    assert plain[3].endswith("drawn with replacement, seed 1. Efron & Tibshirani 1993.")
    assert repr(told).startswith("Rate(pattern='pact', outlet='A'): 3 hits in 20 words\n")
    assert told._repr_html_() == table.explain(1)._repr_html_()
    assert table.explain("(none)").notes[3] == (
        "Interval: none, low and high repeat the value: 1 article."
    )
    assert rates(made().find("pact")).explain().frame["words"].tolist() == [30]
    assert rates(ZONED.find("pact"), by="zone").explain("lead").frame["hits"].tolist() == [3, 4]


def test_explain_a_difference():
    table = compare(made(), ["pact", "b"], test="permutation", draws=99)
    told = table.explain("A", "b")
    assert told.frame.to_numpy().tolist() == [
        ["hits", 17, 9, 26, 26 * 20 / 30, 26 * 10 / 30],
        ["other words", 3, 1, 4, 20 - 26 * 20 / 30, 10 - 26 * 10 / 30],
        ["words", 20, 10, 30, 20.0, 10.0],
    ]
    assert list(told.frame) == ["row", "A", "rest", "total", "expected: A", "expected: rest"]
    assert told.notes[3:6] == (
        "difference = 8,500.00 - 9,000.00 = -500.00 hits per 10,000 words.",
        "Zero rule: a rate without words is 0; one without hits has the interval 0 to "
        "-ln(1 - level) / words (rule of three): not needed here.",
        "Direction: difference = A - rest: fewer in the group.",
    )
    p = table.frame.loc[4, "p"]
    b = round(100 * p) - 1
    assert told.notes[-1] == (
        f"p = (b + 1) / (m + 1) = ({b} + 1) / (99 + 1) = {p:.4f}: b of m permutations are at "
        "least as far apart, in either direction. Phipson & Smyth 2010."
    )
    assert told._repr_html_() == table.explain(4)._repr_html_()
    assert table.explain("A").params["pattern"] == "pact"
    wide = compare(made(), "pact", interval="bootstrap-t").explain("B")
    assert wide.notes[-1].endswith("Hesterberg 2015; of two rates: Zou & Donner 2008.")
    assert "it applies here (no hits)" in wide.notes[4]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: compare(made(), "pact", test="welch"),
            "`test` must be one of 'permutation'; not 'welch'. Choose one of these.",
        ),
        (
            lambda: rates(HITS, interval="percentil"),
            "`interval` must be one of 'log-t', 'percentile', 'bootstrap-t'; not 'percentil'. "
            "Did you mean 'percentile'?",
        ),
        (
            lambda: rates(HITS, by="outlet").explain("C"),
            "`row` must be the label or the number of a row of this table; not 'C'. "
            "to_frame() shows the rows it has.",
        ),
        (
            lambda: compare(made(), "pact").explain("A", "pacts"),
            "`pattern` must be a pattern of this table; not 'pacts'. Did you mean 'pact'?",
        ),
    ],
)
def test_refused_too(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call()
    assert str(error.value) == message


def test_patterns_are_compared_as_they_are_found():
    rows = [("A", "Pact pact PACTS"), ("A", "no"), ("B", "pact"), ("B", "yes no")]
    corpus = Corpus.from_frame([{"outlet": o, "text": text} for o, text in rows])
    wanted = {"match": "regex", "case": True}
    table = compare(corpus, ["[Pp]act", "PACT.*"], draws=20, **wanted)
    counts = [len(corpus.find(one, **wanted)) for one in ("[Pp]act", "PACT.*")]
    assert table.counts.groupby("pattern", sort=False)["hits"].sum().tolist() == counts == [3, 1]
    assert list(table.params)[:4] == ["patterns", "match", "case", "by"]
    assert "match" not in compare(corpus, "pact", draws=20).params
