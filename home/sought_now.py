"""What most people look for now: the entries that the queries most often asked lead to.

The queries are those that ``search`` publishes, which many asked on several days; which entry each leads to, its own
search says. It is worked out anew every ten minutes in each process: a first page costs no query for it in between.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from search.engines.base import EngineError
from search.searching import search
from services.models.published import PublishedRecord

_SECONDS = 600.0
#: More entries would not be what "most people" want.
MOST = 8
#: Of fewer nobody could say that they are what most people want.
LEAST = 4
#: Several queries lead to one entry: "iptu", "segunda via iptu", "boleto da casa".
_QUERIES = 30


@dataclass(frozen=True)
class _Kept:
    entries: list[str]
    until: float


_kept: dict[str, _Kept] = {}


def forget() -> None:
    """Work it out anew at the next first page of this process."""
    _kept.clear()


def sought_now(language: str) -> list[str]:
    """Ids of services and step-by-steps, the most looked for first; none where too few are known."""
    kept = _kept.get(language)
    if kept is None or time.monotonic() >= kept.until:
        kept = _Kept(_found(language), time.monotonic() + _SECONDS)
        _kept[language] = kept
    return kept.entries


def _found(language: str) -> list[str]:
    entries: dict[str, None] = {}
    try:
        for query in _queries(language):
            filters = {"kind": ("service", "procedure")}
            hits = search(query, locale=language, filters=filters, size=1).hits
            entries.update(dict.fromkeys(hit.id for hit in hits))
            if len(entries) == MOST:
                break
    except EngineError:
        return []
    return list(entries) if len(entries) >= LEAST else []


def _queries(language: str) -> Iterator[str]:
    """The queries that found something, the most asked first: one query of ours."""
    rows = PublishedRecord.objects.public().filter(kind="demand", locale=language.lower())
    asked = []
    for title, body in rows.values_list("title", "body"):
        counts = json.loads(body)
        found = counts["searches"] - counts.get("without_result", 0)
        asked.append((-found, title))
    return (title for found, title in sorted(asked)[:_QUERIES] if found)
