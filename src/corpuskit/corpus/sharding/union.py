"""What several shards have in common: numbers of articles, words and tokens that hold for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ...errors import DataError, ShardError
from ...reading.article import Article
from ...result import Result
from ..columns.store import Columns, Ints
from ..columns.tokens import TokenPolicy
from ..columns.vocabulary import Vocabulary
from ..corpus import Corpus
from ..disk.reports import joined_reports
from ..part import Part
from ..table import FIELDS
from .executors import Outcome, Task, run_tasks
from .partial import Missing
from .pieces import Piece, on_part

_COLUMNS = frozenset(field.name for field in fields(Columns)) | {"zones"}


@dataclass(frozen=True, eq=False)
class Members:
    """Shards, and who works on them.

    Attributes
    ----------
    names, corpora
        The shards in their order, each under its name.
    executor, timeout, partial
        As for `open_shards`.
    missing
        Shards that are left out already.
    """

    names: tuple[str, ...]
    corpora: tuple[Corpus, ...]
    executor: Executor | None = None
    timeout: float | None = None
    partial: bool = False
    missing: tuple[Missing, ...] = ()

    def ask(self, work: Callable[..., Any], given: Sequence[tuple[Any, ...] | None]) -> list[Any]:
        """Return what `work` says of each shard; None for a shard that is not to be asked.

        Raises
        ------
        ShardError
            If a shard gave no answer, tried twice.
        ValueError
            If all shards say so: then it was the question, not a shard.
        """
        pairs = zip(self.names, given, strict=True)
        tasks = [Task(name, work, one) for name, one in pairs if one is not None]
        outcomes = run_tasks(tasks, self.executor, timeout=self.timeout)
        failed = [one for one in outcomes if one.failure]
        if failed:
            self._fail(failed, len(tasks))
        answers = iter(outcomes)
        return [None if one is None else next(answers).answer for one in given]

    def read(self, shard: int, work: Callable[..., Any], *given: Any) -> Any:
        """Return what `work` says in this process, which reads a text faster than it is sent."""
        task = Task(self.names[shard], work, (self.corpora[shard], *given))
        (outcome,) = run_tasks([task])
        if outcome.failure:
            self._fail([outcome], len(self.names) + 1)
        return outcome.answer

    def _fail(self, failed: list[Outcome], asked: int) -> None:
        """Raise for the shards that failed."""
        errors = [one.error for one in failed]
        same = len(failed) == asked and len({one.failure for one in failed}) == 1
        if same and errors[0] is not None and type(errors[0]) in (ValueError, TypeError):
            raise errors[0]
        sizes = dict(zip(self.names, map(len, self.corpora), strict=True))
        lost = tuple(Missing(one.name, one.failure, sizes[one.name]) for one in failed)
        raise failure(lost, self.partial)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is sent to another process: an executor stays where it is."""
        return self.__dict__ | {"executor": None}


def failure(lost: Sequence[Missing], partial: bool) -> ShardError:
    """Return the error that names shards without an answer; `partial`: others may answer."""
    named = "; ".join(f"{one.name}: {one.reason}" for one in lost)
    shards = "This shard" if len(lost) == 1 else f"These {len(lost):,} shards"
    others = (
        _GO_ON if partial else "open the shards with partial=True for an answer made of the others"
    )
    return ShardError(
        f"{named}. {shards} gave no answer, tried twice. "
        f"Check the store with check(), or {others}.",
        tuple(lost) if partial else (),
    )


_GO_ON = "go on with the others: corpus.without(error.lost), hits.without(error.lost)"


def fewer(members: Members, lost: Iterable[Missing]) -> Members:
    """Return the members without some."""
    gone = {one.name: one for one in lost if one.name in members.names}
    rest = [n for n, name in enumerate(members.names) if name not in gone]
    missing = (*members.missing, *gone.values())
    if not rest:
        raise failure(missing, partial=False)
    names = tuple(members.names[n] for n in rest)
    corpora = tuple(members.corpora[n] for n in rest)
    return replace(members, names=names, corpora=corpora, missing=missing)


