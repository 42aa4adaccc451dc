"""The public record: addresses and titles of others, and what is inherited, in the record's own language."""

import pytest

from services.completing import complete, inherited
from services.heads import Heads
from services.record import City, Ref
from services.record.identity import id_of
from services.record.values import Standard, Standards
from tests.records import key_of, put_record, ref, secretariat, service, topic

pytestmark = pytest.mark.django_db


def said(text: str, origin: str) -> Standard:
    return Standard(text=f"<p>{text}</p>", origin=origin)


def city(**standards: Standard) -> City:
    key = key_of("city", "Cidade")

    return City(kind="city", key=key, id=id_of(key), title="Cidade", standards=Standards(**standards))


def bare(entry: object) -> Ref:
    """A reference as the entry itself has it."""
    return Ref(kind=entry.kind, id=entry.id)


def test_references_get_title_and_address_and_the_missing_are_left_out() -> None:
    put_record(secretariat())
    own = service(secretariat=bare(secretariat()), topics=[bare(topic())], url="")
    record = complete(own, url="/marcar/", heads=Heads("pt-br"))
    assert record.url == "/marcar/"
    assert record.secretariat == ref(secretariat())
    assert record.topics == []


def test_the_nearest_commitment_holds_and_says_where_it_is_from() -> None:
    put_record(city(waiting=said("Cidade", "city"), priority=said("Cidade", "city"), treatment=said("Cidade", "city")))
    body = secretariat(
        standards=Standards(priority=said("Órgão", "secretariat"), treatment=said("Órgão", "secretariat"))
    )
    put_record(complete(body, url=body.url, heads=Heads("pt-br")))
    own = service(secretariat=bare(body), standards=Standards(treatment=said("Serviço", "service")))
    standards = complete(own, url="", heads=Heads("pt-br")).standards
    assert (standards.waiting.origin, standards.priority.origin, standards.treatment.origin) == (
        "city",
        "secretariat",
        "service",
    )


def test_nothing_is_inherited_in_another_language() -> None:
    put_record(city(waiting=said("Até uma hora", "city")))
    body = secretariat(standards=Standards(priority=said("Quem precisa", "secretariat")))
    put_record(body)
    own = service(secretariat=bare(body), locale="es", title="Pedir turno")
    record = complete(own, url="", heads=Heads("es"))
    # A name may be the source's, a text may not.
    assert record.secretariat == ref(body)
    assert record.standards == Standards()


def test_inherited_keeps_what_is_said() -> None:
    own, above = Standards(waiting=said("A", "service")), Standards(waiting=said("B", "city"))
    assert inherited(own, above) == own
    assert inherited(Standards(), above) == above
