"""Finding: the one pattern grammar."""

from __future__ import annotations

import contextlib
import itertools
import time

import pytest
from hypothesis import given, settings
from strategies import news_texts

from corpuskit.corpus.corpus import Corpus
from corpuskit.reading.article import Article, Zone

TEXT = (
    "The strategic partnership grows. Strategic partners don’t pay $5 million; a part\u00adner did."
    "\n"
    "Alliance or PARTNERSHIP? India-EU counter‑piracy, “so-called” e\u0301tude (U.S.)."
)


EXAMPLE = 'Give for instance "partner*".'


def found(pattern: str, text: str = TEXT, **how: object) -> list[str]:
    corpus = Corpus.from_frame([{"text": text}])
    return corpus.find(pattern, **how).to_frame()["node"].tolist()


@pytest.mark.parametrize(
    ("pattern", "nodes"),
    [
        ("partnership", ["partnership", "PARTNERSHIP"]),
        ("partner*", ["partnership", "partners", "part\u00adner", "PARTNERSHIP"]),
        ("partner?", ["partners"]),
        ("strategic partner*", ["strategic partnership", "Strategic partners"]),
        ("partner|alliance", ["part\u00adner", "Alliance"]),
        ("strategic partners|partnership", ["strategic partnership", "Strategic partners"]),
        ("strategic partners | alliance", ["Strategic partners", "Alliance"]),
        ("* million", ["5 million"]),
        ("$5 million", ["$5 million"]),  # cut like the text: three tokens
        ("don't", ["don’t"]),
        ("counter-piracy", ["counter‑piracy"]),
        ("étude", ["e\u0301tude"]),
        ("u.s.", ["U.S."]),
        ("“", ["“", "”"]),  # a mark can be found, in any typography …
        ("so-called étude", []),  # … and separates words
        ("did alliance", []),  # no phrase runs from one paragraph to the next
        ("nowhere", []),
        ("or nowhere", []),
    ],
)
def test_glob(pattern: str, nodes: list[str]) -> None:
    assert found(pattern) == nodes


@pytest.mark.parametrize(
    ("pattern", "how", "nodes"),
    [
        (
            "partners?|partnership",
            {"match": "regex"},
            ["partnership", "partners", "part\u00adner", "PARTNERSHIP"],
        ),
        (
            "strategic partner.*",
            {"match": "regex"},
            ["strategic partnership", "Strategic partners"],
        ),
        (r"\d+ m\w+", {"match": "regex"}, ["5 million"]),
        ("Strategic", {"match": "exact"}, ["Strategic"]),
        ("partner", {"match": "exact"}, []),  # the text has a soft hyphen there
        ("PARTNERSHIP?", {"match": "exact"}, ["PARTNERSHIP?"]),  # no wildcard here
        ("PARTNER*", {"case": True}, ["PARTNERSHIP"]),
        ("partner", {"case": True}, ["part\u00adner"]),
        ("P.*", {"match": "regex", "case": True}, ["PARTNERSHIP"]),
        ("Don't|don't", {"case": True}, ["don’t"]),
    ],
)
def test_match_and_case(pattern: str, how: dict[str, object], nodes: list[str]) -> None:
    assert found(pattern, **how) == nodes


def test_one_hit_per_place_the_longest() -> None:
    assert found("a | a b | b", "a b a") == ["a b", "b", "a"]
    assert found("a a", "a a a") == ["a a", "a a"]  # overlapping places are places


def test_no_hit_across_articles() -> None:
    corpus = Corpus.from_frame([{"text": "strategic"}, {"text": "partners"}])
    assert len(corpus.find("strategic partners")) == 0


def test_no_hit_across_what_was_cut() -> None:
    text = "Strategic\n- In WORLD\npartners met"
    zones = (Zone(0, 9, "headline"), Zone(21, 33, "lead"))
    assert len(Corpus([Article("a", text, zones=zones)]).find("strategic partners")) == 0


def test_hits_know_where_they_stand() -> None:
    corpus = Corpus.from_frame([{"id": "x", "text": "No."}, {"id": "y", "text": "A deal, a deal."}])
    hits = corpus.find("deal")
    frame = hits.to_frame()
    assert frame["article"].tolist() == ["y", "y"]
    assert frame[["start", "end"]].to_numpy().tolist() == [[2, 6], [10, 14]]
    assert hits.per_article().tolist() == [0, 2]
    assert repr(hits) == "Hits(pattern='deal'): 2 hits in 1 of 2 articles"
    assert len(hits.where(id="x")) == 0
    assert hits.where(id="x").to_frame().columns.tolist() == ["article", "start", "end", "node"]


