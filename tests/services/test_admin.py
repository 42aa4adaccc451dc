"""The admin as an editor of any Wagtail site expects it, in Portuguese, for each of the demonstration's logins."""

import json
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from services.models import (
    Alert,
    Audience,
    City,
    District,
    FormTemplate,
    HoursException,
    InformationPage,
    LifeEvent,
    ProcedurePage,
    Question,
    SecretariatPage,
    ServicePage,
    Suspension,
    Topic,
    Unit,
    Visit,
)
from tests.services import charter
from tests.services.editing import (
    add_address,
    approve,
    edit_address,
    filled,
    logged_in,
    snippet_address,
    text_of,
    whole,
)

pytestmark = pytest.mark.django_db

SNIPPETS = [
    Unit,
    Visit,
    HoursException,
    FormTemplate,
    Suspension,
    Alert,
    Topic,
    Audience,
    LifeEvent,
    District,
    Question,
]
#: Who may open every door; those of the other roles are walked through in newsroom/test_who_may.py.
ALL_DOORS = ["admin", "comunicacao"]


@pytest.mark.parametrize("login", ALL_DOORS)
def test_every_door_of_an_editor_opens(login: str) -> None:
    client = logged_in(login)
    body = charter.body()
    service = charter.service(body)
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[charter.home().pk]),
        reverse("wagtailadmin_explore", args=[body.pk]),
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_pages:history", args=[service.pk]),
        edit_address(service),
        edit_address(body),
        *(add_address(model, body) for model in (ServicePage, ProcedurePage, InformationPage)),
        *(snippet_address(model, view) for model in SNIPPETS for view in ("list", "add")),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:index"),
        reverse("wagtailadmin_account"),
    ]
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_dashboard_offers_what_editors_do_most() -> None:
    charter.body()
    text = text_of(logged_in("revisao").get(reverse("wagtailadmin_home")))
    for way_in in ("Escrever um serviço", "Ver o portal", "Suspender um serviço", "Publicar um aviso"):
        assert way_in in text


def test_menus_and_settings_are_named_in_portuguese() -> None:
    html = logged_in("admin").get(reverse("wagtailadmin_home")).content.decode()
    labels = set(re.findall(r'"label": "([^"]+)"', html))
    shown = {json.loads(f'"{label}"') for label in labels}
    assert {"Atendimento", "Classificação", "Unidades de atendimento", "Perguntas", "Suspensões"} <= shown
    assert "Cidade e padrões de atendimento" in shown
    assert not any("conecta" in label.lower() for label in shown)


def test_permissions_name_our_models_in_portuguese() -> None:
    text = text_of(logged_in("admin").get(reverse("wagtailusers_groups:add")))
    for name in ("Unidade de atendimento", "Suspensão", "Formulário"):
        assert name.lower() in text.lower()


def test_an_editor_writes_and_two_others_publish() -> None:
    body = charter.body()
    editor = logged_in("redacao")
    address = add_address(ServicePage, body)
    new = whole(ServicePage) | {"title": "Marcar exame", "slug": "marcar-exame"}
    assert editor.post(address, filled(editor, address, **new, action__publish="1")).status_code == 302
    draft = ServicePage.objects.get(slug="marcar-exame")
    assert not draft.live, "an editor may not publish"
    assert draft.current_workflow_state is None

    assert editor.post(edit_address(draft), filled(editor, edit_address(draft), action__submit="1")).status_code == 302
    approve(draft)
    assert charter.public(draft)


def test_what_goes_live_at_once_does_so_as_it_is_saved() -> None:
    service = charter.service(charter.body())
    client = logged_in("revisao")
    address = snippet_address(Suspension, "add")
    data = filled(client, address, service=str(service.pk), starts="2026-05-04 08:00", message="Volte na segunda.")
    assert client.post(address, data).status_code == 302
    assert "Volte na segunda." in charter.public(service).body


def test_the_city_is_edited() -> None:
    city = City.load()
    client = logged_in("admin")
    address = reverse("wagtailsettings:edit", args=["conecta_services", "city", city.pk])
    data = filled_settings(client, address) | {"title": "Conquista", "timezone": "America/Bahia"}
    assert client.post(address, data).status_code == 302
    assert charter.public(charter.fresh(city)).title == "Conquista"
    refused = client.post(address, data | {"timezone": "Bahia"})
    assert "Este fuso horário não existe" in refused.content.decode()
    assert charter.fresh(city).timezone == "America/Bahia"


def filled_settings(client: Client, address: str) -> dict[str, Any]:
    form = client.get(address).context["form"]
    empty = {"contacts-count": "0", "calendar-count": "0"}
    return {
        name: field.value() for name, field in ((name, form[name]) for name in form.fields) if field.value()
    } | empty


