"""From the records of a table to articles, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from ..article import Article, Options, Reading
from ..findings.told import Finding, finding, skip
from .article import article_of
from .columns import Scheme, scheme_of
from .days import DateColumn
from .records import Record, Table

BATCH = 1_000  # records
SAMPLE = 200  # records that tell whether dates count seconds
MOST_IDS = 2_000_000  # ids that are compared


class Batch(NamedTuple):
    """Some articles of a table in order, and what was found.

    Attributes
    ----------
    articles
        Articles whose `id` is the number of their record.
    records
        About one record: its number and the finding. A finding that skips has no article.
    findings
        About the table as a whole: what is known since the batch before.
    met
        How many records were met, those without article among them.
    """

    articles: tuple[Article, ...]
    records: tuple[tuple[int, Finding], ...]
    findings: tuple[Finding, ...]
    met: int


class Ids:
    """The ids that the records of a table have, and which of them were there before."""

    def __init__(self, key: str) -> None:
        self.found: list[Finding] = []
        self._key = key
        self._first: dict[str, int] = {}

    def seen(self, record: Record) -> tuple[Finding, ...]:
        """Return the finding that another record has the same id."""
        value = record.cells.get(self._key, "") if self._key else ""
        if not value:
            return ()
        if len(self._first) >= MOST_IDS:
            if not self.found:
                self.found.append(finding("CK-236", count=f"{MOST_IDS:,}"))
            return ()
        first = self._first.setdefault(value, record.number)
        if first == record.number:
            return ()
        return (finding("CK-219", name=self._key, value=value[:40], first=f"{first:,}"),)


def batches(table: Table, options: Options, size: int = BATCH) -> Iterator[Batch]:
    """Yield the articles of a table, `size` records at a time; raise Skipped if it has none.

    The table is read once, and a second time up to what is needed if dates in it may be
    day-month or month-day.
    """
    scheme = _scheme(table, options.columns)
    dates = _dates(table, scheme, options.date_order)
    ids = Ids(scheme.key)
    told: list[Finding] = []
    records = table.records()
    while chunk := list(islice(records, size)):
        articles: list[Article] = []
        found: list[tuple[int, Finding]] = []
        for record in chunk:
            made = article_of(record, scheme, dates, options)
            articles += [made.article] if made.article else []
            more = (*made.findings, *(ids.seen(record) if made.article else ()))
            found += [(record.number, one) for one in more]
        now = (*table.findings, *scheme.findings, *dates.found, *ids.found, *table.late)
        new = tuple(one for one in now if one not in told)
        told += new
        yield Batch(tuple(articles), tuple(found), new, len(chunk))
    if late := tuple(one for one in table.late if one not in told):
        yield Batch((), (), late, 0)


def gathered(table: Table, options: Options) -> Reading:
    """Return all articles of a table as the reading of one file, and close the table."""
    with closing(table):
        parts = list(batches(table, options))
    return Reading(
        articles=tuple(article for part in parts for article in part.articles),
        encoding=table.encoding,
        findings=tuple(found for part in parts for found in part.findings),
        records=tuple(pair for part in parts for pair in part.records),
        delimiters=sum(part.met for part in parts),
    )


def with_notes(batch: Batch) -> Batch:
    """Return a batch whose articles carry the findings about their records as notes."""
    notes: dict[str, list[str]] = {}
    for number, found in batch.records:
        notes.setdefault(str(number), []).append(found.note)
    articles = tuple(
        replace(article, notes=(*notes.get(article.id, ()), *article.notes))
        for article in batch.articles
    )
    return batch._replace(articles=articles)


def _scheme(table: Table, columns: Mapping[str, str] | None) -> Scheme:
    """Return which column is what; raise Skipped for a table without records or texts."""
    names = table.names()
    scheme = scheme_of(names, columns) if names else Scheme({"text": ""})
    if next(table.records(), None) is None:
        raise skip("CK-204")
    return scheme


def _dates(table: Table, scheme: Scheme, order: str | None) -> DateColumn:
    """Return the reader of the date column."""
    name = scheme.roles.get("published", "")

    def every() -> Iterator[str]:
        return (cell for record in table.records() if (cell := record.cells.get(name, "")))

    return DateColumn(order, list(islice(every(), SAMPLE)) if name else [], every)
