"""What documents take from other records, read from the log's heads; and whom a change concerns besides its own entry.

A service names its units and embeds no more of them than a reference, so a unit that moves or plans a visit changes
no service's record. A follower that takes in such a unit therefore takes in again the services that name it. It is
enough to ask who names it now: who names it no more has changed itself.
"""

import logging
from collections.abc import Iterable

from pydantic import ValidationError

from search.surroundings import Surroundings
from services.changes import Change, as_changes
from services.languages import source_locale
from services.models.published import PublishedRecord, RecordLink
from services.record import Record, Service, Unit, from_json

logger = logging.getLogger(__name__)


def gather(records: Iterable[Record]) -> dict[str, Surroundings]:
    """Of each service its surroundings, by its id: one query if any names a unit."""
    services = [record for record in records if isinstance(record, Service) and record.units]
    units = _units({unit.id for service in services for unit in service.units})
    return {
        service.id: Surroundings(units=tuple(units[unit.id] for unit in service.units if unit.id in units))
        for service in services
    }


def concerned(found: Iterable[Change]) -> list[Change]:
    """Services, in every language, whose documents take from units that changed and that did not change themselves.

    One query if a unit changed.
    """
    seen = list(found)
    units = [change.id for change in seen if change.kind == "unit"]
    if not units:
        return []
    links = RecordLink.objects.filter(relation="unit", target_kind="unit", target_id__in=units)
    naming = PublishedRecord.objects.public().filter(kind="service", pk__in=links.values("record_id"))
    known = {change.sequence for change in seen}
    return [change for change in as_changes(naming) if change.sequence not in known]


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
