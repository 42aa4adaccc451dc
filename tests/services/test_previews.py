"""Drafts in the portal's own template: for the editor alone, and never kept."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from services.models import PublishedRecord, Question, SecretariatPage, ServicePage, Unit
from tests.services import charter
from tests.services.editing import add_address, edit_address, filled, logged_in, snippet_address

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_both("what is drawn of a form that is not saved"),
]


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


def record(html: str) -> Any:
    """The record that a preview shows."""
    return json.loads(BeautifulSoup(html, "html.parser").select_one("pre").get_text())


def test_the_record_is_shown_as_the_api_will_give_it(client: Client) -> None:
    unit = charter.unit("Posto Central")
    service = charter.draft_page(charter.body("Secretaria da Fazenda"), ServicePage, "Emitir boleto", units=[unit])
    season = {"opens": "2020-01-01T08:00:00-03:00", "closes": "2020-02-01T08:00:00-03:00"}
    seasons = [{"type": "season", "value": season}]
    service = charter.fresh(service)
    service.seasons = json.dumps(seasons)
    # Publishing gives one to what has none.
    service.review_due = date(2027, 5, 25)
    service.save_revision(clean=False)
    data = filled(client, edit_address(service))
    draft = record(shown(client, preview_address(service) + "?mode=api", data))
    assert not PublishedRecord.objects.filter(kind="service").exists()
    charter.fresh(service).latest_revision.publish()
    given = Client().get(f"/api/v1/services/{service.record_id}")
    assert given.status_code == 200
    public = given.json()
    assert draft == public, {name for name in draft.keys() | public.keys() if draft.get(name) != public.get(name)}
    assert draft["status"]["name"], "what time changes is told too"


def test_the_record_of_what_is_only_in_the_form_is_shown(client: Client) -> None:
    service = charter.service(charter.body())
    data = filled(client, edit_address(service), summary="Ainda só no <b>form</b>.")
    page = client.get(edit_address(service)).content.decode()
    assert "Registro da API" in page, "the mode is offered in the panel"
    assert client.post(preview_address(service), data).json()["is_available"]
    html = shown(client, preview_address(service) + "?mode=api")
    assert record(html)["summary"] == "Ainda só no <b>form</b>."
    assert "<b>form" not in html

    preview = reverse("wagtailadmin_pages:preview_on_add", args=["conecta_services", "servicepage", charter.body().pk])
    data = filled(client, add_address(ServicePage, SecretariatPage.objects.last()), title="Marcar exame", slug="exame")
    assert client.post(preview, data).json()["is_available"]
    assert record(shown(client, preview + "?mode=api"))["title"] == "Marcar exame"

    unit = charter.unit("Posto Central")
    address = snippet_address(Unit, "preview_on_edit", unit.pk)
    data = filled(client, snippet_address(Unit, "edit", unit.pk), summary="Vacina e curativo.")
    assert client.post(address, data).json()["is_available"]
    assert record(shown(client, address + "?mode=api"))["summary"] == "Vacina e curativo."


def test_nobody_else_sees_a_record(client: Client) -> None:
    service = charter.draft_page(charter.body("Fazenda", acronym="SEFIN"), ServicePage, "Emitir boleto")
    other = charter.draft_page(charter.body("Saúde", acronym="SMS"), ServicePage, "Segredo da saúde")
    assert Client().get(preview_address(service) + "?mode=api").status_code == 302
    writer = logged_in("redacao")
    data = filled(writer, edit_address(service))
    assert record(shown(writer, preview_address(service) + "?mode=api", data))["title"] == "Emitir boleto"
    # Who reads all and changes nothing, reads the stored draft's.
    reader = logged_in("controle")
    content_type = ContentType.objects.get_for_model(service).pk
    address = reverse("conecta_newsroom:read", args=[content_type, service.pk, service.latest_revision_id])
    assert record(shown(reader, address + "?mode=api"))["title"] == "Emitir boleto"
    assert reader.get(address + "?mode=other").status_code == 404
    assert writer.get(address + "?mode=api").status_code == 302
    assert writer.get(preview_address(other) + "?mode=api").status_code == 302
