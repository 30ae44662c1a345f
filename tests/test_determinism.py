"""A small part of the sweep in `tests/determinism.py`: other seeds, workers, shards, listings."""

from __future__ import annotations

import os

import determinism


def test_other_seeds_workers_shards_and_listings_give_the_same_bytes():
    assert determinism.sweep(determinism.QUICK) == ([], len(determinism.QUICK))


def test_a_changed_byte_would_be_noticed():
    assert determinism.digest({"kwic": "a"}) != determinism.digest({"kwic": "b"})


def test_listings_are_shuffled(tmp_path, monkeypatch):
    for number in range(30):
        (tmp_path / f"{number:02d}").touch()
    monkeypatch.setattr(os, "scandir", os.scandir)  # put back afterwards
    determinism.shuffle_listings(1)
    with os.scandir(tmp_path) as found:
        names = [entry.name for entry in found]
    assert sorted(names) == [f"{number:02d}" for number in range(30)]
    assert names != sorted(names)
