"""How varied the words of one text are: types (different words) against tokens (all words).

Every function takes the words of one text in their order (strings, or the ids of words) and
returns one number. Words count as given: fold case and leave out punctuation marks before.

In a short text these figures are mostly chance: below 100 words they are refused with the reason,
unless `least` is lowered by hand. Compare texts of similar length, or use `mattr`, `mtld` or
`hdd`, which depend on length far less than `ttr`; none of them tells a good text from a bad one.

References
----------
Covington, M. A. & McFall, J. D. (2010). Cutting the Gordian knot: the moving-average TTR.
McCarthy, P. M. & Jarvis, S. (2007). vocd: a theoretical and empirical evaluation.
McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D.
Yule, G. U. (1944). The Statistical Study of Literary Vocabulary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from ..errors import kind, refuse, share, whole

LEAST = 100  # words


def ttr(words: Iterable[Hashable], *, least: int = LEAST) -> float:
    """Return the type-token ratio V / N, above 0 to 1: 1 is no word twice.

    Parameters
    ----------
    words
        Words of one text, in order.
    least
        Fewest words for which a figure is given.

    Notes
    -----
    Its trap: it falls as a text grows, whatever the text.

    Examples
    --------
    >>> ttr("the cat sat on the mat".split(), least=6)
    0.8333333333333334
    """
    tokens = _tokens(words, least)
    return len(set(tokens)) / len(tokens)


def mattr(words: Iterable[Hashable], window: int = 100, *, least: int = LEAST) -> float:
    """Return the moving-average type-token ratio: the mean TTR of all windows, above 0 to 1.

    Parameters
    ----------
    words
        Words of one text, in order.
    window
        Words in a window; a text of N words has N - window + 1 windows.
    least
        Fewest words for which a figure is given.

    Notes
    -----
    Covington & McFall 2010. Values with different windows cannot be compared. It is counted word
    by word: each word is a type in all windows that hold it and not its occurrence before.

    Examples
    --------
    >>> mattr("the cat sat on the mat".split(), window=5, least=6)
    0.9
    """
    tokens = _tokens(words, least)
    N, w = len(tokens), _at_most(whole("window", window, "words", 1), "window", len(tokens))
    types, before = 0, dict[Hashable, int]()
    for i, token in enumerate(tokens):
        first = max(i - w + 1, before.get(token, -1) + 1)
        types += max(min(i, N - w) - first + 1, 0)
        before[token] = i
    return types / (w * (N - w + 1))


def mtld(words: Iterable[Hashable], threshold: float = 0.72, *, least: int = LEAST) -> float:
    """Return the measure of textual lexical diversity: the mean length, in words, of the stretches
    that keep the type-token ratio above the threshold.

    Parameters
    ----------
    words
        Words of one text, in order.
    threshold
        Factor size: the TTR at which a stretch (a factor) is full and a new one begins.
    least
        Fewest words for which a figure is given.

    Notes
    -----
    N / factors, once forwards and once backwards, and the mean of the two. A factor is full when
    its TTR has come down to the threshold or below; the rest at the end is a partial factor of
    (1 - TTR) / (1 - threshold). McCarthy & Jarvis 2010. Zero rule: a text in which no word comes
    twice has no factors; its MTLD is N, the least it can be.

    Examples
    --------
    >>> mtld("of the people by the people for the people".split(), least=9)
    9.0
    """
    tokens, size = _tokens(words, least), share("threshold", threshold)
    return (_one_way(tokens, size) + _one_way(tokens[::-1], size)) / 2


def _one_way(tokens: Sequence[Hashable], threshold: float) -> float:
    """Return the mean length of the factors of a text read in one direction."""
    factors, length, types = 0.0, 0, set[Hashable]()
    for token in tokens:
        types.add(token)
        length += 1
        if len(types) / length <= threshold:
            factors, length, types = factors + 1, 0, set()
    if length:
        factors += (1 - len(types) / length) / (1 - threshold)
    return len(tokens) / factors if factors else float(len(tokens))


def hdd(words: Iterable[Hashable], draws: int = 42, *, least: int = LEAST) -> float:
    """Return HD-D: the expected type-token ratio of words drawn at random from the text.

    Parameters
    ----------
    words
        Words of one text, in order.
    draws
        Words drawn, without putting them back; 42 is the published number.
    least
        Fewest words for which a figure is given.

    Notes
    -----
    Each type adds the hypergeometric probability of being drawn at least once, divided by the
    number of draws: Σ (1 - C(N - f, draws) / C(N, draws)) / draws. McCarthy & Jarvis 2007. Above
    0 to 1; times `draws` it is the expected number of types.

    Examples
    --------
    >>> round(hdd("the cat sat on the mat".split(), draws=2, least=6), 6)
    0.966667
    """
    tokens = _tokens(words, least)
    N, n = len(tokens), _at_most(whole("draws", draws, "words", 1), "draws", len(tokens))
    counts, types = np.unique(list(Counter(tokens).values()), return_counts=True)
    drawn = np.arange(n)
    missed = np.maximum(N - counts[:, None] - drawn, 0) / (N - drawn)
    return float((types * (1 - missed.prod(axis=1))).sum() / n)


def yule_k(words: Iterable[Hashable], *, least: int = LEAST) -> float:
    """Return Yule's K, 0 to 10,000: the larger, the more the text repeats its words.

    Notes
    -----
    10⁴ (Σ f² - N) / N², where f is the count of each type: 10⁴ times the chance that two words
    drawn from the text are the same, apart from the factor (N - 1) / N. Its direction is opposite
    to that of the other measures. Yule 1944.

    Examples
    --------
    >>> round(yule_k("the cat sat on the mat".split(), least=6), 3)
    555.556
    """
    tokens = _tokens(words, least)
    squares = sum(f * f for f in Counter(tokens).values())
    return 1e4 * (squares - len(tokens)) / len(tokens) ** 2


def _tokens(words: Iterable[Hashable], least: int) -> list[Hashable]:
    """Return the words as a list; refuse a text, and too few words."""
    if isinstance(words, str):
        kind("words", words, list, "Split the text into words first.")
    tokens = words.tolist() if isinstance(words, np.ndarray) else list(words)
    needed = whole("least", least, "words", 1)
    if len(tokens) < needed:
        rule = f"at least {needed} words, because in fewer lexical diversity is mostly chance"
        remedy = f"Join texts, or lower the minimum by hand with least={max(len(tokens), 1)}."
        refuse("words", rule, f"{len(tokens)} words", remedy)
    return tokens


def _at_most(number: int, name: str, N: int) -> int:
    """Return the number if the text is as long; otherwise refuse."""
    if number > N:
        refuse(name, f"at most the {N} words of the text", number, f"Give for instance {name}={N}.")
    return number
