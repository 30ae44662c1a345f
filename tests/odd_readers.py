"""Readers that do what no reader should, for the tests of the process that runs them."""

from __future__ import annotations

import ctypes
import os
import re
import sys
import time

from corpuskit.reading.article import Article, Options, Reading, Zone


def read_well(data: bytes, options: Options) -> Reading:
    """Return an article that says what was asked."""
    text = data.decode("utf-8", "surrogateescape")
    article = Article(
        "", text, language=options.encoding or "", zones=(Zone(0, len(text), "lead"),)
    )
    return Reading((article,), "odd")


def read_in_its_process(data: bytes, options: Options) -> Reading:
    """Return an article that says in which process it was read."""
    return read_well(str(os.getpid()).encode(), options)


def decline(data: bytes, options: Options) -> None:
    """Say that the file is not of this kind after all."""


def loop(data: bytes, options: Options) -> Reading:
    """Never end, in Python."""
    while True:
        time.sleep(0.01)


def loop_in_c(data: bytes, options: Options) -> Reading:
    """Never end, in a library that lets nothing else run."""
    re.match(r"(a+)+$", "a" * 60 + "b")
    return read_well(data, options)


def crash(data: bytes, options: Options) -> Reading:
    """Read where there is nothing to read."""
    ctypes.string_at(0)
    return read_well(data, options)


def leave(data: bytes, options: Options) -> Reading:
    """End the process."""
    os._exit(3)


def swallow(data: bytes, options: Options) -> Reading:
    """Ask for more and more memory."""
    kept = []
    while True:
        kept.append(bytearray(50_000_000))


def swallow_at_once(data: bytes, options: Options) -> Reading:
    """Ask for more memory than any machine has."""
    return read_well(bytes(10**15), options)


def fail(data: bytes, options: Options) -> Reading:
    """Raise an error that nobody expects."""
    raise LookupError("nobody expects this")


def dive(data: bytes, options: Options) -> Reading:
    """Call itself without end."""
    return dive(data, options)


def chatter(data: bytes, options: Options) -> Reading:
    """Print what could be taken for an answer."""
    os.write(1, b'{"error":"a lie"}\n')
    sys.stdout.write('{"error":"a lie"}\n')
    sys.stdout.flush()
    sys.stderr.write("noise\n")
    return read_well(data, options)


def listen(data: bytes, options: Options) -> Reading:
    """Read from where the requests come."""
    return read_well(os.read(0, 100) + sys.stdin.read().encode() + data, options)


def is_odd(data: bytes, ending: str) -> bool:
    """Return whether a file is meant for these readers."""
    return ending == ".odd"


def is_fine(data: bytes, ending: str) -> bool:
    """Return whether a file is one of their neighbours."""
    return ending == ".fine"
