"""Parsers say nothing on the screen, and afterwards all is as it was."""

from __future__ import annotations

import logging
import warnings

import pytest

from corpuskit.reading.workers.silence import silence


def test_log_lines_and_warnings_are_kept_from_the_screen(
    caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    logger, inner = logging.getLogger("parser"), logging.getLogger("parser.inner")
    with caplog.at_level(logging.DEBUG), silence(("parser",)) as errors:
        logger.warning("not of interest")
        inner.error("unknown encoding %s", "x")
        warnings.warn("old", UserWarning, stacklevel=1)
    assert caplog.records == []
    assert errors == ["unknown encoding x"]
    assert len(recwarn) == 0
    assert (logger.propagate, logger.handlers) == (True, [])


def test_log_is_as_it_was_after_an_error() -> None:
    logger = logging.getLogger("parser")
    with pytest.raises(KeyError), silence(("parser",)):
        raise KeyError
    assert (logger.propagate, logger.handlers) == (True, [])
