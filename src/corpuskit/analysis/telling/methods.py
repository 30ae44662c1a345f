"""The paragraph for the paper: versions, settings, numbers, seeds and sources of results."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from ...errors import kind, refuse
from ...result import Result
from ..collocations.lemmas import MATCH, PACKAGE
from ..comparing.intervals import METHODS
from .sources import WORKS, works_of

PACKAGES = ("corpuskit", "numpy", "pandas", "scipy", "nupunkt")  # every count rests on these
_VADER = ("nltk", "vaderSentiment")
_EXTRA = {"lemma": PACKAGE, "wordfreq": "wordfreq"}
_DRAWN = ("level", "draws", "seed")

# Title of a result -> what it is called in a paper.
_NAMES = {
    "FrequencyList": "Word frequencies",
    "Ngrams": "Runs of words",
    "Kwic": "Concordance lines",
    "Dispersion": "Dispersion over articles",
    "Rates": "Rates per 10,000 words",
    "Compare": "Differences between each group and the rest, per 10,000 words",
    "Trend": "Rates over time, per 10,000 words",
    "Keyness": "Key words",
    "Absence": "Words that the target never uses",
    "Collocates": "Collocates",
    "Clusters": "Runs of words round the node",
    "Sentiment": "Tone round the node",
    "Tone": "Tone round the node against other sentences of the same articles",
    "Duplicates": "Near-duplicates",
    "Robustness": "Robustness of a claim",
}


def methods_note(*results: Result) -> str:
    """Return a paragraph for a methods section: what was computed, from what, with what.

    Parameters
    ----------
    *results
        What analyses returned, in the order of the paper.

    Returns
    -------
    str
        A sentence on the software with its versions; for each result its settings, what was
        found, its notes, and the works it rests on; then the list of these works. The same
        results give the same text; it holds no date.

    Raises
    ------
    TypeError
        If something given is no result.
    ValueError
        If nothing is given.

    Notes
    -----
    Made of `params`, `summary` and `notes` alone, so it says no more than the captions do. The
    trap: it knows what was computed, not why; reasons for a pattern, a window or a cut-off are
    yours to add.

    Examples
    --------
    >>> import corpuskit as ck
    >>> from corpuskit.analysis.telling.methods import methods_note
    >>> hits = ck.Corpus.from_frame([{"text": "A pact is a pact."}]).find("pact")
    >>> note = methods_note(ck.dispersion(hits))
    >>> note.splitlines()[1:2] + [line[:25] for line in note.splitlines()[2:]]
    ['References', 'Gries, S. Th. (2008). Dis', 'Lijffijt, J. & Gries, S. ']
    """
    if not results:
        refuse("results", "one result or more", results, "Give for instance methods_note(rates).")
    for result in results:
        kind("results", result, Result, "Give what rates, keyness and the others return.")
    names = [_sources_named(result) for result in results]
    said: set[str] = set()
    sentences = [computed_with(_packages(results))]
    for result, used in zip(results, names, strict=True):
        sentences.append(_paragraph(result, used, said))
    works = works_of(name for used in names for name in used)
    listed = ["References", *(WORKS[work] for work in works)] if works else []
    return " ".join(sentences) + "\n" + "".join(f"{line}\n" for line in listed)


def computed_with(packages: Iterable[str]) -> str:
    """Return the sentence that names Python and these packages with their versions."""
    tools = ", ".join(f"{package} {_version(package)}" for package in packages)
    return f"Computed with Python {platform.python_version()}, {tools}."


def intervals_in_words(level: float, draws: int, seed: int, unit: str = "article") -> str:
    """Return how intervals are drawn, in words for a sentence."""
    units = {"story": "stories"}.get(unit, f"{unit}s")
    drawn = f"({draws:,} draws, seed {seed})"
    return f"{100 * level:g} % bootstrap intervals over {units} {drawn}"


def span_in_words(span: tuple[int, int]) -> str:
    """Return a span of collocates in words for a sentence."""
    return f"{span[0]} words to the left and {span[1]} to the right"


def _version(package: str) -> str:
    """Return the version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "(version unknown)"


