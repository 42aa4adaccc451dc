"""Many rows at once, read back as the database has them."""

import uuid
from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from wagtail.models import Page, ReferenceIndex, Revision

from services import rows
from services.models import PublishedRecord, RecordLink, ServicePage
from tests.services.many import many

pytestmark = pytest.mark.django_db

AWKWARD = ["", "a\tb\\n\nc\r\\", "\\N", "\\.", "'aspas' \"duplas\" {chaves,vírgulas}", "%s %(x)s", "água 💧 \u2028"]
MOMENT = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


def record(number: int, body: str) -> PublishedRecord:
    return PublishedRecord(
        kind="topic",
        entry_id=f"{number}",
        locale="pt-br",
        sequence=number,
        body=body,
        published_at=MOMENT,
        changed_at=MOMENT,
    )


def test_what_goes_in_comes_out_whatever_it_holds() -> None:
    made = [record(number, body) for number, body in enumerate(AWKWARD)]
    rows.number(PublishedRecord, made)
    rows.insert(PublishedRecord, made)
    found = PublishedRecord.objects.in_bulk([row.pk for row in made])
    assert [found[row.pk].body for row in made] == AWKWARD
    assert {row.published_at for row in found.values()} == {MOMENT}
    made[0].title = "é uma linha, e não outra"
    made[0].save()
    assert PublishedRecord.objects.count() == len(AWKWARD)


def test_json_nothing_and_defaults_are_kept() -> None:
    content = {"textos": AWKWARD, "nada": None, "número": 1.5}
    page_type = ContentType.objects.get_for_model(Page)
    made = [
        Revision(
            content_type=page_type, base_content_type=page_type, object_id=str(n), content=content, created_at=MOMENT
        )
        for n in range(2)
    ]
    rows.insert(Revision, made)
    found = Revision.objects.all()
    assert [(row.content, row.user_id, row.object_str) for row in found] == [(content, None, "")] * 2


def test_a_number_is_never_given_twice() -> None:
    first = [record(n, "") for n in range(3)]
    rows.number(PublishedRecord, first)
    rows.insert(PublishedRecord, first)
    used = {row.pk for row in first}
    PublishedRecord.objects.all().delete()
    second = [record(n, "") for n in range(2)]
    rows.number(PublishedRecord, second)
    rows.insert(PublishedRecord, second)
    saved = record(9, "")
    saved.save()
    assert len(used | {row.pk for row in second} | {saved.pk}) == 6


def test_thin_rows_need_no_object() -> None:
    made = record(1, "")
    made.save()
    rows.insert_values(
        RecordLink,
        ("record_id", "relation", "target_kind", "target_id"),
        [(made.pk, "topic", "topic", "a"), (made.pk, "topic", "topic", "b")],
    )
    assert set(made.links.values_list("target_id", flat=True)) == {"a", "b"}
    page_type = ContentType.objects.get_for_model(Page).pk
    place = uuid.uuid4()
    names = ("content_type_id", "base_content_type_id", "object_id", "to_content_type_id", "to_object_id")
    rows.insert_values(
        ReferenceIndex,
        (*names, "model_path", "content_path", "content_path_hash"),
        [(page_type, page_type, "1", page_type, "2", "a", "a", place)],
    )
    assert ReferenceIndex.objects.get(object_id="1").content_path_hash == place


def test_the_database_refuses_what_it_would_refuse_one_by_one() -> None:
    twice = [record(1, ""), record(1, "")]
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(PublishedRecord, twice)
    assert not PublishedRecord.objects.exists()


def test_after_a_large_import_postgresql_knows_how_many_rows_there_are() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's planner counts no rows")
    many(services=250, bodies=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [ServicePage._meta.db_table])
        assert cursor.fetchone()[0] >= 250
