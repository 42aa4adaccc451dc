"""Which page of results may be found from outside: one that is asked for in the charter's own words.

Anybody may link to a search, and what is asked stands in the page's title: a page that search engines take would let
whoever links have the city say what he likes. What follows a facet or turns a leaf is a page of results once more.
"""

from collections.abc import Iterable

from search.marking import words_of
from search.searching import Results
from search.text import language_of


def findable(parameters: Iterable[str], results: Results) -> bool:
    """Whether a search, by the names of what its address says, asks for words that entries have, and nothing else."""
    if set(parameters) != {"q"} or results.corrected or not results.total:
        return False
    language, known = language_of(results.plan.locale), words_of(results.plan)
    asked = [word for word in language.words(results.query) if word not in language.stop_words]
    return bool(asked) and all(known.number_of(word, following="") is not None for word in asked)
