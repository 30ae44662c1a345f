"""How hard a text is to read, by eight formulas of word and sentence length.

Each formula takes three counts of one text: words, sentences, and the count that it is made for
(syllables, long words, letters). `counts_of` counts them in the words of an English text; the
syllable rule is stated at `syllables`. Counts may be arrays, one element a text.

The formulas were fitted on school texts; they know length, not meaning, and a list of names or a
long quotation moves them. Below 100 words they are refused, unless `least` is lowered by hand.
Zero rule: there is no text without words or sentences, so that both must be 1 or more.

References
----------
Anderson, J. (1983). Lix and Rix: variations on a little-known readability index.
Björnsson, C. H. (1968). Läsbarhet.
Coleman, M. & Liau, T. L. (1975). A computer readability formula designed for machine scoring.
Flesch, R. (1948). A new readability yardstick.
Gunning, R. (1952). The Technique of Clear Writing.
Kincaid, J. P. et al. (1975). Derivation of new readability formulas for Navy enlisted personnel.
McLaughlin, G. H. (1969). SMOG grading: a new readability formula.
Smith, E. A. & Senter, R. J. (1967). Automated Readability Index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ..errors import kind, refuse, whole
from .table import Floats, over

LEAST = 100  # words


class Counts(NamedTuple):
    """What the formulas need to know of one text.

    `syllables` all syllables; `polysyllables` words of three syllables or more; `long_words` words
    of more than six letters; `letters` letters and digits; `characters` letters, digits and marks,
    without blanks.
    """

    words: int
    sentences: int
    syllables: int
    polysyllables: int
    long_words: int
    letters: int
    characters: int


def counts_of(words: Iterable[str], sentences: int) -> Counts:
    """Return the counts of a text.

    Parameters
    ----------
    words
        Words of the text, in order. Marks may stand among them: an item without a letter or digit
        is no word, and adds only to `characters`.
    sentences
        Number of sentences.

    Examples
    --------
    >>> counts_of("Cool dogs wear da sunglasses .".split(), 1)
    Counts(words=5, sentences=1, syllables=7, polysyllables=1, long_words=1,
           letters=24, characters=25)
    """
    if isinstance(words, str):
        kind("words", words, list, "Split the text into words first.")
    tokens = list(words)
    letters = [n for n in (sum(map(str.isalnum, token)) for token in tokens) if n]
    heard = [syllables(token) for token in tokens if any(map(str.isalnum, token))]
    return Counts(
        words=len(letters),
        sentences=whole("sentences", sentences, "sentences"),
        syllables=sum(heard),
        polysyllables=sum(n > 2 for n in heard),
        long_words=sum(n > 6 for n in letters),
        letters=sum(letters),
        characters=sum(len(re.sub(r"\s", "", token)) for token in tokens),
    )


# Letters that are written and not heard.
SILENT = re.compile(
    r"""
      (?<=[^aeiouyl])e$ | (?<=[aeiouyrl]l)e$                   # make, while; not table
    | (?<![aeioutdy])ed$                                       # walked; not wanted
    | (?<![sxzcgaeiouyh])(?<![^aeiouy]l)es$ | (?<=[^sct]h)es$  # makes; not pages, tables, dishes
    | (?<=[^aeiouy])e(?=(?:ly|ments?|ness|less|ful|fully)$)    # safely, movement
    | (?<=[mr])e(?=(?:thing|times?|one|body|what|where|how|fore)$)  # something, therefore
    """,
    re.VERBOSE,
)
# Letters after which a second vowel is heard on its own.
APART = re.compile(
    r"""
      i(?=a(?!n$|ls?$|lly$|ge|m)) | (?<![cstgxl])i(?=an|al)    # media, trial; not social, marriage
    | (?<![cstgxln])i(?=o) | i(?=um|us)                        # period, stadium; not nation
    | e(?=o(?!us?$|ple|rg)) | e(?=as?$)                        # video, area; not people
    | (?<![qg])u(?=al|ou|ity|at)                               # annual, continuous; not quality
    | (?<=[rd])ea(?=[ct]t?[eio])                               # create, reaction
    | [aeiouy](?=ing) | (?<=[ao])y(?=er)                       # being, player
    | (?<=[ds])n't$ | sm$                                      # didn't, terrorism
    | (?<=[lnr])i(?=er$|est$) | i(?=ety)                       # earlier, society
    """,
    re.VERBOSE,
)
VOWELS = re.compile("[aeiouy]+")
PARTS = re.compile("[^\\W\\d_]+(?:'[^\\W\\d_]+)*|[0-9]+")


def syllables(word: str) -> int:
    """Return the syllables of an English word by its spelling, at least 1.

    Notes
    -----
    The rule: one for each run of the vowel letters a e i o u y, without the letters that are not
    heard (`SILENT`), and one more where two vowels of a run are heard apart (`APART`). Accents are
    left off, but é is heard; a hyphen or full stop parts a word; a run of digits counts as 1; a
    word in capitals without a vowel (BBC) is spelt out. Of the 19,000 most frequent words of
    English 94 % come out as in a pronouncing dictionary, and the sum of their syllables 1 % low.

    Examples
    --------
    >>> [syllables(word) for word in ("make", "table", "wanted", "partnership", "BBC")]
    [1, 2, 2, 3, 3]
    """
    parts = PARTS.findall(_plain(word))
    return max(sum(_heard(part) for part in parts), 1)


def _plain(word: str) -> str:
    """Return a word without accents, with straight apostrophes; é becomes a, always heard."""
    apart = unicodedata.normalize("NFKD", word.replace("’", "'"))
    heard = re.sub("[eE][\u0300-\u0302]", "a", apart)
    return "".join(c for c in heard if not unicodedata.combining(c))


def _heard(part: str) -> int:
    """Return the syllables of a run of letters or digits."""
    small = re.sub("'s$", "", part.lower())
    if not VOWELS.search(small):
        return len(part) if part.isupper() else 1
    runs = len(VOWELS.findall(SILENT.sub("", small)))
    return max(runs, 1) + len(APART.findall(small))


def flesch(
    words: ArrayLike, sentences: ArrayLike, syllables: ArrayLike, *, least: int = LEAST
) -> Floats:
    """Return Flesch's reading ease, about 0 (hard) to 100 (easy): the other way round than grades.

    Notes
    -----
    206.835 - 1.015 words / sentences - 84.6 syllables / words. Flesch 1948.

    Examples
    --------
    >>> round(float(flesch(12, 3, 15, least=12)), 3)
    97.025
    """
    per_sentence, per_word = _means(words, sentences, syllables, least)
    return 206.835 - 1.015 * per_sentence - 84.6 * per_word


def flesch_kincaid(
    words: ArrayLike, sentences: ArrayLike, syllables: ArrayLike, *, least: int = LEAST
) -> Floats:
    """Return the Flesch-Kincaid grade, in years of US school.

    Notes
    -----
    0.39 words / sentences + 11.8 syllables / words - 15.59. Kincaid et al. 1975.
    """
    per_sentence, per_word = _means(words, sentences, syllables, least)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def gunning_fog(
    words: ArrayLike, sentences: ArrayLike, complex_words: ArrayLike, *, least: int = LEAST
) -> Floats:
    """Return Gunning's fog index, in years of school.

    Notes
    -----
    0.4 (words / sentences + 100 complex words / words). Gunning 1952 counts words of three
    syllables or more, without names, compounds of short words, and verbs that only -ed or -es
    makes as long. Only a reader can tell these: with `polysyllables` of `counts_of`, as most
    programs have it, news full of names comes out too hard.
    """
    per_sentence, per_word = _means(words, sentences, complex_words, least)
    return 0.4 * (per_sentence + 100 * per_word)


def smog(
    words: ArrayLike, sentences: ArrayLike, polysyllables: ArrayLike, *, least: int = LEAST
) -> Floats:
    """Return the SMOG grade, in years of US school.

    Notes
    -----
    3.1291 + 1.0430 √(30 polysyllables / sentences): words of three syllables or more in 30
    sentences. Made for exactly 30 sentences; with fewer it is a guess. The words are asked for
    only because of `least`. McLaughlin 1969.
    """
    _means(words, sentences, polysyllables, least)
    each = over(polysyllables, sentences)
    return 3.1291 + 1.0430 * np.sqrt(30 * each)


def ari(
    words: ArrayLike, sentences: ArrayLike, characters: ArrayLike, *, least: int = LEAST
) -> Floats:
    """Return the automated readability index, in years of US school.

    Notes
    -----
    4.71 characters / words + 0.5 words / sentences - 21.43. Smith & Senter 1967 counted strokes
    of a typewriter, so that marks count (`characters`); with `letters` the grade is a little lower.
    """
    per_sentence, per_word = _means(words, sentences, characters, least)
    return 4.71 * per_word + 0.5 * per_sentence - 21.43


def coleman_liau(
    words: ArrayLike,
    sentences: ArrayLike,
    letters: ArrayLike,
    *,
    letter_weight: float = 0.0588,
    least: int = LEAST,
) -> Floats:
    """Return the Coleman-Liau index, in years of US school.

    Notes
    -----
    0.0588 L - 0.296 S - 15.8, with L letters and S sentences in 100 words. Coleman & Liau 1975.
    Programs that have cut the published weight of the letters to 0.058 give values about 0.4
    lower; `letter_weight=0.058` gives theirs.
    """
    per_sentence, per_word = _means(words, sentences, letters, least)
    return letter_weight * 100 * per_word - 0.296 * over(100, per_sentence) - 15.8


def lix(
    words: ArrayLike, sentences: ArrayLike, long_words: ArrayLike, *, least: int = LEAST
) -> Floats:
    """Return LIX, about 20 (easy) to 60 (hard), for any language written with an alphabet.

    Notes
    -----
    words / sentences + 100 long words / words; long is more than six letters. Björnsson 1968.
    """
    per_sentence, per_word = _means(words, sentences, long_words, least)
    return per_sentence + 100 * per_word


def rix(
    words: ArrayLike, sentences: ArrayLike, long_words: ArrayLike, *, least: int = LEAST
) -> Floats:
    """Return RIX, long words (more than six letters) in a sentence. Anderson 1983."""
    _means(words, sentences, long_words, least)
    return over(long_words, sentences)


def _means(
    words: ArrayLike, sentences: ArrayLike, third: ArrayLike, least: int
) -> tuple[Floats, Floats]:
    """Return words a sentence and the third count a word; refuse short texts and odd counts."""
    w, s, x = (np.asarray(count, float) for count in (words, sentences, third))
    needed = whole("least", least, "words", 1)
    if not (w >= needed).all():
        rule = f"at least {needed}, because in fewer words readability is mostly chance"
        remedy = "Join texts, or lower the minimum by hand with least=."
        refuse("words", rule, float(np.min(w)), remedy)
    if not (s >= 1).all():
        refuse("sentences", "1 or more", float(np.min(s)), "Count the sentences of each text.")
    if not (np.isfinite(x) & (x >= 0)).all():
        rule = "0 or more and finite"
        refuse("the third count", rule, float(np.min(x)), "Take it from counts_of.")
    return over(w, s), over(x, w)
