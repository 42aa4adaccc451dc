"""What documents take from other records, read from the log's heads; and whom a change concerns besides its own entry.

A service names its units and embeds no more of them than a reference, so a unit that moves or plans a visit changes
no service's record. A follower that takes in such a unit therefore takes in again the services that name it. It is
enough to ask who names it now: who names it no more has changed itself.
"""

import json
import logging
from collections.abc import Iterable

from django.db.models import Q
from pydantic import ValidationError

from search.surroundings import Surroundings
from services.changes import Change, as_changes
from services.languages import source_locale
from services.models.published import PublishedRecord, RecordLink
from services.record import Record, Service, Unit, from_json

logger = logging.getLogger(__name__)


def gather(records: Iterable[Record]) -> dict[str, Surroundings]:
    """Of each service its surroundings, by its id: one query for its rating, and one if any names a unit."""
    services = [record for record in records if isinstance(record, Service)]
    units = _units({unit.id for service in services for unit in service.units})
    means = _means({service.id for service in services})
    return {
        service.id: Surroundings(
            units=tuple(units[unit.id] for unit in service.units if unit.id in units), rating=means.get(service.id)
        )
        for service in services
    }


def concerned(found: Iterable[Change]) -> list[Change]:
    """Services, in every language, whose documents take from units or ratings that changed, and that did not change.

    One query if one of them changed.
    """
    seen = list(found)
    units = [change.id for change in seen if change.kind == "unit"]
    rated = [change.id for change in seen if change.kind == "rating"]
    if not units and not rated:
        return []
    links = RecordLink.objects.filter(relation="unit", target_kind="unit", target_id__in=units)
    naming = PublishedRecord.objects.public().filter(
        Q(pk__in=links.values("record_id")) | Q(entry_id__in=rated), kind="service"
    )
    known = {change.sequence for change in seen}
    return [change for change in as_changes(naming) if change.sequence not in known]


def _means(ids: set[str]) -> dict[str, float]:
    """Means of the stars of services, by their ids."""
    if not ids:
        return {}
    rows = PublishedRecord.objects.public().filter(kind="rating", entry_id__in=ids, locale=source_locale())
    return {entry_id: json.loads(body)["mean"] for entry_id, body in rows.values_list("entry_id", "body")}


def _units(ids: set[str]) -> dict[str, Unit]:
    """Units as published, by id. Where they stand and go is the same in every language."""
    if not ids:
        return {}
    rows = PublishedRecord.objects.public().filter(kind="unit", entry_id__in=ids, locale=source_locale())
    found = {}
    for entry_id, body in rows.values_list("entry_id", "body"):
        try:
            record = from_json(body)
        except ValidationError:
            # Its services must be found all the same.
            logger.exception("search: unit %s can not be read", entry_id)
            continue
        if isinstance(record, Unit):
            found[entry_id] = record
    return found
