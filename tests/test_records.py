"""Records become articles: columns by name, headline and text, ids, notes, batches."""

from __future__ import annotations

import hashlib
import json
import random
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.folder import read_articles
from corpuskit.reading.tables.columns import known_columns, scheme_of
from corpuskit.reading.tables.formats import read_csv, read_json, records_of
from corpuskit.reading.tables.records import unique
from corpuskit.reading.tables.values import cells_of_object, mended, plain


def read(*records: dict[str, Any], **options: Any) -> Reading:
    """Return the reading of records written as JSON lines."""
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    return read_json(data, Options(**options))


def reasons(reading: Reading) -> list[tuple[int, str, str]]:
    return [(number, found.code, found.reason) for number, found in reading.records]


def test_a_record_is_an_article() -> None:
    record = {
        "stories_id": "007",
        "Title": " Ports reopen ",
        "publish_date": "2026-01-27 19:29",
        "media_name": "The Harbour",
        "author": "By Ann Lee",
        "section": "World",
        "lang": "en",
        "url": "https://example.org/1",
        "text": "The ports reopened.\n\nShips left.",
        "themes": "trade",
    }
    (article,) = read(record).articles
    assert article.text == "Ports reopen\n\nThe ports reopened.\n\nShips left."
    assert [(article.text[z.start : z.end], z.name) for z in article.zones] == [
        ("Ports reopen", "headline"),
        ("The ports reopened.", "lead"),
        ("Ships left.", "body"),
    ]
    assert (article.id, article.headline, article.outlet) == ("1", "Ports reopen", "The Harbour")
    assert (article.published, article.byline) == ("2026-01-27T19:29", "Ann Lee")
    assert (article.section, article.language) == ("World", "en")
    assert article.url == "https://example.org/1"
    assert article.extra == {"stories_id": "007", "themes": "trade"}


def test_without_headline_the_text_is_what_stands_in_the_cell() -> None:
    text = "  One.\r\n\r\nTwo. \n"
    (article,) = read({"text": text}).articles
    assert article.text == text
    assert article.paragraphs == ["One.", "Two."]


def test_a_headline_that_stands_in_the_text_again_is_cut() -> None:
    (article,) = read({"title": "Ports reopen", "text": "Ports reopen\n\nShips left."}).articles
    assert article.body == "Ships left."
    assert [(article.text[c.start : c.end], c.rule) for c in article.cuts] == [
        ("Ports reopen", "repeated headline")
    ]


def test_furniture_is_cut_unless_it_is_kept() -> None:
    record = {"text": "Ships left.\n\nShare this article"}
    assert read(record).articles[0].body == "Ships left."
    assert read(record, clean=False).articles[0].body == "Ships left.\n\nShare this article"


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.text(max_size=20))
def test_zones_cuts_and_blanks_are_the_text(paragraphs: list[str], headline: str) -> None:
    body = "\n\n".join(paragraphs)
    reading = read({"title": headline, "text": body})
    for article in reading.articles:
        covered = [False] * len(article.text)
        for span in (*article.zones, *article.cuts):
            assert not any(covered[span.start : span.end])
            covered[span.start : span.end] = [True] * (span.end - span.start)
        rest = (c for c, seen in zip(article.text, covered, strict=True) if not seen)
        assert not "".join(rest).strip()


ROLES = [
    (["id", "text"], {"text": "text"}),
    (["Full Text", "Headline"], {"text": "Full Text", "headline": "Headline"}),
    (["full-text", "pub date"], {"text": "full-text", "published": "pub date"}),
    (["content", "body"], {"text": "body"}),  # the surer name first
    (
        ["text", "publishedAt", "source.name"],
        {"text": "text", "published": "publishedAt", "outlet": "source.name"},
    ),
    (
        ["_id", "_source.text", "_source.title", "_source.url"],
        {"text": "_source.text", "headline": "_source.title", "url": "_source.url"},
    ),
    (["text", "media.title", "media.url"], {"text": "text"}),  # not those of the article
    (["text", "domain", "media_name"], {"text": "text", "outlet": "media_name"}),
    (["text", "authors", "link"], {"text": "text", "byline": "authors", "url": "link"}),
]


