"""What was planted in the teaching corpus is there, and the package finds it.

`data/planted.json` says what was planted, `data/README.md` says the same for people; both are
held against the files and against the corpus as corpuskit reads it.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

import corpuskit as ck

DATA = Path(__file__).parents[1] / "data"
RAW = DATA / "raw"
PLANTED: dict[str, Any] = json.loads((DATA / "planted.json").read_text("utf-8"))
SHEET = (DATA / "README.md").read_text("utf-8")
SPEECH = list(csv.DictReader((DATA / "speech.csv").read_text("utf-8").splitlines()))
FILES, OUTLETS, STORY = PLANTED["files"], PLANTED["outlets"], PLANTED["story"]
OFFICIALS = {"Rajnath Singh", "Kaja Kallas"}
KINDS = ("indirect", "direct", "floating")

every_file = pytest.mark.parametrize("file", FILES)
every_outlet = pytest.mark.parametrize("outlet", OUTLETS)


# -- what the tests read with ------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus() -> ck.Corpus:
    return ck.read_corpus(RAW)


@pytest.fixture(scope="module")
def texts(corpus: ck.Corpus) -> dict[str, str]:
    """Headline and paragraphs of each report, as `planted.json` counts in them."""
    read = ("headline", "lead", "body", "correction")
    return {id: plain(zones(corpus, id, *read)) for id in FILES}


def headline(corpus: ck.Corpus, id: str) -> str:
    return zones(corpus, id, "headline")


def body(corpus: ck.Corpus, id: str) -> str:
    """Return lead and body; a correction is a zone of its own."""
    return zones(corpus, id, "lead", "body")


def zones(corpus: ck.Corpus, id: str, *names: str) -> str:
    item = corpus.article(id)
    return "\n".join(item.text[z.start : z.end] for z in item.zones if z.name in names)


def plain(text: str) -> str:
    """Return text in NFC, no-break spaces as blanks, soft hyphens dropped."""
    return unicodedata.normalize("NFC", text).replace("\xa0", " ").replace("\xad", "")


def straight(text: str) -> str:
    """Return text with straight quotes, for a comparison that does not care."""
    return plain(text).translate(str.maketrans("‘’“”", "''\"\""))


def raw(file: str) -> str:
    """Return a file as it lies on the disk; line ends are kept."""
    return (RAW / file).read_bytes().decode("utf-8")


FURNITURE = re.compile(r"Comments|Share this article|Also read: .*")
DATELINE = re.compile(r"[A-Z]+(?: [A-Z]+)*, (?:Jan|Feb) \d+ \(Meridian\) - ")


def read_by_hand(file: str) -> tuple[str, str]:
    """Return headline and paragraphs of a text file without the package, and the dateline."""
    lines = plain(raw(file)).replace("\r\n", "\n").split("\n")
    if FILES[file]["layout"] == "kv":
        blank = lines.index("")
        (top,) = (line for line in lines[:blank] if re.match("(?:Title|Headline): ", line))
        lines = [top.split(": ", 1)[1], *lines[blank:]]
    elif FILES[file]["layout"] == "news":
        assert all(line.startswith("- ") for line in lines[1:4])
        lines = [lines[0], *lines[4:]]
    kept = [line for line in lines if line and not FURNITURE.fullmatch(line)]
    found = DATELINE.match(kept[1])
    dateline = found[0].rstrip() if found else ""
    return "\n".join([kept[0], kept[1].removeprefix(dateline).lstrip(), *kept[2:]]), dateline


def whole(word: str, text: str) -> int:
    """Return how often a whole word stands in a text; case does not matter."""
    return len(re.findall(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))


def per_outlet(corpus: ck.Corpus, pattern: str) -> dict[str, int]:
    """Return the hits of a pattern by outlet, outlets without hits included."""
    found = ck.rates(corpus.find(pattern), by="outlet", draws=1).frame
    return dict(zip(found["outlet"], found["hits"].tolist(), strict=True))


def section(number: int | str) -> str:
    """Return one section of the data sheet: by its number, or by its heading."""
    start = rf"### {number}\." if isinstance(number, int) else rf"##+ {number}\b"
    found = re.search(rf"^{start}.*?(?=^##|\Z)", SHEET, re.MULTILINE | re.DOTALL)
    assert found, number
    return found[0]


def table(number: int | str, nth: int = 0) -> list[list[str]]:
    """Return the cells of the nth table of a section, without its heading, without `marks`."""
    blocks = re.findall(r"(?:^\|.*\n)+", section(number), re.MULTILINE)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in blocks[nth].splitlines()]
    return [[cell.strip("`") for cell in row] for row in rows[2:]]


def files_in(text: str) -> list[str]:
    """Return the files that a stretch of the data sheet names."""
    return re.findall(r"`([\w-]+/[\w.-]+)`", text)


def ends(text: str) -> list[float]:
    """Return the two ends of an interval written as "a to b"."""
    return [float(end) for end in text.split(" to ")]


# -- composition -------------------------------------------------------------------------


def test_the_files_are_those_of_the_list(corpus: ck.Corpus) -> None:
    assert sorted(corpus.articles["id"]) == sorted(FILES)
    assert len(corpus) == PLANTED["reports"] == 48
    report = corpus.report.to_frame()
    assert report["status"].value_counts().to_dict() == {"loaded": 47, "changed": 1}


def test_reports_and_words_by_outlet(corpus: ck.Corpus, texts: dict[str, str]) -> None:
    found = corpus.articles.groupby("outlet")["words"].agg(["size", "sum"])
    for outlet, planted in OUTLETS.items():
        assert found.loc[outlet].tolist() == [planted["reports"], planted["words"]]
    counted = {id: len(re.findall(PLANTED["word_pattern"], text)) for id, text in texts.items()}
    assert counted == {id: planted["words"] for id, planted in FILES.items()}
    assert sum(counted.values()) == len(corpus.words) == PLANTED["words"]


def test_words_and_datelines_counted_without_the_package(texts: dict[str, str]) -> None:
    by_hand = {f: read_by_hand(f) for f in FILES if f.endswith(".txt")}
    assert {f: d for f, (_, d) in by_hand.items() if d} == PLANTED["datelines"]
    for file, (text, _) in by_hand.items():
        assert text.split() == texts[file].split()
        assert len(re.findall(PLANTED["word_pattern"], text)) == FILES[file]["words"]
    assert len(by_hand) == 45, "the two pages and the .docx are read by the package only"


def test_the_sheet_says_the_composition() -> None:
    rows = {row[0]: row for row in table("Composition")}
    said = {name: (row[1], int(row[3]), int(row[4])) for name, row in rows.items()}
    assert said.pop("all") == ("", PLANTED["reports"], PLANTED["words"])
    assert said == {k: (o["name"], o["reports"], o["words"]) for k, o in OUTLETS.items()}
    assert f"{PLANTED['word_pattern']}" in section("Composition")
    assert f"48 short news reports ({PLANTED['words']:,} words" in SHEET


def test_bodies_are_as_long_as_the_sheet_says(corpus: ck.Corpus) -> None:
    sizes = corpus.where(zone=["lead", "body", "correction"]).articles["words"]
    shortest, longest = PLANTED["body_words"]
    assert (sizes.min(), sizes.max()) == (shortest, longest)
    assert f"between {shortest} and {longest} words of body text" in section("Composition")


@every_file
def test_what_a_report_is_made_of(corpus: ck.Corpus, file: str) -> None:
    planted, item = FILES[file], corpus.article(file)
    assert item.outlet == file.split("/")[0]
    assert plain(item.headline) == plain(headline(corpus, file)) == planted["headline"]
    assert item.section == (planted["section"] or "")
    assert plain(item.byline) == (planted["byline"] or "")
    local, offset = re.fullmatch(r"(.{0,16})([+-]\d\d:\d\d)?", item.published).groups()
    assert local == (planted["date"] or "")[:16]
    assert bool(offset) == (planted["layout"] == "html"), "only saved pages give an offset"
    assert sum(zone.name != "headline" for zone in item.zones) == planted["paragraphs"]
    row = corpus.articles.set_index("id").loc[file]
    assert row["words"] == planted["words"]
    kinds = Counter(cut.rule for cut in item.cuts)
    named = {"comments": "comments", "share": "share", "also_read": "also read"}
    assert {k: kinds[rule] for k, rule in named.items()} == planted["furniture"]


def test_days(corpus: ck.Corpus) -> None:
    days = Counter(day for day in corpus.articles["date"] if day)
    assert dict(sorted(days.items())) == PLANTED["reports_per_day"]
    span = pd.date_range(min(days), max(days)).strftime("%Y-%m-%d")
    assert [day for day in span if day not in days] == PLANTED["days_without_reports"]
    assert {day: int(n) for day, n in table("Days")} == PLANTED["reports_per_day"]
    said = section("Days")
    assert f"{len(days)} days have reports" in said
    assert ", ".join(PLANTED["days_without_reports"]) in said
    timeless = [id for id, planted in FILES.items() if len(planted["date"] or "") == 10]
    assert files_in(said) == timeless == ["plumb-line/2026-01-29-the-friends-of-rearm.txt"]


def layout(corpus: ck.Corpus, file: str) -> str:
    """Return the layout of a file, from the file."""
    if not file.endswith(".txt"):
        return file.rsplit(".", 1)[1]
    if re.match(r"(Title|Headline): ", raw(file)):
        return "kv"
    rules = {cut.rule for cut in corpus.article(file).cuts}
    return "news" if "header" in rules else "bare"


def test_layouts(corpus: ck.Corpus) -> None:
    found = {file: layout(corpus, file) for file in FILES}
    assert found == {file: planted["layout"] for file, planted in FILES.items()}
    assert Counter(found.values()) == PLANTED["layout_counts"]
    said = [(name, int(n), what.replace('"', "")) for name, n, what in table("Layouts")]
    assert [row[:2] for row in said] == list(PLANTED["layout_counts"].items())
    assert dict(table("Layouts", 1)) == {f: n for f, n in found.items() if n != "news"}


# -- 1 and 2: the story, the correction, the dates ---------------------------------------


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the word 5-grams of a text, by the word rule of the data sheet."""
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", straight(text).lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_the_story_stands_in_four_reports_and_no_other_pair_is_alike(corpus: ck.Corpus) -> None:
    sets = {id: shingles(body(corpus, id)) for id in FILES}
    alike = {
        frozenset((a, b)): len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        for a, b in combinations(FILES, 2)
    }
    story = [STORY["original"], *STORY["reprints"]]
    pairs = {frozenset(pair): alike.pop(frozenset(pair)) for pair in combinations(story, 2)}
    for reprint, jaccard in STORY["jaccard_5gram_body"].items():
        assert pairs.pop(frozenset((STORY["original"], reprint))) == pytest.approx(
            jaccard, abs=6e-4
        )
    assert sorted(pairs.values()) == pytest.approx(
        sorted(STORY["jaccard_between_reprints"]), abs=6e-4
    )
    assert max(alike.values()) == pytest.approx(STORY["max_other_pair"], abs=6e-5)


