"""The examples of docs/front-ends.md run as they stand there."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user, get_user_model
from django.test import Client, RequestFactory
from django.utils import timezone

from search.rules_in_force import rules_in_force
from services.front_ends.links import address_for
from services.gate import draft_record
from services.models import FrontEnd, ServicePage
from tests.services import charter

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "front-ends.md"
LISTING, DRAFT = re.findall(r"```js\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def run(script: str) -> list[str]:
    """The lines that a script of Node writes."""
    done = subprocess.run(  # noqa: S603
        ["node", "--input-type=module", "--eval", script],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node on this machine")
@pytest.mark.django_db(transaction=True)
def test_the_list_and_the_draft(live_server: Any, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    rules_in_force.forget()
    body = charter.body("Ambiente")
    charter.service(body, "Podar árvore", summary="A equipe vai até a rua.")
    page = charter.draft_page(body, ServicePage, "Plantar árvore")
    listing = LISTING.replace("https://servicos.example.gov.br", live_server.url)
    assert run(listing) == ["Podar árvore A equipe vai até a rua."]

    user = get_user_model().objects.create_superuser("chefe")
    client = Client()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    request.user = get_user(request)
    app = FrontEnd.objects.create(name="App", address="http://localhost/#{token}")
    address = address_for(app, page, draft_record(page), request=request, at=timezone.now())
    script = f"""
        globalThis.location = new URL("{address}");
        {DRAFT}
        console.log((await draft("{live_server.url}")).title);
        location.hash += "x";
        console.log(await draft("{live_server.url}"));
    """
    assert run(script) == ["Plantar árvore", "null"]
