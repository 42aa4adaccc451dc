"""What the steps are read from: each fact is asked of the database once, and only if a step wants it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry

from feedback.models import DataOfficer
from home.first_day.inviting import waiting_invitations
from home.first_day.models import BackupKey, LeftOutStep
from home.models import CityIdentity
from services.languages import source_locale
from services.models import City, District, PublishedRecord, SecretariatPage, ServicePage, SignOfLife, Staff, Unit
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
    def places_without_a_point(self) -> dict[str, int]:
        """Units and districts that no map can show, of those that are public."""
        return {
            model.kind: model.objects.filter(
                live=True, latitude=None, locale__language_code=source_locale(), **more
            ).count()
            for model, more in ((Unit, {"itinerant": False}), (District, {}))
        }

    @cached_property
    def bodies_without_contacts(self) -> int:
        """How many bodies say nothing of how they are reached."""
        bodies = SecretariatPage.objects.filter(
            live=True, locale__language_code=source_locale(), alias_of=None, valid_until=None
        )
        return sum(not contacts for contacts in bodies.values_list("contacts", flat=True))

    @cached_property
    def staff(self) -> Staff:
        """Who holds which role."""
        return Staff.on(self.today)

    @cached_property
    def invited(self) -> int:
        """Who has not answered yet."""
        return waiting_invitations().count()

    @cached_property
    def officer(self) -> DataOfficer:
        """An empty one where none is named."""
        return DataOfficer.objects.first() or DataOfficer()

    @cached_property
    def backup_keys(self) -> int:
        """How many keys were given on the screen."""
        return BackupKey.objects.count()

    @cached_property
    def signs_of_life(self) -> Mapping[str, datetime]:
        """Name → when it was last seen."""
        return dict(SignOfLife.objects.values_list("name", "seen_at"))

    @cached_property
    def drafted_services(self) -> int:
        """Services that are written and not public."""
        return ServicePage.objects.filter(live=False, locale__language_code=source_locale()).count()

    @cached_property
    def sheet_was_sent(self) -> bool:
        """Whether a draft came out of a spreadsheet, or an entry out of an import from elsewhere."""
        imported = ServicePage.objects.exclude(source="").values("pk")
        return PageLogEntry.objects.filter(action=BY_SHEET).exists() or imported.exists()

    @cached_property
    def leads_on(self) -> bool:
        """Whether an old address leads to a new one."""
        return bool(Redirect.objects.exists())

    @cached_property
    def left_out(self) -> Mapping[str, str]:
        """Step → why the city does not need it."""
        return dict(LeftOutStep.objects.values_list("step", "reason"))
