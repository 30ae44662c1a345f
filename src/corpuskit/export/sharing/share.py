"""A corpus and its results -> a folder that can be shared: figures and places, no running text."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import count
from os import PathLike
from pathlib import Path
from typing import Any

from ...analysis.frequency import frequency_list
from ...corpus.corpus import Corpus
from ...corpus.disk.manifest import tool_version
from ...corpus.finding.find import Hits
from ...corpus.sharding.partial import missing_note, undivided
from ...errors import DataError, kind, refuse, whole
from ...result import Result, counted
from ..files import Written, write_whole
from ..tables import csv_bytes
from .parts import Files, Names, add_hits, add_tables, articles_files, cleaned, json_bytes

FORMAT = 1
MOST_CONTEXT = 10  # words on either side
FIELDS = ("headline", "outlet", "section", "byline", "published", "language", "url")


@dataclass(frozen=True)
class Shared(Written):
    """What was written: `rows` counts tables, `holds` says how much else there is."""

    holds: str = ""

    def __repr__(self) -> str:
        head = f"{self.path.name}: {self.holds}, {counted(self.rows, 'table')}."
        return "\n".join([head, *self.notes])


@undivided
def to_share(
    path: str | PathLike[str],
    corpus: Corpus,
    *,
    hits: Hits | Iterable[Hits] = (),
    tables: Mapping[str, Result] | None = None,
    context: int = 5,
) -> Shared:
    """Write what lets others who have the same articles rebuild every table, and no article.

    Parameters
    ----------
    path
        A new folder, or a file that ends in .zip.
    corpus
        What the tables were made of.
    hits
        What `corpus.find` returned, one or several: the place of each hit is written.
    tables
        Results by name. With one of near_duplicates among them, tables that count stories can
        be made again.
    context
        Words shown on either side of a hit, 0 to 10; with 0 the hit alone.

    Returns
    -------
    Shared
        The path, the number of tables (rows), and notes on what was held back.

    Raises
    ------
    ValueError
        If hits are of another corpus, or the context is out of range.
    DataError
        If the path is taken.

    Notes
    -----
    Written are: articles (id, outlet, date, words, hash of the text, further columns that a
    table asks for), spans that are read (numbers), settings, the frequency list, hits, tables,
    and a README. No cell shares six words in a row with an article: one that does becomes a
    hash, and the contexts of concordances among the tables, and columns that can be read as
    running text from cell to cell, are left out; whoever rebuilds them can still check. Contexts
    of hits never overlap or touch: where they would, the later hit is written without. The
    trap: rare words, names and short n-grams may still tell much about a text, and
    whether they may be given away is for you to judge.
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    context = whole("context", context, "words", 0)
    if context > MOST_CONTEXT:
        refuse("context", f"at most {MOST_CONTEXT} words", context, "Give for instance context=5.")
    found = _checked(corpus, [hits] if isinstance(hits, Hits) else list(hits))
    named = _results(tables or {})
    names = Names(corpus, _asked(named, found, corpus))
    files: Files = {"frequency.csv": csv_bytes(cleaned(frequency_list(corpus).frame, names)[0])}
    files["articles.csv"], files["spans.csv"] = articles_files(corpus, names)
    notes = [*missing_note(corpus), *add_hits(files, found, context, names)]
    notes += add_tables(files, named, names)
    files["settings.json"] = json_bytes(_settings(corpus, context))
    files["README.txt"] = _readme(len(corpus), len(found), len(named), context, notes).encode()
    files["manifest.json"] = json_bytes(_manifest(files))
    _write(Path(path), files)
    told = (counted(len(corpus), "article"), counted(len(found), "pattern"))
    return Shared(Path(path), len(named), notes=tuple(notes), holds=", ".join(told))


def _checked(corpus: Corpus, found: Sequence[Hits]) -> Sequence[Hits]:
    """Return the hits; raise unless all are of this corpus, or a part of it."""
    for one in found:
        kind("hits", one, Hits, 'Give what corpus.find("partner*") returns.')
        if one.corpus.store is not corpus.store or set(one.article) - set(corpus.selected):
            refuse("hits", "hits of this corpus", repr(one), "Give corpus.find(pattern).")
    return found


def _results(tables: Mapping[str, Result]) -> dict[str, Result]:
    """Return the tables by name; raise if one is no Result."""
    for name, result in tables.items():
        kind(f"tables[{name!r}]", result, Result, "Give what rates, kwic and the others return.")
    return {str(name): result for name, result in tables.items()}


def _asked(tables: Mapping[str, Result], found: Sequence[Hits], corpus: Corpus) -> list[str]:
    """Return the columns of articles that a table is asked by, or restricted to."""
    params = [result.params for result in tables.values()] + [one.caption for one in found]
    wheres = [where for one in params if isinstance(where := one.get("where"), Mapping)]
    by = {str(one["by"]) for one in params if one.get("by")}
    known = set(corpus.articles) - {"id", "outlet", "date", "published", "words", "sentences"}
    return sorted((by | {str(name) for where in wheres for name in where}) & (known - {"notes"}))


def _settings(corpus: Corpus, context: int) -> dict[str, Any]:
    """Return how the corpus was read and made."""
    items = map(corpus.source, corpus.selected.tolist())
    rules = sorted({cut.rule for item in items for cut in item.cuts})
    settings = {"version": tool_version(), "tokens": asdict(corpus.store.policy)}
    return settings | {"zones": list(corpus.zones), "cut_by": rules, "context": context}


def _manifest(files: Files) -> dict[str, Any]:
    """Return what the folder holds, with sizes and hashes."""
    listed = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    }
    return {"format": "corpuskit share", "number": FORMAT, "files": listed}


def _write(path: Path, files: Files) -> None:
    """Write all files to a new folder or zip; nothing that is there is overwritten."""
    if path.exists() or path.is_symlink():
        raise DataError(f"{path}: there is something already. Nothing was written. Name a new one.")
    if path.suffix.lower() == ".zip":
        write_whole(path, _zipped(files))
        return
    part = next(p for n in count() if not (p := path.with_name(f".{path.name}.{n}.part")).exists())
    for name, data in files.items():
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(part / name, data)
    part.rename(path)


def _zipped(files: Files) -> bytes:
    """Return a zip of the files; the same files give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _readme(articles: int, patterns: int, tables: int, context: int, notes: list[str]) -> str:
    """Return the text that says what is in the folder and how to use it."""
    held = "\n".join(f"- {note}" for note in notes) or "- nothing"
    return f"""What this is
============
The figures of a study of {counted(articles, "article")}, without the articles. No more of
their running text is in here than the hits with at most {counted(context, "word")} on
either side; these stretches never touch.

articles.csv    id, outlet, date, words of each article, and the SHA-256 of its text (UTF-8)
spans.csv       which characters of each article were read, and as what
settings.json   what counted as a token, rules that cut, versions
frequency.csv   every word: occurrences, per 10,000 words, articles
hits/*.csv      {counted(patterns, "pattern")}: each hit as article, start, end (characters);
                hits.json says what was looked for
tables/*.csv    {counted(tables, "table")}; tables.json holds their names, settings and notes
manifest.json   size and SHA-256 of every file here

How to rebuild it
=================
With the same articles (read from wherever you have them) and corpuskit:

    import corpuskit as ck
    share = ck.export.open_share("this folder", ck.read_articles("your articles"))
    share.report       # same, changed, missing, extra: article by article
    share.hits("...")  # the hits of a pattern, in your articles
    share.rebuild()    # every table made again and compared

In a CSV file an apostrophe before = + - @ keeps spreadsheets from running a cell.

Held back
=========
{held}
"""
