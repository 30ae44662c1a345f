"""Single hits over shards, however articles are divided: those of one corpus, one by one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpuskit as ck
from corpuskit.analysis.collocations.lemmas import by_lemma

WORDS = ("pact", "pacts", "deal", "Deals", "a", ".", "!")


@st.composite
def divided(draw):
    """Return a corpus, and the same articles as shards; some are empty."""
    texts = draw(st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=1, max_size=6))
    rows = [
        {"id": f"n{n}", "text": " ".join(words), "outlet": "AB"[n % 2]}
        for n, words in enumerate(texts)
    ]
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    parts = [rows[low:high] for low, high in pairwise([0, *cuts, len(rows)])]
    return ck.Corpus.from_frame(rows), ck.Shards([ck.Corpus.from_frame(own) for own in parts])


FOUND = {
    "words": lambda c: c.find("pact*|deal"),
    "phrases of unlike length": lambda c: c.find("pact deal | deal | a pact* a"),
    "base forms": lambda c: ck.lemma_hits(c, "pact|deal | a deal"),
    "hits and their base forms": lambda c: by_lemma(c.find("pact | a deal")),
    "base forms of what was taken": lambda c: by_lemma(c.find("*s").take(range(len(c.find("*s"))))),
}


def facts(hits):
    """Return all that is known of hits."""
    columns = (hits.places, hits.size, hits.starts, hits.ends, hits.article, hits.per_article())
    told = [list(map(int, column)) for column in columns]
    return told, hits.caption, hits.longest, repr(hits), hits.to_frame().to_csv()


@pytest.mark.parametrize("name", FOUND)
@given(both=divided(), data=st.data())
def test_hits_are_those_of_one_corpus(name, both, data):
    near, far = map(FOUND[name], both)
    assert facts(far) == facts(near)
    rows = data.draw(
        st.lists(st.integers(0, len(near) - 1), max_size=4) if len(near) else st.just([])
    )
    some = [hits.take(rows) if rows else hits for hits in (near, far)]
    assert facts(some[1]) == facts(some[0])
    for conditions in ({"outlet": "A"}, {"zone": "lead"}, {"outlet": "C"}):
        one, other = (hits.where(**conditions) for hits in some)
        assert facts(other) == facts(one)
        assert (
            ck.kwic(other, 2).sort("1R").frame.to_csv() == ck.kwic(one, 2).sort("1R").frame.to_csv()
        )
