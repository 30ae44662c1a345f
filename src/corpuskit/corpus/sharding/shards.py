"""Many stores, one corpus: every question goes to each shard, the answers are merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cached_property
from os import PathLike
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from ...errors import refuse
from ...result import Result, counted
from ..columns.store import ZONES, Columns, Ints
from ..corpus import Corpus
from ..finding.find import Hits
from .partial import Apart, Missing, answered
from .pieces import Piece, Slim, on_part
from .shardhits import ShardHits
from .union import FarColumns, FarHome, Members, failure

Path_ = str | PathLike[str]


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


class Shards(Apart, Corpus):
    """Several corpora that answer as one; see `open_shards`.

    What works on articles, counts, hits and results works as for one corpus. What needs the
    tokens themselves in one place refuses: `to_corpus()` gives a corpus of the chosen articles.

    Parameters
    ----------
    corpora
        Corpora in the order in which their articles shall stand.
    executor, timeout, partial
        As for `open_shards`. Corpora in memory travel whole to other processes; corpora on
        disk as their address.
    """

    def __init__(
        self,
        corpora: Sequence[Corpus],
        *,
        executor: Executor | None = None,
        timeout: float | None = None,
        partial: bool = False,
    ) -> None:
        whole = tuple(corpora)
        if not whole:
            refuse("corpora", "one corpus or more", corpora, "Give what open_corpus returns.")
        names = tuple(f"shard {n}" for n in range(len(whole)))
        self._begin(Members(names, whole, executor, timeout, partial))

    @classmethod
    def _of_members(cls, members: Members) -> Shards:
        made = object.__new__(cls)
        made._begin(members)
        return made

    def _begin(self, members: Members) -> None:
        """Begin with all articles of all shards, and all their zones."""
        self.far = FarColumns(members)
        self.store = cast(Columns, self.far)
        self._home = FarHome(self.far)
        self.selected = np.arange(len(self._home), dtype=np.int64)
        self.zones = ZONES
        self.chosen = {}

    def _part(self, selected: Ints) -> Shards:
        part = object.__new__(Shards)
        part.far, part._home, part.store = self.far, self._home, self.store
        part.selected, part.zones, part.chosen = selected, self.zones, dict(self.chosen)
        return part

    @property
    def every(self) -> int:
        """Number of articles in all shards, of this part or not."""
        return len(self._home)

    def number_of(self, article: str) -> int:
        """Return the number of the article with this id."""
        return self._home.numbers[article]

    def word_forms(self) -> NDArray[np.uint32]:
        """Return the folded form of each word in the merged numbers, in the order of the texts."""
        ranks, _ = self.far.numbering("folds")
        own = self.map(_word_forms)
        forms = [rank[one].astype(np.uint32) for rank, one in zip(ranks, own, strict=True)]
        return np.concatenate(forms)

    @property
    def apart(self) -> bool:
        """Whether the tokens of this corpus lie in several shards."""
        return True

    def among(self, selected: Ints) -> Shards:
        """Return other articles of the same shards, in the same zones."""
        part = self._part(selected)
        part.chosen = {}
        return part

    def __repr__(self) -> str:
        return f"Shards ({counted(len(self.far.members.names), 'shard')}): {self._told}"

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The shards that are left out."""
        return self.far.members.missing

    @property
    def standing(self) -> int:
        """Articles of all shards that are not left out."""
        return len(self._home)

    def without(self, lost: Iterable[Missing]) -> Self:
        """Return the same choice of articles without those of some shards."""
        members = fewer(self.far.members, lost)
        other = Shards._of_members(members)
        kept = np.isin(self.far.members.names, members.names)
        borders = self.far.articles
        shard = np.searchsorted(borders, self.selected, side="right") - 1
        moved = np.append(0, np.cumsum(np.diff(borders) * kept))[:-1] - borders[:-1]
        rows = kept[shard]
        part = other._part((self.selected + moved[shard])[rows])
        part.zones, part.chosen = self.zones, dict(self.chosen)
        return cast(Self, part)

    # -- asking the shards ---------------------------------------------------------------

    @cached_property
    def pieces(self) -> list[Piece]:
        """The part of each shard that belongs to this corpus."""
        made = []
        borders = self.far.articles
        for corpus, low, high in zip(
            self.far.members.corpora, borders[:-1], borders[1:], strict=True
        ):
            first, past = np.searchsorted(self.selected, [low, high])
            part = corpus._part(self.selected[first:past] - low)
            part.zones = self.zones
            made.append(Piece(part))
        return made

    def map(self, function: Callable[..., Any], *given: Any) -> list[Any]:
        """Return what a function of a module says of the part of each shard, in their order."""
        return self.far.members.ask(on_part, [(one, function, given) for one in self.pieces])

    def summed(self, names: str, function: Callable[..., Any], *given: Any) -> tuple[Any, ...]:
        """Return the sum over shards of columns over "folds" or "types", and of numbers."""
        return self.added(names, self.map(Slim(function), *given))

    def added(self, names: str, answers: list[Any]) -> tuple[Any, ...]:
        """Return the sum of slim answers in the numbers of the merged vocabulary."""
        ranks, words = self.far.numbering(names)
        sums: list[Any] = []
        for rank, (at, values) in zip(ranks, answers, strict=True):
            sums = sums or [_zero(value, len(words)) for value in values]
            for n, value in enumerate(values):
                if isinstance(value, np.ndarray):
                    sums[n][rank[at]] += value
                else:
                    sums[n] += value
        return tuple(sums)

    # -- what is counted -----------------------------------------------------------------

    def word_counts(self) -> Ints:
        """Return how often each folded form of the merged vocabulary occurs."""
        (counts,) = self.summed("folds", _word_counts)
        return cast(Ints, counts)

    def words_per_article(self) -> Ints:
        """Return the number of words of each article, in table order."""
        return self.far.counts("words", self.zones)[self.selected]

    def sentences_per_article(self) -> Ints:
        """Return the number of sentences of each article, in table order."""
        return self.far.counts("sentences", self.zones)[self.selected]

    @property
    def word_total(self) -> int:
        """Number of words."""
        return int(self.words_per_article().sum())

    @property
    def token_total(self) -> int:
        """Number of tokens, words and marks."""
        return sum(self.map(_token_total))

    @property
    def sentence_total(self) -> int:
        """Number of sentences."""
        return int(self.sentences_per_article().sum())

    def find(self, pattern: str, *, match: str = "glob", case: bool = False) -> Hits:
        """Return the hits of a pattern in all shards; see `Corpus.find`."""
        return cast(Hits, _find(self, pattern, match, case))

    # -- as one corpus -------------------------------------------------------------------

    def to_corpus(self) -> Corpus:
        """Return the chosen articles as one corpus in memory, for what needs their tokens."""
        return self._with(self._own_items())

    def save(self, path: Path_, *, wait: bool = False) -> None:
        """Write the chosen articles as one store; see `Corpus.save`. They must fit in memory."""
        self.to_corpus().save(path, wait=wait)

    def check(self) -> Result:
        """Read every file of every shard; see `Corpus.check`. The column shard comes first."""
        return _checked(self)


@answered
def _find(shards: Shards, pattern: str, match: str, case: bool) -> ShardHits:
    """Return the hits of a pattern in all shards, counted by article."""
    return ShardHits.found(shards, (pattern, match, case))


def _zero(value: Any, size: int) -> Any:
    """Return where a sum begins."""
    return np.zeros(size, value.dtype) if isinstance(value, np.ndarray) else 0


def _word_counts(corpus: Corpus) -> tuple[Ints]:
    return (corpus.word_counts(),)


def _word_forms(corpus: Corpus) -> NDArray[np.uint32]:
    return corpus.word_forms()


def _token_total(corpus: Corpus) -> int:
    return corpus.token_total


def _checked(shards: Shards) -> Result:
    """Return what is wrong with the files of each shard."""
    import pandas as pd

    found = shards.map(Corpus.check)
    frames = []
    for name, one in zip(shards.far.members.names, found, strict=True):
        frame = one.to_frame()
        frame.insert(0, "shard", pd.Series([name] * len(frame), dtype=object))
        frames.append(frame)
    frame = pd.concat(frames, ignore_index=True)
    wrong = int((frame["problem"] != "").sum())
    return Result(frame, title="Check", summary=f"{wrong:,} of {counted(len(frame), 'file')} wrong")
