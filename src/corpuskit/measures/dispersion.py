"""How evenly a word is spread over the parts of a corpus; here the parts are articles.

Every function takes the hits of each part, the size of each part in words, and works along the
last axis: one word is a row of hits, many words are a matrix of hits with one row of sizes. The
names are those of Gries (2020): f the hits, s the share of each part of the corpus, v its share
of the hits, p its rate. Parts without words are left out of `dp_norm` and of the averages over
parts, because no hit can fall into them.

Zero rule: where there are no hits, or fewer than two parts with words, nothing can be uneven and
the value is that of an even word (0 for `dp`, `dp_norm` and `kld`; 1 for the others).

References
----------
Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora.
Gries, S. Th. (2020). Analyzing dispersion. In A Practical Handbook of Corpus Linguistics.
Lijffijt, J. & Gries, S. Th. (2012). Correction to "Dispersions and adjusted frequencies".
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import refuse
from .table import Floats, over, pick, plain


def dp(hits: ArrayLike, sizes: ArrayLike) -> Floats:
    """Return DP = ½ Σ |s - v|: 0 is even, near 1 is clumped in a small part. Gries 2008.

    Examples
    --------
    >>> round(float(dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])), 3)
    0.18
    """
    f, n = _parts(hits, sizes)
    s, v = over(n, n.sum()), over(f, f.sum(axis=-1, keepdims=True))
    return pick(_spread(f, n), np.abs(s - v).sum(axis=-1) / 2, 0.0)


def dp_norm(hits: ArrayLike, sizes: ArrayLike) -> Floats:
    """Return DP / (1 - min s): 0 is even, 1 is all hits in the smallest part.

    Notes
    -----
    The smallest part is the smallest that has words. Lijffijt & Gries 2012.
    """
    f, n = _parts(hits, sizes)
    least = n[n > 0].min() / n.sum() if n.any() else 0.0
    return over(dp(f, n), 1 - least)


def part_range(hits: ArrayLike) -> NDArray[np.int64]:
    """Return the range: the number of parts that hold at least one hit."""
    found: NDArray[np.int64] = np.count_nonzero(np.asarray(hits), axis=-1)
    return found


def juilland_d(hits: ArrayLike, sizes: ArrayLike) -> Floats:
    """Return Juilland's D = 1 - (sd(p) / mean(p)) / √(n - 1): 1 is even, 0 is clumped.

    Notes
    -----
    p is the rate of each part, so that parts may differ in size; sd is that of the population.
    With many parts D comes close to 1 for every word: prefer DP. Gries 2020.
    """
    f, n = _parts(hits, sizes)
    p = over(f, n)[..., n > 0]
    parts = int(np.count_nonzero(n))
    mean = over(p.sum(axis=-1), parts)
    sd = np.sqrt(over(((p - mean[..., None]) ** 2).sum(axis=-1), parts))
    d = 1 - over(over(sd, mean), math.sqrt(max(parts - 1, 1)))
    return pick(_spread(f, n), d, 1.0)


def carroll_d2(hits: ArrayLike, sizes: ArrayLike) -> Floats:
    """Return Carroll's D2, the entropy of the rates over log2 n: 1 is even, 0 is clumped.

    Notes
    -----
    -Σ q log2 q / log2 n, where q is the rate of a part over the sum of all rates. Gries 2020.
    """
    f, n = _parts(hits, sizes)
    p = over(f, n)
    q = over(p, p.sum(axis=-1, keepdims=True))
    entropy = (q * np.log2(pick(q > 0, 1 / pick(q > 0, q, 1.0), 1.0))).sum(axis=-1)
    return pick(_spread(f, n), over(entropy, math.log2(max(int(np.count_nonzero(n)), 2))), 1.0)


def rosengren_s(hits: ArrayLike, sizes: ArrayLike) -> Floats:
    """Return Rosengren's S = (Σ √(s f))² / Σ f: 1 is even, min s is clumped. Gries 2020."""
    f, n = _parts(hits, sizes)
    root = np.sqrt(over(n, n.sum()) * f).sum(axis=-1)
    return pick(_spread(f, n), over(root**2, f.sum(axis=-1)), 1.0)


def kld(hits: ArrayLike, sizes: ArrayLike) -> Floats:
    """Return Σ v log2(v / s) in bits: 0 is even, larger is more clumped, no upper end.

    Notes
    -----
    The Kullback-Leibler divergence of the hits from the sizes, with 0 log 0 = 0. Gries 2020.
    """
    f, n = _parts(hits, sizes)
    s, v = over(n, n.sum()), over(f, f.sum(axis=-1, keepdims=True))
    ratio = over(v, s, 1.0)
    bits = (v * np.log2(pick(ratio > 0, ratio, 1.0))).sum(axis=-1)
    return pick(_spread(f, n), np.maximum(bits, 0.0), 0.0)


def _parts(hits: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    """Return hits and sizes as numbers; refuse sizes that do not fit."""
    f, n = np.atleast_1d(np.asarray(hits, float)), np.atleast_1d(np.asarray(sizes, float))
    if n.ndim != 1 or f.shape[-1] != n.size:
        rule = f"one size in words for each of the {f.shape[-1]} parts"
        refuse("sizes", rule, n.shape, "Give hits and sizes in the same order of parts.")
    if (f < 0).any() or (n < 0).any():
        refuse("hits and sizes", "counts of 0 or more", "a negative count", "Check the counts.")
    return f, n


def _spread(f: Floats, n: Floats) -> NDArray[np.bool_]:
    """Return, for each word, whether it has hits and at least two parts to be spread over."""
    return np.asarray(plain((f.sum(axis=-1) > 0) & (np.count_nonzero(n) > 1)))