def test_near_duplicates_finds_the_story(corpus: ck.Corpus) -> None:
    bodies = ck.near_duplicates(corpus.where(zone=["lead", "body"]))
    for found in (bodies, ck.near_duplicates(corpus)):
        several = found.stories[found.stories["size"] > 1]
        assert set(several["article"]) == {STORY["original"], *STORY["reprints"]}
        assert set(several["story"]) == set(several["article"][several["first"]])
        assert several["article"][several["first"]].tolist() == [STORY["original"]]
    pairs = bodies.frame.set_index(["a", "b"])["jaccard"]
    for reprint, jaccard in STORY["jaccard_5gram_body"].items():
        assert pairs[STORY["original"], reprint] == pytest.approx(jaccard, abs=6e-4)


@pytest.mark.parametrize("reprint", STORY["reprints"])
def test_what_a_reprint_changed(corpus: ck.Corpus, reprint: str) -> None:
    edits, original = STORY["edits"][reprint], STORY["original"]
    before, after = straight(body(corpus, original)), straight(body(corpus, reprint))
    for old, new in [(straight(edits["dropped"]), ""), *edits["changed"]]:
        assert before.count(old) == 1
        before = before.replace(old, new)
    assert before.split() == after.split()
    assert corpus.article(reprint).byline == "Meridian Wire"
    assert headline(corpus, reprint) != headline(corpus, original)


