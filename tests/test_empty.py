"""Empty is a case: every verb on an empty corpus, on a corpus without words, on no hits."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib as mpl
import pytest

import corpuskit as ck

FULL = [
    {"id": "a", "outlet": "A", "date": "2026-01-27", "text": "A partner met a partner."},
    {"id": "b", "outlet": "B", "date": "2026-01-28", "text": "No news."},
]
CORPORA = {
    "no articles": ck.Corpus.from_frame([]),
    "no words": ck.Corpus.from_frame([{"text": " … !\n"}, {"text": ""}]),
    "no such outlet": ck.Corpus.from_frame(FULL).where(outlet="C"),
    "no hits": ck.Corpus.from_frame(FULL),
}
VERBS: dict[str, Callable[[ck.Corpus, ck.Hits], ck.Result]] = {
    "card": lambda corpus, hits: corpus.card(),
    "expect": lambda corpus, hits: corpus.expect(articles=1),
    "paragraphs": lambda corpus, hits: corpus.paragraphs(),
    "sentences": lambda corpus, hits: corpus.sentences(),
    "tokens": lambda corpus, hits: corpus.tokens(),
    "cuts": lambda corpus, hits: corpus.cuts(),
    "frequency_list": lambda corpus, hits: ck.frequency_list(corpus),
    "frequency_list by": lambda corpus, hits: ck.frequency_list(corpus, by="outlet"),
    "ngrams": lambda corpus, hits: ck.ngrams(corpus, 3),
    "ngrams by": lambda corpus, hits: ck.ngrams(corpus, 2, by="date"),
    "kwic": lambda corpus, hits: ck.kwic(hits).sort("1L outlet").sample(3, seed=1, by="outlet"),
    "dispersion": lambda corpus, hits: ck.dispersion(hits),
    "dispersion by": lambda corpus, hits: ck.dispersion(hits, by="outlet"),
    "rates": lambda corpus, hits: ck.rates(hits),
    "rates by": lambda corpus, hits: ck.rates(hits, by="outlet"),
    "rates by zone": lambda corpus, hits: ck.rates(hits, by="zone"),
    "compare": lambda corpus, hits: ck.compare(corpus, ["nowhere", "partner*"], by="outlet"),
    "keyness": lambda corpus, hits: ck.keyness(corpus.where(outlet="C"), corpus),
    "collocates": lambda corpus, hits: ck.collocates(hits),
    "sentiment_around": lambda corpus, hits: ck.sentiment_around(hits),
    "sentiment baseline": lambda corpus, hits: ck.sentiment_around(hits).baseline(),
    "sentiment by": lambda corpus, hits: ck.sentiment_around(hits).by("outlet"),
    "near_duplicates": lambda corpus, hits: ck.near_duplicates(corpus),
    "trend": lambda corpus, hits: ck.trend(hits, every="week"),
    "absent": lambda corpus, hits: ck.absent(corpus.where(outlet="C"), corpus),
    "clusters": lambda corpus, hits: ck.clusters(hits, 1, min_freq=1),
}


def columns_of(verb: str, corpus: ck.Corpus) -> list[str]:
    result = VERBS[verb](corpus, corpus.find("partner*"))
    return [str(name) for name in result.to_frame().columns]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", CORPORA)
def test_answers_with_the_columns_it_always_has(verb: str, name: str) -> None:
    corpus = CORPORA[name]
    result = VERBS[verb](corpus, corpus.find("nowhere"))
    assert list(result.to_frame().columns) == columns_of(verb, ck.Corpus.from_frame(FULL))
    assert repr(result)
    assert result._repr_html_().startswith("<div class=")
    assert "nan" not in repr(result).lower().split()
    assert "inf" not in repr(result).lower().split()


PLOTS: dict[str, str] = {
    "frequency_list": "frequency_list",
    "ngrams": "ngrams",
    "kwic": "kwic",
    "dispersion": "dispersion",
    "rates by": "rates",
    "compare": "compare",
    "keyness": "keyness",
    "collocates": "collocates",
    "sentiment_around": "sentiment",
    "near_duplicates": "near_duplicates",
    "trend": "trend",
}


@pytest.mark.parametrize("verb", PLOTS)
@pytest.mark.parametrize("name", CORPORA)
def test_plots_draw_and_describe_what_is_empty(verb: str, name: str) -> None:
    corpus = CORPORA[name]
    with mpl.rc_context({"figure.max_open_warning": 0}):
        ax = getattr(ck.plot, PLOTS[verb])(VERBS[verb](corpus, corpus.find("nowhere")))
        assert ck.plot.describe(ax)
        ax.figure.clear()


def test_exports_of_nothing_have_a_heading(tmp_path) -> None:  # type: ignore[no-untyped-def]
    corpus = CORPORA["no articles"]
    ck.export.to_csv(ck.kwic(corpus.find("nowhere")), tmp_path / "none.csv")
    heading = (tmp_path / "none.csv").read_text("utf-8").replace('"', "").strip()
    assert heading == "article,outlet,date,start,end,left,node,right"


def test_nltk_of_nothing() -> None:
    assert CORPORA["no articles"].to_nltk().tokens == []
