"""Tables that are too large to be read at once: their articles, batch by batch."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b

from .. import opening
from ..article import Article, Options, Reading
from ..findings.told import Finding, Skipped, finding
from ..languages import with_languages
from ..outlets import Outlets
from ..placing import placed
from ..reconcile import Account, account_findings, account_of
from ..report import Row
from ..walk import File, trouble
from .flow import Batch
from .formats import CSV, EXCEL, JSON, PARQUET, records_of

BLOCK = 1 << 20  # bytes that are read at a time
OF_ACCOUNTS = frozenset({"CK-181", "CK-182", "CK-185", "CK-197"})  # told at the end, of all
TABLES = CSV | EXCEL | JSON | PARQUET


def is_large_table(file: File) -> bool:
    """Return whether a file is called a table and is larger than what is read at once."""
    if opening.ending_of(file.path) not in TABLES or file.findings:
        return False
    with suppress(OSError):
        return os.stat(file.path).st_size > opening.MOST_BYTES
    return False


def size_and_digest(path: str) -> tuple[int, str]:
    """Return the bytes of a file and their BLAKE2; (0, "") if it cannot be read."""
    size, digest = 0, blake2b(digest_size=32)
    with suppress(OSError), open(path, "rb", buffering=0) as handle:
        while block := handle.read(BLOCK):
            size += len(block)
            digest.update(block)
        return size, digest.hexdigest()
    return 0, ""


@dataclass
class LargeTable:
    """The articles of one table, and, when all of them were taken, its rows of the report."""

    file: File
    options: Options
    outlets: Outlets
    rows: list[Row] = field(default_factory=list)
    _findings: list[Finding] = field(default_factory=list)
    _records: defaultdict[int, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    _account: Account = field(default_factory=lambda: Account(None, 0, 0, 0, 0, 0, 0))
    _chars: int = 0

    def __iter__(self) -> Iterator[Article]:
        try:
            for batch in records_of(self.file.path, self.options):
                yield from with_languages(self._placed(batch), self.options.language)
        except Skipped as skipped:
            self._findings.append(skipped.finding)
        except OSError as error:
            self._findings.append(trouble(error))
        except Exception as error:  # whatever a parser raises: it ends in the row of this file
            self._findings.append(finding("CK-119", error=type(error).__name__))
        self.rows += self._told()

    def _placed(self, batch: Batch) -> list[Article]:
        """Return the articles of a batch with ids, outlets and hashes; count them."""
        # the notes about records stand in the articles already
        articles, rows = placed(self.file, "", Reading(batch.articles), self.outlets)
        outlets = [found for found in rows[0].findings if found.code not in OF_ACCOUNTS]
        self._findings += [one for one in (*batch.findings, *outlets) if one not in self._findings]
        for number, found in batch.records:
            self._records[number].append(found)
        self._chars += sum(len(article.text) for article in articles)
        self._add(account_of(Reading(batch.articles, records=batch.records, delimiters=batch.met)))
        return articles

    def _add(self, account: Account | None) -> None:
        """Add the account of a batch."""
        if account is not None:
            sums = [
                (one or 0) + (other or 0)
                for one, other in zip(self._account[1:], account[1:], strict=True)
            ]
            self._account = Account(None, *sums)

    def _told(self) -> list[Row]:
        """Return the rows of the table and of its records."""
        account = self._account
        findings = (*self._findings, *account_findings(account))
        if not account.parsed and not any(one.status == "skipped" for one in findings):
            findings = (*findings, finding("CK-185"))
        row = Row(self.file.id, findings, "", self._chars, account.parsed, account=account)
        inner = [Row(self.file.id, tuple(told), record=n) for n, told in self._records.items()]
        return [row, *inner]
