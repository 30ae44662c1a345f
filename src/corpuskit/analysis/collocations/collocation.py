"""Which words stand round the hits more often than elsewhere, each place counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...corpus.columns.store import Ints
from ...corpus.finding.find import Hits
from ...corpus.sharding.partial import answered, carried
from ...errors import kind, one_of, refuse, whole
from ...measures import association
from ...measures.conservative import conservative_log_ratios
from ...measures.table import Table
from ...result import Result
from ..comparing.samples import counted_articles
from ..listing import Texts, spelled_words
from ..telling import explanation, formulas
from ..telling.requested import requested
from .marginals import Marginals

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
    measures
        Names of the columns that were asked for.
    """

    window_words: int = 0
    other_words: int = 0
    vocabulary: int = 1
    totals: Mapping[str, int] = field(default_factory=dict)
    measures: tuple[str, ...] = ()

    @carried
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
            formulas.interval_line(t, ALPHA, self.vocabulary),
            explanation.g2_line(t),
            explanation.mi_line(t),
            *(formulas.formula_line(name, t) for name in self.measures),
            f"{row['left']:,} of them left of the node, {row['right']:,} right.",
        )
        columns = ("windows", "elsewhere")
        return explanation.explained(str(row["word"]), t, columns, lines, "Collocate")


@answered
def collocates(
    hits: Hits,
    span: tuple[int, int] = (5, 5),
    *,
    min_freq: int = 5,
    min_range: int = 2,
    within: str | None = None,
    unit: str = "article",
    stories: object = None,
    measures: str | Iterable[str] = (),
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
    unit
        "article", or "story": of the articles that tell one story only the earliest counts, for
        the windows, for the corpus they are compared with and for the range.
    stories
        What `near_duplicates` returned; with unit="story".
    measures
        Further columns: "g2_two_term", "simple_ll", "chi2", "chi2_yates", "bic", "ell",
        "t_score", "z_score", "mi3", "local_mi", "dice", "min_sensitivity", "liddell",
        "log_ratio_walter", "relative_risk", "odds_ratio", "delta_p_column" (the word foretells
        a window), "delta_p_row" (a window foretells the word), "percent_diff", "simple_maths"
        (k = 1); or "all".

    Returns
    -------
    Collocates
        word (str), O11 (int, places in the windows), E11 (float, expected there), log_dice,
        log_ratio, conservative_log_ratio, g2, mi (float), range (int, articles), left, right
        (int, places on either side; left + right = O11), then the columns asked for (float), as
        `corpuskit.measures.association` defines them. Ordered by conservative_log_ratio,
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
    more = requested(measures, formulas.MORE, [*SHOWN, "range"])
    nodes, told = _counting(hits, unit, stories)
    counted = Marginals.of(nodes, (left, right), within)
    listed, cut = counted.passing(min_freq, min_range)
    words = spelled_words(nodes.corpus.store.folds, counted.forms[listed])
    params = hits.caption | {"span": (left, right), "min_freq": min_freq, "min_range": min_range}
    params |= {"within": within} if within else {}
    params |= {"unit": unit} if unit != "article" else {}
    params |= {"measures": tuple(more)} if more else {}
    return Collocates(
        _rows(words, counted, listed, more),
        params,
        (*_notes(counted, cut, within), *told),
        f"{len(listed):,} words in {counted.inside:,} places round {len(nodes):,} hits",
        SHOWN | {name: formulas.DIGITS[name] for name in more},
        window_words=counted.inside,
        other_words=counted.total - counted.inside,
        vocabulary=counted.vocabulary,
        totals=dict(zip(words.tolist(), counted.outside[listed].tolist(), strict=True)),
        measures=tuple(more),
    )


def _counting(hits: Hits, unit: str, stories: object) -> tuple[Hits, tuple[str, ...]]:
    """Return the hits of the articles that count for this unit, and the note on the others."""
    keep, told = counted_articles(hits.corpus, unit, stories)
    if keep.all():
        return hits, told
    return hits.where(id=hits.corpus.articles["id"][keep].tolist()), told


def _span(span: object) -> tuple[int, int]:
    """Return the words to the left and to the right."""
    if not isinstance(span, tuple | list) or len(span) != 2:
        rule = "two whole numbers of words, to the left and to the right"
        refuse("span", rule, span, "Give for instance span=(5, 5).")
    return whole("span", span[0], "words"), whole("span", span[1], "words")


def _rows(words: Texts, counted: Marginals, rows: Ints, more: list[str]) -> pd.DataFrame:
    """Return the table of these rows, which are in the order of their words, ordered."""
    t = counted.table(rows)
    safe = conservative_log_ratios(t, alpha=ALPHA, vocabulary=counted.vocabulary)
    g2 = association.g2(t)
    columns: dict[str, NDArray[Any]] = {
        "word": words,
        "O11": counted.O11[rows],
        "E11": t.E11,
        "log_dice": association.log_dice(t),
        "log_ratio": association.log_ratio(t),
        "conservative_log_ratio": safe,
        "g2": g2,
        "mi": association.mi(t),
        "range": counted.range[rows],
        "left": counted.left[rows],
        "right": counted.right[rows],
        **{name: formulas.MORE[name](t) for name in more},
    }
    order = np.lexsort((-np.sign(t.deviation) * g2, -safe))
    index = pd.RangeIndex(len(rows))
    cells = {
        name: pd.Series(column[order], index, dtype=column.dtype)
        for name, column in columns.items()
    }
    return pd.DataFrame(cells, index, copy=False)


def _notes(counted: Marginals, cut: str, within: str | None) -> tuple[str, ...]:
    """Return what a reader of the table must know."""
    bound = "the sentence" if within else "the article"
    notes = [
        f"Each place counts once; windows count words and end with {bound}.",
        cut,
        "Ordered by conservative_log_ratio, then g2: drawn to the node first, kept away last.",
        f"Units: bits for log_ratio and mi; conservative_log_ratio at alpha {ALPHA:g} over "
        f"{counted.vocabulary:,} words.",
    ]
    if counted.inside and counted.inside == counted.total:
        notes.append("The windows cover the whole corpus: there is no elsewhere to compare with.")
    return tuple(notes)
