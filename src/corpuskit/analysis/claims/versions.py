"""One claim, repeated in other ways: which versions agree, and what turns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ...corpus.corpus import Corpus
from ...corpus.sharding.partial import answered, carried
from ...errors import kind, refuse, share, whole
from ...result import Result, counted, number
from ..collocations.lemmas import by_lemma
from ..comparing.samples import PER_WORDS
from ..copies.duplicates import near_duplicates
from ..tone.baseline import Drawing
from ..tone.scorers import scorers_of
from .claim import Claim, ToneClaim
from .evidence import RATE, RATIO, TONE, UNITS, Evidence, Reading, Version

COLUMNS: dict[str, Any] = {
    "version": object,
    "measure": object,
    "n": "int64",
    "value": float,
    "low": float,
    "high": float,
    "says": object,
    "agrees": bool,
}
RULE = (
    "holds = every version agrees; fragile = some agree and some do not; "
    "not found = no version agrees"
)


@dataclass(frozen=True, eq=False, repr=False)
class Robustness(Result):
    """A claim and its versions; `.explain(version)` shows where a row comes from.

    Attributes
    ----------
    verdict
        "holds" (every version agrees), "fragile" (some do) or "not found" (none does).
    evidence
        For each row, the sum and the size of side one, then of side two.
    sides
        What side one and side two are.
    """

    verdict: str = "not found"
    evidence: tuple[tuple[float, float, float, float], ...] = ()
    sides: tuple[str, str] = ("", "")

    @carried
    def explain(self, version: str | int = 0) -> Result:
        """Return what a version compares: both sides, the formula in numbers, the rule.

        Parameters
        ----------
        version
            Name of a version, as in the column `version`, or the number of its row.

        Returns
        -------
        Result
            side (str), count (float: hits, or a sum of scores), size (float: words, or scored
            units), rate (float: per 10,000 words, or mean score).
        """
        names = self.frame["version"].tolist()
        if version in names:
            version = names.index(version)
        if not isinstance(version, int) or not 0 <= version < len(names):
            refuse("version", "a version of this table", version, "See the column version.")
        row, (a, c, b, d) = self.frame.iloc[version], self.evidence[version]
        per = 1 if row["measure"] == TONE else PER_WORDS
        rates = [per * s / n if n else 0.0 for s, n in ((a, c), (b, d))]
        columns = {"side": list(self.sides), "count": [a, b], "size": [c, d], "rate": rates}
        notes = (_formula(row, (a, c, b, d)), _ends(row), f"It says {row['says']!r}.")
        given = {"version": row["version"], "measure": row["measure"]}
        digits = {"count": 3 if per == 1 else 0, "size": 0, "rate": 3 if per == 1 else 2}
        frame, found = pd.DataFrame(columns), f"says {row['says']}"
        return Result(frame, given, notes, found, digits, "Version")


@answered
def robustness(
    corpus: Corpus,
    claim: Claim,
    *,
    windows: Iterable[int] = (3, 5, 10),
    lexicons: Any = ("vader-news",),
    lemma: bool = True,
    language: str = "en",
    stories: object = None,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> Robustness:
    """Return a claim as stated and in other versions, each with one thing changed.

    Parameters
    ----------
    corpus
        What the claim is about.
    claim
        A `RateClaim`, `KeywordClaim`, `CollocateClaim` or `ToneClaim`.
    windows
        Words to either side of a node, for claims with a window.
    lexicons
        Other lexicons for a claim of tone, as for `sentiment_around`; () for none.
    lemma, language
        Whether to repeat it with every form of the base forms, and in which language. Without
        the package simplemma this version is left out and a note says so.
    stories
        What `near_duplicates` returned, for the version without reprints; None: found here.
    level, draws, seed
        Interval, resampled corpora and seed of the versions that draw articles again.

    Returns
    -------
    Robustness
        version (str, what was changed), measure (str), n (int, occurrences or scored units that
        the value rests on), value, low, high (float; of a log ratio only the end nearest 0),
        says ("more", "less", or "open" where 0 is not excluded), agrees (bool: says what the
        claim says). The first row is the claim as stated. `.verdict`, `.explain(version)`.

    Raises
    ------
    TypeError
        If `claim` is none of the four.
    ValueError
        If the corpus has no such group or column, or an option is out of range.

    Notes
    -----
    The rule of the verdict: holds = every version agrees; fragile = some agree and some do not;
    not found = none agrees. One version leaves out the article whose removal weakens the claim
    most, because what one report carries is a fact about that report. The trap: versions share
    their articles and are no independent tests; eight of nine is no probability, and the one
    that does not agree is what to read first.

    Examples
    --------
    >>> import corpuskit as ck
    >>> from corpuskit.analysis.claims.claim import RateClaim
    >>> from corpuskit.analysis.claims.versions import robustness
    >>> texts = ["pact"] * 6 + ["pact " * 60]
    >>> rows = [{"outlet": "A", "text": f"{text} day {n} " + "talk " * 90}
    ...         for n, text in enumerate(texts)]
    >>> rows += [{"outlet": "B", "text": f"pact day {n} " + "word " * 90} for n in range(7)]
    >>> result = robustness(ck.Corpus.from_frame(rows), RateClaim("pact", "A"), lemma=False)
    >>> result.verdict
    'fragile'
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    if not isinstance(claim, Claim):
        names = ", ".join(one.__name__ for one in Claim.__args__)
        given = type(claim).__name__
        remedy = 'Give for instance RateClaim("partner*", group="A").'
        raise TypeError(f"`claim` must be one of {names}; not {given}. {remedy}")
    spans = [whole("windows", window, "words", 1) for window in windows]
    drawing = Drawing(
        share("level", level), whole("draws", draws, "draws", 1), whole("seed", seed, "a seed")
    )
    scorers = () if isinstance(lexicons, tuple | list) and not lexicons else scorers_of(lexicons)
    params: dict[str, object] = {"claim": claim}
    params |= {"windows": tuple(spans)} if hasattr(claim, "window") else {}
    params |= {"lexicons": tuple(s.name for s in scorers)} if isinstance(claim, ToneClaim) else {}
    params |= {"lemma": lemma} | drawing._asdict()
    if not len(corpus):
        return _result(claim, [], params, ())
    claim.check(corpus)
    versions = claim.versions(corpus, spans, scorers)
    lemmas, unread = _by_lemma(versions[0], lemma, language)
    firsts, alone = _without_reprints(versions[0], stories)
    read = [(one, *claim.read(one, drawing)) for one in (*versions, *lemmas, *firsts)]
    last = _without_carrier(*read[0][:2], 1 if claim.direction == "more" else -1)
    read.append((last, *claim.read(last, drawing)))
    return _result(claim, read, params, (*unread, *alone))


