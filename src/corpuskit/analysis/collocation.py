"""Which words stand round the hits more often than elsewhere, each place counted once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import numpy as np
import pandas as pd

from ..corpus.corpus import Corpus
from ..corpus.find import Hits
from ..corpus.store import Ints
from ..errors import kind, one_of, refuse, whole
from ..measures import association
from ..measures.table import Table
from ..result import Result
from . import explanation
from .windows import Windows, windows_of

ALPHA = 0.001  # of the conservative log ratio, for the whole vocabulary
SHOWN = {"E11": 2, "log_dice": 2, "log_ratio": 2, "conservative_log_ratio": 2, "g2": 1, "mi": 2}


@dataclass(frozen=True, eq=False, repr=False)
class Collocates(Result):
    """Collocates of hits; `.explain(word)` shows where a row comes from.

    Attributes
    ----------
    window_words
        Words inside the windows, each counted once: C1 of every table.
    other_words
        Words outside windows and nodes: C2 of every table.
    vocabulary
        Different words outside the nodes.
    totals
        For each word of the table its places in the corpus outside nodes: R1 of its table.
    """

    window_words: int = 0
    other_words: int = 0
    vocabulary: int = 1
    totals: Mapping[str, int] = field(default_factory=dict)

    def explain(self, word: str) -> Result:
        """Return the 2x2 table of a word, observed and expected, and the formulas in numbers.

        Raises
        ------
        ValueError
            If the word is not in the table.
        """
        row = self.frame.iloc[explanation.row_of(self.frame, word)]
        outside = self.totals[row["word"]] - row["O11"]
        t = Table.from_sizes(row["O11"], outside, self.window_words, self.other_words)
        lines = (
            f"N = {t.N:,.0f} words: the corpus without nodes; a place in two windows counts once.",
            explanation.log_dice_line(t),
            explanation.log_ratio_line(t),
            explanation.conservative_line(t, ALPHA, self.vocabulary),
            explanation.g2_line(t),
            explanation.mi_line(t),
            f"{row['left']:,} of them left of the node, {row['right']:,} right.",
        )
        columns = ("windows", "elsewhere")
        return explanation.explained(str(row["word"]), t, columns, lines, "Collocate")


def collocates(
    hits: Hits,
    span: tuple[int, int] = (5, 5),
    *,
    min_freq: int = 5,
    min_range: int = 2,
    within: str | None = None,
) -> Collocates:
    """Return the words in the windows round the hits, with how strongly they are drawn there.

    Parameters
    ----------
    hits
        What `corpus.find` returned: the nodes.
    span
        Words to the left and to the right of a node; marks are not counted.
    min_freq
        Places in the windows that a word must have to be listed.
    min_range
        Articles in whose windows a word must occur to be listed.
    within
        "sentence": windows end with the sentence. None: they end with the article.

    Returns
    -------
    Collocates
        word (str), O11 (int, places in the windows), E11 (float, expected there), log_dice,
        log_ratio, conservative_log_ratio, g2, mi (float), range (int, articles), left, right
        (int, places on either side; left + right = O11). Ordered by conservative_log_ratio,
        then by g2 (negative where O11 < E11), then by word: words drawn to the node first,
        words that keep away from it last. `.explain(word)` shows a row's table and formulas.

    Raises
    ------
    ValueError
        If an option is out of range.

    Notes
    -----
    Every place in the corpus is counted once, even where windows overlap, on the side of the
    nearest node (between two equally near, as a word to the right of the first). Words inside a
    node are no collocates. C1 = places in windows, R1 = the word's places outside nodes, N =
    words of the corpus outside nodes; conservative_log_ratio at alpha .001 over all words
    outside nodes. The trap: logDice ranks common words high if the node is common; G2 and the
    conservative log ratio know what chance would give.

    References
    ----------
    Evert (2008, 2022), Rychly (2008), Hardie (2014): see `corpuskit.measures.association`.

    Examples
    --------
    >>> import corpuskit as ck
    >>> corpus = ck.Corpus.from_frame([{"text": "the partnership of partnership deals"}])
    >>> table = ck.collocates(corpus.find("partnership"), min_freq=1, min_range=1)
    >>> table.to_frame()[["word", "O11", "left", "right"]]
        word  O11  left  right
    0  deals    1     0      1
    1     of    1     0      1
    2    the    1     1      0
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    left, right = _span(span)
    whole("min_freq", min_freq, "places", 1)
    whole("min_range", min_range, "articles", 1)
    if within is not None:
        one_of("within", within, ("sentence",))
    windows = windows_of(hits, left, right, within)
    counted = _Counts.of(hits.corpus, windows)
    found = counted.O11
    listed = np.flatnonzero((found >= min_freq) & (counted.range >= min_range)).astype(np.int64)
    frame = _rows(hits.corpus, counted, listed)
    words = [hits.corpus.store.folds[form] for form in listed.tolist()]
    params = hits.caption | {"span": (left, right), "min_freq": min_freq, "min_range": min_range}
    params |= {"within": within} if within else {}
    return Collocates(
        frame,
        params,
        _notes(counted, len(frame), within),
        f"{len(frame):,} words in {counted.inside:,} places round {len(hits):,} hits",
        SHOWN,
        window_words=counted.inside,
        other_words=counted.total - counted.inside,
        vocabulary=counted.vocabulary,
        totals=dict(zip(words, counted.outside[listed].tolist(), strict=True)),
    )


