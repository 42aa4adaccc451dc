"""What changed, as a feed reader asks for it."""

from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.utils.encoding import iri_to_uri
from django.utils.http import urlencode

from services.models import PublishedRecord
from tests import records

pytestmark = pytest.mark.django_db
ADDRESS = "/atualizacoes.xml"
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, **query: str) -> Any:
    """The feed as XML."""
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def titles(client: Client, **query: str) -> list[str]:
    """Of its entries, in their order."""
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, **query).iter(f"{ATOM}entry")]


def test_the_newest_change_comes_first_and_what_is_gone_is_not_in_it(client: Client) -> None:
    assert titles(client) == []
    trees = records.service("Podar árvore", summary="Corte de galhos.")
    records.put_record(trees)
    gone = records.put_record(records.service("Vacinar"))
    records.put_record(records.topic("Árvores"))
    assert titles(client) == ["Árvores", "Vacinar", "Podar árvore"]
    records.remove_record(gone)
    records.put_record(trees)
    assert titles(client) == ["Podar árvore", "Árvores"]
    entry = next(feed(client).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}summary") == "Corte de galhos."
    assert entry.findtext(f"{ATOM}id") == f"urn:conecta:service:{trees.id}"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{iri_to_uri(trees.url)}"
    assert entry.findtext(f"{ATOM}updated")
    assert entry.findtext(f"{ATOM}published")


def test_of_a_theme_a_body_or_a_district_by_slug_or_id(client: Client) -> None:
    theme, body, north = records.topic("Árvores"), records.secretariat("Obras"), records.district("Norte")
    for record in (theme, body, north):
        records.put_record(record)
    records.put_record(records.service("Podar", topics=[records.ref(theme)], secretariat=records.ref(body)))
    records.put_record(records.service("Vacinar", area_served=[records.ref(north)]))
    assert titles(client, tema=theme.slug) == titles(client, tema=theme.id) == ["Podar"]
    assert titles(client, orgao=body.slug) == ["Podar"]
    assert titles(client, distrito=north.slug) == ["Vacinar"]
    assert titles(client, tema=theme.slug, distrito=north.slug) == []
    told = feed(client, tema=theme.slug)
    assert told.findtext(f"{ATOM}title") == "Carta de Serviços: o que mudou em Árvores"
    links = {link.get("rel"): link.get("href") for link in told.findall(f"{ATOM}link")}
    assert links["alternate"] == f"http://testserver{iri_to_uri(theme.url)}"
    assert links["self"] == f"http://testserver{ADDRESS}?{urlencode({'tema': theme.slug})}"


@pytest.mark.parametrize("query", [{"tema": "nada"}, {"orgao": "\x00"}, {"distrito": "x" * 3_000}, {"tema": ""}])
def test_what_names_nothing_is_not_found(client: Client, query: dict[str, str]) -> None:
    assert client.get(ADDRESS, query).status_code == 404


def test_what_has_not_changed_is_not_sent_again(client: Client, django_assert_max_num_queries: Any) -> None:
    records.put_record(records.service("Podar"))
    with django_assert_max_num_queries(2):
        answer = client.get(ADDRESS)
    assert "max-age=300" in answer["Cache-Control"]
    with django_assert_max_num_queries(1):
        again = client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    records.put_record(records.service("Vacinar"))
    assert client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_it_tells_fifty_and_never_a_draft(client: Client) -> None:
    for number in range(55):
        records.put_record(records.service(f"Serviço {number}"))
    assert titles(client) == [f"Serviço {number}" for number in range(54, 4, -1)]
    PublishedRecord.objects.filter(title="Serviço 54").update(url="")
    assert titles(client)[0] == "Serviço 53"


def test_pages_lead_to_it(client: Client) -> None:
    theme = records.topic("Árvores")
    records.put_record(theme)
    html = client.get(theme.url).content.decode()
    assert f'href="{ADDRESS}?tema={theme.id}"' in html
    assert f'href="{ADDRESS}"' in client.get("/servicos/").content.decode()
