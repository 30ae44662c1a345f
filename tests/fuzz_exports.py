"""Damage exports at random and read them: nothing but an article or a reason may come back.

python tests/fuzz_exports.py 60        # seconds for each of the four databases
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

import exports
import exports_factiva
import exports_nexis
import exports_others

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.databases.europresse import is_europresse, read_europresse
from corpuskit.reading.databases.factiva import is_factiva, read_factiva
from corpuskit.reading.databases.nexis import is_nexis, read_nexis
from corpuskit.reading.databases.proquest import is_proquest, read_proquest
from corpuskit.reading.findings.told import Skipped

Pair = tuple[Callable[[bytes, str], bool], Callable[[bytes, Options], Reading | None]]
READERS: dict[str, Pair] = {
    "nexis": (is_nexis, read_nexis),
    "factiva": (is_factiva, read_factiva),
    "proquest": (is_proquest, read_proquest),
    "europresse": (is_europresse, read_europresse),
}
PIECES = [
    b"\n",
    b"\n\n",
    b"\x00",
    b"\xff\xfe",
    b"\f",
    b"<",
    b"</td>",
    b"<table>",
    b"<!--",
    b"{\\b ",
    b"}",
    b"1 of 10 DOCUMENTS\n",
    b"End of Document\n",
    b"Body\n",
    b"LENGTH: ",
    b"Classification\n",
    b"AN\n",
    b"Full text: ",
    b"_" * 60 + b"\n",
    "２０２４年13月99日".encode(),
    "31 février 2024".encode(),
    b"99999999999999999999 of 3 DOCUMENTS\n",
]


def seeds(stories: tuple[exports.Story, ...] = exports.STORIES[:4]) -> dict[str, list[bytes]]:
    """Return whole exports of each database."""
    lines, other = exports_nexis.nexis_lines(stories), exports_factiva.factiva_lines("en", stories)
    return {
        "nexis": [
            exports_nexis.nexis_old(stories).encode(),
            exports_nexis.nexis_old(stories).encode("utf-16"),
            exports_nexis.lexisnexis_page(stories).encode(),
            "\n".join(lines).encode(),
            exports.docx(lines),
            exports.rtf(lines),
        ],
        "factiva": [
            exports_factiva.factiva_page("fr", stories).encode(),
            exports_factiva.factiva_articles("ko", stories).encode(),
            exports_factiva.factiva_xml(stories).encode(),
            "\n".join(other).encode(),
            exports.rtf(other),
            exports_factiva.factiva_codes(stories).encode(),
            "\n".join(exports_factiva.factiva_named("de", stories)).encode(),
        ],
        "proquest": [
            exports_others.proquest_text(stories, numbered=True).encode(),
            exports_others.proquest_page(stories).encode(),
            exports_others.proquest_table(stories).encode(),
        ],
        "europresse": [
            exports_others.europresse(stories).encode(),
            exports_others.europresse_old(stories).encode("cp1252", "replace"),
        ],
    }


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few random changes: bytes, stretches, lines, pieces put in."""
    for _ in range(chance.randint(1, 8)):
        at, end = sorted(chance.choices(range(len(data) + 1), k=2))
        end = min(end, at + chance.choice((1, 20, 400, 5_000)))
        kind = chance.randrange(6)
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:at] + chance.randbytes(chance.randint(1, 6)) + data[at + 1 :]
        elif kind == 2:
            data = data[:at] + chance.choice(PIECES) + data[at:]
        elif kind == 3:
            data = data[:end] + data[at:end] + data[end:]
        elif kind == 4:
            data = data[: max(at, 40)]
        else:
            lines = data.split(b"\n")
            chance.shuffle(lines[: chance.randint(0, len(lines))])
            del lines[chance.randrange(len(lines))]
            data = b"\n".join(lines)
    return data


def is_partition(reading: Reading) -> bool:
    """Return whether zones and cuts of each article hold all that is not blank, once."""
    for article in reading.articles:
        at = 0
        spans = [*article.zones, *article.cuts]
        for span in sorted(spans, key=lambda span: span.start):
            if span.start < at or article.text[at : span.start].strip():
                return False
            at = span.end
        if article.text[at:].strip() or not article.zones:
            return False
    return True


def one(name: str, data: bytes, options: Options) -> None:
    """Read damaged bytes; raise if anything but an article or a reason comes back."""
    knows, reads = READERS[name]
    knows(data, "")
    try:
        reading = reads(data, options)
    except Skipped:
        return
    if reading is not None and not is_partition(reading):
        raise AssertionError(f"{name}: the parts of an article do not make the whole")


def main(seconds: float) -> None:
    """Fuzz each reader; print how many inputs were read, and stop at the first escape."""
    for name, whole in seeds().items():
        chance = random.Random(1)
        end, count = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            data = damaged(chance.choice(whole), chance)
            try:
                one(name, data, Options())
            except Exception:
                sys.stdout.write(f"{name}: escape on {data!r}\n")
                raise
            count += 1
        sys.stdout.write(f"{name}: {count:,} inputs, 0 escapes\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
