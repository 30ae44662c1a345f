"""Names of languages, as the interfaces of databases spell them, and their codes."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining, normalize

# Code: its names in English, German, French, Spanish, its own, Chinese, Korean.
_NAMES = {
    "ar": "arabic arabisch arabe 阿拉伯文 阿拉伯语 아랍어",
    "zh": "chinese chinesisch chinois chino 中文 简体中文 繁體中文 중국어",
    "da": "danish danisch danois danes dansk 丹麦文 덴마크어",
    "nl": "dutch niederlandisch neerlandais neerlandes nederlands 荷兰文 네덜란드어",
    "en": "english englisch anglais ingles 英文 英语 英語 영어",
    "fi": "finnish finnisch finnois finlandes suomi 芬兰文 핀란드어",
    "fr": "french franzosisch francais frances 法文 法语 法語 프랑스어",
    "de": "german deutsch allemand aleman 德文 德语 德語 독일어",
    "hi": "hindi 印地文 힌디어",
    "it": "italian italienisch italien italiano 意大利文 이탈리아어",
    "ja": "japanese japanisch japonais japones 日文 日语 日語 일본어",
    "ko": "korean koreanisch coreen coreano 韩文 韓文 韩语 한국어",
    "no": "norwegian norwegisch norvegien noruego norsk 挪威文 노르웨이어",
    "pl": "polish polnisch polonais polaco polski 波兰文 폴란드어",
    "pt": "portuguese portugiesisch portugais portugues 葡萄牙文 포르투갈어",
    "ru": "russian russisch russe ruso 俄文 俄语 俄語 러시아어",
    "es": "spanish spanisch espagnol espanol castellano 西班牙文 스페인어",
    "sv": "swedish schwedisch suedois sueco svenska 瑞典文 스웨덴어",
    "tr": "turkish turkisch turc turco 土耳其文 터키어",
    "uk": "ukrainian ukrainisch ukrainien ucraniano 乌克兰文 우크라이나어",
}
CODES = {name: code for code, names in _NAMES.items() for name in (code, *names.split())}


def language_code(name: str) -> str:
    """Return the two letters of a language ("ENGLISH", "Français", "EN" …), else the name.

    Examples
    --------
    >>> language_code("ENGLISH; ENGLISHS"), language_code("Englisch"), language_code("Latin")
    ('en', 'en', 'Latin')
    """
    given = " ".join(name.split())
    first = given.partition(";")[0].partition("(")[0].strip().casefold()
    return CODES.get(plain(first), given)


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """Return a word in small letters without accents."""
    letters = normalize("NFD", word.casefold())
    return normalize("NFC", "".join(char for char in letters if not combining(char)))