@given(news_texts())
@settings(max_examples=1000, deadline=None)
def test_the_span_of_a_hit_is_its_surface(text: str) -> None:
    corpus = Corpus.from_frame([{"text": text}])
    for pattern in ("*", "part*", "don't", "a b|é", "étude", "“"):
        hits = corpus.find(pattern)
        frame = hits.to_frame()
        for row, first, size in zip(frame.itertuples(), hits.first, hits.size, strict=True):
            ids = corpus.store.ids[first : first + size]
            pieces = [corpus.store.types[i] for i in ids]
            assert text[row.start : row.end] == row.node
            assert row.node.startswith(pieces[0])
            assert row.node.endswith(pieces[-1])


@pytest.mark.parametrize("length", [1, 2, 3])
def test_phrases_against_a_plain_loop(length: int) -> None:
    words = ["A", "B"]
    for text in itertools.product([*words, "\n"], repeat=5):
        corpus = Corpus.from_frame([{"text": " ".join(text)}])
        lines = [line.split() for line in " ".join(text).split("\n")]
        for phrase in itertools.product(words, repeat=length):
            plain = sum(
                line[i : i + length] == list(phrase) for line in lines for i in range(len(line))
            )
            assert len(corpus.find(" ".join(phrase))) == plain


@pytest.mark.parametrize(
    ("pattern", "how", "message"),
    [
        ("", {}, f"`pattern` must be at least one word; not ''. {EXAMPLE}"),
        (" | ", {}, f"`pattern` must be at least one word; not ' | '. {EXAMPLE}"),
        (
            "[",
            {"match": "regex"},
            "`pattern` must be a valid expression (unterminated character set at position 1); "
            "not '['. Mend it.",
        ),
        (
            "a",
            {"match": "globb"},
            "`match` must be one of 'glob', 'regex', 'exact'; not 'globb'. Did you mean 'glob'?",
        ),
    ],
)
def test_refuses(pattern: str, how: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        found(pattern, **how)
    assert str(error.value) == message


def test_pattern_must_be_text() -> None:
    with pytest.raises(
        TypeError, match=r'^`pattern` must be a str; not int\. Give for instance "partner\*"\.$'
    ):
        Corpus.from_frame([{"text": "a"}]).find(5)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(a|aa)+$",
        r"(a|a?)+$",
        r"(.*a){20}b",
        r"(\w+\s?)*$",
        r"([a-z]+)*!",
        r"(a*)*b",
        r"(?:a+)+b",
        r"(x+x+)+y",
        r"(.*)*(.*)*(.*)*c",
    ],
)
def test_hostile_patterns_answer_or_refuse(pattern: str) -> None:
    corpus = Corpus.from_frame([{"text": f"{'a' * 40}! {'x' * 40} {'a' * 3000}b"}])
    began = time.monotonic()
    with contextlib.suppress(ValueError):  # refused as too slow, or answered
        corpus.find(pattern, match="regex")
    assert time.monotonic() - began < 10  # the bound is 2 s; a machine under test is busy


@pytest.mark.parametrize(
    ("pattern", "how", "nodes"),
    [
        ("straße", {"match": "regex"}, ["Strasse", "Straße"]),
        ("ﬁsh", {"case": True}, ["fish"]),
        ("Stra*, fi*", {}, ["Straße, fish"]),  # a wildcard beside a mark
        ("(Stra*,", {}, ["(Straße,"]),
        ("||", {}, ["||"]),
    ],
)
def test_typography_of_patterns(pattern: str, how: dict[str, object], nodes: list[str]) -> None:
    assert found(pattern, "Strasse (Straße, fish) ||", **how) == nodes


def test_alternatives_of_a_word_are_words() -> None:
    message = (
        "`pattern` must be one token on each side of |; not 'a|$5'. "
        "Put blanks round the | to part whole patterns."
    )
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        found("a|$5")
    assert str(error.value) == message


def test_hits_stay_in_their_corpus() -> None:
    corpus = Corpus.from_frame([{"text": "a a", "outlet": "A"}, {"text": "a", "outlet": "B"}])
    part = corpus.where(outlet="A").find("a")
    assert repr(part.within(corpus)) == repr(part)
    with pytest.raises(ValueError, match=r"^`part` must be a part of the same corpus; "):
        part.within(Corpus.from_frame([{"text": "a"}]))
