"""The conservative log ratio of a whole vocabulary, most of whose words it cannot tell apart."""

from __future__ import annotations

import numpy as np

from .association import g2_two_term
from .ratios import conservative_log_ratio
from .table import Floats, Table, over

SURE = 0.01  # by how much a logarithm must be beyond the level, rounding left aside


def conservative_log_ratios(t: Table, *, alpha: float = 0.001, vocabulary: int = 1) -> Floats:
    """Return `conservative_log_ratio` of many tables, computed only where it can differ from 0.

    Parameters
    ----------
    t
        Tables: arrays of cells.
    alpha, vocabulary
        As for `conservative_log_ratio`.

    Notes
    -----
    The exact tail of a binomial count k of n is at least exp(-G) / √(8 k (1 - k / n)), where 2 G
    is the two-term G2 (Ash 1965). Where that alone is above the level, the interval holds 0.

    References
    ----------
    Ash, R. (1965). Information Theory, lemma 4.7.2.

    Examples
    --------
    >>> tables = Table.from_sizes([400, 3], [150, 2], 10_000, 10_000)
    >>> conservative_log_ratios(tables, vocabulary=5_000).round(3).tolist()
    [0.714, 0.0]
    """
    tail = alpha / (2 * vocabulary)
    factor = np.log(np.maximum(over(8 * t.O11 * t.O12, t.R1), 1.0)) / 2
    near = np.flatnonzero(g2_two_term(t) / 2 + factor > -np.log(tail) - SURE)
    safe = np.zeros(len(t.O11))
    cells = Table.of(t.O11[near], t.O12[near], t.O21[near], t.O22[near])
    safe[near] = conservative_log_ratio(cells, alpha=alpha, vocabulary=vocabulary)
    return safe
