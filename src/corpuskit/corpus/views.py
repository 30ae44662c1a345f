"""What stands in the articles, span by span: paragraphs, sentences, tokens, cuts, pages."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import one_of
from ..result import Result, counted
from .columns.store import ZONES, zones_of
from .sharding.partial import answered
from .table import NONE

if TYPE_CHECKING:
    from .shelf import Shelf

_NUMBERS = ("start", "end", "sentence", "expected", "found")
_FLAGS = ("word", "same")

MOST_OUTLETS = 8  # whose share of cuts the card names
PAGE_WIDTH = 92  # characters of a line of a page in the text view

Row = tuple[object, ...]


@dataclass(frozen=True, repr=False)
class Page:
    """The untouched text of one article, for reading: long lines are folded on display only."""

    article: str
    text: str

    def __repr__(self) -> str:
        lines = [fill(line, PAGE_WIDTH, drop_whitespace=True) for line in self.text.splitlines()]
        return "\n".join([f"Page({self.article!r})", *lines])

    def _repr_html_(self) -> str:
        caption = html.escape(f"Page({self.article!r})")
        lines = "".join(
            f"<p>{html.escape(line)}</p>" for line in self.text.splitlines() if line.strip()
        )
        return (
            '<div class="corpuskit tex2jax_ignore mathjax_ignore">'
            f'<p class="corpuskit-caption">{caption}</p>{lines}</div>'
        )


def _result(rows: Iterable[Row], columns: str, title: str, unit: str) -> Result:
    """Return rows as a Result; numbers and yes/no columns keep their kind when empty."""
    names = columns.split()
    frame = pd.DataFrame(list(rows), columns=names, dtype=object)
    kinds = dict.fromkeys(_NUMBERS, "int64") | dict.fromkeys(_FLAGS, "bool")
    frame = frame.astype({name: kind for name, kind in kinds.items() if name in names})
    return Result(frame, title=title, summary=counted(len(frame), unit))


@answered
def paragraphs(corpus: Shelf) -> Result:
    """Return the headline and the paragraphs that are read; see `Corpus.paragraphs`."""
    rows = (
        (item.id, zone.name, zone.start, zone.end, item.text[zone.start : zone.end])
        for item in map(corpus.source, corpus.selected.tolist())
        for zone in zones_of(item)
        if zone.name in corpus.zones
    )
    return _result(rows, "article zone start end text", "Paragraphs", "paragraph")


@answered
def cuts(corpus: Shelf) -> Result:
    """Return what is not read, and why; see `Corpus.cuts`."""
    rows = (
        (item.id, cut.start, cut.end, cut.rule, cut.reason, item.text[cut.start : cut.end])
        for item in map(corpus.source, corpus.selected.tolist())
        for cut in item.cuts
    )
    return _result(rows, "article start end rule reason text", "Cuts", "cut")


@answered
def sentences(corpus: Shelf) -> Result:
    """Return the sentences; see `Corpus.sentences`."""
    rows = chain.from_iterable(corpus.map(_listed, _sentence_rows))
    return _result(rows, "article zone start end text", "Sentences", "sentence")


def _listed(corpus: Shelf, rows: Callable[[Shelf], Iterator[Row]]) -> list[Row]:
    """Return the rows of a corpus, or of one shard of it."""
    return list(rows(corpus))


def _sentence_rows(corpus: Shelf) -> Iterator[Row]:
    store = corpus.store
    numbers = corpus.sentence_numbers
    owners = corpus.article_of(store.sentences[numbers])
    for n, owner in zip(numbers.tolist(), owners.tolist(), strict=True):
        item = corpus.source(owner)
        start, end = int(store.sentence_starts[n]), int(store.sentence_ends[n])
        zone = ZONES[store.zones[store.sentences[n]]]
        yield item.id, zone, start, end, item.text[start:end]


@answered
def tokens(corpus: Shelf) -> Result:
    """Return the tokens; see `Corpus.tokens`."""
    rows = chain.from_iterable(corpus.map(_listed, _token_rows))
    return _result(rows, "article start end token form word", "Tokens", "token")


def _token_rows(corpus: Shelf) -> Iterator[Row]:
    store = corpus.store
    places = corpus.mask.nonzero()[0]
    owners = corpus.article_of(places)
    for at, owner in zip(places.tolist(), owners.tolist(), strict=True):
        kind = store.ids[at]
        start, end = corpus.span(at, at)
        form = store.folds[store.folded[kind]]
        yield corpus.source(owner).id, start, end, store.types[kind], form, store.is_word[kind]


def facts(corpus: Shelf) -> dict[str, int]:
    """Return what can be counted in a corpus, by name."""
    table = corpus.articles
    return {
        "articles": len(corpus),
        "outlets": len({name for name in table["outlet"] if name}),
        "words": corpus.word_total,
        "tokens": corpus.token_total,
        "types": int((corpus.word_counts() > 0).sum()),
        "sentences": corpus.sentence_total,
        "days": len({day for day in table["date"] if day}),
        "undated": sum(not day for day in table["date"]),
        "noted": sum(bool(note) for note in table["notes"]),
    }


@answered
def expect(corpus: Shelf, expected: dict[str, int]) -> Result:
    """Return what a data sheet says beside what is there; see `Corpus.expect`."""
    found = facts(corpus)
    rows = [
        (name, wanted, found[one_of("expected", name, found)], wanted == found[name])
        for name, wanted in expected.items()
    ]
    table = _result(rows, "what expected found same", "Expect", "fact")
    agree = f"{sum(row[3] is True for row in rows)} of {counted(len(rows), 'fact')} as expected"
    return Result(table.frame, title="Expect", summary=agree)


@answered
def card(corpus: Shelf) -> Result:
    """Return what the corpus holds, a line each; see `Corpus.card`."""
    frame = pd.DataFrame(_card_rows(corpus), columns=["what", "value"], dtype=object)
    return Result(frame, title="Card", summary=corpus._told)


def _card_rows(corpus: Shelf) -> list[tuple[str, str]]:
    found = facts(corpus)
    days = sorted(day for day in corpus.articles["date"] if day)
    sizes = sorted(corpus.articles["words"]) or [0]
    middle = sizes[len(sizes) // 2]
    return [
        ("articles", f"{found['articles']:,}"),
        ("outlets", f"{found['outlets']:,}"),
        ("words", f"{found['words']:,}"),
        ("words in an article", f"{sizes[0]:,} to {sizes[-1]:,}, middle {middle:,}"),
        ("tokens (words and marks)", f"{found['tokens']:,}"),
        ("types (distinct words, case folded)", f"{found['types']:,}"),
        ("sentences", f"{found['sentences']:,}"),
        ("days with articles", f"{found['days']:,}"),
        ("first day", days[0] if days else "–"),
        ("last day", days[-1] if days else "–"),
        ("articles without a date", f"{found['undated']:,}"),
        ("articles with a note", f"{found['noted']:,}"),
        *_cut_rows(corpus),
    ]


def _cut_of(corpus: Shelf) -> dict[str, tuple[int, int]]:
    """Return for each outlet how many characters are cut, and of how many."""
    sums: dict[str, tuple[int, int]] = {}
    for item in map(corpus.source, corpus.selected.tolist()):
        cut, chars = sums.get(item.outlet or NONE, (0, 0))
        gone = sum(part.end - part.start for part in item.cuts)
        sums[item.outlet or NONE] = (cut + gone, chars + len(item.text))
    return sums


def _added(shards: list[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    """Return the sums of pairs by name, in the order in which the names come."""
    sums: dict[str, tuple[int, int]] = {}
    for cut in shards:
        for name, (gone, chars) in cut.items():
            before = sums.get(name, (0, 0))
            sums[name] = (before[0] + gone, before[1] + chars)
    return sums


def _cut_rows(corpus: Shelf) -> list[tuple[str, str]]:
    """Return the lines of the card about what was cut, in all and by outlet, most first."""
    by_outlet = _added(corpus.map(_cut_of))
    cut, chars = (sum(column) for column in zip((0, 0), *by_outlet.values(), strict=True))
    rows = [("characters cut", f"{cut:,} of {chars:,} ({cut / max(chars, 1):.1%})")]
    if len(by_outlet) < 2:
        return rows
    shares = sorted((-part / max(whole, 1), name) for name, (part, whole) in by_outlet.items())
    named = [f"{name} {abs(share):.1%}" for share, name in shares[:MOST_OUTLETS]]
    more = [f"{len(shares) - MOST_OUTLETS:,} more"] if len(shares) > MOST_OUTLETS else []
    return [*rows, ("characters cut by outlet", ", ".join([*named, *more]))]
