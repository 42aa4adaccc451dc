"""The admin as an editor sees it: forms filled in and sent, by somebody with a name and a group."""

import re
from typing import Any

from bs4 import BeautifulSoup, SoupStrainer
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.blocks import BlockField
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html
from wagtail.test.utils.wagtail_tests import WagtailTestUtils

from home import demonstration
from tests.services import charter
from tests.services.stream_forms import sent


def logged_in(login: str) -> Client:
    """A browser of one of the demonstration's editors: admin, redacao, revisao, comunicacao, controle.

    Those of a body are of the first one that there is.
    """
    demonstration.accounts()
    client = Client()
    client.force_login(get_user_model().objects.get(username=login))
    return client


def approve(page: Page) -> None:
    """The demonstration's two approvers press their buttons, one after the other."""
    for login in ("revisao", "comunicacao"):
        state = type(page).objects.get(pk=page.pk).current_workflow_task_state
        assert state is not None, "nobody asked for approval"
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        assert logged_in(login).post(address).status_code == 302
        state.refresh_from_db()
        assert state.status == state.STATUS_APPROVED, login


def filled(client: Client, address: str, **changes: Any) -> QueryDict:
    """A form as it stands, with some fields changed. ``__`` in a name stands for ``-``."""
    return filled_in(client.get(address), **changes)


def filled_in(response: Any, **changes: Any) -> QueryDict:
    """The form of a page that was already asked for, as ``filled``."""
    soup = BeautifulSoup(response.content, "html.parser", parse_only=SoupStrainer("form"))
    data = querydict_from_html(str(soup.select_one("form[data-edit-form]")))
    # The editor's script writes what streams hold.
    for name, field in response.context["form"].fields.items():
        if isinstance(field, BlockField) and f"{name}-count" not in data:
            stream = response.context["form"][name].value()
            for each, value in sent(field.block, field.block.normalize(stream), name):
                data.appendlist(each, value)
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


def whole(model: Any, **fields: Any) -> dict[str, Any]:
    """Form fields of a new entry of which the gate asks nothing more."""
    page = model(**({"summary": "O que é, em uma frase."} | charter.COMPLETE.get(model.kind, {}) | fields))
    form = model.get_edit_handler().get_form_class()(instance=page, for_user=None)
    found: dict[str, Any] = {}
    for name in ("summary", *charter.COMPLETE.get(model.kind, {})):
        field, value = form.fields[name], form[name].value()
        if isinstance(field, BlockField):
            found |= sent(field.block, field.block.normalize(value), name)
        else:
            shown = field.widget.format_value(field.prepare_value(value))
            # One choice is a list of one.
            found[name] = shown[0] if isinstance(shown, list) else shown
    return found
