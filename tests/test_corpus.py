"""Corpus: the article table, its parts, and the way back to the text."""

from __future__ import annotations

import pandas as pd
import pytest

from corpuskit.corpus.columns.tokens import TokenPolicy
from corpuskit.corpus.corpus import Corpus
from corpuskit.errors import DataError
from corpuskit.reading.article import Article, Cut, Zone

ROWS = [
    {"id": "a1", "text": "A deal is a deal.", "outlet": "A", "date": "2026-01-27", "desk": "x"},
    {"id": "a2", "text": "No deal yet. Talks went on.", "outlet": "A", "date": "", "desk": None},
    {"id": "b1", "text": "Deals!", "outlet": "B", "date": "2026-01-28", "desk": "y"},
]


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.from_frame(ROWS)


def test_table(corpus: Corpus) -> None:
    table = corpus.articles
    assert list(table.columns) == [
        "id",
        "outlet",
        "date",
        "published",
        "section",
        "headline",
        "byline",
        "language",
        "url",
        "words",
        "sentences",
        "notes",
        "desk",
    ]
    assert table["words"].tolist() == [5, 6, 1]
    assert table["sentences"].tolist() == [1, 2, 1]
    assert table["desk"].tolist() == ["x", "", "y"]


def test_repr(corpus: Corpus) -> None:
    assert repr(corpus) == "Corpus: 3 articles, 12 words, 9 types, 4 sentences"


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ({"outlet": "A"}, ["a1", "a2"]),
        ({"outlet": ["A", "B"], "date": "2026-01-28"}, ["b1"]),
        ({"date": "(none)"}, ["a2"]),
        ({"words": lambda n: n > 5}, ["a2"]),
        ({"outlet": "C"}, []),
    ],
)
def test_where(corpus: Corpus, conditions: dict[str, object], ids: list[str]) -> None:
    part = corpus.where(**conditions)
    assert part.articles["id"].tolist() == ids
    assert part.store is corpus.store


def test_parts_of_parts_count_alone(corpus: Corpus) -> None:
    part = corpus.where(outlet="A").where(date="2026-01-27")
    assert len(part.words) == 5
    assert len(part.find("deal")) == 2
    assert part.text(0) == "A deal is a deal."


def test_groups_are_sorted_and_keep_the_undated(corpus: Corpus) -> None:
    groups = corpus.groups("date")
    assert {day: len(part) for day, part in groups.items()} == {
        "(none)": 1,
        "2026-01-27": 1,
        "2026-01-28": 1,
    }


def test_zones() -> None:
    article = Article("a", "Deal\nThe deal.", zones=(Zone(0, 4, "headline"), Zone(5, 14, "lead")))
    corpus = Corpus([article])
    heads = corpus.where(zone="headline")
    assert len(heads.find("deal")) == 1
    assert heads.articles["words"].tolist() == [1]
    assert {zone: len(part.words) for zone, part in corpus.groups("zone").items()} == {
        "headline": 1,
        "lead": 2,
        "body": 0,
    }


def test_unknown_column(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match=r"Did you mean 'outlet'\?$"):
        corpus.where(outlt="A")


def test_unknown_article(corpus: Corpus) -> None:
    with pytest.raises(
        ValueError,
        match=r"^`article` must be one of 'a1', 'a2', 'b1'; not 'b2'\. Did you mean 'b1'\?$",
    ):
        corpus.text("b2")
    with pytest.raises(
        ValueError, match=r"^`article` must be a row from 0 to 2; not 3\. See corpus\.articles\.$"
    ):
        corpus.text(3)


def test_twins_are_refused() -> None:
    with pytest.raises(
        DataError, match=r"^a: two articles have this id\. Give each its own `id`\.$"
    ):
        Corpus([Article("a", "x"), Article("a", "y")])


def test_missing_text_column() -> None:
    with pytest.raises(
        DataError,
        match=r"^The table has no column 'body'; it has id, txt\. Name one of them\.$",
    ):
        Corpus.from_frame(pd.DataFrame({"id": ["1"], "txt": ["x"]}), text="body")


def test_from_frame_keeps_strings_and_reads_times() -> None:
    frame = pd.DataFrame(
        {
            "id": ["007", "1e5"],
            "body": ["NA", None],
            "published": pd.to_datetime(["2026-01-27 19:29", "2026-01-28 00:00"]),
        }
    )
    corpus = Corpus.from_frame(frame, text="body")
    assert corpus.articles["id"].tolist() == ["007", "1e5"]
    assert corpus.text("007") == "NA"
    assert corpus.text("1e5") == ""
    assert corpus.articles["published"].tolist() == ["2026-01-27T19:29", "2026-01-28"]
    assert corpus.articles["date"].tolist() == ["2026-01-27", "2026-01-28"]


def test_card(corpus: Corpus) -> None:
    card = dict(corpus.card().frame.itertuples(index=False))
    assert card["words"] == "12"
    assert card["tokens (words and marks)"] == "16"
    assert card["articles without a date"] == "1"
    assert card["first day"] == "2026-01-27"


def test_words_and_marks_are_counted_apart() -> None:
    # toy corpus of polsci/conc, nbs/api/70_frequency.ipynb: 38 tokens, 32 words, 14 word types
    texts = [
        "The cat sat on the mat.",
        "The dog sat on the mat.",
        "The cat is meowing.",
        "The dog is barking.",
        "The cat is climbing a tree.",
        "The dog is digging a hole.",
    ]
    corpus = Corpus.from_frame([{"text": text} for text in texts])
    assert int(corpus.mask.sum()) == 38
    assert len(corpus.words) == 32
    assert int((corpus.word_counts() > 0).sum()) == 14


