"""Readings as JSON, for the pipe between this process and the one that runs the parsers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import regex

from ..article import Article, Cut, Options, Reading, Zone
from ..cleaning.rules import Rule
from ..findings.told import Finding

FIELDS = tuple(field.name for field in fields(Article))
_SPANS = {"zones": Zone, "cuts": Cut}


def dumped(value: object) -> bytes:
    """Return a value as one line of JSON; lone surrogates survive as escapes."""
    return json.dumps(value, separators=(",", ":"), default=str).encode("ascii") + b"\n"


def options_out(options: Options) -> dict[str, Any]:
    """Return options as plain values."""
    values = {field.name: getattr(options, field.name) for field in fields(options)}
    clean = options.clean
    values["clean"] = clean if isinstance(clean, bool) else [_rule_out(rule) for rule in clean]
    return values


def options_in(values: Mapping[str, Any]) -> Options:
    """Return the options that plain values stand for."""
    clean = values["clean"]
    rules = clean if isinstance(clean, bool) else tuple(_rule_in(rule) for rule in clean)
    return Options(**{**values, "clean": rules})


def _rule_out(rule: Rule) -> dict[str, Any]:
    """Return a rule of cleaning as plain values; its pattern as it was written."""
    values = {field.name: getattr(rule, field.name) for field in fields(rule)}
    pattern = rule.pattern
    kind = "re" if isinstance(pattern, re.Pattern) else "regex"
    return {**values, "pattern": (kind, pattern.pattern, pattern.flags)}


def _rule_in(values: Mapping[str, Any]) -> Rule:
    """Return the rule that plain values stand for."""
    kind, written, flags = values["pattern"]
    pattern = re.compile(written, flags) if kind == "re" else regex.compile(written, flags)
    return Rule(**{**values, "pattern": pattern})


def reading_out(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain values."""
    return {
        "articles": [_article_out(article) for article in reading.articles],
        "encoding": reading.encoding,
        "findings": [finding_out(found) for found in reading.findings],
        "records": [(number, finding_out(found)) for number, found in reading.records],
        "declared": reading.declared,
        "delimiters": reading.delimiters,
    }


def reading_in(values: Mapping[str, Any]) -> Reading:
    """Return the reading that plain values stand for."""
    return Reading(
        articles=tuple(_article_in(article) for article in values["articles"]),
        encoding=values["encoding"],
        findings=tuple(Finding(*found) for found in values["findings"]),
        records=tuple((number, Finding(*found)) for number, found in values["records"]),
        declared=values["declared"],
        delimiters=values["delimiters"],
    )


def finding_out(found: Finding) -> tuple[str, str]:
    """Return a finding as plain values."""
    return found.code, found.reason


def _article_out(article: Article) -> list[Any]:
    """Return an article as plain values, in the order of its fields."""
    return [_plain(name, getattr(article, name)) for name in FIELDS]


def _plain(name: str, value: Any) -> Any:
    """Return a field of an article as plain values."""
    if name == "zones":
        return [(zone.start, zone.end, zone.name) for zone in value]
    if name == "cuts":
        return [(cut.start, cut.end, cut.rule, cut.reason) for cut in value]
    return dict(value) if name == "extra" else value


def _article_in(values: list[Any]) -> Article:
    """Return the article that plain values stand for."""
    given = dict(zip(FIELDS, values, strict=True))
    for name, span in _SPANS.items():
        given[name] = tuple(span(*parts) for parts in given[name])
    given["notes"] = tuple(given["notes"])
    return Article(**given)
