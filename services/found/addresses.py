"""Where a page is for good, in each language, whatever name the reader came by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language_from_path, override
from wagtail.admin.utils import get_admin_base_url

from services.interchange import Site
from services.languages import current_locale, source_locale, spoken, wire_tag
from services.record import Record


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The same page in a language: its BCP 47 tag, or ``x-default``, and its whole address."""

    tag: str
    address: str


def site_at(at: datetime) -> Site:
    """The site as it is named outside, at a moment, in the language of the page that is made."""
    return Site(_own_name(), current_tag(), at)


def current_tag() -> str:
    """The tag of the language of the page that is made."""
    return wire_tag(current_locale())


def whole(path: str) -> str:
    """The address of a path of this site (``""``: its own), never by the name by which this request came."""
    return iri_to_uri(f"{_own_name()}{path}" if path[:1] in ("", "/") else path)


def in_languages(addresses: Mapping[str, str]) -> list[InLanguage]:
    """What ``hreflang`` says of paths by their database language; nothing of a page in one language."""
    if len(addresses) < 2:
        return []
    source = source_locale()
    found = [InLanguage(wire_tag(locale), whole(path)) for locale, path in sorted(addresses.items())]
    return [*found, InLanguage("x-default", whole(addresses[source]))] if source in addresses else found


def everywhere(route: str, *args: object, **named: object) -> dict[str, str]:
    """The paths of a page that speaks every language of the site, by language."""
    found = {}
    for tag in spoken():
        with override(tag.lower()):
            found[tag.lower()] = reverse(route, args=args, kwargs=named)
    return found


def short_path(record: Record) -> str:
    """The short link of an entry, in the language of the page that is made."""
    return reverse("conecta_services:short_link", args=[record.id])


def tongue(path: str) -> str:
    """The tag of the language in which the page at a path of this site is written; empty of another site's."""
    if not path.startswith("/") or path.startswith("//"):
        return ""
    return wire_tag(get_language_from_path(path) or source_locale())


def _own_name() -> str:
    return (get_admin_base_url() or "").rstrip("/")
