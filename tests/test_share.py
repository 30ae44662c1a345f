"""Sharing without the articles: nothing of them leaves, and every table comes back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest

import corpuskit as ck
from corpuskit.errors import DataError
from corpuskit.export import open_share, to_share

WORDS = [
    "pact",
    "deal",
    "india",
    "trade",
    "talk",
    "great",
    "poor",
    "war",
    "no",
    "the",
    "of",
    "a",
    "in",
]


def rows(n=12, seed=2):
    rng = np.random.default_rng(seed)
    made = []
    for number in range(n):
        body = ". ".join(" ".join(rng.choice(WORDS, 11)).capitalize() for _ in range(6))
        text = f"{body}. Report number w{number} was <b>written</b>."
        row = {"id": f"r{number}.txt", "outlet": "AB"[number % 2], "text": text}
        made.append(row | {"date": f"2026-01-{number + 1:02d}", "headline": body[:60]})
    made.append(made[0] | {"id": "copy.txt", "date": "2026-02-01"})
    return made


def corpus_of(table=None, **more):
    return ck.Corpus.from_frame(rows() if table is None else table, **more)


def tables_of(corpus):
    hits, copies = corpus.find("pact"), ck.near_duplicates(corpus)
    return {
        "words": ck.frequency_list(corpus, by="outlet"),
        "lines": ck.kwic(hits, 12).sort("1R").sample(9, seed=1),
        "rates": ck.rates(hits, by="outlet", draws=40),
        "rates of a part": ck.rates(corpus.where(outlet="A").find("deal"), draws=40),
        "rates of stories": ck.rates(hits, unit="story", stories=copies, draws=40),
        "trend": ck.trend(hits, "week", draws=40),
        "company": ck.collocates(hits, span=(3, 3)),
        "spread": ck.dispersion(corpus.find("P.*T", match="regex")),
        "tone": ck.sentiment_around(hits),
        "runs": ck.ngrams(corpus, 3, min_freq=2),
        "two": ck.compare(corpus, ["pact", "deal"], draws=40),
        "copies": copies,
        "key words": ck.keyness(corpus, by="outlet", min_range=1),
        "some words": ck.frequency_list(corpus).head(4),
    }


@cache
def good():
    """Return the corpus, its tables and the files of its share: made once."""
    corpus = corpus_of()
    tables = tables_of(corpus)
    with TemporaryDirectory() as folder:
        to_share(Path(folder) / "s", corpus, hits=corpus.find("pact"), tables=tables)
        return corpus, tables, contents(Path(folder) / "s")


def contents(path):
    """Return every file of a share by name."""
    if path.is_file():
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {str(f.relative_to(path)): f.read_bytes() for f in path.rglob("*") if f.is_file()}


def write(path, files):
    """Write files as a folder, with a manifest that fits them."""
    listed = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
        if name != "manifest.json"
    }
    manifest = {"format": "corpuskit share", "number": 1, "files": listed}
    files = files | {"manifest.json": json.dumps(manifest).encode()}
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def runs(text, size=6):
    words = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(words[n : n + size]) for n in range(len(words) - size + 1)}


@pytest.mark.parametrize("name", ["share", "share.zip"])
def test_every_table_comes_back(tmp_path, name):
    corpus, tables, _ = good()
    written = to_share(tmp_path / name, corpus, hits=corpus.find("pact"), tables=tables)
    assert repr(written).startswith(f"{name}: 13 articles, 1 pattern, 14 tables.\n")
    others = [row | {"outlet": "?", "date": "", "headline": ""} for row in reversed(rows())]
    share = open_share(tmp_path / name, corpus_of(others))  # another order, other metadata
    assert share.report.summary == "13 same, 0 changed, 0 missing, 0 extra"
    again = share.rebuild()
    assert again.frame["table"].tolist() == list(tables)
    assert set(again.frame["status"]) == {"same"}, again
    assert again.frame["rows"].tolist() == [len(table) for table in tables.values()]
    pd.testing.assert_frame_equal(
        share.tables["runs"].frame, tables["runs"].frame, check_dtype=False
    )


def test_hits_stand_where_they_stood(tmp_path):
    corpus = corpus_of()
    found = [corpus.find("pact"), corpus.where(outlet="B").find("trade talk|deal")]
    to_share(tmp_path / "s", corpus, hits=found)
    share = open_share(tmp_path / "s", corpus)
    for hits in found:
        back = share.hits(hits.pattern)
        assert back.to_frame().equals(hits.to_frame())
        assert len(hits) > 0
    assert share.patterns.frame["hits"].tolist() == [len(hits) for hits in found]
    with pytest.raises(ValueError, match=r"^`pattern` must be one of 'pact', 'trade talk\|deal'"):
        share.hits("war")


@pytest.mark.parametrize("context", [0, 2, 5])
def test_no_running_text_beyond_the_contexts(tmp_path, context):
    table = rows()
    table[3]["id"] = table[3]["text"][:60] + ".txt"  # an id that shows the text
    table[5]["section"] = table[5]["text"][:80]
    corpus = corpus_of([{"section": ""} | row for row in table])
    tables = {
        "lines": ck.kwic(corpus.find("pact"), 12).sort("1R"),
        "runs": ck.ngrams(corpus, 3, min_freq=2),
        "tone": ck.sentiment_around(corpus.find("pact"), draws=20),
        "all tokens": corpus.tokens(),
        "all sentences": corpus.sentences(),
        "by section": ck.rates(corpus.find("deal"), by="section", draws=20),
        table[7]["text"]: ck.frequency_list(corpus),
        "many grams": ck.ngrams(corpus, 8, min_freq=1),
    }
    hits = [corpus.find("pact"), corpus.find("*"), corpus.find("* * * * * * *")]
    to_share(tmp_path / "s", corpus, hits=hits, tables=tables, context=context)
    texts = set().union(*(runs(row["text"]) for row in table))
    for name, data in contents(tmp_path / "s").items():
        assert name.startswith("hits/") or not runs(data.decode()) & texts, name
        if name.endswith(".csv"):  # and columns read down
            for column in zip(*csv.reader(io.StringIO(data.decode())), strict=True):
                if name != "tables/0001.csv":  # trigrams that join by chance
                    single = not any(" " in cell for cell in column[1:])
                    assert not (single and runs(" ".join(column[1:])) & texts), (name, column[0])


@pytest.mark.parametrize("context", [0, 2, 5])
def test_contexts_are_short_and_never_join(tmp_path, context):
    corpus = corpus_of()
    found = [corpus.find(pattern) for pattern in ("pact", "deal", "the|of|a|in", "*")]
    to_share(tmp_path / "s", corpus, hits=found, context=context)
    seen = {row["id"]: set() for row in rows()}
    for number in range(len(found)):
        data = (tmp_path / f"s/hits/{number:04d}.csv").read_text("utf-8")
        for line in csv.DictReader(io.StringIO(data)):
            shown = line["shown"] == "True"
            sides = [len(re.findall(r"\w+", line[side])) for side in ("left", "right")]
            assert max(sides) <= (context if shown else 0)
            assert bool(line["node"]) == shown
            if shown:
                text = corpus.text(line["article"])
                words = [(m.start(), m.end()) for m in re.finditer(r"\w+", text)]
                at = next(n for n, span in enumerate(words) if span[0] == int(line["start"]))
                span = set(range(max(at - sides[0], 0), at + 1 + sides[1]))
                beside = {min(span) - 1, max(span) + 1} | span
                assert not beside & seen[line["article"]]
                seen[line["article"]] |= span
    assert sum(map(len, seen.values())) > 13


def test_the_same_share_has_the_same_bytes(tmp_path):
    _, tables, _ = good()
    for name in ("a.zip", "b.zip"):
        corpus = corpus_of()
        to_share(tmp_path / name, corpus, hits=corpus.find("pact"), tables=tables)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_changed_missing_extra_and_renamed_articles_are_named(tmp_path):
    (corpus, _, files), table = good(), rows()
    write(tmp_path / "s", {k: data for k, data in files.items() if k != "manifest.json"})
    table[2]["text"] = table[2]["text"].replace("written", "writen")
    table[4]["id"] = "elsewhere.txt"
    del table[6]
    table.append({"id": "new.txt", "text": "A pact."})
    share = open_share(tmp_path / "s", corpus_of(table))
    odd = share.report.frame[
        share.report.frame["article"].ne(share.report.frame["here"])
        | share.report.frame["status"].ne("same")
    ]
    assert odd.to_numpy().tolist() == [
        ["r2.txt", "r2.txt", "changed", "its text is not the one that was counted"],
        ["r4.txt", "elsewhere.txt", "same", "under another id"],
        ["r6.txt", "", "missing", "no article has this id or this text"],
        ["new.txt", "new.txt", "extra", "not in the share"],
    ]
    assert share.report.summary == "11 same, 1 changed, 1 missing, 1 extra"
    assert share.report.notes == ("Without 2 of the articles tables may differ: r2.txt, r6.txt.",)
    again = share.rebuild().frame.set_index("table")
    assert again.loc["rates", "status"] == "differs"
    assert again.loc["rates", "why"].startswith("row 0, articles: 7; now ")
    left = corpus.where(id=lambda name: name not in ("r2.txt", "r6.txt")).find("pact").to_frame()
    assert share.hits("pact").to_frame().equals(left)


def test_what_cannot_be_made_again_says_why(tmp_path):
    corpus = corpus_of()
    hits, copies = corpus.find("pact"), ck.near_duplicates(corpus)
    tables = {
        "sides": ck.keyness(corpus.where(outlet="A"), "rest", min_range=1),
        "without": ck.frequency_list(corpus, without=["the"]),
        "stories": ck.rates(hits, unit="story", stories=copies, draws=20),
        "function": ck.rates(corpus.where(outlet=lambda v: v == "A").find("pact"), draws=20),
        "own": ck.Result(ck.frequency_list(corpus).frame, title="Mine"),
        "odd": ck.Result(ck.frequency_list(corpus).frame, {"by": object}, title="FrequencyList"),
    }
    to_share(tmp_path / "s", corpus, tables=tables)
    again = open_share(tmp_path / "s", corpus).rebuild().frame
    assert set(again["status"]) == {"cannot be rerun"}
    assert again["why"].tolist() == [
        "its settings name the two sides only in words",
        "which words were left out is not said (1 words)",
        "it counts stories; share the result of near_duplicates with it",
        "the condition on 'outlet' is given only as 'function'",
        "no analysis is known that makes a 'Mine'",
        "the setting 'by' is given only as \"<class 'object'>\"",
    ]


def test_other_cuts_and_other_tokens_do_not_matter(tmp_path):
    text = "Also read: Another deal\n\nThe India-EU pact was signed.\n\nShare this article"
    policy = ck.TokenPolicy(hyphens="split")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(text, "utf-8")
    corpus = ck.Corpus(ck.read_articles(tmp_path / "in"), tokens=policy)
    whole = ck.Corpus(ck.read_articles(tmp_path / "in", clean=False))
    tables = {"words": ck.frequency_list(corpus.where(zone=["lead", "body"]))}
    to_share(tmp_path / "s", corpus, hits=corpus.find("eu pact"), tables=tables)
    share = open_share(tmp_path / "s", whole)
    assert share.corpus.word_total == corpus.word_total != whole.word_total
    assert len(share.hits("eu pact")) == 1
    assert share.rebuild().frame["status"].tolist() == ["same"]
    assert share.settings["cut_by"]


def test_groups_whose_names_show_the_text_come_back_from_the_readers_own(tmp_path):
    table = [row | {"section": row["text"][:70]} for row in rows()]
    corpus = corpus_of(table)
    tables = {
        "by section": ck.rates(corpus.find("deal"), by="section", draws=20),
        "by headline": ck.rates(corpus.find("deal"), by="headline", draws=20),
    }
    to_share(tmp_path / "s", corpus, tables=tables)
    data = (tmp_path / "s/articles.csv").read_text("utf-8")
    assert table[0]["headline"] not in data
    assert data.count('"text:') == 2 * len(table)
    share = open_share(tmp_path / "s", corpus)
    assert share.rebuild().frame["status"].tolist() == ["same", "same"]


def test_a_part_of_zones_is_shared_as_such(tmp_path):
    corpus = corpus_of([{"id": "a", "text": "One pact.\n\nTwo pacts."}]).where(zone="body")
    to_share(tmp_path / "s", corpus, tables={"f": ck.frequency_list(corpus)})
    share = open_share(tmp_path / "s", [corpus.article("a")])
    assert share.corpus.word_total == 2
    assert share.rebuild().frame["status"].tolist() == ["same"]


def test_empty(tmp_path):
    corpus = corpus_of([])
    to_share(tmp_path / "s", corpus, hits=corpus.find("x"), tables={"f": ck.frequency_list(corpus)})
    share = open_share(tmp_path / "s", [])
    assert len(share.hits("x")) == len(share.report) == 0
    assert share.rebuild().frame["status"].tolist() == ["same"]


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({"context": 11}, ValueError, "`context` must be at most 10 words; not 11. Give for"),
        ({"tables": {"a": 1}}, TypeError, "`tables['a']` must be a Result; not int. Give what"),
        ({"hits": ["pact"]}, TypeError, "`hits` must be a Hits; not str. Give what corpus.find("),
        ({"hits": corpus_of().find("pact")}, ValueError, "`hits` must be hits of this corpus; "),
    ],
)
def test_refused(tmp_path, more, error, message):
    with pytest.raises(error, match=re.escape(message)):
        to_share(tmp_path / "s", corpus_of(), **more)
    assert not (tmp_path / "s").exists()


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "s").mkdir()
    with pytest.raises(DataError, match=r"/s: there is something already\. Nothing was written\."):
        to_share(tmp_path / "s", corpus_of())


def damaged(name, old, new):
    """Return what changes one file of a share."""
    return lambda files: files | {name: files[name].replace(old, new, 1)}


HOSTILE = {
    "a path out of the folder": lambda f: f | {"tables/../../x.csv": b""},
    "an absolute path": damaged("hits.json", b"hits/0000", b"/etc/passwd"),
    "a file that is not listed": damaged("hits.json", b"hits/0000.csv", b"hits/0007.csv"),
    "no such article": damaged("spans.csv", b'"lead"', b'"leader"'),
    "a span beyond the text": damaged("spans.csv", b"\n0,0,", b"\n0,99999999999,"),
    "a number of 5,000 digits": damaged("spans.csv", b"\n0,0,", b"\n0," + b"9" * 5000 + b","),
    "a number of 30 digits": damaged("spans.csv", b"\n0,0,", b"\n0," + b"9" * 30 + b","),
    "text for a number": damaged("spans.csv", b"\n0,0,", b'\n0,"0",'),
    "a hit off the words": damaged("hits/0000.csv", b".txt\",", b".txt\",1"),
    "settings that are a list": lambda f: f | {"settings.json": b"[]"},
    "settings without tokens": lambda f: f | {"settings.json": b"{}"},
    "other tokens": damaged("settings.json", b'"keep"', b'"kep"'),
    "zones of another kind": damaged("settings.json", b'"headline"', b'"head"'),
    "deep brackets": lambda f: f | {"tables.json": b"[" * 200_000},
    "no JSON": lambda f: f | {"tables.json": b"{"},
    "tables of numbers": lambda f: f | {"tables.json": b"[1]"},
    "a table without settings": damaged("tables.json", b'"params"', b'"parms"'),
    "articles twice": damaged("articles.csv", b'"r1.txt"', b'"r0.txt"'),
    "a lost column": damaged("articles.csv", b'"sha256"', b'"sha255"'),
    "no table at all": lambda f: f | {"articles.csv": b'"id'},
    "not UTF-8": lambda f: f | {"articles.csv": b"\xff"},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_shares_are_refused_with_their_file(tmp_path, name):
    corpus, _, shared = good()
    files = {name: data for name, data in shared.items() if name != "manifest.json"}
    changed = HOSTILE[name](files)
    assert changed != files
    bad = write(tmp_path / "deep/er/bad", changed)
    with pytest.raises(DataError, match=r"deep/er/bad: .+ Nothing was (opened|read)\. "):
        open_share(bad, corpus).hits("pact")


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"pattern": "(a+)+$", "match": "regex", "case": 3}, "its settings name no pattern"),
        ({"pattern": "pact", "draws": 10**30}, "the setting 'draws' is above 100,000"),
        ({"pattern": "pact", "where": {"nowhere": "x"}}, "the part cannot be chosen"),
        ({"pattern": "pact", "ax": 1}, "the setting 'ax' is none that it can be asked with"),
        ({"pattern": "("[:1] * 3, "match": "regex"}, "the pattern cannot be read"),
    ],
)
def test_hostile_settings_only_fail_their_row(tmp_path, params, why):
    corpus = corpus_of()
    rates = ck.rates(corpus.find("pact"), draws=20)
    tables = {"bad": ck.Result(rates.frame, params, title="Rates"), "good": rates}
    to_share(tmp_path / "s", corpus, tables=tables)
    again = open_share(tmp_path / "s", corpus).rebuild().frame
    assert again["status"].tolist() == ["cannot be rerun", "same"]
    assert again["why"][0].startswith(why)


def test_a_changed_file_is_named(tmp_path):
    to_share(tmp_path / "s", corpus_of())
    with (tmp_path / "s/articles.csv").open("ab") as file:
        file.write(b"x")
    with pytest.raises(DataError, match=r"articles\.csv: it was changed after it was written\."):
        open_share(tmp_path / "s", corpus_of())


def test_links_are_not_followed(tmp_path):
    to_share(tmp_path / "s", corpus_of())
    path: Path = tmp_path / "s/articles.csv"
    path.rename(tmp_path / "out.csv")
    os.symlink(tmp_path / "out.csv", path)
    with pytest.raises(DataError, match=r"articles\.csv: it is a link or no regular file\."):
        open_share(tmp_path / "s", corpus_of())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + b"x" * 80])
def test_what_is_no_zip_is_refused(tmp_path, data):
    (tmp_path / "s.zip").write_bytes(data)
    with pytest.raises(DataError, match=r"s\.zip: it is no zip file\."):
        open_share(tmp_path / "s.zip", [])


def test_a_bomb_is_read_no_further_than_its_manifest_says(tmp_path):
    to_share(tmp_path / "s.zip", corpus_of())
    files = contents(tmp_path / "s.zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, b"0" * 50_000_000 if name == "articles.csv" else data)
    with pytest.raises(DataError, match=r"articles\.csv: it was changed after it was written\."):
        open_share(tmp_path / "bomb.zip", corpus_of())
