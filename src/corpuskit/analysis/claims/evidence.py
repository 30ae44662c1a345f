"""What a claim rests on: for each article, what is counted on two sides, and what that shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...measures.association import conservative_log_ratio, log_ratio
from ...measures.logt import log_t_difference_interval
from ...measures.table import Floats, Table, over
from ..collocations.lemmas import by_lemma
from ..collocations.windows import windows_of
from ..comparing.samples import PER_WORDS
from ..tone.baseline import Drawing

RATE = "rate difference"
ALIKE = "mean rate difference"
RATIO = "log ratio"
TONE = "score difference"
UNITS = {
    RATE: "side one - side two, hits per 10,000 words; articles are drawn again",
    ALIKE: "the same with the mean of the article rates, so that each article counts alike",
    RATIO: "bits, words as independent draws; low or high is the end of the interval nearest 0, "
    "0 where the interval holds 0",
    TONE: "mean score round the node - mean score of the other sentences of the same articles; "
    "articles are drawn again",
}


class Reading(NamedTuple):
    """What a version shows: the value, and its interval; NaN where there is no such end."""

    value: float
    low: float
    high: float

    @property
    def says(self) -> str:
        """Return "more", "less", or "open" where 0 is not excluded."""
        if self.low > 0:
            return "more"
        return "less" if self.high < 0 else "open"


@dataclass(frozen=True, eq=False)
class Version:
    """One way to look at a claim: what was changed, and all settings."""

    change: str
    corpus: Corpus
    measure: str
    window: int | None = None
    within: str | None = None
    lexicon: Any = None
    language: str = ""  # of the base forms; "" for words as they are

    def find(self, pattern: str) -> Hits:
        """Return the hits of a pattern, by base forms where these are asked for."""
        hits = self.corpus.find(pattern)
        return by_lemma(hits, language=self.language) if self.language else hits


@dataclass(frozen=True, eq=False)
class Evidence:
    """Two sides, article by article.

    Attributes
    ----------
    articles
        Ids.
    sums, sizes
        For side one and side two, what each article has of it, and out of how much.
    member
        Whether an article belongs to side one; None where every article has both sides.
    n
        Occurrences that the value rests on.
    vocabulary
        Words that could have been claimed: what alpha is divided by.
    """

    articles: list[str]
    sums: tuple[Floats, Floats]
    sizes: tuple[Floats, Floats]
    member: NDArray[np.bool_] | None
    n: int
    vocabulary: int = 1

    @property
    def totals(self) -> tuple[float, float, float, float]:
        """Sum and size of side one, sum and size of side two."""
        (a, b), (c, d) = self.sums, self.sizes
        return math.fsum(a), math.fsum(c), math.fsum(b), math.fsum(d)

    def carrier(self, sign: int) -> str:
        """Return the article without which side one is least above (sign 1) or below side two."""
        sides = zip(self.sums, self.sizes, strict=True)
        one, two = (over(s.sum() - s, n.sum() - n) for s, n in sides)
        rest = np.round(sign * (one - two), 12)  # equal ones stay equal on every machine
        return self.articles[int(np.argmin(rest))]


def between_groups(hits: Hits, by: str, group: str, vocabulary: int = 1) -> Evidence:
    """Return the hits and words of each article of a group, and of all others."""
    corpus = hits.corpus
    labels, codes = corpus.groups_of(by)
    order = np.argsort(codes, kind="stable")  # as `compare` draws them
    member = np.array([labels[code] == group for code in codes[order]], bool)
    counts, words = (a[order].astype(float) for a in (hits.per_article(), _words(hits)))
    return Evidence(
        corpus.articles["id"].to_numpy(object)[order].tolist(),
        (counts * member, counts * ~member),
        (words * member, words * ~member),
        member,
        len(hits),
        vocabulary,
    )


def _words(hits: Hits) -> Ints:
    """Return the number of words of each article."""
    return hits.corpus.words_per_article()


def round_nodes(nodes: Hits, words: Hits, window: int, within: str | None) -> Evidence:
    """Return the places of a word in the windows round nodes, and elsewhere, by article."""
    shards = nodes.map_with([words], _round_nodes, window, within)
    found, place = (np.concatenate([one[k] for one in shards], axis=1) for k in (0, 1))
    (forms,) = nodes.summed("folds", _free_forms)
    return Evidence(
        nodes.corpus.articles["id"].tolist(),
        (found[0], found[1] - found[0]),
        (place[0], place[1] - place[0]),
        None,
        int(found[0].sum()),
        max(int(np.count_nonzero(forms)), 1),
    )


def _round_nodes(hits: list[Hits], window: int, within: str | None) -> tuple[Floats, Floats]:
    """Return, of one corpus or shard, words and places in windows and outside nodes by article."""
    nodes, words = hits
    corpus = nodes.corpus
    windows = windows_of(nodes, window, window, within)
    inside = corpus.words[np.sort(np.concatenate([windows.left, windows.right]))]
    free = np.delete(corpus.words, windows.nodes)
    found = [np.intersect1d(at, words.first) for at in (inside, free)]
    sides = [
        [corpus.per_article(corpus.article_of(at)) for at in one] for one in (found, [inside, free])
    ]
    return np.array(sides[0], float), np.array(sides[1], float)


def _free_forms(nodes: Hits) -> tuple[Ints]:
    """Return how often each folded form stands outside the nodes of one corpus, or of one shard."""
    corpus = nodes.corpus
    free = np.delete(corpus.words, windows_of(nodes, 0, 0, None).nodes)
    forms = corpus.store.folded[corpus.store.ids[free]]
    return (np.bincount(forms, minlength=len(corpus.store.folds)).astype(np.int64),)


def rate_difference(evidence: Evidence, drawing: Drawing) -> Reading:
    """Return the rate of side one minus that of side two, articles drawn again."""
    return _drawn(evidence, *_split(evidence, evidence.sums, evidence.sizes), drawing)


def mean_difference(evidence: Evidence, drawing: Drawing) -> Reading:
    """Return the same with the mean of the article rates, so that each article counts alike."""
    alike = [(n > 0) * over(n.sum(), (n > 0).sum()) for n in evidence.sizes]  # of one length
    columns = zip(evidence.sums, evidence.sizes, alike, strict=True)
    rates = [over(hits, words) * length for hits, words, length in columns]
    sides = _split(evidence, (rates[0], rates[1]), (alike[0], alike[1]))
    return _drawn(evidence, *sides, drawing)


def ratio(evidence: Evidence, alpha: float) -> Reading:
    """Return the log ratio, and the end of its interval that is nearest 0 (0 if it holds 0)."""
    a, c, b, d = evidence.totals
    table = Table.from_sizes(a, b, c, d)
    value = float(log_ratio(table))
    end = float(conservative_log_ratio(table, alpha=alpha, vocabulary=evidence.vocabulary))
    return Reading(value, end, math.nan) if value >= 0 else Reading(value, math.nan, end)


def _split(
    evidence: Evidence, sums: tuple[Floats, Floats], sizes: tuple[Floats, Floats]
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return sums and sizes with each side's own articles only, where sides have their own."""
    if evidence.member is None:
        return sums, sizes
    one, two = evidence.member, ~evidence.member
    return (sums[0][one], sums[1][two]), (sizes[0][one], sizes[1][two])


def _drawn(
    evidence: Evidence,
    sums: tuple[Floats, Floats],
    sizes: tuple[Floats, Floats],
    drawing: Drawing,
) -> Reading:
    """Return the difference of two rates per 10,000 and its interval over articles."""
    one, two = (float(over(s.sum(), n.sum())) for s, n in zip(sums, sizes, strict=True))
    value = PER_WORDS * (one - two)
    if min((size > 0).sum() for size in sizes) < 2:
        return Reading(value, math.nan, math.nan)
    paired = evidence.member is None
    ends = log_t_difference_interval(sums, sizes, paired=paired, **drawing._asdict())
    low, high = (PER_WORDS * float(end) for end in ends)
    return Reading(value, low, high)