def test_the_sheet_says_the_story() -> None:
    roles = {(role, file): float(jaccard) for role, file, jaccard in table(1)}
    assert roles == {("original", STORY["original"]): 1.0} | {
        ("reprint", file): jaccard for file, jaccard in STORY["jaccard_5gram_body"].items()
    }
    edits = {file: (gone, changed) for file, gone, changed in table(1, 1)}
    for file, planted in STORY["edits"].items():
        said = "; ".join(f"{old} → {new}" for old, new in planted["changed"])
        assert edits[file] == (planted["dropped"], said)
    between = ", ".join(map(str, STORY["jaccard_between_reprints"]))
    assert f"Between the reprints: {between}." in section(1)
    assert f"any other pair is {STORY['max_other_pair']}." in section(1)


def test_the_correction_is_read_in_a_zone_of_its_own(corpus: ck.Corpus) -> None:
    last = {id: corpus.article(id).zones[-1] for id in FILES}
    said = {id: corpus.text(id)[zone.start : zone.end] for id, zone in last.items()}
    found = [id for id, text in said.items() if text.startswith("Correction:")]
    assert found == [id for id in FILES if zones(corpus, id, "correction")] == PLANTED["correction"]
    assert {last[id].name for id in found} == {"correction"}


def test_reports_without_a_sure_date(corpus: ck.Corpus) -> None:
    ambiguous = PLANTED["ambiguous_date"]
    bare = corpus.where(date="").articles.set_index("id")
    assert set(bare.index) == {ambiguous["file"], *PLANTED["undated"]}
    assert ambiguous["raw"] in bare.loc[ambiguous["file"], "notes"]
    assert bare.loc[PLANTED["undated"], ["section", "byline", "notes"]].to_numpy().tolist() == [
        ["", "", ""]
    ]
    for order, day in zip(("dmy", "mdy"), ambiguous["readings"], strict=True):
        read = ck.read_articles(RAW / ambiguous["file"], date_order=order)
        assert [item.date for item in read] == [day]


