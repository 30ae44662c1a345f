"""Which words one corpus uses more than another: both vocabularies, both directions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from ...corpus.corpus import Corpus
from ...corpus.part import Part
from ...corpus.sharding.partial import answered
from ...errors import kind, one_of, refuse, share, whole
from ..comparing.samples import UNITS, counted_articles, only, unit_param
from ..telling import formulas
from ..telling.requested import requested
from . import keyrows
from .keyrows import Keyness, Level, Sides
from .opposites import each_story, reference_of, refuse_overlap
from .profiles import NOTHING, Profile, joined, profile
from .versus import Versus, each_versus_rest, versus
from .wordlists import NO_ARTICLES, WordList, as_word_list

TESTED = (
    "g2 counts words and describes; p: articles dealt out anew (square roots of their counts, for "
    "their length); q: Benjamini-Hochberg, words in more articles weigh more."
)
EACH = "Each group is compared with all others; q is taken over all rows of the table."
ZONES = "Zones are parts of the same articles; p and q take them as independent."
THERE = ("log_ratio", "conservative_log_ratio", "g2")


@answered
def keyness(
    target: Corpus,
    reference: Corpus | str | WordList | Mapping[str, int] | None = None,
    *,
    by: str | None = None,
    n: int = 1,
    min_freq: int = 5,
    min_range: int = 3,
    alpha: float = 0.001,
    measures: str | Iterable[str] = (),
    unit: str = "article",
    stories: object = None,
) -> Keyness:
    """Return the words of two corpora with how much more often one side uses them.

    Parameters
    ----------
    target
        A corpus, or a part of one.
    reference
        What it is compared with: a corpus, or a part of one, that shares no word with the
        target; "rest", all other articles of the corpus that the target is a part of (in the
        same zones); or a word list: a mapping of word to count, `word_list`, `read_word_list`
        or `reference_words`. None with `by`.
    by
        Column of `target.articles` (or "zone"): each group against all others, one table.
    n
        Words in a run: 1 for words, 2 or more for key n-grams. A run crosses no mark, sentence
        or article.
    min_freq
        Occurrences a word must have, both sides together.
    min_range
        Articles a word must be in, both sides together.
    alpha
        Two-sided level of the conservative log ratio over the whole joint vocabulary.
    measures
        Columns to add, or "all": bic, chi2, chi2_yates, delta_p_column, delta_p_row, ell,
        g2_two_term, mi3, odds_ratio, percent_diff, relative_risk, simple_maths, t_score, z_score.
    unit, stories
        "article"; or "story" with what `near_duplicates` returned: a story counts once, on the
        side of its earliest article, so that reprints change nothing.

    Returns
    -------
    Keyness
        (the column `by`,) word (str), target, reference (int, counts), target_per_10k,
        reference_per_10k (float, per 10,000 words), log_ratio, conservative_log_ratio (float,
        bits), g2, (the measures,) p, q (float), target_range, reference_range (int, articles),
        direction ("target", "reference" or "even": the side with the higher rate). Ordered by
        conservative_log_ratio, then by g2 with the sign of the direction, then by word: the
        words of the target first, those of the reference last; with `by`, group after group.
        Against a word list p, q and reference_range are missing, and a note says so.
        `.explain(word)` shows a row's table and formulas; with `by`, `.explain(word, group)`.

    Raises
    ------
    ValueError
        If the two sides share words, or an option is out of range.

    Notes
    -----
    Words that one side never uses are rows. g2 (four cells) and conservative_log_ratio take
    every word as an independent draw. p asks of the articles: if they were dealt anew to the two
    sides, how often would they differ as much in the square roots of a word's counts, articles of
    one length compared (see `corpuskit.measures.deals`)? So a word in many articles says more
    than a word that one repeats. q: Benjamini-Hochberg over the rows of the table, each word
    weighted by its articles, at most 100. The trap: with thousands of words g2 finds hundreds of
    "significant" ones between two random halves of one corpus.

    References
    ----------
    Evert (2022), Hardie (2014), Dunning (1993): see `corpuskit.measures.association`; Mielke &
    Berry (2007): see `corpuskit.measures.deals`; Benjamini & Hochberg (1995), Genovese, Roeder &
    Wasserman (2006): see `corpuskit.measures.resampling`.

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [("A", "A pact is a pact."), ("A", "Pact it is."), ("B", "No."), ("B", "A deal.")]
    >>> corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o, t in rows])
    >>> table = ck.keyness(corpus.where(outlet="A"), "rest", min_freq=2, min_range=1)
    >>> table.to_frame()[["word", "target", "reference", "direction"]]
       word  target  reference  direction
    0  pact       3          0     target
    1    is       2          0     target
    2     a       2          1  reference
    """
    kind("target", target, Corpus, "Give what read_corpus returns, or a part of it.")
    whole("min_freq", min_freq, "occurrences", 1)
    whole("min_range", min_range, "articles", 1)
    more = tuple(requested(measures, formulas.MORE, THERE))
    ask = _Ask(whole("n", n, "words", 1), min_freq, min_range, share("alpha", alpha), more)
    words = as_word_list(reference) if by is None else None
    if by is not None or words is not None:
        keep, left_out = counted_articles(target, unit, stories)
        target, ask = only(target, keep), ask.of(unit, left_out)
        if words is not None:
            return _against_list(target, words, ask)
        return _by_group(target, reference, str(by), ask)
    sides = target, reference_of(target, reference)
    told = (
        each_story(*sides, stories)
        if one_of("unit", unit, UNITS) == "story"
        else (*sides, counted_articles(target, unit, stories)[1])
    )
    return _against_corpus(told[0], told[1], reference == "rest", ask.of(unit, told[2]))


@dataclass(frozen=True)
class _Ask:
    """What was asked for."""

    n: int
    min_freq: int
    min_range: int
    alpha: float
    measures: tuple[str, ...]
    counted: str = "article"
    left_out: tuple[str, ...] = ()

    def of(self, counted: str, left_out: tuple[str, ...]) -> _Ask:
        """Return the same for articles or stories, and the note on those left out."""
        return replace(self, counted=counted, left_out=left_out)

    @property
    def params(self) -> dict[str, object]:
        """The options for the caption, those that differ from the usual only if they do."""
        given: dict[str, object] = {"n": self.n} if self.n > 1 else {}
        given |= {"min_freq": self.min_freq, "min_range": self.min_range, "alpha": self.alpha}
        given |= {"measures": self.measures} if self.measures else {}
        return given | unit_param(self.counted)

    def level(self, vocabulary: int) -> Level:
        """Return alpha with what it is divided by."""
        return Level(self.alpha, max(vocabulary, 1), self.measures)

    @property
    def unit(self) -> str:
        """What is counted."""
        return "words" if self.n == 1 else f"{self.n}-grams"


def _against_corpus(target: Part, reference: Part, rest: bool, ask: _Ask) -> Keyness:
    """Return the key words of two corpora."""
    shared = refuse_overlap(target, reference)
    kept, vocabulary = versus(target, reference, ask.n, (ask.min_freq, ask.min_range))
    one, two = kept.one, kept.two
    frame = keyrows.with_q(keyrows.rows(kept, ask.level(vocabulary)))
    named: dict[str, object] = {"target": one.label}
    named["reference"] = f"the rest: {two.label}" if rest else two.label
    tests = _untested({"target": one, "reference": two})
    notes = (*_notes(len(frame), vocabulary, ask), TESTED, *tests, *shared)
    return _made(frame, named, notes, Sides.of(one, two), vocabulary, ask)


def _against_list(target: Corpus, words: WordList, ask: _Ask) -> Keyness:
    """Return the words of a corpus that differ from a list of counts."""
    one = profile(target, ask.n)
    used = [one.words[n] for n in np.flatnonzero(one.counts).tolist()]
    one, two = joined(one, words.profile(used))
    vocabulary = int(np.count_nonzero(one.counts + two.counts))
    known = (one.range >= ask.min_range) | (one.range == 0)
    at = np.flatnonzero((one.counts + two.counts >= ask.min_freq) & known).astype(np.int64)
    known_sides = Versus(one.at(at), two.at(at), np.full(len(at), np.nan))
    frame = keyrows.rows(known_sides, ask.level(vocabulary), listed=True)
    absent = int((frame["reference"] == 0).sum())
    told = f"{absent:,} {ask.unit} of the target are not in the word list: reference 0."
    notes = (*_notes(len(frame), vocabulary, ask), NO_ARTICLES, told, *words.notes)
    named: dict[str, object] = {"target": one.label, "reference": two.label}
    return _made(frame, named, notes, Sides.of(one, two, listed=True), vocabulary, ask)


def _by_group(corpus: Corpus, reference: object, by: str, ask: _Ask) -> Keyness:
    """Return the key words of each group against all others, on one table."""
    if not isinstance(reference, str | None) or reference not in (None, "rest"):
        remedy = "Leave it out: with `by` each group is compared with all others."
        refuse("reference", "None or 'rest' with `by`", reference, remedy)
    pairs, vocabulary = each_versus_rest(corpus, by, ask.n, (ask.min_freq, ask.min_range))
    tables = [keyrows.rows(pair, ask.level(vocabulary)) for pair in pairs.values()]
    for label, rows in zip(pairs, tables, strict=True):
        rows.insert(0, by, pd.Series([label] * len(rows), dtype=object))
    frame = keyrows.with_q(pd.concat(tables, ignore_index=True) if tables else _no_rows(by, ask))
    groups = {label: Sides.of(pair.one, pair.two) for label, pair in pairs.items()}
    tests = _untested({f"group {label!r}": pair.one for label, pair in pairs.items()})
    tests += _untested({f"rest of {label!r}": pair.two for label, pair in pairs.items()})
    notes = (*_notes(frame["word"].nunique(), vocabulary, ask), TESTED, EACH, *tests)
    notes += (ZONES,) if by == "zone" else ()
    size = f"{corpus.word_total:,} words in {len(corpus):,} articles"
    named: dict[str, object] = {"target": size, "reference": "the rest of each group", "by": by}
    made = _made(frame, named, notes, Sides(), vocabulary, ask)
    return replace(made, groups=MappingProxyType(groups))


def _no_rows(by: str, ask: _Ask) -> pd.DataFrame:
    """Return the table of a corpus without groups."""
    none = keyrows.rows(Versus(NOTHING, NOTHING, np.zeros(0)), ask.level(1))
    none.insert(0, by, pd.Series([], dtype=object))
    return none


def _made(
    frame: pd.DataFrame,
    named: dict[str, object],
    notes: tuple[str, ...],
    sides: Sides,
    vocabulary: int,
    ask: _Ask,
) -> Keyness:
    """Return the table with its caption and notes."""
    return Keyness(
        frame,
        named | ask.params,
        notes,
        keyrows.found(frame, ask.unit),
        keyrows.SHOWN,
        sizes=sides.words,
        articles=sides.articles,
        listed=sides.listed,
        vocabulary=max(vocabulary, 1),
        measures=ask.measures,
    )


def _notes(listed: int, vocabulary: int, ask: _Ask) -> tuple[str, ...]:
    """Return what a reader of any table of key words must know."""
    passed = f"{listed:,} of {max(vocabulary, 1):,} {ask.unit} pass min_freq and min_range"
    order = "Ordered by conservative_log_ratio: target first, reference last; log ratios in bits."
    runs = "No run crosses a mark, a sentence or an article; rates are per 10,000 words."
    more = (*((runs,) if ask.n > 1 else ()), *ask.left_out)
    return (f"{passed} (both sides together).", order, *more)


def _untested(sides: dict[str, Profile]) -> list[str]:
    """Return a note for each side with too few articles for a test."""
    notes = []
    for name, side in sides.items():
        if side.articles < 2:
            few = "one article" if side.articles else "no article with words"
            notes.append(f"No test: the {name} has {few}, so p = q = 1 by rule.")
    return notes
