"""A city of one body, two themes and a unit, as the reader of a spreadsheet knows it."""

from collections.abc import Sequence
from typing import Any

from services.interchange.planilha import Known, Sheet, problems_of, read_rows, read_workbook
from services.interchange.slugs import fold
from services.record import Ref, Service, Topic, Unit
from services.record.service import (
    DigitalLink,
    Document,
    DocumentCase,
    Documents,
    Step,
)
from tests import records as made

BODY = made.secretariat("Secretaria da Saúde", acronym="SMS")
TOPICS: Sequence[Topic] = [made.topic("Saúde"), made.topic("Impostos e taxas")]
UNIT: Unit = made.unit("Posto Central")
HEAD = ["Código", "Órgão", "Nome"]
PRESENT = {
    "secretariat": [BODY],
    "topic": TOPICS,
    "unit": [UNIT],
    **{kind: [made.topic(kind)] for kind in ("audience", "life_event", "service", "form", "district", "question")},
}


def ref(entry: Any) -> Ref:
    return Ref(kind=entry.kind, id=entry.id)


def known(*services: Service, **more: Any) -> Known:
    """A city of one body, two themes and a unit."""
    named = {"topic": TOPICS, "unit": [UNIT]}
    return Known(
        **{
            "bodies": {"sms": ref(BODY), "secretaria da saude": ref(BODY)},
            "acronyms": {BODY.id: "SMS"},
            "entries": {kind: {fold(e.title): [ref(e)] for e in entries} for kind, entries in named.items()},
            "titles": {e.id: e.title for entries in named.values() for e in entries},
            "look_up": lambda _ids: {service.id: service for service in services},
            **more,
        }
    )


def service(title: str = "Emitir cartão", **fields: Any) -> Service:
    return made.service(title, **({"secretariat": ref(BODY), "steps": [], "url": ""} | fields))


def read(data: bytes, here: Known, name: str = "servicos.xlsx") -> Sheet:
    return read_rows(read_workbook(name, data), here)


def told(sheet: Sheet) -> list[str]:
    return [f"{problem.place}: {problem.sentence}" for problem in problems_of(sheet)]


def only(sheet: Sheet) -> Service:
    assert told(sheet) == []
    (row,) = sheet.rows
    assert row.after is not None
    return row.after


#: With what a sheet has no column for.
CASE = DocumentCase(text="Menor de idade", items=[Document(name="Certidão")])
FULL = service(
    "Emitir cartão",
    steps=[
        Step(
            title="Ir ao posto", documents=Documents(default=[Document(name="RG", form=ref(TOPICS[0]))], cases=[CASE])
        ),
        Step(title="Pegar o cartão"),
    ],
    digital_link=DigitalLink(url="https://x.example", login="govbr_prata"),
    requirements="<p>Morar <strong>aqui</strong>.</p>",
)
