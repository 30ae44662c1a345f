"""Lines with hints: what a document shows of each paragraph beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..article import Article, Cut

BODY, CELL, BOX = "body", "cell", "box"  # places whose lines are read
NOTE, HEAD, FOOT = "note", "head", "foot"  # places whose lines are kept, but cut
APART = {
    NOTE: ("note", "foot note or end note"),
    HEAD: ("running header", "header of the pages"),
    FOOT: ("running footer", "footer of the pages"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a document, with what it looks like.

    Attributes
    ----------
    text
        Its words, blanks at the edges included; "" for an empty paragraph. A line break
        inside a paragraph is a line feed; in a PDF so is the end of each line of the page.
    style
        Name of its style, in small letters without blanks ("heading1", "normal"); "" if none.
    level
        1 for a title or a heading of the first level, 2 for the second, …; 0: no heading.
    bold
        Whether every visible character is bold.
    label
        The bold beginning of a line that goes on in plain letters ("Byline:"), else "".
    size
        Size of its first visible character in points; 0 if not stated.
    breaks
        Whether a new page or section begins with it.
    place
        "body", "cell" (of a table), "box" (text box), "note" (foot note or end note), "head"
        or "foot" (of the pages).
    page
        Number of the page, from 1 (PDF); 0 if the format has no fixed pages.
    """

    text: str
    style: str = ""
    level: int = 0
    bold: bool = False
    label: str = ""
    size: float = 0.0
    breaks: bool = False
    place: str = BODY
    page: int = 0


class Run(NamedTuple):
    """Some text of a paragraph in one look; `bold` is None if the style of the paragraph says."""

    text: str
    bold: bool | None = None
    size: float = 0.0


def line_of(
    runs: Sequence[Run],
    style: str = "",
    level: int = 0,
    *,
    bold: bool = False,
    breaks: bool = False,
    place: str = BODY,
) -> Line:
    """Return the line that these runs of text make; `bold` is what the style says."""
    marked = [(run.text, bold if run.bold is None else run.bold) for run in runs]
    seen = [is_bold for text, is_bold in marked if text.strip()]
    return Line(
        "".join(text for text, _ in marked),
        style,
        level,
        bold=bool(seen) and all(seen),
        label=_label(marked) if any(seen) and not all(seen) else "",
        size=next((run.size for run in runs if run.text.strip()), 0.0),
        breaks=breaks,
        place=place,
    )


def _label(marked: Sequence[tuple[str, bool]]) -> str:
    """Return the bold beginning of a line."""
    label = ""
    for text, bold in marked:
        if not bold and text.strip():
            break
        label += text
    return label.strip()


def level_of(style: str) -> int:
    """Return the level of a heading by the English name of its style, 0 for none."""
    name = style.replace(" ", "").lower()
    if name == "title":
        return 1
    last = name.removeprefix("heading")
    return int(last) if name != last and last in tuple("123456789") else 0


def with_tail(article: Article, tail: Sequence[tuple[str, str, str]]) -> Article:
    """Return the article with texts that stand below it, each one of them a cut.

    What a page shows and is no part of the article (notes, running headers) is kept so: in the
    text, below the article, with its rule and reason.

    Parameters
    ----------
    article
        The article; no text of it is changed.
    tail
        Text, rule and reason of each cut; texts without visible characters are passed over.
    """
    text, cuts = article.text, list(article.cuts)
    for words, rule, reason in tail:
        if inner := words.strip():
            text += "\n\n"
            cuts.append(Cut(len(text), len(text) + len(inner), rule, reason))
            text += inner
    return replace(article, text=text, cuts=tuple(cuts))


def apart(lines: Sequence[Line]) -> list[tuple[str, str, str]]:
    """Return text, rule and reason of the lines that are kept but not read, each text once."""
    found = {
        (line.text.strip(), *APART[line.place]): None
        for line in lines
        if line.place in APART and line.text.strip()
    }
    return list(found)
