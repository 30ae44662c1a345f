"""Base forms: hits of all forms of a word, and hits widened to them."""

from __future__ import annotations

import re
import sys

import pytest

from corpuskit.analysis.collocations import lemmas
from corpuskit.analysis.collocations.lemmas import by_lemma, lemma_hits
from corpuskit.analysis.comparing.comparison import rates
from corpuskit.corpus.corpus import Corpus

TEXT = (
    "Partners met a Partner. Partnering is no partnership; partnerships are strategic.\n\n"
    "Strategic partners signed. A strategic, partner word. He went, she goes: strategic"
)
TEXTS = [{"id": "a", "text": TEXT}, {"id": "b", "text": "partner signs. They sign pacts."}]
MISSING = (
    "Base forms need the package simplemma, which is not installed. Install simplemma, "
    "or corpuskit with its extra `words`, and start Python again."
)


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.from_frame(TEXTS)


def nodes(hits) -> list[str]:
    return hits.to_frame()["node"].tolist()


@pytest.mark.parametrize(
    ("lemma", "found"),
    [
        ("partner", ["Partners", "Partner", "Partnering", "partners", "partner", "partner"]),
        ("PARTNERS", ["Partners", "Partner", "Partnering", "partners", "partner", "partner"]),
        ("partnership", ["partnership", "partnerships"]),  # a derived word is its own
        ("go", ["went", "goes"]),  # irregular forms
        ("sign|go", ["signed", "went", "goes", "signs", "sign"]),
        ("sign | go", ["signed", "went", "goes", "signs", "sign"]),
        ("strategic partner", ["Strategic partners"]),  # neither over a mark nor a paragraph
        ("strategic partner sign", ["Strategic partners signed"]),
        ("strategic partner | pact", ["Strategic partners", "pacts"]),
        ("treaty", []),
    ],
)
def test_every_form_of_a_base_form_is_a_hit(corpus, lemma, found):
    hits = lemma_hits(corpus, lemma)
    assert nodes(hits) == found
    assert hits.caption == {"pattern": lemma, "match": "lemma"}
    assert (hits.pattern, hits.case) == (lemma, False)


def test_the_longest_hit_of_a_place_is_kept(corpus):
    hits = lemma_hits(corpus, "strategic | strategic partner sign | strategic partner")
    assert nodes(hits) == ["strategic", "Strategic partners signed", "strategic", "strategic"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("partners", ["Partners", "Partner", "Partnering", "partners", "partner", "partner"]),
        ("partnership*", ["partnership", "partnerships"]),
        ("strategic partners", ["Strategic partners"]),
        ("they signed | sign pacts", ["sign pacts"]),
        ("partner signs | she goes", ["partners signed", "she goes", "partner signs"]),
        ("treaty", []),
    ],
)
def test_hits_bring_the_other_forms_along(corpus, pattern, found):
    hits = by_lemma(corpus.find(pattern))
    assert nodes(hits) == found
    assert hits.caption == {"pattern": pattern, "match": "lemma"}


def test_no_phrase_is_made_up_of_two_others(corpus):
    """Runs of base forms are compared as wholes, so that "he goes" is not one of these."""
    assert nodes(by_lemma(corpus.find("he went | she goes"))) == ["He went", "she goes"]
    assert nodes(by_lemma(corpus.find("he goes | she went"))) == []


def test_marks_and_signs_stay_themselves():
    corpus = Corpus.from_frame([{"text": "what? what! a|b f*ck 5 % and 5 %"}])
    hits = corpus.find("? | % | what !", match="exact")
    assert nodes(by_lemma(hits)) == nodes(hits)
    assert len(by_lemma(corpus.find("*"))) == len(corpus.find("*"))


def test_parts_and_empty_corpora_are_looked_through(corpus):
    part = corpus.where(id="b")
    assert nodes(lemma_hits(part, "partner")) == ["partner"]
    assert nodes(by_lemma(part.find("partner"))) == ["partner"]
    assert len(lemma_hits(corpus.where(zone="headline"), "partner")) == 0
    empty = Corpus([])
    assert len(lemma_hits(empty, "partner talk")) == 0
    assert len(by_lemma(empty.find("partner"))) == 0
    assert rates(lemma_hits(corpus, "partner")).frame["hits"].tolist() == [6]


def test_each_form_is_looked_up_once_a_language(corpus, monkeypatch):
    asked: list[str] = []
    real = lemmas.base_of("en")
    monkeypatch.setattr(lemmas, "base_of", lambda code: lambda w: asked.append(w) or real(w))
    lemma_hits(corpus, "partner")
    store = corpus.store
    words = [word for word, known in zip(store.folds, store.fold_is_word, strict=True) if known]
    assert sorted(asked) == sorted([*words, "partner"])
    by_lemma(corpus.where(id="a").find("part*"))
    assert len(asked) == len(words) + 1


def test_other_languages():
    corpus = Corpus.from_frame([{"text": "Les chevaux et le Cheval."}])
    assert nodes(lemma_hits(corpus, "cheval", language="fr")) == ["chevaux", "Cheval"]
    assert nodes(lemma_hits(corpus, "cheval")) == ["Cheval"]


@pytest.mark.parametrize(
    ("lemma", "language", "message"),
    [
        (
            "partner*",
            "en",
            "`lemma` must be base forms without wildcards; not 'partner*'. "
            'Give words, for instance "partner|partnership".',
        ),
        (
            " | ",
            "en",
            "`lemma` must be at least one word; not ' | '. Give for instance \"partner\".",
        ),
        ("", "en", "`lemma` must be at least one word; not ''. Give for instance \"partner\"."),
        (
            "partner",
            "xx",
            "`language` must be a language that simplemma knows; not 'xx'. Give for instance 'en'.",
        ),
    ],
)
def test_wrong_patterns_are_refused(corpus, lemma, language, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        lemma_hits(corpus, lemma, language=language)


def test_wrong_types_are_refused(corpus):
    message = '`hits` must be a Hits; not str. Give what corpus.find("partner*") returns.'
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        by_lemma("partner")
    message = "`corpus` must be a Corpus; not str. Give what read_corpus returns."
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        lemma_hits("corpus", "partner")


def test_a_missing_package_is_named_with_the_remedy(corpus, monkeypatch):
    monkeypatch.setitem(sys.modules, "simplemma", None)
    for call in (lambda: lemma_hits(corpus, "a"), lambda: by_lemma(corpus.find("a"))):
        with pytest.raises(ImportError, match=f"^{re.escape(MISSING)}$"):
            call()
