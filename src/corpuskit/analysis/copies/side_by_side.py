"""Two articles side by side: sentences aligned, words that were added or removed marked."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from textwrap import wrap

import numpy as np
import pandas as pd

from ...corpus.corpus import Corpus
from ...corpus.finding.matching import words_at
from ...corpus.sharding.partial import answered
from ...errors import kind, one_of
from ...result import Result, counted

COLUMNS = ("kind", "a_start", "a_end", "b_start", "b_end", "a", "b", "a_text", "b_text")
REMOVED, ADDED = ("[-", "-]"), ("[+", "+]")  # round words of a that b lacks, and the reverse
LEAST = 0.4  # share of words that two sentences must have in common to stand side by side
MOST_CELLS = 40_000  # pairs of sentences that are compared word by word
WIDTH = 52  # characters of a column of the text view

Span = tuple[int, int]


@dataclass(frozen=True)
class _Sentence:
    """A sentence: its characters, and the span and folded form of each of its words."""

    start: int
    end: int
    words: tuple[Span, ...]
    forms: tuple[str, ...]


_Row = tuple[_Sentence | None, _Sentence | None]


@dataclass(frozen=True, eq=False, repr=False)
class Differences(Result):
    """Two articles side by side; the views show every row, whole.

    Marks stand for colour: `[-so-]` is in a only, `[+so+]` in b only. The columns a_text and
    b_text and the spans are those of the untouched texts, without marks.
    """

    def __repr__(self) -> str:
        lines = [self.caption]
        for row in self.frame.itertuples():
            lines.append(f"{row.kind}".ljust(8) + "-" * (2 * WIDTH - 5))
            left, right = wrap(_flat(str(row.a)), WIDTH), wrap(_flat(str(row.b)), WIDTH)
            pairs = zip_longest(left, right, fillvalue="")
            lines += [f"{one:<{WIDTH}} | {other}".rstrip() for one, other in pairs]
        return "\n".join([*lines, *(f"Note: {_flat(note)}" for note in self.notes)])

    def to_html_table(self, most: int) -> str:
        """Return caption, rows and notes as HTML; all text is escaped, words are marked by text."""
        side = ' style="text-align:left;vertical-align:top"'
        head = "".join(f"<th{side}>{name}</th>" for name in ("kind", "a", "b"))
        rows = "".join(
            f"<tr>{''.join(f'<td{side}>{_escaped(cell)}</td>' for cell in cells)}</tr>"
            for cells in self.frame[["kind", "a", "b"]].head(most).itertuples(index=False)
        )
        notes = "<br>".join(f"Note: {html.escape(note)}" for note in self._remarks(most))
        return (
            '<div class="corpuskit tex2jax_ignore mathjax_ignore">'
            f'<p class="corpuskit-caption">{html.escape(self.caption)}</p>'
            f"<table><tr>{head}</tr>{rows}</table>"
            f'<p class="corpuskit-note">{notes}</p></div>'
        )


def _flat(text: str) -> str:
    """Return text in one line, without characters that steer a terminal."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())


def _escaped(text: object) -> str:
    """Return a cell as HTML."""
    return html.escape(_flat(str(text)))