def test_the_sheet_says_the_dates() -> None:
    said = [(feature, file) for feature, file, _ in table(2)]
    assert said == [
        ("correction", *PLANTED["correction"]),
        ("no date", *PLANTED["undated"]),
        ("ambiguous date", PLANTED["ambiguous_date"]["file"]),
    ]
    assert PLANTED["ambiguous_date"]["raw"] in table(2)[2][2]


# -- 3 and 4: typography, furniture ------------------------------------------------------


TYPOGRAPHY = {
    "no_break_space": lambda text: "\xa0" in text,
    "soft_hyphen": lambda text: "\xad" in text,
    "crlf": lambda text: "\r\n" in text,
    "e_acute_nfc": lambda text: "\xe9" in text.lower(),
    "e_acute_nfd": lambda text: "e\u0301" in text.lower(),
    "en_dash": lambda text: "–" in text,
    "curly_only": lambda text: curly(text) and not upright(text),
    "straight_only": lambda text: upright(text) and not curly(text),
    "curly_and_straight": lambda text: curly(text) and upright(text),
}


def curly(text: str) -> bool:
    return bool(re.search("[‘’“”]", text))


def upright(text: str) -> bool:
    return bool(re.search("['\"]", text))


@pytest.mark.parametrize("feature", TYPOGRAPHY)
def test_typography(corpus: ck.Corpus, feature: str) -> None:
    """In the bytes of the text files, and in what is read of the others."""
    holds = TYPOGRAPHY[feature]
    text = {f: raw(f) if f.endswith(".txt") else corpus.text(f) for f in FILES}
    assert [f for f in FILES if holds(text[f])] == PLANTED["typography"][feature]


