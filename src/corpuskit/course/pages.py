"""An executed notebook -> one HTML page that opens anywhere, with words for every figure."""

from __future__ import annotations

import ast
import copy
import html
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from traitlets.config import Config

from ..export import page
from .kernels import as_node, one_line
from .subject import Subject, folded

PICTURES = ("image/png", "image/jpeg")
SHOWN = ["text/html", "text/markdown", *PICTURES, "text/plain"]
TAGS = """
a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li
mark ol p pre s small span strong sub summary sup table tbody td tfoot th thead tr ul
"""
PLAIN = {"alt", "class", "colspan", "dir", "id", "lang", "open", "rowspan", "scope", "style"}
CSS = ["font-weight", "max-width", "min-width", "text-align", "width"]
LESSON = "corpuskit_lesson"  # marks a cell whose text is about the teaching corpus
TITLE = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)
LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
STYLE = """
nav { display: flex; gap: 1.5rem; flex-wrap: wrap; padding: .5rem 0; }
nav { border-bottom: 1px solid #ddd; }
img { max-width: 100%; height: auto; } pre { overflow-x: auto; margin: .3rem 0; }
.input_area pre { background: #f5f5f5; padding: .4rem .7rem; border-left: 3px solid #ccc; }
.prompt { color: #666; font: .75rem monospace; } .output_area { overflow-x: auto; }
.output_error pre, .output_stderr pre, .failed { background: #fdecea; padding: .4rem .7rem; }
blockquote { border-left: 3px solid #ccc; margin-left: 0; padding-left: 1rem; color: #444; }
@media print { nav { display: none; } .cell { break-inside: avoid; } }
"""


def title_of(notebook: NotebookNode, otherwise: str) -> str:
    """Return the first heading of a notebook as plain text."""
    for cell in notebook.cells:
        found = TITLE.search(cell.source) if cell.cell_type == "markdown" else None
        if found:
            return _plain(found[1])
    return otherwise


def question_of(notebook: NotebookNode) -> str:
    """Return the paragraph after the first heading: the notebook's question."""
    text = "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    found = TITLE.search(text)
    rest = text[found.end() :] if found else ""
    blocks = [block.strip() for block in rest.split("\n\n")]
    return next((_plain(block) for block in blocks if block and block[0] not in "#|<!-"), "")


def describe_figures(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of `notebook` in which every figure has words (`metadata[...]["alt"]`).

    Parameters
    ----------
    notebook
        An executed notebook. The words of a figure are what `describe(...)` showed in its own
        cell, else in the next code cell; failing that, the heading above the figure.
    """
    notebook = copy.deepcopy(notebook)
    heading, cells = "", notebook.cells
    for i, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            heading = (
                [_plain(h) for h in re.findall(r"^#+\s+(.+)$", cell.source, re.M)] or [heading]
            )[-1]
        for output in cell.get("outputs", []):
            for kind in set(PICTURES) & set(output.get("data", {})):
                words = _described(cell) or _described(_next_code(cells, i))
                alt = words or f"Figure: {heading or 'no description was printed'}"
                output.metadata.setdefault(kind, {})["alt"] = alt
    return notebook


def first_figure(notebook: NotebookNode) -> tuple[str, str]:
    """Return the first PNG of a described notebook in base64, and its words; else two blanks."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                picture = "".join(output.data["image/png"].split())
                return picture, str(output.metadata["image/png"]["alt"])
    return "", ""


def notebook_page(
    notebook: NotebookNode,
    name: str,
    *,
    subject: Subject,
    around: Mapping[str, tuple[str, str]],
    pages: Sequence[str],
    tables: Mapping[int, Sequence[str]],
    failure: str = "",
) -> str:
    """Return the page of one described notebook.

    Parameters
    ----------
    notebook
        The executed notebook, from `describe_figures`.
    name
        Its name without ending.
    subject
        What the report is about. Where the lesson speaks of something else, a banner says so
        and its text after the first code cell is folded away.
    around
        "Previous" and "Next" -> (file, title) of the neighbours.
    pages
        Names of all notebooks in the report; links to other notebooks become plain text.
    tables
        Cell number -> the CSV files of its tables.
    failure
        What went wrong, if anything did.
    """
    title = title_of(notebook, name)
    links = ['<a href="index.html">All notebooks</a>']
    links += [
        f'<a href="{html.escape(file)}">{side}: {html.escape(label)}</a>'
        for side, (file, label) in around.items()
    ]
    nav = f'<nav aria-label="Notebooks">{"".join(links)}</nav>'
    note = f'<p class="failed">Stopped early. {html.escape(failure)}</p>' if failure else ""
    shown = _with_tables(notebook, tables)
    body, _ = _exporter().from_notebook_node(shown if subject.taught else _marked(shown))
    body = LINK.sub(lambda found: _link(found, pages), body)
    top = f"{nav}{subject.banner()}{note}"
    style = STYLE + subject.style + HtmlFormatter(style="default").get_style_defs(".highlight")
    return page(title, f"{top}<main>{body}</main>{nav}", style)


def sanitized(element: object) -> str:
    """Return HTML in which only harmless elements are left; all other markup becomes text."""
    text = element.decode() if isinstance(element, bytes) else str(element)
    text = re.sub(r"(?is)<style\b.*?</style\s*>", "", text)
    css = CSSSanitizer(allowed_css_properties=CSS)
    return str(
        bleach.clean(
            text,
            tags=set(TAGS.split()),
            attributes=_harmless,
            protocols={"http", "https", "mailto", "data"},
            css_sanitizer=css,
        )
    )


def _harmless(tag: str, name: str, value: str) -> bool:
    """Tell whether an attribute may stay: pictures carry their data, links are addresses."""
    if tag == "img" and name == "src":
        return value.startswith("data:image/")
    if tag == "a" and name == "href":
        return not value.strip().lower().startswith("data:")
    return name in PLAIN or (tag == "img" and name in ("width", "height"))


def _exporter() -> HTMLExporter:
    """Return an exporter of page bodies that names no outside address and runs no script."""
    config = Config({"NbConvertBase": {"display_data_priority": SHOWN}})
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name="basic",
        sanitize_html=True,
        exclude_anchor_links=True,
        mathjax_url="",
        require_js_url="",
        jquery_url="",
        mermaid_js_url="",
        mermaid_layout_elk_js_url="",
        jupyter_widgets_base_url="",
        widget_renderer_url="",
    )
    exporter.register_filter("clean_html", _cleaned)  # type: ignore[no-untyped-call]
    return exporter