@answered
def differences(corpus: Corpus, a: str, b: str) -> Differences:
    """Return two articles side by side, sentence by sentence, with the words that differ marked.

    Parameters
    ----------
    corpus
        Where both are.
    a, b
        Their ids.

    Returns
    -------
    Differences
        kind (str: "same" if the words are, "changed", "removed" = only in a, "added" = only in
        b), a_start, a_end, b_start, b_end (int, characters of the untouched texts; -1 where
        there is no sentence), a, b (str, the sentences with marked words: `[-only in a-]`,
        `[+only in b+]`), a_text, b_text (str, the sentences as they stand).

    Raises
    ------
    ValueError
        If the corpus has no such article.

    Notes
    -----
    Words are compared without case and typography; marks do not count, so "same" says that the
    words are. Sentences stand side by side in the order of both texts if they share at least
    two fifths of their words; the trap: a sentence that was moved is removed here and added
    there.

    Examples
    --------
    >>> import corpuskit as ck
    >>> rows = [{"id": "w", "text": "They met on Tuesday. It rained."}]
    >>> rows += [{"id": "r", "text": "They met in Delhi on Tuesday."}]
    >>> from corpuskit.analysis.copies.side_by_side import differences
    >>> view = differences(ck.Corpus.from_frame(rows), "w", "r").to_frame()
    >>> view[["kind", "a", "b"]].to_numpy().tolist()[0]
    ['changed', 'They met on Tuesday.', 'They met [+in Delhi+] on Tuesday.']
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    texts, sides = [], []
    for name, given in (("a", a), ("b", b)):
        texts.append(corpus.text(one_of(name, given, corpus.articles["id"])))
        sides.append(_sentences(corpus, given))
    rows = [_row(pair, texts) for pair in _aligned(*sides)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    frame = frame.astype(dict.fromkeys(COLUMNS[1:5], "int64"))
    kinds = frame["kind"].value_counts()
    found = ", ".join(f"{kinds.get(name, 0):,} {name}" for name in _KINDS)
    notes = (
        "Words are compared without case and typography: [-words-] are in a only, "
        "[+words+] in b only.",
    )
    summary = f"{counted(len(frame), 'row')} ({found})"
    return Differences(frame, {"a": a, "b": b}, notes, summary)


_KINDS = ("same", "changed", "removed", "added")


def _sentences(corpus: Corpus, article: str) -> list[_Sentence]:
    """Return the sentences of an article that are read."""
    (sentences,) = corpus.where(id=[article]).map_held(_own_sentences)
    return list(sentences)


def _own_sentences(part: Corpus) -> list[_Sentence]:
    """Return the sentences of the one article of a part."""
    store = part.store
    words = part.words.astype(np.int64)
    numbers = part.sentence_numbers
    borders = np.searchsorted(words, store.sentences[np.append(numbers, numbers[-1:] + 1)])
    starts, ends = store.starts[words].tolist(), part.ends_of(words).tolist()
    spans, forms = (
        list(zip(starts, ends, strict=True)),
        words_at(store.folds, part.word_forms().astype(np.int64)),
    )
    return [
        _Sentence(
            int(store.sentence_starts[number]),
            int(store.sentence_ends[number]),
            tuple(spans[low:high]),
            tuple(forms[low:high]),
        )
        for number, low, high in zip(numbers.tolist(), borders[:-1], borders[1:], strict=True)
    ]


def _aligned(a: Sequence[_Sentence], b: Sequence[_Sentence]) -> Iterator[_Row]:
    """Yield the sentences of both in order: equal ones, then like ones, then those alone."""
    one, other = [[sentence.forms for sentence in side] for side in (a, b)]
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(a[a1:a2], b[b1:b2], strict=True)
        else:
            yield from _likest(a[a1:a2], b[b1:b2])


def _likest(a: Sequence[_Sentence], b: Sequence[_Sentence]) -> Iterator[_Row]:
    """Yield the sentences of both in order; those that are most alike stand side by side.

    The alignment with the greatest sum of likeness, by dynamic programming from the end.
    """
    if len(a) * len(b) > MOST_CELLS or not a or not b:
        yield from ((one, None) for one in a)
        yield from ((None, other) for other in b)
        return
    alike = np.array([[_likeness(one.forms, other.forms) for other in b] for one in a])
    best = np.zeros((len(a) + 1, len(b) + 1))
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], alike[i, j] + best[i + 1, j + 1])
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and alike[i, j] and _is_best(best, alike, i, j):
            yield a[i], b[j]
            i, j = i + 1, j + 1
        elif i < len(a) and (j == len(b) or best[i, j] == best[i + 1, j]):
            yield a[i], None
            i += 1
        else:
            yield None, b[j]
            j += 1


def _is_best(best: np.ndarray, alike: np.ndarray, i: int, j: int) -> bool:
    """Return whether a best alignment puts these two side by side."""
    return bool(best[i, j] == alike[i, j] + best[i + 1, j + 1])


def _likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return the share of words that two sentences have in common, 0 if it is small."""
    common = sum(min(a.count(form), b.count(form)) for form in set(a) & set(b))
    like = 2 * common / (len(a) + len(b)) if a or b else 0.0
    return like if like >= LEAST else 0.0


def _row(pair: _Row, texts: Sequence[str]) -> tuple[object, ...]:
    """Return a row of the table."""
    a, b = pair
    spans = [(one.start, one.end) if one else (-1, -1) for one in pair]
    own = [text[one.start : one.end] if one else "" for one, text in zip(pair, texts, strict=True)]
    if a is None or b is None:
        marked = [
            f"{m[0]}{text}{m[1]}" if text else "" for m, text in zip(_SIDES, own, strict=True)
        ]
        return ("added" if a is None else "removed", *spans[0], *spans[1], *marked, *own)
    codes = SequenceMatcher(None, a.forms, b.forms, autojunk=False).get_opcodes()
    runs = [(code[1], code[2]) for code in codes if code[0] != "equal"]
    others = [(code[3], code[4]) for code in codes if code[0] != "equal"]
    marked = [_marked(texts[0], a, runs, REMOVED), _marked(texts[1], b, others, ADDED)]
    return ("changed" if runs else "same", *spans[0], *spans[1], *marked, *own)


_SIDES = (REMOVED, ADDED)


def _marked(text: str, sentence: _Sentence, runs: Sequence[Span], mark: tuple[str, str]) -> str:
    """Return a sentence with marks round these runs of its words."""
    pieces, done = [], sentence.start
    for low, high in runs:
        if low < high:
            start, end = sentence.words[low][0], sentence.words[high - 1][1]
            pieces += [text[done:start], mark[0], text[start:end], mark[1]]
            done = end
    return "".join([*pieces, text[done : sentence.end]])
