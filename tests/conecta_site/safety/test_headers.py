"""What each kind of page may load, and what browsers are told beside it."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from services.models import ServicePage
from tests.services import charter
from tests.services.editing import edit_address
from tests.services.newsroom.people import browser, person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_both("headers are set whatever the rows are"),
]
STRICT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "worker-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
}
#: What is wider for whoever is logged in (conecta_site/admin_door.py says why), and nothing else is.
OF_THE_ADMIN = STRICT | {
    "script-src": "'self' 'unsafe-inline'",
    # Of what stands in an attribute, nothing runs there either.
    "script-src-attr": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
}
#: One page of each kind that a visitor is given.
OF_THE_PORTAL = (
    "/",
    "/saude/tomar-vacina/",
    "/busca/?q=vacina",
    "/servicos/",
    "/avaliacao/",
    "/observatorio/",
    "/manifestacoes/nova/",
    "/nao-ha/isto/",
    "/admin/login/",
    "/admin/password_reset/",
)
#: Whatever it is, it says these.
EVERYWHERE = (
    *OF_THE_PORTAL,
    "/api/v1/services",
    "/api/v2/pages/",
    "/healthz/live",
    "/robots.txt",
    "/sw.js",
    "/widget.js",
    "/sitemap.xml",
)


@pytest.fixture
def town(db: None) -> None:
    charter.service(charter.body("Saude", acronym="SMS"), "Tomar vacina")


def policy(response: Any) -> dict[str, str]:
    """Directive → its sources."""
    directives = (each.strip().partition(" ") for each in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _space, sources in directives}


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("path", OF_THE_PORTAL)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_that_stands_in_it(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == (404 if path == "/nao-ha/isto/" else 200)
    assert policy(response) == STRICT
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_says_these(client: Client, path: str) -> None:
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in response["Permissions-Policy"]


def test_the_admin_is_wider_by_three_directives_for_whoever_is_logged_in() -> None:
    editor = browser(get_user_model().objects.create_superuser("todos"))
    draft = charter.draft_page(charter.body("Saude"), ServicePage, "Tomar vacina")
    for path in ("/admin/", edit_address(draft), "/admin/nao-ha/"):
        response = editor.get(path)
        assert policy(response) == OF_THE_ADMIN, path
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "no-store" in response["Cache-Control"]
    # The portal is no wider for them.
    assert policy(editor.get("/")) == STRICT


@pytest.mark.parametrize("path", ["/avaliacao/?embed=1", "/observatorio/satisfacao/?embed=1"])
def test_only_what_is_meant_for_other_sites_stands_in_their_frames(client: Client, path: str) -> None:
    from home.observatory.register import SECTIONS

    framed = client.get(path.replace("satisfacao", SECTIONS[0].name))
    assert framed.status_code == 200
    assert policy(framed) == STRICT | {"frame-ancestors": "*"}
    assert "X-Frame-Options" not in framed
    whole = client.get(path.partition("?")[0].replace("satisfacao", SECTIONS[0].name))
    assert policy(whole)["frame-ancestors"] == "'self'"


def test_an_api_answer_is_no_page(client: Client) -> None:
    for path in ("/api/v1/services", "/api/v1/nada", "/api/v2/pages/", "/api/v2/nada"):
        response = client.get(path)
        assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'", path
        assert response["X-Frame-Options"] == "DENY"


def test_a_document_is_taken_down_and_runs_nothing(client: Client) -> None:
    for name in ("ata.html", "ata.svg", "ata.txt"):
        document = Document.objects.create(title="Ata", file=ContentFile(b"<script>alert(1)</script>", name=name))
        response = client.get(document.url)
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert policy(response) == {"default-src": "'none'"}


def test_cookies_are_for_this_site_alone(client: Client, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    user = person("alguem")
    user.set_password("uma senha bem longa")
    user.is_superuser = True
    user.save()
    form = client.get("/admin/login/", secure=True)
    client.post("/admin/login/", {"username": "alguem", "password": "uma senha bem longa"}, secure=True)
    cookies = {**form.cookies, **client.cookies}
    session, token = cookies[settings.SESSION_COOKIE_NAME], cookies[settings.CSRF_COOKIE_NAME]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert (token["secure"], token["samesite"]) == (True, "Lax")
    for path in ("/", "/saude/", "/busca/?q=x", "/api/v1/services"):
        assert not Client().get(path).cookies, path
