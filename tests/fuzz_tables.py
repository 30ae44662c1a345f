"""Damage tables at random for some seconds; whatever is no answer and no `Skipped` escapes.

Not part of the tests: `python tests/fuzz_tables.py [SECONDS [SEED [READER …]]]` runs each reader
(csv, json, xlsx, parquet) for so long.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
import time
import zipfile
from collections.abc import Callable

import openpyxl

from corpuskit.reading.article import Options, Reading
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.tables.formats import (
    is_csv,
    is_excel,
    is_json,
    is_parquet,
    read_csv,
    read_excel,
    read_json,
    read_parquet,
)

Reader = Callable[[bytes, Options], Reading]

ROWS = [
    dict(id=f"{n:03}", date=f"{n:02}/04/2026", title=f"T {n}", text=f"One {n}, “two”.\n\nThree.")
    for n in range(1, 15)
]
SPICE = (
    *(
        b'"',
        b'""',
        b",",
        b";",
        b"\t",
        b"|",
        b"\r",
        b"\n",
        b"\r\n",
        b"\0",
        b"\xff",
        b"\xff\xfe",
        b"{",
    ),
    *(
        b"}",
        b"[",
        b"]",
        b":",
        b"\\",
        b"\\ud800",
        b"NaN",
        b"1e999",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
    ),
    *(
        b"null",
        b'{"text":',
        b"\xe2\x80\xa8",
        b"\x85",
        b"'",
        b"=",
        b"_x000D_",
        b"<!DOCTYPE",
        b"sep=;\n",
    ),
)
SLOWEST = 10.0  # seconds of one input


def as_csv(mark: str) -> bytes:
    """Return the rows as text."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(ROWS[0]), delimiter=mark)
    writer.writeheader()
    writer.writerows(ROWS)
    return target.getvalue().encode()


def as_excel() -> bytes:
    """Return the rows as a workbook."""
    book = openpyxl.Workbook()
    for row in (list(ROWS[0]), *(list(row.values()) for row in ROWS)):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_parquet() -> bytes:
    """Return the rows as a Parquet table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), target, row_group_size=5)
    return target.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, cut, doubled, moved or spiced."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, size = chance.randrange(len(made) + 1), chance.choice((1, 2, 5, 40, 400))
        match chance.randrange(6):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + size]
            case 2:
                made[at:at] = made[at : at + size]
            case 3:
                made[at:at] = chance.choice(SPICE) * chance.choice((1, 1, 2, 300))
            case 4:
                del made[at:]
            case 5:
                start = chance.randrange(len(made) + 1)
                made[at:at] = made[start : start + size]
    return bytes(made)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """Return an archive one part of which is damaged; other bytes as `damaged` does."""
    if not data.startswith(b"PK") or chance.random() < 0.2:
        return damaged(data, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        hit = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, chance) if name == hit else part)
    return target.getvalue()


def fuzz(name: str, reader: Reader, seeds: list[bytes], seconds: float, seed: int) -> int:
    """Return how many inputs escaped, and tell them."""
    chance = random.Random(seed)
    end = time.monotonic() + seconds
    tried = skipped = escaped = 0
    seen: set[str] = set()
    while time.monotonic() < end:
        data = damaged_inside(chance.choice(seeds), chance)
        start = time.process_time()
        try:
            for knows in (is_csv, is_excel, is_json, is_parquet):
                knows(data, chance.choice((".txt", ".csv", ".json", ".xlsx", "")))
            reader(data, Options())
        except Skipped:
            skipped += 1
        except Exception as error:
            escaped += 1
            if type(error).__name__ not in seen:
                print(f"{name}: {type(error).__name__}: {error} for {data[:200]!r}")
            seen.add(type(error).__name__)
        if time.process_time() - start > SLOWEST:
            escaped += 1
            print(f"{name}: slow for {data[:200]!r}")
        tried += 1
    print(f"{name}: {tried:,} inputs, {skipped:,} skipped, {escaped} escaped")
    return escaped


def main() -> int:
    """Fuzz each reader in turn."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    lines = "\n".join(map(json.dumps, ROWS)).encode()
    columns = {name: [row[name] for row in ROWS] for name in ROWS[0]}
    shapes = [lines, json.dumps(ROWS, indent=1).encode(), json.dumps(columns).encode()]
    texts = [as_csv(mark) for mark in ",;\t|"]
    texts += [texts[0].decode().encode("utf-16"), texts[1].decode().encode("cp1252")]
    readers: dict[str, tuple[Reader, list[bytes]]] = {
        "csv": (read_csv, texts),
        "json": (read_json, shapes),
        "xlsx": (read_excel, [as_excel()]),
        "parquet": (read_parquet, [as_parquet()]),
    }
    names = sys.argv[3:] or list(readers)
    return min(sum(fuzz(name, *readers[name], seconds, seed) for name in names), 1)


if __name__ == "__main__":
    sys.exit(main())
