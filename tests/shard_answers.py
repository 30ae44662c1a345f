"""Every answer that must be the same over shards, and what of it is compared: every byte."""

from __future__ import annotations

import inspect
import tempfile
from pathlib import Path

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


def tone(corpus):
    return ck.sentiment_around(node(corpus), draws=50)


def shared(corpus, hits=("partner*", "deal is a deal", "p*")):
    """Return the bytes of a share of some patterns and tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "share.zip")
        found = [corpus.find(pattern) for pattern in hits]
        tables = {"rates": ck.rates(found[0], draws=50), "kwic": ck.kwic(found[1])}
        ck.export.to_share(path, corpus, hits=found, tables=tables, context=2)
        return path.read_bytes()


def opened(corpus):
    """Return what a share says of a corpus; the share is of the same articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "share.zip")
        path.write_bytes(shared(corpus, ("partner*", "deal")))
        share = ck.export.open_share(path, corpus)
        return share.report.to_frame(), share.rebuild().to_frame(), share.hits("deal").to_frame()


def saved(corpus):
    """Return the articles of a corpus that was saved as one store."""
    with tempfile.TemporaryDirectory() as folder:
        corpus.save(Path(folder, "one"))
        return ck.open_corpus(Path(folder, "one")).articles


CLAIMS = {
    "rate": lambda group: ck.RateClaim("partner*", group),
    "key word": lambda group: ck.KeywordClaim("partner*", group, direction="less"),
    "collocate": lambda group: ck.CollocateClaim("partner*", "strategic", within="sentence"),
    "tone": lambda group: ck.ToneClaim("partner*", group, window=4),
}


