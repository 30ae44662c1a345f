"""Damaged files for every reader: each must end in articles or in a reason, never otherwise.

    python -m tests.fuzz_readers --seconds 60 [--kind "a web page"] [--seed 1] [--keep FOLDER]

Good files are damaged in ways drawn from a seed (bits, cuts, doubled and foreign stretches; in
archives also inside their members) and read in a child process, as always. An escape is a reader
that raises anything but its own reasons (CK-119), runs out of time or memory or breaks down
(CK-191 to CK-194), or whose articles do not hold together: spans that overlap or point outside.
It is printed with the seed and the damaged file is kept; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpuskit.reading.article import Article, Options
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.kinds import KINDS, Kind, function
from corpuskit.reading.workers.guard import Declined, Limits, Parser

sys.path.insert(0, str(Path(__file__).parent))

from samples import EXPORTS, SAMPLES

ESCAPES = {"CK-119", "CK-191", "CK-192", "CK-193", "CK-194"}
LIMITS = Limits(seconds=30.0)
LONGEST_LOOK = 2.0  # CPU seconds of a look at what a file is, which no other process guards
LARGEST = 500_000  # bytes of a damaged file
PIECES = (  # what breaks parsers, whatever the format
    b"",
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    b"\xe2\x80\xa8",
    b'"',
    b"'",
    b"<",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"&#x110000;",
    b"&lt",
    b"{",
    b"}",
    b"[" * 200,
    b"\\u d800",
    b"\\ud800",
    b"-1",
    b"1e999",
    b"NaN",
    b"99999999999999999999",
    b"(" * 50,
    b"endobj",
    b"stream\n",
    b"/Length 0",
    b"\\bin99999 ",
    b"\\u-1 ",
    b"31/02/2026",
    b"9999-12-31T23:59:60+99:99",
    b"%s%n",
    "\u202e\u0130\ufb01\u0301".encode(),
)
_READERS = {kind.what: kind for kind in KINDS}


class Escape(NamedTuple):
    """One damaged file that a reader did not come to terms with."""

    kind: str
    ending: str
    seed: int
    problem: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.kind} ({self.ending}, seed {self.seed}): {self.problem}"


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return a file with some damage; the same for the same state of `rng`."""
    if data.startswith(b"PK") and rng.random() < 0.7:
        data = _inside(data, rng)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3, 8, 40))):
        data = rng.choice(WAYS)(data, rng)[:LARGEST]
    return data


def _inside(data: bytes, rng: random.Random) -> bytes:
    """Return an archive with damage inside one of its members."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(entry, archive.read(entry)) for entry in archive.infolist()]
    out = io.BytesIO()
    chosen = rng.randrange(len(members))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (entry, inner) in enumerate(members):
            some = rng.randint(1, 6) if number == chosen else 0
            for _ in range(some):
                inner = rng.choice(WAYS)(inner, rng)[:LARGEST]
            fresh = zipfile.ZipInfo(entry.filename)  # without the time of day
            archive.writestr(fresh, inner, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _span(data: bytes, rng: random.Random) -> tuple[int, int]:
    """Return a stretch of the file, a short one more often than a long one."""
    start = rng.randint(0, len(data))
    return start, min(len(data), start + int(rng.expovariate(1 / 60)))


def _bits(data: bytes, rng: random.Random) -> bytes:
    """Turn some bits round."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 10)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(data: bytes, rng: random.Random) -> bytes:
    """Cut the end off."""
    return data[: rng.randint(0, len(data))]


def _lost(data: bytes, rng: random.Random) -> bytes:
    """Lose a stretch."""
    start, end = _span(data, rng)
    return data[:start] + data[end:]


def _again(data: bytes, rng: random.Random) -> bytes:
    """Say a stretch again, sometimes very often."""
    start, end = _span(data, rng)
    return data[:start] + data[start:end] * rng.choice((2, 2, 3, 50, 1000)) + data[end:]


def _moved(data: bytes, rng: random.Random) -> bytes:
    """Put a stretch elsewhere."""
    start, end = _span(data, rng)
    rest = data[:start] + data[end:]
    at = rng.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _piece(data: bytes, rng: random.Random) -> bytes:
    """Put in what breaks parsers."""
    start, end = _span(data, rng)
    return data[:start] + rng.choice(PIECES) + data[rng.choice((start, end)) :]


