"""The marks of Rich Text Format: the tokens of a file, and what stands for which character."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..findings.told import skip

MOST_MARKS = 5_000_000  # of one file

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "softline": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\u00a0",
    "-": "\u00ad",
    "_": "\u2011",
}
ALWAYS = frozenset({"par", "cell", "nestcell", "\n", "\r"})  # each ends a paragraph
ENDS = ALWAYS | {"row", "nestrow", "sect", "page"}  # these end one that has begun
CELLS = frozenset({"cell", "nestcell"})
BREAKS = frozenset({"page", "sect", "pagebb"})
PLACES = {
    "footnote": "note",
    "shptxt": "box",
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "head"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "foot"),
}
PASSED_OVER = frozenset(
    {
        *("colortbl", "info", "pict", "filetbl", "xe", "tc", "tcn", "sp", "shprslt", "nonshppict"),
        *("listtext", "pntext", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"),
        *("atnid", "atnauthor", "template", "private", "objdata", "fldinst", "do"),
        *("bkmkstart", "bkmkend"),
    }
)
READ_THOUGH_MARKED = frozenset({"shpinst"})  # groups with \* that hold text to read

# The code page of each character set that a font can have.
CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
SYMBOLS = 2  # the character set of picture fonts

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?"  # a word, its number, the blank that ends it
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z])"  # a sign
    rb"|([{}])"
    rb"|[\r\n\0]+"  # nothing: only the lines of the file
    rb"|([^\\{}\r\n\0]+)"  # text
    rb"|."  # a backslash or an apostrophe at the end of a cut file
)


class Token(NamedTuple):
    """One mark of a file: a word with its number, or bytes of text."""

    word: str
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the marks of a file: word "{" or "}" for groups, "" for text, "'" for a byte.

    The bytes that a mark `bin` announces are passed over. More than MOST_MARKS are refused.
    """
    at = 0
    for _ in range(MOST_MARKS):
        found = _TOKEN.match(data, at)
        if found is None:
            return
        at = found.end()
        word, number, byte, sign, brace, text = found.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin":
                at += max(value or 0, 0)
            yield Token(word.decode(), value)
        elif byte:
            yield Token("'", data=bytes.fromhex(byte.decode()))
        elif text:
            yield Token("", data=text)
        elif sign and sign in b"{}\\":
            yield Token("", data=sign)
        elif (sign or brace) and sign != b"'":
            yield Token((sign or brace).decode("latin-1"))
    raise skip("CK-164", most=f"{MOST_MARKS:,}")


def code_page(number: int) -> str:
    """Return the Python name of a Windows code page, cp1252 if there is none."""
    special = {65001: "utf-8", 10000: "mac_roman", 936: "gbk", 1361: "johab"}
    name = special.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
