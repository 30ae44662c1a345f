"""What a store must survive: faults at every call, damage, builders at the same time, long lives.

`python -m tests.faults --all` runs the full sweeps (some minutes) and prints a line for each;
without `--all` a small part of each, which is also what the tests run.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

import corpuskit.corpus.disk.durable as durable
import corpuskit.corpus.disk.lock as locking
import corpuskit.corpus.disk.pages as pages
from corpuskit.corpus.disk.building import build_corpus
from corpuskit.corpus.disk.manifest import CURRENT, GENERATIONS, read_pointer
from corpuskit.corpus.disk.stored import check_corpus, open_corpus
from corpuskit.errors import StoreError

if __package__:
    from . import system_calls
else:
    import system_calls

FAULTS = {"kill": 0, "ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
DONE, TOLD, WRONG, NO_SUCH_CALL = 0, 3, 4, 100  # how a child ends
WORDS = [
    "partner",
    "deal",
    "talks",
    "ministry",
    "met",
    "agreed",
    "Delhi",
    "India",
    "Europe",
    "trade",
    "port",
    "growth",
]


def article(seed: int, mark: str = "") -> str:
    """Return the text of an invented article."""
    draw = random.Random(seed)
    lines = [" ".join(draw.choices(WORDS, k=12)).capitalize() + f". {mark}" for _ in range(3)]
    return f"Headline {seed}\n\n" + "\n\n".join(lines) + "\n"


def sources(folder: Path, seeds: range | list[int], mark: str = "") -> Path:
    """Write a folder of articles."""
    for seed in seeds:
        path = folder / f"outlet{seed % 2}" / f"{seed}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(seed, mark), "utf-8")
        os.utime(path, ns=(0, 10**9 * (1_700_000_000 + seed)))
    return folder


def state(store: Path) -> str:
    """Return a digest of everything the current generation holds, "" if there is none."""
    if not (store / CURRENT).exists():
        return ""
    folder = store / GENERATIONS / read_pointer(store).folder
    parts = [f"{p.name} {hashlib.sha256(p.read_bytes()).hexdigest()}" for p in folder.iterdir()]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def residue(store: Path) -> list[str]:
    """Return what lies in a store that no finished build leaves there."""
    extra = sorted(set(os.listdir(store)) - {CURRENT, GENERATIONS, "lock"})
    current = read_pointer(store).folder
    return extra + [name for name in os.listdir(store / GENERATIONS) if name != current]


def use(store: Path) -> int:
    """Open a corpus and look at everything in it; return how many words it has."""
    corpus = open_corpus(store)
    columns = corpus.store
    for name in type(columns).__mro__[1].__annotations__:
        column = getattr(columns, name)
        if name not in ("types", "folds", "policy"):
            assert len(np.asarray(column)) == len(column)
    texts = [corpus.text_of(n) for n in range(len(corpus))]
    assert [corpus.source(n).text for n in range(len(corpus))] == texts
    len(corpus.report), len(corpus.articles), len(corpus.find("partner*").to_frame())
    return len(corpus.words)


# -- faults at every call -------------------------------------------------------------------


class Calls:
    """Counts the calls that touch a store and lets one of them fail."""

    def __init__(self, store: Path, at: int, fault: str) -> None:
        self.store, self.at, self.fault, self.seen = str(store), at, fault, 0

    def strike(self, name: str) -> None:
        """Count a call; at the chosen one, die or fail."""
        self.seen += 1
        if self.seen == self.at:
            if self.fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(FAULTS[self.fault], os.strerror(FAULTS[self.fault]))

    def wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a call of `os` that may fail where it touches the store."""

        def struck(*given: Any, **named: Any) -> Any:
            if self._touches(given[0] if given else "."):
                self.strike(call.__name__)
            return call(*given, **named)

        return struck

    def _touches(self, what: Any) -> bool:
        if isinstance(what, int):
            try:
                what = os.readlink(f"/proc/self/fd/{what}")
            except OSError:
                return False
        return str(os.fspath(what)).startswith(self.store)

    def opener(self, path: Path, mode: str, buffering: int) -> Any:
        """Stand in for `open` where files of a store are written and sealed."""
        calls = self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                calls.strike("write")
                return super().write(data)

            def readinto(self, data: Any) -> int | None:
                calls.strike("read")
                return super().readinto(data)

            def close(self) -> None:
                if not self.closed and "x" in mode:
                    super().close()
                    calls.strike("close")
                super().close()

        calls.strike("open")
        raw = Raw(path, mode.replace("b", ""))
        return io.BufferedWriter(raw, buffering) if "x" in mode else raw


