"""Answers over shards of which some are missing: asked again of the others, and said so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
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
    def _lacking(self) -> str:
        """Names of the shards that are left out, as views show them; "" without any."""
        names = ", ".join(sorted(one.name for one in self.missing))
        return f"; missing: {names}" if names else ""

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


def missing_note(given: Any) -> tuple[str, ...]:
    """Return the note on the shards that something lacks, if it is spread and lacks any."""
    lacks = isinstance(given, Apart) and given.missing
    return (partial_note(given.missing, given.standing),) if lacks else ()


def with_note(answer: Result, given: Any) -> Result:
    """Return a result that says which shards are missing in what it was made of."""
    told: Result = _led(answer, missing_note(given))
    return told


def answered(verb: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a verb that asks again without the shards that failed, where that is allowed.

    What is given to the verb decides: only a corpus opened with `partial=True` loses shards.
    An answer inside another one is asked again by the outer one, so that all of it is made of
    the same shards. A result remembers how it was asked for, in case that a method of it is the
    first to meet a shard that is gone.
    """

    @wraps(verb)
    def asked(*given: _P.args, **named: _P.kwargs) -> _R:
        spread = any(isinstance(one, Apart) for one in (*given, *named.values()))
        if not spread or _inside.get():
            return verb(*given, **named)
        with _one_answer():
            return cast(_R, _asked(verb, given, named, asked))

    return asked


@contextmanager
def _one_answer() -> Iterator[None]:
    """Let answers inside this one raise where a shard is lost."""
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def undivided(verb: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a verb that raises where a shard is lost, whatever may be missing: it is no table."""

    @wraps(verb)
    def asked(*given: _P.args, **named: _P.kwargs) -> _R:
        with _one_answer():
            return verb(*given, **named)

    return asked


def _asked(
    verb: Callable[..., Any],
    given: tuple[Any, ...],
    named: dict[str, Any],
    asked: Callable[..., Any],
) -> Any:
    """Ask until no further shard fails; each time there are fewer."""
    while True:
        note = _note_on((*given, *named.values()))
        try:
            answer = _led(verb(*given, **named), note)
        except ShardError as error:
            if not error.lost:
                raise
            lost = error.lost
        except Exception as error:
            _tell(error, note)
            raise
        else:
            if isinstance(answer, Result):
                object.__setattr__(answer, "_asked", (asked, given, named))
            return answer
        given, named = _spared(given, named, lost)


def _spared(
    given: tuple[Any, ...], named: dict[str, Any], lost: tuple[Missing, ...]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return what was given to a verb without the shards that failed."""

    def spared(value: Any) -> Any:
        return value.without(lost) if isinstance(value, Apart) else value

    return tuple(map(spared, given)), {name: spared(one) for name, one in named.items()}


def _note_on(given: Iterable[Any]) -> tuple[str, ...]:
    """Return the note on the shards that are missing in what a verb is given, if any are."""
    spread = [one for one in given if isinstance(one, Apart) and one.missing]
    missing = {gone for one in spread for gone in one.missing}
    return (partial_note(missing, spread[0].standing),) if spread else ()


def _tell(error: Exception, note: tuple[str, ...]) -> None:
    """Add to an error that it is said of some of the shards only: others may know better."""
    for one in note:
        if one not in getattr(error, "__notes__", ()):
            error.add_note(one)


def carried(method: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a method of a result whose own result carries the note of a partial answer on.

    If a shard is lost by now and may be missing, the result is asked for again, and the method
    is that of the answer made of the other shards.
    """

    @wraps(method)
    def made(*given: _P.args, **named: _P.kwargs) -> _R:
        source: Any = given[0]
        try:
            return cast(_R, _led(method(*given, **named), _partial(source.notes)))
        except ShardError as error:
            if not error.lost or _inside.get() or "_asked" not in source.__dict__:
                raise
            lost = error.lost
        except Exception as error:
            _tell(error, _partial(source.notes))
            raise
        verb, before, options = source._asked
        before, options = _spared(before, options, lost)
        fresh = verb(*before, **options)
        return cast(_R, getattr(fresh, method.__name__)(*given[1:], **named))

    return made


def lasting(method: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return a method of a result made when it is looked at, which goes on without a lost shard.

    The result has a method `_without(lost)`. It becomes what that returns: from then on length,
    notes and rows are those of the shards that are left.
    """

    @wraps(method)
    def looked(*given: _P.args, **named: _P.kwargs) -> _R:
        source: Any = given[0]
        lost: tuple[Missing, ...] = ()
        while True:
            try:
                if lost:
                    fewer, lost = source._without(lost), ()
                    source.__dict__.clear()
                    source.__dict__.update(fewer.__dict__)
                return method(*given, **named)
            except ShardError as error:
                if not error.lost or _inside.get():
                    raise
                lost = (*lost, *error.lost)

    return looked


def left_out(
    notes: tuple[str, ...], fewer: Apart, lost: Iterable[Missing], lines: int
) -> tuple[str, ...]:
    """Return the notes of a concordance that has lost lines since it was asked for."""
    named = ", ".join(sorted(one.name for one in lost))
    said = f"{counted(lines, 'line')} of {named} left out: lost after they were found."
    others = notes[len(_partial(notes)) :]
    return (partial_note(fewer.missing, fewer.standing), said, *others)


def _partial(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the note that an answer is partial, if it is."""
    return tuple(note for note in notes[:1] if note.startswith(PARTIAL))


def _led(answer: Any, notes: tuple[str, ...]) -> Any:
    """Return a result with these notes before its own."""
    if not notes or not isinstance(answer, Result) or answer.notes[:1] == notes:
        return answer
    told = copy(answer)
    object.__setattr__(told, "notes", (*notes, *answer.notes))
    return told
