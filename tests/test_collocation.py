"""Collocates: each place once, against a plain loop over every small text."""

from __future__ import annotations

import itertools
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from corpuskit.analysis import packing
from corpuskit.analysis.collocations import marginals, windows
from corpuskit.analysis.collocations.collocation import collocates
from corpuskit.analysis.collocations.windows import windows_of
from corpuskit.analysis.copies.duplicates import near_duplicates
from corpuskit.analysis.telling import formulas
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
    assert table.notes[1] == (
        "2 of 4 words in the windows are listed: min_freq leaves out 2, min_range 0 more."
    )
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


STORY = [
    {"id": f"wire{n}", "date": f"2026-01-0{n + 1}", "text": text}
    for n, text in enumerate(
        ["the new pact holds and the old deal ends today"] * 4
        + ["a new pact is here", "no pact is the end of a new deal", "the weather is fine"]
    )
]


def test_per_story_a_report_counts_once_however_often_it_is_copied():
    def table(rows, unit):
        corpus = Corpus.from_frame(rows)
        stories = near_duplicates(corpus) if unit == "story" else None
        hits = corpus.find("pact")
        return collocates(hits, min_freq=1, min_range=1, unit=unit, stories=stories)

    single = [STORY[0], *STORY[4:]]
    once, copied = table(single, "article"), table(STORY, "story")
    pd.testing.assert_frame_equal(once.frame, copied.frame)
    assert (once.window_words, once.other_words) == (copied.window_words, copied.other_words)
    assert copied.params["unit"] == "story"
    assert copied.notes[-1] == (
        "Each story counts once, through its earliest article: 3 of 7 articles repeat an earlier "
        "one."
    )
    assert copied.explain("new").frame.equals(once.explain("new").frame)
    assert table(STORY, "article").frame["O11"].sum() > once.frame["O11"].sum()


def test_both_cut_offs_are_reported_and_add_up():
    rng = np.random.default_rng(2)
    texts = [" ".join(rng.choice(list("abcdefghijklmnop"), 12)) for _ in range(9)]
    hits = corpus_of(*texts).find("a")
    everything = collocates(hits, (2, 2), min_freq=1, min_range=1).frame
    for min_freq, min_range in itertools.product(range(1, 5), repeat=2):
        table = collocates(hits, (2, 2), min_freq=min_freq, min_range=min_range)
        rare = int((everything["O11"] < min_freq).sum())
        narrow = int(((everything["O11"] >= min_freq) & (everything["range"] < min_range)).sum())
        assert table.notes[1] == (
            f"{len(table)} of {len(everything)} words in the windows are listed: "
            f"min_freq leaves out {rare}, min_range {narrow} more."
        )
        assert len(table) + rare + narrow == len(everything)


def random_hits():
    rng = np.random.default_rng(3)
    share = np.array([8, 5, 4, 3, 2, 2, 1, 1]) / 26
    texts = [" ".join(rng.choice(list("abcdefgh"), 40, p=share)) for _ in range(20)]
    return corpus_of(*texts).find("h")


def test_measures_on_request_are_those_of_the_row_tables():
    hits = random_hits()
    plain = collocates(hits, (3, 3), min_freq=1, min_range=1)
    table = collocates(hits, (3, 3), min_freq=1, min_range=1, measures="all")
    assert list(table.frame) == COLUMNS + list(formulas.MORE)
    pd.testing.assert_frame_equal(table.frame[COLUMNS], plain.frame)
    assert "measures" not in plain.params
    assert table.params["measures"] == tuple(formulas.MORE)
    for row in table.frame.to_dict("records"):
        outside = table.totals[row["word"]] - row["O11"]
        t = Table.from_sizes(row["O11"], outside, table.window_words, table.other_words)
        for name, measure in formulas.MORE.items():
            assert row[name] == pytest.approx(float(measure(t)), abs=1e-9), name
        # by hand, from the four cells
        a, b, c, d = (float(cell) for cell in (t.O11, t.O12, t.O21, t.O22))
        expected = (a + b) * (a + c) / (a + b + c + d)
        assert row["t_score"] == pytest.approx((a - expected) / math.sqrt(a))
        assert row["delta_p_row"] == pytest.approx(a / (a + c) - b / (b + d))
        assert row["delta_p_column"] == pytest.approx(a / (a + b) - c / (c + d))
        assert row["dice"] == pytest.approx(2 * a / (2 * a + b + c))


