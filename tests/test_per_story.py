"""Copying one report ten times changes no figure per story, whatever is asked."""

from __future__ import annotations

import numpy as np
import pytest

import corpuskit as ck

WORDS = "The pact with India was praised by Delhi as a great free deal of the no poor war"


def rows(n=24):
    rng = np.random.default_rng(9)
    made = []
    for number in range(n):
        sentences = [" ".join(rng.choice(WORDS.split(), rng.integers(5, 12))) for _ in range(5)]
        text = ". ".join([*sentences, "A pact is a pact", f"Pact number {'ab' * number}"]) + "."
        day = f"2026-01-{number + 1:02d}"
        made.append({"id": f"r{number:02d}", "outlet": "AB"[number % 2], "date": day, "text": text})
    return made


def corpora():
    """The corpus, the corpus with one report copied ten times (five an outlet), and stories."""
    before = rows()
    copy = before[3] | {"date": "2026-02-01"}
    copies = [copy | {"id": f"z{n}", "outlet": "AB"[n % 2]} for n in range(10)]
    pair = [ck.Corpus.from_frame(table) for table in (before, before + copies)]
    return [(corpus, ck.near_duplicates(corpus, threshold=0.9)) for corpus in pair]


PAIR = corpora()


def frame(result):
    return result.to_frame()


VERBS = {
    "rates": lambda c, **s: ck.rates(c.find("pact"), by="outlet", draws=50, **s),
    "rates of zones": lambda c, **s: ck.rates(c.find("pact"), by="zone", draws=50, **s),
    "compare": lambda c, **s: ck.compare(c, ["pact", "war"], draws=50, test="permutation", **s),
    "trend": lambda c, **s: ck.trend(c.find("pact"), "week", draws=50, **s),
    "dispersion": lambda c, **s: ck.dispersion(c.find("pact"), measures="all", **s),
    "dispersion by": lambda c, **s: ck.dispersion(c.find("war"), by="outlet", **s),
    "keyness by": lambda c, **s: ck.keyness(c, by="outlet", min_range=1, measures="all", **s),
    "keyness by zone": lambda c, **s: ck.keyness(c, by="zone", min_range=1, **s),
    "keyness of the rest": lambda c, **s: ck.keyness(c.where(outlet="A"), "rest", n=2, **s),
    "keyness of two": lambda c, **s: ck.keyness(c.where(outlet="A"), c.where(outlet="B"), **s),
    "keyness of a list": lambda c, **s: ck.keyness(c, {"pact": 9, "war": 800}, **s),
    "collocates": lambda c, **s: ck.collocates(c.find("pact"), **s),
    "sentiment": lambda c, **s: ck.sentiment_around(c.find("pact"), **s),
}


@pytest.mark.parametrize("verb", VERBS)
def test_ten_copies_change_nothing_per_story(verb):
    ask = VERBS[verb]
    (few, known), (many, all_known) = PAIR
    before = ask(few, unit="story", stories=known)
    after = ask(many, unit="story", stories=all_known)
    assert len(before) > 0
    assert frame(before).equals(frame(after))
    assert after.params["unit"] == "story"
    assert any("10 of 34 articles repeat an earlier one" in note for note in after.notes)
    assert not frame(ask(many)).equals(frame(ask(few)))  # what each article counts, copies change
    assert frame(ask(few)).equals(frame(before))  # and without reprints a story is an article


def test_what_rests_on_the_scores_stays_as_well():
    (few, known), (many, all_known) = PAIR
    before = ck.sentiment_around(few.find("pact"), unit="story", stories=known, draws=50)
    after = ck.sentiment_around(many.find("pact"), unit="story", stories=all_known, draws=50)
    assert before.contributions.equals(after.contributions)
    assert before.others.equals(after.others)
    assert frame(before.baseline()).equals(frame(after.baseline()))
    assert frame(before.by("outlet")).equals(frame(after.by("outlet")))
    assert frame(before.explain(0)).equals(frame(after.explain(0)))


def test_what_rests_on_a_dispersion_stays_as_well():
    (few, known), (many, all_known) = PAIR
    before = ck.dispersion(few.find("pact"), unit="story", stories=known)
    after = ck.dispersion(many.find("pact"), unit="story", stories=all_known)
    assert before.parts.equals(after.parts)
    assert before.positions.equals(after.positions)
    assert frame(before.explain()).equals(frame(after.explain()))


def test_a_story_is_on_the_side_of_its_earliest_article():
    _, (many, known) = PAIR
    one, two = many.where(id=["r03", "r00", "r02"]), many.where(id=["z0", "z1", "r01"])
    table = ck.keyness(one, two, min_freq=1, min_range=1, unit="story", stories=known)
    assert table.articles == (3, 1)
    back = ck.keyness(two, one, min_freq=1, min_range=1, unit="story", stories=known)
    assert back.articles == (1, 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda c, known: ck.keyness(c, by="outlet", unit="story"),
            "`stories` must be the result of near_duplicates when unit='story'; not 'NoneType'. "
            "Give stories=near_duplicates(corpus).",
        ),
        (
            lambda c, known: ck.keyness(c.where(outlet="A"), "rest", stories=known),
            "`unit` must be 'story' where stories are given; not 'article'. Give unit='story'.",
        ),
        (
            lambda c, known: ck.keyness(c.where(outlet="A"), "rest", unit="stories"),
            "`unit` must be one of 'article', 'story'; not 'stories'. Did you mean 'story'?",
        ),
        (
            lambda c, known: ck.keyness(c, PAIR[1][0], unit="story", stories=known),
            "`unit` must be 'article' where the sides are not parts of one corpus; not 'story'. "
            "Put the articles into one corpus first.",
        ),
        (
            lambda c, known: ck.dispersion(c.find("pact"), unit="word"),
            "`unit` must be one of 'article', 'story'; not 'word'. Choose one of these.",
        ),
        (
            lambda c, known: ck.sentiment_around(c.find("pact"), stories=known),
            "`unit` must be 'story' where stories are given; not 'article'. Give unit='story'.",
        ),
    ],
)
def test_refused(call, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        call(*PAIR[0])
    assert str(error.value) == message
