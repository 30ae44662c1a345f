"""A table about the articles, joined by file name or id; what finds no partner is told."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest
from samples import separated

from corpuskit.corpus.corpus import Corpus
from corpuskit.errors import DataError
from corpuskit.reading.article import Articles
from corpuskit.reading.folder import read_articles
from corpuskit.reading.metadata.join import COLUMNS, columns_of

FILES = ("post/007.txt", "post/one.txt", "wire/one.txt", "wire/two.txt", "wire/cafe\u0301.txt")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with reports of two outlets."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The text of {name}.", "utf-8")
    return tmp_path


def unmatched(articles: Articles) -> list[tuple[object, ...]]:
    """Return the rows and articles without a partner."""
    frame = articles.report.unmatched().frame.astype(object)  # type: ignore[attr-defined]
    return [tuple(row) for row in frame.where(frame.notna(), None).itertuples(index=False)]


def column(articles: Articles, name: str) -> dict[str, object]:
    """Return a further column of the articles that have it."""
    return {one.id: one.extra[name] for one in articles if name in one.extra}


KEYS = [
    # key, the article that it means
    ("post/007.txt", "post/007.txt"),
    ("./post/007.txt", "post/007.txt"),
    ("post\\007.txt", "post/007.txt"),
    ("post/007", "post/007.txt"),
    ("007.txt", "post/007.txt"),
    (" 007 ", "post/007.txt"),
    ("caf\u00e9.txt", "wire/cafe\u0301.txt"),  # typed in another way
    ("two", "wire/two.txt"),
]


@pytest.mark.parametrize(("key", "id"), KEYS)
def test_a_row_finds_its_file(root: Path, key: str, id: str) -> None:
    articles = read_articles(root, metadata=pd.DataFrame({"file": [key], "topic": ["desk"]}))
    assert column(articles, "topic") == {id: "desk"}
    assert [row[:3] for row in unmatched(articles)] == [
        ("articles", None, name) for name in sorted(FILES) if name != id
    ]


LOST = [
    # keys of the table, what becomes of its last row
    (["none.txt"], "no article is called so"),
    ([""], "no article is called so"),
    (["7"], "no article is called so"),  # 007 is another name
    (["one.txt"], "files in several folders are called so; write the folder, too"),
    (["one"], "files in several folders are called so; write the folder, too"),
    (["two.txt", "wire/two.txt"], "row 1 is about the same"),
    (["two.txt", "two.txt"], "row 1 is about the same"),
]


@pytest.mark.parametrize(("keys", "reason"), LOST)
def test_a_row_without_an_article_is_listed(root: Path, keys: list[str], reason: str) -> None:
    table = pd.DataFrame({"file": keys, "topic": [f"{n}" for n in range(len(keys))]})
    articles = read_articles(root, metadata=table)
    assert ("table", len(keys), keys[-1], reason) in unmatched(articles)
    assert set(column(articles, "topic").values()) <= {"0"}


def test_words_and_table_say_what_found_no_partner(root: Path) -> None:
    table = pd.DataFrame({"file": ["two.txt", "none.txt"], "topic": ["desk", ""]})
    report = read_articles(root, metadata=table).report
    assert report.notes == (
        "metadata=: 1 of 2 rows joined; 1 row not joined ('none.txt'); "
        "4 articles without a row ('post/007.txt', 'post/one.txt', 'wire/cafe\u0301.txt', "
        "'wire/one.txt').",
    )
    result = report.unmatched()
    assert list(result.frame.columns) == list(COLUMNS)
    assert result.caption == "Unmatched(): 1 row of the table, 4 articles"


def test_without_a_table_nothing_is_unmatched(root: Path) -> None:
    result = read_articles(root).report.unmatched()
    assert len(result) == 0
    assert list(result.frame.columns) == list(COLUMNS)
    assert str(result.frame["row"].dtype) == "Int64"


def test_the_table_wins_over_the_file_and_empty_cells_say_nothing(tmp_path: Path) -> None:
    header = "Title: A desk\nOutlet: Post\nDate: 2026-01-27\nAuthor: Staff\n\nBody."
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(header, "utf-8")
    table = pd.DataFrame(
        {
            "Filename": ["a.txt", "b.txt"],
            "Headline": ["Another desk", None],
            "Publication": ["Wire", ""],
            "date": [pd.Timestamp("2026-02-03"), pd.NaT],
            "author": ["Desk", float("nan")],
            "topic": ["desk", None],
            "weight": [0.5, 2.0],
            "words": [7, 8],
        }
    )
    articles = read_articles(tmp_path, metadata=table)
    fields = [(a.headline, a.outlet, a.published, a.byline) for a in articles]
    assert fields == [
        ("Another desk", "Wire", "2026-02-03", "Desk"),
        ("A desk", "Post", "2026-01-27", "Staff"),
    ]
    frame = Corpus(articles).articles
    assert frame["topic"].tolist() == ["desk", ""]
    assert frame["weight"].tolist() == [0.5, 2.0]
    assert frame["words_given"].tolist() == [7, 8]
    assert frame["words"].tolist() == [3, 3]  # counted


def test_outlets_win_over_the_table(root: Path) -> None:
    table = pd.DataFrame({"file": ["post/007.txt", "two.txt"], "outlet": ["Table", "Table"]})
    articles = read_articles(root, metadata=table, outlets={"post": "The Post"})
    outlets = {article.id: article.outlet for article in articles}
    assert outlets["post/007.txt"] == "The Post"
    assert outlets["wire/two.txt"] == "Table"
    assert articles.report.notes[0].startswith("metadata=: 2 of 2 rows joined; 3 articles without")


def test_rows_about_records_and_about_their_file(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_bytes(separated(",")())
    table = pd.DataFrame({"id": ["all.csv#2", "all.csv"], "topic": ["second", "every"]})
    articles = read_articles(tmp_path, metadata=table)
    assert column(articles, "topic") == {"all.csv#1": "every", "all.csv#2": "second"}


def test_the_dates_of_a_column_have_one_order(root: Path) -> None:
    table = pd.DataFrame({"file": ["007", "two"], "date": ["03/04/2024", "13/04/2024"]})
    articles = read_articles(root, metadata=table)
    assert {a.id: a.published for a in articles if a.published} == {
        "post/007.txt": "2024-04-03",
        "wire/two.txt": "2024-04-13",
    }
    assert articles.report.notes[1].startswith(
        "metadata=: dates such as '03/04/2024' were read day"
    )
    alone = read_articles(root, metadata=table[:1])
    assert {a.published for a in alone} == {""}
    ordered = read_articles(root, metadata=table[:1], date_order="mdy")
    assert {a.published for a in ordered} == {"", "2024-03-04"}


def book() -> bytes:
    """Return a workbook with strings, whole numbers and dates."""
    out = io.BytesIO()
    made = {"file": ["007.txt", "two"], "topic": ["007", "1e5"], "page": [3, 4]}
    pd.DataFrame(made).to_excel(out, index=False, engine="openpyxl")
    return out.getvalue()


TABLES = {
    "comma.csv": b"file,topic,page\n007.txt,007,3\ntwo,1e5,4\n",
    "semicolon.csv": b"\xef\xbb\xbffile;topic;page\r\n007.txt;007;3\r\ntwo;1e5;4\r\n",
    "tab.tsv": b"file\ttopic\tpage\n007.txt\t007\t3\ntwo\t1e5\t4\n",
    "records.jsonl": b"""{"file":"007.txt","topic":"007","page":3}
    {"file":"two","topic":"1e5","page":4}""",
    "book.xlsx": book(),
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_tables_of_all_formats_keep_strings_as_they_stand(
    root: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    path = tmp_path_factory.mktemp("table") / name
    path.write_bytes(TABLES[name])
    articles = read_articles(root, metadata=path)
    assert column(articles, "topic") == {"post/007.txt": "007", "wire/two.txt": "1e5"}
    assert column(articles, "page") == {"post/007.txt": "3", "wire/two.txt": "4"}


def test_articles_csv_beside_the_articles_is_found_and_told(root: Path) -> None:
    table = b"file,topic\ntwo.txt,desk\n"
    (root / "articles.csv").write_bytes(table)
    articles = read_articles(root)
    assert column(articles, "topic") == {"wire/two.txt": "desk"}
    assert articles.report.notes[0] == (
        "articles.csv was found beside the articles and taken as their metadata; "
        "metadata=False leaves it out."
    )
    assert len(articles.report) == len(FILES)
    without = read_articles(root, metadata=False)
    assert column(without, "topic") == {}
    assert without.report.frame["path"].tolist()[0] == "articles.csv"  # skipped: it has no texts


NO_METADATA = {
    "texts": separated(",")(),  # a table of articles
    "no key": b"name,topic\ntwo.txt,desk\n",
    "other files": b"file,topic\nelsewhere.txt,desk\n",
    "empty": b"",
    "header": b"file,topic\n",
}


@pytest.mark.parametrize("name", sorted(NO_METADATA))
def test_another_table_called_articles_csv_is_a_file_like_all(root: Path, name: str) -> None:
    (root / "articles.csv").write_bytes(NO_METADATA[name])
    articles = read_articles(root)
    assert "articles.csv" in articles.report.frame["path"].tolist()
    assert articles.report.notes == ()
    assert len(articles) == len(FILES) + (2 if name == "texts" else 0)


def test_a_table_inside_the_folder_is_no_article(root: Path) -> None:
    path = root / "texts.csv"
    path.write_bytes(b"file,text\ntwo.txt,A further column.\n")
    articles = read_articles(root, metadata=path)
    assert len(articles) == len(FILES)
    assert column(articles, "text") == {"wire/two.txt": "A further column."}


ERRORS = [
    (
        pd.DataFrame({"name": ["a"], "topic": ["b"]}),
        DataError,
        "metadata=: no column says which article a row is about; it has name, topic. Nothing was "
        "read. Name one 'file' (the name of the file) or 'id'.",
    ),
    (
        5,
        ValueError,
        "`metadata` must be the path of a table, a DataFrame, False or None; not 5. Give for "
        "instance 'articles.csv', or False for none.",
    ),
    (
        "missing.csv",
        FileNotFoundError,
        "missing.csv: there is no such table. Nothing was read. Check its spelling.",
    ),
]


@pytest.mark.parametrize(("table", "error", "message"), ERRORS)
def test_tables_that_cannot_be_used(
    root: Path, table: object, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        read_articles(root, metadata=table)  # type: ignore[arg-type]


def test_a_table_that_cannot_be_read(root: Path) -> None:
    path = root / "table.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    message = (
        rf"^CK-104 {re.escape(str(path))}: the file looks like a PNG image, not text\. Nothing was"
    )
    with pytest.raises(DataError, match=message):
        read_articles(root, metadata=path)


def test_columns_of_a_table() -> None:
    found = columns_of(["ID", "File name", "Title", "Pub Date", "Topic"])
    assert found is not None
    assert found.key == "File name"
    assert found.fields == {"headline": "Title", "published": "Pub Date"}
    assert found.others == ["ID", "Topic"]
    assert columns_of(["Topic"]) is None


def test_empty_table(root: Path) -> None:
    articles = read_articles(root, metadata=pd.DataFrame({"file": [], "topic": []}))
    assert len(articles) == len(FILES)
    assert articles.report.notes[0].startswith("metadata=: 0 of 0 rows joined; 5 articles without")
