"""Frequency lists and runs of words."""

from __future__ import annotations

import pickle
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.analysis import packing, sidebyside
from corpuskit.analysis.closed_class import function_words
from corpuskit.analysis.frequency import frequency_list, ngrams
from corpuskit.analysis.listing import spelled_words
from corpuskit.corpus.columns.flags import Flags
from corpuskit.corpus.columns.vocabulary import Vocabulary
from corpuskit.corpus.corpus import Corpus
from corpuskit.result import Result

ROWS = [
    {"text": "A deal, a good deal. Don’t deal!", "outlet": "A"},
    {"text": "A good deal is a GOOD deal\nDeal done", "outlet": "B"},
]


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.from_frame(ROWS)


def test_frequency_list(corpus: Corpus) -> None:
    frame = frequency_list(corpus).frame
    assert frame[["word", "count", "range"]].to_numpy().tolist() == [
        ["deal", 6, 2],
        ["a", 4, 2],
        ["good", 3, 2],
        ["don't", 1, 1],
        ["done", 1, 1],
        ["is", 1, 1],
    ]
    assert frame.loc[0, "per_10k"] == pytest.approx(6e4 / 16)


def test_frequencies_add_up(corpus: Corpus) -> None:
    frame = frequency_list(corpus).frame
    assert frame["count"].sum() == len(corpus.words)
    assert frame["per_10k"].sum() == pytest.approx(10_000)
    by_outlet = frequency_list(corpus, by="outlet").frame
    assert by_outlet.groupby("outlet")["count"].sum().to_dict() == {"A": 7, "B": 9}
    assert by_outlet.groupby("word")["count"].sum().to_dict() == dict(
        zip(frame["word"], frame["count"], strict=True)
    )


def test_case_and_words_left_out(corpus: Corpus) -> None:
    cased = frequency_list(corpus, case=True).frame.set_index("word")["count"]
    assert cased["good"] == 2
    assert cased["GOOD"] == 1
    without = frequency_list(corpus, without=function_words())
    assert without.frame["word"].tolist() == ["deal", "good"]
    assert without.frame["per_10k"].iloc[0] == pytest.approx(6e4 / 16)


def test_toy_corpus_of_conc() -> None:
    # polsci/conc, nbs/api/70_frequency.ipynb: the 8 times in 6 texts, cat 3, is 12.5 per 100 words
    texts = ["The cat sat on the mat.", "The dog sat on the mat.", "The cat is meowing."]
    texts += ["The dog is barking.", "The cat is climbing a tree.", "The dog is digging a hole."]
    frame = frequency_list(Corpus.from_frame([{"text": text} for text in texts])).frame
    rows = frame.set_index("word")
    assert rows.loc["the", ["count", "range"]].tolist() == [8, 6]
    assert rows.loc["cat", "count"] == 3
    assert rows.loc["is", "per_10k"] == pytest.approx(1250)


def test_ngrams_stop_at_marks_sentences_and_articles(corpus: Corpus) -> None:
    frame = ngrams(corpus, 2, min_freq=1).frame
    counts = dict(zip(frame["ngram"], frame["count"], strict=True))
    assert counts == {
        "good deal": 3,
        "a good": 3,
        "a deal": 1,
        "deal done": 1,
        "deal is": 1,
        "don't deal": 1,
        "is a": 1,
    }
    assert frame["ngram"].tolist()[:2] == ["a good", "good deal"]


