"""What changed, in Wagtail's admin: the address, and a button beside an entry's others."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from services.comparing.editors_views import changes, may_read_changes
from services.models import PublishedEntry, PublishedPage


@hooks.register("register_admin_urls")
def change_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [path("<str:kind>/<int:pk>/", changes, name="index")]
    return [path("conecta/mudancas/", include((patterns, "conecta_changes")))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def page_changes(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Of a page."""
    model = page.specific_class
    if model is not None and issubclass(model, PublishedPage) and may_read_changes(user, page):
        yield Button(
            _("O que mudou"), reverse("conecta_changes:index", args=[model.kind, page.pk]), icon_name="history"
        )


@hooks.register("register_snippet_listing_buttons")
def snippet_changes(snippet: Any, user: Any, _next_url: str | None = None) -> Iterator[Button]:
    """Of a snippet."""
    if isinstance(snippet, PublishedEntry) and may_read_changes(user, snippet):
        url = reverse("conecta_changes:index", args=[snippet.kind, snippet.pk])
        yield Button(_("O que mudou"), url, icon_name="history", priority=60)
