"""A town with two bodies, a place and three services, as a charter at hand."""

from datetime import UTC, date, datetime, time
from typing import Any

from services.interchange import Site
from services.interchange.base import Given
from services.record import City, Record, Secretariat, Service, Unit
from services.record.service import Document, Documents, Fee, Fees, Law, Step
from services.record.unit import Hours
from services.record.values import Address, Contact, Standard, Standards
from tests.records import STANDARDS, STEP, city, complete_service, ref, secretariat, unit

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
SITE = Site("https://servicos.cidade.example", "pt-BR", AT)


def said(text: str, origin: str) -> Standard:
    """A commitment."""
    return Standard(text=f"<p>{text}</p>", origin=origin)  # type: ignore[arg-type]


def town(**more: Any) -> City:
    """Its commitments hold for all."""
    given = {
        "contacts": [Contact(type="phone", value="162", note="Ouvidoria-Geral")],
        "standards": Standards(
            manifestation=said("Ligue 162, a Ouvidoria.", "city"), waiting=said("Quinze minutos na fila.", "city")
        ),
    }
    return city(**(given | more))


def health(**more: Any) -> Secretariat:
    """A body with a commitment of its own."""
    standards = Standards(priority=said("Gestantes primeiro.", "secretariat"))
    return secretariat(**({"head": "Secretária de Saúde", "standards": standards} | more))


def works() -> Secretariat:
    """Another."""
    return secretariat("Secretaria de Obras", acronym="SEMOB")


def post() -> Unit:
    """Where one is attended."""
    return unit(
        address=Address(street="Rua do Cruzeiro", number="10"),
        hours=[Hours(days=["mon", "tue", "wed", "thu", "fri"], opens=time(8), closes=time(14))],
        contacts=[Contact(type="phone", value="7730000123")],
    )


def visit(**more: Any) -> Service:
    """A service that says all."""
    given = {
        "popular_names": ["consulta no postinho", "médico"],
        "requirements": f"<p>Morar na cidade. Leia <a href='/s/{pruning().id}'>sobre a poda</a>.</p>",
        "units": [ref(post())],
        "legislation": [Law(title="Lei 8.080/1990", url="https://planalto.example/l8080")],
        "reviewed_on": date(2026, 5, 1),
    }
    return complete_service("Marcar consulta", **given).model_copy(update=more)


def pruning(**more: Any) -> Service:
    """A service that rests on what holds for its body and for the city."""
    step = Step(
        title="Pedir a vistoria",
        documents=Documents(default=[Document(name="Foto da árvore", note="De longe e de perto")]),
        fees=Fees(default=[Fee(name="Taxa de vistoria", amount="42.50")]),
        channels=STEP.channels,
    )
    held = Standards(
        manifestation=said("Ligue 162, a Ouvidoria.", "city"),
        waiting=said("Quinze minutos na fila.", "city"),
        priority=said("Quem corre perigo.", "secretariat"),
    )
    given = {
        "secretariat": ref(works()),
        "popular_names": ["poda", "Médico"],
        "steps": [step, Step(title="Receber a equipe")],
        "standards": held,
    }
    return complete_service("Pedir a poda de uma árvore", **(given | more))


def everything() -> list[Record]:
    """All of it."""
    return [town(), health(), works(), post(), visit(), pruning(), complete_service("Vacinar", standards=STANDARDS)]


def charter(*records: Record) -> Given:
    """These records, or all."""
    return Given(records or everything(), SITE)
