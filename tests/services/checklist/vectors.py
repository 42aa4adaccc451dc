"""What a phone must find in a decision table, as the server finds it. The file is read by Python and by a browser.

``manage.py shell -c "from tests.services.checklist.vectors import write; write()"`` writes it anew, where a rule of
checklists has changed on purpose; it holds its own copy of the services.
"""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from services.cases import questions_of, rows_of
from services.checklist import checklist, holds
from services.decision_table import decision_table
from services.record import Service, dump
from services.record.service import Channel
from tests.records import service
from tests.services.checklist import cases
from tests.services.checklist.charter import every_answer, services

FILE = Path(__file__).resolve().parents[2] / "data" / "checklist_vectors.json"
#: Of the demonstration: five questions, four, three, two, one.
_DEMO = (
    "solicitar-isencao-de-iptu",
    "obter-alvara-de-funcionamento",
    "vacinar-se-na-unidade-de-saude",
    "emitir-a-segunda-via-do-iptu",
    "denunciar-irregularidade-a-vigilancia-sanitaria",
)
_COMBINATIONS = 12


def made() -> list[dict[str, Any]]:
    demo = {record.slug: record for record in services()}
    own = [cases.mixed(), cases.only_words(), cases.without_a_way(), cases.for_everybody()]
    return [_vector(record) for record in [*own, *(demo[slug] for slug in _DEMO)]]


def rebuilt(vector: dict[str, Any]) -> Service:
    return service(vector["title"], steps=vector["steps"], questions=vector["questions"])


def resolved(record: Service, answers: dict[str, list[str]]) -> dict[str, Any]:
    """What the server finds, told as the phone tells it."""
    found = checklist(record, answers)
    rows = [row for row in rows_of(record) if holds(row, answers)]
    taken = {number for number, _step in found.steps}
    return {
        "rows": [[row.part, row.step, row.case] for row in rows],
        "items": [_name(item) for row in rows for item in row.items],
        "left": [question.id for question in found.left],
        "skipped": [number for number in range(1, len(record.steps) + 1) if number not in taken],
        "fits": found.fits,
    }


def _name(item: Any) -> str:
    return item.type if isinstance(item, Channel) else item.name


def _vector(record: Service) -> dict[str, Any]:
    told = dump(record)
    return {
        "title": record.title,
        "steps": told["steps"],
        "questions": told.get("questions", []),
        "table": decision_table(record),
        "asked": [
            {"search": urlencode(search, doseq=True), "answers": answers, **resolved(record, answers)}
            for search, answers in _asked(record)
        ],
    }


def _asked(record: Service) -> Iterator[tuple[dict[str, list[str]], dict[str, list[str]]]]:
    """Addresses, and the answers that they hold: whole, in part, and with what the service does not know."""
    yield {}, {}
    every = list(every_answer(record))
    for answers in every[:: max(1, len(every) // _COMBINATIONS)]:
        yield answers, answers
    strange = {"utm_source": ["whatsapp"], "nada": ["0"]}
    for question in questions_of(record):
        keys = [option.key for option in question.options]
        yield {question.id: ["outra-coisa", keys[0]], **strange}, {question.id: [keys[0]]}
        kept = [key for key in keys if key != "nenhum"] if question.many else keys[:1]
        yield {question.id: list(reversed(keys))}, {question.id: kept}
    yield dict(itertools.islice(strange.items(), 1)), {}


def write() -> None:
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in made())
    FILE.write_text(f'{{"vectors": [\n{lines}\n]}}\n', encoding="utf-8")