NAMES = [
    "open",
    "mkdir",
    "rmdir",
    "unlink",
    "rename",
    "replace",
    "fsync",
    "listdir",
    "stat",
    "fstat",
    "lstat",
]


def in_child(work: Callable[[], Any]) -> int:
    """Run work in a process of its own and return how it ended."""
    number = os.fork()
    if number == 0:
        ended(work)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def ended(work: Callable[[], Any]) -> NoReturn:
    """Do work and end this process with what became of it."""
    code = WRONG
    try:
        work()
        code = DONE
    except StoreError as error:
        code = TOLD if re.search(r"\. \w[^.]*\.$", str(error)) else WRONG
        if code == WRONG:
            print(f"told badly: {error}", file=sys.stderr)
    except BaseException as error:
        print(f"escaped: {error!r}", file=sys.stderr)
    finally:
        os._exit(code)


def struck(store: Path, at: int, fault: str, work: Callable[[], Any]) -> Callable[[], Any]:
    """Return work during which call number `at` fails."""

    def run() -> None:
        calls = Calls(store, at, fault)
        for name in NAMES:
            setattr(os, name, calls.wrapped(getattr(os, name)))
        durable.open = calls.opener  # type: ignore[attr-defined]
        hold = locking.hold
        locking.hold = lambda *a, **k: (calls.strike("flock"), hold(*a, **k))[1]  # type: ignore
        work()
        if calls.seen < at:
            os._exit(NO_SUCH_CALL)  # the sweep is over

    return run


class Bench:
    """A store that is put back before each fault, and what it may be afterwards."""

    def __init__(self, room: Path, work: str) -> None:
        self.store, self.work = room / "store", work
        self.new = sources(room / "new", range(2, 7))
        self._before = room / "before"
        build_corpus(sources(room / "old", range(4)), self._before)
        build_corpus(self.new, room / "fresh")
        old = "" if work == "first" else state(self._before)
        self.states = (old, old if work == "read" else state(room / "fresh"))

    def job(self) -> Callable[[], Any]:
        """Put the store back and return what is to be done with it."""
        shutil.rmtree(self.store, ignore_errors=True)
        if self.work != "first":
            shutil.copytree(self._before, self.store)
        return self._read if self.work == "read" else self._build

    def _read(self) -> None:
        use(self.store)

    def _build(self) -> None:
        build_corpus(self.new, self.store)


def swept(room: Path, work: str, step: int) -> Iterator[str]:
    """Let every `step`-th call fail in every way; yield what went wrong, "" for nothing."""
    bench = Bench(room, work)
    for fault in FAULTS:
        at = 1
        while (code := in_child(struck(bench.store, at, fault, bench.job()))) != NO_SUCH_CALL:
            yield judged(bench, code, fault, f"{work}: {fault} at call {at}")
            at += step


def straced(room: Path, work: str, step: int) -> Iterator[str]:
    """Let every `step`-th system call fail in every way; yield what went wrong."""
    bench = Bench(room, work)
    job = bench.job()
    calls = system_calls.touching(bench.store, lambda: ended(job), room / "log")

    def run() -> Callable[[], Any]:
        job = bench.job()
        return lambda: ended(job)

    for name, fault, code in system_calls.faults(calls, step, run):
        yield judged(bench, code, fault, f"{work}: {name}")


def judged(bench: Bench, code: int, fault: str, name: str) -> str:
    """Return what is wrong after a fault, "" if nothing is."""
    store = bench.store
    if code not in ((-signal.SIGKILL, DONE) if fault == "kill" else (DONE, TOLD)):
        return f"{name}: ended with {code}"
    try:
        if state(store) not in bench.states:
            return f"{name}: neither old nor new"
        build_corpus(bench.new, store)  # the retry, without a fault
        if state(store) != state(store.parent / "fresh"):
            return f"{name}: the retry is not the new one"
        return f"{name}: left {left}" if (left := residue(store)) else ""
    except (OSError, StoreError) as error:
        return f"{name}: {error!r}"


