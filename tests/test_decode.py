"""Bytes to text: exact where the bytes say what they are, told where it is a guess."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import news_texts

from corpuskit.reading.decode import declared_in, decode, known_encoding
from corpuskit.reading.report import Skipped

QUOTED = "Café owners said “climate policy” was €5 million — and it’s naïve."
POLISH = "Żółta łódź płynęła przez gęstą mgłę, a klimat zmieniał się szybko."
RUSSIAN = "Правительство объявило о новой климатической политике."
CHINESE = "政府宣布了新的气候政策。科学家说，气候正在迅速变化。\n"
KOREAN = "정부는 새로운 기후 정책을 발표했다. 과학자들은 기후가 빠르게 변한다고 말한다.\n"

LOADED = [
    # text, encoding of the bytes, name that is reported, codes
    (QUOTED, "utf-8", "utf-8", []),
    (QUOTED, "utf-8-sig", "utf-8 (BOM)", []),
    ("\ufeff" + QUOTED, "utf-16-le", "utf-16-le (BOM)", []),
    ("\ufeff" + QUOTED, "utf-16-be", "utf-16-be (BOM)", []),
    ("\ufeff" + QUOTED, "utf-32-le", "utf-32-le (BOM)", []),
    ("\ufeff" + QUOTED, "utf-32-be", "utf-32-be (BOM)", []),
    (QUOTED, "utf-16-le", "utf-16-le (guess)", ["CK-121"]),
    (QUOTED, "utf-16-be", "utf-16-be (guess)", ["CK-121"]),
    (QUOTED, "utf-32-le", "utf-32-le (guess)", ["CK-121"]),
    (CHINESE, "utf-16-le", "utf-16-le (guess)", ["CK-121"]),  # hardly a zero byte
    (QUOTED, "cp1252", "cp1252 (guess)", ["CK-121"]),
    (QUOTED, "mac_roman", "mac_roman (guess)", ["CK-121"]),
    (POLISH, "cp1250", "cp1250 (guess)", ["CK-121"]),
    (RUSSIAN, "cp1251", "cp1251 (guess)", ["CK-121"]),
    (RUSSIAN, "koi8_r", "koi8_r (guess)", ["CK-121"]),
    (CHINESE, "gb18030", "gb18030 (guess)", ["CK-121"]),
    (KOREAN, "cp949", "cp949 (guess)", ["CK-121"]),
    ("caf\u00e9", "latin-1", "cp1252 (guess)", ["CK-121"]),
    ("@é", "utf-8", "utf-8", []),  # valid UTF-8 whatever else it could be
    ("+ADw-script+AD4-", "ascii", "utf-8", []),  # never UTF-7
]


@pytest.mark.parametrize(("text", "encoding", "name", "codes"), LOADED)
def test_text_comes_back_and_guesses_are_told(
    text: str, encoding: str, name: str, codes: list[str]
) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text.removeprefix("\ufeff")
    assert decoded.encoding == name
    assert [found.code for found in decoded.findings] == codes


TOLD = [
    # bytes, text, the finding
    (
        "First café.\n".encode() + "Second café “x”.".encode("cp1252"),
        "First café.\nSecond café “x”.",
        "CK-123: it is UTF-8 with 3 bytes from cp1252 (a guess), the first at character 22. "
        "Check these places; the file was probably pasted together from two sources.",
    ),
    (
        b"climate \xed\xa0\xbd\xed\xb8\x80 end",
        "climate 😀 end",
        "CK-129: it is UTF-8 with surrogate pairs (CESU-8); 1 was joined to one character. "
        "Nothing need be done.",
    ),
    (
        "It is “good".encode() + b"\xe2\x80",
        "It is “good\ufffd",
        "CK-124: it holds 1 character that could not be read (U+FFFD), the first at character "
        "11. Fetch the file again, or give the right encoding=.",
    ),
    (
        ("政府宣布了新的气候政策" * 2).encode() + b"\xff" + "政府".encode(),
        "政府宣布了新的气候政策" * 2 + "\ufffd政府",
        "CK-124: it holds 1 character that could not be read (U+FFFD), the first at character "
        "22. Fetch the file again, or give the right encoding=.",
    ),
    (
        "it’s".encode().decode("cp1252").encode(),
        "itâ€™s",
        "CK-125: 1 place looks like text that was encoded twice ('â€™'); nothing was changed. "
        "Fetch the text again from its source.",
    ),
    (
        b"climate\0 policy\0\0 and a \x1b[31mred\x1b[0m thing to say",
        "climate\ufffd policy\ufffd\ufffd and a \ufffd[31mred\ufffd[0m thing to say",
        "CK-126: 5 control characters were replaced by U+FFFD, one for one. "
        "Check the export if words are torn.",
    ),
    (
        "The \u202eetamilc\u202c vote".encode(),
        "The \u202eetamilc\u202c vote",
        "CK-127: it holds 2 characters that turn the direction of writing; what is shown may "
        "differ from the order of the characters. Check these places.",
    ),
    (
        "cli\u200bmate \ufeffclimate".encode(),
        "cli\u200bmate \ufeffclimate",
        "CK-128: it holds 2 characters of no width. Nothing need be done; searches pass over them.",
    ),
]


@pytest.mark.parametrize(("data", "text", "note"), TOLD)
def test_damage_is_told(data: bytes, text: str, note: str) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert [found.note for found in decoded.findings] == [note]


QUIET = [
    "cli\u00admate cli\u00ad\nmate",  # soft hyphens are ordinary
    "👩\u200d👩\u200d👧 and 🏳️\u200d🌈",  # joiners belong to the signs
    "cafe\u0301 nai\u0308ve",  # decomposed
    "«CAFÉ» ÉTÉ “IRMÔ",  # capitals beside marks are no double encoding
    "don't don’t donʼt don‘t don`t don´t don＇t don′t",
    "line\ttab\x0cpage\x0bvertical\r\nend\u2028sep\u2029par\x85nel",
]


@pytest.mark.parametrize("text", QUIET)
def test_ordinary_text_is_loaded_without_a_note(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


REFUSED = [
    # bytes, the whole reason
    (b"", "CK-101: the file is empty. Remove it or check the export."),
    (b" \n\t\r\n \xc2\xa0\n", "CK-102: the file holds only blanks. Remove it or check the export."),
    (b"\xef\xbb\xbf", "CK-102: the file holds only blanks. Remove it or check the export."),
]
SIGNED = [
    (b"\x89PNG\r\n\x1a\n\x00\x01", "a PNG image"),
    (b"\x1f\x8b\x08\x00\x00", "gzip data"),
    (b"PK\x03\x04\x14\x00", "a zip archive or Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old Office document"),
    (b"%PDF-1.7\n", "a PDF document"),
    (b"{\\rtf1 text}", "an RTF document"),
    ("climate policy climate".encode("cp037"), "EBCDIC text of a mainframe"),
    (bytes((i * 7919 + i * i * 31) % 251 for i in range(3000)), "binary data"),
    (b"\x00\x01\x02\x03abc", "binary data"),
]
REFUSED += [
    (
        data,
        f"CK-104: the file looks like {what}, not text. "
        "Open it in its own program and save the article as .txt, .html or .docx.",
    )
    for data, what in SIGNED
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_what_is_not_text_is_left_out_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Skipped, match=f"^{re.escape(reason)}$"):
        decode(data)


def test_given_encoding_is_for_files_that_are_not_utf8() -> None:
    assert decode(POLISH.encode("cp1250"), "cp1250") == (POLISH, "cp1250 (given)", ())
    assert decode(POLISH.encode(), "cp1250") == (POLISH, "utf-8", ())
    lost = decode(b"good words \x81 and more", "cp1252")
    assert [found.code for found in lost.findings] == ["CK-124"]


def test_declared_encoding_counts_unless_the_bytes_say_otherwise() -> None:
    assert decode(RUSSIAN.encode("cp1251"), None, "windows-1251").encoding == "cp1251 (declared)"
    assert decode(QUOTED.encode("cp1252"), None, "iso-8859-1").text == QUOTED  # as browsers do
    lied = decode(QUOTED.encode(), None, "windows-1252")
    assert lied.text == QUOTED
    assert [found.note for found in lied.findings] == [
        "CK-122: it declares windows-1252 but its bytes are utf-8; it was read as utf-8. "
        "Check the text."
    ]
    wrong = decode(QUOTED.encode("cp1252"), None, "utf-8")
    assert (wrong.text, wrong.encoding) == (QUOTED, "cp1252 (guess)")
    hidden = decode("+ADw-script+AD4- é".encode("cp1252"), None, "utf-7")
    assert hidden.text == "+ADw-script+AD4- é"


@pytest.mark.parametrize(
    ("page", "declared"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b"<META content='text/html; charset=gb2312' http-equiv=x>", "gb2312"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?><html>', "ISO-8859-2"),
        (b"<html><p>charset=cp1252</p>", ""),
        (b"<html>" + b" " * 3000 + b'<meta charset="cp1252">', ""),  # too late
    ],
)
def test_declaration_is_looked_for_where_browsers_look(page: bytes, declared: str) -> None:
    assert declared_in(page) == declared


@pytest.mark.parametrize("name", ["no-such", "hex", "utf-7", "idna", 5])
def test_unknown_encoding_is_refused(name: str) -> None:
    message = (
        f"`encoding` must be the name of a text encoding; not {name!r}. Give for instance 'cp1252'."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        known_encoding(name)


def test_known_encoding_is_named_as_python_names_it() -> None:
    assert known_encoding("Windows-1250") == "cp1250"
    assert known_encoding(None) is None


@given(news_texts(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_is_the_decoded_bytes(text: str, encoding: str) -> None:
    text = text.replace("\0", "")
    data = text.encode(encoding)
    try:
        decoded = decode(data)
    except Skipped:
        return
    expected = text.removeprefix("\ufeff") if encoding == "utf-8" else text
    shown = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "\ufffd", expected)
    assert decoded.text == shown
    assert len(decoded.text) == len(expected)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_left_out(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Skipped:
        return
    assert "\0" not in decoded.text
    if not decoded.encoding.startswith("utf-8") or "damaged" in decoded.encoding:
        assert decoded.findings or "(BOM)" in decoded.encoding