def test_longer_runs_and_groups(corpus: Corpus) -> None:
    assert ngrams(corpus, 3).frame[["ngram", "count", "range"]].to_numpy().tolist() == [
        ["a good deal", 3, 2]
    ]
    by = ngrams(corpus, 2, by="outlet").frame
    assert by["outlet"].unique().tolist() == ["B"]
    assert ngrams(corpus, 2, without=["a"]).frame["ngram"].tolist() == ["good deal"]
    assert ngrams(corpus, 9).frame.columns.tolist() == ["ngram", "count", "per_10k", "range"]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"n": 0}, "`n` must be a whole number of words, 1 or more; not 0. Give for instance n=5."),
        (
            {"min_freq": 0},
            "`min_freq` must be a whole number of occurrences, 1 or more; not 0. "
            "Give for instance min_freq=5.",
        ),
    ],
)
def test_refuses(corpus: Corpus, how: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        ngrams(corpus, **how)
    assert str(error.value) == message


def test_a_column_may_not_be_called_like_a_figure(corpus: Corpus) -> None:
    message = (
        "`by` must be a column of the articles, not a figure of this list; not 'word'. Rename it."
    )
    with pytest.raises(ValueError) as error:  # noqa: PT011  the whole message is compared
        frequency_list(corpus, by="word")
    assert str(error.value) == message
    with pytest.raises(TypeError, match=r"^`corpus` must be a Corpus; not str\."):
        frequency_list("x")


def test_what_was_chosen_is_in_the_caption(corpus: Corpus) -> None:
    assert frequency_list(corpus.where(outlet="A")).params["where"] == {"outlet": "A"}


def test_empty_lists_keep_their_kinds() -> None:
    none = Corpus.from_frame([])
    for frame in (frequency_list(none, by="outlet").frame, ngrams(none, by="outlet").frame):
        assert frame["count"].dtype == "int64"
        assert frame["range"].dtype == "int64"


def test_a_list_spells_what_is_looked_at_and_is_the_same_whole(corpus: Corpus) -> None:
    for listed in (frequency_list(corpus), ngrams(corpus, 2, min_freq=1)):
        top = listed.head(2)
        assert "frame" not in vars(listed)
        assert len(listed) == len(listed.rows) > 2
        assert listed.rows.table(2).equals(top.frame)
        before = repr(listed), listed._repr_html_()
        assert listed.frame.head(2).equals(top.frame)
        assert (repr(listed), listed._repr_html_()) == before
        assert top.notes[-1] == f"The first 2 of {len(listed):,} rows."
        assert listed.head(99) is listed
        sent = pickle.loads(pickle.dumps(listed))
        assert type(sent) is Result
        assert (repr(sent), sent.params) == (repr(listed), listed.params)
        assert sent.frame.equals(listed.frame)


def test_words_are_the_same_spelled_one_by_one_or_all_at_once() -> None:
    words = [f"w{n:04}" for n in range(500)]
    vocabulary = Vocabulary.of(words)
    for rows in ([], [7], [499, 0, 3], list(range(499, -1, -1))):
        spelled = spelled_words(vocabulary, np.array(rows, np.int64))
        assert spelled.dtype == object
        assert spelled.tolist() == [words[n] for n in rows]


LINES = st.lists(
    st.lists(st.sampled_from(["pact", "deal", "a", "No", ",", ".", "\n", "\n\n"]), max_size=12),
    min_size=1,
    max_size=5,
)


def runs_by_loop(corpus: Corpus, n: int) -> dict[str, tuple[int, int]]:
    """Return the occurrences and articles of each run, found token by token."""
    store = corpus.store
    found: dict[str, list[int]] = {}
    begins, mask = set(store.sentences.tolist()), corpus.mask
    for at in range(len(store.ids) - n + 1):
        places = range(at, at + n)
        words = all(mask[p] and store.is_word[store.ids[p]] for p in places)
        if words and not begins & set(places[1:]):
            run = " ".join(store.folds[store.folded[store.ids[p]]] for p in places)
            found.setdefault(run, []).append(int(corpus.article_of(np.array([at]))[0]))
    return {run: (len(articles), len(set(articles))) for run, articles in found.items()}


@pytest.mark.parametrize("block", [3, 1 << 15])
@settings(deadline=None, max_examples=50)
@given(lines=LINES, n=st.integers(1, 4), least=st.integers(1, 3))
def test_runs_are_those_of_a_loop(block: int, lines: list[list[str]], n: int, least: int) -> None:
    rows = [{"text": " ".join(line), "outlet": "AB"[k % 2]} for k, line in enumerate(lines)]
    corpus = Corpus.from_frame(rows)
    parts = (corpus, corpus.where(outlet="A"), corpus.where(zone="body"), corpus.where(outlet="C"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sidebyside, "BLOCK", block)
        patch.setattr(packing, "BLOCK", block)
        for part in parts:
            frame = ngrams(part, n, min_freq=least).frame
            loop = {r: v for r, v in runs_by_loop(part, n).items() if v[0] >= least}
            order = sorted(loop, key=lambda run: (-loop[run][0], run.split()))
            assert frame["ngram"].tolist() == order
            got = frame[["count", "range"]].to_numpy().tolist()
            assert got == [list(loop[run]) for run in order]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3))), st.integers(1, 4))
def test_heads_and_tails_are_those_of_a_loop(pairs: list[tuple[int, int]], least: int) -> None:
    keys = np.array(sorted(head << 2 | tail for head, tail in pairs), np.uint64)
    heads = Counter(head for head, _ in pairs)
    rows = [(h, c, len({t for x, t in pairs if x == h})) for h, c in sorted(heads.items())]
    heads, count, tails = packing.tallied(keys, 2, least)
    assert list(zip(heads, count, tails, strict=True)) == [row for row in rows if row[1] >= least]


@given(st.lists(st.integers(0, 9)), st.sampled_from([4, 63]))
def test_ranks_are_those_of_numpy(numbers: list[int], width: int) -> None:
    keys = np.array(numbers, np.uint64)
    distinct, ranks = packing.ranked(keys, width)
    expected = np.unique(keys, return_inverse=True)
    assert distinct.tolist() == expected[0].tolist()
    assert ranks.tolist() == expected[1].tolist()


@given(st.lists(st.booleans(), max_size=200))
def test_marked_places_before_a_place(marked: list[bool]) -> None:
    places = np.arange(len(marked) + 1)
    for kind in (np.uint32, np.int64):
        before = Flags(np.array(marked, bool)).before(places.astype(kind))
        assert before.tolist() == [sum(marked[:at]) for at in places]


@given(st.lists(st.integers(0, 4)))
def test_most_first_is_a_stable_sort(counts: list[int]) -> None:
    order = packing.most_first(np.array(counts, np.int64)).tolist()
    assert order == sorted(range(len(counts)), key=lambda n: -counts[n])