@pytest.mark.parametrize(
    ("asked", "added"),
    [
        ("t_score", ["t_score"]),
        (["z_score", "t_score", "z_score"], ["z_score", "t_score"]),  # in the order asked for
        (("g2", "range", "bic"), ["bic"]),  # what is there anyway is not added again
        ((), []),
        (("bic", "all"), list(formulas.MORE)),
    ],
)
def test_measures_are_added_once_in_the_order_asked_for(asked, added):
    assert list(collocates(HITS, measures=asked).frame) == COLUMNS + added


CELLS = [(12, 30, 90, 900), (3, 0, 9, 60), (1, 30, 200, 700), (5, 0, 0, 70), (4, 0, 10, 0)]


@pytest.mark.parametrize("cells", CELLS)
@pytest.mark.parametrize("name", formulas.MORE)
def test_the_numbers_in_a_formula_give_its_value(name, cells):
    """The formula is worked out as it stands in the text."""
    t = Table.of(*cells)
    line = formulas.formula_line(name, t)
    if cells == (4, 0, 10, 0):
        assert "; a row or a column is empty. " in line
        return
    numbers, value = re.fullmatch(
        r"\w+ = .+? = (.+) = (-?[\d,]+\.\d+)", line.split(". ")[0]
    ).groups()
    text = re.sub(r"√([\d.e-]+)", r"sqrt(\1)", re.sub(r",(?=\d)", "", numbers))
    text = re.sub(r"\|(.+)\| - ([\d.]+ / 2)", r"max(0, abs(\1) - \2)", text)
    text = re.sub(r"([\d.]+) ln\(", r"\1 * ln(", text).replace("×", "*")
    text = text.replace("²", "**2").replace("³", "**3")
    known = {"sqrt": math.sqrt, "ln": math.log, "log2": math.log2, "min": min, "max": max}
    if name == "ell" and "ln(1.000)" in text:
        assert float(value) == 0
        return
    worked = eval(text, {"__builtins__": {}}, known | {"abs": abs})
    assert worked == pytest.approx(float(value.replace(",", "")), rel=2e-3, abs=2e-3)


def test_formulas_with_a_rule_inside():
    t = Table.of(3, 2, 14, 10)
    assert formulas.formula_line("chi2_yates", t) == (
        "chi2_yates = N (|O11 O22 - O12 O21| - N / 2)² / (R1 R2 C1 C2) = "
        "29 × (|3 × 10 - 2 × 14| - 29 / 2)² / (5 × 24 × 17 × 12) = 0.000. The difference stops at "
        "0. Zero rule: an empty row or column gives 0. It has no direction. Evert 2008."
    )
    assert "= min(3 / 5, 3 / 17) = 0.1765." in formulas.formula_line("min_sensitivity", t)


@pytest.mark.parametrize("cells", CELLS)
def test_interval_of_the_log_ratio(cells):
    """Its end nearest 0 is the conservative log ratio; scipy's exact interval has both ends."""
    t = Table.of(*cells)
    low, high = formulas.log_ratio_interval(t, 0.001 / 50)
    safe = float(association.conservative_log_ratio(t, alpha=0.001, vocabulary=50))
    assert safe == pytest.approx(max(low, 0) + min(high, 0), abs=1e-9) if t.C2 > 0 else safe == 0
    if not t.C2 > 0:
        assert (low, high) == (-math.inf, math.inf)
        return
    exact = binomtest(int(t.O11), int(t.R1)).proportion_ci(1 - 0.001 / 50, "exact")
    shift = math.log2(float(t.C2 / t.C1))
    assert low == pytest.approx(math.log2(exact.low / (1 - exact.low)) + shift, abs=1e-6)
    if t.O12 > 0:
        assert high == pytest.approx(math.log2(exact.high / (1 - exact.high)) + shift, abs=1e-6)
    else:
        assert high == math.inf
        assert "without an upper end" in formulas.interval_line(t, 0.001, 50)


def test_explain_tells_the_measures_asked_for():
    table = collocates(random_hits(), (3, 3), measures=("t_score", "delta_p_row"))
    lines = table.explain("b").notes
    assert [line.split(" = ")[0] for line in lines[-3:-1]] == ["t_score", "delta_p_row"]
    assert any(line.startswith("Interval of log_ratio in bits: ") for line in lines)
    assert "t_score = (O11 - E11) / √O11" in table.explain("b")._repr_html_()
    assert len(table.head(2).explain(table.frame["word"][0]).notes) == len(lines)


