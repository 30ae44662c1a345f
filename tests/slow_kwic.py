"""A concordance made line by line, in plain Python: slow, and what the fast one must equal."""

from __future__ import annotations

from itertools import pairwise

from corpuskit.corpus.finding.find import Hits

BREAK = " ¶ "


class Line:
    """One hit, and the strings of its line."""

    def __init__(self, hits: Hits, row: int, window: int, within: str | None) -> None:
        self.corpus, self.store, self.window = hits.corpus, hits.corpus.store, window
        self.first = int(hits.first[row])
        self.past = self.first + int(hits.size[row])
        self.article = self.corpus.source(int(hits.article[row]))
        borders = self.store.sentences if within else self.store.borders
        unit = max(n for n, border in enumerate(borders.tolist()[:-1]) if border <= self.first)
        self.begin, self.end = int(borders[unit]), int(borders[unit + 1])
        self.read = self.corpus.mask
        self.words = [at for at in self.corpus.words.tolist() if self.begin <= at < self.end]

    def cells(self) -> list[object]:
        """Return article, outlet, date, start, end, left, node, right."""
        start, end = self.corpus.span(self.first, self.past - 1)
        where = [self.article.id, self.article.outlet, self.article.date, start, end]
        return [*where, self.left(), self.article.text[start:end], self.right()]

    def left(self) -> str:
        """Return the text from the first word of the window up to the node."""
        before = [at for at in self.words if at < self.first]
        chosen = before[-self.window :] if self.window else []
        opening = chosen[0] if chosen else self.first
        if len(before) <= self.window:  # marks before the first word belong, too
            while opening > self.begin and self.mark(opening - 1):
                opening -= 1
        return self.slice(opening, self.first, node_after=True) if self.window else ""

    def right(self) -> str:
        """Return the text from the node to the last word of the window and its mark."""
        after = [at for at in self.words if at >= self.past][: self.window]
        last = after[-1] + 1 if after else self.past
        while last < self.end and self.mark(last) and self.joined(last):
            last += 1
        return self.slice(self.past, last, node_after=False) if self.window else ""

    def mark(self, token: int) -> bool:
        """Return whether a token of this part of the corpus is a mark."""
        return bool(self.read[token]) and not self.store.is_word[self.store.ids[token]]

    def joined(self, token: int) -> bool:
        """Return whether a token follows the one before it without a blank."""
        return int(self.store.starts[token]) == self.corpus.span(token - 1, token - 1)[1]

    def slice(self, first: int, last: int, *, node_after: bool) -> str:
        """Return the text from token `first` up to `last`, paragraph by paragraph."""
        if last <= first:
            return ""
        inside = [
            at
            for at in self.store.paragraphs.tolist()
            if (first < at <= last if node_after else first <= at < last)
        ]
        pieces = [
            self.article.text[slice(*self.corpus.span(a, b - 1))] if a < b else ""
            for a, b in pairwise([first, *inside, last])
            if a == b or self.read[a]
        ]
        return BREAK.join(pieces).strip()


def slow_lines(hits: Hits, window: int, within: str | None = None) -> list[list[object]]:
    """Return the cells of all lines, in the order of the corpus."""
    return [Line(hits, row, window, within).cells() for row in range(len(hits))]
