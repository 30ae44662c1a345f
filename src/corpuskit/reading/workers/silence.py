"""Parsers that write to the log are kept from it; what matters is in the report."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

MOST_MESSAGES = 100


class _Errors(logging.Handler):
    """Keeps the messages of errors; other log lines end here."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message of an error, as far as the list is short."""
        if record.levelno >= logging.ERROR and len(self.messages) < MOST_MESSAGES:
            self.messages.append(record.getMessage())


@contextmanager
def silence(names: Sequence[str]) -> Iterator[list[str]]:
    """Keep log lines and warnings from the screen; yield the list that logged errors go to."""
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger.propagate, logger.disabled) for logger in loggers]
    handler = _Errors()
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield handler.messages
    finally:
        for logger, (propagate, disabled) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.propagate, logger.disabled = propagate, disabled
