"""One file on its way: which kinds it may be of, who reads it, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future
from typing import NamedTuple

from .article import Options, Reading
from .findings.told import Finding, Skipped, finding
from .kinds import Kind, function, kinds_of, named
from .opening import Opened, ending_of
from .walk import File, shown
from .workers.crew import Crew
from .workers.guard import Declined, Read


class Waiting(NamedTuple):
    """One file that was handed to a reader.

    Attributes
    ----------
    file
        Which.
    size
        Bytes that are held for it.
    digest
        Hash of its bytes.
    kinds
        What it may be.
    answer
        What will come of it.
    """

    file: File
    size: int
    digest: str
    kinds: Sequence[Kind]
    answer: Future[Read]


def handed(one: Opened, options: Options, crew: Crew) -> Waiting:
    """Hand a file to its reader: to the crew if the reader has a parser, otherwise read it here."""
    kinds: Sequence[Kind] = ()
    answer: Future[Read] = Future()
    try:
        if one.trouble is not None:
            raise Skipped(one.trouble)
        kinds = kinds_of(one.data, shown(ending_of(one.file.path)))
        if any(kind.risky for kind in kinds):
            answer = crew.submit([kind.reads for kind in kinds], one.data, options)
        else:
            answer.set_result(_read(kinds, one.data, options))
    except Exception as error:  # told in the row of this file; no other is touched
        answer.set_exception(error)
    digest = hashlib.sha256(one.data).hexdigest()
    return Waiting(one.file, len(one.data), digest, kinds, answer)


def _read(kinds: Sequence[Kind], data: bytes, options: Options) -> Read:
    """Return what the first reader that does not decline makes of the bytes."""
    for number, kind in enumerate(kinds):
        reading: Reading | None = function(kind.reads)(data, options)
        if reading is not None:
            return number, reading
    raise Declined(finding("CK-107", ending=""))


def outcome(waiting: Waiting) -> Reading | Finding:
    """Return the reading of a file, or why there is none; wait for it if need be."""
    ending = shown(ending_of(waiting.file.path))
    try:
        number, reading = waiting.answer.result()
    except Declined:
        return finding("CK-107", ending=ending)
    except Skipped as skipped:
        return skipped.finding
    except Exception as error:  # the one place where any error of a parser ends: in its row
        return finding("CK-119", error=type(error).__name__)
    return named(waiting.kinds[number], reading, ending)
