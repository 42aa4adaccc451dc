"""A draft in a front end outside: for an hour, and only while its editor may see it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user, get_user_model
from django.contrib.sessions.models import Session
from django.core.signing import Signer
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from services.front_ends.links import address_for, forget_old
from services.gate import draft_record
from services.models import FrontEnd, PreviewLink, PublishedRecord, ServicePage, Unit
from tests.services import charter
from tests.services.editing import add_address, edit_address, filled, logged_in, snippet_address
from tests.services.portal import MONDAY
from tests.services.spanish import Translator
from tests.services.spanish_charter import translate

pytestmark = pytest.mark.django_db
GONE = "Este link de prévia não vale mais. Peça outro a quem escreve o texto."


@pytest.fixture
def app() -> FrontEnd:
    return FrontEnd.objects.create(
        name="Aplicativo", address="https://app.example/{kind}/{id}?lingua={locale}&nome={slug}#{token}"
    )


@pytest.fixture
def draft() -> ServicePage:
    return charter.draft_page(charter.body("Fazenda", acronym="SEFIN"), ServicePage, "Emitir boleto")


def preview_address(page: ServicePage) -> str:
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


def opened(client: Client, app: FrontEnd, address: str, data: Any) -> str:
    """Where the editor's new window leads: what stands in the form is sent, then the mode is opened."""
    assert client.post(address, data).json()["is_available"]
    return led(client, app, address)


def led(client: Client, app: FrontEnd, address: str) -> str:
    response = client.get(address, {"mode": app.mode})
    assert response.status_code == 302, response.content
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    return str(response["Location"])


def token_of(client: Client, app: FrontEnd, entry: Any) -> str:
    """A link's token, made for somebody's session without filling a form in."""
    request = RequestFactory().get("/")
    request.session = client.session
    request.user = get_user(request)
    address = address_for(app, entry, draft_record(entry), request=request, at=timezone.now())
    return urlsplit(address).fragment


def asked(token: str, status: int = 200) -> Any:
    """What anybody gets for a token."""
    response = Client().get(f"/api/v1/preview/{token}")
    assert response.status_code == status, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    if status == 404:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["detail"] == GONE
    return response


def test_an_editor_s_link_shows_the_draft_and_changes_nothing(app: FrontEnd) -> None:
    service = charter.service(charter.body("Fazenda", acronym="SEFIN"), "Emitir boleto", summary="Publicado.")
    before = list(PublishedRecord.objects.values_list("pk", "sequence", "etag"))
    client = logged_in("redacao")
    assert "No site Aplicativo" in client.get(edit_address(service)).content.decode()
    data = filled(client, edit_address(service), summary="Ainda só no form.")
    address = opened(client, app, preview_address(service), data)
    parts = urlsplit(address)
    assert (parts.netloc, parts.path) == ("app.example", f"/service/{service.record_id}")
    assert parts.query == "lingua=pt-BR&nome=emitir-boleto"
    response = asked(parts.fragment)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert response.json()["summary"] == "Ainda só no form."
    assert Client().get(f"/api/v1/services/{service.record_id}").json()["summary"] == "Publicado."
    assert list(PublishedRecord.objects.values_list("pk", "sequence", "etag")) == before
    public = Client().get(f"/api/v1/services/{service.record_id}").json()
    assert response.json().keys() == public.keys(), "the draft has the shape of what is public"


def test_what_is_only_in_a_form_and_what_is_no_page_is_shown_too(app: FrontEnd) -> None:
    client, body, unit = logged_in("admin"), charter.body(), charter.unit("Posto Central")
    new = reverse("wagtailadmin_pages:preview_on_add", args=["conecta_services", "servicepage", body.pk])
    data = filled(client, add_address(ServicePage, body), title="Marcar exame", slug="exame")
    address = opened(client, app, new, data)
    assert asked(urlsplit(address).fragment).json()["title"] == "Marcar exame"
    assert not ServicePage.objects.exists()
    data = filled(client, snippet_address(Unit, "edit", unit.pk), summary="Vacina.")
    address = opened(client, app, snippet_address(Unit, "preview_on_edit", unit.pk), data)
    assert asked(urlsplit(address).fragment).json()["summary"] == "Vacina."


def test_a_translation_s_draft_is_shown_in_its_language(
    app: FrontEnd, translator: Translator, source: ServicePage, admin_client: Client
) -> None:
    spanish = translate(translator, source)
    translator.type_in(source, word=lambda text: "Borrador " + text)
    preview = reverse("wagtail_localize:preview_translation", args=[translator.work(source).pk, app.mode])
    address = led(admin_client, app, preview)
    assert "lingua=es" in address
    draft = asked(urlsplit(address).fragment).json()
    assert draft["locale"] == "es"
    assert draft["title"].startswith("Borrador")
    assert not charter.public(spanish).title.startswith("Borrador")


