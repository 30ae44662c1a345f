"""Answers over shards of which some are missing: asked again of the others, and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from copy import copy
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, Self, TypeVar, cast

from ...errors import ShardError
from ...result import Result, counted

PARTIAL = "Partial: "  # how the first note of a partial answer begins

_P = ParamSpec("_P")
_R = TypeVar("_R")
_inside: ContextVar[bool] = ContextVar("inside an answer", default=False)


class Missing(NamedTuple):
    """A shard that is not in an answer: its name, why, and how many articles it has."""

    name: str
    reason: str
    articles: int | None = None  # None: not known, because it did not open


class Apart:
    """What is spread over several shards: a corpus, or its hits."""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The shards that are left out."""
        raise NotImplementedError

    @property
    def standing(self) -> int:
        """Articles of all shards that are not left out."""
        raise NotImplementedError

    def without(self, lost: Iterable[Missing]) -> Self:
        """Return the same without some of the shards."""
        raise NotImplementedError


def partial_note(missing: Iterable[Missing], articles: int) -> str:
    """Return the note of an answer that is made of `articles` articles only."""
    gone = sorted(set(missing))
    named = "; ".join(f"{one.name}: {one.reason}" for one in gone)
    known = sum(one.articles or 0 for one in gone)
    more = (
        ", and those of shards that did not open" if any(o.articles is None for o in gone) else ""
    )
    shards = "shard is" if len(gone) == 1 else "shards are"
    return (
        f"{PARTIAL}{len(gone):,} {shards} missing ({named}). Not counted: "
        f"{counted(known, 'article')} there{more}; counted: {articles:,} in the others."
    )


def answered(verb: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a verb that asks again without the shards that failed, where that is allowed.

    What is given to the verb decides: only a corpus opened with `partial=True` loses shards.
    An answer inside another one is asked again by the outer one, so that all of it is made of
    the same shards.
    """

    @wraps(verb)
    def asked(*given: _P.args, **named: _P.kwargs) -> _R:
        spread = any(isinstance(one, Apart) for one in (*given, *named.values()))
        if not spread or _inside.get():
            return verb(*given, **named)
        token = _inside.set(True)
        try:
            return cast(_R, _asked(verb, given, named))
        finally:
            _inside.reset(token)

    return asked


def _asked(verb: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Ask until no further shard fails; each time there are fewer."""
    while True:
        try:
            return noted(verb(*given, **named), (*given, *named.values()))
        except ShardError as error:
            if not error.lost:
                raise
            lost = error.lost
        given = tuple(_spared(one, lost) for one in given)
        named = {name: _spared(one, lost) for name, one in named.items()}


def _spared(value: Any, lost: tuple[Missing, ...]) -> Any:
    """Return what was given to a verb without the shards that failed."""
    return value.without(lost) if isinstance(value, Apart) else value


def noted(answer: Any, given: Iterable[Any]) -> Any:
    """Return a result whose first note says which shards are missing, if there are any."""
    spread = [one for one in given if isinstance(one, Apart) and one.missing]
    if not spread or not isinstance(answer, Result):
        return answer
    missing = {gone for one in spread for gone in one.missing}
    return _led(answer, (partial_note(missing, spread[0].standing),))


def carried(method: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a method of a result whose own result carries the note of a partial answer on."""

    @wraps(method)
    def made(*given: _P.args, **named: _P.kwargs) -> _R:
        answer, source = method(*given, **named), given[0]
        if isinstance(source, Result) and isinstance(answer, Result):
            return cast(_R, _led(answer, _partial(source.notes)))
        return answer

    return made


def _partial(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the note that an answer is partial, if it is."""
    return tuple(note for note in notes[:1] if note.startswith(PARTIAL))


def _led(answer: Result, notes: tuple[str, ...]) -> Result:
    """Return a result with these notes before its own."""
    if not notes or answer.notes[:1] == notes:
        return answer
    told = copy(answer)
    object.__setattr__(told, "notes", (*notes, *answer.notes))
    return told
