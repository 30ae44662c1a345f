"""Plots: what is drawn, what is said about it, and that no label can break or trick them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import dataclass, field

import matplotlib
import pandas as pd
import pytest

matplotlib.use("agg")
from matplotlib import pyplot
from matplotlib.mathtext import MathTextParser

import corpuskit as ck
from corpuskit import plot
from corpuskit.analysis.comparing.trends import trend
from corpuskit.plot import labels
from corpuskit.result import Result


@dataclass(frozen=True, eq=False, repr=False)
class Spread(Result):
    """A dispersion as far as its plot needs it."""

    parts: pd.DataFrame = field(default_factory=pd.DataFrame)
    positions: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True, eq=False, repr=False)
class Copies(Result):
    """Near-duplicates as far as their plot needs them."""

    stories: pd.DataFrame = field(default_factory=pd.DataFrame)


RESAMPLED = {"level": 0.95, "draws": 2000, "seed": 1}
COLUMNS = {
    "frequency_list": {"word": "pact", "count": 9, "per_10k": 4.5, "range": 3},
    "ngrams": {"ngram": "a pact", "count": 9, "per_10k": 4.5, "range": 3},
    "rates": {
        "outlet": "Wire", "articles": 8, "words": 3000, "hits": 12,
        "per_10k": 40.0, "low": 20.0, "high": 70.0,
    },
    "days": {
        "date": "2026-01-27", "articles": 8, "words": 3000, "hits": 12,
        "per_10k": 40.0, "low": 20.0, "high": 70.0,
    },
    "trend": {
        "period": "2026-01-27", "articles": 8, "words": 3000, "hits": 12,
        "per_10k": 40.0, "low": 20.0, "high": 70.0,
    },
    "compare": {
        "pattern": "pact", "outlet": "Wire", "per_10k": 40.0, "rest_per_10k": 60.0,
        "difference": -20.0, "low": -35.0, "high": -5.0,
    },
    "keyness": {
        "word": "pact", "target": 9, "reference": 1, "target_per_10k": 4.5,
        "reference_per_10k": 0.5, "log_ratio": 3.17, "conservative_log_ratio": 0.5, "g2": 7.4,
        "p": 0.01, "q": 0.2, "target_range": 3, "reference_range": 1, "direction": "target",
    },
    "collocates": {
        "word": "defence", "O11": 12, "E11": 2.4, "log_dice": 11.2, "log_ratio": 2.3,
        "conservative_log_ratio": 0.0, "g2": 9.0, "mi": 2.3, "range": 5, "left": 7, "right": 5,
    },
    "sentiment": {
        "article": "wire/a.txt", "outlet": "Wire", "date": "2026-01-27", "start": 70, "end": 90,
        "hits": 1, "sentence": "The pact holds.", "lexicon": "vader", "score": 0.25,
        "coverage": 0.5, "contributions": "", "compound": 0.3, "words": 2, "denominator": 8.0,
        "zone": "body", "unit": 0,
    },
    "sentiment_by": {
        "outlet": "Wire", "lexicon": "vader", "units": 9, "no_evidence": 2, "around": 0.25,
        "other_sentences": 40, "other_no_evidence": 10, "baseline": 0.1, "difference": 0.15,
        "low": 0.05, "high": 0.25, "articles": 5,
    },
    "kwic": {
        "article": "wire/a.txt", "outlet": "Wire", "date": "2026-01-27", "start": 70, "end": 74,
        "left": "The", "node": "pact", "right": "holds",
    },
}  # fmt: skip
LABELS = {
    "frequency_list": "word", "ngrams": "ngram", "rates": "outlet", "compare": "outlet",
    "keyness": "word", "collocates": "word", "kwic": "article",
    "sentiment": "outlet", "sentiment_by": "outlet",
}  # fmt: skip


def result(kind: str, *changes: dict[str, object], **params: object) -> Result:
    """Return a result of this kind, one row a change."""
    rows = [COLUMNS[kind] | change for change in changes]
    columns = {name: [row[name] for row in rows] for name in COLUMNS[kind]}
    return Result(pd.DataFrame({name: cells(column) for name, column in columns.items()}), params)


def cells(column: list[object]) -> pd.Series:
    """Return a column; text stays plain Python text, half a character included."""
    texts = any(isinstance(cell, str) for cell in column)
    return pd.Series(column, dtype=object if texts else None)


def spread(**hits: list[float]) -> Spread:
    """Return a dispersion with the positions of hits by article."""
    rows = [(a, "2026-01-27", "Wire", 100, len(at), 1.0) for a, at in hits.items()]
    parts = pd.DataFrame(rows, columns=["article", "date", "outlet", "words", "hits", "expected"])
    places = [(a, at) for a, all_at in hits.items() for at in all_at]
    whole = {"pattern": ["pact"], "hits": [len(places)], "articles": [len(rows)], "range": [1]}
    frame = pd.DataFrame(whole | {"dp": [0.5], "dp_norm": [0.61]})
    positions = pd.DataFrame(places, columns=["article", "position"])
    return Spread(frame, {"pattern": "pact"}, parts=parts, positions=positions)


def copies(*pairs: tuple[str, str, float]) -> Copies:
    """Return near-duplicates of these pairs, all of one story."""
    columns = ["a", "b", "jaccard", "containment", "shared"]
    frame = pd.DataFrame([(*pair, 0.9, 40) for pair in pairs], columns=columns)
    articles = sorted({name for a, b, _ in pairs for name in (a, b)})
    rows = [(a, articles[0], a == articles[0], len(articles), "2026-01-27") for a in articles]
    stories = pd.DataFrame(rows, columns=["article", "story", "first", "size", "date"])
    return Copies(frame, {"threshold": 0.5}, stories=stories)


COLUMNS["network"] = COLUMNS["collocates"]
ONE_OF_EACH = {kind: result(kind, {}) for kind in COLUMNS} | {
    "dispersion": spread(a=[0.1, 0.5], b=[]),
    "near_duplicates": copies(("a", "b", 0.8)),
}
NONE_OF_EACH = {kind: result(kind) for kind in COLUMNS} | {
    "dispersion": spread(a=[], b=[]),
    "near_duplicates": copies(),
}


@pytest.fixture(autouse=True)
def closed():
    """Close every figure of a test."""
    yield
    pyplot.close("all")


def png(ax) -> bytes:
    """Return the picture as a notebook would hold it; warnings are errors."""
    file = io.BytesIO()
    ax.figure.savefig(file, format="png", bbox_inches="tight")
    return file.getvalue()


def test_every_plot_is_tried():
    assert sorted([*ONE_OF_EACH, "describe"]) == plot.__all__


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_draws_on_the_axes_it_is_given_and_leaves_pyplot_alone(kind):
    from matplotlib.figure import Figure

    mine = Figure(layout="constrained").subplots()
    assert getattr(plot, kind)(ONE_OF_EACH[kind], ax=mine) is mine
    assert pyplot.get_fignums() == []
    assert plot.describe(mine) == plot.describe(getattr(plot, kind)(ONE_OF_EACH[kind]))
    assert png(mine)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_drawn_axes_is_cleared_first(kind):
    ax = plot.rates(ONE_OF_EACH["rates"])
    getattr(plot, kind)(ONE_OF_EACH[kind], ax=ax)
    assert plot.describe(ax) == plot.describe(getattr(plot, kind)(ONE_OF_EACH[kind]))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("collocates", "no collocates"),
        ("compare", "nothing to compare"),  # one group only has no rest
        ("days", "no dated reports"),
        ("trend", "no dated reports"),
        ("dispersion", "no hits"),
        ("frequency_list", "no words"),
        ("keyness", "no key words"),
        ("kwic", "no hits"),
        ("near_duplicates", "no near-duplicates"),
        ("network", "no collocates"),
        ("ngrams", "no n-grams"),
        ("rates", "no articles"),
        ("sentiment", "no hits"),
        ("sentiment_by", "nothing to compare"),
    ],
)
def test_nothing_to_draw_is_said(kind, said):
    ax = getattr(plot, kind)(NONE_OF_EACH[kind])
    assert [text.get_text() for text in ax.texts] == [said]
    assert f"drawn: nothing ({said})" in plot.describe(ax)
    assert png(ax)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_same_bytes_twice_and_under_any_style_of_the_reader(kind):
    first = png(getattr(plot, kind)(ONE_OF_EACH[kind]))
    with matplotlib.rc_context({"font.family": "serif", "axes.facecolor": "black"}):
        assert png(getattr(plot, kind)(ONE_OF_EACH[kind])) == first


def test_the_first_figure_of_a_notebook_leaves_the_next_ones_shown(monkeypatch):
    """Its backend wakes up with the first figure, inside the style, and turns showing on."""
    subplots = pyplot.subplots

    def waking(*args, **options):
        matplotlib.interactive(True)
        return subplots(*args, **options)

    monkeypatch.setattr(pyplot, "subplots", waking)
    monkeypatch.setitem(matplotlib.rcParams, "interactive", False)
    plot.rates(ONE_OF_EACH["rates"])
    assert matplotlib.is_interactive()


HOSTILE = {
    "mathematics": r"$5 million to $10 million",
    "broken mathematics": r"$\frac{$ \$x_{",
    "another script": "防衛 🚀 إتفاق",
    "control characters": "a\x00b\tc\r\nd\x1b[31m\u202e",
    "no letter": "   ",
    "nothing": "",
    "long": "word " * 400,
    "markup": "<script>alert(1)</script>",
    "half a pair": "\ud83d",
}


@pytest.fixture
def no_maths(monkeypatch):
    """Fail where any text is read as a formula."""
    monkeypatch.setattr(MathTextParser, "parse", lambda *_, **__: pytest.fail("read as maths"))


@pytest.mark.usefixtures("no_maths")
@pytest.mark.parametrize("kind", LABELS)
def test_hostile_labels_are_drawn_as_text(kind):
    rows = [{LABELS[kind]: text, "outlet": text, "date": text} for text in HOSTILE.values()]
    rows = [{key: row[key] for key in row if key in COLUMNS[kind]} for row in rows]
    ax = getattr(plot, kind)(result(kind, *rows))
    assert png(ax)
    assert max(len(label.get_text()) for label in ax.get_yticklabels()) <= 40
    assert all(c.isprintable() or c == "\n" for c in plot.describe(ax))


@pytest.mark.usefixtures("no_maths")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_patterns_make_a_title_of_this_width(text):
    long_label = {"outlet": "W" * 50}
    ax = plot.rates(result("rates", long_label, pattern=text, by=text, level=0.95))
    assert png(ax)
    width = ax.figure.get_size_inches()[0] * ax.figure.dpi
    assert max(ax.title.get_window_extent().x1, ax.xaxis.label.get_window_extent().x1) <= width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a $5 bill", r"a \$5 bill"),  # the renderer takes the backslash away again
        ("防 x", "□ x"),  # no such glyph in the font
        ("Žižek’s “pact” – é", "Žižek’s “pact” – é"),
    ],
)
def test_what_the_renderer_gets(text, shown):
    assert labels.drawn(text) == shown


@pytest.mark.parametrize(
    ("article", "shown"),
    [
        ("wire/2026-01-27-pact.txt", "2026-01-27-pact"),
        ("export.csv#12", "export.csv#12"),  # the number tells the records of a file apart
        ("x" * 40, "…" + "x" * 33),
        ("3", "3"),
        ("", "(none)"),
    ],
)
def test_an_article_is_named_by_the_end_of_its_id(article, shown):
    assert labels.tail(article) == shown


@pytest.mark.parametrize("missing", [float("nan"), None])
@pytest.mark.parametrize("columns", [("low", "high"), ("per_10k", "low", "high")])
def test_missing_values_are_a_dash(columns, missing):
    ax = plot.rates(result("rates", {}, {"outlet": "B"} | dict.fromkeys(columns, missing)))
    assert png(ax)
    value = "–" if "per_10k" in columns else "40.0"
    assert f"  B     {value}  12 hits, 8 articles" in plot.describe(ax)
    assert "drawn: 2 points, 1 interval" in plot.describe(ax)


def test_at_most_thirty_rows_are_drawn_and_it_says_so():
    ax = plot.frequency_list(result("frequency_list", *({"word": f"w{n}"} for n in range(45))))
    assert len(ax.patches) == 30
    assert ax.get_xlabel() == "occurrences\n30 of 45 rows drawn"
    assert "note: 30 of 45 rows drawn" in plot.describe(ax)


def test_groups_of_words_stand_under_their_names():
    rows = [{"word": f"w{n}", "per_10k": 9.0 - n % 5} for n in range(10)]
    frame = pd.DataFrame([COLUMNS["frequency_list"] | row for row in rows])
    frame.insert(0, "outlet", ["A"] * 5 + ["B"] * 5)
    ax = plot.frequency_list(Result(frame, {"by": "outlet"}))
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == ["A", *(f"w{n}" for n in range(5)), "B", *(f"w{n}" for n in range(5, 10))]
    assert "y: word within outlet\ndrawn: 10 bars" in plot.describe(ax)


def test_rates_without_groups_are_of_the_whole_corpus():
    whole = result("rates", {})
    ax = plot.rates(Result(whole.frame.drop(columns="outlet"), {"pattern": "pact"}))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["whole corpus"]


def test_a_group_without_words_has_no_rate():
    bare = {"words": 0, "hits": 0, "articles": 0, "per_10k": 0.0, "low": 0.0, "high": 0.0}
    ax = plot.rates(result("rates", {}, {"outlet": "B"} | bare))
    assert "  B     –  0 hits, 0 articles" in plot.describe(ax)
    assert "no value" in [text.get_text() for text in ax.texts]


def test_differences_are_hollow_where_the_interval_holds_zero():
    sure = {"outlet": "A"}
    unsure = {"outlet": "B", "difference": 5.0, "low": -1.0, "high": 11.0}
    ax = plot.compare(result("compare", sure, unsure))
    faces = [line.get_markerfacecolor() for line in ax.lines if line.get_marker() == "o"]
    assert faces == ["#D55E00", "white"]
    left, right = ax.get_xlim()
    assert left == -right


@pytest.mark.parametrize(
    ("safe", "asked", "axis"),
    [
        (0.5, None, "conservative log ratio in bits"),
        (0.0, None, "log ratio in bits"),  # conservative ratios of 0 would draw nothing
        (0.5, "log_ratio", "log ratio in bits"),
    ],
)
def test_keyness_says_which_ratio_it_draws(safe, asked, axis):
    drawn = result("keyness", {"conservative_log_ratio": safe})
    ax = plot.keyness(drawn, measure=asked)
    assert ax.get_xlabel().startswith(axis + ": right = more in target")


def test_keyness_draws_both_directions_the_strongest_evidence_first():
    rows = [{"word": f"w{n:02}", "log_ratio": n - 24.5, "g2": float(n)} for n in range(50)]
    safe = [row | {"conservative_log_ratio": 0.0} for row in rows]
    ax = plot.keyness(result("keyness", *safe))
    shown = [label.get_text() for label in ax.get_yticklabels()]
    more, less = range(49, 34, -1), range(24, 9, -1)
    assert shown == [f"w{n:02}" for n in [*more, *less]]
    assert "30 of 50 words drawn" in ax.get_xlabel()


def test_keyness_by_group_keeps_the_groups_apart():
    rows = [(o, n) for o in "AB" for n in range(20)]
    table = pd.DataFrame(
        {
            "outlet": [o for o, _ in rows],
            "word": [f"w{n:02}" for _, n in rows],
            "target": [n + 1 for _, n in rows],
            "reference": [20 - n for _, n in rows],
            "log_ratio": [n - 9.5 if o == "A" else 9.5 - n for o, n in rows],
            "conservative_log_ratio": 0.0,
            "g2": [float(n) if o == "A" else 100.0 - n for o, n in rows],
        }
    )
    ax = plot.keyness(Result(table, {"by": "outlet"}))
    shown = [label.get_text() for label in ax.get_yticklabels()]
    first, second = shown.index("A"), shown.index("B")
    assert (first, second) == (0, 15)
    assert shown[1:15] == [f"w{n:02}" for n in [*range(19, 12, -1), *range(9, 2, -1)]]
    assert shown[16:] == [f"w{n:02}" for n in [*range(7), *range(10, 17)]]
    assert "\ny: word within outlet\n" in plot.describe(ax)
    assert "28 of 40 rows drawn: at most 7 a side" in ax.get_xlabel().replace("\n", " ")


def test_dispersion_shows_articles_without_hits_and_their_lengths():
    ax = plot.dispersion(spread(a=[0.5, 0.1], b=[], c=[0.25]))
    assert plot.describe(ax) == (
        "strips: Dispersion: pact\n"
        "x: words from the start of the article\n"
        "y: article, by date\n"
        "drawn: 3 strips, 3 ticks\n"
        "  Wire 2026-01-27 a  2 hits at 10, 50 of 100\n"
        "  Wire 2026-01-27 b  0 hits of 100\n"
        "  Wire 2026-01-27 c  1 hit at 25 of 100\n"
        "note: tick = hit\n"
        "note: DPnorm 0.61 (0 = even, 1 = clumped)\n"
        "digest: 692250ea"
    )


def test_of_many_articles_those_with_most_hits_are_drawn():
    ax = plot.dispersion(spread(**{f"a{n:03}": [0.5] * (n % 90) for n in range(90)}))
    assert "60 of 90 articles drawn: those with most hits" in ax.get_xlabel()
    assert "drawn: 60 strips, 3,570 ticks" in plot.describe(ax)


@pytest.mark.parametrize(
    ("by", "articles", "beside"),
    [
        (None, ["B: b", "A: d", "A: e", "B: a"], ["2026-01-27", "2026-01-28", "(no date)"]),
        ("date", ["B: b", "A: d", "A: e", "B: a"], ["2026-01-27", "2026-01-28", "(no date)"]),
        ("outlet", ["d", "e", "b", "a"], ["A", "B"]),
    ],
)
def test_a_dispersion_shows_articles_in_date_order_or_by_outlet_if_it_is(by, articles, beside):
    where = [("a", "B", ""), ("b", "B", "2026-01-27"), ("e", "A", "2026-01-28")]
    where.append(("d", "A", "2026-01-28"))
    rows = [{"id": i, "outlet": o, "date": d, "text": "A pact."} for i, o, d in where]
    ax = plot.dispersion(ck.dispersion(ck.Corpus.from_frame(rows).find("pact"), by=by))
    assert [label.get_text() for label in ax.get_yticklabels()] == articles
    assert [text.get_text() for text in ax.texts] == beside


def test_strips_stand_by_outlet_then_date_the_undated_last():
    rows = [("B", "2026-01-27"), ("A", ""), ("A", "2026-01-28"), ("A", "2026-01-27")]
    changes = [{"article": f"{o}{d}", "outlet": o, "date": d} for o, d in rows]
    ax = plot.kwic(result("kwic", *changes))
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == ["A2026-01-27", "A2026-01-28", "A", "B2026-01-27"]
    assert [text.get_text() for text in ax.texts] == ["A", "B"]


def test_days_keep_the_place_of_days_without_hits_and_without_reports():
    ax = plot.days(
        result(
            "days",
            {},
            {"date": "2026-01-28", "hits": 0, "per_10k": 0.0, "low": 0.0, "high": 0.0},
            {"date": "2026-01-31", "hits": 3, "articles": 1},
            {"date": "2026-01-30", "hits": 0, "articles": 0},
            {"date": "(none)", "hits": 2, "articles": 1},
            by="date",
        )
    )
    assert [text.get_text() for text in ax.texts] == ["12", "0", "3"]
    assert ax.get_xlabel() == (
        "day\nshaded = 2 days without reports · without a date: 1 article, 2 hits"
    )
    assert [label.get_text()[-2:] for label in ax.get_xticklabels()] == list(
        ("27", "28", "29", "30", "31")
    )
    assert "drawn: 3 days with reports, 2 days without" in plot.describe(ax)


def test_trend_keeps_the_place_of_periods_without_reports():
    ax = plot.trend(
        result(
            "trend",
            {},
            {"period": "2026-01-28", "hits": 0, "articles": 0, "per_10k": 0.0},
            {"period": "2026-01-29", "hits": 0, "per_10k": 0.0, "low": 0.0, "high": 0.0},
            {"period": "(none)", "hits": 2, "articles": 1},
            every="day",
        )
    )
    points = [line for line in ax.lines if line.get_marker() == "o"]
    assert [float(line.get_xdata()[0]) for line in points] == [0, 2]
    assert [line.get_markerfacecolor() for line in points] == ["#0072B2", "white"]
    assert len(ax.patches) == 1
    shown = [label.get_text() for label in ax.get_xticklabels()]
    assert shown == ["2026-01-27", "2026-01-28", "2026-01-29"]
    assert plot.describe(ax).splitlines()[3:-2] == [
        "drawn: 3 days, 1 without reports",
        "  2026-01-27  12 hits in 8 articles, 40.0 [20.0, 70.0] per 10,000",
        "  2026-01-29  0 hits in 8 articles, 0.0 [0.0, 0.0] per 10,000",
        "note: line = interval, articles resampled",
        "note: shaded = 1 day without reports",
    ]


def test_trend_of_groups_draws_six_and_says_so():
    rows = [{"outlet": f"O{n}", **COLUMNS["trend"], "smoothed": 41.0} for n in range(7)]
    ax = plot.trend(Result(pd.DataFrame(rows), {"by": "outlet", "every": "week", "smooth": 3}))
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["O0", "O1", "O2", "O3", "O4", "O5"]
    assert (
        len({line.get_markeredgecolor() for line in ax.lines if line.get_marker() != "None"}) == 6
    )
    said = plot.describe(ax)
    assert "smoothed 41.0" in said
    assert "note: line through periods = 3 weeks together" in said
    assert "note: 6 of 7 groups drawn" in said


def test_trend_of_more_periods_than_can_be_told_apart_is_drawn():
    rows = [
        {"period": f"{year}-{month:02d}", "articles": year % 2}
        for year in range(1980, 2026)
        for month in range(1, 13)
    ]
    ax = plot.trend(result("trend", *rows, every="month"))
    assert png(ax)
    assert "note: 276 months without reports" in plot.describe(ax)


def test_days_of_two_centuries_are_drawn():
    rows = [{"date": f"{year}-03-04", "hits": year % 7} for year in range(1789, 2025, 4)]
    for measure in ("hits", "per_10k"):
        assert png(plot.days(result("days", *rows), measure=measure))


def test_near_duplicates_show_each_pair_of_a_story():
    ax = plot.near_duplicates(copies(("w/a.txt", "w/b.txt", 0.81), ("w/a.txt", "w/c.txt", 0.62)))
    assert plot.describe(ax).splitlines()[3:5] == [
        "drawn: 1 cluster",
        "  a  0.81  3 articles, 2 pairs",
    ]
    assert [list(line.get_xdata()) for line in ax.lines[1:]] == [[0.9, 0.9], [0.62, 0.81]]


def test_tone_shows_every_unit_and_counts_those_without_evidence():
    rows = [
        {"score": 0.5},
        {"score": -0.1, "article": "wire/b.txt"},
        {"score": float("nan"), "article": "wire/c.txt"},
        {"score": 0.0, "outlet": ""},
    ]
    ax = plot.sentiment(result("sentiment", *rows, pattern="pact", **RESAMPLED))
    assert plot.describe(ax).splitlines()[:-1] == [
        "dots with means: Tone: pact by outlet",
        "x: score of a unit: right = positive, left = negative",
        "y: outlet",
        "drawn: 2 groups, 1 interval",
        "  (none)  0.000  1 scored, 0 no evidence",
        "  Wire    0.200 [−0.100, 0.500]  2 scored, 1 no evidence",
        "note: diamond = mean",
        "note: line = 95% interval, articles resampled, 2,000 draws, seed 1",
    ]
    dots = [sorted(line.get_xdata()) for line in ax.lines if line.get_marker() == "o"]
    assert dots == [[0.0], [-0.1, 0.5]]


def test_tone_without_any_evidence_is_no_zero():
    ax = plot.sentiment(result("sentiment", {"score": float("nan")}))
    assert png(ax)
    assert "  Wire  –  0 scored, 1 no evidence" in plot.describe(ax)
    assert [line.get_marker() for line in ax.lines] == ["None"]  # the line of zero alone


@pytest.mark.parametrize("by", ["zone", "date", "lexicon"])
def test_tone_by_other_columns(by):
    rows = [{"lexicon": "vader"}, {"lexicon": "vader-news", "score": -0.5}]
    ax = plot.sentiment(result("sentiment", *rows), by=by)
    shown = [label.get_text() for label in ax.get_yticklabels()]
    value = COLUMNS["sentiment"][by]
    headed = ["vader", value, "vader-news", value]
    assert shown == (["vader", "vader-news"] if by == "lexicon" else headed)


@pytest.mark.parametrize("kind", ["compare", "sentiment_by"])
def test_several_patterns_or_lexicons_are_headings(kind):
    column = "pattern" if kind == "compare" else "lexicon"
    ax = getattr(plot, kind)(result(kind, {column: "one"}, {column: "two"}))
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert shown == ["one", "Wire", "two", "Wire"]
    assert "drawn: 2 points, 2 intervals" in plot.describe(ax)


def test_collocates_below_chance_are_hollow():
    ax = plot.collocates(result("collocates", {}, {"word": "the", "O11": 5, "E11": 5.5}))
    assert [line.get_markerfacecolor() for line in ax.lines] == ["#0072B2", "white"]
    assert "hollow = not more often than chance" in ax.get_xlabel()


TEXTS = [
    ("w1", "Wire", "2026-01-27", "The pact is good. Critics fear the pact. A great day for all."),
    ("w2", "Wire", "2026-01-28", "The pact is good. Critics fear the pact. A poor day for all."),
    ("b1", "Bulletin", "2026-01-27", "A warm welcome for the good pact. A bad road is closed."),
    ("b2", "Bulletin", "", "No word on it. The weather was fine."),
]
REAL = {
    "frequency_list": lambda corpus: ck.frequency_list(corpus, by="outlet"),
    "ngrams": lambda corpus: ck.ngrams(corpus, 2),
    "kwic": lambda corpus: ck.kwic(corpus.find("pact")).sort("1R"),
    "dispersion": lambda corpus: ck.dispersion(corpus.find("pact"), by="outlet"),
    "rates": lambda corpus: ck.rates(corpus.find("pact"), by="outlet", draws=50),
    "days": lambda corpus: ck.rates(corpus.find("pact"), by="date", draws=50),
    "trend": lambda corpus: trend(corpus.find("pact"), by="outlet", smooth=3, draws=50),
    "compare": lambda corpus: ck.compare(corpus, ["pact", "good"], draws=50),
    "keyness": lambda corpus: ck.keyness(
        corpus.where(outlet="Wire"), corpus.where(outlet="Bulletin"), min_freq=1, min_range=1
    ),
    "collocates": lambda corpus: ck.collocates(corpus.find("pact"), min_freq=1, min_range=1),
    "network": lambda corpus: ck.collocates(corpus.find("pact"), min_freq=1, min_range=1),
    "sentiment": lambda corpus: ck.sentiment_around(corpus.find("pact"), draws=50),
    "sentiment_by": lambda corpus: ck.sentiment_around(corpus.find("pact"), draws=50).by("outlet"),
    "near_duplicates": lambda corpus: ck.near_duplicates(corpus, n=2, threshold=0.3),
}


@pytest.mark.parametrize("kind", plot.__all__)
def test_results_of_a_corpus_with_and_without_hits_and_of_an_empty_one(kind):
    if kind == "describe":
        assert sorted([*REAL, kind]) == plot.__all__
        return
    rows = [dict(zip(("id", "outlet", "date", "text"), row, strict=True)) for row in TEXTS]
    whole = ck.Corpus.from_frame(rows)
    said = []
    for corpus in (whole, whole.where(outlet="Bulletin", date=""), whole.where(outlet="nobody")):
        ax = getattr(plot, kind)(REAL[kind](corpus))
        assert png(ax)
        said.append(plot.describe(ax))
    assert "drawn: nothing" not in said[0]
    assert "drawn: nothing (" in said[2]


def test_description_in_full():
    drawn = Result(
        result("rates", {}, {"outlet": "Ledger", "hits": 1000, "per_10k": 1234.56}).frame,
        {"pattern": "partner*", "by": "outlet", **RESAMPLED},
        summary="1,012 hits in 16 articles",
    )
    assert plot.describe(plot.rates(drawn)) == (
        "points with intervals: Rates: partner* by outlet (1,012 hits in 16 articles)\n"
        "x: hits per 10,000 words\n"
        "y: outlet\n"
        "drawn: 2 points, 2 intervals\n"
        "  Wire    40.0 [20.0, 70.0]  12 hits, 8 articles\n"
        "  Ledger  1,234.6 [20.0, 70.0]  1,000 hits, 8 articles\n"
        "note: line = 95% interval, articles resampled, 2,000 draws, seed 1\n"
        "digest: 6166de3c"
    )


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("rates", {"low": 20.00001}),  # not seen in the rounded text: the digest differs
        ("rates", {"hits": 13}),
        ("rates", {"outlet": "Wir"}),
        ("compare", {"high": -4.99999}),
        ("frequency_list", {"range": 4}),
        ("keyness", {"reference": 2}),
        ("collocates", {"E11": 2.40001}),
        ("network", {"E11": 2.40001}),
        ("network", {"left": 6}),
        ("kwic", {"start": 71}),
        ("sentiment", {"score": -0.25}),  # a sign turned
        ("sentiment_by", {"baseline": 0.10001}),
        ("days", {"date": "2026-01-28"}),  # a date shifted by a day
        ("trend", {"period": "2026-01-28"}),
        ("trend", {"high": 70.00001}),
    ],
)
def test_other_data_have_another_description(kind, change):
    draw = getattr(plot, kind)
    assert plot.describe(draw(result(kind, change))) != plot.describe(draw(result(kind, {})))


def test_rows_beyond_thirty_count_in_the_description():
    many = {f"a{n:02}": [0.5] for n in range(40)}
    moved = many | {"a39": [0.6]}
    first, second = (plot.describe(plot.dispersion(spread(**hits))) for hits in (many, moved))
    assert "  … and 10 rows more" in first
    assert first != second
    assert first.splitlines()[:-1] == second.splitlines()[:-1]


def test_describe_refuses_the_axes_of_others():
    message = (
        "`ax` must be an Axes that a function of corpuskit.plot returned; not 'Axes'. "
        "Draw first, for instance ax = plot.rates(result)."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        plot.describe(pyplot.figure().subplots())


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: plot.collocates(ONE_OF_EACH["rates"]),
            ValueError,
            "`result` must be a Result of collocates with the columns word, O11, E11, log_dice, "
            "range; not ['outlet', 'articles', 'words', 'hits', 'per_10k', 'low', 'high']. "
            "Give what collocates returns.",
        ),
        (
            lambda: plot.rates(ONE_OF_EACH["rates"].frame),
            TypeError,
            "`result` must be a Result; not DataFrame. Give what rates returns.",
        ),
        (
            lambda: plot.rates(ONE_OF_EACH["rates"], ax="here"),
            TypeError,
            "`ax` must be a Axes; not str. "
            "Give for instance ax=matplotlib.pyplot.gca(), or leave it out.",
        ),
        (
            lambda: plot.keyness(ONE_OF_EACH["keyness"], measure="log_ratios"),
            ValueError,
            "`measure` must be one of 'conservative_log_ratio', 'log_ratio'; not 'log_ratios'. "
            "Did you mean 'log_ratio'?",
        ),
        (
            lambda: plot.days(ONE_OF_EACH["days"], measure="rate"),
            ValueError,
            "`measure` must be one of 'hits', 'per_10k'; not 'rate'. Choose one of these.",
        ),
    ],
)
def test_wrong_arguments_are_told_what_to_do(call, error, message):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        call()


def test_importing_plot_loads_no_matplotlib():
    code = "import sys, corpuskit.plot; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