def test_typography_is_in_the_text_that_was_read(corpus: ck.Corpus) -> None:
    """Nothing is edited: the rare characters stand where the file has them."""
    assert {f for f in FILES if f.endswith(".txt") and corpus.text(f) != raw(f)} == set()
    (hyphened,) = PLANTED["typography"]["soft_hyphen"]
    nodes = corpus.where(id=hyphened).find("partnership*").to_frame()["node"]
    assert sum("\xad" in node for node in nodes) == 1


def test_the_sheet_says_the_typography() -> None:
    planted = PLANTED["typography"]
    said = {row[0].split(" (")[0]: row[1] for row in table(3)}
    names = {
        "no-break space": "no_break_space",
        "soft hyphen": "soft_hyphen",
        "CRLF line ends": "crlf",
        "é as one character": "e_acute_nfc",
        "é as e + U+0301": "e_acute_nfd",
        "en dash": "en_dash",
        "curly and straight quotes in one file": "curly_and_straight",
    }
    for name, key in names.items():
        assert files_in(f"`{said[name]}`") == planted[key], name
    assert said["straight quotes only"].startswith(f"{len(planted['straight_only'])} files")
    assert said["curly quotes only"].startswith(f"{len(planted['curly_only'])} files")


def test_furniture(corpus: ck.Corpus) -> None:
    cut = corpus.cuts().to_frame()
    totals = {"comments": "Comments", "share": "Share this article", "also read": "Also read: "}
    for rule, words in totals.items():
        found = cut[cut["rule"] == rule]
        key = rule.replace(" ", "_")
        assert len(found) == found["article"].nunique() == PLANTED["furniture_totals"][key]
        assert found["text"].str.startswith(words).all()
        assert not any(words in body(corpus, id) for id in FILES)
    assert set(cut["rule"]) == {"header", "dateline", *totals}
    planted = PLANTED["furniture_totals"]
    said = [[int(n) for n in row[1:]] for row in table(4)]
    assert said == [[planted[key]] * 2 for key in ("comments", "share", "also_read")]


def test_datelines(corpus: ck.Corpus) -> None:
    cut = corpus.cuts().to_frame()
    cut = cut[cut["rule"] == "dateline"]
    planted = PLANTED["datelines"]
    assert dict(zip(cut["article"], cut["text"], strict=True)) == planted
    assert {file: text for file, text in table(4, 1)} == planted
    words = sum(len(re.findall(PLANTED["word_pattern"], text)) for text in planted.values())
    assert f"{len(planted)} in all ({words} words)" in section(4)
    assert len(corpus.undo("dateline").words) == PLANTED["words"] + words


# -- 5 to 8: words -----------------------------------------------------------------------


@every_outlet
def test_the_words_of_an_outlet_are_key(
    corpus: ck.Corpus, texts: dict[str, str], outlet: str
) -> None:
    own = [text for id, text in texts.items() if id.startswith(outlet)]
    other = [text for id, text in texts.items() if not id.startswith(outlet)]
    for word, planted in PLANTED["keywords"][outlet].items():
        counts = [whole(word, text) for text in own]
        assert sum(counts) == planted["count"]
        assert sum(map(bool, counts)) == planted["reports"] >= 7
        assert sum(whole(word, text) for text in other) == planted["elsewhere"] == 0
    rest = corpus.where(outlet=lambda name: name != outlet)
    key = ck.keyness(corpus.where(outlet=outlet), rest).to_frame().set_index("word")
    assert (key.loc[list(PLANTED["keywords"][outlet]), "conservative_log_ratio"] > 0).all()
    assert len(PLANTED["keywords"][outlet]) == 3


def test_the_sheet_says_the_words() -> None:
    said = {(row[0], row[1]): [int(n) for n in row[2:]] for row in table(5)}
    assert said == {
        (outlet, word): list(planted.values())
        for outlet, words in PLANTED["keywords"].items()
        for word, planted in words.items()
    }


