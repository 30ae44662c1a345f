"""Bytes to text: strict UTF-8 first, a guess only after that, and every guess is told."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ..errors import refuse
from .damage import damaged_utf8, guessed, is_mainframe, wide
from .findings.told import Finding, finding, skip
from .marks import mark_findings, without_controls

BOMS = (  # UTF-32 before UTF-16: FF FE 00 00 starts with FF FE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (  # only those that no text starts with
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a zip archive or Office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"\x7fELF", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
FIRST_BYTES = frozenset(sign[0] for sign, _ in SIGNATURES)
# What a web page may call cp1252, by the rules that browsers follow.
LATIN = {"iso8859-1", "ascii", "latin-1"}
# Codecs of Python that are no encodings of files, and one that hides markup.
NEVER = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}


class Decoded(NamedTuple):
    """A text, the name of the encoding it had, and what was found on the way."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def known_encoding(name: str | None) -> str | None:
    """Return the Python name of a text encoding; raise if there is none called `name`."""
    if name is None:
        return None
    found = _known(name) if isinstance(name, str) else ""
    if not found:
        refuse("encoding", "the name of a text encoding", name, "Give for instance 'cp1252'.")
    return found


def looks_like(data: bytes) -> str:
    """Return what the first bytes say the data is ("a PNG image"), or "" for text."""
    if not data or data[0] not in FIRST_BYTES:
        return ""
    return next((what for sign, what in SIGNATURES if data.startswith(sign)), "")


def decode(data: bytes, encoding: str | None = None, declared: str = "") -> Decoded:
    """Return the text of `data`, exactly as decoded.

    Two things alone differ from the bare decoding. One byte order mark at the very start is
    not part of the text (the name of the encoding tells). Each control character that no text
    holds (NUL, escape, …; not tabs and line ends) stands as U+FFFD, one for one, so that
    offsets stay what they are, and this is told. Line ends are not translated.

    Parameters
    ----------
    data
        The bytes of one file.
    encoding
        The encoding of the file if it is neither UTF-8 nor says what it is.
    declared
        The encoding that a web page declares inside itself.

    Returns
    -------
    Decoded
        Text, the name of the encoding ("utf-8", "utf-16-le (BOM)", "cp1252 (guess)",
        "cp1250 (given)", "cp1251 (declared)") and the findings.
    """
    if not data:
        raise skip("CK-101")
    if what := looks_like(data):
        raise skip("CK-104", what=what)
    text, name, findings = _decoded(data, encoding, declared)
    if text.isspace() or not text:
        raise skip("CK-102")
    marks = mark_findings(text)
    text, controls = without_controls(text)
    return Decoded(text, name, (*findings, *controls, *marks))


def _decoded(data: bytes, encoding: str | None, declared: str) -> Decoded:
    """Return the text by the strongest evidence: BOM, zeros, UTF-8, declaration, given, guess."""
    for bom, name in BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(name, "replace")
            return Decoded(text, f"{name} (BOM)", _contradiction(data, declared, name))
    if b"\0" in data and (name := wide(data)):
        return Decoded(data.decode(name), f"{name} (guess)", (finding("CK-121", encoding=name),))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _not_utf8(data, encoding, declared)
    return Decoded(text, "utf-8", _contradiction(data, declared, "utf-8"))


def _contradiction(data: bytes, declared: str, name: str) -> tuple[Finding, ...]:
    """Return the finding that a page declares one encoding and is in another."""
    claimed = _codec(declared) if declared else name
    if data.isascii() or claimed == name or (claimed == "utf-16" and name.startswith("utf-16")):
        return ()
    return (finding("CK-122", declared=declared[:40], encoding=name),)


def _known(encoding: str) -> str:
    """Return the Python name of a text encoding, or "" if none is called so."""
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return "" if name in NEVER else name


def _codec(declared: str) -> str:
    """Return the Python name of what a page declares, Latin-1 being cp1252 as in browsers."""
    name = _known(declared)
    return "cp1252" if name in LATIN else name


def _not_utf8(data: bytes, encoding: str | None, declared: str) -> Decoded:
    """Return the text of bytes that are not UTF-8: as declared, damaged, given or guessed."""
    if is_mainframe(data):
        raise skip("CK-104", what="EBCDIC text of a mainframe")
    claimed = _codec(declared) if declared else ""
    if claimed and not claimed.startswith("utf"):
        try:
            return Decoded(data.decode(claimed), f"{claimed} (declared)")
        except UnicodeDecodeError:
            pass  # the declaration is wrong; the bytes are asked instead
    if damaged := damaged_utf8(data):
        text, found = damaged
        return Decoded(text, "utf-8 (damaged)", (found,) if found else ())
    if encoding:
        return Decoded(data.decode(encoding, "replace"), f"{encoding} (given)")
    name = guessed(data)
    if not name:
        raise skip("CK-104", what="binary data")
    text = data.decode(name, "replace")
    return Decoded(text, f"{name} (guess)", (finding("CK-121", encoding=name),))


_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:+-]{1,40})", re.I)
_PROLOG = re.compile(
    rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:+-]{1,40})", re.I
)


def declared_in(data: bytes) -> str:
    """Return the encoding that a web page declares in its first 2,048 bytes, or ""."""
    head = data[:2048]
    found = _META.search(head) or _PROLOG.match(head)
    return found[1].decode("ascii", "replace") if found else ""