def _packages(results: Iterable[Result]) -> list[str]:
    """Return the packages that these results rest on."""
    names = {name for result in results for name in _sources_named(result)}
    extra = [*(_VADER if {"vader", "vader-news"} & names else ())]
    extra += [package for name, package in _EXTRA.items() if name in names]
    return [*PACKAGES, *extra]


def _sources_named(result: Result) -> list[str]:
    """Return the names in a result that may have a source: columns, measures, params."""
    params, frame = result.params, result.frame
    names = [str(column) for column in frame.columns]
    names += sorted(set(frame["measure"])) if "measure" in frame else []
    names += [name for name in ("draws", "lexicons") if name in params]
    names += _interval_names(result) + _lexicons(params)
    lemma = params.get("match") == MATCH or (params.get("lemma") and _by_lemma(frame))
    names += ["wordfreq"] if "wordfreq" in str(params.get("reference")) else []
    return [*names, *(("lemma",) if lemma else ())]


def _interval_names(result: Result) -> list[str]:
    """Return how the intervals of rates were made, and what joins those of two."""
    if "draws" not in result.params or "per_10k" not in result.frame:
        return []
    method = str(result.params.get("interval", METHODS[0]))
    joined = "difference" in result.frame and method != "percentile"
    return [method, *(["mover"] if joined else [])]


def _lexicons(params: Mapping[str, object]) -> list[str]:
    """Return the names of the lexicons of a result, and of the claim that it repeats."""
    given = params.get("lexicons", ())
    names = [given] if isinstance(given, str) else list(given) if isinstance(given, tuple) else []
    stated = getattr(params.get("claim"), "lexicon", None)
    return [str(name) for name in [*names, *([stated] if stated else [])]]


def _by_lemma(frame: pd.DataFrame) -> bool:
    """Return whether a version of a claim was read by base forms."""
    return "version" in frame and bool(frame["version"].str.startswith("base forms").any())


def _paragraph(result: Result, names: list[str], said: set[str]) -> str:
    """Return the sentences on one result; notes that were given before are not repeated."""
    title = result.title or type(result).__name__
    settings = "; ".join(_settings(result.params))
    works = "; ".join(works_of(names))
    head = f"{_NAMES.get(title, title)}{f' ({settings})' if settings else ''}"
    notes = [note for note in result.notes if note not in said]
    said.update(notes)
    found = result.summary or f"{len(result):,} rows"
    return " ".join([f"{head}: {found}{f' ({works})' if works else ''}.", *notes])


def _settings(params: Mapping[str, object]) -> list[str]:
    """Return the parameters of a result in words, in their order; intervals as one."""
    words = []
    drawn = all(name in params for name in _DRAWN)
    for name, value in params.items():
        if drawn and name == "level":
            given: dict[str, Any] = {one: params[one] for one in _DRAWN}
            unit = str(params.get("unit", "article"))
            words.append(intervals_in_words(**given, unit=unit))
        elif not (drawn and name in (*_DRAWN, "unit")) and value not in (None, ()):
            words.append(_SAID[name](value) if name in _SAID else f"{name} {_plain(value)}")
    return words


def _plain(value: object) -> str:
    """Return a value as it is read in a sentence."""
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else repr(value)


_SAID: dict[str, Callable[[Any], str]] = {
    "pattern": lambda v: f"pattern {v!r}",
    "patterns": lambda v: f"patterns {_plain(v)}",
    "match": lambda v: "matched on base forms" if v == MATCH else f"matched as {v}",
    "case": lambda v: "case kept" if v else "case ignored",
    "by": lambda v: f"by {v}",
    "target": lambda v: f"target {v}",
    "reference": lambda v: f"reference {v}",
    "span": span_in_words,
    "window": lambda v: f"{v} words on either side",
    "windows": lambda v: f"windows of {_plain(v)} words",
    "within": lambda v: f"bounded by the {v}",
    "min_freq": lambda v: f"at least {v:,} occurrences",
    "min_range": lambda v: f"in at least {v:,} articles",
    "alpha": lambda v: f"alpha {v:g}",
    "lexicons": lambda v: f"lexicons {_plain(v)}",
    "mask": lambda v: f"masked: {_plain(v)}",
    "claim": lambda v: f"that {v.in_words}",
    "lemma": lambda v: "with base forms" if v else "without base forms",
}
