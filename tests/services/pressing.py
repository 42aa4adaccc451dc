"""An administrator presses the buttons of Wagtail's admin."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.services.editing import filled


def admin() -> Client:
    """A browser in which an administrator is logged in."""
    client = Client()
    user, _created = get_user_model().objects.get_or_create(
        username="admin", defaults={"is_superuser": True, "is_staff": True}
    )
    client.force_login(user)
    return client


def post(name: str, *args: Any, data: Any = None, query: str = "") -> Callable[[], Any]:
    """Press a button of the admin."""

    def press() -> Any:
        response = admin().post(reverse(name, args=args) + query, data or {})
        assert response.status_code in (200, 302), response.status_code
        return response

    return press


def submit(address: str, **changes: Any) -> Any:
    """Fill in a form of the admin as it stands, with some fields changed, and send it."""
    client = admin()
    return client.post(address, filled(client, address, **changes))


def edit_page(page: Page, **changes: Any) -> Callable[[], Any]:
    """Change a page in the editor and press a button."""

    def press() -> Any:
        response = submit(reverse("wagtailadmin_pages:edit", args=[page.pk]), **changes)
        assert response.status_code == 302, "the form was refused"
        return response

    return press


def edit_snippet(entry: Any, **changes: Any) -> Callable[[], Any]:
    """Change a snippet in the editor and press a button."""

    def press() -> Any:
        response = submit(reverse(snippet_view(entry, "edit"), args=[entry.pk]), **changes)
        assert response.status_code == 302, "the form was refused"
        return response

    return press


def snippet_view(entry: Any, view: str) -> str:
    """The name of a snippet's view."""
    return f"wagtailsnippets_conecta_services_{type(entry)._meta.model_name}:{view}"


def bulk(entry: Any, action: str, *entries: Any) -> Callable[[], Any]:
    """Tick some entries in a list and press a button."""
    meta = Page._meta if isinstance(entry, Page) else type(entry)._meta
    query = "?" + "&".join(f"id={each.pk}" for each in (entry, *entries))
    return post("wagtail_bulk_action", meta.app_label, meta.model_name, action, query=query)
