"""The job: notebooks and a corpus in, a report out that opens anywhere and bites nobody."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from small_course import (
    DESCRIBE,
    FIND,
    FIRST,
    PAYLOAD,
    PLOT,
    READ,
    corpus_in,
    files_in,
    lesson,
    save,
)

import corpuskit as ck
from corpuskit.course import Report, run
from corpuskit.course.folder import MANIFEST, check_folder, publish
from corpuskit.course.pages import describe_figures, question_of, sanitized, title_of

HOSTILE = f"""\
from IPython.display import HTML, Javascript, Markdown
display(HTML({PAYLOAD + '<a href="javascript:alert(3)">a</a><iframe src="http://evil.example">'!r}))
display(Markdown({PAYLOAD!r}), Javascript("alert(4)"))
display(HTML('<img src="http://evil.example/x.png"><style>@import "http://evil.example/"</style>'))
print(corpus.text(0))"""
LINKS = (
    "[two](01_two.ipynb) [own](solutions/00_one.ipynb) [sheet](../data/README.md) "
    "[web](https://example.org/) ![far](http://evil.example/y.png)\n\n" + PAYLOAD
)
COUNTS = "import pathlib\nprint(DATA, NODE, pathlib.Path.cwd().name)"


@dataclass(frozen=True)
class Ran:
    """One run of the small course, shared by the tests below."""

    report: Report
    out: Path
    files: dict[str, bytes]

    def page(self, name: str) -> str:
        return self.files[name].decode("utf-8")


def write_course(folder: Path) -> Path:
    figure = [("text", "## The bars"), PLOT, DESCRIBE, ("text", "## No words"), PLOT]
    shown = ("code", "ck.kwic(corpus.find(NODE), window=-1)", "raises-exception")
    save(
        lesson("00 · One *first*", FIRST, READ, FIND, *figure, question=LINKS),
        folder / "00_one.ipynb",
    )
    save(lesson("01 · Two", FIRST, READ, HOSTILE, COUNTS, shown, FIND), folder / "01_two.ipynb")
    broken = "1 / 0  # \x1b[31m"
    save(
        lesson("02 · Three", FIRST, "print('as far as this')", broken, "2"),
        folder / "02_three.ipynb",
    )
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a space, an accent and markup in its name, and a course in it."""
    home = tmp_path_factory.mktemp("course") / "my kit é <b>"
    write_course(home / "notebooks")
    corpus_in(home / "reports of mine <i>é", hits=60)
    return home


@pytest.fixture(scope="module")
def ran(home: Path) -> Ran:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        report = run("reports of mine <i>é", "partner|talks")
    return Ran(report, home / "reports", files_in(home / "reports"))


def test_the_report_says_what_there_is(ran: Ran) -> None:
    # 6 + 6 cells, and the third notebook stops in its third
    assert repr(ran.report) == (
        f"The report is in {Path('reports', 'index.html')}: 3 notebooks, 15 cells, 4 tables."
    )
    assert sorted(ran.files) == [
        "00_one.html",
        "01_two.html",
        "02_three.html",
        MANIFEST,
        "index.html",
        "methods.txt",
        "notebooks/00_one.ipynb",
        "notebooks/01_two.ipynb",
        "notebooks/02_three.ipynb",
        "tables/00-cell2-card.csv",
        "tables/00-cell3-kwic.csv",
        "tables/01-cell2-card.csv",
        "tables/01-cell6-kwic.csv",
    ]


def test_a_failing_cell_is_named_in_one_line_and_what_ran_is_kept(ran: Ran) -> None:
    assert ran.report.failures == ("02_three.ipynb, cell 3: ZeroDivisionError: division by zero",)
    page = ran.page("02_three.html")
    assert "Stopped early. 02_three.ipynb, cell 3: ZeroDivisionError: division by zero" in page
    assert "as far as this" in page
    assert "Stopped early. 02_three.ipynb" in ran.page("index.html")
    notebook = nbformat.reads(ran.page("notebooks/02_three.ipynb"), as_version=4)
    assert [c.execution_count for c in notebook.cells[1:]] == [1, 2, 3, None]


