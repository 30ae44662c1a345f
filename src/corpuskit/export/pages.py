"""A Result -> a page of HTML that stands alone: no script, no request."""

from __future__ import annotations

import html
from pathlib import Path

from ..result import Result
from .files import Written, write_whole

STYLE = """
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #222; background: #fff;
  font: 1rem/1.5 system-ui, sans-serif; }
a { color: #0b57a4; } table { border-collapse: collapse; margin: .5rem 0; }
td, th { padding: .15rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; }
.corpuskit, .scroll { overflow-x: auto; }
.corpuskit-caption { font-weight: 600; margin: .5rem 0 0; }
.corpuskit-note { color: #555; margin: .1rem 0; }
"""


def to_html(result: Result, path: str | Path) -> Written:
    """Write every row of `result` as one HTML page that needs nothing else, and return it.

    Parameters
    ----------
    result
        The result, in the columns that its views show; caption and notes are written too. All
        text is escaped.
    path
        The file; an older one is replaced whole, or not at all.

    Returns
    -------
    Written
        The path and the number of rows.
    """
    body = f"<main>{result.to_html_table(len(result))}</main>"
    write_whole(path, page(result.caption, body).encode("utf-8", "replace"))
    return Written(Path(path), len(result))


def page(title: str, body: str, style: str = "") -> str:
    """Return an HTML page round `body` that runs no script and asks nothing of the network."""
    rule = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rule}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )
