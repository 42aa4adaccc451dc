"""Drafts in the portal's own template: for the editor alone, and never kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from services.models import PublishedRecord, Question, SecretariatPage, ServicePage, Unit
from tests.services import charter
from tests.services.editing import add_address, edit_address, filled, logged_in, snippet_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return logged_in("admin")


def shown(client: Client, address: str, data: Any = None) -> str:
    """The preview of what is in a form, or of what is stored."""
    if data is not None:
        answer = client.post(address, data).json()
        assert answer["is_available"], answer
    response = client.get(address)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert "ETag" not in response
    return response.content.decode()


def preview_address(page: Any) -> str:
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


def test_what_is_in_the_form_is_shown_before_it_is_saved(client: Client) -> None:
    service = charter.service(charter.body("Secretaria da Fazenda"), "Emitir boleto", summary="Antes.")
    before = PublishedRecord.objects.get(kind="service").body
    html = shown(client, preview_address(service), filled(client, edit_address(service), summary="Ainda só no form."))
    assert "Ainda só no form." in html
    assert "Secretaria da Fazenda" in html
    assert PublishedRecord.objects.get(kind="service").body == before
    assert "Ainda só no form." not in Client().get(service.url).content.decode()


def test_a_new_page_is_shown_while_nothing_of_it_is_stored(client: Client) -> None:
    body = charter.body()
    address = add_address(ServicePage, body)
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["conecta_services", "servicepage", body.pk])
    html = shown(client, preview, filled(client, address, title="Marcar exame", slug="marcar-exame"))
    assert "Marcar exame" in html
    assert not ServicePage.objects.exists()


def test_an_empty_new_body_is_shown(client: Client) -> None:
    preview = reverse(
        "wagtailadmin_pages:preview_on_add", args=["conecta_services", "secretariatpage", charter.home().pk]
    )
    data = filled(client, add_address(SecretariatPage, charter.home()), title="Nova secretaria", slug="nova")
    assert "Nova secretaria" in shown(client, preview, data)


def test_drafts_and_old_revisions_are_shown(client: Client) -> None:
    service = charter.service(charter.body(), summary="O primeiro resumo.")
    first = service.latest_revision
    charter.edited(service, summary="O rascunho.")
    assert "O rascunho." in shown(client, reverse("wagtailadmin_pages:view_draft", args=[service.pk]))
    assert "O primeiro resumo." in shown(
        client, reverse("wagtailadmin_pages:revisions_view", args=[service.pk, first.pk])
    )


def test_a_body_s_commitment_is_in_the_preview_of_its_service(client: Client) -> None:
    body = charter.body(standard_cleanliness="<p>Sala limpa e com água.</p>")
    service = charter.service(body)
    html = shown(client, preview_address(service), filled(client, edit_address(service)))
    assert "Sala limpa e com água." in html


def test_snippets_are_shown(client: Client) -> None:
    unit = charter.unit("Posto Central")
    address = snippet_address(Unit, "preview_on_edit", unit.pk)
    data = filled(client, snippet_address(Unit, "edit", unit.pk), summary="Vacina e curativo.")
    assert "Vacina e curativo." in shown(client, address, data)
    assert "Vacina" not in Client().get(charter.public(unit).url).content.decode()

    question = charter.snippet(Question, "Onde mora")
    data = filled(client, snippet_address(Question, "edit", question.pk), title="Em que zona você mora?")
    assert "Em que zona" in shown(client, snippet_address(Question, "preview_on_edit", question.pk), data)


def test_nobody_else_sees_a_preview(client: Client) -> None:
    service = charter.service(charter.body())
    client.post(preview_address(service), filled(client, edit_address(service), summary="Segredo."))
    for address in (preview_address(service), reverse("wagtailadmin_pages:view_draft", args=[service.pk])):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")
