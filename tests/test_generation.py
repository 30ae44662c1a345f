"""The store on disk: what is written, what is refused, what is told, what is left behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest
from faults import room

import corpuskit as ck
from corpuskit.corpus.disk import generation, lock, opened
from corpuskit.corpus.disk.manifest import CURRENT, FORMAT, GENERATIONS, read_pointer
from corpuskit.corpus.disk.stored import check_corpus, open_corpus

NOTHING = "Nothing was changed: what was there before is still the current corpus."
REBUILD = "Build it again with build_corpus() or save(); the articles themselves are not touched."


def corpus(text: str = "A partner met a partner.") -> ck.Corpus:
    return ck.Corpus.from_frame([{"id": "a", "text": text}])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    corpus().save(tmp_path / "store")
    return tmp_path / "store"


def current(store: Path) -> Path:
    return store / GENERATIONS / read_pointer(store).folder


def message(store: Path) -> str:
    with pytest.raises(ck.StoreError) as caught:
        open_corpus(store)
    return str(caught.value)


# -- what is written --------------------------------------------------------------------------


def test_equal_corpora_give_equal_bytes(store: Path, tmp_path: Path) -> None:
    corpus().save(tmp_path / "other")
    for one in sorted(current(store).iterdir()):
        assert one.read_bytes() == (current(tmp_path / "other") / one.name).read_bytes(), one.name


def test_the_manifest_seals_every_file(store: Path) -> None:
    manifest = json.loads((current(store) / "manifest.json").read_bytes())
    assert manifest["format"] == FORMAT
    assert manifest["tool"] == f"corpuskit {ck.__version__}"
    assert len(manifest["options_hash"]) == 64
    assert {*manifest["files"], "manifest.json"} == {p.name for p in current(store).iterdir()}
    for name, seal in manifest["files"].items():
        data = (current(store) / name).read_bytes()
        assert (len(data), zlib.crc32(data)) == (seal["size"], seal["crc32"])


def test_opening_reads_no_column(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    checked = opened.Generation.checked

    def noted(self: opened.Generation, name: str) -> int:
        read.append(name)
        return checked(self, name)

    monkeypatch.setattr(opened.Generation, "checked", noted)
    found = open_corpus(store)
    assert read == []
    assert found.id_of(0) == "a"
    assert read == ["articles_offsets.int64", "articles_sums.uint32"]
    assert len(found.store.ids) == 6
    assert read[2:] == ["ids.uint32"]


def test_there_is_one_generation_unless_somebody_reads_another(store: Path) -> None:
    reader = open_corpus(store)
    for text in ("one", "two", "three"):
        corpus(text).save(store)
    assert len(list((store / GENERATIONS).iterdir())) == 2
    assert reader.text(0) == "A partner met a partner."
    assert len(reader.find("partner")) == 2
    del reader
    corpus("four").save(store)
    assert [p.name for p in (store / GENERATIONS).iterdir()] == [current(store).name]


def test_check_names_what_is_damaged(store: Path) -> None:
    assert not check_corpus(store).frame["problem"].any()
    path = current(store) / "types.utf8"
    path.write_bytes(path.read_bytes()[:-1])
    (current(store) / "ids.uint32").unlink()
    (current(store) / "report.json").write_bytes(b"{}" + b" " * 9)
    frame = check_corpus(store).frame.set_index("file")["problem"]
    assert frame["types.utf8"] == "it has 12 bytes instead of 13"
    assert frame["ids.uint32"] == "it is missing"
    assert re.fullmatch(r"it has 11 bytes instead of \d+", frame["report.json"])
    assert check_corpus(store).summary == "32 files, 3 damaged"
    assert corpus().check().summary == "in memory, no files"


# -- what is told -----------------------------------------------------------------------------


def line(body: str) -> bytes:
    return f"{body} crc32={zlib.crc32(body.encode()):08x}\n".encode()


def test_other_formats_are_named(store: Path) -> None:
    body = f"corpuskit-corpus format={{}} generation=000001 manifest={'0' * 64}"
    (store / CURRENT).write_bytes(line(body.format(FORMAT + 1)))
    assert message(store) == (
        f"{store}: it was written by a newer version of corpuskit (format 3; this one reads "
        "format 2). Nothing was opened. Upgrade corpuskit, or build it again with "
        "build_corpus(); the articles themselves are not touched."
    )
    (store / CURRENT).write_bytes(line(body.format(FORMAT - 1)))
    assert "written by an older version of corpuskit (format 1; this" in message(store)
    corpus("rebuilt").save(store)
    assert open_corpus(store).text(0) == "rebuilt"


def test_a_foreign_folder_is_named(store: Path, tmp_path: Path) -> None:
    (store / CURRENT).write_text("something else\n")
    assert message(store) == (
        f"{store / CURRENT}: this is no corpus of corpuskit, or it is damaged. Nothing was "
        f"opened. Check the folder. {REBUILD}"
    )
    assert message(tmp_path) == (
        f"{tmp_path}: there is no finished corpus in it (no file CURRENT). Nothing was opened. "
        "Check the folder, or build one with build_corpus()."
    )
    assert message(tmp_path / "none") == (
        f"{tmp_path / 'none'}: there is no such folder. Nothing was opened. Check the spelling "
        "and the folder you are in, or build one with build_corpus()."
    )


def test_damage_is_named_when_it_is_met(store: Path) -> None:
    path = current(store) / "postings.uint32"
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.write_bytes(data)
    found = open_corpus(store)
    assert found.text(0) == "A partner met a partner."
    with pytest.raises(ck.StoreError) as caught:
        found.find("partner")
    assert str(caught.value) == (
        f"{path}: it is damaged: its content is not what was written (checksum). Nothing was "
        f"read from it. {REBUILD}"
    )
    corpus("rebuilt").save(store)
    assert len(open_corpus(store).find("rebuilt")) == 1


def test_a_damaged_text_is_named_by_its_row(store: Path) -> None:
    path = current(store) / "text.utf8"
    path.write_bytes(path.read_bytes().replace(b"met", b"mat"))
    with pytest.raises(ck.StoreError, match=r"text\.utf8: it is damaged: row 0 is not what"):
        open_corpus(store).text(0)


@pytest.mark.parametrize("name", [CURRENT, "manifest.json"])
def test_a_damaged_beginning_is_named_and_can_be_built_over(store: Path, name: str) -> None:
    path = store / name if name == CURRENT else current(store) / name
    path.write_bytes(path.read_bytes()[:-5])
    assert message(store).startswith(f"{path}: it is damaged: ")
    corpus("rebuilt").save(store)
    assert open_corpus(store).text(0) == "rebuilt"


# -- what is refused --------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(ck.StoreError) as caught:
        corpus().save(path)
    return str(caught.value)


def test_a_folder_of_other_files_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert refused(tmp_path) == (
        f"{tmp_path}: the folder holds other files (thesis.txt). Nothing was written. "
        "Choose a new or empty folder for the corpus."
    )
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_other_files_beside_a_corpus_stay(store: Path) -> None:
    (store / "notes.txt").write_text("mine")
    (store / GENERATIONS / "notes").mkdir()
    (store / GENERATIONS / "notes" / "mine.txt").write_text("mine")
    corpus("again").save(store)
    assert (store / "notes.txt").read_text() == "mine"
    assert (store / GENERATIONS / "notes" / "mine.txt").read_text() == "mine"


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    elsewhere, store = tmp_path / "elsewhere", tmp_path / "store"
    (elsewhere / "000001").mkdir(parents=True)
    (elsewhere / "000001" / "thesis.txt").write_text("years of work")
    store.mkdir()
    (store / GENERATIONS).symlink_to(elsewhere)
    assert "the folder holds other files (generations)" in refused(store)
    assert (elsewhere / "000001" / "thesis.txt").exists()


def test_a_file_and_a_missing_parent_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    assert refused(path) == (
        f"{path}: there is a file of this name. Nothing was written. "
        "Choose another name for the corpus."
    )
    path = tmp_path / "none" / "store"
    assert refused(path) == (
        f"{path}: the folder {path.parent} that should hold it is not there. Nothing was "
        "written. Make it first, or check the spelling."
    )


ANOTHER = """
import os, sys
import corpuskit as ck
from corpuskit.corpus.disk.stored import open_corpus

