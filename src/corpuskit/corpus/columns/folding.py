"""Text -> the form used for matching. The text itself is never changed.

Two steps: `untypeset` undoes what typesetting and encodings do to a word (quotes, hyphens,
invisible characters, composed and decomposed letters); `fold` also makes case equal.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

_APOSTROPHES = "’‘ʼʹ′`´＇‛"
_QUOTES = "“”„‟«»″＂"
_HYPHENS = "‐‑﹣－"

# Characters that show nothing: soft hyphen, zero-width marks, joiners, direction marks,
# variation selectors, byte order marks inside a text.
_INVISIBLE = [
    code
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) == "Cf" or 0xFE00 <= code <= 0xFE0F
]

_TABLE: dict[int, str | None] = {code: None for code in _INVISIBLE}
_TABLE |= dict.fromkeys(map(ord, _APOSTROPHES), "'")
_TABLE |= dict.fromkeys(map(ord, _QUOTES), '"')
_TABLE |= dict.fromkeys(map(ord, _HYPHENS), "-")
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_TABLE |= dict(enumerate(_LIGATURES, start=0xFB00))
_DOT_ABOVE = "i̇"  # what lower-casing makes of the Turkish capital dotted I


def untypeset(text: str) -> str:
    """Return `text` with typographic variants made equal; case is kept."""
    if text.isascii():
        return text.replace("`", "'") if "`" in text else text
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def fold(text: str) -> str:
    """Return `text` as it is matched: typographic variants and case made equal."""
    if text.isascii():
        return untypeset(text).lower()
    folded = untypeset(text).casefold().replace(_DOT_ABOVE, "i")
    return unicodedata.normalize("NFC", folded)


def fold_words(words: Sequence[str]) -> list[str]:
    """Return the folded form of each of many words without line breaks; quicker than `fold`."""
    forms = untypeset("\n".join(word if word.isascii() else "" for word in words)).lower()
    folded = forms.split("\n") if words else []
    for n, word in enumerate(words):
        if not word.isascii():
            folded[n] = fold(word)
    return folded
