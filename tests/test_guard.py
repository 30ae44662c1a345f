"""Parsers at arm's length: whatever one does, its file alone is lost, and is told."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpuskit.reading import kinds
from corpuskit.reading.article import Options
from corpuskit.reading.findings.told import Skipped, finding
from corpuskit.reading.folder import read_articles
from corpuskit.reading.kinds import Kind
from corpuskit.reading.workers import child, crew, guard
from corpuskit.reading.workers.crew import Crew
from corpuskit.reading.workers.guard import Declined, Limits, Parser

SHORT = Limits(seconds=2.0, megabytes=500)  # for parsers that never end
LONG = Limits(seconds=60.0, megabytes=500)  # for all others: the machine may be busy
ONE = Options()
posix = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX systems")
limited = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux holds to the limit of memory"
)


@pytest.fixture
def parser() -> Iterator[Parser]:
    """Return a parser with short limits."""
    made = Parser(LONG)
    yield made
    made.stop()


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what lets files called .odd be read by one of the odd readers, within short limits."""

    def use(name: str) -> None:
        odd = Kind("odd", "odd_readers:is_odd", f"odd_readers:{name}", frozenset({".odd"}))
        fine = Kind("fine", "odd_readers:is_fine", "odd_readers:read_well", frozenset({".fine"}))
        monkeypatch.setattr(kinds, "KINDS", (odd, fine, *kinds.KINDS))
        monkeypatch.setattr(crew, "LIMITS", SHORT if name in ENDLESS else LONG)

    return use


def text_of(parser: Parser, *readers: str, data: bytes = b"well") -> str:
    """Return the text of the article that readers make of some bytes."""
    return parser.read([f"odd_readers:{name}" for name in readers], data, ONE)[1].articles[0].text


ENDLESS = ("loop", "loop_in_c")
DEATHS = [
    # reader, code, reason
    ("loop", "CK-191", "its parser did not end within 2 s and was stopped"),
    ("loop_in_c", "CK-191", "its parser did not end within 2 s and was stopped"),
    ("leave", "CK-193", "its parser broke down (exit code 3)"),
    ("fail", "CK-119", "the reader stopped with LookupError"),
    ("dive", "CK-119", "the reader stopped with RecursionError"),
]
if os.name == "posix":
    DEATHS.append(("crash", "CK-193", f"its parser broke down (signal {int(signal.SIGSEGV)})"))
if sys.platform.startswith("linux"):
    MEMORY = "its parser asked for more than 500 MB of memory and was stopped"
    DEATHS += [("swallow", "CK-192", MEMORY), ("swallow_at_once", "CK-192", MEMORY)]


@pytest.mark.parametrize(("reader", "code", "reason"), DEATHS)
def test_whatever_a_parser_does_is_told_and_the_next_file_is_read(
    parser: Parser, reader: str, code: str, reason: str
) -> None:
    parser.limits = SHORT if reader in ENDLESS else LONG
    with pytest.raises(Skipped) as caught:
        text_of(parser, reader)
    assert (caught.value.finding.code, caught.value.finding.reason) == (code, reason)
    assert text_of(parser, "read_well") == "well"


@pytest.mark.parametrize(("reader", "code", "reason"), DEATHS)
def test_the_neighbours_of_a_file_are_untouched(
    odd: Callable[[str], None], tmp_path: Path, reader: str, code: str, reason: str
) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(f"Report {number}.", "utf-8")
        (tmp_path / f"{number:02}.fine").write_text(f"Fine {number}.", "utf-8")
    (tmp_path / "10.odd").write_bytes(b"odd")
    odd(reader)
    articles = read_articles(tmp_path)
    assert len(articles) == 40
    assert [article.text for article in articles[::2]] == [f"Fine {n}." for n in range(20)]
    assert [article.text for article in articles[1::2]] == [f"Report {n}." for n in range(20)]
    skipped = articles.report.frame.query("status == 'skipped'")
    assert skipped[["path", "code", "reason"]].values.tolist() == [["10.odd", code, reason]]


def test_the_next_reader_is_asked_if_one_declines(parser: Parser) -> None:
    readers = ["odd_readers:decline", "odd_readers:read_well"]
    number, reading = parser.read(readers, b"well", Options(encoding="cp1252"))
    assert number == 1
    assert reading.articles[0].language == "cp1252"
    with pytest.raises(Declined):
        parser.read(readers[:1], b"well", ONE)


