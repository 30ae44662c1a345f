"""corpuskit: corpus linguistics on news text, in the field's own words.

Each public name is loaded when it is first used, so that importing the package is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Articles",
    "CollocateClaim",
    "Corpus",
    "Cut",
    "DataError",
    "Hits",
    "KeywordClaim",
    "RateClaim",
    "ReadReport",
    "Result",
    "Rules",
    "ShardError",
    "Shards",
    "StoreError",
    "TokenPolicy",
    "ToneClaim",
    "Zone",
    "__version__",
    "absent",
    "build_corpus",
    "build_shards",
    "check_corpus",
    "cleaning_log",
    "cleaning_rules",
    "clusters",
    "collocates",
    "compare",
    "differences",
    "dispersion",
    "export",
    "frequency_list",
    "function_words",
    "keyness",
    "kwic",
    "lemma_hits",
    "methods_note",
    "near_duplicates",
    "news_overrides",
    "ngrams",
    "open_corpus",
    "open_shards",
    "plot",
    "polarity",
    "rates",
    "read_articles",
    "read_corpus",
    "read_word_list",
    "reference_words",
    "robustness",
    "sentiment_around",
    "trend",
    "vader_lexicon",
    "word_list",
]

if TYPE_CHECKING:
    from . import export, plot
    from .analysis.claims.claim import CollocateClaim, KeywordClaim, RateClaim, ToneClaim
    from .analysis.claims.versions import robustness
    from .analysis.closed_class import function_words
    from .analysis.collocations.collocation import collocates
    from .analysis.collocations.lemmas import lemma_hits
    from .analysis.collocations.phrases import clusters
    from .analysis.comparing.comparison import compare, rates
    from .analysis.comparing.trends import trend
    from .analysis.concordances.concordance import kwic
    from .analysis.copies.duplicates import near_duplicates
    from .analysis.copies.side_by_side import differences
    from .analysis.frequency import frequency_list, ngrams
    from .analysis.keys.absence import absent
    from .analysis.keys.keywords import keyness
    from .analysis.keys.wordlists import read_word_list, reference_words, word_list
    from .analysis.ledger import cleaning_log
    from .analysis.spread import dispersion
    from .analysis.telling.methods import methods_note
    from .analysis.tone.sentiment import sentiment_around
    from .analysis.tone.vader import news_overrides, polarity, vader_lexicon
    from .corpus.columns.tokens import TokenPolicy
    from .corpus.corpus import Corpus, read_corpus
    from .corpus.disk.building import build_corpus
    from .corpus.disk.stored import check_corpus, open_corpus
    from .corpus.finding.find import Hits
    from .corpus.sharding.shards import Shards
    from .corpus.sharding.shardstores import open_shards
    from .corpus.sharding.sharing import build_shards
    from .errors import DataError, ShardError, StoreError
    from .reading.article import Article, Articles, Cut, Zone
    from .reading.cleaning.newsrules import cleaning_rules
    from .reading.cleaning.rules import Rules
    from .reading.folder import read_articles
    from .reading.report import ReadReport
    from .result import Result
else:
    _HOMES = {
        "Article": "reading.article",
        "Articles": "reading.article",
        "CollocateClaim": "analysis.claims.claim",
        "Corpus": "corpus.corpus",
        "Cut": "reading.article",
        "DataError": "errors",
        "Hits": "corpus.finding.find",
        "KeywordClaim": "analysis.claims.claim",
        "RateClaim": "analysis.claims.claim",
        "ReadReport": "reading.report",
        "Result": "result",
        "Rules": "reading.cleaning.rules",
        "ShardError": "errors",
        "Shards": "corpus.sharding.shards",
        "StoreError": "errors",
        "TokenPolicy": "corpus.columns.tokens",
        "ToneClaim": "analysis.claims.claim",
        "Zone": "reading.article",
        "absent": "analysis.keys.absence",
        "build_corpus": "corpus.disk.building",
        "build_shards": "corpus.sharding.sharing",
        "check_corpus": "corpus.disk.stored",
        "cleaning_log": "analysis.ledger",
        "cleaning_rules": "reading.cleaning.newsrules",
        "clusters": "analysis.collocations.phrases",
        "collocates": "analysis.collocations.collocation",
        "compare": "analysis.comparing.comparison",
        "differences": "analysis.copies.side_by_side",
        "dispersion": "analysis.spread",
        "export": "",
        "frequency_list": "analysis.frequency",
        "function_words": "analysis.closed_class",
        "keyness": "analysis.keys.keywords",
        "kwic": "analysis.concordances.concordance",
        "lemma_hits": "analysis.collocations.lemmas",
        "methods_note": "analysis.telling.methods",
        "near_duplicates": "analysis.copies.duplicates",
        "news_overrides": "analysis.tone.vader",
        "ngrams": "analysis.frequency",
        "open_corpus": "corpus.disk.stored",
        "open_shards": "corpus.sharding.shardstores",
        "plot": "",
        "polarity": "analysis.tone.vader",
        "rates": "analysis.comparing.comparison",
        "read_articles": "reading.folder",
        "read_corpus": "corpus.corpus",
        "read_word_list": "analysis.keys.wordlists",
        "reference_words": "analysis.keys.wordlists",
        "robustness": "analysis.claims.versions",
        "sentiment_around": "analysis.tone.sentiment",
        "trend": "analysis.comparing.trends",
        "vader_lexicon": "analysis.tone.vader",
        "word_list": "analysis.keys.wordlists",
    }

    def __getattr__(name):
        """Load a public name from its module, once."""
        from importlib import import_module

        if name not in _HOMES:
            raise AttributeError(_unknown(name), name=name)
        home = _HOMES[name]
        if home:
            value = getattr(import_module(f"{__name__}.{home}"), name)
        else:
            value = import_module(f"{__name__}.{name}")
        globals()[name] = value
        return value

    def _unknown(name):
        """Return the message for a name that is not offered, with the nearest one that is."""
        from difflib import get_close_matches

        near = get_close_matches(name, __all__, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"module {__name__!r} has no attribute {name!r}.{hint}"

    def __dir__():
        """Return what the module offers, for completion."""
        return sorted({*globals(), *__all__})
