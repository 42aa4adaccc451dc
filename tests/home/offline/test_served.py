"""What browsers are given: the worker, its modules, the manifest, icons, and the pages of the shell."""

import gzip
import json
import re
from io import BytesIO
from typing import Any

import brotli
import pytest
from django.test import Client
from PIL import Image
from wagtail.models import Site

from home.bundles import script_bundle
from home.models import CityIdentity
from home.offline.modules import modules, modules_version
from home.offline.shell import drawn_with
from tests import records

pytestmark = pytest.mark.django_db


def told_to_keep(client: Client) -> dict[str, Any]:
    """What the worker is told to keep."""
    source = client.get("/sw.js").content.decode()
    told: dict[str, Any] = json.loads(source.partition("\n")[0].removeprefix("const SHELL = ").removesuffix(";"))
    return told


def test_the_worker_stands_at_the_root_and_is_asked_for_again(client: Client) -> None:
    answer = client.get("/sw.js", headers={"Accept-Encoding": "br"})
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert brotli.decompress(answer.content).startswith(b"const SHELL = ")
    assert len(answer.content) < 5_000
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    again = client.get("/sw.js", headers={"Accept-Encoding": "br", "If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_worker_keeps_all_that_its_pages_are_drawn_with(client: Client) -> None:
    shell = told_to_keep(client)
    assert shell["pages"]["pt-br"] == ["/", "/sem-internet/", "/guardar/"]
    assert shell["pages"]["es"] == ["/es/", "/es/sem-internet/", "/es/guardar/"]
    for pages in shell["pages"].values():
        for page in pages[1:]:
            html = client.get(page).content.decode()
            assert f'name="conecta-offline" content="{shell["version"]}"' in html
            assert set(drawn_with(html)) <= set(shell["assets"]), page
    for address in shell["assets"]:
        if not address.startswith("/static/"):
            assert client.get(address).status_code == 200, address


def test_another_face_or_another_module_makes_another_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told_to_keep(client)["version"]
    identity = CityIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name, identity.primary_colour = "Prefeitura de Teste", "#0b5a46"
    identity.save()
    named = told_to_keep(client)["version"]
    assert named != before
    monkeypatch.setattr("home.offline.shell.modules_version", lambda: "0123456789ab")
    monkeypatch.setattr("home.offline.shell._kept", {})
    assert told_to_keep(client)["version"] not in {before, named}


def test_modules_are_kept_for_good_and_only_those_of_one_version(client: Client) -> None:
    for name, body in modules().items():
        answer = client.get(f"/offline/{modules_version()}/{name}", headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(answer.content) == body.bodies[""]
        assert "immutable" in answer["Cache-Control"]
        for imported in re.findall(r'from "\./([\w.]+)"', body.bodies[""].decode()):
            assert imported in modules(), (name, imported)
        for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "http:"):
            assert word not in body.bodies[""].decode(), (name, word)
    assert client.get("/offline/0123456789ab/store.js").status_code == 404
    assert client.get(f"/offline/{modules_version()}/worker.js").status_code == 404
    # The whole program, most of which runs only where something is kept.
    assert sum(len(body.bodies["br"]) for body in modules().values()) <= 20_000


def test_a_first_visit_loads_of_it_only_what_is_in_the_script_of_every_page(client: Client) -> None:
    assert b"serviceWorker" in script_bundle().body
    page = client.get("/para-sites/").content.decode()
    assert "/offline/" not in "".join(re.findall(r"<(?:script|link)[^>]+>", page))


def test_the_manifest_makes_it_installable(client: Client) -> None:
    identity = CityIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.name, identity.primary_colour = "Prefeitura de Teste", "#0B5A46"
    identity.save()
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert (told["name"], told["theme_color"]) == ("Prefeitura de Teste", "#0B5A46")
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "minimal-ui")
    assert [(icon["sizes"], icon["purpose"]) for icon in told["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in told["icons"]:
        picture = Image.open(BytesIO(client.get(icon["src"]).content))
        assert picture.format == "PNG"
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        if icon["purpose"] == "maskable":
            assert picture.convert("RGBA").getpixel((2, 2)) == (0x0B, 0x5A, 0x46, 255)


def test_the_pages_of_the_shell_work_in_each_language_and_are_the_same_for_all(client: Client) -> None:
    for prefix, language in (("", "pt-br"), ("/es", "es"), ("/en", "en")):
        for page in ("sem-internet", "guardar"):
            answer = client.get(f"{prefix}/{page}/")
            assert answer.status_code == 200
            assert "public" in answer["Cache-Control"]
            assert not answer.cookies
            html = answer.content.decode()
            assert f'"locale": "{language}"' in html
            assert f'data-locale="{language}"' in html


def test_an_entry_has_a_button_to_keep_it_hidden_until_a_script_runs(client: Client) -> None:
    records.put_record(records.secretariat())
    service = records.service()
    records.put_record(service)
    html = client.get(service.url).content.decode()
    place = re.search(r"<p class=\"c-offline\"[^>]*>", html)
    assert place
    assert f'data-keep="service/{service.id}"' in place[0]
    assert f'data-address="/offline/pt-br/service/{service.id}.json"' in place[0]
    assert place[0].endswith(" hidden>")
