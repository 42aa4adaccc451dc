"""The charter for a phone: the whole of it, one entry with what it needs, and what changed after a cursor.

A cursor is the change log's, and behind it what the words were made by: other templates or other rules of a language
make other words of records that nobody changed. Then, as when the log began a new life, the phone starts again.
"""

import hashlib
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as kept

from home.offline.alerts import alerts_told
from home.offline.items import KINDS, city_item, item_of
from home.offline.tokens import meanings_of, rules_as_data, stems_of, words_in
from search.document import SOURCES
from search.models import RulesHead
from search.rules import Rules
from search.rules_in_force import rules_in_force
from search.text import language_of
from services import changes
from services.models.published import PublishedRecord
from services.neighbours import readable, the_city
from services.record import City, from_json

#: Entries that are kept one by one and can be asked about at once; whoever keeps more keeps the whole charter.
MOST_ASKED = 100
_ONE_DAY = 24 * 3600


@cache
def made_by() -> str:
    """A fingerprint of all that makes words of a record."""
    root = Path(settings.BASE_DIR)
    services_templates = root / "services" / "templates" / "conecta_services"
    files = [
        *Path(__file__).parent.glob("*.py"),
        *(root / "home" / "templates" / "conecta_home" / "offline").glob("*_*.html"),
        *(services_templates / "service").glob("*.html"),
        *(services_templates / "parts").glob("*.html"),
        *(
            root / name
            for name in (
                "services/naming.py",
                "services/contact_links.py",
                "services/cases.py",
                "services/decision_table.py",
            )
        ),
        *root.glob("*/locale/*/LC_MESSAGES/*.mo"),
        *map(Path, SOURCES),
    ]
    digest = hashlib.blake2b(digest_size=5)
    for file in sorted(set(files)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def cursor_of(log_cursor: str) -> str:
    """A place in the log and what made the words of what is before it."""
    return f"{log_cursor}-{made_by()}"


def log_cursor(cursor: str) -> str:
    """The place in the log of a cursor of ours. Raises ``CursorGone`` where words are made otherwise now."""
    place, _dash, fingerprint = cursor.rpartition("-")
    if fingerprint != made_by():
        raise changes.CursorGone(cursor)
    return place


def head() -> str:
    """Where the log is now."""
    return cursor_of(changes.cursor(*changes.head()))


def charter(locale: str, at: datetime) -> dict[str, Any]:
    """The whole charter in a language, each entry in it or else in the source's: four queries, and the rules'."""
    # The cursor first: what is published meanwhile comes once more with the first differences.
    cursor = head()
    city = the_city()
    items = _items(readable(locale).filter(kind__in=KINDS).exclude(url="").order_by("kind", "title"), city, locale)
    version, rules = _rules(locale)
    told = {**told_rules(locale, items, rules), "version": version}
    alerts = alerts_told(locale, city, at)
    return {"cursor": cursor, "city": city_item(city), "alerts": alerts, "items": items, "rules": told}


def one(locale: str, kind: str, entry_id: str, at: datetime) -> dict[str, Any] | None:
    """An entry, the units where it is given and the city's alerts; ``None`` if it is not public."""
    cursor = head()
    rows = readable(locale).filter(kind__in=KINDS).exclude(url="")
    row = rows.filter(kind=kind, entry_id=entry_id).first()
    if row is None:
        return None
    city = the_city()
    found = _items([row], city, locale)
    found += _items(rows.filter(kind="unit", entry_id__in=found[0].get("units", [])), city, locale)
    alerts, rules = alerts_told(locale, city, at), told_rules(locale, found)
    return {"cursor": cursor, "city": city_item(city), "alerts": alerts, "items": found, "rules": rules}


def differences(
    locale: str, cursor: str, at: datetime, *, ids: Sequence[str] | None = None, rules_version: str | None = None
) -> dict[str, Any]:
    """What became of entries (of ``ids`` alone, if given) after a cursor; ``more`` if that is not yet all.

    All alerts come anew once one of them is another.

    Where editors changed what people mean by their words since ``rules_version``, that comes anew.

    ``items`` are entries as they are now, ``gone`` the ids of those that are public no more. Raises ``ValueError`` for
    what is no cursor, ``CursorGone`` for one that holds no more.
    """
    after, found = changes.read(log_cursor(cursor))
    told: dict[str, Any] = {"cursor": cursor_of(after), "more": len(found) == changes.BATCH}
    of_city = any(change.kind == "city" for change in found)
    touched = {change.id for change in found if change.kind in KINDS}
    if ids is not None:
        touched &= set(ids)
    of_alerts = of_city or any(change.kind == "alert" for change in found)
    city = the_city() if touched or of_alerts else None
    if of_alerts:
        told["alerts"] = alerts_told(locale, city, at)
    if of_city:
        told["city"] = city_item(city)
    if touched:
        rows = readable(locale).filter(kind__in=KINDS, entry_id__in=touched).exclude(url="")
        items = _items(rows, city, locale)
        told["items"] = items
        told["gone"] = sorted(touched - {item["id"] for item in items})
        told["rules"] = {"stems": stems_of(words_in(_tokens(items)), language_of(locale))}
    if rules_version is not None and rules_version != _rules_version():
        version, rules = _rules(locale)
        told.setdefault("rules", {"stems": {}})
        told["rules"] |= {"version": version, "meanings": meanings_of(rules, language_of(locale))}
    return told


def _rules_version() -> str:
    return RulesHead.objects.filter(pk=1).values_list("version", flat=True).first() or ""


def _rules(locale: str) -> tuple[str, Rules]:
    """The version first: rules that change meanwhile come once more."""
    return _rules_version(), rules_in_force.of(locale, seconds=time.monotonic())


def _items(rows: Iterable[PublishedRecord], city: City | None, locale: str) -> list[dict[str, Any]]:
    """Each row as a phone keeps it; one that did not change is not made again."""
    every = list(rows)
    # A city's own standards and time zone are in its entries' words.
    of_city = hashlib.blake2b(city.model_dump_json().encode(), digest_size=6).hexdigest() if city else ""
    keys = {row.pk: f"conecta-offline-{made_by()}-{of_city}-{locale}-{row.pk}-{row.etag}" for row in every}
    known = kept.get_many(keys.values())
    fresh = {
        keys[row.pk]: item_of(from_json(row.body), city=city, locale=locale)
        for row in every
        if keys[row.pk] not in known
    }
    kept.set_many(fresh, timeout=_ONE_DAY)
    return [known.get(keys[row.pk]) or fresh[keys[row.pk]] for row in every]


def _tokens(items: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    return [item["tokens"] for item in items if "tokens" in item]


def told_rules(locale: str, items: Iterable[dict[str, Any]], rules: Rules | None = None) -> dict[str, Any]:
    """How queries are read, for these entries; with what people mean by their words, if given."""
    language = language_of(locale)
    words = words_in(_tokens(items))
    stems = stems_of(words, language)
    told = {**rules_as_data(language), "stems": stems}
    if rules is not None:
        told["meanings"] = meanings_of(rules, language, {stems.get(word, word) for word in words})
    return told
