"""schema.org: read by a JSON-LD processor of others, with nothing fetched."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from pyld import jsonld

from services.interchange import FORMATS, Given
from services.interchange.schema_org import CONTEXT, embedded
from services.record import Service, from_data
from tests.services.interchange import hostile
from tests.services.interchange.exchange.samples import SITE, charter, full

S = "https://schema.org/"


def _expanded(document: Any) -> dict[str, Any]:
    def refuse(url: str, _options: Any) -> Any:
        raise AssertionError(f"asked for {url}")

    return {node["@id"]: node for node in jsonld.expand(document, {"documentLoader": refuse})}


def _written(given: Given) -> dict[str, Any]:
    write = FORMATS["schema-org"].write
    assert write
    return _expanded(json.loads(b"".join(write(given))))


def _one(node: Any, *path: str) -> Any:
    for name in path:
        (node,) = node[S + name]
    return node.get("@value", node)


def _id(record: Any) -> str:
    return f"{SITE.base_url}/s/{record.id}"


def test_a_service_is_told_to_whoever_speaks_schema_org() -> None:
    service = from_data(full("service"))
    assert isinstance(service, Service)
    node = _written(charter(service))[_id(service)]
    assert node["@type"] == [S + "GovernmentService"]
    assert _one(node, "name") == service.title
    assert [name["@value"] for name in node[S + "alternateName"]] == [service.acronym, *service.popular_names]
    assert _one(node, "description") == "Um Service summary\n\nUm Service description"
    assert node[S + "url"] == [{"@id": f"{SITE.base_url}/pagina/um/"}]
    assert service.secretariat
    assert _one(node, "provider")["@id"] == _id(service.secretariat)
    assert _one(node, "provider", "name") == "secretariat um"
    assert [point[S + "contactType"][0]["@value"] for point in node[S + "provider"][0][S + "contactPoint"]] == [
        "ombudsman",
        "customer service",
    ]
    assert [area["@id"] for area in node[S + "areaServed"]] == [_id(ref) for ref in service.area_served]
    offer = node[S + "offers"][1]
    assert (_one(offer, "price"), _one(offer, "priceCurrency")) == ("12.50", "BRL")
    channel = node[S + "availableChannel"][0]
    assert channel[S + "serviceUrl"] == [{"@id": "https://a.example/Channel"}]
    assert _one(channel, "processingTime") == "PT7M"
    assert _one(node, "mainEntityOfPage", "lastReviewed") == "2026-06-01"
    assert node[S + "mainEntityOfPage"][0][S + "lastReviewed"][0]["@type"] == S + "Date"
    how_to = next(each for each in node[S + "subjectOf"] if each["@type"] == [S + "HowTo"])
    assert _one(how_to, "step", "text") == "Um Step description"


def test_a_body_a_unit_and_the_city_are_told() -> None:
    body, unit, city = (from_data(full(kind)) for kind in ("secretariat", "unit", "city"))
    nodes = _written(charter(body, unit, city))
    assert _one(nodes[_id(body)], "foundingDate") == "2026-06-01"
    assert _one(nodes[_id(body)], "telephone") == "(77) 3000-0123"
    hours = _one(nodes[_id(unit)], "openingHoursSpecification")
    assert (_one(hours, "opens"), _one(hours, "closes")) == ("08:00", "17:00")
    assert hours[S + "dayOfWeek"] == [{"@id": S + "Monday"}]
    assert _one(nodes[_id(unit)], "geo", "latitude") == -14.8619
    assert _one(nodes[_id(unit)], "address", "addressLocality") == "Um City title"
    assert nodes[_id(city)]["@type"] == [S + "City"]


def test_a_service_alone_is_a_whole_document() -> None:
    service = from_data(full("service"))
    (node,) = _written(Given([service], SITE)).values()
    assert _one(node, "provider", "name") == "secretariat um"


class _Script(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["script"]:
            self.script += data


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_no_text_of_a_page_s_service_ends_its_script_or_is_changed(text: str) -> None:
    service = hostile.service(text)
    page = _Script()
    page.feed(f'<script type="application/ld+json">{embedded(service, SITE)}</script><p>')
    assert page.tags == ["script", "p"]
    data = json.loads(page.script)
    assert data.pop("@context") == "https://schema.org"
    assert _one(_expanded({"@context": CONTEXT, **data})[_id(service)], "name") == service.title
    whole = json.loads(b"".join(FORMATS["schema-org"].write(Given([service], SITE))))["@graph"][0]  # type: ignore[misc]
    # What a page has no need to say again stands in the document alone.
    assert whole.keys() - data.keys() == {"subjectOf", "isRelatedTo", "category"} & whole.keys()
    assert {name: whole[name] for name in data if name != "provider"} == {
        name: value for name, value in data.items() if name != "provider"
    }
    assert data.get("provider", {}).items() <= whole.get("provider", {}).items()