MEASURES_REFUSED = [
    (
        {"measures": 3},
        "`measures` must be names of measures, or 'all'; not 3. "
        "Give for instance measures=('g2_two_term',).",
    ),
    (
        {"unit": "stories"},
        "`unit` must be one of 'article', 'story'; not 'stories'. Did you mean 'story'?",
    ),
    (
        {"unit": "story"},
        "`stories` must be the result of near_duplicates when unit='story'; not 'NoneType'. "
        "Give stories=near_duplicates(corpus).",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("options", "message"), MEASURES_REFUSED)
def test_refused_options(options, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        collocates(HITS, **options)
    assert str(error.value) == message


def test_a_measure_that_is_not_known_is_told_with_the_nearest():
    with pytest.raises(
        ValueError, match=r"^`measures` must be one of 'g2_two_term', .* 't_score'\?$"
    ):
        collocates(HITS, measures="t_scores")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("span", [(5, 5), (1, 3), (0, 2)])
def test_the_whole_table_against_a_plain_loop(seed, span):
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(list("abcde"), n)) for n in rng.integers(0, 25, 8).tolist()]
    words = [word for text in texts for word in text.split()]
    article = [n for n, text in enumerate(texts) for _ in text.split()]
    node_at = [(n,) for n, word in enumerate(words) if word == "a"]
    nodes, left, right = slow_windows(words, article, node_at, *span)
    places = [*left, *right]
    table = collocates(corpus_of(*texts).find("a"), span, min_freq=1, min_range=1)
    frame = table.frame.set_index("word")
    assert sorted(frame.index) == sorted({words[at] for at in places})
    for word, row in frame.iterrows():
        at = [place for place in places if words[place] == word]
        everywhere = words.count(word)
        assert row["O11"] == len(at)
        assert row["left"] == sum(place in left for place in at)
        assert row["range"] == len({article[place] for place in at})
        N = len(words) - len(nodes)
        assert row["E11"] == pytest.approx(len(places) * everywhere / N)
        assert table.totals[word] == everywhere
        assert row["log_dice"] == pytest.approx(
            14 + math.log2(2 * len(at) / (everywhere + len(places)))
        )


@settings(deadline=None, max_examples=40)
@given(
    texts=st.lists(st.lists(st.sampled_from("ab.,\n"), max_size=14), min_size=1, max_size=5),
    span=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    within=st.sampled_from([None, "sentence"]),
)
def test_windows_are_read_alike_block_by_block_and_before_many_places(texts, span, within):
    rows = [{"text": " ".join(text), "outlet": "xy"[n % 2]} for n, text in enumerate(texts)]
    corpus = Corpus.from_frame(rows)
    for part in (corpus, corpus.where(outlet="x"), corpus.where(zone="body")):
        for pattern in ("a", "b a", "a|,", "a | a b"):
            hits = part.find(pattern)
            given = {"min_freq": 1, "min_range": 1, "within": within}
            frame = collocates(hits, span, **given).frame
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(windows, "FEW", 0)
                patch.setattr(marginals, "BLOCK", 2)
                patch.setattr(packing, "SPARSE", 10**9)
                pd.testing.assert_frame_equal(collocates(hits, span, **given).frame, frame)
            rows = frame[["word", "left", "right", "range"]].itertuples(index=False)
            assert sides_by_loop(part, hits, span, within) == {row[0]: row[1:] for row in rows}


def sides_by_loop(part, hits, span, within):
    """Return left, right and range of each word in the windows, place by place."""
    store, words = part.store, part.words.tolist()
    unit = store.sentences if within else store.borders
    owner = np.searchsorted(unit, words, "right").tolist()
    article = np.searchsorted(store.borders, words, "right").tolist()
    nodes = []
    for first, size in zip(hits.first.tolist(), hits.size.tolist(), strict=True):
        units = np.searchsorted(unit, [first, first + size - 1], "right").tolist()
        nodes.append((sum(w < first for w in words), sum(w < first + size for w in words), units))
    found, inside = {}, {n for start, end, _ in nodes for n in range(start, end)}
    for place in set(range(len(words))) - inside:
        near = [
            (distance, side)
            for start, end, units in nodes
            for distance, side, at in [
                (start - place, "left", units[0]),
                (place - end + 1, "right", units[1]),
            ]
            if 0 < distance <= span[side == "right"] and owner[place] == at
        ]
        if near:
            side = min(near, key=lambda one: (one[0], one[1] == "left"))[1]
            form = store.folds[store.folded[store.ids[words[place]]]]
            found.setdefault(form, []).append((side, article[place]))
    return {
        form: (
            sum(side == "left" for side, _ in places),
            sum(side == "right" for side, _ in places),
            len({n for _, n in places}),
        )
        for form, places in found.items()
    }
