"""Ten layouts of news sites with invented articles: pages whose true article is known."""

# ruff: noqa: E501 (markup is read in long lines)

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field

PEOPLE = [
    "Ada Brenning",
    "Tomas Ilk",
    "Ruth Sandoval",
    "Per Okafor",
    "Mina Castell",
    "Ivo Harrow",
    "Lena Quist",
]
PLACES = [
    "Northwick",
    "Port Elden",
    "Saltmere",
    "the Harbour Ward",
    "Oakridge",
    "Lower Tarn",
    "Veld Street",
]
BODIES = (
    "the water board|the town council|the ferry company|the school union|a citizens' panel|the "
)
BODIES = (BODIES + "audit office|the dock workers|the regional court").split("|")
THINGS = (
    "the new ferry timetable|a plan for the old harbour|the price of water|a bridge over the Tarn|"
)
THINGS = (
    THINGS + "the night train|a tax on empty houses|the repair of the dam|a second school"
).split("|")
VERBS = [
    "rejected",
    "welcomed",
    "postponed",
    "questioned",
    "approved",
    "put to a vote",
    "sent back",
    "defended",
]
TIMES = [
    "on Tuesday",
    "late on Friday",
    "last month",
    "after a long night",
    "for the second time",
    "in May",
]
REASONS = [
    "because the costs had not been made public",
    "although nobody had asked for it",
    "while hundreds of people waited outside",
    "after an engineer had warned of cracks",
    "as had been expected for weeks",
    "which surprised even its own members",
    "and it will not be the last word",
]
QUOTES = [
    "We have heard this promise before",
    "Nobody here believes the numbers any more",
    "It is a start and no more than that",
    "The harbour is not a museum",
    "I would rather wait than pay twice",
    "We read the report and then we read it again",
    "There is no money in the box",
]


@dataclass
class Story:
    """One invented article: what is to be found (`blocks`), and what stands around it."""

    headline: str
    byline: str
    date: str  # as ISO 8601 with offset
    section: str
    blocks: list[tuple[str, str]]  # kind (p, h2, quote, li, cell) and text
    caption: str
    comments: list[str]
    teasers: list[str]
    number: int = 0
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> list[str]:
        return [text for _, text in self.blocks]


def sentence(dice: random.Random) -> str:
    who, what = dice.choice(BODIES), dice.choice(THINGS)
    plain = f"{who} {dice.choice(VERBS)} {what} {dice.choice(TIMES)}"
    kinds = (
        f"{plain}, {dice.choice(REASONS)}.",
        f"“{dice.choice(QUOTES)},” said {dice.choice(PEOPLE)}, who speaks for {who} in {dice.choice(PLACES)}.",
        f"In {dice.choice(PLACES)}, {plain} by {dice.randint(5, 40)} votes to {dice.randint(1, 30)}.",
        f"{dice.choice(PEOPLE)} told reporters that {plain}.",
        f"About {dice.randint(2, 90)} per cent of the households in {dice.choice(PLACES)} are affected.",
    )
    text = dice.choice(kinds)
    return text[0].upper() + text[1:]


def paragraph(dice: random.Random, most: int = 4) -> str:
    return " ".join(sentence(dice) for _ in range(dice.randint(1, most)))


def story(number: int, kinds: str = "p") -> Story:
    """Return an invented article; `kinds` says what it holds beside paragraphs (h, q, l, t)."""
    dice = random.Random(number)
    blocks = [("p", paragraph(dice)) for _ in range(dice.randint(5, 12))]
    if "h" in kinds:
        blocks.insert(3, ("h2", f"What {dice.choice(PLACES)} can expect now"))
    if "q" in kinds:
        blocks.insert(2, ("quote", f"{dice.choice(QUOTES)}. {sentence(dice)}"))
    if "l" in kinds:
        blocks[4:4] = [("li", sentence(dice)) for _ in range(3)]
    if "t" in kinds:
        blocks[5:5] = [("cell", f"{place} {dice.randint(10, 99)}") for place in PLACES[:4]]
    what = dice.choice(THINGS).removeprefix("the ").removeprefix("a ")
    place = dice.choice(PLACES)
    return Story(
        headline=f"{place[0].upper()}{place[1:]} argues about {what} once more",
        byline=dice.choice(PEOPLE),
        date=f"2026-0{dice.randint(1, 9)}-{dice.randint(10, 28)}T0{dice.randint(1, 9)}:15:00+01:00",
        section=dice.choice(["Politics", "Region", "Economy"]),
        blocks=blocks,
        caption=f"A view of {dice.choice(PLACES)} in winter. Photo: {dice.choice(PEOPLE)}/Archive",
        comments=[paragraph(random.Random(1000 * number + i), 3) for i in range(5)],
        teasers=[f"{dice.choice(BODIES).capitalize()} and {dice.choice(THINGS)}" for _ in range(8)],
        number=number,
    )


