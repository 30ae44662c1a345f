"""Two articles side by side: aligned, marked by text, traced to the untouched texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpuskit as ck
from corpuskit.analysis.copies import side_by_side as module
from corpuskit.analysis.copies.side_by_side import differences

ONE = "They met on Tuesday. It rained hard. The deal was signed by both sides.\n\nNo one spoke."
TWO = "They met in Delhi on Tuesday. The deal was NOT signed by both sides. No one spoke. Who won?"


def corpus_of(*texts):
    return ck.Corpus.from_frame([{"id": "abc"[n], "text": t} for n, t in enumerate(texts)])


def view(one, two):
    return differences(corpus_of(one, two), "a", "b")


def test_sentences_are_aligned_and_words_marked():
    result = view(ONE, TWO)
    assert result.frame[["kind", "a", "b"]].to_numpy().tolist() == [
        ["changed", "They met on Tuesday.", "They met [+in Delhi+] on Tuesday."],
        ["removed", "[-It rained hard.-]", ""],
        [
            "changed",
            "The deal was signed by both sides.",
            "The deal was [+NOT+] signed by both sides.",
        ],
        ["same", "No one spoke.", "No one spoke."],
        ["added", "", "[+Who won?+]"],
    ]
    assert result.caption == (
        "Differences(a='a', b='b'): 5 rows (1 same, 2 changed, 1 removed, 1 added)"
    )


def test_words_on_either_side_are_marked():
    row = view("The brave minister met.", "The old minister met again.").frame.iloc[0]
    assert row["a"] == "The [-brave-] minister met."
    assert row["b"] == "The [+old+] minister met [+again+]."


def test_case_and_marks_are_no_difference():
    row = view("“The minister’s pact,” he said.", "The MINISTER'S pact - he said").frame.iloc[0]
    assert (row["kind"], row["a"]) == ("same", "“The minister’s pact,” he said.")


def test_the_method_of_the_result_and_its_order():
    corpus = corpus_of(ONE, TWO, ONE)
    copies = ck.near_duplicates(corpus)
    assert set(copies.compare("a", "c").frame["kind"]) == {"same"}
    back = copies.compare("b", "a").frame["kind"].tolist()
    assert sorted(back) == ["added", "changed", "changed", "removed", "same"]


def test_hostile_texts_are_inert():
    bad = "<script>alert(1)</script> <img src=x onerror=alert(1)> \x1b[31mred $x$ met here."
    result = view(bad, bad.replace("met", "sat") + " <b>More</b> was said.")
    page = result._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "mathjax_ignore" in page
    assert "\x1b" not in page + repr(result)
    assert page == result._repr_html_()
    assert "[-met-]" in page
    assert "[-met-]" in repr(result)


def test_long_sentences_are_shown_whole():
    long = " ".join(f"word{n}" for n in range(200))
    result = view(long + " old.", long + " new.")
    assert "[-old-]" in result._repr_html_()
    assert "[+new+]" in repr(result)


texts = st.lists(
    st.lists(
        st.sampled_from(["A", "deal", "was", "signed", "here", "‘so’", "<b>"]), max_size=6
    ).map(" ".join),
    max_size=7,
).map(". ".join)


@given(texts, texts)
@settings(max_examples=150, deadline=None)
def test_every_sentence_stands_once_and_spans_hold(one, two):
    corpus = corpus_of(one, two)
    frame = differences(corpus, "a", "b").frame
    for side, text in (("a", one), ("b", two)):
        rows = frame[frame[f"{side}_start"] >= 0]
        spans = list(zip(rows[f"{side}_start"], rows[f"{side}_end"], strict=True))
        sentences = corpus.where(id=["a" if side == "a" else "b"]).sentences().frame
        assert spans == list(zip(sentences["start"], sentences["end"], strict=True))
        assert [text[s:e] for s, e in spans] == rows[f"{side}_text"].tolist()
        for mark in ("[-", "-]", "[+", "+]"):
            rows = rows.assign(**{side: rows[side].str.replace(mark, "", regex=False)})
        assert rows[side].tolist() == rows[f"{side}_text"].tolist()
    assert frame.empty or set(frame["kind"]) <= {"same", "changed", "removed", "added"}


def test_blocks_that_are_too_large_are_not_compared_word_by_word(monkeypatch):
    monkeypatch.setattr(module, "MOST_CELLS", 3)
    kinds = view("A pact came. It was old.", "A pact came now. It was new.").frame["kind"]
    assert kinds.tolist() == ["removed", "removed", "added", "added"]


def test_empty_and_unknown_articles():
    result = view("", "One. Two.")
    assert result.frame["kind"].tolist() == ["added", "added"]
    assert list(view("", "").frame) == list(module.COLUMNS)
    with pytest.raises(ValueError, match=r"^`b` must be one of 'a', 'b'; not 'c'\. Choose one"):
        differences(corpus_of("x", "y"), "a", "c")
