"""Nodes and their collocates as a network: every word once, a line to each node it goes with."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..corpus.columns.folding import fold
from ..errors import refuse
from ..result import Result, counted
from .labels import drawn, figure, plain
from .paper import (
    BLUE,
    FONT,
    INK,
    ORANGE,
    TITLE_CHARS,
    blank,
    cut_note,
    paper,
    records,
    table,
    title,
)
from .record import MOST_ROWS, Drawing, Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("word", "O11", "E11", "log_dice", "left", "right")
MOST_NODES = 8
HALF_WIDTH = 0.62  # of the ellipse on which the collocates stand; the labels are outside
LINE = "#B4B4B4"  # opaque: few colours make small pictures
LINES = (0.6, 4.5)  # points: the weakest and the strongest line
Place = tuple[float, float]


@dataclass(frozen=True)
class Link:
    """One line: from a node to a collocate of it, with the figures of its row."""

    node: str
    word: str
    log_dice: float
    O11: int
    E11: float
    lean: int  # places to the right of the node minus places to its left

    @property
    def row(self) -> Row:
        """Return the record of this line."""
        text = (
            f"logDice {figure(self.log_dice, 2)}  {self.O11:,} found, {figure(self.E11)} expected"
        )
        numbers = (self.log_dice, float(self.O11), self.E11, float(self.lean))
        return Row(f"{plain(self.node, 18)} \N{EN DASH} {plain(self.word, 18)}", numbers, text)


def network(
    result: Result | Sequence[Result] | Mapping[str, Result], *, ax: Axes | None = None
) -> Axes:
    """Draw nodes and their collocates as a network, the same picture for the same tables.

    Parameters
    ----------
    result
        What `collocates` returned: one result, several of different nodes, or a mapping of a
        name to a result (for instance outlet to the collocates of one node in that outlet).
    ax
        The Axes to draw on (cleared first); a new figure if None.

    Returns
    -------
    Axes
        Nodes (boxes) in the middle, words round them, a line for each collocate, broader for a
        higher logDice. One node: words that stand more often to its left are on the left, the
        others on the right, the highest logDice on top. Several nodes: words of one node on the
        left, words that they share on the right, each near its nodes. Only words that stand in
        the windows more often than chance would put them there, at most 30, the first of each
        table; at most 8 nodes.

    Raises
    ------
    ValueError
        If two results have the same node and no names, or one is not of `collocates`.
    """
    tables, cut = _tables(result)
    names = list(tables)
    nodes = {} if isinstance(result, Mapping) else {fold(name): name for name in names}
    links, left_out = _links(tables, nodes)
    alone = len(names) == 1
    where = "left, right = side of the node" if alone else "left = of one node, right = shared"
    drawing = Drawing(
        kind="network",
        title=_title(list(tables.values()), names),
        x=f"line = collocate, broader = higher logDice; {where}",
        y="nodes in boxes, collocates round them",
        marks="link",
        notes=(*cut, *left_out),
    )
    if not links:
        return blank(drawing, ax, "no collocates")
    words = [word for word in dict.fromkeys(link.word for link in links) if word not in nodes]
    left, right = _sides(links, words, alone)
    middle = _middle(names)
    places = _arc(left, -1) | _arc(right, 1) | {word: middle[nodes[word]] for word in nodes}
    marks = f"{counted(len(names), 'node')}, {counted(len(words), 'word')}, "
    whole = replace(
        drawing,
        marks=marks + counted(len(links), "link"),
        rows=tuple(link.row for link in links),
    )
    with paper(
        ax, whole, max(2.6, 1.1 + 0.25 * max(len(left), len(right), 2 * len(names)))
    ) as page:
        _draw_links(page, links, middle, places, nodes)
        for word in words:
            _word(page, word, places[word], BLUE if alone or word in left else ORANGE)
        for name in names:
            _name(page, name, middle[name])
        page.set(xticks=[], yticks=[], xlim=(-1.25, 1.25), ylim=(-1.06, 1.06))
        page.spines["bottom"].set_visible(False)
    return page


def _tables(result: object) -> tuple[dict[str, Result], tuple[str, ...]]:
    """Return name -> result in the order given, the first eight, and the note on the others."""
    if isinstance(result, Mapping):
        named = {str(name): one for name, one in result.items()}
    else:
        several = [result] if isinstance(result, Result) else result
        if not isinstance(several, list | tuple):
            several = [several]
        nodes = [_node(one) for one in several]
        if len(set(nodes)) < len(nodes):
            remedy = 'Give names, for instance plot.network({"Wire": first, "Ledger": second}).'
            refuse("result", "collocates of different nodes, or a mapping", nodes, remedy)
        named = dict(zip(nodes, several, strict=True))
    for one in named.values():
        table(one, COLUMNS, "collocates")
    shown = dict(list(named.items())[:MOST_NODES])
    return shown, cut_note(len(shown), len(named), "nodes")


def _node(result: object) -> str:
    """Return the pattern of a result."""
    return str(result.params.get("pattern", "node")) if isinstance(result, Result) else ""


def _title(results: Sequence[Result], names: Sequence[str]) -> str:
    """Return one line on what is drawn."""
    if len(names) == 1:
        return title(results[0], "Collocation network")
    patterns = list(dict.fromkeys(map(_node, results)))
    return plain(f"Collocation network: {', '.join(patterns or names)}", TITLE_CHARS)


def _links(
    tables: Mapping[str, Result], nodes: Mapping[str, str]
) -> tuple[list[Link], tuple[str, ...]]:
    """Return the lines to draw, strongest first for each node, and notes on what is not drawn."""
    near = {name: _attracted(one.frame) for name, one in tables.items()}
    each = MOST_ROWS // max(len(tables), 1)
    first = {word for rows in near.values() for word in rows["word"].head(each)}
    links = [
        _link(name, row)
        for name, rows in near.items()
        for row in records(rows.sort_values(["log_dice", "word"], ascending=[False, True]))
        if row["word"] in {*first, *nodes} and nodes.get(row["word"]) != name
    ]
    known = {word for rows in near.values() for word in rows["word"]} - {*nodes}
    shown = {link.word for link in links} - {*nodes}
    fewer = sum(len(one.frame) - len(near[name]) for name, one in tables.items())
    left_out = (f"{counted(fewer, 'row')} not above chance left out",) if fewer else ()
    return links, (*cut_note(len(shown), len(known), "words"), *left_out)


def _link(name: str, row: dict[str, Any]) -> Link:
    """Return the line from a node to the word of one row."""
    lean = int(row["right"] - row["left"])
    return Link(name, row["word"], float(row["log_dice"]), int(row["O11"]), float(row["E11"]), lean)


def _attracted(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of words that stand in the windows more often than expected."""
    return frame[frame["O11"] > frame["E11"]]


