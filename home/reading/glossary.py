"""The glossary as pages need it, kept some seconds in each process: no query for a page."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from home.reading.marking import Explained, Marker, folded
from home.reading.models import GlossaryTerm
from services.languages import source_locale, spoken
from services.models import SourceHead

_SECONDS = 30.0
_NAME = "glossary"


@dataclass(frozen=True)
class Glossary:
    """Words in a language, each of them once, by the alphabet; and how to find them in a text."""

    terms: Sequence[Explained]
    marker: Marker


@dataclass
class _Kept:
    glossaries: dict[str, Glossary]
    until: float


_kept: list[_Kept] = []
_NOTHING = Glossary((), Marker())


def glossary(locale: str) -> Glossary:
    """What the city explains in a language, in the source's where nobody translated it: one query in half a minute."""
    if not _kept or time.monotonic() >= _kept[0].until:
        _kept[:] = [_Kept(_read(), time.monotonic() + _SECONDS)]
    return _kept[0].glossaries.get(locale, _NOTHING)


def forget_glossary() -> None:
    """Read it anew at the next page of this process."""
    _kept.clear()


@receiver([post_save, post_delete], sender=GlossaryTerm)
def _renew(**_kwargs: Any) -> None:
    SourceHead.renew(_NAME)
    forget_glossary()


def number() -> int:
    """Another one as soon as a word is explained otherwise: one query, however many words there are."""
    return SourceHead.of(_NAME)


def _read() -> dict[str, Glossary]:
    rows = list(GlossaryTerm.objects.select_related("locale"))
    source = source_locale()
    original = {row.translation_key: row for row in rows if row.locale.language_code == source}
    found: dict[str, dict[Any, Explained]] = {}
    for row in rows:
        locale = row.locale.language_code
        first = original.get(row.translation_key)
        # wagtail-localize begins a translation with the source's words.
        if locale == source or first is None or row.meaning != first.meaning:
            forms = tuple(row.forms())
            found.setdefault(locale, {})[row.translation_key] = Explained(row.term, row.meaning, forms)
    own = found.get(source, {})
    locales = {source, *found, *map(str.lower, spoken())}
    return {tag: _glossary(found.get(tag, {}), own if tag != source else {}, source) for tag in locales}


def _glossary(words: dict[Any, Explained], others: dict[Any, Explained], source: str) -> Glossary:
    untranslated = [
        Explained(word.term, word.meaning, word.forms, source) for key, word in others.items() if key not in words
    ]
    terms = sorted([*words.values(), *untranslated], key=lambda word: (folded(word.term), word.term))
    # A text in Spanish is not explained in Portuguese.
    return Glossary(terms, Marker.of(list(words.values())))
