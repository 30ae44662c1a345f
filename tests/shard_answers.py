"""Every answer that must be the same over shards, and what of it is compared: every byte."""

from __future__ import annotations

import pandas as pd

import corpuskit as ck

TEXTS = [
    "The strategic partnership was signed. No partner, no pact: critics fear a bad deal.",
    "Partners met in DELHI; the partners' pact holds. The Partnership is good news!",
    "",
    "A deal is a deal is a deal. The strategic partnership of the strategic partners grew.",
    "— … —",
    "The STRAßE and the strasse. It was not a good deal, said Ms. Rao of Delhi.\n\nNo. 7 was lost.",
    "Delhi said the partnership’s deal is great. The deal, it is said, is a bad partner.",
    "Partner partner partner. The pact of the partners of the pact.",
    "The strategic partnership was signed. No partner, no pact: critics fear a bad deal.",
    "In Delhi the critics fear the pact. Great news of a great deal of the partners.",
    "Fear the deal. The strategic partnership was signed, and Delhi was glad of the deal.",
    "No partner. No deal.",
]


def rows():
    """Return articles: outlets, days (one without), a column of their own, an empty text."""
    return [
        {
            "id": f"n{number:02d}",
            "text": text,
            "outlet": ("Post", "Wire", "")[number % 3],
            "date": f"2026-01-{1 + 2 * number:02d}" if number != 4 else "",
            "page": number % 4,
        }
        for number, text in enumerate(TEXTS)
    ]


