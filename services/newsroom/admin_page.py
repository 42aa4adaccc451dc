"""Pages of our own in Wagtail's admin, which say their name where Wagtail's do."""

from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class AdminPage(WagtailAdminTemplateMixin):
    """Its heading is the last of its breadcrumbs; Wagtail's mixin alone would show "Home"."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]
