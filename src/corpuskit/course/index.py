"""The front page of a report, and the paragraph on methods."""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from nbformat import NotebookNode

from ..analysis.collocations.collocation import collocates
from ..analysis.comparing.comparison import rates
from ..analysis.concordances.concordance import kwic
from ..analysis.keys.keywords import keyness
from ..analysis.telling.methods import computed_with, intervals_in_words, span_in_words
from ..corpus.corpus import Corpus
from ..export import file_end, page
from ..result import counted
from .kernels import Executed
from .pages import first_figure, question_of, title_of
from .subject import Subject

PACKAGES = (
    "corpuskit",
    "numpy",
    "pandas",
    "scipy",
    "nltk",
    "nupunkt",
    "vaderSentiment",
    "matplotlib",
)
CAPTION = re.compile(r'<p class="corpuskit-caption">(.*?)</p>', re.DOTALL)
STYLE = """
section { border-top: 1px solid #ddd; margin-top: 1.5rem; } img { max-width: min(100%, 36rem); }
.failed { background: #fdecea; padding: .2rem .5rem; } .ran { color: #2a6b2a; }
details ul { columns: 2 22rem; } pre { white-space: pre-wrap; }
"""


@dataclass(frozen=True)
class Entry:
    """One notebook on the front page: its run and the CSV files of its tables by cell."""

    run: Executed
    tables: Mapping[int, Sequence[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file name of the notebook without ending."""
        return self.run.path.stem

    @property
    def title(self) -> str:
        """The first heading of the notebook."""
        return title_of(self.run.notebook, self.name)


def index_page(entries: Sequence[Entry], corpus: Corpus, subject: Subject, methods: str) -> str:
    """Return the front page: what was read, each notebook with its figure, the methods.

    Parameters
    ----------
    entries
        The notebooks, in the order of the course.
    corpus
        The corpus of the report; its card and its reading report are shown.
    subject
        What the report is about: folder, node, and whether the lesson speaks of them.
    methods
        The paragraph on methods.
    """
    title = f"corpuskit report: {subject.folder}{subject.label}"
    remark = f'<p class="failed">{html.escape(subject.remark)}</p>' if subject.remark else ""
    body = [
        f"<main><h1>{html.escape(title)}</h1>{subject.banner()}{remark}",
        f"<p>{html.escape(corpus.report.summary)}.</p>",
        corpus.card()._repr_html_(),
        *(_section(entry, subject.label) for entry in entries),
        f"<section><h2>Methods</h2><pre>{html.escape(methods)}</pre></section></main>",
    ]
    return page(title, "\n".join(body), STYLE + subject.style)


def methods_paragraph(corpus: Corpus, name: str, node: str) -> str:
    """Return the sentences for a methods section: data, versions, defaults; no date.

    Parameters
    ----------
    corpus
        The corpus of the report.
    name
        The name of its folder.
    node
        The pattern that was looked for.
    """
    articles = corpus.articles
    outlets = sorted(set(articles["outlet"]) - {""})
    drawn = (_default(rates, name) for name in ("level", "draws", "seed"))
    return (
        f"The corpus is the folder {name!r}: {len(corpus):,} articles from {len(outlets):,} named "
        f"outlets, {int(articles['words'].sum()):,} words (punctuation marks are not counted)"
        f"{_dates(list(articles['date']))}. {corpus.report.summary}.\n"
        f"The node is {node!r}. Unless a table says otherwise, concordance lines show "
        f"{_default(kwic, 'window')} words on either side, collocates are counted "
        f"{span_in_words(_default(collocates, 'span'))}, and intervals are "
        f"{intervals_in_words(*drawn)}. Keyness takes "
        f"words that occur at least {_default(keyness, 'min_freq')} times in at least "
        f"{_default(keyness, 'min_range')} articles. Every table carries its own parameters in "
        f"its caption.\n{computed_with(PACKAGES)}\n"
    )


def captions(notebook: NotebookNode, count: int) -> dict[str, str]:
    """Return what cell number `count` shows: end of the table's file name -> caption (HTML)."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        if cell.get("execution_count") == count:
            for output in cell.outputs:
                view = "".join(output.get("data", {}).get("text/html", ""))
                for line in CAPTION.findall(view):
                    found[file_end(html.unescape(line).split("(")[0], found)] = line
    return found


def _section(entry: Entry, label: str) -> str:
    """Return the part of the front page on one notebook."""
    picture, words = first_figure(entry.run.notebook)
    figure = (
        f'<p><img src="data:image/png;base64,{picture}" alt="{html.escape(words)}"></p>'
        if picture
        else "".join(f"<p>{line}</p>" for line in _key_lines(entry))
    )
    link = f'<a href="{html.escape(entry.name)}.html">{html.escape(entry.title + label)}</a>'
    question = html.escape(question_of(entry.run.notebook))
    return (
        f"<section><h2>{link}</h2><p>{question}</p>{_status(entry)}{figure}{_tables(entry)}"
        f'<p><a href="notebooks/{html.escape(entry.run.path.name)}">Notebook</a></p></section>'
    )


def _status(entry: Entry) -> str:
    """Return whether the notebook ran, and how far."""
    if entry.run.failure:
        return f'<p class="failed">Stopped early. {html.escape(entry.run.failure)}</p>'
    return f'<p class="ran">Ran: {counted(entry.run.cells, "cell")}.</p>'


def _key_lines(entry: Entry) -> list[str]:
    """Return the first three captions of a notebook without a figure."""
    lines = [captions(entry.run.notebook, count).values() for count in entry.tables]
    return list(chain.from_iterable(lines))[:3]


def _tables(entry: Entry) -> str:
    """Return the list of a notebook's tables as CSV, each with its caption."""
    items = []
    for count, files in entry.tables.items():
        lines = captions(entry.run.notebook, count)
        for file in files:
            name = html.escape(file.removeprefix("tables/"))
            line = lines.get(file.removesuffix(".csv").split(f"-cell{count}-", 1)[1], "")
            items.append(f'<li><a href="tables/{name}">{name}</a> {line}</li>')
    if not items:
        return ""
    return (
        f"<details><summary>Tables as CSV ({len(items)})</summary><p>Text that a spreadsheet "
        "would run as a formula begins with an apostrophe there.</p>"
        f"<ul>{''.join(items)}</ul></details>"
    )


def _dates(dates: list[str]) -> str:
    """Return the first and the last date of the corpus in words, or nothing."""
    known = sorted(date for date in dates if date)
    return f", dated {known[0]} to {known[-1]}" if known else ", without dates"


def _default(function: Callable[..., object], name: str) -> Any:
    """Return the default of a parameter, so that this page never says another number."""
    return inspect.signature(function).parameters[name].default
