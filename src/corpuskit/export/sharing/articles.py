"""The articles of a share and the reader's own: which are the same, and their corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from ...corpus.columns.store import ZONES, zones_of
from ...corpus.columns.tokens import TokenPolicy
from ...corpus.corpus import Corpus
from ...errors import kind
from ...reading.article import Article, Cut, Zone
from ...result import Result
from .files import SharedFiles
from .parts import ALIAS, text_hash
from .share import FIELDS

ARTICLES = {"id": str, "outlet": str, "published": str, "words": int, "sha256": str}
_SPANS = {"article": int, "start": int, "end": int, "zone": str}


def items_of(articles: Corpus | Iterable[Article]) -> Iterable[Article]:
    """Return the articles that the reader has."""
    if isinstance(articles, Corpus):
        return map(articles.source, articles.selected.tolist())
    return articles


def compared(listed: pd.DataFrame, items: list[Article]) -> tuple[dict[int, Article], Result]:
    """Return the article that stands for each row of the share, and the report."""
    for item in items:
        kind("articles", item, Article, "Give what read_articles returns, or a corpus.")
    by_id = {item.id: item for item in items}
    hashes = {item.id: text_hash(item.text) for item in items}
    by_hash = {hashes[item.id]: item for item in reversed(items)}
    pairs, rows, used = dict[int, Article](), [], set[str]()
    for number, (name, digest) in enumerate(zip(listed["id"], listed["sha256"], strict=True)):
        own = by_id.get(name)
        same = own if own is not None and hashes[own.id] == digest else by_hash.get(digest)
        if same is not None:
            pairs[number] = same
            rows.append((name, same.id, "same", "" if same.id == name else "under another id"))
        elif own is not None:
            rows.append((name, own.id, "changed", "its text is not the one that was counted"))
        else:
            rows.append((name, "", "missing", "no article has this id or this text"))
        used.add(rows[-1][1])
    rows += [(i.id, i.id, "extra", "not in the share") for i in items if i.id not in used]
    return pairs, _report(rows)


def _report(rows: list[tuple[str, str, str, str]]) -> Result:
    """Return the report of the articles."""
    frame = pd.DataFrame(rows, columns=["article", "here", "status", "why"], dtype=object)
    counts = Counter(frame["status"])
    names = ("same", "changed", "missing", "extra")
    found = ", ".join(f"{counts[name]:,} {name}" for name in names)
    lost = [row[0] for row in rows if row[2] in ("changed", "missing")]
    notes: tuple[str, ...] = ()
    if lost:
        named = ", ".join(lost[:3]) + (", …" if len(lost) > 3 else "")
        notes = (f"Without {len(lost):,} of the articles tables may differ: {named}.",)
    return Result(frame, {}, notes, found, {}, "ShareReport")


def corpus_of(
    files: SharedFiles,
    settings: dict[str, Any],
    listed: pd.DataFrame,
    pairs: dict[int, Article],
) -> Corpus:
    """Return the corpus of the articles that are the same, read as the share says."""
    if listed["id"].duplicated().any():
        raise files.wrong("articles.csv", "two articles have the same id")
    zones: dict[int, list[Zone]] = {number: [] for number in pairs}
    for number, start, end, name in files.table("spans.csv", _SPANS).itertuples(index=False):
        if number in zones:
            zones[number].append(Zone(start, end, name))
    more = [name for name in listed.columns if name not in ARTICLES]
    known = [name for name in ("outlet", "published", *more) if name in FIELDS]
    rest = [str(name) for name in more if name not in FIELDS]
    items = []
    for number, row in enumerate(listed.to_dict("records")):
        if number in pairs:
            own = _spanned(files, pairs[number], tuple(zones[number]))
            fields = {name: _value(row[name], getattr(own, name)) for name in known}
            extra = {name: _value(row[name], own.extra.get(name)) for name in rest}
            items.append(replace(own, id=str(row["id"]), **fields, extra=extra, notes=()))
    corpus = Corpus(items, tokens=_policy(files, settings))
    read = settings.get("zones")
    if not isinstance(read, list) or any(zone not in ZONES for zone in read):
        raise files.wrong("settings.json", "the zones are none that are known")
    return corpus if tuple(read) == ZONES else corpus.where(zone=read)


def _value(shared: Any, own: Any) -> Any:
    """Return a value of the share, or the reader's own where the share holds but its hash."""
    return own if shared == f"{ALIAS}{text_hash(str(own))[:32]}" else shared


def _spanned(files: SharedFiles, item: Article, zones: tuple[Zone, ...]) -> Article:
    """Return an article that is read in these spans."""
    ends = [0, *(edge for zone in zones for edge in (zone.start, zone.end)), len(item.text)]
    if sorted(ends) != ends or any(zone.name not in ZONES for zone in zones):
        raise files.wrong("spans.csv", f"the spans of {item.id} do not fit its text")
    if zones == zones_of(item):
        return replace(item, zones=zones)
    cut = () if zones else (Cut(0, len(item.text), "share", "not read in the share"),)
    return replace(item, zones=zones, cuts=cut)


def _policy(files: SharedFiles, settings: dict[str, Any]) -> TokenPolicy:
    """Return what counted as one token."""
    try:
        policy = TokenPolicy(**settings["tokens"])
    except (KeyError, TypeError, ValueError) as error:
        raise files.wrong(
            "settings.json", "the rules for tokens are none that are known"
        ) from error
    if not isinstance(policy.marks, bool):
        raise files.wrong("settings.json", "the rules for tokens are none that are known")
    return policy
