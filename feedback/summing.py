"""Ratings become sums: those of whole days that are not summed yet, or all of them anew.

Whether a rating is in the sums stands in its own row, and is written in the transaction that sums it. So one whose
transaction ended late is summed later, whatever its number; none is summed twice; and after a fault the sums are those
of the rows that say so.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from feedback.models import Rating, RatingSum
from feedback.panel.keeping_back import keep_back
from feedback.tallying import COUNTED, KEY, Key, Rated, Sum, tally

#: Ratings that one transaction sums: whoever else would sum waits for it, and nobody who reads.
BATCH = 5_000
_ROWS = 2_000


def sum_up(at: datetime) -> int:
    """Sum up the ratings of whole days before a moment's that are not summed yet; how many there were.

    In one transaction with what of the sums is not told: no reader sees the ones without the other.
    """
    before, summed = _midnight(at), 0
    with transaction.atomic():
        while number := _sum_batch(before):
            summed += number
        keep_back(at)
    return summed


def recompute(at: datetime) -> int:
    """All sums anew from the raw rows, in one transaction; how many sums there are. Readers see the old ones meanwhile.

    What had not been summed of whole days before a moment's is in them too.
    """
    made = 0
    with transaction.atomic():
        _lock()
        Rating.objects.filter(summed=False, received_at__lt=_midnight(at)).update(summed=True)
        RatingSum.objects.all().delete()
        every = Rating.objects.filter(summed=True)
        span = every.aggregate(first=Min("received_at"), last=Max("received_at"))
        # No more than a month's sums are held in memory.
        for starts, ends in _months(span["first"], span["last"]):
            rows = every.filter(received_at__gte=starts, received_at__lt=ends)
            sums = tally(_read(rows), timezone.get_current_timezone())
            _write_new(sums)
            made += len(sums)
        keep_back(at)
    return made


def _sum_batch(before: datetime) -> int:
    with transaction.atomic():
        _lock()
        waiting = Rating.objects.filter(summed=False, received_at__lt=before).order_by("received_at")
        keys = list(waiting.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return 0
        batch = Rating.objects.filter(pk__in=keys)
        sums = tally(_read(batch), timezone.get_current_timezone())
        for key, present in _present(sums):
            sums[key].add(present)
        _write(sums)
        batch.update(summed=True)
        return len(keys)


def _present(sums: dict[Key, Sum]) -> Iterator[tuple[Key, Sum]]:
    months, subjects = {month for _subject, _split, _part, month in sums}, sorted({subject for subject, *_part in sums})
    for some in (subjects[start : start + 500] for start in range(0, len(subjects), 500)):
        for row in RatingSum.objects.filter(month__in=months, subject__in=some).iterator(chunk_size=_ROWS):
            key = (row.subject, row.split, row.part, row.month)
            if key in sums:
                yield key, Sum(row.first_day, row.last_day, [getattr(row, name) for name in COUNTED])


def _write(sums: dict[Key, Sum]) -> None:
    """Write sums in the place of those that are there."""
    RatingSum.objects.bulk_create(
        _rows(sums),
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=[*COUNTED, "first_day", "last_day"],
    )


def _write_new(sums: dict[Key, Sum]) -> None:
    """Write sums where there are none. PostgreSQL takes hundreds of thousands so, in seconds instead of minutes."""
    if connection.vendor != "postgresql":
        RatingSum.objects.bulk_create(_rows(sums), batch_size=_ROWS)
        return
    columns = ", ".join([*KEY, "first_day", "last_day", *COUNTED])
    with connection.cursor() as cursor, cursor.copy(f"COPY {RatingSum._meta.db_table} ({columns}) FROM STDIN") as copy:
        # What a panel reads together lies together.
        for key, held in sorted(sums.items(), key=lambda item: (item[0][1], item[0][0])):
            copy.write_row((*key, held.first, held.last, *held.numbers))


def _rows(sums: dict[Key, Sum]) -> list[RatingSum]:
    return [
        RatingSum(
            **dict(zip(KEY, key, strict=True)),
            first_day=held.first,
            last_day=held.last,
            **dict(zip(COUNTED, held.numbers, strict=True)),
        )
        for key, held in sums.items()
    ]


def _read(rows: QuerySet[Rating]) -> Iterable[Rated]:
    return map(Rated._make, rows.order_by().values_list(*Rated._fields).iterator(chunk_size=BATCH))


def _lock() -> None:
    """One at a time sums. SQLite's transactions begin with the lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {RatingSum._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _midnight(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(at), datetime.min.time()))


def _months(first: datetime | None, last: datetime | None) -> Iterator[tuple[datetime, datetime]]:
    if first is None or last is None:
        return
    month, final = timezone.localdate(first).replace(day=1), timezone.localdate(last)
    while month <= final:
        following = (month + timedelta(days=32)).replace(day=1)
        starts, ends = (timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in (month, following))
        yield starts, ends
        month = following
