"""Word lists to compare a corpus with: counts of your own, or wordfreq's estimates."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module, metadata
from numbers import Real
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from ...corpus.columns.folding import fold
from ...errors import DataError, one_of, refuse, whole
from .profiles import Profile

NO_ARTICLES = (
    "No test: a word list has no articles, so p, q and reference_range are missing (–); "
    "min_range asks for articles of the target, and only of words that the target has."
)


@dataclass(frozen=True, eq=False)
class WordList:
    """Words with their counts, folded as the words of a corpus are.

    Attributes
    ----------
    counts
        Word (folded) to occurrences.
    size
        Words of the corpus that was counted.
    name
        Where the counts come from, for the caption.
    notes
        What a reader of any table made with the list must know.
    estimate
        The count of a word that the list spells in another way; None if it has no such rule.
    """

    counts: Mapping[str, int]
    size: int
    name: str
    notes: tuple[str, ...] = ()
    estimate: Callable[[str], int] | None = None

    def __repr__(self) -> str:
        return f"WordList: {len(self.counts):,} words, {self.label}"

    @property
    def label(self) -> str:
        """The name and the size, for the caption."""
        return f"{self.name}: {self.size:,} words"

    def profile(self, words: list[str]) -> Profile:
        """Return the list as one side of a comparison with a corpus of these words."""
        counts = dict(self.counts)
        if self.estimate is not None:
            counts |= {word: self.estimate(word) for word in words if word not in counts}
        names = sorted(word for word, count in counts.items() if count)
        count = np.array([counts[word] for word in names], np.int64)
        none = np.zeros(len(names), np.int64)
        return Profile(names, count, none, self.size, 0, self.label)


def word_list(
    counts: Mapping[str, int], *, size: int | None = None, name: str = "word list"
) -> WordList:
    """Return a word list from counts.

    Parameters
    ----------
    counts
        Word to occurrences (whole numbers, 0 or more). Spellings that differ only in case or
        typography are one word.
    size
        Words of the corpus that was counted; the sum of the counts if None. Give it when the
        list is cut off, because every rate is a count divided by it.
    name
        What the caption calls the list.

    Raises
    ------
    ValueError
        If a count is not a whole number, or `size` is smaller than the sum of the counts.

    Examples
    --------
    >>> word_list({"The": 60, "the": 540, "pact": 2}, size=10_000, name="my corpus")
    WordList: 2 words, my corpus: 10,000 words
    """
    if not isinstance(counts, Mapping):
        given = type(counts).__name__
        raise TypeError(f"`counts` must be a mapping of word to count; not {given}. Give a dict.")
    merged: dict[str, int] = {}
    for word, count in counts.items():
        form = fold(_word(word))
        merged[form] = merged.get(form, 0) + _count(word, count)
    total = sum(merged.values())
    note = "The size of the word list is the sum of its counts; give word_list(counts, size=…) "
    note += "if the list is only the top of a longer one."
    if size is not None and whole("size", size, "words") < total:
        refuse("size", f"at least the sum of the counts, {total:,} words", size, "Check both.")
    notes = (note,) if size is None else ()
    return WordList(merged, total if size is None else int(size), name, notes)


def read_word_list(path: str | PathLike[str], *, size: int | None = None) -> WordList:
    """Return the word list of a CSV file with two columns: word, count.

    Parameters
    ----------
    path
        The file: comma, semicolon or tab between the columns; a first row without a number is
        taken as the heading; blank rows are passed over.
    size
        Words of the corpus that was counted; the sum of the counts if None.

    Raises
    ------
    DataError
        If a row does not hold a word and a whole number; the message names file and line.
    """
    file = Path(path)
    lines = _text(file).splitlines()
    mark = max(",;\t", key=lambda mark: sum(mark in line for line in lines))
    counts: dict[str, int] = {}
    for number, row in enumerate(csv.reader(lines, delimiter=mark), 1):
        cells = [cell.strip() for cell in row]
        heading = number == 1 and len(cells) == 2 and not _whole_number(cells[1])
        if heading or not any(cells):
            continue
        if len(cells) != 2 or not cells[0] or not _whole_number(cells[1]):
            raise DataError(
                f"{file.name}:{number}: a row must be a word and a whole number; not {row!r}. "
                "Nothing was read. Keep two columns: word, count (without marks in the number)."
            )
        counts[cells[0]] = counts.get(cells[0], 0) + int(cells[1])
    return word_list(counts, size=size, name=file.name)


def reference_words(
    language: str = "en", *, wordlist: str = "best", size: int = 100_000_000
) -> WordList:
    """Return wordfreq's estimates of how frequent words are in general, as counts.

    Parameters
    ----------
    language
        Code of the language: "en".
    wordlist
        wordfreq's own choice: "large" (down to 1 in 100 million words), "small" (down to 1 in a
        million) or "best" (the large one where there is one).
    size
        Words of the imagined corpus that turns the estimated shares into counts; it decides how
        sure g2 and conservative_log_ratio are, not how large log_ratio is.

    Raises
    ------
    ImportError
        If wordfreq is not installed.
    ValueError
        If wordfreq has no such language or list.

    Notes
    -----
    The values are estimates, pooled from several sources and rounded to a hundredth of a power
    of ten; nobody counted them in one corpus. There are no articles, and so no test. Numbers
    have an estimate by their shape; hyphenated words and rare names have none and count as 0.
    Its newest texts are of 2021. Speer 2022, wordfreq.
    """
    whole("size", size, "words", 1)
    wordfreq = _wordfreq()
    one_of("wordlist", wordlist, ("best", "large", "small"))
    one_of("language", language, sorted(wordfreq.available_languages(wordlist)))
    shares: dict[str, float] = {}
    for word, share in wordfreq.get_frequency_dict(language, wordlist).items():
        if not any(char.isdigit() for char in word):  # there, a row stands for many numbers
            shares[fold(word)] = shares.get(fold(word), 0.0) + share
    counts = {word: round(share * size) for word, share in shares.items()}

    def estimate(word: str) -> int:
        """Return the count of a number or of letters with dots, which the list spells apart."""
        plain = any(char.isdigit() for char in word) or word.endswith(".")
        if not plain or wordfreq.tokenize(word, language) != [word.rstrip(".")]:
            return 0
        return round(size * float(wordfreq.word_frequency(word, language, wordlist)))

    said = f"wordfreq's frequencies are estimates, here as counts in {size:,} imagined words: "
    said += "they were never counted in one corpus. Hyphenated words and rare names have none "
    said += "and count as 0."
    return WordList(counts, size, f"wordfreq {_version()} {language}", (said,), estimate)


def as_word_list(given: object) -> WordList | None:
    """Return a word list or a mapping as a word list; None for anything else."""
    if isinstance(given, WordList):
        return given
    return word_list(given) if isinstance(given, Mapping) else None


def _text(file: Path) -> str:
    """Return the text of a file in UTF-8."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{file.name}:{line}: the text is not UTF-8. Nothing was read. "
            "Save the table as CSV in UTF-8."
        ) from None


def _word(word: object) -> str:
    """Return a key of the counts as a word; otherwise raise."""
    if not isinstance(word, str) or not word:
        refuse("counts", "a mapping of word to count", word, "Give every word as text.")
    return word


def _count(word: str, count: object) -> int:
    """Return a count as a whole number; otherwise raise, naming the word."""
    right = isinstance(count, Real) and not isinstance(count, bool)
    if not (right and count >= 0 and float(count).is_integer()):  # type: ignore[operator,arg-type]
        rule = f"a mapping of word to count, whole numbers of 0 or more ({word!r} is not)"
        refuse("counts", rule, count, "Multiply shares by the size of their corpus.")
    return int(count)  # type: ignore[call-overload, no-any-return]


def _whole_number(cell: str) -> bool:
    """Return whether a cell is written as a whole number."""
    return cell.isascii() and cell.isdigit()


def _wordfreq() -> Any:
    """Return the module wordfreq; otherwise say how to install it."""
    try:
        return import_module("wordfreq")
    except ImportError:
        raise ImportError(
            "reference_words needs wordfreq, which is not installed. "
            "Install the extra: pip install 'corpuskit[words]'."
        ) from None


def _version() -> str:
    """Return the version of wordfreq."""
    return metadata.version("wordfreq")
