"""Corpora on disk: open one, check one."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from ...result import Result
from ..corpus import Corpus
from .opened import open_generation
from .writing import checked


def open_corpus(path: str | PathLike[str]) -> Corpus:
    """Return the corpus that `Corpus.save` or `build_corpus` wrote to a folder.

    Opening reads no more than what the store says about itself. Each column is checked when it
    is first needed (very large ones page by page) and mapped, not loaded; texts are read and
    checked one by one. What was opened stays as it is, even when the store is built anew
    meanwhile.

    Parameters
    ----------
    path
        The folder of the store.

    Raises
    ------
    StoreError
        If there is no finished corpus, another version wrote it, or a file is damaged; damage
        to a column is found, and named, when the column is first used.

    Examples
    --------
    >>> import tempfile
    >>> import corpuskit as ck
    >>> corpus = ck.Corpus.from_frame([{"id": "a", "text": "Partners met. They talked."}])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     corpus.save(f"{folder}/talks")
    ...     opened = open_corpus(f"{folder}/talks")
    ...     print(opened, len(opened.find("partner*")))
    Corpus: 1 article, 4 words, 4 types, 2 sentences 1
    """
    return Corpus._of(open_generation(Path(path)))


def check_corpus(path: str | PathLike[str]) -> Result:
    """Read every file of a corpus on disk and return what is wrong with it.

    Parameters
    ----------
    path
        The folder of the store.

    Returns
    -------
    Result
        One row a file: file (str), bytes (int, as written), problem (str, "" if there is none).

    Raises
    ------
    StoreError
        If there is no finished corpus, or what names its files is damaged itself.
    """
    return checked(open_generation(Path(path)))
