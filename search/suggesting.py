"""Which entries to offer to whoever is typing, and by which of its names each was found. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.display import Display
from search.text import Language, language_of

#: Candidates for each suggestion: an engine gives them by the length of their titles.
CANDIDATES = 5
#: What people look for; other kinds come after.
_SOUGHT = ("service", "procedure", "topic")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry, and the popular name or acronym that goes on from what was typed where its title does not."""

    entry: Display
    name: str = ""


def best(typed: str, found: Iterable[Display], *, locale: str, limit: int) -> tuple[Suggestion, ...]:
    """The best of what an engine found for the beginnings of words, best first."""
    language = language_of(locale)
    words = language.words(typed)
    ranked = sorted(found, key=lambda entry: _rank(entry, words, language))
    return tuple(Suggestion(entry, _name(entry, words, language)) for entry in ranked[:limit])


def _rank(entry: Display, words: Sequence[str], language: Language) -> tuple[bool | int, ...]:
    """Whole names first, then beginnings of titles, then services, then those for which people have the most names.

    What is asked for often is asked for in many ways, and editors write them down. Once demand is published
    (its records are counts of whole queries), searches for an entry's names are the better measure, here.
    """
    title, *names = (language.words(name) for name in (entry.title, *entry.names))
    return (
        words != title and words not in names,
        not _goes_on(title, words),
        entry.kind not in _SOUGHT,
        _covered(title, words) < len(words),
        not any(_goes_on(name, words) for name in names),
        -len(entry.names),
    )


def _goes_on(name: Sequence[str], words: Sequence[str]) -> bool:
    return len(name) >= len(words) and " ".join(name).startswith(" ".join(words))


def _name(entry: Display, words: Sequence[str], language: Language) -> str:
    """The name that has more of what was typed than the title has; of several the one that goes on from it."""
    in_title = _covered(language.words(entry.title), words)
    if in_title == len(words):
        return ""
    ranked = []
    for name in entry.names:
        its_words = language.words(name)
        ranked.append((-_covered(its_words, words), not _goes_on(its_words, words), len(name), name))
    covered, _begins, _length, name = min(ranked, default=(0, True, 0, ""))
    return name if -covered > in_title else ""


def _covered(name: Sequence[str], words: Sequence[str]) -> int:
    return sum(any(each.startswith(word) for each in name) for word in words)
