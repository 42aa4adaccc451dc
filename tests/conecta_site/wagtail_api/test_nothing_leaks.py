"""What is not public is not told, whatever is asked; and nothing that is asked breaks the API."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from home.identity import forget_identity
from home.models import CityIdentity
from services.models import City, ServicePage
from tests.services import charter
from tests.services.spanish import Translator
from tests.services.spanish_charter import translate

pytestmark = pytest.mark.django_db
PAGES = "/api/v2/pages/"
BLOCK = "5b2d3f0e-5f3c-4d8e-9a51-0c1f5a1d2e05"


def total(client: Client, path: str = PAGES, **asked: Any) -> int:
    response = client.get(path, asked)
    assert response.status_code == 200, response.content
    answer = response.json()
    assert len(answer["items"]) <= answer["meta"]["total_count"]
    return answer["meta"]["total_count"]


def status(client: Client, path: str, **asked: Any) -> int:
    response = client.get(path, asked)
    assert response["Content-Type"] == "application/json", response.content
    assert "Segredo" not in response.content.decode()
    return response.status_code


@pytest.fixture
def public() -> ServicePage:
    return charter.service(charter.body("Fazenda"), "Emitir boleto")


def hidden(kind: str, body: Page) -> Any:
    """A service of which nobody outside may know."""
    if kind == "draft":
        return charter.draft_page(body, ServicePage, "Segredo")
    page = charter.service(body, "Segredo")
    if kind == "taken down":
        page.unpublish()
    else:
        restriction = {"restriction_type": "password", "password": "x"} if kind == "password" else {}
        PageViewRestriction.objects.create(page=page, **({"restriction_type": "login"} | restriction))
    return charter.fresh(page)


@pytest.mark.parametrize("kind", ["draft", "taken down", "login", "password"])
def test_a_page_without_a_public_record_can_not_be_found_by_any_question(
    client: Client, public: ServicePage, kind: str
) -> None:
    body = public.get_parent()
    page = hidden(kind, body)
    assert total(client) == 2
    nothing = (
        {"title": "Segredo"},
        {"slug": page.slug},
        {"id": page.pk},
        {"search": "segredo"},
        {"search": "segredo", "order": "title"},
        {"title": "Segredo", "fields": "*", "type": "conecta_services.ServicePage"},
    )
    for asked in nothing:
        assert total(client, **asked) == 0, asked
    for asked in (
        {"child_of": body.pk},
        {"descendant_of": body.pk},
        {"order": "title", "type": "conecta_services.ServicePage"},
    ):
        assert total(client, **asked) == 1, asked
    for asked in ("child_of", "descendant_of", "ancestor_of", "translation_of"):
        never = status(client, PAGES, **{asked: 10**9})
        assert status(client, PAGES, **{asked: page.pk}) == never == 400, "as a number that no page has"
    assert status(client, f"{PAGES}{page.pk}/") == 404
    assert status(client, f"{PAGES}{page.pk}/", fields="*", type="conecta_services.ServicePage") == 404
    assert status(client, f"{PAGES}find/", id=page.pk) == 404
    assert status(client, f"{PAGES}find/", html_path=page.url_path.removeprefix("/home")) == 404


def test_pages_that_have_no_record_are_not_there(client: Client, public: ServicePage) -> None:
    home = charter.home()
    assert total(client, type="conecta_home.HomePage") == 0
    assert status(client, f"{PAGES}{home.pk}/") == 404
    assert status(client, f"{PAGES}1/") == 404
    assert total(client, id=home.pk) == 0
    assert status(client, PAGES, child_of=home.pk) == 400


def test_a_draft_of_what_is_public_is_not_told(client: Client, public: ServicePage) -> None:
    charter.edited(public, title="Segredo novo", slug="segredo", summary="Segredo.")
    item = client.get(f"{PAGES}{public.pk}/").content.decode()
    assert "Emitir boleto" in item
    assert "Segredo" not in item
    for asked in ({"title": "Segredo novo"}, {"slug": "segredo"}, {"search": "segredo"}):
        assert total(client, **asked) == 0


def test_a_translation_s_row_may_hold_a_draft_and_is_not_read(
    client: Client, translator: Translator, source: ServicePage
) -> None:
    spanish = translate(translator, source)
    Page.objects.filter(pk=spanish.pk).update(
        title="Segredo", slug="segredo", seo_title="Segredo", search_description="Segredo", draft_title="Segredo"
    )
    assert status(client, f"{PAGES}{spanish.pk}/", fields="*") == 200
    assert status(client, PAGES, fields="*", order="title") == 200
    assert total(client, title="Segredo") == total(client, slug="segredo") == 0
    assert status(client, f"{PAGES}find/", html_path="/es/segredo/") == 404


WRONG: list[dict[str, str]] = [
    {"limit": "abc"},
    {"limit": "-1"},
    {"limit": "21"},
    {"offset": "-1"},
    {"offset": "9" * 5000},
    {"id": "abc"},
    {"child_of": "abc"},
    {"descendant_of": "-1"},
    {"child_of": "root", "descendant_of": "root"},
    {"ancestor_of": "9" * 5000},
    {"translation_of": "x"},
    {"order": "draft_title"},
    {"order": "-"},
    {"order": "random,title"},
    {"order": "random", "offset": "1"},
    {"type": "auth.User"},
    {"type": "nada.Nada"},
    {"type": "nada"},
    {"type": "conecta_services.ServicePage,"},
    {"fields": "nada"},
    {"fields": "record(title)"},
    {"fields": "title("},
    {"fields": "*,*"},
    {"show_in_menus": "talvez"},
    {"draft_title": "Segredo"},
    {"first_published_at": "2026-01-01"},
    {"owner": "1"},
    {"search": "x\0"},
    {"title": "x\0"},
    {"x\0": "1"},
    {"search": "boleto", "search_operator": "and"},
    {"rich_text_format": "nada"},
]


def test_a_wrong_question_is_told_in_a_sentence(client: Client, public: ServicePage) -> None:
    for asked in WRONG:
        response = client.get(PAGES, asked)
        assert response.status_code == 400, (asked, response.content)
        assert response.json()["message"]
    # As Wagtail has it.
    assert status(client, PAGES, site="nada.example") == 404
    assert total(client, site=Site.objects.get().hostname) == 2


@pytest.mark.parametrize("path", [PAGES, "/api/v2/images/", "/api/v2/documents/"])
def test_an_odd_question_has_an_answer(client: Client, public: ServicePage, path: str) -> None:
    odd = (
        {"search": '"x'},
        {"search": '"'},
        {"search": "a\"b*(c)^-:~ AND OR NOT {}[]\\/'%_"},
        {"search": ""},
        {"search": "x" * 5000},
        {"offset": 10**30},
        {"id": 10**30},
        {"order": "-id"},
        {"order": "random"},
        {"title": "'; DROP TABLE"},
        {"fields": "_"},
        {"fields": "*"},
        {"_": "123"},
    )
    for asked in odd:
        assert status(client, path, **asked) == 200, asked
    assert status(client, f"{path}{10**30}/") == 404
    assert status(client, f"{path}find/", id="abc") == 400
    assert status(client, f"{path}find/", id=10**30) == 404
    assert status(client, f"{path}abc/") == 404
    assert status(client, path, format="xml") == 404
    assert status(client, f"{path}?locale=xx" if path == PAGES else f"{path}999/") == 404


@pytest.mark.parametrize("path", [PAGES, "/api/v2/images/", "/api/v2/documents/", f"{PAGES}1/", f"{PAGES}find/"])
def test_nothing_is_written_here(client: Client, path: str) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(path)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Content-Type"] == "application/json"
    options = client.options(path)
    assert (options.status_code, options["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert options["Access-Control-Allow-Origin"] == "*"


def test_answers_are_for_nobody_in_particular(client: Client, public: ServicePage) -> None:
    response = client.get(PAGES, headers={"Accept-Language": "es"})
    assert not response.cookies
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    head = client.head(PAGES)
    assert (head.status_code, head.content) == (200, b"")
    moved = client.get("/api/v2/pages?limit=1")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v2/pages/?limit=1")
    elsewhere = client.get("/api/v2/nada/")
    assert (elsewhere.status_code, elsewhere["Content-Type"]) == (404, "application/json")


def document(title: str, **fields: Any) -> Document:
    return Document.objects.create(title=title, file=ContentFile(b"%PDF-1.7", name="arquivo.pdf"), **fields)


def with_file(file: Document) -> str:
    return json.dumps([{"type": "version", "value": {"valid_from": "2026-01-01", "document": file.pk}, "id": BLOCK}])


def test_only_documents_to_which_public_records_lead_are_told(client: Client) -> None:
    shown, linked, drafted = document("Requerimento"), document("Tabela"), document("Segredo rascunho")
    document("Segredo solto")
    elsewhere = document("Segredo alheio")
    charter.form(versions=with_file(shown))
    form = charter.form("Outro")
    charter.edited(form, versions=with_file(drafted))
    text = f'<p><a linktype="document" id="{linked.pk}">aqui</a> <a href="https://x.example/documentos/{elsewhere.pk}/a.pdf">lá</a></p>'
    charter.service(charter.body(), description=text)
    path = "/api/v2/documents/"
    titles = {item["title"] for item in client.get(path).json()["items"]}
    assert titles == {"Requerimento", "Tabela"}
    for file in (drafted, elsewhere):
        assert status(client, f"{path}{file.pk}/") == 404
        assert total(client, path, id=file.pk) == total(client, path, title=file.title) == 0
    assert total(client, path, search="segredo") == 0
    assert total(client, path, search="REQUERIMENTO") == 1
    one = client.get(f"{path}{shown.pk}/").json()
    assert one["meta"]["download_url"].startswith(f"http://testserver/documentos/{shown.pk}/")
    # What is in a folder that asks for something is not told either.
    folder = Collection.get_first_root_node().add_child(name="Interna")
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    Document.objects.filter(pk=linked.pk).update(collection=folder)
    assert total(client, path) == 1
    # The record goes, and its file with it.
    form = charter.fresh(charter.form("Mais um", versions=with_file(drafted)))
    assert total(client, path) == 2
    form.unpublish()
    assert total(client, path) == 1


def test_only_the_city_s_own_pictures_are_told_and_no_brand_in_an_election_period(client: Client, clock: Any) -> None:
    forget_identity()
    path = "/api/v2/images/"
    assert total(client, path) == 0
    arms, brand, other = (
        Image.objects.create(title=title, file=get_test_image_file()) for title in ("Brasão", "Marca", "Segredo")
    )
    site = Site.objects.get(is_default_site=True)
    CityIdentity.objects.create(site=site, coat_of_arms=arms, brand=brand)
    assert {item["title"] for item in client.get(path).json()["items"]} == {"Brasão", "Marca"}
    assert status(client, f"{path}{other.pk}/") == 404
    City(title="Exemplo", election_starts=date(2026, 7, 4), election_ends=date(2026, 10, 25)).save()
    clock(datetime(2026, 8, 1, 12, tzinfo=UTC))
    assert total(client, path) == 1
    assert status(client, f"{path}{brand.pk}/") == 404
    forget_identity()
