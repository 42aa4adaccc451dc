"""CPSV-AP 3.2: both forms read by rdflib, told the same, and held against what the profile's shapes demand."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef

from services.interchange import FORMATS, Given
from services.record import Entry, Service, from_data
from services.record.service import Channel, Channels, Fee, Fees, Step
from services.record.values import TimeEstimate
from tests import records as made
from tests.services.interchange import hostile
from tests.services.interchange.exchange.samples import SITE, charter, full
from tests.services.interchange.generated import records

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
TIME = Namespace("http://www.w3.org/2006/time#")

#: What the shapes of release 3.2.0 ask of each class that we use (``sh:minCount 1``).
DEMANDED = {
    CPSV.PublicService: {DCT.identifier, DCT.title, DCT.description, CV.hasCompetentAuthority},
    CPSV.Rule: {DCT.identifier, DCT.title, DCT.description},
    CV.Channel: {DCT.identifier},
    CV.Cost: {DCT.identifier},
    CV.Evidence: {DCT.identifier, DCT.title},
    CV.LifeEvent: {DCT.identifier, DCT.title},
    CV.Output: {DCT.identifier, DCT.title},
    CV.PublicOrganisation: {SKOS.prefLabel, DCT.spatial},
    CV.Requirement: {DCT.identifier, DCT.title},
    DCAT.Dataset: {DCT.title, DCT.description, DCT.publisher},
    FOAF.Agent: {DCT.identifier, DCT.title},
}
#: At most one of each (``sh:maxCount 1``).
AT_MOST_ONE = {
    CPSV.PublicService: {DCT.identifier, CV.processingTime},
    CPSV.Rule: {DCT.identifier, DCT.type},
    CV.Channel: {DCT.identifier, DCT.type, CV.processingTime},
    CV.Cost: {DCT.identifier, CV.hasValue, CV.currency},
    CV.Evidence: {DCT.identifier},
}
#: Of which class the things are to which a property points (``sh:class``).
CLASSES = {
    CPSV.follows: CPSV.Rule,
    CPSV.hasInput: CV.Evidence,
    CPSV.produces: CV.Output,
    CV.contactPage: FOAF.Document,
    CV.contactPoint: CV.ContactPoint,
    CV.currency: SKOS.Concept,
    CV.hasChannel: CV.Channel,
    CV.hasCompetentAuthority: CV.PublicOrganisation,
    CV.hasCost: CV.Cost,
    CV.hasLegalResource: ELI.LegalResource,
    CV.holdsRequirement: CV.Requirement,
    CV.isGroupedBy: CV.LifeEvent,
    CV.openingHours: TIME.TemporalEntity,
    CV.relatedService: CPSV.PublicService,
    CV.thematicArea: SKOS.Concept,
    DCT.audience: SKOS.Concept,
    DCT.language: DCT.LinguisticSystem,
    DCT.publisher: FOAF.Agent,
    DCT.spatial: DCT.Location,
    FOAF.page: FOAF.Document,
}
DATATYPES = {CV.hasValue: XSD.double, CV.processingTime: XSD.duration}
IN_A_LANGUAGE = {DCT.title, DCT.description, SKOS.prefLabel, DCAT.keyword}


def _graph(given: Given, name: str = "cpsv-ap-turtle") -> Graph:
    write = FORMATS[name].write
    assert write
    form = "turtle" if name == "cpsv-ap-turtle" else "json-ld"
    return Graph().parse(data=b"".join(write(given)), format=form)


def _iri(record: Entry, part: str = "") -> URIRef:
    return URIRef(f"{SITE.base_url}/s/{record.id}{part}")


def _whole_city() -> Given:
    body = full("secretariat")
    body["contacts"].append({"type": "website", "value": "https://a.example/contato"})
    return charter(from_data(body), *(from_data(full(kind)) for kind in ("city", "district", "service")))


def test_both_forms_tell_the_same_triples() -> None:
    turtle, json_ld = (_graph(_whole_city(), name) for name in ("cpsv-ap-turtle", "cpsv-ap"))
    assert set(turtle) == set(json_ld)


def test_the_profile_s_shapes_hold() -> None:
    city = _whole_city()
    # The companions say less than the gate lets through: only what they are.
    graph = _graph(Given([r for r in city.records if r.kind != "service" or r.title == "Um Service title"], SITE))
    for class_, demanded in DEMANDED.items():
        subjects = list(graph.subjects(RDF.type, class_))
        assert subjects, class_
        for subject in subjects:
            assert demanded <= set(graph.predicates(subject)), subject
    for class_, single in AT_MOST_ONE.items():
        for subject in graph.subjects(RDF.type, class_):
            assert all(len(list(graph.objects(subject, each))) <= 1 for each in single), subject
    others = {URIRef(f"{SITE.base_url}/s/{r.id}") for r in city.records if r.kind == "service"}
    for property_, class_ in CLASSES.items():
        objects = set(graph.objects(None, property_))
        assert objects, property_
        assert all((each, RDF.type, class_) in graph for each in objects - others), property_
    for subject, predicate, value in graph:
        if isinstance(value, Literal):
            if predicate in IN_A_LANGUAGE:
                assert value.language == "pt-BR", (subject, predicate)
            assert value.datatype == DATATYPES.get(predicate, value.datatype)  # type: ignore[call-overload]


def test_what_a_service_says_is_found_by_a_question() -> None:
    service = made.complete_service(
        free=False,
        steps=[
            Step(
                title="Pedir",
                fees=Fees(default=[Fee(name="Taxa", amount=Decimal("12.50"))]),
                channels=Channels(default=[Channel(type="phone", text="156")]),
                time=TimeEstimate(type="up_to", max=30, unit="minutes"),
            )
        ],
    )
    found = _graph(Given([service], SITE)).query(
        """
        PREFIX cpsv: <http://purl.org/vocab/cpsv#>
        PREFIX cv: <http://data.europa.eu/m8g/>
        PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?title ?takes ?cost ?currency ?channel ?first ?who WHERE {
            ?s a cpsv:PublicService ; dct:title ?title ; cv:processingTime ?takes ;
               cv:hasCost [ cv:hasValue ?cost ; cv:currency ?currency ] ;
               cv:hasChannel [ dct:description ?channel ; cv:processingTime ?first ] ;
               cv:hasCompetentAuthority ?who .
        }"""
    )
    ((title, takes, cost, currency, channel, first, who),) = found
    assert title == Literal("Marcar consulta no posto", lang="pt-BR")
    # Five working days are a week.
    assert str(takes) == "P7D"
    assert (Decimal(cost), cost.datatype) == (Decimal("12.50"), XSD.double)
    assert str(currency).endswith("/authority/currency/BRL")
    assert (str(channel), str(first)) == ("156", "PT30M")
    assert service.secretariat
    assert who == URIRef(f"{SITE.base_url}/s/{service.secretariat.id}")


@pytest.mark.parametrize("name", ["cpsv-ap", "cpsv-ap-turtle"])
@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_texts_come_back_as_they_were(name: str, text: str) -> None:
    service = hostile.service(text)
    graph = _graph(Given([service], SITE), name)
    assert graph.value(_iri(service), DCT.title) == Literal(service.title, lang="pt-BR")
    assert Literal(service.summary, lang="pt-BR") in set(graph.objects(_iri(service), DCT.description))
    assert graph.value(_iri(service, "#documento-1"), DCT.title) == Literal(
        service.steps[0].documents.default[0].name, lang="pt-BR"
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(records(), max_size=2, unique_by=lambda record: (record.kind, record.id)))
def test_whatever_a_record_holds_both_forms_can_be_read(entries: list[Entry]) -> None:
    given_ = Given(entries, SITE)  # type: ignore[arg-type]
    turtle, json_ld = (_graph(given_, name) for name in ("cpsv-ap-turtle", "cpsv-ap"))
    assert {(s, p, str(o)) for s, p, o in turtle} == {(s, p, str(o)) for s, p, o in json_ld}
    services = {_iri(entry) for entry in entries if isinstance(entry, Service)}
    assert services == set(turtle.subjects(RDF.type, CPSV.PublicService))
