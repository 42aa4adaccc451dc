"""An administrator presses the buttons of Wagtail's admin."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from services.models import (
    SecretariatPage,
    ServicePage,
    Topic,
    Unit,
)
from services.models.fields import StreamField

STREAMS = {
    field.name
    for model in (ServicePage, SecretariatPage, Topic, Unit)
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
}


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
    form = WagtailTestUtils.get_soup(client.get(address).content).select_one("form[data-edit-form]")
    data = querydict_from_html(str(form))
    # The editor's script writes how many blocks a stream has.
    data.update({f"{name}-count": "0" for name in STREAMS if name not in data})
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    return client.post(address, data)


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
