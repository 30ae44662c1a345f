"""Corpus: the article table beside the columns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

import numpy as np
import pandas as pd

from ..errors import DataError, StoreError, one_of
from ..reading.article import Article, Articles
from ..reading.cleaning.clean import is_cleaning, recleaned, undone
from ..reading.cleaning.newsrules import NEWS
from ..reading.cleaning.rules import Rule
from ..reading.folder import read_articles
from ..result import Result
from .choice import Choice
from .columns.builder import build_columns
from .columns.store import ZONES, Columns, Ints, zones_of
from .columns.tokens import DEFAULT, TokenPolicy
from .disk.home import Home, Kept, Stored
from .disk.manifest import Pointer
from .disk.opened import Generation, open_generation
from .disk.writing import StoredColumns, checked, write_corpus
from .table import articles_of_frame, report_of

if TYPE_CHECKING:
    from nltk.text import Text

    from .finding.find import Hits


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


class Corpus(Choice):
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

    def __init__(self, articles: Iterable[Article], *, tokens: TokenPolicy = DEFAULT) -> None:
        items = tuple(articles)
        _refuse_twins(items)
        sizes = [(item.id, len(item.text)) for item in items]
        report = articles.report if isinstance(articles, Articles) else report_of(sizes)
        self._settle(Kept(items, report), build_columns(items, tokens))

    def _settle(self, home: Home, store: Columns) -> None:
        """Begin with all articles of a home and all their zones."""
        self._home, self.store = home, store
        self.selected = np.arange(len(home), dtype=np.int64)
        self.zones = ZONES
        self.chosen = {}

    @classmethod
    def _of(cls, generation: Generation) -> Corpus:
        """Return the corpus that a generation on disk holds."""
        corpus = object.__new__(cls)
        corpus._settle(Stored(generation), StoredColumns(generation))
        return corpus

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """Send a corpus on disk as its address and the choice of articles."""
        if not isinstance(self._home, Stored):
            return super().__reduce_ex__(protocol)
        generation = self._home.generation
        every = len(self.selected) == len(self._home)
        part = (None if every else self.selected, self.zones, self.chosen)
        return _sent, (os.path.abspath(generation.root), generation.pointer, *part)

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

    def __repr__(self) -> str:
        return f"Corpus: {self._told}"

    # -- cleaning ------------------------------------------------------------------------

    def clean(self, rules: bool | Sequence[Rule] = True) -> Corpus:
        """Return the same articles cleaned by other rules; their texts stay as they are.

        Parameters
        ----------
        rules
            True: the rules for news. False: none. Or what `cleaning_rules` returns. What the
            layout of a file has cut (header lines, markup) stays cut.
        """
        return self._with(recleaned(item, rules) for item in self._own_items())

    def undo(self, *rules: str) -> Corpus:
        """Return the same articles with the cuts of these rules read again; of all without any.

        Parameters
        ----------
        *rules
            Names of rules as they stand in the cleaning log; "own: name" for your own.

        Raises
        ------
        ValueError
            If a name is neither a rule for news nor that of a cut here.
        """
        items = self._own_items()
        cuts = {cut.rule for item in items for cut in item.cuts if is_cleaning(cut)}
        known = sorted({*cuts, *(rule.name for rule in NEWS)})
        for name in rules:
            one_of("rules", name, known)
        return self._with(undone(item, rules) for item in items)

    def _own_items(self) -> list[Article]:
        """Return the articles of this part, their paragraphs named."""
        items = map(self.source, self.selected.tolist())
        return [replace(item, zones=zones_of(item)) for item in items]

    def _with(self, items: Iterable[Article]) -> Corpus:
        """Return a corpus in memory of these articles, with the report of this one."""
        corpus = object.__new__(Corpus)
        kept = tuple(items)
        corpus._settle(Kept(kept, self.report), build_columns(kept, self.store.policy))
        corpus.zones, corpus.chosen = self.zones, dict(self.chosen)
        return corpus

    # -- on disk -------------------------------------------------------------------------

    def save(self, path: str | PathLike[str], *, wait: bool = False) -> None:
        """Write this corpus (or part) to a folder from which `open_corpus` opens it in no time.

        A corpus that is there already is replaced at the very end, in one step: if anything
        goes wrong before, it stays as it was.

        Parameters
        ----------
        path
            A folder that is new, empty, or holds a saved corpus.
        wait
            True: wait while another program writes there.

        Raises
        ------
        StoreError
            If the folder holds something else, another program is writing there, the disk is
            full or refuses; or if the part is one of zones, which cannot be saved.
        """
        if self.zones != ZONES:
            raise StoreError(
                f"{path}: only whole articles can be saved, not the zones {', '.join(self.zones)} "
                "of them. Nothing was written. Save the corpus, and choose zones after opening it."
            )
        home, store = self._home, self.store
        if len(self) != len(home):
            kept = tuple(map(self.source, self.selected.tolist()))
            home, store = Kept(kept, self.report), build_columns(kept, store.policy)
        write_corpus(Path(path), home, store, wait=wait)

    def check(self) -> Result:
        """Read every file of a corpus on disk and return what is wrong with it.

        Columns: file (str), bytes (int), problem (str, "" if the file is what was written).
        A corpus in memory has no files: no rows.
        """
        return checked(self._home.generation if isinstance(self._home, Stored) else None)

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
        from .finding.find import find_hits

        return find_hits(self, pattern, match, case)

    def to_nltk(self) -> Text:
        """Return the tokens of this part as an `nltk.Text`; nothing is downloaded."""
        from nltk.text import Text

        ids = self.store.ids[self.mask]
        return Text([self.store.types[i] for i in ids.tolist()])


def _sent(
    path: str,
    pointer: Pointer,
    selected: Ints | None,
    zones: tuple[str, ...],
    chosen: dict[str, object],
) -> Corpus:
    """Return the corpus on disk that another process has sent the address of."""
    corpus = Corpus._of(open_generation(Path(path), pointer))
    part = corpus._part(corpus.selected if selected is None else selected)
    part.zones, part.chosen = zones, chosen
    return part


def _refuse_twins(items: tuple[Article, ...]) -> None:
    """Raise if two articles have the same id."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise DataError(f"{item.id}: two articles have this id. Give each its own `id`.")
        seen.add(item.id)
