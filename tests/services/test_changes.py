"""The log is all that a follower needs, through restores too."""

from typing import Any

import pytest

from search.engines.embedded import Embedded
from search.follower import Follower
from services import changes
from services.models import LogHead
from tests.records import put_record, remove_record, service, topic
from tests.services.copies import Copy, backup, public, restore

pytestmark = pytest.mark.django_db


def test_numbers_rise_and_the_newest_state_is_told_once() -> None:
    put_record(service("Podar"))
    row = put_record(topic())
    put_record(service("Podar", summary="Outra."))
    remove_record(row)
    cursor, found = changes.read(changes.START)
    assert [(change.sequence, change.kind, change.deleted) for change in found] == [
        (3, "service", False),
        (4, "topic", True),
    ]
    assert changes.read(cursor) == (cursor, [])
    assert found[0].record().summary == "Outra."


@pytest.mark.parametrize("text", ["", "7", "x.", ".3", "e.-1", "e.٣", "e." + "9" * 19, "e.1.2"])
def test_what_is_no_cursor(text: str) -> None:
    with pytest.raises((ValueError, changes.CursorGone)):
        changes.read(text)


def test_a_cursor_of_another_life_or_beyond_the_head_is_gone() -> None:
    put_record(service("Podar"))
    epoch, last = changes.head()
    for cursor in (f"{epoch}.{last + 1}", f"other.{last}"):
        with pytest.raises(changes.CursorGone):
            changes.read(cursor)


def test_reading_costs_two_queries(django_assert_num_queries) -> None:
    put_record(service("Podar"))
    with django_assert_num_queries(2):
        changes.read(changes.START)


def test_followers_converge_after_a_restore(tmp_path: Any) -> None:
    copy, index = Copy(), Follower(Embedded(tmp_path / "index"))
    row = put_record(service("Podar"))
    put_record(service("Varrer"))
    saved = backup()
    # What the backup does not know, and numbers that the restored log will give to something else.
    put_record(service("Perdido"))
    remove_record(row)
    put_record(service("Varrer", summary="Outra."))
    copy.follow()
    assert index.keep_up()
    assert copy.held == public()
    restore(saved)
    for number in range(4):
        put_record(service(f"Novo {number}"))
    copy.follow()
    assert index.keep_up()
    assert copy.held == public()
    assert index.engine.cursor() == copy.cursor == changes.cursor(*changes.head())


def test_without_another_epoch_a_follower_would_stay_wrong() -> None:
    copy = Copy()
    put_record(service("Podar"))
    saved = backup()
    put_record(service("Perdido"))
    copy.follow()
    epoch = changes.head()[0]
    restore(saved)
    LogHead.objects.update(epoch=epoch)
    put_record(service("Novo"))
    copy.follow()
    assert copy.held != public(), "what the epoch is for"


def test_the_head_is_read_seldom_and_ones_own_changes_are_in_it_at_once(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    put_record(topic("Árvores"))
    monkeypatch.setattr(changes, "RECENT", 600)
    with django_assert_num_queries(1):
        seen = changes.recent_head()
    with django_assert_num_queries(0):
        assert changes.recent_head() == seen
    put_record(topic("Ruas"))
    assert changes.recent_head() == changes.head() != seen
    changes.renew_epoch()
    assert changes.recent_head() == changes.head()


def test_what_others_publish_is_seen_a_moment_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "RECENT", 600)
    seen = changes.recent_head()
    LogHead.objects.filter(pk=1).update(sequence=seen[1] + 1)
    assert changes.recent_head() == seen
    monkeypatch.setattr(changes, "RECENT", -1)
    assert changes.recent_head() == (seen[0], seen[1] + 1)
