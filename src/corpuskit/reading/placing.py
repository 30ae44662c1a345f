"""Where articles end up: ids, outlets, hashes and notes of what one file held, and its rows."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace

from .article import Article, Reading
from .findings.told import Finding, finding
from .outlets import Outlets, outlet_of
from .reconcile import account_of, record_findings
from .report import Row
from .walk import File

Placed = tuple[list[Article], list[Row]]


def placed(file: File, digest: str, reading: Reading, table: Outlets) -> Placed:
    """Return the articles of a file with id, outlet, hash and notes, and its rows.

    Parameters
    ----------
    file
        The file, with what was found about its name.
    digest
        Hash of its bytes: that of its article if it holds but one.
    reading
        What its reader made of it.
    table
        The outlets that were given.
    """
    records = _records(reading)
    common = (*file.findings, *reading.findings)
    several = len(reading.articles) > 1
    articles: list[Article] = []
    found: tuple[Finding, ...] = common
    for number, article in enumerate(reading.articles, 1):
        record = article.id or (str(number) if several else "")
        outlet, told = outlet_of(file.id, article.outlet, table)
        told = () if record else told  # records name their outlets; the folder, their source
        found = (*found, *(one for one in told if one not in found))
        own = (*common, *records.get(record, ()), *told)
        articles.append(
            replace(
                article,
                id=f"{file.id}#{record}" if record else file.id,
                outlet=outlet or str(article.extra.get("site", "")),
                sha256=_hash(article.text) if record else digest,
                notes=(*(one.note for one in own), *article.notes),
            )
        )
    account = account_of(reading)
    if not articles and not any(one.status == "skipped" for one in found):
        found = (*found, finding("CK-185"))
    found = (*found, *record_findings(reading))
    chars = sum(len(article.text) for article in articles)
    row = Row(file.id, found, reading.encoding, chars, len(articles), account=account)
    inner = [Row(file.id, tuple(told), record=int(number)) for number, told in records.items()]
    return articles, [row, *inner]


def _records(reading: Reading) -> dict[str, list[Finding]]:
    """Return the findings about each record by its number."""
    records = defaultdict(list)
    for number, found in reading.records:
        records[str(number)].append(found)
    return dict(records)


def _hash(text: str) -> str:
    """Return the hash of a text in UTF-8; a lone surrogate has no UTF-8 and is kept apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
