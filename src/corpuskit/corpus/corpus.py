"""Corpus: the article table beside the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..errors import DataError, one_of, refuse
from ..reading.article import Article, Articles
from ..reading.folder import read_articles
from ..result import Result, counted
from . import views
from .part import (
    Condition,
    Part,
    label_of,
    meets,
    shown_condition,
    sorted_labels,
    zones_that,
)
from .store import ZONES, Ints, build_columns
from .table import article_table, articles_of_frame, report_of
from .tokens import DEFAULT, TokenPolicy

if TYPE_CHECKING:
    from nltk.text import Text

    from .find import Hits


def read_corpus(
    path: str | PathLike[str], *, tokens: TokenPolicy = DEFAULT, **reading: Any
) -> Corpus:
    """Return the corpus of a folder (or file) of articles.

    Parameters
    ----------
    path
        Folder with one folder per outlet, or one file.
    tokens
        What counts as one token.
    **reading
        Passed on to `read_articles` (`outlets`, `encoding`, `clean`, `date_order`).

    Raises
    ------
    DataError
        If not one article could be loaded.
    """
    return Corpus(read_articles(path, **reading), tokens=tokens)


class Corpus(Part):
    """Articles as columns: find anything in them, and trace it back to the untouched text.

    A corpus never changes. `where` and `groups` give smaller corpora that share the columns.

    Parameters
    ----------
    articles
        What `read_articles` returns, or any iterable of Article.
    tokens
        What counts as one token.

    Raises
    ------
    DataError
        If two articles have the same id.

    Examples
    --------
    >>> import corpuskit as ck
    >>> corpus = ck.Corpus.from_frame([{"id": "a", "text": "Partners met. They talked."}])
    >>> corpus
    Corpus: 1 article, 4 words, 4 types, 2 sentences
    """

    report: Result

    def __init__(self, articles: Iterable[Article], *, tokens: TokenPolicy = DEFAULT) -> None:
        items = tuple(articles)
        _refuse_twins(items)
        self._items = items
        self.store = build_columns(items, tokens)
        self._table = article_table(items)
        self._numbers = {item.id: n for n, item in enumerate(items)}
        self.report = articles.report if isinstance(articles, Articles) else report_of(items)
        self.selected = np.arange(len(items), dtype=np.int64)
        self.zones = ZONES
        self.chosen = {}

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame | Iterable[dict[str, object]],
        text: str = "text",
        id: str | None = None,
        *,
        date_order: str | None = None,
        tokens: TokenPolicy = DEFAULT,
    ) -> Corpus:
        """Return the corpus of a table that already holds the texts.

        Parameters
        ----------
        frame
            One row an article; a DataFrame or an iterable of dicts.
        text
            Column with the text of the article.
        id
            Column with the name of the article; the column "id" if there is one, else the
            row numbers. "date" or "published", "outlet", "headline", "section", "byline",
            "language" and "url" fill these fields (a headline that is not in the text is shown,
            not searched); every other column becomes a column of `articles`.
        date_order
            "dmy" or "mdy": how to read 03/02/2026. A date that cannot be read is left empty,
            with a note.
        tokens
            What counts as one token.

        Raises
        ------
        DataError
            If the text column is missing, a row has no id or one that another has, or a column
            has a name that corpuskit uses itself.
        """
        rows = articles_of_frame(pd.DataFrame(frame), text, id, date_order)
        return cls(rows, tokens=tokens)

    def __len__(self) -> int:
        return len(self.selected)

    def __repr__(self) -> str:
        found = [
            (len(self), "article"),
            (len(self.words), "word"),
            (int(np.count_nonzero(self.word_counts())), "type"),
            (len(self.sentence_numbers), "sentence"),
        ]
        return "Corpus: " + ", ".join(counted(n, unit) for n, unit in found)

    # -- the article table ---------------------------------------------------------------

    @property
    def articles(self) -> pd.DataFrame:
        """The articles, a row each; unknown is "".

        Columns: id, outlet, date (YYYY-MM-DD), published (ISO 8601, local), section, headline,
        byline, language, url (str); words, sentences (int); notes (str); then further columns
        of the source.
        """
        return self._articles.copy(deep=False)  # a copy on write: a corpus never changes

    @cached_property
    def _articles(self) -> pd.DataFrame:
        table = self._table.iloc[self.selected].reset_index(drop=True)
        table["words"] = self.words_per_article()
        owners = self.article_of(self.store.sentences[self.sentence_numbers])
        table["sentences"] = self.per_article(owners)
        return table

    def text(self, article: str | int) -> str:
        """Return the untouched text of an article, named by its id or its row number."""
        return self.article(article).text

    def page(self, article: str | int) -> views.Page:
        """Return an article, named by its id or row number, as a page to read."""
        item = self.article(article)
        return views.Page(item.id, item.text)

    def article(self, article: str | int) -> Article:
        """Return the Article record, named by its id or its row number in `articles`."""
        if isinstance(article, str):
            if article not in self._numbers:
                one_of("article", article, self._numbers)
            return self._items[self._numbers[article]]
        if not -len(self) <= article < len(self):
            refuse("article", f"a row from 0 to {len(self) - 1}", article, "See corpus.articles.")
        return self._items[int(self.selected[article])]

    def source(self, number: int) -> Article:
        """Return the Article with this number in the columns (not in this part of them)."""
        return self._items[number]

    def card(self) -> Result:
        """Return what the corpus holds, a line each. Columns: what (str), value (str)."""
        return views.card(self)

    def expect(self, **expected: int) -> Result:
        """Return what a data sheet says beside what is there.

        Parameters
        ----------
        **expected
            articles, outlets, words, tokens, types, sentences, days, undated, noted = the
            number that the data sheet gives.

        Returns
        -------
        Result
            what (str), expected (int), found (int), same (bool).
        """
        return views.expect(self, expected)

    def paragraphs(self) -> Result:
        """Return the headlines and paragraphs that are read.

        Columns: article (id), zone (headline, lead, body), start, end (characters of the
        untouched text), text (as it stands there).
        """
        return views.paragraphs(self)

    def cuts(self) -> Result:
        """Return the stretches that are not read.

        Columns: article (id), start, end (characters of the untouched text), rule, reason,
        text (as it stands there).
        """
        return views.cuts(self)

    def sentences(self) -> Result:
        """Return the sentences, in the order of the texts.

        Columns: article (id), zone, start, end (characters of the untouched text), text.
        """
        return views.sentences(self)

    def tokens(self) -> Result:
        """Return the tokens, words and marks, in the order of the texts.

        Columns: article (id), start, end (characters of the untouched text), token (as it
        stands there), form (as it is matched), word (bool, False for a mark).
        """
        return views.tokens(self)

    # -- parts ---------------------------------------------------------------------------

    def where(self, **conditions: Condition) -> Corpus:
        """Return the part of the corpus that meets every condition.

        Parameters
        ----------
        **conditions
            Column of `articles` = a value, a list of values, or a function of the value.
            `zone="headline"` keeps the words of these zones only (headline, lead, body).

        Raises
        ------
        ValueError
            If there is no such column or zone.
        """
        part, zones = self._part(self.selected), self.zones
        keep = np.ones(len(self), bool)
        for column, condition in conditions.items():
            if isinstance(condition, Iterator):
                condition = list(condition)
            if column == "zone":
                zones = zones_that(zones, condition)
            else:
                keep &= meets(self._articles[self._column(column)], condition)
            part.chosen = part.chosen | {column: shown_condition(condition)}
        part.selected, part.zones = self.selected[keep], zones
        return part

    def groups(self, by: str) -> dict[str, Corpus]:
        """Return a part for each value of a column of `articles`, or for each "zone", sorted."""
        if by == "zone":
            return {zone: self.where(zone=zone) for zone in self.zones}
        labels, codes = self.groups_of(by)
        parts = {}
        for n, label in enumerate(labels):
            parts[label] = self._part(self.selected[codes == n])
            parts[label].chosen = self.chosen | {by: label}
        return parts

    def groups_of(self, by: str) -> tuple[list[str], Ints]:
        """Return the sorted labels of a column and the label's number for each article."""
        values = list(self._articles[self._column(by)])
        labels = sorted_labels(values)
        index = {label: n for n, label in enumerate(labels)}
        return labels, np.array([index[label_of(value)] for value in values], np.int64)

    def _column(self, name: str) -> str:
        """Return `name` if it is a column of `articles`; otherwise raise with the nearest."""
        return one_of("column", name, [*map(str, self._articles.columns), "zone"])

    def common(self, other: Corpus) -> Corpus:
        """Return what two parts of the same corpus have in common."""
        if other.store is not self.store:
            refuse("part", "a part of the same corpus", other, "Use its where() or groups().")
        part = self._part(np.intersect1d(self.selected, other.selected))
        part.zones = tuple(zone for zone in self.zones if zone in other.zones)
        part.chosen = self.chosen | other.chosen
        return part

    def _part(self, selected: Ints) -> Corpus:
        """Return a corpus that shares everything but the choice of articles."""
        part = object.__new__(Corpus)
        part.store, part.report = self.store, self.report
        part._items, part._table, part._numbers = self._items, self._table, self._numbers
        part.selected, part.zones, part.chosen = selected, self.zones, dict(self.chosen)
        return part

    # -- doors to elsewhere --------------------------------------------------------------

    def find(self, pattern: str, *, match: str = "glob", case: bool = False) -> Hits:
        """Return every place where `pattern` stands in this part, each found once.

        Parameters
        ----------
        pattern
            "glob": words separated by blanks are adjacent tokens; `*` and `?` are wildcards
            inside a word; `|` inside a word separates alternatives of that word, and ` | `
            between blanks separates whole patterns. "regex": a regular expression for each
            token, separated by blanks. "exact": the text as it stands.
        match
            How to read the pattern: "glob", "regex" or "exact".
        case
            True: upper and lower case differ.

        Raises
        ------
        ValueError
            If the pattern is empty, not a valid expression, or too slow.
        """
        from .find import find_hits

        return find_hits(self, pattern, match, case)

    def to_nltk(self) -> Text:
        """Return the tokens of this part as an `nltk.Text`; nothing is downloaded."""
        from nltk.text import Text

        ids = self.store.ids[self.mask]
        return Text([self.store.types[i] for i in ids.tolist()])


def _refuse_twins(items: tuple[Article, ...]) -> None:
    """Raise if two articles have the same id."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise DataError(f"{item.id}: two articles have this id. Give each its own `id`.")
        seen.add(item.id)
