"""The page for what should not have happened, with the database down."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Site

from home import failing, identity
from home.models import CityIdentity

#: In a process of its own: its database is one that nobody answers for.
ASKING = """
import json, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
told = {}
for path in ("/", "/servicos/", "/es/busca/?q=iptu", "/nada/", "/acessibilidade/"):
    response = client.get(path)
    told[path] = [response.status_code, response.content.decode()]
print(json.dumps(told))
"""


def test_with_a_broken_database_every_page_says_whom_to_call(tmp_path: Path) -> None:
    broken = {
        "CONECTA_DEMO": "1",
        "CONECTA_DATA_DIR": str(tmp_path),
        "CONECTA_DATABASE_URL": "postgres://ninguem:x@127.0.0.1:1/nada",
        "DJANGO_SETTINGS_MODULE": "conecta_site.settings",
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ASKING],
        env={**os.environ, **broken},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    for path, (status, html) in told.items():
        assert status == 500, path
        assert 'href="tel:192"' in html, path
        assert html.count("<h1") == 1, path
    assert 'lang="es"' in told["/es/busca/?q=iptu"][1]


@pytest.mark.django_db
def test_the_citys_phones_are_told_if_they_were_ever_read(rf: Any, django_assert_num_queries: Any) -> None:
    CityIdentity.objects.create(
        site=Site.objects.get(is_default_site=True), name="Cidade", phone="7730000001", ombudsman_phone="162"
    )
    identity.city_identity()
    with django_assert_num_queries(0):
        html = failing.failing(rf.get("/")).content.decode()
    assert 'href="tel:+557730000001"' in html
    assert 'href="tel:162"' in html


def test_without_them_there_are_those_of_every_emergency(rf: Any) -> None:
    # No database mark: pytest-django fails any query.
    html = failing.failing(rf.get("/")).content.decode()
    assert 'href="tel:190"' in html
    assert "Ouvidoria" not in html


@pytest.mark.django_db
def test_a_page_that_fails_gives_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("home.about.views.named", broken)
    client.raise_request_exception = False
    response = client.get("/mapa-do-site/")
    assert response.status_code == 500
    assert "A falha é nossa" in response.content.decode()