def test_no_token_can_be_guessed(app: FrontEnd, draft: ServicePage, django_assert_num_queries: Any) -> None:
    token = token_of(logged_in("redacao"), app, draft)
    name, _dot, signature = token.partition(".")
    with django_assert_num_queries(0):
        for guess in (f"{name[:-1]}x.{signature}", f"{name}.{signature[:-1]}", name, "a" * 5000, "%00", f"{name}."):
            asked(guess, 404)
    # Signed here, for something else.
    asked(Signer(sep=".").sign(name), 404)


def test_a_logout_ends_the_editor_s_links_and_no_one_else_s(app: FrontEnd, draft: ServicePage) -> None:
    writer, other = logged_in("redacao"), logged_in("admin")
    token, theirs = token_of(writer, app, draft), token_of(other, app, draft)
    asked(token)
    writer.post(reverse("wagtailadmin_logout"))
    asked(token, 404)
    asked(theirs)
    writer.force_login(get_user_model().objects.get(username="redacao"))
    asked(token, 404)


def test_a_session_that_ends_otherwise_ends_its_links(app: FrontEnd, draft: ServicePage) -> None:
    client = logged_in("redacao")
    user = get_user_model().objects.get(username="redacao")
    token = token_of(client, app, draft)
    user.set_password("outra senha qualquer")
    user.save()
    asked(token, 404)
    client.force_login(user)
    token = token_of(client, app, draft)
    asked(token)
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    asked(token, 404)
    get_user_model().objects.filter(pk=user.pk).update(is_active=True)
    Session.objects.all().delete()
    asked(token, 404)


def test_an_hour_ends_a_link(app: FrontEnd, draft: ServicePage, clock: Any) -> None:
    token = token_of(logged_in("redacao"), app, draft)
    clock(MONDAY + timedelta(minutes=59))
    asked(token)
    clock(MONDAY + timedelta(hours=1))
    asked(token, 404)
    assert forget_old(MONDAY + timedelta(hours=1)) == 1
    assert not PreviewLink.objects.exists()


def test_who_may_no_longer_read_the_entry_shows_it_no_longer(app: FrontEnd, draft: ServicePage) -> None:
    client = logged_in("redacao")
    token = token_of(client, app, draft)
    user = get_user_model().objects.get(username="redacao")
    groups = list(user.groups.all())
    user.groups.clear()
    asked(token, 404)
    user.groups.set(groups)
    asked(token)
    other = charter.body("Saúde", acronym="SMS")
    charter.fresh(draft).move(other, pos="last-child")
    asked(token, 404)


def test_what_was_deleted_is_not_shown(app: FrontEnd, draft: ServicePage) -> None:
    client = logged_in("admin")
    token, kept = token_of(client, app, draft), token_of(client, app, charter.unit("Posto"))
    charter.fresh(draft).delete()
    asked(token, 404)
    asked(kept)
    app.delete()
    asked(kept, 404)


def test_the_panel_makes_no_link_and_says_what_a_click_does(app: FrontEnd, draft: ServicePage) -> None:
    client = logged_in("redacao")
    client.post(preview_address(draft), filled(client, edit_address(draft)))
    panel = client.get(preview_address(draft), {"mode": app.mode, "in_preview_panel": "true"})
    html = panel.content.decode()
    assert f'href="?mode={app.mode}" target="_blank"' in html
    assert "vale por uma hora" in html
    assert not PreviewLink.objects.exists()


def test_a_channel_shows_what_it_was_made_for(draft: ServicePage) -> None:
    units = FrontEnd.objects.create(name="Mapa", address="https://mapa.example/#{token}", kinds=["unit"])
    client, unit = logged_in("admin"), charter.unit("Posto")
    assert units.mode not in dict(draft.preview_modes)
    assert units.mode in dict(Unit.objects.get(pk=unit.pk).preview_modes)
    client.post(preview_address(draft), filled(client, edit_address(draft)))
    assert client.get(preview_address(draft), {"mode": units.mode}).status_code == 200, "our own preview"
    assert not PreviewLink.objects.exists()


def test_another_body_s_draft_gets_no_link(app: FrontEnd) -> None:
    charter.body("Fazenda", acronym="SEFIN")
    other = charter.draft_page(charter.body("Saúde", acronym="SMS"), ServicePage, "Segredo da saúde")
    response = logged_in("redacao").get(preview_address(other), {"mode": app.mode})
    assert response.status_code == 302
    assert "app.example" not in response["Location"]
    assert not PreviewLink.objects.exists()
