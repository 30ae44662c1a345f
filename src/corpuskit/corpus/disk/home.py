"""Where the articles of a corpus live: in memory, or in a store on disk. Both answer alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Protocol

import pandas as pd

from ...reading.article import Article
from ...result import Result
from ..columns.store import Ints
from ..columns.vocabulary import decoded
from ..table import article_table
from .opened import Generation
from .records import Lines, article_of, report_in, shown_article, value_of
from .rows import Rows


class Home(Protocol):
    """The articles of a corpus by their number in the columns, and their table."""

    def __len__(self) -> int: ...

    def article(self, number: int) -> Article:
        """Return an article."""
        ...

    def text(self, number: int) -> str:
        """Return the text of an article; nothing else of it is made."""
        ...

    def texts(self, numbers: Ints) -> Iterator[str]:
        """Yield the texts of articles, ascending; a few are held at a time."""
        ...

    def listed(self, numbers: Ints) -> Iterator[Article]:
        """Yield articles, ascending, as the table shows them: what they hold may be missing."""
        ...

    def id(self, number: int) -> str:
        """Return the id of an article; nothing else of it is made."""
        ...

    @property
    def table(self) -> pd.DataFrame:
        """The article table, without counts."""
        ...

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each id."""
        ...

    @property
    def report(self) -> Result:
        """What became of the files that were read."""
        ...


class Kept:
    """Articles in memory."""

    def __init__(self, items: Sequence[Article], report: Result) -> None:
        self._items, self.report = items, report

    def __len__(self) -> int:
        return len(self._items)

    def article(self, number: int) -> Article:
        """Return an article."""
        return self._items[number]

    def text(self, number: int) -> str:
        """Return the text of an article."""
        return self._items[number].text

    def texts(self, numbers: Ints) -> Iterator[str]:
        """Yield the texts of articles."""
        return (self._items[number].text for number in numbers.tolist())

    def listed(self, numbers: Ints) -> Iterator[Article]:
        """Yield articles."""
        return (self._items[number] for number in numbers.tolist())

    def id(self, number: int) -> str:
        """Return the id of an article."""
        return self._items[number].id

    @cached_property
    def table(self) -> pd.DataFrame:
        """The article table, without counts."""
        return article_table(self._items)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each id."""
        return {item.id: n for n, item in enumerate(self._items)}


class Stored:
    """Articles on disk: each is read, and checked, when it is asked for."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._rows = Rows(generation, "articles.jsonl")
        self._spans = Rows(generation, "spans.jsonl")
        self._texts = Rows(generation, "text.utf8")
        self._last = (-1, "")

    def __len__(self) -> int:
        return int(self.generation.manifest.facts["articles"])

    def article(self, number: int) -> Article:
        """Return an article."""
        return article_of(Lines(self._rows[number], self._spans[number], self._texts[number]))

    def text(self, number: int) -> str:
        """Return the text of an article; the last one is kept, as hits come one by one."""
        last, text = self._last
        if last != number:
            text = decoded(self._texts[number])
            self._last = (number, text)
        return text

    def texts(self, numbers: Ints) -> Iterator[str]:
        """Yield the texts of articles, ascending; a few are held at a time."""
        return map(decoded, self._texts.several(numbers))

    def listed(self, numbers: Ints) -> Iterator[Article]:
        """Yield articles, ascending, without their texts and what stands where in them."""
        return (shown_article(value_of(row)) for row in self._rows.several(numbers))

    def id(self, number: int) -> str:
        """Return the id of an article."""
        return str(value_of(self._rows[number])[0])

    @cached_property
    def table(self) -> pd.DataFrame:
        """The article table, without counts."""
        return article_table([shown_article(value_of(line)) for line in self._lines])

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each id."""
        return {value_of(line)[0]: n for n, line in enumerate(self._lines)}

    @cached_property
    def report(self) -> Result:
        """What became of the files that were read."""
        return report_in(self.generation.json("report.json"))

    @property
    def _lines(self) -> list[bytes]:
        """All rows of the table, as they are stored."""
        return self._rows.every().splitlines()
