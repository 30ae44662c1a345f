"""Plain text and Markdown: .txt and .md, with or without header lines."""

from __future__ import annotations

from .article import Options, Reading
from .decode import decode
from .layout import read_layout


def read_plain(data: bytes, options: Options, *, markdown: bool = False) -> Reading:
    """Return the article in the bytes of a text file.

    Parameters
    ----------
    data
        The bytes of the file.
    options
        `encoding` is used if the file is not UTF-8 and has no byte order mark.
    markdown
        Whether `#` marks headings; the marks are cut, other Markdown is left as it stands.
    """
    text, encoding, findings = decode(data, options.encoding)
    article, more = read_layout(text, options, markdown=markdown)
    return Reading((article,), encoding, (*findings, *more))


def read_markdown(data: bytes, options: Options) -> Reading:
    """Return the article in the bytes of a Markdown file."""
    return read_plain(data, options, markdown=True)
