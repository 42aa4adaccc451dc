"""The index of a booklet: what people call each service, in the order of the alphabet."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from services.record import Service


def names(services: Iterable[Service]) -> list[list[Any]]:
    """Popular names, acronyms and titles: ``[LETTER, [[NAME, [SERVICE ID…], IS ITS TITLE]…]]``.

    One name may be of several services.
    """
    found: dict[str, tuple[str, bool, dict[str, None]]] = {}
    for service in services:
        titled = {_plain(service.title)}
        for name in (service.title, service.acronym, *service.popular_names):
            if not name:
                continue
            key = _plain(name)
            shown, is_title, ids = found.get(key, (name, False, {}))
            ids[service.id] = None
            found[key] = (shown, is_title or key in titled, ids)
    letters: dict[str, list[Any]] = {}
    for key in sorted(found):
        shown, is_title, ids = found[key]
        first = key[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append([shown, list(ids), is_title])
    return [[letter, those] for letter, those in letters.items()]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", " ".join(text.casefold().split()))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
