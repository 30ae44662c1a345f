"""VADER: NLTK's published values, its misreadings of news, and our rater against NLTK's own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.analysis.tone.lexicon import LookUp, plain_lexicon, read_values
from corpuskit.analysis.tone.vader import (
    news_lexicon,
    news_overrides,
    polarity,
    vader_lexicon,
    vader_words,
)
from corpuskit.analysis.tone.vader_rules import Rater
from corpuskit.errors import DataError

NEVER_SO = "boosted by 'so'; strengthened by 'so'; strengthened by 'so'"  # NLTK's two steps
PACT = "India and the EU signed a security and defence partnership on Tuesday."

# vader_01 to vader_06: nltk/test/sentiment.doctest, revision f2a92bd7
PUBLISHED = [
    ("VADER is smart, handsome, and funny.", 0.8316, 0.0, 0.254, 0.746),
    ("VADER is smart, handsome, and funny!", 0.8439, 0.0, 0.248, 0.752),
    ("VADER is very smart, handsome, and funny.", 0.8545, 0.0, 0.299, 0.701),
    ("VADER is VERY SMART, handsome, and FUNNY.", 0.9227, 0.0, 0.246, 0.754),
    ("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342, 0.0, 0.233, 0.767),
    ("VADER is VERY SMART, really handsome, and INCREDIBLY FUNNY!!!", 0.9469, 0.0, 0.294, 0.706),
]


@pytest.mark.parametrize(("text", "compound", "neg", "neu", "pos"), PUBLISHED)
def test_published_values(text, compound, neg, neu, pos):
    scores = {"neg": neg, "neu": neu, "pos": pos, "compound": compound}
    assert polarity(text) == pytest.approx(scores, abs=5e-5)


@pytest.mark.parametrize(
    ("text", "compound"),
    [
        # "united" = +1.8, three times
        (
            "The United States, the United Kingdom and the United Nations issued a statement.",
            0.813,
        ),
        # security 1.4, defence 0.4
        (
            "Officials met in Brussels on Monday to discuss the security and defence partnership.",
            0.422,
        ),
        # the sum grows with the length
        (PACT, 0.42),
        (" ".join([PACT] * 5), 0.92),
        (" ".join([PACT] * 20), 0.994),
        (" ".join([PACT] * 50), 0.999),
        # topics, not tone
        (
            "The partnership covers joint exercises, missile defence and the fight against "
            "terrorism.",
            -0.778,
        ),
        # negation flips praise
        ("The partnership has never been stronger.", -0.292),
        # no word of the lexicon
        ("The so-called partnership has not delivered.", 0.0),
        # "no" is a word of the lexicon
        ("No decision was taken.", -0.296),
        # free 2.3, agreement 2.2
        ("The two sides concluded a free trade agreement.", 0.758),
        # the curly apostrophe
        ("I don't like it", -0.28),
        ("I don’t like it", 0.36),
    ],
)
def test_misreadings_of_news(text, compound):
    digits = len(str(compound).rpartition(".")[2])
    half = 0.5 * 10**-digits + 1e-9  # the table gives two or three digits
    assert polarity(text)["compound"] == pytest.approx(compound, abs=half)


def test_polarity_takes_text_only():
    with pytest.raises(TypeError) as caught:
        polarity(None)
    assert str(caught.value) == "`text` must be a str; not NoneType. Give the text itself."


LOADED = ["great", "good", "bad", "crisis", "no", "kind", "shit", "bomb", "right", "GREAT", "Great"]
RULES = ["very", "VERY", "hardly", "not", "never", "isn't", "without", "least", "at", "so", "this"]
RULES += [
    "but",
    "But",
    "of",
    "sort",
    "just",
    "enough",
    "the",
    "ass",
    "yeah",
    "death",
    "mouth",
    "to",
]
PLAIN = ["partner", "EU", "a", "x_", "X_", "said", "U.S.", "so-called"]


@given(
    st.lists(st.sampled_from(LOADED + RULES + PLAIN), max_size=14),
    st.sampled_from(["", " !", " ? ?", " ! ! ! ! !"]),
)
@settings(max_examples=500, deadline=None)
def test_ratings_add_up_to_the_compound_of_nltk(words, marks):
    rater = _rater()
    known = [word for form in words if (word := rater.word(form)) is not None]
    rated = rater.rate(known)
    text = " ".join(words) + marks
    assert rater.compound([valence for _, valence, _ in rated], text) == polarity(text)["compound"]
    for i, valence, rule in rated:
        if rule == "lexicon":
            assert valence == vader_words()[known[i].text.lower()]


def _rater(made=[]):  # noqa: B006 (one for all examples)
    made or made.append(Rater(vader_words()))
    return made[0]


@pytest.mark.parametrize(
    ("sentence", "ratings"),
    [
        ("a great success", {"great": (3.1, "lexicon"), "success": (2.7, "lexicon")}),
        ("a very good deal", {"good": (1.9 + 0.293, "boosted by 'very'")}),
        ("hardly good", {"good": (1.9 - 0.293, "damped by 'hardly'")}),
        ("not good", {"good": (1.9 * -0.74, "negated by 'not'")}),
        (
            "never been very good",
            {"good": ((1.9 + 0.293) * -0.74, "boosted by 'very'; negated by 'never'")},
        ),
        ("it is GOOD", {"good": (1.9 + 0.733, "capitals")}),
        ("IT IS GOOD", {"good": (1.9, "lexicon")}),  # all in capitals: no emphasis
        (
            "good but bad",
            {
                "good": (0.95, "but-clause: halved before 'but'"),
                "bad": (-3.75, "but-clause: raised after 'but'"),
            },
        ),
        ("the least good deal", {"good": (1.9 * -0.74, "negated by 'least'")}),
        ("it is sort of good", {"good": (1.9 - 0.293, "damped by 'sort of'")}),
        ("we were never so good", {"good": ((1.9 + 0.293) * 1.5 * 1.25, NEVER_SO)}),
        ("this is the bomb", {"bomb": (3, "idiom")}),
        ("kind of a plan", {}),  # NLTK takes "kind of" for a dampener, not for kindness
    ],
)
def test_each_rule_is_named(sentence, ratings):
    rater = _rater()
    words = [word for form in sentence.split() if (word := rater.word(form)) is not None]
    found = {words[i].text.lower(): (valence, rule) for i, valence, rule in rater.rate(words)}
    assert found.keys() == ratings.keys()
    for word, (valence, rule) in ratings.items():
        assert found[word][0] == pytest.approx(valence, abs=1e-12)
        assert found[word][1] == rule


def test_copies_are_judged_where_the_first_one_stands():
    rater = _rater()
    words = [rater.word(form) for form in ["not", "good", "it", "was", "good"]]
    assert [(i, rule) for i, _, rule in rater.rate(words)] == [
        (1, "negated by 'not'"),
        (4, "negated by 'not'; as where it first stands"),
    ]


def test_overrides_change_values_and_zero_takes_a_word_out():
    lexicon = vader_lexicon({"United": 0, "pact": 1.5}, name="mine")
    assert "united" not in lexicon.values
    assert lexicon.values["pact"] == 1.5
    assert lexicon.values["great"] == 3.1
    assert lexicon.notes == ("mine: VADER with 2 values of your own: pact 1.5, united 0.",)
    assert vader_lexicon().values["united"] == 1.8


def test_overrides_keep_to_the_scale():
    with pytest.raises(ValueError, match=r".") as caught:
        vader_lexicon({"great": 5})
    message = "`vader-own['great']` must be a valence from -4 to 4; not 5.0. Use VADER's scale."
    assert str(caught.value) == message


def test_the_news_overrides_are_shown_each_with_its_reason():
    frame = news_overrides().frame
    assert {"united", "security", "defence", "agreement"} <= set(frame["word"])
    assert frame["vader"].notna().all()
    assert (frame["vader"] != frame["news"]).all()
    assert frame["reason"].str.len().min() > 5
    assert frame["word"].is_monotonic_increasing
    assert frame["word"].is_unique
    assert not set(frame["word"]) & set(news_lexicon().values)


def test_plain_lexicon_counts_words_by_value_longest_stem_first():
    look = LookUp({"good": 1, "cooperat*": 2, "co*": -1, "Café": 3})
    forms = ["Good", "cooperation", "COOPERATE", "coal", "goods", "CAFE\u0301", "x"]
    assert [look.word(form).value for form in forms] == [1, 2, 2, -1, None, 3, None]


def test_plain_lexicon_from_files(tmp_path):
    tsv, csv = tmp_path / "own.tsv", tmp_path / "own.csv"
    tsv.write_text("word\tvalue\twhy\n# a remark\ngood\t1.5\tpraise\n\nnot so\t-1\n", "utf-8")
    csv.write_bytes('\ufeffgood,1.5\r\n"bad",-2\r\n'.encode())
    assert read_values(tsv) == {"good": 1.5, "not so": -1.0}
    assert read_values(csv) == {"good": 1.5, "bad": -2.0}
    lexicon = plain_lexicon("own", tsv)
    assert lexicon.values == {"good": 1.5}
    assert lexicon.notes == ("own: 1 of 2 entries are phrases and are not used.",)
    assert lexicon.scale == 1.5
    assert plain_lexicon("none", {}).scale == 1


def test_a_bad_line_is_named(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text("good\t1\nbad\tminus two\n", "utf-8")
    with pytest.raises(DataError) as caught:
        plain_lexicon("own", path)
    assert str(caught.value) == (
        f"{path}:2: no word and number in 'bad\\tminus two'. Nothing was scored. "
        "Write the word, a tab or comma, and its value."
    )


def test_a_bad_value_is_named():
    with pytest.raises(ValueError, match=r".") as caught:
        plain_lexicon("own", {"good": "much"})
    assert str(caught.value) == (
        "`own['good']` must be a number; not 'much'. Give a value such as 1 or -2.5."
    )


def test_nltk_is_loaded_when_it_is_needed_and_vadersentiment_never():
    code = (
        "import sys; from corpuskit.analysis.tone import vader; before = 'nltk' in sys.modules;"
        "vader.polarity('good'); print(before, 'vaderSentiment' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
