"""Pairs of alike articles -> stories in date order, with what each presumably comes from."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pandas as pd

from ...corpus.columns.store import Ints
from ...corpus.corpus import Corpus

COLUMNS = ("article", "story", "first", "size", "date", "agency", "source", "basis")
HEAD, TAIL = 1_500, 500  # characters at either end of an article where an agency stands
AGENCIES = (
    *("AFP", "ANI", "ANSA", "AP", "Agence France-Presse", "Anadolu", "Associated Press"),
    *(
        "Bloomberg",
        "DPA",
        "dpa",
        "EFE",
        "IANS",
        "Interfax",
        "Kyodo",
        "PA Media",
        "PTI",
        "Press Trust of India",
    ),
    *("Reuters", "TASS", "UNI", "UPI", "Xinhua", "Yonhap"),
)
_NAMES = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))
# (PTI) · [Reuters] · DELHI, Jan 27 — AFP · PTI: at the start of a line · a line of its own ·
# "By Reuters" · "Source: ANI" · "With inputs from PTI" · "© AFP"
_AGENCY = re.compile(
    rf"""[(\[] \s* (?P<brackets>{_NAMES}) \s* [)\]]
       | ^ [ \t]* (?P<line>{_NAMES}) [ \t]* (?: [:\u2013\u2014-] | $ )
       | ^ .{{0,60}} [\u2013\u2014-] [ \t]* (?P<dateline>{_NAMES})
         [ \t]* (?: [.:\u2013\u2014-] | $ )
       | (?: \b (?:by|sources?:|inputs\ from|credit:) | \N{{COPYRIGHT SIGN}} ) [ \t]+
         (?:the\ )? (?P<credit>{_NAMES}) \b
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_AS_NAMED = {name.casefold(): name for name in AGENCIES}
_FULL_NAMES = {
    "Associated Press": "AP",
    "Agence France-Presse": "AFP",
    "Press Trust of India": "PTI",
    "dpa": "DPA",
}


def date_order(corpus: Corpus) -> Ints:
    """Return the place of each article in date order; undated last, ties in table order."""
    published = _published(corpus)
    ranked = sorted(range(len(published)), key=lambda row: (not published[row], published[row]))
    place = np.empty(len(ranked), np.int64)
    place[ranked] = np.arange(len(ranked))
    return place


def _published(corpus: Corpus) -> list[str]:
    """Return when each article was published, as it is known."""
    return [str(value) for value in corpus.articles["published"].tolist()]


def stories_of(corpus: Corpus, order: Ints, a: Ints, b: Ints) -> pd.DataFrame:
    """Return the story of every article: articles linked by pairs, named by the earliest."""
    root = _roots(order, a, b)
    place = np.lexsort((order, order[root]))
    table = corpus.articles
    ids = table["id"].to_numpy(dtype=object)
    agency, source, basis = _origins(corpus, root, place)
    columns: dict[str, object] = {
        "article": pd.Series(ids, dtype=object),
        "story": pd.Series(ids[root], dtype=object),
        "first": root == np.arange(len(ids)),
        "size": np.bincount(root, minlength=len(ids))[root],
        "date": table["date"],
        "agency": pd.Series(agency, dtype=object),
        "source": pd.Series(source, dtype=object),
        "basis": pd.Series(basis, dtype=object),
    }
    return pd.DataFrame(columns).iloc[place].reset_index(drop=True)


def _roots(order: Ints, a: Ints, b: Ints) -> Ints:
    """Return for each article the earliest one that it is linked to, through others as well."""
    parent, place = list(range(len(order))), order.tolist()
    for one, other in zip(a.tolist(), b.tolist(), strict=True):
        tops = _top(parent, one), _top(parent, other)
        early, late = tops if place[tops[0]] < place[tops[1]] else tops[::-1]
        parent[late] = early
    return np.array([_top(parent, row) for row in range(len(parent))], np.int64)


def _top(parent: list[int], row: int) -> int:
    """Return the end of the chain that begins at `row`, shortening it on the way."""
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _origins(corpus: Corpus, root: Ints, place: Ints) -> tuple[list[str], list[str], list[str]]:
    """Return for each article its agency, and the presumed source of its story with the reason.

    Articles that stand alone have none.
    """
    size = len(root)
    agency, source, basis = [""] * size, [""] * size, [""] * size
    published, table = _published(corpus), corpus.articles
    ids, outlets = table["id"].tolist(), table["outlet"].tolist()
    ends = [0, *(np.flatnonzero(np.diff(root[place])) + 1).tolist(), size] if size else [0]
    for rows in (place[low:high].tolist() for low, high in pairwise(ends) if high - low > 1):
        for row in rows:
            agency[row] = agency_in(corpus.text_of(int(corpus.selected[row])))
        first = rows[0]
        named = [agency[row] for row in rows if agency[row]]
        source[first] = _most(named) or outlets[first] or ids[first]
        basis[first] = _reason(named, [published[row] for row in rows])
        for row in rows:
            source[row], basis[row] = source[first], basis[first]
    return agency, source, basis


def agency_in(text: str) -> str:
    """Return the news agency that an article names near its beginning or its end, "" if none."""
    for part in (text[:HEAD], text[HEAD:][-TAIL:]):
        for found in _AGENCY.finditer(part):
            name = next(name for name in found.groups() if name)
            if name.isupper() or not _AS_NAMED[name.casefold()].isupper():  # "ap" is no agency
                return _FULL_NAMES.get(_AS_NAMED[name.casefold()], _AS_NAMED[name.casefold()])
    return ""


def _most(named: list[str]) -> str:
    """Return the agency that is named most often, the first of several; "" of none."""
    return max(named, key=named.count) if named else ""


def _reason(named: list[str], published: list[str]) -> str:
    """Return why this is the presumed source of a story; its articles are in date order."""
    size = len(published)
    if named:
        most = _most(named)
        others = sorted(set(named) - {most})
        also = f"; also named: {', '.join(others)}" if others else ""
        return f"agency named in {named.count(most):,} of {size:,} articles{also}"
    dated = [moment for moment in published if moment]
    if not dated:
        return f"first of {size:,} in order of ids, none dated"
    ties = sum(one.startswith(dated[0]) or dated[0].startswith(one) for one in dated) - 1
    reason = f"earliest of {size:,}"
    reason += f"; {ties:,} more of the same day or time" if ties else ""
    return reason + (f"; {size - len(dated):,} undated" if len(dated) < size else "")