def test_policy_is_used() -> None:
    corpus = Corpus.from_frame([{"text": "EU’s plan"}], tokens=TokenPolicy(possessives="split"))
    assert len(corpus.find("EU")) == 1


def test_to_nltk(corpus: Corpus) -> None:
    text = corpus.where(outlet="B").to_nltk()
    assert text.tokens == ["Deals", "!"]
    assert type(text).__name__ == "Text"


def test_spans_of_everything_are_the_text() -> None:
    text = "Head\n- In WORLD\nOne. Two words.\nComments"
    cut = Cut(5, 15, "section line", "a header line")
    tail = Cut(32, 40, "comments", "the comment link of the page")
    zones = (Zone(0, 4, "headline"), Zone(16, 31, "lead"))
    corpus = Corpus([Article("a", text, zones=zones, cuts=(cut, tail))])
    views = [corpus.paragraphs(), corpus.sentences(), corpus.cuts()]
    assert [view.frame["text"].tolist() for view in views] == [
        ["Head", "One. Two words."],
        ["Head", "One.", "Two words."],
        ["- In WORLD", "Comments"],
    ]
    for view, column in [*((view, "text") for view in views), (corpus.tokens(), "token")]:
        for row in view.frame.itertuples():
            assert text[row.start : row.end] == getattr(row, column)
    assert corpus.tokens().frame["word"].tolist() == [True, True, False, True, True, False]
    assert corpus.where(zone="lead").paragraphs().frame["zone"].tolist() == ["lead"]


def test_expect(corpus: Corpus) -> None:
    found = corpus.expect(articles=3, words=11, undated=1)
    assert found.frame["same"].tolist() == [True, False, True]
    assert found.summary == "2 of 3 facts as expected"
    with pytest.raises(ValueError, match=r"Did you mean 'articles'\?$"):
        corpus.expect(article=3)


def test_a_page_is_the_text_and_nothing_in_it_is_live() -> None:
    text = "A $5 deal\n<script>x</script>\n\n" + "long " * 40
    page = Corpus.from_frame([{"id": "<a>", "text": text}]).page("<a>")
    assert page.text == text
    assert max(map(len, repr(page).splitlines())) <= 92
    shown = page._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;x&lt;/script&gt;" in shown
    assert "mathjax_ignore" in shown
    assert shown.count("<p>") == 3


def test_where_says_what_was_chosen(corpus: Corpus) -> None:
    part = corpus.where(outlet=["B", "A"], words=lambda n: n > 1).where(id="a1")
    assert part.chosen == {"outlet": ["A", "B"], "words": "function", "id": "a1"}
    assert corpus.where(id=["a1", "a2", "b1", "c"]).chosen == {"id": "4 values"}
    assert part.find("deal").caption["where"] == part.chosen
    assert corpus.groups("outlet")["B"].chosen == {"outlet": "B"}
    assert corpus.chosen == {}


def test_numbers_are_ordered_as_numbers() -> None:
    corpus = Corpus.from_frame([{"text": "a", "year": year} for year in (100, 9, 10)])
    assert corpus.groups_of("year")[0] == ["9", "10", "100"]
    assert len(corpus.where(year="10")) == len(corpus.where(year=10)) == 1


def test_a_corpus_never_changes(corpus: Corpus) -> None:
    table = corpus.articles
    table.loc[0, "outlet"] = "Z"
    assert corpus.articles.loc[0, "outlet"] == "A"


def test_many_groups_keep_no_mask(corpus: Corpus) -> None:
    for part in corpus.groups("id").values():
        assert part.words.tolist() == [w for w in corpus.words.tolist() if part.mask[w]]
        assert "mask" not in vars(part)


@pytest.mark.parametrize(
    ("row", "date", "note"),
    [
        ({"date": "January 5, 2024"}, "2024-01-05", ""),
        ({"date": "27/01/2026"}, "2026-01-27", ""),
        ({"date": "03/02/2026"}, "", "CK-131"),
        ({"date": "yesterday"}, "", "CK-133"),
        ({"date": "2024-01-05", "published": ""}, "2024-01-05", ""),
        ({"date": None}, "", ""),
    ],
)
def test_dates_of_a_table_are_read_or_left_empty(
    row: dict[str, object], date: str, note: str
) -> None:
    table = Corpus.from_frame([{"text": "a"} | row]).articles
    assert table.loc[0, "date"] == date
    assert table.loc[0, "notes"].startswith(note)
    assert bool(table.loc[0, "notes"]) == bool(note)


def test_date_order_of_a_table() -> None:
    rows = [{"text": "a", "date": "03/02/2026"}]
    assert Corpus.from_frame(rows, date_order="dmy").articles.loc[0, "date"] == "2026-02-03"


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (
            pd.DataFrame([["a", "b"]], columns=["text", "text"]),
            "The table has two columns 'text'. Rename one of them.",
        ),
        (
            pd.DataFrame([{"text": "a", "words": 5}]),
            "The table has a column 'words', a name that corpuskit uses itself. "
            "Rename it, for instance to 'words_given'.",
        ),
        (
            pd.DataFrame([{"text": "a", "id": None}]),
            "Row 0 of the table has no id. Give each row its own.",
        ),
        (
            pd.DataFrame([{"text": b"a", "id": "x"}]),
            "x: the text is bytes. Decode it first, for instance as UTF-8.",
        ),
    ],
)
def test_tables_that_cannot_be_read(frame: pd.DataFrame, message: str) -> None:
    with pytest.raises(DataError) as error:
        Corpus.from_frame(frame)
    assert str(error.value) == message


def test_ids_that_are_numbers() -> None:
    frame = pd.DataFrame({"text": ["a", "b"], "id": [1.0, 2.5]})
    assert Corpus.from_frame(frame).articles["id"].tolist() == ["1", "2.5"]
