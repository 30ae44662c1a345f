"""Texts for property tests: what news copy and its encodings do to words."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    "partner",
    "partnership",
    "part\u00adner",
    "Partner’s",
    "don’t",
    "don't",
    "U.S.",
    "U.S.-led",
    "1,234.56",
    "3.5",
    "India-EU",
    "counter‑piracy",
    "IFC-IOR",
    "https://example.org/a?b=c",
    "x.y@example.org",
    "#tag",
    "@name",
    "é",
    "e\u0301tude",
    "İstanbul",
    "ﬁne",
    "Straße",
    "ΣΑΣ",
    "zero\u200bwidth",
    "great",
    "terrible",
    "not",
    "AT&T",
    "$5",
    "50%",
    "नमस्ते",
    "中文",
    "a",
    "b",
    "No.",
    "Mr.",
]
MARKS = [
    ".",
    ",",
    "…",
    "...",
    "–",
    "—",
    "--",
    "“",
    "”",
    "‘",
    "’",
    '"',
    "'",
    "(",
    ")",
    "!",
    "?",
    "\u202e",
    "\u00ad",
    "\u200d",
    "\ufeff",
    "😀",
    "👩‍👩‍👧",
    "🇮🇳",
    "\u0301",
    "\x00",
    "<script>",
    "&amp;",
]
BLANKS = [" ", "  ", "\n", "\r\n", "\r\n\r\n", "\n\n", "\u00a0", "\t", "\u2028", "\x85", ""]


def news_texts(most: int = 40) -> st.SearchStrategy[str]:
    """Return texts that mix words, marks, blanks and arbitrary characters."""
    piece = st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(MARKS),
        st.sampled_from(BLANKS),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    )
    return st.lists(piece, max_size=most).map("".join)
