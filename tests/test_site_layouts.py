"""Labelled pages: the article of each layout is found, and none where there is none."""

# ruff: noqa: E501 (markup is read in long lines)

from __future__ import annotations

import re
from collections import Counter

import pytest
from site_layouts import LAYOUTS, NO_ARTICLE, PEOPLE, Story, labelled, story

from corpuskit.reading.article import Article, Options, Reading
from corpuskit.reading.cleaning.clean import recleaned, undone
from corpuskit.reading.findings.told import Skipped
from corpuskit.reading.web.page import read_web

BAR = 0.95


def read(page: str) -> Reading:
    return read_web(page.encode(), Options())


def tokens(paragraphs: list[str]) -> Counter[str]:
    return Counter(re.findall(r"\w+|[^\w\s]", "\n".join(paragraphs)))


def agreement(pages: list[tuple[Article, Story]]) -> float:
    """Return F1 of the tokens of the bodies against the true articles, all pages together."""
    found = sum((tokens(article.paragraphs) for article, _ in pages), Counter[str]())
    same = sum((tokens(a.paragraphs) & tokens(s.body) for a, s in pages), Counter[str]())
    true = sum((tokens(s.body) for _, s in pages), Counter[str]())
    return 2 * same.total() / (found.total() + true.total())


@pytest.fixture(scope="module", params=list(LAYOUTS))
def pages(request: pytest.FixtureRequest) -> list[tuple[Article, Story]]:
    """Return the articles that are read from the pages of a layout, and the true ones."""
    return [(read(page).articles[0], true) for page, true in labelled(request.param)]


def test_the_article_is_found(pages: list[tuple[Article, Story]]) -> None:
    assert agreement(pages) >= BAR
    assert all(agreement([page]) >= 0.9 for page in pages)


def test_fields_are_what_the_page_states(pages: list[tuple[Article, Story]]) -> None:
    for article, true in pages:
        assert article.headline == true.headline
        assert article.byline in ("", true.byline)
        assert article.date in ("", true.date[:10])
        assert article.section in ("", true.section)
        if article.url:
            assert article.url == f"https://courier.example/{true.number}"
            assert (article.byline, article.published) == (true.byline, true.date[:16] + "+01:00")
            assert article.section == true.section
            assert article.extra["site"]


def test_text_is_all_zones_and_cuts(pages: list[tuple[Article, Story]]) -> None:
    for article, _ in pages:
        covered = sorted((one.start, one.end) for one in (*article.zones, *article.cuts))
        at = 0
        for start, end in covered:
            assert at <= start < end
            assert article.text[at:start].strip() == ""
            at = end
        assert article.text[at:].strip() == ""


def test_most_layouts_state_their_fields() -> None:
    stated = [name for name in LAYOUTS if read(labelled(name)[0][0]).articles[0].url]
    assert sorted(set(LAYOUTS) - set(stated)) == ["agency", "tables"]


@pytest.mark.parametrize("layout", ["newspaper", "broadcaster", "tabloid", "amp", "magazine"])
def test_captions_are_kept_apart(layout: str) -> None:
    page, true = labelled(layout)[1]
    article = read(page).articles[0]
    assert true.caption not in "\n".join(article.paragraphs)
    [caption] = [zone for zone in article.zones if zone.name == "caption"]
    assert article.text[caption.start : caption.end] == true.caption
    assert recleaned(undone(article), True) == article
    assert [zone for zone in recleaned(article, False).zones if zone.name == "caption"] == [caption]


def test_correction_is_kept_apart() -> None:
    article = read(labelled("magazine")[0][0]).articles[0]
    [zone] = [zone for zone in article.zones if zone.name == "correction"]
    assert article.text[zone.start : zone.end].startswith("Correction: an earlier version")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_article_of_two_paragraphs_is_found(layout: str) -> None:
    make, kinds = LAYOUTS[layout]
    true = story(900, kinds)
    true.blocks = true.blocks[:2]
    assert agreement([(read(make(true)).articles[0], true)]) >= BAR


def test_wall_is_told() -> None:
    notes = {name: [f.code for f in read(labelled(name)[0][0]).findings] for name in LAYOUTS}
    assert "CK-174" in notes.pop("paywall")
    assert not any("CK-174" in codes for codes in notes.values())


@pytest.mark.parametrize("make", NO_ARTICLE.values(), ids=NO_ARTICLE.keys())
def test_page_without_an_article_is_reported(make: object) -> None:
    with pytest.raises(Skipped, match=r"^CK-141: no article text found\. "):
        read(make())  # type: ignore[operator]


def test_short_article_is_not_taken_for_an_error_page() -> None:
    true = story(917)
    true.blocks = [
        ("p", "Police said that the weapon was not found, although divers searched for two days."),
        ("p", "Access to the quay remains denied."),
    ]
    page = LAYOUTS["newspaper"][0](true)
    assert read(page).articles[0].paragraphs == true.body


def test_article_in_a_script_without_full_stops_is_no_list_of_teasers() -> None:
    true = story(918)
    true.blocks = [
        ("p", f"นายกรัฐมนตรีกล่าวว่ารัฐบาลจะดำเนินการตามแผนที่วางไว้ภายในปีนี้ {i}") for i in range(6)
    ]
    assert read(LAYOUTS["newspaper"][0](true)).articles[0].paragraphs == true.body


def test_running_report_in_many_article_elements() -> None:
    posts = [story(300 + i).body[0] for i in range(8)]
    body = "".join(
        f"<article><h2>Update {i}</h2><p>{text}</p></article>" for i, text in enumerate(posts)
    )
    declared = '<meta property="og:type" content="article">'
    page = f"<html><head><title>Live</title>{declared}</head><body><main><h1>Live</h1>{body}</main></body></html>"
    assert set(posts) <= set(read(page).articles[0].paragraphs)
    with pytest.raises(Skipped, match=r"^CK-141"):
        read(page.replace(declared, ""))


def test_text_that_is_stated_for_machines_alone() -> None:
    body = "\\n".join(story(3).body[:3])
    data = (
        f'{{"@graph": [{{"@type": "NewsArticle", "headline": "A desk", "articleBody": "{body}"}}]}}'
    )
    page = f'<html><head><title>A desk</title><script type="application/ld+json">{data}</script></head><body><div id="root"></div></body></html>'
    reading = read(page)
    assert reading.articles[0].paragraphs == story(3).body[:3]
    assert [found.code for found in reading.findings] == ["CK-176"]


def test_lists_and_tables_hold_no_marks_of_layout() -> None:
    true = story(41, "plt")
    paragraphs = read(LAYOUTS["weblog"][0](true)).articles[0].paragraphs
    assert set(true.body) <= set(paragraphs)
    assert PEOPLE  # the words of the items themselves
    assert not any(text.startswith(("- ", "| ")) for text in paragraphs)