def test_an_old_address_leads_to_the_new_one(django_capture_on_commit_callbacks: Any) -> None:
    service = charter.service(charter.body())
    before = service.url
    client = logged_in("admin")
    with django_capture_on_commit_callbacks(execute=True):
        data = filled(client, edit_address(service), slug="outro-nome", action__submit="1")
        assert client.post(edit_address(service), data).status_code == 302
        approve(service)
    after = charter.fresh(service).url
    assert after != before
    assert Client().get(after).status_code == 200
    response = Client().get(before)
    assert response.status_code == 301
    assert response["Location"].endswith(after)


def test_history_comparison_and_restoring() -> None:
    service = charter.service(charter.body(), summary="O primeiro.")
    first = service.latest_revision
    second = charter.edited(service, summary="O segundo.")
    second.publish()
    client = logged_in("comunicacao")
    assert "no-log" not in client.get(reverse("wagtailadmin_pages:history", args=[service.pk])).content.decode()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[service.pk, first.pk, second.pk])
    assert "primeiro" in text_of(client.get(compare))

    writer = logged_in("redacao")
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[service.pk, first.pk])
    assert writer.post(revert, filled(writer, revert)).status_code == 302
    assert (
        writer.post(edit_address(service), filled(writer, edit_address(service), action__submit="1")).status_code == 302
    )
    approve(service)
    assert charter.fresh(service).summary == "O primeiro."
    assert "O primeiro." in charter.public(service).body


def test_images_and_documents_are_uploaded() -> None:
    charter.body()
    client = logged_in("redacao")
    drawn = BytesIO()
    Picture.new("RGB", (4, 4)).save(drawn, "PNG")
    for app, model, name, content in (
        ("wagtailimages", get_image_model(), "brasao.png", drawn.getvalue()),
        ("wagtaildocs", get_document_model(), "requerimento.pdf", b"%PDF-1.4\n%%EOF\n"),
    ):
        data = {"title": "Arquivo", "files[]": SimpleUploadedFile(name, content)}
        answer = client.post(reverse(f"{app}:add_multiple"), data, headers={"X-Requested-With": "XMLHttpRequest"})
        assert answer.json()["success"], answer.content
        assert model.objects.count() == 1


def test_the_answers_of_a_question_are_offered_to_editors_alone() -> None:
    charter.body()
    question = Question(title="Onde você mora?", slug="onde")
    question.answers = [("answer", {"key": "zona-rural", "text": "Na zona rural"})]
    question.save()
    address = reverse("conecta_answer_options", args=[question.pk])
    assert logged_in("redacao").get(address).json() == {"answers": [{"key": "zona-rural", "text": "Na zona rural"}]}
    assert Client().get(address).status_code == 302
    assert logged_in("redacao").get(reverse("conecta_answer_options", args=[question.pk + 1])).status_code == 404


def test_lists_show_who_and_where(client: Client) -> None:
    body = charter.body("Secretaria da Saúde")
    charter.unit("Posto Central", secretariat=body, type="Posto de saúde")
    text = text_of(logged_in("redacao").get(snippet_address(Unit, "list")))
    assert "Posto Central" in text
    assert "Secretaria da Saúde" in text
    visit = Visit(
        unit=charter.unit("Onibus", secretariat=body),
        place="Praça",
        starts=datetime(2026, 5, 4, 12, tzinfo=UTC),
        ends=datetime(2026, 5, 4, 15, tzinfo=UTC),
    )
    visit.save()
    assert "Praça" in text_of(logged_in("redacao").get(snippet_address(Visit, "list")))


def test_a_list_holds_one_language_and_the_filter_chooses_another() -> None:
    spanish = Locale.objects.get_or_create(language_code="es")[0]
    service = charter.service(charter.body("Secretaria da Saúde"), "Marcar consulta")
    unit = charter.unit("Posto Central", secretariat=SecretariatPage.objects.get())
    topic = charter.topic("Impostos")
    for entry, name in ((unit, "Puesto"), (topic, "Tributos")):
        copy = entry.copy_for_translation(spanish)
        copy.title = name
        copy.save()
    translated = service.copy_for_translation(spanish, copy_parents=True)
    translated.title = translated.draft_title = "Pedir turno"
    translated.save()
    client = logged_in("comunicacao")
    for address, ours, theirs in (
        (reverse("conecta_service_listing:index"), "Marcar consulta", "Pedir turno"),
        (snippet_address(Unit, "list"), "Posto Central", "Puesto"),
        (snippet_address(Topic, "list"), "Impostos", "Tributos"),
    ):
        listed = text_of(client.get(address))
        assert (ours in listed, theirs in listed) == (True, False), address
        listed = text_of(client.get(f"{address}?locale=es"))
        assert (ours in listed, theirs in listed) == (False, True), address
    everything = reverse("wagtail_bulk_action", args=["conecta_services", "topic", "delete"])
    asked = text_of(client.get(f"{everything}?id=all&next={snippet_address(Topic, 'list')}"))
    assert ("Impostos" in asked, "Tributos" in asked) == (True, False)


def test_only_the_charter_s_own_pages_are_offered_below_a_body() -> None:
    assert {model for model in SecretariatPage.clean_subpage_models() if issubclass(model, Page)} == {
        ServicePage,
        ProcedurePage,
        InformationPage,
    }
