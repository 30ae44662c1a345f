"""Saved web pages in one file: .mhtml and .mht; the page goes through the reader of pages."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from ..article import Options, Reading
from ..decode import known_encoding
from ..findings.told import skip
from .page import read_web

MOST_PARTS = 5_000
HEAD = 4_000  # bytes in which the header lines are looked for
PAGES = frozenset({"text/html", "application/xhtml+xml"})

_KIND = re.compile(rb"^content-type:\s*multipart/related\b", re.I | re.M)
_VERSION = re.compile(rb"^(?:mime-version|from|subject|snapshot-content-location):", re.I | re.M)


def is_mhtml(data: bytes, ending: str) -> bool:
    """Return whether the bytes begin as a web page saved in one file does, or are called so."""
    head = data[:HEAD].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n ")
    mail = _VERSION.match(head) is not None and _KIND.search(head) is not None
    return mail or ending in (".mhtml", ".mht")


def read_mhtml(data: bytes, options: Options) -> Reading:
    """Return the article of a web page that was saved in one file.

    Only the page itself is read, as a page in a file of its own is; frames, pictures and
    styles are passed over. The address from which it was saved is the article's `url` if the
    page states none; the time of saving is not taken for a date.

    Parameters
    ----------
    data
        The bytes of the file.
    options
        As for web pages.
    """
    if not data:
        raise skip("CK-101")
    try:
        message = message_from_bytes(data)
        page = _page(message)
        content = page.get_payload(decode=True) if page is not None else b""
    except (RecursionError, ValueError, LookupError, binascii.Error) as error:
        raise skip("CK-152", error=type(error).__name__) from error
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise skip("CK-175")
    reading = read_web(content, replace(options, encoding=options.encoding or _charset(page)))
    address = _address(message, page)
    articles = (replace(one, url=one.url or address) for one in reading.articles)
    return replace(reading, articles=tuple(articles))


def _page(message: Message) -> Message | None:
    """Return the part that is the page: the one that is named as the start, else the first."""
    parts = [part for part in _parts(message) if part.get_content_type() in PAGES]
    start = str(message.get_param("start") or "").strip()
    named = [part for part in parts if start and str(part.get("Content-ID", "")).strip() == start]
    return next(iter([*named, *parts]), None)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message, a limited number of them."""
    for _, part in zip(range(MOST_PARTS), message.walk(), strict=False):
        yield part


def _charset(page: Message) -> str | None:
    """Return the encoding that the header of a part names, if there is one of this name."""
    name = page.get_content_charset()
    try:
        return known_encoding(name) if name else None
    except ValueError:
        return None


def _address(message: Message, page: Message) -> str:
    """Return the web address from which the page was saved, or ""."""
    stated = message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    address = str(stated).strip()
    return address if re.fullmatch(r"https?://\S{1,2000}", address) else ""
