"""What a report is about: the teaching corpus, or articles that the lesson never saw."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from .kernels import as_node, one_line

CELL = "corpuskit-banner"  # the id of the banner in a notebook
SUMMARY = "What the lesson says (about the teaching corpus)"
TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>""", re.IGNORECASE)
HEADING = re.compile("h[1-6]")
EMPTY = {"br", "col", "hr", "img"}  # elements that have no end
STYLE = """
.banner { background: #fff6da; border-left: 4px solid #b98900; padding: .5rem .9rem; }
.lesson { margin: .3rem 0 .8rem; } .lesson > summary { color: #555; font-size: .9rem; }
.lesson[open] { border-left: 3px solid #ddd; padding-left: .9rem; }
"""


@dataclass(frozen=True)
class Subject:
    """The articles and the node of a report.

    Parameters
    ----------
    folder
        Name of the folder of the articles.
    node
        The pattern that was looked for.
    places
        Places in the articles that match it.
    taught
        Whether these are the articles and the node that the sentences of the lesson describe.
    """

    folder: str
    node: str
    places: int
    taught: bool

    @property
    def remark(self) -> str:
        """What must be said if the node is nowhere; else nothing."""
        found = self.places > 0
        return "" if found else f"No place in these articles matches {one_line(self.node)!r}."

    @property
    def label(self) -> str:
        """What the titles of the front page add; nothing for the teaching corpus."""
        return "" if self.taught else f" · {one_line(self.node)}"

    @property
    def style(self) -> str:
        """The style sheet that the banner and the folded text need."""
        return "" if self.taught else STYLE

    def banner(self) -> str:
        """Return the banner of a page as HTML; nothing for the teaching corpus."""
        if self.taught:
            return ""
        names = [f"<code>{html.escape(one_line(x))}</code>" for x in (self.folder, self.node)]
        words = _words(f"<strong>{names[0]}</strong>", f"<strong>{names[1]}</strong>")
        remark = f" {html.escape(self.remark)}" if self.remark else ""
        return f'<p class="banner">{words} On the pages they are folded away.{remark}</p>'

    def with_banner(self, notebook: NotebookNode) -> NotebookNode:
        """Return `notebook` with the banner as its first cell; as it is for the teaching corpus."""
        if self.taught:
            return notebook
        words = _words(_code(self.folder), _code(self.node))
        source = f"> {words}" + (f" {_code(self.node)} is nowhere in them." if self.remark else "")
        cell = new_markdown_cell(source, id=CELL)  # type: ignore[no-untyped-call]
        rest = [cell_ for cell_ in notebook.cells if cell_.get("id") != CELL]
        return as_node(notebook | {"cells": [cell, *rest]})


def folded(text: str) -> str:
    """Return balanced HTML with its headings in sight and all else folded away.

    Parameters
    ----------
    text
        HTML that went through a sanitiser: every element is closed.
    """
    parts, seen = [], 0
    for start, end in _headings(text):
        parts += [_details(text[seen:start]), text[start:end]]
        seen = end
    return "".join([*parts, _details(text[seen:])])


def _words(folder: str, node: str) -> str:
    """Return what a reader must know before the first table."""
    return (
        f"These are the articles in {folder}, and the node is {node}. The tables and figures are "
        "of these articles; the sentences of the lesson speak of the teaching corpus."
    )


def _code(text: str) -> str:
    """Return `text` as code in Markdown, whatever marks it holds."""
    text = one_line(text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{'`' * (longest + 1)}{blank}{text}{blank}{'`' * (longest + 1)}"


def _details(text: str) -> str:
    """Return HTML folded away, blanks as they are."""
    if not text.strip():
        return text
    return f'<details class="lesson"><summary>{SUMMARY}</summary>{text}</details>'


def _headings(text: str) -> list[tuple[int, int]]:
    """Return where the headings that stand in no other element begin and end."""
    found, depth, start = [], 0, 0
    for tag in TAG.finditer(text):
        name = tag[2].lower()
        if name in EMPTY:
            continue
        if not tag[1]:
            start = tag.start() if depth == 0 else start
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0 and HEADING.fullmatch(name):
                found.append((start, tag.end()))
    return found
