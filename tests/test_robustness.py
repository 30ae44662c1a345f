"""A claim in several versions: planted fragile effects are flagged, strong ones are not."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from corpuskit.analysis.claims.claim import (
    ALPHA,
    CollocateClaim,
    KeywordClaim,
    RateClaim,
    ToneClaim,
)
from corpuskit.analysis.claims.evidence import Reading, between_groups, round_nodes
from corpuskit.analysis.claims.versions import COLUMNS, robustness
from corpuskit.analysis.collocations.collocation import collocates
from corpuskit.analysis.comparing.comparison import compare
from corpuskit.analysis.copies.duplicates import near_duplicates
from corpuskit.analysis.keys.keywords import keyness
from corpuskit.analysis.tone.baseline import Drawing
from corpuskit.analysis.tone.sentiment import sentiment_around
from corpuskit.corpus.corpus import Corpus, read_corpus

DATA = Path(__file__).parents[1] / "data"
PLANTED = json.loads((DATA / "planted.json").read_text("utf-8"))
FRAGILE, ROBUST = PLANTED["fragile"], PLANTED["robust"]


@pytest.fixture(scope="module")
def taught() -> Corpus:
    return read_corpus(DATA / "raw")


def filler(n: int, words: int = 60) -> str:
    """Return words that no other article has, so that no two articles are alike."""
    return " ".join(f"w{n}x{k}" for k in range(words))


def made(groups: dict[str, list[str]]) -> Corpus:
    """Return a corpus of texts by outlet, each followed by words of its own."""
    rows = [(outlet, text) for outlet, texts in groups.items() for text in texts]
    return Corpus.from_frame(
        [
            {"id": f"{outlet}{n}", "outlet": outlet, "text": f"{text} {filler(n)}"}
            for n, (outlet, text) in enumerate(rows)
        ]
    )


def one_report() -> Corpus:
    """One report of A has the word sixty times, the others as often as those of B."""
    return made({"A": ["pact"] * 9 + ["pact " * 60], "B": ["pact"] * 10})


def reprints() -> Corpus:
    """Six articles of A print the same report; without them one article of A has the word."""
    wire = "pact pact pact " + " ".join(f"story{k}" for k in range(60))
    rows = [{"outlet": "A", "text": wire} for _ in range(6)]
    rows += [{"outlet": "A", "text": filler(n)} for n in range(4)]
    rows += [{"outlet": "B", "text": filler(n + 10)} for n in range(10)]
    return Corpus.from_frame(rows)


def even() -> Corpus:
    """Each report of A has the word six to eight times, each of B at most once."""
    return made({"A": ["pact " * (6 + n % 3) for n in range(10)], "B": ["pact", "none"] * 5})


def far() -> Corpus:
    """The word stands eight words before the node, never nearer."""
    between = " ".join(f"g{k}" for k in range(7))
    return Corpus.from_frame([{"text": f"far {between} node " + "g1 g2 " * 40} for _ in range(20)])


def near() -> Corpus:
    """The word stands next to the node in every article."""
    return made({"A": [f"near node a{n} b{n}" for n in range(25)]})


def topics() -> Corpus:
    """The node stands beside words that name topics; only VADER itself takes them for tone."""
    rows = [
        f"The pact is a security agreement. It was a good day {n}. It was a bad day {n}."
        for n in range(12)
    ]
    return Corpus.from_frame([{"outlet": "A", "text": text} for text in rows])


def warm() -> Corpus:
    """The node stands beside praise, everything else is even."""
    rows = [
        f"The pact is a great success. It was a good day {n}. It was a bad day {n}."
        for n in range(12)
    ]
    return Corpus.from_frame([{"outlet": "A", "text": text} for text in rows])


# -- what was planted ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corpus", "claim", "turned"),
    [
        (one_report, KeywordClaim("pact", "A"), "without A9"),
        (one_report, RateClaim("pact", "A"), "without A9"),
        (reprints, RateClaim("pact", "A"), "without 5 reprints"),
        (reprints, KeywordClaim("pact", "A"), "without 5 reprints"),
        (far, CollocateClaim("node", "far", window=10), "window 5"),
        (topics, ToneClaim("pact"), "lexicon vader-news"),
    ],
    ids=["keyword-report", "rate-report", "rate-reprints", "key-reprints", "window", "lexicon"],
)
def test_a_planted_fragile_effect_is_flagged(corpus, claim, turned):
    result = robustness(corpus(), claim, lemma=False)
    assert result.verdict == "fragile"
    rows = result.frame.set_index("version")["agrees"]
    assert rows.any()
    assert not rows[turned]


@pytest.mark.parametrize(
    ("corpus", "claim"),
    [
        (even, RateClaim("pact", "A")),
        (even, KeywordClaim("pact", "A")),
        (even, RateClaim("pact", "B", direction="less")),
        (near, CollocateClaim("node", "near")),
        (warm, ToneClaim("pact")),
    ],
)
def test_a_planted_strong_effect_is_not(corpus, claim):
    result = robustness(corpus(), claim)
    assert result.verdict == "holds"
    assert result.frame["agrees"].all()
    assert result.summary == f"{len(result)} of {len(result)} versions agree: holds"


@pytest.mark.parametrize("kind", [RateClaim, KeywordClaim])
@pytest.mark.parametrize("word", [FRAGILE["word"], FRAGILE["word"] + "*"])
def test_the_fragile_word_of_the_teaching_corpus(taught, kind, word):
    result = robustness(taught, kind(word, FRAGILE["outlet"]))
    assert result.verdict == "fragile"
    rows = result.frame.set_index("version")
    assert rows.loc[f"without {FRAGILE['file']}", "says"] == "open"
    assert rows.loc["measure: log ratio" if kind is RateClaim else "as stated", "says"] == "more"
    low, high = FRAGILE["difference_interval_95"]
    drawn = rows[rows["measure"] == "rate difference"].iloc[0]
    assert (drawn["low"], drawn["high"]) == pytest.approx((low, high), abs=0.5)


@pytest.mark.parametrize(
    "claim",
    [
        RateClaim(ROBUST["node"], ROBUST["high"]),
        RateClaim(ROBUST["node"], "plumb-line"),
        KeywordClaim("cordial", "defence-bulletin"),
        CollocateClaim("partner*", "strategic"),
        ToneClaim("partner*", "defence-bulletin"),
        ToneClaim("partner*", "plumb-line", direction="less"),
    ],
    ids=lambda claim: f"{type(claim).__name__}-{claim.pattern}-{claim.direction}",
)
def test_the_robust_findings_of_the_teaching_corpus(taught, claim):
    assert robustness(taught, claim).verdict == "holds"


def test_a_gap_that_ends_near_0_does_not_hold(taught):
    result = robustness(taught, RateClaim(ROBUST["node"], "ledger-daily", direction="less"))
    assert result.verdict == "fragile"
    rows = result.frame.set_index("version")
    assert rows.loc["as stated", "says"] == "less"
    assert -1 < rows.loc["as stated", "high"] < 0
    assert rows.loc["without 3 reprints", "says"] == "open"


@pytest.mark.parametrize(
    "claim",
    [
        RateClaim("partner*", "meridian-wire"),
        CollocateClaim("partner*", "the"),
        ToneClaim("partner*"),
    ],
    ids=lambda claim: type(claim).__name__,
)
def test_what_nobody_planted_is_not_found(taught, claim):
    result = robustness(taught, claim)
    assert result.verdict == "not found"
    assert result.summary == f"0 of {len(result)} versions agree: not found"


# -- the first row is the figure that the other functions show ------------------------------


def test_a_rate_claim_begins_with_the_row_of_compare(taught):
    frame = compare(taught, "partner*").frame.set_index("outlet")
    for outlet in frame.index:
        row = robustness(taught, RateClaim("partner*", outlet), lemma=False).frame.iloc[0]
        expected = frame.loc[outlet, ["difference", "low", "high"]].tolist()
        assert row[["value", "low", "high"]].tolist() == pytest.approx(expected, rel=1e-12)


def test_a_keyword_claim_begins_with_the_row_of_keyness(taught):
    target = taught.where(outlet="plumb-line")
    rest = taught.where(outlet=lambda name: name != "plumb-line")
    row = keyness(target, rest, alpha=ALPHA).frame.set_index("word").loc["taxpayer"]
    found = robustness(taught, KeywordClaim("taxpayer", "plumb-line")).frame.iloc[0]
    assert found["value"] == pytest.approx(row["log_ratio"], rel=1e-12)
    assert found["low"] == pytest.approx(row["conservative_log_ratio"], rel=1e-12)
    assert np.isnan(found["high"])


@pytest.mark.parametrize("within", [None, "sentence"])
def test_a_collocate_claim_has_the_rows_of_collocates(taught, within):
    claim = CollocateClaim("partner*", "strategic", window=4, within=within)
    rows = robustness(taught, claim, windows=(4, 8)).frame.set_index("version")
    other = "article" if within else "sentence"
    ways = {"as stated": (4, within), "window 8": (8, within)}
    ways[f"windows end with the {other}"] = (4, None if within else "sentence")
    for name, (window, bound) in ways.items():
        table = collocates(taught.find("partner*"), (window, window), within=bound)
        row = table.frame.set_index("word").loc["strategic"]
        found = rows.loc[name]
        assert found["n"] == row["O11"]
        assert found["value"] == pytest.approx(row["log_ratio"], rel=1e-12)
        assert found["low"] == pytest.approx(row["conservative_log_ratio"], rel=1e-12)
    assert "window 4" not in rows.index


def test_a_tone_claim_has_the_rows_of_the_baseline(taught):
    hits = taught.find("partner*")
    claim = ToneClaim("partner*", "plumb-line", direction="less", window=5)
    rows = robustness(taught, claim).frame.set_index("version")
    ways = {
        "as stated": ("vader", 5),
        "window 10": ("vader", 10),
        "whole sentence": ("vader", None),
    }
    ways["lexicon vader-news"] = ("vader-news", 5)
    for name, (lexicon, window) in ways.items():
        tone = sentiment_around(hits, lexicons=lexicon, window=window).by("outlet").frame
        row = tone.set_index("outlet").loc["plumb-line"]
        expected = row[["difference", "low", "high"]].tolist()
        assert rows.loc[name, ["value", "low", "high"]].tolist() == pytest.approx(expected)
        assert rows.loc[name, "n"] == row["units"] - row["no_evidence"]
    whole = robustness(taught, ToneClaim("partner*"), windows=(), lexicons=()).frame
    expected = sentiment_around(hits).baseline().frame.iloc[0]
    assert whole["value"][0] == pytest.approx(expected["difference"], rel=1e-12)
    assert whole["version"].tolist()[:1] == ["as stated"]
    assert not whole["version"].str.startswith(("window", "lexicon")).any()


def test_articles_alike_is_the_mean_of_their_rates():
    corpus = made({"A": ["pact pact", "none"], "B": ["none", "pact"]})
    result = robustness(corpus, RateClaim("pact", "A"), lemma=False)
    row = result.frame.set_index("version").loc["measure: mean rate difference"]
    assert row["value"] == pytest.approx(10_000 * ((2 / 62 + 0) / 2 - (0 + 1 / 61) / 2))


def test_the_carrier_is_the_article_whose_removal_weakens_the_claim_most(taught):
    hits = taught.find("partner*")
    for sign, group in ((1, "plumb-line"), (-1, "ledger-daily")):
        evidence = between_groups(hits, "outlet", group)
        left = {}
        for name in evidence.articles:
            part = taught.where(id=lambda one, name=name: one != name)
            row = compare(part, "partner*", draws=1).frame.set_index("outlet").loc[group]
            left[name] = round(sign * row["difference"], 6)
        assert left[evidence.carrier(sign)] == min(left.values())


def test_windows_and_elsewhere_are_all_words_outside_the_nodes(taught):
    nodes, words = taught.find("partner*"), taught.find("strategic|partner")
    a, c, b, d = round_nodes(nodes, words, 5, None).totals
    assert a + b == len(taught.find("strategic"))  # "partner" is a node itself
    assert c + d == len(taught.words) - int(nodes.size.sum())


# -- the versions --------------------------------------------------------------------------


def test_base_forms_widen_the_pattern_and_the_collocate():
    rows = [{"text": f"strategic partners met {filler(n)}"} for n in range(12)]
    rows += [{"text": f"strategic partner meets {filler(n + 20)}"} for n in range(12)]
    frame = robustness(Corpus.from_frame(rows), CollocateClaim("partner", "met")).frame
    counts = frame.set_index("version")["n"]
    assert (counts["as stated"], counts["base forms (lemmas)"]) == (0, 24)


def test_without_the_package_a_note_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "simplemma", None)
    result = robustness(even(), RateClaim("pact", "A"))
    assert "base forms (lemmas)" not in result.frame["version"].tolist()
    assert (
        "No version by base forms. Base forms need the package simplemma, which is not installed. "
        "Install simplemma, or corpuskit with its extra `words`, and start Python again."
    ) in result.notes
    assert robustness(even(), RateClaim("pact", "A"), lemma=False).verdict == "holds"


def test_stories_may_be_given_and_no_reprints_are_said():
    corpus = reprints()
    given = robustness(corpus, RateClaim("pact", "A"), stories=near_duplicates(corpus))
    assert repr(given) == repr(robustness(corpus, RateClaim("pact", "A")))
    alone = "No article repeats an earlier one: there is no version without reprints."
    assert alone in robustness(even(), RateClaim("pact", "A")).notes


def test_what_the_result_says():
    result = robustness(one_report(), KeywordClaim("pact", "A"), lemma=False)
    assert dict(result.frame.dtypes.astype(str)) == dict.fromkeys(COLUMNS, "object") | {
        "n": "int64",
        "value": "float64",
        "low": "float64",
        "high": "float64",
        "agrees": "bool",
    }
    assert list(result.params) == ["claim", "lemma", "level", "draws", "seed"]
    assert result.caption == (
        "Robustness(claim=KeywordClaim(pattern='pact', group='A', by='outlet', direction='more'), "
        "lemma=False, level=0.95, draws=2000, seed=1): 1 of 4 versions agree: fragile"
    )
    assert result.notes == (
        "Verdict: holds = every version agrees; fragile = some agree and some do not; not found = "
        "no version agrees. A version agrees if it says 'more'; open: 0 not excluded.",
        "Not in agreement: measure: rate difference; measure: mean rate difference; without A9.",
        "rate difference: side one - side two, hits per 10,000 words; articles are drawn again.",
        "mean rate difference: the same with the mean of the article rates, so that each article "
        "counts alike.",
        "log ratio: bits, words as independent draws; low or high is the end of the interval "
        "nearest 0, 0 where the interval holds 0.",
        "One thing is changed at a time; the versions are no independent tests.",
        "No article repeats an earlier one: there is no version without reprints.",
    )
    assert result._repr_html_() == result._repr_html_()
    assert repr(result) == repr(robustness(one_report(), KeywordClaim("pact", "A"), lemma=False))


def test_explain_shows_both_sides_and_the_formula():
    result = robustness(one_report(), RateClaim("pact", "A"), lemma=False)
    plain = result.explain("as stated")
    assert plain.frame["side"].tolist() == ["A", "the rest"]
    assert plain.frame["count"].tolist() == [69, 10]
    assert plain.frame["size"].tolist() == [669, 610]
    value = result.frame["value"][0]
    assert plain.notes[0] == f"rate difference = 10,000 × (69 / 669 - 10 / 610) = {value:,.3f}."
    assert plain.notes[1].startswith("Interval, articles drawn again: ")
    assert plain.notes[2] == "It says 'open'."
    assert repr(result.explain(0)) == repr(plain)
    words = result.explain("measure: log ratio").notes
    assert words[0].startswith("log ratio = log2((69 / 669) / (10 / 610)) = 2.65")
    assert words[1].startswith("End of its interval nearest 0: ")
    alike = result.explain("measure: mean rate difference").notes[0]
    assert alike.startswith("mean rate difference: mean of article rates, side one - side two = ")
    tone = robustness(warm(), ToneClaim("pact"), lemma=False)
    assert tone.explain(0).notes[0].startswith("score difference = ")
    few = made({"A": ["pact"], "B": ["none", "pact"]})
    lonely = robustness(few, RateClaim("pact", "A"), lemma=False).explain(0)
    assert lonely.notes[1] == "No interval: fewer than two articles on a side."
    assert "<table>" in lonely._repr_html_()


@pytest.mark.parametrize("version", ["nothing", 9, -1, None])
def test_explain_refuses_what_is_not_there(version):
    result = robustness(even(), RateClaim("pact", "A"), lemma=False)
    message = f"`version` must be a version of this table; not {version!r}. See the column version."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        result.explain(version)


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        (Reading(2.0, 1.0, 3.0), "more"),
        (Reading(-2.0, -3.0, -1.0), "less"),
        (Reading(2.0, 0.0, 3.0), "open"),
        (Reading(2.0, float("nan"), float("nan")), "open"),
        (Reading(-2.0, float("nan"), -0.1), "less"),
    ],
)
def test_what_an_interval_says(reading, says):
    assert reading.says == says


# -- empty, alone, wrong ---------------------------------------------------------------------

CLAIMS = [RateClaim("pact", "A"), KeywordClaim("pact", "A")]
CLAIMS += [CollocateClaim("pact", "talks"), ToneClaim("pact"), ToneClaim("pact", "A")]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: type(claim).__name__)
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("A", "pact talks are good. They are bad.")],
        [("A", ""), ("B", "")],
        [("A", "nothing here"), ("A", "nor there"), ("B", "no")],
    ],
)
def test_little_text_gives_no_verdict_and_no_error(claim, rows):
    table = pd.DataFrame(rows, columns=["outlet", "text"])
    result = robustness(Corpus.from_frame(table) if rows else Corpus([]), claim)
    assert list(result.frame) == list(COLUMNS)
    assert result.verdict == "not found"
    assert set(result.frame["says"]) <= {"open"}
    assert (len(result) == 0) is (not rows)
    assert repr(result)


def test_labels_that_are_no_text_are_found():
    texts = [f"The pact is a great success {n}. It was bad." for n in range(6)]
    rows = [{"year": 2025 + n % 2, "text": text} for n, text in enumerate(texts)]
    claim = ToneClaim("pact", "2025", by="year")
    assert robustness(Corpus.from_frame(rows), claim).frame["n"][0] == 3


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: RateClaim("pact", "A", direction="higher"),
            "`direction` must be one of 'more', 'less'; not 'higher'. Choose one of these.",
        ),
        (
            lambda: CollocateClaim("pact", "talks", window=0),
            "`window` must be a whole number of words, 1 or more; not 0. "
            "Give for instance window=5.",
        ),
        (
            lambda: CollocateClaim("pact", "talks", within="page"),
            "`within` must be one of 'sentence'; not 'page'. Choose one of these.",
        ),
        (
            lambda: robustness(even(), RateClaim("pact", "Aa")),
            "`group` must be one of 'A', 'B'; not 'Aa'. Did you mean 'A'?",
        ),
        (
            lambda: robustness(even(), ToneClaim("pact", "Aa")),
            "`group` must be one of 'A', 'B'; not 'Aa'. Did you mean 'A'?",
        ),
        (
            lambda: robustness(even(), RateClaim("pact", "headline", by="zone")),
            "`by` must be a column of articles; not 'zone'. Give for instance by='outlet'; "
            "compare(..., by='zone') compares zones.",
        ),
        (
            lambda: robustness(even(), CollocateClaim("pact", "two words")),
            "`word` must be one word; not 'two words'. Give for instance \"strategic\".",
        ),
        (
            lambda: robustness(even(), RateClaim("pact", "A"), windows=(0,)),
            "`windows` must be a whole number of words, 1 or more; not 0. "
            "Give for instance windows=5.",
        ),
        (
            lambda: robustness(even(), RateClaim("pact", "A"), stories="none"),
            "`stories` must be the result of near_duplicates; not 'str'. "
            "Give stories=near_duplicates(corpus).",
        ),
        (
            lambda: robustness(even(), RateClaim("pact", "A"), level=2),
            "`level` must be a share between 0 and 1; not 2. Give for instance level=0.95.",
        ),
    ],
)
def test_wrong_arguments_are_refused(make, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()


def test_something_else_is_no_claim():
    message = (
        "`claim` must be one of RateClaim, KeywordClaim, CollocateClaim, ToneClaim; not str. "
        'Give for instance RateClaim("partner*", group="A").'
    )
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        robustness(even(), "pact")


def test_claims_in_words():
    said = [
        "'pact' is more frequent in outlet 'A' than in the rest",
        "'pact' is more frequent in outlet 'A' than in the rest",
        "'talks' is more frequent within 5 words round 'pact' than elsewhere",
        "the tone round 'pact' is warmer than elsewhere (vader, all words to either side)",
        "the tone round 'pact' in outlet 'A' is warmer than elsewhere (vader, all words to either "
        "side)",
    ]
    assert [claim.in_words for claim in CLAIMS] == said
    assert Drawing() == (0.95, 2000, 1)
