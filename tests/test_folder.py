"""A folder of everything: good neighbours are never lost, the rest has its reason."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import sys
from pathlib import Path

import pandas as pd
import pytest

from corpuskit.errors import DataError
from corpuskit.reading import opening
from corpuskit.reading.article import Articles
from corpuskit.reading.folder import read_articles

if os.name == "posix":
    import resource

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX systems")

TEXT = "A desk for one officer\n- In World\n- 07:29 PM, Jan 27, 2026\n- Desk Staff\nThe body.\n"
NAMES_ARE_BYTES = sys.platform.startswith("linux")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with two good reports of one outlet."""
    for name in ("post/one.txt", "post/two.txt"):
        put(tmp_path / name, TEXT)
    return tmp_path


def put(path: Path, data: str | bytes) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def row(articles: Articles, path: str) -> dict[str, object]:
    """Return the row of a file in the report."""
    rows = [row for row in articles.report.frame.to_dict("records") if row["path"] == path]
    assert len(rows) == 1
    return {str(name): value for name, value in rows[0].items()}


def ids(articles: Articles) -> list[str]:
    """Return the ids of the articles."""
    return [article.id for article in articles]


def test_articles_come_in_the_order_of_their_ids(root: Path) -> None:
    put(root / "alpha" / "deep" / "three.txt", TEXT)
    put(root / "four.txt", TEXT)
    articles = read_articles(root)
    assert ids(articles) == ["alpha/deep/three.txt", "four.txt", "post/one.txt", "post/two.txt"]
    assert [article.outlet for article in articles] == ["alpha", "", "post", "post"]
    assert articles.report.summary == "4 files: 4 loaded, 0 with a note, 0 skipped"
    assert row(articles, "post/one.txt")["chars"] == len(TEXT)


def test_hash_is_that_of_the_bytes(root: Path) -> None:
    data = "Café desk\nThe body.".encode("cp1252")
    put(root / "post" / "old.txt", data)
    old = next(article for article in read_articles(root) if article.id == "post/old.txt")
    assert old.sha256 == hashlib.sha256(data).hexdigest()
    assert old.notes == (
        "CK-121: it is not UTF-8; it was read as cp1252, a guess. "
        "Check the text; if it is wrong, give the right name as encoding=.",
    )


@pytest.mark.parametrize("kind", [str, Path])
def test_one_file_and_a_list_of_files(root: Path, kind: type) -> None:
    assert ids(read_articles(kind(root / "post" / "one.txt"))) == ["one.txt"]
    put(root / "wire" / "x.txt", TEXT)
    listed = [root / "wire" / "x.txt", root / "post" / "one.txt", root / "wire" / "x.txt"]
    articles = read_articles([kind(path) for path in listed])
    assert ids(articles) == ["post/one.txt", "wire/x.txt"]
    assert [article.outlet for article in articles] == ["post", "wire"]


def test_a_folder_may_end_like_a_file(root: Path) -> None:
    put(root / "post" / "folder.txt" / "in.txt", TEXT)
    assert "post/folder.txt/in.txt" in ids(read_articles(root))


def test_litter_has_one_note_and_no_rows(root: Path) -> None:
    for name in (".DS_Store", "post/.DS_Store", "post/~$one.docx", "Thumbs.db", ".git/x.txt"):
        put(root / name, "litter")
    articles = read_articles(root)
    assert len(articles.report) == 2
    assert articles.report.notes == (
        "Left out, without a row: hidden and temporary files "
        "(.DS_Store (2 times), .git, Thumbs.db, ~$one.docx).",
    )


SKIPPED = [
    # name, bytes, reason and remedy
    ("empty.txt", b"", "the file is empty. It was skipped. Remove it or check the export."),
    (
        "a.mp3",
        b"ID3",
        ".mp3 files are not read by this version. It was skipped. "
        "Save the article as .txt, .html or .docx.",
    ),
    (
        "image.txt",
        b"\x89PNG\r\n\x1a\n\x00",
        "the file looks like a PNG image, not text. It was skipped. "
        "Open it in its own program and save the article as .txt, .html or .docx.",
    ),
    (
        "page.docx",
        b"<html><p>x</p>",
        "the file is named .docx but does not hold what the name says. It was skipped. "
        "Give it the ending of what it is.",
    ),
    (
        "scan.docx",
        b"\xff\xd8\xff\xe0",
        "the file looks like a JPEG image, not text. It was skipped. "
        "Open it in its own program and save the article as .txt, .html or .docx.",
    ),
    (
        "old.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64,
        "it is an old Word document (.doc). It was skipped. Open it and save it as .docx.",
    ),
]


@pytest.mark.parametrize(("name", "data", "rest"), SKIPPED)
def test_bad_file_costs_nothing_but_itself(root: Path, name: str, data: bytes, rest: str) -> None:
    put(root / "post" / name, data)
    articles = read_articles(root)
    assert ids(articles) == ["post/one.txt", "post/two.txt"]
    found = row(articles, f"post/{name}")
    assert found["status"] == "skipped"
    assert articles.report.messages == (f"{found['code']} post/{name}: {rest}",)