def claimed(corpus, name, **options):
    claim = CLAIMS[name](corpus.groups_of("outlet")[0][-1])
    return ck.robustness(corpus, claim, draws=50, **options)


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
    "cleaning by outlet": lambda c: ck.cleaning_log(c).by_outlet(),
    "cleaning by rule": lambda c: ck.cleaning_log(c).by_rule(),
    # a corpus and its parts
    "facts": lambda c: c.expect(articles=12, types=9),
    "report": lambda c: c.report.to_frame(),
    "texts": lambda c: [(c.text(n), str(c.page(n)), c.article(n).id) for n in range(len(c))],
    "groups": lambda c: [(name, part.articles) for name, part in c.groups("outlet").items()],
    "zones": lambda c: (c.told_zones, c.groups_of("date")[0], c.where(zone="lead").word_total),
    "chosen": lambda c: (
        post(c).where(zone="body").zones,
        post(c).selected.tolist(),
        post(c).chosen,
    ),
    "totals": lambda c: (c.word_total, c.token_total, c.sentence_total, c.whole, c.every),
    "numbers": lambda c: [
        list(map(int, column))
        for column in (c.words_per_article(), c.sentences_per_article(), c.word_counts())
    ],
    "word forms": lambda c: post(c).word_forms().tolist(),
    "common": lambda c: post(c).common(c.where(zone="body")).articles,
    "nltk": lambda c: list(post(c).to_nltk().tokens),
    "cleaned again": lambda c: c.clean(False).tokens(),
    "undone": lambda c: c.undo("dateline").paragraphs(),
    "saved": lambda c: saved(post(c)),
    # hits
    "hit by hit": lambda c: [
        column.tolist()
        for hits in (node(c), post(c).find("the strategic|pact"))
        for column in (hits.places, hits.first, hits.size, hits.starts, hits.ends, hits.article)
    ],
    "hits in words": lambda c: (
        node(c).pattern,
        node(c).match,
        node(c).case,
        repr(node(c)),
        len(node(c)),
        node(c).longest,
        node(c).caption,
    ),
    "hits by article": lambda c: (node(c).per_article().tolist(), node(c).article_at([0]).tolist()),
    "hits of a part": lambda c: node(c).where(outlet="Post", zone="body").to_frame(),
    "hits within": lambda c: node(c).within(post(c)).to_frame(),
    "hits taken": lambda c: node(c).take([5, 0, 3, 3]).to_frame(),
    "hits taken, of a part": lambda c: node(c).take(range(1, 6)).where(zone="lead").to_frame(),
    "hits taken, none": lambda c: ck.kwic(node(c).take([])),
    "kwic of hits taken": lambda c: ck.kwic(node(c).take([1, 4, 5, 6]), 3).sort("1R"),
    "collocates of hits taken": lambda c: ck.collocates(node(c).take([1, 4, 5, 6]), **LOW),
    "lines": lambda c: [
        (line.text(0), line.sentence(0), str(line.page(0)), len(line))
        for line in [ck.kwic(node(c)).sort("1R")]
    ],
    # base forms
    "lemmas": lambda c: ck.lemma_hits(c, "partner|ally").to_frame(),
    "lemmas of a phrase": lambda c: ck.kwic(ck.lemma_hits(c, "strategic partner | good deal")),
    "lemmas taken": lambda c: ck.rates(ck.lemma_hits(post(c), "Partner").take([0]), draws=50),
    "collocates of lemmas": lambda c: ck.collocates(ck.lemma_hits(c, "partner"), **LOW),
    # claims
    **{f"claim, {name}": lambda c, name=name: claimed(c, name) for name in CLAIMS},
    "claim explained": lambda c: claimed(c, "collocate").explain("window 3"),
    "claim of stories": lambda c: claimed(c, "rate", stories=stories(c), lemma=False),
    # two articles, and reprints
    "differences": lambda c: ck.differences(c, *two(c)),
    "a pair compared": lambda c: stories(c).compare(*two(c)[::-1]),
    "duplicates by sketches": lambda c: ck.near_duplicates(
        c, threshold=0.3, method="minhash", seed=3
    ),
    # more of what results say
    "rates explained": lambda c: ck.rates(node(c), by="outlet", draws=50).explain(1),
    "comparison explained": lambda c: ck.compare(c, "deal", draws=50).explain(0),
    "trend explained": lambda c: ck.trend(node(c), every="month", draws=50).explain(0),
    "absence explained": lambda c: ck.absent(c, {"zebra": 30}, min_freq=1).explain("zebra"),
    "dispersion by outlet explained": lambda c: ck.dispersion(node(c), by="outlet").explain(
        c.groups_of("outlet")[0][0]
    ),
    "methods": lambda c: ck.methods_note(ck.kwic(node(c)), ck.keyness(c, by="outlet", **LOW)),
    "share": lambda c: shared(c),
    "share opened": lambda c: opened(c),
}


def two(corpus):
    """Return the ids of two articles."""
    ids = corpus.articles["id"].tolist()
    return ids[0], ids[len(ids) // 2]


def told(answer):
    """Return everything of an answer that people or files see."""
    if isinstance(answer, tuple | list):
        return list(map(told, answer))
    if not hasattr(answer, "to_frame") and not isinstance(answer, pd.DataFrame):
        return answer
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


def names_of(code):
    """Return every name that an answer uses, in functions of this module as well."""
    found = set(code.co_names)
    for name in code.co_names:
        helper = globals().get(name)
        found |= names_of(helper.__code__) if inspect.isfunction(helper) else set()
    for inner in code.co_consts:
        found |= names_of(inner) if inspect.iscode(inner) else set()
    return found


def few():
    """Return answers that use among them every function of corpuskit that any of them does."""
    chosen, seen = [], set()
    for name in sorted(ANSWERS, key=lambda name: -len(_verbs(name))):
        if _verbs(name) - seen:
            chosen.append(name)
            seen |= _verbs(name)
    return chosen


def _verbs(name):
    """Return the public functions and classes that an answer uses."""
    return names_of(ANSWERS[name].__code__) & {*ck.__all__, "to_frame", "tokens", "sentences"}