def test_a_file_that_every_reader_declines_is_named(
    odd: Callable[[str], None], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Text.", "utf-8")
    (tmp_path / "a.odd").write_text("Text.", "utf-8")
    odd("decline")
    assert read_articles(tmp_path).report.messages == (
        "CK-107 a.odd: the file is named .odd but does not hold what the name says. "
        "It was skipped. Give it the ending of what it is.",
    )


@pytest.mark.parametrize("reader", ["chatter", "listen"])
def test_a_parser_cannot_speak_or_listen_in_between(parser: Parser, reader: str) -> None:
    for _ in range(3):
        assert text_of(parser, reader) == "well"


@pytest.mark.parametrize("size", [0, 1, 100_000, 5_000_000])
def test_bytes_arrive_whole(parser: Parser, size: int) -> None:
    data = bytes(range(128)) * (size // 128 + 1)
    assert text_of(parser, "read_well", data=data[:size]) == data[:size].decode()


def test_lone_surrogates_survive_the_pipe(parser: Parser) -> None:
    assert text_of(parser, "read_well", data=b"a\xff\n") == "a\udcff\n"


def test_one_child_reads_file_after_file(parser: Parser) -> None:
    first = text_of(parser, "read_in_its_process")
    assert int(first) != os.getpid()
    assert text_of(parser, "read_in_its_process") == first


def test_a_child_that_was_killed_while_idle_is_replaced(parser: Parser) -> None:
    first = text_of(parser, "read_in_its_process")
    os.kill(int(first), signal.SIGTERM)
    for _ in range(200):
        if parser._process is None or parser._process.poll() is not None:
            break
        time.sleep(0.01)
    assert text_of(parser, "read_in_its_process") != first


@posix
def test_a_child_that_nobody_asks_ends_itself(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = text_of(parser, "read_in_its_process")
    os.kill(int(first), signal.SIGALRM)  # what its own clock sends
    monkeypatch.setattr(parser, "_ready", lambda: None if parser._process else parser._start())
    assert text_of(parser, "read_in_its_process") != first


@posix
def test_a_child_ends_when_nobody_is_left_to_ask(parser: Parser) -> None:
    text_of(parser, "read_well")
    process = parser._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(10) == 0


def test_a_child_that_cannot_be_started(
    parser: Parser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for python, error in ((str(tmp_path / "no-python"), "FileNotFoundError"), (None, "TypeError")):
        monkeypatch.setattr(sys, "executable", python)
        with pytest.raises(Skipped) as caught:
            text_of(parser, "read_well")
        assert caught.value.finding == finding("CK-194", error=error)
    monkeypatch.undo()
    monkeypatch.setattr(guard, "_environment", lambda: {"PYTHONHOME": str(tmp_path)})
    with pytest.raises(Skipped, match=r"^CK-194: .* \(exit code 1\)\. Check that Python may start"):
        text_of(parser, "read_well")


def test_no_memory_is_asked_before_there_is_something_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.", "utf-8")
    with Crew() as idle:
        pass
    assert idle._parsers == []
    crew.dismiss()
    read_articles(tmp_path)
    assert crew._WAITING == []  # a folder of texts starts no process


def test_several_parsers_give_one_order() -> None:
    with Crew(LONG, most=3) as many:
        answers = [
            many.submit(["odd_readers:read_well"], f"{n}".encode() * 1000, ONE) for n in range(200)
        ]
        texts = [answer.result()[1].articles[0].text for answer in answers]
        assert 1 < len(many._parsers) <= 3
    assert texts == [f"{n}" * 1000 for n in range(200)]
    assert threading.active_count() == 1 or not many._threads[0].is_alive()


def test_children_wait_for_the_next_reading_and_are_dismissed() -> None:
    crew.dismiss()
    pids = []
    for _ in range(2):
        with Crew(LONG, most=1) as one:
            answer = one.submit(["odd_readers:read_in_its_process"], b"", ONE)
            pids.append(answer.result()[1].articles[0].text)
    assert pids[0] == pids[1]
    crew.dismiss()
    assert crew._WAITING == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(pids[0]), 0)


def test_children_of_another_process_are_never_spoken_to(monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = Parser(LONG)
    monkeypatch.setattr(crew, "_WAITING", [(os.getpid() + 1, stranger)])
    with Crew(LONG, most=1) as one:
        one.submit(["odd_readers:read_well"], b"", ONE).result()
        assert one._parsers != [stranger]
    crew.dismiss()


def test_an_interrupt_stops_the_children_at_once() -> None:
    crew.dismiss()
    begun = time.monotonic()
    one = Crew(LONG, most=1)
    with pytest.raises(KeyboardInterrupt):
        _interrupted(one)
    assert time.monotonic() - begun < 30
    assert not one._threads[0].is_alive()


def test_a_parser_that_was_ended_starts_no_child(parser: Parser) -> None:
    text_of(parser, "read_well")
    parser.kill()
    with pytest.raises(Skipped, match=r"^CK-194: .* \(interrupted\)"):
        text_of(parser, "read_well")
    assert parser._process is None


def _interrupted(one: Crew) -> None:
    """Interrupt a crew in the middle of its work."""
    with one:
        for _ in range(5):
            one.submit(["odd_readers:loop"], b"", ONE)
        while one._parsers[0]._process is None:
            time.sleep(0.01)
        raise KeyboardInterrupt


@limited
def test_the_limit_of_memory_is_below_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, 1_000_000))
    monkeypatch.setattr(resource, "setrlimit", lambda *limit: asked.append(limit))
    child._limit_memory(400)
    assert asked == [
        (resource.RLIMIT_AS, (1_000_000, 1_000_000)),
        (resource.RLIMIT_CORE, (0, 1_000_000)),
    ]


@posix
def test_a_system_that_refuses_a_limit_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    def refuse(*_: object) -> None:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    child._limit_memory(400)
    monkeypatch.delattr(resource, "RLIMIT_AS", raising=False)
    child._limit_memory(400)


def test_without_limits_of_the_system_there_is_still_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    monkeypatch.delattr(signal, "setitimer", raising=False)
    child._limit_memory(400)
    child._alarm(1.0)
