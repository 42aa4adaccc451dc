"""The city's identity as the templates need it, kept a few seconds in each process.

In an election period (Lei 9.504/1997 art. 73, VI, b) its brand and slogan give way to the coat of arms and no
social card is made of its pages. What is kept has the dates, and what is shown is read from them at each page.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from home.contrast import darker
from home.models import CityIdentity
from services.models import City as CitySettings
from services.models.published import PublishedRecord
from services.neighbours import the_city
from services.record import City
from services.record.city import ElectionPeriod
from services.timing import election_period

_SECONDS = 5.0


@dataclass(frozen=True)
class Identity:
    """Name, arms, colours, footer and contacts, empty where the city has not filled them in; whether it is a show."""

    name: str = ""
    slogan: str = ""
    coat_of_arms: str = ""
    colour: str = ""
    colour_dark: str = ""
    footer_text: str = ""
    phone: str = ""
    whatsapp: str = ""
    ombudsman_name: str = ""
    ombudsman_phone: str = ""
    ombudsman_link: str = ""
    ombudsman_address: str = ""
    demonstration: bool = False
    brand: str = ""
    city: City | None = None
    #: The one that holds, once a moment is chosen.
    election: ElectionPeriod | None = None

    @property
    def logo(self) -> str:
        """The picture beside the name."""
        return self.brand or self.coat_of_arms

    def shown_at(self, at: datetime) -> "Identity":
        """What of it may be shown at a moment."""
        period = election_period(self.city, at)
        return replace(self, brand="", slogan="", election=period) if period else self


@dataclass
class _Kept:
    identity: Identity
    until: float


_kept: dict[str, _Kept] = {}


def city_identity() -> Identity:
    """The identity of the one site: three queries every five seconds at most, none in between."""
    kept = _kept.get("identity")
    if kept and time.monotonic() < kept.until:
        return kept.identity
    identity = _read()
    _kept["identity"] = _Kept(identity, time.monotonic() + _SECONDS)
    return identity


def known_identity() -> Identity:
    """The identity as this process last read it, however long ago; an empty one before that. No query."""
    kept = _kept.get("identity")
    return kept.identity if kept else Identity()


@receiver([post_save, post_delete], sender=CityIdentity)
@receiver(post_save, sender=CitySettings)
def forget_identity(**_kwargs: Any) -> None:
    """Read the identity anew at the next request of this process."""
    _kept.clear()


def _read() -> Identity:
    row = CityIdentity.objects.select_related("coat_of_arms", "brand").order_by("-site__is_default_site", "pk").first()
    demonstration = PublishedRecord.objects.public().filter(source="demo").exists()
    city = the_city()
    if row is None:
        return Identity(demonstration=demonstration, city=city)
    return Identity(
        name=row.name,
        slogan=row.slogan,
        coat_of_arms=_picture(row.coat_of_arms),
        brand=_picture(row.brand),
        city=city,
        colour=row.primary_colour,
        colour_dark=darker(row.primary_colour, 0.35) if row.primary_colour else "",
        footer_text=row.footer_text,
        phone=row.phone,
        whatsapp=row.whatsapp,
        ombudsman_name=row.ombudsman_name,
        ombudsman_phone=row.ombudsman_phone,
        ombudsman_link=row.ombudsman_link,
        ombudsman_address=row.ombudsman_address,
        demonstration=demonstration,
    )


def _picture(image: Any) -> str:
    if image is None:
        return ""
    try:
        return str(image.get_rendition("max-256x128").url)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        # A lost file must not take the site down.
        return ""