def test_page_in_a_text_file_is_read_as_a_page(root: Path) -> None:
    body = "<p>The desk in the corner is small, and it is meant for one officer alone.</p>"
    put(
        root / "post" / "page.txt", f"<!doctype html><html><article><h1>A desk</h1>{body}</article>"
    )
    articles = read_articles(root)
    page = next(article for article in articles if article.id == "post/page.txt")
    assert page.headline == "A desk"
    assert row(articles, "post/page.txt")["code"] == "CK-145"


def test_file_without_permission(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if path.endswith("two.txt"):
            raise PermissionError(13, "Permission denied")
        if path.endswith("one.txt") and "post" not in path:
            raise OSError(5, "Input/output error")
        return opened(path, flags)

    put(root / "one.txt", TEXT)
    monkeypatch.setattr(os, "open", refuse)
    articles = read_articles(root)
    assert ids(articles) == ["post/one.txt"]
    assert articles.report.messages == (
        "CK-112 one.txt: it could not be read (Input/output error). It was skipped. "
        "Copy it anew and try again.",
        "CK-111 post/two.txt: there is no permission to read it. It was skipped. "
        "Ask for the right to read it.",
    )


def test_folder_without_permission(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scanned(path)

    put(root / "closed" / "x.txt", TEXT)
    monkeypatch.setattr(os, "scandir", refuse)
    articles = read_articles(root)
    assert len(articles) == 2
    assert row(articles, "closed")["code"] == "CK-111"


def test_file_that_is_too_large(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 1_000_000)
    put(root / "large.txt", b"word " * 400_000)
    put(root / "large.mp4", b"film " * 400_000)
    assert read_articles(root).report.messages == (
        "CK-105 large.mp4: .mp4 files are not read by this version. It was skipped. "
        "Save the article as .txt, .html or .docx.",
        "CK-106 large.txt: the file holds 2 MB, more than the 1 MB of one article file. "
        "It was skipped. Split it into one file an article.",
    )


@posix
def test_file_of_a_gigabyte_is_refused_unread(root: Path) -> None:
    with open(root / "large.txt", "wb") as file:
        file.truncate(1_000_000_000)  # holes alone: it takes no room
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    articles = read_articles(root)
    assert len(articles) == 2
    assert row(articles, "large.txt")["code"] == "CK-106"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


@posix
def test_links(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = put(tmp_path_factory.mktemp("outside") / "x.txt", TEXT)
    put(root / ".store" / "kept.txt", TEXT)
    links = {
        "out.txt": str(outside),
        "outer": str(outside.parent),
        "up": ".",
        "loop1.txt": "loop2.txt",
        "loop2.txt": "loop1.txt",
        "gone.txt": "nowhere.txt",
        "twin.txt": "post/one.txt",
        "stored.txt": ".store/kept.txt",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    articles = read_articles(root)
    assert ids(articles) == ["post/one.txt", "post/two.txt", "stored.txt"]
    codes = {name: row(articles, name)["code"] for name in links if name != "stored.txt"}
    assert codes == {
        "out.txt": "CK-114",
        "outer": "CK-114",
        "up": "CK-116",
        "loop1.txt": "CK-115",
        "loop2.txt": "CK-115",
        "gone.txt": "CK-115",
        "twin.txt": "CK-116",
    }
    assert row(articles, "twin.txt")["reason"] == (
        "it is a link to post/one.txt, which is read where it stands"
    )


@posix
def test_pipes_and_sockets_are_never_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "pipe.txt")
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sock.txt")  # a relative name: the whole path may be too long for it
        articles = read_articles(root)
    assert len(articles) == 2
    assert (
        row(articles, "pipe.txt")["reason"] == "it is a named pipe, not a file, and was not opened"
    )
    assert row(articles, "sock.txt")["reason"] == "it is a socket, not a file, and was not opened"
    with pytest.raises(DataError, match=r"CK-113 pipe\.txt: it is a named pipe"):
        read_articles(root / "pipe.txt")


@pytest.mark.skipif(not NAMES_ARE_BYTES, reason="this system forbids such names")
def test_names_that_are_no_text(root: Path) -> None:
    names = [b"caf\xe9.txt", b"new\nline.txt", b"<img src=x>.txt", b"=cmd.txt", b"caf\\xe9.txt"]
    for name in names:
        with open(os.path.join(os.fsencode(root), name), "wb") as file:
            file.write(TEXT.encode())
    articles = read_articles(root)
    shown = ["caf\\xe9.txt", "caf\\xe9.txt~2", "new\\nline.txt", "<img src=x>.txt", "=cmd.txt"]
    assert set(shown) <= set(ids(articles))
    assert row(articles, "new\\nline.txt")["code"] == "CK-117"
    assert row(articles, "=cmd.txt")["code"] == ""


TABLES = {
    "mapping": {"post/one.txt": "One", "post/t*.txt": "Two", "wire": "Wire"},
    "frame": pd.DataFrame(
        {"file": ["post/one.txt", "post/t*.txt", "wire"], "outlet": ["One", "Two", "Wire"]}
    ),
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_table_of_outlets_wins(root: Path, name: str) -> None:
    put(root / "wire" / "deep" / "x.txt", "Title: X\nOutlet: Another\nDate: 2026-01-27\n\nBody.")
    articles = read_articles(root, outlets=TABLES[name])
    assert [article.outlet for article in articles] == ["One", "Two", "Wire"]
    assert articles.report.messages == ()
    assert articles.report.notes == ()


def test_table_of_outlets_in_the_folder_itself(root: Path) -> None:
    table = put(root / "outlets.csv", "\ufefffile,outlet\npost,The Post\nnone.txt,None\n")
    articles = read_articles(root, outlets=table)
    assert {article.outlet for article in articles} == {"The Post"}
    assert len(articles.report) == 2
    assert articles.report.notes == ("1 entry of outlets= fitted no file: 'none.txt'.",)


def test_table_of_outlets_without_its_columns(root: Path) -> None:
    table = pd.DataFrame({"path": ["a"], "outlet": ["b"]})
    message = (
        "outlets=: the columns must be file, outlet; it has path, outlet. Nothing was read. "
        "Rename its columns."
    )
    with pytest.raises(DataError, match=f"^{re.escape(message)}$"):
        read_articles(root, outlets=table)
    with pytest.raises(
        ValueError,
        match=r"^`outlets` must be a mapping, a DataFrame or the path of a CSV file; not 5\. ",
    ):
        read_articles(root, outlets=5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("header", "folder", "outlet", "codes"),
    [
        ("The Post", "the-post", "the-post", ""),  # the same name: the folder's spelling
        ("The Post", "post", "post", ""),
        ("Reuters", "post", "Reuters", "CK-136"),
        ("", "cafe\u0301", "caf\u00e9", ""),
    ],
)
def test_header_wins_over_the_folder(
    tmp_path: Path, header: str, folder: str, outlet: str, codes: str
) -> None:
    put(tmp_path / folder / "x.txt", f"Title: X\nSource: {header}\nDate: 2026-01-27\n\nBody.")
    articles = read_articles(tmp_path)
    assert articles[0].outlet == outlet
    assert articles.report.frame["code"].tolist() == [codes]


def test_name_of_a_site_counts_where_nothing_else_speaks(tmp_path: Path) -> None:
    body = "<p>The desk in the corner is small, and it is meant for one officer alone.</p>" * 3
    page = f'<html><meta property="og:site_name" content="The Post"><article>{body}</article>'
    put(tmp_path / "x.html", page)
    put(tmp_path / "folder" / "x.html", page)
    assert [article.outlet for article in read_articles(tmp_path)] == ["folder", "The Post"]


def test_options_reach_the_readers(tmp_path: Path) -> None:
    text = "Title: Łódź\nDate: 03/02/2026\n\nBody.\n\nComments"
    put(tmp_path / "x.txt", text.encode("cp1250"))
    article = read_articles(tmp_path, encoding="cp1250", clean=False, date_order="mdy")[0]
    assert article.text == text
    assert article.published == "2026-03-02"
    assert article.paragraphs == ["Body.", "Comments"]
    message = "`date_order` must be one of 'dmy', 'mdy'; not 'ymd'. Did you mean 'mdy'?"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_articles(tmp_path, date_order="ymd")


def test_nothing_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    message = (
        f"{missing}: there is no such folder or file. Nothing was read. "
        "Check the spelling and the folder you are in."
    )
    with pytest.raises(FileNotFoundError, match=f"^{re.escape(message)}$"):
        read_articles(missing)
    empty = (
        f"{tmp_path}: there are no files in it. Nothing was read. "
        "Put articles (.txt, .html, .docx) into it."
    )
    with pytest.raises(DataError, match=f"^{re.escape(empty)}$"):
        read_articles(tmp_path)
    with pytest.raises(DataError, match=r"^the list of files: there are no files in it\."):
        read_articles([])


def test_nothing_could_be_loaded(tmp_path: Path) -> None:
    for number in range(7):
        put(tmp_path / f"{number}.txt", "")
    with pytest.raises(DataError) as raised:
        read_articles(tmp_path)
    lines = str(raised.value).splitlines()
    assert lines[0] == (
        f"{tmp_path}: no article could be loaded (7 files: 0 loaded, 0 with a note, 7 skipped)."
    )
    assert lines[1] == (
        "CK-101 0.txt: the file is empty. It was skipped. Remove it or check the export."
    )
    assert lines[6:] == ["… and 2 more."]
