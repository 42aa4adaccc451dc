"""What the steps are read from: each fact is asked of the database once, and only if a step wants it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry

from feedback.models import DataOfficer
from home.first_day.inviting import waiting_invitations
from home.first_day.models import BackupKey, LeftOutStep
from home.models import CityIdentity
from home.second_factor.asking import still_without
from services.languages import source_locale
from services.models import City, District, PublishedRecord, SecretariatPage, ServicePage, SignOfLife, Staff, Unit
from services.newsroom.standing import standing
from services.sheets.writing_drafts import ACTION as BY_SHEET


@dataclass
class Facts:
    """Of this city, at a moment, for somebody."""

    user: Any
    at: datetime

    @property
    def today(self) -> date:
        """By the city's clock."""
        return timezone.localdate(self.at)

    @cached_property
    def identity(self) -> CityIdentity:
        """An empty one where none is written."""
        return CityIdentity.objects.order_by("-site__is_default_site", "pk").first() or CityIdentity()

    @cached_property
    def city(self) -> City:
        """An empty one where none is written."""
        return City.objects.first() or City()

    @cached_property
    def holidays(self) -> set[date]:
        """The days of the city's calendar."""
        return {date.fromisoformat(each["value"]["date"]) for each in self.city.calendar.raw_data}

    @cached_property
    def public(self) -> Mapping[str, int]:
        """Kind → how many are on the portal."""
        heads = PublishedRecord.objects.public().filter(locale=source_locale())
        return dict(heads.values_list("kind").annotate(Count("pk")))

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """How many of what there are, by names of ours: one query for all."""
        local = {"locale__language_code": source_locale()}
        imported = ServicePage.objects.exclude(source="")
        rows: dict[str, QuerySet[Any]] = {
            "units without a point": Unit.objects.filter(live=True, latitude=None, itinerant=False, **local),
            "districts without a point": District.objects.filter(live=True, latitude=None, **local),
            "drafted services": ServicePage.objects.filter(live=False, **local),
            "waiting invitations": waiting_invitations(),
            "backup keys": BackupKey.objects.all(),
            "drafts by sheet": PageLogEntry.objects.filter(action=BY_SHEET),
            "imported services": imported,
            "redirects": Redirect.objects.all(),
        }
        names = {f"of_{number}": name for number, name in enumerate(rows)}
        asked = {column: _how_many(rows[name]) for column, name in names.items()}
        # One row of a table that always has one: what is asked for hangs on none of its columns.
        found = ContentType.objects.order_by("pk").annotate(**asked).values(*asked).first() or {}
        return {name: int(found.get(column) or 0) for column, name in names.items()}

    @cached_property
    def bodies_without_contacts(self) -> int:
        """How many bodies say nothing of how they are reached."""
        bodies = SecretariatPage.objects.filter(
            live=True, locale__language_code=source_locale(), alias_of=None, valid_until=None
        )
        return sum(not contacts for contacts in bodies.values_list("contacts", flat=True))

    @property
    def staff(self) -> Staff:
        """Who holds which role today."""
        return standing(self.user)

    @cached_property
    def without_telephone(self) -> list[str]:
        """Names of those who are to show a code beside the password and have linked nothing that shows one."""
        people = still_without(self.today).order_by("first_name", "last_name", "username")
        return [person.get_full_name() or person.get_username() for person in people]

    @cached_property
    def officer(self) -> DataOfficer:
        """An empty one where none is named."""
        return DataOfficer.objects.first() or DataOfficer()

    @cached_property
    def signs_of_life(self) -> Mapping[str, datetime]:
        """Name → when it was last seen."""
        return dict(SignOfLife.objects.values_list("name", "seen_at"))

    @cached_property
    def left_out(self) -> Mapping[str, str]:
        """Step → why the city does not need it."""
        return dict(LeftOutStep.objects.values_list("step", "reason"))


def _how_many(rows: QuerySet[Any]) -> Subquery:
    """As a part of another query."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk"))
    return Subquery(counted.values("number"), output_field=IntegerField())