# -- damage ---------------------------------------------------------------------------------


def damaged(room: Path, flips: int, cuts: int, seed: int = 1) -> Iterator[str]:
    """Flip bits and cut files; yield what went wrong, "" if it was found and named."""
    store = room / "store"
    build_corpus(sources(room / "source", range(5)), store)
    files = sorted(p for p in store.rglob("*") if p.is_file() and p.stat().st_size)
    draw = random.Random(seed)
    for n in range(flips + cuts):
        path = files[n % len(files)]
        data = path.read_bytes()
        changed = bytearray(data)
        if n < flips:
            at = draw.randrange(8 * len(data))
            changed[at // 8] ^= 1 << at % 8
            what = f"bit {at} of {path.name}"
        else:
            del changed[draw.randrange(len(data)) :]
            what = f"{path.name} cut to {len(changed)} bytes"
        path.write_bytes(changed)
        yield _found(store, path, what)
        path.write_bytes(data)


def _found(store: Path, path: Path, what: str) -> str:
    """Return what is wrong with how a damage is told, "" if nothing is."""
    try:
        report = check_corpus(store).frame
        if not report.set_index("file")["problem"].get(path.name, ""):
            return f"{what}: the check did not name it"
    except StoreError as error:
        return "" if path.name in str(error) else f"{what}: not named: {error}"
    if path.name == "sources.jsonl":  # asked for by builds alone, which then read everything
        return ""
    try:
        use(store)
    except StoreError as error:
        return "" if path.name in str(error) else f"{what}: not named: {error}"
    except Exception as error:
        return f"{what}: {error!r}"
    return f"{what}: not found"


# -- many at the same time ------------------------------------------------------------------


def crowded(room: Path, rounds: int, seconds: float = 0.6) -> Iterator[str]:
    """Let builders and readers meet; yield what went wrong in each round, "" for nothing."""
    folders = [sources(room / f"v{k}", range(3 + k), mark=f"version{k}") for k in range(4)]
    for n in range(rounds):
        store = room / f"store{n}"
        build_corpus(folders[0], store)
        until = time.monotonic() + seconds
        jobs = [partial(_build_often, folder, store, until) for folder in folders[: 2 + n % 3]]
        jobs += [partial(_read_often, store, until)] * 2
        bad = [code for code in _together(jobs) if code != DONE]
        build_corpus(folders[1], store)
        left = residue(store)
        yield f"round {n}: {bad} {left}" if bad or left else ""
        shutil.rmtree(store)


def _together(jobs: list[Callable[[], Any]]) -> list[int]:
    """Run jobs at the same time and return how each ended."""
    numbers = []
    for job in jobs:
        number = os.fork()
        if number == 0:
            ended(job)
        numbers.append(number)
    return [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in numbers]


def _build_often(folder: Path, store: Path, until: float) -> None:
    """Build again and again; to find it busy is as good as to build."""
    wait = folder.name.endswith(("1", "3"))
    while time.monotonic() < until:
        try:
            build_corpus(folder, store, wait=wait)
        except StoreError as error:
            if "it is busy" not in str(error):
                raise


def _read_often(store: Path, until: float) -> None:
    """Open again and again; what is opened must be one version, whole, and stay it."""
    while time.monotonic() < until:
        corpus = open_corpus(store)
        [version] = {corpus.text_of(n).split()[-1] for n in range(len(corpus))}
        time.sleep(0.01)  # somebody builds anew meanwhile
        hits = corpus.find("version*")
        assert set(hits.to_frame()["node"]) == {version}
        assert len(corpus) == 3 + int(version[-1])
        assert len(hits) == 3 * len(corpus)
        assert not corpus.check().frame["problem"].any()


# -- long lives -----------------------------------------------------------------------------


def lived(room: Path, runs: int, seed: int = 1) -> Iterator[str]:
    """Change a folder and build, again and again; yield what went wrong in each life."""
    for n in range(runs):
        life = room / f"life{n}"
        try:
            yield _life(life, random.Random(seed * 1_000_003 + n))
        finally:
            shutil.rmtree(life, ignore_errors=True)


def _life(room: Path, draw: random.Random) -> str:
    """Return what went wrong in one life of a store, "" for nothing."""
    folder, store, steps = sources(room / "source", [1, 2]), room / "store", []
    build_corpus(folder, store)
    for step in range(draw.randrange(3, 7)):
        deed = draw.choice(DEEDS)
        steps.append(deed.__name__.strip("_"))
        deed(folder, store, draw)
        if draw.random() < 0.6 or step == 0:
            steps.append("rebuild")
            build_corpus(folder, store)
    build_corpus(folder, store)
    build_corpus(folder, room / "fresh")
    if state(store) != state(room / "fresh") or residue(store):
        return f"{steps}: not what a fresh build gives, or {residue(store)}"
    use(store)
    return ""


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.txt"))


def _add(folder: Path, store: Path, draw: random.Random) -> None:
    sources(folder, [draw.randrange(10, 1000)])


def _edit(folder: Path, store: Path, draw: random.Random) -> None:
    path = draw.choice(_files(folder))
    path.write_text(article(draw.randrange(1000), "edited"), "utf-8")


def _edit_unseen(folder: Path, store: Path, draw: random.Random) -> None:
    """Change a file in such a way that size and time stay the same."""
    path = draw.choice(_files(folder))
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data.replace(b"e", b"o", draw.randrange(1, 9)))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _rename(folder: Path, store: Path, draw: random.Random) -> None:
    path = draw.choice(_files(folder))
    path.rename(path.with_name(f"moved{draw.randrange(1000)}.txt"))


