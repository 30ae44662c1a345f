"""VADER as NLTK ships it, on the lexicon file of the vaderSentiment package."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ...corpus.columns.folding import fold
from ...errors import DataError, kind, refuse
from ...result import Result, counted
from .lexicon import Lexicon, Source, plain_lexicon, read_rows

if TYPE_CHECKING:
    from .vader_rules import Analyzer


@cache
def vader_words() -> Mapping[str, float]:
    """Return VADER's words and their values, from -4 (most negative) to 4 (most positive)."""
    from .vader_rules import read_lexicon

    return read_lexicon(_lexicon_file().read_text(encoding="utf-8"))


def _lexicon_file() -> Path:
    """Return where the lexicon lies; the package that holds it is not imported."""
    spec = find_spec("vaderSentiment")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / "vader_lexicon.txt"
        if path.is_file():
            return path
    raise DataError(
        "vader_lexicon.txt: the VADER lexicon was not found. Nothing was scored. "
        "Install the package vaderSentiment."
    )


@cache
def _analyzer() -> Analyzer:
    """Return NLTK's analyser on the VADER lexicon."""
    from .vader_rules import Analyzer

    return Analyzer(vader_words())


def polarity(text: str) -> dict[str, float]:
    """Return NLTK's four VADER scores of a text, exactly as NLTK gives them.

    Parameters
    ----------
    text
        The text as it stands; nothing is folded or masked.

    Returns
    -------
    dict
        neg, neu, pos (shares of the text, 0 to 1) and compound (-1 to 1).

    Raises
    ------
    TypeError
        If `text` is not a string.

    Notes
    -----
    compound = s / √(s² + 15), where s is the sum of the words' valences. The trap: it grows
    with the length of the text. One sentence with "security" and "defence" scores .42, the
    same sentence fifty times .999. VADER was made for tweets; `sentiment_around` shows which
    words make a score.

    References
    ----------
    Hutto & Gilbert 2014, VADER: a parsimonious rule-based model (ICWSM).

    Examples
    --------
    >>> polarity("The partnership has never been stronger.")["compound"]
    -0.2924
    """
    kind("text", text, str, "Give the text itself.")
    return dict(_analyzer().polarity_scores(text))


def vader_lexicon(overrides: Source | None = None, *, name: str = "") -> Lexicon:
    """Return VADER's lexicon, with values of your own for some words.

    Parameters
    ----------
    overrides
        Word to value (-4 to 4), or a file of two columns. 0 takes the word out, so that it is
        no evidence any more. None: VADER as it is.
    name
        How results call it; "vader", or "vader-own" with overrides.

    Raises
    ------
    ValueError
        If a value lies outside -4 to 4.

    Examples
    --------
    >>> vader_lexicon({"united": 0, "derailed": -1.5}).notes[0]
    'vader-own: VADER with 2 values of your own: derailed -1.5, united 0.'
    """
    if overrides is None:
        return Lexicon(name or "vader", vader_words(), rules=True)
    name = name or "vader-own"
    own = {fold(word): v for word, v in plain_lexicon(name, overrides).values.items()}
    for word, value in own.items():
        if abs(value) > 4:
            refuse(f"{name}[{word!r}]", "a valence from -4 to 4", value, "Use VADER's scale.")
    values = {word: v for word, v in {**vader_words(), **own}.items() if own.get(word) != 0}
    listed = ", ".join(f"{word} {own[word]:g}" for word in sorted(own))
    note = f"{name}: VADER with {counted(len(own), 'value')} of your own: {listed}."
    return Lexicon(name, values, rules=True, notes=(note,))


def news_lexicon() -> Lexicon:
    """Return VADER without the words that name topics or bodies in news; see `news_overrides`."""
    lexicon = vader_lexicon(_news_file(), name="vader-news")
    count = len(read_rows(_news_file()))
    note = f"vader-news: VADER with {count:,} values changed for news; news_overrides() lists them."
    return Lexicon(lexicon.name, lexicon.values, rules=True, notes=(note,))


def news_overrides() -> Result:
    """Return the words that "vader-news" values otherwise than VADER, each with the reason.

    Returns
    -------
    Result
        word (str), vader (float: valence, -4 to 4), news (float; 0: the word is no evidence),
        reason (str).
    """
    words = vader_words()
    rows = [(word, words.get(word), value, why) for word, value, why in read_rows(_news_file())]
    frame = pd.DataFrame(rows, columns=["word", "vader", "news", "reason"])
    decimals = {"vader": 1, "news": 1}
    return Result(frame, decimals=decimals, title="Overrides", summary=f"{len(frame):,} words")


def _news_file() -> Path:
    """Return the file of values changed for news."""
    return Path(__file__).with_name("news_overrides.tsv")
