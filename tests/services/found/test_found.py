"""What a page says of itself to search engines."""

import json
import re
from datetime import time
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from services.models.published import PublishedVersion
from services.record import City, Information
from services.record.unit import Hours
from tests import records
from tests.services.checklist.cases import mixed
from tests.services.portal import entry, page

pytestmark = pytest.mark.django_db
SITE = "https://servicos.cidade.example"


@pytest.fixture(autouse=True)
def _named(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = SITE


class Head(HTMLParser):
    """What stands in a page's head, and the texts of the links of its way."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.metas: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            self.links.append(dict(attrs))
        if tag == "meta":
            self.metas.append(dict(attrs))

    @property
    def canonical(self) -> list[str | None]:
        return [link["href"] for link in self.links if link.get("rel") == "canonical"]

    @property
    def languages(self) -> dict[str | None, str | None]:
        return {link["hreflang"]: link["href"] for link in self.links if "hreflang" in link}

    @property
    def robots(self) -> list[str | None]:
        return [meta["content"] for meta in self.metas if meta.get("name") == "robots"]


def data_of(html: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [node for said in map(json.loads, blocks) for node in said.get("@graph", [said])]


def _shown_trail(html: str) -> list[str]:
    nav = html.partition('class="c-breadcrumb"')[2].partition("</nav>")[0]
    return re.findall(r"<li[^>]*>(?:<a[^>]*>)?([^<]+)<", nav)


def test_a_page_has_one_address_whatever_name_it_is_asked_by(client: Client) -> None:
    service = records.service()
    records.put_record(service)
    head = Head(page(client, f"{service.url}?utm_source=zap"))
    assert head.canonical == [f"{SITE}{service.url}"]
    assert (head.robots, head.languages) == ([], {})


def test_its_languages_are_those_in_which_it_is_public(client: Client) -> None:
    service = records.service()
    spanish = service.model_copy(update={"locale": "es", "url": f"/es{service.url}", "title": "Pedir cita"})
    records.put_record(service)
    row = records.put_record(spanish)
    expected = {
        "pt-BR": f"{SITE}{service.url}",
        "es": f"{SITE}{spanish.url}",
        "x-default": f"{SITE}{service.url}",
    }
    for record in (service, spanish):
        html = page(client, record.url)
        assert Head(html).languages == expected
        assert Head(html).canonical == [f"{SITE}{record.url}"], record.url
    records.remove_record(row)
    assert Head(page(client, service.url)).languages == {}


def test_a_service_is_told_with_the_way_that_its_page_shows(client: Client) -> None:
    city = entry(City, "city", "Vitória da Conquista")
    body = records.secretariat()
    service = records.service(title="Carnê & <script>", slug="carne", secretariat=records.ref(body))
    for record in (city, body, service):
        records.put_record(record)
    html = page(client, service.url)
    node, trail = data_of(html)
    assert (node["@type"], node["name"]) == ("GovernmentService", "Carnê & <script>")
    assert node["provider"]["name"] == body.title
    assert node["jurisdiction"]["name"] == "Vitória da Conquista"
    assert trail["@type"] == "BreadcrumbList"
    assert [item["name"] for item in trail["itemListElement"]][:2] == _shown_trail(html)[:2] == ["Início", body.title]
    assert [item["item"] for item in trail["itemListElement"]] == [
        f"{SITE}/",
        f"{SITE}/orgaos/secretaria-da-sa%C3%BAde/",
        f"{SITE}{service.url}",
    ]


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (records.secretariat(), "GovernmentOrganization"),
        (records.district(), "AdministrativeArea"),
        (records.topic(), "CollectionPage"),
        (records.form(), "DigitalDocument"),
    ],
)
def test_every_kind_of_page_is_told(client: Client, record: Any, kind: str) -> None:
    records.put_record(record)
    html = page(client, record.url)
    node, trail = data_of(html)
    assert (node["@type"], node["name"]) == (kind, record.title)
    assert [item["name"] for item in trail["itemListElement"]] == _shown_trail(html)


def test_a_place_is_told_with_its_hours(client: Client) -> None:
    unit = records.unit(hours=[Hours(days=["mon", "tue"], opens=time(8), closes=time(14))])
    records.put_record(unit)
    node, _trail = data_of(page(client, unit.url))
    (hours,) = node["openingHoursSpecification"]
    assert (node["@type"], hours["opens"], hours["closes"]) == ("GovernmentOffice", "08:00", "14:00")
    assert [day["@id"] for day in hours["dayOfWeek"]] == ["https://schema.org/Monday", "https://schema.org/Tuesday"]


def test_a_question_is_told_with_its_answer(client: Client) -> None:
    record = entry(Information, "information", "Perdi o boleto. E agora?", type="question", body="<p>Peça outro.</p>")
    record = record.model_copy(update={"url": "/informacoes/boleto/"})
    records.put_record(record)
    node, _trail = data_of(page(client, record.url))
    (question,) = node["mainEntity"]
    assert (node["@type"], question["name"]) == ("FAQPage", "Perdi o boleto. E agora?")
    assert question["acceptedAnswer"]["text"] == "Peça outro."


def test_an_index_is_found_in_every_language_and_one_letter_of_it_is_not(client: Client) -> None:
    records.put_record(records.service())
    html = page(client, "/servicos/")
    head = Head(html)
    assert head.canonical == [f"{SITE}/servicos/"]
    assert head.languages["es"] == f"{SITE}/es/servicos/"
    assert head.languages["x-default"] == head.languages["pt-BR"] == f"{SITE}/servicos/"
    assert [item["name"] for item in data_of(html)[0]["itemListElement"]] == _shown_trail(html)
    letter = Head(page(client, "/servicos/?letra=M"))
    assert (letter.robots, letter.canonical) == (["noindex"], [])
    assert Head(page(client, "/servicos/?utm_source=zap")).canonical == [f"{SITE}/servicos/"]


@pytest.mark.parametrize(
    "path",
    [
        "/unidades/",
        "/formularios/",
        "/visitas/",
        "/perguntas/",
        "/o-que-mudou/",
        "/carta-de-servicos/",
        "/mapa-do-site/",
        "/acessibilidade/",
        "/privacidade/",
        "/privacidade/direitos/",
        "/guardar/",
        "/participar/",
        "/manifestacoes/",
        "/avaliacao/",
        "/observatorio/",
        "/observatorio/dados/",
        "/glossario/",
        "/libras/",
        "/para-sites/",
        "/api/",
    ],
)
def test_a_page_of_the_interface_has_an_address_in_each_language(client: Client, path: str) -> None:
    everywhere = {"pt-BR": f"{SITE}{path}", "es": f"{SITE}/es{path}", "en": f"{SITE}/en{path}"}
    for address in everywhere.values():
        head = Head(page(client, address.removeprefix(SITE)))
        assert (head.robots, head.canonical) == ([], [address])
        assert head.languages == everywhere | {"x-default": f"{SITE}{path}"}


def test_what_narrows_an_index_is_not_for_finding(client: Client) -> None:
    theme, place, body = records.topic(), records.district(), records.secretariat()
    question = entry(
        Information, "information", "Onde?", type="question", body="<p>Aqui.</p>", topics=[records.ref(theme)]
    )
    stop = {"district": records.ref(place), "starts": "2026-01-05T12:00Z", "ends": "2026-01-05T14:00Z"}
    for record in (
        theme,
        place,
        body,
        question.model_copy(update={"url": "/informacoes/onde/"}),
        records.form(secretariat=records.ref(body)),
        records.unit(district=records.ref(place), itinerant=True, visits=[stop]),
    ):
        records.put_record(record)
    for path in (
        f"/perguntas/?tema={theme.id}",
        f"/unidades/?distrito={place.id}",
        f"/visitas/?distrito={place.id}",
        f"/formularios/?orgao={body.id}",
        "/formularios/?nome=isen",
    ):
        head = Head(page(client, path))
        assert (head.robots, head.canonical) == (["noindex, follow"], []), path


def test_pages_below_an_entrys_are_found_in_its_languages(client: Client) -> None:
    service = mixed()
    spanish = service.model_copy(update={"locale": "es", "url": f"/es{service.url}"})
    for record in (service, spanish):
        row = records.put_record(record)
        PublishedVersion.objects.create(
            record=row, sequence=row.sequence, etag=row.etag, body=row.body, published_at=row.published_at
        )
    for below in ("vale-para-mim/", "o-que-mudou/"):
        path = f"{service.url}{below}"
        everywhere = {"pt-BR": f"{SITE}{path}", "es": f"{SITE}/es{path}", "x-default": f"{SITE}{path}"}
        for prefix in ("", "/es"):
            html = page(client, f"{prefix}{path}")
            assert Head(html).canonical == [f"{SITE}{prefix}{path}"]
            assert Head(html).languages == everywhere
            # Whoever reads it in another language goes on there, not from the first page.
            assert f'<a href="/es{path}" lang="es" hreflang="es"' in html


def test_questions_together_are_told_with_their_answers(client: Client) -> None:
    for title in ("Perdi o boleto. E agora?", "Como podar & cortar?"):
        record = entry(Information, "information", title, type="question", body="<p>Peça outro.</p>")
        records.put_record(record.model_copy(update={"url": f"/informacoes/{record.id}/"}))
    html = page(client, "/perguntas/")
    node, trail = data_of(html)
    assert (node["@type"], node["inLanguage"]) == ("FAQPage", "pt-BR")
    assert [each["name"] for each in node["mainEntity"]] == ["Como podar & cortar?", "Perdi o boleto. E agora?"]
    assert {each["acceptedAnswer"]["text"] for each in node["mainEntity"]} == {"Peça outro."}
    assert [item["name"] for item in trail["itemListElement"]] == _shown_trail(html)


def test_the_search_is_found_and_of_its_results_those_in_the_charters_own_words(client: Client) -> None:
    records.put_record(records.service("Emitir a segunda via do IPTU", summary="Para pagar."))
    whole = Head(page(client, "/busca/"))
    assert (whole.robots, whole.canonical) == ([], [f"{SITE}/busca/"])
    assert whole.languages["es"] == f"{SITE}/es/busca/"
    for query in ("iptu", "segunda via do iptu", "pagar o IPTU"):
        head = Head(page(client, f"/busca/?q={query}"))
        # All that is published is more than what is found for a word of it (RFC 6596).
        assert (head.robots, head.canonical) == ([], [f"{SITE}/busca/"]), query


@pytest.mark.parametrize(
    "asked",
    ["q=nada", "q=iptu ligue 0900", "q=iptu cassino", "q=ipttu", "q=iptu&page=2", "q=iptu&kind=service", "q=", "q=do"],
)
def test_nobody_has_the_city_say_something_in_a_search_engine(client: Client, asked: str) -> None:
    records.put_record(records.service("Emitir a segunda via do IPTU"))
    head = Head(page(client, f"/busca/?{asked}"))
    assert (head.robots, head.canonical) == (["noindex"], [])


def test_a_code_leads_to_the_short_link(client: Client) -> None:
    service = records.service()
    records.put_record(service)
    response = client.get(f"/s/{service.id}.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=2592000"
    assert response.content.startswith(b"<svg")
    assert client.get("/s/aaaaaaaaaa.svg").status_code == 404
    html = page(client, service.url)
    assert f"{SITE.removeprefix('https://')}/s/{service.id}" in html
    assert re.search(rf'hidden><img src="/s/{service.id}.svg"[^>]*loading="lazy"', html)


def test_what_a_page_in_spanish_says_in_portuguese_is_told_as_such(client: Client) -> None:
    body, unit = records.secretariat(), records.unit("Posto da Praça")
    service = records.service(units=[records.ref(unit)], secretariat=records.ref(body), related=[records.ref(body)])
    spanish = service.model_copy(update={"locale": "es", "url": f"/es{service.url}", "title": "Pedir cita"})
    for record in (body, unit, service, spanish):
        records.put_record(record)
    assert 'lang="' not in page(client, service.url).partition("<main")[2]
    html = page(client, spanish.url)
    assert '<html lang="es">' in html
    assert f'<h3 lang="pt-BR"><a href="{unit.url}">Posto da Praça</a>' in html
    assert f'<a href="{body.url}" lang="pt-BR">' in html
    question = entry(Information, "information", "Perdi?", type="question", body="<p>Peça.</p>")
    records.put_record(question.model_copy(update={"url": "/informacoes/perdi/"}))
    html = page(client, "/es/perguntas/")
    assert '<summary lang="pt-BR">Perdi?</summary><div lang="pt-BR">' in html
    assert "FAQPage" not in html
    listing = page(client, "/es/servicos/")
    assert f'<a href="{spanish.url}">Pedir cita</a>' in listing
    assert '<li class="c-result" lang="pt-BR">' in page(client, "/es/orgaos/")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/visitas/", ["Início", "Atendimento itinerante"]),
        ("/acessibilidade/", ["Início", "Acessibilidade"]),
        ("/glossario/", ["Início", "Glossário"]),
        ("/observatorio/dados/", ["Início", "Observatório dos serviços", "Dados abertos"]),
        ("/servicos/", ["Início", "Serviços de A a Z"]),
    ],
)
def test_pages_of_the_interface_tell_the_way_that_they_show(client: Client, path: str, names: list[str]) -> None:
    html = page(client, path)
    (trail,) = [node for node in data_of(html) if node["@type"] == "BreadcrumbList"]
    assert [item["name"] for item in trail["itemListElement"]] == _shown_trail(html) == names
    assert trail["itemListElement"][-1]["item"] == f"{SITE}{path}"


def test_a_page_that_is_not_for_finding_tells_no_way(client: Client) -> None:
    assert "BreadcrumbList" not in page(client, "/servicos/?letra=P")
