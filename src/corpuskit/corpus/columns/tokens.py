"""Text -> spans of tokens: words, and the marks between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from ...errors import one_of

Span = tuple[int, int]

# Building blocks. No pattern here looks across a blank, so a token depends on nothing
# but the unbroken run of characters it stands in.
_W = r"[\p{L}\p{M}\p{N}_]"  # what words are made of
_CF = r"\p{Cf}"  # shows nothing (soft hyphen, zero-width marks): inside words only
_RUN = rf"{_W}+(?:{_CF}+{_W}+)*+"
_APOSTROPHE = r"['’‘ʼʹ′`´＇‛]"
_HYPHEN = r"[-‐‑﹣－]"

_PATTERN = r"""
      # Case 1: an address of a page
      (?:https?://|www\.) [^\s\p{{Cc}}<>"“”«»]* [\p{{L}}\p{{N}}/]
      # Case 2: an e-mail address (the length of the name is bounded, so that a
      #         long run of letters and dots is not read again and again)
    | [\p{{L}}\p{{N}}_.+-]{{1,64}}+ @ {W}+ (?:[.-]{W}+)+
      # Case 3: #tag and @name
    | [\#@] {RUN}
      # Case 4: a word, and words joined by hyphen, apostrophe or ampersand
    | {ATOM} (?:{CF}* {JOIN} {CF}* {ATOM})*+
      # Case 4b: the possessive ending, where it is split off
    | {ENDING}
      # Case 5: a mark: dots or dashes in a row, else one character as people see it
    | \.{{2,}} | -{{2,}}
    | (?=[^\s{CF}\p{{Cc}}]) \X
"""
# Case 4 in parts: 1,234.56 and 27/01/2026 and 07:29; U.S. and e.g.; any other run
_ATOM = rf"""(?: \p{{N}}+ (?:[.,:/]\p{{N}}+)++ {_W}*
             | (?:\p{{L}}\.){{2,}} (?!{_W})
             | {_RUN} )"""
_ENDING = rf"{_APOSTROPHE}[sS](?!{_W})"


@dataclass(frozen=True, slots=True)
class TokenPolicy:
    """What counts as one token.

    Parameters
    ----------
    hyphens
        "keep": India-EU is one token. "split": two words and a mark.
    possessives
        "keep": EU’s is one token. "split": EU and ’s are two, so that EU is found.
    marks
        True: punctuation marks and symbols are tokens of their own (never counted as words).
    """

    hyphens: str = "keep"
    possessives: str = "keep"
    marks: bool = True

    def __post_init__(self) -> None:
        one_of("hyphens", self.hyphens, ["keep", "split"])
        one_of("possessives", self.possessives, ["keep", "split"])


DEFAULT = TokenPolicy()


@lru_cache
def token_pattern(policy: TokenPolicy = DEFAULT) -> regex.Pattern[str]:
    """Return the one regular expression that finds the tokens under `policy`."""
    joins = [r"&", _APOSTROPHE] + ([_HYPHEN] if policy.hyphens == "keep" else [])
    join = f"(?:{'|'.join(joins)})"
    ending = "(?!)"
    if policy.possessives == "split":
        join, ending = f"(?!{_ENDING}){join}", rf"(?<={_W}){_ENDING}"
    parts = {"W": _W, "CF": _CF, "RUN": _RUN, "ATOM": _ATOM, "JOIN": join, "ENDING": ending}
    return regex.compile(_PATTERN.format(**parts), regex.VERBOSE)


# A run of plain letters before one of these marks is a token in every policy: no case above
# goes on from it. Told first, it spares two words in three the six cases.
_PLAIN = r"""\n | [A-Za-z]++ (?=[\s,;!?)"])"""


@lru_cache
def _piece_pattern(policy: TokenPolicy) -> regex.Pattern[str]:
    """Return the pattern of a token or, where none begins, of one character."""
    parts = (_PLAIN, token_pattern(policy).pattern, "(?s:.)")
    return regex.compile(" | ".join(parts), regex.VERBOSE)


def token_pieces(text: str, policy: TokenPolicy = DEFAULT) -> list[str]:
    r"""Return `text` cut into its tokens (marks always) and single characters between them.

    >>> token_pieces("so, a deal\u00ad")
    ['so', ',', ' ', 'a', ' ', 'deal', '\xad']
    """
    pieces: list[str] = _piece_pattern(policy).findall(text)
    return pieces


def is_token(piece: str, policy: TokenPolicy = DEFAULT) -> bool:
    """Return whether one of the pieces is a token under `policy`."""
    if not policy.marks:
        return is_word(piece)
    return len(piece) > 1 or token_pattern(policy).fullmatch(piece) is not None


_LETTER = regex.compile(r"[\p{L}\p{N}]")


def is_word(token: str) -> bool:
    """Return whether a token is a word: it holds a letter or a digit."""
    return token.isalpha() or _LETTER.search(token) is not None


def token_spans(text: str, policy: TokenPolicy = DEFAULT) -> list[Span]:
    """Return the half-open character spans of the tokens of `text`, in order.

    `text[start:end]` is the token as it stands. Blanks and characters that show nothing
    between words belong to no token; everything else belongs to exactly one.

    >>> text = "The U.S. didn’t pay $1,234.56 – see https://example.org/a."
    >>> [text[start:end] for start, end in token_spans(text)]
    ['The', 'U.S.', 'didn’t', 'pay', '$', '1,234.56', '–', 'see', 'https://example.org/a', '.']
    """
    spans = [match.span() for match in token_pattern(policy).finditer(text)]
    if policy.marks:
        return spans
    return [(start, end) for start, end in spans if is_word(text[start:end])]
