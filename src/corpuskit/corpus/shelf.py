"""The articles of a part of a corpus: their table, their texts, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import pandas as pd

from ..errors import one_of, refuse
from ..reading.article import Article
from ..result import Result, counted
from . import views
from .columns.store import Ints
from .disk.home import Home
from .part import Part


class Shelf(Part):
    """Articles that can be looked at, one by one or as a table."""

    _home: Home

    def __len__(self) -> int:
        return len(self.selected)

    @property
    def _told(self) -> str:
        """How many articles, words, types and sentences there are."""
        found = [
            (len(self), "article"),
            (self.word_total, "word"),
            (int(np.count_nonzero(self.word_counts())), "type"),
            (self.sentence_total, "sentence"),
        ]
        return ", ".join(counted(n, unit) for n, unit in found)

    @property
    def report(self) -> Result:
        """What became of the files that were read."""
        return self._home.report

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
        table = self._home.table.iloc[self.selected].reset_index(drop=True)
        table["words"] = self.words_per_article()
        table["sentences"] = self.sentences_per_article()
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
            if article not in self._home.numbers:
                one_of("article", article, self._home.numbers)
            return self.source(self._home.numbers[article])
        if not -len(self) <= article < len(self):
            refuse("article", f"a row from 0 to {len(self) - 1}", article, "See corpus.articles.")
        return self.source(int(self.selected[article]))

    def source(self, number: int) -> Article:
        """Return the Article with this number in the columns (not in this part of them)."""
        return self._home.article(number)

    def text_of(self, number: int) -> str:
        """Return the text of the article with this number in the columns; cheap on disk, too."""
        return self._home.text(number)

    def texts_of(self, numbers: Ints) -> Iterator[str]:
        """Yield the texts of articles with these numbers in the columns, ascending."""
        return self._home.texts(numbers)

    def listed(self, numbers: Ints) -> Iterator[Article]:
        """Yield articles, ascending, as the table shows them; their texts may be missing."""
        return self._home.listed(numbers)

    def id_of(self, number: int) -> str:
        """Return the id of the article with this number in the columns; cheap on disk, too."""
        return self._home.id(number)

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
