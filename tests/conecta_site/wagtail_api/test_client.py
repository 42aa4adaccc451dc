"""A client from npm that speaks Wagtail's API reads the charter, unmodified."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from home.models import CityIdentity
from tests.offered import wagtail_client_path
from tests.services import charter

BLOCK = "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e05"
SCRIPT = Path(__file__).with_name("client.mjs")


@pytest.mark.skipif(
    wagtail_client_path() is None,
    reason="CONECTA_TEST_WAGTAIL_CLIENT names no unpacked wagtail-js, or there is no node",
)
@pytest.mark.django_db(transaction=True)
def test_wagtail_js_reads_the_charter(live_server: Any) -> None:
    body = charter.body("Secretaria do Ambiente")
    service = charter.service(body, "Podar árvore")
    charter.service(body, "Tapar buraco")
    charter.draft_page(body, type(service), "Segredo: podar árvores")
    arms = Image.objects.create(title="Brasão", file=get_test_image_file())
    CityIdentity.objects.create(site=Site.objects.get(is_default_site=True), coat_of_arms=arms)
    file = Document.objects.create(title="Requerimento", file=ContentFile(b"%PDF-1.7", name="requerimento.pdf"))
    version = {"valid_from": "2026-01-01", "document": file.pk}
    charter.form(
        versions=json.dumps([{"type": "version", "value": version, "id": "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e05"}])
    )

    done = subprocess.run(  # noqa: S603
        ["node", SCRIPT, wagtail_client_path(), live_server.url],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answers = json.loads(done.stdout)
    assert [item["title"] for item in answers["listed"]["items"]] == ["Podar árvore", "Tapar buraco"]
    assert answers["listed"]["items"][0]["record"]["secretariat"]["title"] == "Secretaria do Ambiente"
    assert answers["second"]["meta"] == {"total_count": 2}
    assert [item["id"] for item in answers["searched"]["items"]] == [service.pk]
    assert answers["bySlug"]["record"] == answers["byNumber"]["record"]
    assert answers["byNumber"]["record"]["id"] == service.record_id
    assert answers["children"]["meta"]["total_count"] == 2
    assert answers["images"]["items"][0]["title"] == answers["image"]["title"] == "Brasão"
    assert answers["documents"]["items"][0]["title"] == answers["document"]["title"] == "Requerimento"
    assert answers["file"].startswith(f"{live_server.url}/documentos/{file.pk}/")
    assert "Segredo" not in done.stdout
