"""The paragraph for the paper says what the results say, and nothing of its own."""

from __future__ import annotations

import platform
import re
from importlib.metadata import version

import pandas as pd
import pytest

from corpuskit.analysis.claims.claim import RateClaim, ToneClaim
from corpuskit.analysis.claims.versions import robustness
from corpuskit.analysis.collocations.lemmas import lemma_hits
from corpuskit.analysis.comparing.comparison import compare, rates
from corpuskit.analysis.copies.duplicates import near_duplicates
from corpuskit.analysis.spread import dispersion
from corpuskit.analysis.telling import methods
from corpuskit.analysis.telling.methods import (
    computed_with,
    intervals_in_words,
    methods_note,
    span_in_words,
)
from corpuskit.analysis.telling.sources import SOURCES, WORKS, works_of
from corpuskit.analysis.tone.sentiment import sentiment_around
from corpuskit.corpus.corpus import Corpus
from corpuskit.result import Result

TEXTS = [("A", "A great pact is a pact."), ("A", "Pact it is."), ("B", "No."), ("B", "Bad deal.")]


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.from_frame([{"outlet": outlet, "text": text} for outlet, text in TEXTS])


EFRON = "Efron & Tibshirani 1993"


def made(params=None, title="Thing", columns=("word",), **more) -> Result:
    return Result(pd.DataFrame(columns=list(columns)), params or {}, title=title, **more)


def body(*results: Result) -> str:
    """Return the note without the sentence on the software."""
    first = methods_note(*results).splitlines()[0]
    return first.split(". ", 1)[1] if ". " in first else first


def test_a_note_in_full(corpus):
    tools = [f"{name} {version(name)}" for name in ("numpy", "pandas", "scipy", "nupunkt")]
    kit = f"corpuskit {version('corpuskit')}"
    assert methods_note(rates(corpus.find("pact"), by="outlet")) == (
        f"Computed with Python {platform.python_version()}, {kit}, {', '.join(tools)}. "
        "Rates per 10,000 words (pattern 'pact'; by outlet; 95 % bootstrap intervals over "
        "articles (2,000 draws, seed 1)): 3 hits in 12 words (Efron & Tibshirani 1993; Hesterberg "
        "2015; Satterthwaite 1946). Hits per 10,000 words. Intervals draw articles again; log-t: "
        "their standard error, on the scale of the logarithm, times Student's t. No hits: B; the "
        "interval ends at 3 / words (rule of three), words taken as independent.\n"
        "References\n"
        + "".join(f"{WORKS[w]}\n" for w in (EFRON, "Hesterberg 2015", "Satterthwaite 1946"))
    )


def test_the_same_results_give_the_same_note_and_no_date(corpus):
    hits = corpus.find("pact")
    note = methods_note(dispersion(hits), compare(corpus, ["pact", "deal"]))
    assert note == methods_note(dispersion(hits), compare(corpus, ["pact", "deal"]))
    assert "patterns 'pact', 'deal'; by outlet" in note
    assert note.splitlines()[1:] == [
        "References",
        *(WORKS[w] for w in (EFRON, "Gries 2008", "Hesterberg 2015", "Lijffijt & Gries 2012")),
        *(WORKS[w] for w in ("Satterthwaite 1946", "Zou & Donner 2008")),
    ]
    assert not re.search(r"\b20(2[4-9]|[3-9]\d)-", note)


def test_notes_are_not_said_twice(corpus):
    hits = corpus.find("pact")
    note = methods_note(rates(hits, by="outlet"), rates(hits, by="outlet", seed=2))
    assert note.count("Intervals draw articles again") == 1
    assert note.count("seed 1") == note.count("seed 2") == 1
    assert note.count("An Introduction to the Bootstrap") == 1


def test_the_unit_of_the_intervals_is_said(corpus):
    stories = near_duplicates(corpus)
    result = rates(corpus.find("pact"), unit="story", stories=stories, level=0.9, draws=20, seed=3)
    assert "90 % bootstrap intervals over stories (20 draws, seed 3)" in body(result)
    assert "(n 5; threshold 0.5; containment 0.8)" in body(stories)


