"""Where the measures come from: name in a table -> the work that defines it."""

from __future__ import annotations

from collections.abc import Iterable

WORKS = {
    "Barbaresi": "Barbaresi, A. Simplemma: a simple multilingual lemmatizer for Python. Software.",
    "Benjamini & Hochberg 1995": "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false "
    "discovery rate: a practical and powerful approach to multiple testing.",
    "Bird et al. 2009": "Bird, S., Klein, E. & Loper, E. (2009). Natural Language Processing with "
    "Python.",
    "Broder 1997": "Broder, A. Z. (1997). On the resemblance and containment of documents.",
    "Carroll 1970": "Carroll, J. B. (1970). An alternative to Juilland's usage coefficient for "
    "lexical frequencies.",
    "Church & Hanks 1990": "Church, K. W. & Hanks, P. (1990). Word association norms, mutual "
    "information, and lexicography.",
    "Cohen 1960": "Cohen, J. (1960). A coefficient of agreement for nominal scales.",
    "Covington & McFall 2010": "Covington, M. A. & McFall, J. D. (2010). Cutting the Gordian knot: "
    "the moving-average type-token ratio (MATTR).",
    "Dunning 1993": "Dunning, T. (1993). Accurate methods for the statistics of surprise and "
    "coincidence.",
    "Efron & Tibshirani 1993": "Efron, B. & Tibshirani, R. J. (1993). An Introduction to the "
    "Bootstrap.",
    "Evert 2008": "Evert, S. (2008). Corpora and collocations.",
    "Evert 2022": "Evert, S. (2022). Measuring keyness.",
    "Fleiss 1971": "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters.",
    "Gabrielatos & Marchi 2012": "Gabrielatos, C. & Marchi, A. (2012). Keyness: appropriate "
    "metrics and practical issues.",
    "Gries 2008": "Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora.",
    "Gries 2013": "Gries, S. Th. (2013). 50-something years of work on collocations: what is or "
    "should be next.",
    "Gries 2020": "Gries, S. Th. (2020). Analyzing dispersion.",
    "Gwet 2008": "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the "
    "presence of high agreement.",
    "Hardie 2014": "Hardie, A. (2014). Log Ratio: an informal introduction.",
    "Hutto & Gilbert 2014": "Hutto, C. J. & Gilbert, E. (2014). VADER: a parsimonious rule-based "
    "model for sentiment analysis of social media text.",
    "Johnston et al. 2006": "Johnston, J. E., Berry, K. J. & Mielke, P. W. (2006). Measures of "
    "effect size for chi-squared and likelihood-ratio goodness-of-fit tests.",
    "Juilland & Chang-Rodríguez 1964": "Juilland, A. & Chang-Rodríguez, E. (1964). Frequency "
    "Dictionary of Spanish Words.",
    "Kilgarriff 2009": "Kilgarriff, A. (2009). Simple maths for keywords.",
    "Krippendorff 2011": "Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.",
    "Lijffijt & Gries 2012": "Lijffijt, J. & Gries, S. Th. (2012). Correction to Stefan Th. Gries' "
    '"Dispersions and adjusted frequencies in corpora".',
    "McCarthy & Jarvis 2010": "McCarthy, P. M. & Jarvis, S. (2010). MTLD, vocd-D, and HD-D: a "
    "validation study of sophisticated approaches to lexical diversity assessment.",
    "Rayson & Garside 2000": "Rayson, P. & Garside, R. (2000). Comparing corpora using frequency "
    "profiling.",
    "Rosengren 1971": "Rosengren, I. (1971). The quantitative concept of language and its relation "
    "to the structure of frequency dictionaries.",
    "Rychlý 2008": "Rychlý, P. (2008). A lexicographer-friendly association score.",
    "Scott 1955": "Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale "
    "coding.",
    "Speer 2022": "Speer, R. (2022). wordfreq. Software.",
    "van Atteveldt et al. 2021": "van Atteveldt, W., van der Velden, M. A. C. G. & Boukes, M. "
    "(2021). The validity of sentiment analysis.",
    "Welch 1947": 'Welch, B. L. (1947). The generalization of "Student\'s" problem when several '
    "different population variances are involved.",
    "Wilson 2013": "Wilson, A. (2013). Embracing Bayes factors for key item analysis in corpus "
    "linguistics.",
    "Yule 1944": "Yule, G. U. (1944). The Statistical Study of Literary Vocabulary.",
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
    "q": ("Benjamini & Hochberg 1995", "Welch 1947"),
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
