"""Options and readings cross the pipe to the parsers unchanged, as plain JSON."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
import regex
from samples import page

from corpuskit.reading.article import Article, Cut, Options, Reading, Zone
from corpuskit.reading.cleaning.newsrules import cleaning_rules
from corpuskit.reading.cleaning.rules import Rule
from corpuskit.reading.findings.told import finding
from corpuskit.reading.folder import read_articles
from corpuskit.reading.workers.wire import dumped, options_in, options_out, reading_in, reading_out

RULES = (
    Rule("teaser", "a teaser", re.compile("tomorrow.*", re.IGNORECASE | re.VERBOSE), place="end"),
    Rule("own", "an own rule", regex.compile(r"\p{Lu}+", regex.IGNORECASE), longest=70),
)
OPTIONS = [
    Options(),
    Options(encoding="cp1252", clean=False, date_order="dmy", hyphens="join"),
    Options(columns={"text": "story", "published": "Tag"}),
    Options(clean=RULES),
]
READING = Reading(
    (
        Article(
            id="7",
            text="A desk\n\nThe body.\ud800",
            headline="A desk",
            zones=(Zone(0, 6, "headline"), Zone(8, 17, "lead")),
            cuts=(Cut(17, 18, "rule", "reason"),),
            notes=("A note.",),
            extra={"count": 3, "share": 0.5, "kind": None, "list": [1, "a"]},
        ),
    ),
    "cp1252 (guess)",
    (finding("CK-121", encoding="cp1252"),),
    ((8, finding("CK-183")),),
    9,
    10,
)


@pytest.mark.parametrize("options", OPTIONS)
def test_options_survive_the_pipe(options: Options) -> None:
    line = dumped(options_out(options))
    assert line.count(b"\n") == 1
    arrived = options_in(json.loads(line))
    assert plain(arrived) == plain(options)


def plain(options: Options) -> list[object]:
    """Return options with patterns as they are written: two of the same may not be equal."""
    values: list[object] = [getattr(options, field.name) for field in fields(options)]
    if not isinstance(options.clean, bool):
        written = [(rule.pattern.pattern, rule.pattern.flags) for rule in options.clean]
        rest = [replace(rule, pattern=re.compile("")) for rule in options.clean]
        values[1] = [written, rest]
    return values


def test_every_option_and_every_field_of_an_article_is_sent() -> None:
    assert set(options_out(Options())) == {field.name for field in fields(Options)}
    assert len(reading_out(READING)["articles"][0]) == len(fields(Article))
    assert set(reading_out(READING)) == {field.name for field in fields(Reading)}


def test_a_reading_survives_the_pipe() -> None:
    assert reading_in(json.loads(dumped(reading_out(READING)))) == READING
    assert dumped(reading_out(READING)).count(b"\n") == 1


def test_options_reach_the_readers_in_their_process(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page())
    (tmp_path / "a.csv").write_text("story;Tag\nOne text.;03/04/2026\n", "utf-8")
    rules = cleaning_rules("none", add={"second": "nobody has asked.*"})
    columns = {"text": "story", "date": "Tag"}
    table, web = read_articles(tmp_path, clean=rules, columns=columns, date_order="mdy")
    assert (table.text, table.published) == ("One text.", "2026-03-04")
    assert [cut.rule for cut in web.cuts] == ["own: second"]
    assert len(web.paragraphs) == 1
