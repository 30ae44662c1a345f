"""What new runs look like, told from their bytes all at once, so that few are read one by one.

Most runs are plain letters, or plain letters and one mark: what tokens they hold is known without
the pattern of tokens, whatever the policy. Most hold nothing that could end a sentence.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

OTHER, LETTERS, MARKED = -1, 0, 1

MARKS = ',.;:!?)"'  # one of them behind letters is a token of its own in every policy
_STOPS_AND_CLOSERS = ".?!\"')]}*"
_RARE_LEADS = (0xC2, 0xE1, 0xE2, 0xE3)  # of all wide white space, quotation marks and stops
_NO_LETTER, _ROUGH = 1, 2


def _classes() -> NDArray[np.uint8]:
    """Return for each byte whether it is no letter, and whether it may end a sentence."""
    letters, calm = (
        frozenset(signs.encode()) for signs in (string.ascii_letters, string.printable)
    )
    calm -= {*_STOPS_AND_CLOSERS.encode(), *string.whitespace.encode()}
    calm |= {*range(0x80, 0x100)} - {*_RARE_LEADS}
    flags = [(n not in letters) * _NO_LETTER | (n not in calm) * _ROUGH for n in range(256)]
    flags[ord("\n")] = 0  # it only parts the runs
    return np.array(flags, np.uint8)


_CLASSES = _classes()
_IS_MARK = np.isin(np.arange(256), [ord(mark) for mark in MARKS])


class Looks(NamedTuple):
    """Of each run: LETTERS, MARKED (letters, then one of MARKS) or OTHER, and whether it is calm.

    A calm run holds no stop, no closing mark and no wide white space.
    """

    shapes: NDArray[np.int8]
    calm: NDArray[np.bool_]


def looks_of(runs: Sequence[bytes]) -> Looks:
    """Return what runs look like; none is empty or holds white space of one byte."""
    if not runs:
        return Looks(np.empty(0, np.int8), np.empty(0, bool))
    data = np.frombuffer(b"\n".join([*runs, b""]), np.uint8)
    sizes = np.fromiter(map(len, runs), np.int64, len(runs))
    past = np.cumsum(sizes + 1)
    classes = _CLASSES[data]
    begins = past - sizes - 1
    others = np.add.reduceat(classes & _NO_LETTER, begins, dtype=np.int64)
    rough = np.bitwise_or.reduceat(classes & _ROUGH, begins)
    marked = (others == 1) & _IS_MARK[data[past - 2]] & (sizes > 1)
    shapes = np.where(others == 0, LETTERS, np.where(marked, MARKED, OTHER))
    return Looks(shapes.astype(np.int8), rough == 0)
