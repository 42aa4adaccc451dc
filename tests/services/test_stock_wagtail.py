"""What an editor of any Wagtail site expects beside our pages: redirects, history, images, documents."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from services.models import ServicePage
from tests.services import charter
from tests.services.editing import edit_address, filled, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return logged_in("admin")


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def service() -> ServicePage:
    return charter.service(charter.body("Secretaria da Fazenda"), "Emitir boleto", summary="O boleto sai na hora.")


def uploaded(client: Client, address: str, file: SimpleUploadedFile) -> None:
    data = {"title": "Fachada", "file": file, "collection": Collection.get_first_root_node().pk, "tags": ""}
    assert client.post(address, data).status_code == 302


def test_a_redirect_leads_from_the_old_site(client: Client, service: ServicePage) -> None:
    data = {
        "old_path": "/portal/boleto.php",
        "site": "",
        "is_permanent": "on",
        "redirect_page": service.pk,
        "redirect_link": "",
    }
    assert client.post(reverse("wagtailredirects:add"), data).status_code == 302
    answer = Client().get("/portal/boleto.php")
    assert (answer.status_code, answer["Location"]) == (301, service.url)


def test_who_uses_the_old_address_still_arrives(
    client: Client, service: ServicePage, django_capture_on_commit_callbacks
):
    old = service.url
    data = filled(client, edit_address(service), slug="emitir-o-boleto")
    assert client.post(edit_address(service), data).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        charter.fresh(service).latest_revision.publish()
    service.refresh_from_db()
    assert service.slug == "emitir-o-boleto"
    assert Client().get(old, follow=True).redirect_chain == [(service.url, 301)]


def test_the_history_names_each_version(client: Client, service: ServicePage) -> None:
    for summary in ("O boleto sai em um minuto.", "O boleto sai em dois minutos."):
        data = filled(client, edit_address(service), summary=summary)
        assert client.post(edit_address(service), data).status_code == 302
    older, newer = service.revisions.order_by("-pk")[:2][::-1]
    history = client.get(reverse("wagtailadmin_pages:history", args=[service.pk])).content.decode()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[service.pk, older.pk, newer.pk])
    assert reverse("wagtailadmin_pages:revisions_revert", args=[service.pk, older.pk]) in history
    compared = client.get(compare).content.decode()
    assert "um minuto" in compared
    assert "dois minutos" in compared


def test_an_image_and_a_document_are_kept_and_given(client: Client) -> None:
    picture = BytesIO()
    Picture.new("RGB", (640, 480), "green").save(picture, "JPEG")
    image = SimpleUploadedFile("fachada.jpg", picture.getvalue(), "image/jpeg")
    uploaded(client, reverse("wagtailimages:add"), image)
    found = get_image_model().objects.get(title="Fachada")
    assert found.get_rendition("width-320").width == 320
    uploaded(client, reverse("wagtaildocs:add"), SimpleUploadedFile("edital.pdf", b"%PDF-1.4 edital\n%%EOF"))
    document = get_document_model().objects.get(title="Fachada")
    answer = Client().get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer) == b"%PDF-1.4 edital\n%%EOF"
