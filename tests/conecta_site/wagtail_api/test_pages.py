"""Wagtail's API v2: what its clients expect, of pages that have a public record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services.models import InformationPage, SecretariatPage, ServicePage
from tests.services import charter
from tests.services.many import many
from tests.services.spanish import Translator
from tests.services.spanish_charter import translate

pytestmark = pytest.mark.django_db

Get = Callable[..., Any]
PAGES = "/api/v2/pages/"


@pytest.fixture
def get(client: Client) -> Get:
    def ask(path: str = PAGES, status: int = 200, **parameters: Any) -> Any:
        response = client.get(path, parameters)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        assert response["Access-Control-Allow-Origin"] == "*"
        return response.json()

    return ask


@pytest.fixture
def body() -> SecretariatPage:
    return charter.body("Secretaria da Saúde", acronym="SMS")


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer["items"]]


def test_a_list_has_what_wagtail_lists(get: Get, body: SecretariatPage) -> None:
    service = charter.service(body, "Marcar consulta")
    answer = get()
    assert answer["meta"] == {"total_count": 2}
    assert titles(answer) == ["Secretaria da Saúde", "Marcar consulta"]
    item = answer["items"][1]
    assert item["id"] == service.pk
    assert item["meta"] == {
        "type": "conecta_services.ServicePage",
        "detail_url": f"http://testserver/api/v2/pages/{service.pk}/",
        "html_url": "http://testserver/secretaria-da-sa%C3%BAde/marcar-consulta/",
        "slug": "marcar-consulta",
        "first_published_at": item["meta"]["first_published_at"],
        "locale": "pt-br",
    }
    assert "record" not in item


def test_one_page_has_its_record_as_the_own_api_tells_it(get: Get, body: SecretariatPage) -> None:
    service = charter.service(body, "Marcar consulta", summary="Marca no posto.")
    answer = get(f"{PAGES}{service.pk}/")
    assert answer["record"] == get(f"/api/v1/services/{service.record_id}")
    meta = answer["meta"]
    assert (meta["seo_title"], meta["search_description"]) == ("Marcar consulta", "Marca no posto.")
    assert meta["alias_of"] is None
    assert meta["parent"]["title"] == "Secretaria da Saúde"
    assert meta["parent"]["meta"]["detail_url"] == f"http://testserver{PAGES}{body.pk}/"
    assert get(meta["parent"]["meta"]["detail_url"])["meta"]["parent"] is None


def test_a_service_out_of_season_says_so(get: Get, body: SecretariatPage) -> None:
    season = '[{"type": "season", "value": {"opens": "2001-01-01T12:00:00Z", "closes": "2001-02-01T12:00:00Z"}}]'
    service = charter.service(body, seasons=season)
    assert get(f"{PAGES}{service.pk}/")["record"]["status"]["name"] == "out_of_season"


def test_fields_are_chosen(get: Get, body: SecretariatPage) -> None:
    charter.service(body)
    few = get(fields="_,title,record", type="conecta_services.ServicePage")["items"][0]
    assert set(few) == {"title", "record"}
    assert few["record"]["secretariat"]["title"] == "Secretaria da Saúde"
    whole = get(fields="*", slug="marcar-consulta")["items"][0]
    assert whole["record"] == few["record"]


def test_types(get: Get, body: SecretariatPage) -> None:
    charter.service(body)
    charter.page(body, InformationPage, "Horários")
    assert titles(get(type="conecta_services.ServicePage")) == ["Marcar consulta"]
    several = get(type="conecta_services.ServicePage,conecta_services.InformationPage")
    assert titles(several) == ["Marcar consulta", "Horários"]
    assert len(get(type="wagtailcore.Page")["items"]) == 3
    assert get(type="conecta_home.HomePage") == {"meta": {"total_count": 0}, "items": []}


def test_order_and_pages_of_a_list(get: Get, body: SecretariatPage) -> None:
    for title in ("Tapar buraco", "Emitir alvará", "Marcar consulta"):
        charter.service(body, title)
    asked = {"type": "conecta_services.ServicePage"}
    assert titles(get(order="title", **asked)) == ["Emitir alvará", "Marcar consulta", "Tapar buraco"]
    assert titles(get(order="-title", **asked, limit=1, offset=1)) == ["Marcar consulta"]
    assert get(**asked, limit=0) == {"meta": {"total_count": 3}, "items": []}
    assert get(**asked, offset=10**30)["items"] == []
    assert sorted(titles(get(order="random", **asked))) == ["Emitir alvará", "Marcar consulta", "Tapar buraco"]
    assert titles(get(title="Tapar buraco")) == ["Tapar buraco"]


def test_places_in_the_tree(get: Get, body: SecretariatPage) -> None:
    service = charter.service(body)
    assert titles(get(child_of=body.pk)) == ["Marcar consulta"]
    assert titles(get(child_of="root")) == ["Secretaria da Saúde"]
    assert titles(get(descendant_of="root")) == ["Secretaria da Saúde", "Marcar consulta"]
    assert titles(get(ancestor_of=service.pk)) == ["Secretaria da Saúde"]


def test_a_path_of_the_portal_finds_its_page(client: Client, get: Get, body: SecretariatPage) -> None:
    service = charter.service(body)
    for asked in ({"html_path": "secretaria-da-saúde/marcar-consulta"}, {"id": service.pk}):
        found = client.get(f"{PAGES}find/", asked | {"fields": "_,title"})
        assert (found.status_code, found["Location"]) == (
            302,
            f"http://testserver{PAGES}{service.pk}/?fields=_%2Ctitle",
        )
    get(f"{PAGES}find/", 404, html_path="nada")
    get(f"{PAGES}find/", 404)
    get(f"{PAGES}find/", 400, id="abc")


def test_search_has_the_ranking_of_the_portal(get: Get, body: SecretariatPage) -> None:
    charter.service(body, "Plantar árvore", summary="Pede o plantio. Para podar, veja outro serviço.")
    charter.service(body, "Podar árvore")
    charter.page(body, InformationPage, "Tudo sobre podar árvores")
    asked = ["Podar árvore", "Tudo sobre podar árvores", "Plantar árvore"]
    ranked = [hit["title"] for hit in get("/api/v1/search", q="podar arvores")["results"]]
    assert sorted(ranked) == sorted(asked)
    assert titles(get(search="podar arvores")) == ranked
    services = [title for title in ranked if not title.startswith("Tudo")]
    assert titles(get(search="podar arvores", type="conecta_services.ServicePage")) == services
    assert titles(get(search="podar arvores", limit=1, offset=1)) == ranked[1:2]
    assert titles(get(search="podar arvores", order="title")) == sorted(ranked)
    assert titles(get(search="podar arvores", child_of="root")) == []
    assert titles(get(search="podar", search_operator="or"))[0] == "Podar árvore"
    assert "search_operator" in get(status=400, search="podar", search_operator="and")["message"]
    assert get(search="nadadisso")["meta"]["total_count"] == 0


def test_a_translation_is_a_page_of_its_own(get: Get, translator: Translator, source: ServicePage) -> None:
    translate(translator, source)
    answer = get(translation_of=source.pk)
    assert [item["meta"]["locale"] for item in answer["items"]] == ["es"]
    assert titles(answer) == ["ES Marcar consulta"]
    assert titles(get(locale="es", type="conecta_services.ServicePage")) == titles(answer)
    assert titles(get(locale="es", search="consulta")) == titles(answer)
    assert answer["items"][0]["meta"]["html_url"].startswith("http://testserver/es/")
    get(status=404, locale="xx")


def test_twenty_services_take_three_queries_and_a_search_six_at_most(client: Client) -> None:
    many(services=130, bodies=2, summary="Resumo.")
    client.get(PAGES, {"search": "serviço"})
    found = {"search": "serviço"}
    narrowed = found | {"descendant_of": "root"}
    for most, asked in ((3, {}), (3, {"order": "title"}), (5, found), (6, narrowed)):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(PAGES, {"type": "conecta_services.ServicePage", "fields": "*"} | asked).json()
        assert len(answer["items"]) == 20
        assert answer["meta"]["total_count"] == 130
        assert len(queries) <= most, [query["sql"] for query in queries]
    # From one hundred of the engine's into the next, whichever way they are counted.
    for start, shown in ((90, 20), (125, 5), (130, 0)):
        whole, part = (
            client.get(PAGES, asked | {"type": "conecta_services.ServicePage", "offset": start}).json()
            for asked in (found, narrowed)
        )
        assert titles(whole) == titles(part)
        assert len(titles(whole)) == len(set(titles(whole))) == shown


def test_who_has_an_answer_is_told_so(client: Client, body: SecretariatPage) -> None:
    service = charter.service(body, "Marcar consulta")
    for address in (PAGES, f"{PAGES}{service.pk}/", "/api/v2/images/"):
        held = client.get(address)["ETag"]
        again = client.get(address, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
    held = client.get(PAGES)["ETag"]
    charter.service(body, "Tomar vacina")
    assert client.get(PAGES, headers={"If-None-Match": held}).status_code == 200
