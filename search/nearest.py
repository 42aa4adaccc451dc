"""Topics near to a query that finds nothing: by letters that their words share. Pure."""

from collections.abc import Iterable, Sequence

from search.names import Topic
from search.text import Language

#: Below this share of common letters two words only look alike by chance.
_ALIKE = 0.25
_MOST_WORDS = 8


def nearest(query: str, topics: Sequence[Topic], *, language: Language, most: int) -> list[Topic]:
    """The topics most like a query, best first; the city's first ones where none is."""
    asked = [_pieces(word) for word in language.content(query)[:_MOST_WORDS]]
    scored = [(_likeness(asked, map(_pieces, language.content(topic.words))), topic) for topic in topics]
    alike = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: -pair[0])
    return [topic for _score, topic in alike[:most]] or list(topics[:most])


def _likeness(asked: Iterable[set[str]], words: Iterable[set[str]]) -> float:
    known = list(words)
    best = (max((len(one & other) / len(one | other) for other in known), default=0.0) for one in asked)
    return sum(share for share in best if share >= _ALIKE)


def _pieces(word: str) -> set[str]:
    """Runs of three letters, with where the word begins and ends."""
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
