"""errors.py: each check passes what is right, and says the whole of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from corpuskit.errors import DataError, StoreError, kind, one_of, refuse, share, whole

MEASURES = ("log_ratio", "g2", "mi")


def test_refuse_says_what_must_be_what_is_and_what_to_do() -> None:
    with pytest.raises(
        ValueError, match=re.escape("`every` must be a period; not 'fortnight'. Give 'week'.")
    ):
        refuse("every", "a period", "fortnight", "Give 'week'.")


@pytest.mark.parametrize("error", [DataError, StoreError])
def test_the_exceptions_are_value_errors(error: type[Exception]) -> None:
    assert issubclass(error, ValueError)


@pytest.mark.parametrize(
    ("call", "value"),
    [
        (lambda: one_of("measure", "g2", MEASURES), "g2"),
        (lambda: whole("window", 5, "words"), 5),
        (lambda: whole("window", 0, "words"), 0),  # the least is allowed
        (lambda: whole("n", 1, "words", least=1), 1),
        (lambda: whole("seed", np.int64(7), ""), 7),  # numbers out of numpy are whole, too
        (lambda: share("level", 0.95), 0.95),
        (lambda: share("level", np.float64(0.5)), 0.5),
        (lambda: share("level", np.float32(0.5)), 0.5),
        (lambda: kind("corpus", "text", str, "Give a text."), None),
    ],
)
def test_what_is_right_passes(call: Callable[[], object], value: object) -> None:
    assert call() == value


def test_whole_and_share_give_plain_python_numbers() -> None:
    assert type(whole("seed", np.uint8(7), "")) is int
    assert type(share("level", np.float64(0.5))) is float


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: one_of("measure", "logratio", MEASURES),
            "`measure` must be one of 'log_ratio', 'g2', 'mi'; not 'logratio'. "
            "Did you mean 'log_ratio'?",
        ),
        (
            lambda: one_of("measure", "chi", MEASURES),
            "`measure` must be one of 'log_ratio', 'g2', 'mi'; not 'chi'. Choose one of these.",
        ),
        (
            lambda: one_of("measure", None, MEASURES),
            "`measure` must be one of 'log_ratio', 'g2', 'mi'; not None. Choose one of these.",
        ),
        (
            lambda: one_of("measure", "g2", iter(["mi"])),  # options may be an iterator
            "`measure` must be one of 'mi'; not 'g2'. Choose one of these.",
        ),
        (
            lambda: one_of("by", "outlets", []),
            "`by` must be one of nothing; not 'outlets'. There is nothing to choose from.",
        ),
        (
            lambda: whole("window", -1, "words"),
            "`window` must be a whole number of words, 0 or more; not -1. "
            "Give for instance window=5.",
        ),
        (
            lambda: whole("n", 0, "words", least=1),
            "`n` must be a whole number of words, 1 or more; not 0. Give for instance n=5.",
        ),
        (
            lambda: whole("draws", 9, "draws", least=100),
            "`draws` must be a whole number of draws, 100 or more; not 9. "
            "Give for instance draws=100.",
        ),
        (
            lambda: whole("window", 2.0, "words"),
            "`window` must be a whole number of words, 0 or more; not 2.0. "
            "Give for instance window=5.",
        ),
        (
            lambda: whole("window", True, "words"),  # True is 1 to Python, a slip to people
            "`window` must be a whole number of words, 0 or more; not True. "
            "Give for instance window=5.",
        ),
        (
            lambda: whole("window", np.array([1, 2]), "words"),
            "`window` must be a whole number of words, 0 or more; not array([1, 2]). "
            "Give for instance window=5.",
        ),
        (
            lambda: whole("window", int, "words"),  # a type, not a number
            "`window` must be a whole number of words, 0 or more; not <class 'int'>. "
            "Give for instance window=5.",
        ),
        (
            lambda: share("level", 95),
            "`level` must be a share between 0 and 1; not 95. Give for instance level=0.95.",
        ),
        (
            lambda: share("level", 1.0),
            "`level` must be a share between 0 and 1; not 1.0. Give for instance level=0.95.",
        ),
        (
            lambda: share("level", float("nan")),
            "`level` must be a share between 0 and 1; not nan. Give for instance level=0.95.",
        ),
        (
            lambda: share("level", np.array([0.5, 0.9])),
            "`level` must be a share between 0 and 1; not array([0.5, 0.9]). "
            "Give for instance level=0.95.",
        ),
        (
            lambda: share("level", "0.95"),
            "`level` must be a share between 0 and 1; not '0.95'. Give for instance level=0.95.",
        ),
    ],
)
def test_what_is_wrong_is_told_whole(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        call()


def test_a_wrong_kind_is_told_whole() -> None:
    message = "`hits` must be a dict; not str. Make hits with corpus.find(...)."
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        kind("hits", "partner*", dict, "Make hits with corpus.find(...).")
