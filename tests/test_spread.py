"""Dispersion of hits over articles."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from corpuskit.analysis.spread import dispersion
from corpuskit.corpus.corpus import Corpus

COLUMNS = ["hits", "articles", "range", "dp", "dp_norm"]

# Gries 2020, Analyzing dispersion: a word 1, 2, 3, 4, 5 times in parts of 9, 10, 10, 10, 11 words.
TOY = [
    ("d", "A", "2026-01-04", "x " + "b " * 8),
    ("b", "A", "", "x x " + "b " * 8),
    ("a", "B", "2026-01-03", "x x x " + "b " * 7),
    ("c", "B", "2026-01-03", "b " * 6 + "x x x x"),
    ("e", "", "2026-01-01", "x x x x x " + "b " * 6),
]


def toy(rows=TOY) -> Corpus:
    return Corpus.from_frame(pd.DataFrame(rows, columns=["id", "outlet", "date", "text"]))


def test_published_values():
    table = dispersion(toy().find("x"))
    row = table.frame.iloc[0]
    assert list(table.frame) == ["pattern", *COLUMNS]
    assert row[["pattern", "hits", "articles", "range"]].tolist() == ["x", 15, 5, 5]
    assert row["dp"] == pytest.approx(0.18, abs=1e-9)
    assert row["dp_norm"] == pytest.approx(0.18 / (1 - 9 / 50), abs=1e-9)
    assert table.caption == "Dispersion(pattern='x'): 15 hits in 5 of 5 articles"


def test_parts_stand_by_date_undated_last():
    parts = dispersion(toy().find("x")).parts
    assert list(parts) == ["article", "date", "outlet", "words", "hits", "expected"]
    assert parts["article"].tolist() == ["e", "a", "c", "d", "b"]
    assert parts["hits"].tolist() == [5, 3, 4, 1, 2]
    assert parts["words"].tolist() == [11, 10, 10, 9, 10]
    assert parts["expected"].tolist() == pytest.approx([3.3, 3, 3, 2.7, 3])


def test_positions_are_shares_of_the_words_of_the_article():
    rows = [("a", "", "", "One, two - x four!"), ("b", "", "", "x two"), ("c", "", "", "none")]
    positions = dispersion(toy(rows).find("x")).positions
    assert positions["article"].tolist() == ["a", "b"]
    assert positions["position"].tolist() == [0.5, 0.0]


def test_by_outlet_keeps_groups_without_hits_and_without_a_name():
    table = dispersion(
        toy([*TOY, ("f", "C", "", "b b"), ("g", "C", "", "b")]).find("x"), by="outlet"
    )
    assert list(table.frame) == ["outlet", *COLUMNS]
    assert table.frame["outlet"].tolist() == ["(none)", "A", "B", "C"]
    assert table.frame["hits"].tolist() == [5, 3, 7, 0]
    assert table.frame["dp"].tolist()[::3] == [0, 0]
    assert table.notes[1:] == (
        "No hits, so dp is 0 by rule: C.",
        "One article, so dp is 0 by rule: (none).",
    )


def test_by_zone():
    frame = dispersion(toy().find("x"), by="zone").frame
    assert frame["zone"].tolist() == ["headline", "lead", "body"]
    assert frame["hits"].tolist() == [0, 15, 0]


def test_no_hits():
    table = dispersion(toy().find("nothing"))
    assert table.frame.iloc[0].tolist() == ["nothing", 0, 5, 0, 0.0, 0.0]
    assert table.parts["hits"].tolist() == [0] * 5
    assert len(table.positions) == 0
    assert table.notes[1] == "No hits, so dp is 0 by rule: nothing."


@pytest.mark.parametrize("by", [None, "outlet"])
def test_empty_corpus(by):
    table = dispersion(toy([]).find("x"), by=by)
    assert list(table.frame) == [by or "pattern", *COLUMNS]
    assert (len(table), len(table.parts), len(table.positions)) == (0, 0, 0)
    assert list(table.parts) == ["article", "date", "outlet", "words", "hits", "expected"]


def test_refused():
    with pytest.raises(TypeError) as error:
        dispersion("x")
    assert str(error.value) == (
        '`hits` must be a Hits; not str. Give what corpus.find("partner*") returns.'
    )
    with pytest.raises(ValueError, match=r"Did you mean 'outlet'\?$"):
        dispersion(toy().find("x"), by="outlets")


def slow(hits, words):
    """Return the measures by their definitions, in plain Python, for hits in two parts or more."""
    total, size, n = sum(hits), sum(words), len(words)
    s, v = [w / size for w in words], [f / total for f in hits]
    p = [f / w for f, w in zip(hits, words, strict=True)]
    mean, q = sum(p) / n, [rate / sum(p) for rate in p]
    sd = math.sqrt(sum((rate - mean) ** 2 for rate in p) / n)
    return {
        "dp": sum(abs(a - b) for a, b in zip(s, v, strict=True)) / 2,
        "juilland_d": 1 - sd / mean / math.sqrt(n - 1),
        "carroll_d2": -sum(x * math.log2(x) for x in q if x) / math.log2(n),
        "rosengren_s": sum(math.sqrt(a * f) for a, f in zip(s, hits, strict=True)) ** 2 / total,
        "kld": sum(b * math.log2(b / a) for a, b in zip(s, v, strict=True) if b),
    }


ALL = ["juilland_d", "carroll_d2", "rosengren_s", "kld"]
PARTS = [
    ([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]),
    ([0, 2, 0], [5, 9, 4]),
    ([3, 0, 1, 0], [4, 30, 2, 8]),
    ([1, 1], [7, 7]),
]


@pytest.mark.parametrize(("found", "words"), PARTS)
def test_measures_on_request_by_their_definitions(found, words):
    texts = ["x " * f + "b " * (w - f) for f, w in zip(found, words, strict=True)]
    rows = [(f"a{n}", "", "", text) for n, text in enumerate(texts)]
    table = dispersion(toy(rows).find("x"), measures="all")
    assert list(table.frame) == ["pattern", *COLUMNS, *ALL]
    row = table.frame.iloc[0]
    expected = slow(found, words)
    for name, value in expected.items():
        assert row[name] == pytest.approx(value, abs=1e-9), name
    lines = {line.split(" = ")[0]: line for line in table.explain().notes}
    for name, value in (expected | {"dp_norm": row["dp_norm"]}).items():
        assert f" = {value + 0.0:.3f}" in lines[name].replace("-0.000", "0.000"), name
        assert "20" in lines[name].rsplit(". ", 1)[-1]  # the source and its year


def test_measures_are_added_by_name_and_the_default_stays():
    hits = toy().find("x")
    plain, asked = dispersion(hits), dispersion(hits, by="outlet", measures=("kld", "dp"))
    assert list(plain.frame) == ["pattern", *COLUMNS]
    assert "measures" not in plain.params
    assert len(plain.notes) == 1
    assert list(asked.frame) == ["outlet", *COLUMNS, "kld"]
    assert asked.caption.startswith("Dispersion(pattern='x', by='outlet', measures=('kld',)): ")
    assert asked.notes[1] == "kld in bits: 0 = even, larger = clumped, no upper end."
    with pytest.raises(ValueError, match=r"Did you mean 'juilland_d'\?$"):
        dispersion(hits, measures="juiland")


def test_explain_shows_each_article_and_the_formulas_in_numbers():
    told = dispersion(toy().find("x")).explain()
    assert told.caption == "Spread(row='x'): 15 hits in 5 of 5 articles"
    assert told.frame["article"].tolist() == ["d", "e", "b", "c", "a"]
    assert told.frame["s"].tolist() == pytest.approx([0.18, 0.22, 0.2, 0.2, 0.2])
    assert told.frame["v"].tolist() == pytest.approx([1 / 15, 1 / 3, 2 / 15, 4 / 15, 0.2])
    assert told.notes[1:3] == (
        "dp = ½ Σ |s - v| = ½ × (0.113 + 0.113 + 0.067 + 0.067) = 0.180. Gries 2008.",
        "dp_norm = dp / (1 - min s) = 0.180 / (1 - 0.1800) = 0.220. Lijffijt & Gries 2012.",
    )
    assert told.notes[-2] == (
        "Direction: dp, dp_norm: 0 = even, larger = clumped. Furthest above its share: e, with "
        "33.3% of the hits in 22.0% of the words."
    )
    assert told._repr_html_() == dispersion(toy().find("x")).explain("x")._repr_html_()


@pytest.mark.parametrize(("by", "row"), [("outlet", "B"), ("zone", "lead"), ("date", "(none)")])
def test_explain_a_group(by, row):
    table = dispersion(toy().find("x"), by=by, measures="all")
    figures = table.frame.set_index(by).loc[row]
    told = table.explain(row)
    assert told.frame["hits"].sum() == figures["hits"]
    assert len(told.frame) == figures["articles"]
    assert told.frame["difference"].sum() / 2 == pytest.approx(figures["dp"])


def test_explain_where_the_zero_rule_decides():
    table = dispersion(
        toy([*TOY, ("f", "C", "", "b b"), ("g", "C", "", "b")]).find("x"), by="outlet"
    )
    for row in ("C", "(none)"):  # no hits; one article
        lines = table.explain(row).notes
        assert "dp = 0.000, by the zero rule." in lines
        assert any(line.endswith("It decides here.") for line in lines)
    assert dispersion(toy().find("nothing")).explain().frame["v"].tolist() == [0] * 5


def test_explain_refuses_a_row_that_is_not_there():
    table = dispersion(toy().find("x"), by="outlet")
    with pytest.raises(
        ValueError, match=r"^`row` must be a value of the column outlet; not 'D'\. "
    ) as error:
        table.explain("D")
    assert str(error.value).endswith("to_frame() shows the rows it has.")
    with pytest.raises(
        ValueError, match=r"^`row` must be a value of the column outlet; not None\. "
    ):
        table.explain()
    with pytest.raises(
        ValueError, match=r"^`row` must be a value of the column pattern; not None\. "
    ):
        dispersion(toy([]).find("x")).explain()


@pytest.mark.parametrize("name", ["hits", "range", "dp", "kld"])
def test_a_group_column_named_like_a_figure_is_refused(name):
    corpus = Corpus.from_frame([{"text": "a pact", name: "x"}])
    with pytest.raises(ValueError, match=r"^`by` must be a column whose name is not that of a fig"):
        dispersion(corpus.find("pact"), by=name, measures=["kld"])