def markup(blocks: list[tuple[str, str]], p: str = "<p>{}</p>") -> list[str]:
    """Return the blocks as pieces of markup; items and cells that follow each other as one."""
    pieces: list[str] = []
    before = ""
    for kind, text in blocks:
        if kind == "li":
            made = f"<li>{text}</li>"
        elif kind == "cell":
            name, _, value = text.rpartition(" ")
            made = f"<tr><td>{name}</td><td>{value}</td></tr>"
        else:
            made = {"h2": "<h2>{}</h2>", "quote": "<blockquote><p>{}</p></blockquote>"}.get(
                kind, p
            ).format(text)
        if kind == before and kind in ("li", "cell"):
            pieces[-1] += made
        else:
            pieces.append(made)
        before = kind
    wrapped = []
    for piece in pieces:
        if piece.startswith("<li>"):
            piece = f"<ul>{piece}</ul>"
        elif piece.startswith("<tr>"):
            piece = f"<table><tbody>{piece}</tbody></table>"
        wrapped.append(piece)
    return wrapped


MENU = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>'
    for name in (
        "Home",
        "Politics",
        "Region",
        "Economy",
        "Sport",
        "Culture",
        "Weather",
        "Shop",
        "Jobs",
    )
)
COOKIES = (
    '<div id="cookie-banner" role="dialog" class="consent"><h2>We value your privacy</h2><p>We and our '
    "143 partners store and access information on your device, such as cookies, to show you personal "
    "advertising. You can change your choice at any time.</p><button>Accept all</button>"
    "<button>Manage settings</button></div>"
)
SHARE = (
    '<div class="share-tools social"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">WhatsApp</a> '
    '<a href="#">Copy link</a></div>'
)
FOOTER = (
    '<footer class="site-footer"><ul>'
    + MENU
    + "</ul><p>© 2026 The Saltmere Courier. All rights reserved. "
    "Registered office: 4 Quay Road, Port Elden. Terms of use, privacy notice and imprint.</p></footer>"
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h3>Sign up for our newsletter</h3><p>The news of the day, every '
    'morning at six in your inbox. You can cancel at any time.</p><form><input type="email">'
    "<button>Sign up</button></form></div>"
)


