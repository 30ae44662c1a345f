"""Where the measures come from: name in a table -> the work that defines it."""

from __future__ import annotations

from collections.abc import Iterable

WORKS = {
    "Anderson 1983": "Anderson, J. (1983). Lix and Rix: variations on a little-known readability "
    "index.",
    "Barbaresi": "Barbaresi, A. Simplemma: a simple multilingual lemmatizer for Python. Software.",
    "Benjamini & Hochberg 1995": "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false "
    "discovery rate: a practical and powerful approach to multiple testing.",
    "Bird et al. 2009": "Bird, S., Klein, E. & Loper, E. (2009). Natural Language Processing with "
    "Python.",
    "Björnsson 1968": "Björnsson, C. H. (1968). Läsbarhet.",
    "Broder 1997": "Broder, A. Z. (1997). On the resemblance and containment of documents.",
    "Carroll 1970": "Carroll, J. B. (1970). An alternative to Juilland's usage coefficient for "
    "lexical frequencies.",
    "Church & Hanks 1990": "Church, K. W. & Hanks, P. (1990). Word association norms, mutual "
    "information, and lexicography.",
    "Cohen 1960": "Cohen, J. (1960). A coefficient of agreement for nominal scales.",
    "Coleman & Liau 1975": "Coleman, M. & Liau, T. L. (1975). A computer readability formula "
    "designed for machine scoring.",
    "Covington & McFall 2010": "Covington, M. A. & McFall, J. D. (2010). Cutting the Gordian knot: "
    "the moving-average type-token ratio (MATTR).",
    "Dunning 1993": "Dunning, T. (1993). Accurate methods for the statistics of surprise and "
    "coincidence.",
    "Efron & Tibshirani 1993": "Efron, B. & Tibshirani, R. J. (1993). An Introduction to the "
    "Bootstrap.",
    "Evert 2008": "Evert, S. (2008). Corpora and collocations.",
    "Evert 2022": "Evert, S. (2022). Measuring keyness.",
    "Fleiss 1971": "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters.",
    "Flesch 1948": "Flesch, R. (1948). A new readability yardstick.",
    "Gabrielatos & Marchi 2012": "Gabrielatos, C. & Marchi, A. (2012). Keyness: appropriate "
    "metrics and practical issues.",
    "Genovese et al. 2006": "Genovese, C. R., Roeder, K. & Wasserman, L. (2006). False discovery "
    "control with p-value weighting.",
    "Gries 2008": "Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora.",
    "Gries 2013": "Gries, S. Th. (2013). 50-something years of work on collocations: what is or "
    "should be next.",
    "Gries 2020": "Gries, S. Th. (2020). Analyzing dispersion.",
    "Gunning 1952": "Gunning, R. (1952). The Technique of Clear Writing.",
    "Gwet 2008": "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the "
    "presence of high agreement.",
    "Hardie 2014": "Hardie, A. (2014). Log Ratio: an informal introduction.",
    "Hesterberg 2015": "Hesterberg, T. C. (2015). What teachers should know about the bootstrap: "
    "resampling in the undergraduate statistics curriculum.",
    "Hutto & Gilbert 2014": "Hutto, C. J. & Gilbert, E. (2014). VADER: a parsimonious rule-based "
    "model for sentiment analysis of social media text.",
    "Johnston et al. 2006": "Johnston, J. E., Berry, K. J. & Mielke, P. W. (2006). Measures of "
    "effect size for chi-squared and likelihood-ratio goodness-of-fit tests.",
    "Juilland & Chang-Rodríguez 1964": "Juilland, A. & Chang-Rodríguez, E. (1964). Frequency "
    "Dictionary of Spanish Words.",
    "Kilgarriff 2009": "Kilgarriff, A. (2009). Simple maths for keywords.",
    "Kincaid et al. 1975": "Kincaid, J. P. et al. (1975). Derivation of new readability formulas "
    "for Navy enlisted personnel.",
    "Krippendorff 2011": "Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.",
    "Lijffijt & Gries 2012": "Lijffijt, J. & Gries, S. Th. (2012). Correction to Stefan Th. Gries' "
    '"Dispersions and adjusted frequencies in corpora".',
    "McCarthy & Jarvis 2010": "McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D: a "
    "validation study of sophisticated approaches to lexical diversity assessment.",
    "McLaughlin 1969": "McLaughlin, G. H. (1969). SMOG grading: a new readability formula.",
    "Mielke & Berry 2007": "Mielke, P. W. & Berry, K. J. (2007). Permutation Methods: A Distance "
    "Function Approach.",
    "Phipson & Smyth 2010": "Phipson, B. & Smyth, G. K. (2010). Permutation p-values should never "
    "be zero.",
    "Rayson & Garside 2000": "Rayson, P. & Garside, R. (2000). Comparing corpora using frequency "
    "profiling.",
    "Rosengren 1971": "Rosengren, I. (1971). The quantitative concept of language and its relation "
    "to the structure of frequency dictionaries.",
    "Rychlý 2008": "Rychlý, P. (2008). A lexicographer-friendly association score.",
    "Satterthwaite 1946": "Satterthwaite, F. E. (1946). An approximate distribution of estimates "
    "of variance components.",
    "Scott 1955": "Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale "
    "coding.",
    "Smith & Senter 1967": "Smith, E. A. & Senter, R. J. (1967). Automated Readability Index.",
    "Speer 2022": "Speer, R. (2022). wordfreq. Software.",
    "van Atteveldt et al. 2021": "van Atteveldt, W., van der Velden, M. A. C. G. & Boukes, M. "
    "(2021). The validity of sentiment analysis.",
    "Wilson 2013": "Wilson, A. (2013). Embracing Bayes factors for key item analysis in corpus "
    "linguistics.",
    "Yule 1944": "Yule, G. U. (1944). The Statistical Study of Literary Vocabulary.",
    "Zou & Donner 2008": "Zou, G. Y. & Donner, A. (2008). Construction of confidence limits about "
    "effect measures: a general approach.",
}

