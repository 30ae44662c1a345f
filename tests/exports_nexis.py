"""The invented result set as Nexis and LexisNexis export it."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from exports import STORIES, Story, date, words

# Nexis, old layout


def nexis_old(stories: tuple[Story, ...] = STORIES, width: int = 50) -> str:
    """Return a text as nexis.com exported it: centred lines, labels in capitals."""
    total = len(stories)
    out = [f"\n\nDownload Request: Selected Items: 1-{total}\nTerms: (harbour or bridge)\n\n\n"]
    for number, story in enumerate(stories, 1):
        out.append(f"{number} of {total} DOCUMENTS".center(78).rstrip() + "\n\n\n\n")
        out.append(story.outlet.center(78).rstrip() + "\n\n")
        below = "\nCorrection Appended".center(78).rstrip() if story.correction else ""
        day = f"{date(story, month_first=True)} Monday".center(78).rstrip()
        out.append(f"{day}\n{'Late Edition'.center(78).rstrip()}{below}\n\n")
        out.append(_wrapped(story.headline, width) + "\n\n")
        out += [f"BYLINE: {story.byline}\n\n"] if story.byline else []
        out.append(f"SECTION: {story.section}; Pg. 3\n\nLENGTH: {words(story)} words\n\n")
        out += [_wrapped(paragraph, width) + "\n\n" for paragraph in story.paragraphs]
        out.append("LOAD-DATE: June 1, 2024\n\nLANGUAGE: ENGLISH\n\n")
        if story.correction:
            out.append(f"CORRECTION-DATE: June 2, 2024\n\nCORRECTION:\n\n{story.correction}\n\n")
        out += [f"GRAPHIC: {_wrapped(story.caption, width)}\n\n"] if story.caption else []
        out.append("PUBLICATION-TYPE: Newspaper\n\n\n")
        out.append(f"Copyright 2024 {story.outlet} Ltd".center(78).rstrip() + "\n")
        out.append("All Rights Reserved".center(78).rstrip() + "\n\n")
    return "".join(out)


def lexisnexis_page(stories: tuple[Story, ...] = STORIES) -> str:
    """Return a page as LexisNexis Academic exported it."""
    out = [
        '<HTML><HEAD><STYLE TYPE="text/css"><!--\n.c0 { text-align: center; }\n--></STYLE>\n'
        f'<META TOPIC="x" DOCUMENTS="{len(stories)}" UPDATED="x"></HEAD><BODY>\n'
    ]
    for number, story in enumerate(stories, 1):
        out.append("<!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n")
        month, _, rest = date(story, month_first=True).partition(" ")
        lines = [
            f"{number} of {len(stories)} DOCUMENTS",
            escape(story.outlet),
            f"{month}</SPAN><SPAN CLASS='c2'> {rest}, Monday, Late Edition"
            + ("<BR>Correction Appended" if story.correction else ""),
            escape(story.headline),
            *([f"BYLINE: </SPAN><SPAN>{escape(story.byline)}"] if story.byline else []),
            f"SECTION: </SPAN><SPAN>{story.section}",
            f"LENGTH: </SPAN><SPAN>{words(story)} words",
        ]
        out += [f'<BR><DIV CLASS="c0"><P><SPAN>{line}</SPAN></P>\n</DIV>\n' for line in lines]
        inner = "".join(f"<P><SPAN>{escape(p)}</SPAN></P>\n" for p in story.paragraphs)
        out.append(f'<BR><DIV CLASS="c5">{inner}</DIV>\n')
        foot = ["LOAD-DATE: </SPAN><SPAN>June 1, 2024", "LANGUAGE: </SPAN><SPAN>ENGLISH"]
        if story.correction:
            foot.append(f"CORRECTION:<BR></SPAN></P>\n<P><SPAN>{story.correction}")
        foot += [f"GRAPHIC: </SPAN><SPAN>{story.caption}"] if story.caption else []
        foot.append("Copyright 2024 Arden Press<BR>All Rights Reserved")
        out += [f'<BR><DIV CLASS="c5"><P><SPAN>{line}</SPAN></P>\n</DIV>\n' for line in foot]
        out.append("<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n")
    return "".join([*out, "</BODY></HTML>"])


# Nexis, newer layout


def nexis_lines(stories: tuple[Story, ...] = STORIES, *, cover: bool = True) -> list[str]:
    """Return the paragraphs of an export of Nexis Uni, empty ones included."""
    out: list[str] = []
    if cover:
        out += ["Date and Time: Friday, 5. July 2024 09:31:00 CEST", "Job Number: 00000001"]
        out += [f"Documents ({len(stories)})"]
        for number, story in enumerate(stories, 1):
            out += [f"{number}. {story.headline}", "Client/Matter: -None-", "Search Terms: harbour"]
            out += ["Search Type: Terms and Connectors", "Narrowed by: ", "", "News", ""]
        out += ["", ""]
    for story in stories:
        out += [
            "",
            story.headline,
            story.outlet,
            f"{date(story, month_first=True)} Monday 9:20 AM GMT",
        ]
        out += ["Correction Appended"] if story.correction else []
        out += ["", f"Copyright 2024 {story.outlet} Ltd All Rights Reserved", ""]
        out += [f"Section:\xa0{story.section}; Version:2", f"Length:\xa0{words(story)} words"]
        out += [f"Byline:\xa0{story.byline}"] if story.byline else []
        out += ["Body", "", ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        out += ["Correction", "", story.correction, ""] if story.correction else []
        out += ["Graphic", "", story.caption, ""] if story.caption else []
        out += ["Classification", "", "", "Language:\xa0ENGLISH", ""]
        out += ["Publication-Type:\xa0Newspaper", "", "Subject:\xa0HARBOURS (89%); SHIPS (74%)", ""]
        out += ["Load-Date:\xa0June 1, 2024", "", "End of Document", "", ""]
    return out


def _moment(story: Story) -> str:
    """Return day and time as the newer layout writes them."""
    return f"{date(story, month_first=True)} Monday 9:20 AM GMT"


def _wrapped(text: str, width: int) -> str:
    """Return a text in lines of at most `width` characters."""
    return "\n".join(wrap(text, width))
