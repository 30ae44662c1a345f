"""Build a corpus on disk from files, a batch at a time; what has not changed is not read again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from os import PathLike
from pathlib import Path
from typing import Any

from ...errors import DataError, StoreError, kind
from ...reading.article import Article, Articles
from ...reading.report import Row
from ...reading.stream import Passage, Stream
from ...reading.walk import shown
from ..columns.tokens import DEFAULT, TokenPolicy
from ..corpus import Corpus
from ..table import report_of
from .generation import Draft, new_generation
from .records import Lines, article_of, lines_of, shown_article, value_of
from .segments import Segments
from .sources import READ, Reused, memory_of, reading_options, source_line, source_of
from .stored import open_corpus
from .writing import ArticleWriter, token_options, write_report, write_rows, write_sources

Place = str | PathLike[str]


def build_corpus(
    source: Place | Iterable[Place] | Iterable[Article],
    path: Place,
    *,
    tokens: TokenPolicy = DEFAULT,
    reuse: bool = True,
    wait: bool = False,
    **reading: Any,
) -> Corpus:
    """Build a corpus on disk, in bounded memory, and return it opened.

    Built again from the same folder, only files whose content has changed are parsed; the
    corpus is, byte for byte, the one that a build from nothing would give. Until the last step
    the corpus that was there before stays what is opened; stopping loses nothing.

    Parameters
    ----------
    source
        A folder, a file or a list of files, as for `read_articles`; or articles one by one
        (any iterable of Article), which may be more than memory holds.
    path
        Folder of the corpus: new, empty, or a corpus that was built or saved before. Its
        parent must exist. It must not lie inside the folder that is read.
    tokens
        What counts as one token.
    reuse
        False: parse every file, changed or not.
    wait
        True: wait while another program builds there.
    **reading
        Passed on to `read_articles` (`outlets`, `metadata`, `encoding`, `clean`, `date_order`).

    Raises
    ------
    DataError
        If not one article could be loaded, or two have the same id.
    StoreError
        If the folder holds something else, another program is building there, or the disk is
        full or refuses.

    Notes
    -----
    Memory holds one file (of a table larger than 100 MB: a thousand records), a few million
    tokens, the vocabulary, and of each article its id and of each file its row of the report.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Path(folder, "news").mkdir()
    ...     done = Path(folder, "news", "a.txt").write_text("Partners met. They talked.")
    ...     print(build_corpus(f"{folder}/news", f"{folder}/corpus"))
    Corpus: 1 article, 4 words, 4 types, 2 sentences
    """
    root = Path(path)
    given, articles = _given(source)
    _refuse_inside(root, given)
    with new_generation(root, wait=wait) as draft:
        if given is None:
            _from_articles(draft, articles, tokens)
        else:
            _from_files(draft, Stream(given, **reading), tokens, reuse=reuse)
    return open_corpus(root)


def _given(source: Any) -> tuple[Place | list[Place] | None, Iterable[Article]]:
    """Return the paths that were given, or None, and the articles that were given instead."""
    if isinstance(source, str | PathLike):
        return source, ()
    kind("source", source, Iterable, "Give a folder, or articles.")
    if isinstance(source, Articles):
        return None, source
    items = iter(source)
    first = list(islice(items, 1))
    if first and isinstance(first[0], str | PathLike):
        return [*first, *items], ()
    return None, chain(first, items)


def _refuse_inside(root: Path, given: Place | list[Place] | None) -> None:
    """Raise if the corpus would lie in a folder that is read for it."""
    for one in [given] if isinstance(given, str | PathLike) else given or []:
        folder = os.path.realpath(one)
        if os.path.isdir(folder) and Path(os.path.realpath(root)).is_relative_to(folder):
            raise StoreError(
                f"{shown(root)}: it lies inside {shown(one)}, the folder that is read. "
                "Nothing was written. Choose a folder beside it."
            )


class _Filling:
    """Takes articles one by one and writes them and their columns into a draft."""

    def __init__(self, draft: Draft, tokens: TokenPolicy, rows: str = "articles.jsonl") -> None:
        self.articles = ArticleWriter(draft, rows)
        self._segments = Segments(draft, tokens)
        self._seen: set[str] = set()

    def add(self, article: Article, lines: Lines) -> None:
        """Append an article."""
        if article.id in self._seen:
            raise DataError(f"{article.id}: two articles have this id. Give each its own `id`.")
        self._seen.add(article.id)
        self.articles.add(lines)
        self._segments.add(article)

    def finish(self) -> dict[str, int]:
        """Write the rest; return how many articles and tokens there are."""
        self.articles.close()
        return {"articles": len(self.articles), "tokens": self._segments.finish()}

    def __enter__(self) -> _Filling:
        return self

    def __exit__(self, *error: Any) -> None:
        self._segments.__exit__(*error)
        self.articles.__exit__(*error)


def _from_articles(draft: Draft, articles: Iterable[Article], tokens: TokenPolicy) -> None:
    """Fill a draft with articles that come one by one."""
    seen: list[tuple[str, int]] = []
    with _Filling(draft, tokens) as filling:
        for article in _shown_progress(articles, None, "article"):
            kind("source", article, Article, "Give a folder, or articles.")
            filling.add(article, lines_of(article))
            seen.append((article.id, len(article.text)))
        draft.facts = filling.finish()
    report = articles.report if isinstance(articles, Articles) else report_of(seen)
    write_report(draft, report)
    write_sources(draft, ())
    draft.options = {**token_options(tokens), "reading": None}


def _from_files(draft: Draft, stream: Stream, tokens: TokenPolicy, *, reuse: bool) -> None:
    """Fill a draft with the articles of files."""
    options = reading_options(stream.options)
    rows: list[Row] = []
    with (
        stream,
        closing(memory_of(draft.root, options, reuse=reuse)) as memory,
        _Filling(draft, tokens, READ if stream.joins else "articles.jsonl") as filling,
        draft.file("sources.jsonl") as sources,
    ):
        for passage in _shown_progress(stream.passages(memory), len(stream.files), "file"):
            first, told = len(filling.articles), _add(passage, filling)
            count = len(filling.articles) - first
            sources.write(source_line(source_of(passage.unit, first, count, told)))
            rows += told
        report = stream.report(rows)
        draft.facts = filling.finish()
    if stream.joins:
        light = [shown_article(value_of(line)) for line in draft.lines(READ)]
        articles, report = stream.joined(light, report)
        write_rows(draft, "articles.jsonl", (lines_of(one).row for one in articles))
    write_report(draft, report)
    draft.options = {**token_options(tokens), "reading": options}


def _add(passage: Passage, filling: _Filling) -> Sequence[Row]:
    """Add the articles of a file, read or known; return its rows."""
    known: Reused | None = passage.known
    if known is not None:
        for lines in known.articles:
            filling.add(article_of(lines), lines)
        return known.rows
    for article in passage.articles:
        filling.add(article, lines_of(article))
    return passage.rows


def _shown_progress(items: Iterable[Any], total: int | None, unit: str) -> Iterator[Any]:
    """Yield items while a bar on the terminal, if there is one, says how far it is."""
    from tqdm import tqdm

    with closing(tqdm(items, total=total, unit=unit, disable=None, leave=False)) as bar:
        yield from bar
