"""The job: notebooks and a corpus in, a report out that opens anywhere and bites nobody."""

from __future__ import annotations

import base64
import hashlib
import html
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
from corpuskit.course.subject import SUMMARY, Subject, folded

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
    assert [c.execution_count for c in notebook.cells[2:]] == [1, 2, 3, None]


def test_each_notebook_gets_the_folder_the_node_and_its_own_place(ran: Ran, home: Path) -> None:
    notebook = nbformat.reads(ran.page("notebooks/01_two.ipynb"), as_version=4)
    said = notebook.cells[5].outputs[0].text
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
    assert (
        '<a href="00_one.html">00 · One first · partner|talks</a></h2><p>two own sheet web far</p>'
        in page
    )
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
    error = notebook.cells[6].outputs[0]
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


NODE_CELL = (
    '<table><tbody><tr><td style="text-align:center;font-weight:{}">pact</td></tr></tbody></table>'
)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (PAYLOAD, "&lt;script&gt;alert(1)&lt;/script&gt;<img>"),
        ('<a href="JAVASCRIPT:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ('<a href="https://example.org">x</a>', '<a href="https://example.org">x</a>'),
        (
            '<p style="text-align:right;background:url(http://e)">1</p>',
            '<p style="text-align:right;">1</p>',
        ),
        (
            NODE_CELL.format("bold"),
            NODE_CELL.format("bold;"),
        ),
        ("<p>Note: one<br>Note: two</p>", "<p>Note: one<br>Note: two</p>"),
        ("<svg onload=alert(1)>", "&lt;svg onload=alert(1)&gt;"),
        ("<style>td { color: red }</style><p onclick=x>y</p>", "<p>y</p>"),
        ('<img src="data:image/png;base64,AA">', '<img src="data:image/png;base64,AA">'),
    ],
)
def test_only_harmless_elements_are_left(markup: str, shown: str) -> None:
    assert sanitized(markup) == shown


FINDINGS = (
    ("text", "## The bars\n\nThe Harbour Gazette leads.\n\n### Why\n\nIt has 9 hits."),
    ("text", f"Only prose.\n\n```\n# no heading\n```\n\n> # quoted\n\n{PAYLOAD}</details>"),
)


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with findings in its text, its own corpus, and a corpus of somebody else."""
    home = tmp_path_factory.mktemp("lessons")
    before = ("text", "Before the first cell.")
    first = lesson("00 · One", before, FIRST, FINDINGS[0], READ, FINDINGS[1], FIND)
    save(first, home / "notebooks" / "00_one.ipynb")
    corpus_in(home / "data" / "raw")
    corpus_in(home / "mine")
    return home


def pages_of(home: Path, out: str, *given: str) -> dict[str, bytes]:
    """Run the course of `lessons` and return its report."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        run(*given, out=out)
    return files_in(home / out)


def in_sight(page: bytes) -> str:
    """Return the words of a page that no `<details>` hides."""
    text = re.sub(r"<style>.*?</style>", "", page.decode("utf-8"), flags=re.DOTALL)
    text = re.sub(r'<details class="lesson">.*?</details>', " ", text, flags=re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", text).split())


@pytest.mark.parametrize(
    ("given", "folder", "node"),
    [
        (("mine",), "mine", "partner*"),
        (("data/raw", "talks"), "raw", "talks"),
        (("mine", "zz<b>`*"), "mine", "zz<b>`*"),
    ],
)
def test_what_the_lesson_says_of_other_articles_is_folded_away(
    given: tuple[str, ...], folder: str, node: str, lessons: Path
) -> None:
    files = pages_of(lessons, "out", *given)
    page, index = files["00_one.html"], files["index.html"]
    for text in map(in_sight, (page, index)):
        said = f"These are the articles in {folder} , and the node is {html.escape(node)} . The"
        assert said in text
    seen = in_sight(page)
    for heading in ("00 · One", "The bars", "Why"):
        assert heading in seen
    assert "What is here?" in seen
    assert "Before the first cell." in seen
    for text in ("The Harbour Gazette leads.", "It has 9 hits.", "Only prose.", "quoted"):
        assert text not in seen
        assert text in page.decode("utf-8")
    assert page.decode("utf-8").count(SUMMARY) == 3
    assert "<script" not in page.decode("utf-8")
    assert f"00 · One · {html.escape(node)}</a>" in index.decode("utf-8")
    assert f"<title>corpuskit report: {folder} · {html.escape(node)}</title>" in index.decode()
    nowhere = html.escape(f"No place in these articles matches {node!r}.")
    assert (nowhere in in_sight(index)) is node.startswith("zz")
    notebook = nbformat.reads(files["notebooks/00_one.ipynb"].decode("utf-8"), as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source.startswith(f"> These are the articles in `{folder}`, and")
    assert "teaching corpus" in notebook.cells[0].source
    assert [cell.source for cell in notebook.cells[1:]] == [
        cell.source for cell in nbformat.read(lessons / "notebooks/00_one.ipynb", 4).cells
    ]


def test_the_teaching_corpus_has_no_banner_and_folds_nothing(lessons: Path) -> None:
    files = pages_of(lessons, "own")
    for name in ("00_one.html", "index.html", "notebooks/00_one.ipynb"):
        text = files[name].decode("utf-8")
        assert "banner" not in text
        assert "lesson" not in text
        assert "teaching corpus" not in text
    assert "The Harbour Gazette leads." in in_sight(files["00_one.html"])
    assert "<title>corpuskit report: raw</title>" in files["index.html"].decode("utf-8")


def test_a_notebook_of_a_report_gets_one_banner_only() -> None:
    subject = Subject("a`b", "``x", 0, taught=False)
    once = subject.with_banner(lesson("00 · One", FIRST))
    twice = subject.with_banner(once)
    assert twice == once
    assert "articles in ``a`b``, and the node is ``` ``x ```. The" in once.cells[0].source
    assert once.cells[0].source.endswith("``` ``x ``` is nowhere in them.")


DETAILS = f'<details class="lesson"><summary>{SUMMARY}</summary>'


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", ""),
        ("<h2>A</h2>\n", "<h2>A</h2>\n"),
        ("<p>x</p>", f"{DETAILS}<p>x</p></details>"),
        (
            '<p>x<br></p><h2 id="a>b">A <em>b</em></h2><p>y</p>',
            f'{DETAILS}<p>x<br></p></details><h2 id="a>b">A <em>b</em></h2>'
            f"{DETAILS}<p>y</p></details>",
        ),
        ("<div><h2>A</h2></div>", f"{DETAILS}<div><h2>A</h2></div></details>"),
        ("plain", f"{DETAILS}plain</details>"),
    ],
)
def test_headings_stay_in_sight(given: str, shown: str) -> None:
    assert folded(given) == shown


def test_a_notebook_without_heading_or_figure() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    assert title_of(notebook, "00_one") == "00_one"
    assert question_of(notebook) == ""
    assert describe_figures(notebook) == notebook
