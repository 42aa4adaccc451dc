"""The worker makes the tables, and keeps them: a page of the observatory costs the same in a city of any size."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation

from home.observatory.models import KeptTable
from home.observatory.reading import Reading
from home.observatory.register import TABLES
from home.observatory.shape import Figures, Row, Table
from home.observatory.withholding import withheld
from services.page_sources import changed

#: As a source of pages.
OBSERVATORY = "observatory"


@dataclass(frozen=True)
class Kept:
    """Tables' rows by their names, and when the last of them was made (``None``: never)."""

    rows: Figures
    made_at: datetime | None


def keep_tables(at: datetime) -> int:
    """Make every table anew, of whole days before a moment, and keep them; how many."""
    reading = Reading(at)
    # What is kept is in the language in which the city writes; pages translate what this program says.
    with translation.override(settings.LANGUAGE_CODE):
        made = [KeptTable(name=table.name, rows=made_rows(table, reading), made_at=at) for table in TABLES.values()]
    with transaction.atomic():
        KeptTable.objects.exclude(name__in=TABLES).delete()
        KeptTable.objects.bulk_create(
            made, update_conflicts=True, unique_fields=["name"], update_fields=["rows", "made_at"]
        )
    changed(OBSERVATORY)
    return len(made)


def made_rows(table: Table, reading: Reading) -> list[Row]:
    """A table's rows as they may be told."""
    return withheld(table, table.rows(reading))


def last_made() -> datetime | None:
    """When the tables were made: one query."""
    made: datetime | None = KeptTable.objects.aggregate(Max("made_at"))["made_at__max"]
    return made


def stamp() -> str:
    """Another one as soon as tables are made anew."""
    return str(last_made())


def kept(tables: Iterable[Table]) -> Kept:
    """These tables as they are kept, without rows where they are not yet: one query."""
    wanted = [table.name for table in tables]
    found = {table.name: table for table in KeptTable.objects.filter(name__in=wanted)}
    rows = {name: found[name].rows if name in found else [] for name in wanted}
    return Kept(rows, max((table.made_at for table in found.values()), default=None))
