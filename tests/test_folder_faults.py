"""Folders as the world makes them: rights, twins, things that change while they are read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpuskit.reading import opening
from corpuskit.reading.article import Articles
from corpuskit.reading.folder import read_articles
from corpuskit.reading.walk import File

posix = pytest.mark.skipif(os.name != "posix", reason="rights and pipes of POSIX systems")
TEXT = "A report of its own."
NOBODY = 65534

# Everything is imported before the rights are dropped: a user may not see this Python at all.
AS_NOBODY = f"""
import json, os, sys
import corpuskit.reading.plain, corpuskit.reading.tables.formats, corpuskit.reading.documents.pdf
import corpuskit.reading.kinds as kinds
from corpuskit.reading.folder import read_articles
for kind in kinds.KINDS:
    kinds.function(kind.knows)
read_articles(sys.argv[2])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
articles = read_articles(sys.argv[1])
told = [articles.report.messages, [article.id for article in articles]]
sys.stdout.write(json.dumps(told))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user of the machine may look into."""
    folder = Path(tempfile.mkdtemp(prefix="corpuskit-rights-"))
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@posix
def test_files_and_folders_of_another_user(open_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "first.txt").write_text(TEXT, "utf-8")
    for name in ("a.txt", "closed.txt", "shut/in.txt", "blind/in.txt", "z.txt"):
        path = open_folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, "utf-8")
    (open_folder / "closed.txt").chmod(0)
    (open_folder / "shut").chmod(0)
    (open_folder / "blind").chmod(0o444)  # its names can be seen, its files cannot be opened
    words = [sys.executable, "-c", AS_NOBODY, str(open_folder), str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    messages, ids = json.loads(done.stdout)
    assert ids == ["a.txt", "z.txt"]
    rest = "there is no permission to read it. It was skipped. Ask for the right to read it."
    assert messages == [f"CK-111 {name}: {rest}" for name in ("blind/in.txt", "closed.txt", "shut")]


def ids(articles: Articles) -> list[str]:
    """Return the ids of the articles."""
    return [article.id for article in articles]


def test_names_that_differ_in_case_or_accents_alone(tmp_path: Path) -> None:
    names = ["Desk.txt", "desk.txt", "caf\u00e9.txt", "cafe\u0301.txt"]
    for name in names:
        (tmp_path / name).write_text(f"{TEXT} {name!a}", "utf-8")
    there = sorted(os.listdir(tmp_path))  # some systems know fewer of them apart
    articles = read_articles(tmp_path)
    assert ids(articles) == there
    assert len({article.text for article in articles}) == len(there)


def test_a_file_that_is_gone_when_it_is_opened(tmp_path: Path) -> None:
    found = list(opening.opened(File(str(tmp_path / "gone.txt"), "gone.txt")))
    assert [one.trouble and one.trouble.code for one in found] == ["CK-112"]
    assert "No such file" in str(found[0].trouble)


@posix
def test_a_file_that_has_become_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(opening.opened(File(str(tmp_path / "pipe.txt"), "pipe.txt")))
    assert [one.trouble and one.trouble.code for one in found] == ["CK-113"]


@posix
@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_not_read(device: str) -> None:
    found = list(opening.opened(File(device, "device")))
    assert [one.trouble and one.trouble.code for one in found] == ["CK-113"]


@posix
def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    found = list(opening.opened(File(str(tmp_path), "folder")))
    assert [one.trouble and one.trouble.code for one in found] == ["CK-112"]


def test_many_folders_deep(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(["d"] * 60))
    deep.mkdir(parents=True)
    (deep / "in.txt").write_text(TEXT, "utf-8")
    assert ids(read_articles(tmp_path)) == ["d/" * 60 + "in.txt"]


@pytest.mark.parametrize("name", ["-rf.txt", "a b.txt", "#1.txt", "a#2.txt", "%41.txt", "'; x.txt"])
def test_odd_names_that_are_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, "utf-8")
    articles = read_articles(tmp_path)
    assert ids(articles) == [name]
    assert articles.report.messages == ()


def test_the_order_of_a_listing_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"{TEXT} {number}", "utf-8")
        body = f"<html><article><p>{TEXT * 5} {number}</p></article></html>"
        (tmp_path / f"{number}.html").write_text(body, "utf-8")
    listed = os.scandir

    class Backwards:
        """A listing from its end."""

        def __init__(self, path: str) -> None:
            with listed(path) as entries:
                self.entries = list(entries)[::-1]

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self.entries)

        def __exit__(self, *_: object) -> None:
            pass

    first = read_articles(tmp_path)
    monkeypatch.setattr(os, "scandir", Backwards)
    second = read_articles(tmp_path)
    assert list(first) == list(second)
    assert first.report.frame.equals(second.report.frame)
