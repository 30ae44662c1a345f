"""Text -> spans of sentences, found by nupunkt one paragraph at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .breaks import BLANK, LOOK, Numbers, SentenceEnds, gap_kind

Span = tuple[int, int]
Ints = NDArray[np.int64]


class Chunks(NamedTuple):
    """The unbroken runs of a text: number, first and past character, white space before."""

    numbers: Numbers
    starts: Numbers
    ends: Numbers
    gaps: NDArray[np.uint8]


class Sentences(NamedTuple):
    """Sentences in the order of a text: paragraph, first and past character."""

    paragraphs: Ints
    starts: Ints
    ends: Ints


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without the blanks at its edges."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, max(start, start + len(part.strip()))


def sentence_spans(paragraph: str) -> list[Span]:
    """Return the half-open character spans of the sentences of one paragraph, in order.

    The spans hold no blanks at their edges and do not overlap; between them stand only
    blanks.

    >>> text = "Talks began at 9 a.m. in Delhi. The U.S. watched."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['Talks began at 9 a.m. in Delhi.', 'The U.S. watched.']
    """
    import nupunkt

    if not paragraph.strip():
        return []
    spans = (trim(paragraph, *span) for span in nupunkt.sent_spans(paragraph))
    return [(start, end) for start, end in spans if start < end]


def find_sentences(
    text: str, begins: Ints, chunks: Chunks, ends: SentenceEnds, word_of: Callable[[int], str]
) -> Sentences:
    """Return the sentences of many paragraphs at once: those of `sentence_spans` on each.

    Parameters
    ----------
    text
        The paragraphs, joined by line breaks.
    begins
        First character of each paragraph.
    chunks
        The unbroken runs of the text; one never reaches into the next paragraph.
    ends
        What decides on the end of a sentence; it has learnt every distinct run.
    word_of
        Gives the run of a number.
    """
    firsts = np.append(np.searchsorted(chunks.starts, begins), len(chunks.starts))
    gaps = _gaps(text, chunks, firsts[:-1])
    flags, stretches = ends.find(word_of, chunks.numbers, firsts, gaps)
    lasts = np.flatnonzero(flags)
    opens = np.append(0, lasts[:-1] + 1)[: len(lasts)]
    found = (chunks.starts[opens], chunks.ends[lasts])
    starts, past = _whole(text, chunks, found, lasts, stretches)
    paragraphs = np.searchsorted(begins, starts, side="right") - 1
    return Sentences(paragraphs, starts.astype(np.int64), past.astype(np.int64))


def _gaps(text: str, chunks: Chunks, firsts: Ints) -> NDArray[np.uint8]:
    """Return the kind of white space before each run; that before a paragraph is no matter."""
    kinds = chunks.gaps.copy()
    kinds[firsts[firsts < len(kinds)]] = BLANK
    for row in np.flatnonzero(kinds == LOOK).tolist():
        kinds[row] = gap_kind(text[chunks.ends[row - 1] : chunks.starts[row]])
    return kinds


def _whole(
    text: str,
    chunks: Chunks,
    found: tuple[Numbers, Numbers],
    lasts: Ints,
    stretches: tuple[Ints, Ints],
) -> tuple[Numbers, Numbers]:
    """Return the sentences with those of some stretches found by reading them whole."""
    first, final = stretches
    if not len(first):
        return found
    edges = zip(chunks.starts[first].tolist(), chunks.ends[final].tolist(), strict=True)
    more = [
        (begin + start, begin + end)
        for begin, past in edges
        for start, end in sentence_spans(text[begin:past])
    ]
    inside = np.searchsorted(first, lasts, side="right") - 1
    kept = (inside < 0) | (lasts > final[inside])
    starts, ends = np.array(more, np.int64).reshape(-1, 2).T
    starts, ends = np.append(found[0][kept], starts), np.append(found[1][kept], ends)
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]