class FarColumns:
    """Stands where the columns of one corpus would: what is small is here, tokens are not.

    Articles, tokens and words have numbers that hold for all shards: those of the shards one
    after another, and those of the merged vocabulary, which is that of one corpus.
    """

    def __init__(self, members: Members) -> None:
        self.members = members
        self._ranks: dict[str, tuple[list[Ints], Vocabulary]] = {}
        self._counts: dict[tuple[str, tuple[str, ...]], Ints] = {}

    def __getattr__(self, name: str) -> Any:
        if name in _COLUMNS:
            raise TypeError(
                f"A corpus of shards has no column {name!r}: its tokens are not in one place. "
                "Use to_corpus() to put the articles you chose into one corpus."
            )
        raise AttributeError(name)

    @property
    def policy(self) -> TokenPolicy:
        """What counts as one token."""
        return self.members.corpora[0].store.policy

    @cached_property
    def articles(self) -> Ints:
        """Number of the first article of each shard, and the number of all."""
        return _borders(map(len, self.members.corpora))

    @cached_property
    def borders(self) -> Ints:
        """First token of each article, and the number of all tokens."""
        sizes = [np.diff(own) for own in self.ask_all(_own_borders)]
        return _borders(np.concatenate(sizes))

    @property
    def folds(self) -> Vocabulary:
        """The folded forms of all shards."""
        return self.numbering("folds")[1]

    @property
    def types(self) -> Vocabulary:
        """The surface forms of all shards."""
        return self.numbering("types")[1]

    def numbering(self, name: str) -> tuple[list[Ints], Vocabulary]:
        """Return for each shard the number of each of its words in the merged vocabulary."""
        if name not in self._ranks:
            listed = [_listed(*one) for one in self.ask_all(_own_words, name)]
            merged = sorted(set().union(*listed))
            number = {word: n for n, word in enumerate(merged)}
            ranks = [np.fromiter(map(number.__getitem__, own), np.int64) for own in listed]
            self._ranks[name] = ranks, Vocabulary.of(merged)
        return self._ranks[name]

    def counts(self, name: str, zones: tuple[str, ...]) -> Ints:
        """Return words (or sentences) of each article of all shards, in these zones."""
        if (name, zones) not in self._counts:
            found = self.ask_all(_own_counts, name, zones)
            self._counts[name, zones] = np.concatenate(found).astype(np.int64)
        return self._counts[name, zones]

    def ask_all(self, function: Callable[..., Any], *given: Any) -> list[Any]:
        """Return what a function says of each whole shard."""
        pieces = [Piece(corpus) for corpus in self.members.corpora]
        return self.members.ask(on_part, [(piece, function, given) for piece in pieces])

    def read(self, number: int, function: Callable[..., Any]) -> Any:
        """Return what a function of a shard and a number there says of an article."""
        shard = int(np.searchsorted(self.articles, number, side="right")) - 1
        return self.members.read(shard, function, number - int(self.articles[shard]))


def _borders(sizes: Iterable[int]) -> Ints:
    """Return where each of several stretches begins, and where the last one ends."""
    listed = np.array(list(sizes), np.int64)
    return np.append(0, np.cumsum(listed)).astype(np.int64)


def _own_borders(corpus: Corpus) -> Ints:
    return np.asarray(corpus.store.borders)


def _own_words(corpus: Corpus, name: str) -> tuple[bytes, Ints]:
    words: Vocabulary = getattr(corpus.store, name)
    return words.data.tobytes(), np.asarray(words.offsets)


def _listed(data: bytes, offsets: Ints) -> list[str]:
    return Vocabulary(np.frombuffer(data, np.uint8), offsets).listed


def _own_counts(corpus: Corpus, name: str, zones: tuple[str, ...]) -> Ints:
    part = corpus._part(corpus.selected)
    part.zones = zones
    return Part.words_per_article(part) if name == "words" else Part.sentences_per_article(part)


def _own_table(corpus: Corpus) -> pd.DataFrame:
    return corpus._home.table


def _own_report(corpus: Corpus) -> Result:
    return corpus.report


@dataclass(eq=False)
class FarHome:
    """The articles of all shards: their table is joined, their texts stay where they are."""

    store: FarColumns
    table: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        self.table = _joined(self.store.ask_all(_own_table))
        twice = self.table["id"][self.table["id"].duplicated()]
        if len(twice):
            raise DataError(
                f"{twice.iloc[0]}: two articles have this id, perhaps in two shards. "
                "Give each its own `id`, and each shard its own articles."
            )

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each id."""
        return {name: n for n, name in enumerate(self.table["id"].tolist())}

    @cached_property
    def report(self) -> Result:
        """What became of the files that were read, shard after shard."""
        return joined_reports(self.store.ask_all(_own_report))

    def article(self, number: int) -> Article:
        """Return an article."""
        article: Article = self.store.read(number, Corpus.source)
        return article

    def text(self, number: int) -> str:
        """Return the text of an article."""
        text: str = self.store.read(number, Corpus.text_of)
        return text

    def texts(self, numbers: Ints) -> Iterator[str]:
        """Yield the texts of articles."""
        return map(self.text, numbers.tolist())

    def listed(self, numbers: Ints) -> Iterator[Article]:
        """Yield articles."""
        return map(self.article, numbers.tolist())

    def id(self, number: int) -> str:
        """Return the id of an article."""
        return str(self.table["id"].iloc[number])


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the tables one below the other; a column that one lacks is empty there."""
    names = list(dict.fromkeys(name for table in tables for name in table.columns))
    first = ["id", *FIELDS, "words", "sentences", "notes"]
    names = [*first, *(name for name in names if name not in first)]
    columns: dict[str, Any] = {}
    for name in names:
        parts = [table[name].tolist() if name in table else [""] * len(table) for table in tables]
        values = [value for part in parts for value in part]
        kind = "int64" if name in ("words", "sentences") else object
        columns[str(name)] = pd.Series(values, dtype=kind)
    return pd.DataFrame(columns)
