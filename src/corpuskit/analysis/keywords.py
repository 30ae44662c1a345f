"""Which words one corpus uses more than another: both vocabularies, both directions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..corpus.corpus import Corpus
from ..corpus.store import Ints
from ..errors import kind, refuse, share, whole
from ..measures import association
from ..measures.resampling import Welch, q_values, welch
from ..measures.table import Floats, Table, over
from ..result import Result, probability
from . import explanation

PER = 10_000  # words
DIRECTIONS = np.array(["reference", "even", "target"], dtype=object)
SHOWN = {
    "target_per_10k": 2,
    "reference_per_10k": 2,
    "log_ratio": 2,
    "conservative_log_ratio": 2,
    "g2": 1,
}


@dataclass(frozen=True, eq=False)
class _Profile:
    """What one side knows about its words: one value a word, and the sizes of the side."""

    words: list[str]
    counts: Ints
    range: Ints
    rates: Floats  # sum over articles of the rate of each word
    squares: Floats  # sum of the squared rates
    size: int
    articles: int

    @classmethod
    def of(cls, corpus: Corpus) -> _Profile:
        """Count the words of a corpus, article by article, without any dense table."""
        from scipy.sparse import coo_array

        sizes, store = corpus.words_per_article(), corpus.store
        forms = store.folded[store.ids[corpus.words]]
        owners = np.repeat(np.arange(len(sizes)), sizes)
        shape = (len(store.folds), max(len(sizes), 1))
        cells = coo_array((np.ones(len(forms), np.int32), (forms, owners)), shape=shape).tocsr()
        spread = np.diff(cells.indptr).astype(np.int64)
        rows = np.repeat(np.arange(len(spread)), spread)
        rate = over(cells.data, sizes[cells.indices]) if len(rows) else np.zeros(0)

        def summed(values: Floats) -> Floats:
            return np.asarray(np.bincount(rows, values, minlength=len(spread)), float)

        counts = summed(cells.data.astype(float)).astype(np.int64)
        read = int((sizes > 0).sum())
        return cls(store.folds, counts, spread, summed(rate), summed(rate**2), len(forms), read)

    def spelled(self, words: list[str]) -> _Profile:
        """Return the same side with its values in the order of `words`, 0 for unknown ones."""
        if words is self.words:
            return self
        index = {word: n for n, word in enumerate(words)}
        at = np.array([index[word] for word in self.words], np.int64)

        def moved(values: NDArray[Any]) -> NDArray[Any]:
            column = np.zeros(len(words), values.dtype)
            column[at] = values
            return column

        return replace(
            self,
            words=words,
            counts=moved(self.counts),
            range=moved(self.range),
            rates=moved(self.rates),
            squares=moved(self.squares),
        )

    @property
    def label(self) -> str:
        """The size of this side, for the caption."""
        return f"{self.size:,} words in {self.articles:,} articles"


@dataclass(frozen=True, eq=False, repr=False)
class Keyness(Result):
    """Key words; `.explain(word)` shows where a row comes from.

    Attributes
    ----------
    sizes
        Words of the target and of the reference.
    articles
        Articles with words in the target and in the reference.
    vocabulary
        Different words of both together: what alpha is divided by.
    """

    sizes: tuple[int, int] = (0, 0)
    articles: tuple[int, int] = (0, 0)
    vocabulary: int = 1

    def explain(self, word: str) -> Result:
        """Return the 2x2 table of a word, observed and expected, and the formulas in numbers.

        Raises
        ------
        ValueError
            If the word is not in the table.
        """
        row = self.frame.iloc[explanation.row_of(self.frame, word)]
        t = Table.from_sizes(row["target"], row["reference"], *self.sizes)
        alpha = float(self.params["alpha"])  # type: ignore[arg-type]
        lines = (
            explanation.log_ratio_line(t),
            explanation.conservative_line(t, alpha, self.vocabulary),
            explanation.g2_line(t),
            self._test_line(row),
        )
        columns = ("target", "reference")
        return explanation.explained(str(row["word"]), t, columns, lines, "KeyWord")

    def _test_line(self, row: pd.Series) -> str:
        """Return where p and q come from."""
        found = f"{row['target_range']:,} of {self.articles[0]:,}"
        found += f" and {row['reference_range']:,} of {self.articles[1]:,} articles"
        test = "Welch's t test on the word's rate in each article, not on the table above"
        values = f"p = {probability(row['p'], 4)}, q = {probability(row['q'], 4)}"
        return f"{values}: {test}; the word is in {found}. Welch 1947; q: Benjamini-Hochberg 1995."


def keyness(
    target: Corpus,
    reference: Corpus,
    *,
    min_freq: int = 5,
    min_range: int = 3,
    alpha: float = 0.001,
) -> Keyness:
    """Return the words of two corpora with how much more often one side uses them.

    Parameters
    ----------
    target, reference
        Two corpora, or two parts of one, that share no word.
    min_freq
        Occurrences a word must have, both sides together.
    min_range
        Articles a word must be in, both sides together.
    alpha
        Two-sided level of the conservative log ratio over the whole joint vocabulary.

    Returns
    -------
    Keyness
        word (str), target, reference (int, counts), target_per_10k, reference_per_10k (float,
        per 10,000 words), log_ratio, conservative_log_ratio (float, bits), g2, p, q (float),
        target_range, reference_range (int, articles), direction ("target", "reference" or
        "even": the side with the higher rate). Ordered by conservative_log_ratio, then by g2
        with the sign of the direction, then by word: the words of the target first, those of
        the reference last. `.explain(word)` shows a row's table and formulas.

    Raises
    ------
    ValueError
        If the two sides share words, or an option is out of range.

    Notes
    -----
    Words that one side never uses are rows. g2 (four cells) and conservative_log_ratio take
    every word as an independent draw; p and q come from Welch's test on the rates per article,
    articles without words left out, q over the rows of the table. The trap: with thousands of
    words g2 finds hundreds of "significant" ones between two random halves of one corpus.

    References
    ----------
    Evert (2022), Hardie (2014), Dunning (1993): see `corpuskit.measures.association`; Welch
    (1947), Benjamini & Hochberg (1995): see `corpuskit.measures.resampling`.

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [("A", "A pact is a pact."), ("A", "Pact it is."), ("B", "No."), ("B", "A deal.")]
    >>> corpus = ck.Corpus.from_frame([{"outlet": o, "text": t} for o, t in rows])
    >>> a, b = corpus.where(outlet="A"), corpus.where(outlet="B")
    >>> table = ck.keyness(a, b, min_freq=2, min_range=1)
    >>> table.to_frame()[["word", "target", "reference", "direction"]]
       word  target  reference  direction
    0  pact       3          0     target
    1    is       2          0     target
    2     a       2          1  reference
    """
    kind("target", target, Corpus, "Give what read_corpus returns, or a part of it.")
    kind("reference", reference, Corpus, "Give what read_corpus returns, or a part of it.")
    whole("min_freq", min_freq, "occurrences", 1)
    whole("min_range", min_range, "articles", 1)
    alpha = share("alpha", alpha)
    shared = _refuse_overlap(target, reference)
    one, two = _joined(_Profile.of(target), _Profile.of(reference))
    keep = (one.counts + two.counts >= min_freq) & (one.range + two.range >= min_range)
    vocabulary = max(int(np.count_nonzero(one.counts + two.counts)), 1)
    frame = _rows(one, two, np.flatnonzero(keep).astype(np.int64), (alpha, vocabulary))
    params = {"target": one.label, "reference": two.label}
    return Keyness(
        frame,
        params | {"min_freq": min_freq, "min_range": min_range, "alpha": alpha},
        (*_notes(one, two, len(frame), vocabulary), *shared),
        _found(frame),
        SHOWN,
        sizes=(one.size, two.size),
        articles=(one.articles, two.articles),
        vocabulary=vocabulary,
    )


def _refuse_overlap(target: Corpus, reference: Corpus) -> tuple[str, ...]:
    """Raise if a word is on both sides; return the note if an article is."""
    if target.store is not reference.store:
        return ()
    if (target.mask & reference.mask).any():
        remedy = "Give the rest, for instance corpus.where(outlet=lambda name: name != 'A')."
        refuse("reference", "a corpus that shares no words with the target", reference, remedy)
    both = len(np.intersect1d(target.selected, reference.selected))
    said = "articles have words on both sides; p and q take the sides as independent"
    return (f"{both:,} {said}.",) if both else ()


def _joined(one: _Profile, two: _Profile) -> tuple[_Profile, _Profile]:
    """Return both sides over the words of either."""
    if one.words is two.words:
        return one, two
    words = sorted({*one.words, *two.words})
    return one.spelled(words), two.spelled(words)


def _rows(one: _Profile, two: _Profile, at: Ints, level: tuple[float, int]) -> pd.DataFrame:
    """Return the table of these words, ordered."""
    t = Table.from_sizes(one.counts[at], two.counts[at], one.size, two.size)
    test = _test(one, two, at)
    sign = np.sign(over(t.O11, t.C1) - over(t.O12, t.C2))
    alpha, vocabulary = level
    frame = pd.DataFrame(
        {
            "word": pd.Series([one.words[n] for n in at.tolist()], dtype=object),
            "target": one.counts[at],
            "reference": two.counts[at],
            "target_per_10k": over(PER * t.O11, t.C1),
            "reference_per_10k": over(PER * t.O12, t.C2),
            "log_ratio": association.log_ratio(t),
            "conservative_log_ratio": association.conservative_log_ratio(
                t, alpha=alpha, vocabulary=vocabulary
            ),
            "g2": association.g2(t),
            "p": test.p,
            "q": q_values(test.p),
            "target_range": one.range[at],
            "reference_range": two.range[at],
            "direction": DIRECTIONS[sign.astype(int) + 1],
        }
    )
    order = np.lexsort((at, -frame["g2"] * sign, -frame["conservative_log_ratio"]))
    return frame.iloc[order].reset_index(drop=True)


def _test(one: _Profile, two: _Profile, at: Ints) -> Welch:
    """Return Welch's test of these words on their rates per article."""
    sums, squares = (one.rates[at], two.rates[at]), (one.squares[at], two.squares[at])
    return welch((one.articles, two.articles), sums, squares)


def _found(frame: pd.DataFrame) -> str:
    """Return how many words the conservative log ratio sets apart."""
    value = frame["conservative_log_ratio"]
    more, fewer = int((value > 0).sum()), int((value < 0).sum())
    return f"{more:,} key in target, {fewer:,} in reference, of {len(frame):,} words"


def _notes(one: _Profile, two: _Profile, listed: int, vocabulary: int) -> tuple[str, ...]:
    """Return what a reader of the table must know."""
    notes = [
        f"{listed:,} of {vocabulary:,} words pass min_freq and min_range (both sides together).",
        "Ordered by conservative_log_ratio: target first, reference last; log ratios in bits.",
        "g2 counts words and describes; p and q come from Welch's test on rates per article.",
    ]
    for name, side in (("target", one), ("reference", two)):
        if side.articles < 2:
            few = "one article" if side.articles else "no article with words"
            notes.append(f"No test: the {name} has {few}, so p = q = 1 by rule.")
    return tuple(notes)
