"""The collocation network: what stands where, that it is the same each time, and its labels."""

from __future__ import annotations

import io

import matplotlib

matplotlib.use("agg")

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.patches import FancyArrowPatch
from PIL import Image

import corpuskit as ck
from corpuskit.plot import describe
from corpuskit.plot.networks import network
from corpuskit.result import Result

ROW = {"O11": 12, "E11": 2.4, "log_dice": 9.0, "left": 7, "right": 5}


def table(node: str, *words: str, **changes: object) -> Result:
    """Return collocates as far as their network needs them."""
    rows = [ROW | {"word": word, "log_dice": 11.0 - n} | changes for n, word in enumerate(words)]
    frame = pd.DataFrame(rows, columns=["word", *ROW])
    return Result(frame, {"pattern": node}, summary=f"{len(words)} words")


@pytest.fixture(autouse=True)
def _closed():
    yield
    pyplot.close("all")


def places(ax):
    """Return word -> (x, y) of all labels."""
    return {text.get_text(): text.get_position() for text in ax.texts}


def lines(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def test_one_node_has_its_left_words_on_the_left_the_strongest_on_top():
    rows = [table("pact", "new", "trade", "old").frame, table("pact", "deal", left=2).frame]
    ax = network(Result(pd.concat(rows, ignore_index=True), {"pattern": "pact"}))
    at = places(ax)
    assert at["pact"] == (0, 0)
    assert [at[word][0] < 0 for word in ("new", "trade", "old", "deal")] == [True] * 3 + [False]
    assert at["new"][1] > at["trade"][1] > at["old"][1]
    widths = [line.get_linewidth() for line in lines(ax)]
    assert widths[0] == max(widths) == 4.5
    assert len(lines(ax)) == 4


def test_description_in_full():
    ax = network(table("pact", "new", "trade"))
    assert describe(ax) == (
        "network: Collocation network: pact (2 words)\n"
        "x: line = collocate, broader = higher logDice; left, right = side of the node\n"
        "y: nodes in boxes, collocates round them\n"
        "drawn: 1 node, 2 words, 2 links\n"
        "  pact – new    logDice 11.00  12 found, 2.4 expected\n"
        "  pact – trade  logDice 10.00  12 found, 2.4 expected\n"
        "digest: " + describe(ax)[-8:]
    )
    assert describe(network(table("pact", "new", "trade"))) == describe(ax)
    for change in ({"E11": 2.40001}, {"right": 6}, {"O11": 13}):
        assert describe(network(table("pact", "new", "trade", **change))) != describe(ax)


def test_shared_words_stand_on_the_right_once_near_their_nodes():
    ax = network([table("pact", "new", "trade"), table("deal", "trade", "old"), table("talks")])
    at = places(ax)
    assert sorted(at) == ["deal", "new", "old", "pact", "talks", "trade"]
    assert at["trade"][0] > 0
    assert at["new"][0] < 0
    assert at["old"][0] < 0
    assert at["new"][1] > at["old"][1]
    assert at["pact"][1] > at["deal"][1] > at["talks"][1]
    assert "drawn: 3 nodes, 3 words, 4 links" in describe(ax)


def test_a_collocate_that_is_a_node_is_a_line_between_the_nodes():
    ax = network([table("Pact", "deal"), table("deal", "pact", "new")])
    assert sorted(places(ax)) == ["Pact", "deal", "new"]
    assert "drawn: 2 nodes, 1 word, 3 links" in describe(ax)


def test_names_of_tables_are_not_words():
    ax = network({"a": table("pact", "a", "b"), "b": table("pact", "a", "c")})
    assert sorted(text.get_text() for text in ax.texts) == ["a", "a", "b", "b", "c"]
    assert describe(ax).startswith("network: Collocation network: pact\n")
    assert "drawn: 2 nodes, 3 words, 4 links" in describe(ax)


def test_words_that_chance_explains_are_left_out_and_counted():
    rows = [table("pact", "new").frame, table("pact", "the", E11=12.0).frame]
    ax = network(Result(pd.concat(rows, ignore_index=True), {"pattern": "pact"}))
    assert sorted(places(ax)) == ["new", "pact"]
    assert "1 row not above chance left out" in ax.get_xlabel()
    assert "drawn: nothing (no collocates)" in describe(network(table("pact", "the", E11=12.0)))


def test_at_most_thirty_words_and_eight_nodes():
    ax = network(table("pact", *(f"w{n:02}" for n in range(40))))
    assert "drawn: 1 node, 30 words, 30 links" in describe(ax)
    assert "30 of 40 words drawn" in ax.get_xlabel()
    ax = network([table(f"n{n}", f"w{n}") for n in range(10)])
    assert "drawn: 8 nodes, 8 words, 8 links" in describe(ax)
    assert "8 of 10 nodes drawn" in ax.get_xlabel()


def random_tables(seed):
    rng = np.random.default_rng(seed)
    words = [f"word{n}" for n in range(24)]
    return [
        table(f"node{n}", *rng.permutation(words)[: rng.integers(1, 20)])
        for n in range(rng.integers(1, 7))
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_label_lies_on_another_and_no_line_on_a_label_of_a_word(seed):
    ax = network(random_tables(seed))
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    for n, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])
    words = [b for b, text in zip(boxes, ax.texts, strict=True) if "word" in text.get_text()]
    for line in lines(ax):
        path = line.get_path().interpolated(50)
        drawn = ax.transData.transform(path.vertices)
        assert not any(box.contains(*point) for box in words for point in drawn)


def pixels(ax):
    data = io.BytesIO()
    ax.figure.savefig(data, format="png")
    return np.asarray(Image.open(io.BytesIO(data.getvalue())))


def test_the_same_tables_give_the_same_picture():
    first, second = (pixels(network(random_tables(3))) for _ in range(2))
    assert (first == second).all()


def test_labels_are_text_and_nothing_else():
    ax = network(table("$5^2$", "<b>x</b>", "a_$b", r"\alpha", "日本", "x" * 200))
    shown = [text.get_text() for text in ax.texts]
    assert r"\$5^2\$" in shown
    assert r"a_\$b" in shown
    assert "\N{WHITE SQUARE}" * 2 in shown
    assert max(map(len, shown)) == 34
    assert pixels(ax).size


def test_real_collocates_on_an_axes_of_ones_own():
    texts = ["the new pact holds", "the new trade pact", "a new trade deal holds"]
    corpus = ck.Corpus.from_frame([{"text": text} for text in texts])
    results = [
        ck.collocates(corpus.find(node), (2, 2), min_freq=1, min_range=1)
        for node in ("pact", "trade")
    ]
    own = pyplot.figure().subplots()
    assert network(results, ax=own) is own
    assert "pact – trade" in describe(own)
    assert "drawn: nothing" in describe(network(results[0].head(0), ax=own))


def test_refused():
    message = (
        "`result` must be collocates of different nodes, or a mapping; not ['pact', 'pact']. "
        'Give names, for instance plot.network({"Wire": first, "Ledger": second}).'
    )
    with pytest.raises(ValueError) as error:  # noqa: PT011
        network([table("pact", "new"), table("pact", "old")])
    assert str(error.value) == message
    with pytest.raises(TypeError) as error:
        network("pact")
    assert str(error.value) == "`result` must be a Result; not str. Give what collocates returns."
    with pytest.raises(ValueError, match=r"^`result` must be a Result of collocates with the col"):
        network(Result(pd.DataFrame({"word": []})))


@pytest.mark.parametrize("nothing", [[], {}])
def test_no_tables_is_a_case(nothing):
    assert "drawn: nothing (no collocates)" in describe(network(nothing))
