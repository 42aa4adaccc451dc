"""The city's identity as the templates need it, kept a few seconds in each process.

In an election period (Lei 9.504/1997 art. 73, VI, b) its brand and slogan give way to the coat of arms and no
social card is made of its pages. What is kept has the dates, and what is shown is read from them at each page.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from home.city_links import ABOUT, LinkKind
from home.models import CityIdentity, CityLink, EmergencyPhone
from services.models import City as CitySettings
from services.models.published import PublishedRecord
from services.neighbours import the_city
from services.record import City
from services.record.city import ElectionPeriod
from services.timing import election_period

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SECONDS = 5.0
#: Of the picture beside the city's name, in CSS pixels; its file is twice as fine.
HEIGHT = 48
#: On every first visit: at this size what a finer quality adds is not seen.
_LIGHT = "max-256x96|format-webp|webpquality-60"


@dataclass(frozen=True)
class Link:
    """An address of the city's outside this site: of a ``LinkKind``, with the city's words for it if it has any."""

    kind: str
    own_label: str
    url: str

    @property
    def label(self) -> str:
        """What is read, in the reader's language where the city says nothing else."""
        return self.own_label or str(LinkKind(self.kind).label)

    @property
    def about(self) -> str:
        """What is found there; empty where the kind does not tell."""
        return str(ABOUT.get(LinkKind(self.kind), ""))


@dataclass(frozen=True)
class Emergency:
    """A number to call at once, and who answers."""

    number: str
    #: The country's own are in the reader's language.
    name: "StrOrPromise"
    #: The city has named it, in its language.
    is_own: bool = False


#: Numbers of the whole country, for a city that has not said its own.
EMERGENCIES = (
    Emergency("192", _("SAMU")),
    Emergency("193", _("Bombeiros")),
    Emergency("190", _("Polícia Militar")),
    Emergency("199", _("Defesa Civil")),
    Emergency("180", _("Violência contra a mulher")),
    Emergency("100", _("Direitos humanos")),
)


@dataclass(frozen=True)
class Picture:
    """An image as it is shown: its address and its size in CSS pixels, so that nothing moves when it comes."""

    url: str
    width: int
    height: int

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True)
class Identity:
    """Name, arms, colours, footer and contacts, empty where the city has not filled them in; whether it is a show."""

    name: str = ""
    slogan: str = ""
    coat_of_arms: Picture | None = None
    colour: str = ""
    footer_text: str = ""
    phone: str = ""
    whatsapp: str = ""
    ombudsman_name: str = ""
    ombudsman_phone: str = ""
    ombudsman_link: str = ""
    ombudsman_address: str = ""
    demonstration: bool = False
    brand: Picture | None = None
    links: tuple[Link, ...] = ()
    emergencies: tuple[Emergency, ...] = EMERGENCIES
    city: City | None = None
    #: The one that holds, once a moment is chosen.
    election: ElectionPeriod | None = None

    @property
    def logo(self) -> Picture | None:
        """The picture beside the name."""
        return self.brand or self.coat_of_arms

    def shown_at(self, at: datetime) -> "Identity":
        """What of it may be shown at a moment."""
        period = election_period(self.city, at)
        return replace(self, brand=None, slogan="", election=period) if period else self


@dataclass
class _Kept:
    identity: Identity
    until: float


_kept: dict[str, _Kept] = {}


def city_identity() -> Identity:
    """The identity of the one site: five queries every five seconds at most, none in between."""
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
@receiver([post_save, post_delete], sender=CityLink)
@receiver([post_save, post_delete], sender=EmergencyPhone)
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
        footer_text=row.footer_text,
        phone=row.phone,
        whatsapp=row.whatsapp,
        ombudsman_name=row.ombudsman_name,
        ombudsman_phone=row.ombudsman_phone,
        ombudsman_link=row.ombudsman_link,
        ombudsman_address=row.ombudsman_address,
        demonstration=demonstration,
        links=tuple(Link(link.kind, link.label, link.url) for link in row.links.all()),
        emergencies=tuple(Emergency(each.number, each.name, is_own=True) for each in row.emergency_phones.all())
        or EMERGENCIES,
    )


def _picture(image: Any) -> Picture | None:
    if image is None:
        return None
    try:
        rendition = image.get_rendition("max-256x96" if image.is_svg() else _LIGHT)
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        # A lost file must not take the site down.
        return None
    width = round(rendition.width * HEIGHT / rendition.height)
    return Picture(str(rendition.url), width, HEIGHT)
