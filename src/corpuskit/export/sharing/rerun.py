"""The settings of a table -> the table again, or why it cannot be made again."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from ...analysis.collocations.collocation import collocates
from ...analysis.collocations.phrases import clusters
from ...analysis.comparing.comparison import compare, rates
from ...analysis.comparing.trends import trend
from ...analysis.concordances.concordance import Kwic, kwic
from ...analysis.copies.duplicates import Duplicates, near_duplicates
from ...analysis.frequency import frequency_list, ngrams
from ...analysis.keys.keywords import keyness
from ...analysis.spread import dispersion
from ...analysis.tone.sentiment import sentiment_around
from ...corpus.corpus import Corpus
from ...corpus.finding.find import MATCHES, Hits
from ...result import Result

OF_HITS: dict[str, Callable[..., Result]] = {
    "Kwic": kwic,
    "Dispersion": dispersion,
    "Rates": rates,
    "Collocates": collocates,
    "Trend": trend,
    "Sentiment": sentiment_around,
    "Clusters": clusters,
}
OF_CORPUS: dict[str, Callable[..., Result]] = {
    "FrequencyList": frequency_list,
    "Ngrams": ngrams,
    "Compare": compare,
    "Duplicates": near_duplicates,
    "Keyness": keyness,
}
HITS = ("pattern", "match", "case", "where")  # settings that say which hits
MOST = 100_000  # of any setting: a share of others must not keep this machine busy for ever
LINES = ("sort", "sample", "seed", "by")  # what was done to a concordance

FindShared = Callable[[str, str, bool], Hits | None]


class CannotRerun(Exception):
    """Why a table cannot be made again from its settings."""


def rerun(
    corpus: Corpus,
    title: str,
    params: Mapping[str, Any],
    shared: FindShared,
    stories: Duplicates | None,
) -> Result:
    """Return the result that these settings describe; raise CannotRerun with the reason.

    `shared` gives the hits of a pattern that is no search of its own (base forms, a union).
    """
    if title not in OF_HITS and title not in OF_CORPUS:
        raise CannotRerun(f"no analysis is known that makes a {title!r}")
    given = {name: _setting(name, value) for name, value in params.items()}
    part = _part(corpus, given.pop("where", None))
    asked: list[Any] = [part]
    if title in OF_HITS:
        asked = [_hits(part, given, shared)]
    elif title == "Keyness" and "by" not in given:
        raise CannotRerun("its settings name the two sides only in words")
    verb = OF_HITS.get(title) or OF_CORPUS[title]
    given = {
        name: value for name, value in given.items() if title != "Keyness" or name not in _SIDES
    }
    done = [(name, given.pop(name)) for name in list(given) if title == "Kwic" and name in LINES]
    if given.get("unit") == "story":
        given["stories"] = _known(stories)
    unknown = sorted(set(given) - set(inspect.signature(verb).parameters))
    if unknown:
        raise CannotRerun(f"the setting {unknown[0]!r} is none that it can be asked with")
    try:
        made = verb(*asked, **given)
        return _in_order(made, done) if isinstance(made, Kwic) else made
    except (ValueError, TypeError, ImportError, KeyError) as error:
        raise CannotRerun(f"it refuses its settings: {str(error)[:200]}") from error


_SIDES = ("target", "reference")


def _setting(name: str, value: Any) -> Any:
    """Return a setting as a verb takes it; raise if the share holds only how it looked."""
    if isinstance(value, dict) and set(value) == {"shown"}:
        raise CannotRerun(f"the setting {name!r} is given only as {value['shown']!r}")
    if type(value) is int and value > MOST:
        raise CannotRerun(f"the setting {name!r} is above {MOST:,}")
    if name == "without" and isinstance(value, str):
        raise CannotRerun(f"which words were left out is not said ({value})")
    return tuple(value) if isinstance(value, list) else value


def _part(corpus: Corpus, where: Any) -> Corpus:
    """Return the part of the corpus that the settings are about."""
    if where is None:
        return corpus
    if not isinstance(where, dict):
        raise CannotRerun("the setting 'where' is no list of conditions")
    for column, value in where.items():
        summed = isinstance(value, str) and value.endswith(" values") and value[:-7].isdigit()
        if value == "function" or summed:
            raise CannotRerun(f"the condition on {column!r} is given only as {value!r}")
    try:
        return corpus.where(**{str(name): value for name, value in where.items()})
    except (ValueError, TypeError) as error:
        raise CannotRerun(f"the part cannot be chosen: {str(error)[:200]}") from error


def _hits(part: Corpus, given: dict[str, Any], shared: FindShared) -> Hits:
    """Return the hits that the settings are about, and take these settings away."""
    pattern, match = given.pop("pattern", None), given.pop("match", "glob")
    case = given.pop("case", False)
    if not isinstance(pattern, str) or not isinstance(match, str) or not isinstance(case, bool):
        raise CannotRerun("its settings name no pattern")
    known = shared(pattern, match, case)
    if match in MATCHES:
        try:
            return part.find(pattern, match=match, case=case)
        except ValueError as error:
            raise CannotRerun(f"the pattern cannot be read: {str(error)[:200]}") from error
    if known is None:
        raise CannotRerun(f"hits with match {match!r} come from no search; share them as hits")
    return known.within(part)


def _known(stories: Duplicates | None) -> Duplicates:
    """Return the stories; raise if none are known."""
    if stories is None:
        raise CannotRerun("it counts stories; share the result of near_duplicates with it")
    return stories


def _in_order(lines: Kwic, done: list[tuple[str, Any]]) -> Kwic:
    """Return a concordance sorted and sampled as the settings say, in their order."""
    given = dict(done)
    for name, value in done:
        if name == "sort":
            lines = lines.sort(value)
        elif name == "sample":
            lines = lines.sample(value, given.get("seed", 0), by=given.get("by"))
    return lines
