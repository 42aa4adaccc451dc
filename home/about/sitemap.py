"""The pages about the site for search engines. No query."""

from collections.abc import Sequence

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from services.languages import spoken


class About(Sitemap):  # type: ignore[type-arg]
    """The map, accessibility and privacy, in every language."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> Sequence[str]:
        """Names of addresses."""
        return ["site_map", "accessibility", "privacy"]

    def get_languages_for_item(self, item: str) -> list[str]:
        """All."""
        return [tag.lower() for tag in spoken()]

    def location(self, item: str) -> str:
        """Its path, in the language that is active."""
        return reverse(f"conecta_about:{item}")
