"""Archives: each member is a file with its own row; nothing is ever written, nothing explodes."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import RECORDS, SAMPLES, page, text, zipped

from corpuskit.errors import DataError
from corpuskit.reading import archive
from corpuskit.reading.article import Articles
from corpuskit.reading.folder import read_articles


def read(folder: Path, data: bytes, name: str = "a.zip") -> Articles:
    """Return the articles of an archive among 20 good texts, which are all there."""
    for number in range(20):
        (folder / f"good{number:02}.txt").write_bytes(b"A good text of its own.")
    (folder / name).write_bytes(data)
    before = sorted(path.name for path in folder.rglob("*"))
    articles = read_articles(folder)
    good = [article for article in articles if article.id.startswith("good")]
    assert [article.text for article in good] == ["A good text of its own."] * 20
    assert sorted(path.name for path in folder.rglob("*")) == before
    return articles


def told(articles: Articles) -> dict[str, tuple[str, str]]:
    """Return the code and the reason of each row that has one."""
    rows = articles.report.frame.query("code != ''")[["path", "code", "reason"]]
    return {path: (code, reason) for path, code, reason in rows.itertuples(index=False)}


def loaded(articles: Articles) -> list[str]:
    """Return the ids of what came from the archive."""
    return [article.id for article in articles if not article.id.startswith("good")]


def made(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    """Return the archive that a function writes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        write(file)
    return out.getvalue()


def test_every_format_is_read_from_an_archive_as_from_a_folder(tmp_path: Path) -> None:
    files = {f"post/a{ending}": sample() for ending, sample in SAMPLES.items()}
    (tmp_path / "folder").mkdir()
    for name, data in files.items():
        (tmp_path / "folder" / name.partition("/")[2]).write_bytes(data)
    plain = read_articles(tmp_path / "folder")
    packed = read(tmp_path / "folder", zipped(files))
    inner = [article for article in packed if article.id.startswith("a.zip/")]
    assert len(inner) == len(plain) == len(SAMPLES) + len(RECORDS)
    pairs = zip(sorted(plain, key=lambda a: a.id), sorted(inner, key=lambda a: a.id), strict=True)
    for alone, member in pairs:
        assert member.id == f"a.zip/post/{alone.id}"
        assert (member.text, member.zones, member.sha256) == (alone.text, alone.zones, alone.sha256)
        assert member.outlet == {"Post": "post", "": "post"}.get(alone.outlet, alone.outlet)


@pytest.mark.parametrize(
    ("name", "member", "outlet"),
    [
        ("post.zip", "one.txt", "post"),  # as if unpacked into a folder of its name
        ("all.zip", "wire/deep/one.txt", "wire"),
        ("press/all.zip", "wire/one.txt", "press"),
    ],
)
def test_outlet_is_the_first_folder(tmp_path: Path, name: str, member: str, outlet: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zipped({member: b"Text."}))
    assert [a.outlet for a in read_articles(tmp_path)] == [outlet]


def test_members_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    data = zipped({"c.txt": b"C.", "a.txt": b"A.", "b/x.txt": b"B."})
    assert loaded(read(tmp_path, data)) == ["a.zip/a.txt", "a.zip/b/x.txt", "a.zip/c.txt"]


