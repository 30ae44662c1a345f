"""A list of words or runs in numbers; only the rows that are looked at are spelled out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..corpus.columns.store import Ints
from ..corpus.columns.vocabulary import Vocabulary, decoded
from ..corpus.finding.places import expanded
from ..corpus.finding.tables import table_of
from ..errors import whole
from ..result import Result

DENSE = 8  # more than one word in so many: read all, and keep them

Texts = NDArray[Any]  # Python objects


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a list.

    Attributes
    ----------
    name
        Column of the texts: "word" or "ngram".
    texts
        Returns the texts of some of the rows.
    count, range
        Occurrences and articles of each row.
    total
        Words that the rates are taken of.
    """

    name: str
    texts: Callable[[slice], Texts]
    count: Ints
    range: Ints
    total: int

    def __len__(self) -> int:
        return len(self.count)

    def table(self, most: int | None = None) -> pd.DataFrame:
        """Return the first rows as a table; all of them if `most` is None."""
        first = slice(most)
        count = self.count[first]
        return table_of(
            {
                self.name: self.texts(first),
                "count": count.copy(),  # whoever gets the table may change it
                "per_10k": count * 1e4 / max(self.total, 1),
                "range": self.range[first].copy(),
            }
        )


class Listing(Result):
    """A list whose `frame` is made when it is asked for; views and `head` spell their own rows.

    Sent to another process, it is a plain Result.
    """

    rows: Rows

    def __init__(
        self,
        rows: Rows,
        params: Mapping[str, object],
        notes: tuple[str, ...],
        summary: str,
        title: str,
    ) -> None:
        values = {
            "rows": rows,
            "params": MappingProxyType(dict(params)),
            "notes": notes,
            "summary": summary,
            "decimals": MappingProxyType({"per_10k": 1}),
            "title": title,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All rows."""
        return self.rows.table()

    def __len__(self) -> int:
        return len(self.rows)

    def __reduce__(self) -> tuple[Any, ...]:
        return Result, self._told(self.frame, self.notes)

    def head(self, n: int = 10) -> Result:  # type: ignore[override]
        """Return the same result with its first `n` rows, and a note that says so."""
        n = whole("n", n, "rows")
        if n >= len(self):
            return self
        note = f"The first {n:,} of {len(self):,} rows."
        return Result(*self._told(self._shown(n), (*self.notes, note)))

    def _shown(self, most: int) -> pd.DataFrame:
        return self.frame.head(most) if "frame" in self.__dict__ else self.rows.table(most)

    def _told(self, frame: pd.DataFrame, notes: tuple[str, ...]) -> tuple[Any, ...]:
        """Return what a plain Result is made of."""
        params, decimals = dict(self.params), dict(self.decimals)
        return frame, params, notes, self.summary, decimals, self.title


def spelled_words(vocabulary: Vocabulary, numbers: Ints) -> Texts:
    """Return the words with these numbers as a column of Python objects."""
    if len(numbers) > len(vocabulary) // 2:
        return vocabulary.objects[numbers]
    if "listed" in vars(vocabulary) or len(numbers) > len(vocabulary) // DENSE:
        listed = vocabulary.listed
        return np.fromiter(map(listed.__getitem__, numbers.tolist()), object, len(numbers))
    starts, ends = vocabulary.offsets[numbers], vocabulary.offsets[numbers + 1]
    data = vocabulary.data[expanded(starts, ends)]
    text, past = decoded(data.tobytes()), np.cumsum(ends - starts)
    if len(text) < len(data):  # a character of several bytes counts at its first one
        past = np.append(0, np.cumsum((data & 0xC0) != 0x80))[past]
    words = [text[start:end] for start, end in pairwise([0, *past.tolist()])]
    return np.fromiter(words, object, len(numbers))