def test_each_notebook_gets_the_folder_the_node_and_its_own_place(ran: Ran, home: Path) -> None:
    notebook = nbformat.reads(ran.page("notebooks/01_two.ipynb"), as_version=4)
    said = notebook.cells[4].outputs[0].text
    assert said == f"{(home / 'reports of mine <i>é').resolve()} partner|talks notebooks\n"


def test_tables_hold_every_row_of_what_was_shown(ran: Ran, home: Path) -> None:
    corpus = ck.read_corpus(home / "reports of mine <i>é")
    wanted = ck.kwic(corpus.find("partner|talks")).to_frame()
    assert len(wanted) > 200
    table = ck.export.read_csv(ran.out / "tables" / "00-cell3-kwic.csv")
    assert table.astype(str).equals(wanted.astype(str))


class Marks(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


PAGES = ["index.html", "00_one.html", "01_two.html", "02_three.html"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_nothing_and_asks_nobody(name: str, ran: Ran) -> None:
    page = ran.page(name)
    found = Marks(page).found
    assert {tag for tag, _ in found} & {
        "script",
        "iframe",
        "object",
        "link",
        "base",
        "form",
    } == set()
    assert [a for tag, a in found if any(key.startswith("on") for key in a)] == []
    sources = [a["src"] or "" for _, a in found if "src" in a]
    assert [source for source in sources if not source.startswith("data:image/png;base64,")] == []
    links = [a["href"] or "" for tag, a in found if tag == "a" and "href" in a]
    outside = [link for link in links if re.match(r"[a-z]+:", link) and "example.org" not in link]
    assert outside == []
    inside = [link for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in inside if link not in ran.files] == []
    assert "@import" not in re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)
    assert {"http-equiv": "Content-Security-Policy"}.items() <= found[3][1].items()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_title_a_language_and_words_for_each_figure(name: str, ran: Ran) -> None:
    page = ran.page(name)
    assert '<html lang="en">' in page
    assert re.search("<title>[^<]+</title>", page)
    assert page.count("<title>") == page.count("<main>") == 1
    pictures = [a for tag, a in Marks(page).found if tag == "img" and "src" in a]
    assert all(a.get("alt") for a in pictures)


def test_figures_are_described_by_the_next_cell_or_by_their_heading(ran: Ran) -> None:
    pictures = [a for tag, a in Marks(ran.page("00_one.html")).found if a.get("src")]
    assert [a["alt"] for a in pictures] == ['Two <bars> & "a line"', "Figure: No words"]
    first = [a for tag, a in Marks(ran.page("index.html")).found if tag == "img"]
    assert [a["alt"] for a in first] == ['Two <bars> & "a line"']
    assert first[0]["src"] == pictures[0]["src"]
    data = base64.b64decode((pictures[0]["src"] or "").partition(",")[2])
    assert data.startswith(b"\x89PNG")


def test_hostile_text_is_shown_as_text(ran: Ran) -> None:
    page = ran.page("01_two.html")
    assert "A text may hold &lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in ran.page("00_one.html")
    assert "reports of mine &lt;i&gt;é" in ran.page("index.html")
    assert "alert(4)" not in re.sub(r'<div class="input">.*?</pre>', "", page, flags=re.DOTALL)


def test_the_money_is_not_mathematics(ran: Ran) -> None:
    page = ran.page("01_two.html")
    assert "$5 million to $10 million" in page
    assert "mathjax" not in page.replace("mathjax_ignore", "").lower()


def test_pages_lead_to_each_other(ran: Ran) -> None:
    page = ran.page("01_two.html")
    assert page.count('<a href="00_one.html">Previous: 00 · One first</a>') == 2
    assert page.count('<a href="02_three.html">Next: 02 · Three</a>') == 2
    assert page.count('<a href="index.html">') == 2
    first = ran.page("00_one.html")
    assert "Previous:" not in first
    assert '<a href="01_two.html">two</a> <span>own</span> <span>sheet</span>' in first
    assert '<a href="tables/00-cell3-kwic.csv">00-cell3-kwic.csv</a>' in first


def test_the_index_names_notebooks_questions_tables_and_the_corpus(ran: Ran) -> None:
    page = ran.page("index.html")
    assert '<a href="00_one.html">00 · One first</a></h2><p>two own sheet web far</p>' in page
    assert "Ran: 6 cells." in page
    assert "4 files: 4 loaded, 0 with a note, 0 skipped." in page
    assert "Tables as CSV (2)" in page
    assert "00-cell3-kwic.csv</a> Kwic(pattern=&#x27;partner|talks&#x27;" in page


def test_the_methods_name_data_versions_and_defaults_and_no_date(ran: Ran) -> None:
    text = ran.page("methods.txt")
    assert text.startswith(
        "The corpus is the folder 'reports of mine <i>é': 4 articles from 2 named outlets, "
    )
    assert "dated 2026-01-26 to 2026-01-27" in text
    assert "The node is 'partner|talks'." in text
    assert "10 words on either side, collocates are counted 5 words to the left and 5" in text
    assert "95 % bootstrap intervals over articles (2,000 draws, seed 1)" in text
    assert re.search(r"Python 3\.\d+\.\d+, corpuskit \S+.*, numpy 2\.\d", text)
    assert not re.search(r"20\d\d-(?!01-2[67])", text)


def test_shown_errors_keep_no_trace_of_the_machine(ran: Ran) -> None:
    notebook = nbformat.reads(ran.page("notebooks/01_two.ipynb"), as_version=4)
    error = notebook.cells[5].outputs[0]
    assert error.traceback == [f"{error.ename}: {error.evalue}"]
    assert error.ename == "ValueError"


def test_a_second_report_is_the_same_bytes_and_touches_no_foreign_file(
    ran: Ran, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    mine = ran.out / "tables" / "mine.csv"
    mine.write_text("mine")
    stale = {"tables/09-cell1-kwic.csv": b"old", "tables/09-cell2-kwic.csv": b"old"}
    manifest = json.loads((ran.out / MANIFEST).read_text("utf-8"))
    for name, data in stale.items():
        (ran.out / name).write_bytes(data)
        manifest["files"][name] = hashlib.sha256(data).hexdigest()
    (ran.out / MANIFEST).write_text(json.dumps(manifest))
    (ran.out / "tables/09-cell2-kwic.csv").write_text("edited by hand")
    again = run(home / "reports of mine <i>é", "partner|talks", workers=1)
    assert again.failures == ran.report.failures
    kept = {"tables/mine.csv": b"mine", "tables/09-cell2-kwic.csv": b"edited by hand"}
    assert files_in(ran.out) == ran.files | kept


def test_the_course_own_corpus_keeps_its_short_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(lesson("00 · One", FIRST, COUNTS), tmp_path / "notebooks" / "00_one.ipynb")
    corpus_in(tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    assert run().failures == ()
    text = (tmp_path / "reports" / "notebooks" / "00_one.ipynb").read_text("utf-8")
    assert "../data/raw partner* notebooks" in text


def test_nothing_of_the_user_reaches_a_kernel_and_a_dead_kernel_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel of the user's named python3, a startup script, a style, a backend: all unused."""
    kernel = tmp_path / "share" / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps({"argv": ["false"], "display_name": "x", "language": "python"}))
    startup = tmp_path / "ipython" / "profile_default" / "startup" / "00.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("raise SystemExit")
    (tmp_path / "mine.rc").write_text("figure.dpi: 10")
    for name, value in {
        "JUPYTER_PATH": tmp_path / "share",
        "IPYTHONDIR": tmp_path / "ipython",
        "MATPLOTLIBRC": tmp_path / "mine.rc",
        "MPLBACKEND": "agg",
        "HOME": "/nonexistent",
    }.items():
        monkeypatch.setenv(name, str(value))
    dies = "import os\nos._exit(3)"
    width = "import matplotlib as mpl\nprint(mpl.get_backend(), mpl.rcParams['figure.dpi'])"
    save(lesson("00 · One", PLOT, width, dies), tmp_path / "notebooks" / "00_one.ipynb")
    data = corpus_in(tmp_path / "data")
    report = run(data, notebooks=tmp_path / "notebooks", out=tmp_path / "out")
    assert report.failures == ("00_one.ipynb, cell 3: DeadKernelError: Kernel died",)
    text = (tmp_path / "out" / "notebooks" / "00_one.ipynb").read_text("utf-8")
    assert "image/png" in text
    assert re.search(r"inline 100\.0", text)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"folder": "nowhere"}, "nowhere: there is no such folder. Nothing was run."),
        ({"folder": "data", "notebooks": "data"}, "data: there are no numbered notebooks in this"),
        ({"folder": "data", "out": "data/out"}, "data/out: the report would lie inside the corpus"),
        ({"folder": "data", "out": "note.txt"}, "note.txt: this is a file. Nothing was run."),
        ({"folder": "data", "out": "."}, "notebooks: a report would overwrite this, and corpuskit"),
        ({"folder": "data", "out": "site"}, "site/index.html: a report would overwrite this,"),
        ({"folder": "data", "node": ""}, "`pattern` must be"),
        (
            {"folder": "data", "workers": 0},
            "`workers` must be a whole number of kernels, 1 or more",
        ),
        ({"folder": "empty"}, "empty: "),
    ],
)
def test_what_cannot_be_run_is_said_before_anything_is_run(
    arguments: dict[str, object], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus_in(tmp_path / "data")
    save(lesson("00 · One", "1"), tmp_path / "notebooks" / "00_one.ipynb")
    for folder in ("site", "empty"):
        Path(folder).mkdir()
    Path("site/index.html").write_text("my site")
    Path("note.txt").write_text("mine")
    before = files_in(tmp_path)
    with pytest.raises((ValueError, OSError)) as error:
        run(**arguments)  # type: ignore[arg-type]
    assert str(error.value).replace(os.sep, "/").startswith(message)
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(
    "text", ["not json", "[]", '{"nbformat": 3}', '{"nbformat": 4, "cells": 1}']
)
def test_a_file_that_is_no_notebook_is_named(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus_in(tmp_path / "data")
    Path("notebooks").mkdir()
    Path("notebooks/00_one.ipynb").write_text(text)
    with pytest.raises(ck.DataError, match=r"00_one\.ipynb: this is not a notebook of format 4 \("):
        run("data")


def test_a_link_out_of_the_report_is_not_followed_when_old_files_go(tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other.csv"
    publish(out, {"tables/a.csv": b"a", "index.html": b"i"})
    other.write_bytes(b"a")
    (out / "tables" / "a.csv").unlink()
    (out / "tables" / "a.csv").symlink_to(other)
    check_folder(out, ["tables", "index.html"])
    publish(out, {"index.html": b"j"})
    assert other.read_bytes() == b"a"
    assert (out / "index.html").read_bytes() == b"j"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (PAYLOAD, "&lt;script&gt;alert(1)&lt;/script&gt;<img>"),
        ('<a href="JAVASCRIPT:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<a href="https://example.org">x</a>', '<a href="https://example.org">x</a>'),
        (
            '<p style="text-align:right;background:url(http://e)">1</p>',
            '<p style="text-align:right;">1</p>',
        ),
        ("<svg onload=alert(1)>", "&lt;svg onload=alert(1)&gt;"),
        ("<style>td { color: red }</style><p onclick=x>y</p>", "<p>y</p>"),
        ('<img src="data:image/png;base64,AA">', '<img src="data:image/png;base64,AA">'),
    ],
)
def test_only_harmless_elements_are_left(html: str, shown: str) -> None:
    assert sanitized(html) == shown


def test_a_notebook_without_heading_or_figure() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    assert title_of(notebook, "00_one") == "00_one"
    assert question_of(notebook) == ""
    assert describe_figures(notebook) == notebook