def _delete(folder: Path, store: Path, draw: random.Random) -> None:
    if len(_files(folder)) > 1:
        draw.choice(_files(folder)).unlink()


def _kill(folder: Path, store: Path, draw: random.Random) -> None:
    job = struck(store, draw.randrange(1, 260), "kill", lambda: build_corpus(folder, store))
    in_child(job)


def _open(folder: Path, store: Path, draw: random.Random) -> None:
    use(store)


DEEDS = (_add, _edit, _edit_unseen, _rename, _delete, _kill, _open)


# -- the command ----------------------------------------------------------------------------

FAST = {"calls": 29, "system": 0, "flips": 66, "cuts": 33, "rounds": 3, "lives": 12}
ALL = {"calls": 1, "system": 1, "flips": 1000, "cuts": 250, "rounds": 50, "lives": 1000}


@contextmanager
def room() -> Iterator[Path]:
    """Give a folder of its own to a sweep."""
    memory = Path("/dev/shm")  # what is swept is the order of calls, not the disk
    quick = memory if os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="corpuskit-faults-", dir=quick))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweeps(sizes: dict[str, int]) -> Iterator[tuple[str, Callable[[Path], Iterator[str]]]]:
    """Yield the name of each sweep and what runs it."""
    for work in ("first", "rebuild", "read"):
        yield f"calls ({work})", lambda at, work=work: swept(at, work, sizes["calls"])
    if sizes["system"] and system_calls.available():
        for work in ("first", "rebuild", "read"):
            yield f"system calls ({work})", lambda at, work=work: straced(at, work, sizes["system"])
    yield "damage", lambda at: damaged(at, sizes["flips"], sizes["cuts"])
    yield "crowd", lambda at: crowded(at, sizes["rounds"])
    yield "lives", lambda at: lived(at, sizes["lives"])


def main() -> int:
    """Run the sweeps and print a line of JSON for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="the full sweeps")
    parser.add_argument("--step", type=int, help="let only every so-manieth call fail")
    parser.add_argument("--only", default="", help="sweeps whose name begins so")
    given = parser.parse_args()
    failed = 0
    pages.LEAST = 600  # so that some of these small columns are checked page by page
    sizes = ALL if given.all else FAST
    if given.step:
        sizes = sizes | {"calls": given.step, "system": given.step}
    for name, sweep in sweeps(sizes):
        if not name.startswith(given.only):
            continue
        begun = time.monotonic()
        with room() as folder:
            found = list(sweep(folder))
        bad = [one for one in found if one]
        failed += len(bad)
        seconds = round(time.monotonic() - begun, 1)
        line = {"sweep": name, "runs": len(found), "bad": len(bad), "seconds": seconds}
        print(json.dumps(line | ({"first": bad[:5]} if bad else {})), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
