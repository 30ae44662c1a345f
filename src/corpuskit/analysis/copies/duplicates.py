"""Articles that repeat each other, and the stories they form."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus
from ...corpus.sharding.partial import answered
from ...errors import kind, one_of, refuse, whole
from ...result import Result, counted
from ..comparing.samples import only
from . import sketches
from .likeness import Least, Pairs, alike, measures, pairs_in, table_of
from .shingles import Shingles, line_of, shingles_in, shingles_of
from .side_by_side import Differences, differences
from .stories import COLUMNS, date_order, stories_of

METHODS = ("auto", "exact", "minhash")
EXACT_WORDS = 100_000_000  # "auto" compares exactly up to here: about 4 GB
_PAIRS = ["a", "b", "jaccard", "containment", "shared"]


@dataclass(frozen=True, eq=False, repr=False)
class Duplicates(Result):
    """Pairs of articles that repeat each other; `compare(a, b)` shows where two differ.

    Attributes
    ----------
    stories
        A row for every article of the corpus, alone or not: article (id), story (id of its
        earliest article), first (bool: is it that one), size (int: articles of the story),
        date (YYYY-MM-DD, "" if unknown), agency (str, the news agency that the article names,
        "" if none), source (str, what the story presumably comes from: the agency named most
        often in it, else the outlet of its earliest article, else its id), basis (str, why, with
        ties and undated articles). The last three are "" for an article that stands alone. In
        date order, undated last.
    corpus
        What was compared.
    """

    stories: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)))
    corpus: Corpus | None = None

    def compare(self, a: str, b: str) -> Differences:
        """Return two articles side by side, with what differs; see `differences`.

        Parameters
        ----------
        a, b
            Ids of two articles of the corpus; a pair of the table or any other.
        """
        if self.corpus is None:
            refuse("self", "what near_duplicates returns", "a table", "Call near_duplicates.")
        return differences(self.corpus, a, b)


@answered
def near_duplicates(
    corpus: Corpus,
    *,
    n: int = 5,
    threshold: float = 0.5,
    containment: float = 0.8,
    method: str = "auto",
    seed: int = 1,
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
    method
        "exact": every pair that reaches either is found. "minhash": candidates come from small
        sketches of the articles (with the package datasketch) and are then compared exactly: no
        pair listed is false, few are missed; a note gives the probability. "auto": exact up to
        100 million words, for which it takes about 4 GB of memory; MinHash above.
    seed
        Of the MinHash permutations.

    Returns
    -------
    Duplicates
        a, b (str, ids; a is the earlier), jaccard, containment (float, 0 to 1), shared (int,
        distinct shingles that both have); most alike first. `.stories` has every article, with
        the presumed source; `.compare(a, b)` shows two articles side by side.

    Raises
    ------
    ValueError
        If n is below 1, a threshold is out of range, or the method is none of these.
    ImportError
        If MinHash is wanted and the package datasketch is missing.

    Notes
    -----
    Words are compared without case and typography; marks do not count; shingles run across
    sentences inside one article. J = |A∩B| / |A∪B|; C = |A∩B| / min(|A|, |B|). C finds a report
    that was cut to a brief; the trap: a very short article counts as a copy of every article
    that quotes it whole, and stories grow by chains (a like b, b like c, so a with c). A
    presumed source is a guess: the earliest article of the corpus may itself be a copy.

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
    n, seed = whole("n", n, "words", 1), whole("seed", seed, "your choice")
    least = Least(_least("threshold", threshold), _least("containment", containment))
    sketched = _sketched(corpus, one_of("method", method, METHODS))
    order = date_order(corpus)
    found, pairs = _sketched_pairs(corpus, n, least, seed) if sketched else _all(corpus, n, least)
    frame = _pair_frame(corpus, found, order, pairs)
    stories = stories_of(corpus, order, pairs.a, pairs.b)
    copies = int((~stories["first"]).sum())
    repeat = f"{copies:,} of {len(corpus):,} articles repeat an earlier one"
    params: dict[str, object] = {"n": n}
    params |= {"threshold": least.jaccard, "containment": least.containment}
    params |= {"method": "minhash", "seed": seed} if sketched else {}
    notes = (*_notes(corpus, n), *([sketches.note(least, seed)] if sketched else []))
    summary = f"{counted(len(frame), 'pair')}; {repeat}"
    return Duplicates(frame, params, notes, summary, stories=stories, corpus=corpus)


def _least(name: str, value: object) -> float:
    """Return `value` as a float above 0 and at most 1; otherwise raise."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
        return float(value)
    refuse(name, "a share above 0 and at most 1", value, f"Give for instance {name}=0.5.")


def _sketched(corpus: Corpus, method: str) -> bool:
    """Return whether candidates come from sketches."""
    return method == "minhash" or (method == "auto" and corpus.word_total > EXACT_WORDS)


def _all(corpus: Corpus, n: int, least: Least) -> tuple[Shingles, Pairs]:
    """Return the shingles of a corpus and every pair that is alike enough."""
    found = shingles_of(corpus, n)
    return found, pairs_in(found, least)


def _sketched_pairs(corpus: Corpus, n: int, least: Least, seed: int) -> tuple[Shingles, Pairs]:
    """Return the candidates of sketches that are alike enough: these are compared exactly."""
    a, b = sketches.candidates(line_of(corpus, n), least, seed)
    keep = np.zeros(len(corpus), bool)
    keep[a] = keep[b] = True
    place = np.cumsum(keep) - 1
    part = shingles_in(line_of(only(corpus, keep), n))
    pairs = alike(part, table_of(part), least, place[a], place[b])
    rows = np.flatnonzero(keep)
    of_row = np.zeros(len(corpus), np.int64)
    of_row[rows] = part.of_row
    found = Shingles(of_row, rows[part.rows].astype(np.int32), part.shingles)
    return found, Pairs(rows[pairs.a], rows[pairs.b], pairs.both)


def _pair_frame(corpus: Corpus, found: Shingles, order: Ints, pairs: Pairs) -> pd.DataFrame:
    """Return the pairs as a table, the earlier article first, most alike on top."""
    a, b, both = pairs.a, pairs.b, pairs.both
    jaccard, contained = measures(found, a, b, both)
    early = np.where(order[a] < order[b], a, b)
    late = a + b - early
    rank = np.lexsort((order[late], order[early], -contained, -jaccard))
    ids = corpus.articles["id"].to_numpy(dtype=object)
    columns = (ids[early], ids[late], jaccard, contained, both)
    frame = pd.DataFrame({k: v[rank] for k, v in zip(_PAIRS, columns, strict=True)})
    return frame.astype({"a": object, "b": object})


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
