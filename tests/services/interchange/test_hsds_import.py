"""A data package taken over as entries: published as they were, and nothing to do the second time."""

import contextlib
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from services.interchange import FORMATS, Given
from services.models import PublishedRecord
from services.record import Service, from_json
from tests import records as made
from tests.services import charter as written
from tests.services.interchange.exchange.samples import SITE

pytestmark = pytest.mark.django_db


def _imported(path: Path) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        call_command("import_charters", str(path), "--format", "hsds", stdout=said)
    return said.getvalue().strip()


def test_a_package_of_ours_becomes_the_same_entries_again(tmp_path: Path) -> None:
    written.city().save()
    body, topic = made.secretariat(), made.topic()
    service = made.complete_service(secretariat=made.ref(body), topics=[made.ref(topic)], keywords=["posto", "médico"])
    path = tmp_path / "carta.zip"
    write = FORMATS["hsds"].write
    assert write
    path.write_bytes(b"".join(write(Given([body, topic, service], SITE))))
    assert _imported(path) == "created=1 updated=0 unchanged=0 rejected=0"
    there = from_json(PublishedRecord.objects.public().get(kind="service", entry_id=service.id).body)
    assert isinstance(there, Service)
    for field in (
        "key",
        "title",
        "slug",
        "summary",
        "requirements",
        "steps",
        "time",
        "keywords",
        "topics",
        "secretariat",
    ):
        assert getattr(there, field) == getattr(service, field), field
    assert there.secretariat == service.secretariat
    assert _imported(path) == "created=0 updated=0 unchanged=1 rejected=0"
