"""Base forms: which forms of the vocabulary belong together, and the hits of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Self
from weakref import WeakKeyDictionary

import numpy as np

from ...corpus.columns.folding import fold
from ...corpus.columns.store import Columns, Ints
from ...corpus.corpus import Corpus
from ...corpus.finding.find import Hits
from ...corpus.finding.patterns import Slot
from ...corpus.finding.standing import longest, places_of
from ...errors import kind, refuse

MATCH = "lemma"  # what `Hits.match` says of such hits
PACKAGE = "simplemma"
Runs = Sequence[Sequence[str]]  # of base forms
_WHOLES = re.compile(r"(?:^|\s+)\|(?:\s+|$)")


@dataclass(frozen=True, eq=False)
class _Lemmas:
    """The base forms of a vocabulary: a number for each folded form, a number for each name."""

    of_form: Ints
    numbers: dict[str, int]

    @classmethod
    def of(cls, store: Columns, base: Callable[[str], str]) -> Self:
        """Look up each folded word once; a mark is its own base form."""
        words = zip(store.folds, store.fold_is_word.tolist(), strict=True)
        names = [base(form) if is_word else form for form, is_word in words]
        numbers = {name: n for n, name in enumerate(sorted(set(names)))}
        return cls(np.array([numbers[name] for name in names], np.int64), numbers)


_KNOWN: WeakKeyDictionary[Columns, dict[str, _Lemmas]] = WeakKeyDictionary()


def lemma_hits(corpus: Corpus, lemma: str, *, language: str = "en") -> Hits:
    """Return every place where a word with this base form stands.

    Parameters
    ----------
    corpus
        What to look in.
    lemma
        One word or several, as for `corpus.find` but without `*` and `?`: "partner",
        "partner|ally", "strategic partner", "strategic partner | defence alliance". Each word
        stands for all forms that share its base form, so "partner" and "partners" find the same.
    language
        Code of a language that simplemma knows: "en", "de", "fr" and others.

    Returns
    -------
    Hits
        As from `corpus.find`, with match "lemma"; every analysis takes it.

    Raises
    ------
    ImportError
        If the package simplemma is missing.
    ValueError
        If the pattern is empty or has wildcards, or the language is unknown.

    Notes
    -----
    Each folded form of the vocabulary is looked up once, in small letters and without its
    neighbours. The limits follow from that: a form with two base forms gets one ("saw" is "see",
    also where it cuts wood; "leaves" is "leave"); names are read as words ("United" is "unite");
    nouns and verbs share a base form ("partners", "partnering"), but a derived word has its own
    ("partnership"); British spellings join American ones ("defence" is "defense"); a word that
    no list and no rule knows is its own base form, as are many German nouns in small letters.

    Examples
    --------
    >>> import corpuskit as ck
    >>> from corpuskit.analysis.collocations.lemmas import lemma_hits
    >>> text = "Partners met a partner. Partnering is no partnership."
    >>> corpus = ck.Corpus.from_frame([{"id": "a", "text": text}])
    >>> lemma_hits(corpus, "partner").to_frame()["node"].tolist()
    ['Partners', 'partner', 'Partnering']
    """
    kind("corpus", corpus, Corpus, "Give what read_corpus returns.")
    kind("lemma", lemma, str, 'Give for instance "partner".')
    if set(lemma) & set("*?"):
        remedy = 'Give words, for instance "partner|partnership".'
        refuse("lemma", "base forms without wildcards", lemma, remedy)
    wholes = [slots for whole in _WHOLES.split(lemma) if (slots := _slots(whole))]
    if not wholes:
        refuse("lemma", "at least one word", lemma, 'Give for instance "partner".')
    base = base_of(language)
    runs = [[base(fold(word)) for word in run] for slots in wholes for run in product(*slots)]
    hits: Hits = corpus.find_by(_lemma_hits, lemma, runs, language)
    return hits


def _lemma_hits(corpus: Corpus, lemma: str, runs: Runs, language: str) -> Hits:
    """Return the places of runs of base forms in one corpus, or in one shard."""
    none = np.empty(0, np.int64)
    return _standing(Hits(corpus, lemma, MATCH, False, none, none), runs, language)


def by_lemma(hits: Hits, *, language: str = "en") -> Hits:
    """Return the hits and every place with the same run of base forms as one of them.

    Parameters
    ----------
    hits
        What `corpus.find` returned: those of "dividend" bring the places of "dividends" along.
    language
        Code of a language that simplemma knows.

    Returns
    -------
    Hits
        With match "lemma". Where all forms were hits before, they are the same places.

    Raises
    ------
    ImportError
        If the package simplemma is missing.
    ValueError
        If the language is unknown.
    """
    kind("hits", hits, Hits, 'Give what corpus.find("partner*") returns.')
    base_of(language)
    runs = sorted(set().union(*hits.map(_own_runs, language)))
    return hits.again(_with_runs, runs, language)


def _own_runs(hits: Hits, language: str) -> set[tuple[str, ...]]:
    """Return the runs of base forms that are hits in one corpus, or in one shard."""
    store, found = hits.corpus.store, set()
    known = _lemmas_of(store, language)
    names = list(known.numbers)
    for size in np.unique(hits.size).tolist():
        places = hits.first[hits.size == size][:, None] + np.arange(size)
        runs = np.unique(known.of_form[store.folded[store.ids[places]]], axis=0)
        found |= {tuple(names[n] for n in run) for run in runs.tolist()}
    return found


def _with_runs(hits: Hits, runs: Runs, language: str) -> Hits:
    """Return the hits of one corpus, or of one shard, and the places of these runs."""
    return _standing(replace(hits, match=MATCH), runs, language)


def _slots(whole: str) -> list[list[str]]:
    """Return the words of a phrase, each with its alternatives."""
    return [words for part in whole.split() if (words := [w for w in part.split("|") if w])]


def _standing(hits: Hits, runs: Runs, language: str) -> Hits:
    """Return `hits` and all places of these runs, each starting place once with its longest."""
    known = _lemmas_of(hits.corpus.store, language)
    numbers = np.argsort(known.of_form, kind="stable")
    borders = np.searchsorted(known.of_form[numbers], np.arange(len(known.numbers) + 1))

    def slot(name: str) -> Slot:
        lemma = known.numbers.get(name, -1)
        forms = numbers[borders[lemma] : borders[lemma + 1]] if lemma >= 0 else numbers[:0]
        return Slot(forms.astype(np.int64))

    found = [(places_of(hits.corpus, list(map(slot, run))), len(run)) for run in runs]
    sizes = [(hits.places[hits.size == n], n) for n in np.unique(hits.size).tolist()]
    places, size = longest([*found, *sizes, (hits.places[:0], 1)])
    return replace(hits, places=places, size=size)


def _lemmas_of(store: Columns, language: str) -> _Lemmas:
    """Return the base forms of a vocabulary, looked up the first time and then known."""
    known = _KNOWN.setdefault(store, {})
    if language not in known:
        known[language] = _Lemmas.of(store, base_of(language))
    return known[language]


def base_of(language: str) -> Callable[[str], str]:
    """Return the function from a folded word to its folded base form; raise if there is none."""
    try:
        from simplemma import lemmatize
    except ImportError as error:
        raise ImportError(
            f"Base forms need the package {PACKAGE}, which is not installed. Install {PACKAGE}, "
            "or corpuskit with its extra `words`, and start Python again."
        ) from error
    try:
        lemmatize("a", lang=language)
    except (ValueError, TypeError):
        refuse("language", "a language that simplemma knows", language, "Give for instance 'en'.")

    def base(word: str) -> str:
        return fold(lemmatize(word, lang=language)) if any(map(str.isalpha, word)) else word

    return base
