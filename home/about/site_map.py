"""Every part of the site on one page, read from published records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.listings import plain
from services.neighbours import readable
from services.record import Kind

#: Kinds whose entries are named one by one; services and units have indexes of their own.
NAMED: tuple[Kind, ...] = ("topic", "life_event", "audience", "procedure", "secretariat", "district", "information")
#: Of a kind with more entries only its index is named.
MOST = 80


@dataclass(frozen=True, slots=True)
class Line:
    """An entry's name, its address and the language of both."""

    title: str
    url: str
    locale: str


def named(language: str) -> Mapping[str, Sequence[Line]]:
    """The entries of each kind by name; none of a kind that has too many. One query."""
    rows = readable(language).filter(kind__in=NAMED).exclude(url="")
    found: dict[str, list[Line]] = defaultdict(list)
    for kind, title, url, locale in rows.values_list("kind", "title", "url", "locale"):
        found[kind].append(Line(title, url, locale))
    return {
        kind: sorted(lines, key=lambda line: plain(line.title)) for kind, lines in found.items() if len(lines) <= MOST
    }
