"""What is told of runs from their bytes alone is what reading them one by one tells."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.corpus.columns.breaks import NONE, SentenceEnds
from corpuskit.corpus.columns.chunks import BLANKS
from corpuskit.corpus.columns.looks import LETTERS, MARKED, MARKS, OTHER, looks_of
from corpuskit.corpus.columns.tokens import TokenPolicy, token_pieces
from corpuskit.corpus.columns.vocabulary import encoded

POLICIES = [TokenPolicy(), TokenPolicy(hyphens="split", possessives="split", marks=False)]
SIGNS = "aZé9" + MARKS + "-’”…»\u1680\u2028\u3000\x1c\x85$"
RUNS = st.text(st.sampled_from(SIGNS) | st.characters(), min_size=1, max_size=8).map(
    lambda text: "".join(sign for sign in text if sign not in BLANKS) or "a"
)


def test_no_run_is_no_row():
    shapes, calm = looks_of([])
    assert (shapes.tolist(), calm.tolist()) == ([], [])


@pytest.mark.parametrize(
    ("run", "shape", "calm"),
    [
        ("deal", LETTERS, True),
        ("deal,", MARKED, True),
        ("deal.", MARKED, False),
        (",", OTHER, True),
        ("deal.,", OTHER, False),
        ("d-eal", OTHER, True),
        (",deal", OTHER, True),
        ("déal", OTHER, True),
        ("deal-", OTHER, True),
        ("EU’s", OTHER, False),
        ("7", OTHER, True),
    ],
)
def test_the_looks_of_a_run_do_not_depend_on_its_neighbours(run, shape, calm):
    for runs, row in ([run], 0), (["x.", run, "y"], 1), (["é", run], 1):
        found = looks_of([encoded(one) for one in runs])
        assert (found.shapes[row], found.calm[row]) == (shape, calm)


@given(st.lists(RUNS, min_size=1, max_size=20))
def test_a_plain_run_is_cut_as_the_pattern_cuts_it(runs):
    for policy in POLICIES:
        for run, shape in zip(runs, looks_of([*map(encoded, runs)]).shapes, strict=True):
            wanted = {LETTERS: [run], MARKED: [run[:-1], run[-1]]}.get(int(shape))
            if wanted:
                assert token_pieces(run, policy) == wanted


@given(st.lists(RUNS, min_size=1, max_size=20))
def test_after_a_calm_run_no_sentence_ends(runs):
    ends = SentenceEnds()
    for run, calm in zip(runs, looks_of([*map(encoded, runs)]).calm, strict=True):
        if calm:
            assert ends._kind(run) == NONE


@pytest.mark.parametrize("sign", [*string.ascii_letters, *"0129,;:-$%&/"])
def test_common_signs_are_calm_and_letters_are_plain(sign):
    found = looks_of([sign.encode()])
    assert found.calm[0]
    assert (found.shapes[0] == LETTERS) == sign.isalpha()
