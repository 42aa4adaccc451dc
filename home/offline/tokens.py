"""What the phone searches by: words made here, once, as search makes them. The phone folds, matches and looks up.

A record's tokens are folded words in four classes, each word in the best one that has it, and the whole names by
which people call it. What a word's stem is comes beside them, for the words whose stem is another.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Final

from search.document import NAMES, TEXTS, document_of
from search.rules import Rules
from search.text import Language
from services.record import Entry

#: Texts of each class, the best first: what an entry is called, what is said of it in short, and all else.
CLASSES: Final = {
    "c": ("title", "popular", "acronym"),
    "k": ("keywords",),
    "s": ("summary", "office", "topics"),
    "x": ("text",),
}
assert set(chain.from_iterable(CLASSES.values())) == set(TEXTS)  # noqa: S101 - a text that no class has is never found


def tokens_of(record: Entry) -> dict[str, str]:
    """Words of each class, and names under ``n``, each a string of words; empty for what nobody looks for."""
    document = document_of(record)
    if document is None:
        return {}
    seen: set[str] = set()
    found = {}
    for name, texts in CLASSES.items():
        words = dict.fromkeys(chain.from_iterable(document.terms.get(f"{text}_exact", ()) for text in texts))
        found[name] = " ".join(word for word in words if word not in seen)
        seen.update(words)
    names = dict.fromkeys(chain.from_iterable(document.terms.get(field, ()) for field in NAMES))
    found["n"] = " ".join(names)
    return {name: text for name, text in found.items() if text}


def words_in(tokens: Iterable[Mapping[str, str]]) -> set[str]:
    """All words of some records' tokens."""
    return {word for each in tokens for name in CLASSES for word in each.get(name, "").split()}


def stems_of(words: Iterable[str], language: Language) -> dict[str, str]:
    """Of each word whose stem is another, the stem."""
    return {word: stem for word in sorted(words) if (stem := language.stem(word)) != word}


def meanings_of(rules: Rules, language: Language, stems: set[str] | None = None) -> dict[str, list[str]]:
    """Stems of what people say → stems of each term that it means; only terms that ``stems`` has whole, if given."""
    found = {}
    for said, meant in sorted(rules.meanings.items()):
        terms = [[language.stem(word) for word in term] for term in meant]
        known = [" ".join(term) for term in terms if stems is None or stems.issuperset(term)]
        if known:
            found[" ".join(said)] = known
    return found


def rules_as_data(language: Language) -> dict[str, Any]:
    """How a query in a language becomes words: for the phone, which has no rules of its own."""
    return {
        "stop": sorted(language.stop_words),
        "asking": sorted(language.asking),
        "copies": language.copies.pattern if language.copies else "",
        "numbers": dict(language.numbers),
        "hearing": [[pattern.pattern, heard.replace("\\1", "$1")] for pattern, heard in language.hearing],
    }
