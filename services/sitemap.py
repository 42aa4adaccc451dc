"""Every public page in every language, for search engines (sitemaps.org 0.9, with ``hreflang`` alternates)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from services.languages import source_locale, spoken, wire_tag
from services.listings import LISTINGS
from services.models.published import PublishedRecord


@dataclass(frozen=True, slots=True)
class Address:
    """A page, and the same entry's in other languages by their tags."""

    url: str
    changed_at: datetime
    in_languages: Mapping[str, str]


class Entries(Sitemap):  # type: ignore[type-arg]
    """Entries with a page: one query."""

    limit = 10_000

    def items(self) -> Sequence[Address]:
        """In the order of their ids, so that a page of a large map stays what it was."""
        rows = PublishedRecord.objects.public().exclude(url="").order_by("kind", "entry_id", "locale")
        found: dict[tuple[str, str], list[tuple[str, str, datetime]]] = {}
        for kind, entry_id, locale, url, changed_at in rows.values_list(
            "kind", "entry_id", "locale", "url", "changed_at"
        ):
            found.setdefault((kind, entry_id), []).append((locale, url, changed_at))
        return [
            Address(url, changed_at, {locale: address for locale, address, _at in spoken} if len(spoken) > 1 else {})
            for spoken in found.values()
            for _locale, url, changed_at in spoken
        ]

    def location(self, item: Address) -> str:
        """Its path."""
        return item.url

    def lastmod(self, item: Address) -> datetime:
        """When it last changed."""
        return item.changed_at

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """As Django's, with the other languages of each."""
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            start = url["location"].removesuffix(url["item"].url)
            said = url["item"].in_languages
            url["alternates"] = [
                {"lang_code": wire_tag(locale), "location": start + address} for locale, address in said.items()
            ]
            if source_locale() in said:
                url["alternates"].append({"lang_code": "x-default", "location": start + said[source_locale()]})
        return urls


class Indexes(Sitemap):  # type: ignore[type-arg]
    """The first page and the index pages, which are no entries: no query."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> Sequence[str]:
        """Names of addresses; the first page's is empty."""
        return ["", *(listing.path for listing in LISTINGS), "visits", "questions", "latest", "editions"]

    def get_languages_for_item(self, item: str) -> list[str]:
        """An index speaks all; whether the first page is translated, its own links say."""
        return [tag.lower() for tag in spoken()] if item else [source_locale()]

    def location(self, item: str) -> str:
        """Its path, in the language that is active."""
        return reverse(f"conecta_services:{item}") if item else reverse("wagtail_serve", args=[""])


SITEMAPS = {"entries": Entries, "indexes": Indexes}
