"""What a file says it holds, against what was read: in numbers, in words, as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpuskit.reading import intake
from corpuskit.reading.article import Article, Articles, Options, Reading, Zone
from corpuskit.reading.findings.told import finding
from corpuskit.reading.folder import read_articles
from corpuskit.reading.kinds import Kind
from corpuskit.reading.reconcile import COLUMNS, account_of, in_words, reconciliation

Read = Callable[[Reading], Articles]


def article(text: str = "The body.", *, id: str = "", published: str = "2026-01-27") -> Article:
    """Return an article of one paragraph."""
    zones = (Zone(0, len(text), "lead"),) if text.strip() else ()
    return Article(id, text, published=published, zones=zones)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Return what reads a folder with one text and one export, of which the reading is given."""
    (tmp_path / "a.txt").write_text("A text.", "utf-8")
    (tmp_path / "export.dat").write_text("…", "utf-8")

    def reads(reading: Reading) -> Articles:
        kind = Kind("an export", "none", "none", frozenset({".dat"}), risky=False)
        plain = intake.kinds_of
        monkeypatch.setattr(
            intake, "kinds_of", lambda data, end: [kind] if end == ".dat" else plain(data, end)
        )
        called = intake.function
        monkeypatch.setattr(
            intake,
            "function",
            lambda name: (lambda data, options: reading) if name == "none" else called(name),
        )
        return read_articles(tmp_path)

    return reads


def rows(articles: Articles) -> list[tuple[object, ...]]:
    """Return path, status, code and number of articles of each row."""
    frame = articles.report.frame[["path", "status", "code", "articles"]]
    return list(frame.itertuples(index=False, name=None))


EXPORT = Reading(
    (article("One.", id="1"), article("Three.", id="3"), article("Four.", id="4")),
    "utf-8",
    records=((2, finding("CK-183")), (3, finding("CK-131", date="03/04/2026"))),
    declared=4,
    delimiters=4,
)


def test_records_keep_their_numbers_where_one_is_left_out(read: Read) -> None:
    articles = read(EXPORT)
    assert [one.id for one in articles] == ["a.txt", "export.dat#1", "export.dat#3", "export.dat#4"]
    assert [len(one.notes) for one in articles] == [0, 0, 1, 0]
    assert len({one.sha256 for one in articles}) == 4


def test_each_record_with_something_to_tell_has_a_row(read: Read) -> None:
    articles = read(EXPORT)
    assert rows(articles) == [
        ("export.dat#2", "skipped", "CK-183", 0),
        ("export.dat", "changed", "CK-181; CK-197", 3),
        ("export.dat#3", "changed", "CK-131", 0),
        ("a.txt", "loaded", "", 1),
    ]
    report = articles.report
    assert report.summary == (
        "2 files: 1 loaded, 1 with a note, 0 skipped; of their records 1 with a note, 1 skipped"
    )
    assert report.messages[:2] == (
        "CK-183 export.dat#2: the record holds no text. It was skipped. "
        "Check whether the source has one.",
        "CK-181 export.dat: of its 4 records, 1 left out. It was loaded. "
        "Each has its own row with the reason.",
    )


def test_two_findings_of_a_record_are_one_row(read: Read) -> None:
    told = ((1, finding("CK-131", date="1/2/26")), (1, finding("CK-126", count="1 character")))
    articles = read(Reading((article(id="1"),), records=told))
    assert ("export.dat#1", "changed", "CK-131; CK-126", 0) in rows(articles)
    assert [one.id for one in articles] == ["a.txt", "export.dat#1"]


def test_records_are_in_the_order_of_their_numbers(read: Read) -> None:
    told = tuple((number, finding("CK-183")) for number in (10, 9, 2))
    articles = read(Reading((article(id="1"),), records=told))
    assert [row[0] for row in rows(articles)][:3] == [f"export.dat#{n}" for n in (2, 9, 10)]


