"""A small charter that is translated. Every word of the source holds ``PT``; its translation holds ``ES`` instead."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from services.importing import Importer, Options
from services.projecting import differences
from services.record import Entry, Secretariat, Service, Topic, Unit, to_json
from services.record.service import (
    Applicant,
    Channel,
    Channels,
    Document,
    Documents,
    Fee,
    Fees,
    Law,
    Step,
)
from services.record.values import Standard, Standards, TimeEstimate
from tests import records
from tests.services.spanish import Translator, spanish, spanish_records

KEY = records.key_of("service", "Marcar consulta")


def body_record(**changes: Any) -> Secretariat:
    """A body with a commitment for all of its services."""
    said = {
        "waiting": "meia hora",
        "priority": "idosos",
        "manifestation": "ligue 156",
        "communication": "por telefone",
        "manifestation_handling": "responde em 30 dias",
        "status_lookup": "pelo 156",
    }
    standards = Standards(
        **{name: Standard(text=f"<p>PT {text}</p>", origin="secretariat") for name, text in said.items()}
    )
    return records.secretariat(
        "PT Saúde", **({"slug": "saude", "summary": "PT Cuida da saúde.", "standards": standards} | changes)
    )


def topic_record() -> Topic:
    """A theme."""
    return records.topic("PT Saúde geral", slug="saude-geral")


def unit_record() -> Unit:
    """A place of attendance."""
    return records.unit("PT Posto", slug="posto", secretariat=None, summary="PT Atende.")


def step(title: str, *, amount: int, documents: list[Document] | None = None) -> Step:
    """A step with all that a step can have."""
    return Step(
        title=f"PT {title}",
        description=f"<p>PT Vá ao <b>posto PT</b>: {title}.</p><ul><li>PT um</li><li>PT dois</li></ul>",
        documents=Documents(default=documents or [Document(name="PT RG", note="PT cópia")]),
        fees=Fees(default=[Fee(name="PT taxa", amount=Decimal(amount))]),
        channels=Channels(default=[Channel(type="web", text="PT pelo site", url="https://saude.example/consulta")]),
        time=TimeEstimate(type="up_to", max=5, unit="working_days", note="PT corridos não"),
    )


def service_record(**changes: Any) -> Service:
    """A service that says something everywhere."""
    given: dict[str, Any] = {
        "key": KEY,
        "slug": "marcar-consulta",
        "summary": "PT Marca uma consulta.",
        "acronym": "SUS",
        "popular_names": ["PT médico", "PT doutor"],
        "keywords": ["PT consulta"],
        "description": "<p>PT Para quem mora aqui.</p>",
        "applicants": [Applicant(who="PT Moradores", requirements="<p>PT morar aqui</p>")],
        "requirements": "<p>PT Morar na cidade.</p>",
        "steps": [step("pedir", amount=10), step("ir", amount=20)],
        "legislation": [Law(title="PT Lei 1", url="https://leis.example/1")],
        "time": TimeEstimate(type="up_to", max=10, unit="calendar_days", note="PT conta do pedido"),
        "secretariat": records.ref(body_record()),
        "topics": [records.ref(topic_record())],
        "units": [records.ref(unit_record())],
        "standards": Standards(waiting=Standard(text="<p>PT dez minutos</p>", origin="service")),
        "review_due": date(2026, 12, 1),
    }
    return records.complete_service(changes.pop("title", "PT Marcar consulta"), **(given | changes))


def bring(*found: Entry) -> None:
    """Import records, and see that all were taken."""
    assert Importer(Options()).run(found).refused == []


def said(entry: Any) -> Service:
    """The public Spanish record, which must be there."""
    found = spanish(entry)
    assert isinstance(found, Service)
    return found


def assert_no_portuguese() -> None:
    """No Spanish record holds a word of the source; titles of other entries may be the source's."""
    for record in spanish_records().values():
        body = re.sub(r'\{"id":[^{}]*?"title":[^{}]*?\}', "{}", _without_refs(to_json(record)))
        assert "PT" not in body, body
        assert record.locale == "es"
    assert list(differences()) == []


def _without_refs(body: str) -> str:
    return re.sub(r'\{[^{}]*"kind":"[a-z_]+"[^{}]*\}', "{}", body)


def spanish_words(text: str) -> str:
    """What a translator types."""
    return text.replace("PT", "ES")


def translate(translator: Translator, entry: Any, **typed: Any) -> Any:
    """Translate all of an entry and publish it."""
    return translator.translate(entry, word=spanish_words, **typed)