def _span(span: object) -> tuple[int, int]:
    """Return the words to the left and to the right."""
    if not isinstance(span, tuple | list) or len(span) != 2:
        rule = "two whole numbers of words, to the left and to the right"
        refuse("span", rule, span, "Give for instance span=(5, 5).")
    return whole("span", span[0], "words"), whole("span", span[1], "words")


@dataclass(frozen=True, eq=False)
class _Counts:
    """Counts by folded word: in the windows, left, right, outside nodes; and the totals."""

    left: Ints
    right: Ints
    outside: Ints
    range: Ints
    total: int

    @classmethod
    def of(cls, corpus: Corpus, windows: Windows) -> Self:
        """Count the words of a corpus by the places they stand in."""
        store, words = corpus.store, corpus.words
        size = len(store.folds)

        def forms(ranks: Ints) -> Ints:
            folded: Ints = store.folded[store.ids[words[ranks]]].astype(np.int64)
            return folded

        ranks = np.concatenate([windows.left, windows.right])
        pairs = np.unique(corpus.article_of(words[ranks]) * size + forms(ranks))
        return cls(
            left=_tally(forms(windows.left), size),
            right=_tally(forms(windows.right), size),
            outside=corpus.word_counts() - _tally(forms(windows.nodes), size),
            range=_tally(pairs % max(size, 1), size),
            total=len(words) - len(windows.nodes),
        )

    @property
    def O11(self) -> Ints:
        """Places in the windows."""
        return self.left + self.right

    @property
    def inside(self) -> int:
        """Places in all windows together."""
        return int(self.O11.sum())

    @property
    def vocabulary(self) -> int:
        """Different words outside the nodes; at least 1."""
        return max(int(np.count_nonzero(self.outside)), 1)


def _tally(forms: Ints, size: int) -> Ints:
    """Return how often each of `size` forms occurs."""
    return np.bincount(forms, minlength=size).astype(np.int64)


def _rows(corpus: Corpus, counted: _Counts, forms: Ints) -> pd.DataFrame:
    """Return the table of these folded words, ordered."""
    O11 = counted.O11[forms]
    t = Table.from_marginals(O11, counted.outside[forms], counted.inside, counted.total)
    frame = pd.DataFrame(
        {
            "word": pd.Series([corpus.store.folds[form] for form in forms.tolist()], dtype=object),
            "O11": O11,
            "E11": t.E11,
            "log_dice": association.log_dice(t),
            "log_ratio": association.log_ratio(t),
            "conservative_log_ratio": association.conservative_log_ratio(
                t, alpha=ALPHA, vocabulary=counted.vocabulary
            ),
            "g2": association.g2(t),
            "mi": association.mi(t),
            "range": counted.range[forms],
            "left": counted.left[forms],
            "right": counted.right[forms],
        }
    )
    pull = np.sign(t.deviation) * frame["g2"]
    order = np.lexsort((forms, -pull, -frame["conservative_log_ratio"]))
    return frame.iloc[order].reset_index(drop=True)


def _notes(counted: _Counts, listed: int, within: str | None) -> tuple[str, ...]:
    """Return what a reader of the table must know."""
    seen = int(np.count_nonzero(counted.O11))
    bound = "the sentence" if within else "the article"
    notes = [
        f"Each place counts once; windows count words and end with {bound}.",
        f"{listed:,} of {seen:,} words in the windows pass min_freq and min_range.",
        "Ordered by conservative_log_ratio, then g2: drawn to the node first, kept away last.",
        f"Units: bits for log_ratio and mi; conservative_log_ratio at alpha {ALPHA:g} over "
        f"{counted.vocabulary:,} words.",
    ]
    if seen and counted.inside == counted.total:
        notes.append("The windows cover the whole corpus: there is no elsewhere to compare with.")
    return tuple(notes)
