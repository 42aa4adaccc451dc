"""A small charter of the demonstration in three languages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from home import demonstration
from home.identity import forget_identity
from home.management.commands import load_demo
from services.interchange import FORMATS, open_source
from services.interchange.native import lines

#: When the translations come.
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
TEXTS = load_demo.FOLDER.with_name("demo_translations")
KEPT = {"chamar-o-samu-192", "sms", "saude", "cidade"}


@pytest.fixture(scope="module")
def charter(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One service, its body and its topic, with their translations; undone after a module's last test."""
    folder = tmp_path_factory.mktemp("charter")
    native = FORMATS["conecta"]
    assert native.read is not None
    found = native.read(open_source(load_demo.FOLDER, native.suffixes)).records
    (folder / "demo.jsonl").write_bytes(b"".join(lines(record for record in found if record.source_id in KEPT)))
    with django_db_blocker.unblock(), transaction.atomic():
        translation.deactivate()
        demonstration.load(folder)
        told = demonstration.load_translations(TEXTS, at=AT)
        assert (told.created, told.missing) == (2 * (len(KEPT) - 1), [])
        yield
        transaction.set_rollback(True)
    forget_identity()


@pytest.fixture
def small(charter: None, db: None) -> None:
    """The charter, and whatever a test makes of it."""
