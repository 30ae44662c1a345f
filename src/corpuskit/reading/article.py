"""The Article record: an untouched text, and spans that say what is what in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from .cleaning.rules import Rule
    from .findings.told import Finding
    from .report import ReadReport


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the text that is not part of the article: `text[start:end]`, and why."""

    start: int
    end: int
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text that is read: `text[start:end]`.

    `name` is "headline", "lead" (the first paragraph), "body", "caption" or "correction".
    """

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. All offsets are characters of `text`, which is never edited.

    `zones` and `cuts` are sorted, do not overlap, and together cover every character of
    `text` except blanks between them. A zone is one paragraph (or the headline); its edges
    hold no blanks.

    Attributes
    ----------
    id
        Path relative to the folder that was read, with `#n` for the n-th article of a file.
    text
        The text as decoded from the file; nothing removed, nothing replaced.
    published
        Local date or date and time in ISO 8601 as far as the source gives it
        ("2026-01-27", "2026-01-27T19:29", "2026-01-27T19:29+05:30"); "" if unknown.
    zones, cuts
        What is read, and what was cut with the reason.
    sha256
        Hash of the bytes of the file (for a record of a file: of its text in UTF-8).
    notes
        What a reader must know about this article (guessed encoding, ambiguous date, …).
    extra
        Further columns for the article table, by name.
    """

    id: str
    text: str
    headline: str = ""
    outlet: str = ""
    section: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    zones: tuple[Zone, ...] = ()
    cuts: tuple[Cut, ...] = ()
    sha256: str = ""
    notes: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def date(self) -> str:
        """The local calendar day as YYYY-MM-DD, or "" if unknown."""
        return self.published[:10]

    @property
    def body(self) -> str:
        """The paragraphs of the article without its headline, one blank line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def paragraphs(self) -> list[str]:
        """The lead and body paragraphs, as they stand in the text."""
        return [self.text[z.start : z.end] for z in self.zones if z.name in ("lead", "body")]


@dataclass(frozen=True, slots=True)
class Articles(Sequence[Article]):
    """The articles that were read, in the order of their ids, with the report of the reading."""

    items: tuple[Article, ...]
    report: ReadReport

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Article, ...]: ...
    def __getitem__(self, index: int | slice) -> Article | tuple[Article, ...]:
        return self.items[index]


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who reads has said about the files."""

    encoding: str | None = None
    clean: bool | Sequence[Rule] = True  # which rules of cleaning; True: those for news
    date_order: str | None = None
    hyphens: str = "keep"  # or "join": words that the ends of lines divide in a PDF
    columns: Mapping[str, str] | None = None  # of a table, by what they hold: {"text": "story"}
    language: Sequence[str] | None = None  # codes among which a language is guessed


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one file: its articles, and what it found.

    The reader leaves `Article.id` empty, or, for one of several records of a file, sets it to
    the number of the record ("17"), so that the article is called `file.csv#17` even where a
    record before it was left out. `sha256`, and the outlet where the file names none, are
    filled in later; `Article.notes` holds what is true of this article alone.

    Attributes
    ----------
    findings
        About the file as a whole; each is a note of each of its articles, too.
    records
        About one record: its number and the finding. One that skips (CK-183: no text) has no
        article. Each becomes a row `file#number` of the report and a note of the article.
    declared
        How many documents the file itself says it holds; None if it does not say.
    delimiters
        How many marks between documents (or rows of a table) were met; None if it has none.
    """

    articles: tuple[Article, ...]
    encoding: str = ""
    findings: tuple[Finding, ...] = ()
    records: tuple[tuple[int, Finding], ...] = ()
    declared: int | None = None
    delimiters: int | None = None
