"""The observatory's pages for search engines. No query."""

from collections.abc import Sequence

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from home.observatory.register import SECTIONS
from services.languages import spoken


class Observatory(Sitemap):  # type: ignore[type-arg]
    """All sections on one page, each on its own, and the open data."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> Sequence[str]:
        """Names of sections; of the two other pages the names of their addresses."""
        return ["index", "data", *(section.name for section in SECTIONS)]

    def get_languages_for_item(self, item: str) -> list[str]:
        """All."""
        return [tag.lower() for tag in spoken()]

    def location(self, item: str) -> str:
        """Its path, in the language that is active."""
        if item in ("index", "data"):
            return reverse(f"conecta_observatory:{item}")
        return reverse("conecta_observatory:section", args=[item])