def _by_lemma(stated: Version, wanted: bool, language: str) -> tuple[list[Version], list[str]]:
    """Return the version by base forms, or the note that there is none."""
    if not wanted:
        return [], []
    try:
        by_lemma(stated.corpus.find("a"), language=language)
    except ImportError as error:
        return [], [f"No version by base forms. {error}"]
    return [replace(stated, change="base forms (lemmas)", language=language)], []


def _without_reprints(stated: Version, stories: object) -> tuple[list[Version], list[str]]:
    """Return the version with the earliest article of each story, or the note on none."""
    corpus = stated.corpus
    table = getattr(near_duplicates(corpus) if stories is None else stories, "stories", None)
    if not isinstance(table, pd.DataFrame) or not {"article", "first"} <= set(table.columns):
        remedy = "Give stories=near_duplicates(corpus)."
        refuse("stories", "the result of near_duplicates", type(stories).__name__, remedy)
    copies = set(table.loc[~table["first"].astype(bool), "article"])
    part = corpus.where(id=lambda name: name not in copies)
    if len(part) == len(corpus):
        return [], ["No article repeats an earlier one: there is no version without reprints."]
    change = f"without {counted(len(corpus) - len(part), 'reprint')}"
    return [replace(stated, change=change, corpus=part)], []


