"""The fields of Factiva: their codes, their names in five languages, and what they stand for."""

from __future__ import annotations

import re

from .languages import plain

# Code: the column, and the names of the field in English, German, French, Chinese, Korean.
FIELDS = {
    "HD": ("headline", "headline|überschrift|titre|标题|標題|제목|헤드라인"),
    "HL": ("headline", ""),
    "SE": ("section", "section|rubrik|rubrique|版块|版塊|섹션"),
    "CLM": ("column", "column|kolumne|chronique|专栏|專欄|칼럼"),
    "BY": ("byline", "byline|author|autor|verfasser|auteur|作者|저자|기자"),
    "CR": ("credit", "credit|quellenangabe|crédit|来源|來源|크레딧|출처"),
    "WC": ("length", "word count|wörterzahl|nombre de mots|字数|字數|단어 수|단어수"),
    "PD": (
        "day",
        "publication date|date|veröffentlichungsdatum|datum|date de publication|出版日期|日期"
        "|게시일|날짜|발행일",
    ),
    "ET": ("time", "time|uhrzeit|zeit|heure|时间|時間|시간"),
    "SN": (
        "outlet",
        "source name|source|quelle|quellenname|nom de la source|来源名称|來源名稱|출처명|소스명",
    ),
    "SC": (
        "source_code",
        "source code|quellcode|code source|来源代码|來源代碼|소스 코드|출처 코드",
    ),
    "NGC": ("source_group", ""),
    "GC": ("group_code", ""),
    "ED": ("edition", "edition|ausgabe|édition|版本|판"),
    "PG": ("page", "page|seite|页码|頁碼|페이지"),
    "VOL": ("volume", "volume|band|卷|권"),
    "LA": ("language", "language|sprache|langue|语言|語言|언어"),
    "CY": ("copyright", "copyright|urheberrecht|droits d'auteur|版权|版權|저작권"),
    "CX": ("correction", "correction|korrektur|correction|更正|정정"),
    "LP": (
        "lead",
        "lead paragraph|einleitung|vorspann|paragraphe principal|chapeau|导语|導語|리드",
    ),
    "TD": ("text", "text|volltext|texte|正文|全文|본문"),
    "ART": ("graphic", "art|illustration|abbildung|插图|插圖|그림"),
    "CT": ("contact", "contact|kontakt|联系方式|聯絡|연락처"),
    "RF": ("reference", "reference|referenz|référence|参考|參考|참조"),
    "DLN": ("dateline", "dateline|datumszeile"),
    "CO": ("company", "company|unternehmen|société|公司|기업|회사"),
    "IN": ("industry", "industry|branche|secteur|行业|行業|산업"),
    "NS": ("subject", "subject|thema|sujet|主题|主題|주제"),
    "RE": ("geographic", "region|région|地区|地區|지역"),
    "RST": ("restrictor", ""),
    "DE": ("descriptor", ""),
    "DJIC": ("djic", ""),
    "RIC": ("ticker", ""),
    "FDS": ("company_code", ""),
    "IPC": ("information_codes", ""),
    "IPD": ("information_descriptors", ""),
    "PUB": ("publisher", "publisher|herausgeber|verlag|éditeur|出版商|발행사|출판사"),
    "AN": ("accession", "accession number|zugangsnummer|numéro d'accès|编号|編號|등록 번호"),
}
CODES = {code: name for code, (name, _) in FIELDS.items()}
NAMES = {
    plain(label): name for name, labels in FIELDS.values() for label in labels.split("|") if label
}
WORDS = r"(?:words?|w[öo]rter|w[öo]rt|mots?|palabras|parole|palavras|woorden|слов\w?|단어|字|語|词)"
LENGTH = re.compile(rf"\d[\d.,\s\xa0]{{0,9}}?\s?{WORDS}", re.I)
CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]m)?(?: ?[A-Z]{2,4})?", re.I)
NUMBER = re.compile(
    r"(?:Document|Dokument|Documento|Документ|文件|文档|文檔|文書|문서|문헌)\s*:?\s*"
    r"(?P<an>[A-Za-z][A-Za-z0-9]{2,12}\d{8}[a-z0-9]{4,14}|[A-Z]{4,8}\d{8}-\d{4})",
)


def field_of(label: str) -> str:
    """Return the column of a field by its code ("HD") or its name ("Überschrift"), or "".

    Examples
    --------
    >>> field_of("HD"), field_of("Überschrift"), field_of("제목"), field_of("作者")
    ('headline', 'headline', 'headline', 'byline')
    """
    label = " ".join(label.split()).rstrip(" :：")
    return CODES.get(label) or NAMES.get(plain(label), "")


def accession_of(value: str) -> str:
    """Return the number of a document without the word before it."""
    found = NUMBER.search(value)
    return found["an"] if found else " ".join(value.split()).removeprefix("Document ")
