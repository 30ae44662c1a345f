"""Lexicons: words with values, read from a file or a mapping, and how plain ones are looked up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path

from ...corpus.columns.folding import fold
from ...errors import DataError, refuse
from .rating import LEXICON_RULE, Rated, Word, WordRater

Source = Mapping[str, float] | str | PathLike[str]


@dataclass(frozen=True, eq=False, repr=False)
class Lexicon:
    """Words and their values.

    Attributes
    ----------
    name
        How results call it.
    values
        Word to value. A `*` at the end of a word stands for any ending.
    rules
        True: VADER's rules (negation, boosters, capitals, but) change the values.
        False: each word counts with its value, whatever stands round it.
    notes
        What a reader of a score must know about this lexicon.
    """

    name: str
    values: Mapping[str, float]
    rules: bool = False
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Lexicon({self.name!r}): {len(self.values):,} words"

    @cached_property
    def scale(self) -> float:
        """The valence that counts as 1: 4 by VADER's rules, else the largest in the lexicon."""
        if self.rules:
            return 4.0
        return max(map(abs, self.values.values()), default=0.0) or 1.0

    @cached_property
    def rater(self) -> WordRater:
        """What rates words with this lexicon; it looks each distinct word up once."""
        if not self.rules:
            return LookUp(self.values)
        from .vader_rules import Rater

        return Rater(self.values)


class LookUp:
    """Rates words by their value alone."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.whole = {fold(w): v for w, v in values.items() if not w.endswith("*")}
        self.stems = {fold(w[:-1]): v for w, v in values.items() if w.endswith("*")}
        self.longest = max(map(len, self.stems), default=0)

    def word(self, form: str) -> Word:
        """Return the word with its value: of the word itself, else of its longest stem."""
        folded = fold(form)
        if folded in self.whole:
            return Word(form, self.whole[folded])
        for size in range(min(len(folded), self.longest), -1, -1):
            if folded[:size] in self.stems:
                return Word(form, self.stems[folded[:size]])
        return Word(form, None)

    def rate(self, words: Sequence[Word]) -> list[Rated]:
        """Return the words that the lexicon knows, each with its value."""
        return [
            (i, word.value, LEXICON_RULE) for i, word in enumerate(words) if word.value is not None
        ]


def plain_lexicon(name: str, source: Source) -> Lexicon:
    """Return a lexicon of your own: word to value, or a file of two columns.

    Parameters
    ----------
    name
        How results call it.
    source
        Mapping of words to numbers, or a .tsv or .csv file: word, value, and what you like.

    Raises
    ------
    DataError
        If a line of the file has no word or no number.
    ValueError
        If a value is not a number.
    """
    values = read_values(source) if isinstance(source, str | PathLike) else dict(source)
    for word, value in values.items():
        if isinstance(value, bool) or not _is_number(value):
            refuse(f"{name}[{word!r}]", "a number", value, "Give a value such as 1 or -2.5.")
    single = {word: float(value) for word, value in values.items() if len(word.split()) == 1}
    left = len(values) - len(single)
    note = f"{name}: {left:,} of {len(values):,} entries are phrases and are not used."
    return Lexicon(name, single, notes=(note,) if left else ())


def _is_number(value: object) -> bool:
    """Return whether `value` is a finite number."""
    return isinstance(value, int | float) and math.isfinite(value)


def read_values(path: str | PathLike[str]) -> dict[str, float]:
    """Return the words and values of a file of two columns."""
    return {word: value for word, value, _ in read_rows(path)}


def read_rows(path: str | PathLike[str]) -> list[tuple[str, float, str]]:
    """Return word, value and the rest of each line of a .tsv or .csv file.

    A first line without a number is a heading; empty lines and lines that begin with `# ` are
    left out.
    """
    name = fspath(path)
    rows = []
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"{name}: the lexicon cannot be read ({error}). Nothing was scored. "
            "Give a text file in UTF-8 with a word and a value on each line."
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("# "):
            continue
        row = _row(line)
        if row is not None:
            rows.append(row)
        elif number > 1:
            raise DataError(
                f"{name}:{number}: no word and number in {line[:80]!r}. Nothing was scored. "
                "Write the word, a tab or comma, and its value."
            )
    return rows


def _row(line: str) -> tuple[str, float, str] | None:
    """Return word, value and the rest of a line; None if it does not hold them."""
    word, _, rest = line.partition("\t" if "\t" in line else ",")
    value, _, more = rest.partition("\t" if "\t" in line else ",")
    try:
        number = float(value.strip().strip('"'))
    except ValueError:
        return None
    word = word.strip().strip('"')
    return (word, number, more.strip()) if word and math.isfinite(number) else None
