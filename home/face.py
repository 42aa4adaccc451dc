"""What every page shows of the city, and what the first page shows besides, as sources of pages."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from home.first_page import FIRST_PAGE
from home.identity import forget_identity
from home.models import CityIdentity, HomePage
from home.reading.glossary import forget_glossary, number
from home.reading.models import GlossaryTerm
from services.kept_pages import FACE
from services.models.published import PublishedRecord
from services.page_sources import changed, register_source

_last: dict[str, str] = {}


def install() -> None:
    """Have pages depend on both."""
    register_source(FACE, _face)
    register_source(FIRST_PAGE, _first_page)


def _face() -> str:
    """The identity's row, the city's record (when there is an election), the glossary's number: three queries."""
    identities = list(CityIdentity.objects.order_by("pk").values_list())
    cities = list(PublishedRecord.objects.filter(kind="city").order_by("pk").values_list("etag", "deleted"))
    found = f"{identities} {cities} {number()}"
    if _last.get(FACE, found) != found:
        # Another process changed it: what this one kept for some seconds must not get into new pages.
        forget_identity()
        forget_glossary()
    _last[FACE] = found
    return found


def _first_page() -> str:
    """Which revision of it is public, in each language: one query."""
    rows = HomePage.objects.order_by("pk")
    return str(list(rows.values_list("pk", "live", "live_revision_id", "last_published_at", "slug")))


@receiver([post_save, post_delete], sender=CityIdentity)
@receiver([post_save, post_delete], sender=GlossaryTerm)
def forget_face(**_kwargs: Any) -> None:
    """This process has changed it."""
    changed(FACE)


@receiver([post_save, post_delete], sender=HomePage)
def forget_first_page(**_kwargs: Any) -> None:
    """This process has changed it."""
    changed(FIRST_PAGE)