# A column, a measure, a parameter or a value of one -> works.
SOURCES = {
    "g2": ("Dunning 1993",),
    "g2_two_term": ("Rayson & Garside 2000",),
    "log_ratio": ("Hardie 2014",),
    "log ratio": ("Evert 2022", "Hardie 2014"),
    "conservative_log_ratio": ("Evert 2022",),
    "log_dice": ("Rychlý 2008",),
    "mi": ("Church & Hanks 1990",),
    "mi3": ("Evert 2008",),
    "t_score": ("Evert 2008",),
    "z_score": ("Evert 2008",),
    "chi2": ("Evert 2008",),
    "simple_ll": ("Evert 2008",),
    "local_mi": ("Evert 2008",),
    "dice": ("Evert 2008",),
    "min_sensitivity": ("Evert 2008",),
    "liddell": ("Evert 2008",),
    "odds_ratio": ("Evert 2008",),
    "delta_p_column": ("Gries 2013",),
    "delta_p_row": ("Gries 2013",),
    "percent_diff": ("Gabrielatos & Marchi 2012",),
    "simple_maths": ("Kilgarriff 2009",),
    "bic": ("Wilson 2013",),
    "ell": ("Johnston et al. 2006",),
    "q": ("Benjamini & Hochberg 1995", "Genovese et al. 2006", "Mielke & Berry 2007"),
    "log-t": ("Hesterberg 2015", "Satterthwaite 1946"),
    "mover": ("Zou & Donner 2008",),
    "bootstrap-t": ("Hesterberg 2015",),
    "permutation": ("Phipson & Smyth 2010",),
    "dp": ("Gries 2008",),
    "dp_norm": ("Lijffijt & Gries 2012",),
    "juilland_d": ("Juilland & Chang-Rodríguez 1964",),
    "carroll_d2": ("Carroll 1970",),
    "rosengren_s": ("Rosengren 1971",),
    "kld": ("Gries 2020",),
    "mattr": ("Covington & McFall 2010",),
    "mtld": ("McCarthy & Jarvis 2010",),
    "hdd": ("McCarthy & Jarvis 2010",),
    "yule_k": ("Yule 1944",),
    "flesch": ("Flesch 1948",),
    "flesch_kincaid": ("Kincaid et al. 1975",),
    "gunning_fog": ("Gunning 1952",),
    "smog": ("McLaughlin 1969",),
    "ari": ("Smith & Senter 1967",),
    "coleman_liau": ("Coleman & Liau 1975",),
    "lix": ("Björnsson 1968",),
    "rix": ("Anderson 1983",),
    "krippendorff_alpha": ("Krippendorff 2011",),
    "cohen_kappa": ("Cohen 1960",),
    "fleiss_kappa": ("Fleiss 1971",),
    "scott_pi": ("Scott 1955",),
    "gwet_ac1": ("Gwet 2008",),
    "jaccard": ("Broder 1997",),
    "draws": ("Efron & Tibshirani 1993",),
    "vader": ("Bird et al. 2009", "Hutto & Gilbert 2014"),
    "vader-news": ("Bird et al. 2009", "Hutto & Gilbert 2014"),
    "lexicons": ("van Atteveldt et al. 2021",),
    "lemma": ("Barbaresi",),
    "wordfreq": ("Speer 2022",),
}


def works_of(names: Iterable[str]) -> list[str]:
    """Return the works that these names rest on, each once, sorted by author."""
    found = {work for name in names for work in SOURCES.get(name, ())}
    return sorted(found, key=lambda work: (work.casefold(), work))
