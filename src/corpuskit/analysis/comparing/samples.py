"""A corpus as samples: for each group, the hits and the words of each of its articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...errors import one_of, refuse
from ...measures.table import Floats, over

PER_WORDS = 10_000  # the unit of every rate
UNITS = ("article", "story")


@dataclass(frozen=True, eq=False)
class Sample:
    """One group: its label, and the hits (articles by patterns) and words of each article."""

    label: str
    hits: Ints
    words: Ints

    def __len__(self) -> int:
        return len(self.words)

    @property
    def rate(self) -> Floats:
        """Hits per 10,000 words, one for each pattern."""
        return np.atleast_1d(over(PER_WORDS * self.hits.sum(axis=0), self.words.sum()))


def counted_articles(
    corpus: Corpus, unit: str, stories: object
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Return which articles count for this unit, and the note on those that do not."""
    if one_of("unit", unit, UNITS) == "article":
        if stories is not None:
            refuse("unit", "'story' where stories are given", unit, "Give unit='story'.")
        return np.ones(len(corpus), bool), ()
    keep = _earliest(corpus, _story_labels(stories))
    said = f"{len(keep) - keep.sum():,} of {len(keep):,} articles repeat an earlier one"
    return keep, (f"Each story counts once, through its earliest article: {said}.",)


def only(corpus: Corpus, keep: NDArray[np.bool_]) -> Corpus:
    """Return the articles of a corpus that are kept, in the same zones, under the same name."""
    part = corpus.where()
    part.selected = corpus.selected[keep]
    return part


def counted_hits(hits: Hits, unit: str, stories: object) -> tuple[Hits, tuple[str, ...]]:
    """Return the hits in the articles that count for this unit, and the note on the others."""
    keep, left_out = counted_articles(hits.corpus, unit, stories)
    return (hits.within(only(hits.corpus, keep)) if left_out else hits), left_out


def unit_param(unit: str) -> dict[str, object]:
    """Return the unit for the caption, where it is not the article."""
    return {"unit": unit} if unit != "article" else {}


def _story_labels(stories: object) -> dict[str, object]:
    """Return article id -> story from the result of near_duplicates."""
    table = getattr(stories, "stories", None)
    if not isinstance(table, pd.DataFrame) or not {"article", "story"} <= set(table.columns):
        given = type(stories).__name__
        remedy = "Give stories=near_duplicates(corpus)."
        refuse("stories", "the result of near_duplicates when unit='story'", given, remedy)
    return dict(zip(table["article"], table["story"], strict=True))


def _earliest(corpus: Corpus, stories: dict[str, object]) -> NDArray[np.bool_]:
    """Return whether each article is the earliest of its story; undated ones come last."""
    table = corpus.articles[["id", "published"]]
    story = [("story", stories[i]) if i in stories else ("article", i) for i in table["id"]]
    ranked = table.assign(undated=table["published"] == "", story=pd.Series(story, dtype=object))
    order = ranked.sort_values(["undated", "published"], kind="stable")
    keep = np.zeros(len(table), bool)
    keep[order.drop_duplicates("story").index.to_numpy()] = True
    return keep


def samples_of(
    corpus: Corpus, found: list[Hits], by: str | None, keep: NDArray[np.bool_]
) -> list[Sample]:
    """Return the groups in order of their labels; all articles as one group without `by`."""
    if by == "zone":
        return [
            _zone_sample(corpus.where(zone=zone), zone, found, keep) for zone in corpus.told_zones
        ]
    counts, words = _per_article(found), corpus.words_per_article()
    labels, codes = corpus.groups_of(by) if by else ([""], np.zeros(len(corpus), np.int64))
    rows = [np.flatnonzero(keep & (codes == n)) for n in range(len(labels))]
    made = [Sample(n, counts[at], words[at]) for n, at in zip(labels, rows, strict=True)]
    return [one for one in made if by or len(one)]


def _zone_sample(part: Corpus, zone: str, found: list[Hits], keep: NDArray[np.bool_]) -> Sample:
    """Return one zone of all counted articles; an article may have no word in it."""
    counts = _per_article([hits.within(part) for hits in found])
    return Sample(zone, counts[keep], part.words_per_article()[keep])


def _per_article(found: list[Hits]) -> Ints:
    """Return the hits of each article by pattern."""
    return np.stack([hits.per_article() for hits in found], axis=1)


def rest_of(samples: list[Sample], one: Sample, paired: bool) -> Sample:
    """Return all groups but one; `paired` groups are parts of the same articles."""
    others = [other for other in samples if other is not one]
    hits, words = [other.hits for other in others], [other.words for other in others]
    if paired:
        return Sample("", np.sum(hits, axis=0), np.sum(words, axis=0))
    return Sample("", np.concatenate(hits), np.concatenate(words))