@pytest.mark.parametrize(("names", "roles"), ROLES)
def test_columns_are_known_by_their_names(names: list[str], roles: dict[str, str]) -> None:
    assert scheme_of(names).roles == roles


def test_columns_can_be_named() -> None:
    given_ = known_columns({"text": "story", "date": "when"})
    assert given_ == {"text": "story", "published": "when"}
    assert scheme_of(["story", "when", "text"], given_).roles == {
        "text": "story",
        "published": "when",
    }
    assert scheme_of(["Story"], given_).roles == {"text": "Story"}
    assert scheme_of(["id", "body"], given_).roles == {"text": "body"}  # a table without them
    assert known_columns(None) is None


def test_a_role_that_is_not_known_is_refused() -> None:
    rule = r"^`columns` must be one of .*; not 'texts'\. Did you mean 'text'\?$"
    with pytest.raises(ValueError, match=rule):
        known_columns({"texts": "story"})
    with pytest.raises(ValueError, match=r"^`columns` must be a mapping from role to column; not "):
        known_columns(["text"])  # type: ignore[arg-type]


def test_two_text_columns_are_told() -> None:
    reading = read({"body": "One.", "text": "Two."})
    assert reading.articles[0].text == "Two."
    assert reading.articles[0].extra == {"body": "One."}
    assert [found.message("a.jsonl") for found in reading.findings] == [
        "CK-207 a.jsonl: the columns 'body', 'text' may all hold the text; 'text' was taken. It "
        "was loaded. Settle it, for instance with columns={'text': 'body'}."
    ]
    settled = read({"body": "One.", "text": "Two."}, columns={"text": "body"})
    assert (settled.articles[0].text, settled.findings) == ("One.", ())


WITHOUT = [
    (
        b"id,foo\n1,bar\n",
        "CK-202 a.csv: the table has no column that is known to hold the text of articles; it has "
        "'id', 'foo'. It was skipped. Name the column, for instance columns={'text': 'story'}.",
    ),
    (
        b"stories_id,title,url\n1,T,https://example.org/1\n",
        "CK-203 a.csv: the table lists articles by their addresses and does not hold their text; "
        "it has 'stories_id', 'title', 'url'. It was skipped. Save the pages at these addresses "
        "as .html and read them with this table as metadata=, or have the database export the "
        "full text.",
    ),
    (
        b"20260127\t1\thttps://example.org/1\n20260127\t2\thttps://example.org/2\n",
        "CK-203 a.csv: the table lists articles by their addresses and does not hold their text; "
        "it has '20260127', '1', 'https://example.org/1'. It was skipped. Save the pages at these "
        "addresses as .html and read them with this table as metadata=, or have the database "
        "export the full text.",
    ),
    (
        b"id,text\n",
        "CK-204 a.csv: the table holds no records. It was skipped. Check the export.",
    ),
    (b"", "CK-101 a.csv: the file is empty. It was skipped. Remove it or check the export."),
    (
        b"\n\n",
        "CK-102 a.csv: the file holds only blanks. It was skipped. Remove it or check the export.",
    ),
]


@pytest.mark.parametrize(("data", "message"), WITHOUT)
def test_a_table_without_articles_is_skipped(data: bytes, message: str) -> None:
    with pytest.raises(Skipped) as skipped:
        read_csv(data, Options())
    assert skipped.value.finding.message("a.csv") == message


def test_many_and_long_columns_are_named_in_short() -> None:
    with pytest.raises(Skipped) as skipped:
        read_csv(",".join(["c" * 60, *map(str, range(100))]).encode() + b"\n1\n", Options())
    reason = skipped.value.finding.reason
    assert "'" + "c" * 39 + "…', '0', '1'" in reason
    assert reason.endswith("'10' and 89 more")


RECORDS = [
    ({"text": ""}, "CK-183", "the record holds no text"),
    ({"text": " \n "}, "CK-183", "the record holds no text"),
    ({"text": None}, "CK-183", "the record holds no text"),
    ({"text": "https://example.org/a-report"}, "CK-222", "its text is an address, not an article"),
    (
        {"text": "Share this article"},
        "CK-103",
        "the file holds header lines or page furniture, but no article text",
    ),
]