def test_articles_without_numbers_are_numbered_in_order(read: Read) -> None:
    articles = read(Reading((article("One."), article("Two."))))
    assert [one.id for one in articles] == ["a.txt", "export.dat#1", "export.dat#2"]
    assert [one.id for one in read(Reading((article("One."),)))] == ["a.txt", "export.dat"]


def test_a_file_without_any_article_is_skipped(read: Read) -> None:
    assert rows(read(Reading(())))[0] == ("export.dat", "skipped", "CK-185", 0)


AGREEMENT = [
    # reading, whether its numbers agree, in words
    (EXPORT, True, "it declares 4 documents, 4 delimiters met, 3 articles read, 1 left out, "
     "1 without body"),
    (
        Reading((article("One."), article("Two.")), declared=3, delimiters=2),
        False,
        "it declares 3 documents, 2 delimiters met, 2 articles read",
    ),
    (
        Reading((article("One."), article("Two.")), delimiters=3),
        False,
        "3 delimiters met, 2 articles read",
    ),
    (
        Reading((article("One", published=""), article("One"), article("", id="9")), declared=3),
        True,
        "it declares 3 documents, 3 articles read, 1 without date, 1 without body, "
        "1 in it twice or more",
    ),
    (Reading((article(),), declared=1), True, "it declares 1 document, 1 article read"),
]  # fmt: skip


@pytest.mark.parametrize(("reading", "agrees", "words"), AGREEMENT)
def test_numbers_that_do_not_agree_are_told(
    read: Read, reading: Reading, agrees: bool, words: str
) -> None:
    articles = read(reading)
    account = account_of(reading)
    assert account is not None
    assert in_words(account) == words
    told = [message for message in articles.report.messages if message.startswith("CK-182")]
    remedy = (
        "Compare them with the list of results of the database; export again if some are missing."
    )
    expected = f"CK-182 export.dat: its numbers do not agree: {words}. It was loaded. {remedy}"
    assert told == ([] if agrees else [expected])
    table = articles.report.reconciliation()
    assert table.notes == (f"export.dat: {words}.",)
    agree = "1 agree, 0 do not" if agrees else "0 agree, 1 do not"
    assert table.caption == f"Reconciliation(): 1 file of several documents: {agree}"


def test_the_table_of_accounts(read: Read) -> None:
    frame = read(EXPORT).report.reconciliation().frame
    assert list(frame.columns) == list(COLUMNS)
    assert frame.values.tolist() == [["export.dat", 4, 4, 3, 1, 0, 1, 0]]
    types = [str(frame[name].dtype) for name in COLUMNS[1:]]
    assert types == ["Int64"] * 2 + ["int64"] * 5


def test_of_many_files_only_those_with_something_to_tell_are_told_in_words() -> None:
    good = account_of(Reading((article("One."), article("Two.")), declared=2))
    bad = account_of(Reading((article("One."), article("Two.", published="")), declared=2))
    assert good is not None
    assert bad is not None
    few = reconciliation([("a", good), ("b", bad)])
    assert [note.partition(":")[0] for note in few.notes] == ["a", "b"]
    many = reconciliation([*((f"a{n}", good) for n in range(9)), ("b", bad)])
    assert many.notes == ("b: it declares 2 documents, 2 articles read, 1 without date.",)
    assert len(many) == 10


def test_folders_of_single_articles_have_an_empty_account(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.", "utf-8")
    table = read_articles(tmp_path).report.reconciliation()
    assert list(table.frame.columns) == list(COLUMNS)
    assert len(table) == 0
    assert repr(reconciliation([])) == repr(table)


def test_duplicates_are_compared_without_blanks_and_cuts() -> None:
    one, same = article("The  body\nof it."), article("The body of it.")
    assert account_of(Reading((one, same, article("Other."))))._asdict()["duplicates"] == 1  # type: ignore[union-attr]
    assert account_of(Reading((one,))) is None
    assert Options().encoding is None
