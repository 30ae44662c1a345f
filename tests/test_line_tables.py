"""Tables of lines: what the usual way to a table makes, made without its detours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from slow_kwic import slow_lines
from strategies import news_texts

from corpuskit.analysis.concordances import concordance, contexts
from corpuskit.analysis.concordances.concordance import COLUMNS, kwic
from corpuskit.corpus.corpus import Corpus
from corpuskit.corpus.finding import surface, tables
from corpuskit.corpus.finding.surface import Spans, objects, texts_of, told_of
from corpuskit.corpus.finding.tables import table_of

ROWS = [
    {"id": f"n{n}", "outlet": "AB"[n % 2], "date": f"2026-01-0{n + 1}", "text": f"{n} a pact"}
    for n in range(6)
]


@pytest.mark.parametrize("small", [0, 100])
@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_table_is_the_one_that_pandas_makes(
    size: int, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "SMALL", small)
    columns = {"word": objects(["a", "b", "c"][:size]), "start": np.arange(size)}
    columns |= {"end": np.arange(size) + 1, "node": objects(["x", "", "y"][:size])}
    cells = {name: pd.Series(column, dtype=column.dtype) for name, column in columns.items()}
    table = table_of(columns)
    pd.testing.assert_frame_equal(table, pd.DataFrame(cells))
    assert table.columns.dtype == pd.DataFrame(cells).columns.dtype


def test_tables_do_not_share_the_name_of_their_columns() -> None:
    first, second = (table_of({"word": objects(["a"])}) for _ in range(2))
    first.columns.name = "mine"
    assert second.columns.name is None


def test_a_table_can_be_written_to_and_the_hits_stay() -> None:
    hits = Corpus.from_frame(ROWS).find("pact")
    starts = hits.starts.tolist()
    frame = hits.to_frame()
    frame.loc[:, "start"] = -1
    frame["new"] = frame["node"].str.upper()
    assert hits.starts.tolist() == starts == hits.to_frame()["start"].tolist()
    assert frame["new"].tolist() == ["PACT"] * 6


@given(news_texts(20), news_texts(20))
def test_many_nodes_are_made_once_for_each_spelling(first: str, second: str) -> None:
    corpus = Corpus.from_frame([{"text": first}, {"text": second}])
    for pattern in ("a", "p*", "*"):
        hits = corpus.find(pattern)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(contexts, "MANY", 1)
            made = kwic(hits, 3).frame
        assert made[list(COLUMNS)].to_numpy().tolist() == slow_lines(hits, 3)


def test_texts_are_read_once_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surface, "BLOCK", 10)  # each text has 8 characters
    corpus, asked = Corpus.from_frame(ROWS), []
    read = Corpus.texts_of
    monkeypatch.setattr(Corpus, "texts_of", lambda own, ns: map(noted, ns.tolist(), read(own, ns)))

    def noted(n: int, text: str) -> str:
        asked.append(n)
        return text

    articles = np.array([0, 0, 2, 3, 5, 5, 5])
    starts = np.arange(7)
    made = texts_of(corpus, articles, Spans(starts, starts + 2), Spans(starts, starts))
    texts = [ROWS[n]["text"] for n in articles.tolist()]
    assert made == [[text[n : n + 2] for n, text in enumerate(texts)], [""] * 7]
    assert asked == [0, 2, 3, 5]


@pytest.mark.parametrize("few", [0, 2, 100])
def test_what_is_told_of_articles_is_that_of_the_table(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surface, "FEW", few)
    corpus = Corpus.from_frame(ROWS)
    part = corpus.where(outlet="B")
    asked = [(part, [1, 5]), (corpus, [0, 0, 1, 4]), (part, [1, 3, 3]), (corpus, [2]), (corpus, [])]
    for shelf, numbers in asked:
        told = told_of(shelf, np.array(numbers, np.int64))
        wanted = corpus.articles.iloc[numbers]
        assert {name: column.tolist() for name, column in told.items()} == {
            name: wanted[name].tolist() for name in ("id", "outlet", "date")
        }


@pytest.mark.parametrize("keys", ["", "1R node"])
def test_views_make_no_more_lines_than_they_show(
    keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [{"text": f"pact of {n % 7} and pact {n}"} for n in range(300)]
    lines = kwic(Corpus.from_frame(texts).find("pact"), 3)
    lines = lines.sort(keys) if keys else lines
    made, columns_of = [], concordance._columns
    monkeypatch.setattr(
        concordance, "_columns", lambda *given: made.append(len(given[1])) or columns_of(*given)
    )
    assert (len(repr(lines).splitlines()), made) == (20 + 4, [20])
    assert (lines._repr_html_().count("<tr"), made) == (100 + 1, [20, 100])
    assert (len(lines.head(7).frame), made) == (7, [20, 100, 7])
    assert "frame" not in lines.__dict__