def test_lexicons_and_base_forms_bring_their_packages_and_works(corpus):
    tone = sentiment_around(corpus.find("pact"))
    note = methods_note(tone.by("outlet"), rates(lemma_hits(corpus, "pact")))
    tools = note.split(". Tone", 1)[0]
    for package in ("nltk", "vaderSentiment", "simplemma"):
        assert f"{package} {version(package)}" in tools
    assert "lexicons 'vader'; masked: 'node', 'names'" in note
    assert "pattern 'pact'; matched on base forms" in note
    assert list(WORKS) == sorted(WORKS, key=str.casefold)
    for work in ("Barbaresi", "Hutto & Gilbert 2014", "van Atteveldt et al. 2021"):
        assert WORKS[work] in note.splitlines()
    assert "simplemma" not in methods_note(tone)
    assert "vaderSentiment" not in methods_note(rates(corpus.find("pact")))


def test_a_list_of_reference_words_brings_its_package_and_work():
    note = methods_note(made({"reference": "wordfreq 'en', 5 words"}))
    assert f"wordfreq {version('wordfreq')}. Thing" in note
    assert note.splitlines()[1:] == ["References", WORKS["Speer 2022"]]


def test_a_claim_is_said_in_words(corpus):
    result = robustness(corpus, RateClaim("pact", "A"), draws=50)
    note = methods_note(result)
    claim = "that 'pact' is more frequent in outlet 'A' than in the rest; with base forms"
    assert f"Robustness of a claim ({claim}; 95 % bootstrap" in note
    for work in ("Evert 2022", "Hardie 2014", "Efron & Tibshirani 1993", "Barbaresi"):
        assert WORKS[work] in note
    plain = robustness(corpus, ToneClaim("pact"), draws=50, lemma=False, lexicons=())
    note = methods_note(plain)
    assert "windows of 3, 5, 10 words; without base forms" in note
    assert WORKS["Hutto & Gilbert 2014"] in note
    assert WORKS["Barbaresi"] not in note


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, "Thing: 0 rows."),
        ({"span": (5, 2)}, "Thing (5 words to the left and 2 to the right): 0 rows."),
        ({"min_freq": 5, "min_range": 2}, "at least 5 occurrences; in at least 2 articles"),
        ({"alpha": 0.001}, "(alpha 0.001)"),
        ({"window": 10}, "(10 words on either side)"),
        ({"window": None}, "Thing: 0 rows."),
        ({"within": "sentence"}, "(bounded by the sentence)"),
        ({"match": "regex", "case": True}, "(matched as regex; case kept)"),
        ({"case": False}, "(case ignored)"),
        ({"target": "3 words", "reference": "the rest"}, "(target 3 words; reference the rest)"),
        ({"seed": 4}, "(seed 4)"),  # a seed alone is not that of an interval
        ({"every": "week", "smooth": 3, "odd": True}, "(every 'week'; smooth 3; odd yes)"),
    ],
)
def test_parameters_in_words(params, said):
    assert said in body(made(params))


def test_an_unknown_result_is_called_by_its_title_and_needs_no_works():
    note = methods_note(made(summary="7 things", notes=("Mind this.",)))
    assert note.endswith(". Thing: 7 things. Mind this.\n")
    assert "References" not in note


def test_every_source_is_a_work_and_every_work_is_named():
    assert {work for works in SOURCES.values() for work in works} == set(WORKS)
    assert works_of(["g2", "mi", "g2", "no measure"]) == ["Church & Hanks 1990", "Dunning 1993"]
    for name, work in WORKS.items():
        assert work.startswith(re.split(r" (?:&|et al|\d)", name)[0] + ",")
        assert name == "Barbaresi" or f"({name[-4:]})" in work
        assert work.endswith((".", '".'))


def test_shared_sentences():
    assert span_in_words((4, 0)) == "4 words to the left and 0 to the right"
    assert intervals_in_words(0.95, 2000, 1) == (
        "95 % bootstrap intervals over articles (2,000 draws, seed 1)"
    )
    python = platform.python_version()
    assert computed_with(["no-such-package"]) == (
        f"Computed with Python {python}, no-such-package (version unknown)."
    )
    assert methods.PACKAGES[0] == "corpuskit"


def test_what_is_no_result_is_refused():
    message = "`results` must be one result or more; not (). Give for instance methods_note(rates)."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        methods_note()
    message = "`results` must be a Result; not str. Give what rates, keyness and the others return."
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        methods_note("rates")
