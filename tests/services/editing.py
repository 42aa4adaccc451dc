"""The admin as an editor sees it: forms filled in and sent, by somebody with a name and a group."""

import re
from typing import Any

from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from home import demonstration
from services.models import ENTRY_MODELS
from services.models.fields import StreamField

STREAMS = {
    field.name
    for model in ENTRY_MODELS.values()
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
}


def logged_in(login: str) -> Client:
    """A browser of one of the demonstration's editors: ``admin``, ``redacao``, ``comunicacao``."""
    demonstration.accounts()
    client = Client()
    client.force_login(get_user_model().objects.get(username=login))
    return client


def filled(client: Client, address: str, **changes: Any) -> QueryDict:
    """A form as it stands, with some fields changed."""
    soup = WagtailTestUtils.get_soup(client.get(address).content)
    data = querydict_from_html(str(soup.select_one("form[data-edit-form]")))
    # The editor's script writes how many blocks a stream has.
    data.update({f"{name}-count": "0" for name in STREAMS if name not in data})
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    return data


def edit_address(page: Page) -> str:
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_address(model: Any, parent: Page) -> str:
    """Where a page is made below another."""
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def snippet_address(model: Any, view: str, *args: Any) -> str:
    """A view of a snippet."""
    return reverse(f"wagtailsnippets_conecta_services_{model._meta.model_name}:{view}", args=args)


def text_of(response: Any) -> str:
    """What a page says, without its markup."""
    soup = WagtailTestUtils.get_soup(response.content)
    for element in soup(["script", "style", "template"]):
        element.decompose()
    return re.sub(r"\s+", " ", soup.get_text(" "))
