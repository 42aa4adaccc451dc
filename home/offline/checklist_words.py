"""A service's decision table with the words of its items: a phone has no record to look them up in."""

from typing import Any

from services import wording
from services.cases import Item, rows_of
from services.decision_table import decision_table
from services.record import Service
from services.record.service import Channel, Document, Fee


def table_of(record: Service) -> dict[str, Any]:
    """``decision_table``, and under ``items`` the words of each row's items, in the active language; empty if none."""
    rows = rows_of(record)
    if not rows:
        return {}
    return {**decision_table(record), "items": [[_words(item) for item in row.items] for row in rows]}


def _words(item: Item) -> str:
    if isinstance(item, Document):
        return item.name
    if isinstance(item, Fee):
        return f"{item.name}: {wording.fee(item)}" if item.name else wording.fee(item)
    assert isinstance(item, Channel)  # noqa: S101 - the last of three
    name = wording.channel_name(item)
    return f"{name}: {item.text}" if item.text else name
