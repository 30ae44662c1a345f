"""What stands in the articles, span by span: paragraphs, sentences, tokens, cuts, pages."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import one_of
from ..result import Result, counted
from .store import ZONES, zones_of

if TYPE_CHECKING:
    from .corpus import Corpus

_NUMBERS = ("start", "end", "sentence", "expected", "found")
_FLAGS = ("word", "same")

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


def paragraphs(corpus: Corpus) -> Result:
    """Return the headline and the paragraphs that are read; see `Corpus.paragraphs`."""
    rows = (
        (item.id, zone.name, zone.start, zone.end, item.text[zone.start : zone.end])
        for item in map(corpus.source, corpus.selected.tolist())
        for zone in zones_of(item)
        if zone.name in corpus.zones
    )
    return _result(rows, "article zone start end text", "Paragraphs", "paragraph")


def cuts(corpus: Corpus) -> Result:
    """Return what is not read, and why; see `Corpus.cuts`."""
    rows = (
        (item.id, cut.start, cut.end, cut.rule, cut.reason, item.text[cut.start : cut.end])
        for item in map(corpus.source, corpus.selected.tolist())
        for cut in item.cuts
    )
    return _result(rows, "article start end rule reason text", "Cuts", "cut")


def sentences(corpus: Corpus) -> Result:
    """Return the sentences; see `Corpus.sentences`."""
    return _result(_sentence_rows(corpus), "article zone start end text", "Sentences", "sentence")


def _sentence_rows(corpus: Corpus) -> Iterator[Row]:
    store = corpus.store
    numbers = corpus.sentence_numbers
    owners = corpus.article_of(store.sentences[numbers])
    for n, owner in zip(numbers.tolist(), owners.tolist(), strict=True):
        item = corpus.source(owner)
        start, end = int(store.sentence_starts[n]), int(store.sentence_ends[n])
        zone = ZONES[store.zones[store.sentences[n]]]
        yield item.id, zone, start, end, item.text[start:end]


def tokens(corpus: Corpus) -> Result:
    """Return the tokens; see `Corpus.tokens`."""
    return _result(_token_rows(corpus), "article start end token form word", "Tokens", "token")


def _token_rows(corpus: Corpus) -> Iterator[Row]:
    store = corpus.store
    places = corpus.mask.nonzero()[0]
    owners = corpus.article_of(places)
    for at, owner in zip(places.tolist(), owners.tolist(), strict=True):
        kind = store.ids[at]
        start, end = corpus.span(at, at)
        form = store.folds[store.folded[kind]]
        yield corpus.source(owner).id, start, end, store.types[kind], form, store.is_word[kind]


def facts(corpus: Corpus) -> dict[str, int]:
    """Return what can be counted in a corpus, by name."""
    table = corpus.articles
    return {
        "articles": len(corpus),
        "outlets": len({name for name in table["outlet"] if name}),
        "words": len(corpus.words),
        "tokens": int(corpus.mask.sum()),
        "types": int((corpus.word_counts() > 0).sum()),
        "sentences": len(corpus.sentence_numbers),
        "days": len({day for day in table["date"] if day}),
        "undated": sum(not day for day in table["date"]),
        "noted": sum(bool(note) for note in table["notes"]),
    }


def expect(corpus: Corpus, expected: dict[str, int]) -> Result:
    """Return what a data sheet says beside what is there; see `Corpus.expect`."""
    found = facts(corpus)
    rows = [
        (name, wanted, found[one_of("expected", name, found)], wanted == found[name])
        for name, wanted in expected.items()
    ]
    table = _result(rows, "what expected found same", "Expect", "fact")
    agree = f"{sum(row[3] is True for row in rows)} of {counted(len(rows), 'fact')} as expected"
    return Result(table.frame, title="Expect", summary=agree)


def card(corpus: Corpus) -> Result:
    """Return what the corpus holds, a line each; see `Corpus.card`."""
    frame = pd.DataFrame(_card_rows(corpus), columns=["what", "value"], dtype=object)
    return Result(frame, title="Card", summary=repr(corpus).removeprefix("Corpus: "))


def _card_rows(corpus: Corpus) -> list[tuple[str, str]]:
    found = facts(corpus)
    days = sorted(day for day in corpus.articles["date"] if day)
    sizes = sorted(corpus.articles["words"]) or [0]
    items = [corpus.source(n) for n in corpus.selected.tolist()]
    cut = sum(part.end - part.start for item in items for part in item.cuts)
    chars = sum(len(item.text) for item in items)
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
        ("characters cut", f"{cut:,} of {chars:,} ({cut / max(chars, 1):.1%})"),
    ]
