"""Exports of news databases: one invented result set in every layout gives the same articles."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from exports import STORIES, Story, docx, pdf, rtf
from exports_factiva import (
    WORDS,
    factiva_articles,
    factiva_codes,
    factiva_lines,
    factiva_named,
    factiva_page,
    factiva_xml,
)
from exports_nexis import lexisnexis_page, nexis_lines, nexis_old
from exports_others import (
    europresse,
    europresse_old,
    old_excel,
    proquest_page,
    proquest_table,
    proquest_text,
)
from fuzz_exports import READERS, damaged, is_partition, one, seeds

from corpuskit.reading.article import Article, Options, Reading
from corpuskit.reading.databases.europresse import is_europresse, read_europresse
from corpuskit.reading.databases.factiva import is_factiva, read_factiva
from corpuskit.reading.databases.nexis import is_nexis, read_nexis
from corpuskit.reading.databases.proquest import is_proquest, read_proquest
from corpuskit.reading.documents.pdf import read_pdf
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.folder import read_articles

Reader = Callable[[bytes, Options], Reading | None]
TITLES = tuple(story.headline for story in STORIES)

# Name of a file of the set, its bytes and its reader. {} marks where the language goes.
FILES: dict[str, tuple[bytes, Reader]] = {
    "nexis_old.txt": (nexis_old().encode(), read_nexis),
    "nexis_old_windows.txt": (
        b"\xef\xbb\xbf" + nexis_old().replace("\n", "\r\n").encode(),
        read_nexis,
    ),
    "nexis_old_utf16.txt": (nexis_old().encode("utf-16"), read_nexis),
    "nexis_old.docx": (docx(nexis_old(width=9_999).split("\n")), read_nexis),
    "nexis_old.rtf": (rtf(nexis_old(width=9_999).split("\n")), read_nexis),
    "nexis_new.txt": ("\n".join(nexis_lines()).encode(), read_nexis),
    "nexis_new_bare.txt": ("\n".join(nexis_lines(cover=False)).encode(), read_nexis),
    "nexis_new.docx": (docx(nexis_lines()), read_nexis),
    "nexis_new.rtf": (rtf(nexis_lines()), read_nexis),
    "nexis_new.pdf": (pdf(nexis_lines()), read_pdf),
    "lexisnexis.html": (lexisnexis_page().encode(), read_nexis),
    "factiva.xml": (factiva_xml().encode(), read_factiva),
    "factiva_codes.txt": (factiva_codes().encode(), read_factiva),
    "factiva_codes_beside.txt": (factiva_codes(gap="   ").encode(), read_factiva),
    "proquest.txt": (proquest_text().encode(), read_proquest),
    "proquest_numbered.txt": (proquest_text(numbered=True).encode(), read_proquest),
    "proquest.html": (proquest_page().encode(), read_proquest),
    "proquest.xls": (proquest_table().encode(), read_proquest),
    "europresse.html": (europresse().encode(), read_europresse),
    "europresse_old.html": (europresse_old().encode("cp1252"), read_europresse),
}
for _language in WORDS:
    _lines = factiva_lines(_language, section=True)
    FILES |= {
        f"factiva_codes_{_language}.html": (factiva_page(_language).encode(), read_factiva),
        f"factiva_{_language}.html": (factiva_articles(_language).encode(), read_factiva),
        f"factiva_{_language}.rtf": (rtf(_lines, bold=TITLES), read_factiva),
        f"factiva_{_language}.txt": ("\n".join(factiva_lines(_language)).encode(), read_factiva),
        f"factiva_named_{_language}.txt": (
            "\n".join(factiva_named(_language)).encode(),
            read_factiva,
        ),
    }
# Layouts that do not give the section, the correction or the caption.
NO_SECTION = {"proquest.xls"} | {
    f"factiva{kind}_{language}.txt" for kind in ("", "_named") for language in WORDS
}
DECLARE = {name for name in FILES if name.startswith(("nexis", "lexis"))} - {"nexis_new_bare.txt"}
DECLARE |= {"factiva.xml", "proquest_numbered.txt"}


def read(data: bytes, reader: Reader, **options: str) -> Reading:
    """Return a reading that is there."""
    reading = reader(data, Options(**options))  # type: ignore[arg-type]
    assert reading is not None
    return reading


def plain(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def what(article: Article) -> tuple[object, ...]:
    """Return what every database says of an article."""
    paragraphs = tuple(map(plain, article.paragraphs))
    return (article.headline, article.date, article.outlet, article.byline, paragraphs)


def told(story: Story) -> tuple[object, ...]:
    """Return the same of a story."""
    return (story.headline, story.day, story.outlet, story.byline, story.paragraphs)


@pytest.mark.parametrize("name", FILES)
def test_every_layout_gives_the_same_articles(name: str) -> None:
    data, reader = FILES[name]
    reading = read(data, reader)
    assert [what(article) for article in reading.articles] == [told(one) for one in STORIES]
    assert [article.id for article in reading.articles] == [str(n) for n in range(1, 11)]
    if name not in NO_SECTION:
        sections = [article.section.partition(";")[0] for article in reading.articles]
        assert sections == [story.section for story in STORIES]


@pytest.mark.parametrize("name", FILES)
def test_documents_are_counted_in_three_ways(name: str) -> None:
    data, reader = FILES[name]
    reading = read(data, reader)
    assert reading.declared == (10 if name in DECLARE else None)
    assert (reading.delimiters, len(reading.articles)) == (10, 10)


@pytest.mark.parametrize("name", FILES)
def test_zones_and_cuts_make_the_whole(name: str) -> None:
    data, reader = FILES[name]
    reading = read(data, reader)
    assert is_partition(reading)
    for article in reading.articles:
        assert [zone.name for zone in article.zones][:2] == ["headline", "lead"]


KNOWS = {
    "nexis": is_nexis,
    "factiva": is_factiva,
    "proquest": is_proquest,
    "europresse": is_europresse,
}


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".pdf")])
def test_an_export_is_known_by_its_content_as_one_database(name: str) -> None:
    wanted = name.replace("lexisnexis", "nexis").partition("_")[0].partition(".")[0]
    assert [key for key, knows in KNOWS.items() if knows(FILES[name][0], "")] == [wanted]


NEWS = (
    "Mayor wants a longer bridge\n\nBy Ada Marsh\n\nThe mayor said on Monday that 1 of 10 "
    "DOCUMENTS had been lost.\n\nBody of water: the river.\n\nEnd of document, he said.\n"
)
ORDINARY = {
    "text": NEWS.encode(),
    "header lines": b"Headline: A\nDate: January 11, 2010\nSource: The Post\nBy: A. M.\n\nText.\n",
    "notice": b"Document AB12 of 10 was read.\n\n295 words\n\nLength: 3 miles\n",
    "page": b"<html><head><title>ProQuest is a database</title></head><body><p>Text</p></body>",
    "list of field codes": b"HD means headline.\nLP is the lead.\nTD is the text.\nAN is a number.",
    "rule": ("_" * 60 + "\n\nFull text: of a speech\n\nSubject: none\n").encode(),
    "docx": docx(["Length: of a river", "It is 200 miles long."]),
    "rtf": rtf(["Documents of a council", "Nothing else."]),
    "xml": b"<?xml version='1.0'?><feed><article><headline>A</headline></article></feed>",
    "nothing": b"",
    "noise": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize("database", KNOWS)
def test_ordinary_files_are_no_exports(name: str, database: str) -> None:
    assert not KNOWS[database](ORDINARY[name], "")


def test_a_reader_says_none_of_a_text_that_is_no_export() -> None:
    for reader in (read_nexis, read_factiva, read_proquest, read_europresse):
        assert reader(NEWS.encode(), Options()) is None


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("nexis_old.txt", "edition", "Late Edition"),
        ("nexis_old.txt", "length", "36 words"),
        ("nexis_old.txt", "load_date", "June 1, 2024"),
        ("nexis_old.txt", "copyright", "Copyright 2024 Harbour Gazette Ltd All Rights Reserved"),
        ("nexis_new.docx", "subject", "HARBOURS (89%); SHIPS (74%)"),
        ("nexis_new.docx", "publication_type", "Newspaper"),
        ("factiva_codes_en.html", "accession", "HARB000020240101ek1b00001"),
        ("factiva_codes_en.html", "subject", "Transport; Political/General News"),
        ("factiva_en.html", "publisher", "Arden Press Ltd"),
        ("factiva_en.rtf", "source_code", "HARB"),
        ("proquest.txt", "accession", "2637001"),
        ("proquest.txt", "database", "Newsstream"),
        ("europresse.html", "accession", "news·20240101·AR·1"),
        ("europresse.html", "page", "3"),
        ("europresse.html", "kicker", "RUBRIQUE"),
    ],
)
def test_fields_of_the_database_become_columns(name: str, column: str, value: str) -> None:
    data, reader = FILES[name]
    assert read(data, reader).articles[0].extra[column] == value


@pytest.mark.parametrize("name", [n for n in FILES if n.startswith(("nexis", "lexis", "proq"))])
def test_the_language_is_a_code(name: str) -> None:
    data, reader = FILES[name]
    assert {article.language for article in read(data, reader).articles} == {"en"}


@pytest.mark.parametrize(
    "name",
    [
        "nexis_old.txt",
        "nexis_new.docx",
        "nexis_new.rtf",
        "lexisnexis.html",
        "proquest.txt",
        "proquest.html",
        "factiva.xml",
        "factiva_codes_en.html",
        "factiva_codes.txt",
    ],
)
def test_a_correction_is_told_and_not_read(name: str) -> None:
    data, reader = FILES[name]
    reading = read(data, reader)
    reason = "a correction is appended, which is not part of the text "
    reason += "(An earlier version named the wrong river.)"
    assert [(n, f.code, f.reason) for n, f in reading.records] == [(4, "CK-305", reason)]
    assert "wrong river" not in " ".join(reading.articles[3].paragraphs)


def test_correction_appended_is_told_where_its_words_are_missing() -> None:
    text = nexis_old().replace("CORRECTION:\n\nAn earlier version named the wrong river.\n\n", "")
    reading = read(text.encode(), read_nexis)
    assert [(n, f.code) for n, f in reading.records] == [(4, "CK-305")]
    assert reading.articles[3].extra["correction"] == "Correction Appended"


@pytest.mark.parametrize("name", ["nexis_old.txt", "nexis_new.docx", "europresse.html"])
def test_captions_are_cut_by_their_own_rule(name: str) -> None:
    data, reader = FILES[name]
    article = read(data, reader).articles[4]
    captions = [article.text[c.start : c.end] for c in article.cuts if c.rule == "caption"]
    assert plain(" ".join(captions)).endswith("The reading room in 1911.")


def test_captions_inside_a_text_of_proquest_are_fields() -> None:
    article = read(FILES["proquest.txt"][0], read_proquest).articles[4]
    assert article.extra["graphic"] == "The reading room in 1911."
    assert article.extra["credit"] == "A. Painter"


@pytest.mark.parametrize("name", ["nexis_new.docx", "factiva.xml"])
def test_the_time_of_day_is_kept_with_its_offset(name: str) -> None:
    data, reader = FILES[name]
    assert read(data, reader).articles[0].published == "2024-01-11T09:20+00:00"


@pytest.mark.parametrize("name", ["factiva_en.html", "factiva_en.rtf", "factiva_codes.txt"])
def test_the_time_of_day_is_local_where_no_zone_is_named(name: str) -> None:
    data, reader = FILES[name]
    assert read(data, reader).articles[0].published == "2024-01-11T09:20"


def test_a_headline_may_run_over_blocks_but_over_nothing_else() -> None:
    text = nexis_old(STORIES[:1]).replace(
        "Harbour opens a third dock\n", "Harbour opens a third dock\n\nTwo years late\n"
    )
    article = read(text.encode(), read_nexis).articles[0]
    assert article.headline == "Harbour opens a third dock Two years late"
    assert what(article)[4] == STORIES[0].paragraphs
    text = factiva_codes(STORIES[:1]).replace("SN\n", "HD\nA second headline\nSN\n")
    article = read(text.encode(), read_factiva).articles[0]
    assert article.headline == "Harbour opens a third dock"


def test_classification_is_cut_line_by_line_so_that_it_can_be_counted() -> None:
    article = read(FILES["nexis_new.docx"][0], read_nexis).articles[0]
    cut = [article.text[c.start : c.end] for c in article.cuts if c.rule == "classification"]
    assert [plain(line) for line in cut] == [
        "Classification",
        "Language: ENGLISH",
        "Publication-Type: Newspaper",
        "Subject: HARBOURS (89%); SHIPS (74%)",
        "Load-Date: June 1, 2024",
    ]


# ------------------------------------------------------------------ what is wrong with an export


def test_a_lost_document_is_a_gap_and_a_mismatch(tmp_path: Path) -> None:
    first, _, rest = nexis_old().partition("4 of 10 DOCUMENTS")
    (tmp_path / "a.txt").write_text(
        first.rstrip() + "\n\n" + rest.partition("5 of 10")[2].join(["5 of 10", ""]), "utf-8"
    )
    report = read_articles(tmp_path).report
    assert "CK-307" in report.frame["code"][0]
    assert (
        "the numbers of its documents leave out some (after 3 comes 5)" in report.frame["reason"][0]
    )
    assert "it declares 10 documents, 9 delimiters met, 9 articles read" in str(
        report.frame["reason"][0]
    )


def test_an_export_that_is_cut_off_keeps_its_last_article() -> None:
    text = "\n".join(nexis_lines())
    cut = text[: text.rindex("Then the lights")]
    reading = read(cut.encode(), read_nexis)
    assert (reading.declared, reading.delimiters, len(reading.articles)) == (10, 9, 10)
    assert plain(reading.articles[-1].paragraphs[-1]) == "It was full."
    whole = nexis_old()
    reading = read(whole[: whole.rindex("Then the lights")].encode(), read_nexis)
    assert [a.headline for a in reading.articles][-1] == STORIES[-1].headline


def test_a_part_of_a_result_set_declares_nothing() -> None:
    text = nexis_old().partition("5 of 10 DOCUMENTS")
    reading = read((" " * 30 + "5 of 10 DOCUMENTS" + text[2]).encode(), read_nexis)
    assert (reading.declared, reading.delimiters, len(reading.articles)) == (None, 6, 6)
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("items", "declared"), [("1-10", 10), ("1-4, 7", 5), ("3", 1), ("9-2", None), ("1 - 10", 10)]
)
def test_the_cover_says_how_many_were_selected(items: str, declared: int | None) -> None:
    text = nexis_old().replace("Selected Items: 1-10", f"Selected Items: {items}")
    assert read(text.encode(), read_nexis).declared == declared


def test_documents_without_date_and_without_body_are_told() -> None:
    stories = (*STORIES[:2], replace(STORIES[2], paragraphs=()), STORIES[3])
    text = nexis_old(stories).replace("January 12, 2024 Monday", "").replace("Correction", "")
    reading = read(text.encode(), read_nexis)
    assert [(n, f.code) for n, f in reading.records if f.code != "CK-305"] == [
        (2, "CK-301"),
        (3, "CK-302"),
    ]
    assert [article.id for article in reading.articles] == ["1", "2", "4"]
    assert reading.articles[1].published == ""


def test_repeated_documents_are_told_and_kept() -> None:
    stories = (*STORIES[:3], STORIES[0])
    reading = read(europresse(stories).encode(), read_europresse)
    assert [(n, f.code, f.reason) for n, f in reading.records] == [
        (4, "CK-303", "the document repeats document 1 of the same file word for word")
    ]
    assert len(reading.articles) == 4


def test_a_document_that_the_database_could_not_deliver() -> None:
    page = lexisnexis_page(STORIES[:1]).replace('DOCUMENTS="1"', 'DOCUMENTS="2"')
    lost = (
        "<!-- \n<DOC NUMBER=2>\n<DOCFULL> -->\n<BR><DIV><P><SPAN>We are sorry but there is an "
        "error in this document and it is not possible to display it.</SPAN></P>\n</DIV>\n"
    )
    reading = read(page.replace("</BODY>", lost + "</BODY>").encode(), read_nexis)
    assert [what(article) for article in reading.articles] == [told(STORIES[0])]
    assert [(n, f.code) for n, f in reading.records] == [(2, "CK-304")]
    assert (reading.declared, reading.delimiters) == (2, 2)


def test_a_table_in_a_document_is_read_row_by_row() -> None:
    table = "<TABLE><TR><TD><P>Bank</P></TD><TD><P>Town</P></TD></TR><TR><TD>A</TD><TD>B</TD></TR>"
    page = lexisnexis_page(STORIES[5:6]).replace(
        "<P><SPAN>Snow closed two schools on Tuesday.</SPAN></P>", table + "</TABLE>"
    )
    assert read(page.encode(), read_nexis).articles[0].paragraphs == ["Bank\tTown", "A\tB"]


def test_an_abstract_is_read_only_where_there_is_no_text_and_told() -> None:
    table = proquest_table(STORIES[:2], text="Abstract")
    reading = read(table.encode(), read_proquest)
    assert [(n, f.code) for n, f in reading.records] == [(1, "CK-306"), (2, "CK-306")]
    text = proquest_text(STORIES[5:6])
    text = text.replace(
        "Full text: Snow closed two schools on Tuesday.", "Full text: Not available."
    )
    reading = read(text.replace("None available", "Schools close").encode(), read_proquest)
    assert [f.code for _, f in reading.records] == ["CK-306"]
    assert reading.articles[0].paragraphs == ["Schools close."]
    with pytest.raises(Skipped, match="CK-302: the document holds no body text"):
        read_proquest(text.encode(), Options())


def test_an_old_excel_file_of_proquest(tmp_path: Path) -> None:
    names: list[str | float] = ["Title", "Full text", "StoreId", "Authors", "pubdate", "pubtitle"]
    rows = [names]
    for number, one_story in enumerate(STORIES, 1):
        text = "\n".join(one_story.paragraphs)
        outlet = f"{one_story.outlet}; Arden"
        rows.append(
            [one_story.headline, text, float(number), one_story.byline, one_story.day, outlet]
        )
    (tmp_path / "export.xls").write_bytes(old_excel(rows))
    articles = read_articles(tmp_path)
    assert [what(article) for article in articles] == [told(story) for story in STORIES]
    assert [article.extra["accession"] for article in articles][:2] == ["1", "2"]


def test_another_old_excel_file_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, "utf-8")
    (tmp_path / "other.xls").write_bytes(old_excel([["Name", "Sum"], ["A", 1.0]]))
    (tmp_path / "torn.xls").write_bytes(old_excel([["pubtitle", "Title"]])[:3000])
    rows = read_articles(tmp_path).report.frame.set_index("path")["code"]
    assert rows["other.xls"] == "CK-104"
    assert rows["torn.xls"] in ("CK-104", "CK-152")


def test_without_its_package_an_old_excel_file_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(Skipped, match=r"CK-308: it is an old Excel file \(\.xls\)"):
        read_proquest(old_excel([["pubtitle", "Title"]]), Options())


@pytest.mark.parametrize(
    ("page", "old", "new", "reader"),
    [
        (lexisnexis_page, "</DOC> -->\n", "</DOC> -->\n<DIV>", read_nexis),
        (factiva_articles, "</div></div><br>", "</div><br>", read_factiva),
        (proquest_page, "</text></p>", "<div></text></p>", read_proquest),
        (europresse, "<section>", "<section><div>", read_europresse),
        (europresse_old, "<b><i>", "<div><b><i>", read_europresse),
    ],
)
def test_tags_that_never_close_cost_no_document(
    page: Callable[..., str], old: str, new: str, reader: Reader
) -> None:
    """A parser that nests them gives up at a depth of 256."""
    stories = tuple(
        replace(story, headline=f"{story.headline} {number}")
        for number in range(40)
        for story in STORIES
    )
    markup = page(stories=stories)
    assert old in markup
    reading = read(markup.replace(old, new).encode(), reader)
    assert [what(article) for article in reading.articles] == [told(one) for one in stories]
    assert reading.delimiters == len(stories)


def test_one_document_has_no_number() -> None:
    reading = read(docx(nexis_lines(STORIES[:1], cover=False)), read_nexis)
    assert [article.id for article in reading.articles] == [""]
    assert (reading.declared, reading.delimiters) == (None, 1)


@pytest.mark.parametrize(
    ("order", "published", "code"),
    [("", "", "CK-131"), ("dmy", "2024-01-11", ""), ("mdy", "2024-11-01", "")],
)
def test_dates_in_figures_need_their_order(order: str, published: str, code: str) -> None:
    page = factiva_page("en", STORIES[:1]).replace("11 January 2024", "11/01/2024")
    reading = read(page.encode(), read_factiva, **({"date_order": order} if order else {}))
    assert reading.articles[0].date == published
    assert "".join(found.code for _, found in reading.records) == code


def test_a_time_zone_in_letters_is_told_once_a_file() -> None:
    lines = [line.replace("9:20 AM GMT", "9:20 AM EST") for line in nexis_lines(STORIES[:3])]
    reading = read("\n".join(lines).encode(), read_nexis)
    assert [found.code for found in reading.findings] == ["CK-309"]
    assert reading.findings[0].reason.startswith("the time zone of 3 documents is not a number")
    assert reading.articles[0].published == "2024-01-11T09:20"
    assert reading.records == ()


def test_xml_that_is_cut_off_keeps_what_is_whole() -> None:
    text = factiva_xml()
    reading = read(text[: text.index("<accessionNo>HARB000020240106")].encode(), read_factiva)
    assert reading.declared == 10
    assert [a.headline for a in reading.articles] == [s.headline for s in STORIES[:5]]


def test_xml_never_expands_entities() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    text = factiva_xml(STORIES[:1]).replace("<PPSResponse>", bomb + "<PPSResponse>")
    text = text.replace("two years late.", "two years late. &b;")
    assert "aaaa" not in read(text.encode(), read_factiva).articles[0].text


# ------------------------------------------------------------------ a folder of exports


def test_a_folder_of_exports_is_read_and_reconciled(tmp_path: Path) -> None:
    names = ["nexis_old.txt", "nexis_new.docx", "nexis_new.pdf", "factiva.xml", "europresse.html"]
    names += ["proquest.xls", "factiva_ko.rtf"]
    for name in names:
        (tmp_path / name).write_bytes(FILES[name][0])
    (tmp_path / "plain.txt").write_text(NEWS, "utf-8")
    articles = read_articles(tmp_path)
    assert len(articles) == 10 * len(names) + 1
    account = articles.report.reconciliation().frame
    assert account["path"].tolist() == sorted(names)
    assert account["parsed"].tolist() == [10] * len(names)
    assert not any("CK-182" in code for code in articles.report.frame["code"])
    fourth = next(one for one in articles if one.id == "nexis_old.txt#4")
    assert fourth.notes[0].startswith("CK-305: a correction is appended")


# ------------------------------------------------------------------ damage


@pytest.mark.parametrize("database", READERS)
def test_damaged_exports_give_articles_or_a_reason(database: str) -> None:
    """Damage at random; `python tests/fuzz_exports.py 60` does the same for a minute each."""
    chance = random.Random(7)
    whole = seeds()[database]
    for number in range(60):
        one(database, damaged(whole[number % len(whole)], chance), Options())
