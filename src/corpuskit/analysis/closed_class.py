"""The closed-class words of English: articles, pronouns, prepositions, auxiliaries."""

from __future__ import annotations

_CLASSES = {
    "articles and determiners": """a an the this that these those each every either neither some
        any no all both half such another other what which whose much many more most few fewer
        little less least several enough""",
    "pronouns": """i me my mine myself we us our ours ourselves you your yours yourself yourselves
        he him his himself she her hers herself it its itself they them their theirs themselves
        who whom whoever one ones oneself someone somebody something anyone anybody anything
        everyone everybody everything nobody nothing none""",
    "auxiliaries": """am is are was were be been being do does did done doing have has had having
        can could may might must shall should will would ought cannot""",
    "contractions": """i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd
        she'll it's it'd it'll we're we've we'd we'll they're they've they'd they'll that's
        that'll there's here's who's what's let's isn't aren't wasn't weren't don't doesn't
        didn't haven't hasn't hadn't can't couldn't mustn't shan't shouldn't won't wouldn't""",
    "prepositions": """about above across after against along alongside amid among around as at
        before behind below beneath beside besides between beyond by despite down during except
        for from in inside into like near of off on onto out outside over past per since
        through throughout till to toward towards under underneath until unto up upon via with
        within without""",
    "conjunctions": """and but or nor so yet if then than though although because while whereas
        whether unless once""",
    "adverbs that carry structure": """not never also too very there here when where why how again
        ever just only even still already almost quite rather perhaps however therefore thus
        moreover else now""",
}
_WORDS = frozenset(word for words in _CLASSES.values() for word in words.split())


def function_words() -> frozenset[str]:
    """Return the function words of English (closed classes), in folded form.

    A list is a choice: "no", "not" and "against" carry meaning in an argument. Look at the
    frequency list with and without them.

    >>> sorted(function_words())[:4]
    ['a', 'about', 'above', 'across']
    """
    return _WORDS