@pass_context
def _cleaned(context: Context, element: object) -> str:
    """Return sanitised HTML, folded where it is the text of a marked cell."""
    text, cell = sanitized(element), context.get("cell") or {}
    return folded(text) if cell.get("metadata", {}).get(LESSON) is True else text


def _marked(notebook: NotebookNode) -> NotebookNode:
    """Return `notebook` with a mark on every Markdown cell after the first code cell."""
    kinds = [cell.cell_type for cell in notebook.cells]
    first = kinds.index("code") if "code" in kinds else len(kinds)
    for i, cell in enumerate(notebook.cells):
        cell.metadata.pop(LESSON, None)
        if i > first and cell.cell_type == "markdown":
            cell.metadata[LESSON] = True
    return notebook


def _with_tables(notebook: NotebookNode, tables: Mapping[int, Sequence[str]]) -> NotebookNode:
    """Return a copy of `notebook` with a link to its CSV file under every shown table."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        for file in tables.get(cell.get("execution_count") or 0, ()):
            name = html.escape(PurePosixPath(file).name)
            link = f'<p class="table-file"><a href="{html.escape(file)}">{name}</a></p>'
            shown = {"output_type": "display_data", "metadata": {}, "data": {"text/html": link}}
            cell.outputs.append(as_node(shown))
    return notebook


def _link(found: re.Match[str], pages: Sequence[str]) -> str:
    """Return a link that works inside the report; one that leads out of it becomes text."""
    address, label = html.unescape(found[1]), found[2]
    file, hash_, part = address.partition("#")
    if not file or file.startswith("tables/") or re.match(r"(?i)(https?|mailto):", file):
        return found[0]
    stem = file.removeprefix("./").removesuffix(".ipynb")
    if file.endswith(".ipynb") and stem in pages:
        return f'<a href="{html.escape(stem)}.html{hash_}{html.escape(part)}">{label}</a>'
    return f"<span>{label}</span>"


def _described(cell: NotebookNode | None) -> str:
    """Return what `describe(...)` showed in a code cell, in one line."""
    if cell is None or "describe(" not in cell.source:
        return ""
    texts = []
    for output in cell.get("outputs", []):
        if output.output_type == "stream" and output.name == "stdout":
            texts.append("".join(output.text))
        elif output.output_type == "execute_result":
            texts.append(_unwrapped("".join(output.data.get("text/plain", ""))))
    return one_line(" ".join(texts))


def _unwrapped(text: str) -> str:
    """Return the string that a repr stands for, or the text as it is."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    return value if isinstance(value, str) else text


def _next_code(cells: Sequence[NotebookNode], i: int) -> NotebookNode | None:
    """Return the first code cell after cell `i`, unless it draws a figure of its own."""
    after = next((c for c in cells[i + 1 :] if c.cell_type == "code" and c.source.strip()), None)
    drawn = (
        [o for o in after.get("outputs", []) if set(PICTURES) & set(o.get("data", {}))]
        if after
        else []
    )
    return None if drawn else after


def _plain(markdown: str) -> str:
    """Return a line of Markdown as plain text: no emphasis, no code marks, no link targets."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return one_line(re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", text))
