"""What changed lately, for people with a feed reader: Atom (RFC 4287) of everything, of a theme, a body or a district.

Programs follow ``/api/v1/changes``, which also tells what is gone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from services import changes
from services.elsewhere.named import named
from services.languages import current_locale, wire_tag
from services.listings import PATH_OF_KIND
from services.neighbours import Listed, listed, readable
from services.querysets import Records, in_district, linked_to
from services.record import Kind, Record

#: Entries of a feed: readers ask again long before so many have changed.
MOST = 50
#: Seconds for which a cache may answer by itself.
MAX_AGE = 300

#: Parameter → the kind that it names by id or slug, and what of the charter is that entry's.
_PARTS: dict[str, tuple[Kind, Callable[[Records, str], Records]]] = {
    "tema": ("topic", lambda records, name: linked_to(records, "topic", "topic", name)),
    "orgao": ("secretariat", lambda records, name: linked_to(records, "secretariat", "secretariat", name)),
    "distrito": ("district", in_district),
}


def address_of(record: Record) -> str:
    """Where a theme's, a body's or a district's changes are told; empty for what has no feed."""
    parameter = next((name for name, (kind, _narrowed) in _PARTS.items() if kind == record.kind), "")
    return f"{reverse('conecta_services:updates')}?{urlencode({parameter: record.id})}" if parameter else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the charter: its name and page, empty of the whole."""

    title: str
    url: str
    rows: Records


@dataclass(frozen=True, slots=True)
class Updated:
    """An entry that changed."""

    entry: Listed
    published_at: datetime
    changed_at: datetime


def part_of(request: HttpRequest) -> Part:
    """What the parameters ask for. Raises ``Http404`` where they name nothing."""
    rows = readable(current_locale()).filter(kind__in=PATH_OF_KIND).exclude(url="")
    titles, url = [], ""
    for parameter, (kind, narrowed) in _PARTS.items():
        found = named(request, kind, parameter)
        if found is not None:
            titles.append(found.title)
            url = found.url
            rows = narrowed(rows, found.id)
    return Part(", ".join(titles), url, rows)


class Updates(Feed):  # type: ignore[type-arg]
    """The entries of a part that changed last, the newest first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Part:
        """What is asked for."""
        self.language = wire_tag(current_locale())
        self.address = request.get_full_path()
        return part_of(request)

    def feed_url(self, part: Part) -> str:
        """Its own address (RFC 4287, 4.1.1)."""
        return self.address

    def title(self, part: Part) -> str:
        """What a reader's list shows."""
        return (
            _("Carta de Serviços: o que mudou em %s") % part.title
            if part.title
            else _("Carta de Serviços: o que mudou")
        )

    def link(self, part: Part) -> str:
        """The page that the feed is about."""
        return part.url or "/"

    def subtitle(self, part: Part) -> str:
        """A sentence under the title."""
        return _("Serviços, órgãos, unidades e informações que foram publicados ou mudaram.")

    def items(self, part: Part) -> Iterable[Updated]:
        """One query."""
        rows = part.rows.order_by("-sequence")[:MOST]
        return [Updated(listed(row), row.published_at, row.changed_at) for row in rows]

    def item_title(self, item: Updated) -> str:
        """Its title."""
        return item.entry.title

    def item_description(self, item: Updated) -> str:
        """What it is, in a sentence or two."""
        return item.entry.summary

    def item_link(self, item: Updated) -> str:
        """Its page."""
        return item.entry.url

    def item_guid(self, item: Updated) -> str:
        """The same for good, wherever its page moves (RFC 4287, 4.2.6)."""
        return f"urn:conecta:{item.entry.kind}:{item.entry.id}"

    def item_pubdate(self, item: Updated) -> datetime:
        """When it first was public."""
        return item.published_at

    def item_updateddate(self, item: Updated) -> datetime:
        """When it last changed."""
        return item.changed_at


def _etag(request: HttpRequest) -> str:
    return quote_etag(f"{changes.cursor(*changes.head())}:{request.get_full_path()}")


@require_safe
@condition(etag_func=_etag)
def updates(request: HttpRequest) -> HttpResponse:
    """The feed: two queries, and one for each part that is named."""
    response = Updates()(request)
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
