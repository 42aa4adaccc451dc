"""The entry of the data set: every format that is written can be found in it."""

from rdflib import Graph, Namespace, URIRef

from services.interchange import FORMATS, Given
from services.record import from_data
from tests.services.interchange.exchange.samples import SITE, full

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")


def test_every_format_is_a_distribution() -> None:
    write = FORMATS["dcat"].write
    assert write
    graph = Graph().parse(data=b"".join(write(Given([from_data(full("city"))], SITE))), format="json-ld")
    (catalogue,) = graph.subject_objects(DCAT.dataset)
    distributions = set(graph.objects(catalogue[1], DCAT.distribution))
    written = {name: format_ for name, format_ in FORMATS.items() if format_.write and name != "dcat"}
    assert distributions == {URIRef(f"{SITE.base_url}/api/v1/exports/{name}") for name in written}
    for name, format_ in written.items():
        address = URIRef(f"{SITE.base_url}/api/v1/exports/{name}")
        (media_type,) = graph.objects(address, DCAT.mediaType)
        assert str(media_type).endswith(format_.media_type.partition(";")[0])
    assert str(graph.value(catalogue[1], DCT.title)) == "Carta de Serviços: Um City title"
    assert graph.value(catalogue[1], DCT.publisher) == graph.value(catalogue[0], DCT.publisher)


def test_a_charter_without_a_city_has_its_entry_too() -> None:
    write = FORMATS["dcat"].write
    assert write
    graph = Graph().parse(data=b"".join(write(Given([], SITE))), format="json-ld")
    assert len(list(graph.objects(None, DCAT.distribution))) > 0