def test_what_one_outlet_never_writes(corpus: ck.Corpus, texts: dict[str, str]) -> None:
    planted = PLANTED["never_writes"]
    assert per_outlet(corpus, planted["word"]) == planted["counts"]
    assert planted["counts"][planted["outlet"]] == 0
    assert per_outlet(corpus, "autonom*")[planted["outlet"]] == 0
    twice = Counter(i.split("/")[0] for i in FILES if whole(planted["word"], texts[i]) >= 2)
    assert {o: twice[o] for o in OUTLETS} == planted["reports_with_two_or_more"]
    said = {o: [int(n), int(m)] for o, n, m in table(6)}
    assert said == {
        o: [n, planted["reports_with_two_or_more"][o]] for o, n in planted["counts"].items()
    }


def test_partner_forms_and_places(corpus: ck.Corpus) -> None:
    hits = corpus.find("partner*")
    nodes = (straight(node).lower().removesuffix("'s") for node in hits.to_frame()["node"])
    forms = Counter(nodes)
    assert {form: n for form, n in forms.most_common()} == PLANTED["partner_forms"]
    assert len(hits) == PLANTED["partner_total"] == 193
    counts = {
        zone: dict(zip(part.corpus.articles["id"], part.per_article().tolist(), strict=True))
        for zone, part in {
            "partner_headline": hits.where(zone="headline"),
            "partner_body": hits.where(zone=["lead", "body"]),
        }.items()
    }
    for zone, found in counts.items():
        assert found == {id: planted[zone] for id, planted in FILES.items()}
    above, below = (
        {id for id, n in counts[zone].items() if n} for zone in ("partner_headline", "partner_body")
    )
    assert above - below == set(PLANTED["headline_only"])
    assert len(above & below) == PLANTED["headline_and_body"]
    assert len(below - above) == PLANTED["body_only"]


def log_t_by_formula(hits: Any, words: Any) -> list[float]:
    """Return the log-t interval per 10,000 words; the error of the rate by formula, no drawing."""
    hits, words = np.asarray(hits, float), np.asarray(words, float)
    n, rate = len(hits), hits.sum() / words.sum()
    off = hits - rate * words
    error = np.sqrt(n / (n - 1) * (off**2).sum()) / words.sum()
    clumps = n * (off**4).sum() / (off**2).sum() ** 2
    df = min(max(0.75 * 2 * n / (clumps - 1 + 2 / (n - 1)), 3), n - 1)
    factor = np.exp(student.ppf(0.975, df) * error / rate)
    return [10_000 * rate / factor, 10_000 * rate * factor]


def test_partner_rates(corpus: ck.Corpus) -> None:
    found = ck.rates(corpus.find("partner*"), by="outlet").frame.set_index("outlet")
    for outlet, planted in PLANTED["partner_rates"].items():
        row = found.loc[outlet]
        assert row["hits"] == planted["count"]
        assert round(row["per_10k"], 1) == planted["rate_per_10k"]
        assert [round(row[end], 1) for end in ("low", "high")] == planted["interval_95"]
        own = corpus.where(outlet=outlet)
        by_hand = log_t_by_formula(own.find("partner*").per_article(), own.articles["words"])
        assert planted["interval_95"] == pytest.approx(by_hand, rel=0.06)
    robust = PLANTED["robust"]
    assert all(found.loc[robust["high"], "low"] > found.loc[o, "high"] for o in robust["low"])
    assert per_outlet(corpus, "strategic partner*") == PLANTED["strategic_partner"]


def test_the_sheet_says_partner() -> None:
    assert {form: int(n) for form, n in table(7)} == PLANTED["partner_forms"]
    rates, strategic = PLANTED["partner_rates"], PLANTED["strategic_partner"]
    said = {row[0]: [int(row[1]), float(row[2]), ends(row[3]), int(row[4])] for row in table(7, 1)}
    assert said == {outlet: [*rates[outlet].values(), strategic[outlet]] for outlet in rates}
    text = section(7)
    assert f"{PLANTED['partner_total']} hits" in text
    total, used = sum(strategic.values()), sum(map(bool, strategic.values()))
    assert f"occurs {total} times in {used} outlets" in text
    assert files_in(text.split("nowhere in the body")[1]) == PLANTED["headline_only"]
    both, alone = PLANTED["headline_and_body"], PLANTED["body_only"]
    assert f"In both: {both}. In the body only: {alone}." in text


