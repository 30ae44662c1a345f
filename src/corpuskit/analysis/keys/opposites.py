"""What a corpus is compared with: the reference, what both share, and stories on both sides."""

from __future__ import annotations

import numpy as np

from ...corpus.corpus import Corpus
from ...corpus.part import Part
from ...errors import refuse
from ..comparing.samples import counted_articles
from .positions import part_codes
from .profiles import part_of, rest_of

GIVE = 'Give a corpus, "rest", or a word list (counts, reference_words("en")).'


def reference_of(target: Corpus, reference: object) -> Part:
    """Return the corpus that the target is compared with, "rest" being all other articles."""
    if reference == "rest":
        return rest_of(target)
    if reference is None or isinstance(reference, str):
        refuse("reference", "a corpus, 'rest' or a word list", reference, GIVE)
    if not isinstance(reference, Corpus):
        given = type(reference).__name__
        raise TypeError(f"`reference` must be a corpus, 'rest' or a word list; not {given}. {GIVE}")
    return reference


def refuse_overlap(target: Part, reference: Part) -> tuple[str, ...]:
    """Raise if a word is on both sides; return the note if an article is."""
    if target.store is not reference.store:
        return ()
    inside = part_codes([target]) == 0
    shared = reference.selected[inside[reference.selected]]
    if not len(shared):
        return ()
    common = part_of(target, shared)
    common.zones = tuple(zone for zone in target.zones if zone in reference.zones)
    if common.token_total:
        remedy = "Give the rest, for instance corpus.where(outlet=lambda name: name != 'A')."
        refuse("reference", "a corpus that shares no words with the target", reference, remedy)
    said = "articles have words on both sides; p and q take the sides as independent"
    return (f"{len(shared):,} {said}.",)


def each_story(target: Corpus, other: Part, stories: object) -> tuple[Part, Part, tuple[str, ...]]:
    """Return both sides with the earliest article of each story, and the note on the others."""
    if target.store is not other.store:
        remedy = "Put the articles into one corpus first."
        refuse("unit", "'article' where the sides are not parts of one corpus", "story", remedy)
    both = target.where()
    both.selected = np.union1d(target.selected, other.selected)
    keep, left_out = counted_articles(both, "story", stories)
    kept = both.selected[keep]
    one, two = (part_of(side, np.intersect1d(side.selected, kept)) for side in (target, other))
    return one, two, left_out
