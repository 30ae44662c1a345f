"""The guess at a language: labelled, only where nothing is said, never silent."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

import corpuskit as ck
from corpuskit.reading import languages
from corpuskit.reading.article import Article
from corpuskit.reading.languages import CANDIDATES, known_languages, with_languages

pytest.importorskip("simplemma")

EN = "The ministers met in the city on Tuesday and signed the agreement about trade with them."
DE = "Die Minister trafen sich am Dienstag in der Stadt und haben das Abkommen unterzeichnet."
AMONG = ("de", "en")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "A").mkdir()
    (tmp_path / "A/en.txt").write_text(EN, "utf-8")
    (tmp_path / "A/de.txt").write_text(DE, "utf-8")
    (tmp_path / "A/no.txt").write_text("Xqz wvk 12 34.", "utf-8")
    (tmp_path / "A/said.csv").write_text(f'text,language\n"{EN}",fr\n"{DE}",\n', "utf-8")
    return tmp_path


def test_guesses_fill_what_is_empty_and_say_so(folder):
    articles = {one.id: one for one in ck.read_articles(folder, language=AMONG)}
    assert {name: one.language for name, one in articles.items()} == {
        "A/de.txt": "de",
        "A/en.txt": "en",
        "A/no.txt": "",
        "A/said.csv#1": "fr",
        "A/said.csv#2": "de",
    }
    guess = "language en is a guess: 100% of the words sampled are known (of de, en)"
    assert articles["A/en.txt"].notes[-1] == guess
    assert articles["A/no.txt"].notes[-1] == (
        "language not guessed: of the words sampled, de 0%, en 0% are known (of de, en)"
    )
    assert not any("guess" in note for note in articles["A/said.csv#1"].notes)


def test_nothing_is_guessed_unasked(folder):
    articles = ck.read_articles(folder)
    assert [one.language for one in articles] == ["", "", "", "fr", ""]
    assert not any("language" in note for one in articles for note in one.notes)


@pytest.mark.parametrize(
    ("shares", "language", "note"),
    [
        (
            {"de": 0.62, "en": 0.58},
            "",
            "language not guessed: of the words sampled, de 62%, en 58%",
        ),
        ({"de": 0.31, "en": 0.02}, "", "language not guessed: of the words sampled, de 31%, en 2%"),
        ({"de": 0.5, "en": 0.5}, "", "language not guessed: of the words sampled, de 50%, en 50%"),
        ({"de": 0.3, "en": 0.9}, "en", "language en is a guess: 90% of the words sampled"),
        ({"unk": 1}, "", "language not guessed: of the words sampled, de 0%, en 0%"),
    ],
)
def test_what_is_not_clear_is_not_guessed(monkeypatch, shares, language, note):
    detect = SimpleNamespace(langdetect=lambda text, lang: list(shares.items()))
    monkeypatch.setattr(languages, "_simplemma", lambda: detect)
    (one,) = with_languages([Article("a", f"{EN} {DE}")], AMONG)
    assert one.language == language
    assert one.notes[0].startswith(note)


def test_candidates():
    assert known_languages(None) is None
    assert known_languages(["en", "de", "en"]) == ("de", "en")
    assert sorted(CANDIDATES) == list(CANDIDATES)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("en", "`language` must be 'guess' or codes of languages; not 'en'. "),
        (["en"], r"`language` must be at least two codes to choose among; not \['en'\]. "),
        (("en", "xx"), r"`language` must be codes of languages that simplemma knows; not \('en', "),
    ],
)
def test_refused(given, message):
    with pytest.raises(ValueError, match="^" + message):
        known_languages(given)


def test_without_simplemma_the_remedy_is_named(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "simplemma", None)
    with pytest.raises(ImportError) as error:
        ck.read_articles(folder, language="guess")
    assert str(error.value) == (
        "A guess at the language needs the package simplemma, which is not installed. Nothing "
        "was read. Install it with: pip install 'corpuskit[words]', or leave language=None."
    )
    assert len(ck.read_articles(folder)) == 5
