"""The cleaning log: what was cut from the articles, where, by which rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..corpus.corpus import Corpus
from ..corpus.sharding.partial import answered, carried
from ..corpus.table import NONE
from ..errors import kind
from ..result import Result, counted

COLUMNS = ("article", "outlet", "rule", "reason", "start", "end", "chars", "text")


@dataclass(frozen=True, eq=False, repr=False)
class CleaningLog(Result):
    """What was cut; `.by_outlet()` and `.by_rule()` add it up.

    Attributes
    ----------
    sizes
        article, outlet, chars (of the untouched text): one row an article, cut or not.
    """

    sizes: pd.DataFrame | None = None

    @carried
    def by_outlet(self) -> Result:
        """Return how much of each outlet was cut.

        Columns: outlet (str), articles, cuts, chars (of the untouched texts), cut_chars (int),
        cut_share (percent of the characters).
        """
        return self._added_up("outlet")

    @carried
    def by_rule(self) -> Result:
        """Return how much each rule cut.

        Columns: rule (str), articles (with such a cut), cuts, cut_chars (int), cut_share
        (percent of the characters of the corpus).
        """
        return self._added_up("rule")

    def _added_up(self, by: str) -> Result:
        """Return cuts and characters by outlet (of all its articles) or by rule."""
        sizes = self.sizes if self.sizes is not None else pd.DataFrame(columns=list(COLUMNS))
        all_of = _sums(sizes[by].tolist(), sizes["chars"]) if by == "outlet" else {}
        cut_of = _sums(self.frame[by].tolist(), self.frame["chars"])
        whole = int(sizes["chars"].sum())
        rows = []
        for name in sorted({*all_of, *cut_of}):
            cuts, cut_chars = cut_of.get(name, (0, 0))
            articles, chars = all_of.get(name, (self._articles(by, name), whole))
            share = 100 * cut_chars / chars if chars else 0.0
            size = (chars,) if by == "outlet" else ()
            rows.append((name, articles, cuts, *size, cut_chars, share))
        columns = [by, "articles", "cuts", *(["chars"] if by == "outlet" else [])]
        frame = pd.DataFrame(rows, columns=[*columns, "cut_chars", "cut_share"], dtype=object)
        kinds = {name: "int64" for name in frame.columns if name not in (by, "cut_share")}
        notes = ("cut_share: percent of the characters of the untouched texts.",)
        decimals = {"cut_share": 2}
        title = f"Cleaning by {by}"
        return Result(
            frame.astype(kinds | {"cut_share": "float64"}),
            notes=notes,
            title=title,
            decimals=decimals,
            summary=counted(len(self.frame), "cut"),
        )

    def _articles(self, by: str, name: str) -> int:
        """Return how many articles have a cut of this name."""
        rows = np.array([value == name for value in self.frame[by].tolist()], bool)
        return len(set(self.frame["article"][rows].tolist()))


def _sums(names: list[str], chars: pd.Series[int]) -> dict[str, tuple[int, int]]:
    """Return for each name how often it stands there, and its characters."""
    sums: dict[str, tuple[int, int]] = {}
    for name, number in zip(names, chars.tolist(), strict=True):
        count, total = sums.get(name, (0, 0))
        sums[name] = (count + 1, total + int(number))
    return sums


@answered
def cleaning_log(corpus: Corpus) -> CleaningLog:
    """Return every stretch of the articles that is not read, with the rule that cut it.

    Parameters
    ----------
    corpus
        The corpus or a part of it.

    Returns
    -------
    CleaningLog
        article (id), outlet, rule, reason (str), start, end (characters of the untouched text),
        chars (int), text (as it stands there). Rule "header" and its like are cuts of the layout
        of the file; the others are rules of cleaning, which `Corpus.undo` takes back.
        `.by_outlet()` and `.by_rule()` add the table up.

    Examples
    --------
    >>> import corpuskit as ck
    >>> corpus = ck.Corpus.from_frame([{"id": "a", "text": "GOA: The pact holds."}])
    >>> ck.cleaning_log(corpus.clean()).by_rule()
    Cleaning by rule(): 1 cut
    rule      articles  cuts  cut_chars  cut_share
    dateline         1     1          4      20.00
    Note: cut_share: percent of the characters of the untouched texts.
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    rows, sizes = [], []
    for number in corpus.selected.tolist():
        item = corpus.source(number)
        outlet = item.outlet or NONE
        sizes.append((item.id, outlet, len(item.text)))
        for cut in item.cuts:
            text = item.text[cut.start : cut.end]
            rows.append(
                (item.id, outlet, cut.rule, cut.reason, cut.start, cut.end, len(text), text)
            )
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    table = pd.DataFrame(sizes, columns=["article", "outlet", "chars"], dtype=object)
    table = table.astype({"chars": "int64"})
    return CleaningLog(
        frame.astype(dict.fromkeys(("start", "end", "chars"), "int64")),
        title="CleaningLog",
        summary=_summary(frame, table),
        sizes=table,
    )


def _summary(cuts: pd.DataFrame, sizes: pd.DataFrame) -> str:
    """Return the first line: how many cuts, in how many articles, how much of the text."""
    whole, gone = int(sizes["chars"].sum()), int(cuts["chars"].sum())
    share = 100 * gone / whole if whole else 0.0
    articles = f"{len(set(cuts['article'])):,} of {counted(len(sizes), 'article')}"
    return f"{counted(len(cuts), 'cut')} in {articles}, {share:.2f} % of the characters"
