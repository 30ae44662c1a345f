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
    from .analysis.absence import absent
    from .analysis.claims import CollocateClaim, KeywordClaim, RateClaim, ToneClaim
    from .analysis.closed_class import function_words
    from .analysis.collocation import collocates
    from .analysis.comparison import compare, rates
    from .analysis.concordance import kwic
    from .analysis.differences import differences
    from .analysis.duplicates import near_duplicates
    from .analysis.frequency import frequency_list, ngrams
    from .analysis.keywords import keyness
    from .analysis.ledger import cleaning_log
    from .analysis.lemmas import lemma_hits
    from .analysis.methods import methods_note
    from .analysis.phrases import clusters
    from .analysis.sentiment import sentiment_around
    from .analysis.spread import dispersion
    from .analysis.trends import trend
    from .analysis.vader import news_overrides, polarity, vader_lexicon
    from .analysis.versions import robustness
    from .analysis.wordlists import read_word_list, reference_words, word_list
    from .corpus.building import build_corpus
    from .corpus.corpus import Corpus, read_corpus
    from .corpus.find import Hits
    from .corpus.shards import Shards
    from .corpus.shardstores import open_shards
    from .corpus.sharing import build_shards
    from .corpus.stored import check_corpus, open_corpus
    from .corpus.tokens import TokenPolicy
    from .errors import DataError, ShardError, StoreError
    from .reading.article import Article, Articles, Cut, Zone
    from .reading.folder import read_articles
    from .reading.newsrules import cleaning_rules
    from .reading.report import ReadReport
    from .reading.rules import Rules
    from .result import Result
else:
    _HOMES = {
        "Article": "reading.article",
        "Articles": "reading.article",
        "CollocateClaim": "analysis.claims",
        "Corpus": "corpus.corpus",
        "Cut": "reading.article",
        "DataError": "errors",
        "Hits": "corpus.find",
        "KeywordClaim": "analysis.claims",
        "RateClaim": "analysis.claims",
        "ReadReport": "reading.report",
        "Result": "result",
        "Rules": "reading.rules",
        "ShardError": "errors",
        "Shards": "corpus.shards",
        "StoreError": "errors",
        "TokenPolicy": "corpus.tokens",
        "ToneClaim": "analysis.claims",
        "Zone": "reading.article",
        "absent": "analysis.absence",
        "build_corpus": "corpus.building",
        "build_shards": "corpus.sharing",
        "check_corpus": "corpus.stored",
        "cleaning_log": "analysis.ledger",
        "cleaning_rules": "reading.newsrules",
        "clusters": "analysis.phrases",
        "collocates": "analysis.collocation",
        "compare": "analysis.comparison",
        "differences": "analysis.differences",
        "dispersion": "analysis.spread",
        "export": "",
        "frequency_list": "analysis.frequency",
        "function_words": "analysis.closed_class",
        "keyness": "analysis.keywords",
        "kwic": "analysis.concordance",
        "lemma_hits": "analysis.lemmas",
        "methods_note": "analysis.methods",
        "near_duplicates": "analysis.duplicates",
        "news_overrides": "analysis.vader",
        "ngrams": "analysis.frequency",
        "open_corpus": "corpus.stored",
        "open_shards": "corpus.shardstores",
        "plot": "",
        "polarity": "analysis.vader",
        "rates": "analysis.comparison",
        "read_articles": "reading.folder",
        "read_corpus": "corpus.corpus",
        "read_word_list": "analysis.wordlists",
        "reference_words": "analysis.wordlists",
        "robustness": "analysis.versions",
        "sentiment_around": "analysis.sentiment",
        "trend": "analysis.trends",
        "vader_lexicon": "analysis.vader",
        "word_list": "analysis.wordlists",
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
