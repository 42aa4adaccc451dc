"""Posters in Wagtail's admin: addresses, the menu, and a button at each unit and service."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from feedback.posters.admin_views import BodyPostersView, BundleView, PostersView
from services.models import ServicePage, Unit


@hooks.register("register_admin_urls")
def poster_urls() -> list[URLResolver]:
    """Below the admin's own address."""
    patterns = [
        path("", PostersView.as_view(), name="list"),
        path("<slug:body_id>/", BodyPostersView.as_view(), name="body"),
        path("<slug:body_id>/<slug:size>.zip", BundleView.as_view(), name="bundle"),
    ]
    return [path("conecta/cartazes/", include((patterns, "conecta_posters")))]


@hooks.register("register_admin_menu_item")
def posters_item() -> MenuItem:
    """They hold what is public, so everybody in the admin has them."""
    return MenuItem(gettext_lazy("Cartazes"), reverse("conecta_posters:list"), icon_name="download", order=97)


@hooks.register("register_page_header_buttons")
def posters_of_service(page: Page, user: Any, view_name: str, **_kwargs: Any) -> Iterator[Button]:
    """At a public service."""
    if view_name != "edit" or page.specific_class is not ServicePage or not page.live or page.alias_of_id:
        return
    yield from _buttons("servico", page.specific.record_id, priority=60)


@hooks.register("register_snippet_listing_buttons")
def posters_of_unit(snippet: Any, user: Any, _next_url: str | None = None) -> Iterator[Button]:
    """At a public unit."""
    if isinstance(snippet, Unit) and snippet.live:
        yield from _buttons("unidade", snippet.record_id, priority=70)


def _buttons(what: str, record_id: str, *, priority: int) -> Iterator[Button]:
    for number, (size, name) in enumerate((("a4", _("Cartaz A4")), ("a5", _("Cartaz A5")))):
        address = reverse(f"conecta_feedback:poster_{what}_{size}", args=[record_id])
        yield Button(name, address, icon_name="download", priority=priority + number)