def head(
    story: Story, *, jsonld: bool = True, meta: bool = True, site: str = "The Saltmere Courier"
) -> str:
    """Return the head of a page with what it states for machines."""
    pieces = ['<meta charset="utf-8">', f"<title>{story.headline} | {site}</title>"]
    if meta:
        pieces += [
            f'<meta property="og:title" content="{story.headline}">',
            f'<meta property="og:site_name" content="{site}">',
            f'<meta property="article:published_time" content="{story.date}">',
            f'<meta property="article:section" content="{story.section}">',
            f'<meta name="author" content="{story.byline}">',
            f'<meta name="description" content="{story.blocks[0][1][:80]}…">',
            f'<link rel="canonical" href="https://courier.example/{story.number}">',
        ]
    if jsonld:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "datePublished": story.date,
            "author": [{"@type": "Person", "name": story.byline}],
            "publisher": {"@type": "Organization", "name": site},
            "articleSection": story.section,
        }
        pieces.append(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    return (
        f"<head>{''.join(pieces)}<style>.a{{color:red}}</style><script>var ad = 1;</script></head>"
    )


def related(story: Story, tag: str = "aside") -> str:
    items = "".join(f'<li><a href="/{i}">{text}</a></li>' for i, text in enumerate(story.teasers))
    return f'<{tag} class="related"><h2>More on this</h2><ul>{items}</ul></{tag}>'


def newspaper(s: Story) -> str:
    pieces = markup(s.blocks)
    figure = f'<figure><img src="a.jpg" alt="view"><figcaption>{s.caption}</figcaption></figure>'
    return f"""<!DOCTYPE html><html lang="en">{head(s)}<body>{COOKIES}<header><nav><ul>{MENU}</ul></nav></header>
<main><article><header><p class="kicker">{s.section}</p><h1>{s.headline}</h1><p class="byline">By <a href="/a">{s.byline}</a>
</p><time datetime="{s.date}">29 January</time></header>{figure}<div class="article__body">{"".join(pieces)}</div>{SHARE}</article>
{related(s)}{NEWSLETTER}</main>{FOOTER}</body></html>"""


def broadcaster(s: Story) -> str:
    blocks = "".join(
        f'<div data-component="text-block" class="ssrcss-1">{piece}</div>'
        if i != 2
        else f'<div data-component="text-block">{piece}</div><div data-component="image-block"><figure><img src="b.jpg">'
        f'<span class="credit">Getty Images</span><figcaption>{s.caption}</figcaption></figure></div>'
        f'<div data-component="links-block"><h2>Related topics</h2><ul>'
        + "".join(f'<li><a href="/{t}">{t}</a></li>' for t in s.teasers[:3])
        + "</ul></div>"
        for i, piece in enumerate(markup(s.blocks))
    )
    return f"""<!DOCTYPE html><html lang="en-GB">{head(s, site="Elden Broadcasting")}<body><div id="root"><header role="banner"><nav>
<ul>{MENU}</ul></nav></header><main id="main-content"><article><div data-component="headline-block"><h1>{s.headline}</h1></div>
<div data-component="byline-block">{s.byline}<span>Political correspondent</span></div>{blocks}</article>
<div data-component="most-read"><h2>Most read</h2><ol>{"".join(f"<li><a href='/m'>{t}</a></li>" for t in s.teasers)}</ol></div></main>
{FOOTER}</div></body></html>"""


def tabloid(s: Story) -> str:
    pieces = markup(s.blocks)
    for at in (5, 3, 1):
        pieces.insert(
            at,
            f'<p class="read-more"><strong>Read more: <a href="/x">{s.teasers[at]}</a></strong></p>',
        )
    pieces.insert(4, '<div class="ad-slot"><span>Advertisement</span></div>')
    comments = "".join(
        f'<li class="comment"><div class="comment-author">reader{i}</div><div class="comment-body"><p>{text}</p></div>'
        '<a href="#">Reply</a></li>'
        for i, text in enumerate(s.comments)
    )
    return f"""<!DOCTYPE html><html>{head(s, jsonld=False, site="Daily Gull")}<body class="article-page"><div class="top-nav"><ul>{MENU}</ul></div>
<div id="content"><h1>{s.headline}</h1><div class="meta">By {s.byline} | 5 comments</div>{SHARE}<div class="article-body" itemprop="articleBody">
<div class="image-wrap"><img src="c.jpg"><p class="imageCaption">{s.caption}</p></div>{"".join(pieces)}</div>{SHARE}
<div id="comments" class="comments-area"><h2>Comments (5)</h2><ul>{comments}</ul></div>
<div class="sidebar"><h3>Don't miss</h3>{related(s, "div")}</div></div>{FOOTER}</body></html>"""


def paywall(s: Story) -> str:
    return f"""<!DOCTYPE html><html lang="en">{head(s, site="Tarn Financial")}<body><nav><ul>{MENU}</ul></nav><article class="premium">
<h1>{s.headline}</h1><p class="standfirst"></p><div class="author">{s.byline}</div><div class="body-text teaser">{"".join(markup(s.blocks))}</div>
<div class="paywall barrier" id="paywall"><h2>Subscribe to continue reading</h2><p>This article is for subscribers only. Choose your
subscription: Digital, 4 weeks for €1, then €12 a month. Cancel at any time.</p><a href="/sub">Subscribe now</a><p>Already a subscriber?
<a href="/in">Log in</a></p></div></article>{related(s)}{FOOTER}</body></html>"""


def amp(s: Story) -> str:
    return f"""<!doctype html><html ⚡ lang="en">{head(s)}<body><amp-sidebar id="menu" layout="nodisplay"><ul>{MENU}</ul></amp-sidebar>
<header class="amp-header"><a href="/">Courier</a></header><article class="amp-article"><h1 class="amp-title">{s.headline}</h1>
<div class="amp-byline">{s.byline}</div><amp-img src="d.jpg" width="600" height="400"></amp-img><p class="amp-caption">{s.caption}</p>
<div class="amp-content">{"<amp-ad width=300 height=250></amp-ad>".join(markup(s.blocks))}</div>
<amp-social-share type="twitter"></amp-social-share></article><amp-consent id="c"><div>We use cookies to improve your experience on our
pages. <button>Accept</button></div></amp-consent><section class="amp-related"><h2>More stories</h2>
{"".join(f"<a href='/r'>{t}</a>" for t in s.teasers)}</section><footer>© 2026 Courier</footer></body></html>"""


def agency(s: Story) -> str:
    text = "<br><br>\n".join(s.body)
    return f"""<html>{head(s, jsonld=False, meta=False, site="Quay Wire")}<body><div id="nav">{"".join(f"<a href='/{i}'>Topic {i}</a> | " for i in range(9))}</div>
<h1>{s.headline}</h1><div class="dateline">PORT ELDEN (QW) - {s.date[:10]}</div><div class="story-text">{text}</div>
<div class="copyright">Copyright 2026 Quay Wire. Unauthorised distribution is prohibited.</div></body></html>"""


def weblog(s: Story) -> str:
    comments = "".join(
        f'<li class="comment"><div class="comment-meta">reader{i} says:</div><div class="comment-content"><p>{text}</p></div></li>'
        for i, text in enumerate(s.comments)
    )
    return f"""<!DOCTYPE html><html lang="en">{head(s, site="Tarn Notes")}<body class="single-post"><div id="page"><header id="masthead"><h2 class="site-title">Tarn Notes</h2>
<nav class="main-navigation"><ul>{MENU}</ul></nav></header><div id="primary"><main id="main"><article class="post hentry"><header class="entry-header">
<h1 class="entry-title">{s.headline}</h1><div class="entry-meta">Posted on <time class="entry-date published" datetime="{s.date}">then</time> by
<span class="author vcard">{s.byline}</span></div></header><div class="entry-content">{"".join(markup(s.blocks))}<div class="sharedaddy">
<h3 class="sd-title">Share this:</h3><ul><li><a href="#">Tweet</a></li><li><a href="#">Email</a></li></ul></div></div><footer class="entry-footer">
<span class="tags-links">Tagged <a href="#">harbour</a>, <a href="#">ferry</a></span></footer></article><div class="author-bio"><h3>About {s.byline}</h3>
<p>{s.byline} writes about towns and water and lives with two cats.</p></div><nav class="post-navigation"><a href="/p">Previous: The dam</a>
<a href="/n">Next: The bridge</a></nav><div id="comments" class="comments-area"><h2>5 thoughts on “{s.headline}”</h2><ol class="comment-list">{comments}</ol></div>
</main></div><div id="secondary" class="widget-area"><section class="widget"><h2>Recent posts</h2><ul>{"".join(f"<li><a href='/r'>{t}</a></li>" for t in s.teasers)}</ul></section></div></div>
{FOOTER}</body></html>"""


def tables(s: Story) -> str:
    paragraphs = "".join(markup(s.blocks, '<p><font face="Arial" size="2">{}</font></p>'))
    links = "".join(
        f'<tr><td><a href="/{i}"><font size="1">{t}</font></a></td></tr>'
        for i, t in enumerate(s.teasers)
    )
    return f"""<HTML><HEAD><TITLE>{s.headline}</TITLE></HEAD><BODY bgcolor="#ffffff"><table width="780" cellpadding="0"><tr><td colspan="2">
<img src="logo.gif"></td></tr><tr><td width="150" valign="top"><table>{links}</table></td><td valign="top"><h1><font face="Arial" size="5">{s.headline}</font></h1>
<font size="1">{s.byline}, {s.date[:10]}</font>{paragraphs}</td></tr><tr><td colspan="2"><font size="1">Copyright The Oakridge Bulletin. Contact the webmaster.</font></td></tr>
</table></BODY></HTML>"""


def magazine(s: Story) -> str:
    pieces = markup(s.blocks)
    pieces.insert(3, f'<aside class="pullquote"><p>{QUOTES[s.number % 7]}</p></aside>')
    pieces.insert(
        5,
        f'<figure class="wide"><img src="e.jpg"><figcaption><span class="caption">{s.caption}</span></figcaption></figure>',
    )
    pieces.insert(6, NEWSLETTER)
    body = "".join(
        f'<section class="sc-{i}"><div class="grid"><div class="column">{piece}</div></div></section>'
        for i, piece in enumerate(pieces)
    )
    return f"""<!DOCTYPE html><html lang="en">{head(s, site="The Long Quay")}<body>{COOKIES}<nav><ul>{MENU}</ul></nav><main><article><header class="hero">
<h1>{s.headline}</h1><address>By {s.byline}</address></header>{body}<section class="corrections"><p class="correction">Correction: an earlier version of this article
misstated the number of votes.</p></section></article></main>{related(s, "section")}{FOOTER}</body></html>"""


def application(s: Story) -> str:
    pieces = markup(s.blocks, '<div class="paragraph" data-testid="paragraph">{}</div>')
    state = json.dumps({"props": {"id": s.number, "related": s.teasers}})
    return f"""<!DOCTYPE html><html lang="en">{head(s, site="Harbour Now")}<body><div id="__next"><div role="navigation"><ul>{MENU}</ul></div>
<div class="Page_page__x1"><div itemscope itemtype="https://schema.org/NewsArticle"><div class="Headline_h__2"><h1 itemprop="headline">{s.headline}</h1></div>
<div class="Byline_b__3">{s.byline}</div><div class="Body_b__9" itemprop="articleBody">{"".join(pieces)}</div></div>
<div class="Trending_t__4"><h3>Trending</h3>{"".join(f"<div><a href='/t'>{t}</a></div>" for t in s.teasers)}</div></div>{FOOTER}</div>
<script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>"""


# name: how a page is made, and what its articles hold beside paragraphs
LAYOUTS: dict[str, tuple[Callable[[Story], str], str]] = {
    "newspaper": (newspaper, "ph"),
    "broadcaster": (broadcaster, "phl"),
    "tabloid": (tabloid, "pq"),
    "paywall": (paywall, "p"),
    "amp": (amp, "pq"),
    "agency": (agency, "p"),
    "weblog": (weblog, "phql"),
    "tables": (tables, "p"),
    "magazine": (magazine, "phqt"),
    "application": (application, "phl"),
}
EACH = 5  # articles of each layout


def labelled(layout: str) -> list[tuple[str, Story]]:
    """Return the pages of a layout with their true articles."""
    make, kinds = LAYOUTS[layout]
    first = 100 * list(LAYOUTS).index(layout)
    stories = [story(first + i, kinds) for i in range(EACH)]
    if layout == "paywall":
        for one in stories:
            one.blocks = one.blocks[:3]
    return [(make(one), one) for one in stories]


def _front() -> str:
    s = story(7)
    cards = "".join(
        f'<article class="card"><a href="/{i}"><h3>{t}</h3></a><p>{story(i + 50).blocks[0][1][:90]}…</p><span>{i} min read</span></article>'
        for i, t in enumerate(s.teasers + s.teasers)
    )
    return f'<!DOCTYPE html><html lang="en"><head><title>Politics | Courier</title></head><body>{COOKIES}<nav><ul>{MENU}</ul></nav><main><h1>Politics</h1>{cards}</main>{FOOTER}</body></html>'


def _search() -> str:
    hits = "".join(
        f'<div class="result"><a href="/{i}">{t}</a><span>2026</span></div>'
        for i, t in enumerate(story(8).teasers * 3)
    )
    return f'<html><head><title>Search</title></head><body><nav><ul>{MENU}</ul></nav><form><input name="q"></form><h1>24 results for ferry</h1>{hits}{FOOTER}</body></html>'


def _login() -> str:
    return f"<html><head><title>Log in</title></head><body><nav><ul>{MENU}</ul></nav><main><h1>Log in</h1><form><label>Email</label><input><label>Password</label><input><button>Log in</button></form><a href='/f'>Forgot password?</a></main>{FOOTER}</body></html>"


def _missing() -> str:
    return f"<html><head><title>404</title></head><body><nav><ul>{MENU}</ul></nav><main><h1>Page not found</h1><p>Sorry, this page does not exist.</p></main>{FOOTER}</body></html>"


def _consent() -> str:
    return f"<html><head><title>Consent</title></head><body>{COOKIES}</body></html>"


def _script() -> str:
    return '<html><head><title>Courier</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="a.js"></script></body></html>'


NO_ARTICLE: dict[str, Callable[[], str]] = {
    "section front": _front,
    "search results": _search,
    "log in": _login,
    "not found": _missing,
    "cookie wall": _consent,
    "only a script": _script,
}
