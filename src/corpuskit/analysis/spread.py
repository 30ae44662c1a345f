"""How evenly hits are spread over the articles of a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..corpus.columns.store import Ints
from ..corpus.corpus import Corpus
from ..corpus.finding.find import Hits
from ..corpus.finding.places import ranks
from ..corpus.finding.surface import told_of
from ..corpus.sharding.partial import answered, carried
from ..errors import kind
from ..measures import dispersion as dispersions
from ..measures.table import Floats
from ..result import Result
from .comparing.intervals import refuse_figure
from .comparing.samples import counted_hits, unit_param
from .evenness import Spread, explained_spread, row_labelled
from .telling.requested import requested

MORE = {
    "juilland_d": dispersions.juilland_d,
    "carroll_d2": dispersions.carroll_d2,
    "rosengren_s": dispersions.rosengren_s,
    "kld": dispersions.kld,
}
DIRECTION = "dp and dp_norm: 0 = evenly spread over the articles, 1 = clumped in a small one."
MORE_DIRECTION = {
    "juilland_d": "juilland_d: 1 = even, 0 = clumped; near 1 for every word if articles are many.",
    "carroll_d2": "carroll_d2: 1 = even, 0 = clumped in one article.",
    "rosengren_s": "rosengren_s: 1 = even, near 0 = clumped in a small article.",
    "kld": "kld in bits: 0 = even, larger = clumped, no upper end.",
}


@dataclass(frozen=True, eq=False, repr=False)
class Dispersion(Result):
    """Spread of hits; `.explain(row)` shows where a row comes from.

    Attributes
    ----------
    parts
        A row for each article, by date (undated last), then id: article, date, outlet (str),
        words, hits (int), expected (float: hits in proportion to the words).
    positions
        A row for each hit in corpus order: article (str), position (float, 0 = first word of
        the article, near 1 = last).
    hits
        The hits themselves.
    """

    parts: pd.DataFrame = field(default_factory=pd.DataFrame)
    positions: pd.DataFrame = field(default_factory=pd.DataFrame)
    hits: Hits | None = field(default=None)

    @carried
    def explain(self, row: str | None = None) -> Result:
        """Return the articles of a row, each with its part of the figures, and the formulas.

        Parameters
        ----------
        row
            What stands in the first column; can be left out if the table has one row.

        Returns
        -------
        Result
            article (str), words, hits (int), s, v (float, the article's shares of all words and
            of all hits), difference (float, abs(s - v)); the largest differences first.

        Raises
        ------
        ValueError
            If there is no such row.
        """
        only = self.frame.iloc[0, 0] if row is None and len(self.frame) == 1 else row
        label = str(self.frame.iloc[row_labelled(self.frame, only), 0])
        by = self.params.get("by")
        whole: Hits = self.hits  # type: ignore[assignment]
        part = whole.within(whole.corpus.groups(str(by))[label]) if by else whole
        names = [name for name in ("dp", "dp_norm", *MORE) if name in self.frame]
        return explained_spread(Spread.of(label, part), names, (), "Spread")


@answered
def dispersion(
    hits: Hits,
    *,
    by: str | None = None,
    measures: str | Iterable[str] = (),
    unit: str = "article",
    stories: object = None,
) -> Dispersion:
    """Return how evenly the hits are spread over the articles, each article one part.

    Parameters
    ----------
    hits
        What `corpus.find` returned.
    by
        Column of `corpus.articles` (or "zone"): one row for each of its values.
    measures
        Further columns: "juilland_d", "carroll_d2", "rosengren_s", "kld"; or "all".
    unit, stories
        "article"; or "story" with what `near_duplicates` returned: only the earliest article of
        each story is a part, so that reprints change nothing.

    Returns
    -------
    Dispersion
        pattern (or the column `by`, str), hits, articles, range (int; range = articles with at
        least one hit), dp, dp_norm (float), then the columns asked for (float). `.parts` and
        `.positions` hold what they rest on; `.explain(row)` shows a row's formulas in numbers.

    Raises
    ------
    ValueError
        If there is no column `by` or it has the name of a figure, there is no measure of that
        name, or stories are missing.

    Notes
    -----
    DP = ½ Σ |s - v| over articles, s the share of the corpus' words and v the share of the hits;
    DPnorm = DP / (1 - min s). The trap: with few hits DP is high whatever the word, because n
    hits cannot be even over more than n articles; compare words of like frequency.

    References
    ----------
    Gries (2008, 2020), Lijffijt & Gries (2012): see `corpuskit.measures.dispersion`.

    Examples
    --------
    >>> import corpuskit as ck
    >>> texts = ["A pact is a pact.", "No deal is made here.", "Pact or no deal, then."]
    >>> corpus = ck.Corpus.from_frame([{"text": text} for text in texts])
    >>> ck.dispersion(corpus.find("pact"))
    Dispersion(pattern='pact'): 3 hits in 2 of 3 articles
    pattern  hits  articles  range     dp  dp_norm
    pact        3         3      2  0.333    0.500
    Note: dp and dp_norm: 0 = evenly spread over the articles, 1 = clumped in a small one.
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    more = requested(measures, MORE, _TYPES)
    refuse_figure(by, (*_TYPES, *more))
    hits, left_out = counted_hits(hits, unit, stories)
    whole = {hits.pattern: hits.corpus} if len(hits.corpus) else {}
    groups = hits.corpus.groups(by) if by else whole
    rows = [(label, *_figures(hits.within(part), more)) for label, part in groups.items()]
    types = _TYPES | dict.fromkeys(more, "float64")
    frame = pd.DataFrame(rows, columns=[by or "pattern", *types]).astype(types)
    parts = _parts(hits)
    found = int((parts["hits"] > 0).sum())
    plural = "" if len(hits) == 1 else "s"
    summary = f"{len(hits):,} hit{plural} in {found:,} of {len(parts):,} articles"
    params = hits.caption | ({"by": by} if by else {})
    params |= ({"measures": tuple(more)} if more else {}) | unit_param(unit)
    notes = (DIRECTION, *(MORE_DIRECTION[name] for name in more), *left_out, *_doubts(frame))
    positions = _positions(hits)
    return Dispersion(frame, params, notes, summary, parts=parts, positions=positions, hits=hits)


