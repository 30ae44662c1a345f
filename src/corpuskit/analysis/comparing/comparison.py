"""Rates of hits by group, and each group against the rest; intervals draw articles again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.sharding.partial import answered, carried
from ...errors import kind, one_of
from ...result import Result
from . import rate_explanation as explanation
from .contrasts import COUNTED, by_pattern, counts, difference_rows, p_values, permutation_notes
from .intervals import NUMBERS, SHOWN, Resampling, rate_row, refuse_figure, resampling, typed
from .samples import PER_WORDS, Sample, counted_articles, rest_of, samples_of

TESTS = ("permutation",)


@dataclass(frozen=True, eq=False, repr=False)
class Rates(Result):
    """Rates of groups; `.explain(row)` shows where a row comes from."""

    @carried
    def explain(self, row: str | int = 0) -> Result:
        """Return the counts of a row and its formula with the numbers in it.

        Parameters
        ----------
        row
            The label of a group, or the number of a row, 0 = the first.

        Returns
        -------
        Result
            row, hits, other words, words (int), per_10k (float): the group, and all groups
            together. The notes are the formula, the zero rule, the direction, the interval and
            its source.

        Raises
        ------
        ValueError
            If there is no such row.
        """
        by = str(self.params.get("by", ""))
        at = explanation.row_of(self.frame, by, row)
        of = {by: self.frame[by].iloc[at]} if by else {}
        return explanation.rate(self, at, self.frame, of)


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Result):
    """Groups against the rest; `.explain(row)` shows where a row comes from.

    Attributes
    ----------
    counts
        For each row: articles, words, hits of the group and rest_articles, rest_words, rest_hits.
    """

    counts: pd.DataFrame = field(default_factory=pd.DataFrame)

    @carried
    def explain(self, row: str | int = 0, pattern: str | None = None) -> Result:
        """Return the 2x2 table of a row, observed and expected, and its formulas in numbers.

        Parameters
        ----------
        row
            The label of a group, or the number of a row, 0 = the first.
        pattern
            Which of several patterns, where `row` is a label; the first if None.

        Returns
        -------
        Result
            row (hits, other words, words), group, rest, total (int), expected counts (float). The
            notes are the formula, the zero rule, the direction, the interval, the test and the
            sources.

        Raises
        ------
        ValueError
            If there is no such row.
        """
        return explanation.difference(self, self.counts, row, pattern)


@answered
def rates(
    hits: Hits,
    by: str | None = None,
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
    unit: str = "article",
    stories: object = None,
    interval: str = "log-t",
) -> Rates:
    """Return hits per 10,000 words, for each group, with an interval over articles.

    Parameters
    ----------
    hits
        What `corpus.find` returned.
    by
        Column of `corpus.articles`, or "zone" (headline, lead, body); None: one row for all.
    level
        Share of resampled rates that the interval holds, between 0 and 1.
    draws, seed
        Number of resampled corpora, and the seed of the drawing.
    unit
        "article", or "story": a story counts once, through its earliest article, so that
        reprints change nothing. Needs `stories`.
    stories
        What `near_duplicates` returned.
    interval
        "log-t", which keeps its level where hits clump; or "percentile" or "bootstrap-t".

    Returns
    -------
    Rates
        (the column `by`,) articles (int, drawn units), words, hits (int), per_10k, low, high
        (float, hits per 10,000 words). Groups without hits and the group "(none)" are rows.
        `.explain(row)` shows a row's counts and formula.

    Raises
    ------
    ValueError
        If there is no column `by`, an option is out of range, or stories are missing.

    Notes
    -----
    Rate = Σ hits / Σ words. low = rate / f and high = rate × f, f = exp(t × se / rate): se is the
    standard error over articles drawn again, and t grows where few articles hold most of the
    hits (see `corpuskit.measures.logt`). Without hits the interval is 0 to 3 / words. The trap:
    a percentile interval is too short, the more so the fewer the articles.

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [("A", "A pact is a pact."), ("A", "No deal here."), ("B", "Pact, they say.")]
    >>> corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o, t in rows])
    >>> result = ck.rates(corpus.find("pact"), by="outlet")
    >>> result.to_frame()[["outlet", "articles", "words", "hits", "per_10k"]]
      outlet  articles  words  hits      per_10k
    0      A         2      8     2  2500.000000
    1      B         1      3     1  3333.333333
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    drawing = resampling(level, draws, seed, interval)
    refuse_figure(by)
    keep, left_out = counted_articles(hits.corpus, unit, stories)
    samples = samples_of(hits.corpus, [hits], by, keep)
    rows = [rate_row(one, drawing) for one in samples]
    names = [by or "", "articles", "words", "hits", "per_10k", "low", "high"]
    frame = typed(rows, names, names[:1])
    params = hits.caption | ({"by": by} if by else {}) | drawing.params | {"unit": unit}
    params |= drawing.chosen
    found = f"{int(frame['hits'].sum()):,} hits in {int(frame['words'].sum()):,} words"
    notes = (f"Hits per {PER_WORDS:,} words.", *drawing.notes)
    frame = frame if by else frame.drop(columns="")
    notes += (*left_out, *_doubts(samples, drawing))
    return Rates(frame, params, notes, found, SHOWN, "Rates")