def look():
    found = open_corpus(sys.argv[1])
    print(len(found.find("partner")), found.check().summary)
    return found

look()  # what Python loads late, it may not be able to load as another user
os.setgid(65534), os.setuid(65534)
try:
    look().save(sys.argv[1])
except ck.StoreError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can be another user")
def test_a_folder_that_may_only_be_read_is_read_and_not_built_in() -> None:
    with room() as folder:
        folder.chmod(0o755)
        store = folder / "store"
        corpus().save(store)
        words = [sys.executable, "-c", ANOTHER, str(store)]
        done = subprocess.run(words, capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "2 32 files, all as written",
        "2 32 files, all as written",
        f"{store}: the system does not allow it (Permission denied). {NOTHING} "
        "Choose another folder, or ask for the rights to this one.",
    ], done.stderr


# -- one builder at a time --------------------------------------------------------------------


def test_a_second_builder_is_told_or_waits(store: Path) -> None:
    with lock.building(store, wait=False):
        assert refused(store) == (
            f"{store}: it is busy; another notebook or program is building it. Nothing was "
            "changed. Wait until it is done, or give wait=True."
        )
        waiting = threading.Thread(
            target=corpus("waited").save, args=(store,), kwargs={"wait": True}
        )
        waiting.start()
        time.sleep(3 * lock.PAUSE)
        assert waiting.is_alive()
        assert open_corpus(store).text(0) == "A partner met a partner."  # readers never wait
    waiting.join(20)
    assert open_corpus(store).text(0) == "waited"


