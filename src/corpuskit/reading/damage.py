"""Bytes that are not UTF-8: which encoding they may be in, or what damaged them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings.told import Finding, counted, finding

# Encodings that news text really comes in; a detector with more to choose from errs more.
WESTERN = ("cp1252", "cp1250", "cp1257", "cp1254", "mac_roman")
OTHERS = (
    *("cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "iso8859_5", "cp1250", "cp1252"),
    *("gb18030", "big5", "euc_kr", "cp949", "shift_jis", "euc_jp", "cp874", "cp1258"),
)
MOSTLY_ASCII = 0.6  # share of ASCII bytes from which a text is taken to be in Latin script
WESTERN_MARKS = "’‘“”‚„–—…·´\u00ad\u00a0"  # marks that may stand between two letters

_GOOD = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2})"
)
_TAIL = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{5,}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WESTERN_CHARS = re.compile(r"[\u00a0-\u024f\u2010-\u205f€™]")


def wide(data: bytes) -> str:
    """Return "utf-16-le" and the like for UTF-16 and UTF-32 without a BOM, else ""."""
    for name in _wide_candidates(data):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _plausible(text):
            return name
    return ""


def _wide_candidates(data: bytes) -> Iterator[str]:
    """Yield the wide encodings that the places of the zero bytes allow."""
    quarters = [data[place::4].count(0) for place in range(4)]
    if len(data) % 4 == 0 and sum(quarters) >= len(data) / 2:
        yield "utf-32-le" if quarters[3] >= quarters[0] else "utf-32-be"
    even, odd = quarters[0] + quarters[2], quarters[1] + quarters[3]
    if len(data) % 2 or (even and odd):
        return
    if even + odd >= len(data) / 8 or not _is_utf8(data):
        yield "utf-16-le" if odd else "utf-16-be"


def _is_utf8(data: bytes) -> bool:
    """Return whether the bytes are strict UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _plausible(text: str) -> bool:
    """Return whether nearly every character is one that people write."""
    good = sum(char.isprintable() or char.isspace() for char in text[:10_000])
    return good >= 0.98 * len(text[:10_000])


def is_mainframe(data: bytes) -> bool:
    """Return whether the bytes are EBCDIC: no ASCII blank, and plain words in code page 37."""
    if b"\x40" not in data or b" " in data or data.isascii():
        return False
    text = data[:10_000].decode("cp037")
    good = sum(char.isascii() and (char.isalnum() or char in " \n.,;:'\"()-") for char in text)
    return good >= 0.9 * len(text)


def damaged_utf8(data: bytes) -> tuple[str, Finding | None] | None:
    """Return the text of UTF-8 with a few other bytes in it, or None if it is not that."""
    if _PAIR.search(data) and _is_utf8(joined := _PAIR.sub(_one_character, data)):
        pairs = counted(len(_PAIR.findall(data)), "was", "were")
        return joined.decode(), finding("CK-129", count=pairs)
    good = _GOOD.findall(data)
    strays = _GOOD.sub(b"", data).translate(None, bytes(range(128)))
    tail = _TAIL.search(data)
    if tail and len(strays) == len(tail[0]) and (good or len(strays) > 1):
        return data.decode("utf-8", "replace"), None
    western = _is_western(data, b"".join(good).decode())
    if 8 * len(strays) > len(good) and not (good and western):
        return None
    return _mixture(data) if western else (data.decode("utf-8", "replace"), None)


def _one_character(pair: re.Match[bytes]) -> bytes:
    """Return the UTF-8 of a character that was written as two surrogates."""
    text = pair[0].decode("utf-8", "surrogatepass")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()


def _is_western(data: bytes, good: str) -> bool:
    """Return whether this is Latin script, its good characters and its stray bytes alike."""
    rest = _GOOD.sub(b"", data)
    if not _in_latin_script(rest) or _HIGH_RUN.search(rest):
        return False
    return 10 * len(_WESTERN_CHARS.findall(good)) >= 9 * len(good)


def _mixture(data: bytes) -> tuple[str, Finding]:
    """Return the text with its stray bytes read as cp1252."""
    parts: list[str] = []
    strays, first, chars, end = 0, -1, 0, 0
    for match in re.finditer(rb"[\x80-\xff]+", data):
        before = data[end : match.start()].decode()
        text, number, place = _high_bytes(match[0])
        first = chars + len(before) + place if number and first < 0 else first
        parts += [before, text]
        strays, chars, end = strays + number, chars + len(before) + len(text), match.end()
    found = finding("CK-123", count=counted(strays, "byte"), first=f"{first:,}")
    return "".join(parts) + data[end:].decode(), found


def _high_bytes(data: bytes) -> tuple[str, int, int]:
    """Return a run of high bytes as text, the number of strays in it, and the first one."""
    parts: list[str] = []
    at, strays, first = 0, 0, 0
    while at < len(data):
        if good := _GOOD.match(data, at):
            parts.append(good[0].decode())
        else:
            first = len("".join(parts)) if not strays else first
            strays += 1
            parts.append(data[at : at + 1].decode("cp1252", "replace"))
        at = good.end() if good else at + 1
    return "".join(parts), strays, first


def _in_latin_script(data: bytes) -> bool:
    """Return whether most bytes are ASCII."""
    high = len(data.translate(None, bytes(range(128))))
    return high <= (1 - MOSTLY_ASCII) * len(data)


def guessed(data: bytes) -> str:
    """Return the name of the likeliest encoding, or "" if none makes sense of the bytes."""
    if _in_latin_script(data) and not _HIGH_RUN.search(data):
        return _likeliest(data)
    from charset_normalizer import from_bytes  # only files in other scripts need it

    best = from_bytes(data[:200_000], cp_isolation=list(OTHERS), threshold=0.2).best()
    if best is not None and _plausible(data.decode(best.encoding, "replace")):
        return str(best.encoding)
    return _likeliest(data) if _in_latin_script(data) else ""


def _likeliest(data: bytes) -> str:
    """Return the western encoding that leaves the fewest places looking wrong."""
    return min(WESTERN, key=lambda name: _oddness(data.decode(name, "replace")))


def _oddness(text: str) -> int:
    """Return how many symbols stand inside words, capitals after small letters, and losses."""
    around = ((text[max(m.start() - 1, 0) : m.end() + 1], m) for m in _NOT_ASCII.finditer(text))
    return sum(_is_odd(near, match) for near, match in around) + 3 * text.count("\ufffd")


def _is_odd(near: str, match: re.Match[str]) -> bool:
    """Return whether a character looks wrong between its neighbours."""
    if len(near) < 2 or not match.start() or not near[0].isalpha():
        return False
    if match[0].isalpha():
        return near[0].islower() and match[0].isupper()
    return near[-1].isalpha() and match[0] not in WESTERN_MARKS
