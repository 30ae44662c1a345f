"""conc on a blank English tokeniser: it asks for a trained model, of which it uses only that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def blank_model() -> Iterator[None]:
    """Let conc load a blank model whatever model it asks for."""
    import spacy

    blank = spacy.blank("en")
    blank.disable_pipe = lambda name: None  # it switches off the pipes of a trained model
    loading, spacy.load = spacy.load, lambda *_, **__: blank
    try:
        yield
    finally:
        spacy.load = loading


def conc_corpus(texts: Iterable[str], folder: str, name: str = "ladder") -> Any:
    """Return the corpus that conc builds of texts in a folder."""
    import polars as pl
    from conc.corpus import Corpus

    table = f"{folder}/{name}.csv"
    pl.DataFrame({"text": list(texts)}).write_csv(table)
    with blank_model():
        return Corpus(name, "").build_from_csv(table, folder)


def opened(folder: str, name: str = "ladder") -> Any:
    """Return the corpus that was built there before, ready to be asked."""
    from conc.conc import Conc
    from conc.corpus import Corpus

    with blank_model():
        return Conc(Corpus().load(f"{folder}/{name}.corpus"))