def _without_carrier(stated: Version, evidence: Evidence, sign: int) -> Version:
    """Return the version without the article that carries most of the claim."""
    name = evidence.carrier(sign)
    part = stated.corpus.where(id=lambda one: one != name)
    return replace(stated, change=f"without {name}", corpus=part)


def _result(
    claim: Claim,
    read: list[tuple[Version, Evidence, Reading]],
    params: dict[str, object],
    left_out: tuple[str, ...],
) -> Robustness:
    """Return the versions as a result, with the verdict."""
    rows = [
        (one.change, one.measure, evidence.n, *reading, reading.says, claim.direction)
        for one, evidence, reading in read
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["agrees"] = frame["says"] == claim.direction
    frame = frame.astype(COLUMNS)
    agree = int(frame["agrees"].sum())
    verdict = "not found" if not agree else "holds" if agree == len(frame) else "fragile"
    found = f"{agree:,} of {counted(len(frame), 'version')} {_verb(len(frame))}: {verdict}"
    digits = 3 if TONE in frame["measure"].tolist() else 2
    return Robustness(
        frame,
        params,
        (*_notes(frame, claim.direction), *left_out),
        found,
        dict.fromkeys(("value", "low", "high"), digits),
        verdict=verdict,
        evidence=tuple(evidence.totals for _, evidence, _ in read),
        sides=claim.sides,
    )


def _verb(n: int) -> str:
    """Return the verb that goes with a number of versions."""
    return "agrees" if n == 1 else "agree"


def _notes(frame: pd.DataFrame, direction: str) -> tuple[str, ...]:
    """Return the rule, what does not agree, and how rows are to be read."""
    against = frame.loc[~frame["agrees"], "version"].tolist()
    notes = [f"Verdict: {RULE}. A version agrees if it says {direction!r}; open: 0 not excluded."]
    if against and len(against) < len(frame):
        notes.append(f"Not in agreement: {'; '.join(against)}.")
    used = set(frame["measure"])
    notes += [f"{name}: {unit}." for name, unit in UNITS.items() if name in used]
    if len(frame):
        notes.append("One thing is changed at a time; the versions are no independent tests.")
    return tuple(notes)


def _formula(row: pd.Series, totals: tuple[float, float, float, float]) -> str:
    """Return the formula of a version with the numbers in it."""
    a, c, b, d = totals
    value = number(row["value"])
    if row["measure"] == TONE:
        return f"{TONE} = {a:.3f} / {c:,.0f} - {b:.3f} / {d:,.0f} = {value}."
    if row["measure"] == RATIO:
        zero = "Zero rule: a count of 0 becomes 0.5."
        one, two = (s or 0.5 for s in (a, b))
        inside = f"({one:g} / {c:,.0f}) / ({two:g} / {d:,.0f})"
        return f"log ratio = log2({inside}) = {value} bits. {zero} Hardie 2014; Evert 2022."
    inside = f"{a:,.0f} / {c:,.0f} - {b:,.0f} / {d:,.0f}"
    if row["measure"] == RATE:
        return f"{RATE} = {PER_WORDS:,} × ({inside}) = {value}."
    return f"{row['measure']}: mean of article rates, side one - side two = {value}."


def _ends(row: pd.Series) -> str:
    """Return the interval of a version in words."""
    if np.isnan(row["low"]) and np.isnan(row["high"]):
        return "No interval: fewer than two articles on a side."
    if row["measure"] == RATIO:
        end = row["high"] if np.isnan(row["low"]) else row["low"]
        return f"End of its interval nearest 0: {number(end)} bits (0: the interval holds 0)."
    low, high = number(row["low"]), number(row["high"])
    return f"Interval, articles drawn again: {low} to {high}. Efron & Tibshirani 1993."