@answered
def compare(
    corpus: Corpus,
    patterns: str | Iterable[str],
    by: str = "outlet",
    *,
    match: str = "glob",
    case: bool = False,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
    unit: str = "article",
    stories: object = None,
    test: str | None = None,
    interval: str = "log-t",
) -> Comparison:
    """Return the rate of each group beside that of the rest, and their difference.

    Parameters
    ----------
    corpus
        What to look in.
    patterns
        One pattern or several, as for `corpus.find`.
    by
        Column of `corpus.articles`, or "zone".
    match, case
        As for `corpus.find`, the same for every pattern.
    level
        Share of resampled differences that the interval holds, between 0 and 1.
    draws, seed
        Number of resampled corpora, and the seed of the drawing; of permutations too.
    unit, stories
        As for `rates`: with "story" and what `near_duplicates` returned, a story counts once.
    test
        "permutation": a column p, from articles dealt anew to the groups `draws` times.
    interval
        As for `rates`.

    Returns
    -------
    Comparison
        pattern, the column `by` (str), per_10k, rest_per_10k, difference, low, high (float,
        hits per 10,000 words); difference = group - rest, low and high are its interval. No
        rows if there is one group only: it has no rest. p (float, two-sided) on request.
        `.explain(row)` shows a row's table and formulas.

    Raises
    ------
    ValueError
        If there is no column `by`, a pattern is empty, or an option is out of range.

    Notes
    -----
    Articles are drawn again inside the group and, independently, inside the rest. Zones are
    parts of the same articles, so each draw takes the same articles for both sides. p = (b + 1) /
    (draws + 1) for b deals at least as far apart as what was found (Phipson & Smyth 2010); for
    zones the surplus of each article is turned over or not. The trap: of twenty groups that do
    not differ, one interval at 95 % misses 0, and one p is below .05.

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [("A", "A pact is a pact."), ("A", "Pact it is."), ("B", "No."), ("B", "A deal.")]
    >>> corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o, t in rows])
    >>> ck.compare(corpus, "pact").to_frame()[["outlet", "rest_per_10k", "difference"]]
      outlet  rest_per_10k  difference
    0      A           0.0      3750.0
    1      B        3750.0     -3750.0
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    drawing = resampling(level, draws, seed, interval)
    refuse_figure(by, (*NUMBERS, "p") if test else NUMBERS)
    tests = {"test": one_of("test", test, TESTS)} if test is not None else {}
    wanted = _patterns(patterns)
    keep, left_out = counted_articles(corpus, unit, stories)
    found = [corpus.find(pattern, match=match, case=case) for pattern in wanted]
    samples = samples_of(corpus, found, by, keep) if found else []
    paired = by == "zone"
    pairs = [(one, rest_of(samples, one, paired)) for one in samples] if samples[1:] else []
    names = ["pattern", by, "per_10k", "rest_per_10k", "difference", "low", "high"]
    blocks = [difference_rows(wanted, one, rest, drawing, paired) for one, rest in pairs]
    frame = typed(by_pattern(blocks, wanted), names, names[:2])
    if tests:
        frame["p"] = p_values(samples, pairs, paired, drawing)
    made = by_pattern([counts(wanted, *pair) for pair in pairs], wanted)
    asked = found[0].caption if found else {}
    params: dict[str, object] = {"patterns": patterns if isinstance(patterns, str) else wanted}
    params |= {name: asked[name] for name in ("match", "case") if name in asked} | {"by": by}
    params |= drawing.params | ({"unit": unit} if unit != "article" else {})
    params |= tests | drawing.chosen
    notes: tuple[str, ...] = (f"Hits per {PER_WORDS:,} words; difference = group - rest.",)
    notes += (*drawing.notes, *permutation_notes(tests, paired, drawing.draws), *left_out)
    notes += ("One group only: there is no rest to compare with.",) if len(samples) == 1 else ()
    notes += _alone([one.label for one, rest in pairs if min(len(one), len(rest)) < 2])
    summary = f"{len(frame):,} comparisons"
    table = pd.DataFrame(made, columns=["pattern", by, *COUNTED])
    return Comparison(frame, params, notes, summary, SHOWN, "Compare", counts=table)


def _patterns(patterns: str | Iterable[str]) -> list[str]:
    """Return one pattern or several as a list, each once."""
    return [patterns] if isinstance(patterns, str) else list(dict.fromkeys(patterns))


def _doubts(samples: list[Sample], drawing: Resampling) -> tuple[str, ...]:
    """Return the notes on groups whose interval says little."""
    empty = [one.label or "the corpus" for one in samples if len(one) > 1 and not one.hits.sum()]
    notes = (f"No hits: {', '.join(empty)}; {drawing.without_hits}.",) if empty else ()
    return notes + _alone([one.label or "the corpus" for one in samples if len(one) == 1])


def _alone(labels: list[str]) -> tuple[str, ...]:
    """Return the note on groups of one article."""
    said = "low and high repeat the value"
    return (f"One article, no interval ({said}): {', '.join(labels)}.",) if labels else ()