_TYPES = {
    "hits": "int64",
    "articles": "int64",
    "range": "int64",
    "dp": "float64",
    "dp_norm": "float64",
}


def _figures(hits: Hits, more: list[str]) -> tuple[float, ...]:
    """Return hits, articles, range, DP, DPnorm and the measures asked for, of one group."""
    counts, sizes = hits.per_article(), hits.corpus.words_per_article()
    spread = int(dispersions.part_range(counts))
    dp, dp_norm = dispersions.dp(counts, sizes), dispersions.dp_norm(counts, sizes)
    asked = (float(MORE[name](counts, sizes)) for name in more)
    return len(hits), len(counts), spread, float(dp), float(dp_norm), *asked


def _doubts(frame: pd.DataFrame) -> list[str]:
    """Return the notes on rows whose figures say nothing."""
    empty = frame.loc[frame["hits"] == 0].iloc[:, 0].tolist()
    single = frame.loc[(frame["hits"] > 0) & (frame["articles"] < 2)].iloc[:, 0].tolist()
    notes = [f"No hits, so dp is 0 by rule: {', '.join(map(str, empty))}."] if empty else []
    said = f"One article, so dp is 0 by rule: {', '.join(map(str, single))}."
    return [*notes, said] if single else notes


def _parts(hits: Hits) -> pd.DataFrame:
    """Return a row per article, in order of date."""
    table, counts = hits.corpus.articles, hits.per_article()
    words = table["words"].to_numpy(np.int64)
    frame = pd.DataFrame(
        {
            "article": table["id"],
            "date": table["date"],
            "outlet": table["outlet"],
            "words": words,
            "hits": counts,
            "expected": counts.sum() * words / max(int(words.sum()), 1),
        }
    )
    order = np.lexsort((_ranks(table["id"]), _ranks(table["date"]), table["date"] == ""))
    return frame.iloc[order].reset_index(drop=True)


def _ranks(values: pd.Series) -> Ints:
    """Return the rank of each string in sorted order."""
    return np.unique(values.to_numpy(str), return_inverse=True)[1].astype(np.int64)


def _positions(hits: Hits) -> pd.DataFrame:
    """Return where in its article each hit stands, as a share of the article's words."""
    share = np.concatenate(hits.map(_shares))
    ids = told_of(hits.corpus, hits.article, ("id",))["id"]
    return pd.DataFrame({"article": pd.Series(ids, dtype=object), "position": share})


def _shares(hits: Hits) -> Floats:
    """Return the words before each hit as a share of its article's."""
    corpus: Corpus = hits.corpus
    sizes, ground = corpus.words_per_article(), corpus.ground
    at = np.searchsorted(corpus.selected, hits.article)
    begin = ranks(ground, corpus.store.borders[hits.article])
    share: Floats = (ranks(ground, hits.places) - begin) / np.maximum(sizes[at], 1)
    return share
