"""Which editions there are, which are asked for, by whom or by the night, and which go."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override
from wagtail.log_actions import log

from services import changes
from services.booklet.acts import ASKED, FROZEN, TABLE
from services.languages import source_locale
from services.models.booklet import BookletEdition
from services.models.published import PublishedRecord
from services.neighbours import the_city
from services.querysets import public_of
from services.timing import timezone_of

#: The hour of the city's night at which what changed is printed anew.
HOUR = 3
#: So many of the nightly editions of the same stay.
LAST = 7
#: For so long a failure is told.
FAILURES = timedelta(days=30)
#: Month and day on which a year's general table is frozen by itself; set by ``CONECTA_GENERAL_TABLE_DAY``.
TABLE_DAY = "12-15"


class AlreadyThere(Exception):
    """A general table of that year is there, or about to be."""


def ask(
    *,
    at: datetime,
    language: str,
    user: Any = None,
    body: str = "",
    as_of: date | None = None,
) -> BookletEdition:
    """Have a booklet made; one that is asked for already is that. In the register of acts if a person asks."""
    titles = public_of("secretariat", language).filter(entry_id=body).values_list("title", flat=True)
    wanted = {"kind": "booklet", "body": body, "language": language, "as_of": as_of, "state": "asked"}
    edition: BookletEdition | None = BookletEdition.objects.filter(**wanted).first()
    if edition is not None:
        return edition
    with transaction.atomic():
        edition = BookletEdition.objects.create(
            **wanted, body_title=(titles.first() or "") if body else "", asked_at=at, asked_by=user
        )
        if user is not None:
            log(instance=edition, action=ASKED, user=user, data={"language": language, "as_of": as_of and f"{as_of}"})
    return edition


def freeze(edition: BookletEdition, *, user: Any) -> None:
    """Keep a finished edition for good."""
    with transaction.atomic():
        if BookletEdition.objects.filter(pk=edition.pk, state="done", frozen=False).update(frozen=True):
            log(instance=edition, action=FROZEN, user=user)


def ask_general_table(*, at: datetime, year: int, user: Any = None) -> BookletEdition:
    """Have the general table of a year made and kept for good. Raises ``AlreadyThere``: there is one a year."""
    try:
        with transaction.atomic():
            edition = BookletEdition.objects.create(
                kind="general_table", language=source_locale(), year=year, asked_at=at, asked_by=user
            )
            log(instance=edition, action=TABLE, user=user, data={"year": year})
    except IntegrityError as error:
        raise AlreadyThere(year) from error
    return edition


def ask_what_is_due(at: datetime) -> int:
    """Ask for what the night makes: each newest booklet whose charter has moved on, and the year's table on its day.

    A duty of the worker, and all that it asks: two queries, and one a booklet that there is.
    """
    zone = timezone_of(the_city())
    local = at.astimezone(zone)
    night = datetime.combine(local.date(), time(HOUR), tzinfo=zone)
    if local < night:
        night -= timedelta(days=1)
    asked = sum(_ask_anew(body, language, night, at) for body, language in _kept_up())
    return asked + _ask_table(local.date(), at)


def _kept_up() -> Iterator[tuple[str, str]]:
    """The whole city in its first language, and whatever was once asked for of today."""
    rows = BookletEdition.objects.filter(kind="booklet", as_of=None, state="done").order_by()
    yield from sorted({("", source_locale()), *rows.values_list("body", "language").distinct()})


def _ask_anew(body: str, language: str, night: datetime, at: datetime) -> bool:
    same = BookletEdition.objects.filter(kind="booklet", body=body, language=language, as_of=None)
    # One try a night: what failed waits for the next. A clock that was set back asked for nothing yet.
    if same.filter(asked_at__range=(night, at)).exists():
        return False
    newest = same.filter(state="done").order_by("-made_at").first()
    head = changes.cursor(*changes.head())
    if head == changes.START or (newest is not None and newest.place == head):
        return False
    if body and not public_of("secretariat", language).filter(entry_id=body).exists():
        return False
    with override(language):
        ask(at=at, language=language, body=body)
    return True


def _ask_table(today: date, at: datetime) -> bool:
    month, day = (int(part) for part in getattr(settings, "CONECTA_GENERAL_TABLE_DAY", TABLE_DAY).split("-"))
    if (today.month, today.day) < (month, day):
        return False
    tables = BookletEdition.objects.filter(kind="general_table", year=today.year)
    failed_lately = tables.filter(state="failed", asked_at__gte=at - timedelta(days=1))
    if tables.exclude(state="failed").exists() or failed_lately.exists():
        return False
    if not PublishedRecord.objects.public().filter(kind="service").exists():
        return False
    ask_general_table(at=at, year=today.year)
    return True


def forget_old(at: datetime) -> int:
    """Delete nightly editions but the last of each, and old failures. What is kept for good stays."""
    gone = 0
    passing = BookletEdition.objects.filter(frozen=False)
    for body, language in _kept_up():
        same = passing.filter(kind="booklet", as_of=None, state="done", body=body, language=language)
        stay = same.order_by("-made_at", "-pk").values_list("pk", flat=True)[:LAST]
        gone += same.exclude(pk__in=list(stay)).delete()[0]
    return gone + passing.filter(state="failed", asked_at__lt=at - FAILURES).delete()[0]
