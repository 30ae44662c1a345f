"""The invented result set as Factiva exports it."""

from __future__ import annotations

from html import escape
from xml.sax.saxutils import escape as xml_escape

from exports import STORIES, Story, date, words

WORDS = {"en": "words", "de": "Wörter", "fr": "mots", "zh": "字", "ko": "단어"}
NAMES = {"en": "English", "de": "Englisch", "fr": "Anglais", "zh": "英文", "ko": "영어"}
NUMBER = {"en": "Document", "de": "Dokument", "fr": "Document", "zh": "文件", "ko": "문서"}


def accession(number: int) -> str:
    """Return the number of a document of Factiva."""
    return f"HARB0000{20240100 + number}ek1b{number:05d}"


def factiva_page(language: str = "en", stories: tuple[Story, ...] = STORIES) -> str:
    """Return a page with field codes, as Factiva saves it in one of its languages."""
    out = [_PAGE.format(title="Factiva")]
    for number, story in enumerate(stories, 1):
        rows = [
            ("SE", story.section),
            ("HD", f"<b class='enHeadline'>{escape(story.headline)}</b>"),
        ]
        rows += [("BY", escape(story.byline))] if story.byline else []
        rows += [("WC", f"{words(story)} {WORDS[language]}"), ("PD", date(story, language))]
        rows += [("ET", "09:20"), ("SN", escape(story.outlet)), ("SC", "HARB"), ("PG", "3")]
        rows += [("LA", NAMES[language]), ("CY", f"(c) 2024 {escape(story.outlet)} Ltd")]
        rows += [("CX", story.correction)] if story.correction else []
        rows += [("LP", _articles(story.paragraphs[:1])), ("TD", _articles(story.paragraphs[1:]))]
        rows += [("ART", story.caption)] if story.caption else []
        rows += [("NS", "gtrans : Transport | gcat : Political/General News")]
        rows += [("PUB", "Arden Press Ltd"), ("AN", f"{NUMBER[language]} {accession(number)}")]
        cells = "".join(
            f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{value}</td></tr>\n"
            for code, value in rows
            if value
        )
        out.append(f'<div class="article enArticle"><table>{cells}</table><br/></div><br/>')
    return "".join([*out, "</body></html>"])


def factiva_articles(language: str = "en", stories: tuple[Story, ...] = STORIES) -> str:
    """Return a page in article format, without codes."""
    out = [_PAGE.format(title="Factiva")]
    for number, story in enumerate(stories, 1):
        lines = [f"{words(story)} {WORDS[language]}", date(story, language), "09:20"]
        lines += [escape(story.outlet), "HARB", "3", NAMES[language], "(c) 2024 Arden Press Ltd"]
        out.append(
            f'<div id="article-{accession(number)}" class="article"><div class="article enArticle">'
            f'<p>\n</p><div>{story.section}</div><div id="hd"><span class="enHeadline">'
            f"{escape(story.headline)}</span>\n</div>"
            + (f'<div class="author">{escape(story.byline)} </div>' if story.byline else "")
            + "".join(f"<div>{line}</div>" for line in lines)
            + f"\n<p></p>\n{_articles(story.paragraphs)}<p>Arden Press Ltd</p>"
            f"<p>{NUMBER[language]} {accession(number)}</p></div></div><br><span></span>"
        )
    return "".join([*out, "</body></html>"])


def factiva_xml(stories: tuple[Story, ...] = STORIES) -> str:
    """Return the XML of Factiva."""
    out = [
        '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse>'
        '<ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0">'
        f'<ppsarticleResultSet count="{len(stories)}">'
    ]
    for number, story in enumerate(stories, 1):
        lead, *tail = (f"<paragraph>{xml_escape(text)}</paragraph>" for text in story.paragraphs)
        fields = {
            "accessionNo": accession(number),
            "baseLanguage": "EN",
            "headline": f"<paragraph>{xml_escape(story.headline)}</paragraph>",
            "byline": xml_escape(story.byline),
            "leadParagraph": lead,
            "publicationDate": f"<dateTime>{story.day}T09:20:00Z</dateTime>",
            "sectionName": story.section,
            "sourceName": xml_escape(story.outlet),
            "corrections": story.correction,
            "art": story.caption,
            "tailParagraphs": "".join(tail),
            "wordCount": str(words(story)),
        }
        inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields.items() if text)
        out.append(f"<ppsarticle><article>{inner}</article></ppsarticle>\n")
    return "".join([*out, "</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"])


