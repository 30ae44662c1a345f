"""The tone round a node, sentence by sentence, with every word that made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from ...corpus.finding.find import Hits
from ...corpus.sharding.partial import answered, carried
from ...errors import kind, one_of, refuse, share, whole
from ...result import Result, counted
from ..comparing.intervals import refuse_figure
from ..comparing.samples import counted_hits, unit_param
from .baseline import DRAWING, NUMBERS, Drawing, against_baseline
from .judged import judged, unit_words
from .scored import FRAME, READ, Study, sum_in_words, table
from .scorers import scorers_of
from .tone_notes import notes_on, summary_of

MASKS = ("node", "names")


@dataclass(frozen=True, eq=False, repr=False)
class Sentiment(Result):
    """Scores of the sentences round a node, one row for each unit and lexicon.

    Attributes
    ----------
    contributions
        A row for each word that made a score: article (id), start, end (characters of the
        untouched text), word (as it stands), valence (float, after the rules), rule, lexicon,
        unit. The valences of a unit and lexicon add up to score × denominator.

    The views show the columns needed for reading; `to_frame()` has all.
    """

    contributions: pd.DataFrame = field(default_factory=pd.DataFrame)
    scores: pd.DataFrame = field(default_factory=pd.DataFrame)
    study: Study | None = None
    drawing: Drawing = DRAWING

    @cached_property
    def others(self) -> pd.DataFrame:
        """The same scores for the sentences without the node in the same articles."""
        if self.study is None:
            return table(FRAME, [])
        return judged(self.study, "without").scores

    def _shown(self, most: int) -> pd.DataFrame:
        return super()._shown(most)[READ]

    @carried
    def baseline(self) -> Result:
        """Return, for each lexicon, the mean score round the node and that of the baseline.

        The baseline is the same score for the sentences without the node in the same articles.

        Returns
        -------
        Result
            lexicon (str), units, no_evidence (int), around (float, mean score of the units with
            evidence), other_sentences, other_no_evidence (int), baseline (float, their mean),
            difference, low, high (float, around - baseline and its interval), articles (int).
            A missing value means no evidence, or fewer than two articles with evidence.

        Notes
        -----
        Articles are drawn again, each with all its sentences, so that both means come from the
        same articles. The trap: a difference from 0 is no difference in tone before people have
        checked what the scores are worth.
        """
        return self._compared([], [((), self.scores, self.others)])

    @carried
    def by(self, column: str) -> Result:
        """Return `baseline` for each group of articles, or for each "zone".

        Parameters
        ----------
        column
            Column of `corpus.articles`, or "zone".

        Returns
        -------
        Result
            The column, then those of `baseline`. Groups without a unit are rows.
        """
        kind("column", column, str, 'Give for instance "outlet".')
        refuse_figure(column, ("lexicon", *NUMBERS))
        of = self._labels(column)
        key = "zone" if column == "zone" else "article"
        scores, others = (t.assign(group=t[key].map(of)) for t in (self.scores, self.others))
        groups = [
            ((label,), scores[scores["group"] == label], others[others["group"] == label])
            for label in dict.fromkeys(of.values())
        ]
        return self._compared([column], groups)

    def _labels(self, column: str) -> dict[str, str]:
        """Return article id (or zone) to its group, groups in order."""
        if self.study is None:
            return {}
        corpus = self.study.hits.corpus
        if column == "zone":
            return {zone: zone for zone in corpus.told_zones}
        labels, codes = corpus.groups_of(column)
        pairs = sorted(zip(codes.tolist(), corpus.articles["id"], strict=True))
        return {article: labels[code] for code, article in pairs}

    def _compared(
        self, by: list[str], groups: Sequence[tuple[tuple[str, ...], pd.DataFrame, pd.DataFrame]]
    ) -> Result:
        """Return the comparison with the baseline for each group and lexicon."""
        rows = []
        names = [scorer.name for scorer in self.study.scorers] if self.study else []
        for label, scores, others in groups:
            for name in names:
                one, rest = (t[t["lexicon"] == name] for t in (scores, others))
                rows.append((*label, name, *against_baseline(one, rest, self.drawing)))
        text = dict.fromkeys([*by, "lexicon"], object)
        given = dict(self.params) | ({"by": by[0]} if by else {})
        units, articles = self.scores["unit"].nunique(), self.scores["article"].nunique()
        found = f"{counted(units, 'unit')} in {counted(articles, 'article')}"
        notes = (
            "Means are over units with evidence; the baseline is the sentences without the node "
            "in the same articles.",
            "Intervals draw articles again; – where fewer than two articles have evidence.",
        )
        return Result(table({**text, **NUMBERS}, rows), given, notes, found, title="Tone")

    @carried
    def explain(self, unit: int, lexicon: str | None = None) -> Result:
        """Return every word of a unit: masked, scored, or rated, and the sum that they make.

        Parameters
        ----------
        unit
            Number of the unit, as in the column `unit`.
        lexicon
            Which one; the first if None.

        Returns
        -------
        Result
            word, start, end, role (str: "node" and "name" are masked, "scored" counts in the
            denominator), valence (float, – if the lexicon does not know the word), rule.
        """
        names = list(dict.fromkeys(self.scores["lexicon"]))
        lexicon = one_of("lexicon", lexicon or next(iter(names), None), names)
        last = int(self.scores["unit"].max())
        if whole("unit", unit, "units") > last or self.study is None:
            refuse("unit", f"a number from 0 to {last}", unit, "See the column unit.")
        tables = (self.scores, self.contributions)
        row, parts = (t[(t["unit"] == unit) & (t["lexicon"] == lexicon)] for t in tables)
        frame, params = (
            unit_words(self.study, self.scores, row, parts),
            {"unit": unit, "lexicon": lexicon},
        )
        return Result(
            frame, params, (sum_in_words(row, parts),), row.iloc[0]["sentence"], title="Unit"
        )


@answered
def sentiment_around(
    hits: Hits,
    *,
    lexicons: Any = ("vader",),
    mask: str | Iterable[str] = MASKS,
    window: int | None = None,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
    unit: str = "article",
    stories: object = None,
) -> Sentiment:
    """Return the tone of the sentences in which hits stand, with the words that made it.

    Parameters
    ----------
    hits
        What `corpus.find` returned. Hits of one sentence share a unit.
    lexicons
        One or several of: "vader"; "vader-news" (VADER without words that name topics and
        bodies in news, see `news_overrides`); what `vader_lexicon` returns; a file or mapping
        of words and values; (name, any of these); (name, function), where the function takes
        (left, node, right) and returns a number, or None for no evidence.
    mask
        What is not scored: "node" (the words of the hits), "names" (proper names by rule, and
        "No." before a number). () masks nothing.
    window
        Words to the left and right of a hit that are scored, inside its sentence; None: the
        whole sentence. Windows that overlap share a unit.
    level, draws, seed
        Interval, resampled corpora and seed for `.baseline()` and `.by()`.
    unit, stories
        "article"; or "story" with what `near_duplicates` returned: only the earliest article of
        each story is read, so that reprints change nothing.

    Returns
    -------
    Sentiment
        article, outlet, date (str), start, end (int, characters of the untouched text), hits
        (int), sentence, lexicon (str), score (float, -1 to 1; missing: no evidence), coverage
        (float, 0 to 1: share of the scored words that the lexicon knows), contributions (str),
        compound (float, -1 to 1: NLTK's own for the same words; 0 without evidence; missing if
        not VADER), words (int, scored words), denominator (float, valence), zone (str), unit.
        `.contributions`, `.others`, `.baseline()`, `.by(column)`, `.explain(unit)`.

    Raises
    ------
    TypeError
        If `hits` is not a Hits, or a lexicon is none of the above.
    ValueError
        If an option is out of range, or two lexicons have one name.

    Notes
    -----
    score = Σ v / D, where v are the valences of the words that the lexicon knows, after VADER's
    rules (NLTK's own code), and D = 4 × scored words, or Σ|v| where that is more, so that the
    score lies between -1 and 1. For a lexicon of your own: its largest value instead of 4, and
    no rules. A masked word keeps its place between its neighbours. NLTK judges all copies of a
    word where the first one stands; so does this. Typography is made plain for scoring only.

    The traps: VADER was made for tweets, and names topics as if they were tones. The rule for
    names masks every word in capitals inside a sentence ("the Great Nicobar project") and misses
    names that begin sentences and stand nowhere else.

    References
    ----------
    Hutto & Gilbert 2014 (VADER); van Atteveldt, van der Velden & Boukes 2021 (validity).

    Examples
    --------
    >>> import corpuskit as ck
    >>> text = "The partnership is not a success. Critics fear delays. The partnership meets."
    >>> hits = ck.Corpus.from_frame([{"id": "a", "text": text}]).find("partnership")
    >>> result = ck.sentiment_around(hits)
    >>> result.to_frame()[["unit", "score", "words"]]
       unit   score  words
    0     0 -0.0999      5
    1     1     NaN      2
    >>> result.to_frame()["contributions"].tolist()
    ["success −2.0 (negated by 'not')", '']
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    scorers = scorers_of(lexicons)
    masks = _masks(mask)
    window = None if window is None else whole("window", window, "words", 1)
    draws, seed = whole("draws", draws, "draws", 1), whole("seed", seed, "a seed")
    drawing = Drawing(share("level", level), draws, seed)
    hits, left_out = counted_hits(hits, unit, stories)
    study = Study(hits, scorers, masks, window, bool(left_out))
    around = judged(study, "around")
    given: dict[str, object] = {"lexicons": tuple(s.name for s in scorers), "mask": masks}
    params = hits.caption | given | {"window": window} | drawing._asdict() | unit_param(unit)
    return Sentiment(
        around.scores,
        params,
        (*notes_on(study, around), *left_out),
        summary_of(study, around),
        {"coverage": 2, "denominator": 1},
        contributions=around.parts,
        scores=around.scores,
        study=study,
        drawing=drawing,
    )


def _masks(mask: str | Iterable[str]) -> tuple[str, ...]:
    """Return what is masked, in the order of MASKS."""
    chosen = {one_of("mask", one, MASKS) for one in ([mask] if isinstance(mask, str) else mask)}
    return tuple(one for one in MASKS if one in chosen)
