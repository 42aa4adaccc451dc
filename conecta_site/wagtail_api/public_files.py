"""Which images and documents are public: those that a public page or record shows. No other's title is told."""

import re
from datetime import datetime

from django.core.cache import cache
from django.urls import reverse
from wagtail.models import CollectionViewRestriction

from home.identity import city_identity
from home.models import CityIdentity
from services.models import LogHead, PublishedRecord

#: What is kept is of one place in the log.
_KEPT_SECONDS = 24 * 3600


def documents() -> frozenset[int]:
    """Numbers of the documents that public records lead to: read anew after each change of the log."""
    key = f"conecta-public-documents-{LogHead.objects.filter(pk=1).first()}"
    kept: frozenset[int] | None = cache.get(key)
    if kept is None:
        kept = _documents()
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def _documents() -> frozenset[int]:
    folder = reverse("wagtaildocs_serve", args=[0, "-"]).removesuffix("0/-")
    # Behind a quotation mark: an address here, and no part of one elsewhere.
    address = re.compile(rf'"{re.escape(folder)}(\d{{1,18}})/')
    bodies = PublishedRecord.objects.public().filter(body__contains=folder).values_list("body", flat=True)
    return frozenset(int(number) for body in bodies.iterator() for number in address.findall(body))


def closed_collections() -> frozenset[int]:
    """Numbers of the collections that ask for a password, a login or a group, and of those below them."""
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    found: set[int] = set()
    for restriction in restrictions:
        found |= set(restriction.collection.get_descendants(inclusive=True).values_list("pk", flat=True))
    return frozenset(found)


def images(at: datetime) -> frozenset[int]:
    """Numbers of the images on the portal's pages at a moment: the brand is none in an election period."""
    row = CityIdentity.objects.order_by("-site__is_default_site", "pk").first()
    if row is None:
        return frozenset()
    brand = None if city_identity().shown_at(at).election else row.brand_id
    return frozenset(number for number in (row.coat_of_arms_id, brand) if number is not None)
