"""A guess at the language of articles that do not say it, labelled as a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from ..errors import refuse
from .article import Article

CANDIDATES = ("de", "en", "es", "fr", "it", "nl", "pt")
LEAST = 0.5  # share of words that must be in the list of the language
AHEAD = 0.1  # by how much it must lead the next one
MISSING = (
    "A guess at the language needs the package simplemma, which is not installed. Nothing was "
    "read. Install it with: pip install 'corpuskit[words]', or leave language=None."
)
_TRIAL = "newspapers today"  # makes it look into every list
_REMEDY = "Give language='guess', or codes to choose among, for instance ('en', 'de')."


def known_languages(given: str | Iterable[str] | None) -> tuple[str, ...] | None:
    """Return the codes to guess among, None for no guess; raise if they cannot be used."""
    if given is None:
        return None
    if isinstance(given, str) and given != "guess":
        refuse("language", "'guess' or codes of languages", given, _REMEDY)
    codes = CANDIDATES if isinstance(given, str) else tuple(sorted(set(given)))
    if len(codes) < 2:
        refuse("language", "at least two codes to choose among", given, _REMEDY)
    try:
        _simplemma().langdetect(_TRIAL, lang=codes)
    except (ValueError, TypeError):
        refuse("language", "codes of languages that simplemma knows", codes, _REMEDY)
    return codes


def _simplemma() -> Any:
    """Return the package, which is loaded only here."""
    try:
        return import_module("simplemma")
    except ImportError as error:
        raise ImportError(MISSING) from error


def with_languages(articles: list[Article], codes: Sequence[str] | None) -> list[Article]:
    """Return the articles; those that say no language get a guess, and a note that it is one."""
    if codes is None:
        return articles
    return [one if one.language else _guessed(one, codes) for one in articles]


def _guessed(article: Article, codes: Sequence[str]) -> Article:
    """Return an article with the language in whose list most of its words are, if one leads."""
    text = "\n".join(article.text[zone.start : zone.end] for zone in article.zones) or article.text
    among = ", ".join(codes)
    shares = dict(_simplemma().langdetect(text, lang=codes))
    ranked = sorted(((shares.get(code, 0.0), code) for code in codes), key=lambda x: (-x[0], x[1]))
    (first, code), (second, other) = ranked[:2]
    if first < LEAST or first - second < AHEAD:
        near = f"{code} {first:.0%}, {other} {second:.0%}"
        note = f"language not guessed: of the words sampled, {near} are known (of {among})"
        return replace(article, notes=(*article.notes, note))
    note = f"language {code} is a guess: {first:.0%} of the words sampled are known (of {among})"
    return replace(article, language=code, notes=(*article.notes, note))
