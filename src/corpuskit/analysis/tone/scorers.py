"""What a user names as a lexicon -> scorers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from ...errors import one_of, refuse
from .lexicon import Lexicon, plain_lexicon
from .scoring import Scorer
from .vader import news_lexicon, vader_lexicon

BUILT_IN: dict[str, Callable[[], Lexicon]] = {
    "vader": vader_lexicon,
    "vader-news": news_lexicon,
}
FILES = (".tsv", ".csv", ".txt")


def scorers_of(lexicons: Any) -> tuple[Scorer, ...]:
    """Return the scorers of the `lexicons` argument, each name once."""
    several = isinstance(lexicons, list | tuple) and not _is_pair(lexicons)
    scorers = tuple(_scorer(one) for one in (lexicons if several else [lexicons]))
    names = [scorer.name for scorer in scorers]
    if not names or len(set(names)) < len(names):
        refuse("lexicons", "one or more, each with its own name", names, 'Give ("name", lexicon).')
    return scorers


def _is_pair(value: Any) -> bool:
    """Return whether a value is (name, lexicon or function), not two lexicons."""
    if not isinstance(value, tuple) or len(value) != 2 or not isinstance(value[0], str):
        return False
    return not _names_lexicon(value[0]) and value[1] not in list(BUILT_IN)


def _names_lexicon(value: Any) -> bool:
    """Return whether a text is itself a lexicon: a built-in one, or a file."""
    return value in BUILT_IN or value.endswith(FILES)


def _scorer(entry: Any) -> Scorer:
    """Return one entry of `lexicons` as a scorer."""
    name, source = entry if _is_pair(entry) else ("", entry)
    if isinstance(source, str) and not source.endswith(FILES):
        lexicon = BUILT_IN[one_of("lexicons", source, BUILT_IN)]()
    elif isinstance(source, Lexicon):
        lexicon = source
    elif isinstance(source, str | PathLike):
        lexicon = plain_lexicon(name or Path(source).stem, source)
    elif isinstance(source, Mapping):
        lexicon = plain_lexicon(name or "lexicon", source)
    elif callable(source):
        return Scorer(name or getattr(source, "__name__", "function"), judge=source)
    else:
        raise TypeError(
            f"`lexicons` must hold names, files, mappings or (name, function); not {entry!r}. "
            'Give for instance lexicons=("vader", "vader-news").'
        )
    return Scorer(name or lexicon.name, lexicon)
