"""Damaged documents and pages, read in this process: each must end as read or as skipped.

    python tests/fuzz_pages.py --seconds 60 --seed 1 pdf rtf docx odt mhtml html

Anything else that a reader raises, any text that is neither zone nor cut, and any file that takes
longer than `--longest` (30 s) is written to the folder `--out`; the exit code is then 1.
"""

# ruff: noqa: E501 (lists of words)

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import test_mhtml
import test_odt
import test_office
import test_pdf
import test_rtf
from site_layouts import LAYOUTS, labelled

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.documents.odt import read_odt
from corpuskit.reading.documents.office import read_docx
from corpuskit.reading.documents.pdf import read_pdf
from corpuskit.reading.documents.rtf import read_rtf
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.web.mhtml import read_mhtml
from corpuskit.reading.web.page import read_web

READERS: dict[str, tuple[Callable[[bytes, Options], Reading], str]] = {
    "pdf": (read_pdf, "pdf"),
    "rtf": (read_rtf, "rtf"),
    "docx": (read_docx, "xml"),
    "odt": (read_odt, "xml"),
    "mhtml": (read_mhtml, "html"),
    "html": (read_web, "html"),
}

# Words that mean something to a parser, with "|" between them.
WORDS = {
    "pdf": b"<<|>>|[|]| 0 R|endobj|stream\n|/Kids[2 0 R]|/Length -1|/Filter/FlateDecode|/Filter/LZWDecode|BT | ET "
    b"| Tj| TJ| Tm |q |Q |1e308 |-2147483649 |/Encrypt<<>>|/Prev 0|/Type/ObjStm|(|)|<feff| Do | Tf | Td | cm ",
    "rtf": b"{|}|\\|\\'|\\u-1 ?|\\bin99999999 |\\par|\\uc9|{\\*|\\f3|\\fonttbl|\\stylesheet|\\footnote|\\v|\\cell"
    b"|\\u55357?|\\fcharset128 |\\page|\\shptxt|\\s1|\\'83",
    "xml": b"<w:p>|</w:p>|<w:del>|<w:tbl>|&amp;|<![CDATA[|]]>|<w:r><w:rPr><w:b/>|<text:p>|</text:p>|<text:span>"
    b"|<text:s text:c='999'/>|<!--|-->|<?x|xmlns:w=''|<w:sym w:char='F061'/>|<text:note-body>",
    "html": b"<table>|<div>|</div>|<p>|<article>|<!--|-->|<script>|&#0;|&#x110000;|<figcaption>|<h1>|<base href=x>"
    b"|<p class='caption'>|\xff|\x00|<svg>|<template>|<footer>|<br>|\r\n--xx\r\n|charset=utf-7|=|\r\n\r\n"
    b"|Content-Type: multipart/mixed; boundary=xx\r\n\r\n|Content-Transfer-Encoding: base64\r\n",
}


def seeds(name: str) -> list[bytes]:
    """Return files to begin with: those of the tests."""
    bodies = [body for body, _ in test_office.SEEN]
    made: dict[str, Callable[[], list[bytes]]] = {
        "pdf": lambda: [
            test_pdf.pdf([test_pdf.newspaper(n) for n in (1, 2)], info="/Title(x)/Author(y)"),
            test_pdf.pdf([[*test_pdf.HEAD, *test_pdf.column(test_pdf.wrapped(test_pdf.FIRST))]]),
            test_pdf.bomb(size=2_000_000),
            test_pdf.loop(),
        ],
        "rtf": lambda: [test_rtf.rtf(body) for body, _ in test_rtf.SEEN],
        "docx": lambda: [test_office.docx("".join(bodies)), *map(test_office.docx, bodies)],
        "odt": lambda: [test_odt.odt(body) for body, _ in test_odt.SEEN],
        "mhtml": lambda: [test_mhtml.mhtml(test_mhtml.part(test_mhtml.PAGE), test_mhtml.PICTURE)],
        "html": lambda: [labelled(layout)[0][0].encode() for layout in LAYOUTS],
    }
    return made[name]()


def changed(data: bytes, dice: random.Random, words: list[bytes]) -> bytes:
    """Return the data with some bytes changed, left out, repeated or put in."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at = dice.randrange(len(made) + 1)
        end = min(at + dice.choice((1, 4, 50, 500)), len(made))
        way = dice.randrange(6)
        if way == 0 and at < len(made):
            made[at] = dice.randrange(256)
        elif way == 1:
            del made[at:end]
        elif way == 2:
            made[at:at] = made[at:end] * dice.choice((1, 2, 300))
        elif way == 3:
            made[at:at] = dice.choice(words) * dice.choice((1, 1, 3, 1_500))
        elif way == 4:
            made[at:end] = bytes(dice.randrange(256) for _ in range(end - at))
        elif dice.random() < 0.3:
            del made[at:]
    return bytes(made)


def mutant(data: bytes, dice: random.Random, words: list[bytes]) -> bytes:
    """Return a damaged file; in an archive mostly a part is damaged, not its wrapping."""
    if not data.startswith(b"PK") or dice.random() < 0.2:
        return changed(data, dice, words)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed(old.read(name), dice, words))
    return file.getvalue()


def whole(reading: Reading) -> None:
    """Raise if zones, cuts and blanks are not the whole text, or overlap."""
    for article in reading.articles:
        at = 0
        for start, end in sorted((one.start, one.end) for one in (*article.zones, *article.cuts)):
            if not at <= start < end or article.text[at:start].strip():
                raise ValueError(f"text is lost or read twice at {at} to {start}")
            at = end
        if article.text[at:].strip():
            raise ValueError(f"text is lost after {at}")


def fuzz(name: str, said: argparse.Namespace) -> tuple[int, int, float]:
    """Return how many files were tried, how many escaped, and the longest time of one."""
    reader, kind = READERS[name]
    dice = random.Random(said.seed)
    begun, tried, escaped, longest = time.monotonic(), 0, 0, 0.0
    files, words = seeds(name), WORDS[kind].split(b"|")
    while time.monotonic() - begun < said.seconds:
        data = mutant(dice.choice(files), dice, words)
        start, wrong = time.monotonic(), ""
        try:
            whole(reader(data, Options(hyphens=dice.choice(("keep", "join")))))
        except Skipped:
            pass
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        took = time.monotonic() - start
        longest = max(longest, took)
        if wrong or took > said.longest:
            escaped += 1
            (said.out / f"{name}-{said.seed}-{tried}").write_bytes(data)
            print(f"  {name}-{said.seed}-{tried}: {wrong[:200] or 'too long'}", flush=True)
        tried += 1
    return tried, escaped, longest


def main() -> int:
    """Fuzz the readers that are named and say how it went."""
    warnings.simplefilter("error")
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--longest", type=float, default=30, help="seconds that one file may take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("reports/fuzz"))
    parser.add_argument("readers", nargs="*", default=list(READERS))
    said = parser.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for name in said.readers:
        tried, escaped, longest = fuzz(name, said)
        print(f"{name}: {tried:,} files, {escaped} escapes, longest {longest:.1f} s", flush=True)
        wrong += escaped
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
