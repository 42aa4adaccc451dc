"""What is known here of addresses: what is public, what entries are called elsewhere, what leads on already."""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from services.listings import LISTINGS
from services.models.published import PublishedRecord


@dataclass(frozen=True)
class Known:
    """Plain data, so that a plan is made without asking again."""

    hosts: frozenset[str] = frozenset()
    #: Paths of public pages, as redirects write them.
    live: frozenset[str] = frozenset()
    #: The ids of public entries, by id and by the id that they have where they came from.
    entries: dict[str, set[str]] = field(default_factory=dict)
    #: Where redirects lead now, by the old path: a path, or ``None`` for a page, which may move.
    redirects: dict[str, str | None] = field(default_factory=dict)


def known_here() -> Known:
    """Three queries."""
    live = {normal(reverse(f"conecta_services:{listing.path}")) for listing in LISTINGS}
    entries: dict[str, set[str]] = defaultdict(set)
    rows = PublishedRecord.objects.public().exclude(url="")
    for entry_id, source_id, url in rows.values_list("entry_id", "source_id", "url"):
        live.add(normal(url))
        entries[entry_id].add(entry_id)
        if source_id:
            entries[source_id].add(entry_id)
    # Of two from one path the middleware takes the site's own: it comes last here.
    found = Redirect.objects.order_by(F("site_id").asc(nulls_first=True))
    leading = found.values_list("old_path", "redirect_page_id", "redirect_link")
    redirects = {path: None if page else link for path, page, link in leading}
    return Known(_hosts(), frozenset(live), dict(entries), redirects)


def normal(address: str) -> str:
    """An address as redirects are looked up: no domain, no slash at the end, parameters in order."""
    return str(Redirect.normalise_path(uri_to_iri(address)))


def _hosts() -> frozenset[str]:
    own = {urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname, *Site.objects.values_list("hostname", flat=True)}
    return frozenset(host.lower() for host in own if host)
