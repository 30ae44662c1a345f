"""NLTK's VADER, word by word: its own valences, and the name of each rule that fired.

Importing this module loads nltk (over a second); only `vader.py` imports it, when needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nltk.sentiment.vader import SentimentIntensityAnalyzer, SentiText, VaderConstants

from .rating import LEXICON_RULE, Rated, Word


class Analyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """NLTK's analyser on a lexicon that is already in memory."""

    def __init__(self, lexicon: Mapping[str, float], constants: Any = None) -> None:
        self.lexicon = lexicon
        self.constants = constants or VaderConstants()


def read_lexicon(text: str) -> dict[str, float]:
    """Return the words and values of a VADER lexicon file, read by NLTK's own reader."""
    reader = Analyzer({})
    reader.lexicon_file = text.rstrip("\n")
    return dict(reader.make_lex_dict())


class _TracedConstants(VaderConstants):  # type: ignore[misc]
    """NLTK's constants; writes down each booster and dampener that it applies."""

    def __init__(self, trail: list[str]) -> None:
        self.trail = trail

    def scalar_inc_dec(self, word: str, valence: float, is_cap_diff: bool) -> float:
        step: float = super().scalar_inc_dec(word, valence, is_cap_diff)
        if step:
            self.trail.append(f"{'boosted' if step * valence > 0 else 'damped'} by '{word}'")
        return step


class _Traced(Analyzer):
    """NLTK's analyser for one sentence; writes down each rule that changes a valence."""

    def __init__(self, lexicon: Mapping[str, float]) -> None:
        self.trail: list[str] = []
        super().__init__(lexicon, _TracedConstants(self.trail))

    def _never_check(self, valence: float, words: list[str], start_i: int, i: int) -> float:
        new: float = super()._never_check(valence, words, start_i, i)
        if new * valence < 0:
            self.trail.append(f"negated by '{words[i - start_i - 1]}'")
        elif new != valence:
            near = next(word for word in (words[i - 1], words[i - 2]) if word in ("so", "this"))
            self.trail.append(f"strengthened by '{near}'")
        return new

    def _idioms_check(self, valence: float, words: list[str], i: int) -> float:
        new: float = super()._idioms_check(valence, words, i)
        if new == valence + self.constants.B_DECR:
            pairs = [" ".join(words[j : j + 2]) for j in (i - 2, i - 3)]
            phrase = next(pair for pair in pairs if pair in self.constants.BOOSTER_DICT)
            self.trail.append(f"damped by '{phrase}'")
        elif new != valence:
            self.trail.append("idiom")
        return new

    def _least_check(self, valence: float, words: list[str], i: int) -> float:
        new: float = super()._least_check(valence, words, i)
        if new != valence:
            self.trail.append("negated by 'least'")
        return new


class _Sentence(SentiText):  # type: ignore[misc]
    """NLTK's view of a sentence, made of words instead of raw text."""

    def __init__(self, words: list[str]) -> None:
        self.words_and_emoticons = words
        self.is_cap_diff = self.allcap_differential(words)


class Rater:
    """Rates the words of sentences exactly as NLTK's `polarity_scores` does.

    Each distinct word is looked up once. NLTK's rules run only for lexicon words with a word
    near them that can set off a rule; elsewhere the valence is the lexicon's.
    """

    def __init__(self, lexicon: Mapping[str, float]) -> None:
        self.lexicon = lexicon
        self.plain = Analyzer(lexicon)
        self.sparks = _spark_words(self.plain.constants)
        self.words: dict[str, Word | None] = {}

    def word(self, form: str) -> Word | None:
        """Return a word as NLTK splits it off; None for what NLTK drops (single letters)."""
        if form not in self.words:
            self.words[form] = self._look_up("".join(form.split()))
        return self.words[form]

    def _look_up(self, form: str) -> Word | None:
        constants = self.plain.constants
        split = [form] if form.isalnum() and len(form) > 1 else self._split(form)
        if not split:
            return None
        (word,) = split
        small = word.lower()
        value = None if small in constants.BOOSTER_DICT else self.lexicon.get(small)
        loud = value is not None and word.isupper()
        spark = small in self.sparks or loud or constants.negated([word])
        return Word(word, value, spark, small == "but")

    def _split(self, form: str) -> list[str]:
        """Return a form that may hold marks as NLTK splits it: one word, or none."""
        constants = self.plain.constants
        text = SentiText(form, constants.PUNC_LIST, constants.REGEX_REMOVE_PUNCTUATION)
        return list(text.words_and_emoticons)

    def rate(self, words: Sequence[Word]) -> list[Rated]:
        """Return (place in `words`, valence, rules) of each word that the lexicon knows."""
        known = [i for i, word in enumerate(words) if word.value is not None]
        if not known:
            return []
        rated: list[Rated] = []
        sentence: _Sentence | None = None
        first = _first_places(words, known)
        for i in known:
            at = first[words[i].text]
            if not any(word.spark for word in words[max(at - 3, 0) : at + 3]):
                rated.append((i, float(words[i].value or 0), LEXICON_RULE))
                continue
            sentence = sentence or _Sentence([word.text for word in words])
            rated += self._by_rules(sentence, i, at)
        return self._but(words, rated) if any(word.but for word in words) else rated

    def _by_rules(self, sentence: _Sentence, i: int, at: int) -> list[Rated]:
        """Return the rating of word `i`, judged by NLTK where its first copy stands."""
        words = sentence.words_and_emoticons
        if words[at].lower() == "kind" and [w.lower() for w in words[at + 1 : at + 2]] == ["of"]:
            return []
        traced = _Traced(self.lexicon)
        (valence,) = traced.sentiment_valence(0, sentence, words[at], at, [])
        capitals = ["capitals"] if words[at].isupper() and sentence.is_cap_diff else []
        rules = [*capitals, *traced.trail]
        if rules and at != i:
            rules.append("as where it first stands")
        return [(i, valence, "; ".join(rules) or LEXICON_RULE)]

    def _but(self, words: Sequence[Word], rated: list[Rated]) -> list[Rated]:
        """Return the ratings after NLTK's rule of the but-clause."""
        valences = [0.0] * len(words)
        for i, valence, _ in rated:
            valences[i] = valence
        after = self.plain._but_check([word.text for word in words], list(valences))
        return [(i, after[i], _with_but(rule, valences[i], after[i])) for i, _, rule in rated]

    def compound(self, valences: Sequence[float], text: str) -> float:
        """Return NLTK's compound score of these valences; `text` gives the ! and ? marks."""
        return float(self.plain.score_valence(list(valences), text)["compound"])


def _with_but(rule: str, before: float, after: float) -> str:
    """Return the rule with what the but-clause did to it."""
    if before == after:
        return rule
    part = f"but-clause: {'halved before' if abs(after) < abs(before) else 'raised after'} 'but'"
    return part if rule == LEXICON_RULE else f"{rule}; {part}"


def _first_places(words: Sequence[Word], known: Sequence[int]) -> dict[str, int]:
    """Return where each known word stands first: NLTK judges every copy there."""
    first: dict[str, int] = {}
    for i in known:
        first.setdefault(words[i].text, i)
    return first


def _spark_words(constants: Any) -> frozenset[str]:
    """Return the words that can set off a rule; for a phrase, the longest word of it."""
    phrases = [*constants.BOOSTER_DICT, *constants.SPECIAL_CASE_IDIOMS]
    heads = {max(reversed(phrase.split()), key=len) for phrase in phrases}
    return frozenset(heads | {"least", "so", "this", "never"})
