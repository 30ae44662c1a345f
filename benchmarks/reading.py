"""Speed of reading: 20,000 files of mixed formats, each format alone and all in one folder.

    python benchmarks/reading.py [files] [--write]

The articles come from the generator, written as each format would have them (`formats.py`). Bar:
.txt at least 2,000 files a second on one core, the report included. CPU seconds count the child
processes that run the parsers; wall seconds depend on what else the machine does. `--write` puts
the table into the section "Speed of reading" of RESULTS.md.
"""

from __future__ import annotations

import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from formats import FORMATS, HOLD_SEVERAL, SEVERAL, Made
from generator import Design, draw

from corpuskit import read_articles
from corpuskit.reading.workers import crew

SHARES = {
    ".txt": 0.5,
    ".html": 0.15,
    ".docx": 0.1,
    ".md": 0.05,
    ".rtf": 0.05,
    ".pdf": 0.05,
    ".mhtml": 0.03,
    ".csv": 0.03,
    ".jsonl": 0.02,
    ".xlsx": 0.01,
    ".zip": 0.01,
}
POOL = 500  # distinct articles
HEADING = "## Speed of reading"
RESULTS = Path(__file__).with_name("RESULTS.md")


def articles() -> Iterator[Made]:
    """Yield made-up articles without end."""
    drawn = draw(Design(articles=POOL, vocabulary=20_000), seed=1)
    pool = []
    for number, text in enumerate(drawn.rows()["text"]):
        lines = text.split("\n") if "\n" in text else re.split(r"(?<=\.) ", text)
        body = [" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)]
        pool.append(Made(f"Report number {number}", f"2026-01-{number % 28 + 1:02}", body))
    return cycle(pool)


def write(folder: Path, files: int) -> dict[str, int]:
    """Write the files, a folder for each format; return how many there are of each."""
    source = articles()
    counts = {ending: max(1, round(files * share)) for ending, share in SHARES.items()}
    for ending, count in counts.items():
        inside = folder / ending[1:]
        inside.mkdir(parents=True)
        several = SEVERAL if ending in HOLD_SEVERAL else 1
        for number in range(count):
            data = FORMATS[ending](list(islice(source, several)))
            (inside / f"{number:05}{ending}").write_bytes(data)
    return counts


def cpu() -> tuple[float, float]:
    """Return the CPU seconds of this process and of its children that have ended."""
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


def measured(path: Path, name: str, files: int) -> str:
    """Return one row of the table."""
    wall, before = time.perf_counter(), cpu()
    read = read_articles(path)
    wall = time.perf_counter() - wall
    crew.dismiss()  # so that its children are counted
    own, others = (after - start for after, start in zip(cpu(), before, strict=True))
    bad = [row for row in read.report.frame["status"] if row == "skipped"]
    if bad or not len(read):
        sys.exit(f"{name}: {len(bad)} files were skipped\n" + "\n".join(read.report.messages[:3]))
    rate = files / (own + others)
    cells = (name, f"{files:,}", f"{len(read):,}", f"{own:.1f}", f"{others:.1f}", f"{rate:,.0f}")
    return f"| {' | '.join(cells)} | {files / wall:,.0f} |"


def main() -> None:
    """Print the table, and put it into RESULTS.md if asked."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    files = numbers[0] if numbers else 20_000
    folder = Path(tempfile.mkdtemp(prefix="reading-"))
    try:
        counts = write(folder, files)
        rows = [measured(folder / end[1:], end, count) for end, count in counts.items()]
        rows.append(measured(folder, "all in one folder", sum(counts.values())))
    finally:
        shutil.rmtree(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        "| format | files | articles | CPU s here | CPU s in child processes | files a CPU second "
        "| files a second of the clock |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]
    table = "\n".join(lines)
    print(table)
    print(f"{peak:,.0f} MB at the peak of the whole script (children apart)")
    if "--write" in sys.argv:
        RESULTS.write_text(filed(RESULTS.read_text("utf-8"), table), "utf-8")


def filed(page: str, table: str) -> str:
    """Return RESULTS.md with a new table in the section; the words around it stay."""
    if HEADING not in page:
        page = f"{page.rstrip()}\n\n{HEADING}\n\n| format |\n"
    start = page.index(HEADING)
    found = re.compile(r"^\|.*?(?=\n\n|\Z)", re.M | re.S).search(page, start)
    if found is None:
        sys.exit(f"{RESULTS.name}: there is no table in the section {HEADING[3:]!r}")
    return f"{page[: found.start()]}{table}{page[found.end() :].rstrip()}\n"


if __name__ == "__main__":
    main()
