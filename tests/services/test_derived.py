"""What another app counted is published by the rules of all that is public."""

from datetime import UTC, datetime

import pytest

from services import changes
from services.derived import publish_derived
from services.importing import Importer, Options
from services.models.published import PublishedRecord, PublishedVersion
from services.projecting import differences
from services.record import from_json
from tests.records import demand, service

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def publish(*records, at=AT):
    outcome = publish_derived("demand", records, at=at)
    return outcome.written, outcome.buried


def test_what_was_counted_is_public_and_what_has_not_changed_writes_nothing(django_assert_num_queries) -> None:
    iptu, luz = demand("iptu"), demand("rua sem luz", searches=40, without_result=3)
    assert publish(iptu, luz) == (2, 0)
    head = changes.head()
    with django_assert_num_queries(1):
        assert publish(luz, iptu) == (0, 0)
    assert changes.head() == head
    assert publish(iptu, demand("rua sem luz", searches=41)) == (1, 0)
    row = PublishedRecord.objects.public().get(entry_id=luz.id)
    assert from_json(row.body).searches == 41
    assert (row.sequence, row.changed_at) == (head[1] + 1, AT)
    assert list(differences()) == []


def test_what_falls_out_leaves_a_tombstone_and_comes_back_under_its_id() -> None:
    iptu = demand("iptu")
    publish(iptu, demand("iptu", locale="es"))
    assert publish(iptu) == (0, 1)
    gone = PublishedRecord.objects.get(entry_id=iptu.id, locale="es")
    assert (gone.deleted, gone.body, gone.title) == (True, "", "")
    assert publish() == (0, 1)
    assert publish(iptu) == (1, 0)
    versions = PublishedVersion.objects.filter(record__entry_id=iptu.id, record__locale="pt-br")
    assert list(versions.order_by("sequence").values_list("deleted", flat=True)) == [False, True, False]
    assert differences_of_followers() == {iptu.id}


def differences_of_followers() -> set[str]:
    """What a follower holds that read the whole log."""
    held: set[str] = set()
    for _cursor, found in changes.follow(changes.START):
        for change in found:
            if change.locale == "pt-br":
                (held.discard if change.deleted else held.add)(change.id)
    return held


def test_many_are_several_transactions() -> None:
    assert publish(*(demand(f"busca {number}") for number in range(450))) == (450, 0)
    assert publish() == (0, 450)


def test_only_derived_kinds() -> None:
    with pytest.raises(ValueError, match="stands behind"):
        publish_derived("service", [service()], at=AT)
    with pytest.raises(ValueError, match="among"):
        publish_derived("demand", [service()], at=AT)


def test_it_is_not_imported() -> None:
    summary = Importer(Options()).run([demand("iptu")])
    assert (summary.created, [refused.name for refused in summary.refused]) == (0, ["iptu"])
    assert not PublishedRecord.objects.exists()
