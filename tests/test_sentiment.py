"""Sentiment round a node: units, masks, contributions that add up, baseline with interval."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import news_texts

import corpuskit as ck
from corpuskit.analysis.tone.names import name_flags
from corpuskit.analysis.tone.vader import polarity, vader_lexicon


def corpus_of(*texts, **columns):
    rows = [{"id": f"a{n}", "text": text} for n, text in enumerate(texts)]
    return ck.Corpus.from_frame(pd.DataFrame(rows, columns=["id", "text"]).assign(**columns))


def around(text, node="partner*", **options):
    return ck.sentiment_around(corpus_of(text).find(node), **options)


def masked_words(*texts):
    corpus = corpus_of(*texts)
    flags = name_flags(corpus.store)
    return [corpus.store.types[i] for i in corpus.store.ids[flags].tolist()]


# -- score, contributions, coverage


def test_the_score_is_the_sum_of_valences_by_four_times_the_scored_words():
    frame = around("The partnership is a very good deal.").frame
    row = frame.iloc[0]
    assert row["words"] == 6  # partnership is masked
    assert row["denominator"] == 24
    assert row["score"] == pytest.approx((1.9 + 0.293) / 24, abs=1e-12)
    assert row["coverage"] == 1 / 6
    assert row["contributions"] == "good +2.19 (boosted by 'very')"
    assert row["sentence"] == "The partnership is a very good deal."


PIECES = news_texts(25)


@cache
def lexicons():
    return ("vader", ("own", {"partner*": 1, "gr*": 2, "terrible": -3, "u.s.": 1}))


@given(
    st.lists(PIECES, max_size=4),
    st.sampled_from(["*", "partner*", "great|not", "partner* *", "a"]),
    st.sampled_from([(), ("node",), ("names",), ("node", "names")]),
    st.sampled_from([None, 1, 3]),
)
@settings(max_examples=300, deadline=None)
def test_every_contribution_is_in_the_text_and_all_add_up(texts, pattern, mask, window):
    corpus = corpus_of(*texts)
    hits = corpus.find(pattern)
    result = ck.sentiment_around(hits, lexicons=lexicons(), mask=mask, window=window)
    for part in result.contributions.itertuples():
        assert corpus.text(part.article)[part.start : part.end] == part.word
    sums = result.contributions.groupby(["unit", "lexicon"])["valence"].agg(math.fsum)
    counts = result.contributions.groupby(["unit", "lexicon"]).size()
    for row in result.frame.itertuples():
        assert corpus.text(row.article)[row.start : row.end] == row.sentence
        key = (row.unit, row.lexicon)
        if math.isnan(row.score):
            assert key not in sums
            continue
        assert row.score * row.denominator == pytest.approx(sums[key], abs=1e-9)
        assert -1 <= row.score <= 1
        assert row.coverage == counts[key] / row.words
        assert 0 < row.coverage <= 1
    assert result.frame.drop_duplicates("unit")["hits"].sum() == len(hits)


def test_a_score_stays_between_minus_one_and_one():
    text = "magnificently but " + "magnificently " * 9
    row = around("partner " + text).frame.iloc[0]
    assert row["denominator"] > 4 * row["words"]
    assert row["score"] == 1


def test_no_evidence_is_not_zero():
    result = around("The so-called partnership has not delivered. The partnership is good. Bad.")
    assert result.frame["score"].isna().tolist() == [True, False]
    assert result.frame["contributions"].tolist() == ["", "good +1.9"]
    assert result.frame["compound"].iloc[0] == 0
    assert result.summary == "2 units with 2 hits in 1 article; no evidence: vader 1"
    assert result.notes[0] == "No evidence (–) is not 0: no word of the lexicon is left."
    assert "–" in repr(result).splitlines()[2]


def test_praise_and_blame_that_cancel_are_evidence():
    row = around(
        "The partnership is good and unhappy and hated.", lexicons=({"good": 1, "hated": -1},)
    )
    assert row.frame["score"].tolist() == [0]
    assert row.frame["lexicon"].tolist() == ["lexicon"]


@pytest.mark.parametrize(
    ("text", "compound"),
    [
        ("I don’t like it, partner", -0.2755),  # the curly apostrophe, folded
        ("I don't like it, partner", -0.2755),
        ("I don\u00ad’t like it, partner", -0.2755),
        ("A “great” partner", polarity("a great partner")["compound"]),
        ("A great—truly great—partner", polarity("a great truly great partner")["compound"]),
        ("The partner is great!!!", polarity("The partner is great ! ! !")["compound"]),
    ],
)
def test_typography_is_made_plain_for_scoring(text, compound):
    assert around(text, "partner", mask=()).frame["compound"].tolist() == [compound]


# -- masks


def test_the_node_is_masked_and_keeps_its_place():
    text = "Not the great partnership deal, but great."
    node = around(text, "great")
    assert node.frame["contributions"].tolist() == [""]
    near, far = "never xx xx good", "never xx xx xx good"
    assert "negated" in around(near, "xx").frame["contributions"].iloc[0]
    assert "negated" not in around(far, "xx").frame["contributions"].iloc[0]


def test_a_masked_word_in_capitals_still_counts_as_capitals():
    assert around("PARTNERSHIP IS GREAT", mask=("node",)).contributions["rule"].tolist() == [
        "lexicon"
    ]


STATES = "The United States, the United Kingdom and the United Nations issued a statement."


def test_names_are_masked():
    assert around(STATES, "statement").frame["score"].isna().all()
    assert around(STATES, "statement", mask="node").frame["compound"].tolist() == [
        pytest.approx(0.813, abs=5e-4)
    ]
    note = "Masked in the units: 1 word of hits, 6 words of names."
    assert around(STATES, "statement").notes[1] == note
    assert around(STATES, "issued", mask=()).notes == ("Nothing is masked.",)


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        # inside a sentence every capitalised word is a name
        (["Talks with Great Britain went on."], ["Great", "Britain"]),
        # at its beginning only if it is known from inside sentences …
        (["Great news came. He likes Great Britain."], ["Great", "Great", "Britain"]),
        # … and is not more often a common word
        (["Great news came, great, great. He likes Great Britain."], ["Great", "Britain"]),
        # a quotation and a colon begin anew
        (['He said: "Great idea." Then: Good.'], []),
        # acronyms; emphasis where the small form is as common
        (["The EU's plan and the IFC-IOR work."], ["EU's", "IFC-IOR"]),
        (["It is GREAT and a great day."], []),
        # the pronoun
        (["Then I said I’m glad."], []),
        # a headline in capitals is judged by the rest of the corpus
        (["Great Deal Pleases Happy India", "They met in India."], ["India", "India"]),
        # a numbering is no "no"
        (["See resolution No. 7 and Nos. 3 to 5."], ["No", "Nos"]),
        (["See resolution no. 7."], ["no"]),
        (["There is no 7 on the list. No decision was taken."], []),
    ],
)
def test_what_a_name_is(texts, names):
    assert masked_words(*texts) == names


def test_names_do_not_depend_on_the_part_of_the_corpus():
    corpus = corpus_of("Great news, partner.", "He likes Great Britain.")
    part = corpus.where(id="a0")
    whole, less = (ck.sentiment_around(c.find("partner")) for c in (corpus, part))
    assert whole.frame.equals(less.frame)


# -- units


def test_hits_of_one_sentence_share_a_unit():
    result = around("A partner helps a good partner. A bad partner.")
    assert result.frame["hits"].tolist() == [2, 1]
    assert result.frame["sentence"].tolist() == [
        "A partner helps a good partner.",
        "A bad partner.",
    ]


@pytest.mark.parametrize(
    ("window", "sentences"),
    [
        (1, ["A, partner b", "e partner f"]),
        (2, ["A, partner b c", "d e partner f g"]),
        (3, ["A, partner b c d e partner f g hh"]),
        (9, ["A, partner b c d e partner f g hh."]),
    ],
)
def test_windows_are_clipped_to_the_sentence_and_merged(window, sentences):
    text = "Good. A, partner b c d e partner f g hh. Good."
    result = around(text, "partner", window=window)
    assert result.frame["sentence"].tolist() == sentences


def test_window_words_alone_are_scored():
    text = "It was good that the partner failed badly."
    near = around(text, window=2, mask="node")
    assert near.frame["words"].tolist() == [4]
    assert near.contributions["word"].tolist() == ["failed", "badly"][: len(near.contributions)]


# -- several lexicons, functions


def test_lexicons_stand_side_by_side(tmp_path):
    path = tmp_path / "mood.tsv"
    path.write_text("good\t2\nsecurity\t-1\n", "utf-8")
    text = "The partnership is good for security."
    own = vader_lexicon({"security": 0}, name="mine")
    result = around(text, lexicons=["vader", "vader-news", own, path, ("other", {"good": 1})])
    assert result.frame["lexicon"].tolist() == ["vader", "vader-news", "mine", "mood", "other"]
    assert result.frame["contributions"].tolist() == [
        "good +1.9, security +1.4",
        "good +1.9",
        "good +1.9",
        "good +2.0, security −1.0",
        "good +1.0",
    ]
    assert result.frame["score"].tolist() == pytest.approx(
        [3.3 / 20, 1.9 / 20, 1.9 / 20, 1 / 10, 1 / 5], abs=1e-12
    )
    assert result.frame["compound"].isna().tolist() == [False] * 3 + [True] * 2
    assert result.notes[-1] == "mine: VADER with 1 value of your own: security 0."


def test_a_function_of_left_node_right_is_a_scorer():
    seen = []

    def judge(left, node, right):
        seen.append((left, node, right))
        return None if not node else len(left) / 100

    result = around("Good “partner” here, partner. None.", lexicons=("mine", judge))
    assert seen == [
        ("Good “", "partner", "” here, partner."),
        ("Good “partner” here, ", "partner", "."),
    ]
    assert result.frame["score"].tolist() == [pytest.approx((6 + 21) / 2 / 100)]
    assert result.frame["coverage"].isna().all()
    assert result.others["score"].isna().tolist() == [True]
    assert seen[-1] == ("None.", "", "")


def test_a_function_must_return_a_number():
    with pytest.raises(TypeError) as caught:
        around("A partner.", lexicons=(("mine", lambda *parts: "warm"),))
    assert str(caught.value) == (
        "The scorer 'mine' must return a number or None; not 'warm'. "
        "Return None where there is no evidence."
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"lexicons": ("vadr",)},
            "`lexicons` must be one of 'vader', 'vader-news'; not 'vadr'. Did you mean 'vader'?",
        ),
        (
            {"lexicons": ("vadr", "vader-news")},
            "`lexicons` must be one of 'vader', 'vader-news'; not 'vadr'. Did you mean 'vader'?",
        ),
        (
            {"lexicons": ("vader", "vader")},
            "`lexicons` must be one or more, each with its own name; not ['vader', 'vader']. "
            'Give ("name", lexicon).',
        ),
        (
            {"lexicons": ()},
            "`lexicons` must be one or more, each with its own name; not []. "
            'Give ("name", lexicon).',
        ),
        (
            {"mask": "nodes"},
            "`mask` must be one of 'node', 'names'; not 'nodes'. Did you mean 'node'?",
        ),
        (
            {"window": 0},
            "`window` must be a whole number of words, 1 or more; not 0. "
            "Give for instance window=5.",
        ),
        (
            {"level": 95},
            "`level` must be a share between 0 and 1; not 95. Give for instance level=0.95.",
        ),
    ],
)
def test_wrong_options_are_refused(options, message):
    with pytest.raises(ValueError, match=r".") as caught:
        around("A partner.", **options)
    assert str(caught.value) == message


def test_wrong_kinds_are_refused():
    with pytest.raises(TypeError) as caught:
        ck.sentiment_around("partner*")
    message = '`hits` must be a Hits; not str. Give what corpus.find("partner*") returns.'
    assert str(caught.value) == message
    with pytest.raises(TypeError) as caught:
        around("A partner.", lexicons=(7,))
    assert str(caught.value) == (
        "`lexicons` must hold names, files, mappings or (name, function); not 7. "
        'Give for instance lexicons=("vader", "vader-news").'
    )


# -- baseline and groups

ROWS = [
    ("A", "The partnership is good. The rain was bad. The road is long."),
    ("A", "A great partnership. The rain was awful."),
    ("B", "The partnership is bad. The rain was good."),
    ("B", "An awful partnership. Rain."),
    ("B", "No node here, and bad."),
]


def grouped(**options):
    outlets, texts = zip(*ROWS, strict=True)
    return ck.sentiment_around(corpus_of(*texts, outlet=outlets).find("partnership"), **options)


def test_the_baseline_is_the_other_sentences_of_the_same_articles():
    result = grouped()
    others = result.others
    assert others["article"].tolist() == ["a0", "a0", "a1", "a2", "a3"]
    row = result.baseline().frame.iloc[0]
    assert row["units"] == 4
    assert row["no_evidence"] == 0
    assert row["other_sentences"] == 5
    assert row["other_no_evidence"] == 2
    assert row["around"] == pytest.approx(result.frame["score"].mean(), abs=1e-12)
    assert row["baseline"] == pytest.approx(others["score"].mean(), abs=1e-12)
    assert row["difference"] == pytest.approx(row["around"] - row["baseline"], abs=1e-12)
    assert row["low"] <= row["difference"] <= row["high"]
    assert row["articles"] == 4


def test_the_interval_is_that_of_articles_drawn_again_in_a_plain_loop():
    result = grouped(draws=300, seed=7)
    rng = np.random.Generator(np.random.PCG64(7))
    names = ["a0", "a1", "a2", "a3"]
    drawn = []
    for picks in rng.integers(0, 4, size=(300, 4)):
        sides = []
        for table in (result.frame, result.others):
            scores = [s for n in picks for s in table[table["article"] == names[n]]["score"]]
            known = [s for s in scores if not math.isnan(s)]
            sides.append(sum(known) / len(known) if known else None)
        if None not in sides:
            drawn.append(sides[0] - sides[1])
    row = result.baseline().frame.iloc[0]
    expected = np.quantile(drawn, [0.025, 0.975])
    assert [row["low"], row["high"]] == pytest.approx(expected.tolist(), abs=1e-12)


def test_groups_have_their_own_baseline():
    table = grouped(lexicons=("vader", "vader-news")).by("outlet")
    assert table.frame[["outlet", "lexicon"]].to_numpy().tolist() == [
        ["A", "vader"],
        ["A", "vader-news"],
        ["B", "vader"],
        ["B", "vader-news"],
    ]
    assert table.frame["units"].tolist() == [2] * 4
    assert (table.frame["difference"].iloc[:2] > 0).all()
    assert (table.frame["difference"].iloc[2:] < 0).all()
    # in B one article alone has evidence in its other sentences
    assert table.frame["low"].isna().tolist() == [False, False, True, True]
    assert table.params["by"] == "outlet"


def test_groups_without_a_unit_are_rows_and_zones_are_groups():
    by_id = grouped().by("id").frame
    assert by_id["id"].tolist() == ["a0", "a1", "a2", "a3", "a4"]
    assert by_id["units"].tolist() == [1, 1, 1, 1, 0]
    assert by_id["around"].isna().tolist() == [False] * 4 + [True]
    zones = grouped().by("zone").frame
    assert zones["zone"].tolist() == ["headline", "lead", "body"]
    assert zones["units"].tolist() == [0, 4, 0]


def test_head_changes_the_rows_not_the_baseline():
    result = grouped()
    assert result.head(1).baseline().frame.equals(result.baseline().frame)


def test_a_unit_is_explained_word_by_word():
    result = around("The Great partnership is not good.")
    told = result.explain(0)
    assert told.frame["role"].tolist() == ["scored", "name", "node", "scored", "scored", "scored"]
    assert told.frame["rule"].tolist() == [""] * 5 + ["negated by 'not'"]
    assert told.notes == ("score = (−1.41) / 16 = -0.0879",)
    bare = around("The partnership is.").explain(0)
    assert bare.notes == ("No word of the lexicon is left: no evidence, which is not 0.",)
    with pytest.raises(ValueError, match=r".") as caught:
        result.explain(1)
    message = "`unit` must be a number from 0 to 0; not 1. See the column unit."
    assert str(caught.value) == message


def test_nothing_gives_the_columns():
    for corpus in (corpus_of(), corpus_of("No such word.")):
        result = ck.sentiment_around(corpus.find("partner"))
        assert len(result) == len(result.contributions) == len(result.others) == 0
        full = around("A good partner. Rain.")
        assert result.frame.dtypes.equals(full.frame.dtypes)
        assert result.contributions.dtypes.equals(full.contributions.dtypes)
        assert result.baseline().frame["units"].tolist() == [0]


def test_same_input_same_bytes():
    first, second = (grouped(lexicons=("vader", "vader-news")) for _ in range(2))
    assert first._repr_html_() == second._repr_html_()
    assert repr(first.by("outlet")) == repr(second.by("outlet"))


def test_a_group_column_named_like_a_figure_is_refused():
    corpus = ck.Corpus.from_frame([{"text": "A good pact.", "units": "x"}])
    result = ck.sentiment_around(corpus.find("pact"))
    for name in ("units", "lexicon", "low"):
        with pytest.raises(
            ValueError, match=r"^`by` must be a column whose name is not that of a f"
        ):
            result.by(name)


def test_a_function_is_said_to_read_untouched_text():
    hits = ck.Corpus.from_frame([{"text": "A good pact."}]).find("pact")
    result = ck.sentiment_around(hits, lexicons=("vader", ("mine", lambda *parts: 1.0)))
    assert result.notes[-1] == (
        "mine is a function: it is given the untouched text, nothing is masked for it, and a "
        "sentence of the baseline as (sentence, '', ''), because without a node there is no left "
        "and right."
    )
    assert not any("function" in note for note in ck.sentiment_around(hits).notes)
