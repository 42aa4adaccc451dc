"""Who follows the change feed from zero ends with what the export says, whatever happens meanwhile."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.exporting import PublishedCharter
from services.interchange import FORMATS
from services.models import PublishedRecord
from services.models.published import LAST_SEEN
from tests.records import put_record, remove_record, service
from tests.services.copies import Mirror, backup, restore

pytestmark = pytest.mark.django_db

TITLES = st.sampled_from(["Podar", "Varrer", "Tapar", "Matricular"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), TITLES, st.sampled_from(["", "De um jeito.", "De outro."])),
        st.tuples(st.just("remove"), TITLES),
        st.tuples(st.just("follow"), st.integers(1, 2)),
        st.just(("backup",)),
        st.just(("restore",)),
    ),
    max_size=14,
)


def exported() -> dict[tuple[str, str, str], Any]:
    """The whole charter, as the native format writes it."""
    write = FORMATS["conecta"].write
    assert write is not None
    lines = b"".join(write(PublishedCharter("pt-br", timezone.now()))).splitlines()
    records = [json.loads(line) for line in lines]
    return {(record["kind"], record["id"], record.get("locale", "pt-BR")): record for record in records}


@given(steps=STEPS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_follower_ends_with_what_is_exported(client: Client, steps: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        LAST_SEEN.forget()
        mirror, saved = Mirror(client), None
        for name, *values in steps:
            if name == "publish":
                put_record(service(values[0], summary=values[1]))
            elif name == "remove":
                row = PublishedRecord.objects.public().filter(title=values[0]).first()
                if row is not None:
                    remove_record(row)
            elif name == "follow":
                mirror.follow(batches=values[0])
            elif name == "backup":
                saved = backup()
            elif saved is not None:
                restore(saved)
        mirror.follow()
        assert mirror.held == exported()
        transaction.set_rollback(True)
    LAST_SEEN.forget()
