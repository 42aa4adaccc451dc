"""Sums of ratings: the same whether they were made day by day or at once, and of every rating that came."""

import threading
import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import summing
from feedback.models import Rating, RatingSum
from feedback.reasons import offered
from feedback.summing import recompute, sum_up
from feedback.tallying import COUNTED

NOW = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
STARTS = datetime(2026, 8, 30, 2, 0, tzinfo=UTC)


def rating(**said: Any) -> Rating:
    """A rating as it is kept."""
    given = {"service_id": "aaaaaaaaaa", "body_id": "bbbbbbbbbb", "stars": 4, "locale": "pt-br", "received_at": STARTS}
    return Rating(token=uuid.uuid4(), **given | said)


def rows() -> set[tuple[Any, ...]]:
    return set(RatingSum.objects.values_list("subject", "split", "part", "month", "first_day", "last_day", *COUNTED))


@st.composite
def ratings(draw: st.DrawFn) -> Rating:
    stars = draw(st.integers(1, 5))
    return rating(
        stars=stars,
        service_id=draw(st.sampled_from(["aaaaaaaaaa", "cccccccccc"])),
        body_id=draw(st.sampled_from(["bbbbbbbbbb", "dddddddddd", ""])),
        unit_id=draw(st.sampled_from(["", "eeeeeeeeee"])),
        channel=draw(st.sampled_from(["", "phone", "digital"])),
        managed=draw(st.sampled_from(["", "yes", "partly", "no"])),
        reasons=draw(st.lists(st.sampled_from(sorted(offered(stars))), max_size=3, unique=True)),
        took_minutes=draw(st.none() | st.integers(0, 500_000)),
        promised_minutes=draw(st.none() | st.just(10_080)),
        received_at=STARTS + timedelta(hours=draw(st.integers(0, 85 * 24))),
        set_aside=draw(st.booleans()),
    )


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waves=st.lists(st.lists(ratings(), max_size=12), max_size=4), batch=st.integers(1, 9))
def test_summed_bit_by_bit_they_are_what_the_raw_rows_give(
    monkeypatch: pytest.MonkeyPatch, waves: list[list[Rating]], batch: int
) -> None:
    with transaction.atomic():
        monkeypatch.setattr(summing, "BATCH", batch)
        for number, wave in enumerate(waves):
            Rating.objects.bulk_create(wave)
            sum_up(STARTS + timedelta(days=25 * number))
        sum_up(NOW)
        bit_by_bit = rows()
        recompute(NOW)
        assert rows() == bit_by_bit
        every = [each for wave in waves for each in wave]
        whole = RatingSum.objects.filter(subject="", split="")
        counted = Counter(each.stars for each in every if not each.set_aside)
        assert [sum(getattr(row, name) for row in whole) for name in COUNTED[:5]] == [counted[n] for n in range(1, 6)]
        assert sum(row.aside for row in whole) == sum(each.set_aside for each in every)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_each_thing_that_was_said_is_found_where_it_belongs() -> None:
    rating(
        stars=2,
        managed="no",
        reasons=["slow", "far"],
        unit_id="eeeeeeeeee",
        channel="phone",
        took_minutes=8 * 24 * 60 + 100,
        promised_minutes=7 * 24 * 60,
    ).save()
    sum_up(NOW)
    found = {(row.subject, row.split, row.part) for row in RatingSum.objects.all()}
    parts = {
        ("", ""),
        ("reason", "slow"),
        ("reason", "far"),
        ("channel", "phone"),
        ("unit", "eeeeeeeeee"),
        ("time", str(8 * 24 * 60)),
        ("promise", "late"),
    }
    of_all = {(subject, *part) for subject in ("", "aaaaaaaaaa", "bbbbbbbbbb") for part in parts}
    assert found == of_all | {("bbbbbbbbbb", "service", "aaaaaaaaaa"), ("", "body", "bbbbbbbbbb")}
    # By the city's clock it is still August there.
    assert set(RatingSum.objects.values_list("two", "no", "month", "first_day")) == {
        (1, 1, date(2026, 8, 1), date(2026, 8, 29))
    }


@pytest.mark.django_db
def test_today_is_not_over_and_a_clock_that_ran_ahead_loses_nothing() -> None:
    rating(received_at=NOW).save()
    rating(received_at=NOW + timedelta(days=3)).save()
    assert sum_up(NOW) == 0
    assert sum_up(NOW + timedelta(days=1)) == 1
    assert sum_up(NOW + timedelta(days=9)) == 1
    assert sum_up(NOW) == 0, "a clock that went back sums nothing twice"


@pytest.mark.django_db
def test_the_command_makes_the_sums_anew() -> None:
    Rating.objects.bulk_create([rating(stars=5), rating(stars=5)])
    sum_up(NOW)
    RatingSum.objects.update(five=99)
    call_command("recompute_figures")
    assert set(RatingSum.objects.values_list("five", flat=True)) == {2}


@pytest.mark.django_db
def test_one_with_a_lower_number_that_comes_later_is_summed() -> None:
    rating(pk=2_000).save()
    assert sum_up(NOW) == 1
    rating(pk=1_000).save()
    assert sum_up(NOW) == 1
    assert RatingSum.objects.get(subject="", split="").four == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_one_whose_transaction_ends_late_is_not_lost() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def late() -> None:
        try:
            with transaction.atomic():
                rating().save()
                begun.set()
                may_end.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=late)
    thread.start()
    assert begun.wait(20)
    rating().save()
    assert sum_up(NOW) == 1
    may_end.set()
    thread.join(20)
    assert sum_up(NOW) == 1
    assert RatingSum.objects.get(subject="", split="").four == 2
    assert recompute(NOW) == RatingSum.objects.count()
    assert RatingSum.objects.get(subject="", split="").four == 2


@pytest.mark.django_db
def test_a_fault_while_summing_leaves_all_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    rating().save()

    def fails(*_args: Any, **_more: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(RatingSum.objects, "bulk_create", fails)
        with pytest.raises(RuntimeError):
            sum_up(NOW)
    assert not RatingSum.objects.exists()
    assert sum_up(NOW) == 1
    assert connection.is_usable()
