"""Draw growth.json and peers.json: growth.png and peers.png, beside RESULTS.md.

python benchmarks/plots.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

from matplotlib.figure import Figure

HERE = Path(__file__).parent
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
GROWTH = {
    "build, µs a token": "o",
    "all lines, µs a hit": "s",
    "first 100 lines, ms": "^",
    "find, ms": "v",
}


def growth(rows: list[dict[str, Any]]) -> Figure:
    """Return the growth of each figure over the ladder, 1 = the first step."""
    figure = Figure(figsize=(7, 4), dpi=100, layout="tight")
    ax = figure.subplots()
    sizes = [row["million tokens"] for row in rows]
    for (name, mark), colour in zip(GROWTH.items(), COLOURS, strict=False):
        first = rows[0][name]
        ax.plot(sizes, [row[name] / first for row in rows], marker=mark, color=colour, label=name)
    ax.axhline(1, color="#999999", linewidth=0.8)
    ax.set(xscale="log", yscale="log", xlabel="million tokens", ylabel="times the first step")
    ax.set_xticks(sizes, [f"{size:g}" for size in sizes])
    ax.set_yticks([0.25, 0.5, 1, 2, 4], ["¼", "½", "1", "2", "4"])
    ax.minorticks_off()
    ax.set_title("Growth: flat is as good as it gets", loc="left", fontsize=11)
    ax.legend(frameon=False, fontsize=8)
    return figure


def peers(found: dict[str, dict[str, float]]) -> Figure:
    """Return how many times as long each peer takes as corpuskit, row by row."""
    names = list(dict.fromkeys(n for row in found.values() for n in row if n != "corpuskit"))
    rows = [row for row in found if "corpuskit" in found[row] and len(found[row]) > 1]
    figure = Figure(figsize=(7, 0.8 + 0.34 * len(rows)), dpi=100, layout="tight")
    ax = figure.subplots()
    for name, colour in zip(names, COLOURS, strict=False):
        at = [n for n, row in enumerate(rows) if name in found[row]]
        ratios = [found[rows[n]][name] / max(found[rows[n]]["corpuskit"], 1e-6) for n in at]
        ax.plot(ratios, at, "o", color=colour, label=name, markersize=6)
    ax.axvline(1, color="#999999", linewidth=0.8)
    ax.set(
        xscale="log",
        xlabel="CPU time of the peer / CPU time of corpuskit (right: corpuskit is quicker)",
    )
    ax.set_yticks(range(len(rows)), rows, fontsize=8)
    ax.invert_yaxis()
    ax.legend(frameon=False, fontsize=8)
    return figure


def main() -> None:
    """Draw what has been measured."""
    for name, draw in {"growth": growth, "peers": peers}.items():
        file = HERE / f"{name}.json"
        if file.exists():
            draw(json.loads(file.read_text("utf-8"))).savefig(HERE / f"{name}.png")


if __name__ == "__main__":
    main()