def test_archive_in_an_archive(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": b"Deep."})
    deeper = zipped({"inner.zip": inner})
    articles = read(tmp_path, zipped({"one.zip": inner, "two.zip": deeper, "x.txt": b"X."}))
    assert loaded(articles) == ["a.zip/one.zip/deep.txt", "a.zip/x.txt"]
    assert told(articles) == {
        "a.zip/two.zip/inner.zip": ("CK-188", "the archive holds archives more than 2 deep")
    }


def test_folders_and_litter_of_an_archive_have_no_rows(tmp_path: Path) -> None:
    names = ("__MACOSX/._x.txt", ".DS_Store", "d/", "d/~$x.docx", "d/Thumbs.db", "d/x.txt")
    articles = read(tmp_path, zipped(dict.fromkeys(names, b"Text.")))
    assert loaded(articles) == ["a.zip/d/x.txt"]
    assert len(articles.report) == 21


def test_names_that_lead_out_are_not_read(tmp_path: Path) -> None:
    names = ("../up.txt", "/top.txt", "C:\\x.txt", "d/../../x.txt", "d\\..\\y.txt", "ok..txt")
    articles = read(tmp_path, zipped(dict.fromkeys(names, b"Text.")))
    assert loaded(articles) == ["a.zip/ok..txt"]
    assert {code for code, _ in told(articles).values()} == {"CK-195"}
    assert len(told(articles)) == 5
    assert not (tmp_path.parent / "up.txt").exists()


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    def link(file: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(entry, "/etc/passwd")

    articles = read(tmp_path, made(link))
    assert told(articles) == {
        "a.zip/link.txt": ("CK-113", "it is a link, not a file, and was not opened")
    }


def test_names_of_members(tmp_path: Path) -> None:
    def write(file: zipfile.ZipFile) -> None:
        for _ in range(2):
            entry = zipfile.ZipInfo("same.txt")
            file.writestr(entry, "Same.")
        file.writestr("new\nline.txt", "Line.")
        file.writestr("<img src=x>.txt", "Markup.")

    with pytest.warns(UserWarning, match="Duplicate name"):
        data = made(write)
    # a name in UTF-8 that does not say so
    articles = read(tmp_path, data.replace(b"same.txt", b"\xc3\xa9me.txt"))
    assert loaded(articles) == [
        "a.zip/<img src=x>.txt",
        "a.zip/new\\nline.txt",
        "a.zip/éme.txt",
        "a.zip/éme.txt~2",
    ]


def locked() -> bytes:
    """Return an archive whose one member says that it is encrypted."""
    data = bytearray(zipped({"x.txt": b"Text.", "y.txt": b"Text."}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def torn() -> bytes:
    """Return an archive with one member whose bytes are not what was packed."""
    data = bytearray(zipped({"x.txt": os.urandom(500).hex().encode(), "y.txt": b"Text."}))
    data[100] ^= 0xFF
    return bytes(data)


BAD = [
    # archive, rows that say something: name below the archive, code, reason
    (b"PK\x05\x06" + bytes(18), "", "CK-189", "the archive holds no files"),
    (b"PK\x03\x04" + bytes(50), "", "CK-187", "the archive is cut off or damaged (BadZipFile)"),
    (
        zipped({"x.txt": b"Text."})[:-30],
        "",
        "CK-187",
        "the archive is cut off or damaged (BadZipFile)",
    ),
    (
        b"<html>Log in first</html>",
        "",
        "CK-107",
        "the file is named .zip but does not hold what the name says",
    ),
    (b"\x89PNG\r\n\x1a\n", "", "CK-104", "the file looks like a PNG image, not text"),
    (b"", "", "CK-101", "the file is empty"),
    (locked(), "/x.txt", "CK-186", "it is protected by a password"),
    (zipped({"x.txt": b"", "y.txt": b"Text."}), "/x.txt", "CK-101", "the file is empty"),
    (
        zipped({"x.png": b"\x89PNG\r\n\x1a\n"}),
        "/x.png",
        "CK-105",
        ".png files are not read by this version",
    ),
]


@pytest.mark.parametrize(("data", "name", "code", "reason"), BAD)
def test_bad_archive_or_member_has_one_row(
    tmp_path: Path, data: bytes, name: str, code: str, reason: str
) -> None:
    articles = read(tmp_path, data)
    assert told(articles) == {f"a.zip{name}": (code, reason)}
    assert loaded(articles) == (["a.zip/y.txt"] if b"y.txt" in data else [])


def test_damaged_member_costs_nothing_but_itself(tmp_path: Path) -> None:
    articles = read(tmp_path, torn())
    assert loaded(articles) == ["a.zip/y.txt"]
    assert told(articles)["a.zip/x.txt"][0] == "CK-187"


def test_bomb_is_cut_short(tmp_path: Path) -> None:
    data = zipped({"bomb.txt": bytes(60_000_000), "good.txt": text(), "page.html": page()})
    assert len(data) < 100_000
    articles = read(tmp_path, data)
    assert loaded(articles) == ["a.zip/good.txt", "a.zip/page.html"]
    assert told(articles) == {
        "a.zip/bomb.txt": (
            "CK-190",
            "it unpacks to more than 11 MB, more than an article of its packed size would",
        )
    }


def test_ceilings_of_one_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"{number}.txt": b"word " * 500_000 for number in range(4)})
    monkeypatch.setattr(archive, "MOST_TOTAL", 4_000_000)
    articles = read(tmp_path, data)
    reason = "the archive holds more than 4 MB of files"
    assert loaded(articles) == ["a.zip/0.txt", "a.zip/1.txt"]
    assert told(articles) == {f"a.zip/{n}.txt": ("CK-188", reason) for n in (2, 3)}
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    articles = read(tmp_path, data)
    assert told(articles) == {"a.zip": ("CK-188", "the archive holds more than 3 files")}


def test_ceilings_hold_for_archives_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({f"{number}.txt": b"Text." for number in range(3)})
    monkeypatch.setattr(archive, "MOST_MEMBERS", 5)
    articles = read(tmp_path, zipped({"one.zip": inner, "two.zip": inner}))
    assert loaded(articles) == [f"a.zip/one.zip/{number}.txt" for number in range(3)]
    assert told(articles) == {"a.zip/two.zip": ("CK-188", "the archive holds more than 5 files")}


def test_members_that_overlap(tmp_path: Path) -> None:
    """One packed stretch that many names share: what zip bombs without layers are made of."""
    data = zipped({"aa.txt": b"word " * 100_000})
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], bytearray(data[-22:])
    count = 50
    entries = b"".join(entry.replace(b"aa.txt", b"%02d.txt" % number) for number in range(count))
    end[8:12] = count.to_bytes(2, "little") * 2
    end[12:16] = len(entries).to_bytes(4, "little")
    articles = read(tmp_path, data[:start] + entries + bytes(end))
    assert loaded(articles) == []  # the name before the bytes is another one
    assert {code for code, _ in told(articles).values()} == {"CK-187"}


def test_an_archive_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"x.txt": b"Text."}))
    assert [article.id for article in read_articles(path)] == ["a.zip/x.txt"]
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    with pytest.raises(DataError, match=r"CK-189 a\.zip: the archive holds no files\."):
        read_articles(path)