def test_the_fragile_difference(corpus: ck.Corpus) -> None:
    planted = PLANTED["fragile"]
    word, outlet = planted["word"], planted["outlet"]
    assert per_outlet(corpus, word) == per_outlet(corpus, "dividend*") == planted["counts"]
    assert len(corpus.where(id=planted["file"]).find(word)) == planted["in_file"]
    row = ck.compare(corpus, word).frame.set_index("outlet").loc[outlet]
    assert round(row["per_10k"], 1) == planted["rate_outlet_per_10k"]
    assert round(row["rest_per_10k"], 1) == planted["rate_rest_per_10k"]
    assert row["low"] < 0 < row["high"]
    low, high = planted["difference_interval_95"]
    assert [round(row["low"], 1), round(row["high"], 1)] == [low, high]
    without = corpus.where(id=lambda id: id != planted["file"])
    left = ck.compare(without, word).frame.set_index("outlet").loc[outlet]
    assert round(left["per_10k"], 1) == planted["rate_outlet_without_the_file"]
    assert abs(left["difference"]) < row["difference"] / 20


def test_the_sheet_says_the_fragile_difference() -> None:
    planted, text = PLANTED["fragile"], " ".join(section(8).split())
    own = planted["counts"][planted["outlet"]]
    other = sum(planted["counts"].values()) - own
    for said in (
        f'"{planted["word"]}" occurs {own} times in `{planted["outlet"]}` '
        f"({planted['rate_outlet_per_10k']} per 10,000) and {other} times in all the others "
        f"({planted['rate_rest_per_10k']} per 10,000)",
        f"{planted['in_file']} of them stand in one report, `{planted['file']}`",
        f"Without it the rate is {planted['rate_outlet_without_the_file']}",
        "from {} to {}".format(*planted["difference_interval_95"]),
    ):
        assert said in text


def test_dollars(corpus: ck.Corpus, texts: dict[str, str]) -> None:
    planted = PLANTED["dollars"]
    found = {id: text.count(planted["text"]) for id, text in texts.items()}
    assert {id: n for id, n in found.items() if n} == {planted["file"]: planted["count"]}
    assert len(corpus.find(planted["text"])) == planted["count"]
    assert f"`{planted['text']}` ({planted['count']} times)" in section(11)
    assert files_in(section(11)) == [planted["file"]]


# -- 9: tone -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tone(corpus: ck.Corpus) -> Any:
    return ck.sentiment_around(corpus.find("partner*"))


def test_the_tone_was_planted_in_two_outlets_only(tone: Any) -> None:
    found = tone.by("outlet").frame.set_index("outlet")
    for outlet in OUTLETS:
        row = found.loc[outlet]
        side = {"higher": row["low"] > 0, "lower": row["high"] < 0}
        planted = PLANTED["sentiment_direction"].get(outlet)
        assert [way for way, beyond in side.items() if beyond] == ([planted] if planted else [])


@every_outlet
def test_the_tone_is_as_strong_as_planted(tone: Any, outlet: str) -> None:
    """Sentence by sentence, headlines left out; another splitter ends some elsewhere."""
    planted = PLANTED["sentiment"][outlet]
    parts = {"node": (tone.scores, "node_sentences"), "rest": (tone.others, "other_sentences")}
    for part, (scores, count) in parts.items():
        own = scores[(scores["outlet"] == outlet) & (scores["zone"] != "headline")]
        slack = 0 if part == "node" else 6
        assert abs(len(own) - planted[count]) <= slack
        assert own["compound"].mean() == pytest.approx(planted["compound"][part], abs=0.03)
    summed = tone.contributions.groupby("unit")["valence"].sum()
    mine = (tone.scores["outlet"] == outlet) & (tone.scores["zone"] != "headline")
    own = tone.scores[mine].set_index("unit")
    mean = (summed.reindex(own.index, fill_value=0) / own["words"]).mean()
    assert mean == pytest.approx(planted["mean_valence_per_word"]["node"], abs=0.02)


