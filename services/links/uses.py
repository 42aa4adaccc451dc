"""Which links stand where in the public charter: read from the change log, from where it was last left."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from services import changes
from services.languages import source_locale
from services.mapping import as_own
from services.models import Link, LinkUse, ReadUpTo
from services.record import Entry, dump

_READER = "links"
_LONGEST = 2048
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
#: What ends a sentence, not an address.
_AFTER = ".,;:!?'*_"
_PLACES = {"legislation": "law", "digital_link": "digital", "channels": "channel"}


def links_in(record: Entry) -> set[tuple[str, str]]:
    """Address and place of each link that an entry itself has: not those that it inherits from body or city."""
    return set(_found(dump(as_own(record)), "text"))


def _found(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        for match in _ADDRESS.findall(unescape(value)):
            address = _tidy(match)
            if address:
                yield address, place
    elif isinstance(value, list):
        for item in value:
            yield from _found(item, place)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _found(item, _PLACES.get(name, place))


def _tidy(address: str) -> str:
    """Without what follows it in a sentence, and without the place within the page; ``""`` if it names no host."""
    address = address.partition("#")[0].rstrip(_AFTER)
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(_AFTER)
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return ""
    return address if host and len(address) <= _LONGEST else ""


def gather(at: datetime) -> int:
    """Bring the links to the head of the log; how many changes were read. Another life of the log begins anew."""
    read = 0
    while True:
        with transaction.atomic():
            place, _new = ReadUpTo.objects.select_for_update().get_or_create(
                reader=_READER, defaults={"cursor": changes.START}
            )
            try:
                cursor, found = changes.read(place.cursor)
            except changes.CursorGone:
                LinkUse.objects.all().delete()
                cursor, found = changes.read(changes.START)
            for change in found:
                if change.locale == source_locale():
                    _keep(change, at)
            ReadUpTo.objects.filter(pk=place.pk).update(cursor=cursor)
        if not found:
            break
        read += len(found)
    if read:
        Link.objects.filter(uses=None).delete()
    return read


def _keep(change: changes.Change, at: datetime) -> None:
    wanted = set() if change.deleted else links_in(change.record())
    rows = LinkUse.objects.filter(kind=change.kind, entry_id=change.id).select_related("link")
    present = {(row.link.url, row.place): row.pk for row in rows}
    LinkUse.objects.filter(pk__in=[pk for use, pk in present.items() if use not in wanted]).delete()
    for url, place in sorted(wanted - present.keys()):
        host = (urlsplit(url).hostname or "")[:255]
        link, _new = Link.objects.get_or_create(url=url, defaults={"host": host, "next_at": at})
        LinkUse.objects.create(link=link, kind=change.kind, entry_id=change.id, place=place)
