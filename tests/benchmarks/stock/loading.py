"""The charter into the stock site: a plain loop of ``add_child`` and ``save_revision().publish()``."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from services.interchange import FORMATS, open_source
from services.keys import DatabaseKeys
from services.mapping import FIELDS, write_entry
from services.models import ENTRY_MODELS
from services.record import Entry, Kind
from tests.benchmarks.stock.models import StockSecretariat, StockService


class StockKeys(DatabaseKeys):
    """Pages are this site's own."""

    def pk_of(self, kind: Kind, entry_id: str) -> int | None:
        """The number of a stock page, or of one of our snippets."""
        model: Any = {"service": StockService, "secretariat": StockSecretariat}.get(kind)
        if model is None:
            return super().pk_of(kind, entry_id)
        return model.objects.filter(record_id=entry_id).values_list("pk", flat=True).first()


def read(charters: Path) -> list[Entry]:
    """The records of a charter in federal XML."""
    format_ = FORMATS["federal-v3"]
    assert format_.read is not None
    return list(format_.read(open_source(charters, format_.suffixes)).records)


def services_of(records: Sequence[Entry]) -> list[Any]:
    """Its services, in an order that mixes large and small."""
    return sorted((record for record in records if record.kind == "service"), key=lambda record: record.id)


def make_tables() -> None:
    """The tables of the stock pages, in a database that was migrated."""
    with connection.schema_editor() as editor:
        editor.create_model(StockSecretariat)
        editor.create_model(StockService)


def prepare(charters: Path) -> dict[str, float]:
    """Tables, topics, audiences and bodies, which the loop needs; seconds that reading the files took."""
    make_tables()
    started = time.perf_counter()
    records = read(charters)
    seconds = time.perf_counter() - started
    keys = StockKeys()
    locale = Locale.get_default()
    home = Site.objects.get(is_default_site=True).root_page.specific
    for record in records:
        if record.kind in ("topic", "audience"):
            entry: Any = ENTRY_MODELS[record.kind](locale=locale, live=True)
            write_entry(entry, record, keys)
            entry.save()
    for record in records:
        if record.kind == "secretariat":
            body = StockSecretariat(locale=locale)
            write_entry(body, record, keys)
            home.add_child(instance=body)
            body.save_revision().publish()
    return {"seconds": seconds, "services": len(services_of(records))}


def publish(charters: Path, start: int, count: int) -> dict[str, float]:
    """Publish ``count`` services one by one; seconds of the loop alone, with the pages made beforehand."""
    pages = _pages(services_of(read(charters))[start : start + count])
    started = time.perf_counter()
    for parent, page in pages:
        parent.add_child(instance=page)
        page.save_revision().publish()
    return {"seconds": time.perf_counter() - started, "services": len(pages)}


def fill_up(charters: Path, start: int) -> dict[str, float]:
    """The other services, in the short way: live, but without revisions and history. Then all links, and the index."""
    records = services_of(read(charters))
    post_save.disconnect(post_save_signal_handler, sender=StockService)
    with transaction.atomic(), disable_reference_index_auto_update():
        for parent, page in _pages(records[start:]):
            parent.add_child(instance=page)
        related = next(field for field in FIELDS["service"] if getattr(field, "name", "") == "related")
        keys = StockKeys()
        for record in records:
            if record.related:
                page = StockService.objects.get(record_id=record.id)
                related.write(page, record, keys)
                page.save(clean=False)
    call_command("update_index", verbosity=0)
    return {"services": StockService.objects.live().count()}


def _pages(records: Sequence[Any]) -> list[tuple[Any, Any]]:
    keys = StockKeys()
    locale = Locale.get_default()
    bodies = {body.record_id: body for body in StockSecretariat.objects.all()}
    pages = []
    for record in records:
        page = StockService(locale=locale)
        write_entry(page, record, keys)
        pages.append((bodies[record.secretariat.id], page))
    return pages
