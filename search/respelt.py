"""What is said of a query with words that nobody wrote: as it was understood, and exactly as it was typed. Pure."""

import re
from collections.abc import Iterable, Iterator

from search.display import Display
from search.text import fold
from search.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W_]+")


class AsTyped(Vocabulary):
    """A vocabulary that knows every word, so that none is taken for a misspelling of another."""

    def __init__(self, known: Vocabulary) -> None:
        vars(self).update(vars(known))

    def frequency(self, form: str, term: str) -> int:
        """In how many documents a word is; one that is in none counts as rare."""
        return super().frequency(form, term) or 1


def as_written(query: str, results: Iterable[Display]) -> str:
    """A folded query with its words as the results write them: ``arvore`` becomes ``árvore``; of none, nothing."""
    wanted = set(query.split())
    written: dict[str, str] = {}
    # Folding the words of twenty results takes longer than finding them.
    for word in _words_of(results) if wanted else ():
        folded = fold(word)
        if folded in wanted and folded not in written:
            written[folded] = word.lower()
            if len(written) == len(wanted):
                break
    return " ".join(written.get(word, word) for word in query.split())


def _words_of(results: Iterable[Display]) -> Iterator[str]:
    for each in results:
        yield from _WORD.findall(" ".join((each.title, each.summary, *each.names)))
