"""Key words: both directions, both vocabularies, and nothing found where nothing is."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_array

from corpuskit.analysis.keys import allarticles, profiles, versus
from corpuskit.analysis.keys.keywords import keyness
from corpuskit.analysis.keys.positions import narrow_owners
from corpuskit.corpus.corpus import Corpus
from corpuskit.measures import association
from corpuskit.measures.conservative import conservative_log_ratios
from corpuskit.measures.deals import deals_test
from corpuskit.measures.resampling import q_values
from corpuskit.measures.table import Table
from corpuskit.reading.article import Article, Zone

COLUMNS = [
    "word",
    "target",
    "reference",
    "target_per_10k",
    "reference_per_10k",
    "log_ratio",
    "conservative_log_ratio",
    "g2",
    "p",
    "q",
    "target_range",
    "reference_range",
    "direction",
]


def made(**outlets) -> Corpus:
    rows = [(name, text) for name, texts in outlets.items() for text in texts]
    return Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "text"]))


def sides(**outlets):
    corpus = made(**outlets)
    return corpus.where(outlet="A"), corpus.where(outlet="B")


SMALL = {"A": ["Pact, pact!", "pact the", "the x"], "B": ["the deal the", "the - deal"]}


def test_every_word_of_either_side_is_a_row():
    frame = keyness(*sides(**SMALL), min_freq=1, min_range=1).frame
    assert list(frame) == COLUMNS
    rows = frame.set_index("word")
    assert rows[["target", "reference"]].loc[["pact", "the", "x", "deal"]].to_numpy().tolist() == [
        [3, 0],
        [2, 3],
        [1, 0],
        [0, 2],
    ]
    assert rows.loc["the", ["target_range", "reference_range"]].tolist() == [2, 2]
    assert rows["direction"].to_dict() == {
        "pact": "target",
        "x": "target",
        "deal": "reference",
        "the": "reference",
    }
    assert rows.loc["pact", "target_per_10k"] == 5_000
    assert frame["word"].tolist()[0] == "pact"


def test_figures_are_those_of_the_measures():
    rng = np.random.default_rng(5)
    texts = {o: [" ".join(rng.choice(list("abcdefghij"), 40)) for _ in range(9)] for o in "AB"}
    table = keyness(*sides(**texts), alpha=0.05)
    frame, sizes = table.frame, (360, 360)
    t = Table.from_sizes(frame["target"], frame["reference"], *sizes)
    assert frame["g2"].tolist() == association.g2(t).tolist()
    assert frame["log_ratio"].tolist() == association.log_ratio(t).tolist()
    clr = association.conservative_log_ratio(t, alpha=0.05, vocabulary=10)
    assert frame["conservative_log_ratio"].tolist() == clr.tolist()
    every = texts["A"] + texts["B"]
    counts = csr_array([[text.split().count(word) for text in every] for word in frame["word"]])
    slow = deals_test(counts, [40] * 18, np.arange(18)[:, None] < 9).p[:, 0]
    assert frame["p"].tolist() == pytest.approx(slow.tolist(), rel=1e-8)
    articles = frame["target_range"] + frame["reference_range"]
    assert frame["q"].tolist() == pytest.approx(q_values(slow, articles).tolist(), rel=1e-8)


def test_a_word_in_more_than_a_hundred_articles_weighs_no_more():
    rng = np.random.default_rng(6)
    texts = [f"a {'b' * (n % 2)} {'c' * (n % 3 == 0)} d" for n in range(240)]
    frame = keyness(*sides(A=texts[:120], B=rng.permutation(texts[120:]).tolist())).frame
    articles = (frame["target_range"] + frame["reference_range"]).to_numpy(float)
    assert sorted(articles) == [80, 120, 240, 240]
    expected = q_values(frame["p"], np.minimum(articles, 100))
    assert frame["q"].tolist() == expected.tolist()


def test_words_of_unequal_sides_dealt_at_random_are_not_found():
    rng = np.random.default_rng(7)
    rows = [
        f"{' '.join(rng.choice(list('abcdefghij'), 30))} {'x' * (n % 9 == 0)}" for n in range(90)
    ]
    found = 0
    for _ in range(10):
        order = rng.permutation(90)
        one, two = ([rows[n] for n in at] for at in (order[:9], order[9:]))
        found += (keyness(*sides(A=one, B=two)).frame["q"] < 0.05).sum()
    assert found <= 1


def test_swapping_the_sides_turns_every_sign():
    one, two = sides(**SMALL)
    there = keyness(one, two, min_freq=1, min_range=1).frame.set_index("word").sort_index()
    back = keyness(two, one, min_freq=1, min_range=1).frame.set_index("word").sort_index()
    for name in ("log_ratio", "conservative_log_ratio"):
        assert there[name].tolist() == (-back[name]).tolist()
    for name in ("g2", "p", "q"):
        assert there[name].tolist() == pytest.approx(back[name].tolist())


def test_order_runs_from_target_to_reference():
    texts = {
        "A": ["up " * 90 + "same little " * 5] * 5,
        "B": ["down " * 90 + "same rare " * 5] * 5,
    }
    frame = keyness(*sides(**texts)).frame
    assert frame["word"].tolist() == ["up", "little", "same", "rare", "down"]
    assert frame["direction"].tolist() == ["target"] * 2 + ["even"] + ["reference"] * 2
    assert frame["conservative_log_ratio"].is_monotonic_decreasing


def test_two_corpora_are_joined_by_word():
    apart = [made(A=SMALL["A"]), made(B=SMALL["B"])]
    together = keyness(*sides(**SMALL), min_freq=1, min_range=1)
    joined = keyness(*apart, min_freq=1, min_range=1)
    pd.testing.assert_frame_equal(joined.frame, together.frame)


def test_cut_offs_count_both_sides_together():
    table = keyness(*sides(**SMALL), min_freq=3, min_range=2)
    assert sorted(table.frame["word"]) == ["pact", "the"]
    assert table.notes[0] == ("2 of 4 words pass min_freq and min_range (both sides together).")
    assert dict(table.params) == {
        "target": "6 words in 3 articles",
        "reference": "5 words in 2 articles",
        "min_freq": 3,
        "min_range": 2,
        "alpha": 0.001,
    }


def test_one_article_has_no_test():
    table = keyness(*sides(A=["a a b"], B=["a b", "b b a"]), min_freq=1, min_range=1)
    assert table.frame[["p", "q"]].to_numpy().tolist() == [[1, 1], [1, 1]]
    assert table.notes[3:] == ("No test: the target has one article, so p = q = 1 by rule.",)


def test_shared_words_are_refused():
    corpus = made(**SMALL)
    with pytest.raises(
        ValueError, match=r"^`reference` must be a corpus that shares no words"
    ) as e:
        keyness(corpus.where(outlet="A"), corpus)
    assert str(e.value).endswith(
        "Give the rest, for instance corpus.where(outlet=lambda name: name != 'A')."
    )


def test_headlines_against_bodies_of_the_same_articles():
    zones = (Zone(0, 4, "headline"), Zone(5, 13, "body"))
    corpus = Corpus([Article(str(n), "pact\nthe deal", zones=zones) for n in range(3)])
    table = keyness(corpus.where(zone="headline"), corpus.where(zone="body"), min_freq=1)
    assert table.frame["word"].tolist() == ["pact", "deal", "the"]
    assert table.notes[3] == (
        "3 articles have words on both sides; p and q take the sides as independent."
    )


@pytest.mark.parametrize("outlets", [{}, {"A": ["a b"]}, {"B": ["a b"]}, {"A": [""], "B": ["."]}])
def test_empty(outlets):
    table = keyness(*sides(**outlets))
    assert list(table.frame) == COLUMNS
    assert len(table) == 0
    frame = keyness(*sides(**outlets), min_freq=1, min_range=1).frame
    assert np.isfinite(frame.select_dtypes("number").to_numpy(float)).all()


def noise(rng, articles: int, words: int = 150) -> list[str]:
    """Articles of clumped words: each has topics of its own."""
    weights = 1 / np.arange(1, 301)
    texts = []
    for _ in range(articles):
        topic = weights * rng.gamma(0.3, 1, 300)
        texts.append(" ".join(f"w{n}" for n in rng.choice(300, words, p=topic / topic.sum())))
    return texts


def test_null_gate():
    # Halves of one corpus: nothing to find. Word-level G2 "finds" words all the same.
    rng = np.random.default_rng(11)
    texts = noise(rng, 80)
    corpus = Corpus.from_frame(pd.DataFrame({"text": texts, "n": range(80)}))
    found, word_level = [], []
    for _ in range(20):
        half = set(rng.permutation(80)[:40].tolist())
        one = corpus.where(n=half)
        two = corpus.where(n=lambda n, half=half: n not in half)
        frame = keyness(one, two).frame
        found.append((frame["q"] < 0.05).sum())
        word_level.append((q_values(stats.chi2.sf(frame["g2"], 1)) < 0.05).sum())
    assert np.mean(found) <= 1
    assert np.mean(word_level) > 10


def test_a_planted_word_is_found():
    rng = np.random.default_rng(12)
    one = [text + " planted" * rng.poisson(3) for text in noise(rng, 40)]
    two = [text + " planted" * rng.poisson(1) for text in noise(rng, 40)]
    row = keyness(*sides(A=one, B=two)).frame.set_index("word").loc["planted"]
    assert row["q"] < 0.05
    assert row["conservative_log_ratio"] > 0
    assert row["direction"] == "target"


def test_explain():
    table = keyness(*sides(**SMALL), min_freq=1, min_range=1)
    told = table.explain("PACT")
    assert told.frame["target"].tolist() == [3, 3, 6]
    assert told.frame["reference"].tolist() == [0, 5, 5]
    assert told.frame["expected: target"].tolist() == pytest.approx([18 / 11, 48 / 11, 6])
    lines = "\n".join(told.notes)
    assert told.caption == "KeyWord(word='pact'): 3 observed, 1.636 expected in target"
    assert "Direction: 3 observed, more than the 1.636 expected: more in target." in lines
    assert "log_ratio = log2((3 / 6) / (0.5 / 5)) = 2.322 bits." in lines
    assert "a count of 0 becomes 0.5, and only the zero" in lines
    assert "alpha 0.001 / 4 words (Bonferroni), two-sided, Clopper-Pearson, holds 0." in lines
    assert "g2 = 2 Σ O ln(O / E) = 2 × (3 ln(3 / 1.636) + 3 ln(3 / 4.364)" in lines
    assert "the word is in 2 of 3 and 0 of 2 articles" in lines
    assert "<table>" in told._repr_html_()
    assert told._repr_html_() == table.explain("pact")._repr_html_()


def test_explain_refuses_what_is_not_there():
    table = keyness(*sides(**SMALL), min_freq=1, min_range=1)
    with pytest.raises(
        ValueError, match=r"^`word` must be a word of this table; not 'pacts'\. Did"
    ):
        table.explain("pacts")


REMEDY = 'Give a corpus, "rest", or a word list (counts, reference_words("en")).'
RULE = "`reference` must be a corpus, 'rest' or a word list"
WITH_BY = "Leave it out: with `by` each group is compared with all others."


@pytest.mark.parametrize(
    ("reference", "options", "kind", "message"),
    [
        ("B", {}, ValueError, f"{RULE}; not 'B'. {REMEDY}"),
        (None, {}, ValueError, f"{RULE}; not None. {REMEDY}"),
        (["B"], {}, TypeError, f"{RULE}; not list. {REMEDY}"),
        (
            "B",
            {"by": "outlet"},
            ValueError,
            f"`reference` must be None or 'rest' with `by`; not 'B'. {WITH_BY}",
        ),
        (
            "rest",
            {"n": 0},
            ValueError,
            "`n` must be a whole number of words, 1 or more; not 0. Give for instance n=5.",
        ),
        (
            None,
            {"by": "outlets"},
            ValueError,
            "`column` must be one of 'id', 'outlet', 'date', 'published', 'section', 'headline', "
            "'byline', 'language', 'url', 'words', 'sentences', 'notes', 'zone'; not 'outlets'. "
            "Did you mean 'outlet'?",
        ),
    ],
)
def test_refused(reference, options, kind, message):
    with pytest.raises(kind) as error:
        keyness(made(**SMALL), reference, **options)
    assert str(error.value) == message


ALL = {"min_freq": 1, "min_range": 1}


def test_the_rest_is_all_other_articles():
    corpus = made(**SMALL)
    one, two = corpus.where(outlet="A"), corpus.where(outlet="B")
    rest = keyness(one, "rest", **ALL)
    pd.testing.assert_frame_equal(rest.frame, keyness(one, two, **ALL).frame)
    assert rest.params["reference"] == "the rest: 5 words in 2 articles"
    assert len(keyness(corpus, "rest", **ALL)) == 4  # nothing is left to compare with
    heads = Corpus(
        [
            Article(n, "pact\nthe deal", zones=(Zone(0, 4, "headline"), Zone(5, 13, "body")))
            for n in "ab"
        ]
    )
    frame = keyness(heads.where(id="a", zone="headline"), "rest", **ALL).frame
    assert frame[["word", "target", "reference"]].to_numpy().tolist() == [["pact", 1, 1]]


@pytest.mark.parametrize("n", [1, 2])
def test_groups_are_each_against_the_rest(n):
    rng = np.random.default_rng(7)
    texts = {o: [" ".join(rng.choice(list("abcdef"), 30)) for _ in range(6)] for o in "ABC"}
    corpus = made(**texts)
    table = keyness(corpus, by="outlet", n=n)
    assert list(table.frame) == ["outlet", *COLUMNS]
    for label in "ABC":
        rows = table.frame[table.frame["outlet"] == label].drop(columns="outlet")
        alone = keyness(corpus.where(outlet=label), "rest", n=n)
        pd.testing.assert_frame_equal(
            rows.drop(columns="q").reset_index(drop=True), alone.frame.drop(columns="q")
        )
        assert table.vocabulary == alone.vocabulary
    articles = table.frame["target_range"] + table.frame["reference_range"]
    assert table.frame["q"].tolist() == q_values(table.frame["p"], articles).tolist()
    word = table.frame["word"][0]
    told = table.explain(word, "B")
    assert told.frame["target"].tolist()[2] == 180
    assert told.params["word"] == f"{word} (B)"


def test_groups_by_zone_share_their_articles():
    zones = (Zone(0, 4, "headline"), Zone(5, 13, "body"))
    corpus = Corpus([Article(str(n), "pact\nthe deal", zones=zones) for n in range(3)])
    frame = keyness(corpus, by="zone", **ALL).frame
    assert frame.groupby("zone").size().to_dict() == {"body": 3, "headline": 3, "lead": 3}
    pact = frame[frame["word"] == "pact"].set_index("zone")
    assert pact[["target", "reference"]].loc[["headline", "body"]].to_numpy().tolist() == [
        [3, 0],
        [0, 3],
    ]


def test_explain_of_groups_asks_for_the_group():
    table = keyness(made(**SMALL), by="outlet", **ALL)
    with pytest.raises(ValueError, match=r"^`group` must be one of the groups by outlet; not None"):
        table.explain("pact")
    with pytest.raises(ValueError, match=r"^`group` must be one of 'A', 'B'; not 'C'\."):
        table.explain("pact", "C")
    with pytest.raises(ValueError, match=r"^`group` must be None for a table without `by`"):
        keyness(*sides(**SMALL), **ALL).explain("pact", "A")


def test_groups_of_nothing():
    table = keyness(made(), by="outlet")
    assert list(table.frame) == ["outlet", *COLUMNS]
    assert len(table) == 0
    lonely = keyness(made(A=["a a b", "b"]), by="outlet", **ALL)
    assert lonely.frame["p"].tolist() == [1, 1]
    assert lonely.notes[-1] == (
        "No test: the rest of 'A' has no article with words, so p = q = 1 by rule."
    )


def test_key_runs_cross_no_mark():
    one, two = sides(A=["new pact. New deal", "a new pact"], B=["pact, new deal", "new deal"])
    table = keyness(one, two, n=2, **ALL)
    rows = table.frame.set_index("word")[["target", "reference", "target_range"]]
    assert rows.sort_index().to_numpy().tolist() == [[1, 0, 1], [1, 2, 1], [2, 0, 2]]
    assert sorted(rows.index) == ["a new", "new deal", "new pact"]
    assert table.params["n"] == 2
    assert table.notes[0] == "3 of 3 2-grams pass min_freq and min_range (both sides together)."
    joined = keyness(made(A=["new pact. New deal", "a new pact"]), two, n=2, **ALL)
    pd.testing.assert_frame_equal(joined.frame, table.frame)
    assert table.explain("New Pact").frame["target"].tolist() == [2, 5, 7]


def test_measures_are_columns_on_request():
    table = keyness(*sides(**SMALL), **ALL, measures=("odds_ratio", "percent_diff"))
    assert list(table.frame)[8:10] == ["odds_ratio", "percent_diff"]
    t = Table.from_sizes(table.frame["target"], table.frame["reference"], 6, 5)
    assert table.frame["percent_diff"].tolist() == association.percent_diff(t).tolist()
    assert any(note.startswith("percent_diff = ") for note in table.explain("pact").notes)


def test_a_word_list_has_no_articles_and_so_no_test():
    corpus = made(A=["the pact is the pact pact", "the pact", "the pact"])
    table = keyness(corpus, {"The": 600, "the": 300, "of": 99, "rare": 1})
    frame = table.frame.set_index("word")
    assert list(table.frame) == COLUMNS
    assert sorted(frame.index) == ["of", "pact", "the"]  # `is` and `rare` are below min_freq 5
    assert frame[["target", "reference"]].loc[["pact", "the", "of"]].to_numpy().tolist() == [
        [5, 0],
        [4, 900],
        [0, 99],
    ]
    assert frame["p"].isna().all()
    assert frame["q"].isna().all()
    assert frame["reference_range"].isna().all()
    notes = "\n".join(table.notes)
    assert "No test: a word list has no articles, so p, q and reference_range are missing" in notes
    assert "nan" not in repr(table).lower()
    assert "No p and q" in table.explain("the").notes[-1]
    t = Table.from_sizes(frame["target"], frame["reference"], 10, 1_000)
    assert frame["log_ratio"].tolist() == association.log_ratio(t).tolist()


@pytest.mark.parametrize("alpha", [0.5, 0.05, 0.001])
@pytest.mark.parametrize("vocabulary", [1, 5_000])
def test_the_short_cut_of_the_conservative_ratio_skips_only_zeros(alpha, vocabulary):
    rng = np.random.default_rng(3)
    sizes = rng.integers(1, 10 ** rng.integers(1, 7, 2))
    a = np.append(np.minimum(rng.zipf(1.3, 4_000), sizes[0]), [0, 0, 1, sizes[0]])
    b = np.append(np.minimum(rng.zipf(1.3, 4_000) - 1, sizes[1]), [0, 1, 0, sizes[1]])
    t = Table.from_sizes(a, b, *sizes)
    short = conservative_log_ratios(t, alpha=alpha, vocabulary=vocabulary)
    full = association.conservative_log_ratio(t, alpha=alpha, vocabulary=vocabulary)
    assert short.tolist() == full.tolist()


def test_both_ways_of_counting_agree(monkeypatch):
    # whole articles are counted through the inverted index, zones token by token
    texts = {"A": ["Pact, pact! A deal.", "", "a"], "B": ["pact - deal…", "a a b"], "C": ["x"]}
    corpus = made(**texts)
    fast = [profiles.Cells.of(corpus.where(outlet=o)) for o in (["A", "B"], ["C"], ["D"], "ABC")]
    monkeypatch.setattr(profiles, "told_by_form", lambda store: False)
    slow = [profiles.Cells.of(corpus.where(outlet=o)) for o in (["A", "B"], ["C"], ["D"], "ABC")]
    for one, two in zip(fast, slow, strict=True):
        for name in ("forms", "articles", "counts", "sizes"):
            assert getattr(one, name).tolist() == getattr(two, name).tolist()
    assert fast[0].vocabulary == 4
    assert fast[2].vocabulary == 0


def test_the_explanation_speaks_of_the_target_and_not_of_a_window():
    one, two = sides(A=["pact pact deal"] * 4, B=["deal no pact"] * 4)
    told = " ".join(keyness(one, two, measures="all").explain("pact").notes)
    assert "How much the word foretells the target." in told
    assert "window" not in told


@pytest.mark.parametrize("articles", [0, 3, 1 << 16, (1 << 16) + 1])
def test_the_article_of_a_token_is_told_in_as_many_bytes_as_it_needs(articles):
    store = SimpleNamespace(borders=np.arange(0, 2 * articles + 1, 2))
    assert np.array_equal(narrow_owners(store), np.repeat(np.arange(articles), 2))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from("abcd.,"), max_size=12), min_size=1, max_size=7),
    st.integers(0, 6),
    st.tuples(st.integers(1, 3), st.integers(1, 2)),
)
def test_against_the_rest_only_the_target_is_counted_and_nothing_differs(texts, cut, cuts):
    corpus = Corpus.from_frame(
        [{"text": " ".join(text), "outlet": "xy"[n < cut]} for n, text in enumerate(texts)]
    )
    target = corpus.where(outlet="y")
    options = {"min_freq": cuts[0], "min_range": cuts[1]}
    quick = keyness(target, "rest", **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versus, "are_all", lambda one, two: False)
        slow = keyness(target, "rest", **options)
    pd.testing.assert_frame_equal(quick.frame, slow.frame, check_exact=True)
    assert (quick.params, quick.notes, quick.summary) == (slow.params, slow.notes, slow.summary)
    assert quick.vocabulary == slow.vocabulary
    assert (quick.sizes, quick.articles) == (slow.sizes, slow.articles)


def test_sums_of_a_part_are_those_of_a_loop():
    rows = [{"text": text, "outlet": text[0]} for text in ("a b a.", "b, b c", "a", "b d d d a")]
    corpus = Corpus.from_frame(rows)
    for outlet in ("a", "b", "none"):
        part, folds = corpus.where(outlet=outlet), corpus.store.folds
        forms = np.array([folds.index(word) for word in "abc"])
        sums = allarticles.sums_of(part, forms)
        texts = [row["text"].split() for row in rows if row["outlet"] == outlet]
        counts = [[[w.strip(".,") for w in t].count(word) for t in texts] for word in "abc"]
        assert sums.counts.tolist() == [sum(one) for one in counts]
        assert sums.range.tolist() == [sum(map(bool, one)) for one in counts]
        assert sums.roots.tolist() == [sum(map(math.sqrt, one)) for one in counts]


def test_parts_that_are_not_all_articles_are_counted_on_their_own():
    corpus = Corpus.from_frame([{"text": "a b", "outlet": outlet} for outlet in "xyz"])
    x, y = corpus.where(outlet="x"), corpus.where(outlet=["y", "z"])
    assert allarticles.are_all(x, y)
    assert not allarticles.are_all(x, corpus.where(outlet="y"))
    assert not allarticles.are_all(x, corpus.where(outlet=["x", "y"]))
    assert not allarticles.are_all(x.where(zone="body"), y.where(zone="body"))
    assert not allarticles.are_all(x, Corpus.from_frame([{"text": "a"}] * 2))
