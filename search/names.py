"""What ids are called, and the city's own record: read when the index is another, and kept until then."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from services.neighbours import readable
from services.record import City, from_json

_NAMED = ("topic", "audience", "district", "secretariat")


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme, with all that it may be asked for by."""

    title: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Names:
    """Of one language, else of the source's."""

    titles: Mapping[str, str]
    topics: tuple[Topic, ...]
    city: City | None


_kept: dict[str, tuple[str, Names]] = {}


def names(locale: str, *, version: str) -> Names:
    """The names as of a version of the index: one query if this process has not read them since it came to be."""
    kept = _kept.get(locale)
    if kept is None or kept[0] != version:
        kept = _kept[locale] = version, _read(locale)
    return kept[1]


def _read(locale: str) -> Names:
    titles: dict[str, str] = {}
    topics: list[tuple[int, Topic]] = []
    city = None
    rows = readable(locale).filter(kind__in=(*_NAMED, "city"))
    for kind, entry_id, title, url, body in rows.values_list("kind", "entry_id", "title", "url", "body"):
        titles[entry_id] = title
        if kind == "city":
            found = from_json(body)
            city = found if isinstance(found, City) else None
        elif kind == "topic":
            data = json.loads(body)
            words = " ".join((title, *data.get("keywords", ()), data.get("summary", "")))
            topics.append((data.get("order", 0), Topic(title, url, words)))
    topics.sort(key=lambda pair: (pair[0], pair[1].title))
    return Names(titles, tuple(topic for _order, topic in topics), city)
