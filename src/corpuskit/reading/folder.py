"""Read a folder of articles: every file by the reader of its format, one row a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from .article import Article, Articles
from .cleaning.rules import Rule
from .report import Row
from .stream import Stream
from .walk import PathLike


def read_articles(
    path: PathLike | Iterable[PathLike],
    *,
    outlets: Mapping[str, str] | PathLike | pd.DataFrame | None = None,
    metadata: PathLike | pd.DataFrame | bool | None = None,
    encoding: str | None = None,
    clean: bool | Sequence[Rule] = True,
    date_order: str | None = None,
    columns: Mapping[str, str] | None = None,
    hyphens: str = "keep",
    language: str | Iterable[str] | None = None,
) -> Articles:
    """Return the articles of a folder, sorted by id, with the report of what was not read.

    Parameters
    ----------
    path
        A folder (read with all folders below it), one file, or a list of files: .txt, .md,
        .html, .mhtml, .docx, .odt, .rtf, .pdf; tables of articles as .csv, .tsv, .json, .jsonl,
        .xlsx, .parquet; exports of Nexis, Factiva, ProQuest and Europresse; and .zip of these,
        read as if it were a folder. A file is known by what it holds before its name.
    outlets
        Which outlet a file is from: a mapping from path, folder or glob to outlet, or a table
        (CSV path or DataFrame) with the columns file, outlet. It wins over the header of the
        file (`Outlet:`, `Source:`, `Publication:`), which wins over the first folder below
        `path`. A web page's name of its site counts only where none of these speaks.
    metadata
        A table about the articles (path of a .csv, .tsv or .xlsx, or a DataFrame) with a column
        `file` (a path below `path`, or a name, with or without its ending) or `id`. What a row
        says wins over the file, an empty cell says nothing; columns that are not fields of
        `Article` become columns of the article table. `articles.csv` (.tsv, .xlsx) at the top of
        the folder is taken by itself if it has such a column, no texts, and names a file of the
        folder: the report says so. `False` joins nothing. `report.unmatched()` lists the rows
        and articles without a partner.
    encoding
        Encoding of the files that are neither UTF-8 nor say what they are. Without it such a
        file is read by a guess, and its row says so.
    clean
        Whether page furniture ("Comments", "Also read: …", "Share this article") is cut, or
        the rules of `cleaning_rules()` for it. The text is never edited: a cut is a span that is
        not read, with its reason. Header lines are no part of the body in any case.
    date_order
        "dmy" or "mdy" if the order of dates like 03/02/2026 is known. Otherwise the other dates
        of the same table settle it, or they are left empty with a note.
    columns
        For tables of articles, where their names do not tell: what a column holds ("text",
        "headline", "date", "outlet", "byline", "section", "language", "url") to its name.
    hyphens
        "join": in a PDF, words that the ends of lines divide are put together; "keep": not.
    language
        "guess": an article that says no language gets the one in whose word list most of its
        words are, and a note that this is a guess, with the share (needs simplemma). It is
        chosen among German, English, Spanish, French, Italian, Dutch and Portuguese, or among
        the codes that are given instead: ("en", "hi"). None leaves it empty.

    Returns
    -------
    Articles
        A sequence of `Article`; its `report` has one row a file.

    Raises
    ------
    FileNotFoundError
        If `path` does not exist.
    DataError
        If nothing could be loaded. A bad file alone never raises: it gets its row.
    """
    given: dict[str, Any] = {"encoding": encoding, "clean": clean, "date_order": date_order}
    given |= {"columns": columns, "hyphens": hyphens, "language": language}
    items: list[Article] = []
    rows: list[Row] = []
    with Stream(path, outlets=outlets, metadata=metadata, **given) as stream:
        for passage in stream.passages():
            items += passage.articles
            rows += passage.rows
        return Articles(*stream.joined(items, stream.report(rows)))