def test_the_lock_of_a_dead_builder_is_none(tmp_path: Path) -> None:
    store = tmp_path / "store"
    draft = store / GENERATIONS / generation.DRAFT
    draft.mkdir(parents=True)
    (store / lock.LOCK).touch()
    (draft / "ids.uint32").write_bytes(b"half")
    (store / generation.FRESH).write_bytes(b"half")
    corpus().save(store)
    assert sorted(p.name for p in store.iterdir()) == [CURRENT, GENERATIONS, lock.LOCK]
    assert [p.name for p in (store / GENERATIONS).iterdir()] == ["000001"]


# -- what is left behind ----------------------------------------------------------------------


class Stop(KeyboardInterrupt):
    """Somebody has pressed Stop."""


@pytest.mark.parametrize("error", [Stop(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("before", [True, False])
def test_a_build_that_ends_early_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, before: bool
) -> None:
    store = tmp_path / "store"
    if before:
        corpus("old").save(store)
    calls = []

    def fails(number: int) -> None:
        calls.append(number)
        if len(calls) == 9:
            raise error

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(Stop if isinstance(error, Stop) else ck.StoreError) as caught:
            corpus("new").save(store)
    if isinstance(error, OSError):
        assert re.fullmatch(
            re.escape(str(store)) + r"/\S+: the disk is full\. "
            rf"{re.escape(NOTHING)} Make room and do it again\.",
            str(caught.value),
        )
    assert store.exists() == before
    if before:
        assert open_corpus(store).text(0) == "old"
        assert [p.name for p in (store / GENERATIONS).iterdir()] == ["000001"]


def test_an_empty_folder_of_the_user_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    store.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(Stop()))
        with pytest.raises(Stop):
            corpus().save(store)
    assert list(store.iterdir()) == []
