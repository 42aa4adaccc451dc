"""As many services as a federation of cities has: published records of what was imported, under other ids."""

import uuid
from itertools import cycle
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from services.models import LogHead, PublishedRecord, RecordLink
from services.record import etag_of, from_json, to_json
from services.record.identity import id_of

_BATCH = 1_000
_TOWN = " em Vila "
_NAMESPACE = uuid.UUID("7a8f5f0a-3a0f-4b57-9c4e-1f2d9a9c3b11")


def multiply(number: int, bodies: int = 0) -> int:
    """Publish copies until there are ``number`` services, each in a town of its own; how many there are.

    The copies are those of ``bodies`` bodies, copied too; of none, they stay with the body of what they copy.
    """
    offices = _bodies(bodies)
    originals = list(_public("service").prefetch_related("links"))
    copies: list[tuple[PublishedRecord, list[RecordLink]]] = []
    # Counted on from what there is: a second growth makes no copy that the first one made.
    for turn, row in zip(range(len(originals), number), cycle(originals), strict=False):
        copies.append(_copied(row, turn, offices[turn % bodies] if bodies else None))
        if len(copies) == _BATCH or turn == number - 1:
            _publish(copies)
            copies = []
    return _public("service").count()


def _public(kind: str) -> QuerySet[PublishedRecord]:
    return PublishedRecord.objects.public().filter(kind=kind).order_by("pk")


def _bodies(number: int) -> list[Any]:
    """The records of so many copied bodies; those that are not there yet are published."""
    there = set(_public("secretariat").values_list("entry_id", flat=True))
    originals = list(_public("secretariat").exclude(title__contains=_TOWN).prefetch_related("links"))
    copies = [_copied(row, turn) for turn, row in zip(range(number), cycle(originals), strict=False)]
    _publish([copy for copy in copies if copy[0].entry_id not in there])
    return [from_json(row.body) for row, _links in copies]


def _copied(row: PublishedRecord, turn: int, office: Any = None) -> tuple[PublishedRecord, list[RecordLink]]:
    key = uuid.uuid5(_NAMESPACE, f"{row.entry_id} {turn}")
    entry_id, record = id_of(key), from_json(row.body)
    changed = {
        "key": key,
        "id": entry_id,
        "title": f"{record.title}{_TOWN}{entry_id[:5]}",
        "url": f"{record.url}{entry_id}/",
        "source_id": f"{record.source_id}-{turn}",
    }
    replaced = {}
    if office is not None and (before := getattr(record, "secretariat", None)):
        told = {"id": office.id, "title": office.title, "url": office.url}
        changed["secretariat"] = before.model_copy(update=told)
        replaced[before.id] = office.id
    copy = record.model_copy(update=changed)
    body = to_json(copy)
    links = [
        RecordLink(
            relation=link.relation,
            target_kind=link.target_kind,
            target_id=replaced.get(link.target_id, link.target_id),
        )
        for link in row.links.all()
    ]
    told = {name: getattr(row, name) for name in ("kind", "locale", "schema", "source", "published_at", "changed_at")}
    own = {name: getattr(copy, name) for name in ("title", "slug", "url", "source_id")}
    return PublishedRecord(entry_id=entry_id, etag=etag_of(body), body=body, **told, **own), links


def _publish(copies: list[tuple[PublishedRecord, list[RecordLink]]]) -> None:
    with transaction.atomic():
        LogHead.lock()
        head = LogHead.objects.get()
        for place, (row, _links) in enumerate(copies, start=head.sequence + 1):
            row.sequence = place
        LogHead.objects.update(sequence=head.sequence + len(copies))
        PublishedRecord.objects.bulk_create(row for row, _links in copies)
        for row, links in copies:
            for link in links:
                link.record = row
        RecordLink.objects.bulk_create(link for _row, links in copies for link in links)


def forget_server() -> int:
    """Remove what this site's index left on the search server; how many indices that were."""
    from search.engines.elasticsearch_access import configured
    from tests import elasticsearch

    return elasticsearch.remove(configured())
