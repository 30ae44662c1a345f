"""Many stores, one corpus: every question goes to each shard, the answers are merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from ...errors import refuse
from ...result import Result, counted
from ..columns.store import ZONES, Columns, Ints
from ..corpus import Corpus
from ..finding.find import Hits
from .partial import Apart, Missing, answered, with_note
from .pieces import Piece, Slim, Way, on_part
from .shardhits import ShardHits
from .union import FarColumns, FarHome, Members, fewer

if TYPE_CHECKING:
    from nltk.text import Text

Path_ = str | PathLike[str]


class Shards(Apart, Corpus):
    """Several corpora that answer as one; see `open_shards`.

    Every analysis works as for one corpus. Its columns (`store.ids` and the like) are not in one
    place and refuse: `to_corpus()` gives a corpus of the chosen articles.

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
        shards = counted(len(self.far.members.names), "shard")
        return f"Shards ({shards}{self._lacking}): {self._told}"

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

    def map_held(self, function: Callable[..., Any], *given: Any) -> list[Any]:
        """Return the same where only shards with an article of this corpus are asked."""
        held = [len(piece.corpus) > 0 for piece in self.pieces]
        pairs = zip(self.pieces, held, strict=True)
        ask = [(piece, function, given) if holds else None for piece, holds in pairs]
        answers = zip(self.far.members.ask(on_part, ask), held, strict=True)
        return [answer for answer, holds in answers if holds]

    def find_by(self, function: Callable[..., Hits], *given: Any) -> Hits:
        """Return the hits that a function of a module finds in each shard."""
        return cast(Hits, _find_by(self, Way(function, given)))

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
        return self.find_by(_found, pattern, match, case)

    # -- as one corpus -------------------------------------------------------------------

    @property
    def report(self) -> Result:
        """What became of the files that were read; its first note says if shards are missing."""
        return with_note(self._home.report, self)

    def to_nltk(self) -> Text:
        """Return the tokens as an `nltk.Text`, which holds them all; see `Corpus.to_nltk`."""
        from nltk.text import Text

        return Text([form for own in self.map(_forms) for form in own])

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
def _find_by(shards: Shards, way: Way) -> ShardHits:
    """Return the hits that are got in one way from all shards, counted by article."""
    return ShardHits.found(shards, [way] * len(shards.pieces))


def _found(part: Corpus, pattern: str, match: str, case: bool) -> Hits:
    """Return the hits of a pattern in a part of a shard."""
    return part.find(pattern, match=match, case=case)


def _zero(value: Any, size: int) -> Any:
    """Return where a sum begins."""
    return np.zeros(size, value.dtype) if isinstance(value, np.ndarray) else 0


def _word_counts(corpus: Corpus) -> tuple[Ints]:
    return (corpus.word_counts(),)


def _word_forms(corpus: Corpus) -> NDArray[np.uint32]:
    return corpus.word_forms()


def _forms(corpus: Corpus) -> list[str]:
    forms: list[str] = corpus.to_nltk().tokens
    return forms


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
