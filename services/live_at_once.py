"""Suspensions, visits and exceptions to hours as an import brings them: rows beside the entry."""

from typing import Any

from services.correspondence import read_live_at_once
from services.keys import DatabaseKeys
from services.models import HoursException, LogHead, Suspension, Visit, entry_changed
from services.record import Entry

#: Kind → field of its record → model of the rows, and their column that names the entry.
LIVE_AT_ONCE: dict[str, dict[str, tuple[Any, str]]] = {
    "service": {"suspensions": (Suspension, "service")},
    "unit": {"hours_exceptions": (HoursException, "unit"), "visits": (Visit, "unit")},
}


def bulk_live_at_once(entry: Any, record: Entry, keys: DatabaseKeys) -> None:
    """Insert a new entry's rows without telling: its record is written with them."""
    for name, (model, owner) in LIVE_AT_ONCE.get(record.kind, {}).items():
        for value in getattr(record, name):
            _row(model, owner, entry, value, keys).save_quietly()


def sync_live_at_once(entry: Any, record: Entry, keys: DatabaseKeys) -> None:
    """Make the rows that came from an import equal to the record's; those that editors made stay."""
    for name, (model, owner) in LIVE_AT_ONCE.get(record.kind, {}).items():
        wanted = [_row(model, owner, entry, value, keys) for value in getattr(record, name)]
        present = list(model._default_manager.filter(**{owner: entry, "imported": True}))
        if [read_live_at_once(row) for row in present] == [read_live_at_once(row) for row in wanted]:
            continue
        LogHead.lock()
        model._default_manager.filter(pk__in=[row.pk for row in present]).delete()
        for row in wanted:
            row.save_quietly()
        entry_changed.send(model, kind=entry.kind, entry_id=entry.record_id)


def _row(model: Any, owner: str, entry: Any, value: Any, keys: DatabaseKeys) -> Any:
    row = model(**{owner: entry, "imported": True})
    for name in type(value).model_fields:
        held = getattr(value, name)
        if name == "district":
            row.district_id = keys.pk_of("district", held.id) if held else None
        elif name == "services":
            row.services = keys.objects("service", (ref.id for ref in held))
        else:
            setattr(row, name, held)
    return row
