"""Articles that repeat each other, and the stories they form."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..corpus.corpus import Corpus
from ..corpus.store import Ints
from ..errors import kind, refuse, whole
from ..result import Result, counted
from .shingles import Shingles, shared, shingles_of

_PAIRS = ["a", "b", "jaccard", "containment", "shared"]
_STORIES = ["article", "story", "first", "size", "date"]


@dataclass(frozen=True, eq=False, repr=False)
class Duplicates(Result):
    """Pairs of articles that repeat each other.

    Attributes
    ----------
    stories
        A row for every article of the corpus, alone or not: article (id), story (id of its
        earliest article), first (bool: is it that one), size (int: articles of the story),
        date (YYYY-MM-DD, "" if unknown). In date order, undated last.
    """

    stories: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_STORIES))


def near_duplicates(
    corpus: Corpus, *, n: int = 5, threshold: float = 0.5, containment: float = 0.8
) -> Duplicates:
    """Return the pairs of articles that share much of their wording, and the stories they form.

    Parameters
    ----------
    corpus
        The articles to compare, each with each.
    n
        Words in a shingle. An article shorter than n words is one shingle: its whole text.
    threshold
        Least Jaccard similarity of a pair (above 0, at most 1).
    containment
        Least share of the smaller article's shingles found in the other (above 0, at most 1);
        a pair counts if it reaches either this or the threshold.

    Returns
    -------
    Duplicates
        a, b (str, ids; a is the earlier), jaccard, containment (float, 0 to 1), shared (int,
        distinct shingles that both have); most alike first. `.stories` has every article.

    Raises
    ------
    ValueError
        If n is below 1 or a threshold is out of range.

    Notes
    -----
    Words are compared without case and typography; marks do not count; shingles run across
    sentences inside one article. J = |A∩B| / |A∪B|; C = |A∩B| / min(|A|, |B|). C finds a report
    that was cut to a brief; the trap: a very short article counts as a copy of every article
    that quotes it whole, and stories grow by chains (a like b, b like c, so a with c).

    References
    ----------
    Broder 1997, On the resemblance and containment of documents.

    Examples
    --------
    >>> import corpuskit as ck
    >>> wire = "The ministers met in New Delhi on Tuesday and signed a pact."
    >>> rows = [("w", "2026-01-27", wire), ("r", "2026-01-28", wire + " Critics were cool.")]
    >>> corpus = ck.Corpus.from_frame([{"id": i, "date": d, "text": t} for i, d, t in rows])
    >>> ck.near_duplicates(corpus).to_frame()
       a  b   jaccard  containment  shared
    0  w  r  0.727273          1.0       8
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    n = whole("n", n, "words", 1)
    threshold = _least("threshold", threshold)
    containment = _least("containment", containment)
    order = _date_order(corpus)
    found = shingles_of(corpus, n)
    a, b, both = _pairs(found, threshold, containment)
    frame = _pair_frame(corpus, found, order, (a, b, both))
    stories = _stories(corpus, order, a, b)
    copies = int((~stories["first"]).sum())
    repeat = f"{copies:,} of {len(corpus):,} articles repeat an earlier one"
    params = {"n": n, "threshold": threshold, "containment": containment}
    summary = f"{counted(len(frame), 'pair')}; {repeat}"
    return Duplicates(frame, params, _notes(corpus, n), summary, stories=stories)


def _least(name: str, value: object) -> float:
    """Return `value` as a float above 0 and at most 1; otherwise raise."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
        return float(value)
    refuse(name, "a share above 0 and at most 1", value, f"Give for instance {name}=0.5.")


def _date_order(corpus: Corpus) -> Ints:
    """Return the place of each article in date order; undated last, ties in table order."""
    published = corpus.articles["published"].astype(str).tolist()
    ranked = sorted(range(len(published)), key=lambda row: (not published[row], published[row]))
    place = np.empty(len(ranked), np.int64)
    place[ranked] = np.arange(len(ranked))
    return place


def _pairs(found: Shingles, threshold: float, containment: float) -> tuple[Ints, Ints, Ints]:
    """Return the pairs of articles (rows) that are alike enough, with their shared shingles."""
    kept = [np.empty((3, 0), np.int64)]
    for a, b, both in shared(found):
        jaccard, contained = _measures(found, a, b, both)
        alike = (jaccard >= threshold) | (contained >= containment)
        kept.append(np.stack([a[alike], b[alike], both[alike]]))
    a, b, both = np.concatenate(kept, axis=1)
    return a, b, both


def _measures(found: Shingles, a: Ints, b: Ints, both: Ints) -> tuple[np.ndarray, np.ndarray]:
    """Return Jaccard similarity and containment of pairs that share something."""
    of_a, of_b = found.of_row[a], found.of_row[b]
    return both / (of_a + of_b - both), both / np.minimum(of_a, of_b)


def _pair_frame(
    corpus: Corpus, found: Shingles, order: Ints, pairs: tuple[Ints, Ints, Ints]
) -> pd.DataFrame:
    """Return the pairs as a table, the earlier article first, most alike on top."""
    a, b, both = pairs
    jaccard, contained = _measures(found, a, b, both)
    early = np.where(order[a] < order[b], a, b)
    late = a + b - early
    rank = np.lexsort((order[late], order[early], -contained, -jaccard))
    ids = corpus.articles["id"].to_numpy(dtype=object)
    columns = (ids[early], ids[late], jaccard, contained, both)
    frame = pd.DataFrame({k: v[rank] for k, v in zip(_PAIRS, columns, strict=True)})
    return frame.astype({"a": object, "b": object})


def _stories(corpus: Corpus, order: Ints, a: Ints, b: Ints) -> pd.DataFrame:
    """Return the story of every article: articles linked by pairs, named by the earliest."""
    root = _roots(order, a, b)
    table = corpus.articles
    ids = table["id"].to_numpy(dtype=object)
    frame = pd.DataFrame(
        {
            "article": pd.Series(ids, dtype=object),
            "story": pd.Series(ids[root], dtype=object),
            "first": root == np.arange(len(ids)),
            "size": np.bincount(root, minlength=len(ids))[root],
            "date": table["date"],
        }
    )
    return frame.iloc[np.lexsort((order, order[root]))].reset_index(drop=True)


def _roots(order: Ints, a: Ints, b: Ints) -> Ints:
    """Return for each article the earliest one that it is linked to, through others as well."""
    parent = list(range(len(order)))
    for pair in zip(a.tolist(), b.tolist(), strict=True):
        early, late = sorted((_top(parent, row) for row in pair), key=lambda row: order[row])
        parent[late] = early
    return np.array([_top(parent, row) for row in range(len(parent))], np.int64)


def _top(parent: list[int], row: int) -> int:
    """Return the end of the chain that begins at `row`, shortening it on the way."""
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _notes(corpus: Corpus, n: int) -> tuple[str, ...]:
    """Return what a reader of the pairs must know."""
    sizes = corpus.words_per_article()
    short, bare = int(((sizes > 0) & (sizes < n)).sum()), int((sizes == 0).sum())
    notes = [f"Shingles are {n} folded words in a row; marks do not count."]
    if short:
        notes.append(f"{counted(short, 'article')} below {n} words: one shingle each.")
    if bare:
        notes.append(f"{counted(bare, 'article')} without words: like no other.")
    return tuple(notes)
