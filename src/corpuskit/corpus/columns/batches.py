"""A batch of articles -> its columns: all its texts are read as one run of bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...reading.article import Article
from .distinct import Block, Lexicon
from .sentences import Chunks, find_sentences
from .store import ZONES, Ints, zones_of
from .vocabulary import encoded

_CODES = {name: code for code, name in enumerate(ZONES)}
_OTHER = _CODES["body"]  # a zone of any other name is read as body
KINDS = {
    "ids": np.uint32,
    "starts": np.uint32,
    "borders": np.int64,
    "paragraphs": np.int64,
    "paragraph_zones": np.uint8,
    "sentences": np.int64,
    "sentence_starts": np.uint32,
    "sentence_ends": np.uint32,
}

Part = dict[str, NDArray[Any]]
_NO = np.empty(0, np.int32)
_NOTHING = Block(  # a batch may be without text
    np.empty(0, np.uint32), _NO, _NO, _NO, _NO, np.empty(0, np.uint8)
)


@dataclass
class Batch:
    """The zones of some articles, one list a column; `articles` has the zones up to each end.

    Joined by line breaks they are one text; `at` says where in it each zone begins.
    """

    texts: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    zones: list[int] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    size: int = 0

    def add(self, article: Article) -> None:
        """Append the zones of one article."""
        zones, text = zones_of(article), article.text
        texts = [text[zone.start : zone.end] for zone in zones]
        self.texts += texts
        self.begins += [zone.start for zone in zones]
        self.zones += [_CODES.get(zone.name, _OTHER) for zone in zones]
        self.articles.append(len(self.texts))
        self.size += sum(map(len, texts)) + len(texts)


def read_batch(batch: Batch, lexicon: Lexicon) -> Part:
    """Return the columns of a batch; token numbers count from its first token.

    `ids` are the numbers of the lexicon, `borders` has the end of each article.
    """
    tokens = _tokens(batch, lexicon)
    counts = np.diff(tokens.firsts)
    held = np.flatnonzero(counts)  # a zone without tokens is no paragraph
    sentences = _sentences(tokens, lexicon)
    starts = tokens.places + np.repeat(tokens.shifts, counts)
    borders = tokens.firsts[np.array(batch.articles, np.int64)]
    zones = np.array(batch.zones, np.uint8)[held]
    columns = (tokens.ids, starts, borders, tokens.firsts[held], zones, *sentences)
    named: Part = dict(zip(KINDS, columns, strict=True))
    return {name: column.astype(KINDS[name], copy=False) for name, column in named.items()}


@dataclass(frozen=True)
class _Tokens:
    """The tokens and runs of a batch: characters of the joined text.

    `firsts` has the first token of each zone and, last, the number of tokens; `at` the first
    character of each zone, to which `shifts` is added for that of the article.
    """

    text: str
    ids: NDArray[np.uint32]
    places: Ints
    firsts: Ints
    at: Ints
    shifts: Ints
    runs: Chunks


def _tokens(batch: Batch, lexicon: Lexicon) -> _Tokens:
    """Return the tokens of the joined text, and which of them belong to which zone."""
    sizes = np.fromiter(map(len, batch.texts), np.int64, len(batch.texts)) + 1
    at = np.cumsum(sizes) - sizes
    text = "\n".join(batch.texts)
    ids, places, *runs = _joined([_NOTHING, *lexicon.read(encoded(text))])
    firsts = np.append(np.searchsorted(places, at), len(places))
    shifts = np.array(batch.begins, np.int64) - at
    return _Tokens(text, ids, places, firsts, at, shifts, Chunks(*runs))


def _joined(blocks: list[Block]) -> list[NDArray[Any]]:
    """Return the columns of all blocks, letting go of the parts of each as it is made."""
    parts = [list(column) for column in zip(*blocks, strict=True)]
    blocks.clear()
    return [np.concatenate(parts.pop(0)) for _ in range(len(parts))]


def _sentences(tokens: _Tokens, lexicon: Lexicon) -> tuple[Ints, Ints, Ints]:
    """Return first token, start and end of each sentence that holds a token.

    A token that a sentence border cuts in two belongs to the first of the two sentences.
    """
    found = find_sentences(tokens.text, tokens.at, tokens.runs, lexicon.sentence_ends, lexicon.run)
    zone, begins, ends = found
    past = np.searchsorted(tokens.places, ends)
    first = np.where(_opens(zone), tokens.firsts[zone], np.append(0, past[:-1])[: len(past)])
    keep = past > first
    begins, ends, zone, first, last = (x[keep] for x in (begins, ends, zone, first, past - 1))
    ends = np.maximum(ends, tokens.places[last] + lexicon.lengths[tokens.ids[last]])
    floor = np.where(_opens(zone), 0, np.append(0, ends[:-1])[: len(ends)])
    return first, np.maximum(begins, floor) + tokens.shifts[zone], ends + tokens.shifts[zone]


def _opens(zone: Ints) -> NDArray[np.bool_]:
    """Return whether each sentence is the first of its zone."""
    opens = np.ones(len(zone), bool)
    opens[1:] = zone[1:] != zone[:-1]
    return opens
