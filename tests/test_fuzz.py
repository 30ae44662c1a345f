"""A short run of the search for what escapes the readers, and a look at the search itself."""

from __future__ import annotations

import random
from pathlib import Path

import fuzz_readers
import pytest
from fuzz_readers import damaged, escapes, files_of, main, problem_of
from samples import EXPORTS, SAMPLES, document, page, text

from corpuskit.reading.article import Article, Cut, Zone
from corpuskit.reading.kinds import KINDS, Kind
from corpuskit.reading.workers.guard import Limits, Parser

FILES = 12  # damaged files of each kind; `python -m tests.fuzz_readers` tries very many


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
def test_nothing_escapes_a_reader(kind: Kind) -> None:
    assert [str(escape) for escape in escapes(kind, 120, seed=1, most=FILES)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.what)
def test_there_are_good_files_of_every_kind(kind: Kind) -> None:
    for ending, data in files_of(kind):
        assert data
        assert ending.startswith(".")


def test_damage_is_drawn_from_the_seed_alone() -> None:
    for data in (text(), page(), document()):
        first = [damaged(data, random.Random(seed)) for seed in range(100)]
        assert first == [damaged(data, random.Random(seed)) for seed in range(100)]
        assert len(set(first)) > 60
        assert max(map(len, first)) <= fuzz_readers.LARGEST


def odd(name: str) -> Kind:
    """Return a kind that is read by one of the odd readers."""
    return Kind("odd", "odd_readers:is_odd", f"odd_readers:{name}", frozenset({".odd"}))


@pytest.mark.parametrize(
    ("reader", "problem"),
    [
        ("read_well", ""),
        ("decline", ""),
        ("fail", "CK-119: the reader stopped with LookupError"),
        ("leave", "CK-193: its parser broke down (exit code 3)"),
        ("loop", "CK-191: its parser did not end within 1 s and was stopped"),
    ],
)
def test_what_counts_as_an_escape(reader: str, problem: str) -> None:
    parser = Parser(Limits(1.0 if reader == "loop" else 60.0))
    try:
        assert problem_of(odd(reader), ".odd", b"data", parser) == problem
    finally:
        parser.stop()


WRONG = [
    # zones, cuts, what is wrong in "One two."
    ([(0, 8)], [], ""),
    ([(0, 3)], [(4, 8)], ""),
    ([(0, 3)], [], "'two.' is neither read nor cut"),
    ([(4, 8)], [], "'One ' is neither read nor cut"),
    ([(0, 8)], [(4, 8)], "the span (4, 8) overlaps or points outside of 8"),
    ([(0, 9)], [], "the span (0, 9) overlaps or points outside of 8"),
]


@pytest.mark.parametrize(("zones", "cuts", "wrong"), WRONG)
def test_articles_must_hold_together(
    zones: list[tuple[int, int]], cuts: list[tuple[int, int]], wrong: str
) -> None:
    article = Article(
        "",
        "One two.",
        zones=tuple(Zone(*span, "lead") for span in zones),
        cuts=tuple(Cut(*span, "rule", "reason") for span in cuts),
    )
    assert fuzz_readers._wrong(article) == wrong


def test_the_command_ends_with_1_if_anything_escapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--seconds", "0.5", "--seed", "7", "--keep", str(tmp_path / "kept")]
    monkeypatch.setattr(fuzz_readers, "_READERS", {"text": odd("fail")})
    monkeypatch.setattr(fuzz_readers, "files_of", lambda kind: [(".odd", b"data")])
    assert main(words) == 1
    assert (
        "odd (.odd, seed 7): CK-119: the reader stopped with LookupError" in capsys.readouterr().out
    )
    assert (tmp_path / "kept" / "001.odd").exists()
    monkeypatch.setattr(fuzz_readers, "_READERS", {"text": odd("read_well")})
    assert main(words) == 0
    assert capsys.readouterr().out.endswith("seed 7: 0 escapes\n")


def test_samples_are_those_of_all_formats() -> None:
    endings = {ending for kind in KINDS for ending in kind.endings}
    assert set(SAMPLES) <= endings
    assert len(EXPORTS) >= 12