def factiva_lines(
    language: str = "en", stories: tuple[Story, ...] = STORIES, *, section: bool = False
) -> list[str]:
    """Return the paragraphs of a Rich Text or text file in article format."""
    out: list[str] = []
    for number, story in enumerate(stories, 1):
        out += [story.section] if section else []
        out += [story.headline, *([story.byline] if story.byline else [])]
        out += [f"{words(story)} {WORDS[language]}", date(story, language), "09:20"]
        out += [story.outlet, "HARB", "3", NAMES[language], f"(c) 2024 {story.outlet} Ltd", ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += ["Arden Press Ltd", "", f"{NUMBER[language]} {accession(number)}", "", ""]
    return [*out, "© 2024 Factiva, Inc. All rights reserved."]


FACTIVA_LABELS = {
    "en": "Headline Byline Word~count Publication~date Source~name Language Lead~paragraph Text",
    "de": "Überschrift Verfasser Wörterzahl Datum Quelle Sprache Vorspann Volltext",
    "fr": "Titre Auteur Nombre~de~mots Date~de~publication Nom~de~la~source Langue Chapeau Texte",
    "zh": "标题 作者 字数 出版日期 来源名称 语言 导语 正文",
    "ko": "제목 저자 단어~수 게시일 출처명 언어 리드 본문",
}


def factiva_named(language: str, stories: tuple[Story, ...] = STORIES) -> list[str]:
    """Return lines with the fields named in a language of the interface."""
    names = [name.replace("~", " ") for name in FACTIVA_LABELS[language].split()]
    out: list[str] = []
    for number, story in enumerate(stories, 1):
        values = [story.headline, story.byline, f"{words(story)} {WORDS[language]}"]
        values += [date(story, language), story.outlet, NAMES[language], story.paragraphs[0]]
        pairs = zip(names[:7], values, strict=True)
        out += [f"{name}: {value}" for name, value in pairs if value]
        out += [f"{names[7]}:", *story.paragraphs[1:]] if story.paragraphs[1:] else []
        out += [f"{NUMBER[language]} {accession(number)}", ""]
    return out


def factiva_codes(stories: tuple[Story, ...] = STORIES, gap: str = "\n") -> str:
    """Return a text with field codes, each above its value or (`gap`) before it."""
    out = []
    for number, story in enumerate(stories, 1):
        rows = [("SE", story.section), ("HD", story.headline), ("BY", story.byline)]
        rows += [("WC", f"{words(story)} words"), ("PD", date(story)), ("ET", "09:20")]
        rows += [("SN", story.outlet), ("SC", "HARB"), ("LA", "English"), ("CY", "(c) 2024 X")]
        rows += [("LP", story.paragraphs[0]), ("TD", "\n\n".join(story.paragraphs[1:]))]
        rows += [("ART", story.caption), ("CX", story.correction), ("NS", "gcat : News")]
        rows += [("AN", f"Document {accession(number)}")]
        out.append("\n".join(f"{code}{gap}{value}" for code, value in rows if value) + "\n\n\f")
    return "".join(out)


_PAGE = (
    '<html><head>\n\t<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>\n'
    "\t<title>{title}</title><style>body{{margin:0}}</style></head><body>"
)


def _articles(paragraphs: tuple[str, ...]) -> str:
    """Return paragraphs with the class that Factiva gives them."""
    mark = '<p class="articleParagraph enarticleParagraph">'
    return "".join(f"{mark}{escape(text)}</p>\n" for text in paragraphs)
