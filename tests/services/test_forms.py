"""The forms of entries: a draft takes anything, the public only what is whole."""

import pytest
from django.test import Client

from services.models import Alert, ServicePage, Suspension, Topic
from tests.services import charter, pressing
from tests.services.editing import add_address, edit_address, filled, snippet_address, whole

pytestmark = pytest.mark.django_db

NO_SUMMARY = "Escreva o resumo: diga em uma ou duas frases o que é."


@pytest.fixture
def client() -> Client:
    # Where there is no newsroom, Wagtail's own button publishes.
    return pressing.admin()


def test_a_draft_is_saved_with_its_name_alone(client: Client) -> None:
    body = charter.body()
    address = add_address(ServicePage, body)
    response = client.post(address, filled(client, address, title="Marcar exame", slug="marcar-exame"))
    assert response.status_code == 302
    draft = ServicePage.objects.get(slug="marcar-exame")
    assert not draft.live
    assert charter.head(draft) is None


def test_publishing_without_a_summary_is_refused_at_its_field(client: Client) -> None:
    body = charter.body()
    address = add_address(ServicePage, body)
    new = whole(ServicePage) | {"title": "Marcar exame", "slug": "marcar-exame", "summary": ""}
    data = filled(client, address, **new, action__publish="1")
    response = client.post(address, data)
    assert response.status_code == 200
    assert response.context["form"].errors == {"summary": [NO_SUMMARY]}
    assert not ServicePage.objects.filter(slug="marcar-exame").exists()

    data["summary"] = "Marque o exame que o médico pediu."
    assert client.post(address, data).status_code == 302
    assert charter.public(ServicePage.objects.get(slug="marcar-exame"))


def test_a_summary_taken_out_is_refused_and_the_public_text_stays(client: Client) -> None:
    service = charter.service(charter.body(), summary="Antes.")
    address = edit_address(service)
    response = client.post(address, filled(client, address, summary="", action__publish="1"))
    assert response.context["form"].errors["summary"] == [NO_SUMMARY]
    assert charter.public(service)
    assert charter.fresh(service).summary == "Antes."
    assert client.post(address, filled(client, address, summary="")).status_code == 302, "a draft may lack it"


def test_an_entry_is_offered_once_whatever_its_translations(client: Client) -> None:
    from wagtail.models import Locale

    topic = charter.topic("Impostos")
    spanish = Locale.objects.create(language_code="es")
    translated = topic.copy_for_translation(spanish)
    translated.save()
    assert Topic.objects.count() == 2
    form = client.get(edit_address(charter.service(charter.body()))).context["form"]
    assert list(form.fields["topics"].queryset) == [topic]


@pytest.mark.parametrize(
    ("model", "needed"), [(Suspension, {"service": "SERVICE"}), (Alert, {"title": "Falta de água", "level": "info"})]
)
def test_nothing_ends_before_it_starts(client: Client, model: type, needed: dict[str, str]) -> None:
    service = charter.service(charter.body())
    address = snippet_address(model, "add")
    data = filled(client, address, starts="2026-05-04 12:00", ends="2026-05-04 11:00")
    data.update({name: str(service.pk) if value == "SERVICE" else value for name, value in needed.items()})
    response = client.post(address, data)
    assert response.context["form"].errors == {"ends": ["O fim vem antes do começo."]}
    data["ends"] = "2026-05-04 13:00"
    assert client.post(address, data).status_code == 302
    assert model.objects.count() == 1
