"""What a file is: by what it holds first, by its name only where that says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import RECORDS, SAMPLES, markdown, page, text

from corpuskit.reading import kinds
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.folder import read_articles
from corpuskit.reading.kinds import FIRM, KINDS, function, kinds_of


@pytest.mark.parametrize("ending", sorted(SAMPLES))
def test_every_format_is_read_under_its_own_name_without_a_word(
    tmp_path: Path, ending: str
) -> None:
    (tmp_path / f"a{ending}").write_bytes(SAMPLES[ending]())
    report = read_articles(tmp_path).report
    assert report.messages == ()
    assert report.frame["articles"].tolist() == [2 if ending in RECORDS else 1]


# a format, the name it has, the code that tells it
OTHER_NAMES = [
    (".html", "page.txt", "CK-145"),
    (".html", "article.aspx", "CK-145"),
    (".html", "page.doc", "CK-145"),
    (".docx", "report.txt", "CK-184"),
    (".docx", "report.zip", "CK-184"),
    (".rtf", "report.doc", "CK-184"),
    (".rtf", "report.txt", "CK-184"),
    (".pdf", "report.docx", "CK-184"),
    (".pdf", "report", "CK-184"),
    (".xlsx", "table.csv", "CK-184"),
    (".xlsx", "table.xls", "CK-184"),
    (".jsonl", "table.txt", "CK-184"),
]


@pytest.mark.parametrize(("ending", "name", "code"), OTHER_NAMES)
def test_content_wins_over_the_name_and_this_is_told(
    tmp_path: Path, ending: str, name: str, code: str
) -> None:
    (tmp_path / f"a{ending}").write_bytes(SAMPLES[ending]())
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / name).write_bytes(SAMPLES[ending]())
    right = read_articles(tmp_path / f"a{ending}")
    wrong = read_articles(tmp_path / "other")
    assert [one.text for one in wrong] == [one.text for one in right]
    assert wrong.report.frame[["path", "code"]].values.tolist() == [[name, code]]


SKIPPED = [
    # data, ending, code
    (b"", ".txt", "CK-101"),
    (b"", ".pdf", "CK-101"),
    (b"", ".png", "CK-105"),
    (page(), ".pdf", "CK-107"),  # a page that asks to log in, where a document should be
    (page(), ".docx", "CK-107"),
    (text(), ".xlsx", "CK-107"),
    (text(), ".zip", "CK-107"),
    (text(), ".py", "CK-105"),
    (b"\x89PNG\r\n\x1a\n", ".xlsx", "CK-104"),
    (b"\x89PNG\r\n\x1a\n", ".png", "CK-105"),
]


@pytest.mark.parametrize(("data", "ending", "code"), SKIPPED)
def test_what_is_none_of_these_is_skipped(data: bytes, ending: str, code: str) -> None:
    with pytest.raises(Skipped) as caught:
        kinds_of(data, ending)
    assert caught.value.finding.code == code


def test_plain_texts_need_no_process_of_their_own() -> None:
    assert [kind.risky for kind in kinds_of(text(), ".txt")] == [False]
    assert [kind.risky for kind in kinds_of(markdown(), ".md")] == [False]
    assert {kind.what for kind in KINDS if not kind.risky} == {"text", "Markdown"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
def test_the_table_of_kinds(kind: kinds.Kind) -> None:
    assert callable(function(kind.knows))
    assert callable(function(kind.reads))
    assert kind.endings
    assert all(ending == "" or ending.startswith(".") for ending in kind.endings)
    assert all(ending == ending.lower() for ending in kind.endings)


def test_firm_names_are_those_of_formats_that_are_read() -> None:
    known = {ending for kind in KINDS for ending in kind.endings}
    assert FIRM - {".zip"} <= known


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
@pytest.mark.parametrize(
    "data", [b"", b"\0", b"PK\x03\x04", b"{", b"[", b"%PDF-", b"<", b"\xff" * 9]
)
def test_no_look_at_a_file_raises(kind: kinds.Kind, data: bytes) -> None:
    for ending in ("", ".txt", *sorted(kind.endings)):
        assert function(kind.knows)(data, ending) in (True, False)
