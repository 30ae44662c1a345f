"""Text -> spans of sentences, found by nupunkt one paragraph at a time."""

from __future__ import annotations

Span = tuple[int, int]


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