def _sides(links: Sequence[Link], words: list[str], alone: bool) -> tuple[list[str], list[str]]:
    """Return the words on the left and on the right, each from top to bottom."""
    of = {word: [link for link in links if link.word == word] for word in words}
    if alone:
        return (
            [word for word in words if of[word][0].lean < 0],
            [word for word in words if of[word][0].lean >= 0],
        )
    rank = {name: n for n, name in enumerate(dict.fromkeys(link.node for link in links))}
    height = {word: sum(rank[link.node] for link in of[word]) / len(of[word]) for word in words}
    ordered = sorted(words, key=lambda word: height[word])  # near its nodes; ties: strongest first
    return (
        [word for word in ordered if len(of[word]) == 1],
        [word for word in ordered if len(of[word]) > 1],
    )


def _arc(words: Sequence[str], side: int) -> dict[str, Place]:
    """Return places on one half of an ellipse, evenly from top to bottom."""
    places = {}
    for n, word in enumerate(words):
        y = 1 - (2 * n + 1) / len(words)
        places[word] = (side * HALF_WIDTH * math.sqrt(1 - (0.85 * y) ** 2), y)
    return places


def _middle(names: Sequence[str]) -> dict[str, Place]:
    """Return places in the middle, one above the other."""
    return {name: (0.0, 1 - (2 * n + 1) / len(names)) for n, name in enumerate(names)}


def _draw_links(
    ax: Axes,
    links: Sequence[Link],
    middle: Mapping[str, Place],
    places: Mapping[str, Place],
    nodes: Mapping[str, str],
) -> None:
    """Draw the lines; one between two nodes bends, past those that stand between them."""
    from matplotlib.patches import FancyArrowPatch

    weakest = min(link.log_dice for link in links)
    reach = max(link.log_dice for link in links) - weakest or 1.0
    for link in links:
        wide = LINES[0] + (LINES[1] - LINES[0]) * (link.log_dice - weakest) / reach
        bend = f"arc3,rad={0.3 if link.word in nodes else 0}"
        ends: dict[str, Any] = {"shrinkA": 0, "shrinkB": 0, "connectionstyle": bend, "zorder": 1}
        start, end = middle[link.node], places[link.word]
        ax.add_patch(FancyArrowPatch(start, end, arrowstyle="-", lw=wide, color=LINE, **ends))


def _word(ax: Axes, word: str, place: Place, colour: str) -> None:
    """Draw a word: a dot, and its label on the side away from the middle."""
    away = -1 if place[0] < 0 else 1
    ax.plot(*place, "o", ms=6, color=colour, zorder=3)
    _write(ax, word, (place[0] + away * 0.03, place[1]), "right" if away < 0 else "left")


def _name(ax: Axes, name: str, place: Place) -> None:
    """Draw a node: its name in a box."""
    box = {"boxstyle": "round,pad=0.35", "fc": "white", "ec": INK, "lw": 1.2}
    _write(ax, plain(name, 22), place, "center", bbox=box)


def _write(ax: Axes, text: str, place: Place, side: str, **more: Any) -> None:
    """Write one label."""
    more |= {"family": FONT, "size": 8.5, "color": INK, "ha": side, "va": "center", "zorder": 4}
    ax.text(*place, drawn(plain(text)), **more)