@pytest.mark.parametrize(("record", "code", "reason"), RECORDS)
def test_a_bad_record_is_left_out_by_its_number(
    record: dict[str, Any], code: str, reason: str
) -> None:
    reading = read({"text": "One."}, record, {"text": "Three."})
    assert [(article.id, article.text) for article in reading.articles] == [
        ("1", "One."),
        ("3", "Three."),
    ]
    assert reasons(reading) == [(2, code, reason)]
    assert reading.delimiters == 3


REPLACED = "1 character that no text holds was replaced by U+FFFD, one for one"
TOLD = [
    (
        {"text": "Ships left.<br>Ports reopened."},
        "CK-220",
        "its text holds HTML tags, which were left as they stand",
    ),
    (
        {"text": "Ships […] [+1234 chars]"},
        "CK-221",
        "its text ends with '[+1234 chars]': it is the beginning of an article only",
    ),
    ({"text": "cli\x00mate"}, "CK-126", REPLACED),
    ({"text": "climate \ud800 end"}, "CK-126", REPLACED),
    (
        {"text": "One.", "date": "31 February 2026"},
        "CK-132",
        "the date '31 February 2026' does not exist; it was left empty",
    ),
    (
        {"text": "a \ufffd"},
        "CK-124",
        "it holds 1 character that could not be read (U+FFFD), the first at character 3",
    ),
]


@pytest.mark.parametrize(("record", "code", "reason"), TOLD)
def test_what_is_odd_about_a_record_is_told(record: dict[str, Any], code: str, reason: str) -> None:
    reading = read(record)
    assert reasons(reading) == [(1, code, reason)]
    assert len(reading.articles) == 1
    reading.articles[0].text.encode()  # it can be written


def test_less_than_and_more_than_are_no_tags() -> None:
    assert read({"text": "1 < 2 and 3 > 2; I <3 you; <b is no tag"}).records == ()


def test_an_id_that_comes_again_is_told_and_both_are_kept() -> None:
    reading = read(*({"id": id, "text": "One."} for id in ("7", "8", "7")))
    assert len(reading.articles) == 3
    assert reasons(reading) == [
        (3, "CK-219", "its id '7' is that of record 1, too; both were kept")
    ]


def test_no_more_ids_are_compared_than_memory_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpuskit.reading.tables.flow.MOST_IDS", 2)
    reading = read(*({"id": n, "text": "One."} for n in (1, 2, 3, 1)))
    assert reading.records == ()
    assert [found.reason for found in reading.findings] == [
        "ids were compared in its first 2 records only"
    ]


@pytest.mark.parametrize("word", ["NA", "null", "None", "nan", "N/A", "TRUE", "007", "1e5"])
def test_strings_stay_strings(word: str) -> None:
    (article,) = read_csv(f"id,text\n{word},{word}\n".encode(), Options()).articles
    assert (article.text, article.extra) == (word, {"id_given": word})


def test_columns_that_the_article_table_has_itself_are_renamed() -> None:
    record = {"id": "1", "words": 5, "notes": "x", "date": "2026-01-27", "text": "One."}
    (article,) = read(record).articles
    assert article.extra == {"id_given": "1", "words_given": "5", "notes_given": "x"}


def test_column_names_are_made_different() -> None:
    assert unique(["text", "", "text", " a  b ", "\ufefftext", "text.2"]) == (
        ["text", "column_2", "text.2", "a b", "text.3", "text.2.2"],
        ["text", "text.2"],
    )


PLAIN = [
    ("007", "007"),
    (7, "7"),
    (7.0, "7"),
    (0.1, "0.1"),
    (1e300, "1e+300"),
    (float("nan"), ""),
    (True, "true"),
    (None, ""),
    (b"\xff", "ff"),
    (2**70, "1180591620717411303424"),
]


@pytest.mark.parametrize(("value", "text"), PLAIN)
def test_values_as_strings(value: object, text: str) -> None:
    assert plain(value) == text


def test_inner_values_are_cells_of_their_own() -> None:
    values = {
        "source": {"id": None, "name": "BBC", "place": {"city": "London"}},
        "authors": ["Ann", "Bob", None],
        "text": ["One.", "Two."],
        "marks": [{"n": 1.5, "s": 'a"b'}, [True, None]],
        "empty": [],
    }
    assert cells_of_object(values) == {
        "source.id": "",
        "source.name": "BBC",
        "source.place.city": "London",
        "authors": "Ann; Bob",
        "text": "One.\n\nTwo.",
        "marks": '[{"n": 1.5, "s": "a\\"b"}, [true, null]]',
        "empty": "",
    }


