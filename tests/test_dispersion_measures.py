"""Dispersion measures against Gries' toy corpus and against their extremes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.measures import dispersion as d

MEASURES = (d.dp, d.dp_norm, d.juilland_d, d.carroll_d2, d.rosengren_s, d.kld)
EVEN = {d.dp: 0, d.dp_norm: 0, d.juilland_d: 1, d.carroll_d2: 1, d.rosengren_s: 1, d.kld: 0}

TOY = ([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
PUBLISHED = [
    # Gries 2020, Analyzing dispersion, the word "a" of the toy corpus
    (d.dp, TOY, 0.18, 1e-9),
    (d.dp_norm, TOY, 0.18 / (1 - 9 / 50), 1e-9),
    (d.juilland_d, TOY, 0.78515045345, 1e-6),
    (d.carroll_d2, TOY, 0.938, 5e-4),
    (d.rosengren_s, TOY, 0.95, 5e-4),
    (d.kld, TOY, 0.137, 5e-4),
    # by hand: all hits in one of two equal parts
    (d.dp, ([4, 0], [10, 10]), 0.5, 1e-12),
    (d.dp_norm, ([4, 0], [10, 10]), 1.0, 1e-12),
    (d.juilland_d, ([4, 0], [10, 10]), 0.0, 1e-12),
    (d.carroll_d2, ([4, 0], [10, 10]), 0.0, 1e-12),
    (d.rosengren_s, ([4, 0], [10, 10]), 0.5, 1e-12),
    (d.kld, ([4, 0], [10, 10]), 1.0, 1e-12),
    # a part without words changes nothing for dp_norm: no hit can fall into it
    (d.dp_norm, ([4, 0, 0], [10, 10, 0]), 1.0, 1e-12),
    (d.juilland_d, ([4, 0, 0], [10, 10, 0]), 0.0, 1e-12),
]


@pytest.mark.parametrize(("measure", "parts", "expected", "tol"), PUBLISHED)
def test_published(measure, parts, expected, tol):
    assert float(measure(*parts)) == pytest.approx(expected, abs=tol)


def test_range_counts_parts():
    assert d.part_range(TOY[0]) == 5  # Gries 2020
    assert d.part_range([[0, 2, 0], [1, 1, 9]]).tolist() == [1, 3]
    assert d.part_range([]) == 0


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    "parts",
    [
        ([0, 0], [10, 20]),  # no hits
        ([5], [10]),  # one part
        ([], []),  # no parts
        ([0, 0], [0, 0]),  # no words
        ([1, 2, 3], [10, 20, 30]),  # even
    ],
)
def test_zero_rule_is_the_even_value(measure, parts):
    assert float(measure(*parts)) == pytest.approx(EVEN[measure], abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 300)), min_size=1, max_size=12))
def test_bounds_and_matrix(parts):
    sizes = np.array([n for _, n in parts])
    hits = np.array([f for f, _ in parts]) * (sizes > 0)
    for measure in MEASURES:
        value = float(measure(hits, sizes))
        top = np.inf if measure is d.kld else 1
        assert -1e-12 <= value <= top + 1e-12, measure.__name__
        assert np.isfinite(value)
        rows = measure(np.stack([hits, hits * 2, hits * 0]), sizes).tolist()
        assert rows[:2] == pytest.approx([value, value], abs=1e-9)
        assert rows[2] == EVEN[measure]


def test_refused():
    message = r"^`sizes` must be one size in words for each of the 2 parts; not \(1,\)\. "
    with pytest.raises(ValueError, match=message):
        d.dp([1, 2], [3])
    with pytest.raises(ValueError, match=r"^`hits and sizes` must be counts of 0 or more; "):
        d.dp([1, -2], [3, 3])
