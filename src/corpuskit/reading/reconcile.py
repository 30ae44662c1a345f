"""What a file says it holds, against what was read: documents counted in three ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from ..result import Result
from .article import Article, Reading
from .findings.code import SKIPPED
from .findings.told import Finding, counted, finding

FEW = 5  # files of which all are told in words; of more only those with something to tell
NO_TEXT = frozenset({"CK-101", "CK-102", "CK-103", "CK-141", "CK-183"})


class Account(NamedTuple):
    """The documents of one file, counted."""

    declared: int | None
    delimiters: int | None
    parsed: int
    left: int
    without_date: int
    without_body: int
    duplicates: int


def account_of(reading: Reading) -> Account | None:
    """Return the account of a file of several records, or None for a file of one article."""
    articles = reading.articles
    several = len(articles) > 1 or any(article.id for article in articles) or reading.records
    if not several and reading.declared is None and reading.delimiters is None:
        return None
    gone = {number for number, found in reading.records if found.status == SKIPPED}
    empty = {number for number, found in reading.records if found.code in NO_TEXT}
    bodies = [_read(article) for article in articles]
    return Account(
        declared=reading.declared,
        delimiters=reading.delimiters,
        parsed=len(articles),
        left=len(gone),
        without_date=sum(not article.published for article in articles),
        without_body=len(empty) + sum(not any(a.paragraphs) for a in articles),
        duplicates=len(bodies) - len(set(bodies)),
    )


def _read(article: Article) -> str:
    """Return the words of an article that are read, blanks apart, for comparing."""
    return " ".join(" ".join(article.text[z.start : z.end] for z in article.zones).split())


def record_findings(reading: Reading) -> tuple[Finding, ...]:
    """Return what must be told of a file because of its records."""
    account = account_of(reading)
    gone = {number for number, found in reading.records if found.status == SKIPPED}
    noted = len({number for number, _ in reading.records} - gone)
    told = finding("CK-197", count=f"{noted:,}")
    return (*account_findings(account), *([told] if noted else []))


def account_findings(account: Account | None) -> tuple[Finding, ...]:
    """Return what must be told of a file's account: records left out, numbers that disagree."""
    if account is None:
        return ()
    total = account.parsed + account.left
    left = finding("CK-181", left=f"{account.left:,}", total=f"{total:,}")
    known = {account.declared, account.delimiters, total} - {None}
    apart = finding("CK-182", numbers=in_words(account))
    return (*([left] if account.left else []), *([apart] if len(known) > 1 else []))


def in_words(account: Account) -> str:
    """Return an account as a sentence without its end."""
    parts = []
    if account.declared is not None:
        parts.append(f"it declares {counted(account.declared, 'document')}")
    if account.delimiters is not None:
        parts.append(f"{counted(account.delimiters, 'delimiter')} met")
    parts.append(f"{counted(account.parsed, 'article')} read")
    if account.left:
        parts.append(f"{account.left:,} left out")
    told = {
        "without date": account.without_date,
        "without body": account.without_body,
        "in it twice or more": account.duplicates,
    }
    return ", ".join([*parts, *(f"{number:,} {what}" for what, number in told.items() if number)])


COLUMNS = (
    "path",
    "declared",
    "delimiters",
    "parsed",
    "left_out",
    "without_date",
    "without_body",
    "duplicates",
)
TYPES = dict.fromkeys(COLUMNS[1:3], "Int64") | dict.fromkeys(COLUMNS[3:], "int64")


def reconciliation(accounts: Iterable[tuple[str, Account]]) -> Result:
    """Return the accounts of all files with several records as a table and in words.

    Of many files only those are told in words of which there is something to tell.
    """
    known: Sequence[tuple[str, Account]] = sorted(accounts, key=lambda pair: pair[0])
    frame = pd.DataFrame([(path, *account) for path, account in known], columns=list(COLUMNS))
    frame = frame.astype(TYPES)
    apart = [pair for pair in known if any(f.code == "CK-182" for f in account_findings(pair[1]))]
    shown = [one for one in known if len(known) <= FEW or one in apart or any(one[1][3:])]
    notes = tuple(f"{path}: {in_words(account)}." for path, account in shown)
    summary = f"{counted(len(known), 'file')} of several documents: "
    summary += f"{len(known) - len(apart):,} agree, {len(apart):,} do not"
    return Result(frame, {}, notes, summary, title="Reconciliation")
