"""What a reader of scores must know: how many, without evidence, masked, by whom."""

from __future__ import annotations

from ...result import counted
from .judged import Judged
from .scored import Study

JUDGED = (
    "{} is a function: it is given the untouched text, nothing is masked for it, and a sentence of "
    "the baseline as (sentence, '', ''), because without a node there is no left and right."
)


def summary_of(study: Study, around: Judged) -> str:
    """Return how many units, hits and articles, and how many units without evidence."""
    frame = around.scores
    units, hits = counted(around.units, "unit"), counted(len(study.hits), "hit")
    articles = counted(frame["article"].nunique(), "article")
    missing = frame[frame["score"].isna()]["lexicon"].value_counts()
    none = ", ".join(f"{s.name} {missing.get(s.name, 0):,}" for s in study.scorers)
    return f"{units} with {hits} in {articles}; no evidence: {none}"


def notes_on(study: Study, around: Judged) -> tuple[str, ...]:
    """Return what a reader of the scores must know."""
    missing = bool(around.scores["score"].isna().any())
    notes = ["No evidence (–) is not 0: no word of the lexicon is left."] if missing else []
    notes.append(_masked(around))
    for scorer in study.scorers:
        notes += scorer.lexicon.notes if scorer.lexicon else (JUDGED.format(scorer.name),)
    return tuple(notes)


def _masked(around: Judged) -> str:
    """Return how many words of the units are masked."""
    if not around.masked:
        return "Nothing is masked."
    of = {"node": "hits", "names": "names"}
    parts = [f"{counted(n, 'word')} of {of[mask]}" for mask, n in around.masked.items()]
    return f"Masked in the units: {', '.join(parts)}."