@pytest.mark.parametrize("planted", PLANTED["vader_wrong"], ids=lambda planted: planted["why"])
def test_sentences_that_vader_gets_wrong(corpus: ck.Corpus, planted: dict[str, Any]) -> None:
    from corpuskit.analysis.tone.vader import polarity

    assert corpus.text(planted["file"]).count(planted["sentence"]) == 1
    score = polarity(planted["sentence"])["compound"]
    assert score == pytest.approx(planted["compound"], abs=5e-5)
    side = {"praise": score > 0, "blame": score < 0, "neutral": score == 0}
    assert not side[planted["reading"]]


def test_the_sheet_says_the_tone() -> None:
    for row in table(9):
        planted, name = PLANTED["sentiment"][row[0]], row[0]
        mean, compound = planted["mean_valence_per_word"], planted["compound"]
        said = [int(row[1]), int(row[2]), *map(float, row[3:6]), ends(row[6])]
        assert said == [
            planted["node_sentences"],
            planted["other_sentences"],
            *(mean[key] for key in ("node", "rest", "difference", "interval_95")),
        ], name
        assert [float(row[7]), ends(row[8])] == [compound["difference"], compound["interval_95"]]
    assert [row[0] for row in table(9)] == list(OUTLETS)
    wrong = [(f, s, r, float(n), why) for f, s, r, n, why in table(9, 1)]
    assert wrong == [
        (v["file"], v["sentence"], v["reading"], round(v["compound"], 3), v["why"])
        for v in PLANTED["vader_wrong"]
    ]


# -- 10: speech --------------------------------------------------------------------------


def test_speech_rows_are_in_the_reports(corpus: ck.Corpus) -> None:
    text = {id: corpus.text(id) for id in FILES}
    assert {row["article"] for row in SPEECH} <= set(FILES)
    assert [row for row in SPEECH if row["start_words"] not in text[row["article"]]] == []
    assert [row for row in SPEECH if len(row["start_words"].split()) > 4] == []
    assert [row for row in SPEECH if row["cue"] not in text[row["article"]].lower()] == []


def test_speech_has_kinds_speakers_and_cues() -> None:
    planted = PLANTED["quotations"]
    kinds = Counter(row["kind"] for row in SPEECH)
    assert (len(SPEECH), kinds) == (planted["speech_rows"], planted["by_kind"])
    assert all(row["speaker"].strip() for row in SPEECH)
    assert all(bool(row["cue"]) == (row["kind"] != "floating") for row in SPEECH)
    told = ", ".join(f"{kind} {planted['by_kind'][kind]}" for kind in KINDS)
    assert f"{planted['speech_rows']} rows ({told})" in section(10)


def test_nobody_real_is_quoted() -> None:
    assert {row["kind"] for row in SPEECH if row["speaker"] in OFFICIALS} == {"indirect"}


@pytest.mark.parametrize("reprint", STORY["reprints"])
def test_reprints_repeat_the_speech_of_their_original(corpus: ck.Corpus, reprint: str) -> None:
    def rows(id: str) -> list[tuple[str, ...]]:
        return [tuple(map(straight, list(r.values())[1:])) for r in SPEECH if r["article"] == id]

    missing = [row for row in rows(STORY["original"]) if row not in rows(reprint)]
    gone = straight(STORY["edits"][reprint]["dropped"])
    changed = [old for old, _ in STORY["edits"][reprint]["changed"]]
    assert all(row[0] in gone or any(w in row[0] for w in changed) for row in missing)
    assert len(missing) <= 2


def test_quotations_of_several_paragraphs_and_inside_others(corpus: ck.Corpus) -> None:
    planted, several, nested = PLANTED["quotations"], [], []
    for id in FILES:
        paragraphs = [straight(p) for p in corpus.article(id).paragraphs]
        if any(p.count('"') % 2 for p in paragraphs):
            several.append(id)
        if any(re.search(r"\"[^\"]*(?<!\w)'[^\"]*\w[.,?!]?'(?!\w)", p) for p in paragraphs):
            nested.append(id)
    assert several == planted["multi_paragraph"]
    assert nested == planted["nested"]
    said = section(10).split("Nested quotations:")
    assert files_in(said[0].split("Quotations of several paragraphs")[1]) == several
    assert files_in(said[1]) == nested