def cut(number, shards):
    """Return the borders of `number` articles in shards of unlike size."""
    return [number * n * (n + 1) // (shards * (shards + 1)) for n in range(shards + 1)]


def node(corpus):
    return corpus.find("partner*")


def post(corpus):
    return corpus.where(outlet=corpus.groups_of("outlet")[0][-1])


def first(corpus):
    return corpus.where(outlet=corpus.groups_of("outlet")[0][:2])


def stories(corpus):
    return ck.near_duplicates(corpus, threshold=0.3, containment=0.5)


LOW = {"min_freq": 1, "min_range": 1}

ANSWERS = {
    "articles": lambda c: c.articles,
    "articles of a part": lambda c: post(c).where(zone="lead").articles,
    "hits": lambda c: node(c).to_frame(),
    "card": lambda c: c.card(),
    "card of a part": lambda c: post(c).card(),
    "paragraphs": lambda c: post(c).paragraphs(),
    "sentences": lambda c: c.sentences(),
    "tokens": lambda c: post(c).tokens(),
    "cuts": lambda c: c.cuts(),
    "frequencies": lambda c: ck.frequency_list(c),
    "frequencies by": lambda c: ck.frequency_list(c, by="outlet", without=["the"], case=True),
    "frequencies by zone": lambda c: ck.frequency_list(c.where(zone=["lead", "body"]), by="zone"),
    "ngrams": lambda c: ck.ngrams(c),
    "ngrams by": lambda c: ck.ngrams(c, 3, by="outlet", min_freq=1, without=["the", "of"]),
    "ngrams of 7": lambda c: ck.ngrams(post(c), 7, min_freq=1),
    "kwic": lambda c: ck.kwic(node(c)),
    "kwic sorted": lambda c: ck.kwic(node(c), 4).sort("1R 2R 1L node date"),
    "kwic by node": lambda c: ck.kwic(c.find("strategic partner*|deal|p*"), 2).sort("node outlet"),
    "kwic sampled": lambda c: ck.kwic(node(c)).sort("1L").sample(2, seed=3, by="outlet"),
    "kwic of sentences": lambda c: ck.kwic(node(c), 9, within="sentence").sort("1L 2L").head(5),
    "kwic of nothing": lambda c: ck.kwic(c.find("zebra")).sort("1R"),
    "kwic of a part": lambda c: ck.kwic(node(post(c)).where(zone="body"), 3),
    "kwic of a regex": lambda c: ck.kwic(c.find("p.*s", match="regex", case=True), 3),
    "collocates": lambda c: ck.collocates(node(c), **LOW),
    "collocates of a part": lambda c: ck.collocates(
        node(first(c)), (3, 0), within="sentence", measures="all", **LOW
    ),
    "collocates of stories": lambda c: ck.collocates(
        node(c), unit="story", stories=stories(c), **LOW
    ),
    "collocate explained": lambda c: ck.collocates(node(c), **LOW).explain("the"),
    "keyness": lambda c: ck.keyness(post(c), "rest", measures="all", **LOW),
    "keyness by": lambda c: ck.keyness(c, by="outlet", **LOW),
    "keyness by zone": lambda c: ck.keyness(c, by="zone", **LOW),
    "keyness of runs": lambda c: ck.keyness(post(c), "rest", n=2, **LOW),
    "keyness of zones": lambda c: ck.keyness(c.where(zone="lead"), c.where(zone="body"), **LOW),
    "keyness of a list": lambda c: ck.keyness(c, {"the": 100, "pact": 3, "zebra": 9}, **LOW),
    "keyness of stories": lambda c: ck.keyness(
        post(c), "rest", unit="story", stories=stories(c), **LOW
    ),
    "key word explained": lambda c: ck.keyness(post(c), "rest", **LOW).explain("the"),
    "absent": lambda c: ck.absent(post(c), "rest", min_freq=1),
    "absent from a list": lambda c: ck.absent(c, {"zebra": 30, "the": 4}, min_freq=1),
    "dispersion": lambda c: ck.dispersion(node(c), measures="all"),
    "dispersion by": lambda c: ck.dispersion(node(c), by="outlet"),
    "dispersion by zone": lambda c: ck.dispersion(node(c), by="zone"),
    "dispersion explained": lambda c: ck.dispersion(node(c)).explain(),
    "rates": lambda c: ck.rates(node(c), by="outlet", draws=50),
    "rates by zone": lambda c: ck.rates(node(c), by="zone", draws=50),
    "rates of stories": lambda c: ck.rates(
        node(c), by="outlet", draws=50, unit="story", stories=stories(c)
    ),
    "compare": lambda c: ck.compare(c, ["partner*", "deal"], draws=50, test="permutation"),
    "trend": lambda c: ck.trend(node(c), every="week", by="outlet", draws=50),
    "clusters": lambda c: ck.clusters(node(c), 2, min_freq=1),
    "clusters of a part": lambda c: ck.clusters(first(c).find("of the"), 4, min_freq=1),
    "cluster explained": lambda c: ck.clusters(c.find("deal"), 2).explain("deal is"),
    "tone": lambda c: ck.sentiment_around(node(c), draws=50),
    "tone of a part": lambda c: ck.sentiment_around(
        node(post(c)), window=3, mask=("names",), lexicons=("vader", "vader-news"), draws=50
    ),
    "tone of stories": lambda c: ck.sentiment_around(
        node(c), unit="story", stories=stories(c), draws=50
    ),
    "tone beside the rest": lambda c: ck.sentiment_around(node(c), draws=50).baseline(),
    "tone by outlet": lambda c: ck.sentiment_around(node(c), draws=50).by("outlet"),
    "unit explained": lambda c: ck.sentiment_around(c.find("deal"), draws=50).explain(3),
    "duplicates": lambda c: stories(c),
    "cleaning": lambda c: ck.cleaning_log(c),
}


def told(answer):
    """Return everything of an answer that people or files see."""
    if isinstance(answer, pd.DataFrame):
        return {"csv": answer.to_csv(), "kinds": str(answer.dtypes.to_dict())}
    frame = answer.to_frame()
    shown = {
        "text": repr(answer),
        "html": answer._repr_html_(),
        "csv": frame.to_csv(),
        "kinds": str(frame.dtypes.to_dict()),
    }
    for name in ("parts", "positions", "contributions", "stories", "others"):
        if isinstance(getattr(answer, name, None), pd.DataFrame):
            shown[name] = getattr(answer, name).to_csv()
    return shown
