"""Any text to a label that is safe to draw: one line, clipped, no formulas, no missing glyphs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LABEL_CHARS = 34
PLACEHOLDER = "\N{WHITE SQUARE}"


def plain(text: object, most: int = LABEL_CHARS) -> str:
    """Return `text` in one line of at most `most` characters, without control characters."""
    one_line = "".join(c if c.isprintable() else " " for c in str(text)).split()
    whole = " ".join(one_line) or "(none)"
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"


def tail(text: object, most: int = LABEL_CHARS) -> str:
    """Return the file name in an article's id, its end kept where it is clipped."""
    name = plain(text, 10_000)
    name = name.rstrip("/").rsplit("/", 1)[-1] or name
    name = name.rsplit(".", 1)[0] if "." in name[1:-1] and "#" not in name else name
    return name if len(name) <= most else "…" + name[1 - most :].lstrip()


def drawn(text: str) -> str:
    r"""Return `text` as the renderer may have it: `$` escaped, missing glyphs replaced."""
    known = _glyphs()
    shown = "".join(c if ord(c) in known or c == "\n" else PLACEHOLDER for c in text)
    return shown.replace("$", r"\$")


@cache
def _glyphs() -> frozenset[int]:
    """Return the code points that DejaVu Sans, as matplotlib brings it, has plain and bold."""
    import matplotlib
    from matplotlib.ft2font import FT2Font

    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    plain, bold = (FT2Font(str(folder / f"DejaVuSans{face}.ttf")) for face in ("", "-Bold"))
    return frozenset(plain.get_charmap()) & frozenset(bold.get_charmap())


def breadth(text: str) -> float:
    """Return about how many small letters wide a label is; capitals are broader."""
    return sum(1.4 if c.isupper() or c == PLACEHOLDER else 1.0 for c in text)


def figure(value: float, digits: int = 1) -> str:
    """Return a number for a label: thousands apart, fixed digits, a dash for none."""
    if value != value:
        return "–"
    text = f"{value:,.{digits}f}"
    return (text if text.strip("-0.,") else text.lstrip("-")).replace("-", "\N{MINUS SIGN}")


def tick(value: float, _position: object = None) -> str:
    """Return the number at a tick: as short as it can be, thousands apart."""
    text = f"{value:,.10g}" if abs(value) < 1e9 else f"{value:.3g}"
    return ("0" if text in ("-0", "0") else text).replace("-", "\N{MINUS SIGN}")