def test_characters_that_no_file_can_hold_are_replaced_in_every_cell() -> None:
    cells, told = mended({"a": "x\ud800", "b": "\x00\x1b", "c": "ok\n\t"})
    assert cells == {"a": "x\ufffd", "b": "\ufffd\ufffd", "c": "ok\n\t"}
    assert [found.reason for found in told] == [
        "3 characters that no text holds were replaced by U+FFFD, one for one"
    ]


def many(path: Path, number: int) -> None:
    """Write records, every seventh without text, one date that tells the order at the end."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for n in range(1, number + 1):
            text = "" if n % 7 == 0 else f"Article {n} says {chance.random()}."
            date = "13/04/2026" if n == number else "03/04/2026"
            file.write(json.dumps({"id": n, "date": date, "text": text}) + "\n")


@pytest.mark.parametrize("size", [1, 3, 10, 1000])
def test_batches_are_the_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "many.jsonl"
    many(path, 50)
    parts = list(records_of(path, batch=size))
    whole = read_json(path.read_bytes(), Options())
    assert tuple(a for part in parts for a in part.articles) == tuple(
        article for article in whole.articles
    )
    assert tuple(pair for part in parts for pair in part.records) == whole.records
    assert tuple(found for part in parts for found in part.findings) == whole.findings
    assert sum(part.met for part in parts) == whole.delimiters == 50
    assert max(part.met for part in parts) == min(size, 50)
    assert {article.published for article in whole.articles} == {"2026-04-03", "2026-04-13"}


def test_articles_of_batches_carry_the_notes_of_their_records(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,text\nyesterday,One.\n2026-01-27,Two.\n")
    (part,) = records_of(path)
    assert [article.notes for article in part.articles] == [
        (
            "CK-133: the date 'yesterday' does not name a day; it was left empty. Write the day "
            "into the file, for instance 2026-01-27.",
        ),
        (),
    ]


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    with path.open("w") as file:
        file.write("id,text\n")
        for n in range(4_000):
            file.write(f'{n},"{"word " * 500}{n}"\n')  # 10 MB
    tracemalloc.start()
    try:
        assert sum(len(part.articles) for part in records_of(path, batch=50)) == 4_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(Skipped) as skipped:
        next(records_of(path))
    assert skipped.value.finding.reason == "the file looks like a PNG image, not text"
    path = tmp_path / "a.txt"
    path.write_text("No table.")
    with pytest.raises(Skipped) as skipped:
        next(records_of(path))
    assert skipped.value.finding.code == "CK-105"


def test_records_among_files(tmp_path: Path) -> None:
    """A broken record costs no other record, a broken table no other file."""
    for n in range(20):
        (tmp_path / f"g{n:02}.txt").write_text(f"Good {n}\n\nThe article {n}.\n")
    alone = [(a.id, a.text) for a in read_articles(tmp_path)]
    (tmp_path / "t.csv").write_text("id,text\n1,One.\n2\n3,Three.\n")
    (tmp_path / "u.jsonl").write_text('{"text": "Only.", "title": "T"}\n{"text": "cut o')
    (tmp_path / "v.json").write_text("[" * 200_000)
    articles = read_articles(tmp_path)
    assert [(a.id, a.text) for a in articles if a.id.startswith("g")] == alone
    own = [(a.id, a.text, a.sha256) for a in articles if not a.id.startswith("g")]
    assert [(id, text) for id, text, _ in own] == [
        ("t.csv#1", "One."),
        ("t.csv#3", "Three."),
        ("u.jsonl#1", "T\n\nOnly."),
    ]
    assert own[0][2] == hashlib.sha256(b"One.").hexdigest()
    codes = dict(zip(articles.report.frame.path, articles.report.frame.code, strict=True))
    assert codes["t.csv#2"] == "CK-212"
    assert codes["u.jsonl#2"] == "CK-215"
    assert codes["v.json#1"] == "CK-216"


def test_columns_are_passed_on(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("n,story\n1,One.\n")
    assert [a.text for a in read_articles(tmp_path, columns={"text": "story"})] == ["One."]
