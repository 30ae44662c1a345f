"""How far coders agree who coded the same units, and how far they agree beyond chance.

Every function takes the ratings of all coders, one row a coder and one column a unit, with None,
NaN or "" where a coder said nothing (or the same as `ratings_of`, see ratings.py), and returns
one number: 1 is full agreement, 0 what chance gives, below 0 less than chance. What differs from
one coefficient to the next is only what it takes for chance.

Missing values: a unit that fewer than two coders coded holds no agreement and is left out of the
observed agreement; what the one coder said still counts for how common the categories are in
`fleiss_kappa` and `gwet_ac1`, as in Gwet 2014, and does not in the others.

Zero rule: where a coefficient is 0 / 0, because everybody used one category throughout or no unit
has two codes, agreement beyond chance has not been shown, and the value is 0 (Krippendorff 2018).
`gwet_ac1` is defined there, and is 1 for one category throughout.

References
----------
Cohen, J. (1960). A coefficient of agreement for nominal scales.
Cohen, J. (1968). Weighted kappa: nominal scale agreement with provision for scaled disagreement.
Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters.
Gwet, K. L. (2008). Computing inter-rater reliability in the presence of high agreement.
Gwet, K. L. (2014). Handbook of Inter-Rater Reliability.
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
Krippendorff, K. (2018). Content Analysis.
Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale coding.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

from ..errors import one_of, whole
from .ratings import Ratings, ratings_of
from .resampling import generator, interval
from .table import Floats, over

Raw = Ratings | Iterable[Sequence[Hashable]]
Order = Iterable[Hashable] | None
WEIGHTS = ("none", "linear", "quadratic")
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def percent_agreement(ratings: Raw, *, every: bool = False) -> float:
    """Return the share of agreement, 0 to 1, with nothing taken off for chance.

    Parameters
    ----------
    ratings
        Coders by units.
    every
        False: of the pairs of coders of a unit, the share that agree, averaged over the units.
        True: the share of the units on which all coders of the unit agree.

    Notes
    -----
    Units with fewer than two codes are left out; 0 if none is left. Two coders who toss coins
    agree on half the units.

    Examples
    --------
    >>> percent_agreement([["a", "b", "b", "a"], ["a", "b", "a", None]])
    0.6666666666666666
    """
    r = ratings_of(ratings).counts()
    n = r.sum(axis=1)
    if every:
        full = (r.max(axis=1, initial=0) == n)[n > 1]
        return float(over(full.sum(), full.size))
    return _pairwise(r)


def _pairwise(r: Floats) -> float:
    """Return the mean over units of Σ r_ik (r_ik - 1) / (r_i (r_i - 1)), units with r_i > 1."""
    n = r.sum(axis=1)
    agree = over((r * (r - 1)).sum(axis=1), n * (n - 1))[n > 1]
    return float(over(agree.sum(), agree.size))


def cohen_kappa(ratings: Raw, *, weights: str = "none", categories: Order = None) -> float:
    """Return Cohen's kappa of two coders, each with habits of their own.

    Parameters
    ----------
    ratings
        Two coders by units; a unit that one of them left out is left out.
    weights
        "none": all disagreements count alike; "linear": as many times as the categories are steps
        apart; "quadratic": the steps squared.
    categories
        The categories in their order; needed for weights if they are words.

    Notes
    -----
    κ = 1 - Σ v p_o / Σ v p_e, where v is the weight of a disagreement, p_o the share of units in a
    cell of the table of the two coders and p_e the product of its two marginals. Unweighted it is
    (P_o - P_e) / (1 - P_e). Steps are counted between the categories, whatever their values. Its
    trap: where one category is rare, kappa is low however well two coders agree. Cohen 1960, 1968.

    Examples
    --------
    >>> round(cohen_kappa([[1, 1, 2, 2, 3], [1, 2, 2, 2, 3]], weights="linear"), 4)
    0.7368
    """
    data = ratings_of(ratings, categories=categories)
    if one_of("weights", weights, WEIGHTS) != "none":
        data.need_order("weights", weights)
    table = data.pair("cohen_kappa")
    p_o = over(table, table.sum())
    p_e = p_o.sum(axis=1)[:, None] * p_o.sum(axis=0)
    return _beyond(p_o, p_e, _steps(len(table), weights))


def scott_pi(ratings: Raw) -> float:
    """Return Scott's pi of two coders, taken to have the same habits.

    Notes
    -----
    π = (P_o - P_e) / (1 - P_e), where P_e = Σ p_k² and p_k is the share of category k in the codes
    of both coders, of the units that both coded. Scott 1955.

    Examples
    --------
    >>> round(scott_pi([[1, 1, 2, 2, 3], [1, 2, 2, 2, 3]]), 4)
    0.6774
    """
    table = ratings_of(ratings).pair("scott_pi")
    p_o = over(table, table.sum())
    p = (p_o.sum(axis=0) + p_o.sum(axis=1)) / 2
    return _beyond(p_o, p[:, None] * p, _steps(len(table), "none"))


def _steps(q: int, weights: str) -> Floats:
    """Return how much a disagreement counts, for each two of `q` categories."""
    apart: Floats = np.abs(np.arange(q)[:, None] - np.arange(q)).astype(float)
    if weights == "none":
        apart = apart.clip(max=1.0)
    return apart if weights == "linear" else apart**2


def _beyond(observed: Floats, expected: Floats, v: Floats) -> float:
    """Return 1 - Σ v observed / Σ v expected; 0 if no disagreement is to be expected."""
    chance = float((v * expected).sum())
    return 1 - float((v * observed).sum()) / chance if chance > 0 else 0.0


def fleiss_kappa(ratings: Raw) -> float:
    """Return Fleiss' kappa of any number of coders, who need not be the same for all units.

    Notes
    -----
    κ = (P̄ - P̄_e) / (1 - P̄_e): P̄ is the mean over units of the share of pairs that agree, P̄_e =
    Σ p_k², and p_k is the mean over units of the share of category k. With missing values this is
    the form of Gwet 2014; without, that of Fleiss 1971.

    Examples
    --------
    >>> round(fleiss_kappa([[1, 1, 2, 2], [1, 2, 2, 2], [1, 1, 2, 1]]), 4)
    0.3333
    """
    r = ratings_of(ratings).counts()
    chance = float((_shares(r) ** 2).sum())
    return _corrected(r, chance)


def gwet_ac1(ratings: Raw, *, categories: Order = None) -> float:
    """Return Gwet's AC1 of two or more coders, which keeps its value where a category is rare.

    Parameters
    ----------
    ratings
        Coders by units.
    categories
        All categories, also those that nobody used: their number q enters the formula.

    Notes
    -----
    (p_a - p_e) / (1 - p_e), where p_a is the mean over units of the share of pairs that agree,
    p_e = Σ π_k (1 - π_k) / (q - 1), and π_k is the mean over units of the share of category k.
    Fewer than two categories are taken as two. Gwet 2008, 2014.

    Examples
    --------
    >>> round(gwet_ac1([["yes"] * 123 + ["no"] * 2, ["yes"] * 118 + ["no"] * 5 + ["yes"] * 2]), 4)
    0.9408
    """
    data = ratings_of(ratings, categories=categories)
    r = data.counts()
    pi = _shares(r)
    chance = float((pi * (1 - pi)).sum()) / max(len(data.categories) - 1, 1)
    return _corrected(r, chance)


def _shares(r: Floats) -> Floats:
    """Return the mean over units of the share of each category, units with a code."""
    coded = r.sum(axis=1) > 0
    return over(over(r, r.sum(axis=1, keepdims=True)).sum(axis=0), coded.sum())


def _corrected(r: Floats, chance: float) -> float:
    """Return (p_a - p_e) / (1 - p_e); 0 if no unit has two codes or no disagreement is expected."""
    if chance >= 1 or not (r.sum(axis=1) > 1).any():
        return 0.0
    return (_pairwise(r) - chance) / (1 - chance)


def krippendorff_alpha(ratings: Raw, *, level: str = "nominal", categories: Order = None) -> float:
    """Return Krippendorff's alpha of any number of coders, for data of any level, with holes.

    Parameters
    ----------
    ratings
        Coders by units; a unit with one code is left out.
    level
        "nominal", "ordinal", "interval" or "ratio": what a difference of two values means.
    categories
        The categories in their order; needed for "ordinal" if they are words.

    Notes
    -----
    α = 1 - D_o / D_e, with D_o = Σ o_ck δ²_ck / n and D_e = Σ n_c n_k δ²_ck / (n (n - 1)). The
    coincidence o_ck is the number of pairs c-k within units, each unit u divided by m_u - 1; n_c
    are its sums. δ² is 1 unless c = k (nominal); (Σ n_g from g = c to k - (n_c + n_k) / 2)²
    (ordinal); (c - k)² (interval); ((c - k) / (c + k))² (ratio, 0 for 0 and 0). Krippendorff 2011.

    Examples
    --------
    >>> rows = [[1, 2, 3, 3], [1, 2, 3, 4], [None, 3, 3, 4]]
    >>> round(krippendorff_alpha(rows, level="interval"), 3)
    0.828
    """
    data = ratings_of(ratings, categories=categories)
    r = data.counts()
    r = r[r.sum(axis=1) > 1]
    m = r.sum(axis=1, keepdims=True)
    o = (r / (m - 1)).T @ r - np.diag((r / (m - 1)).sum(axis=0))
    n_c = o.sum(axis=1)
    expected = over(n_c[:, None] * n_c - np.diag(n_c), n_c.sum() - 1)
    return _beyond(o, expected, _delta(data, one_of("level", level, LEVELS), n_c))


def _delta(data: Ratings, level: str, n_c: Floats) -> Floats:
    """Return the squared difference δ² of each two categories."""
    if level == "nominal":
        return _steps(n_c.size, "none")
    if level == "ordinal":
        data.need_order("level", level)
        middle = np.cumsum(n_c) - n_c / 2
        return (middle[:, None] - middle) ** 2
    c = data.numbers(level)
    apart = c[:, None] - c
    return (over(apart, c[:, None] + c) if level == "ratio" else apart) ** 2


def agreement_interval(
    measure: Callable[[Ratings], float],
    ratings: Raw,
    *,
    categories: Order = None,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> tuple[float, float]:
    """Return the bootstrap interval of a coefficient, from units drawn again: low and high end.

    Parameters
    ----------
    measure
        A function of this module; with options as `functools.partial(krippendorff_alpha,
        level="ordinal")`.
    ratings, categories
        As for the measure.
    level, draws, seed
        Share of the draws inside the interval, number of draws, seed of the generator.

    Notes
    -----
    Percentile interval. The coders are taken as they are: it says what other units of the same
    kind would give, not what other coders would. A draw with one category throughout counts by
    the zero rule. Without units both ends are 0.

    Examples
    --------
    >>> low, high = agreement_interval(scott_pi, [[1, 1, 2, 2, 1, 2], [1, 2, 2, 2, 1, 2]], draws=99)
    >>> low < scott_pi([[1, 1, 2, 2, 1, 2], [1, 2, 2, 2, 1, 2]]) <= high
    True
    """
    data, rng = ratings_of(ratings, categories=categories), generator(seed)
    times = whole("draws", draws, "draws", 1)
    n = data.units
    drawn = [measure(data.take(rng.integers(0, n, n))) for _ in range(times if n else 0)]
    low, high = interval(np.array(drawn or [0.0]), level)
    return float(low), float(high)