def _noise(data: bytes, rng: random.Random) -> bytes:
    """Put in bytes of any kind."""
    start, end = _span(data, rng)
    return data[:start] + rng.randbytes(rng.randint(0, 40)) + data[end:]


def _number(data: bytes, rng: random.Random) -> bytes:
    """Make a number another one, often a very large one."""
    places = [at for at, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if not places:
        return data
    at = rng.choice(places)
    return data[:at] + rng.choice((b"0", b"-1", b"7", b"65536", b"4294967296")) + data[at + 1 :]


WAYS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _bits,
    _cut,
    _lost,
    _again,
    _moved,
    _piece,
    _piece,
    _noise,
    _number,
)


def problem_of(kind: Kind, ending: str, data: bytes, parser: Parser) -> str:
    """Return what is wrong with how a reader takes a file, or ""."""
    begun = time.process_time()
    try:
        function(kind.knows)(data, ending)
    except Exception as error:
        return f"{kind.knows} raised {error!r}"
    if (took := time.process_time() - begun) > LONGEST_LOOK:
        return f"{kind.knows} took {took:.1f} CPU seconds"
    try:
        _, reading = parser.read([kind.reads], data, Options())
    except Declined:
        return ""
    except Skipped as skipped:
        found = skipped.finding
        return f"{found.code}: {found.reason}" if found.code in ESCAPES else ""
    return next((wrong for one in reading.articles if (wrong := _wrong(one))), "")


def _wrong(article: Article) -> str:
    """Return what does not hold together in an article, or ""."""
    spans = sorted(
        [(z.start, z.end) for z in article.zones] + [(c.start, c.end) for c in article.cuts]
    )
    at = 0
    for start, end in spans:
        if not at <= start <= end <= len(article.text):
            return f"the span {start, end} overlaps or points outside of {len(article.text)}"
        if article.text[at:start].strip():
            return f"{article.text[at:start]!r} is neither read nor cut"
        at = end
    rest = article.text[at:].strip()
    return f"{rest[:50]!r} is neither read nor cut" if rest else ""


def files_of(kind: Kind) -> list[tuple[str, bytes]]:
    """Return the good files that a reader is tried on, each with its ending."""
    made = [(ending, sample()) for ending, sample in SAMPLES.items()]
    made += [(Path(name).suffix, sample()) for name, sample in EXPORTS.items()]
    own = [(end, data) for end, data in made if function(kind.knows)(data, end)]
    if not own:
        raise LookupError(f"samples.py has no file that is {kind.what}")
    return own


def escapes(kind: Kind, seconds: float, seed: int, most: int | None = None) -> Iterator[Escape]:
    """Yield what escapes a reader within some seconds, or `most` damaged files."""
    files = files_of(kind)
    parser = Parser(LIMITS)
    end = time.monotonic() + seconds
    tried = 0
    try:
        while time.monotonic() < end and (most is None or tried < most):
            number = seed + tried
            ending, data = files[tried % len(files)]
            broken = damaged(data, random.Random(number))
            if problem := problem_of(kind, ending, broken, parser):
                yield Escape(kind.what, ending, number, problem, broken)
            tried += 1
    finally:
        parser.stop()
    sys.stdout.write(f"{kind.what}: {tried:,} damaged files\n" if most is None else "")


def main(words: Sequence[str] | None = None) -> int:
    """Try the readers one after another; return 1 if anything escaped."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="for each reader (60)")
    parser.add_argument(
        "--kind", choices=sorted(_READERS), action="append", help="all if not given"
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument(
        "--keep", type=Path, default=Path("reports") / "fuzz", help="escapes go here"
    )
    given = parser.parse_args(words)
    number = 0
    for what in given.kind or list(_READERS):
        for escape in escapes(_READERS[what], given.seconds, given.seed):
            number += 1
            given.keep.mkdir(parents=True, exist_ok=True)
            path = given.keep / f"{number:03}{escape.ending}"
            path.write_bytes(escape.data)
            sys.stdout.write(f"{escape}\n  kept as {path}\n")
    sys.stdout.write(f"seed {given.seed}: {number:,} escapes\n")
    return 1 if number else 0


if __name__ == "__main__":
    sys.exit(main())
