"""A Result in, a matplotlib Axes out: one plot for each kind of result, and each in words.

matplotlib is loaded when the first plot is drawn, not before.
"""

from .bars import frequency_list, keyness, ngrams
from .clouds import sentiment, sentiment_by
from .copies import near_duplicates
from .networks import network
from .periods import trend
from .places import dispersion, kwic
from .points import collocates, compare, rates
from .record import describe
from .timeline import days

__all__ = [
    "collocates",
    "compare",
    "days",
    "describe",
    "dispersion",
    "frequency_list",
    "keyness",
    "kwic",
    "near_duplicates",
    "network",
    "ngrams",
    "rates",
    "sentiment",
    "sentiment_by",
    "trend",
]
